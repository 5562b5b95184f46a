"""The desk at the sizes it is used at: nothing cut, nothing outside, in both languages, with the longest names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter.screens.window import CounterWindow
from shared.hall import Agency, Hall
from shared.model import DeviceKind, State
from shared.trouble import Trouble
from shared.wire import Device, Tally
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import broken, nameless, settle, text
from tests.counter.stand_in import SmallHub, StandInLink, a_hall

SIZES = [(1366, 768), (1024, 600), (1280, 1024), (1920, 1080), (1080, 1920), (3840, 2160)]
LONGEST = "dtsen"


def busy_hall() -> Hall:
    """Every counter serves two agencies more, and 44 of them."""
    hall = a_hall(44)
    names = ["BPJS Ketenagakerjaan", "Disnakertrans"]
    more = [Agency(id=name, name=name, short_name=name, prefix="B", zone="z", services=[]) for name in names]
    counters = [counter.model_copy(update={"agencies": ["dukcapil", *names]}) for counter in hall.counters]
    return hall.model_copy(update={"agencies": [*hall.agencies, *more], "counters": counters})


def fill(hub: SmallHub) -> None:
    """A day as full as it comes: four digits, long waits, the longest service, troubled devices."""
    hub.waiting = [hub.ticket(n, LONGEST, priority=n % 2 == 0) for n in range(1040, 1140)]
    hub.waiting = [t.model_copy(update={"taken_at": hub.now - timedelta(minutes=199)}) for t in hub.waiting]
    hub.tally = Tally(served=188, no_show=32, mean_minutes=22.4)
    hub.devices = [
        Device(kind=DeviceKind.KIOSK, id=kiosk, alive=True, troubles=["printer_silent"])
        for kiosk in ("kiosk-1", "kiosk-2", "kiosk-3")
    ]


def at_the_counter(hub: SmallHub) -> None:
    ticket = hub.ticket(1039, LONGEST, priority=True)
    changes = {"state": State.CALLED, "called_at": hub.now - timedelta(minutes=72), "calls": 12}
    hub.current = ticket.model_copy(update=changes)


@pytest.fixture(params=["id", "en"])
def full_desk(
    request: pytest.FixtureRequest, open_app: Open, link: StandInLink, hub: SmallHub, until: Until
) -> CounterWindow:
    """The desk on such a day, in each language."""
    fill(hub)
    at_the_counter(hub)
    window = open_app("12", hall=busy_hall(), language=request.param)
    link.comes_up()
    until(lambda: text(window, "number") == "K-1039")
    return window


def test_a_full_desk_is_whole_at_every_size(full_desk: CounterWindow) -> None:
    full_desk.show_desk(replace(officer_of(full_desk).desk, message=Trouble("answer_lost")))
    assert broken(full_desk, SIZES) == {}
    assert nameless(full_desk) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_choice_of_44_counters_is_whole_at_every_size(open_app: Open, language: str) -> None:
    window = open_app(hall=busy_hall(), language=language)
    assert broken(window, SIZES) == {}
    assert nameless(window) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_morning_away_from_the_hub_is_whole(open_app: Open, language: str) -> None:
    window = open_app("12", language=language)
    assert broken(window, [(1024, 600)]) == {}
    assert text(window, "next") in {"Tidak tersambung ke hub", "Not connected to the hub"}


def test_a_tall_screen_has_its_lists_below_the_desk(open_app: Open, link: StandInLink, until: Until) -> None:
    window = open_app("12")
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    beside = window._desk._side.geometry()
    window.resize(1080, 1920)
    settle()
    assert beside.left() > 0
    assert window._desk._side.geometry().left() == 0
    assert window._desk._side.geometry().top() > 400
