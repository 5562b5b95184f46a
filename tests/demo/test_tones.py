import random
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from demo.tones import RATE, clips, read_notes, write_bank
from shared.speech import LANGUAGES, clip_names
from shared.voice.sound import Piece, at_rate, join, read_wav


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank")
    write_bank(folder)
    return folder


def recording(bank: Path, names: Sequence[str], *, gap_ms: int = 60) -> "array[int]":
    def pieces() -> Iterator[Piece]:
        for name in names:
            yield read_wav(bank / f"{name}.wav")
            yield gap_ms

    return at_rate(join(list(pieces())), RATE).samples


def test_the_bank_holds_every_clip_of_every_hall(bank: Path) -> None:
    for word in ("loket", "gerai"):
        for language in LANGUAGES:
            for name in clip_names(language, counter_word=word):
                assert (bank / f"{name}.wav").exists()
    assert (bank / "chime.wav").exists()


def test_every_clip_is_heard_as_itself(bank: Path) -> None:
    assert [note.clip for note in read_notes(recording(bank, clips()))] == clips()


def test_any_order_is_heard_as_it_was(bank: Path) -> None:
    names = random.Random(7).choices(clips(), k=60)  # noqa: S311  -- the same sixty in each run
    assert [note.clip for note in read_notes(recording(bank, names))] == names


def test_the_same_clip_three_times_is_three(bank: Path) -> None:
    names = ["id/nol"] * 3
    assert [note.clip for note in read_notes(recording(bank, names))] == names


def test_a_note_tells_when_it_began(bank: Path) -> None:
    notes = read_notes(recording(bank, ["chime", "id/nol"], gap_ms=1000))
    assert [note.at_s for note in notes] == pytest.approx([0.02, 1.14], abs=0.03)


def test_a_stutter_in_a_tone_is_not_two_clips(bank: Path) -> None:
    samples = recording(bank, ["id/dua"])
    middle, hole = round(0.06 * RATE), array("h", bytes(2 * 320))
    assert [note.clip for note in read_notes(samples[:middle] + hole + samples[middle:])] == ["id/dua"]


def test_noise_and_silence_hold_no_clip() -> None:
    noise = random.Random(3)  # noqa: S311  -- the same noise in each run
    assert read_notes([noise.randint(-12_000, 12_000) for _ in range(RATE)]) == []
    assert read_notes([0] * RATE) == []


def test_a_clip_is_heard_through_a_hall_s_noise(bank: Path) -> None:
    noise = random.Random(5)  # noqa: S311  -- the same noise in each run
    samples = [sample + noise.randint(-1500, 1500) for sample in recording(bank, ["chime", "en/letter-z"])]
    assert [note.clip for note in read_notes(samples)] == ["chime", "en/letter-z"]
