"""A list of bookings comes in: all of it, or nothing and every reason why. No SQL."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from hub.booking_file import Fault, Line, read
from hub.bookings import Hour, Slot, check_booking, check_cap, check_kept, hours_of, slot_of, wanted
from hub.floor import Floor
from hub.rows import BookingRow, to_ms
from hub.store import Reading
from shared.booking_wire import Imported
from shared.configuration_wire import Fault as ToldFault
from shared.hall import Hall
from shared.trouble import Trouble
from shared.words import Words

MOST_TOLD = 100
"""So many faults are told in full; of more only their number."""


class Wanted(NamedTuple):
    """A booking of the list, and its slot, or why it could not be made now, unless it is there already."""

    line: int
    row: BookingRow
    slot: Slot | Trouble


class Refused(NamedTuple):
    """A line whose booking cannot be made, and why."""

    line: int
    trouble: Trouble


class Reviewed(NamedTuple):
    """A list held against the hall, and not yet against the book."""

    floor: Floor
    bookings: list[Wanted]
    faults: list[Fault]


def review(text: str, hall: Hall, clock: datetime) -> Reviewed:
    """Read a list; in a thread, with a floor of its own: 20,000 bookings take about a second."""
    floor = Floor(hall)
    lines, faults = read(text, hall)
    now = to_ms(clock)
    return Reviewed(floor, [_wanted(floor, line, now) for line in lines], faults)


def _wanted(floor: Floor, line: Line, now: int) -> Wanted:
    row = BookingRow(line.code, "", 0, line.asked.service)
    try:
        row = wanted(floor, line.asked)
        check_booking(floor, row, now)
    except Trouble as trouble:
        return Wanted(line.number, row, trouble)
    return Wanted(line.number, row, slot_of(floor, row))


def settle(reviewed: Reviewed, book: Reading, words: Words) -> tuple[list[BookingRow], Imported]:
    """What is new of a list, and how much of it was there already. Raises Trouble('bookings_wrong') with all faults."""
    kept = book.bookings_of(one.row.code for one in reviewed.bookings)
    others = [one for one in reviewed.bookings if not _is_there(one.row, kept.get(one.row.code))]
    faults: list[Fault | Refused] = [*reviewed.faults, *_refused(reviewed.floor, book, others, kept)]
    faults.sort(key=lambda fault: fault.line)
    if faults:
        told = [_told(fault, words) for fault in faults[:MOST_TOLD]]
        raise Trouble("bookings_wrong", now={"faults": told}, count=len(faults))
    new = [one.row for one in others]
    return new, Imported(new=len(new), same=len(reviewed.bookings) - len(new))


def _is_there(row: BookingRow, kept: BookingRow | None) -> bool:
    return kept is not None and kept.wanted == row.wanted


def _refused(floor: Floor, book: Reading, others: list[Wanted], kept: dict[str, BookingRow]) -> Iterator[Refused]:
    hours = Counter[Hour]()
    for day in {one.row.day for one in others if isinstance(one.slot, Slot)}:
        hours += hours_of(floor, book.bookings(day))
    for one in others:
        try:
            check_kept(kept.get(one.row.code), floor.zone)
            if isinstance(one.slot, Trouble):
                raise one.slot
            check_cap(one.slot, hours)
            hours[one.slot.hour] += 1
        except Trouble as trouble:
            yield Refused(one.line, trouble)


def _told(fault: Fault | Refused, words: Words) -> dict[str, object]:
    if isinstance(fault, Fault):
        what, hint = fault.what.told(words), fault.hint.told(words)
    else:
        what, hint = fault.trouble.sentence(words).removesuffix("."), fault.trouble.step(words)
    return ToldFault(line=fault.line, what=what, hint=hint).model_dump()
