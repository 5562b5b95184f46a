"""What is heard in the hall is what was to be said: the whole voice on a real sound server."""

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from demo.hearing import PROGRAMS, NullSink, calls_in
from demo.tones import RATE, read_notes, write_bank
from display.voice import Utterance, Voice
from shared.speech import CHIME, call_speech
from shared.wire import DisplaySettings
from tests.needs import program

Called = tuple[str, str]


@dataclass
class Hall:
    """A hall with a loudspeaker and an ear. `bank`: its folder of clips, two tones each."""

    folder: Path
    sink: NullSink
    bank: Path
    qtbot: QtBot

    def hear(self, calls: Sequence[Called], *, repeat: int = 1, clips: bool = True) -> "list[int]":
        """Say calls that come together; the samples that were heard."""
        settings = DisplaySettings(id="tv", name="TV", repeat=repeat, clips=str(self.bank) if clips else "")
        with self.sink.record() as recording:
            voice = Voice(settings, counter_word="gerai", cache=self.folder / "cache", now=lambda: datetime.now(UTC))
            finished: list[int] = []
            voice.finished.connect(finished.append)
            for event, (number, counter) in enumerate(calls):
                voice.say(Utterance(event, number, counter, datetime.now(UTC)))
            self.qtbot.waitUntil(lambda: len(finished) == len(calls), timeout=60_000)
            voice.stop()
            assert voice.troubles == []
            return list(recording.samples())


@pytest.fixture
def hall(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    for name in PROGRAMS:
        program(name)
    write_bank(tmp_path / "bank")
    with NullSink(tmp_path / "pulse") as sink:
        monkeypatch.setenv("PULSE_SERVER", sink.environment["PULSE_SERVER"])
        yield Hall(tmp_path, sink, tmp_path / "bank", qtbot)


def said(calls: Sequence[Called], *, rounds: Sequence[int]) -> list[str]:
    """The clips of calls, as they should be heard."""
    clips: list[str] = []
    for (number, counter), times in zip(calls, rounds, strict=True):
        both = [call_speech(number, counter, language=lang, counter_word="gerai") for lang in ("id", "en")]
        clips += [CHIME, *[clip for speech in both for clip in speech.clips] * times]
    return clips


def test_each_call_is_heard_once_in_order_as_it_was_to_be_said(hall: Hall) -> None:
    calls = [("ZB-1000", "21"), ("A-012", "5")]
    notes = read_notes(hall.hear(calls, repeat=2))
    assert [note.clip for note in notes] == said(calls, rounds=[1, 2])
    assert [(heard.number, heard.counter) for heard in calls_in(notes)] == calls


def test_a_planted_wrong_digit_is_heard_as_wrong(hall: Hall) -> None:
    shutil.copy(hall.bank / "id" / "tiga.wav", hall.bank / "id" / "dua.wav")
    (heard,) = calls_in(read_notes(hall.hear([("A-012", "5")])))
    assert [sentence.number for sentence in heard.sentences] == ["A-013", "A-012"]
    assert heard.number == ""


def test_the_synthetic_voice_is_heard_whole(hall: Hall) -> None:
    samples = hall.hear([("A-012", "5")], clips=False)
    loud_s = sum(abs(sample) > 1000 for sample in samples) / RATE
    # Of 11 s: chime 0.95, Indonesian 2.1, English 1.7, of which renderings were seen to differ by 0.6 s. A sentence
    # lost takes 1.7 s at least, one said twice adds as much.
    assert 3.6 < loud_s < 5.7


def test_the_first_sound_comes_soon_after_the_call(hall: Hall) -> None:
    """The goal is 300 ms for 99 of 100; a shared machine in a test is given five times that."""
    settings = DisplaySettings(id="tv", name="TV")
    voice = Voice(settings, counter_word="gerai", cache=hall.folder / "cache", now=lambda: datetime.now(UTC))
    hall.qtbot.waitUntil(lambda: voice.facts["sound"] != "-", timeout=20_000)
    asked = time.monotonic()
    with hall.qtbot.waitSignal(voice.started, timeout=10_000):
        voice.say(Utterance(1, "A-001", "5", datetime.now(UTC)))
    took_ms = (time.monotonic() - asked) * 1000
    voice.stop()
    assert took_ms < 1500
