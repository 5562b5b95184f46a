"""How many overtake one, on simulated days at Balikpapan: `python -m benchmarks.overtaking` draws the docs' picture.

Shares of visits are the city's own of 2025, minutes and counters those of config/balikpapan.toml. How many come as
priority visitors, how the hours spread and how many counters are open are assumptions, chosen so that queues form.
"""

import heapq
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from hub.order import MINUTE_MS, Head, choose, remembered
from hub.turns import Line, line_of
from shared.bounds import overtakers_at_most
from shared.hall import Hall, Rules

SHARES = {"disdukcapil": 24.8, "dpmptsp": 19.3, "bankaltimtara": 18.4, "bpjs-kesehatan": 14.8, "kepolisian": 9.7}
"""Percent of visits, January to September 2025; the other agencies share the rest evenly."""
OPEN_MS = 7 * 60 * MINUTE_MS
"""08.00 to 15.00."""
RUSH_MS, RUSH_SHARE = 90 * MINUTE_MS, 0.4


@dataclass
class Visit:
    """One visitor. `in_front`: how many of the same class stood before in the queues of the lines that may call it."""

    head: Head
    agency: str
    takes_ms: int
    in_front: int = 0
    lines: int = 0
    overtakers: int = 0
    calls_meanwhile: int = 0
    """Calls by those lines until it was called, or had waited to the limit."""
    called_at: int = 0

    @property
    def waited_minutes(self) -> float:
        """From the taking to the call."""
        return (self.called_at - self.head.since) / MINUTE_MS

    def bound(self, rules: Rules) -> int | None:
        """How many may have overtaken it, by `shared.bounds`."""
        unlimited = rules.model_copy(update={"longest_minutes": 0})
        is_priority = self.head.is_priority
        by_order = overtakers_at_most(
            unlimited, in_front=self.in_front, lines=self.lines, calls_an_hour=0, is_priority=is_priority
        )
        bounds = [by_order, self.calls_meanwhile if rules.longest_minutes else None]
        return min((one for one in bounds if one is not None), default=None)


class Simulated:
    """One day: visitors come, counters call whom `hub.order` says, until nobody waits."""

    def __init__(self, hall: Hall, visits: list[Visit]) -> None:
        self._line_of = {counter.id: line_of(hall, counter) for counter in hall.counters}
        self._lately: dict[Line, list[bool]] = {line: [] for line in self._line_of.values()}
        self._waiting: list[Visit] = []
        self._idle = sorted(self._line_of)
        self._turn = count()
        self._soon: list[tuple[int, int, Visit | str]] = [(one.head.since, next(self._turn), one) for one in visits]

    def run(self) -> None:
        """Play it to its end."""
        heapq.heapify(self._soon)
        while self._soon:
            now, _, what = heapq.heappop(self._soon)
            if isinstance(what, Visit):
                self._join(what)
                self._idle = [counter for counter in self._idle if not self._call(counter, now)]
            elif not self._call(what, now):
                self._idle.append(what)

    def _lines(self, visit: Visit) -> set[Line]:
        return {line for line in self._line_of.values() if visit.agency in line.agencies}

    def _join(self, visit: Visit) -> None:
        lines = self._lines(visit)
        reached = {agency for line in lines for agency in line.agencies}
        ahead = [one for one in self._waiting if one.head.is_priority == visit.head.is_priority]
        visit.in_front, visit.lines = sum(one.agency in reached for one in ahead), len(lines)
        self._waiting.append(visit)

    def _call(self, counter: str, now: int) -> bool:
        """Whether this counter called somebody."""
        line = self._line_of[counter]
        here = {one.head.ticket: one for one in self._waiting if one.agency in line.agencies}
        choice = choose(line.rules, (one.head for one in here.values()), self._lately[line], now)
        if choice is None:
            return False
        called = here.pop(choice.ticket)
        self._waiting.remove(called)
        called.called_at = now
        self._lately[line] = [called.head.is_priority, *self._lately[line]][: remembered(line.rules)]
        limit = line.rules.longest_minutes * MINUTE_MS
        for one in here.values():
            one.overtakers += one.head.arrival < called.head.arrival
            one.calls_meanwhile += now - one.head.since < limit
        heapq.heappush(self._soon, (now + called.takes_ms, next(self._turn), counter))
        return True


def a_day(hall: Hall, chance: random.Random, *, visitors: int, priority: float) -> list[Visit]:
    """A day of so many visitors, `priority` of them (0 to 1) priority ones, all served."""
    visits = [
        Visit(
            Head(ticket, chance.random() < priority, since), agency, round(chance.expovariate(1 / (takes * MINUTE_MS)))
        )
        for ticket, (since, agency, takes) in enumerate(_coming(hall, chance, visitors), start=1)
    ]
    Simulated(hall, visits).run()
    return visits


def _coming(hall: Hall, chance: random.Random, visitors: int) -> Iterator[tuple[int, str, int]]:
    """Who comes when, to which agency, for a service of how many minutes."""
    rest = (100 - sum(SHARES.values())) / max(1, sum(agency.id not in SHARES for agency in hall.agencies))
    weights = [SHARES.get(agency.id, rest) for agency in hall.agencies]
    in_rush = round(visitors * RUSH_SHARE)
    whens = [chance.randrange(RUSH_MS) for _ in range(in_rush)]
    whens += [chance.randrange(RUSH_MS, OPEN_MS) for _ in range(visitors - in_rush)]
    for since in sorted(whens):
        agency = chance.choices(hall.agencies, weights)[0]
        yield since, agency.id, chance.choice(agency.services).minutes


def short_of_hands(hall: Hall, rules: Rules, *, counters: int = 1) -> Hall:
    """The hall under `rules`, with so many counters of each agency open: the others are at lunch."""
    seen: Counter[tuple[str, ...]] = Counter()
    kept = []
    for counter in hall.counters:
        seen[tuple(counter.agencies)] += 1
        if seen[tuple(counter.agencies)] <= counters:
            kept.append(counter)
    return hall.model_copy(update={"rules": rules, "counters": kept})
