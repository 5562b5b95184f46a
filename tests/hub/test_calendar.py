"""The national days off, by the figures of the decree for 2026: 17 holidays and 8 days of cuti bersama."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from hub.calendar import day_off
from hub.hours import DayOff

YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_2026_has_its_25_days_off() -> None:
    off = [found for day in YEAR if (found := day_off(day))]
    assert (len(off), sum("Cuti Bersama" in one.name for one in off)) == (25, 8)


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 8, 17), DayOff("Hari Kemerdekaan Republik Indonesia", "Independence Day")),
        (date(2026, 12, 24), DayOff("Cuti Bersama Hari Raya Natal", "Christmas Joint Holiday")),
        (date(2026, 2, 12), None),
        (date(2027, 1, 1), DayOff("Tahun Baru Masehi", "New Year's Day")),
    ],
)
def test_a_day_off_has_its_name_in_both_languages(day: date, off: DayOff | None) -> None:
    assert day_off(day) == off


def test_a_hub_without_opening_times_does_not_load_the_library() -> None:
    told = "import hub.calendar, hub.hours, sys; print('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "False\n"
