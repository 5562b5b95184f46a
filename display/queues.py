"""How many wait for each agency, kept right between two answers of the hub by the events of the feed. Pure."""

from dataclasses import dataclass

from shared.model import Kind
from shared.wire import Board, Event, Hall

CHANGES = {Kind.TAKEN: 1, Kind.RETURNED: 1, Kind.CALLED: -1, Kind.CANCELLED: -1}
"""What an event does to the number who wait for its ticket's agency."""


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
        self._until: dict[str, int] = {}

    def merge(self, answer: Board) -> None:
        """Take what the hub counted until `answer.last_event`."""
        for waiting in answer.waiting:
            self._counts[waiting.agency] = waiting.waiting
            self._until[waiting.agency] = answer.last_event

    def take(self, event: Event) -> None:
        """Count on by one event; one the hub has counted already changes nothing."""
        if event.ticket is None or event.ticket.agency not in self._counts:
            return
        agency = event.ticket.agency
        if event.id <= self._until[agency]:
            return
        self._until[agency] = event.id
        self._counts[agency] = max(0, self._counts[agency] + CHANGES.get(event.kind, 0))

    def now(self) -> tuple[Queue, ...]:
        """Those where anybody waits."""
        return tuple(
            Queue(agency.short_name, agency.prefix, self._counts[agency.id])
            for agency in self._agencies
            if self._counts.get(agency.id)
        )
