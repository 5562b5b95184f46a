"""A kiosk in a hall whose configuration changes: the next visitor finds the new one, nobody is disturbed."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.__main__ import Station, build
from kiosk.inspection import Page
from kiosk.kiosk import Kiosk
from kiosk.print_desk import PrintDesk
from kiosk.printer_status import Health
from kiosk.reports import Reports
from kiosk.scene import Stage
from shared.hall import Hall
from shared.qt import starter as starter_module
from shared.qt.ask_hub import AskHub
from shared.qt.kept_hall import KeptHall
from shared.qt.pair_app import HUB_SETTING
from shared.qt.run import parser_of
from shared.qt.starter import Starter
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.site import load
from tests.hub.running import SITE, start_hub
from tests.kiosk.conftest import Until
from tests.live_hall import LiveHall, live_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with live_hall(tmp_path) as hall:
        yield hall


Begin = Callable[..., Starter]
Start = Callable[..., Callable[[], Kiosk]]


def leave(starter: Starter) -> None:
    assert starter._window is not None
    starter._window.close()
    starter._window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    starter.end()


@pytest.fixture
def begin(tmp_path: Path, qtbot: QtBot) -> Iterator[Begin]:
    """Starts the program."""
    assert qtbot
    install_fonts()
    parser = parser_of("kiosk")
    parser.set_defaults(printer=None, new_roll=False)
    started: list[Starter] = []

    def begin(*more: str, locked: bool = False) -> Starter:
        given = [*more, "--data", str(tmp_path / "app"), "--id", "kios-1", "--windowed", "1366x768"]
        args = parser.parse_args(given)
        starter = Starter("kiosk", build, args, devices=lambda told: told.kiosks, dark=False)
        starter.locked = locked
        started.append(starter)
        starter.begin()
        return starter

    yield begin
    for starter in started:
        if starter._window is not None:
            leave(starter)


@pytest.fixture
def start(begin: Begin, until: Until) -> Start:
    """Starts the program; gives the kiosk of it, whichever window it has now."""

    def start(*more: str) -> Callable[[], Kiosk]:
        starter = begin(*more)

        def now() -> Kiosk:
            window: QWidget | None = starter._window
            assert isinstance(window, Station)
            return window._kiosk

        until(lambda: isinstance(starter._window, Station) and now().queues()[0].waiting is not None)
        return now

    return start


@pytest.fixture
def kiosk(hall: LiveHall, start: Start) -> Callable[[], Kiosk]:
    return start("--hub", hall.hub.address)


def services(kiosk: Kiosk) -> set[str]:
    return {service.id for agency in kiosk.hall.agencies for service in agency.services}


def test_a_kiosk_at_rest_offers_the_new_service_at_once(
    hall: LiveHall, kiosk: Callable[[], Kiosk], until: Until
) -> None:
    before = weakref.ref(kiosk())
    hall.add_passport()
    until(lambda: "umum-paspor" in services(kiosk()))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert before() is None  # a window kept with each change would fill the memory
    until(lambda: kiosk().queues()[0].waiting is not None)
    agency = kiosk().hall.agency("umum")
    kiosk().choose_agency(agency)
    kiosk().choose_service(agency, kiosk().hall.service("umum-paspor"))
    until(lambda: kiosk().scene.stage is Stage.DONE)


def test_a_visitor_is_not_disturbed_in_the_middle(hall: LiveHall, kiosk: Callable[[], Kiosk], until: Until) -> None:
    before = kiosk()
    station = before.parent()
    assert isinstance(station, Station)
    station._hall_changed(before.hall)
    before.choose_agency(before.hall.agencies[0])  # in the moment in which the screen was to be built anew
    number = hall.add_passport()
    heard: list[int] = []
    before._link.configured.connect(heard.append)
    until(lambda: number in heard)
    assert kiosk() is before
    assert before.scene.agency is not None
    before.choose_service(before.hall.agencies[0], before.hall.agencies[0].services[0])
    until(lambda: before.scene.stage is Stage.DONE)
    assert kiosk() is before
    before.home()
    until(lambda: "umum-paspor" in services(kiosk()))


def test_on_the_hub_s_own_pc_a_hall_may_be_renamed_while_it_is_open(
    hall: LiveHall, start: Start, tmp_path: Path, until: Until
) -> None:
    here = hall.hub.address.removeprefix("http://")
    site = tmp_path / "own.toml"
    site.write_text(hall.text.replace("single_pc = true", f'single_pc = true\nlisten = "{here}"'), encoding="utf-8")
    kiosk = start("--site", str(site))
    for name in ("Kecamatan Kuaro", "Kantor Camat Kuaro"):
        hall.rename(name)
        until(lambda: kiosk().hall.name == name)  # noqa: B023  -- waited for before the next name
        until(lambda: kiosk().queues()[0].waiting is not None)
    agency = kiosk().hall.agency("umum")
    kiosk().choose_agency(agency)
    kiosk().choose_service(agency, agency.services[0])
    until(lambda: kiosk().scene.stage is Stage.DONE)


# ---------------------------------------------------------------- started while the hub is away


def test_a_kiosk_that_starts_without_its_hub_excuses_itself_and_goes_on_when_the_hub_is_back(
    hall: LiveHall, begin: Begin, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter_module, "KEEP_MS", 0)
    address = hall.hub.address.removeprefix("http://")
    Settings(tmp_path / "app" / "kiosk.json").set(HUB_SETTING, hall.hub.address)
    first = begin()
    until((tmp_path / "app" / "kiosk-hall.json").exists)
    leave(first)
    hall.add_passport()
    hall.hub.kill()

    started = begin()
    until(lambda: isinstance(started._window, Station))
    station = started._window
    assert isinstance(station, Station)
    assert station.pages.currentWidget() is station.sorry
    assert station.sorry.heading.text() == "Maaf, tunggu sebentar"
    station.technician.touch.made.emit()
    assert station.technician.technician.is_open
    station.technician.technician.close()

    with start_hub(tmp_path / "hub", "--always-open", site=hall.path, listen=address):
        until(lambda: isinstance(started._window, Station) and "umum-paspor" in services(started._window._kiosk))
        station = started._window
        assert isinstance(station, Station)
        kiosk = station._kiosk
        until(lambda: kiosk.scene.stage is Stage.CHOOSING)
        agency = kiosk.hall.agency("umum")
        kiosk.choose_agency(agency)
        kiosk.choose_service(agency, agency.services[0])
        until(lambda: kiosk.scene.stage is Stage.DONE)
        leave(started)
        started._window = None


def test_on_a_single_pc_whose_hub_has_ended_visitors_see_a_calm_page_and_the_technician_gets_in(
    begin: Begin, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "own.toml"
    text = SITE.read_text(encoding="utf-8")
    site.write_text(text.replace("single_pc = true", 'single_pc = true\nlisten = "127.0.0.1:9"'), encoding="utf-8")
    heard = load(site).hall("http://127.0.0.1:9")
    KeptHall(tmp_path / "app" / "kiosk-hall.json").keep("http://127.0.0.1:9", heard)
    monkeypatch.setattr("shared.start_hub.hub_command", lambda *_: ["false"])
    painted: list[bool] = []
    monkeypatch.setattr(starter_module, "be_patient", lambda *, on: painted.append(not on))
    started = begin("--site", str(site), locked=True)
    until(lambda: isinstance(started._window, Station))
    station = started._window
    assert isinstance(station, Station)
    assert station.sorry.heading.text() == "Maaf, tunggu sebentar"
    station.technician.touch.made.emit()
    leaf = station.technician.technician._leaf(Page.PIN)
    assert "Hub di PC ini tidak berjalan: nyalakan ulang PC ini" in leaf.sentence
    assert str(tmp_path / "app" / "hub.out") in leaf.sentence
    until(lambda: painted[-2:] == [False, True])


def _answers_while_it_closes(desk: PrintDesk) -> None:
    close = desk.close

    def told_and_closed() -> bool:
        told = threading.Thread(target=lambda: desk._worker.health_came.emit(Health(("cover_open",))))
        told.start()
        told.join()
        return close()

    desk.close = told_and_closed  # type: ignore[method-assign,assignment]


def test_there_a_technician_may_say_that_the_hub_has_moved(
    hall: LiveHall, begin: Begin, tmp_path: Path, until: Until
) -> None:
    """Also while the printer's thread says how it is: nothing asks on a link that has gone."""
    gone = "http://127.0.0.1:9"  # nobody listens there
    told = Hall.model_validate(hall.hub.get("/api/hall"))
    KeptHall(tmp_path / "app" / "kiosk-hall.json").keep(gone, told)
    Settings(tmp_path / "app" / "kiosk.json").set(HUB_SETTING, gone)
    started = begin()
    until(lambda: isinstance(started._window, Station))
    station = started._window
    assert isinstance(station, Station)
    technician = station.technician.technician
    technician.open()
    technician._turn(Page.ABOUT)
    assert [(row.label, row.value) for row in technician._leaf(Page.ABOUT).rows][3] == (
        "Konfigurasi",
        "yang terakhir diterima kios ini",
    )
    reports = station.findChild(Reports)
    assert isinstance(reports, Reports)
    until(lambda: reports.last is not None and not reports._telling_health)
    _answers_while_it_closes(station._desk)
    technician.choose("other-hub")
    until(lambda: isinstance(started._window, AskHub))
    ask = started._window
    assert isinstance(ask, AskHub)
    ask.given.emit(hall.hub.address)
    until(lambda: isinstance(started._window, Station) and started._window._kiosk.queues()[0].waiting is not None)
    assert Settings(tmp_path / "app" / "kiosk.json").get(HUB_SETTING) == hall.hub.address
