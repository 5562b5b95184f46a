"""How many are ahead of one who waits. No HTTP, no SQL, nothing sent.

Told by arithmetic on how many wait, never by walking through the queue: see `hub.order.ahead_of`. What is kept here
is a guess for newcomers, a second old at most.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from hub.order import Arrival, Crowd, ahead_of, is_overdue, overdue_before, remembered, rivals_before
from hub.rows import Queue, TicketRow, arrival
from hub.store import Reading
from hub.turns import Line, Turns
from shared.hall import Hall, Rules

_KEPT_MS = 1000


class Place(NamedTuple):
    """Where the people of one service wait: the line that calls them, and the queues that all its counters share.

    `earlier` and `later`: queues that a counter empties before this one's or after. Where several lines call the
    same people, the one with the most counters says who is ahead; what is told is exact where there is one.
    """

    line: Line
    here: tuple[Queue, ...]
    earlier: tuple[Queue, ...] = ()
    later: tuple[Queue, ...] = ()

    @property
    def queues(self) -> tuple[Queue, ...]:
        """All of them."""
        return self.earlier + self.here + self.later


class Late(NamedTuple):
    """Who goes before others out of turn.

    `here`: the overdue of these queues, regular and priority; `elsewhere`: those of later queues; `lately`: what the
    newest calls will be once they are called.
    """

    here: tuple[int, int] = (0, 0)
    elsewhere: int = 0
    lately: tuple[bool, ...] = ()

    def ahead(self, rules: Rules, own: int, others: int, *, is_priority: bool) -> int:
        """How many go before one with `own` of its class in front and `others` of the other who may."""
        own_late, others_late = self.here[is_priority], self.here[not is_priority]
        crowd = Crowd(own, others, min(own, own_late), min(others, others_late))
        return self.elsewhere + ahead_of(rules, crowd, self.lately, is_priority=is_priority)


NOBODY = Late()


class Places:
    """Where the people of each service wait."""

    def __init__(self, hall: Hall, turns: Turns) -> None:
        self._turns = turns
        offered = [(agency.id, service.id) for agency in hall.agencies for service in agency.services]
        callers = {
            (agency, service): frozenset(
                counter.id
                for counter in hall.counters
                if agency in counter.agencies and service in (counter.services or [service])
            )
            for agency, service in offered
        }
        self._places = {one: self._place(one, callers) for one in offered}
        same: dict[Place, int] = {}
        self._group = {one: same.setdefault(place, len(same)) for one, place in self._places.items()}
        self._late: dict[int, tuple[int, Late]] = {}
        self._before: dict[str, set[str]] = {}
        """By agency: whose people may be called before its own."""
        for (agency, _), place in self._places.items():
            self._before.setdefault(agency, set()).update(queue.agency for queue in place.earlier + place.here)

    def _place(self, one: tuple[str, str], callers: dict[tuple[str, str], frozenset[str]]) -> Place:
        ours = callers[one]
        lines = [line for line, counters in self._turns.counters.items() if ours.intersection(counters)]
        if not lines:
            return Place(Line((one[0],), (), is_in_order=False, rules=Rules()), (Queue(one[0]),))
        line = max(lines, key=lambda line: len(self._turns.counters[line]))
        queues: dict[str, list[str]] = {}
        for (agency, service), theirs in callers.items():
            if ours <= theirs:
                queues.setdefault(agency, []).append(service)
        shared = [
            Queue(agency, () if len(services) == sum(other == agency for other, _ in callers) else tuple(services))
            for agency, services in queues.items()
        ]
        rank = line.rank(one[0])
        return Place(
            line,
            tuple(queue for queue in shared if line.rank(queue.agency) == rank),
            tuple(queue for queue in shared if line.rank(queue.agency) < rank),
            tuple(queue for queue in shared if line.rank(queue.agency) > rank),
        )

    def ahead(self, book: Reading, row: TicketRow, now: int) -> int:
        """How many would be called before this one by the rules in force, if nobody else came."""
        place = self._place_of(row)
        rules, head = place.line.rules, place.line.head(row)
        own = arrival(row)
        if is_overdue(rules, head, now):
            return _everybody(book, row.day, place.queues, before=own)
        same = _count(book, row.day, place.here, head.is_priority, before=own)
        others = _count(book, row.day, place.here, not head.is_priority, before=rivals_before(rules, head, now))
        late = self._read_late(book, row.day, place, now)
        return _earlier(book, row.day, place) + late.ahead(rules, same, others, is_priority=head.is_priority)

    def among(self, rows: list[TicketRow]) -> list[int]:
        """Of `rows`, a counter's in the order of their turns: how many would be called before each, whoever calls.

        Who waits for that counter alone comes after all before.
        """
        seen: Counter[tuple[str, str]] = Counter()
        places = []
        for row in rows:
            queues = {queue.agency: queue.services for queue in self._place_of(row).queues}
            before = (n for (agency, service), n in seen.items() if _is_in(queues, agency, service))
            places.append(seen.total() if row.for_counter else sum(before))
            seen[row.agency, row.service] += 1
        return places

    def newcomer(self, book: Reading, day: str, service: tuple[str, str], now: int, *, is_priority: bool) -> int:
        """How many would be ahead of someone who came now for this agency's service: every ticket taken asks.

        Nobody has waited less, so that all count unless a ratio makes turns.
        """
        place = self._places[service]
        regular = priority = 0
        for queue in place.here:
            of_queue = book.classes(day, queue)
            regular, priority = regular + of_queue[0], priority + of_queue[1]
        own, others = (priority, regular) if is_priority else (regular, priority)
        late = self._late_lately(book, day, service, now) if place.later or others else NOBODY
        return _earlier(book, day, place) + late.ahead(place.line.rules, own, others, is_priority=is_priority)

    def of_agency(self, counts: dict[str, int], agency: str) -> int:
        """How many would at most be ahead of someone who came now; `counts`: how many wait, by agency."""
        return sum(counts.get(other, 0) for other in self._before.get(agency, ()))

    def forget(self) -> None:
        """Some line has called, or took a call back: read anew what goes before a newcomer."""
        self._late.clear()

    def _place_of(self, row: TicketRow) -> Place:
        known = self._places.get((row.agency, row.service))
        return known or Place(Line((row.agency,), (), is_in_order=False, rules=Rules()), (Queue(row.agency),))

    def _late_lately(self, book: Reading, day: str, service: tuple[str, str], now: int) -> Late:
        group = self._group[service]
        kept_at, late = self._late.get(group, (0, NOBODY))
        if not kept_at <= now < kept_at + _KEPT_MS:
            late = self._read_late(book, day, self._places[service], now)
            self._late[group] = now, late
        return late

    def _read_late(self, book: Reading, day: str, place: Place, now: int) -> Late:
        rules = place.line.rules
        cut = overdue_before(rules, now)
        if rules.longest_minutes == 0 or (rules.order != "ratio" and not place.later):
            here, elsewhere = (0, 0), 0
        else:
            here = (_count(book, day, place.here, False, before=cut), _count(book, day, place.here, True, before=cut))  # noqa: FBT003  -- the two classes
            elsewhere = _everybody(book, day, place.later, before=cut)
        lately = self._turns.lately(book, place.line)
        if sum(here) + elsewhere:
            newest = book.newest_before(day, place.here + place.later, cut, remembered(rules))
            lately = [*newest, *lately][: remembered(rules)]
        return Late(here, elsewhere, tuple(lately))


def _is_in(queues: dict[str, tuple[str, ...]], agency: str, service: str) -> bool:
    return agency in queues and service in (queues[agency] or (service,))


def _earlier(book: Reading, day: str, place: Place) -> int:
    return sum(sum(book.classes(day, queue)) for queue in place.earlier)


def _count(book: Reading, day: str, queues: Iterable[Queue], is_priority: bool, *, before: Arrival | None) -> int:  # noqa: FBT001  -- a class of visitors, not a switch
    """How many of a class wait in these queues, all of them or those who came before."""
    if before is None:
        return sum(book.classes(day, queue)[is_priority] for queue in queues)
    return sum(book.class_before(day, queue, before, is_priority=is_priority) for queue in queues)


def _everybody(book: Reading, day: str, queues: tuple[Queue, ...], *, before: Arrival) -> int:
    return sum(_count(book, day, queues, one, before=before) for one in (False, True))
