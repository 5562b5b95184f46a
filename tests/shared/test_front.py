"""A window that visitors stand before alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shared.qt.front import Front
from shared.qt.launch import place

ALT, CTRL, META = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.MetaModifier,
)
WAYS_OUT = [
    (Qt.Key.Key_F4, ALT), (Qt.Key.Key_Tab, ALT), (Qt.Key.Key_Space, ALT), (Qt.Key.Key_Q, CTRL), (Qt.Key.Key_W, CTRL),
    (Qt.Key.Key_Delete, CTRL | ALT), (Qt.Key.Key_D, META), (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
]  # fmt: skip


class FromOutside(QCloseEvent):
    """As Alt+F4, the taskbar and a window manager's menu have it."""

    def spontaneous(self) -> bool:
        return True


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    Front(window, locked=True)
    with qtbot.waitExposed(window):
        place(window, None)
    yield window
    window.close()
    assert not window.isVisible()


def is_in_front(window: QWidget) -> bool:
    whole = window.geometry() == QGuiApplication.primaryScreen().geometry()
    return window.isVisible() and window.isFullScreen() and window.isActiveWindow() and whole


def test_it_has_no_frame_and_stays_on_top(window: QWidget) -> None:
    flags = window.windowFlags()
    assert flags & Qt.WindowType.FramelessWindowHint
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert is_in_front(window)


def test_nothing_outside_the_program_closes_it(window: QWidget) -> None:
    QApplication.sendEvent(window, closing := FromOutside())
    assert not closing.isAccepted()
    assert is_in_front(window)


def test_one_that_is_not_locked_can_be_closed(window: QWidget) -> None:
    front = window.findChild(Front)
    assert front
    front._locked = False
    QApplication.sendEvent(window, closing := FromOutside())
    assert closing.isAccepted()


@pytest.mark.parametrize(("key", "held"), WAYS_OUT)
def test_no_key_leaves_it(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window, key, held)
    QApplication.processEvents()
    assert is_in_front(window)


def test_a_long_press_opens_no_menu(window: QWidget) -> None:
    QApplication.sendEvent(window, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(9, 9), QPoint(9, 9)))
    assert QApplication.activePopupWidget() is None


def test_minimised_or_covered_it_comes_back(window: QWidget, qtbot: QtBot) -> None:
    window.showMinimized()
    qtbot.waitUntil(lambda: is_in_front(window))
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: is_in_front(window))
    window.showNormal()
    window.resize(200, 100)
    qtbot.waitUntil(lambda: is_in_front(window))


def test_the_program_itself_may_end(window: QWidget) -> None:
    QApplication.closeAllWindows()  # what SIGTERM and the technician come to
    assert not window.isVisible()
