"""The supervisor's page 'Konfigurasi' before a real hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter.configuration import faults_of
from counter.screens.configuration_page import ConfigurationPage
from counter.screens.numbered_list import NumberedList
from counter.screens.window import CounterWindow
from counter.seat import Seat
from shared.configuration_wire import Fault
from shared.qt.theme import Theme, install_fonts
from shared.trouble import Trouble
from tests.counter.at_live_hall import Until, hall, until, window_at
from tests.live_hall import LiveHall

__all__ = ["hall", "until"]


@pytest.fixture
def window(hall: LiveHall, tmp_path: Path, qtbot: QtBot, until: Until) -> Iterator[CounterWindow]:
    with window_at("loket-1", hall, tmp_path, qtbot, until) as window:
        yield window


@pytest.fixture
def page(window: CounterWindow, hall: LiveHall, until: Until) -> ConfigurationPage:
    """The page, opened from the supervisor's sheet by keys alone, with the text in force."""
    press(window, Qt.Key.Key_L)
    until(lambda: "Pengawas" in lines(window))
    press(window, number_of(window, "Pengawas"))
    until(lambda: "Konfigurasi" in lines(window))
    press(window, number_of(window, "Konfigurasi"))
    seat = window.findChild(Seat)
    assert isinstance(seat, Seat)
    page = seat._configuration
    assert page is not None
    until(lambda: page.editor.text() == hall.text)
    return page


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget.focusWidget() or widget, key)


def lines(window: CounterWindow) -> list[str]:
    rows = window._desk._sheet._rows
    return [row.choice.text for row in rows if row.choice is not None and not row.isHidden()]


def number_of(window: CounterWindow, line: str) -> Qt.Key:
    return Qt.Key(Qt.Key.Key_1 + lines(window).index(line))


def history(page: ConfigurationPage) -> list[str]:
    return [page.history.item(row).text().split(" · ")[0] for row in range(page.history.count())]


def test_what_is_wrong_stands_beside_its_line_and_changes_nothing(
    page: ConfigurationPage, hall: LiveHall, until: Until
) -> None:
    before = hall.text
    page.editor.setPlainText(before.replace("timezone =", "timezon =").replace("minutes = 9", 'minutes = "9"'))
    press(page, Qt.Key.Key_F5)
    until(lambda: page.faults.count() == 2)
    assert page.status.text() == "2 kesalahan."
    assert page.editor._faults[8] == "Kunci 'timezon' tidak dikenal di [hall]"
    press(page, Qt.Key.Key_F8)
    assert page.editor.textCursor().blockNumber() + 1 == 8
    press(page, Qt.Key.Key_F9)
    until(lambda: page.status.text().startswith("Konfigurasi ini belum benar"))
    assert hall.text == before


def test_a_text_is_taken_up_and_the_one_before_comes_back(
    page: ConfigurationPage, window: CounterWindow, hall: LiveHall, until: Until
) -> None:
    before = hall.text
    page.editor.setPlainText(before.replace("Antre tertib", "Antre tenang"))
    assert page.status.text() == "Ada perubahan yang belum dipakai."
    press(page, Qt.Key.Key_F9)
    until(lambda: history(page) == ["2", "1"])
    until(lambda: window._desk._hall.tagline.startswith("Antre tenang"))
    assert "Antre tenang" in hall.text
    until(lambda: page.status.text() == "Nomor 2 berlaku.")
    page.history.setCurrentRow(1)
    press(page, Qt.Key.Key_F7)
    assert page.status.text() == "Kembalikan konfigurasi nomor 1? Tekan F7 sekali lagi."
    press(page, Qt.Key.Key_F7)
    until(lambda: history(page) == ["3", "2", "1"])
    until(lambda: page.editor.text() == before)
    assert hall.text == before


def test_of_two_who_change_it_the_second_is_told(page: ConfigurationPage, hall: LiveHall, until: Until) -> None:
    page.editor.setPlainText(hall.text.replace("Antre tertib", "Antre tenang"))
    hall.add_passport()
    press(page, Qt.Key.Key_F9)
    until(lambda: page.status.text().startswith("Konfigurasi sudah diganti sejak Anda membukanya."))
    assert "Antre tertib" in hall.text


def test_what_another_puts_in_force_is_shown_where_nobody_is_changing_anything(
    page: ConfigurationPage, hall: LiveHall, until: Until
) -> None:
    hall.add_passport()
    until(lambda: "umum-paspor" in page.editor.text())
    assert history(page) == ["2", "1"]
    assert not page.has_changes


def test_a_wrong_file_at_the_hub_is_told_and_the_text_in_force_brings_it_back(
    page: ConfigurationPage, hall: LiveHall, until: Until
) -> None:
    before = hall.text
    hall.path.write_text(before.replace("timezone =", "timezon ="), encoding="utf-8")
    until(lambda: hall.hub.get("/api/health")["refused_configuration"])
    page.begin()
    until(lambda: page.faults.count() == 1)
    assert page.faults.item(0).text().startswith("Berkas di PC hub belum dipakai. Baris 8: Kunci 'timezon'")
    press(page, Qt.Key.Key_F7)
    press(page, Qt.Key.Key_F7)
    until(lambda: hall.text == before)
    until(lambda: page.faults.count() == 0)


def test_who_works_on_it_sees_who_calls_for_help_and_goes_there_by_one_key(
    page: ConfigurationPage, hall: LiveHall, until: Until
) -> None:
    hall.hub.post("/api/counters/loket-2/alarm")
    until(page.alarm.isVisible)
    page.editor.setPlainText("lain")
    press(page, Qt.Key.Key_F11)
    until(lambda: not page.alarm.isVisible())
    assert page.editor.text() == "lain"
    assert hall.hub.get("/api/overview")["alarms"] == []


def test_changes_are_dropped_only_by_a_second_esc(page: ConfigurationPage, window: CounterWindow) -> None:
    page.editor.setPlainText("lain")
    press(page, Qt.Key.Key_Escape)
    assert window._stack.currentWidget() is page
    press(page, Qt.Key.Key_Escape)
    assert window._stack.currentWidget() is window._desk


def test_the_editor_and_the_history_are_reached_by_one_key(page: ConfigurationPage) -> None:
    assert page.editor.hasFocus()
    press(page, Qt.Key.Key_F6)
    assert page.history.hasFocus()
    press(page, Qt.Key.Key_F6)
    assert page.editor.hasFocus()


def test_a_line_that_is_longer_than_the_list_is_wide_is_whole(qtbot: QtBot) -> None:
    install_fonts()
    listed = NumberedList("history")
    qtbot.addWidget(listed)
    listed.dress(Theme(QSize(960, 600)))
    for line in ("12 · 22/11/2026 22.56 · berkas di PC hub · berlaku", "1 · dikembalikan"):
        listed.add(line, 1)
    listed.show()
    for width, is_wrapped in ((600, False), (230, True)):
        listed.resize(width, 200)
        long, short = (listed.visualItemRect(listed.item(row)) for row in (0, 1))
        assert (long.height() > short.height()) is is_wrapped
        assert long.width() <= listed.viewport().width()


def test_only_faults_the_hub_tells_as_such_are_taken_for_faults() -> None:
    told = [{"line": 8, "what": "x", "hint": ""}]
    assert faults_of(Trouble("configuration_wrong", now=told, count=1)) == [Fault(line=8, what="x")]
    assert faults_of(Trouble("configuration_wrong", now=[1], count=1)) == []
    assert faults_of(Trouble("hub_away", now=told)) == []
