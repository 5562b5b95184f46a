"""What the hub knows of kiosks, displays and counter apps."""

import json

import pytest

from hub.devices import Devices, Name
from hub.once import Ask
from hub.store import Book, KeptDevice
from shared.hall import Hall
from shared.model import DeviceKind
from shared.trouble import Trouble
from shared.wire import DeviceReport
from tests.hub.small_hall import WITA, Clock

KIOSK = (DeviceKind.KIOSK, "kios-1")
TV = (DeviceKind.DISPLAY, "tv-1")
APP = (DeviceKind.COUNTER, "2")
WELL = DeviceReport()
NO_PAPER = DeviceReport(troubles=["paper_out"])


@pytest.fixture
def devices(hall: Hall) -> Devices:
    return Devices(hall, WITA)


def ask(key: int, body: DeviceReport = WELL) -> Ask:
    return Ask(bytes([key]) * 16, "/api/devices/kiosk/kios-1", body.model_dump_json().encode())


@pytest.mark.parametrize(("kind", "device"), [("kiosk", "kios-1"), ("display", "tv-1"), ("counter", "2")])
def test_a_device_of_the_hall_is_known(devices: Devices, kind: str, device: str) -> None:
    assert devices.name(kind, device) == (kind, device)


@pytest.mark.parametrize(
    ("kind", "device"), [("kiosk", "tv-1"), ("kiosk", "x"), ("toaster", "kios-1"), ("counter", "9")]
)
def test_another_is_refused(devices: Devices, kind: str, device: str) -> None:
    with pytest.raises(Trouble) as refused:
        devices.name(kind, device)
    assert refused.value.code == "unknown_device"


def test_a_device_never_heard_of_is_neither_alive_nor_in_trouble(devices: Devices, clock: Clock) -> None:
    assert [(one.id, one.alive, one.seen_at) for one in devices.all(clock())] == [
        ("kios-1", False, None),
        ("tv-1", False, None),
    ]
    assert devices.in_trouble(clock()) == []


def test_only_what_is_new_is_news(devices: Devices, clock: Clock) -> None:
    assert devices.is_news(KIOSK, WELL)
    devices.note(KIOSK, WELL, clock())
    assert not devices.is_news(KIOSK, WELL)
    assert devices.is_news(KIOSK, NO_PAPER)


@pytest.mark.parametrize(
    ("name", "seconds", "alive"),
    [(KIOSK, 12, True), (KIOSK, 13, False), (TV, 12, True), (TV, 13, False), (APP, 30, True), (APP, 31, False)],
)
def test_a_device_before_nobodys_eyes_is_alive_for_12_seconds_and_an_officers_app_for_30(
    devices: Devices, clock: Clock, name: Name, seconds: int, alive: bool
) -> None:
    devices.note(name, WELL, clock())
    clock.pass_(seconds=seconds)
    assert devices.device(name, clock()).alive is alive
    assert (name in devices.fallen_silent(clock())) is not alive


def test_an_officer_is_told_of_trouble_and_of_silence(devices: Devices, clock: Clock) -> None:
    devices.note(KIOSK, NO_PAPER, clock())
    devices.note(TV, WELL, clock())
    assert [one.id for one in devices.in_trouble(clock())] == ["kios-1"]
    clock.pass_(minutes=1)
    assert [one.id for one in devices.in_trouble(clock())] == ["kios-1", "tv-1"]


def test_a_tv_whose_voice_is_stuck_is_in_trouble_whatever_it_says(devices: Devices, clock: Clock) -> None:
    devices.note(TV, DeviceReport(troubles=["clips_missing"]), clock())
    devices.stuck = frozenset({"tv-1"})
    assert [one.troubles for one in devices.in_trouble(clock())] == [["clips_missing", "voice_stuck"]]


def test_but_not_of_what_was_put_away_yesterday(devices: Devices, clock: Clock) -> None:
    devices.note(KIOSK, NO_PAPER, clock())
    clock.pass_(hours=13)
    assert devices.in_trouble(clock()) == []


def test_a_counter_app_stands_in_the_health_once_it_has_reported(devices: Devices, clock: Clock) -> None:
    devices.note((DeviceKind.COUNTER, "2"), WELL, clock())
    assert [one.id for one in devices.all(clock())] == ["kios-1", "tv-1", "2"]


def test_a_repeated_heartbeat_gets_the_same_bytes(devices: Devices, clock: Clock) -> None:
    devices.note(KIOSK, WELL, clock())
    first = devices.heartbeat(ask(1), KIOSK, WELL, clock())
    clock.pass_(seconds=1)
    assert devices.heartbeat(ask(1), KIOSK, WELL, clock()) == first
    assert devices.heartbeat(ask(2), KIOSK, WELL, clock()) != first


def test_a_heartbeats_key_is_for_one_body(devices: Devices, clock: Clock) -> None:
    devices.note(KIOSK, WELL, clock())
    devices.heartbeat(ask(1), KIOSK, WELL, clock())
    with pytest.raises(Trouble) as refused:
        devices.heartbeat(ask(1, NO_PAPER), KIOSK, WELL, clock())
    assert refused.value.code == "key_reused"


def test_news_is_a_row_and_an_event(devices: Devices, book: Book) -> None:
    told = devices.write(book, KIOSK, 1_000, NO_PAPER)
    assert book.devices() == [KeptDevice("kiosk", "kios-1", 1_000, '["paper_out"]', "{}")]
    assert json.loads(book.told[0].health or "") == told.model_dump(mode="json")


def test_after_a_restart_the_next_report_is_news_again(devices: Devices, clock: Clock) -> None:
    devices.recall([KeptDevice("kiosk", "kios-1", 1_000, '["paper_out"]', '{"version": "1"}')])
    assert devices.device(KIOSK, clock()).troubles == ["paper_out"]
    assert not devices.device(KIOSK, clock()).alive
    assert devices.is_news(KIOSK, DeviceReport(troubles=["paper_out"], facts={"version": "1"}))


def test_what_a_technician_did_at_a_kiosk_is_news_once(devices: Devices, clock: Clock) -> None:
    devices.note(KIOSK, WELL, clock())
    seen_to = DeviceReport(facts={"technician": "opened 2026-02-12T09:42:00+08:00"})
    assert devices.is_news(KIOSK, seen_to)
    devices.note(KIOSK, seen_to, clock())
    assert not devices.is_news(KIOSK, seen_to)
    assert not devices.is_news(KIOSK, WELL)


def test_changed_facts_are_kept_but_are_no_news(devices: Devices, clock: Clock) -> None:
    devices.note(KIOSK, WELL, clock())
    shown = WELL.model_copy(update={"facts": {"shown": "41"}})
    assert not devices.is_news(KIOSK, shown)
    devices.heartbeat(ask(1), KIOSK, shown, clock())
    assert devices.device(KIOSK, clock()).facts == {"shown": "41"}
