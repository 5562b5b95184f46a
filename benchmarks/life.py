"""What is assumed of life in a hall, for the simulated weeks of `benchmarks.month`; in words: docs/perkiraan.md.

Fixed before any estimator was written, so that none could be fitted to it. Shares of visits and their number are
Balikpapan's published ones; every other figure is an assumption, marked so. Times are in minutes.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log

from benchmarks.overtaking import SHARES
from shared.hall import Agency, Counter, Hall, Service

VISITORS = 296
"""A day: July 2025, the busiest month, 6,814 visits on 23 working days."""
BY_WEEKDAY = (1.25, 1.05, 1.0, 0.95, 0.75)
"""Assumed: Monday to Friday."""
BY_HALF_HOUR = (16, 13, 12, 10, 9, 7, 6, 5, 0, 0, 8, 6, 5, 3)
"""Assumed: how arrivals spread from 08.00 on, the rush first; what falls into a break comes when it is over."""
AT_THE_DOOR = 0.05
"""Assumed: so many stand before the door and take their number in the first five minutes."""
PRIORITY = 0.12
CANCELLED = 0.01
"""Assumed: lansia and others; 'Salah pilih?'."""

BELIEVED = 0.25
"""Assumed: spread (log-normal) of a service's true mean round the minutes in the site file."""
SERVICE, LONGEST = 0.6, 90.0
"""Assumed: spread (log-normal) of one visit round its mean; none lasts longer."""
OFFICER = 0.15
MONDAY, AFTER_LUNCH, IN_RUSH = 1.1, 1.12, 0.93
"""Assumed: officers differ; Mondays' cases are harder, after lunch work is slower, with many waiting it is faster."""
ATTENDED = (0.98, 0.9, 0.75, 0.6)
"""Assumed: on how many days the first, second, … counter of an agency has its officer."""
CALLED_IN, CALLED_IN_AFTER = 6, 12.0
"""Assumed: so many waiting for each attended counter bring a colleague to one that is not, so many minutes later."""
LATE, VERY_LATE, OFTEN_LATE = 4.0, 15.0, 0.2
"""Assumed: minutes after 08.00 (exponential); one agency in five is used to coming much later."""
PAUSES, PAUSE = 2.2, 11.0
"""Assumed: how many a counter's day, and how long each (exponential, at least 3)."""
SAYS_SERVED, SAYS_FINISHED = 0.6, 0.4
"""Assumed: so many officers press 'Mulai' and 'Selesai'; the others only ever press for the next."""
WORKS_THROUGH = 0.15
"""Assumed: so many counters stay open over lunch."""
EARLY, EARLY_BEFORE = 0.2, 45.0
"""Assumed: so many counters close up to so long before the end, if a colleague stays."""
WALK, ABSENT, PATIENCE = 0.6, 0.04, 3.0
"""Assumed: from call to counter (median); who does not come, and one more in a hundred each five minutes of waiting;
how long the officer waits for them."""
TURNS_AWAY = 12
"""Assumed: who finds so many waiting for each attended counter takes no number and comes another day."""
GAP, LONG_GAP = 0.5, 4.0
"""Assumed: between a visit and the next press (median); after one visit in eight papers take longer."""
NOTICED, NOTICED_LATE = 0.5, 1.5
"""Assumed: until an idle officer calls who came (median); where few come, officers are at other work."""
FEW = 3.0
"""Percent of visits below which an agency is one where few come."""


@dataclass
class Officer:
    """One counter's habits, for all weeks. `rank`: 0 for its agency's first counter."""

    counter: str
    agency: str
    rank: int
    factor: float
    says_served: bool
    says_finished: bool
    works_through: bool


@dataclass
class Roster:
    """What is true of this hall and not in its site file; drawn once."""

    officers: list[Officer]
    minutes: dict[str, float]
    """A service's true mean."""
    on_monday: dict[str, float]
    late: dict[str, float]
    """How many minutes after opening an agency's officers come, on average."""
    weights: dict[str, float]
    """A service's share of all visits, in percent."""
    agency_of: dict[str, str]
    shares: dict[str, float] = field(default_factory=dict)

    def notices(self, chance: random.Random, agency: str) -> float:
        """Until an idle officer of this agency calls who came."""
        return lognormal(chance, NOTICED_LATE if self.shares[agency] < FEW else NOTICED, 0.8)


def roster(hall: Hall, seed: int) -> Roster:
    """The hall's roster of that seed."""
    chance = random.Random(seed)  # noqa: S311  -- a simulation
    services = [(agency, service) for agency in hall.agencies for service in agency.services]
    rest = (100 - sum(SHARES.values())) / max(1, sum(agency.id not in SHARES for agency in hall.agencies))
    shares = {agency.id: SHARES.get(agency.id, rest) for agency in hall.agencies}
    return Roster(
        officers=[officer for agency in hall.agencies for officer in _officers(chance, hall.counters_of(agency.id))],
        minutes={service.id: service.minutes * lognormal(chance, 1.0, BELIEVED) for _, service in services},
        on_monday={service.id: MONDAY * lognormal(chance, 1.0, 0.08) for _, service in services},
        late={agency.id: VERY_LATE if chance.random() < OFTEN_LATE else LATE for agency in hall.agencies},
        weights={s: w for agency in hall.agencies for s, w in _weights(chance, agency, shares[agency.id])},
        agency_of={service.id: agency.id for agency, service in services},
        shares=shares,
    )


def _officers(chance: random.Random, counters: Sequence[Counter]) -> Iterator[Officer]:
    for rank, counter in enumerate(counters):
        yield Officer(
            counter.id,
            counter.agencies[0],
            rank,
            factor=lognormal(chance, 1.0, OFFICER),
            says_served=chance.random() < SAYS_SERVED,
            says_finished=chance.random() < SAYS_FINISHED,
            works_through=chance.random() < WORKS_THROUGH,
        )


def _weights(chance: random.Random, agency: Agency, share: float) -> Iterator[tuple[str, float]]:
    """Each service's part of its agency's visits: uneven, as menus are."""
    parts: list[tuple[Service, float]] = [(service, lognormal(chance, 1.0, 0.7)) for service in agency.services]
    total = sum(part for _, part in parts)
    yield from ((service.id, share * part / total) for service, part in parts)


def lognormal(chance: random.Random, median: float, spread: float) -> float:
    """A positive number round `median`."""
    return chance.lognormvariate(log(median), spread)


def visit_minutes(chance: random.Random, roster: Roster, officer: Officer, service: str, day: int, at: float) -> float:  # noqa: PLR0913, PLR0917  -- all that a visit's length depends on
    """How long one visit takes. `day`: 0 for Monday; `at`: minutes after opening."""
    mean = roster.minutes[service] * officer.factor
    mean *= roster.on_monday[service] if day == 0 else 1.0
    mean *= IN_RUSH if at < 90 else AFTER_LUNCH if at > 300 else 1.0  # noqa: PLR2004  -- the rush; lunch is over
    return min(LONGEST, mean * chance.lognormvariate(0, SERVICE) / exp(SERVICE**2 / 2))


def gap(chance: random.Random) -> float:
    """Between a visit's end and the press for the next."""
    return lognormal(chance, LONG_GAP if chance.random() < 1 / 8 else GAP, 0.6)


def is_absent(chance: random.Random, waited: float) -> bool:
    """Whether one who waited so many minutes has gone."""
    return chance.random() < min(0.4, ABSENT + waited / 500)


def arrivals(chance: random.Random, roster: Roster, weekday: int) -> list[tuple[float, str, bool]]:
    """Who comes on one day: minutes after opening, service, whether a priority visitor."""
    busy = {agency: lognormal(chance, 1.0, 0.15) for agency in roster.shares}
    services = list(roster.weights)
    weights = [roster.weights[service] * busy[roster.agency_of[service]] for service in services]
    count = round(chance.gauss(1, 0.06) * VISITORS * BY_WEEKDAY[weekday])
    halves = chance.choices(range(len(BY_HALF_HOUR)), BY_HALF_HOUR, k=count)
    moments = [5 * chance.random() if chance.random() < AT_THE_DOOR else 30 * (h + chance.random()) for h in halves]
    picked = chance.choices(services, weights, k=count)
    return sorted((at, one, chance.random() < PRIORITY) for at, one in zip(moments, picked, strict=True))
