"""Pictures one after the other as a film in WebP, without loss and in one set of colours: nothing flickers."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageSequence

COLOURS, GROUNDS = 160, 16
"""In all, and of these so many of the commonest, which stay what they are."""
LAST_MS = 1000
"""How long the last picture stays before the film begins again."""
_SAMPLE = 12


class Frame(NamedTuple):
    """A picture, and when it was seen: seconds from the beginning."""

    at: float
    picture: Image.Image


def write(frames: Sequence[Frame], path: Path) -> None:
    """Keep the film there; it repeats for ever."""
    palette = _palette([frame.picture for frame in frames])
    seen = [frame.picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB") for frame in frames]
    shown = list(_durations(frames))
    seen[0].save(
        path,
        "WEBP",
        save_all=True,
        append_images=seen[1:],
        duration=shown,
        loop=0,
        lossless=True,
        quality=100,
        method=4,
    )


def read(path: Path) -> Iterator[tuple[int, Image.Image]]:
    """Each picture, and how long it is shown, in ms."""
    with Image.open(path) as film:
        for frame in ImageSequence.Iterator(film):
            picture = frame.convert("RGB")  # only then is known how long
            yield frame.info["duration"], picture


def _durations(frames: Sequence[Frame]) -> Iterator[int]:
    times = [round(1000 * frame.at) for frame in frames]
    yield from (after - before for before, after in pairwise(times))
    yield LAST_MS


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """The colours of all of them, from some that lie far apart: the grounds as they are, smoothing nearly."""
    some = pictures[:: max(1, len(pictures) // _SAMPLE)]
    wide, high = some[0].size
    strip = Image.new("RGB", (wide, high * len(some)))
    for turn, picture in enumerate(some):
        strip.paste(picture, (0, turn * high))
    commonest = sorted(strip.getcolors(wide * strip.height) or [], reverse=True)[:GROUNDS]
    nearly = strip.quantize(COLOURS - GROUNDS, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    grounds = [level for _count, colour in commonest for level in colour]  # type: ignore[attr-defined]  # RGB
    palette.putpalette([*grounds, *nearly])
    return palette
