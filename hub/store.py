"""The database file: the only SQL of the house.

One connection writes (WAL, synchronous=FULL), one reads, one brings the log home.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database

from hub.hints import TOKEN_DAYS, Hints
from hub.hours import Taken
from hub.kept import Closed, Kept, Place, Turn, keep
from hub.migrations import migrations
from hub.people import NOBODY, Asker, DeviceKey, SessionRow, StaffRow
from hub.rows import AlarmRow, BookingRow, EventRow, Met, Person, Queue, ReprintRow, RollRow, TicketRow
from shared.hall import Agency
from shared.model import Kind, Origin, Reason, State
from shared.trouble import Trouble
from shared.wire import LONGEST_QUIET

FILE_NAME = "antre.db"
_AFTER_ALL_IDS = 2**63 - 1
_EVER = 2**62
_BY_RULE = frozenset({Reason.FIRST_COME, Reason.RATIO, Reason.WEIGHTED, Reason.LONGEST})
_TURNS = frozenset({Kind.CALLED, Kind.RETURNED})
_CHOSEN_BETWEEN = 50
"""So many calls that no rule made are looked over for those that one made."""
_BUSY_MS = 2000
"""How long a statement waits for another program that holds the file, e.g. a backup tool."""
_PRIMARY_CODE = 0xFF

# Python 3.11 looks for an adapter of whatever is no number and no text, and raises within when there is none: for
# each NULL it writes. So each has one, that gives it back as it is.
sqlite3.register_adapter(type(None), dict[None, None]().get)
sqlite3.register_adapter(bytes, bytes)
for _words in (State, Kind, Reason):
    sqlite3.register_adapter(_words, attrgetter("_value_"))

_TICKET = ", ".join(f"ticket.{name}" for name in TicketRow._fields)
_TICKETS = f"SELECT {_TICKET} FROM ticket"  # noqa: S608  -- joins names of columns written in this house
_EVENTS = f"""SELECT event.id, at, kind, event.counter, event.reason, outcome, code, health,
    event.agency, event.why, event.app, event.by, (SELECT name FROM staff WHERE staff.id = event.by),
    event.state, event.calls, event.paper, event.called_at, event.served_at, event.ended_at,
    event.service, event.for_counter, event.held_until, called_for, event.result,
    {_TICKET}
    FROM event LEFT JOIN ticket ON ticket.id = event.ticket"""  # noqa: S608  -- joins names of columns written in this house
_EVENT_WIDTH = 24
_NEW_TICKET = """INSERT INTO ticket
    (day, prefix, sequence, agency, service, priority, language, kiosk, token, taken_at, line_at, origin,
     ahead, opened, front)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_NEW_TICKET_WIDTH = 10
_UNSEEN = (None, None, None)
_NEW_EVENT = """INSERT INTO event (at, kind, counter, reason, outcome, code, health, agency, why, app, by,
    ticket, state, calls, paper, called_at, served_at, ended_at, service, for_counter, held_until, called_for,
    result)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
# The most frequent event of all: all else of it is what a fresh ticket has.
_NEW_TAKEN = """INSERT INTO event (at, kind, ticket, state, calls, agency, service)
    VALUES (?, 'taken', ?, 'waiting', 0, ?, ?)"""


_FIXED = frozenset({"id", "day", "prefix", "sequence", "priority", "language", "kiosk", "token", "taken_at", "origin"})
_CHANGING = tuple(name for name in TicketRow._fields if name not in _FIXED)
_changing = itemgetter(*(TicketRow._fields.index(name) for name in _CHANGING))
_CHANGING_MARKS = ", ".join(f"{name} = ?" for name in _CHANGING)
_VISIT = (
    "day",
    "counter",
    "agency",
    "service",
    "called_at",
    "served_at",
    "ended_at",
    "calls",
    "last_call",
    "closed",
    "reason",
    "for_counter",
    "return_to",
    "journey",
    "line_at",
    "result",
)
_NEW_VISIT = f"INSERT INTO visit (ticket, {', '.join(_VISIT)}) VALUES ({', '.join('?' * (len(_VISIT) + 1))})"  # noqa: S608  -- joins names of columns written here
_LONGEST_QUIET_MS = 60_000 * LONGEST_QUIET
_NO_TICKET = (None,) * 12


_BOOKINGS = """SELECT code, booking.day, at, booking.service, further, booking.priority, is_cancelled,
    ticket.id, ticket.prefix, ticket.sequence
    FROM booking LEFT JOIN ticket ON ticket.id = booking.ticket AND ticket.state <> 'cancelled'"""
_STAFF = ", ".join(StaffRow._fields)
_SESSION = ", ".join(SessionRow._fields)
_DEVICE_KEY = ", ".join(DeviceKey._fields)
_IN_CLASS = "WHERE day = ? AND agency = ? AND priority = ? AND state = 'waiting' AND for_counter IS NULL"
_IN_SERVICES = " AND service IN (SELECT value FROM json_each(?))"


def _waits_in(queue: Queue) -> str:
    """Who waits in a queue, of one class; what it asks for is in `_values`."""
    return f"{_IN_CLASS}{_IN_SERVICES}" if queue.services else _IN_CLASS


def _values(day: str, queue: Queue, priority: int) -> tuple[str | int, ...]:
    return (day, queue.agency, int(priority), *([json.dumps(queue.services)] if queue.services else ()))


class Torn(Exception):  # noqa: N818  -- no error: the writer begins the batch again
    """A verb failed after it had written, in a transaction without savepoints."""


class KeptAnswer(NamedTuple):
    """An answer once given for a key."""

    fingerprint: bytes
    status: int
    body: bytes


class Waited(NamedTuple):
    """A number of the past: what it met when it was taken (see rows.Met), and the ms until its first call."""

    agency: str
    service: str
    taken_at: int
    ahead: int
    opened: int
    front: int
    waited: int


class KeptDevice(NamedTuple):
    """A device's last report that differed from the one before. `troubles` and `facts` are JSON."""

    kind: str
    id: str
    seen_at: int
    troubles: str
    facts: str


class KeptConfiguration(NamedTuple):
    """A configuration the hub has had. `at` in ms; `text`: its file; `logo`: sha-256 of its picture, or empty."""

    id: int
    at: int
    by: str
    origin: str
    text: str
    logo: str = ""


class Reading:
    """What can be asked of the file; shared by the reading connection and an open transaction."""

    def __init__(self, connection: sqlite3.Connection, hints: Hints) -> None:
        self._run = connection.execute
        self._hints = hints

    def last_event(self) -> tuple[int, int]:
        """Id and time of the newest event; (0, 0) before the first."""
        found: tuple[int, int] | None = self._run("SELECT id, at FROM event ORDER BY id DESC LIMIT 1").fetchone()
        return found or (0, 0)

    def ticket(self, ticket_id: int) -> TicketRow | None:
        """The ticket of that id."""
        return self._one(f"{_TICKETS} WHERE id = ?", ticket_id)

    def ticket_of_token(self, token: str) -> TicketRow | None:
        """The ticket behind a QR, if it is of one of the two newest days on which tickets were taken."""
        rows = (self.ticket(ticket_id) for ticket_id in self._hints.tickets(token))
        return next((row for row in rows if row and row.token == token), None)

    def at_counter(self, counter: str) -> TicketRow | None:
        """The ticket that occupies `counter`, of whichever day."""
        return self._one(f"{_TICKETS} WHERE counter = ? AND state IN ('called', 'serving')", counter)

    def at_counters(self) -> list[TicketRow]:
        """The tickets that occupy counters, of whichever day."""
        return self._many(f"{_TICKETS} WHERE state IN ('called', 'serving')")

    def longest_waits(self, day: str) -> dict[str, int]:
        """Since when (ms) who has waited longest waits, by agency; not who waits for one counter alone."""
        sql = """SELECT agency, min(line_at) FROM ticket WHERE day = ? AND state = 'waiting' AND for_counter IS NULL
                 GROUP BY agency"""
        return dict(self._run(sql, (day,)).fetchall())

    def firsts(self, day: str, queue: Queue) -> list[TicketRow]:
        """Who came first in a queue: of the regular visitors, of the priority ones."""
        return self.in_queue(day, queue, 1)

    def in_queue(self, day: str, queue: Queue, limit: int) -> list[TicketRow]:
        """At most `limit` of each class who wait in a queue, first come first; not who waits for one counter alone."""
        of_class = f"SELECT * FROM ({_TICKETS} {_waits_in(queue)} ORDER BY line_at, id LIMIT ?)"  # noqa: S608  -- joins conditions written in this house
        both = (*_values(day, queue, 0), limit, *_values(day, queue, 1), limit)
        return self._many(f"{of_class} UNION ALL {of_class}", *both)

    def classes(self, day: str, queue: Queue) -> tuple[int, int]:
        """How many wait in a queue, regular and priority; counted by the row where it is of some services only."""
        if queue.services:
            ever = (_EVER, 0)
            regular = self.class_before(day, queue, ever, is_priority=False)
            return regular, self.class_before(day, queue, ever, is_priority=True)
        sql = "SELECT waiting - priority, priority FROM queue WHERE day = ? AND agency = ?"
        found: tuple[int, int] | None = self._run(sql, (day, queue.agency)).fetchone()
        return found or (0, 0)

    def class_before(self, day: str, queue: Queue, before: tuple[int, int], *, is_priority: bool) -> int:
        """How many of a class wait in a queue and arrived (line_at, id) before that."""
        sql = f"SELECT count(*) FROM ticket {_waits_in(queue)} AND (line_at, id) < (?, ?)"  # noqa: S608  -- joins conditions written in this house
        return int(self._run(sql, (*_values(day, queue, is_priority), *before)).fetchone()[0])

    def newest_before(self, day: str, queues: Iterable[Queue], before: tuple[int, int], limit: int) -> list[bool]:
        """Of the newest `limit` who arrived before that whether each is a priority visitor, newest first."""
        found: list[tuple[int, int, bool]] = []
        for queue in queues:
            sql = f"SELECT line_at, id, priority = 1 FROM ticket {_waits_in(queue)} AND (line_at, id) < (?, ?)"  # noqa: S608  -- joins conditions written in this house
            for priority in (0, 1):
                values = (*_values(day, queue, priority), *before, limit)
                found += self._run(f"{sql} ORDER BY line_at DESC, id DESC LIMIT ?", values).fetchall()
        return [bool(is_priority) for *_, is_priority in sorted(found, reverse=True)[:limit]]

    def called_lately(self, counters: Iterable[str], limit: int) -> list[bool]:
        """Whether the newest calls of these counters were of priority visitors, newest first, at most `limit`.

        Only calls by the rule in force; those that were undone are not among them.
        """
        calls = [call for counter in counters for call in self._rule_calls(counter, limit)] if limit else []
        return [is_priority for _, is_priority in sorted(calls, reverse=True)[:limit]]

    def _rule_calls(self, counter: str, limit: int) -> list[tuple[int, bool]]:
        turns = self.turns(counter, 2 * limit + _CHOSEN_BETWEEN)
        return list(islice(_by_rule(turns), limit))  # no row more is read than is asked for

    def turns(self, counter: str, limit: int) -> Iterable[Turn]:
        """What a counter called and took back, newest first, at most `limit`."""
        sql = """SELECT event.id, kind, ticket.id, event.reason, priority
                 FROM event CROSS JOIN ticket ON ticket.id = event.ticket
                 WHERE event.counter = ? AND kind IN ('called', 'returned') ORDER BY event.id DESC LIMIT ?"""
        return self._run(sql, (counter, limit))

    def sent(self, day: str, counter: str) -> list[TicketRow]:
        """Who waits for this counter alone, first come first."""
        sql = f"{_TICKETS} WHERE for_counter = ? AND day = ? AND state = 'waiting' ORDER BY line_at, id"
        return self._many(sql, counter, day)

    def held(self, until: int) -> list[TicketRow]:
        """Who is held no longer than `until` (ms), in the order of that time."""
        return self._many(f"{_TICKETS} WHERE state = 'held' AND held_until <= ? ORDER BY held_until", until)

    def waiting_counts(self, day: str) -> dict[str, int]:
        """How many wait, by agency; agencies nobody came to today are left out."""
        return dict(self._run("SELECT agency, waiting FROM queue WHERE day = ?", (day,)).fetchall())

    def taken(self, day: str, prefix: str, service: str | None, noon: int) -> Taken:
        """How many numbers of a prefix, or of one service of it, were taken on `day` before `noon` (ms) and after.

        Those given back do not count. Counted where a quota asks: a table that is kept would cost every ticket.
        """
        sql = """SELECT count(*) FILTER (WHERE taken_at < ?), count(*) FILTER (WHERE taken_at >= ?)
                 FROM ticket WHERE day = ? AND prefix = ? AND state <> 'cancelled'
                 AND (? IS NULL OR service = ? OR instr(journey, '/' || ? || '='))"""
        return Taken._make(self._run(sql, (noon, noon, day, prefix, service, service, service)).fetchone())

    def passing(self, day: str, agency: Agency, service: str | None, noon: int) -> Taken:
        """As `taken`, numbers of other prefixes that come through this agency, or one service of it, on a journey."""
        sql = """SELECT count(*) FILTER (WHERE taken_at < ?), count(*) FILTER (WHERE taken_at >= ?)
                 FROM ticket WHERE day = ? AND journey <> '' AND prefix <> ? AND state <> 'cancelled'
                 AND instr(' ' || journey, ?)"""
        step = f" {agency.id}/" if service is None else f" {agency.id}/{service}="
        return Taken._make(self._run(sql, (noon, noon, day, agency.prefix, step)).fetchone())

    def appointments(self, day: str, prefix: str, since: int, until: int) -> int:
        """How many numbers of a prefix were taken in time for an appointment from `since` to before `until` (ms)."""
        sql = """SELECT count(*) FROM ticket WHERE day = ? AND prefix = ? AND appointment >= ? AND appointment < ?
                 AND missed = 0 AND state <> 'cancelled'"""
        return int(self._run(sql, (day, prefix, since, until)).fetchone()[0])

    def last_sequences(self, day: str, prefixes: Iterable[str]) -> dict[str, int]:
        """The last number given on `day`, by prefix; 0 before the first."""
        sql = """SELECT value, coalesce((SELECT max(sequence) FROM ticket WHERE day = ? AND prefix = value), 0)
                 FROM json_each(?)"""
        return dict(self._run(sql, (day, json.dumps(list(prefixes)))).fetchall())

    def counters_that_called(self, day: str, counters: Iterable[str], since: int) -> set[str]:
        """Which of these counters called somebody of that day at `since` (ms) or later, or served a walk-in."""
        sql = """SELECT value FROM json_each(?) WHERE (
                 SELECT coalesce(called_at, served_at) FROM ticket
                 WHERE day = ? AND counter = value AND last_call IS NOT NULL ORDER BY last_call DESC LIMIT 1) >= ?"""
        return {counter for (counter,) in self._run(sql, (json.dumps(list(counters)), day, since))}

    def calls(self, day: str, limit: int) -> Iterator[EventRow]:
        """The newest call of each ticket called on `day`, newest first, with the ticket as it stands now.

        Calls that were undone are not among them.
        """
        sql = f"""{_EVENTS} WHERE ticket.last_call = event.id AND day = ? AND kind <> 'walked_in'
                  ORDER BY last_call DESC LIMIT ?"""
        return map(_call, self._run(sql, (day, limit)))

    def calls_of_counter(self, day: str, counter: str, limit: int) -> list[EventRow]:
        """As `calls`, of one counter."""
        sql = f"""{_EVENTS} WHERE ticket.last_call = event.id AND day = ? AND ticket.counter = ? AND kind <> 'walked_in'
                  ORDER BY last_call DESC LIMIT ?"""
        return [_call(row) for row in self._run(sql, (day, counter, limit))]

    def tally(self, day: str, counter: str) -> tuple[int, int, float | None]:
        """A counter's day: how many finished, how many did not come, mean ms from service to end."""
        sql = """SELECT count(*) FILTER (WHERE state = 'finished'), count(*) FILTER (WHERE state = 'no_show'),
                 count(ended_at - served_at) FILTER (WHERE state = 'finished'),
                 coalesce(sum(ended_at - served_at) FILTER (WHERE state = 'finished'), 0)
                 FROM ticket WHERE day = ? AND counter = ? AND last_call IS NOT NULL"""
        finished, absent, served, time = self._run(sql, (day, counter)).fetchone()
        more, more_served, more_time = self._visits(day, counter)
        served += more_served
        return finished + more, absent, (time + more_time) / served if served else None

    def _visits(self, day: str, counter: str) -> tuple[int, int, int]:
        """Visits here of tickets that went on elsewhere: how many, how many were served, ms from service to end."""
        sql = """SELECT count(*), count(served_at), coalesce(sum(ended_at - served_at), 0)
                 FROM visit WHERE day = ? AND counter = ?"""
        visits, served, time = self._run(sql, (day, counter)).fetchone()
        return visits, served, time

    def ended(self, day: str, counter: str, limit: int) -> list[tuple[int, str, int, str, str, str | None, int]]:
        """Visits that ended here, newest first: ticket, prefix, sequence, agency, service, what came of it, when."""
        sql = """SELECT id, prefix, sequence, agency, service, result, ended_at FROM ticket
                 WHERE day = ? AND counter = ? AND last_call IS NOT NULL AND state = 'finished'
                 UNION ALL SELECT ticket, prefix, sequence, visit.agency, visit.service, visit.result, visit.ended_at
                 FROM visit JOIN ticket ON ticket.id = visit.ticket WHERE visit.day = ? AND visit.counter = ?
                 ORDER BY ended_at DESC LIMIT ?"""
        return self._run(sql, (day, counter, day, counter, limit)).fetchall()

    def last_visit(self, row: TicketRow, counter: str) -> tuple[int, str, str | None] | None:
        """The last visit at this counter after which the ticket went on: its id, agency, what came of it."""
        sql = """SELECT id, agency, result FROM visit WHERE day = ? AND counter = ? AND ticket = ?
                 ORDER BY id DESC LIMIT 1"""
        found: tuple[int, str, str | None] | None = self._run(sql, (row.day, counter, row.id)).fetchone()
        return found

    def events_after(self, after: int, limit: int) -> list[EventRow]:
        """At most `limit` events with a greater id, in order."""
        return [
            _event(row) for row in self._run(f"{_EVENTS} WHERE event.id > ? ORDER BY event.id LIMIT ?", (after, limit))
        ]

    def left_waiting(self, today: str, limit: int) -> list[TicketRow]:
        """At most `limit` who still wait since a day before `today`, first come first."""
        return self._many(f"{_TICKETS} WHERE state = 'waiting' AND day < ? ORDER BY day, id LIMIT ?", today, limit)

    def expired_after(self, day: str, now: int) -> list[TicketRow]:
        """Numbers of `day` that expired later than `now` (ms), first come first."""
        sql = f"{_TICKETS} WHERE day = ? AND state = 'expired' AND ended_at > ? ORDER BY line_at, id"
        return self._many(sql, day, now)

    def is_free(self, row: TicketRow) -> bool:
        """Whether nobody has that number on that day, nor may tear it off a roll."""
        rolls = (roll for roll in self.rolls(row.day) if roll.prefix == row.prefix)
        is_given = self.numbered(row.day, row.prefix, row.sequence) is not None
        return not is_given and not any(roll.holds(row.sequence) for roll in rolls)

    def closed(self, day: str) -> Closed:
        """What is closed for the rest of `day`, with the reasons."""
        places: Closed = {"agency": {}, "counter": {}, "pause": {}}
        for place, whose, why in self._run("SELECT place, id, why FROM closing WHERE day = ?", (day,)):
            places[place][whose] = why
        return places

    def occupied(self) -> set[str]:
        """The counters where somebody is, called or served."""
        sql = "SELECT counter FROM ticket WHERE counter > '' AND state IN ('called', 'serving')"
        return {counter for (counter,) in self._run(sql)}

    def days_between(self, first: str, before: str) -> list[str]:
        """The days on which numbers were given, newest first: before `before`, none before `first`; by an index."""
        days: list[str] = []
        newest = "SELECT max(day) FROM ticket WHERE day < ? AND day >= ?"
        while (day := self._run(newest, (days[-1] if days else before, first)).fetchone()[0]) is not None:
            days.append(str(day))
        return days

    def waited(self, day: str, prefix: str) -> list[Waited]:
        """How long those waited who took a number of that day and prefix, as far as something is to be learnt of it."""
        sql = """SELECT agency, service, taken_at, ahead, opened, front, waited FROM ticket
                 WHERE day = ? AND prefix = ? AND ahead IS NOT NULL AND waited IS NOT NULL AND journey = ''"""
        return [Waited._make(row) for row in self._run(sql, (day, prefix))]

    def technician_pin(self) -> str:
        """The hash of the technicians' PIN; empty where none was set."""
        found = self._run("SELECT pin FROM technician").fetchone()
        return str(found[0]) if found else ""

    def learnt(self) -> tuple[str, str] | None:
        """Before which day something was learnt of waiting, and what, as JSON; None where nothing was."""
        found: tuple[str, str] | None = self._run("SELECT day, text FROM learnt").fetchone()
        return found

    def alarms(self, day: str) -> list[AlarmRow]:
        """Who called for help on `day`, the first before the rest."""
        sql = f"SELECT {', '.join(AlarmRow._fields)} FROM alarm WHERE day = ? ORDER BY id"  # noqa: S608  -- joins names of columns written in this house
        return [AlarmRow._make(row) for row in self._run(sql, (day,))]

    def alarm(self, number: int) -> AlarmRow | None:
        """The call for help of that id."""
        sql = f"SELECT {', '.join(AlarmRow._fields)} FROM alarm WHERE id = ?"  # noqa: S608  -- as above
        found = self._run(sql, (number,)).fetchone()
        return found and AlarmRow._make(found)

    def reprint(self, number: int) -> ReprintRow | None:
        """The copy that was asked for by the event of that id."""
        found = self._run(f"SELECT {', '.join(ReprintRow._fields)} FROM reprint WHERE id = ?", (number,)).fetchone()  # noqa: S608  -- joins names of columns written in this house
        return found and ReprintRow._make(found)

    def reprints(self, day: str, kiosk: str) -> list[ReprintRow]:
        """The copies of `day` that this kiosk has not told of, oldest first."""
        sql = f"SELECT {', '.join(ReprintRow._fields)} FROM reprint WHERE kiosk = ? AND day = ? AND done_at IS NULL"  # noqa: S608  -- as above
        return sorted(ReprintRow._make(row) for row in self._run(sql, (kiosk, day)))

    def voiced(self, calls: Iterable[int]) -> dict[int, str]:
        """What became of saying these calls, by their events; those that nobody told of are missing."""
        sql = "SELECT call, outcome FROM voiced WHERE call IN (SELECT value FROM json_each(?))"
        return dict(self._run(sql, (json.dumps(list(calls)),)).fetchall())

    def call_of_today(self, event: int, day: str) -> bool:
        """Whether the event of that id is a call of a ticket of that day."""
        sql = """SELECT 1 FROM event JOIN ticket ON ticket.id = event.ticket
                 WHERE event.id = ? AND kind IN ('called', 'recalled') AND day = ?"""
        return self._run(sql, (event, day)).fetchone() is not None

    def untold(self, day: str, after: int) -> list[tuple[int, str, int]]:
        """Calls of `day` after that event of which nobody told whether they were said: event, counter, when (ms).

        The newest of each ticket, newest first; none that was undone.
        """
        sql = """SELECT event.id, event.counter, at FROM ticket JOIN event ON event.id = last_call
                 LEFT JOIN voiced ON call = last_call
                 WHERE ticket.day = ? AND last_call > ? AND call IS NULL AND kind <> 'walked_in'
                 ORDER BY last_call DESC"""
        return self._run(sql, (day, after)).fetchall()

    def unspoken(self, day: str, limit: int) -> list[tuple[int, str, int, str, int, str]]:
        """Calls of `day` told not to be said, newest first: event, prefix, sequence, counter, when (ms), why."""
        sql = """SELECT event.id, prefix, sequence, event.counter, at, voiced.outcome FROM voiced
                 JOIN event ON event.id = call JOIN ticket ON ticket.id = event.ticket
                 WHERE voiced.day = ? AND voiced.outcome <> 'spoken' ORDER BY call DESC LIMIT ?"""
        return self._run(sql, (day, limit)).fetchall()

    def count_spoken(self, day: str) -> int:
        """How many calls of `day` were said to their end."""
        count: int = self._run("SELECT count(*) FROM voiced WHERE day = ? AND outcome = 'spoken'", (day,)).fetchone()[0]
        return count

    def closed_since(self, day: str, place: Place, whose: str) -> int | None:
        """Since when (ms) it is closed or pauses; None where it does not."""
        sql = "SELECT at FROM closing WHERE day = ? AND place = ? AND id = ?"
        found = self._run(sql, (day, place, whose)).fetchone()
        return found and int(found[0])

    def quiet(self, now: int) -> dict[str, int]:
        """Where no calls are said, by zone ('' for the whole hall), and until when (ms).

        Not what was told by a clock that ran ahead and was put back: it would last for hours more.
        """
        sql = "SELECT zone, until FROM quiet WHERE until > ? AND until <= ?"
        return dict(self._run(sql, (now, now + _LONGEST_QUIET_MS)).fetchall())

    def rolls(self, day: str) -> tuple[RollRow, ...]:
        """The paper rolls of `day`, those that were ended among them, in the order they were begun."""
        found = self._run(f"SELECT {', '.join(RollRow._fields)} FROM roll WHERE day = ? ORDER BY id", (day,))  # noqa: S608  -- joins names of columns written in this house
        return tuple(map(RollRow._make, found))

    def rolls_left(self, today: str) -> list[RollRow]:
        """The paper rolls of other days than `today` that nobody ended: later ones, where a clock ran ahead."""
        sql = f"SELECT {', '.join(RollRow._fields)} FROM roll WHERE ended_at IS NULL AND day <> ?"  # noqa: S608  -- as above
        return [RollRow._make(row) for row in self._run(sql, (today,))]

    def numbered(self, day: str, prefix: str, sequence: int) -> TicketRow | None:
        """The ticket that has that number on `day`."""
        return self._one(f"{_TICKETS} WHERE day = ? AND prefix = ? AND sequence = ?", day, prefix, sequence)

    def first_given(self, day: str, prefix: str, first: int, last: int) -> int | None:
        """The first number from `first` to `last` that somebody has on `day`."""
        sql = "SELECT min(sequence) FROM ticket WHERE day = ? AND prefix = ? AND sequence BETWEEN ? AND ?"
        found: int | None = self._run(sql, (day, prefix, first, last)).fetchone()[0]
        return found

    def origins(self, day: str) -> dict[str, int]:
        """How many numbers of `day` came from where; what was given back does not count."""
        sql = "SELECT origin, count(*) FROM ticket WHERE day = ? AND state <> 'cancelled' GROUP BY origin"
        return dict(self._run(sql, (day,)).fetchall())

    def served_from(self, day: str, counter: str) -> dict[str, int]:
        """How many this counter finished on `day`, by where their numbers came from."""
        sql = """SELECT origin, count(*) FROM ticket WHERE day = ? AND counter = ? AND last_call IS NOT NULL
                 AND state = 'finished' GROUP BY origin"""
        return dict(self._run(sql, (day, counter)).fetchall())

    def answer(self, key: bytes) -> KeptAnswer | None:
        """What was answered to this key."""
        sql = "SELECT fingerprint, status, body FROM answer WHERE id = ? AND key = ?"
        found = (self._run(sql, (hint, key)).fetchone() for hint in self._hints.answers.find(key))
        return next((KeptAnswer._make(answer) for answer in found if answer), None)

    def why(self, call: int) -> str:
        """Why a ticket was called, from the event of that id: a wire.Why as JSON, or empty."""
        found = self._run("SELECT why FROM event WHERE id = ?", (call,)).fetchone()
        return str(found[0]) if found else ""

    def told_at(self, event: int) -> int:
        """When the event of that id happened (ms)."""
        return int(self._run("SELECT at FROM event WHERE id = ?", (event,)).fetchone()[0])

    def was_for(self, row: TicketRow, counter: str) -> tuple[str, str] | None:
        """The agency and the service for which a counter last had this ticket; None where it never did."""
        called = """SELECT agency, service FROM event WHERE counter = ? AND kind IN ('called', 'returned')
                    AND ticket = ? ORDER BY id DESC LIMIT 1"""
        served = (
            "SELECT agency, service FROM visit WHERE counter = ? AND ticket = ? AND day = ? ORDER BY id DESC LIMIT 1"
        )
        found = self._run(called, (counter, row.id)).fetchone()
        found = found or self._run(served, (counter, row.id, row.day)).fetchone()  # who walked in was never called
        return found and (str(found[0]), str(found[1]))

    def booking(self, code: str) -> BookingRow | None:
        """The booking of that code."""
        found = self._run(f"{_BOOKINGS} WHERE code = ?", (code,)).fetchone()
        return found and BookingRow._make(found)

    def bookings(self, day: str) -> list[BookingRow]:
        """The bookings of that day, by time."""
        rows = self._run(f"{_BOOKINGS} WHERE booking.day = ? ORDER BY at, code", (day,))
        return [BookingRow._make(row) for row in rows]

    def bookings_of(self, codes: Iterable[str]) -> dict[str, BookingRow]:
        """Those of these codes that there are."""
        rows = self._run(f"{_BOOKINGS} WHERE code IN (SELECT value FROM json_each(?))", (json.dumps(list(codes)),))  # noqa: S608  -- text written in this house
        return {row[0]: BookingRow._make(row) for row in rows}

    def bookings_before(self, day: str, limit: int) -> list[str]:
        """The codes of at most `limit` bookings of days before that."""
        return [code for (code,) in self._run("SELECT code FROM booking WHERE day < ? LIMIT ?", (day, limit))]

    def devices(self) -> list[KeptDevice]:
        """Every device that ever reported."""
        return [KeptDevice(*row) for row in self._run("SELECT kind, id, seen_at, troubles, facts FROM device")]

    # ------------------------------------------------------------ who may

    @property
    def access_version(self) -> int:
        """Another one after each commit that changed staff, sessions or devices' keys."""
        return self._hints.access

    def staff(self, staff_id: int) -> StaffRow | None:
        """A member of the staff, whether still active or not."""
        found = self._run(f"SELECT {_STAFF} FROM staff WHERE id = ?", (staff_id,)).fetchone()  # noqa: S608  -- joins names of columns written here
        return found and StaffRow._make(found)

    def all_staff(self) -> list[StaffRow]:
        """Everybody who was ever on the list, by name."""
        return [StaffRow._make(row) for row in self._run(f"SELECT {_STAFF} FROM staff ORDER BY name COLLATE NOCASE")]  # noqa: S608  -- as above

    def session(self, counter: str) -> SessionRow | None:
        """The session at that counter."""
        found = self._run(f"SELECT {_SESSION} FROM session WHERE counter = ?", (counter,)).fetchone()  # noqa: S608  -- as above
        return found and SessionRow._make(found)

    def session_of(self, token: bytes) -> SessionRow | None:
        """The session whose token has that hash."""
        found = self._run(f"SELECT {_SESSION} FROM session WHERE token = ?", (token,)).fetchone()  # noqa: S608  -- as above
        return found and SessionRow._make(found)

    def sessions(self) -> list[SessionRow]:
        """Every session there is."""
        return [SessionRow._make(row) for row in self._run(f"SELECT {_SESSION} FROM session ORDER BY counter")]  # noqa: S608  -- as above

    def in_progress(self, day: str) -> list[TicketRow]:
        """Who waits on `day`, is held, or stands at a counter."""
        waiting = self._many(f"{_TICKETS} WHERE day = ? AND state = 'waiting' ORDER BY id", day)
        there = self._many(f"{_TICKETS} WHERE state IN ('called', 'serving') ORDER BY id")
        return waiting + self.held(_EVER) + there

    def configurations(self, limit: int) -> list[KeptConfiguration]:
        """The newest configurations, newest first; the first is in force."""
        sql = "SELECT id, at, by, origin, text, logo FROM configuration ORDER BY id DESC LIMIT ?"
        return [KeptConfiguration(*row) for row in self._run(sql, (limit,))]

    def configuration(self, number: int) -> KeptConfiguration | None:
        """The configuration of that id."""
        sql = "SELECT id, at, by, origin, text, logo FROM configuration WHERE id = ?"
        found = self._run(sql, (number,)).fetchone()
        return found and KeptConfiguration._make(found)

    def device_key(self, key: bytes) -> DeviceKey | None:
        """The key with that hash, while it is good."""
        sql = f"SELECT {_DEVICE_KEY} FROM device_key WHERE hash = ? AND revoked_at IS NULL"  # noqa: S608  -- as above
        found = self._run(sql, (key,)).fetchone()
        return found and DeviceKey._make(found)

    def device_keys(self) -> list[DeviceKey]:
        """The keys that are good."""
        sql = f"SELECT {_DEVICE_KEY} FROM device_key WHERE revoked_at IS NULL ORDER BY kind, device"  # noqa: S608  -- as above
        return [DeviceKey._make(row) for row in self._run(sql)]

    def _one(self, sql: str, *values: object) -> TicketRow | None:
        found = self._run(sql, values).fetchone()
        return found and TicketRow._make(found)

    def _many(self, sql: str, *values: object) -> list[TicketRow]:
        return [TicketRow._make(row) for row in self._run(sql, values)]


def _by_rule(turns: Iterable[Turn]) -> Iterator[tuple[int, bool]]:
    """Those of them that a rule made and nobody undid: the event, and whether it was a priority visitor's."""
    undone: set[int] = set()
    for event, kind, ticket, reason, priority in turns:
        if kind == Kind.RETURNED:
            undone.add(ticket)
        elif ticket in undone:
            undone.remove(ticket)
        elif reason in _BY_RULE:
            yield event, priority == 1


def _call(row: tuple[Any, ...]) -> EventRow:
    event_id, at, kind, counter, reason, _, _, _, _, why = row[:10]
    ticket = TicketRow._make(row[_EVENT_WIDTH:])
    return EventRow(event_id, at, kind, ticket, counter, reason, why=why)


def _event(row: tuple[Any, ...]) -> EventRow:
    event_id, at, kind, counter, reason, outcome, code, health, agency, why, app, by, name, *then = row[:_EVENT_WIDTH]
    ticket = None
    if row[_EVENT_WIDTH] is not None:
        state, calls, paper, called_at, served_at, ended_at, *place = then
        service, for_counter, held_until, called_for, result = place
        at_the_time = counter if kind not in _LEFT_THE_COUNTER else None
        if kind == Kind.CORRECTED:  # of a visit before: the ticket may stand anywhere now
            at_the_time = json.loads(why)["at"]
        last = TicketRow._make(row[_EVENT_WIDTH:])
        ticket = last._replace(
            state=state,
            calls=calls,
            paper=paper,
            called_at=called_at,
            served_at=served_at,
            ended_at=ended_at,
            counter=at_the_time,
            reason=called_for,
            result=result,
            agency=agency or last.agency,
            service=service or last.service,
            for_counter=for_counter,
            held_until=held_until,
        )
    agency = None if ticket else agency
    person = None if by is None else Person(by, name)
    return EventRow(event_id, at, kind, ticket, counter, reason, outcome, code, health, agency, why, app, person)


def _then(row: TicketRow) -> tuple[object, ...]:
    """How a ticket stands at its event, in the order of `_NEW_EVENT`."""
    times = (row.called_at, row.served_at, row.ended_at)
    place = (row.service, row.for_counter, row.held_until, row.reason, row.result)
    return (row.id, row.state, row.calls, row.paper, *times, *place)


_LEFT_THE_COUNTER = (Kind.WALK_IN_UNDONE, Kind.RETURNED, Kind.HELD, Kind.UNHELD, Kind.TRANSFERRED, Kind.MOVED_ON)
"""Kinds of event that name the counter a ticket has just left."""


class Book(Reading):
    """An open transaction: the hall's book, in which only one hand writes at a time.

    `told`: the events written since the transaction began. A savepoint copies every page a verb touches,
    which costs as much as the verb: `has_savepoints` is for a batch in which one has failed.
    """

    def __init__(self, connection: sqlite3.Connection, hints: Hints, kept: Kept, *, has_savepoints: bool) -> None:
        """`kept`: what is known of the file as the last transaction left it."""
        super().__init__(connection, hints)
        self.told: list[EventRow] = []
        self.has_changed_access = False
        """Whether staff, sessions or devices' keys may be others now."""
        self.asker: Asker = NOBODY
        """Who gives the order that is being written: the event says so."""
        self._connection = connection
        self._has_savepoints = has_savepoints
        self._began = (0, 0)
        self.kept = kept

    def begin_verb(self) -> None:
        """What is written from here on is one verb's."""
        self._began = (self._connection.total_changes, len(self.told))
        self.asker = NOBODY
        if self._has_savepoints:
            self._run("SAVEPOINT verb")

    def end_verb(self) -> None:
        """The verb has written all it wanted."""
        if self._has_savepoints and self._connection.in_transaction:  # a failing disk may have ended it
            self._run("RELEASE verb")

    def rewind(self) -> None:
        """Undo what the verb has written. Raises Torn where that takes a savepoint and there is none."""
        changes, told = self._began
        if self._connection.total_changes == changes:
            return
        if not self._has_savepoints:
            raise Torn
        if self._connection.in_transaction:  # SQLite drops all of it by itself on a full disk
            self._run("ROLLBACK TO verb")
        del self.told[told:]
        self.kept.forget()

    def last_event(self) -> tuple[int, int]:
        """Id and time of the newest event, those of this transaction among them."""
        if self.kept.last is None:
            self.kept.last = super().last_event()
        return self.kept.last

    def classes(self, day: str, queue: Queue) -> tuple[int, int]:
        """How many wait in a queue, regular and priority, those of this transaction among them."""
        if queue.services:
            return super().classes(day, queue)
        asked = (day, queue.agency)
        waiting = self.kept.waiting.get(asked)
        return keep(self.kept.waiting, asked, super().classes(day, queue)) if waiting is None else waiting

    def turns(self, counter: str, limit: int) -> Iterable[Turn]:
        """As of the file; read once: what this hand writes goes before it."""
        most, turns = self.kept.turns.get(counter, (0, ()))
        if most != limit:
            turns = tuple(super().turns(counter, limit))
            self.kept.turns[counter] = limit, turns
        return turns

    def _take_turn(self, event: EventRow, ticket: TicketRow) -> None:
        """A counter has called a ticket, or took a call back."""
        most, turns = self.kept.turns.get(event.counter or "", (0, ()))
        if most:
            newest = (event.id, event.kind, ticket.id, event.reason, ticket.priority)
            self.kept.turns[event.counter or ""] = most, (newest, *turns[: most - 1])

    def sent(self, day: str, counter: str) -> list[TicketRow]:
        """As of the file; not asked while nobody waits for one counter alone."""
        if self.kept.is_sent is None:
            sql = "SELECT 1 FROM ticket WHERE state = 'waiting' AND for_counter IS NOT NULL LIMIT 1"
            self.kept.is_sent = self._run(sql).fetchone() is not None
        return super().sent(day, counter) if self.kept.is_sent else []

    def held(self, until: int) -> list[TicketRow]:
        """As of the file; not asked before the first one's time has come."""
        if self.kept.held is None:
            first = self._run("SELECT min(held_until) FROM ticket WHERE state = 'held'").fetchone()[0]
            self.kept.held = _EVER if first is None else first
        return super().held(until) if until >= self.kept.held else []

    def taken(self, day: str, prefix: str, service: str | None, noon: int) -> Taken:
        """As of the file, those of this transaction among them; counted once, until a number is given back."""
        asked = (day, prefix, service, noon)
        taken = self.kept.counted.get(asked)
        return keep(self.kept.counted, asked, super().taken(*asked)) if taken is None else taken

    def closed(self, day: str) -> Closed:
        """As of the file; looked up once."""
        closed = self.kept.closed.get((day,))
        return keep(self.kept.closed, (day,), super().closed(day)) if closed is None else closed

    def next_sequence(self, day: str, prefix: str) -> int:
        """The number that follows the last of that day and prefix."""
        rolls = [roll for roll in self.rolls(day) if roll.prefix == prefix]
        last = self.kept.sequences.get((day, prefix))
        if last is None:
            last = keep(self.kept.sequences, (day, prefix), self._last_sequence(day, prefix, rolls))
        number = last + 1
        while roll := next((roll for roll in rolls if roll.holds(number)), None):
            number = roll.last + 1
        return number

    def _last_sequence(self, day: str, prefix: str, rolls: list[RollRow]) -> int:
        """The last number of the running sequence: numbers of a roll are none of it."""
        sql = "SELECT max(sequence) FROM ticket WHERE day = ? AND prefix = ? AND sequence < ?"
        last: int = self._run(sql, (day, prefix, _EVER)).fetchone()[0] or 0
        while roll := next((roll for roll in rolls if roll.holds(last)), None):
            last = self._run(sql, (day, prefix, roll.first)).fetchone()[0] or 0
        return last

    def rolls(self, day: str) -> tuple[RollRow, ...]:
        """As of the file; looked up once, for this transaction and those after it."""
        rolls = self.kept.rolls.get((day,))
        return keep(self.kept.rolls, (day,), super().rolls(day)) if rolls is None else rolls

    def add_roll(self, row: RollRow) -> RollRow:
        """A new paper roll; its id is given here."""
        marks = ", ".join("?" * len(row[1:]))
        sql = f"INSERT INTO roll ({', '.join(RollRow._fields[1:])}) VALUES ({marks})"  # noqa: S608  -- names of columns written in this house
        added = self._run(sql, row[1:])
        self.kept.rolls.clear()
        self.kept.sequences.clear()
        return RollRow(added.lastrowid or 0, *row[1:])

    def put_roll(self, row: RollRow) -> None:
        """What may change of a paper roll, changed."""
        sql = "UPDATE roll SET next = ?, moved_at = ?, ended_at = ? WHERE id = ?"
        self._run(sql, (row.next, row.moved_at, row.ended_at, row.id))
        self.kept.rolls.clear()

    def add(self, row: TicketRow, met: Met | None = None) -> TicketRow:
        """A new ticket, which waits; its id is given here. `met`: kept to learn from; None: nothing is learnt of it."""
        line_at = row.line_at or row.taken_at
        added = self._run(_NEW_TICKET, (*row[1 : _NEW_TICKET_WIDTH + 1], line_at, row.origin, *(met or _UNSEEN)))
        row = row._replace(id=added.lastrowid or 0, line_at=line_at)
        self._count(row)
        self._hints.add_ticket(row.day, row.token, row.id)
        if row.journey or row.appointment is not None:
            self.replace(row)
        return row

    def _count(self, row: TicketRow) -> None:
        """One more was taken."""
        kept = self.kept
        if row.origin != Origin.PAPER_ROLL:
            kept.sequences[row.day, row.prefix] = row.sequence
        if classes := kept.waiting.get((row.day, row.agency)):
            regular, priority = classes
            kept.waiting[row.day, row.agency] = (regular + 1 - row.priority, priority + row.priority)
        for asked, taken in kept.counted.items():
            day, prefix, service, noon = asked
            if (day, prefix) == (row.day, row.prefix) and service in (None, row.service):
                kept.counted[asked] = taken.and_one(is_early=row.taken_at < noon)

    def put(self, row: TicketRow, call: int) -> None:
        """What a call changes of a ticket, changed; `call`: the id of its event."""
        sql = """UPDATE ticket
                 SET state = ?, counter = ?, called_at = ?, calls = ?, last_call = ?, closed = ?, reason = ?,
                     waited = coalesce(waited, ?)
                 WHERE id = ?"""
        waited = row.called_at and row.called_at - row.taken_at
        changed = (row.state, row.counter, row.called_at, row.calls, call, row.closed, row.reason, waited)
        self._run(sql, (*changed, row.id))
        self.kept.waiting.clear()

    def unlearn(self, row: TicketRow) -> None:
        """The call of `row` was a slip: if it was the first one, nobody has been waited for until then."""
        waited = row.called_at and row.called_at - row.taken_at
        self._run("UPDATE ticket SET waited = NULL WHERE id = ? AND waited = ?", (row.id, waited))

    def replace(self, row: TicketRow) -> None:
        """As `put`, with all that may ever change: for the rare verbs."""
        sql = f"UPDATE ticket SET {_CHANGING_MARKS} WHERE id = ?"  # noqa: S608  -- joins names of columns written here
        self._run(sql, (*_changing(row), row.id))
        self.kept.held = self.kept.is_sent = None
        self.kept.waiting.clear()
        self.kept.counted.clear()

    def finish(self, row: TicketRow) -> None:
        """As `put`, for one whose visit ended where it stands: the indexes by counter are left alone."""
        sql = "UPDATE ticket SET state = ?, ended_at = ?, result = ? WHERE id = ?"
        self._run(sql, (row.state, row.ended_at, row.result, row.id))

    def move(self, row: TicketRow) -> None:
        """A ticket that waits, waiting on another day."""
        self._run("UPDATE ticket SET day = ? WHERE id = ?", (row.day, row.id))
        self._hints.add_ticket(row.day, row.token, row.id)
        for kept in (self.kept.sequences, self.kept.waiting, self.kept.counted):
            kept.clear()

    def keep_visit(self, row: TicketRow) -> None:
        """Keep the visit of a ticket that goes on elsewhere; `row` as it stood at its end."""
        self._run(_NEW_VISIT, (row.id, *(getattr(row, name) for name in _VISIT)))

    def take_visit_back(self, row: TicketRow, counter: str) -> TicketRow | None:
        """`row` as it stood at the end of its last visit, which is forgotten; None: that was not to `counter`."""
        sql = "SELECT max(id), counter FROM visit WHERE day = ? AND ticket = ?"
        visit, where = self._run(sql, (row.day, row.id)).fetchone()
        if where != counter:
            return None
        found = self._run(f"DELETE FROM visit WHERE id = ? RETURNING {', '.join(_VISIT)}", (visit,))  # noqa: S608  -- joins names of columns written here
        return row._replace(**dict(zip(_VISIT, found.fetchone(), strict=True)))

    def set_result(self, row: TicketRow, visit: int | None, result: str | None) -> None:
        """What came of a ticket's visit; `visit`: of one after which it went on, None: of its own last."""
        if visit is None:
            self._run("UPDATE ticket SET result = ? WHERE id = ?", (result, row.id))
        else:
            self._run("UPDATE visit SET result = ? WHERE id = ?", (result, visit))

    def mark(self, row: TicketRow) -> None:
        """As `put`, for a ticket that stays where it is: the indexes by counter are left alone."""
        sql = "UPDATE ticket SET state = ?, served_at = ?, ended_at = ?, paper = ? WHERE id = ?"
        self._run(sql, (row.state, row.served_at, row.ended_at, row.paper, row.id))
        self.kept.waiting.clear()
        if row.state == State.CANCELLED:
            self.kept.counted.clear()

    def tell(self, event: EventRow) -> EventRow:
        """A new event, by who gives the order; its id is given here."""
        if (staff := self.asker.staff) is not None:
            event = event._replace(by=Person(staff.id, staff.name))
        if (now := event.ticket) and event.kind == Kind.TAKEN and staff is None and now.state == State.WAITING:
            added = self._run(_NEW_TAKEN, (event.at, now.id, now.agency, now.service))
        else:
            agency, by = now.agency if now else event.agency, event.by and event.by.id
            said = (*event[4:9], agency, event.why, event.app, by)
            added = self._run(_NEW_EVENT, (event.at, event.kind, *said, *(_then(now) if now else _NO_TICKET)))
        event = EventRow(added.lastrowid or 0, *event[1:])
        if now and event.kind in _TURNS:
            self._take_turn(event, now)
        self.told.append(event)
        self.kept.last = (event.id, event.at)
        return event

    def keep_answer(self, key: bytes, answer: KeptAnswer, at: int) -> None:
        """Keep what was answered to this key."""
        sql = "INSERT INTO answer (key, fingerprint, status, body, at) VALUES (?, ?, ?, ?, ?)"
        self._hints.answers.add(key, self._run(sql, (key, *answer, at)).lastrowid or 0)

    def drop_answers(self, before: int, limit: int) -> int:
        """Forget the oldest answers given before `before` (ms), at most `limit`; returns how many."""
        sql = "DELETE FROM answer WHERE id IN (SELECT id FROM answer ORDER BY id LIMIT ?) AND at < ? RETURNING id"
        dropped = self._run(sql, (limit, before)).fetchall()
        if dropped:
            self._hints.answers.forget(min(answer for (answer,) in dropped) - 1)  # of those before: this may roll back
        return len(dropped)

    def close(self, day: str, what: tuple[Place, str], why: str, *, at: int) -> None:
        """Close an agency or a counter for the rest of `day`, or give it another reason; `at`: since when (ms)."""
        sql = """INSERT INTO closing (day, place, id, why, at) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (day, place, id) DO UPDATE SET why = excluded.why"""
        self._run(sql, (day, *what, why, at))
        self.kept.closed.clear()

    def reopen(self, day: str, place: Place, whose: str) -> bool:
        """Open it again; whether it was closed."""
        self.kept.closed.clear()
        sql = "DELETE FROM closing WHERE day = ? AND place = ? AND id = ?"
        return self._run(sql, (day, place, whose)).rowcount > 0

    def put_quiet(self, zone: str, until: int) -> None:
        """No calls are said in the zone ('': the whole hall) until then (ms)."""
        self._run("INSERT OR REPLACE INTO quiet (zone, until) VALUES (?, ?)", (zone, until))

    def end_quiet(self, zone: str, now: int) -> bool:
        """Calls are said there again ('': in every zone); whether it was quiet."""
        sql = "DELETE FROM quiet WHERE until > ? AND ? IN (zone, '')"
        return self._run(sql, (now, zone)).rowcount > 0

    def put_back_to(self, day: str, now: int) -> list[TicketRow]:
        """The clock ran ahead: answers kept later than `now` (ms) are kept from now on; who waits on a later day."""
        self._run("UPDATE answer SET at = ? WHERE at > ?", (now, now))
        return self._many(f"{_TICKETS} WHERE day > ? AND state = 'waiting' ORDER BY id", day)

    def keep_staff(self, row: StaffRow) -> StaffRow:
        """A member of the staff as changed; a new one's id (0) is given here."""
        self.has_changed_access = True
        marks = ", ".join(f"{name} = ?" for name in StaffRow._fields)
        if row.id:
            self._run(f"UPDATE staff SET {marks} WHERE id = ?", (*row, row.id))  # noqa: S608  -- as above
            return row
        marks = ", ".join("?" * len(row))
        added = self._run(f"INSERT INTO staff ({_STAFF}) VALUES ({marks})", (None, *row[1:]))  # noqa: S608  -- as above
        return row._replace(id=added.lastrowid or 0)

    def add_device_key(self, kind: str, device: str, key: bytes, now: int) -> None:
        """A device's new key, by its hash."""
        self.has_changed_access = True
        self._run(
            "INSERT INTO device_key (kind, device, hash, paired_at) VALUES (?, ?, ?, ?)", (kind, device, key, now)
        )

    def revoke_device_key(self, key_id: int, now: int) -> None:
        """A device's key is worth nothing any more."""
        self.has_changed_access = True
        self._run("UPDATE device_key SET revoked_at = ? WHERE id = ?", (now, key_id))

    def keep_session(self, row: SessionRow) -> None:
        """The session at its counter, in place of the one before."""
        self.has_changed_access = True
        marks = ", ".join("?" * len(row))
        self._run(f"INSERT OR REPLACE INTO session ({_SESSION}) VALUES ({marks})", row)  # noqa: S608  -- as above

    def drop_session(self, counter: str) -> None:
        """Nobody has that counter any more."""
        self.has_changed_access = True
        self._run("DELETE FROM session WHERE counter = ?", (counter,))

    def keep_technician_pin(self, pin: str) -> None:
        """The hash of the technicians' PIN, in place of the one before."""
        self._run("INSERT OR REPLACE INTO technician (id, pin) VALUES (1, ?)", (pin,))

    def keep_learnt(self, day: str, text: str) -> None:
        """Keep what was learnt of waiting before `day`, in place of what was kept."""
        self._run("INSERT OR REPLACE INTO learnt (id, day, text) VALUES (1, ?, ?)", (day, text))

    def put_alarm(self, alarm: AlarmRow) -> None:
        """A call for help, new or answered."""
        self._run("INSERT OR REPLACE INTO alarm VALUES (?, ?, ?, ?, ?, ?, ?)", alarm)

    def put_bookings(self, rows: Iterable[BookingRow]) -> None:
        """Bookings, new or changed."""
        sql = "INSERT OR REPLACE INTO booking VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self._connection.executemany(sql, (row[:8] for row in rows))

    def drop_bookings(self, codes: list[str]) -> None:
        """Forget these bookings."""
        self._run("DELETE FROM booking WHERE code IN (SELECT value FROM json_each(?))", (json.dumps(codes),))

    def put_reprint(self, row: ReprintRow) -> None:
        """A copy that is asked for, or was told of."""
        self._run("INSERT OR REPLACE INTO reprint VALUES (?, ?, ?, ?, ?)", row)

    def put_voiced(self, call: int, day: str, outcome: str, display: str) -> None:
        """What became of saying a call, in place of what was told before."""
        self._run("INSERT OR REPLACE INTO voiced VALUES (?, ?, ?, ?)", (call, day, outcome, display))

    def keep_device(self, device: KeptDevice) -> None:
        """Keep a device's report in place of its last."""
        self._run("INSERT OR REPLACE INTO device (kind, id, seen_at, troubles, facts) VALUES (?, ?, ?, ?, ?)", device)

    def keep_configuration(self, kept: KeptConfiguration) -> None:
        """Keep a configuration: from now on it is the one in force."""
        self._run("INSERT INTO configuration (id, at, by, origin, text, logo) VALUES (?, ?, ?, ?, ?, ?)", kept)


class Store:
    """The file, opened. Raises Trouble('storage_failed') where the disk or the file will not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _disk():
            self._writer = _connect(path, cache_kb=16_000)
            Database(self._writer).execute("PRAGMA journal_mode = wal")
            migrations.apply(Database(self._writer))
            self._writer.isolation_level = None
            # busy_timeout: who writes must not hold the loop; the writer tries again by itself.
            for pragma in ("synchronous = FULL", "wal_autocheckpoint = 0", "temp_store = MEMORY", "busy_timeout = 0"):
                self._writer.execute(f"PRAGMA {pragma}")
            self._reader, self._keeper = _connect(path, cache_kb=8_000), _connect(path, cache_kb=500)
            self._reader.execute("PRAGMA query_only = ON")
            self._hints = _hints(self._reader)
        self.read = Reading(self._reader, self._hints)
        self._book: Book | None = None
        self._kept = Kept()

    def begin(self, *, has_savepoints: bool = False) -> Book:
        """Open the one writing transaction."""
        with _disk():
            self._writer.execute("BEGIN IMMEDIATE")
        self._book = Book(self._writer, self._hints, self._kept.copy(), has_savepoints=has_savepoints)
        return self._book

    def commit(self) -> None:
        """Close the transaction on the disk; blocks for the flush. What fails is rolled back."""
        with _disk():
            self._writer.execute("COMMIT")
        if self._book is not None:
            self._kept = self._book.kept
            self._hints.access += self._book.has_changed_access

    def roll_back(self) -> None:
        """Drop the open transaction, if SQLite has not done so itself."""
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    @property
    def is_writing(self) -> bool:
        """Whether the transaction is still open: SQLite ends it by itself on a full disk."""
        return self._writer.in_transaction

    @contextmanager
    def history(self) -> Iterator[Reading]:
        """Another reader, for a thread that looks at past weeks."""
        with _disk():
            connection = _connect(self.path, cache_kb=1_000)
            connection.execute("PRAGMA query_only = ON")
        try:
            yield Reading(connection, self._hints)
        finally:
            connection.close()

    def checkpoint(self) -> int:
        """Bring the log home into the file as far as readers allow; returns how many pages the log has.

        Blocks for the disk, not for the writer: what is written meanwhile stays in the log, which begins
        anew only after a checkpoint that has left nothing.
        """
        with _disk():
            _, pages, _ = self._keeper.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return int(pages)

    def close(self) -> None:
        """Leave the file whole, without a log beside it."""
        self._keeper.close()
        self._reader.close()
        self._writer.close()


def _hints(connection: sqlite3.Connection) -> Hints:
    hints = Hints()
    for number, key in connection.execute("SELECT id, key FROM answer ORDER BY id"):
        hints.answers.add(key, number)
    for day in dict.fromkeys([*reversed(_last_days(connection)), *reversed(_newest_days(connection))]):
        for number, token in connection.execute("SELECT id, token FROM ticket WHERE day = ? ORDER BY id", (day,)):
            hints.recall_ticket(day, token, number)
    return hints


def _last_days(connection: sqlite3.Connection) -> list[str]:
    """The last days of which there are tickets, the last one first: also of those carried over, who took none there."""
    sql = "SELECT DISTINCT day FROM ticket ORDER BY day DESC LIMIT ?"
    return [day for (day,) in connection.execute(sql, (TOKEN_DAYS,))]


def _newest_days(connection: sqlite3.Connection) -> list[str]:
    """The days on which tickets were last taken, newest first; found by indexes, however many years there are."""
    days: list[str] = []
    before = _AFTER_ALL_IDS
    newest = "SELECT day FROM ticket WHERE id < ? ORDER BY id DESC LIMIT 1"
    while len(days) < TOKEN_DAYS and (found := connection.execute(newest, (before,)).fetchone()):
        days += found
        (before,) = connection.execute("SELECT min(id) FROM ticket WHERE day = ?", found).fetchone()
    return days


def _connect(path: Path, cache_kb: int) -> sqlite3.Connection:
    # The writer's COMMIT runs in a thread, one at a time and never beside a statement of its own.
    connection = sqlite3.connect(path, check_same_thread=False, cached_statements=256)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute(f"PRAGMA cache_size = -{cache_kb}")
    return connection


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise as_trouble(error) from error


def as_trouble(error: Exception) -> Exception:
    """Trouble, storage_failed or data_busy, for what a disk or its file can do; a bug of ours stays what it is."""
    if getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE == sqlite3.SQLITE_BUSY:
        return Trouble("data_busy")
    ours = isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError))
    return Trouble("storage_failed", why=str(error)) if isinstance(error, sqlite3.Error) and not ours else error
