"""The real programs before a real hub that asks who is there: pairing, officers, a false hub."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.play import Actor, wait_until
from demo.programs import Hall
from shared.assets import CONFIG
from tests.hub.secured import SecuredHub, start_secured
from tests.shared.false_hub import an_identity, tls_server

SITE = CONFIG / "small.toml"
COUNTER = "loket-1"
SERVICE = "kependudukan-ktp"
AGENCY = "kependudukan"
Start = Callable[..., Actor]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[SecuredHub]:
    with start_secured(tmp_path / "hub", "--always-open", site=SITE) as hub:
        yield hub


@pytest.fixture
def start(tmp_path: Path, hub: SecuredHub) -> Iterator[Start]:
    """Starts an app that knows the hub's address and no more; `again` with what it remembers of last time."""
    hall = Hall(tmp_path, SITE, env={"QT_QPA_PLATFORM": "offscreen"})
    hall.address = hub.address
    opened: list[Actor] = []

    def start(room: str, *arguments: str, address: str = "", name: str = "") -> Actor:
        hall.address = address or hub.address
        for program in hall.programs:
            if program.name == (name or room):
                program.end()
        opened.append(hall.open_app(name or room, room, "--windowed", "1366x768", *arguments))
        return opened[-1]

    yield start
    for app in opened:
        app.close()
    hall.close()


def until_says(app: Actor, name: str, part: str) -> None:
    wait_until(lambda: part in app.text(name), f"{app.name}: {name} with {part!r}")


def type_(app: Actor, text: str) -> None:
    for letter in text:
        app.key(letter)


def take(hub: SecuredHub) -> str:
    """A visitor takes a number."""
    return str(hub.take(SERVICE, kiosk="")["number"])


def sign_in(app: Actor, staff: int, pin: str) -> None:
    app.press(f"staff-{staff}")
    app.wait_there("pin-1")
    type_(app, pin)
    app.press("pin-enter")


def test_a_kiosk_is_paired_by_touch_and_prints_numbers(hub: SecuredHub, start: Start) -> None:
    kiosk = start("kiosk", "--printer", "none")
    kiosk.wait_there("pairing")
    assert kiosk.text("pairing-command") == "Di PC hub: antre pair kiosk ID"
    for letter in hub.code("kiosk", "kios-1").replace("-", ""):
        kiosk.press(f"pairing-key-{letter}")
    kiosk.press("pairing-go")
    kiosk.press(f"agency-{AGENCY}")
    kiosk.press(f"service-{SERVICE}")
    kiosk.wait_there("done")
    assert re.fullmatch(r"[A-Z]-\d{3}", kiosk.text("number"))
    assert hub.get("/api/board")["waiting"][0]["waiting"] == 1


def test_a_tv_is_paired_by_its_command_line_and_shows_calls(hub: SecuredHub, start: Start) -> None:
    officer = hub.sign_in(hub.pair("counter", COUNTER), COUNTER, hub.add_staff("Siti"))
    tv = start("display", "--pair", hub.code("display", "tv-1"))
    tv.wait_there("clock")
    number = take(hub)
    assert hub.ask(officer, f"/api/counters/{COUNTER}/next").status_code == 200
    wait_until(lambda: number in tv.texts().values(), f"{number} on the TV")


def test_a_wrong_code_is_told_and_the_right_one_goes_on(hub: SecuredHub, start: Start) -> None:
    kiosk = start("kiosk", "--printer", "none", "--pair", "00000000")
    until_says(kiosk, "pairing-message", "Kode ini salah")
    type_(kiosk, hub.code("kiosk", "kios-1"))
    kiosk.press("pairing-go")
    kiosk.wait_there(f"agency-{AGENCY}")


def test_officers_change_shifts_at_a_paired_counter(hub: SecuredHub, start: Start) -> None:
    siti, budi = hub.add_staff("Siti", pin="4711"), hub.add_staff("Budi", pin="98765")
    number = take(hub)
    app = start("counter")
    app.wait_there("pairing")
    type_(app, hub.code("counter", COUNTER))
    app.key("Return")
    app.wait_there(f"staff-{siti}")
    sign_in(app, siti, "4712")
    until_says(app, "pin-message", "Sisa percobaan: 4.")
    type_(app, "4711")
    app.key("Return")
    app.wait_text("signed-in", "Siti")
    app.wait_there("next")
    app.key("Space")
    app.wait_text("number", number)
    wait_until(lambda: "recall" in app.enabled(), "the desk at rest")
    app.key("F10")
    sign_in(app, budi, "98765")
    app.wait_text("signed-in", "Budi")
    app.wait_text("number", number)
    assert hub.get(f"/api/counters/{COUNTER}")["session"]["staff"]["name"] == "Budi"


def test_an_app_that_was_paired_asks_for_no_code_again(hub: SecuredHub, start: Start) -> None:
    app = start("counter", "--pair", hub.code("counter", COUNTER))
    until_says(app, "staff-how", "Belum ada petugas.")
    again = start("counter")
    until_says(again, "staff-how", "Belum ada petugas.")


def test_a_counter_in_use_is_taken_over_by_another_officer(hub: SecuredHub, start: Start) -> None:
    siti, budi = hub.add_staff("Siti", pin="4711"), hub.add_staff("Budi", pin="98765")
    first = start("counter", "--pair", hub.code("counter", COUNTER), name="first")
    sign_in(first, siti, "4711")
    first.wait_text("signed-in", "Siti")
    second = start("counter", "--pair", hub.code("counter", "loket-2"), "--id", COUNTER, name="second")
    sign_in(second, budi, "98765")
    until_says(second, "taken-title", "Loket 1 sedang dipakai Siti di ")
    second.key("A")
    second.wait_text("signed-in", "Budi")
    until_says(first, "choose-how", "Loket 1 diambil alih Budi di ")


def test_an_officer_who_was_disabled_is_out_and_the_visitor_stays(hub: SecuredHub, start: Start) -> None:
    siti, budi = hub.add_staff("Siti", pin="4711"), hub.add_staff("Budi", pin="98765")
    number = take(hub)
    app = start("counter", "--pair", hub.code("counter", COUNTER))
    sign_in(app, siti, "4711")
    app.wait_there("next")
    app.key("Space")
    app.wait_text("number", number)
    assert hub.post(f"/api/staff/{siti}/disable").status_code == 200
    app.wait_there(f"staff-{budi}")
    until_says(app, "staff-how", "Anda belum masuk, atau sudah keluar.")
    assert f"staff-{siti}" not in app.enabled()
    sign_in(app, budi, "98765")
    app.wait_text("number", number)


def test_a_device_whose_key_was_ended_asks_for_a_new_code_at_once(hub: SecuredHub, start: Start) -> None:
    kiosk = start("kiosk", "--printer", "none", "--pair", hub.code("kiosk", "kios-1"))
    kiosk.wait_there(f"agency-{AGENCY}")
    assert hub.post("/api/unpair", {"kind": "kiosk", "id": "kios-1"}).status_code == 200
    kiosk.wait_there("pairing")


def test_a_false_hub_in_its_place_hears_neither_key_nor_pin(hub: SecuredHub, start: Start, tmp_path: Path) -> None:
    staff = hub.add_staff("Siti", pin="4711")
    app = start("counter", "--pair", hub.code("counter", COUNTER))
    sign_in(app, staff, "4711")
    app.wait_text("signed-in", "Siti")
    with tls_server(an_identity(tmp_path, "false")) as (address, heard):
        again = start("counter", address=address)
        until_says(again, "pairing-message", "bukan hub yang dipasangkan")
        assert heard.requests == []
