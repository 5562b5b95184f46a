"""What a hall is to record, and what a folder of recordings is told."""

import re
from array import array
from collections.abc import Callable
from math import pi, sin
from pathlib import Path

import pytest

from display.recordings import needed
from display.voice_command import main
from shared.assets import CONFIG
from shared.hall import VoiceSettings
from shared.site import load
from shared.speech import call_speech
from shared.voice import models
from shared.voice.sound import Sound, loudness, write_wav
from tests.shared.voice.piper_folder import piper_folder

SITE = CONFIG / "small.toml"
RATE = 8000


def tone(seconds: float = 0.4, *, peak: float = 0.3, lead: float = 0.02) -> Sound:
    """A word as a tone, with some silence before it."""
    still = array("h", bytes(2 * round(lead * RATE)))
    wave = (sin(2 * pi * 440 * n / RATE) for n in range(round(seconds * RATE)))
    return Sound(still + array("h", (max(-32767, min(32767, round(32767 * peak * one))) for one in wave)), RATE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every clip of the small hall in Indonesian, all of them well."""
    (tmp_path / "id").mkdir()
    for token in needed(load(SITE).hall(""), "id"):
        write_wav(tmp_path / f"{token.clip}.wav", tone())
    return tmp_path


Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, list[str]]:
        status = main([str(one) for one in (*arguments, "--site", SITE)])
        heard = capsys.readouterr()
        return status, (heard.out + heard.err).splitlines()

    return run


def test_a_hall_needs_every_clip_of_every_call_it_can_make_and_no_other() -> None:
    hall = load(CONFIG / "balikpapan.toml").hall("")
    names = {token.clip for token in needed(hall, "id")}
    calls = [
        call_speech(f"{agency.prefix}-1234567890", counter.number, language="id", counter_word=hall.counter_word)
        for agency in hall.agencies
        for counter in hall.counters_of(agency.id)
    ]
    assert set().union(*(call.clips for call in calls)) <= names
    assert "id/seratus" not in names
    assert len(names) == len(needed(hall, "id"))


def test_the_list_names_each_file_and_what_to_say(told: Run) -> None:
    status, lines = told("record-list", "--of", "id")
    assert status == 0
    assert lines[1:4] == [
        "id/nomor-antrean.wav\tnomor antrean",
        "id/silakan-menuju.wav\tsilakan menuju",
        "id/loket.wav\tloket",
    ]
    assert "id/huruf-a.wav\tA (a)" in lines
    assert not any(line.startswith("en/") for line in lines)


def test_names_of_agencies_are_recorded_only_where_calls_say_them() -> None:
    hall = load(CONFIG / "balikpapan.toml").hall("")
    before = needed(hall, "id")
    named = needed(hall.model_copy(update={"voice": VoiceSettings(say_agency=True)}), "id")
    assert named[: len(before)] == before
    assert ("id/instansi-bpjs-kesehatan", "B P J S Kesehatan") in [(one.clip, one.text) for one in named]
    assert len(named) == len(before) + len(hall.agencies)


def test_a_good_folder_is_told_so(told: Run, folder: Path) -> None:
    status, (line,) = told("check", folder)
    assert (status, line) == (0, f"{len(list(folder.rglob('*.wav')))} klip (id) lengkap dan baik.")


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        (tone(peak=4.0), "pecah: suara menyentuh batas atas"),
        (tone(peak=0.02), "terlalu pelan: −37 dB, sedikitnya −32 dB"),
        (tone(peak=0.1), "tidak serata yang lain: −23 dB, kebanyakan −13 dB"),
        (tone(2.0), "terlalu panjang: 2.02 detik, paling lama 1.50 detik"),
        (tone(0.03), "terlalu pendek: 0.05 detik"),
        (tone(lead=0.4), "hening 0.40 detik di awal dan 0.00 detik di akhir"),
        (tone(peak=0), "terlalu pelan: −90 dB"),
    ],
)
def test_a_clip_that_is_not_well_is_told_what_is_wrong(told: Run, folder: Path, sound: Sound, said: str) -> None:
    write_wav(folder / "id/dua.wav", sound)
    status, lines = told("check", folder)
    assert status == 1
    assert any(line.startswith(f"id/dua.wav: {said}") for line in lines), lines
    assert lines[-1].startswith("1 dari ")


def test_missing_and_unreadable_clips_are_all_told_at_once(told: Run, folder: Path) -> None:
    (folder / "id/satu.wav").unlink()
    (folder / "id/tiga.wav").write_bytes(b"ID3 an mp3 with a wrong name")
    status, lines = told("check", folder)
    assert (status, lines[:2]) == (1, ["id/satu.wav: tidak ada", "id/tiga.wav: tidak terbaca: harus WAV (PCM)"])


def test_a_folder_that_is_none_is_told_what_to_do(told: Run, tmp_path: Path) -> None:
    assert told("check", tmp_path / "klip") == (1, [f"Folder '{tmp_path / 'klip'}' tidak ada."])
    status, (line,) = told("check", tmp_path)
    assert (status, "docs/klip-suara.md" in line) == (1, True)


def test_a_folder_of_models_is_checked_by_having_each_say_a_call(told: Run, tmp_path: Path) -> None:
    folder = piper_folder(tmp_path / "piper", "--die", "please", languages=("id", "en"))
    status, (indonesian, english) = told("check", folder)
    assert re.fullmatch(r"id\.onnx: panggilan 0\.5 detik jadi dalam 0\.\d detik", indonesian)
    assert english.startswith("en.onnx: tidak dapat bersuara: piper ended")
    assert status == 1


def test_what_a_folder_of_models_lacks_is_told_with_what_to_do(
    told: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = piper_folder(tmp_path / "piper")
    monkeypatch.setattr(models, "program", lambda _folder: None)
    (folder / "id.onnx.json").unlink()
    status, (description, program) = told("check", folder)
    assert description == "id.onnx.json: tidak ada; salin dari tempat asal modelnya, ke folder yang sama"
    assert program.startswith("program Piper tidak ada; pasang menurut docs/klip-suara.md")
    assert status == 1


def test_pauses_do_not_make_a_clip_quieter() -> None:
    assert loudness(tone(lead=0.5)) == pytest.approx(loudness(tone(lead=0)), abs=0.3)
