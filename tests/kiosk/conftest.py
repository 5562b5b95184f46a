"""A kiosk before a small hub and a printer, and the ways a test waits for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from pytestqt.qtbot import QtBot

from kiosk.kiosk import Kiosk
from kiosk.outlets import Outlet
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.scene import Pace, Scene, Stage
from kiosk.screens.window import KioskWindow
from shared.hall import Hall
from shared.qt.theme import install_fonts
from shared.wire import Ticket
from tests.kiosk.stand_in import SmallHub, StandInLink, StandInPrinter, a_hall

PATIENT = Pace(refresh_s=0.01, away_s=0.01, again_s=0.01)
"""People are given all the time they have in a hall; only what a test waits for is quick."""

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def hall() -> Hall:
    return a_hall()


@pytest.fixture
def hub(hall: Hall) -> SmallHub:
    return SmallHub(hall)


@pytest.fixture
def link(hub: SmallHub, qapp: QCoreApplication) -> Iterator[StandInLink]:
    link = StandInLink(hub)
    link.setParent(qapp)
    yield link
    link.deleteLater()


@pytest.fixture
def printer() -> StandInPrinter:
    return StandInPrinter()


def words_of(ticket: Ticket, language: str, *, copy: bool = False) -> bytes:
    """What the printer gets in these tests: enough to tell one job from another."""
    return f"{ticket.number} {language}{' SALINAN' * copy}".encode()


@pytest.fixture
def desk(printer: StandInPrinter, qapp: QCoreApplication) -> Iterator[PrintDesk]:
    desk = PrintDesk(lambda: [Outlet(printer, words_of)], qapp)
    yield desk
    printer.goes_on.set()
    printer.answers.set()
    assert desk.close()
    desk.deleteLater()


@pytest.fixture
def open_kiosk(link: StandInLink, desk: PrintDesk, hall: Hall, until: Until) -> Callable[..., Kiosk]:
    """Opens a kiosk whose times are a hall's, but for those the test names."""

    def begin(**seconds: float) -> Kiosk:
        kiosk = Kiosk(link, desk, Place(hall, hall.kiosks[0]), pace=replace(PATIENT, **seconds))
        kiosk.setParent(link)
        kiosk.begin({"version": "test"})
        until(lambda: kiosk.queues()[0].waiting is not None)
        return kiosk

    return begin


@pytest.fixture
def kiosk(open_kiosk: Callable[..., Kiosk]) -> Kiosk:
    return open_kiosk()


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until something holds: at most 20 s, longer than any screen of the kiosk stays."""

    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=20_000)

    return wait


class Visitor:
    """Somebody before the kiosk, who touches what is there and waits for what comes."""

    def __init__(self, kiosk: Kiosk, until: Until) -> None:
        self.kiosk, self.until = kiosk, until

    @property
    def scene(self) -> Scene:
        return self.kiosk.scene

    def touch(self, service: str) -> None:
        """Touch that service, through its agency."""
        agency = next(a for a in self.kiosk.hall.agencies if any(s.id == service for s in a.services))
        self.kiosk.choose_agency(agency)
        if len(agency.services) > 1:
            self.kiosk.choose_service(agency, next(s for s in agency.services if s.id == service))

    def sees(self, stage: Stage) -> Scene:
        """Wait until the kiosk is there."""
        self.until(lambda: self.scene.stage is stage)
        return self.scene

    def takes(self, service: str) -> Ticket:
        """Touch and get a ticket in the hand."""
        self.touch(service)
        ticket = self.sees(Stage.DONE).ticket
        assert ticket is not None
        return ticket


@pytest.fixture
def visitor(kiosk: Kiosk, until: Until) -> Visitor:
    return Visitor(kiosk, until)


@pytest.fixture
def window(kiosk: Kiosk, link: StandInLink, qtbot: QtBot) -> KioskWindow:
    """The kiosk's window on a Full HD screen."""
    return shown(KioskWindow(kiosk, link), qtbot, QSize(1920, 1080))


def shown(window: KioskWindow, qtbot: QtBot, size: QSize) -> KioskWindow:
    """`window` in that size, on the screen."""
    install_fonts()
    qtbot.addWidget(window)
    window.resize(size)
    with qtbot.waitExposed(window):
        window.show()
    return window
