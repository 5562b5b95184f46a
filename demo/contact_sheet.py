"""Many pictures of one screen on one sheet, each under its caption and found again in its place. Knows no app.

A sheet is kept as WebP without loss, but smoothing has levels in steps of `STEP`, which halves it. The colours of its
grounds stay what they are. What is compared is what is shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from shared.assets import ASSETS

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels, as Pillow has them."""

STEP = 8
"""Levels of one colour: a kept pixel is at most half of it beside the drawn one."""
GAP, CAPTION, LETTERS = 20, 26, 13
"""Between pictures; of a caption's line; of its letters. In pixels."""
GROUND, INK = "#FFFFFF", "#4A5568"
A_GROUND = 0.002
"""A colour that covers so much of a sheet is no smoothing."""


@dataclass(frozen=True)
class Cell:
    """A picture's place: its caption and its size there."""

    caption: str
    size: tuple[int, int]


class Sheet:
    """Columns of cells from the left, each filled from above."""

    def __init__(self, columns: Sequence[Sequence[Cell]]) -> None:
        self._cells = [cell for column in columns for cell in column]
        self.boxes = list(_boxes(columns))
        """Where each picture stands, column by column."""
        self.size = (max(box[2] for box in self.boxes), max(box[3] for box in self.boxes))

    def draw(self, pictures: Iterable[Image.Image]) -> Image.Image:
        """All of them in their places, in the order of `boxes`."""
        sheet = Image.new("RGB", self.size, GROUND)
        pen = ImageDraw.Draw(sheet)
        for cell, box, picture in zip(self._cells, self.boxes, pictures, strict=True):
            pen.text((box[0], box[1] - CAPTION), cell.caption, INK, _letters())
            sheet.paste(picture, box[:2])
        return sheet

    def cut(self, sheet: Image.Image) -> list[Image.Image]:
        """The pictures of `sheet` again. Raises ValueError where it was made for other cells."""
        if sheet.size != self.size:
            raise ValueError(f"{sheet.size} in place of {self.size}: made for other cells")
        return [sheet.crop(box) for box in self.boxes]


def _boxes(columns: Sequence[Sequence[Cell]]) -> Iterator[Box]:
    left = 0
    for column in columns:
        top = CAPTION
        for cell in column:
            wide, high = cell.size
            yield left, top, left + wide, top + high
            top += high + GAP + CAPTION
        left += max(cell.size[0] for cell in column) + GAP


@cache
def _letters() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(next((ASSETS / "fonts").glob("PlusJakartaSans*Medium*.ttf")), LETTERS)


def write(sheet: Image.Image, path: Path) -> None:
    """Keep `sheet` there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.point(_steps(sheet)).save(path, "WEBP", lossless=True, quality=100, method=4)


def _steps(sheet: Image.Image) -> list[int]:
    """For each level of red, green and blue the nearest one that is kept."""
    colours = sheet.getcolors(sheet.width * sheet.height) or []
    grounds = [colour for count, colour in colours if count >= A_GROUND * sheet.width * sheet.height]
    steps = []
    for band in range(3):
        kept = sorted({*range(0, 256, STEP), 255, *(colour[band] for colour in grounds)})  # type: ignore[index]  # RGB
        steps += [min(kept, key=lambda one: abs(one - level)) for level in range(256)]
    return steps


def read(path: Path) -> Image.Image:
    """The sheet that is kept there. Raises FileNotFoundError."""
    with Image.open(path) as opened:
        return opened.convert("RGB")
