"""Which counters call people now: not those closed for the day, nor those that pause. No HTTP, no SQL."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from hub.estimates import Front, Hands
from hub.kept import Closed
from hub.store import Reading
from shared.hall import Hall

OPEN_MINUTES = 30
"""A counter that called somebody within this time is open, for the estimate."""

Counters = tuple[str, ...]


class Callers:
    """The counters of a hall, by whom they serve."""

    def __init__(self, hall: Hall) -> None:
        self.everyone: Counters = tuple(counter.id for counter in hall.counters)
        self._of_agency = {
            agency.id: tuple(counter.id for counter in hall.counters_of(agency.id)) for agency in hall.agencies
        }
        self._of_service = {
            service.id: tuple(
                counter.id
                for counter in hall.counters_of(agency.id)
                if not counter.services or service.id in counter.services
            )
            for agency in hall.agencies
            for service in agency.services
        }

    def of(self, agency: str, service: str = "") -> Counters:
        """Who calls for an agency, or for that service of it; for the agency where the service is gone."""
        return self._of_service.get(service) or self._of_agency[agency]

    def call(self, agency: str, service: str) -> bool:
        """Whether the hall has that service of that agency, and a counter that serves it."""
        return bool(set(self._of_service.get(service, ())).intersection(self._of_agency.get(agency, ())))

    def lately(self, book: Reading, day: str, counters: Iterable[str], now: int) -> set[str]:
        """Which of these counters called somebody within the last half hour."""
        return book.counters_that_called(day, counters, now - OPEN_MINUTES * 60_000)


def working(closed: Closed, counters: Counters) -> Counters:
    """Those that may call: a counter that is closed today or pauses does not."""
    resting = closed["counter"] | closed["pause"]
    return tuple(counter for counter in counters if counter not in resting) if resting else counters


def hands_of(counters: Counters, lately: AbstractSet[str], occupied: AbstractSet[str]) -> Hands:
    """Those of these that may call and did lately, all of them if none did; at least 1.

    `lately`: counters that called lately. `occupied`: those with somebody there.
    """
    calling = lately & set(counters) or set(counters)
    front = Front.FREE if calling - occupied else Front.QUIET if set(counters) - occupied else Front.BUSY
    return Hands(max(1, len(calling)), front)
