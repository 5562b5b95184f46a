"""Thermal paper as a picture: bands of type and dots, one under another, black on white, a dot a pixel."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFont

from shared.assets import ASSETS

CELL = (12, 24)
"""A character of font A in dots; font B is drawn 9 × 17."""
SMALL_CELL = (9, 17)
KNIFE = 96
"""How far the knife stands above the print head, in dots (12 mm): white above the next ticket."""
_FONT = ASSETS / "fonts" / "receipt" / "JetBrainsMono_500Medium.ttf"
_FINE = 4
"""Letters are drawn this many times larger, then brought to their cell."""
_SIZE, _BASE = 22, 18
"""The font's size and its base line in a cell 24 high, in dots."""
_STROKE = 2
"""How thick a frame's lines are, in dots."""
_ARMS = {"─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "udr", "┤": "udl"}

Align = Literal["left", "center", "right"]


class TooWideError(ValueError):
    """A line or a picture does not fit on the paper: a real printer would wrap it, or lose it."""


@dataclass(frozen=True)
class Face:
    """How type looks now: `wide` and `high` in cells a character."""

    wide: int = 1
    high: int = 1
    bold: bool = False
    inverse: bool = False
    underline: bool = False
    small: bool = False

    @property
    def cell(self) -> tuple[int, int]:
        """A character's width and height in dots."""
        width, height = SMALL_CELL if self.small else CELL
        return width * self.wide, height * self.high


@dataclass(frozen=True)
class Words:
    """Text in one face."""

    text: str
    face: Face

    @property
    def width(self) -> int:
        """In dots."""
        return len(self.text) * self.face.cell[0]


@dataclass(frozen=True)
class Text:
    """A printed line: `height` is how far the paper moved, in dots."""

    words: tuple[Words, ...]
    align: Align
    height: int

    def image(self) -> Image.Image:
        """The line's ink, as wide as its words."""
        tallest = max(words.face.cell[1] for words in self.words)
        line = Image.new("L", (sum(words.width for words in self.words), tallest), "white")
        left = 0
        for words in self.words:
            line.paste(_set(words), (left, tallest - words.face.cell[1]))
            left += words.width
        return line


@dataclass(frozen=True)
class Picture:
    """Dots."""

    picture: Image.Image
    align: Align

    @property
    def height(self) -> int:
        """In dots."""
        return self.picture.height

    def image(self) -> Image.Image:
        """The dots themselves."""
        return self.picture


@dataclass(frozen=True)
class White:
    """Paper fed without print."""

    height: int


Band = Text | Picture | White


def draw(bands: Sequence[Band], width: int) -> Image.Image:
    """The paper, `width` dots wide. Raises TooWideError."""
    height = KNIFE + sum(band.height for band in bands)
    paper = Image.new("L", (width, height), "white")
    top = KNIFE
    for band in bands:
        if not isinstance(band, White):
            paper.paste(image := band.image(), (_left(image.width, width, band.align), top))
        top += band.height
    return paper


def _left(width: int, paper: int, align: Align) -> int:
    if width > paper:
        raise TooWideError(f"{width} dots on paper of {paper}")
    return {"left": 0, "center": (paper - width) // 2, "right": paper - width}[align]


def _set(words: Words) -> Image.Image:
    width, height = words.face.cell
    line = Image.new("L", (words.width, height), "white")
    for place, letter in enumerate(words.text):
        line.paste(_letter(letter, words.face), (place * width, 0))
    if words.face.underline:
        ImageDraw.Draw(line).line([(0, height - 1), (words.width, height - 1)], fill=0)
    return ImageChops.invert(line) if words.face.inverse else line


@cache
def _letter(letter: str, face: Face) -> Image.Image:
    width, height = face.cell
    if letter in _ARMS:
        return _frame_part(_ARMS[letter], face)
    scale = _FINE * height / CELL[1]
    font = ImageFont.truetype(_FONT, _SIZE * scale)
    cell = Image.new("L", (round(font.getlength(letter)), height * _FINE), "white")
    ImageDraw.Draw(cell).text((0, _BASE * scale), letter, 0, font, anchor="ls")
    drawn = cell.resize((width, height), Image.Resampling.LANCZOS)
    # A printer's bold is the letter struck twice, a dot apart.
    return ImageChops.darker(drawn, ImageChops.offset(drawn, face.wide, 0)) if face.bold else drawn


def _frame_part(arms: str, face: Face) -> Image.Image:
    width, height = face.cell
    part = Image.new("L", (width, height), "white")
    pen = ImageDraw.Draw(part)
    thick, middle = _STROKE * face.wide, (width // 2, height // 2)
    across = {"l": (0, middle[0] + thick // 2), "r": (middle[0] - thick // 2, width)}
    upright = {"u": (0, middle[1] + thick // 2), "d": (middle[1] - thick // 2, height)}
    for arm in arms:
        if arm in across:
            start, end = across[arm]
            pen.rectangle([start, middle[1] - thick // 2, end - 1, middle[1] + thick // 2 - 1], fill=0)
        else:
            start, end = upright[arm]
            pen.rectangle([middle[0] - thick // 2, start, middle[0] + thick // 2 - 1, end - 1], fill=0)
    return part
