"""How long one waits, learnt from how long the hall's own people waited. Pure: no clock, no book, no Qt.

Whoever takes a number meets one of two things. Nobody is ahead and a counter stands empty: then it takes as long as
officers here take to look up, the *start*. Or a counter has to get free, once for each who is ahead and once more:
with several counters these are *rounds*, (ahead + 1) ÷ open counters, each as long as the *pace*, one counter's
minutes from call to call with all that lies between: papers, who does not come, pauses, lunch, a late beginning.

Pace and start are learnt by service, weekday and hour. Where few have been seen the wider cell is believed: the
service at any hour, the agency at that hour, the agency, at last the minutes of the site file.
"""

from bisect import bisect_left
from enum import IntEnum
from math import ceil
from statistics import fmean
from typing import NamedTuple

from hub.popularity import Taken, usual
from shared.hall import Agency, Service

UNTIL = (0.4, 0.7, 1.0, 2.0, 4.0, 8.0, float("inf"))
"""Waits of so many rounds at most spread alike: the first ones far, many of them hardly."""


class Front(IntEnum):
    """What somebody meets whom nobody is ahead of."""

    FREE = 0
    """An open counter stands empty."""
    QUIET = 1
    """Only counters stand empty that have called nobody for half an hour: perhaps nobody is there."""
    BUSY = 2
    """At each counter is somebody."""


class Hands(NamedTuple):
    """The counters that call: how many are open, and whether one is free."""

    opened: int
    front: Front


class Slot(NamedTuple):
    """When: the weekday (0: Monday) and the hour, in the hall's zone."""

    weekday: int
    hour: int


class Seen(NamedTuple):
    """One number of past weeks: what was so when it was taken, and the minutes until its first call."""

    agency: str
    service: str
    slot: Slot
    ahead: int
    hands: Hands
    minutes: float


class Wait(NamedTuple):
    """Minutes, rounded as people say them. `most`: nine of ten wait no longer; None where nothing is learnt yet."""

    likely: int
    most: int | None = None


class Table(NamedTuple):
    """What was learnt, flat, as it is kept. Keys: see `key_of`; those of `start` begin with the front.

    `pace`: minutes a round. `start`: minutes, likely and most. `spread`: by `UNTIL`, what pace × rounds is
    multiplied by and what it is at least, in rounds, each likely and most. `taken`: what is asked for, and when.
    """

    pace: dict[str, float]
    start: dict[str, tuple[float, float]]
    spread: dict[str, list[tuple[float, float, float, float]]]
    taken: Taken


class Cell(NamedTuple):
    """What the table says of one service in one hour: a row of `spread` each `UNTIL`, `start` each front but BUSY."""

    pace: float
    spread: list[tuple[float, float, float, float]]
    start: tuple[tuple[float, float], tuple[float, float]]

    def minutes(self, ahead: int, hands: Hands) -> tuple[float, float]:
        """Likely and most."""
        if ahead == 0 and hands.front is not Front.BUSY:
            return self.start[hands.front]
        rounds = (ahead + 1) / hands.opened
        likely, most, least, least_most = self.spread[bucket_of(rounds)]
        return self.pace * max(likely * rounds, least), self.pace * max(most * rounds, least_most)


class Estimates:
    """What people are told. Without a table: those ahead, each as long as the site file says, over open counters."""

    def __init__(self, table: Table | None = None) -> None:
        self._table = table
        self._cells: dict[tuple[str, str, Slot], Cell | None] = {}
        """Those that somebody asked for: every ticket taken asks."""

    def wait(self, agency: Agency, service: Service | None, slot: Slot, ahead: int, hands: Hands) -> Wait:
        """How long someone waits with so many `ahead`. `service` None: whichever of the agency's."""
        cell = self._table and self._cell(self._table, agency.id, service.id if service else "", slot)
        if not cell:
            minutes = service.minutes if service else fmean(one.minutes for one in agency.services)
            return Wait(ceil(ahead * minutes / hands.opened))
        likely, most = cell.minutes(ahead, hands)
        shown = said(likely)
        return Wait(shown, max(shown, said(most, up=True)))

    def usual(self, service: str, hour: int) -> int:
        """How much `service` is asked for about that hour (hub.popularity); 0 where nothing is learnt."""
        return usual(self._table.taken, service, hour) if self._table else 0

    def _cell(self, table: Table, agency: str, service: str, slot: Slot) -> Cell | None:
        asked = (agency, service, slot)
        if asked not in self._cells:
            self._cells[asked] = _cell_of(table, agency, service, slot)
        return self._cells[asked]


def _cell_of(table: Table, agency: str, service: str, slot: Slot) -> Cell | None:
    """The nearest cell that something was learnt of; None where nothing was."""
    of_hour, ever = key_of(agency, service, slot.hour), key_of(agency, service)
    pace = table.pace.get(key_of(agency, service, slot.hour, slot.weekday))
    pace = pace or table.pace.get(of_hour) or table.pace.get(ever)
    spread = table.spread.get(key_of(agency, "", slot.hour)) or table.spread.get(key_of(agency))
    free, quiet = (
        table.start.get(f"{int(front)} {of_hour}") or table.start.get(f"{int(front)} {ever}")
        for front in (Front.FREE, Front.QUIET)
    )
    return Cell(pace, spread, (free, quiet)) if pace and spread and free and quiet else None


def said(minutes: float, *, up: bool = False) -> int:
    """Minutes as people say them: whole ones to ten, then fives, over an hour tens; `up`: never fewer than are."""
    step = 1 if minutes < 10 else 5 if minutes < 60 else 10  # noqa: PLR2004  -- said in the docstring
    return step * (ceil(minutes / step) if up else round(minutes / step))


def key_of(agency: str, service: str = "", hour: int | None = None, weekday: int | None = None) -> str:
    """A cell's name; what is left out is any."""
    when = ("" if hour is None else f" @{hour}") + ("" if weekday is None else f"/{weekday}")
    return f"{agency} {service}{when}"


def bucket_of(rounds: float) -> int:
    """Which of `UNTIL` these are."""
    return bisect_left(UNTIL, rounds)
