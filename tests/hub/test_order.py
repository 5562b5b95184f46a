"""Who is next, as tables that a hall's manager can read; and what holds for any hall, any crowd and any past.

In the tables `A1 … P9` wait: P for a priority visitor, a letter of the agency else, then the minutes waited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.order import (
    MINUTE_MS,
    Crowd,
    Head,
    ahead_of,
    choose,
    in_turn,
    is_overdue,
    overdue_before,
    remembered,
    rivals_before,
)
from shared.bounds import is_bounded, overtakers_at_most
from shared.hall import Rules
from shared.model import Reason

NOW = 10_000 * MINUTE_MS
FIRST_COME = Rules()
TWO_TO_ONE = Rules(order="ratio", priority=2, regular=1, longest_minutes=60)
DOUBLE = Rules(order="weighted", weight=2.0, longest_minutes=60)


def waits(text: str) -> Head:
    """`P12`: a priority visitor who has waited 12 minutes; `R12`: a regular one; `b:R12`: in the second queue."""
    queue, _, who = text.rpartition(":")
    minutes = int(who[1:])
    return Head(1000 - minutes, who[0] == "P", NOW - minutes * MINUTE_MS, 1 if queue else 0)


def flags(past: str) -> list[bool]:
    """`PPR`: the newest call was of a priority visitor."""
    return [letter == "P" for letter in past]


def told(head: Head) -> str:
    queue = "b:" if head.rank else ""
    return f"{queue}{'P' if head.is_priority else 'R'}{(NOW - head.since) // MINUTE_MS}"


@pytest.mark.parametrize(
    ("rules", "waiting", "newest_calls", "next_", "why"),
    [
        # First come: nobody asks who is a priority visitor
        (FIRST_COME, "", "", None, None),
        (FIRST_COME, "R12 P3", "", "R12", Reason.FIRST_COME),
        (FIRST_COME, "P12 R13", "PPPP", "R13", Reason.FIRST_COME),
        # Two priority visitors, then one regular
        (TWO_TO_ONE, "R12 P3", "", "P3", Reason.RATIO),
        (TWO_TO_ONE, "R12 P3", "P", "P3", Reason.RATIO),
        (TWO_TO_ONE, "R12 P3", "PP", "R12", Reason.RATIO),
        (TWO_TO_ONE, "R12 P3", "RPP", "P3", Reason.RATIO),
        (TWO_TO_ONE, "R12 P3", "PRPP", "P3", Reason.RATIO),
        (TWO_TO_ONE, "R12 P3", "PPRPP", "R12", Reason.RATIO),
        # Only one class waits: no turn is kept empty
        (TWO_TO_ONE, "R12 R3", "", "R12", Reason.FIRST_COME),
        (TWO_TO_ONE, "P12 P3", "PP", "P12", Reason.FIRST_COME),
        # Sixty minutes are enough, whoever's turn it is; the oldest first
        (TWO_TO_ONE, "R59 P3", "", "P3", Reason.RATIO),
        (TWO_TO_ONE, "R60 P3", "", "R60", Reason.LONGEST),
        (TWO_TO_ONE, "R61 P62", "PP", "P62", Reason.LONGEST),
        # A priority visitor's minutes count double
        (DOUBLE, "R12 P5", "", "R12", Reason.WEIGHTED),
        (DOUBLE, "R12 P7", "", "P7", Reason.WEIGHTED),
        (DOUBLE, "R12 P6", "", "R12", Reason.WEIGHTED),
        (DOUBLE, "R60 P31", "", "R60", Reason.LONGEST),
        (DOUBLE, "R12", "", "R12", Reason.FIRST_COME),
        # One agency's people before the next one's, within each the rule
        (TWO_TO_ONE, "R2 b:P40 b:R50", "", "R2", Reason.FIRST_COME),
        (TWO_TO_ONE, "R2 P1 b:P40", "", "P1", Reason.RATIO),
        (TWO_TO_ONE, "b:P40 b:R50", "", "b:P40", Reason.RATIO),
        (TWO_TO_ONE, "R2 b:R60", "", "b:R60", Reason.LONGEST),
    ],
)
def test_the_next_is(rules: Rules, waiting: str, newest_calls: str, next_: str | None, why: Reason | None) -> None:
    heads = [waits(one) for one in waiting.split()]
    choice = choose(rules, heads, flags(newest_calls), NOW)
    by_ticket = {head.ticket: told(head) for head in heads}
    assert (choice and by_ticket[choice.ticket], choice and choice.why.kind) == (next_, why)


@pytest.mark.parametrize(
    ("priority", "regular", "calls"),
    [(2, 1, "PPRPPRPPR"), (1, 1, "PRPRPRPRP"), (1, 2, "PRRPRRPRR"), (3, 2, "PPPRRPPPR"), (1, 0, "PPPPPPPPP")],
)
def test_a_ratio_falls_into_its_pattern(priority: int, regular: int, calls: str) -> None:
    rules = Rules(order="ratio", priority=priority, regular=regular)
    crowd = [Head(i, i % 2 == 0, NOW - 20 + i) for i in range(20)]
    by_ticket = {head.ticket: "P" if head.is_priority else "R" for head in crowd}
    turns = in_turn(rules, crowd, (), NOW)
    assert "".join(by_ticket[turn.ticket] for turn in turns)[: len(calls)] == calls


def test_who_came_in_the_same_moment_is_called_by_number() -> None:
    heads = [Head(ticket, is_priority=False, since=NOW) for ticket in (7, 5, 6)]
    assert [turn.ticket for turn in in_turn(TWO_TO_ONE, heads, (), NOW)] == [5, 6, 7]


@pytest.mark.parametrize(
    ("rules", "waiting", "facts"),
    [
        (FIRST_COME, "R14", {"kind": "first_come", "waited_minutes": 14}),
        (TWO_TO_ONE, "P14 R20", {"kind": "ratio", "waited_minutes": 14, "priority": 2, "regular": 1}),
        (DOUBLE, "P14 R20", {"kind": "weighted", "waited_minutes": 14, "weight": 2.0}),
        (DOUBLE, "P14 R75", {"kind": "longest", "waited_minutes": 75, "longest_minutes": 60}),
    ],
)
def test_a_reason_tells_the_figures_of_its_rule(rules: Rules, waiting: str, facts: dict[str, object]) -> None:
    choice = choose(rules, [waits(one) for one in waiting.split()], (), NOW)
    assert choice
    assert choice.why.facts == facts


# ---------------------------------------------------------------- any hall, any crowd, any past

ratios = st.builds(
    Rules,
    order=st.just("ratio"),
    priority=st.integers(1, 5),
    regular=st.integers(0, 5),
    longest_minutes=st.sampled_from([0, 10, 60]),
)
weights = st.builds(
    Rules,
    order=st.just("weighted"),
    weight=st.sampled_from([1.0, 1.5, 2.0, 4.0]),
    longest_minutes=st.sampled_from([0, 10, 60]),
)
any_rules = st.one_of(st.builds(Rules, longest_minutes=st.sampled_from([0, 10])), ratios, weights)
pasts = st.lists(st.booleans(), max_size=12)


@st.composite
def crowds(draw: st.DrawFn, *, queues: int = 1) -> list[Head]:
    """Who waits, in order of arrival; several may have come in the same moment."""
    waited = sorted(draw(st.lists(st.integers(0, 90), max_size=40)), reverse=True)
    return [
        Head(i, draw(st.booleans()), NOW - minutes * MINUTE_MS, draw(st.integers(0, queues - 1)))
        for i, minutes in enumerate(waited, start=1)
    ]


@given(any_rules, crowds(queues=2), pasts)
def test_everybody_is_called_once_and_each_class_in_order_of_arrival(
    rules: Rules, crowd: list[Head], lately: list[bool]
) -> None:
    turns = [turn.ticket for turn in in_turn(rules, crowd, lately, NOW)]
    assert sorted(turns) == [head.ticket for head in crowd]
    for queue in {(head.rank, head.is_priority) for head in crowd}:
        ours = [head.ticket for head in crowd if (head.rank, head.is_priority) == queue]
        assert [ticket for ticket in turns if ticket in ours] == ours


@given(any_rules, crowds(), pasts, st.integers(0, 50))
def test_the_first_of_the_turns_are_the_same_however_many_are_asked(
    rules: Rules, crowd: list[Head], lately: list[bool], most: int
) -> None:
    assert in_turn(rules, crowd, lately, NOW, most=most) == in_turn(rules, crowd, lately, NOW)[:most]


@given(any_rules, crowds(queues=2), pasts, st.randoms(use_true_random=False))
def test_the_same_state_gives_the_same_next_in_whatever_order_it_is_read(
    rules: Rules, crowd: list[Head], lately: list[bool], chance: object
) -> None:
    shuffled = list(crowd)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(rules, shuffled, lately, NOW) == choose(rules, crowd, lately, NOW)


@given(ratios, crowds(), pasts)
def test_only_the_first_of_each_class_matters(rules: Rules, crowd: list[Head], lately: list[bool]) -> None:
    firsts = [next((head for head in crowd if head.is_priority is one), None) for one in (True, False)]
    heads = [head for head in firsts if head]
    assert choose(rules, heads, lately, NOW) == choose(rules, crowd, lately, NOW)


def counted(rules: Rules, crowd: list[Head], lately: Sequence[bool], one: Head) -> int:
    """How many are called before `one`, from counts alone, as the floor asks them of the book."""
    if is_overdue(rules, one, NOW):
        return sum(other.arrival < one.arrival for other in crowd)
    cut = rivals_before(rules, one, NOW)
    rivals = [other for other in crowd if other.is_priority != one.is_priority]
    others = [other for other in rivals if cut is None or other.arrival < cut]
    own = [other for other in crowd if other.is_priority == one.is_priority and other.arrival < one.arrival]
    late = [other for other in crowd if other.arrival < overdue_before(rules, NOW)]
    recent = [*(other.is_priority for other in reversed(late)), *lately][: remembered(rules)]
    own_late, others_late = (sum(other in late for other in group) for group in (own, others))
    return ahead_of(rules, Crowd(len(own), len(others), own_late, others_late), recent, is_priority=one.is_priority)


@given(any_rules, crowds(), pasts)
def test_counts_say_as_many_ahead_as_calling_everybody_would(
    rules: Rules, crowd: list[Head], lately: list[bool]
) -> None:
    turns = [turn.ticket for turn in in_turn(rules, crowd, lately, NOW)]
    assert {one.ticket: counted(rules, crowd, lately, one) for one in crowd} == {
        ticket: place for place, ticket in enumerate(turns)
    }


@st.composite
def days(draw: st.DrawFn) -> list[tuple[int, bool | None]]:
    """What happens in a line, with the minutes before each: a priority visitor comes, a regular one, or a call."""
    kinds = st.sampled_from([True, True, False, None, None])
    return draw(st.lists(st.tuples(st.integers(0, 3), kinds), max_size=120))


@given(ratios.filter(is_bounded), days())
def test_no_day_breaks_the_bound_of_a_ratio(rules: Rules, day: list[tuple[int, bool | None]]) -> None:
    waiting: list[Head] = []
    lately: list[bool] = []
    in_front: dict[int, int] = {}
    passed: dict[int, int] = {}
    now = NOW
    for number, (minutes, what) in enumerate(day):
        now += minutes * MINUTE_MS
        if what is not None:
            in_front[number] = sum(head.is_priority == what for head in waiting)
            passed[number] = 0
            waiting.append(Head(number, what, now))
        elif choice := choose(rules, waiting, lately, now):
            called = next(head for head in waiting if head.ticket == choice.ticket)
            waiting.remove(called)
            lately.insert(0, called.is_priority)
            for head in waiting:
                passed[head.ticket] += head.arrival < called.arrival
            bound = overtakers_at_most(
                rules.model_copy(update={"longest_minutes": 0}),
                in_front=in_front[called.ticket],
                lines=1,
                calls_an_hour=0,
                is_priority=called.is_priority,
            )
            assert bound is None or passed[called.ticket] <= bound


@dataclass
class Stint:
    """One in a line: how many of its own class came before and are there, or came back since; which calls stand."""

    in_front: int
    returned: int = 0
    passed: set[int] = field(default_factory=set)


class SlippingLine:
    """A line whose officers take calls back. `is_slip`: as if never made; else who did not come is there after all."""

    def __init__(self, rules: Rules, *, is_slip: bool) -> None:
        self.rules, self.is_slip = rules, is_slip
        self.there: dict[int, Head] = {}
        self.stints: dict[int, Stint] = {}
        self.calls: list[Head] = []
        self.lately: list[Head] = []

    def join(self, head: Head) -> None:
        own = [one for one in self.there.values() if one.is_priority == head.is_priority]
        for later in (one for one in own if one.arrival > head.arrival):
            self.stints[later.ticket].returned += 1
        self.stints[head.ticket] = Stint(sum(one.arrival < head.arrival for one in own))
        self.there[head.ticket] = head

    def come_back(self, calls_ago: int) -> None:
        if calls_ago >= len(self.calls):
            return
        back = self.calls.pop(calls_ago)
        if self.is_slip:
            self.lately = [one for one in self.lately if one is not back]
            for stint in self.stints.values():
                stint.passed.discard(back.ticket)
        self.join(back._replace())

    def call(self, now: int) -> None:
        choice = choose(self.rules, self.there.values(), [one.is_priority for one in self.lately], now)
        if choice is None:
            return
        called, stint = self.there.pop(choice.ticket), self.stints.pop(choice.ticket)
        self.calls.insert(0, called)
        self.lately.insert(0, called)
        for other, head in self.there.items():
            if head.arrival < called.arrival:
                self.stints[other].passed.add(called.ticket)
        bound = overtakers_at_most(
            self.rules.model_copy(update={"longest_minutes": 0}),
            in_front=stint.in_front,
            lines=1,
            calls_an_hour=0,
            is_priority=called.is_priority,
            returned=stint.returned,
        )
        assert bound is None or len(stint.passed) <= bound


slips = st.lists(st.sampled_from(["P", "P", "R", "call", "call", "call", "0", "1", "2"]), max_size=120)


@given(ratios.filter(is_bounded), slips, st.booleans())
def test_whoever_comes_back_is_in_front_once_more_and_no_day_breaks_that_bound(
    rules: Rules, day: list[str], is_slip: bool
) -> None:
    line = SlippingLine(rules, is_slip=is_slip)
    for number, what in enumerate(day):
        if what == "call":
            line.call(NOW + number)
        elif what.isdecimal():
            line.come_back(int(what))
        else:
            line.join(Head(number, what == "P", NOW + number))


def test_a_call_that_is_undone_again_and_again_exceeds_the_bound_without_those_returns() -> None:
    """2 : 1. P P, then R1; while it is undone the next counter calls P P: R1 is in front of R2 each time anew."""
    line = SlippingLine(TWO_TO_ONE.model_copy(update={"longest_minutes": 0}), is_slip=True)
    for number, what in enumerate("RR" + "P" * 12):
        line.join(Head(number, what == "P", NOW + number))
    for _ in range(2):
        line.call(NOW)
    for _ in range(3):
        for _ in range(3):  # R1, then P P at the next counter
            line.call(NOW)
        line.come_back(2)
    stint = line.stints[1]
    assert (stint.in_front, stint.returned) == (1, 3)
    unsaid = overtakers_at_most(line.rules, in_front=1, lines=1, calls_an_hour=0, is_priority=False)
    assert unsaid is not None
    assert unsaid < len(stint.passed)


@given(st.one_of(ratios, weights).filter(lambda rules: rules.longest_minutes > 0), days())
def test_who_waited_to_the_limit_is_passed_by_nobody_more(rules: Rules, day: list[tuple[int, bool | None]]) -> None:
    waiting: list[Head] = []
    now = NOW
    for number, (minutes, what) in enumerate(day):
        now += minutes * MINUTE_MS
        if what is not None:
            waiting.append(Head(number, what, now))
        elif choice := choose(rules, waiting, (), now):
            called = next(head for head in waiting if head.ticket == choice.ticket)
            waiting.remove(called)
            assert not any(is_overdue(rules, head, now) and head.arrival < called.arrival for head in waiting)
