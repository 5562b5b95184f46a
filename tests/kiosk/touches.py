"""How many touches lead to a ticket: the screens as a pure model, its figures those of the real grids.

Every touch counts, keys too; the language, Antrean Prioritas and what comes after the ticket do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kiosk.finding import Finder, Found, most_used
from shared.hall import Agency, Hall, Service

TILES, RESULTS = 12, 5
"""On a page: agencies or services; results of a search where the fewest stand, on a screen that lies."""

SHARES = {"disdukcapil": 24.8, "dpmptsp": 19.3, "bankaltimtara": 18.4, "bpjs-kesehatan": 14.8, "kepolisian": 9.7}
"""Of all visits, in per cent: those of Balikpapan in 2025. What is left is everybody else's alike."""

NEVER = 99
LONGEST = 6
"""Letters after which a visitor would rather turn pages."""


def usual_in(hall: Hall) -> dict[str, int]:
    """How much each service is used: an agency's share, its first services more than its last."""
    others = (100 - sum(SHARES.values())) / (len(hall.agencies) - len(SHARES))
    return {
        service.id: round(1000 * SHARES.get(agency.id, others) / (place + 1))
        for agency in hall.agencies
        for place, service in enumerate(agency.services)
    }


def ranked(usual: Mapping[str, int], services: Sequence[Service]) -> list[Service]:
    return sorted(services, key=lambda service: usual[service.id], reverse=True)


@dataclass(frozen=True)
class Walk:
    """A way to a service: what is typed ('' where nothing is), the touches, keys among them."""

    typed: str
    touches: int


class Visitor:
    """Somebody who knows where everything stands, in a hall used as `usual` says."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.usual = hall, usual_in(hall)
        self._known: dict[str, list[Found]] = {}

    @cached_property
    def agencies(self) -> list[Agency]:
        """In the order of the tiles."""
        used = {agency.id: sum(self.usual[one.id] for one in agency.services) for agency in self.hall.agencies}
        return sorted(self.hall.agencies, key=lambda agency: used[agency.id], reverse=True)

    @cached_property
    def services(self) -> list[tuple[Agency, Service]]:
        """All of them, most used first."""
        offered = [(agency, service) for agency in self.hall.agencies for service in agency.services]
        return sorted(offered, key=lambda one: self.usual[one[1].id], reverse=True)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.hall.agencies)

    def by_pages(self, agency: Agency, service: Service) -> int:
        """Pages turned to the agency, it, pages turned to the service, it, and 'Ambil nomor' where it is explained."""
        return self.agencies.index(agency) // TILES + 1 + self._within(agency, service)

    def _within(self, agency: Agency, service: Service) -> int:
        if len(agency.services) == 1:
            return int(service.is_explained)
        place = ranked(self.usual, agency.services).index(service)
        return place // TILES + 1 + int(service.is_explained)

    def by_search(self, agency: Agency, service: Service) -> Walk:
        """The shortest way: 'Cari layanan', keys, pages of results, the service or its agency and then the service."""
        walks = (self._walk(typed, agency, service) for typed in _typed(agency, service))
        return min((walk for walk in walks if walk), key=lambda walk: walk.touches)

    def is_found_itself(self, typed: str, agency: Agency, service: Service) -> bool:
        """Whether it is rather touched among the results than behind its agency."""
        itself, behind = self._ends(typed, agency, service)
        return itself <= behind

    def _walk(self, typed: str, agency: Agency, service: Service) -> Walk | None:
        nearest = min(self._ends(typed, agency, service))
        return Walk(typed, 1 + len(typed) + nearest) if nearest < NEVER else None

    def _ends(self, typed: str, agency: Agency, service: Service) -> tuple[int, int]:
        """Touches after the last key: on the service itself, and by its agency."""
        found, itself, whole = self._found(typed), Found(agency, service), Found(agency)
        direct = found.index(itself) // RESULTS + 1 + int(service.is_explained) if itself in found else NEVER
        behind = found.index(whole) // RESULTS + 1 + self._within(agency, service) if whole in found else NEVER
        return direct, behind

    def _found(self, typed: str) -> list[Found]:
        if typed not in self._known:
            find = self._finder.find
            used = most_used(self.hall.agencies, self.usual)
            self._known[typed] = find(typed, self.usual) if typed else used
        return self._known[typed]


def _typed(agency: Agency, service: Service) -> Iterator[str]:
    """What somebody may type who wants it: nothing, or the first letters of its agency, its name, its `words`."""
    yield ""
    names = [agency.short_name, service.name, *service.words[:2]]
    for name in names:
        plain = name.casefold()
        for letters in range(2, min(len(plain), LONGEST) + 1):
            if plain[:letters].replace(" ", "").isalpha():
                yield plain[:letters]
