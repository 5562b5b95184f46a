import math
import wave
from array import array
from itertools import groupby
from pathlib import Path

import pytest

from shared.assets import ASSETS
from shared.voice.sound import (
    EVEN_DB,
    PEAK_DB,
    Sound,
    Unreadable,
    at_rate,
    evened,
    join,
    levels,
    loudness,
    read_wav,
    trimmed,
    wav_seconds,
    write_wav,
)


def tone(hertz: float, *, seconds: float = 0.1, rate: int = 22050, peak: int = 20_000) -> Sound:
    count = int(seconds * rate)
    return Sound(array("h", (round(peak * math.cos(math.tau * hertz * n / rate)) for n in range(count))), rate)


def write_raw(path: Path, frames: bytes, *, width: int, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(8000)
        file.writeframes(frames)
    return path


def largest_step(sound: Sound) -> int:
    return max(abs(b - a) for a, b in zip(sound.samples, sound.samples[1:], strict=False))


@pytest.mark.parametrize(
    ("width", "frames"),
    [
        (1, bytes([128, 255, 0])),
        (2, array("h", [0, 32512, -32768]).tobytes()),
        (3, bytes.fromhex("000000 00007f 000080")),
        (4, bytes.fromhex("00000000 0000007f 00000080")),
    ],
)
def test_every_usual_width_is_read_as_sixteen_bits(tmp_path: Path, width: int, frames: bytes) -> None:
    sound = read_wav(write_raw(tmp_path / "a.wav", frames, width=width))
    assert list(sound.samples) == [0, 32512, -32768]


def test_stereo_becomes_the_mean_of_both_sides(tmp_path: Path) -> None:
    frames = array("h", [100, 300, -50, 50]).tobytes()
    assert list(read_wav(write_raw(tmp_path / "a.wav", frames, width=2, channels=2)).samples) == [200, 0]


def test_a_sound_written_is_the_sound_read(tmp_path: Path) -> None:
    sound = tone(440)
    write_wav(tmp_path / "a.wav", sound)
    assert read_wav(tmp_path / "a.wav") == sound
    assert wav_seconds(tmp_path / "a.wav") == pytest.approx(sound.seconds)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"ID3 this is no WAV at all, but long enough to be one" * 9])
def test_a_file_that_is_no_wav_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(Unreadable, match=r"a\.wav"):
        read_wav(tmp_path / "a.wav")


def test_a_wav_without_a_sample_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="empty"):
        wav_seconds(write_raw(tmp_path / "a.wav", b"", width=2))


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        wav_seconds(tmp_path / "none.wav")


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000])
def test_another_rate_keeps_length_and_pitch(rate: int) -> None:
    changed = at_rate(tone(400, seconds=0.5), rate)
    crossings = sum(a < 0 <= b for a, b in zip(changed.samples, changed.samples[1:], strict=False))
    assert changed.seconds == pytest.approx(0.5, abs=0.001)
    assert crossings == pytest.approx(200, abs=1)


def test_pieces_are_joined_at_the_highest_rate_with_their_silences() -> None:
    joined = join([tone(400, rate=22050), 250, tone(400, rate=44100)])
    assert joined.rate == 44100
    assert joined.seconds == pytest.approx(0.1 + 0.25 + 0.1, abs=0.001)
    assert set(joined.samples[4600:15000]) == {0}


def test_a_join_does_not_click() -> None:
    low, high = tone(400), tone(900)
    steepest = max(largest_step(low), largest_step(high))
    cut_in_mid_wave = Sound(array("h", [0]) + low.samples, 22050)
    assert largest_step(cut_in_mid_wave) > 2 * steepest
    assert largest_step(join([low, high, 100, low])) <= steepest


def test_silence_at_both_ends_is_cut() -> None:
    silence = array("h", bytes(22050 * 2))
    cut = trimmed(Sound(silence + tone(400).samples + silence, 22050))
    assert cut.seconds == pytest.approx(0.1 + 0.04, abs=0.001)


def test_levels_follow_the_sound() -> None:
    quiet_then_loud = join([tone(400, peak=3277, rate=8000), tone(400, peak=32767, rate=8000)])
    assert levels(quiet_then_loud) == pytest.approx([0.1, 0.1, 1.0, 1.0], abs=0.01)


def test_the_chime_is_short_full_and_without_clicks() -> None:
    chime = read_wav(ASSETS / "sounds" / "chime.wav")
    assert 1.0 <= chime.seconds <= 1.4
    assert 20 * math.log10(max(map(abs, chime.samples)) / 32767) == pytest.approx(-3, abs=0.05)
    assert chime.samples[0] == chime.samples[-1] == 0
    assert largest_step(chime) < 10_000


FULL = 32_767


def test_clips_that_differ_by_twelve_decibel_are_equally_loud_in_a_joined_call_without_a_click() -> None:
    words = [tone(300 + 100 * n, peak=peak) for n, peak in enumerate((20_000, 5_000, 10_000, 5_000))]
    assert max(map(loudness, words)) - min(map(loudness, words)) == pytest.approx(12, abs=0.1)
    call = join([piece for word in words for piece in (evened(word), 60)])
    length = len(words[0].samples) + 22_050 * 60 // 1000
    said = [Sound(call.samples[n * length : (n + 1) * length], call.rate) for n in range(len(words))]
    assert [loudness(word) for word in said] == pytest.approx([EVEN_DB] * 4, abs=1)
    assert largest_step(call) < 800


def test_a_recording_with_high_peaks_is_raised_without_cutting_them() -> None:
    quiet = tone(200, seconds=0.5, peak=1_000)
    quiet.samples[4000:4040] = tone(600, seconds=40 / 22_050, peak=9_000).samples
    raised = evened(quiet)
    highest = max(map(abs, raised.samples))
    assert loudness(raised) == pytest.approx(EVEN_DB, abs=1)
    assert 10 ** (-4 / 20) * FULL < highest <= 10 ** (PEAK_DB / 20) * FULL
    assert max(len(list(same)) for sample, same in groupby(raised.samples) if abs(sample) == highest) < 3


@pytest.mark.parametrize("peak", [0, 100])
def test_what_is_silent_stays_silent(peak: int) -> None:
    assert evened(tone(300, peak=peak)) == tone(300, peak=peak)


def test_a_very_quiet_recording_is_raised_by_no_more_than_keeps_the_room_s_noise_down() -> None:
    quiet = tone(300, peak=500)
    assert loudness(evened(quiet)) - loudness(quiet) == pytest.approx(18, abs=0.1)
