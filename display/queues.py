"""How many wait for each agency, kept right between two answers of the hub by the events of the feed. Pure."""

from collections import deque
from dataclasses import dataclass

from shared.model import Kind
from shared.wire import Board, Event, Hall

CHANGES = {
    Kind.TAKEN: 1,
    Kind.RETURNED: 1,
    Kind.UNHELD: 1,
    Kind.TRANSFERRED: 1,
    Kind.CALLED: -1,
    Kind.CANCELLED: -1,
    Kind.REJOINED: -1,
}
"""What an event does to the number who wait for its ticket's agency, unless it waits for one counter alone."""

KEPT = 500
"""Events kept for an answer that was on its way while they came: some seconds of the busiest hall."""


@dataclass(frozen=True)
class Queue:
    """Who waits for one agency now."""

    agency: str
    """The short name."""
    prefix: str
    waiting: int


class Queues:
    """The queues of the agencies the hub told of (for a TV of a zone: its zone's), in the site file's order."""

    def __init__(self, hall: Hall) -> None:
        self._agencies = hall.agencies
        self._counts: dict[str, int] = {}
        self._changes: deque[tuple[int, str, int]] = deque(maxlen=KEPT)

    def merge(self, answer: Board) -> None:
        """Take what the hub counted until `answer.last_event`, and count on by what the feed told since."""
        told = {waiting.agency: waiting.waiting for waiting in answer.waiting}
        self._counts |= told
        for event, agency, change in self._changes:
            if agency in told and event > answer.last_event:
                self._change(agency, change)

    def take(self, event: Event) -> None:
        """Count on by one event of the feed, which tells each once."""
        change = CHANGES.get(event.kind, 0)
        if event.ticket is not None and change and event.ticket.for_counter is None:
            self._changes.append((event.id, event.ticket.agency, change))
            self._change(event.ticket.agency, change)

    def forget(self) -> None:
        """The hub's history is another one."""
        self._changes.clear()

    def _change(self, agency: str, change: int) -> None:
        if agency in self._counts:
            self._counts[agency] = max(0, self._counts[agency] + change)

    def now(self) -> tuple[Queue, ...]:
        """Those where anybody waits."""
        return tuple(
            Queue(agency.short_name, agency.prefix, self._counts[agency.id])
            for agency in self._agencies
            if self._counts.get(agency.id)
        )
