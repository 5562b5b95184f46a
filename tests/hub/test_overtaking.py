"""Simulated days: what `shared.bounds` promises holds, and the order does what it is for."""

import random
from statistics import fmean

import pytest

from benchmarks.overtaking import Plans, Visit, a_day, short_of_hands
from shared.assets import CONFIG
from shared.bounds import appointments_at_most
from shared.hall import Appointments, Hall, Rules
from shared.site import load
from tests.hub.small_hall import small_hall

RATIO = Rules(order="ratio", priority=2, regular=1)
LIMITED = RATIO.model_copy(update={"longest_minutes": 60})
RULES = [
    Rules(),
    RATIO,
    LIMITED,
    Rules(order="ratio", priority=3, regular=2),
    Rules(order="ratio", priority=1, regular=3, longest_minutes=30),
    Rules(order="ratio", priority=1, regular=0, longest_minutes=60),
    Rules(order="weighted", weight=2.0, longest_minutes=60),
    Rules(order="weighted", weight=5.0, longest_minutes=30),
]


@pytest.fixture(scope="module")
def balikpapan() -> Hall:
    return load(CONFIG / "balikpapan.toml").hall("http://hub")


def days(hall: Hall, rules: Rules, *, priority: float = 0.3, visitors: int = 330, count: int = 3) -> list[Visit]:
    busy = short_of_hands(hall, rules, counters=2)
    each = (a_day(busy, random.Random(day), visitors=visitors, priority=priority) for day in range(count))  # noqa: S311  -- a simulation
    return [visit for day in each for visit in day]


@pytest.mark.parametrize("priority", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("rules", RULES, ids=lambda rules: f"{rules.order}-{rules.priority}-{rules.longest_minutes}")
def test_nobody_at_balikpapan_is_overtaken_more_often_than_promised(
    balikpapan: Hall, rules: Rules, priority: float
) -> None:
    for visit in days(balikpapan, rules, priority=priority, count=1):
        bound = visit.bound(rules)
        assert bound is not None
        assert visit.overtakers <= bound


@pytest.mark.parametrize("per_hour", [1, 4])
@pytest.mark.parametrize("rules", RULES, ids=lambda rules: f"{rules.order}-{rules.priority}-{rules.longest_minutes}")
def test_nor_with_appointments_and_journeys(balikpapan: Hall, rules: Rules, per_hour: int) -> None:
    busy = short_of_hands(balikpapan, rules, counters=2)
    booked = busy.model_copy(update={"appointments": Appointments(per_hour=per_hour)})
    for plans in (Plans(), Plans(journeys=0.5, booked=0.8)):
        visits = a_day(booked, random.Random(per_hour), visitors=330, priority=0.3, plans=plans)  # noqa: S311  -- a simulation
        assert any(visit.head.since < visit.came for visit in visits)
        assert any(visit.then is not None for visit in visits)
        bounds = [visit.bound(rules) for visit in visits]
        assert all(bound is not None and visit.overtakers <= bound for visit, bound in zip(visits, bounds, strict=True))


def test_appointments_do_pass_others_where_all_else_is_first_come(balikpapan: Hall) -> None:
    busy = short_of_hands(balikpapan, Rules(), counters=2)
    booked = busy.model_copy(update={"appointments": Appointments(per_hour=4)})
    visits = a_day(booked, random.Random(1), visitors=330, priority=0.3, plans=Plans(booked=0.8))  # noqa: S311  -- a simulation
    assert max(visit.overtakers for visit in visits) > 1
    journeys = a_day(busy, random.Random(1), visitors=330, priority=0.3, plans=Plans(journeys=0.5))  # noqa: S311  -- a simulation
    assert max(visit.overtakers for visit in journeys) == 0


@pytest.mark.parametrize(
    ("head_start", "late", "per_hour", "most"),
    [
        # Who came at 08.05 is passed by appointments after 07.50 and before 09.05: of the hours 07, 08 and 09
        (60, 15, 4, 12),
        (60, 0, 4, 8),
        (30, 0, 1, 2),
        (0, 0, 4, 0),
        (120, 60, 2, 8),
        (60, 15, 0, 0),
    ],
)
def test_so_many_appointments_may_pass_one(head_start: int, late: int, per_hour: int, most: int) -> None:
    rules = Appointments(head_start_minutes=head_start, late_minutes=late, per_hour=per_hour)
    assert appointments_at_most(rules) == most


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: f"{rules.order}-{rules.priority}-{rules.longest_minutes}")
def test_nor_where_counters_share_some_of_their_agencies(rules: Rules) -> None:
    for visit in days(small_hall(), rules, visitors=150):
        bound = visit.bound(rules)
        assert bound is not None
        assert visit.overtakers <= bound


def test_the_bound_of_a_ratio_is_reached(balikpapan: Hall) -> None:
    visits = days(balikpapan, RATIO)
    assert any(visit.overtakers == visit.bound(RATIO) for visit in visits if visit.in_front > 1)


def test_priority_visitors_wait_less_and_the_others_are_not_forgotten(balikpapan: Hall) -> None:
    first_come, limited = (days(balikpapan, rules, count=10) for rules in (Rules(), LIMITED))
    assert waited(limited, is_priority=True) < 0.7 * waited(first_come, is_priority=True)
    assert waited(limited, is_priority=False) < 1.5 * waited(first_come, is_priority=False)


def waited(visits: list[Visit], *, is_priority: bool) -> float:
    return fmean(visit.waited_minutes for visit in visits if visit.head.is_priority is is_priority)
