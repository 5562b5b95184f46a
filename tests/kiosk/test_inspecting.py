"""The technician's page over a kiosk that stand-ins serve: opened, locked, worked, told to the hub."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QObject

from kiosk import inspecting, pin_check
from kiosk.inspecting import Technician, Tools
from kiosk.inspection import Glass, Leaf, Page
from kiosk.kiosk import Kiosk
from kiosk.modes import Mode
from kiosk.narrator import Narrator
from kiosk.outlets import Outlet
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.scene import Stage
from shared.model import TECHNICIAN_PIN, Kind
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import Event
from tests.kiosk.conftest import Until, Visitor, words_of
from tests.kiosk.stand_in import SmallHub, StandInLink, StandInPrinter

PIN = "47110815"


class Mute(Narrator):
    """A voice that only keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(Path())
        self.said: list[str] = []
        self.loudness: list[int] = []

    def open(self, _language: str) -> None:
        self._tell(there=True)

    def say(self, _language: str, text: str) -> None:
        self.said.append(text)

    def set_volume(self, percent: int) -> None:
        self.loudness.append(percent)


@pytest.fixture(autouse=True)
def quick_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is slow about a PIN is tested once, with the hub's."""
    monkeypatch.setattr(pin_check, "is_pin", lambda check, pin: check == f"hash of {pin}")


@pytest.fixture
def desk(printer: StandInPrinter, qobject: QObject) -> Iterator[PrintDesk]:
    desk = PrintDesk(lambda: [Outlet(printer, words_of, lambda _job: 130.0, lambda at: f"TES {at}".encode())], qobject)
    yield desk
    assert desk.close()


@pytest.fixture
def qobject(qapp: QObject) -> Iterator[QObject]:
    parent = QObject(qapp)
    yield parent
    parent.deleteLater()


class Bench:
    """A technician's page, and what was seen on it and done by it."""

    def __init__(self, page: Technician, narrator: Mute, until: Until) -> None:
        self.page, self.narrator, self.until = page, narrator, until
        self.leaves: list[Leaf | None] = []
        self.ended: list[str] = []
        page.changed.connect(self.leaves.append)

    @property
    def now(self) -> Leaf | None:
        return self.leaves[-1] if self.leaves else None

    def sees(self, page: Page) -> Leaf:
        """Wait until that page is there."""
        self.until(lambda: self.now is not None and self.now.page is page)
        assert self.now is not None
        return self.now

    def types(self, pin: str) -> None:
        for figure in pin:
            self.page.type(figure)
        self.page.enter()
        self.until(lambda: not self.page.pin.is_busy)

    def gets_in(self) -> None:
        self.page.open()
        self.types(PIN)
        self.sees(Page.MENU)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "kiosk.json")


OpenBench = Callable[[], Bench]


@pytest.fixture
def open_bench(kiosk: Kiosk, link: StandInLink, desk: PrintDesk, settings: Settings, until: Until) -> OpenBench:
    """Another page for the same kiosk, as after a restart."""
    hall = kiosk.hall

    def begin() -> Bench:
        narrator = Mute()
        ended: list[str] = []
        restart, leave = (partial(ended.append, way) for way in ("restart", "leave"))
        tools = Tools(link, desk, narrator, settings, Path(), restart=restart, leave=leave)
        page = Technician(kiosk, Place(hall, hall.kiosks[0]), tools, Glass, kiosk)
        narrator.setParent(page)
        bench = Bench(page, narrator, until)
        bench.ended = ended
        return bench

    return begin


@pytest.fixture
def bench(open_bench: OpenBench, hub: SmallHub) -> Bench:
    hub.technician_check = f"hash of {PIN}"
    bench = open_bench()
    bench.page.pin.fetch()
    bench.until(lambda: bench.page.pin.has_pin)
    return bench


def deeds(hub: SmallHub) -> list[str]:
    """What the event log would have, without the times."""
    told = (report.facts.get("technician", "") for report in hub.reports)
    return [text.rpartition(" ")[0] for text in told if text]


# ---------------------------------------------------------------- the way in


def test_the_right_pin_opens_it_and_the_kiosk_is_nobodys(bench: Bench, kiosk: Kiosk, hub: SmallHub) -> None:
    at_rest = [kiosk.is_at_rest]
    bench.gets_in()
    at_rest.append(kiosk.is_at_rest)
    bench.page.choose("close")
    assert [*at_rest, kiosk.is_at_rest, bench.leaves[-1]] == [True, False, True, None]
    bench.until(lambda: deeds(hub) == ["opened", "closed"])


def test_a_wrong_one_does_not_and_the_fifth_locks_also_the_right_one_out(bench: Bench, hub: SmallHub) -> None:
    bench.page.open()
    for left in (4, 3, 2, 1):
        bench.types("0000")
        assert bench.sees(Page.PIN).sentence == f"PIN salah. Sisa percobaan: {left}."
    bench.types("0000")
    assert "Terlalu banyak PIN salah" in bench.sees(Page.PIN).sentence
    bench.types(PIN)
    assert bench.sees(Page.PIN).typed == 0
    bench.until(lambda: deeds(hub) == ["locked"])


def test_a_lock_outlives_a_restart(bench: Bench, open_bench: OpenBench) -> None:
    bench.page.open()
    for _ in range(5):
        bench.types("0000")
    again = open_bench()
    again.page.open()
    again.types(PIN)
    assert again.sees(Page.PIN).typed == 0
    assert again.page.pin.locked_s > 25


def test_who_pulls_the_plug_while_a_pin_is_looked_at_has_tried(bench: Bench, open_bench: OpenBench) -> None:
    bench.page.open()
    bench.page.pin.attempt("0000")
    assert open_bench().page.pin.lock.wrong == 1
    bench.until(lambda: not bench.page.pin.is_busy)


def test_it_opens_without_the_hub_once_the_kiosk_has_been_connected(
    bench: Bench, open_bench: OpenBench, link: StandInLink, kiosk: Kiosk
) -> None:
    link.goes_away()
    bench.until(lambda: kiosk.scene.stage is Stage.SORRY)
    again = open_bench()
    again.gets_in()
    assert again.page.is_open


def test_who_gets_in_while_the_hub_is_strange_is_told_at_once_what_to_do(bench: Bench, link: StandInLink) -> None:
    link.goes_away()
    link.why = Trouble("other_certificate")
    bench.gets_in()
    assert "lalu ketik kode dari PC hub (antre pair)" in bench.sees(Page.MENU).sentence


def test_a_new_pin_reaches_the_kiosk_by_the_feed(bench: Bench, hub: SmallHub, link: StandInLink) -> None:
    hub.technician_check = "hash of 1234"
    link.event_came.emit(Event(id=9, kind=Kind.STAFF, at=hub.now, code=TECHNICIAN_PIN, words="PIN teknisi"))
    bench.page.open()

    def opens() -> bool:
        bench.types("1234")
        return bench.page.is_open and bench.now is not None and bench.now.page is Page.MENU

    bench.until(opens)


def test_without_a_pin_there_is_no_way_in_and_one_sentence_says_how(open_bench: OpenBench) -> None:
    bench = open_bench()
    bench.page.open()
    leaf = bench.sees(Page.PIN)
    assert leaf.typed is None
    assert "antre technician-pin" in leaf.sentence
    bench.types("1234")
    assert bench.sees(Page.PIN)


@pytest.mark.parametrize("pin", ["", "123"])
def test_less_than_a_pin_is_no_try(bench: Bench, pin: str) -> None:
    bench.page.open()
    bench.types(pin)
    assert bench.page.pin.lock.tries == 5


def test_the_pin_page_goes_by_itself(bench: Bench, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspecting, "PIN_IDLE_S", 0)
    bench.page.open()
    bench.until(lambda: not bench.page.is_open)
    assert kiosk.is_at_rest


def test_so_does_every_other_and_a_touch_keeps_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.gets_in()
    assert 119_000 < bench.page._idle.remainingTime() <= 120_000
    monkeypatch.setattr(inspecting, "IDLE_S", 0)
    bench.page.touched()
    bench.until(lambda: not bench.page.is_open)


# ---------------------------------------------------------------- visitors


def test_it_waits_until_the_number_in_hand_has_been_seen(bench: Bench, visitor: Visitor, kiosk: Kiosk) -> None:
    ticket = visitor.takes("s-0")
    bench.page.open()
    assert not bench.page.is_open
    assert kiosk.scene.ticket == ticket
    kiosk.home()
    bench.sees(Page.PIN)


def test_a_visit_ends_by_the_pin_and_not_by_the_gesture(bench: Bench, kiosk: Kiosk) -> None:
    kiosk.choose_agency(kiosk.hall.agencies[0])
    bench.page.open()
    assert kiosk.scene.agency is not None
    bench.types(PIN)
    bench.sees(Page.MENU)
    assert kiosk.scene.agency is None


def test_who_opened_it_by_accident_goes_on_where_the_visit_was(bench: Bench, kiosk: Kiosk) -> None:
    kiosk.choose_agency(kiosk.hall.agencies[0])
    before = kiosk.scene
    bench.page.open()
    assert not kiosk.is_at_rest
    bench.page.choose("back")
    assert (kiosk.scene, bench.page.is_open) == (before, False)


def test_who_cannot_see_it_hears_that_it_is_nothing_for_visitors(bench: Bench, kiosk: Kiosk) -> None:
    kiosk.switch(Mode.SPOKEN)
    bench.page.open()
    assert bench.narrator.said == [f"{bench.sees(Page.PIN).heading}. {bench.sees(Page.PIN).sentence}"]
    bench.page.choose("back")
    assert kiosk.scene.modes.spoken


# ---------------------------------------------------------------- what is done there


def test_a_test_paper_comes_out_and_its_outcome_is_told(bench: Bench, printer: StandInPrinter, hub: SmallHub) -> None:
    bench.gets_in()
    bench.page.choose("printers")
    bench.page.choose("try")
    bench.until(lambda: [job for job in printer.printed if job.startswith(b"TES")])
    bench.until(lambda: any(row.label == "Cetak uji" for row in bench.sees(Page.PRINTERS).rows))
    bench.until(lambda: deeds(hub) == ["opened", "test_print printed"])
    assert hub.tickets == {}
    printer.fails = Trouble("paper_out")
    bench.page.choose("try")
    bench.until(lambda: deeds(hub)[-1] == "test_print failed paper_out")
    rows = {row.label: row.value for row in bench.sees(Page.PRINTERS).rows}
    assert rows["Cetak uji"] == "Tidak keluar utuh. Kertas habis."
    assert rows["Terakhir mencetak"] == "pukul 09.42"
    assert hub.papers == []


def test_a_new_roll_is_counted_from_its_beginning(bench: Bench, hub: SmallHub) -> None:
    bench.gets_in()
    bench.page.choose("printers")
    bench.page.choose("new-roll")
    assert bench.sees(Page.PRINTERS).sentence == "Hitungan kertas mulai lagi dari rol penuh."
    bench.until(lambda: deeds(hub)[-1] == "new_roll")


def test_the_volume_is_heard_and_kept(bench: Bench, open_bench: OpenBench) -> None:
    bench.gets_in()
    bench.page.choose("sound")
    for _ in range(12):
        bench.page.choose("softer")
    assert bench.narrator.loudness[-1] == 10
    assert bench.narrator.said[-1].startswith("Ini suara kios")
    bench.page.choose("louder")
    assert open_bench().narrator.loudness == [20]


@pytest.mark.parametrize("way", ["restart", "leave"])
def test_the_program_ends_after_it_was_asked_twice(bench: Bench, way: str, hub: SmallHub) -> None:
    bench.gets_in()
    bench.page.choose(way)
    assert bench.ended == []
    bench.page.choose(f"{way}-now")
    assert bench.ended == [way]
    bench.until(lambda: deeds(hub)[-1] == {"restart": "restarted", "leave": "left"}[way])


@pytest.mark.parametrize("page", [page for page in Page if page not in (Page.PIN, Page.CLEANING)])
def test_every_page_leads_back_to_the_menu(bench: Bench, page: Page) -> None:
    bench.gets_in()
    bench.page.choose(page.value)
    assert bench.sees(page).page is page
    bench.page.choose("back")
    bench.page.choose("back")
    assert bench.sees(Page.MENU)


# ---------------------------------------------------------------- cleaning


def test_cleaning_needs_no_pin_and_goes_back_by_itself(
    bench: Bench, kiosk: Kiosk, hub: SmallHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.page.open()
    bench.page.choose("clean")
    assert bench.sees(Page.CLEANING).count == 30
    for name in ("close", "back", "menu", "leave-now"):
        bench.page.choose(name)
    assert (bench.page.is_open, bench.ended, kiosk.is_at_rest) == (True, [], False)
    later = monotonic() + 31
    monkeypatch.setattr(inspecting, "monotonic", lambda: later)
    bench.until(lambda: not bench.page.is_open)
    assert kiosk.is_at_rest
    bench.until(lambda: deeds(hub) == ["cleaned"])


def test_no_deed_needs_the_pin_that_is_not_known(bench: Bench) -> None:
    bench.page.open()
    for name in ("menu", "printers", "try", "leave-now", "restart-now", "new-roll", "log"):
        bench.page.choose(name)
    assert (bench.sees(Page.PIN).page, bench.ended) == (Page.PIN, [])


# ---------------------------------------------------------------- told to the hub


def test_what_the_hub_did_not_hear_is_told_when_it_is_back_also_by_the_next_program(
    bench: Bench, open_bench: OpenBench, link: StandInLink, hub: SmallHub
) -> None:
    link.goes_away()
    bench.gets_in()
    bench.page.choose("close")
    assert deeds(hub) == []
    bench.page.deeds.deleteLater()
    open_bench()
    link.comes_up()
    bench.until(lambda: deeds(hub)[-2:] == ["opened", "closed"])
    assert len({report.facts.get("technician") for report in hub.reports} - {None}) == 2
