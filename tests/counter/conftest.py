"""An officer at counter 12 of a small hub, and the ways a test waits for the desk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from counter.officer import Officer, Pace
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink

QUICK = Pace(rest=60, look=30, gather=1, retry=1, message=60_000, report=60_000, patience_s=1)
"""Rests that end while a test waits for them."""
SLEEPY = Pace(rest=60_000, look=60_000, gather=1, retry=1, message=60_000, report=60_000, patience_s=1)
"""Two seconds that never end while a test looks."""


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
    qtbot.waitUntil(lambda: officer.desk.live, timeout=2000)
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
def until(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Wait, at most two seconds, until something holds."""

    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=2000)

    return wait
