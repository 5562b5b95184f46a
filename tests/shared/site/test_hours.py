"""The opening times of a site file: what is read, and what is told of a wrong one."""

from datetime import date
from pathlib import Path

import pytest

from shared.sessions import sessions_of
from shared.site import load
from tests.shared.site.sample import VALID, errors_in, write

HOURS = """
[hours]
weekdays = "08.00-12.00, 13.00-15.00"
friday = "08.00-11.30, 13.00-14.30"
cutoff_minutes = 15
end_of_day = "carry"

[[hours.season]]
name = "Ramadan 1448 H"
first_day = 2027-02-08
last_day = 2027-03-09
weekdays = "08.00-14.00"

[[day]]
date = 2026-12-29
name = "Hari jadi"
"""
OWN = 'minutes = 7\nhours = { monday = "closed" }\nquota = { day = 40, morning = 25 }\n'


def test_hours_reach_the_hall_whole(tmp_path: Path) -> None:
    hall = load(write(tmp_path, VALID.replace("minutes = 7\n", OWN) + HOURS)).hall("http://hub")
    assert hall.hours is not None
    assert (hall.hours.on(0), hall.hours.on(4), hall.hours.on(5)) == (
        "08.00-12.00, 13.00-15.00",
        "08.00-11.30, 13.00-14.30",
        None,
    )
    assert (hall.hours.cutoff_minutes, hall.hours.end_of_day) == (15, "carry")
    assert [(season.first_day, season.on(4)) for season in hall.hours.seasons] == [(date(2027, 2, 8), "08.00-14.00")]
    assert [(day.date, day.hours) for day in hall.days] == [(date(2026, 12, 29), "closed")]
    service = hall.service("disdukcapil-ktp")
    assert service.hours is not None
    assert service.hours.on(0) == "closed"
    assert service.quota is not None
    assert (service.quota.day, service.quota.morning, service.quota.afternoon) == (40, 25, None)


def test_without_hours_a_hall_has_none(tmp_path: Path) -> None:
    hall = load(write(tmp_path, VALID)).hall("http://hub")
    assert (hall.hours, hall.days, hall.agencies[0].hours, hall.agencies[0].quota) == (None, [], None, None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("08.00-15.00", [(480, 900)]),
        ("8:00–15:30", [(480, 930)]),
        ("08.00-12.00, 13.00-15.00", [(480, 720), (780, 900)]),
        ("00.00-24.00", [(0, 1440)]),
        ("closed", []),
    ],
)
def test_times_are_read_as_people_write_them(text: str, minutes: list[tuple[int, int]]) -> None:
    assert [tuple(session) for session in sessions_of(text)] == minutes


@pytest.mark.parametrize(
    "text",
    ["", "8-15", "15.00-08.00", "08.00-08.00", "22.00-02.00", "08.00-25.00", "08.60-09.00", "13.00-15.00, 08.00-12.00"],
)
def test_times_that_mean_nothing_are_refused_with_the_line(tmp_path: Path, text: str) -> None:
    [error] = errors_in(tmp_path, f'{VALID}[hours]\nmonday = "{text}"\n')
    assert error.startswith(f"{VALID.count(chr(10)) + 2}: 'monday' tidak dapat berisi \"{text[:5]}")
    assert "Isinya jam seperti 08.00-15.00" in error


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-03-09", "2027-01-09", "last_day tidak boleh sebelum first_day. Tukar keduanya, atau betulkan tahunnya."),
        (
            "2027-02-08",
            '"8 Februari"',
            "'first_day' tidak dapat berisi \"8 Februari\". Isinya tanggal tanpa tanda kutip",
        ),
        ("cutoff_minutes = 15", "cutoff_minutes = -1", "'cutoff_minutes' tidak dapat berisi -1. Isinya bilangan bulat"),
        ('"carry"', '"carri"', "'end_of_day' tidak dapat berisi \"carri\". Maksudnya 'carry'?"),
        ("friday", "fryday", "Kunci 'fryday' tidak dikenal di [hours]. Maksudnya 'friday'?"),
        (
            'name = "Hari jadi"\n',
            'name = "A"\n[[day]]\ndate = 2026-12-29\nname = "B"\n',
            "Tanggal 2026-12-29 tertulis dua",
        ),
    ],
)
def test_a_slip_is_told_with_the_way_out(tmp_path: Path, old: str, new: str, said: str) -> None:
    [error] = errors_in(tmp_path, VALID + HOURS.replace(old, new))
    assert error.partition(": ")[2].startswith(said)
