import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from demo.hearing import PROGRAMS, Heard, NullSink, Sentence, calls_in, missing_programs
from demo.tones import Note
from shared.speech import call_speech
from tests.needs import program


def notes(*clips: str) -> list[Note]:
    return [Note(clip, float(n)) for n, clip in enumerate(clips)]


def call(number: str, counter: str, languages: Iterable[str] = ("id", "en")) -> list[str]:
    speeches = [call_speech(number, counter, language=language, counter_word="gerai") for language in languages]
    return ["chime", *(clip for speech in speeches for clip in speech.clips)]


def test_a_call_is_understood_in_both_languages() -> None:
    heard = calls_in(notes(*call("A-012", "21")))
    assert heard == [Heard(0.0, (Sentence("id", "A-012", "21"), Sentence("en", "A-012", "21")))]
    assert (heard[0].number, heard[0].counter, heard[0].languages) == ("A-012", "21", ("id", "en"))


def test_every_counter_and_many_numbers_are_understood() -> None:
    said = [(f"{'ABZ'[n % 3]}-{n:03d}", str(n)) for n in range(1000)]
    said += [("ZB-1000", "07"), ("C-5821", "5A"), ("Q-001", "B12"), ("A-001", "1000")]
    clips = [clip for number, counter in said for clip in call(number, counter)]
    assert [(one.number, one.counter) for one in calls_in(notes(*clips))] == said


def test_a_call_said_twice_is_one_call_with_two_pairs_of_sentences() -> None:
    clips = call("B-003", "4")
    (heard,) = calls_in(notes(*clips, *clips[1:]))
    assert heard.languages == ("id", "en", "id", "en")
    assert heard.number == "B-003"


def test_a_language_that_says_another_number_leaves_the_call_without_one() -> None:
    clips = [*call("B-003", "4", ["id"]), *call("B-008", "4", ["en"])[1:]]
    (heard,) = calls_in(notes(*clips))
    assert (heard.number, heard.counter) == ("", "4")


def test_a_call_tells_when_its_chime_began() -> None:
    heard = calls_in([Note("chime", 1.5), Note("id/nomor-antrean", 2.0), Note("chime", 9.0)])
    assert [one.at_s for one in heard] == [1.5, 9.0]


def test_what_comes_before_the_first_chime_is_no_call() -> None:
    assert calls_in(notes("id/nomor-antrean", "id/nol")) == []


def test_a_sink_records_what_a_program_plays_there(tmp_path: Path) -> None:
    for name in PROGRAMS:
        program(name)
    with NullSink(tmp_path / "pulse") as sink, sink.record() as recording:
        assert set(sink.environment) == {"PULSE_SERVER"}
        assert len(recording.samples()) > 0
    assert not any(name in os.environ.get("PULSE_SERVER", "") for name in [str(tmp_path)])


def test_programs_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert missing_programs() == ["pulseaudio", "parec"]
