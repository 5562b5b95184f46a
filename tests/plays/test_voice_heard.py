"""What is heard in the hall is what was to be said: the whole voice on a real sound server.

Sound takes its time, so all scenes are played at once, each in a hall of its own, and beside the longer plays.
"""

import shutil
import time
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from demo.hearing import PROGRAMS, NullSink, calls_in
from demo.tones import RATE, read_notes, write_bank
from display.voice import Utterance, Voice
from shared.calling import Calling
from shared.hall import DisplaySettings
from shared.qt.voice.loudspeaker import Loudspeaker
from shared.speech import CHIME, call_speech
from tests.needs import program
from tests.plays.conftest import Abreast

pytestmark = pytest.mark.alone

PATIENCE_MS = 60_000
PLAYS = 3
STUTTER_S = 0.06
"""A hole of 80 ms in a tone is heard as the clip said twice (demo.tones); a sound without one ends within a tick."""
BOTH = ("id", "en")

Called = tuple[str, str]


@dataclass
class Hall:
    """A hall with a loudspeaker and an ear, in which `calls` come together. `spoilt`: 'dua' is recorded wrongly.

    `stutter_s`: by how much the sound took longer than it is.
    """

    calls: Sequence[Called]
    repeat: int = 1
    languages: Sequence[str] = BOTH
    clips: bool = True
    spoilt: bool = False
    finished: list[int] = field(default_factory=list)
    stutter_s: float = 0.0
    _end_s: float = 0.0

    def settings(self, banks: dict[bool, Path]) -> DisplaySettings:
        """The TV's settings; `banks` are folders of clips, by whether they are spoilt."""
        clips = str(banks[self.spoilt]) if self.clips else ""
        return DisplaySettings(id="tv", name="TV", repeat=self.repeat, languages=list(self.languages), clips=clips)

    def say_calls(self, voice: Voice) -> None:
        self.finished, self.stutter_s = [], 0.0
        voice.finished.connect(self.finished.append)
        voice._loudspeaker.started.connect(lambda: self._expect_end(voice._loudspeaker))
        voice._loudspeaker.finished.connect(lambda _played: self._note_delay())
        for event, (number, counter) in enumerate(self.calls):
            voice.say(Utterance(event, number, counter, datetime.now(UTC)))

    def _expect_end(self, loudspeaker: Loudspeaker) -> None:
        assert loudspeaker._job is not None
        self._end_s = time.monotonic() + loudspeaker._job.seconds

    def _note_delay(self) -> None:
        self.stutter_s = max(self.stutter_s, time.monotonic() - self._end_s)

    @property
    def is_over(self) -> bool:
        return len(self.finished) == len(self.calls)


def voice_at(sink: NullSink, folder: Path, settings: DisplaySettings) -> Voice:
    """A voice that plays at `sink`, which its programs find in their environment."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in sink.environment.items():
            environment.setenv(name, value)
        return Voice(settings, calling=Calling("gerai"), cache=folder / "cache", now=lambda: datetime.now(UTC))


def await_device(voice: Voice) -> None:
    """Until its playing program has found the device."""
    loop = QEventLoop()
    voice._loudspeaker.device_changed.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    if not voice._loudspeaker.device:
        loop.exec()
    assert voice._loudspeaker.device


HALLS = {
    "long": Hall([("ZB-1000", "21")]),
    "repeated": Hall([("K-101", "5"), ("A-012", "7")], repeat=2, languages=["id"]),
    "spoilt": Hall([("A-012", "5")], spoilt=True),
    "synthetic": Hall([("A-012", "5")], clips=False),
}


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, abreast: Abreast) -> "dict[str, array[int]]":  # noqa: ARG001  -- one brings the loop, the other goes on meanwhile
    """What was heard in each hall, as samples. Where the machine was too busy to play evenly it is played again."""
    for name in PROGRAMS:
        program(name)
    banks = banks_in(tmp_path_factory.mktemp("banks"))
    heard: dict[str, array[int]] = {}
    for _ in range(PLAYS):
        halls = {name: hall for name, hall in HALLS.items() if name not in heard or hall.stutter_s > STUTTER_S}
        heard |= play(halls, banks, tmp_path_factory.mktemp("halls"))
    return heard


def play(halls: dict[str, Hall], banks: dict[bool, Path], folder: Path) -> "dict[str, array[int]]":
    """Play what is said in these halls, all at once."""
    with ExitStack() as stack, ThreadPoolExecutor() as abreast:
        sinks = {name: stack.enter_context(NullSink(folder / name / "pulse")) for name in halls}
        # A null sink gives its first samples after two seconds.
        opened = abreast.map(lambda sink: stack.enter_context(sink.record()), sinks.values())
        recordings = dict(zip(sinks, opened, strict=True))
        loop = QEventLoop()
        voices = {name: voice_at(sinks[name], folder / name, hall.settings(banks)) for name, hall in halls.items()}
        for voice in voices.values():
            stack.callback(voice.stop)
            # What is said to a program that has not found its device within four seconds is not heard: a machine that
            # reads Qt's sound from the disk for the first time takes longer.
            await_device(voice)
        for name, voice in voices.items():
            halls[name].say_calls(voice)
            voice.finished.connect(lambda _event: loop.quit() if all(hall.is_over for hall in halls.values()) else None)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        if halls:
            loop.exec()
        assert [name for name, hall in halls.items() if not hall.is_over] == []
        return {name: recording.samples() for name, recording in recordings.items()}


def banks_in(folder: Path) -> dict[bool, Path]:
    """A bank of clips, and a spoilt one."""
    write_bank(folder / "bank")
    spoilt = shutil.copytree(folder / "bank", folder / "spoilt")
    shutil.copy(spoilt / "id" / "tiga.wav", spoilt / "id" / "dua.wav")
    return {False: folder / "bank", True: spoilt}


def said(hall: Hall, *, rounds: Sequence[int]) -> list[str]:
    """The clips of a hall's calls, as they should be heard."""
    clips: list[str] = []
    for (number, counter), times in zip(hall.calls, rounds, strict=True):
        speeches = [call_speech(number, counter, language=lang, counter_word="gerai") for lang in hall.languages]
        clips += [CHIME, *[clip for speech in speeches for clip in speech.clips] * times]
    return clips


@pytest.mark.parametrize(("name", "rounds"), [("long", [1]), ("repeated", [1, 2])])
def test_each_call_is_heard_once_in_order_as_it_was_to_be_said(
    heard: "dict[str, array[int]]", name: str, rounds: list[int]
) -> None:
    notes = read_notes(heard[name])
    assert [note.clip for note in notes] == said(HALLS[name], rounds=rounds)
    assert [(call.number, call.counter) for call in calls_in(notes)] == HALLS[name].calls


def test_a_planted_wrong_digit_is_heard_as_wrong(heard: "dict[str, array[int]]") -> None:
    (call,) = calls_in(read_notes(heard["spoilt"]))
    assert [sentence.number for sentence in call.sentences] == ["A-013", "A-012"]
    assert call.number == ""


def test_the_synthetic_voice_is_heard_whole_and_at_its_pace(heard: "dict[str, array[int]]") -> None:
    loud_s = sum(abs(sample) > 1000 for sample in heard["synthetic"]) / RATE
    print("LOUD", loud_s, {n: round(h.stutter_s, 3) for n, h in HALLS.items()})
    # Of 11 s: chime 0.95, Indonesian 2.1, English 1.7. A sentence at espeak-ng's usual pace takes 0.3 s less.
    assert loud_s == pytest.approx(4.65, abs=0.2)


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[NullSink]:
    with NullSink(tmp_path / "pulse") as sink:
        yield sink


def test_the_first_sound_comes_soon_after_the_call(sink: NullSink, tmp_path: Path, qtbot: QtBot) -> None:
    """The goal is 300 ms for 99 of 100; a shared machine in a test is given five times that."""
    voice = voice_at(sink, tmp_path, DisplaySettings(id="tv", name="TV"))
    qtbot.waitUntil(lambda: voice.facts["sound"] != "-", timeout=20_000)
    asked = time.monotonic()
    with qtbot.waitSignal(voice.started, timeout=10_000):
        voice.say(Utterance(1, "A-001", "5", datetime.now(UTC)))
    took_ms = (time.monotonic() - asked) * 1000
    voice.stop()
    assert took_ms < 1500
