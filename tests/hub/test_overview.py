"""What a supervisor sees of the whole hall."""

import pytest

from hub.closing import close_agency, close_counter
from hub.overview import overview
from hub.pauses import pause
from hub.roll import begin_roll
from shared.model import DeviceKind, Post
from shared.wire import AgencyNow, BeginRoll, Close, CounterNow, Device, Overview, Pause
from tests.hub.conftest import Day
from tests.hub.running import RunningHub


def seen(day: Day, *devices: Device) -> Overview:
    return Overview.model_validate_json(overview(day.floor, day.book, day.clock(), devices))


def agency(day: Day, which: str) -> AgencyNow:
    return next(one for one in seen(day).agencies if one.agency == which)


def counter(day: Day, which: str, *devices: Device) -> CounterNow:
    return next(one for one in seen(day, *devices).counters if one.counter == which)


def test_each_agency_tells_who_waits_and_how_long(day: Day) -> None:
    day.take()
    day.clock.pass_(minutes=12)
    day.take()
    day.take("stnk")
    assert [(one.agency, one.waiting, one.longest_minutes) for one in seen(day).agencies] == [
        ("dukcapil", 2, 12),
        ("samsat", 1, 0),
        ("pajak", 0, None),
    ]


def test_a_closed_agency_tells_why_and_one_on_paper_which_number_is_next(day: Day) -> None:
    close_agency(day.floor, day.book, day.clock(), "samsat", Close(why="Listrik padam"))
    begin_roll(day.floor, day.book, day.clock(), "pajak", BeginRoll(first=7, last=9))
    assert (agency(day, "samsat").closed, agency(day, "dukcapil").closed) == ("Listrik padam", None)
    roll = agency(day, "pajak").roll
    assert roll is not None
    assert (roll.next, roll.last) == (7, 9)


def test_each_counter_tells_what_it_does(day: Day) -> None:
    first = day.take().row.id
    day.take("npwp")
    day.next("1")
    day.clock.pass_(minutes=2)
    day.on("serve", "1", first)
    day.next("3")
    pause(day.floor, day.book, day.clock(), "2", Pause(why="Salat"))
    told = [(one.counter, one.state, one.number, one.why) for one in seen(day).counters]
    assert told == [
        ("1", Post.SERVING, "A-001", ""),
        ("2", Post.PAUSED, None, "Salat"),
        ("3", Post.CALLING, "C-001", ""),
    ]
    assert counter(day, "1").since == day.clock()


def test_a_closed_counter_is_closed_whoever_is_there(day: Day) -> None:
    day.take()
    day.next("1")
    close_counter(day.floor, day.book, day.clock(), "1", Close(why="Rapat"))
    now = counter(day, "1")
    assert (now.state, now.number, now.why) == (Post.CLOSED, "A-001", "Rapat")
    assert counter(day, "2").state is Post.FREE


@pytest.mark.parametrize(("alive", "there"), [(True, True), (False, False)])
def test_a_counter_tells_whether_its_app_is_there(day: Day, alive: bool, there: bool) -> None:
    app = Device(kind=DeviceKind.COUNTER, id="2", alive=alive, seen_at=day.clock())
    assert [counter(day, one, app).has_app for one in ("1", "2")] == [False, there]


def test_devices_in_trouble_are_named_and_no_others(day: Day) -> None:
    now = day.clock()
    devices = [
        Device(kind=DeviceKind.KIOSK, id="kios-1", alive=True, seen_at=now, troubles=["paper_out"]),
        Device(kind=DeviceKind.DISPLAY, id="tv-1", alive=False, seen_at=now),
        Device(kind=DeviceKind.DISPLAY, id="tv-2", alive=True, seen_at=now),
        Device(kind=DeviceKind.KIOSK, id="kios-9", alive=False),
        Device(kind=DeviceKind.COUNTER, id="1", alive=False, seen_at=now),
    ]
    assert [one.id for one in seen(day, *devices).devices] == ["kios-1", "tv-1"]


def test_over_the_lan_it_is_the_bytes_its_model_would_be(hub: RunningHub) -> None:
    hub.take()
    text = hub.client.get("/api/overview").content
    assert Overview.model_validate_json(text).model_dump_json().encode() == text
