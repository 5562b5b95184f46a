import json
import os
import shutil
import signal
import sys
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from display.loudness import percent_at
from display.voice import QUEUE, Utterance, Voice
from shared.calling import Calling, calling_of
from shared.hall import DisplaySettings, VoiceSettings
from shared.qt.voice import loudspeaker
from shared.qt.voice.loudspeaker import Loudspeaker
from shared.qt.voice.renderer import Renderer
from shared.speech import Speech, clip_names
from shared.voice.sound import Part, Sound, write_wav
from tests.display.day import HALL

STAND_INS = Path(__file__).parents[1] / "shared/voice/stand_ins"
NOW = datetime(2026, 2, 12, 9, 42, tzinfo=UTC)


@dataclass
class Ear:
    """What the board is told, in order: ('started', 1), ('finished', 1), ('late', 2), ('no_sound', 0)."""

    voice: Voice
    told: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.voice.started.connect(lambda event: self.told.append(("started", event)))
        self.voice.finished.connect(lambda event: self.told.append(("finished", event)))
        self.voice.unheard.connect(lambda event: self.told.append(("unheard", event)))
        self.voice.unspoken.connect(lambda event, why: self.told.append((why, event)))
        self.voice.troubled.connect(lambda code: self.told.append((code, 0)))


@dataclass
class Scene:
    """A voice whose child programs are stand-ins, in a folder of its own."""

    folder: Path
    voices: list[Voice] = field(default_factory=list)

    def voice(
        self, *, speaker: tuple[str, ...] = ("HDMI",), synthesis: tuple[str, ...] = (), **settings: object
    ) -> Voice:
        """A voice with the stand-ins' flags and these settings."""
        programs = {
            "renderer": [sys.executable, str(STAND_INS / "synthesis.py"), *synthesis],
            "speaker": [sys.executable, str(STAND_INS / "speaker.py"), *speaker],
        }
        voice = Voice(
            DisplaySettings.model_validate({"id": "tv", "name": "TV", **settings}),
            calling=Calling("loket"),
            cache=self.folder / "cache",
            now=lambda: NOW,
            renderer=Renderer(self.folder / "cache", command=programs["renderer"], timeout_ms=1000),
            loudspeaker=Loudspeaker(command=programs["speaker"]),
        )
        self.voices.append(voice)
        return voice

    def played(self) -> list[list[str | int]]:
        """The orders the loudspeaker was given: names of files, silences in ms."""
        path = self.folder / "played"
        lines = path.read_text().splitlines() if path.exists() else []
        return [[_name(part) for part in json.loads(line)] for line in lines]

    def volumes(self) -> list[float]:
        """How loud the loudspeaker was told to be, in order."""
        return [float(line) for line in (self.folder / "played.volume").read_text().splitlines()]

    def asked(self) -> list[str]:
        """The texts the synthesis was given."""
        return (self.folder / "asked").read_text().splitlines()


def _name(part: str | int | dict[str, str]) -> str | int:
    if isinstance(part, int):
        return part
    return Path(part["word"] if isinstance(part, dict) else part).name


@pytest.fixture
def scene(
    tmp_path: Path,
    qtbot: QtBot,  # noqa: ARG001  -- brings the loop that the programs need
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    monkeypatch.setenv("PLAYED", str(tmp_path / "played"))
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    scene = Scene(tmp_path)
    yield scene
    for voice in scene.voices:
        voice.stop()


def call(event: int, number: str = "", *, age_s: float = 0) -> Utterance:
    return Utterance(event, number or f"A-{event:03d}", "5", NOW - timedelta(seconds=age_s))


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=20_000)


def test_a_call_is_chime_then_each_language_then_both_again(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice()
    with qtbot.waitSignals([voice.started, voice.finished], order="strict"):
        voice.say(call(1))
    first, again = scene.played()
    assert scene.asked() == [
        "Nomor antrean, A, nol nol satu, silakan menuju loket lima.",
        "Queue number A, zero zero one, please go to counter five.",
    ]
    indonesian, english = first[2], first[4]
    assert first == ["chime.wav", 150, indonesian, 500, english, 300]
    assert voice.facts["said_by"] == "id: espeak-ng, en: espeak-ng"
    assert again == [300, indonesian, 500, english, 300]


def test_a_hall_with_one_language_hears_one(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(languages=["en"], repeat=1)
    with qtbot.waitSignal(voice.finished):
        voice.say(call(1))
    assert scene.asked() == ["Queue number A, zero zero one, please go to counter five."]
    assert len(scene.played()) == 1


def test_where_calls_name_their_agency_the_ticket_s_own_is_said(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(repeat=1)
    named = VoiceSettings(say_agency=True)
    voice.take_up(DisplaySettings(id="tv", name="TV"), calling_of(HALL.model_copy(update={"voice": named})))
    with qtbot.waitSignal(voice.finished):
        voice.say(replace(call(1), agency="dukcapil"))
    assert scene.asked() == [
        "Nomor antrean, A, nol nol satu, Disdukcapil, silakan menuju loket lima.",
        "Queue number A, zero zero one, Disdukcapil, please go to counter five.",
    ]


def test_calls_that_come_together_are_said_one_after_the_other_and_once_but_the_last(
    scene: Scene, qtbot: QtBot
) -> None:
    voice = scene.voice(languages=["id"])
    ear = Ear(voice)
    for event in (1, 2, 3):
        voice.say(call(event))
    until(qtbot, lambda: ("finished", 3) in ear.told)
    assert ear.told == [(kind, event) for event in (1, 2, 3) for kind in ("started", "finished")]
    assert [order[0] for order in scene.played()] == ["chime.wav", "chime.wav", "chime.wav", 300]


def test_pending_counts_those_that_wait(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice()
    assert voice.pending == 0
    with qtbot.waitSignal(voice.started):
        for event in (1, 2, 3):
            voice.say(call(event))
    assert voice.pending == 2


def test_a_call_that_comes_while_one_is_said_spares_the_repetition(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(languages=["id"])
    ear = Ear(voice)
    voice.started.connect(lambda event: voice.say(call(2)) if event == 1 else None)
    voice.say(call(1))
    until(qtbot, lambda: ("finished", 2) in ear.told)
    assert [order[0] for order in scene.played()] == ["chime.wav", "chime.wav", 300]


def test_a_call_that_is_too_old_is_not_spoken_and_the_next_is(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(late_after_s=90, repeat=1)
    ear = Ear(voice)
    voice.say(call(1, age_s=91))
    voice.say(call(2, age_s=89))
    until(qtbot, lambda: ("finished", 2) in ear.told)
    assert ear.told == [("late", 1), ("started", 2), ("finished", 2)]


def test_what_waits_too_long_for_its_turn_is_late_too(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(late_after_s=90, repeat=1)
    ear = Ear(voice)
    clock = {"now": NOW}
    voice._now = lambda: clock["now"]
    voice.say(call(1))
    voice.say(call(2))
    until(qtbot, lambda: ("started", 1) in ear.told)
    clock["now"] = NOW + timedelta(seconds=100)
    until(qtbot, lambda: ("late", 2) in ear.told)
    assert ear.told == [("started", 1), ("finished", 1), ("late", 2)]


def test_a_full_queue_gives_up_its_oldest(scene: Scene) -> None:
    voice = scene.voice()
    ear = Ear(voice)
    for event in range(1, QUEUE + 3):
        voice.say(call(event))
    assert ear.told == [("crowded", 1), ("crowded", 2)]
    assert voice.pending == QUEUE


def test_without_a_device_the_board_is_told_all_the_same(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("",), repeat=1, languages=[])
    ear = Ear(voice)
    voice.say(call(1))
    until(qtbot, lambda: ("unheard", 1) in ear.told)
    assert ear.told == [("no_sound", 0), ("started", 1), ("unheard", 1)]
    assert voice.troubles == ["no_sound"]
    assert voice.facts == {"sound": "-"}


def test_a_device_that_comes_ends_the_trouble(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("",))
    ear = Ear(voice)
    until(qtbot, lambda: voice.troubles == ["no_sound"])
    voice._loudspeaker._said({"device": "HDMI"})
    assert ear.told == [("no_sound", 0), ("", 0)]
    assert voice.facts == {"sound": "HDMI"}


def test_a_call_that_comes_while_the_device_is_looked_for_waits_for_it(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("HDMI", "--mute"), repeat=1, languages=["id"])
    ear = Ear(voice)
    voice.say(call(1))
    until(qtbot, lambda: voice._sentences(voice._queue[0]) is not None)
    assert (ear.told, voice.sound, voice.saying) == ([], None, None)
    voice._loudspeaker._said({"device": "HDMI"})
    assert (voice.sound, voice.saying) == (True, 1)
    until(qtbot, lambda: ("finished", 1) in ear.told)


def test_but_not_longer_than_it_is_fresh(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("HDMI", "--mute"), late_after_s=90)
    ear = Ear(voice)
    voice.say(call(1))
    until(qtbot, lambda: voice._sentences(voice._queue[0]) is not None)
    voice._now = lambda: NOW + timedelta(seconds=90.001)
    voice._loudspeaker._said({"device": "HDMI"})
    assert ear.told == [("late", 1)]


def test_a_device_that_is_never_told_is_none(scene: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loudspeaker, "COLD_MS", 100)
    voice = scene.voice(speaker=("HDMI", "--mute"), repeat=1, languages=[])
    ear = Ear(voice)
    voice.say(call(1))
    until(qtbot, lambda: ("unheard", 1) in ear.told)
    assert (voice.sound, voice.troubles) == (False, ["no_sound"])


def test_a_call_whose_device_is_lost_while_it_is_said_is_unheard(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("HDMI", "--die-playing"), repeat=1, languages=[])
    ear = Ear(voice)
    voice.say(call(1))
    until(qtbot, lambda: ("unheard", 1) in ear.told)
    assert ("finished", 1) not in ear.told


def test_a_call_taken_back_while_it_is_said_is_broken_off_and_the_next_begins(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("HDMI", "--long"))
    ear = Ear(voice)
    voice.say(call(1))
    voice.say(call(2))
    until(qtbot, lambda: ("started", 1) in ear.told)
    voice.take_back(1)
    until(qtbot, lambda: ("started", 2) in ear.told)
    voice.take_back(2)
    until(qtbot, lambda: voice._current is None)
    assert ear.told == [("started", 1), ("started", 2)]
    assert len(scene.played()) == 2


def test_a_call_taken_back_before_it_is_said_is_not_said(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(repeat=1, languages=["id"])
    ear = Ear(voice)
    voice.say(call(1))
    voice.say(call(2))
    voice.say(call(3))
    voice.take_back(2)
    voice.take_back(1)
    voice.take_back(4)
    until(qtbot, lambda: ("finished", 3) in ear.told)
    assert ear.told == [("started", 3), ("finished", 3)]


def test_a_call_taken_back_without_a_device_ends_at_once(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(speaker=("",))
    ear = Ear(voice)
    voice.say(call(1))
    until(qtbot, lambda: ("started", 1) in ear.told)
    voice.take_back(1)
    assert voice._current is None
    assert ("unheard", 1) not in ear.told


@pytest.mark.parametrize("flag", ["--hang", "--die", "--refuse"])
def test_a_call_that_cannot_be_rendered_is_unspoken_and_the_next_is_said(scene: Scene, qtbot: QtBot, flag: str) -> None:
    voice = scene.voice(synthesis=(flag, "sembilan"), repeat=1)
    ear = Ear(voice)
    voice.say(call(9))
    voice.say(call(2))
    until(qtbot, lambda: ("finished", 2) in ear.told)
    assert [told for told in ear.told if told[1]] == [("no_voice", 9), ("started", 2), ("finished", 2)]
    assert ("no_voice", 0) in ear.told
    assert voice.troubles == []


def test_a_number_that_failed_once_may_be_said_when_it_is_called_again(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(synthesis=("--refuse", "sembilan"), languages=["id"])
    ear = Ear(voice)
    for event in (1, 2):
        voice.say(call(event, "A-009"))
        until(qtbot, lambda event=event: ("no_voice", event) in ear.told)  # type: ignore[misc]
    assert len(scene.asked()) == 2


def test_a_number_that_failed_is_not_asked_for_over_and_over_while_another_is_said(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(synthesis=("--refuse", "sembilan"), speaker=("HDMI", "--long"), languages=["id"])
    ear = Ear(voice)
    for event in (1, 9, 2):
        voice.say(call(event))
    until(qtbot, lambda: ("no_voice", 0) in ear.told)
    assert voice.saying == 1
    voice.take_back(1)
    until(qtbot, lambda: ("started", 2) in ear.told)  # one program renders all, in order: it has asked what it would
    assert len([text for text in scene.asked() if "sembilan" in text]) == 1


def test_also_when_its_other_language_failed_only_after_it_was_given_up(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(synthesis=("--refuse", "A, "))
    ear = Ear(voice)
    for event in (1, 2):
        voice.say(call(event, "A-009"))
        until(qtbot, lambda event=event: ("no_voice", event) in ear.told)  # type: ignore[misc]
        until(qtbot, lambda: not voice._ranking._renderer._waiting)
    assert len(scene.asked()) == 4


def test_a_call_is_not_repeated_where_that_is_no_longer_wanted(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(languages=["id"])
    voice._may_repeat = lambda event: event != 1
    ear = Ear(voice)
    for event in (1, 2):
        voice.say(call(event))
        until(qtbot, lambda event=event: ("finished", event) in ear.told)  # type: ignore[misc]
    assert [order[0] for order in scene.played()] == ["chime.wav", "chime.wav", 300]


def test_a_file_that_is_gone_before_the_repetition_costs_only_that(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(languages=["id"])
    ear = Ear(voice)
    voice.started.connect(lambda _event: shutil.rmtree(scene.folder / "cache"))
    voice.finished.connect(lambda _event: (scene.folder / "cache").mkdir())
    for event in (1, 2):
        voice.say(call(event))
        until(qtbot, lambda event=event: ("finished", event) in ear.told)  # type: ignore[misc]
    assert len(scene.played()) == 2


def test_a_recording_that_goes_as_it_is_to_be_played_leaves_the_call_unspoken(
    scene: Scene, qtbot: QtBot, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = scene.voice(clips=str(clips), languages=["id"], repeat=1)
    ear = Ear(voice)
    sentence = voice._ranking._clips.sentence if voice._ranking._clips else None
    assert sentence is not None

    def then_gone(speech: Speech) -> list[Part] | None:
        parts = sentence(speech)
        (clips / "id" / "satu.wav").unlink(missing_ok=True)
        return parts

    until(qtbot, lambda: voice.sound is True)
    monkeypatch.setattr(voice._ranking._clips, "sentence", then_gone)
    voice.say(call(1))
    until(qtbot, lambda: ("no_voice", 1) in ear.told)
    voice.say(call(2))
    until(qtbot, lambda: ("finished", 2) in ear.told)


def test_a_synthesis_that_is_killed_costs_no_call(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(repeat=1)
    ear = Ear(voice)
    for event in (1, 2, 3):
        until(qtbot, lambda: voice._ranking._renderer.pid > 0)
        os.kill(voice._ranking._renderer.pid, signal.SIGKILL)
        voice.say(call(event))
    until(qtbot, lambda: ("finished", 3) in ear.told)
    assert [told for told in ear.told if told[0] == "finished"] == [("finished", n) for n in (1, 2, 3)]


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    for name in clip_names("id", counter_word="loket"):
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_wav(path, Sound(array("h", [1] * 80), 8000))
    return folder


def test_recorded_clips_come_first_and_a_language_without_any_is_synthetic(
    scene: Scene, qtbot: QtBot, clips: Path
) -> None:
    voice = scene.voice(clips=str(clips), repeat=1)
    with qtbot.waitSignal(voice.finished):
        voice.say(call(1))
    (order,) = scene.played()
    assert order[:3] == ["chime.wav", 150, "nomor-antrean.wav"]
    assert scene.asked() == ["Queue number A, zero zero one, please go to counter five."]
    assert voice.troubles == []


def test_a_missing_clip_makes_the_whole_sentence_synthetic_and_is_named(
    scene: Scene, qtbot: QtBot, clips: Path
) -> None:
    (clips / "id" / "lima.wav").unlink()
    voice = scene.voice(clips=str(clips), repeat=1, languages=["id"])
    with qtbot.waitSignal(voice.finished):
        voice.say(call(1))
    assert "nomor-antrean.wav" not in scene.played()[0]
    assert voice.troubles == ["clips_missing"]
    assert voice.facts["missing_clips"] == "id/lima"


def test_a_clip_that_comes_while_the_program_runs_ends_the_trouble(scene: Scene, qtbot: QtBot, clips: Path) -> None:
    lima = clips / "id" / "lima.wav"
    lima.rename(clips / "lima.wav")
    voice = scene.voice(clips=str(clips), repeat=1, languages=["id"])
    with qtbot.waitSignal(voice.finished):
        voice.say(call(1))
    (clips / "lima.wav").rename(lima)
    ear = Ear(voice)
    with qtbot.waitSignal(voice.finished):
        voice.say(call(2))
    assert ("", 0) in ear.told
    assert "lima.wav" in scene.played()[-1]


def test_a_folder_of_clips_that_is_not_there_is_named(scene: Scene) -> None:
    voice = scene.voice(clips="/nonexistent/klip")
    assert voice.troubles == ["clips_missing"]
    assert voice.facts["missing_clips"] == "/nonexistent/klip"


def test_a_language_nobody_has_words_for_is_left_out(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(languages=["id", "nl"], repeat=1)
    with qtbot.waitSignal(voice.finished):
        voice.say(call(1))
    assert len(scene.asked()) == 1


@pytest.mark.parametrize(
    ("at", "percent"), [("00:00", 80), ("07:29", 80), ("07:30", 100), ("13:59", 100), ("14:00", 60), ("23:59", 60)]
)
def test_the_volume_is_that_of_the_hour(at: str, percent: int) -> None:
    told = [{"begin": "14:00", "percent": 60}, {"begin": "7.30", "percent": 100}]
    settings = DisplaySettings.model_validate({"id": "tv", "name": "TV", "volume": 80, "volume_at": told})
    assert percent_at(settings, time.fromisoformat(at)) == percent


def test_a_call_sounds_as_loud_as_the_hour_has_it_from_the_next_call_on(scene: Scene, qtbot: QtBot) -> None:
    voice = scene.voice(languages=["id"], repeat=2, volume=80)
    with qtbot.waitSignal(voice.finished):
        voice.say(call(1))
    voice.take_up(DisplaySettings(id="tv", name="TV", languages=["id"], volume=50), Calling("loket"))
    with qtbot.waitSignal(voice.finished):
        voice.say(call(2))
    assert scene.volumes() == [0.8, 0.5]
