"""How many wait at each agency, and which agencies are used most, by the hub's figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.hall import Agency
from shared.wire import Board, Waiting


@dataclass(frozen=True)
class AgencyQueue:
    """An agency with what its tile says. `waiting` is None until the hub has told it."""

    agency: Agency
    waiting: int | None = None
    estimate_minutes: int = 0
    open_counters: int = 0
    estimate_high_minutes: int | None = None


class Queues:
    """The queues of one kiosk's agencies.

    'Most used' is most numbers taken today. The order changes only by `rank`, never under a finger.
    """

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._agencies = list(agencies)
        self._order = list(agencies)
        self._waiting: dict[str, Waiting] = {}

    def read(self, board: Board) -> None:
        """Take over the figures of `board`."""
        self._waiting = {waiting.agency: waiting for waiting in board.waiting}

    def rank(self) -> None:
        """Order the agencies anew: most used first, as the site file has them where they are equal."""
        self._order = sorted(self._agencies, key=self._taken, reverse=True)

    def shown(self) -> tuple[AgencyQueue, ...]:
        """The agencies in the order of the tiles."""
        return tuple(self._queue(agency) for agency in self._order)

    def _queue(self, agency: Agency) -> AgencyQueue:
        told = self._waiting.get(agency.id)
        if told is None:
            return AgencyQueue(agency)
        return AgencyQueue(agency, told.waiting, told.estimate_minutes, told.open_counters, told.estimate_high_minutes)

    def _taken(self, agency: Agency) -> int:
        told = self._waiting.get(agency.id)
        return told.taken_today if told else 0
