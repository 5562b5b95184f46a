"""What the play must know of the hall it plays in, asked of the hub as any client would."""

import json
import urllib.request
from dataclasses import dataclass

from shared.hall import DisplaySettings
from shared.hall import Hall as WireHall
from shared.wire import CounterView


@dataclass(frozen=True)
class AgencyFacts:
    """An agency with its services' and counters' ids."""

    id: str
    services: list[str]
    counters: list[str]


@dataclass(frozen=True)
class HallFacts:
    """The hall as the play goes through it."""

    hall: WireHall
    agencies: list[AgencyFacts]

    @classmethod
    def of(cls, address: str) -> "HallFacts":
        """Ask the hub at `address`."""
        return cls.in_hall(WireHall.model_validate(_get(f"{address}/api/hall")))

    @classmethod
    def in_hall(cls, hall: WireHall) -> "HallFacts":
        """The facts of `hall`; `agencies` are those whose calls the speaking TV shows, none where no TV speaks."""
        everywhere = [zone.id for zone in hall.zones]
        zones = next((display.zones or everywhere for display in hall.displays if display.voice), [])
        agencies = [
            AgencyFacts(a.id, [s.id for s in a.services], [c.id for c in hall.counters_of(a.id)])
            for a in hall.agencies
            if a.zone in zones
        ]
        return cls(hall, agencies)

    @property
    def kiosk(self) -> str:
        """The first kiosk."""
        return self.hall.kiosks[0].id

    @property
    def display(self) -> str:
        """The first TV that speaks."""
        return _speaking_display(self.hall).id

    @property
    def counter_word(self) -> str:
        """What the hall calls its counters."""
        return self.hall.counter_word

    def skips_services(self, agency: str) -> bool:
        """Whether the agency offers one service, so that its touch takes the ticket."""
        return len(self.hall.agency(agency).services) == 1

    def number_of(self, counter: str) -> str:
        """What stands above a counter."""
        return self.hall.counter(counter).number

    def waiting_now(self, address: str) -> set[str]:
        """The numbers that wait, over all counters."""
        views = [CounterView.model_validate(_get(f"{address}/api/counters/{c.id}")) for c in self.hall.counters]
        return {ticket.number for view in views for ticket in view.waiting}


def _speaking_display(hall: WireHall) -> DisplaySettings:
    return next(display for display in hall.displays if display.voice)


def _get(url: str) -> object:
    with urllib.request.urlopen(url, timeout=10) as reply:  # noqa: S310  -- the hub on loopback
        return json.load(reply)
