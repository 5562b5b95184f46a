"""The halls that ship with the product."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from shared.assets import CONFIG
from shared.calling import spelt_too_long
from shared.hall import Hall
from shared.site import load

PHONE = "Kode QR membuka"


@cache
def hall(name: str) -> Hall:
    return load(CONFIG / f"{name}.toml").hall("http://hub")


@pytest.mark.parametrize("file", sorted(CONFIG.glob("*.toml")), ids=lambda file: file.stem)
def test_only_the_address_is_left_to_the_place(file: Path) -> None:
    assert [warning for warning in load(file).warnings() if not warning.startswith(PHONE)] == []


@pytest.mark.parametrize(
    ("name", "zones", "agencies", "services", "counters"),
    [("small", 1, 2, 6, 2), ("paser", 2, 25, 60, 44), ("balikpapan", 3, 27, 80, 44), ("large", 3, 47, 450, 79)],
)
def test_a_hall_has_its_roster(name: str, zones: int, agencies: int, services: int, counters: int) -> None:
    place = hall(name)
    offered = sum(len(agency.services) for agency in place.agencies)
    assert (len(place.zones), len(place.agencies), offered, len(place.counters)) == (
        zones,
        agencies,
        services,
        counters,
    )


@pytest.mark.parametrize("name", ["paser", "balikpapan", "large"])
def test_counters_are_numbered_through_and_an_agencys_stand_together(name: str) -> None:
    place = hall(name)
    assert [int(counter.number) for counter in place.counters] == list(range(1, len(place.counters) + 1))
    for agency in place.agencies:
        numbers = [int(counter.number) for counter in place.counters_of(agency.id)]
        assert all(after - before == 1 for before, after in pairwise(numbers))


@pytest.mark.parametrize("name", ["small", "paser", "balikpapan", "large"])
def test_all_is_said_in_english_too(name: str) -> None:
    place = hall(name)
    assert [agency.id for agency in place.agencies if not agency.name_en] == []
    assert [service.id for agency in place.agencies for service in agency.services if not service.name_en] == []


@pytest.mark.parametrize("name", ["small", "paser", "balikpapan", "large"])
def test_a_service_is_named_after_its_agency(name: str) -> None:
    strangers = [
        service.id
        for agency in hall(name).agencies
        for service in agency.services
        if not service.id.startswith(f"{agency.id}-")
    ]
    assert strangers == []


def test_the_malls_have_their_hours_and_the_small_office_is_open_when_somebody_is_there() -> None:
    assert [hall(name).hours is not None for name in ("small", "paser", "balikpapan")] == [False, True, True]


@pytest.mark.parametrize("name", ["paser", "balikpapan"])
def test_for_a_try_out_the_hours_are_set_aside(name: str) -> None:
    tried = hall(name).always_open()
    hours = [agency.hours for agency in tried.agencies] + [one.hours for a in tried.agencies for one in a.services]
    assert (tried.hours, set(hours), tried.is_always_open) == (None, {None}, True)


def test_the_default_hall_stands_on_one_pc() -> None:
    assert [load(CONFIG / f"{name}.toml").single_pc for name in ("small", "paser", "balikpapan")] == [
        True,
        False,
        False,
    ]


def test_paser_says_what_it_promises() -> None:
    assert hall("paser").tagline == "Melayani dengan tuntas"


@pytest.mark.parametrize("name", ["small", "paser", "balikpapan", "large"])
def test_no_agency_is_called_by_more_letters_than_one_follows(name: str) -> None:
    assert [agency.id for agency in hall(name).agencies if spelt_too_long(agency, ["id", "en"])] == []
