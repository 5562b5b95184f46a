"""A ticket in few touches: three for what is used most, five by pages and eight by search for any of 450 services."""

import os
import re
from collections import Counter
from functools import cache
from statistics import mean

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from pytestqt.qtbot import QtBot

from kiosk.kiosk import Kiosk
from kiosk.scene import Stage
from kiosk.screens.window import KioskWindow
from shared.assets import CONFIG
from shared.hall import Agency, Hall, Service
from shared.wire import Offers
from tests.kiosk.conftest import Until, shown
from tests.kiosk.stand_in import SmallHub, StandInLink
from tests.kiosk.test_finding import large
from tests.kiosk.test_screens import Eyes
from tests.kiosk.touches import RESULTS, TILES, Visitor, Walk

PAGE = CONFIG.parent / "docs" / "menemukan-layanan.md"
BEGIN, END = "<!-- touches -->\n", "<!-- /touches -->"
OFTEN = 20
MOST_OFTEN, MOST_BY_PAGES, MOST_BY_SEARCH = 3, 7, 8


@cache
def visitor() -> Visitor:
    return Visitor(large())


@cache
def ways() -> list[tuple[Agency, Service, int, Walk]]:
    """Each service, most used first: its touches by pages, and its way by search."""
    know = visitor()
    return [
        (agency, service, know.by_pages(agency, service), know.by_search(agency, service))
        for agency, service in know.services
    ]


def test_what_is_used_most_is_three_touches_away() -> None:
    assert [service.id for _, service, pages, _ in ways()[:OFTEN] if pages > MOST_OFTEN] == []


def test_so_it_is_in_a_hall_that_has_learnt_nothing_yet() -> None:
    fresh = Visitor(large())
    fresh.usual = dict.fromkeys(fresh.usual, 0)
    touches = [fresh.by_pages(agency, service) for agency, service, _, _ in ways()]
    assert (max(touches[:OFTEN]) <= MOST_OFTEN, max(touches) <= MOST_BY_PAGES) == (True, True)


def test_any_service_is_seven_touches_away_by_pages_and_eight_by_search() -> None:
    far = [
        service.id for _, service, pages, search in ways() if pages > MOST_BY_PAGES or search.touches > MOST_BY_SEARCH
    ]
    assert (len(ways()), far) == (450, [])


def table() -> str:
    """The figures as the page has them."""
    pages, searches = ([way[2] for way in ways()], [way[3].touches for way in ways()])
    counts = [Counter(pages), Counter(searches)]
    rows = [
        f"| {n} | {counts[0][n] or '–'} | {counts[1][n] or '–'} |"
        for n in range(min(pages), max(*pages, *searches) + 1)
    ]
    often = [
        f"| {agency.short_name}: {service.name} | {by_pages} | {search.touches} | {search.typed or '–'} |"
        for agency, service, by_pages, search in ways()[:OFTEN]
    ]
    lines = [
        f"Semua {len(pages)} layanan: lewat ubin rata-rata {mean(pages):.1f} sentuhan, paling banyak {max(pages)};",
        f"lewat pencarian rata-rata {mean(searches):.1f}, paling banyak {max(searches)}.",
        "",
        "| Sentuhan | Layanan, lewat ubin | Layanan, lewat pencarian |",
        "|--:|--:|--:|",
        *rows,
        "",
        f"{OFTEN} layanan yang paling banyak dipakai:",
        "",
        "| Layanan | Lewat ubin | Lewat pencarian | dengan mengetik |",
        "|---|--:|--:|---|",
        *often,
    ]
    return "\n".join(lines) + "\n"


def test_the_page_tells_these_figures() -> None:
    """With KEEP=1 it is written anew, to be read in the diff."""
    text = PAGE.read_text("utf-8")
    if os.environ.get("KEEP") == "1":
        text = re.sub(f"{BEGIN}.*{END}", lambda _: BEGIN + table() + END, text, flags=re.DOTALL)
        PAGE.write_text(text, "utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == table()


# ---------------------------------------------------------------- with fingers, on the real screens


class LearntHub(SmallHub):
    """A hub that knows what is used."""

    def offers(self) -> Offers:
        """As it is given, with how much it is used at this hour."""
        told, usual = super().offers(), visitor().usual
        services = [offer.model_copy(update={"usual": usual[offer.id]}) for offer in told.services]
        sums = {agency.id: sum(usual[service.id] for service in agency.services) for agency in self.hall.agencies}
        agencies = [offer.model_copy(update={"usual": sums[offer.id]}) for offer in told.agencies]
        return told.model_copy(update={"services": services, "agencies": agencies})


@pytest.fixture
def hall() -> Hall:
    return large()


@pytest.fixture
def hub(hall: Hall) -> SmallHub:
    return LearntHub(hall)


@pytest.fixture
def window(kiosk: Kiosk, link: StandInLink, qtbot: QtBot, until: Until) -> KioskWindow:
    until(lambda: kiosk.offers() is not None)
    return shown(KioskWindow(kiosk, link, mm=(345, 194)), qtbot, QSize(1920, 1080))


class Finger:
    """Touches and counts."""

    def __init__(self, window: KioskWindow, until: Until) -> None:
        self.eyes, self._until, self.touches = Eyes(window), until, 0

    def touch(self, name: str) -> None:
        self.eyes.touch(name)
        self.touches += 1

    def turns_to(self, name: str) -> None:
        while not self.eyes.sees(name):
            self.touch("page-next")
        self.touch(name)

    def takes(self, kiosk: Kiosk, service: Service) -> int:
        """From the service on: to the ticket, and home again. How many touches it was altogether."""
        if service.is_explained:
            self.touch("take")
        self._until(lambda: kiosk.scene.stage is Stage.DONE)
        ticket, touches = kiosk.scene.ticket, self.touches
        assert ticket is not None
        assert ticket.service == service.id
        self.touches = 0
        kiosk.home()
        return touches


def test_the_real_screens_need_as_many_touches_as_the_model_says(
    window: KioskWindow, kiosk: Kiosk, until: Until
) -> None:
    finger = Finger(window, until)
    for agency, service, by_pages, search in (ways()[0], ways()[17], ways()[449], max(ways(), key=lambda way: way[2])):
        finger.turns_to(f"agency-{agency.id}")
        finger.turns_to(f"service-{service.id}")
        assert finger.takes(kiosk, service) == by_pages
        finger.touch("search")
        for letter in search.typed:
            finger.touch("key-space" if letter == " " else f"key-{letter}")
        if visitor().is_found_itself(search.typed, agency, service):
            finger.turns_to(f"found-{service.id}")
        else:
            finger.turns_to(f"found-agency-{agency.id}")
            finger.turns_to(f"service-{service.id}")
        assert finger.takes(kiosk, service) <= search.touches


def test_the_real_pages_hold_as_much_as_the_model_says(window: KioskWindow, kiosk: Kiosk) -> None:
    for size, mm in (((1920, 1080), (345, 194)), ((1366, 768), (345, 194)), ((1080, 1920), (268, 476))):
        window._mm = mm
        window.resize(QSize(*size))
        QCoreApplication.processEvents()
        assert window.agencies.grid._shape.tiles == TILES
        kiosk.search("p")
        QCoreApplication.processEvents()
        assert window.search.grid._shape.tiles >= RESULTS
        kiosk.back()
