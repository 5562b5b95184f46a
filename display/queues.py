"""How many wait for each agency, kept right between two answers of the hub by the events of the feed. Pure."""

from collections import deque
from dataclasses import dataclass
from datetime import date

from shared.hall import Hall
from shared.model import Kind, State
from shared.wire import Board, Event

CHANGES = {
    Kind.TAKEN: 1,
    Kind.RETURNED: 1,
    Kind.UNHELD: 1,
    Kind.TRANSFERRED: 1,
    Kind.MOVED_ON: 1,
    Kind.CALLED: -1,
    Kind.CANCELLED: -1,
    Kind.REJOINED: -1,
    Kind.EXPIRED: -1,
}
"""What an event does to the number who wait for its ticket's agency, unless it waits for one counter alone."""


def _is_early(event: Event) -> bool:
    """A number taken too early for its appointment: it joins the queue only when it is no longer held."""
    return event.kind is Kind.TAKEN and event.ticket is not None and event.ticket.state is State.HELD


KEPT = 500
"""Events kept for an answer that was on its way while they came: some seconds of the busiest hall."""


@dataclass(frozen=True)
class Queue:
    """Who waits for one agency now."""

    agency: str
    """The short name."""
    prefix: str
    waiting: int
    closed: bool = False
    """For the rest of the day, by somebody: no numbers are given."""
    minutes: int | None = None
    """Who came now would wait about so long, as the hub said last; None: it did not."""
    most_minutes: int | None = None
    on_paper: bool = False
    """Its numbers are torn off a roll: how many wait with one nobody knows."""


class Queues:
    """The queues of the agencies the hub told of (for a TV of a zone: its zone's), in the site file's order."""

    def __init__(self, hall: Hall) -> None:
        self.take_up(hall)
        self._counts: dict[str, int] = {}
        self._waits: dict[str, tuple[int, int | None]] = {}
        self._changes: deque[tuple[int, str, int]] = deque(maxlen=KEPT)
        self._shut: set[str] = set()
        """Agencies and counters, each with a letter before its id that tells them apart."""
        self._day: date | None = None
        self._doors: deque[tuple[int, str, bool]] = deque(maxlen=KEPT)
        """What was closed or opened; and, with an r before the agency's id, whose paper roll was begun or ended."""

    def take_up(self, hall: Hall) -> None:
        """These are the hall's agencies from now on; what was counted stays."""
        self._agencies = hall.agencies
        self._desks = {agency.id: [desk.id for desk in hall.counters_of(agency.id)] for agency in hall.agencies}

    def merge(self, answer: Board) -> None:
        """Take what the hub counted until `answer.last_event`, and count on by what the feed told since."""
        told = {waiting.agency: waiting.waiting for waiting in answer.waiting}
        self._counts |= told
        self._waits |= {one.agency: (one.estimate_minutes, one.estimate_high_minutes) for one in answer.waiting}
        for event, agency, change in self._changes:
            if agency in told and event > answer.last_event:
                self._change(agency, change)
        self._day = answer.now.date()
        self._shut = {f"a{one}" for one in answer.closed_agencies} | {f"c{one}" for one in answer.closed_counters}
        self._shut |= {f"r{waiting.agency}" for waiting in answer.waiting if waiting.roll}
        for event, place, shut in self._doors:
            if event > answer.last_event:
                self._door(place, shut=shut)

    def take(self, event: Event) -> None:
        """Count on by one event of the feed, which tells each once."""
        if self._day is not None and event.at.date() > self._day:
            self._day = event.at.date()
            self._shut.clear()  # what was closed was closed for that day
        if event.kind in (Kind.CLOSED, Kind.OPENED):
            place = f"a{event.agency}" if event.agency else f"c{event.counter}"
            self._doors.append((event.id, place, event.kind is Kind.CLOSED))
            self._door(place, shut=event.kind is Kind.CLOSED)
        if event.kind in (Kind.ROLL_BEGUN, Kind.ROLL_ENDED):
            self._doors.append((event.id, f"r{event.agency}", event.kind is Kind.ROLL_BEGUN))
            self._door(f"r{event.agency}", shut=event.kind is Kind.ROLL_BEGUN)
        change = CHANGES.get(event.kind, 0)
        if event.ticket is not None and change and event.ticket.for_counter is None and not _is_early(event):
            self._changes.append((event.id, event.ticket.agency, change))
            self._change(event.ticket.agency, change)

    def forget(self) -> None:
        """The hub's history is another one."""
        self._changes.clear()
        self._doors.clear()

    def _change(self, agency: str, change: int) -> None:
        if agency in self._counts:
            self._counts[agency] = max(0, self._counts[agency] + change)

    def _door(self, place: str, *, shut: bool) -> None:
        if shut:
            self._shut.add(place)
        else:
            self._shut.discard(place)

    def _is_closed(self, agency: str) -> bool:
        """It is closed itself, or each of its counters."""
        desks = self._desks[agency]
        return f"a{agency}" in self._shut or (bool(desks) and all(f"c{desk}" in self._shut for desk in desks))

    def now(self) -> tuple[Queue, ...]:
        """Those where anybody waits, those that were closed for the day, those whose numbers are on paper."""
        told = [agency for agency in self._agencies if agency.id in self._counts]
        queues = (
            Queue(
                agency.short_name,
                agency.prefix,
                self._counts[agency.id],
                closed=self._is_closed(agency.id),
                minutes=self._waits[agency.id][0],
                most_minutes=self._waits[agency.id][1],
                on_paper=f"r{agency.id}" in self._shut,
            )
            for agency in told
        )
        return tuple(queue for queue in queues if queue.waiting or queue.closed or queue.on_paper)
