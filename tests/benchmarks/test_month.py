"""The simulated weeks: their own are true to the rules, and the same for all who are judged by them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks.life import VISITORS
from benchmarks.month import Month, Visit
from hub.store import FILE_NAME, Store
from shared.assets import CONFIG
from shared.hall import Hall
from shared.site.reading import load

MONDAY = date(2026, 10, 5)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return load(CONFIG / "balikpapan.toml").hall("http://hub")


@pytest.fixture(scope="module")
def week(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[Visit]]]:
    store = Store(tmp_path_factory.mktemp("week") / FILE_NAME)
    yield store, list(Month(hall, store, seed=1).play(MONDAY, 5))
    store.close()


def test_as_many_come_as_in_the_busiest_month(week: tuple[Store, list[Visit]]) -> None:
    assert VISITORS * 5 * 0.9 < len(week[1]) < VISITORS * 5 * 1.1


def test_everybody_is_called_the_same_day(week: tuple[Store, list[Visit]]) -> None:
    store, visits = week
    assert store.read.left_waiting("9999-12-31", 1) == []
    assert all(0 <= visit.waited_minutes < 12 * 60 for visit in visits)


def test_the_busiest_agency_is_the_one_the_city_counted_most_at(week: tuple[Store, list[Visit]]) -> None:
    assert Counter(visit.told.row.agency for visit in week[1]).most_common(1)[0][0] == "disdukcapil"


def test_the_same_seed_is_the_same_week(hall: Hall, week: tuple[Store, list[Visit]], tmp_path: Path) -> None:
    store = Store(tmp_path / FILE_NAME)
    again = list(Month(hall, store, seed=1).play(MONDAY, 1))
    store.close()
    assert [(one.told.row.number, one.called_at) for one in again] == [
        (one.told.row.number, one.called_at) for one in week[1][: len(again)]
    ]
