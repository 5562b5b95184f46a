"""The number as a picture: Plus Jakarta Sans ExtraBold, one line, its capitals exactly as high as asked."""

from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil

from PIL import Image, ImageDraw, ImageFont

from shared.assets import ASSETS

_FONT = ASSETS / "fonts" / "PlusJakartaSans_800ExtraBold.ttf"
_EM = 300
"""Drawn this large once, then brought to size: the edges come out smooth at any size."""
_BASE = int(1.5 * _EM)
_TRACKING = -0.02
"""Slightly tight, in ems (the look's 'numbers and headings')."""
_INK = 128
"""From this grey on a dot is black."""


@dataclass(frozen=True)
class _Drawn:
    """A number drawn large, in greys: white on black, cropped to its ink; `capital`: height of an H in it."""

    picture: Image.Image
    capital: int


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, _EM)


@lru_cache(maxsize=128)
def _letter(letter: str, beside: float) -> tuple[tuple[int, int], Image.Image]:
    """A letter's ink, white on black, and where it lies when `beside` (below 1) dots right of its place.

    Kept: drawing five takes 7 ms.
    """
    picture = Image.new("L", (3 * _EM, 2 * _EM), 0)
    ImageDraw.Draw(picture).text((_EM + beside, _BASE), letter, 255, _font(), anchor="ls")
    box = picture.getbbox() or (0, 0, 1, 1)
    return box[:2], picture.crop(box)


def _draw(text: str) -> _Drawn:
    font = _font()
    widths = [font.getlength(letter) + _TRACKING * _EM for letter in text]
    picture = Image.new("L", (ceil(sum(widths)) + 4 * _EM, 2 * _EM), 0)
    for place, letter in enumerate(text):
        left = sum(widths[:place])
        (right, down), ink = _letter(letter, left - int(left))
        picture.paste(255, (int(left) + right, down), ink)
    capital = -round(font.getbbox("H", anchor="ls")[1])
    return _Drawn(picture.crop(picture.getbbox()), capital)


@dataclass(frozen=True)
class Fit:
    """How a number is brought to paper: `capital` and `width` in dots; `coarse`: each dot of it two dots wide."""

    capital: int
    width: int
    coarse: bool = False


class Numeral:
    """One number, measured and drawn for paper."""

    def __init__(self, text: str) -> None:
        self._drawn = _draw(text)

    def width(self, capital: int) -> int:
        """How wide it is, in dots, when its capitals are `capital` dots high and nothing is condensed."""
        return round(self._drawn.picture.width * capital / self._drawn.capital)

    def rows(self, capital: int) -> int:
        """How high its ink is: round letters reach a little beyond capitals."""
        return ceil(self._drawn.picture.height * capital / self._drawn.capital)

    def size(self, fit: Fit) -> int:
        """How many bytes its raster takes."""
        return ceil(fit.width / (16 if fit.coarse else 8)) * self.rows(fit.capital)

    def fit(self, *, capitals: range, width: int, room: int) -> Fit:
        """As large as the paper allows: up to `width` dots wide, in at most `room` bytes.

        `capitals`: from the lowest permitted height (dots) to the highest. The height is held: what is too
        wide is condensed. Fine dots where they fit, else dots of double width, which need half the bytes.
        """
        lowest, highest = capitals.start, capitals.stop - 1
        for capital in range(highest, lowest, -1):
            whole = Fit(capital, self.width(capital))
            if whole.width > width:
                continue
            for fit in (whole, Fit(whole.capital, whole.width, coarse=True)):
                if self.size(fit) <= room:
                    return fit
        return self._condensed(lowest, width, room)

    def _condensed(self, capital: int, width: int, room: int) -> Fit:
        widest = min(width, self.width(capital))
        fine = Fit(capital, widest)
        if self.size(fine) <= room:
            return fine
        return Fit(capital, max(min(widest, room // self.rows(capital) * 16), widest // 2), coarse=True)

    def picture(self, fit: Fit) -> Image.Image:
        """Black on white, in dots (in pairs of dots across when `fit` is coarse)."""
        width = ceil(fit.width / 2) if fit.coarse else fit.width
        grey = self._drawn.picture.resize((width, self.rows(fit.capital)), Image.Resampling.LANCZOS)
        return grey.point([255] * _INK + [0] * (256 - _INK), "1")
