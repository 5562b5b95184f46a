"""Estimates of waiting judged in small: two weeks learnt from, one held out. The whole table: docs/perkiraan.md."""

import pytest

from benchmarks.month import Visit
from benchmarks.waits import Score, held_out, plain, scores, table
from shared.assets import CONFIG
from shared.hall import Hall
from shared.site.reading import load

JUDGED = 5
"""Services with fewer numbers in that week are left to the whole table."""


@pytest.fixture(scope="module")
def hall() -> Hall:
    return load(CONFIG / "balikpapan.toml").hall("http://hub")


@pytest.fixture(scope="module")
def week(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> list[Visit]:
    return held_out(hall, tmp_path_factory.mktemp("weeks"), seed=1, days=10, judged=5)


def test_after_two_weeks_it_is_nearer_the_truth_than_people_times_minutes(hall: Hall, week: list[Visit]) -> None:
    errors = [abs(one.waited_minutes - (one.told.minutes or 0)) for one in week]
    plainly = [abs(one.waited_minutes - plain(one, hall.service(one.told.row.service).minutes)) for one in week]
    assert sum(errors) < 0.9 * sum(plainly)


def test_it_is_so_in_most_services(hall: Hall, week: list[Visit]) -> None:
    found = [score for score in scores(hall, week) if score.visits >= JUDGED]
    assert sum(score.is_better for score in found) >= 0.8 * len(found)


def test_about_nine_of_ten_wait_no_longer_than_they_were_told_at_most(week: list[Visit]) -> None:
    held = sum(one.waited_minutes <= (one.told.most or 0) for one in week)
    assert 0.85 < held / len(week) < 0.97


def test_the_table_says_of_each_service_who_was_nearer() -> None:
    near = Score("BPN: Roya", 3, 12.0, 8.0, 5.0, 1.0)
    far = Score("BPN: Balik Nama", 1, 12.0, 8.0, 9.0, 0.0)
    made = table([near, far])
    assert "**1 dari 2 layanan** (50 %)" in made
    assert "| BPN: Roya | 3 | 12.0 | 8.0 | 5.0 | ya | 100 % |" in made
    assert "| BPN: Balik Nama | 1 | 12.0 | 8.0 | 9.0 | tidak | 0 % |" in made
