"""How many may overtake one, as a table; that no day breaks it is held in tests/hub/test_order.py."""

import pytest

from shared.bounds import is_bounded, overtakers_at_most
from shared.hall import Rules

FIRST_COME = Rules()
TWO_TO_ONE = Rules(order="ratio", priority=2, regular=1, longest_minutes=60)
DOUBLE = Rules(order="weighted", weight=2.0, longest_minutes=60)


@pytest.mark.parametrize(
    ("rules", "is_safe"),
    [
        (FIRST_COME, True),
        (TWO_TO_ONE, True),
        (Rules(order="ratio", priority=2, regular=1), True),
        (Rules(order="ratio", priority=2, regular=0), False),
        (Rules(order="ratio", priority=0, regular=1), False),
        (Rules(order="ratio", priority=2, regular=0, longest_minutes=30), True),
        (Rules(order="weighted", weight=2.0), False),
        (Rules(order="weighted", weight=1.0), True),
        (DOUBLE, True),
    ],
)
def test_rules_that_let_somebody_wait_for_ever_are_known(rules: Rules, is_safe: bool) -> None:
    assert is_bounded(rules) is is_safe


@pytest.mark.parametrize(
    ("rules", "in_front", "is_priority", "most"),
    [
        (FIRST_COME, 10, False, 0),
        (Rules(order="ratio"), 0, False, 2),
        (Rules(order="ratio"), 10, False, 22),
        (Rules(order="ratio"), 10, True, 6),
        (Rules(order="ratio", longest_minutes=30), 10, False, 15),
        (Rules(order="ratio", regular=0, longest_minutes=60), 10, False, 30),
        (DOUBLE, 10, False, 30),
        (Rules(order="weighted"), 10, False, None),
    ],
)
def test_so_many_may_overtake_one(rules: Rules, in_front: int, is_priority: bool, most: int | None) -> None:
    bound = overtakers_at_most(rules, in_front=in_front, lines=1, calls_an_hour=30, is_priority=is_priority)
    assert bound == most
