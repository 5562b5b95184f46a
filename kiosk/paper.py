"""A ticket → the story of its paper: what stands on it, from top to bottom, by the hall's template.

Pure: no Qt, no printer.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from kiosk.story import (
    BigNumber,
    Box,
    Boxes,
    Checklist,
    Cut,
    Element,
    Gap,
    Heading,
    Line,
    Logo,
    Numbered,
    Place,
    Qr,
    Rule,
    Stamp,
    Story,
    Title,
)
from shared import appointments, wire
from shared.explained import requirements_of
from shared.hall import Agency, Hall, Service, TicketPaper
from shared.places import where_to_wait
from shared.waits import at_most
from shared.words import Words, msg


@dataclass(frozen=True)
class _Told:
    """One ticket of one hall, in the words of one language."""

    ticket: wire.Ticket
    hall: Hall
    words: Words

    @property
    def agency(self) -> Agency:
        return self.hall.agency(self.ticket.agency)

    @property
    def service(self) -> Service:
        return self.hall.service(self.ticket.service)

    def text(self, element: Literal["number", "message", "qr"], usual: str) -> str:
        """The hall's own sentence for an element in this language, else the `usual` one."""
        return template_of(self.hall).text(element, self.words.language) or self.words.say(usual)


def template_of(hall: Hall) -> TicketPaper:
    """What stands on a hall's tickets; the usual where it says nothing of it."""
    return hall.ticket or TicketPaper()


def ticket_story(ticket: wire.Ticket, hall: Hall, words: Words, *, copy: bool = False) -> Story:
    """What stands on a ticket's paper, in the language of `words` and those that the hall adds.

    `copy`: a reprint, which says so. Of priority only the flag is told, never the condition behind it.
    Raises KeyError when the hall has no such agency or service.
    """
    told = _Told(ticket, hall, words)
    template = template_of(hall)
    also = [_Told(ticket, hall, Words(one)) for one in template.languages if one != words.language]
    return _story(told, template.elements, _stamp(msg("SALINAN"), words, on=copy), also=also)


def ticket_stories(ticket: wire.Ticket, hall: Hall, words: Words) -> list[Story]:
    """All papers of a ticket that was just taken: the visitor's, then where the hall wants it the staff's.

    The staff's is in the hall's first language.
    """
    first = ticket_story(ticket, hall, words)
    theirs, second = Words(hall.languages[0]), template_of(hall).second_copy
    stamp = _stamp(msg("UNTUK PETUGAS"), theirs, on=True)
    return [first, _story(_Told(ticket, hall, theirs), second, stamp)] if second else [first]


def logo_picture(hall: Hall) -> bytes | None:
    """The hall's logo as PNG bytes, or None when it has none."""
    head, _, data = hall.logo.partition(",")
    return b64decode(data) if head.startswith("data:image/") and head.endswith(";base64") else None


# ---------------------------------------------------------------- the template


def _story(told: _Told, elements: Sequence[str], stamp: Story, *, also: Sequence[_Told] = ()) -> Story:
    """The elements in their order, the stamp under the hall's name: there it is looked for."""
    stamped = elements.index("hall") + 1 if "hall" in elements else 0
    above = [one for name in elements[:stamped] for one in _block(name, told, also)]
    below = [one for name in elements[stamped:] for one in _block(name, told, also)]
    return (*above, *stamp, *below, Cut())


def _block(name: str, told: _Told, also: Sequence[_Told]) -> Iterator[Element]:
    block = _BLOCKS[name](told)
    ends = block[-1:] if block[-1:] == (Gap(),) else ()
    yield from block[: len(block) - len(ends)]
    for other in also if name in _SAID_AGAIN else ():
        yield from _new_in(_BLOCKS[name](other), block)
    yield from ends


def _new_in(block: Story, above: Story) -> Story:
    """What a block says in another language that does not stand above yet, as plain lines; several stand apart."""
    said = [*_plain(above)]
    new = tuple(one for one in _plain(block) if one not in said)
    return (Gap(), *new) if len(new) > 1 else new


def _plain(block: Story) -> Iterator[Line | Numbered | Checklist]:
    for element in block:
        match element:
            case Heading(text) | Place(text) | Stamp(text) | Line(text):
                yield Line(text)
            case Boxes(boxes):
                yield from (Line(f"{box.label} {box.value}") for box in boxes)
            case Numbered() | Checklist():
                yield element
            case _:
                pass


# ---------------------------------------------------------------- its elements


def _stamp(text: str, words: Words, *, on: bool) -> Story:
    return (Gap(), Stamp(words.say(text)), Gap()) if on else ()


def _agency(told: _Told) -> Story:
    name = _name(told.agency, told.words)
    short = told.agency.short_name or name
    return (Heading(short), *((Line(name),) if name != short else ()))


def _service(told: _Told) -> Story:
    return (Line(_name(told.service, told.words), bold=True),)


def _number(told: _Told) -> Story:
    return (
        Gap(),
        Line(told.text("number", msg("NOMOR ANTREAN ANDA"))),
        Gap(),
        BigNumber(told.ticket.number),
        *_stamp(msg("Antrean Prioritas"), told.words, on=told.ticket.priority),
        *_appointment(told),
    )


def _appointment(told: _Told) -> Story:
    said = appointments.said(told.ticket, told.hall.timezone, told.words)
    return (Line(said, bold=True),) if said else ()


def _boxes(told: _Told) -> Story:
    ticket, words = told.ticket, told.words
    boxes = []
    if ticket.ahead is not None:
        people = words.count("{n} orang", "{n} orang", ticket.ahead)
        boxes.append(Box(words.say(msg("Sisa antrean di depan:")), people))
    if ticket.estimate_minutes is not None:
        boxes.append(Box(words.say(msg("Perkiraan tunggu:")), _wait(ticket.estimate_minutes, words)))
    longest = at_most(ticket.estimate_minutes, ticket.estimate_high_minutes, words)
    more = (Line(longest),) if longest else ()
    return (Gap(), *((Boxes(tuple(boxes)), *more) if boxes else ()))


def _wait(minutes: int, words: Words) -> str:
    return words.say(msg("± {minutes} menit"), minutes=minutes) if minutes else words.say(msg("Segera"))


def _place(told: _Told) -> Story:
    return (Gap(), Place(where_to_wait(told.agency, told.hall, told.words)))


def _message(told: _Told) -> Story:
    return (Line(told.text("message", msg("Mohon menunggu nomor Anda dipanggil"))),)


def _services(told: _Told) -> Story:
    """The services in order, where there are several: which agency's each is, for each has its own place to wait."""
    if not told.ticket.steps:
        return ()
    hall, words = told.hall, told.words
    services = [(hall.service(step.service), hall.agency(step.agency)) for step in told.ticket.steps]
    lines = tuple(f"{agency.short_name}: {_name(service, words)}" for service, agency in services)
    return (Line(words.say(msg("Layanan Anda berurutan, dengan nomor yang sama:")), bold=True), Numbered(lines), Rule())


def _checklist(told: _Told) -> Story:
    lines = tuple(requirements_of(told.service, told.words.language))
    return (Gap(), Line(told.words.say(msg("Yang perlu dibawa")), bold=True), Checklist(lines), Gap()) if lines else ()


def _name(named: Agency | Service, words: Words) -> str:
    return (named.name_en if words.language == "en" else "") or named.name


def _qr(told: _Told) -> Story:
    if not told.ticket.url:
        return ()
    sentence = told.text("qr", msg("Pantau giliran dari ponsel: pindai kode ini di Wi-Fi gedung."))
    return (Qr(told.ticket.url), Line(sentence), Gap())


def _footer(told: _Told) -> Story:
    text = template_of(told.hall).footer(told.words.language)
    return (Line(text), Gap()) if text else ()


def _time(told: _Told) -> Story:
    zone = told.hall.timezone
    return (Line(told.words.moment(told.ticket.taken_at.astimezone(ZoneInfo(zone)), zone), bold=True),)


_BLOCKS: dict[str, Callable[[_Told], Story]] = {
    "logo": lambda _told: (Logo(),),
    "hall": lambda told: (Title(told.hall.name),),
    "rule": lambda _told: (Rule(),),
    "gap": lambda _told: (Gap(),),
    "agency": _agency,
    "service": _service,
    "number": _number,
    "boxes": _boxes,
    "place": _place,
    "message": _message,
    "services": _services,
    "checklist": _checklist,
    "qr": _qr,
    "footer": _footer,
    "time": _time,
}
_SAID_AGAIN = ("agency", "service", "number", "boxes", "place", "message", "services", "checklist", "qr", "footer")
"""What is told in every language of the paper; the rest reads the same in all."""
