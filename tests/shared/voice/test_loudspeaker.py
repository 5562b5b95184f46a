import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shared.assets import ASSETS
from shared.qt.voice import loudspeaker
from shared.qt.voice.loudspeaker import Loudspeaker

STAND_IN = [sys.executable, str(Path(__file__).parent / "stand_ins" / "speaker.py")]
CHIME = ASSETS / "sounds" / "chime.wav"
Make = Callable[..., Loudspeaker]


@pytest.fixture
def make(
    tmp_path: Path,
    qtbot: QtBot,  # noqa: ARG001  -- brings the loop that the program needs
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Make]:
    monkeypatch.setenv("PLAYED", str(tmp_path / "played"))
    made: list[Loudspeaker] = []

    def build(*arguments: str, command: list[str] | None = None) -> Loudspeaker:
        speaker = Loudspeaker(command=command or [*STAND_IN, *arguments])
        made.append(speaker)
        return speaker

    yield build
    for speaker in made:
        speaker.stop()


@pytest.fixture
def played(tmp_path: Path) -> Callable[[], int]:
    return lambda: len((tmp_path / "played").read_text().splitlines()) if (tmp_path / "played").exists() else 0


def test_what_is_played_starts_and_finishes(make: Make, qtbot: QtBot, played: Callable[[], int]) -> None:
    speaker = make("HDMI")
    with qtbot.waitSignal(speaker.finished) as end, qtbot.waitSignal(speaker.started):
        speaker.play([CHIME, 100], 0.1)
    assert end.args == [True]
    assert played() == 1
    assert speaker.device == "HDMI"


def test_the_level_is_told_while_it_sounds_and_falls_to_nothing(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI")
    levels: list[float] = []
    speaker.level.connect(levels.append)
    with qtbot.waitSignal(speaker.finished):
        speaker.play([CHIME], 0.1)
    assert levels[-1] == 0.0


def test_without_a_device_it_takes_the_time_of_the_sound(make: Make, qtbot: QtBot, played: Callable[[], int]) -> None:
    speaker = make("")
    at: list[float] = []
    speaker.started.connect(lambda: at.append(time.monotonic()))
    speaker.finished.connect(lambda: at.append(time.monotonic()))
    with qtbot.waitSignal(speaker.finished) as end:
        with qtbot.waitSignal(speaker.started):
            speaker.play([CHIME], 0.4)
        assert 0 < speaker._watch.interval() <= 400  # by which it ends, as far as the machine lets it
    assert end.args == [False]
    assert at[1] - at[0] > 0.3
    assert played() == 0
    assert speaker.device == ""


def test_a_playing_program_that_cannot_start_is_a_missing_device(make: Make, qtbot: QtBot) -> None:
    speaker = make(command=["/nonexistent/program"])
    with qtbot.waitSignals([speaker.device_changed, speaker.finished]):
        speaker.play([CHIME], 0.1)
    assert speaker.device == ""


def test_a_program_that_dies_at_the_order_is_replaced_and_the_order_given_again(
    make: Make, qtbot: QtBot, played: Callable[[], int], tmp_path: Path
) -> None:
    speaker = make("HDMI", "--die-first", str(tmp_path / "mark"))
    with qtbot.waitSignals([speaker.started, speaker.finished], order="strict"):
        speaker.play([CHIME], 0.1)
    assert played() == 1


def test_a_program_that_dies_while_it_plays_is_not_given_the_order_again(
    make: Make, qtbot: QtBot, played: Callable[[], int]
) -> None:
    speaker = make("HDMI", "--die-playing")
    starts: list[int] = []
    speaker.started.connect(lambda: starts.append(1))
    begun = time.monotonic()
    with qtbot.waitSignal(speaker.finished) as end:
        speaker.play([CHIME], 0.5)
    assert end.args == [False]
    assert time.monotonic() - begun > 0.45  # the board stays lit for the rest
    assert (played(), len(starts)) == (1, 1)


def test_what_is_hushed_ends_long_before_its_time_and_was_not_played(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI", "--long")
    with qtbot.waitSignal(speaker.started):
        speaker.play([CHIME], 60.0)
    with qtbot.waitSignal(speaker.finished) as end:
        speaker.hush()
    assert end.args == [False]


def test_what_is_hushed_before_it_sounds_never_starts(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI", "--long")
    qtbot.waitUntil(lambda: speaker.device == "HDMI")
    with qtbot.assertNotEmitted(speaker.started), qtbot.waitSignal(speaker.finished):
        speaker.play([CHIME], 60.0)
        speaker.hush()
        speaker.hush()


def test_what_is_hushed_before_there_is_a_device_ends_at_once(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI")
    with qtbot.waitSignal(speaker.finished), qtbot.assertNotEmitted(speaker.started):
        speaker.play([CHIME], 60.0)
        speaker.hush()


def test_a_program_that_dies_while_it_is_hushed_ends_it_too(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI", "--long")
    with qtbot.waitSignal(speaker.started):
        speaker.play([CHIME], 60.0)
    with qtbot.waitSignal(speaker.finished):
        speaker.hush()
        os.kill(speaker.pid, signal.SIGKILL)


def test_hush_without_anything_playing_does_nothing(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI")
    with qtbot.assertNotEmitted(speaker.finished):
        speaker.hush()


def test_a_program_that_hangs_at_the_order_is_ended_and_the_next_sound_is_played(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, played: Callable[[], int], tmp_path: Path
) -> None:
    monkeypatch.setattr(loudspeaker, "ANSWER_MS", 300)
    speaker = make("HDMI", "--hang-first", str(tmp_path / "mark"))
    with qtbot.waitSignal(speaker.finished):
        speaker.play([CHIME], 0.1)
    assert played() == 0
    with qtbot.waitSignal(speaker.finished):
        speaker.play([CHIME], 0.1)
    assert played() == 1


def test_a_program_that_says_nothing_is_not_waited_for_for_ever(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loudspeaker, "START_MS", 300)
    speaker = make("HDMI", "--mute")
    with qtbot.waitSignals([speaker.started, speaker.finished], order="strict"):
        speaker.play([CHIME], 0.1)


def test_a_program_that_dies_again_at_once_is_given_a_pause_and_its_device_is_none(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    speaker = make("HDMI", "--die-told")
    told: list[str] = []
    speaker.device_changed.connect(told.append)
    qtbot.waitUntil(lambda: "" in told, timeout=20_000)
    assert len((tmp_path / "played.starts").read_text().splitlines()) == loudspeaker.FALLS_AT_ONCE + 1
    assert (speaker.pid, speaker.device, speaker.is_starting) == (0, "", False)


def test_a_program_killed_while_idle_is_replaced(make: Make, qtbot: QtBot) -> None:
    speaker = make("HDMI")
    qtbot.waitUntil(lambda: speaker.device == "HDMI")
    killed = speaker.pid
    os.kill(killed, signal.SIGKILL)
    qtbot.waitUntil(lambda: speaker.pid not in (0, killed) and speaker.device == "HDMI")
