from array import array
from pathlib import Path

import pytest

from shared.speech import call_speech, clip_names
from shared.voice.clips import PHRASE_MS, WORD_MS, Clips, parts_seconds
from shared.voice.sound import Sound, Word, write_wav

SPEECH = call_speech("A-01", "2", language="id", counter_word="loket")


def record(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_wav(path, Sound(array("h", [1] * 800), 8000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record(tmp_path, *clip_names("id", counter_word="loket"))
    return tmp_path


def test_a_sentence_is_its_clips_with_breath_between_phrases(folder: Path) -> None:
    parts = Clips(folder).sentence(SPEECH)
    assert parts == [
        Word(folder / "id/nomor-antrean.wav"),
        PHRASE_MS,
        Word(folder / "id/huruf-a.wav"),
        PHRASE_MS,
        *(Word(folder / "id/nol.wav"), WORD_MS, Word(folder / "id/satu.wav")),
        PHRASE_MS,
        *(Word(folder / "id/silakan-menuju.wav"), WORD_MS),
        *(Word(folder / "id/loket.wav"), WORD_MS, Word(folder / "id/dua.wav")),
    ]


def test_parts_last_as_long_as_their_clips_and_silences(folder: Path) -> None:
    assert parts_seconds([Word(folder / "id/nol.wav"), 250, folder / "id/satu.wav"]) == pytest.approx(0.45)


def test_one_missing_clip_makes_the_sentence_unsayable_and_is_named(folder: Path) -> None:
    (folder / "id/satu.wav").unlink()
    (folder / "id/loket.wav").unlink()
    clips = Clips(folder)
    assert clips.sentence(SPEECH) is None
    assert clips.missing == ("id/satu", "id/loket")


def test_a_missing_name_is_left_out_and_named_and_the_number_is_said(folder: Path) -> None:
    naming = call_speech("A-01", "2", language="id", counter_word="loket", whom=("bpjs", "B P J S"))
    clips = Clips(folder)
    assert clips.sentence(naming) == clips.sentence(SPEECH)
    assert clips.missing == ("id/instansi-bpjs",)


def test_a_name_that_is_recorded_is_said_before_where_to_go(folder: Path) -> None:
    naming = call_speech("A-01", "2", language="id", counter_word="loket", whom=("bpjs", "B P J S"))
    record(folder, "id/instansi-bpjs")
    named = Clips(folder).sentence(naming)
    assert named is not None
    assert named[-7:-5] == [Word(folder / "id/instansi-bpjs.wav"), PHRASE_MS]


def test_a_clip_that_is_no_wav_counts_as_missing(folder: Path) -> None:
    (folder / "id/satu.wav").write_bytes(b"ID3 an mp3 with a wrong name")
    clips = Clips(folder)
    assert clips.sentence(SPEECH) is None
    assert clips.missing == ("id/satu",)


def test_a_clip_that_came_meanwhile_is_used(folder: Path) -> None:
    (folder / "id/satu.wav").unlink()
    clips = Clips(folder)
    clips.sentence(SPEECH)
    record(folder, "id/satu")
    assert clips.sentence(SPEECH) is not None
    assert clips.missing == ()


def test_a_folder_speaks_the_languages_it_has_a_folder_for(folder: Path) -> None:
    assert Clips(folder).speaks("id")
    assert not Clips(folder).speaks("en")


def test_the_folder_s_own_chime_is_used_if_there_is_one(folder: Path) -> None:
    clips = Clips(folder)
    assert clips.chime() is None
    assert clips.missing == ()
    record(folder, "chime")
    assert clips.chime() == folder / "chime.wav"
