"""Simulated days: what `shared.bounds` promises holds, and the order does what it is for."""

import random
from statistics import fmean

import pytest

from benchmarks.overtaking import Visit, a_day, short_of_hands
from shared.assets import CONFIG
from shared.hall import Hall, Rules
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
