"""An officer in a hall whose configuration changes: who is at the counter stays there."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter.__main__ import build
from counter.desk import Verb
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
    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=1000 * LIMIT_S)

    return wait


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with live_hall(tmp_path) as hall:
        yield hall


@pytest.fixture
def window(hall: LiveHall, tmp_path: Path, qtbot: QtBot, until: Until) -> Iterator[CounterWindow]:
    """The program's window at counter 2."""
    install_fonts()
    link = HubLink(hall.hub.address)
    told = Hall.model_validate(hall.hub.get("/api/hall"))
    args = Namespace(id="loket-2", language="id", windowed=None)
    settings = Settings(tmp_path / "counter.json")
    window = build(Launch(args, link, told, Words("id"), settings, tmp_path, "loket-2"), pace=QUICK)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    until(lambda: officer_of(window).desk.live)
    yield window
    link.close()
    link.deleteLater()


def test_who_is_at_the_counter_stays_and_the_new_service_can_be_given(
    window: CounterWindow, hall: LiveHall, until: Until
) -> None:
    ticket = hall.hub.take()
    officer = officer_of(window)
    until(lambda: officer.desk.following)
    assert officer.press(Verb.NEXT)
    until(lambda: officer.desk.current and Verb.SERVE in officer.desk.offered)
    hall.add_passport()
    until(lambda: "umum-paspor" in {one.id for one in window._desk._hall.agency("umum").services})
    assert officer_of(window) is officer
    assert officer.desk.current is not None
    assert officer.desk.current.number == ticket["number"]
    assert "Surat Pengantar Paspor" in window._sentences._services.values()


def test_a_counter_that_is_gone_has_its_officer_choose_another(
    window: CounterWindow, hall: LiveHall, until: Until
) -> None:
    hall.without_counter_2()
    until(lambda: window._stack.currentWidget() is window._choose)
    said = [label.text() for label in window._choose.findChildren(QLabel)]
    assert any("Meja layanan 'loket-2' tidak ada di gedung ini." in text for text in said)
    assert [tile.counter.id for tile in window._choose.tiles] == ["loket-1"]
