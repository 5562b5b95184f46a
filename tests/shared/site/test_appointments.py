"""Appointments in a site file: what is read, and that without a cap they are refused."""

from pathlib import Path

import pytest

from shared.hall import Appointments
from shared.site import load
from tests.shared.site.sample import VALID, errors_in, write

LAST = len(VALID.splitlines()) + 1


def test_appointments_reach_the_hall_and_its_agencies(tmp_path: Path) -> None:
    text = VALID.replace('prefix = "A"', 'prefix = "A"\nappointments = { per_hour = 2, late_minutes = 5 }')
    hall = load(write(tmp_path, text + "[appointments]\nper_hour = 4\n")).hall("http://hub")
    assert hall.appointments == Appointments(per_hour=4, early_minutes=15, late_minutes=15, head_start_minutes=60)
    assert hall.agencies[0].appointments == Appointments(per_hour=2, late_minutes=5)


def test_without_the_table_a_hall_takes_none(tmp_path: Path) -> None:
    hall = load(write(tmp_path, VALID)).hall("http://hub")
    assert (hall.appointments, hall.agencies[0].appointments) == (None, None)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "[appointments]\nlate_minutes = 5\n",
            f"{LAST}: 'per_hour' belum diisi di [appointments]. Tambahkan, misalnya: per_hour = 4",
        ),
        (
            "[appointments]\nper_hours = 4\n",
            f"{LAST + 1}: Kunci 'per_hours' tidak dikenal di [appointments]. Maksudnya 'per_hour'?",
        ),
        (
            "[appointments]\nper_hour = 400\n",
            f"{LAST + 1}: 'per_hour' tidak dapat berisi 400. Isinya bilangan bulat 0–99.",
        ),
    ],
)
def test_appointments_without_a_cap_are_refused(tmp_path: Path, table: str, told: str) -> None:
    assert errors_in(tmp_path, VALID + table) == [told]
