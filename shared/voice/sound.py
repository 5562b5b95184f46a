"""Sounds as numbers: reading WAV files of any usual kind, joining them without clicks, writing one. No Qt.

Everything inside is 16-bit mono. Only the standard library's `wave` and `array` are used: numpy would be 30 MB for a
few seconds of sound, and `audioop` is gone from Python 3.13.
"""

import os
import wave
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log10, tanh
from operator import mul
from pathlib import Path

FADE_MS = 4
"""Each piece's first and last milliseconds rise from and fall to nothing: a cut in mid-wave is heard as a click."""

LEVEL_MS = 50
"""How far apart the levels of a moving sign are."""

EVEN_DB = -20.0
"""How loud a recorded word is made, of full scale: espeak-ng's own sentences measure −19.4 to −20.5 dB."""

PEAK_DB = -1.0
"""The highest a wave of it may reach."""

MOST_GAIN_DB = 18.0
"""A recording that is quieter yet is noise: raised further the noise of the room would be heard between the words."""

_KNEE_DB = -4.0  # from here to `PEAK_DB` peaks are bent, not cut
_FRAME_S = 0.02
_SILENT_DB = -90.0
_QUIET = 330  # of 32,767, −40 dBFS: below it espeak-ng only breathes
_FULL = 32_767
_BYTES = 2


class Unreadable(Exception):  # noqa: N818  -- says what the file is, not that we erred
    """A file that is no PCM WAV we can read; its text says why."""


@dataclass(frozen=True)
class Sound:
    """16-bit mono samples (`array('h')`) at `rate` samples a second."""

    samples: "array[int]"
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


Piece = Sound | int
"""A sound, or a silence of so many milliseconds."""


@dataclass(frozen=True)
class Word:
    """A recorded clip of words, which is played as loud as all others (`evened`)."""

    clip: Path


Part = Path | Word | int
"""A WAV file as it is, a recorded word, or a silence of so many milliseconds."""


def wav_seconds(path: Path) -> float:
    """How long a WAV file lasts, by its header. Raises Unreadable."""
    with _opened(path) as file:
        return file.getnframes() / file.getframerate()


def read_wav(path: Path) -> Sound:
    """A WAV file of 8, 16, 24 or 32 bits and any number of channels, as 16-bit mono. Raises Unreadable."""
    with _opened(path) as file:
        width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
        raw = file.readframes(file.getnframes())
    return Sound(_mono(_sixteen_bits(raw, width), channels), rate)


def _opened(path: Path) -> wave.Wave_read:
    try:
        file = wave.open(str(path), "rb")  # noqa: SIM115  -- the caller's `with` closes it
    except (OSError, EOFError, wave.Error) as error:
        raise Unreadable(f"{path}: {error}") from error
    if file.getframerate() <= 0 or file.getnframes() <= 0:
        file.close()
        raise Unreadable(f"{path}: empty")
    return file


def _sixteen_bits(raw: bytes, width: int) -> "array[int]":
    samples = array("h")
    if width == 1:  # 8-bit WAV is unsigned
        samples.extend((byte - 128) << 8 for byte in raw)
        return samples
    whole = raw[: len(raw) - len(raw) % width]
    pairs = bytearray(len(whole) // width * _BYTES)
    pairs[0::2], pairs[1::2] = whole[width - 2 :: width], whole[width - 1 :: width]  # little-endian: the upper 16 bits
    samples.frombytes(bytes(pairs))
    return samples


def _mono(samples: "array[int]", channels: int) -> "array[int]":
    if channels == 1:
        return samples
    beside = (samples[channel::channels] for channel in range(channels))
    return array("h", (sum(frame) // channels for frame in zip(*beside, strict=False)))


def at_rate(sound: Sound, rate: int) -> Sound:
    """The same sound at another sample rate, by straight lines between samples: enough for speech."""
    if sound.rate == rate or not sound.samples:
        return Sound(sound.samples, rate)
    step = sound.rate / rate
    source = sound.samples + sound.samples[-1:]
    count = int(len(sound.samples) / step)
    places = ((int(n * step), n * step % 1) for n in range(count))
    return Sound(array("h", (int(source[i] + (source[i + 1] - source[i]) * part) for i, part in places)), rate)


def join(pieces: Sequence[Piece]) -> Sound:
    """One sound of all pieces in order, at the highest rate among them, each faded at its edges."""
    rate = max(piece.rate for piece in pieces if isinstance(piece, Sound))
    joined = array("h")
    for piece in pieces:
        if isinstance(piece, Sound):
            joined.extend(faded(at_rate(piece, rate)).samples)
        else:
            joined.frombytes(bytes(rate * piece // 1000 * _BYTES))
    return Sound(joined, rate)


def faded(sound: Sound) -> Sound:
    """The same sound, rising from nothing and falling to nothing within `FADE_MS`."""
    samples = sound.samples[:]
    edge = min(sound.rate * FADE_MS // 1000, len(samples) // 2)
    for n in range(edge):
        samples[n] = samples[n] * n // edge
        samples[-1 - n] = samples[-1 - n] * n // edge
    return Sound(samples, sound.rate)


def trimmed(sound: Sound, *, keep_ms: int = 20) -> Sound:
    """The same sound without the silence at both ends, but for `keep_ms`."""
    samples = sound.samples
    first = next((n for n, sample in enumerate(samples) if abs(sample) > _QUIET), None)
    if first is None:
        return sound
    last = next(n for n in range(len(samples) - 1, -1, -1) if abs(samples[n]) > _QUIET)
    keep = sound.rate * keep_ms // 1000
    return Sound(samples[max(0, first - keep) : last + keep], sound.rate)


def loudness(sound: Sound) -> float:
    """Root mean square of what sounds, in dB of full scale; pauses do not count."""
    frame = max(1, round(sound.rate * _FRAME_S))
    pieces = (sound.samples[start : start + frame] for start in range(0, len(sound.samples), frame))
    powers = [sum(map(mul, piece, piece)) / len(piece) for piece in pieces]
    loud = [power for power in powers if power > _QUIET * _QUIET / 2]
    return 10 * log10(sum(loud) / len(loud) / _FULL**2) if loud else _SILENT_DB


def evened(sound: Sound) -> Sound:
    """The same words at `EVEN_DB`, no wave above `PEAK_DB`; silence and what is almost silence stay so.

    25–30 ms for a second of 44,100 samples: whoever plays keeps the answer.
    """
    before = loudness(sound)
    if before == _SILENT_DB:
        return sound
    gain = _ratio(min(EVEN_DB - before, MOST_GAIN_DB))
    highest, lowest = max(sound.samples), min(sound.samples)
    loudest = gain * max(highest, -lowest)
    if loudest <= _ratio(_KNEE_DB) * _FULL:
        whole = round(gain * 0x10000)  # in whole numbers: a third of the time
        return Sound(array("h", [sample * whole + 0x8000 >> 16 for sample in sound.samples]), sound.rate)
    return Sound(array("h", map(_bent(gain), sound.samples)), sound.rate)


def _ratio(decibel: float) -> float:
    return float(10 ** (decibel / 20))


def _bent(gain: float) -> Callable[[int], int]:
    """Each sample `gain` times as high, and above the knee ever less: a wave that is cut off crackles."""
    knee, room = _ratio(_KNEE_DB) * _FULL, (_ratio(PEAK_DB) - _ratio(_KNEE_DB)) * _FULL

    @cache
    def bend(sample: int) -> int:
        high = sample * gain
        over = abs(high) - knee
        if over <= 0:
            return round(high)
        bent = knee + room * tanh(over / room)
        return round(bent if high > 0 else -bent)

    return bend


def levels(sound: Sound) -> list[float]:
    """How loud the sound is in each `LEVEL_MS`: its peak from 0 to 1, by every fourth sample."""
    step = sound.rate * LEVEL_MS // 1000
    edges = [*range(0, len(sound.samples), step), len(sound.samples)]
    slices = (sound.samples[start:end:4] for start, end in pairwise(edges) if end > start)
    return [round(max(map(abs, part)) / _FULL, 3) for part in slices]


def write_wav(path: Path, sound: Sound) -> None:
    """Write `sound` so that `path` is either whole or not there. Raises OSError."""
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    with wave.open(str(half), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_BYTES)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples.tobytes())
    half.replace(path)
