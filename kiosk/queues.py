"""How many wait at each agency, and which agencies are used most, by the hub's figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.hall import Agency, Service
from shared.wire import Board, Offers, Waiting


@dataclass(frozen=True)
class AgencyQueue:
    """An agency with what its tile says.

    `waiting`: how many would be called before who takes a number now, of whatever agency: what the ticket says
    then. None until the hub has told it.

    `ranked`: its services, most used first; empty while nothing is known of that.
    """

    agency: Agency
    waiting: int | None = None
    estimate_minutes: int = 0
    open_counters: int = 0
    estimate_high_minutes: int | None = None
    ranked: tuple[Service, ...] = ()

    @property
    def services(self) -> tuple[Service, ...]:
        """Its services in the order of the tiles."""
        return self.ranked or tuple(self.agency.services)


class Queues:
    """The queues of one kiosk's agencies.

    'Most used' is what past weeks tell of this hour, and the numbers taken today. The order changes only by
    `rank`, never under a finger.
    """

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._agencies = list(agencies)
        self._order = list(agencies)
        self._waiting: dict[str, Waiting] = {}
        self._usual_agencies: dict[str, int] = {}
        self.usual: dict[str, int] = {}
        """How much each service is used at this hour, as the hub has learnt it."""
        self._ranked: dict[str, tuple[Service, ...]] = {}

    def hear(self, offers: Offers) -> None:
        """Take over what `offers` tell of what is used at this hour."""
        self._usual_agencies = {offer.id: offer.usual for offer in offers.agencies if offer.usual}
        self.usual = {offer.id: offer.usual for offer in offers.services if offer.usual}

    def read(self, board: Board) -> None:
        """Take over the figures of `board`."""
        self._waiting = {waiting.agency: waiting for waiting in board.waiting}

    def rank(self) -> None:
        """Order agencies and their services anew: most used first, as the site file has them where they are equal."""
        self._order = sorted(self._agencies, key=self._used, reverse=True)
        self._ranked = {agency.id: self._services_of(agency) for agency in self._agencies} if self.usual else {}

    def _services_of(self, agency: Agency) -> tuple[Service, ...]:
        return tuple(sorted(agency.services, key=lambda service: self.usual.get(service.id, 0), reverse=True))

    def shown(self) -> tuple[AgencyQueue, ...]:
        """The agencies in the order of the tiles."""
        return tuple(self._queue(agency) for agency in self._order)

    def people(self) -> int | None:
        """How many wait at these agencies, each counted once; None until the hub has told."""
        told = [self._waiting[agency.id] for agency in self._agencies if agency.id in self._waiting]
        return sum(one.waiting for one in told) if told else None

    def _queue(self, agency: Agency) -> AgencyQueue:
        told, ranked = self._waiting.get(agency.id), self._ranked.get(agency.id, ())
        if told is None:
            return AgencyQueue(agency, ranked=ranked)
        likely, most = told.estimate_minutes, told.estimate_high_minutes
        return AgencyQueue(agency, told.ahead, likely, told.open_counters, most, ranked)

    def _used(self, agency: Agency) -> int:
        told = self._waiting.get(agency.id)
        return self._usual_agencies.get(agency.id, 0) + (told.taken_today if told else 0)
