"""Weeks of a hall, simulated by the hub's own rules: what estimates of waiting are judged by.

Visitors come, officers come late, pause, call, wait for who does not come, go home; every number is taken and called by
the verbs of `hub.floor` and `hub.desk` on a real file, so that who waits how long is as true as the rules. What is
assumed of people stands in `benchmarks.life`. The same seed gives the same weeks, whatever is estimated in them.
"""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import NamedTuple

from benchmarks.life import (
    ATTENDED,
    CALLED_IN,
    CALLED_IN_AFTER,
    CANCELLED,
    EARLY,
    EARLY_BEFORE,
    PATIENCE,
    PAUSE,
    PAUSES,
    TURNS_AWAY,
    WALK,
    Officer,
    Roster,
    arrivals,
    gap,
    is_absent,
    lognormal,
    roster,
    visit_minutes,
)
from hub.rows import Standing, to_ms
from hub.store import Book, Store
from hub.verbs import Crew, crew_of
from shared.hall import Hall
from shared.wire import Finish, OnTicket, TakeTicket

OPENS = 8 * 60
LUNCH, FRIDAY_LUNCH = (240.0, 300.0), (210.0, 300.0)
CLOSES, FRIDAY_CLOSES = 420.0, 390.0
"""Minutes after 08.00: 12.00 to 13.00, Friday 11.30 to 13.00; 15.00, Friday 14.30. As config/balikpapan.toml has it."""
_FRIDAY = 4
_WORKDAYS = 5


class Visit(NamedTuple):
    """One number as it was given, and what became of it. `told`: what the hub said at the taking."""

    told: Standing
    weekday: int
    opened: int
    """How many counters were open then, by the hub's count."""
    called_at: int
    """ms."""

    @property
    def waited_minutes(self) -> float:
        """From the taking to the first call."""
        return (self.called_at - self.told.row.taken_at) / 60_000


@dataclass
class Desk:
    """A counter's day. `pauses`: (begin, minutes), in order. `idle_since`: None while somebody is here."""

    officer: Officer
    pauses: list[tuple[float, float]]
    goes_at: float
    has_gone: bool = False
    is_away: bool = False
    """On the way back, and will look by itself who waits."""
    idle_since: float | None = 0.0

    def back_at(self, now: float) -> float:
        """When the officer, who would call somebody now, is there to do so."""
        while self.pauses and self.pauses[0][0] <= now:
            begin, minutes = self.pauses.pop(0)
            left = begin if self.idle_since is not None and self.idle_since <= begin else now
            now = max(now, left + minutes)
        return now


class Month:
    """The hall of `seed`, day after day."""

    def __init__(self, hall: Hall, store: Store, *, seed: int, crew: Crew | None = None) -> None:
        """`crew`: the rules the days are played by, `hall`'s own when left out."""
        self.crew = crew or crew_of(hall)
        self._store, self._seed = store, seed
        self.roster: Roster = roster(hall, seed)

    def play(self, first: date, days: int) -> Iterator[Visit]:
        """So many working days from `first` on: who was called, in the order of the taking. Nobody waits overnight."""
        day = first
        for _ in range(days):
            while day.weekday() >= _WORKDAYS:
                day += timedelta(days=1)
            chance = random.Random(f"{self._seed} {day}")  # noqa: S311  -- a simulation
            book = self._store.begin()
            yield from Day(self.crew, book, self.roster, chance, day).run()
            self._store.commit()
            day += timedelta(days=1)


@dataclass(order=True)
class _Soon:
    at: float
    turn: int
    what: Callable[[], None] = field(compare=False)


class Day:
    """One day, from the first at the door until the last has been called."""

    def __init__(self, crew: Crew, book: Book, roster: Roster, chance: random.Random, day: date) -> None:
        self._crew, self._book, self._roster, self._chance = crew, book, roster, chance
        self._weekday = day.weekday()
        self._opening = datetime.combine(day, time(OPENS // 60), crew.floor.zone)
        self._lunch = FRIDAY_LUNCH if self._weekday == _FRIDAY else LUNCH
        self._closes = FRIDAY_CLOSES if self._weekday == _FRIDAY else CLOSES
        self._turn = count()
        self._soon: list[_Soon] = []
        self._now = 0.0
        self._taken: dict[int, tuple[Standing, int]] = {}
        self._called: dict[int, int] = {}
        self._desks = self._attended()

    def run(self) -> Iterator[Visit]:
        """Play it to its end."""
        for at, service, is_priority in arrivals(self._chance, self._roster, self._weekday):
            self._at(self._when_given(at), partial(self._come, service, is_priority))
        while self._soon:
            soon = heapq.heappop(self._soon)
            self._now = soon.at
            soon.what()
        for ticket, (told, opened) in self._taken.items():
            if ticket in self._called:
                yield Visit(told, self._weekday, opened, self._called[ticket])

    def _at(self, when: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._soon, _Soon(when, next(self._turn), what))

    @property
    def _clock(self) -> datetime:
        return self._opening + timedelta(minutes=self._now)

    def _when_given(self, at: float) -> float:
        """When one who comes at that minute can take a number."""
        begin, end = self._lunch
        if begin <= at < end:
            return end + 3 * self._chance.random()
        return at if at < self._closes else self._closes * self._chance.random() * 0.5

    # ------------------------------------------------------------ the officers

    def _attended(self) -> dict[str, Desk]:
        here = [one for one in self._roster.officers if self._chance.random() < ATTENDED[min(one.rank, 3)]]
        manned = {one.agency for one in here}
        here += [one for one in self._roster.officers if one.rank == 0 and one.agency not in manned]
        return {one.counter: self._desk(one, with_others=sum(o.agency == one.agency for o in here) > 1) for one in here}

    def _desk(self, officer: Officer, *, with_others: bool) -> Desk:
        chance = self._chance
        late = chance.expovariate(1 / self._roster.late[officer.agency])
        pauses = [(-1.0, late + 1)]
        begin, end = self._lunch
        if not officer.works_through:
            pauses.append((begin, end - begin + 8 * chance.random()))
        how_many = sum(chance.random() < PAUSES / 10 for _ in range(10))
        pauses += [(chance.uniform(20, self._closes), 3 + chance.expovariate(1 / (PAUSE - 3))) for _ in range(how_many)]
        is_early = with_others and chance.random() < EARLY
        goes_at = self._closes - (EARLY_BEFORE * chance.random() if is_early else 0)
        return Desk(officer, sorted(pauses), goes_at, idle_since=-2.0)

    def _ready(self, desk: Desk) -> None:
        """The officer would call the next."""
        back = desk.back_at(self._now)
        desk.is_away = back > self._now
        if desk.is_away:
            self._at(back, lambda: self._ready(desk))
            return
        if self._now >= desk.goes_at and self._others_stay(desk):
            desk.has_gone = True
        call = None if desk.has_gone else self._crew.floor.next(self._book, self._clock, desk.officer.counter)
        if call is None or call.ticket is None:
            if desk.has_gone and (there := self._book.at_counter(desk.officer.counter)):
                self._crew.desk.finish(self._book, self._clock, desk.officer.counter, Finish(ticket=there.id))
            desk.idle_since = self._now if desk.idle_since is None else desk.idle_since
            return
        desk.idle_since = None
        row = call.ticket
        self._called.setdefault(row.id, to_ms(self._clock))
        waited = (to_ms(self._clock) - row.taken_at) / 60_000
        if is_absent(self._chance, waited):
            self._at(self._now + PATIENCE, lambda: self._nobody_came(desk, row.id))
        else:
            walk = lognormal(self._chance, WALK, 0.4)
            self._at(self._now + walk, lambda: self._came(desk, row.id, row.service))

    def _others_stay(self, desk: Desk) -> bool:
        agency = desk.officer.agency
        return any(
            one is not desk and one.officer.agency == agency and not one.has_gone for one in self._desks.values()
        )

    def _nobody_came(self, desk: Desk, ticket: int) -> None:
        self._crew.desk.no_show(self._book, self._clock, desk.officer.counter, OnTicket(ticket=ticket))
        self._ready(desk)

    def _came(self, desk: Desk, ticket: int, service: str) -> None:
        officer = desk.officer
        if officer.says_served:
            self._crew.desk.serve(self._book, self._clock, officer.counter, OnTicket(ticket=ticket))
        takes = visit_minutes(self._chance, self._roster, officer, service, self._weekday, self._now)
        self._at(self._now + takes, lambda: self._done(desk, ticket))

    def _done(self, desk: Desk, ticket: int) -> None:
        if desk.officer.says_finished:
            self._crew.desk.finish(self._book, self._clock, desk.officer.counter, Finish(ticket=ticket))
        self._at(self._now + gap(self._chance), lambda: self._ready(desk))

    # ------------------------------------------------------------ the visitors

    def _come(self, service: str, is_priority: bool) -> None:  # noqa: FBT001  -- a class of visitors, not a switch
        floor, agency = self._crew.floor, self._roster.agency_of[service]
        if self._waiting_each(agency) > TURNS_AWAY:
            return
        opened = floor.open_counters(self._book, agency, floor.moment(self._book, self._clock))
        told = floor.take(self._book, self._clock, TakeTicket(service=service, priority=is_priority))
        if self._chance.random() < CANCELLED:
            floor.cancel(self._book, self._clock + timedelta(milliseconds=1), told.row.id)
            return
        self._taken[told.row.id] = told, opened
        self._call_in(agency)
        for desk in self._desks.values():
            if desk.officer.agency == agency and desk.idle_since is not None and not desk.has_gone:
                self._at(self._now + self._roster.notices(self._chance, agency), partial(self._notice, desk))

    def _call_in(self, agency: str) -> None:
        """Too many wait: a colleague comes to a counter that nobody attends."""
        ours = (one for one in self._roster.officers if one.agency == agency)
        more = next((one for one in ours if one.counter not in self._desks), None)
        if more is not None and self._waiting_each(agency) > CALLED_IN:
            desk = self._desks[more.counter] = Desk(more, [], self._closes, idle_since=self._now, is_away=True)
            self._at(self._now + CALLED_IN_AFTER, lambda: self._ready(desk))

    def _waiting_each(self, agency: str) -> float:
        """How many wait for each attended counter of this agency."""
        manned = sum(one.officer.agency == agency and not one.has_gone for one in self._desks.values())
        return self._book.waiting_counts(self._opening.date().isoformat()).get(agency, 0) / max(1, manned)

    def _notice(self, desk: Desk) -> None:
        if desk.idle_since is not None and not desk.has_gone and not desk.is_away:
            self._ready(desk)
