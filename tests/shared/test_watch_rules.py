import pytest

from shared.watch_rules import RESTART, TAKEN, End, Patience, falls_in_a_row, pause_s


@pytest.mark.parametrize(
    ("end", "is_meant", "reason"),
    [
        (End(0, 9), True, "status 0"),
        (End(TAKEN, 9), True, "status 73"),
        (End(2, 0.4, began=False), True, "status 2"),
        (End(2, 9), False, "status 2"),
        (End(RESTART, 9), False, "asked"),
        (End(1, 0.4, began=False), False, "status 1"),
        (End(-11, 9), False, "signal 11"),
        (End(-9, 9, froze=True), False, "froze"),
        (End(0, 9, froze=True), False, "froze"),
        (End(-15, 30, began=False, froze=True), False, "never began"),
    ],
)
def test_only_who_was_meant_to_end_stays_away(end: End, is_meant: bool, reason: str) -> None:
    assert (end.is_meant, end.reason) == (is_meant, reason)


@pytest.mark.parametrize(
    ("before", "end", "falls"),
    [
        (0, End(1, 3), 1),
        (4, End(-9, 3, froze=True), 5),
        (4, End(1, 60), 0),
        (4, End(RESTART, 3), 0),
    ],
)
def test_falls_soon_after_a_start_are_counted(before: int, end: End, falls: int) -> None:
    assert falls_in_a_row(before, end, Patience()) == falls


def test_it_never_gives_up_and_waits_longer_each_time() -> None:
    assert [pause_s(falls) for falls in range(9)] == [0, 0, 0, 1, 2, 4, 8, 10, 10]


def test_from_a_freeze_to_a_new_start_there_is_room_for_a_slow_pcs_first_frame() -> None:
    patience = Patience()
    assert patience.silent_s + patience.late_s + patience.grace_s <= 5
