"""The real programs before a real hub that asks who is there: pairing, officers, another hall's file, a false hub.

Played once, in one hall: a kiosk, then a TV, then officers at two counters, then a configuration that changes; each
test looks at what was seen on the way.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from types import SimpleNamespace

import pytest

from demo.play import Actor, wait_until
from demo.programs import Hall
from shared.assets import CONFIG
from tests.hub.secured import SecuredHub, start_secured
from tests.live_hall import PASSPORT
from tests.plays.lobby import typed, until_says
from tests.shared.false_hub import an_identity, tls_server

pytestmark = pytest.mark.timeout(240)

COUNTER, OTHER = "loket-1", "loket-2"
SERVICE, AGENCY = "kependudukan-ktp", "kependudukan"
FIRST_COUNTER = '[[counter]]\nid = "loket-1"'
Start = Callable[..., Actor]
Seen = SimpleNamespace
"""What was seen in one part of the play."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(copyfile(CONFIG / "small.toml", tmp_path_factory.mktemp("site") / "small.toml"))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[SecuredHub]:
    with start_secured(tmp_path_factory.mktemp("hub"), "--always-open", site=site) as hub:
        yield hub


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, hub: SecuredHub, site: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path_factory.mktemp("hall"), site, env={"QT_QPA_PLATFORM": "offscreen"})
    hall.address = hub.address
    yield hall
    hall.close()


@pytest.fixture(scope="module")
def start(hall: Hall, hub: SecuredHub) -> Iterator[Start]:
    """Starts an app that knows the hub's address and no more; `again` with what it remembers of last time."""
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


def sign_in(app: Actor, staff: int, pin: str) -> None:
    app.press(f"staff-{staff}")
    app.wait_there("pin-1")
    typed(app, pin)


# ---------------------------------------------------------------- the play


@pytest.fixture(scope="module")
def kiosk(hub: SecuredHub, start: Start) -> Seen:
    """Started with a wrong code, paired by touch, used; its key ended, paired once more by a keyboard."""
    app = start("kiosk", "--printer", "none", "--pair", "00000000")
    until_says(app, "pairing-message", "Kode ini salah")
    seen = Seen(app=app, command=app.text("pairing-command"))
    for letter in hub.code("kiosk", "kios-1").replace("-", ""):
        app.press(f"pairing-key-{letter}")
    app.press("pairing-go")
    app.press(f"agency-{AGENCY}")
    app.press(f"service-{SERVICE}")
    app.wait_there("done")
    seen.number = app.text("number")
    seen.waiting = hub.get("/api/board")["waiting"][0]["waiting"]
    app.press("done")
    app.wait_there(f"agency-{AGENCY}")
    assert hub.post("/api/unpair", {"kind": "kiosk", "id": "kios-1"}).status_code == 200
    app.wait_there("pairing")
    seen.after_its_key_was_ended = app.enabled()
    for letter in hub.code("kiosk", "kios-1"):
        app.key(letter)
    app.press("pairing-go")
    app.wait_there(f"agency-{AGENCY}")
    return seen


@pytest.fixture(scope="module")
def tv(hub: SecuredHub, start: Start, kiosk: Seen) -> Seen:
    """Paired by its command line, while somebody is called at the other counter."""
    officer = hub.sign_in(hub.pair("counter", OTHER), OTHER, hub.add_staff("Citra"))
    app = start("display", "--pair", hub.code("display", "tv-1"), name="tv")
    app.wait_there("clock")
    assert hub.ask(officer, f"/api/counters/{OTHER}/next").status_code == 200
    wait_until(lambda: kiosk.number in app.texts().values(), f"{kiosk.number} on the TV")
    return Seen(app=app, shown=app.text("called-number"))


@pytest.fixture(scope="module")
def desk(hub: SecuredHub, start: Start, tv: Seen) -> Seen:
    """Officers change shifts, the app is started again, one of them is disabled, another takes the counter over."""
    assert tv.shown
    siti, budi, ani = (
        hub.add_staff(name, pin=pin) for name, pin in (("Siti", "4711"), ("Budi", "98765"), ("Ani", "24680"))
    )
    seen = Seen(taken=str(hub.take(SERVICE, kiosk="")["number"]))
    app = start("counter")
    app.wait_there("pairing")
    typed(app, hub.code("counter", COUNTER))
    app.wait_there(f"staff-{siti}")
    sign_in(app, siti, "4712")
    until_says(app, "pin-message", "Sisa percobaan: 4.")
    typed(app, "4711")
    app.wait_text("signed-in", "Siti")
    app.wait_there("next")
    app.key("Space")
    app.wait_text("number", seen.taken)
    wait_until(lambda: "recall" in app.enabled(), "the desk at rest")
    app.key("F10")
    sign_in(app, budi, "98765")
    app.wait_text("signed-in", "Budi")
    app.wait_text("number", seen.taken)
    seen.after_the_shift = hub.get(f"/api/counters/{COUNTER}")["session"]["staff"]["name"]

    app = start("counter")
    app.wait_there("pin-1")
    seen.after_a_restart = app.texts()
    app.press("pin-other")
    sign_in(app, siti, "4711")
    app.wait_text("number", seen.taken)
    assert hub.post(f"/api/staff/{siti}/disable").status_code == 200
    app.wait_there(f"staff-{budi}")
    until_says(app, "staff-how", "Anda belum masuk, atau sudah keluar.")
    # The list that was there stands until the hub's new one comes.
    wait_until(lambda: f"staff-{siti}" not in app.enabled(), "the list without Siti")
    seen.after_siti_was_disabled = app.enabled()
    sign_in(app, budi, "98765")
    app.wait_text("number", seen.taken)
    seen.still_there = app.text("number")

    second = start("counter", "--pair", hub.code("counter", OTHER), "--id", COUNTER, name="second")
    sign_in(second, ani, "24680")
    until_says(second, "taken-title", "Loket 1 sedang dipakai Budi di ")
    second.key("A")
    second.wait_text("signed-in", "Ani")
    until_says(app, "choose-how", "Loket 1 diambil alih Ani di ")
    seen.with_who_took_over = second.text("number")
    seen.siti, seen.app = siti, second
    return seen


@pytest.fixture(scope="module")
def configured(hall: Hall, site: Path, kiosk: Seen, tv: Seen, desk: Seen) -> Seen:
    """The hall's file edited while they all run; the new service is taken, called and shown."""
    seen = Seen(before=processes(hall))
    edit(site, FIRST_COUNTER, f"{PASSPORT}\n{FIRST_COUNTER}")
    edit(site, 'short_name = "Umum"', 'short_name = "Umum dan Paspor"')
    edit(site, "Semua layanan di kantor ini tidak dipungut biaya.", "Besok buka pukul 09.00.")
    until_says(tv.app, "ribbon", "Besok buka pukul 09.00.")
    until_says(kiosk.app, "agency-umum", "dan Paspor")
    kiosk.app.press("agency-umum")
    kiosk.app.press("service-umum-paspor")
    kiosk.app.wait_there("done")
    seen.number = kiosk.app.text("number")
    desk.app.wait_there("next")
    desk.app.key("Space")
    desk.app.wait_text("number", seen.number)
    seen.service = desk.app.text("service")
    tv.app.wait_text("called-number", seen.number)
    seen.after = processes(hall)
    return seen


def edit(site: Path, old: str, new: str) -> None:
    text = site.read_text(encoding="utf-8")
    assert text.count(old) == 1
    site.write_text(text.replace(old, new), encoding="utf-8")


def processes(hall: Hall) -> list[int]:
    return [program.process.pid for program in hall.programs if program.process.poll() is None]


# ---------------------------------------------------------------- what was seen


def test_a_kiosk_is_paired_by_touch_after_a_wrong_code_and_gives_numbers(kiosk: Seen) -> None:
    assert kiosk.command == "Di PC hub: antre pair kiosk ID"
    assert re.fullmatch(r"[A-Z]-\d{3}", kiosk.number)
    assert kiosk.waiting == 1


def test_a_device_whose_key_was_ended_asks_for_a_new_code_at_once(kiosk: Seen) -> None:
    assert f"agency-{AGENCY}" not in kiosk.after_its_key_was_ended


def test_a_tv_is_paired_by_its_command_line_and_shows_calls(kiosk: Seen, tv: Seen) -> None:
    assert tv.shown == kiosk.number


def test_officers_change_shifts_at_a_paired_counter_and_the_visitor_stays(desk: Seen) -> None:
    assert desk.after_the_shift == "Budi"


def test_an_app_that_was_paired_asks_for_no_code_again(desk: Seen) -> None:
    assert desk.after_a_restart["pin-name"] == "Budi"
    assert desk.after_a_restart["pin-there"] == f"{desk.taken} masih di Loket 1."


def test_an_officer_who_was_disabled_is_out_and_the_visitor_stays(desk: Seen) -> None:
    assert f"staff-{desk.siti}" not in desk.after_siti_was_disabled
    assert desk.still_there == desk.taken


def test_a_counter_in_use_is_taken_over_by_another_officer_with_who_is_at_it(desk: Seen) -> None:
    assert desk.with_who_took_over == desk.taken


def test_a_new_service_is_taken_called_and_shown_by_programs_that_ran_before_it_was_written(configured: Seen) -> None:
    assert configured.service == "Surat Pengantar Paspor"
    assert configured.after == configured.before


def test_a_false_hub_in_its_place_hears_neither_key_nor_pin(configured: Seen, start: Start, tmp_path: Path) -> None:
    assert configured.after
    with tls_server(an_identity(tmp_path, "false")) as (address, heard):
        again = start("counter", address=address, name="second")
        until_says(again, "pairing-message", "bukan hub yang dipasangkan")
        assert heard.requests == []
