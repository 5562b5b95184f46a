"""How many wait at each agency, and which agencies are used most, by the hub's figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.wire import Agency, Board, Ticket, Waiting


@dataclass(frozen=True)
class AgencyQueue:
    """An agency with what its tile says. `waiting` is None until the hub has told it."""

    agency: Agency
    waiting: int | None = None
    estimate_minutes: int = 0
    open_counters: int = 0


class Queues:
    """The queues of one kiosk's agencies.

    'Most used' is most tickets taken today. The hub's board carries no such figure, but numbers count up
    from 1 each day: the highest number seen of an agency, or its newest called one plus those who wait,
    says how many were taken. The order changes only by `rank`, never under a finger.
    """

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._agencies = list(agencies)
        self._order = list(agencies)
        self._waiting: dict[str, Waiting] = {}
        self._taken: dict[str, int] = {}
        self._day: date | None = None

    def read(self, board: Board) -> None:
        """Take over the figures of `board`."""
        self._turn_day(board.now.date())
        self._waiting = {waiting.agency: waiting for waiting in board.waiting}
        called: dict[str, int] = {}
        for call in board.calls:
            self.saw(call.ticket)
            called[call.ticket.agency] = max(called.get(call.ticket.agency, 0), _sequence(call.ticket))
        for agency, waiting in self._waiting.items():
            self._raise_taken(agency, called.get(agency, 0) + waiting.waiting)

    def saw(self, ticket: Ticket) -> None:
        """Count a ticket that the feed or the board showed."""
        self._turn_day(ticket.day)
        if ticket.day == self._day:
            self._raise_taken(ticket.agency, _sequence(ticket))

    def rank(self) -> None:
        """Order the agencies anew: most used first, as the site file has them where they are equal."""
        self._order = sorted(self._agencies, key=lambda agency: -self._taken.get(agency.id, 0))

    def shown(self) -> tuple[AgencyQueue, ...]:
        """The agencies in the order of the tiles."""
        return tuple(self._queue(agency) for agency in self._order)

    def _queue(self, agency: Agency) -> AgencyQueue:
        told = self._waiting.get(agency.id)
        if told is None:
            return AgencyQueue(agency)
        return AgencyQueue(agency, told.waiting, told.estimate_minutes, told.open_counters)

    def _turn_day(self, day: date) -> None:
        if self._day is None or day > self._day:
            self._day = day
            self._taken.clear()

    def _raise_taken(self, agency: str, count: int) -> None:
        self._taken[agency] = max(self._taken.get(agency, 0), count)


def _sequence(ticket: Ticket) -> int:
    return int(ticket.number.rpartition("-")[2])
