"""An officer at counter 12 of a small hub, and the whole program's window around one."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from counter.__main__ import build
from counter.officer import USUAL_PACE, Officer, Pace
from counter.screens.window import CounterWindow
from counter.seat import Seat
from shared.hall import Hall
from shared.qt.run import Launch
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.words import Words
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink, a_hall
from tests.real_hub import LIMIT_S

QUICK = Pace(rest=60, look=30, gather=1, retry=1, message=60_000, report=60_000, patience_s=1)
"""Rests that end while a test waits for them."""
SLEEPY = Pace(rest=60_000, look=60_000, gather=1, retry=1, message=60_000, report=60_000, patience_s=1)
"""Two seconds that never end while a test looks."""

Until = Callable[[Callable[[], object]], None]
Open = Callable[..., CounterWindow]


@pytest.fixture(autouse=True, scope="session")
def silence() -> Iterator[None]:
    """No test rings: windows that are still to be deleted might."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("counter.help.ring", lambda: None)
        yield


@pytest.fixture
def hub() -> SmallHub:
    return SmallHub()


@pytest.fixture
def link(hub: SmallHub, qapp: QCoreApplication) -> Iterator[StandInLink]:
    link = StandInLink(hub)
    link.setParent(qapp)
    yield link
    link.deleteLater()


def _officer(link: StandInLink, pace: Pace, qtbot: QtBot) -> Officer:
    officer = Officer(link, COUNTER, pace=pace, parent=link)
    officer.start()
    link.comes_up()
    qtbot.waitUntil(lambda: officer.desk.live, timeout=1000 * LIMIT_S)
    return officer


@pytest.fixture
def officer(link: StandInLink, qtbot: QtBot) -> Officer:
    """An officer whose rests are short."""
    return _officer(link, QUICK, qtbot)


@pytest.fixture
def drummer(link: StandInLink, qtbot: QtBot) -> Officer:
    """An officer for whom two seconds never pass."""
    return _officer(link, SLEEPY, qtbot)


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until something holds: at most `LIMIT_S`, for a busy machine; an idle one needs a tenth of a second."""

    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=1000 * LIMIT_S)

    return wait


@pytest.fixture
def open_app(link: StandInLink, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """The program's window as a start makes it; starts again and again share what is remembered."""
    install_fonts()
    opened: list[CounterWindow] = []
    """qtbot holds its widgets weakly: one that only a test held could be collected in the middle of its painting."""

    def start(
        identity: str | None = None, *, hall: Hall | None = None, language: str = "id", pace: Pace = USUAL_PACE
    ) -> CounterWindow:
        args = argparse.Namespace(id=identity, language=language, windowed=None)
        settings = Settings(tmp_path / "counter.json")
        known = identity or settings.get("id") or ""
        window = build(Launch(args, link, hall or a_hall(44), Words(language), settings, tmp_path, known), pace=pace)
        qtbot.addWidget(window)
        opened.append(window)
        window.resize(1366, 768)
        window.show()
        return window

    yield start
    opened.clear()


@pytest.fixture
def desk(open_app: Open, link: StandInLink, until: Until) -> CounterWindow:
    """The desk of counter 12, connected, 'next' offered."""
    window = open_app(COUNTER.id)
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    return window


@pytest.fixture
def brisk(open_app: Open, link: StandInLink, until: Until) -> CounterWindow:
    """The same desk, where two seconds pass at once."""
    window = open_app(COUNTER.id, pace=QUICK)
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    return window


def officer_of(window: CounterWindow) -> Officer:
    """Who sits behind this window."""
    seat = window.findChild(Seat)
    assert isinstance(seat, Seat)
    assert seat.officer is not None
    return seat.officer
