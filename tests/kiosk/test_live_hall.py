"""A kiosk in a hall whose configuration changes: the next visitor finds the new one, nobody is disturbed."""

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.__main__ import Station, build
from kiosk.kiosk import Kiosk
from kiosk.scene import Stage
from shared.qt.run import parser_of
from shared.qt.starter import Starter
from shared.qt.theme import install_fonts
from tests.kiosk.conftest import Until
from tests.live_hall import LiveHall, live_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with live_hall(tmp_path) as hall:
        yield hall


Start = Callable[..., Callable[[], Kiosk]]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot, until: Until) -> Iterator[Start]:
    """Starts the program; gives the kiosk of it, whichever window it has now."""
    assert qtbot
    install_fonts()
    parser = parser_of("kiosk")
    parser.set_defaults(printer=None, new_roll=False)
    started: list[Starter] = []

    def start(*more: str) -> Callable[[], Kiosk]:
        given = [*more, "--data", str(tmp_path / "app"), "--id", "kios-1", "--windowed", "1366x768"]
        args = parser.parse_args(given)
        starter = Starter("kiosk", build, args, devices=lambda told: told.kiosks, dark=False)
        started.append(starter)
        starter.begin()

        def now() -> Kiosk:
            window: QWidget | None = starter._window
            assert isinstance(window, Station)
            return window._kiosk

        until(lambda: isinstance(starter._window, Station) and now().queues()[0].waiting is not None)
        return now

    yield start
    for starter in started:
        assert starter._window is not None
        starter._window.close()
        starter._window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        starter.end()


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
    before.choose_agency(before.hall.agencies[0])
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
