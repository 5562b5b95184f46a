"""Fingers and eyes in the halls that are shipped: every agency and service of Paser and Balikpapan, on every page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QSize

from kiosk.kiosk import Kiosk
from kiosk.place import Place
from kiosk.queues import AgencyQueue
from kiosk.scene import Scene
from kiosk.screens.grid import TileGrid
from kiosk.screens.window import KioskWindow
from shared.assets import CONFIG
from shared.hall import Hall
from shared.qt.theme import install_fonts
from shared.site import load
from tests.kiosk.stand_in import SmallHub, StandInLink
from tests.kiosk.test_sizes import NoPrinter, Thing, look

HALLS = {"paser": 25, "balikpapan": 27}
"""How many agencies each has."""
SCREENS = {
    "1920×1080, 15.6 inch": (QSize(1920, 1080), (345, 194)),
    "1366×768, 15.6 inch": (QSize(1366, 768), (345, 194)),
    "1080×1920, 21.5 inch": (QSize(1080, 1920), (268, 476)),
}


def a_hall(name: str) -> Hall:
    return load(CONFIG / f"{name}.toml").hall("http://192.168.1.10:8080")


@pytest.fixture(scope="module", params=[(hall, screen) for hall in HALLS for screen in SCREENS], ids=" ".join)
def window(request: pytest.FixtureRequest, qapp: QCoreApplication) -> Iterator[KioskWindow]:
    """A kiosk of that hall, at one size, with many waiting."""
    name, screen = request.param
    hall, (size, mm) = a_hall(name), SCREENS[screen]
    link, desk = StandInLink(SmallHub(hall)), NoPrinter()
    link.setParent(qapp)
    install_fonts()
    window = KioskWindow(Kiosk(link, desk, Place(hall, hall.kiosks[0])), link, mm=mm)
    window.resize(size)
    window.show()
    for page in (window.agencies, window.services):
        page.show_queues([AgencyQueue(agency, 120, 480, 1) for agency in hall.agencies])
    yield window
    assert desk.close()
    window.close()
    window.deleteLater()
    link.deleteLater()


def pages(window: KioskWindow, grid: TileGrid, scene: Scene) -> Iterator[list[Thing]]:
    """What stands on each page of tiles."""
    look(window, scene)
    for page in range(grid.pages):
        grid.turn(page)
        yield look(window, scene)


def steps(window: KioskWindow) -> Iterator[tuple[TileGrid, Scene]]:
    """The agencies, and the services of each that asks."""
    home = Scene(language="id", visiting=True)
    yield window.agencies.grid, home
    for agency in window._kiosk.hall.agencies:
        if len(agency.services) > 1:
            yield window.services.grid, replace(home, agency=agency)


def tiles(seen: list[Thing]) -> set[str]:
    return {thing.name for thing in seen if thing.name.startswith(("agency-", "service-")) and thing.button}


@pytest.fixture(scope="module")
def every_page(window: KioskWindow) -> list[list[Thing]]:
    return [page for grid, scene in steps(window) for page in pages(window, grid, scene)]


def test_everything_can_be_touched_and_read(window: KioskWindow, every_page: list[list[Thing]]) -> None:
    touch, whole = window.theme.touch, window.rect()
    for seen in every_page:
        buttons = [thing for thing in seen if thing.button]
        assert tiles(seen)
        assert [thing for thing in buttons if min(thing.place.width(), thing.place.height()) < touch] == []
        assert [thing for thing in seen if thing.cut or not whole.contains(thing.place)] == []


def test_every_agency_and_service_stands_on_some_page(window: KioskWindow, every_page: list[list[Thing]]) -> None:
    hall = window._kiosk.hall
    seen = {name for page in every_page for name in tiles(page)}
    services = {service.id for agency in hall.agencies if len(agency.services) > 1 for service in agency.services}
    assert seen == {f"agency-{agency.id}" for agency in hall.agencies} | {f"service-{service}" for service in services}


@pytest.mark.parametrize(("name", "agencies"), HALLS.items())
def test_the_shipped_halls_are_as_large_as_they_are(name: str, agencies: int) -> None:
    hall = a_hall(name)
    assert (len(hall.agencies), len(hall.counters)) == (agencies, 44)
