"""Pictures one after the other as a film in GIF, in one set of colours for all: nothing flickers."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageSequence

COLOURS, GROUNDS = 160, 16
"""In all, and of these so many of the commonest, which stay what they are."""
LAST_MS = 1000
"""How long the last picture stays before the film begins again."""
_SAMPLE = 12
_AS_BEFORE = 255
"""Not a colour: here the picture before stays."""


class Frame(NamedTuple):
    """A picture, and when it was seen: seconds from the beginning."""

    at: float
    picture: Image.Image


def write(frames: Sequence[Frame], path: Path) -> None:
    """Keep the film there; it repeats for ever."""
    palette = _palette([frame.picture for frame in frames])
    seen = [frame.picture.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    first, *news = [seen[0], *(_new(before, after) for before, after in pairwise(seen))]
    first.save(
        path,
        "GIF",
        save_all=True,
        append_images=news,
        duration=list(_durations(frames)),
        loop=0,
        transparency=_AS_BEFORE,
        disposal=1,
        optimize=False,
    )


def _new(before: Image.Image, after: Image.Image) -> Image.Image:
    """Only what is not as before, which makes a film of a board a quarter as heavy."""
    changed = ImageChops.difference(_indexes(before), _indexes(after)).point(lambda level: 255 if level else 0)
    new = Image.new("P", after.size, _AS_BEFORE)
    new.putpalette(after.getpalette() or [])
    new.paste(after, mask=changed)
    return new


def _indexes(picture: Image.Image) -> Image.Image:
    return Image.frombytes("L", picture.size, picture.tobytes())


def read(path: Path) -> Iterator[tuple[int, Image.Image]]:
    """Each picture, and how long it is shown, in ms."""
    with Image.open(path) as film:
        for frame in ImageSequence.Iterator(film):
            picture = frame.convert("RGB")  # only then is known how long
            yield frame.info["duration"], picture


def _durations(frames: Sequence[Frame]) -> Iterator[int]:
    times = [10 * round(100 * frame.at) for frame in frames]  # GIF counts hundredths of a second
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
