"""How many overtake one, on simulated days at Balikpapan: `python -m benchmarks.overtaking` draws the docs' picture.

Shares of visits are the city's own of 2025, minutes and counters those of config/balikpapan.toml. How many come as
priority visitors, how the hours spread and how many counters are open are assumptions, chosen so that queues form;
so is how many have an appointment. One in ten needs a second counter.
"""

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from hub.appointments import appointments_of, arrival
from hub.order import MINUTE_MS, Head, choose, remembered
from hub.turns import Line, line_of
from shared.bounds import appointments_at_most, overtakers_at_most
from shared.hall import Hall, Rules

SHARES = {"disdukcapil": 24.8, "dpmptsp": 19.3, "bankaltimtara": 18.4, "bpjs-kesehatan": 14.8, "kepolisian": 9.7}
"""Percent of visits, January to September 2025; the other agencies share the rest evenly."""
OPEN_MS = 7 * 60 * MINUTE_MS
"""08.00 to 15.00."""
RUSH_MS, RUSH_SHARE = 90 * MINUTE_MS, 0.4


SLOT_MS = 15 * MINUTE_MS
"""Appointments are made for each quarter of an hour."""


class Plans(NamedTuple):
    """Shares (0 to 1) of visitors: who needs a second counter, and who comes with an appointment, where taken.

    Who has one comes about ten minutes before it, two in three within a quarter of an hour of that.
    """

    journeys: float = 0.1
    booked: float = 0.3


@dataclass(eq=False)
class Visit:
    """One visitor. `in_front`: how many of the same class stood before in the queues of the lines that may call it."""

    head: Head
    agency: str
    takes_ms: int
    came: int = 0
    """When its number was taken; earlier than that it counts as come for an appointment only. In ms."""
    joins: int = 0
    """When it begins to wait: later than it came where it came too early for its appointment. In ms."""
    then: "Visit | None" = None
    """Where the same number is called next, once this is over."""
    in_front: int = 0
    lines: int = 0
    appointments: int = 0
    """How many with an appointment may come later and stand before it, in all agencies of those lines."""
    overtakers: int = 0
    calls_meanwhile: int = 0
    """Calls by those lines until it was called, or had waited to the limit."""
    called_at: int = 0

    @property
    def waited_minutes(self) -> float:
        """From the taking to the call."""
        return (self.called_at - self.came) / MINUTE_MS

    def bound(self, rules: Rules) -> int | None:
        """How many may have overtaken it, by `shared.bounds`."""
        unlimited = rules.model_copy(update={"longest_minutes": 0})
        is_priority = self.head.is_priority
        by_order = overtakers_at_most(
            unlimited,
            in_front=self.in_front,
            lines=self.lines,
            calls_an_hour=0,
            is_priority=is_priority,
            appointments=self.appointments,
        )
        bounds = [by_order, self.calls_meanwhile + self.appointments if rules.longest_minutes else None]
        return min((one for one in bounds if one is not None), default=None)


class Simulated:
    """One day: visitors come, counters call whom `hub.order` says, until nobody waits."""

    def __init__(self, hall: Hall, visits: list[Visit]) -> None:
        self._line_of = {counter.id: line_of(hall, counter) for counter in hall.counters}
        self._lately: dict[Line, list[bool]] = {line: [] for line in self._line_of.values()}
        self._booked = {agency.id: _booked(hall, agency.id) for agency in hall.agencies}
        self._waiting: list[Visit] = []
        self._on_their_way: list[Visit] = []
        """Who is held, and later steps of journeys that are not there yet."""
        self._idle = sorted(self._line_of)
        self._turn = count()
        self._soon: list[tuple[int, int, Visit | str]] = [(one.came, next(self._turn), one) for one in visits]

    def run(self) -> None:
        """Play it to its end."""
        heapq.heapify(self._soon)
        while self._soon:
            now, _, what = heapq.heappop(self._soon)
            if isinstance(what, Visit):
                self._come(what, now)
                self._idle = [counter for counter in self._idle if not self._call(counter, now)]
            elif not self._call(what, now):
                self._idle.append(what)

    def _lines(self, visit: Visit) -> set[Line]:
        return {line for line in self._line_of.values() if visit.agency in line.agencies}

    def _come(self, visit: Visit, now: int) -> None:
        """A visitor takes a number, is no longer held, or goes on with the number to the next counter."""
        if visit in self._on_their_way:
            self._on_their_way.remove(visit)
        elif visit.then is not None:
            self._on_their_way.append(visit.then)
        if visit.joins > now:
            self._on_their_way.append(visit)
            heapq.heappush(self._soon, (visit.joins, next(self._turn), visit))
        else:
            self._join(visit)

    def _join(self, visit: Visit) -> None:
        lines = self._lines(visit)
        reached = {agency for line in lines for agency in line.agencies}
        others = [*self._waiting, *(one for one in self._on_their_way if one.head.ticket != visit.head.ticket)]
        ahead = [one for one in others if one.head.is_priority == visit.head.is_priority]
        ahead = [one for one in ahead if one.agency in reached and one.head.arrival < visit.head.arrival]
        visit.in_front, visit.lines = len(ahead), len(lines)
        visit.appointments = sum(self._booked[agency] for agency in reached)
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
            one.overtakers += (one.came, one.head.ticket) < (called.came, called.head.ticket)
            one.calls_meanwhile += now - one.head.since < limit
        done = now + called.takes_ms
        if called.then is not None:
            heapq.heappush(self._soon, (done, next(self._turn), called.then))
        heapq.heappush(self._soon, (done, next(self._turn), counter))
        return True


def a_day(
    hall: Hall, chance: random.Random, *, visitors: int, priority: float, plans: Plans | None = None
) -> list[Visit]:
    """A day of so many visitors, `priority` of them (0 to 1) priority ones, all served; one visit at each counter."""
    visits = [
        Visit(
            Head(ticket, chance.random() < priority, since),
            agency,
            round(chance.expovariate(1 / (takes * MINUTE_MS))),
            came=since,
        )
        for ticket, (since, agency, takes) in enumerate(_coming(hall, chance, visitors), start=1)
    ]
    if plans is not None:
        _plan(hall, chance, visits, plans)
    Simulated(hall, visits).run()
    return visits + [visit.then for visit in visits if visit.then is not None]


def _plan(hall: Hall, chance: random.Random, visits: list[Visit], plans: Plans) -> None:
    """Some have an appointment, some need a second counter."""
    came_for: defaultdict[tuple[str, int], int] = defaultdict(int)
    for visit in visits:
        if chance.random() < plans.booked:
            _book(hall, chance, visit, came_for)
        if chance.random() < plans.journeys:
            agency = chance.choice([one for one in hall.agencies if one.id != visit.agency])
            takes = round(chance.expovariate(1 / (chance.choice(agency.services).minutes * MINUTE_MS)))
            head = visit.head._replace(since=visit.came)  # as `hub.visits` sends it on
            visit.then = Visit(head, agency.id, takes, came=visit.came)


def _book(hall: Hall, chance: random.Random, visit: Visit, came_for: defaultdict[tuple[str, int], int]) -> None:
    """Give a visitor an appointment, unless it was missed or so many came for that hour already."""
    rules = appointments_of(hall, visit.agency)
    if rules is None:
        return
    about = visit.came + round(chance.gauss(10, 15)) * MINUTE_MS
    appointment = round(about / SLOT_MS) * SLOT_MS
    hour = (visit.agency, appointment // (60 * MINUTE_MS))
    came = arrival(rules, appointment, visit.came)
    if came.is_missed or came_for[hour] >= rules.per_hour:
        return
    came_for[hour] += 1
    visit.head, visit.joins = visit.head._replace(since=came.line_at), came.held_until or 0


def _booked(hall: Hall, agency: str) -> int:
    rules = appointments_of(hall, agency)
    return appointments_at_most(rules) if rules is not None else 0


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
