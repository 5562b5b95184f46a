"""Which calls were said, and why the others were not: told by the TV that had the zone's voice, and kept."""

from datetime import datetime

from hub.floor import Floor
from hub.rows import EventRow, to_moment, to_ms
from hub.store import Book, Reading
from shared.model import Kind, Voiced, number_text
from shared.trouble import Trouble
from shared.wire import TellVoiced, UnspokenCall

UNTOLD_MS = 120_000
"""A call of which nobody told for so long will not be said: no TV says one that is older than `late_after_s`, 90 s."""

MOST = 500
"""Calls listed: more are not read by anybody."""

_LONGEST_ID = 18
"""Digits of the largest id the database can hold, less one."""


def tell_voiced(floor: Floor, book: Book, clock: datetime, call: str, told: TellVoiced) -> EventRow | None:
    """Keep what became of saying a call of today. What was said was said: nothing told later takes that back.

    None where that was told before, or something that weighs more. Raises Trouble: unknown_call, clock_behind.
    """
    now = floor.moment(book, clock)
    day, event = floor.day(now), _id(call)
    if event is None or not book.call_of_today(event, day):
        raise Trouble("unknown_call")
    before = book.voiced([event]).get(event)
    if before is not None and (before == Voiced.SPOKEN or told.outcome is not Voiced.SPOKEN):
        return None
    key = book.asker.key
    book.put_voiced(event, day, told.outcome.value, key.device if key else told.display)
    return book.tell(EventRow(0, now, Kind.VOICED.value, code=told.outcome.value, why=str(event)))


def unspoken(floor: Floor, book: Reading, clock: datetime) -> list[UnspokenCall]:
    """The calls of today that were not said, newest first: those told of, and those of which nobody told in time."""
    now = max(to_ms(clock), book.last_event()[1])
    day = floor.day(now)
    told = [
        UnspokenCall(
            event=event,
            number=number_text(prefix, sequence),
            counter=counter,
            called_at=to_moment(at, floor.zone),
            why=Voiced(why),
        )
        for event, prefix, sequence, counter, at, why in book.unspoken(day, MOST)
    ]
    calls = {row.id: row for row in book.calls(day, -1)}
    nobody = [
        _untold(calls[event], floor) for event, _, at in book.untold(day, 0) if event in calls and now - at > UNTOLD_MS
    ]
    return sorted([*told, *nobody], key=lambda one: -one.event)[:MOST]


def _untold(row: EventRow, floor: Floor) -> UnspokenCall:
    number = row.ticket.number if row.ticket else ""
    at = to_moment(row.at, floor.zone)
    return UnspokenCall(event=row.id, number=number, counter=row.counter or "", called_at=at, why=None)


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None
