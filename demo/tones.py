"""A voice that a machine understands: each clip is two pure tones of its own, and a recording is read back into clips.

Like the keys of a telephone: 16 tones, two for each clip, 120 pairs for the 105 clips of Indonesian and English.
Pure Python on 8,000 samples a second: a minute of recording is read in about a second.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import mul
from pathlib import Path
from wave import open as open_wav

from shared.speech import CHIME, LANGUAGES, clip_names

RATE = 8000
"""Samples a second of a recording to be read."""

TONES_HZ = tuple(500 + 180 * n for n in range(16))
"""Up to 3,200 Hz: what a recording of 8,000 samples a second keeps whole."""

_CLIP_RATE = 22_050
_TONE_S, _EDGE_S = 0.08, 0.02
_PEAK = 0.35  # of each tone; two together stay under full scale
_FRAME, _HOP = 200, 80  # samples: 25 ms, heard every 10 ms
_LEAST_FRAMES, _LEAST_PIECE = 3, 2
_SAME_S = 0.06  # a shorter hole in one tone is a stutter; two equal clips stand 100 ms apart
_AUDIBLE = 0.03  # the TV evens recorded words to −20 dB: 0.1 of full scale for each tone

Pair = tuple[int, int]


@dataclass(frozen=True)
class Note:
    """A clip that was heard, and when: seconds from the beginning of the recording."""

    clip: str
    at_s: float


def clips() -> list[str]:
    """Every clip of the bank: the chime, and both languages with both words for a counter."""
    names = [name for word in ("loket", "gerai") for lang in LANGUAGES for name in clip_names(lang, counter_word=word)]
    return [CHIME, *dict.fromkeys(names)]


def _pairs() -> dict[str, Pair]:
    return dict(zip(clips(), combinations(range(len(TONES_HZ)), 2), strict=False))


def write_bank(folder: Path) -> None:
    """Write the bank as a folder of clips, as docs/klip-suara.md describes one."""
    for name, pair in _pairs().items():
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_wav(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_CLIP_RATE)
            file.writeframes(_clip(pair).tobytes())


def _clip(pair: Pair) -> "array[int]":
    edge = array("h", bytes(2 * round(_EDGE_S * _CLIP_RATE)))
    steps = [math.tau * TONES_HZ[tone] / _CLIP_RATE for tone in pair]
    count = round(_TONE_S * _CLIP_RATE)
    peak = _PEAK * 32_767
    return edge + array("h", (round(peak * sum(math.sin(step * n) for step in steps)) for n in range(count))) + edge


def read_notes(samples: Sequence[int]) -> list[Note]:
    """The clips in a recording of `RATE` samples a second (16 bits), in order."""
    names = {pair: name for name, pair in _pairs().items()}
    frames = (_pair(samples[at : at + _FRAME]) for at in range(0, len(samples) - _FRAME, _HOP))
    return [Note(names.get(pair, "?"), at_s) for pair, at_s in _runs(frames)]


def _runs(frames: Iterable[Pair | None]) -> list[tuple[Pair, float]]:
    """Where each pair begins that lasts long enough, all the pieces of a torn one together."""
    runs: list[_Run] = []
    place = 0
    for pair, same in groupby(frames):
        length = len(list(same))
        begin_s, place = place * _HOP / RATE, place + length
        if pair is None or length < _LEAST_PIECE:
            continue
        if not (runs and runs[-1].pair == pair and begin_s - runs[-1].end_s < _SAME_S):
            runs.append(_Run(pair, begin_s))
        runs[-1].frames += length
        runs[-1].end_s = place * _HOP / RATE
    return [(run.pair, run.begin_s) for run in runs if run.frames >= _LEAST_FRAMES]


@dataclass
class _Run:
    pair: Pair
    begin_s: float
    end_s: float = 0.0
    frames: int = 0


def _waves(turn: float) -> list[list[float]]:
    window = [0.5 - 0.5 * math.cos(math.tau * n / _FRAME) for n in range(_FRAME)]
    scale = 4 / _FRAME / 32_767  # a tone of full scale measures 1
    return [
        [scale * window[n] * math.cos(math.tau * (hertz * n / RATE + turn)) for n in range(_FRAME)]
        for hertz in TONES_HZ
    ]


_COSINES, _SINES = _waves(0), _waves(0.25)


def _pair(frame: Sequence[int]) -> Pair | None:
    """The two tones of a frame; None where there are not just two."""
    if max(map(abs, frame)) < _AUDIBLE * 32_767:
        return None
    loud = [
        math.hypot(sum(map(mul, frame, cosine)), sum(map(mul, frame, sine)))
        for cosine, sine in zip(_COSINES, _SINES, strict=True)
    ]
    third, second, first = sorted(range(len(loud)), key=loud.__getitem__)[-3:]
    clear = loud[second] > _AUDIBLE and loud[second] > loud[first] / 2 and loud[third] < loud[second] / 2
    return (min(first, second), max(first, second)) if clear else None
