"""Learning how long one waits from numbers of past weeks: what `hub.estimates` asks. Pure: no clock, no book, no Qt.

Numbers are shown one by one and not kept: what is kept of them is as small for a million as for a thousand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from math import log
from statistics import fmean

from hub.estimates import UNTIL, Front, Seen, Table, bucket_of, key_of
from hub.popularity import Tally
from shared.hall import Hall

LEAST_SEEN = 100
"""With fewer numbers seen in the whole hall nothing is learnt yet."""

LIKELY, MOST = 0.5, 0.9
"""Half of those who are told so wait less than the likely minutes; nine of ten at most the other ones."""

_WEIGHT = 60.0
"""A wider cell counts as much as so many rounds of one's own; twice as much for one hour, four times for one weekday.

Chosen on simulated months of other seeds than the one that judges; between 30 and 100 it makes hardly a difference.
"""
_SPREAD_WEIGHT = 20.0
"""As `_WEIGHT`, for how far waits spread: so many visitors."""
_HOUR, _WEEKDAY = 2, 4

_SMALLEST, _STEP = 0.05, 1.1


class Heap:
    """Many figures, kept by their size to a tenth: the memory is small however many there are."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def add(self, figure: float) -> None:
        """One more."""
        self._counts[int(log(max(figure, _SMALLEST) / _SMALLEST) / log(_STEP))] += 1

    def __len__(self) -> int:
        """How many."""
        return self._counts.total()

    def part(self, part: float) -> float:
        """The figure that so great a part (0 to 1) of them is below. Of none it is 0."""
        wanted = part * self._counts.total()
        for size, count in sorted(self._counts.items()):
            if count >= wanted:
                return float(_SMALLEST * _STEP ** (size + wanted / count))
            wanted -= count
        return 0.0


class Learner:
    """Learns from numbers of past weeks, shown twice in any order: `count` all of them, then `spread`, then `table`."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._agencies = {agency.id: agency for agency in hall.agencies}
        self._minutes = {service.id: service.minutes for agency in hall.agencies for service in agency.services}
        self._sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        """Minutes waited and rounds, by cell."""
        self._starts: dict[str, Heap] = defaultdict(Heap)
        self._spreads: dict[str, Heap] = defaultdict(Heap)
        self._hours: set[int] = set()
        self._taken = Tally()
        self._seen = 0

    def count(self, seen: Seen) -> None:
        """How fast it went."""
        if self._minutes.get(seen.service) is None or seen.agency not in self._agencies:
            return
        self._seen += 1
        hour = seen.slot.hour
        self._hours.add(hour)
        self._taken.count(seen.service, hour)
        if _starts(seen):
            for cell in _start_cells(seen.hands.front, seen.agency, seen.service, hour):
                self._starts[cell].add(seen.minutes)
            return
        for cell, _ in _pace_cells(seen.agency, seen.service, hour, seen.slot.weekday):
            sums = self._sums[cell]
            sums[0] += seen.minutes
            sums[1] += _rounds(seen)

    def spread(self, seen: Seen) -> None:
        """How far it was from that."""
        if self._minutes.get(seen.service) is None or seen.agency not in self._agencies or _starts(seen):
            return
        rounds = _rounds(seen)
        expected = self._pace(seen.agency, seen.service, seen.slot.hour, seen.slot.weekday) * rounds
        for cell in _spread_cells(seen.agency, seen.slot.hour, bucket_of(rounds)):
            self._spreads[cell].add(seen.minutes / expected)

    def table(self) -> Table | None:
        """What was learnt; None where too few were seen."""
        if self._seen < LEAST_SEEN:
            return None
        return Table(dict(self._paces()), dict(self._flat_starts()), dict(self._flat_spreads()), self._taken.taken())

    def _pace(self, agency: str, service: str, hour: int | None, weekday: int | None) -> float:
        if service:
            pace: float = self._minutes[service]
        else:
            pace = fmean(one.minutes for one in self._agencies[agency].services)
        for cell, weight in _pace_cells(agency, service, hour, weekday):
            minutes, rounds = self._sums.get(cell, (0.0, 0.0))
            pace = (minutes + weight * pace) / (rounds + weight)
        return pace

    def _offered(self) -> Iterator[tuple[str, str]]:
        """Each agency's services; '' stands for whichever."""
        for agency in self._hall.agencies:
            yield agency.id, ""
            yield from ((agency.id, service.id) for service in agency.services)

    def _paces(self) -> Iterator[tuple[str, float]]:
        for (agency, service), hour in product(self._offered(), (None, *sorted(self._hours))):
            yield key_of(agency, service, hour), round(self._pace(agency, service, hour, None), 3)
            for weekday in range(7):
                if hour is not None and service and key_of(agency, service, hour, weekday) in self._sums:
                    pace = self._pace(agency, service, hour, weekday)
                    yield key_of(agency, service, hour, weekday), round(pace, 3)

    def _flat_starts(self) -> Iterator[tuple[str, tuple[float, float]]]:
        fronts = (Front.FREE, Front.QUIET)
        for front, (agency, service), hour in product(fronts, self._offered(), (None, *sorted(self._hours))):
            cells = [self._starts.get(cell) for cell in _start_cells(front, agency, service, hour)]
            likely, most = _believed(cells, LIKELY, 0.0), _believed(cells, MOST, 5.0)
            yield f"{int(front)} {key_of(agency, service, hour)}", (round(likely, 2), round(most, 2))

    def _flat_spreads(self) -> Iterator[tuple[str, list[tuple[float, float, float, float]]]]:
        for agency, hour in product(self._agencies, (None, *sorted(self._hours))):
            rows: list[tuple[float, float, float, float]] = []
            least = least_most = 0.0
            for bucket, until in enumerate(UNTIL):
                cells = [self._spreads.get(cell) for cell in _spread_cells(agency, hour, bucket)]
                likely, most = _believed(cells, LIKELY, 1.0), _believed(cells, MOST, 2.0)
                rows.append((round(likely, 3), round(most, 3), round(least, 3), round(least_most, 3)))
                # Who has more people ahead is never told to wait less.
                least, least_most = max(least, likely * until), max(least_most, most * until)
            yield key_of(agency, "", hour), rows


def _rounds(seen: Seen) -> float:
    return (seen.ahead + 1) / seen.hands.opened


def _starts(seen: Seen) -> bool:
    return seen.ahead == 0 and seen.hands.front is not Front.BUSY


def _pace_cells(agency: str, service: str, hour: int | None, weekday: int | None) -> Iterator[tuple[str, float]]:
    """From the widest cell to the nearest, each with the weight of what is believed before it."""
    yield key_of(agency), _WEIGHT
    if hour is not None:
        yield key_of(agency, "", hour), _WEIGHT
    if service:
        yield key_of(agency, service), _WEIGHT
    if service and hour is not None:
        yield key_of(agency, service, hour), _HOUR * _WEIGHT
        if weekday is not None:
            yield key_of(agency, service, hour, weekday), _WEEKDAY * _WEIGHT


def _start_cells(front: Front, agency: str, service: str, hour: int | None) -> Iterator[str]:
    yield f"{int(front)}"
    yield f"{int(front)} {key_of(agency)}"
    if hour is not None:
        yield f"{int(front)} {key_of(agency, '', hour)}"
    if service:
        yield f"{int(front)} {key_of(agency, service)}"


def _spread_cells(agency: str, hour: int | None, bucket: int) -> Iterator[str]:
    yield f"{bucket}"
    yield f"{bucket} {key_of(agency)}"
    if hour is not None:
        yield f"{bucket} {key_of(agency, '', hour)}"


def _believed(cells: list[Heap | None], part: float, otherwise: float) -> float:
    """That part of the nearest cell's figures, as far as it has enough of them; `cells` from the widest on."""
    believed = otherwise
    for cell in cells:
        if cell is not None:
            count = len(cell)
            believed = (count * cell.part(part) + _SPREAD_WEIGHT * believed) / (count + _SPREAD_WEIGHT)
    return believed
