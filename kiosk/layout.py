"""Elements of a story → the rows of printer type they take on paper of so many columns. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk import lettering
from kiosk.lettering import Face, Frame, Row, Run
from kiosk.story import Boxes, Checklist, Heading, Line, Numbered, Place, Rule, Stamp, Title

Typed = Title | Heading | Place | Line | Numbered | Checklist | Stamp | Boxes | Rule
"""What is set in the printer's own type; the rest are pictures, codes and white."""

_AIR = 2
"""Columns of white beside running text, both sides together."""
_STAMP_AIR = 4
_TITLES = (Face(bold=True),)
_PLACES = (Face(1, 2, bold=True), Face(bold=True))
_HEADINGS = (Face(2, 2, bold=True), Face(1, 2, bold=True), Face(bold=True))
_STAMPS = (Face(2, 2, bold=True), Face(1, 2, bold=True))


@dataclass(frozen=True)
class Grid:
    """The paper as type counts it: `columns` of font A, and what the printer's code page has."""

    columns: int
    encoding: str
    frame: Frame

    def rows(self, element: Typed) -> list[Row]:  # noqa: PLR0911  -- one for each element
        """The lines of print, none wider than the paper and no letter left out."""
        match element:
            case Title(text):
                return self._fitted(text, _TITLES, air=_AIR)
            case Heading(text):
                return self._fitted(text, _HEADINGS)
            case Place(text):
                return self._fitted(text, _PLACES)
            case Line(text, bold):
                return self._fitted(text, [Face(bold=bold)], air=_AIR)
            case Numbered(lines):
                return [(Run(one),) for one in lettering.numbered([*map(self._plain, lines)], self.columns - _AIR)]
            case Checklist(lines):
                return [(Run(one),) for one in lettering.ticked([*map(self._plain, lines)], self.columns - _AIR)]
            case Stamp(text):
                return [_stamped(run) for (run,) in self._fitted(text, _STAMPS, air=_STAMP_AIR)]
            case Boxes(boxes):
                plain = [(self._plain(box.label), self._plain(box.value)) for box in boxes]
                return lettering.framed(plain, self.columns, self.frame)
            case Rule():
                return [(Run(self.frame.across * self.columns),)]

    def _plain(self, text: str) -> str:
        return lettering.plain(text, self.encoding)

    def _fitted(self, text: str, faces: Sequence[Face], *, air: int = 0) -> list[Row]:
        return [(run,) for run in lettering.fitted(self._plain(text), self.columns - air, faces)]


def _stamped(run: Run) -> Row:
    return (Run(f" {run.text} ", Face(run.face.wide, run.face.high, bold=True, inverse=True)),)
