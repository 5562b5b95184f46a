"""Who is next, and why. Pure: no clock, no book, no Qt.

A line is what the counters that serve the same people under the same rules call from. In each line priority and
regular visitors stand in order of arrival, so that only the first of each can be next. What was called lately is
read from the events and never remembered: the same state always gives the same next.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import NamedTuple

from pydantic_core import to_json

from shared.hall import Rules
from shared.model import Reason

MINUTE_MS = 60_000

Arrival = tuple[int, int]
"""The order of arrival: the moment in ms, then the ticket's id."""


class Head(NamedTuple):
    """One who waits. `since`: when it joined its queue, ms. `rank`: its queue's place, lower ones are called before."""

    ticket: int
    is_priority: bool
    since: int
    rank: int = 0

    @property
    def arrival(self) -> Arrival:
        """Who came first."""
        return self.since, self.ticket


class Why(NamedTuple):
    """Why this one: the rule that decided, how long it has waited; first come where only one class waits."""

    kind: Reason
    waited_minutes: int
    rules: Rules
    appointment: str = ""
    """For which it stood in the line before it came (ISO 8601)."""

    @property
    def facts(self) -> dict[str, object]:
        """As it stands in the event: the figures of the rule that decided, no others."""
        rules = self.rules
        figures: dict[Reason, dict[str, object]] = {
            Reason.RATIO: {"priority": rules.priority, "regular": rules.regular},
            Reason.WEIGHTED: {"weight": rules.weight},
            Reason.LONGEST: {"longest_minutes": rules.longest_minutes},
        }
        facts = {"kind": self.kind.value, "waited_minutes": self.waited_minutes} | figures.get(self.kind, {})
        return facts | {"appointment": self.appointment} if self.appointment else facts

    @property
    def text(self) -> str:
        """`facts` as JSON text."""
        return to_json(self.facts).decode()


class Choice(NamedTuple):
    """Who is next, and why."""

    ticket: int
    why: Why


def choose(rules: Rules, heads: Iterable[Head], lately: Sequence[bool], now: int) -> Choice | None:
    """Who is next of `heads`, the first of each queue and class; None when nobody waits.

    `lately`: whether the newest calls of this line were of priority visitors, newest first; `remembered` of them
    are looked at.
    """
    in_order = sorted(heads, key=lambda head: head.arrival)
    if not in_order:
        return None
    first = in_order[0]
    if is_overdue(rules, first, now):
        return _choice(first, Reason.LONGEST, rules, now)
    rank = min(head.rank for head in in_order)
    here = [head for head in in_order if head.rank == rank]
    rival = next((head for head in here if head.is_priority != here[0].is_priority), None)
    if rival is None or rules.order == "first_come":
        return _choice(here[0], Reason.FIRST_COME, rules, now)
    if rules.order == "ratio":
        wants_priority = turn_of_priority(rules, lately)
        return _choice(here[0] if here[0].is_priority == wants_priority else rival, Reason.RATIO, rules, now)
    is_ahead = _score(rules, rival, now) > _score(rules, here[0], now)
    return _choice(rival if is_ahead else here[0], Reason.WEIGHTED, rules, now)


def is_overdue(rules: Rules, head: Head, now: int) -> bool:
    """Whether it has waited so long that it comes before everybody who came later."""
    return rules.longest_minutes > 0 and now - head.since >= rules.longest_minutes * MINUTE_MS


def remembered(rules: Rules) -> int:
    """How many of the newest calls decide whose turn it is."""
    return rules.priority + rules.regular - 1 if rules.order == "ratio" else 0


def turn_of_priority(rules: Rules, lately: Sequence[bool]) -> bool:
    """Whether a priority visitor is next where both wait, under a ratio P : R.

    So it is while fewer than P of the last P + R - 1 calls were of priority visitors: with this one they are at
    most P of any P + R in a row. From any past the calls fall into the pattern, P priority and R regular, within
    P + R calls.
    """
    return sum(lately[: remembered(rules)]) < rules.priority


def _score(rules: Rules, head: Head, now: int) -> float:
    return (now - head.since) * (rules.weight if head.is_priority else 1.0)


def _choice(head: Head, kind: Reason, rules: Rules, now: int) -> Choice:
    return Choice(head.ticket, Why(kind, max(0, now - head.since) // MINUTE_MS, rules))


def in_turn(
    rules: Rules, waiting: Iterable[Head], lately: Sequence[bool], now: int, *, most: int | None = None
) -> list[Choice]:
    """The first `most` who wait, as they would be called if nobody else came and the clock stood still. None: all."""
    queues: dict[tuple[int, bool], deque[Head]] = {}
    for head in sorted(waiting, key=lambda head: head.arrival):
        queues.setdefault((head.rank, head.is_priority), deque()).append(head)
    called = deque(lately[: remembered(rules)], maxlen=remembered(rules))
    turns: list[Choice] = []
    while len(turns) != most and (choice := choose(rules, (queue[0] for queue in queues.values()), tuple(called), now)):
        turns.append(choice)
        key = next(key for key, queue in queues.items() if queue[0].ticket == choice.ticket)
        called.appendleft(key[1])
        queues[key].popleft()
        if not queues[key]:
            del queues[key]
    return turns


class Crowd(NamedTuple):
    """Who else waits in a line, seen from one who is not overdue.

    `own_before`: how many of its own class came before it; `others`: how many of the other class came
    `rivals_before`; both with those of them who are overdue.
    """

    own_before: int
    others: int
    own_overdue: int = 0
    others_overdue: int = 0


def ahead_of(rules: Rules, crowd: Crowd, lately: Sequence[bool], *, is_priority: bool) -> int:
    """How many would be called before one who stands behind `crowd`, if nobody else came: `in_turn` by arithmetic.

    `lately`: what the newest calls will be once the overdue are called: these come first, whoever they are. Then the
    ratio gives own and others their turns until this one's, or until no others are left. Without a
    ratio `crowd` holds just those who are ahead: all others for a newcomer, whose own waiting weighs nothing yet.
    """
    own, others = crowd.own_before - crowd.own_overdue, crowd.others - crowd.others_overdue
    if rules.order == "ratio" and others:
        others = min(others, _others_between(rules, lately, own, most=others, is_priority=is_priority))
    return crowd.own_overdue + crowd.others_overdue + own + others


def rivals_before(rules: Rules, head: Head, now: int) -> Arrival | None:
    """Who of the other class came before this moment may be called before `head`; None: whenever they came.

    Where waiting time is weighed this is where both weigh the same, or where the overdue end.
    """
    if rules.order == "ratio":
        return None
    if rules.order == "first_come":
        return head.arrival
    waited = now - head.since
    even = now - waited * rules.weight if head.is_priority else now - waited / rules.weight
    cut = (floor(even) + 1, 0) if head.is_priority else (ceil(even), 0)
    return max(head.arrival if even == head.since else cut, overdue_before(rules, now))


def overdue_before(rules: Rules, now: int) -> Arrival:
    """Who came before this moment is overdue."""
    return (now - rules.longest_minutes * MINUTE_MS + 1, 0) if rules.longest_minutes else (0, 0)


def _others_between(rules: Rules, lately: Sequence[bool], own: int, *, most: int, is_priority: bool) -> int:
    """How many others the pattern calls until it has called `own` and one of this class; `most` others wait.

    The pattern's own period is P + R, so that whole rounds are divided out and only the first two are walked.
    """
    period, a_round = rules.priority + rules.regular, rules.priority if is_priority else rules.regular
    called = list(lately[: period - 1])
    of_priority, others = sum(called), 0
    for step in range(4 * period):
        if step == period and a_round:
            others += own // a_round * (period - a_round)
            own %= a_round
        turn = of_priority < rules.priority  # as `turn_of_priority`, counted along
        called.insert(0, turn)
        of_priority += turn - (called.pop() if len(called) >= period else 0)
        if turn != is_priority:
            others += 1
        elif own == 0:
            return others
        else:
            own -= 1
        if others >= most:
            return most
    return most  # this class gets no turn while the other waits
