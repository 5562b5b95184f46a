import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shared.qt.drive import Driver

Order = Callable[..., dict[str, Any]]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.setObjectName("window")
    column = QVBoxLayout(window)
    for widget in (QLabel("A-012"), QPushButton("Panggil")):
        widget.setObjectName(type(widget).__name__)
        column.addWidget(widget)
    window.setFixedSize(240, 120)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def order(qtbot: QtBot, window: QWidget, tmp_path: Path) -> Order:
    path = str(tmp_path / "drive")
    driver = Driver(path, parent=window)
    socket = QLocalSocket(driver)
    socket.connectToServer(path)

    def send(**words: str) -> dict[str, Any]:
        socket.write(json.dumps(words).encode() + b"\n")
        qtbot.waitUntil(socket.canReadLine, timeout=3000)
        return dict(json.loads(bytes(socket.readLine().data())))

    return send


def button_of(window: QWidget) -> QPushButton:
    button = window.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    return button


def test_a_press_is_a_click_like_a_finger_makes(qtbot: QtBot, window: QWidget, order: Order) -> None:
    with qtbot.waitSignal(button_of(window).clicked, timeout=3000):
        assert order(do="press", name="QPushButton") == {"ok": True}


def test_what_is_named_is_pressed_whatever_waits_its_turn(qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    other, clicked = QPushButton(window), list[str]()
    for button in (button_of(window), other):
        button.clicked.connect(lambda _on, button=button: clicked.append(button.objectName()))
    driver = Driver(str(tmp_path / "drive"), parent=window)
    QTimer.singleShot(0, window, lambda: other.setGeometry(button_of(window).geometry()))
    assert driver._act(b'{"do": "press", "name": "QPushButton"}') == {"ok": True}
    qtbot.waitUntil(lambda: other.geometry() == button_of(window).geometry(), timeout=3000)
    assert clicked == ["QPushButton"]


def test_what_is_off_cannot_be_pressed(window: QWidget, order: Order) -> None:
    button_of(window).setEnabled(False)
    assert order(do="press", name="QPushButton")["ok"] is False


def test_a_press_lands_on_what_lies_on_top(qtbot: QtBot, window: QWidget, order: Order) -> None:
    cover = QPushButton(window)
    cover.setGeometry(window.rect())
    cover.show()
    cover.raise_()
    under: list[bool] = []
    button_of(window).clicked.connect(under.append)
    with qtbot.waitSignal(cover.clicked, timeout=3000):
        order(do="press", name="QPushButton")
    assert under == []


def test_a_key_reaches_what_has_the_focus(qtbot: QtBot, window: QWidget, order: Order) -> None:
    button_of(window).setFocus()
    with qtbot.waitSignal(button_of(window).clicked, timeout=3000):
        order(do="key", key="Space")


def test_reading_gives_the_visible_texts(window: QWidget, order: Order) -> None:
    button_of(window).setEnabled(False)
    answer = order(do="read")
    assert answer["texts"]["QLabel"] == "A-012"
    assert "QPushButton" not in answer["enabled"]
    button_of(window).hide()
    assert "QPushButton" not in order(do="read")["texts"]


def test_a_grab_is_a_picture_of_the_window(window: QWidget, order: Order, tmp_path: Path) -> None:
    order(do="grab", path=str(tmp_path / "window.png"))
    assert QImage(str(tmp_path / "window.png")).size() == window.size()


@pytest.mark.parametrize("words", [{"do": "dance"}, {"do": "press", "name": "nobody"}, {}, {"do": "key", "key": "Foo"}])
def test_what_cannot_be_done_is_answered(order: Order, words: dict[str, str]) -> None:
    assert order(**words)["ok"] is False
