"""An officer's window before a real hub whose configuration changes: fixtures for the modules that need one."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.__main__ import build
from counter.screens.window import CounterWindow
from shared.hall import Hall
from shared.qt.launch import Launch
from shared.qt.link import HubLink
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.words import Words
from tests.counter.conftest import QUICK, officer_of
from tests.live_hall import LiveHall, live_hall
from tests.real_hub import LIMIT_S

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until something holds; a real hub takes its time."""

    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=1000 * LIMIT_S)

    return wait


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with live_hall(tmp_path) as hall:
        yield hall


@contextmanager
def window_at(counter: str, hall: LiveHall, folder: Path, qtbot: QtBot, until: Until) -> Iterator[CounterWindow]:
    """The program's window at this counter, connected."""
    install_fonts()
    link = HubLink(hall.hub.address)
    told = Hall.model_validate(hall.hub.get("/api/hall"))
    args, settings = Namespace(id=counter, language="id", windowed=None), Settings(folder / "counter.json")
    window = build(Launch(args, link, told, Words("id"), settings, folder, counter), pace=QUICK)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    until(lambda: officer_of(window).desk.live)
    yield window
    link.close()
    link.deleteLater()
