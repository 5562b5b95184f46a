"""What a paper is made of, from top to bottom. Pure: no Qt, no printer.

A story names what each part is (a heading, the number, a box); how large that comes out and in which
characters is the dialect's to say (kiosk.dialect).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    """Where the hall's logo stands, when it has one."""


@dataclass(frozen=True)
class Title:
    """Whose paper this is: the institution."""

    text: str


@dataclass(frozen=True)
class Stamp:
    """White on black: what staff must see from afar (SALINAN, Antrean Prioritas)."""

    text: str


@dataclass(frozen=True)
class Heading:
    """The agency, as people call it."""

    text: str


@dataclass(frozen=True)
class Place:
    """Where to wait."""

    text: str


@dataclass(frozen=True)
class Line:
    """A line of text, wrapped at words."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Numbered:
    """Lines numbered from 1, one under another: services in their order."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """Lines to tick off with a pen, one under another: what to bring."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class BigNumber:
    """The number, as large as the paper has room, always on one line."""

    text: str


@dataclass(frozen=True)
class Box:
    """One framed fact: 'Sisa antrean di depan:' '4 orang'."""

    label: str
    value: str


@dataclass(frozen=True)
class Boxes:
    """The framed facts, at least one."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Gap:
    """White across the paper, half a line high."""


@dataclass(frozen=True)
class Qr:
    """A code that a phone opens."""

    data: str


@dataclass(frozen=True)
class Cut:
    """The end of a ticket: fed past the knife and cut."""


Element = (
    Logo | Title | Stamp | Heading | Place | Line | Numbered | Checklist | BigNumber | Boxes | Rule | Gap | Qr | Cut
)
Story = tuple[Element, ...]
