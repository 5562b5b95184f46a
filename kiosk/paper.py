"""A ticket → the story of its paper: what stands on it, from top to bottom. Pure: no Qt, no printer.

The story names what each part is (a heading, the number, a box); how large that comes out and in which
characters is the dialect's to say (kiosk.dialect).
"""

from base64 import b64decode
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shared import appointments, wire
from shared.hall import Agency, Hall, Service
from shared.places import where_to_wait
from shared.waits import at_most
from shared.words import Words, msg


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


Element = Logo | Title | Stamp | Heading | Place | Line | Numbered | BigNumber | Boxes | Rule | Gap | Qr | Cut
Story = tuple[Element, ...]


def ticket_story(ticket: wire.Ticket, hall: Hall, words: Words, *, copy: bool = False) -> Story:
    """What stands on a ticket's paper, in the language of `words`.

    `copy`: a reprint, which says so. Of priority only the flag is told, never the condition behind it.
    Raises KeyError when the hall has no such agency or service.
    """
    agency = hall.agency(ticket.agency)
    return (
        Logo(),
        Title(hall.name),
        *_stamp(msg("SALINAN"), words, on=copy),
        Rule(),
        *_errand(agency, hall.service(ticket.service), words),
        Gap(),
        Line(words.say(msg("NOMOR ANTREAN ANDA"))),
        Gap(),
        BigNumber(ticket.number),
        *_stamp(msg("Antrean Prioritas"), words, on=ticket.priority),
        *_appointment(ticket, hall, words),
        Gap(),
        *_place(ticket, words),
        Gap(),
        Place(where_to_wait(agency, hall, words)),
        Line(words.say(msg("Mohon menunggu nomor Anda dipanggil"))),
        Rule(),
        *_journey(ticket, hall, words),
        *_code(ticket, words),
        Line(words.moment(ticket.taken_at.astimezone(ZoneInfo(hall.timezone)), hall.timezone), bold=True),
        Cut(),
    )


def logo_picture(hall: Hall) -> bytes | None:
    """The hall's logo as PNG bytes, or None when it has none."""
    head, _, data = hall.logo.partition(",")
    return b64decode(data) if head.startswith("data:image/") and head.endswith(";base64") else None


def _stamp(text: str, words: Words, *, on: bool) -> tuple[Element, ...]:
    return (Gap(), Stamp(words.say(text)), Gap()) if on else ()


def _errand(agency: Agency, service: Service, words: Words) -> tuple[Element, ...]:
    name = _name(agency, words)
    short = agency.short_name or name
    whole = (Line(name),) if name != short else ()
    return (Heading(short), *whole, Line(_name(service, words), bold=True))


def _appointment(ticket: wire.Ticket, hall: Hall, words: Words) -> tuple[Element, ...]:
    told = appointments.said(ticket, hall.timezone, words)
    return (Line(told, bold=True),) if told else ()


def _journey(ticket: wire.Ticket, hall: Hall, words: Words) -> tuple[Element, ...]:
    """The services in order, where there are several: which agency's each is, for each has its own place to wait."""
    if not ticket.steps:
        return ()
    services = [(hall.service(step.service), hall.agency(step.agency)) for step in ticket.steps]
    lines = tuple(f"{agency.short_name}: {_name(service, words)}" for service, agency in services)
    return (Line(words.say(msg("Layanan Anda berurutan, dengan nomor yang sama:")), bold=True), Numbered(lines), Rule())


def _name(named: Agency | Service, words: Words) -> str:
    return (named.name_en if words.language == "en" else "") or named.name


def _place(ticket: wire.Ticket, words: Words) -> tuple[Element, ...]:
    boxes = []
    if ticket.ahead is not None:
        people = words.count("{n} orang", "{n} orang", ticket.ahead)
        boxes.append(Box(words.say(msg("Sisa antrean di depan:")), people))
    if ticket.estimate_minutes is not None:
        boxes.append(Box(words.say(msg("Perkiraan tunggu:")), _wait(ticket.estimate_minutes, words)))
    longest = at_most(ticket.estimate_minutes, ticket.estimate_high_minutes, words)
    more = (Line(longest),) if longest else ()
    return (Boxes(tuple(boxes)), *more) if boxes else ()


def _wait(minutes: int, words: Words) -> str:
    return words.say(msg("± {minutes} menit"), minutes=minutes) if minutes else words.say(msg("Segera"))


def _code(ticket: wire.Ticket, words: Words) -> tuple[Element, ...]:
    if not ticket.url:
        return ()
    sentence = words.say(msg("Pantau giliran dari ponsel: pindai kode ini di Wi-Fi gedung."))
    return (Qr(ticket.url), Line(sentence), Gap())
