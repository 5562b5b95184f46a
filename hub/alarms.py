"""A call for help: an officer is threatened, or somebody has fallen.

Neighbours are told, and supervisors wherever they sit; quietly, never on TV or kiosk.
It stays until somebody answers, over a restart of hub and apps, at the longest until midnight.
"""

from collections.abc import Iterator
from datetime import datetime

from hub.floor import Floor
from hub.rows import AlarmRow, EventRow, to_ms
from hub.store import Book, Reading
from shared.hall import Counter
from shared.model import Kind
from shared.trouble import Trouble
from shared.wire import AnswerAlarm, RaiseAlarm

TOLD_MS = 180_000
"""So long after the answer its caller still reads who comes."""

_LONGEST_ID = 18
"""Digits of the largest id the database can hold, less one."""


def call_for_help(floor: Floor, book: Book, clock: datetime, counter: str, asked: RaiseAlarm) -> EventRow:
    """Help is needed at this counter; once more before anybody answered, it is the same call.

    Not even a clock that was set back keeps anybody from it. Raises Trouble('unknown_counter').
    """
    floor.desk(counter)
    now = _moment(book, clock)
    day = floor.day(now)
    mine = (alarm for alarm in book.alarms(day) if alarm.counter == counter and alarm.is_open)
    if alarm := next(mine, None):
        return EventRow(alarm.id, alarm.at, Kind.ALARM.value, counter=counter, why=alarm.words)
    event = book.tell(EventRow(0, now, Kind.ALARM.value, counter=counter, why=asked.words))
    book.put_alarm(AlarmRow(event.id, day, counter, asked.words, now))
    return event


def answer(floor: Floor, book: Book, clock: datetime, alarm: str, asked: AnswerAlarm) -> EventRow:
    """Somebody comes; from the caller's own counter: it is over, nobody needs to.

    Raises Trouble: unknown_alarm (also one of another day), alarm_over (another was first), unknown_counter.
    """
    if asked.counter is not None:
        floor.desk(asked.counter)
    now = _moment(book, clock)
    known = book.alarm(int(alarm)) if alarm.isascii() and alarm.isdecimal() and len(alarm) <= _LONGEST_ID else None
    if known is None or known.day != floor.day(now):
        raise Trouble("unknown_alarm")
    if not known.is_open:
        raise Trouble("alarm_over", now=known._asdict())
    by = asked.counter or ""
    book.put_alarm(known._replace(answered_at=now, answered_by=by))
    code = str(known.id)
    return book.tell(EventRow(0, now, Kind.ALARM_ANSWERED.value, counter=known.counter, code=code, why=by))


def _moment(book: Reading, clock: datetime) -> int:
    """The clock in ms, or the last event's time where the clock is behind it: help is not a matter of the clock."""
    return max(to_ms(clock), book.last_event()[1])


def open_now(floor: Floor, book: Reading, now: int) -> Iterator[AlarmRow]:
    """All calls of the hall that nobody has answered yet."""
    return (alarm for alarm in book.alarms(floor.day(now)) if alarm.is_open)


def seen_at(floor: Floor, book: Reading, now: int, desk: Counter, *, of_all: bool = False) -> Iterator[AlarmRow]:
    """What this counter's officer is told: who in the same zone calls; its own call, and for a while who answered.

    `of_all`: a supervisor sits here, who is told of every zone.
    """
    for alarm in book.alarms(floor.day(now)):
        caller = floor.counters.get(alarm.counter)
        near = of_all or caller is None or caller.zone == desk.zone
        told = alarm.counter == desk.id and now < (alarm.answered_at or now) + TOLD_MS
        if told or (alarm.is_open and near):
            yield alarm
