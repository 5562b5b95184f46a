"""Whose turn it is in this hall: the lines that its counters call from. No HTTP, no SQL, nothing sent.

A line is one or more counters that serve the same people under the same rules. Who waits in it and what it called
lately is asked of the book each time, so that the same book always gives the same next.
"""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.order import MINUTE_MS, Head, Why, choose, in_turn, remembered
from hub.rows import Queue, TicketRow, to_moment
from hub.store import Reading
from shared.hall import Counter, Hall, Rules

_LOOKED_OVER = 200
"""So far a queue is looked through for one ticket."""


class Line(NamedTuple):
    """What some counters call from, and by which rules. `services` empty: all of its agencies."""

    agencies: tuple[str, ...]
    services: tuple[str, ...]
    is_in_order: bool
    rules: Rules

    @property
    def queues(self) -> list[Queue]:
        """Its queues."""
        return [Queue(agency, self.services) for agency in self.agencies]

    def rank(self, agency: str) -> int:
        """The place of an agency's queue: lower ones are called before."""
        return self.agencies.index(agency) if self.is_in_order and agency in self.agencies else 0

    def head(self, row: TicketRow) -> Head:
        """A ticket as the order of this line looks at it."""
        return Head(row.id, row.priority == 1, row.line_at, self.rank(row.agency))


def rules_of(hall: Hall, counter: Counter) -> Rules:
    """The rules at a counter: its own, its agencies', the hall's, first come; the nearest counts."""
    own = (agency.rules for agency in hall.agencies if agency.id in counter.agencies)
    return counter.rules or next(own, None) or hall.rules or Rules()


def line_of(hall: Hall, counter: Counter) -> Line:
    """The line that a counter calls from."""
    is_in_order = counter.queues == "in_order"
    agencies = counter.agencies if is_in_order else sorted(counter.agencies)
    return Line(tuple(agencies), tuple(sorted(counter.services)), is_in_order, rules_of(hall, counter))


class Turns:
    """The lines of a hall."""

    def __init__(self, hall: Hall) -> None:
        self.line_of = {counter.id: line_of(hall, counter) for counter in hall.counters}
        self._zone = ZoneInfo(hall.timezone)
        self.counters: dict[Line, list[str]] = {}
        for counter, line in self.line_of.items():
            self.counters.setdefault(line, []).append(counter)

    def next(self, book: Reading, day: str, counter: str, now: int) -> tuple[TicketRow, Why] | None:
        """Who is next at this counter, and why; None when nobody waits for it."""
        line = self.line_of[counter]
        rows = {row.id: row for queue in line.queues for row in book.firsts(day, queue)}
        # All of them: behind the first to come may stand one of the other class, or of an agency that goes before.
        rows |= {row.id: row for row in book.sent(day, counter)}
        choice = choose(line.rules, map(line.head, rows.values()), self.lately(book, line), now)
        return choice and (rows[choice.ticket], self._why(rows[choice.ticket], choice.why, now))

    def waiting(self, book: Reading, day: str, counter: str, now: int, *, most: int) -> list[tuple[TicketRow, Why]]:
        """The first `most` who wait for this counter, as it would call them if nobody else came, each with why."""
        line = self.line_of[counter]
        rows = {row.id: row for queue in line.queues for row in book.in_queue(day, queue, most)}
        rows |= {row.id: row for row in book.sent(day, counter)}
        turns = in_turn(line.rules, map(line.head, rows.values()), self.lately(book, line), now, most=most)
        return [(rows[turn.ticket], self._why(rows[turn.ticket], turn.why, now)) for turn in turns]

    def _why(self, row: TicketRow, why: Why, now: int) -> Why:
        """Who stood in the line before it came says for which appointment, and has waited only since it came."""
        if row.appointment is None or not row.has_head_start:
            return why
        waited = max(0, now - row.taken_at) // MINUTE_MS
        return why._replace(waited_minutes=waited, appointment=to_moment(row.appointment, self._zone).isoformat())

    def waiting_count(self, book: Reading, day: str, counter: str) -> int:
        """How many wait for this counter."""
        queued = sum(sum(book.classes(day, queue)) for queue in self.line_of[counter].queues)
        return queued + len(book.sent(day, counter))

    def place(self, book: Reading, counter: str, row: TicketRow, now: int) -> int:
        """How many a counter would call before `row`, which waits for it alone."""
        if counter not in self.line_of:
            return 0
        turns = self.waiting(book, row.day, counter, now, most=_LOOKED_OVER)
        return next((i for i, (other, _) in enumerate(turns) if other.id == row.id), len(turns))

    def lately(self, book: Reading, line: Line) -> list[bool]:
        """Whether the newest calls of a line were of priority visitors, newest first, as many as its rules ask for.

        Calls that were undone are not among them, nor whom an officer chose: only the rule's own count.
        """
        return book.called_lately(self.counters.get(line, ()), remembered(line.rules))
