"""Printer type: how text is wrapped, sized, framed and made plain for a code page. Pure."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Face:
    """How a run of printer type looks: `wide` and `high` in cells a character; `inverse`: white on black."""

    wide: int = 1
    high: int = 1
    bold: bool = False
    inverse: bool = False


@dataclass(frozen=True)
class Run:
    """Text in one face."""

    text: str
    face: Face = Face()

    @property
    def cells(self) -> int:
        """How many columns it takes."""
        return len(self.text) * self.face.wide


Row = tuple[Run, ...]
"""One line of print: its runs stand on one base line."""


@dataclass(frozen=True)
class Frame:
    """The characters boxes and rules are drawn with, the rows of a box from top to bottom."""

    across: str
    upright: str
    top: str
    middle: str
    bottom: str


DRAWN = Frame("─", "│", "┌┐", "├┤", "└┘")
ASCII = Frame("-", "|", "++", "++", "++")

_EQUIVALENTS = str.maketrans("–—−\u2010\u2011\u2018’“”•·×", "-----''\"\"*-x") | str.maketrans({"±": "+/-"})
"""What stands in where a code page lacks the sign."""


def plain(text: str, encoding: str) -> str:
    """`text` with nothing in it that `encoding` lacks: an equivalent, the bare letter, at worst '?'."""
    return "".join(_plain(letter, encoding) for letter in text)


def _plain(letter: str, encoding: str) -> str:
    if _has(encoding, letter):
        return letter
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    equivalent = bare.translate(_EQUIVALENTS)
    return equivalent if equivalent and _has(encoding, equivalent) else "?"


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def wrapped(text: str, columns: int) -> list[str]:
    """`text` in lines of about equal length, none longer than `columns`; broken inside a word only where it must."""
    return list(_wrapped(text, columns))


@lru_cache(maxsize=2048)
def _wrapped(text: str, columns: int) -> tuple[str, ...]:
    """Kept, for the same sentences stand on every ticket, and setting one takes longer than sending it."""
    lines = textwrap.wrap(text, columns, break_on_hyphens=False)
    for narrower in range(columns - 1, 0, -1):
        even = textwrap.wrap(text, narrower, break_on_hyphens=False, break_long_words=False)
        if len(even) > len(lines) or max(map(len, even), default=0) > narrower:
            break
        lines = even
    return tuple(lines)


def fitted(text: str, columns: int, faces: Sequence[Face]) -> list[Run]:
    """`text` in the first of `faces` in which it takes two lines at most and no word is broken, else in the last."""
    for face in faces:
        lines = wrapped(text, columns // face.wide)
        longest = max(map(len, text.split()), default=0)
        if len(lines) <= 2 and longest <= columns // face.wide:  # noqa: PLR2004  -- a third line is one too many to read at a glance
            break
    else:
        face, lines = faces[-1], wrapped(text, columns // faces[-1].wide)
    return [Run(line, face) for line in lines]


def numbered(lines: Sequence[str], columns: int) -> list[str]:
    """The lines with their numbers, wrapped under their first words; all of one length, so that they stand left."""
    return _marked(lines, [f"{n}. " for n in range(1, len(lines) + 1)], columns)


def ticked(lines: Sequence[str], columns: int) -> list[str]:
    """The lines with a box to tick before each, wrapped and set as `numbered` ones."""
    return _marked(lines, ["[ ] "] * len(lines), columns)


def _marked(lines: Sequence[str], marks: Sequence[str], columns: int) -> list[str]:
    rows = [
        row
        for mark, line in zip(marks, lines, strict=True)
        for row in textwrap.wrap(line, columns, initial_indent=mark, subsequent_indent=" " * len(mark))
    ]
    return [row.ljust(max(map(len, rows))) for row in rows]


_VALUE = (Face(2, 2, bold=True), Face(1, 2, bold=True))
_AIR = 2
"""Columns of white within a frame, both sides together."""


def framed(boxes: Sequence[tuple[str, str]], columns: int, frame: Frame) -> list[Row]:
    """Labels and values in frames one under another, `columns` wide: side by side where all have room for it."""
    room = columns - 2 - _AIR
    beside: list[list[Row]] = [[(Run(f"{label} "), Run(value, _VALUE[0]))] for label, value in boxes]
    if any(sum(run.cells for run in row) > room for rows in beside for row in rows):
        beside = [_stacked(label, value, room) for label, value in boxes]
    rows = [_edge(frame.top, columns, frame)]
    for place, box in enumerate(beside):
        if place:
            rows.append(_edge(frame.middle, columns, frame))
        rows += [_between(row, columns, frame) for row in box]
    return [*rows, _edge(frame.bottom, columns, frame)]


def _stacked(label: str, value: str, columns: int) -> list[Row]:
    labels: list[Row] = [(Run(line),) for line in wrapped(label, columns)]
    return [*labels, *((run,) for run in fitted(value, columns, _VALUE))]


def _edge(corners: str, columns: int, frame: Frame) -> Row:
    return (Run(corners[0] + frame.across * (columns - 2) + corners[1]),)


def _between(row: Row, columns: int, frame: Frame) -> Row:
    spare = columns - 2 - sum(run.cells for run in row)
    tall = Face(1, max(run.face.high for run in row))
    left = Run(frame.upright + " " * (spare // 2), tall)
    right = Run(" " * (spare - spare // 2) + frame.upright, tall)
    return (left, *row, right)
