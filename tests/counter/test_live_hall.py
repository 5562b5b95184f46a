"""An officer in a hall whose configuration changes: who is at the counter stays there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter.desk import Verb
from counter.screens.window import CounterWindow
from tests.counter.at_live_hall import Until, hall, until, window_at
from tests.counter.conftest import officer_of
from tests.live_hall import LiveHall

__all__ = ["hall", "until"]


@pytest.fixture
def window(hall: LiveHall, tmp_path: Path, qtbot: QtBot, until: Until) -> Iterator[CounterWindow]:
    """The program's window at counter 2."""
    with window_at("loket-2", hall, tmp_path, qtbot, until) as window:
        yield window


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


def test_a_file_that_is_not_taken_up_is_told_of_at_once_with_line_and_hint(
    window: CounterWindow, hall: LiveHall, until: Until
) -> None:
    def notice() -> str:
        return next(label.text() for label in window.findChildren(QLabel) if label.objectName() == "notice-0")

    assert officer_of(window)._pace.steady_s >= 60  # not by looking again
    text = hall.path.read_text(encoding="utf-8")
    hall.path.write_text(text.replace("timezone =", "timezon ="), encoding="utf-8")
    until(notice)
    assert "gedung.toml, baris 8: Kunci 'timezon' tidak dikenal di [hall]. Maksudnya 'timezone'?" in notice()
    hall.path.write_text(text, encoding="utf-8")
    until(lambda: not notice())


def test_a_counter_that_is_gone_has_its_officer_choose_another(
    window: CounterWindow, hall: LiveHall, until: Until
) -> None:
    hall.without_counter_2()
    until(lambda: window._stack.currentWidget() is window._choose)
    said = [label.text() for label in window._choose.findChildren(QLabel)]
    assert any("Meja layanan 'loket-2' tidak ada di gedung ini." in text for text in said)
    assert [tile.counter.id for tile in window._choose.tiles] == ["loket-1"]
