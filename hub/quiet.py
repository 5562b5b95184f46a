"""Quiet at a supervisor's touch, for prayer or a ceremony: a zone, or the whole hall, says no calls for some minutes.

Numbers are called and shown as ever. It ends by itself, at midnight at the latest, and survives a restart. What is
being said when it begins is said to its end, and not repeated.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from pydantic_core import to_json

from hub.floor import Floor
from hub.rows import EventRow, to_moment, to_ms
from hub.store import Book
from shared.model import Kind
from shared.trouble import Trouble
from shared.wire import EndQuiet, Quiet

HALL = ""
"""In place of a zone: all of them."""

_MINUTE_MS = 60_000


def fall_quiet(floor: Floor, book: Book, clock: datetime, asked: Quiet) -> EventRow:
    """No calls are said there from now on; once more: so long from now. Raises Trouble: unknown_zone, clock_behind."""
    _known(floor, asked.zone)
    now = floor.moment(book, clock)
    until = min(now + asked.minutes * _MINUTE_MS, _midnight(floor, now))
    book.put_quiet(asked.zone, until)
    told = {"zone": asked.zone, "until": to_moment(until, floor.zone), "why": asked.why}
    return book.tell(EventRow(0, now, Kind.QUIETED.value, why=to_json(told).decode()))


def end_quiet(floor: Floor, book: Book, clock: datetime, asked: EndQuiet) -> EventRow | None:
    """Calls are said there again; of the whole hall: in every zone. None where it was not quiet. Raises as above."""
    _known(floor, asked.zone)
    now = floor.moment(book, clock)
    if not book.end_quiet(asked.zone, now):
        return None
    told = {"zone": asked.zone, "until": None, "why": ""}
    return book.tell(EventRow(0, now, Kind.QUIET_ENDED.value, why=to_json(told).decode()))


def quiet_until(quiet: Mapping[str, int], zone: str | None) -> int | None:
    """Until when (ms) a zone (None: the whole hall) says nothing; None where it does. `quiet`: as the book has it."""
    return max((until for where, until in quiet.items() if where in (HALL, zone)), default=None)


def _known(floor: Floor, zone: str) -> None:
    if zone not in {HALL, *(known.id for known in floor.hall.zones)}:
        raise Trouble("unknown_zone", zone=zone)


def _midnight(floor: Floor, now: int) -> int:
    tomorrow = to_moment(now, floor.zone).date() + timedelta(days=1)
    return to_ms(datetime.combine(tomorrow, time(), floor.zone))
