"""Numbers by hand: the ticket machine is broken, and visitors tear printed numbers off a roll.

A supervisor begins a roll for an agency; its officers press the same 'next': first who waits by the usual rules,
then the roll's next number, whose ticket is made by that call. How many hold a number and do not wait any more
nobody knows. A roll ends by its last number, by the supervisor, or with the day; its numbers stay taken for that
day, so that the machine's own go on around them.
"""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic_core import to_json

from hub.rows import EventRow, RollRow, TicketRow, roll_facts
from hub.store import Book, Reading
from shared.hall import Agency, Counter, Service
from shared.model import Kind, Origin, Reason, number_text
from shared.trouble import Trouble
from shared.wire import BeginRoll, EndRoll

if TYPE_CHECKING:
    from hub.floor import Floor

WHY = json.dumps({"kind": Reason.PAPER_ROLL.value, "waited_minutes": 0})
"""A wire.Why: how long the visitor waited nobody knows."""

_TOKEN_BYTES = 16

# ------------------------------------------------------------ the supervisor


def begin_roll(floor: "Floor", book: Book, clock: datetime, agency: str, asked: BeginRoll) -> EventRow:
    """From now on this agency's numbers are torn off a roll; the kiosk sends its visitors there.

    Raises Trouble: unknown_agency, no_counter_serves, roll_is_on, roll_meets, clock_behind.
    """
    of = _agency(floor, agency)
    now = floor.moment(book, clock)
    rolls = [roll for roll in book.rolls(floor.day(now)) if roll.agency == agency]
    if on := next((roll for roll in rolls if roll.is_on), None):
        raise Trouble("roll_is_on", first=_number(on, on.first), last=_number(on, on.last))
    roll = RollRow(0, floor.day(now), agency, of.prefix, asked.first, asked.last, asked.first, asked.place, now)
    _refuse_meeting(book, roll, rolls)
    return _tell(book, now, Kind.ROLL_BEGUN, book.add_roll(roll))


def end_roll(floor: "Floor", book: Book, clock: datetime, agency: str, asked: EndRoll) -> EventRow | None:
    """No more numbers are torn off, the machine gives them again; None where no roll was on.

    Who holds one up to `handed_out` and was not called yet waits from now on as everybody does, in the order of
    the numbers. Raises Trouble: unknown_agency, roll_beyond, clock_behind.
    """
    of = _agency(floor, agency)
    now = floor.moment(book, clock)
    roll = next((one for one in book.rolls(floor.day(now)) if one.agency == agency and one.is_on), None)
    if roll is None:
        return None
    handed_out = roll.next - 1 if asked.handed_out is None else asked.handed_out
    if handed_out > roll.last:
        raise Trouble("roll_beyond", number=handed_out, first=_number(roll, roll.first), last=_number(roll, roll.last))
    for sequence in range(roll.next, handed_out + 1):
        if book.numbered(roll.day, roll.prefix, sequence) is None:
            _tear(book, now, roll, of.services[0], sequence, language=floor.hall.languages[0])
    return _end(book, now, roll._replace(next=max(roll.next, handed_out + 1)))


def end_rolls_of_yesterday(floor: "Floor", book: Book, clock: datetime) -> int:
    """Rolls of a day that is over, or was none, are at their end; how many were. Raises Trouble('clock_behind')."""
    now = floor.moment(book, clock)
    left = book.rolls_left(floor.day(now))
    for roll in left:
        _end(book, now, roll)
    return len(left)


# ------------------------------------------------------------ the officer


def on_now(rolls: Iterable[RollRow]) -> dict[str, RollRow]:
    """The rolls that numbers are torn off now, by agency."""
    return {roll.agency: roll for roll in rolls if roll.is_on}


def rolls_of(floor: "Floor", book: Reading, day: str, counter: Counter) -> list[RollRow]:
    """The rolls a counter calls from, the one it would call from now before the others.

    By its agencies in their order where its queues are 'in order'; else from which nobody was called for longest.
    """
    line = floor.turns.line_of[counter.id]
    rolls = [roll for roll in on_now(book.rolls(day)).values() if _served(floor, counter, roll.agency)]
    return sorted(rolls, key=lambda roll: (line.rank(roll.agency), roll.moved_at, roll.id))


def next_number(floor: "Floor", book: Book, now: int, counter: str) -> TicketRow | None:
    """The next number of a roll that this counter serves, as a ticket that waits; None where no roll is on."""
    desk = floor.desk(counter)
    roll = next(iter(rolls_of(floor, book, floor.day(now), desk)), None)
    service = roll and _served(floor, desk, roll.agency)
    if roll is None or service is None:
        return None
    row = _tear(book, now, roll, service, roll.next, language=floor.hall.languages[0])
    _move_on(book, now, roll)
    return row


def chosen_number(floor: "Floor", book: Book, now: int, counter: str, number: str) -> TicketRow:
    """The ticket of a number that somebody holds on paper: the one it has, or a new one where it was not called yet.

    Raises Trouble: unknown_ticket for a number that is on no roll of today that this counter serves; else as `next`.
    """
    desk, day = floor.desk(counter), floor.day(now)
    prefix, _, digits = number.strip().upper().rpartition("-")
    sequence = int(digits) if digits.isdecimal() and digits.isascii() else 0
    if known := book.numbered(day, prefix, sequence):
        return known
    roll = next((one for one in book.rolls(day) if one.prefix == prefix and one.holds(sequence)), None)
    service = roll and _served(floor, desk, roll.agency)
    if roll is None or service is None:
        raise Trouble("unknown_ticket")
    floor.may_call(book, now, counter)
    row = _tear(book, now, roll, service, sequence, language=floor.hall.languages[0])
    if roll.is_on and sequence == roll.next:
        _move_on(book, now, roll)
    return row


# ------------------------------------------------------------ inside


def _agency(floor: "Floor", agency: str) -> Agency:
    if agency not in floor.agencies:
        raise Trouble("unknown_agency", agency=agency)
    if not floor.hall.counters_of(agency):
        raise Trouble("no_counter_serves", agency=floor.agencies[agency].short_name)
    return floor.agencies[agency]


def _served(floor: "Floor", counter: Counter, agency: str) -> Service | None:
    """What a paper number is called for at this counter: the agency's first service that it serves."""
    if agency not in counter.agencies or agency not in floor.agencies:
        return None
    services = floor.agencies[agency].services
    return next((one for one in services if not counter.services or one.id in counter.services), None)


def _refuse_meeting(book: Book, roll: RollRow, others: list[RollRow]) -> None:
    """Raises Trouble('roll_meets') where one of the roll's numbers is taken today."""
    given = book.first_given(roll.day, roll.prefix, roll.first, roll.last)
    met = [max(roll.first, one.first) for one in others if one.first <= roll.last and roll.first <= one.last]
    met += [given] if given is not None else []
    if met:
        free = max([book.next_sequence(roll.day, roll.prefix), *(one.last + 1 for one in others)])
        words = {name: _number(roll, n) for name, n in (("first", roll.first), ("last", roll.last), ("free", free))}
        raise Trouble("roll_meets", number=_number(roll, min(met)), **words)


def _tear(book: Book, now: int, roll: RollRow, service: Service, sequence: int, *, language: str) -> TicketRow:  # noqa: PLR0913  -- who writes, when, and the ticket's facts
    """A ticket for one number of the roll, which waits from now on."""
    row = book.add(
        TicketRow(
            id=0,
            day=roll.day,
            prefix=roll.prefix,
            sequence=sequence,
            agency=roll.agency,
            service=service.id,
            priority=0,
            language=language,
            kiosk="",
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            taken_at=now,
            line_at=now,
            origin=Origin.PAPER_ROLL.value,
        )
    )
    book.tell(EventRow(0, now, Kind.TAKEN.value, row))
    return row


def _move_on(book: Book, now: int, roll: RollRow) -> None:
    """The roll's next number, over those that were called out of turn; after the last one it is at its end."""
    following = roll.next + 1
    while following <= roll.last and book.numbered(roll.day, roll.prefix, following) is not None:
        following += 1
    moved = roll._replace(next=following, moved_at=now)
    if following > roll.last:
        _end(book, now, moved)
    else:
        book.put_roll(moved)


def _end(book: Book, now: int, roll: RollRow) -> EventRow:
    book.put_roll(roll._replace(ended_at=now))
    return _tell(book, now, Kind.ROLL_ENDED, roll)


def _tell(book: Book, now: int, kind: Kind, roll: RollRow) -> EventRow:
    return book.tell(EventRow(0, now, kind.value, agency=roll.agency, why=to_json(roll_facts(roll)).decode()))


def _number(roll: RollRow, sequence: int) -> str:
    return number_text(roll.prefix, sequence)
