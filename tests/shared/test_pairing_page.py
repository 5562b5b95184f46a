"""The page on which a person types the code: by keyboard, by touch, in every size, both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shared.pairing import ALPHABET
from shared.qt.pairing_page import PairingPage
from shared.qt.theme import TOUCH_MM, USUAL_KIOSK_MM, Theme, install_fonts
from shared.trouble import Trouble
from shared.words import Words

SIZES = [(1920, 1080), (1366, 768), (1080, 1920)]


def a_page(qtbot: QtBot, *, language: str = "id", size: tuple[int, int] = (1920, 1080)) -> PairingPage:
    install_fonts()
    page = PairingPage(Words(language), "antre pair kiosk lobi", address="https://192.168.10.2:8443", with_keypad=True)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    return page


def press(page: PairingPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def says(page: PairingPage, name: str) -> str:
    label = page.findChild(QLabel, f"pairing-{name}")
    assert label
    return label.text()


def ink(page: PairingPage) -> QColor:
    """The message's colour."""
    label = page.findChild(QLabel, "pairing-message")
    assert label
    return label.palette().color(label.foregroundRole())


def parts(page: PairingPage) -> list[QWidget]:
    return [part for part in page.findChildren(QWidget) if part.isVisible()]


def test_it_says_where_the_code_is_shown(qtbot: QtBot) -> None:
    assert says(a_page(qtbot), "command") == "Di PC hub: antre pair kiosk lobi"


def test_a_code_typed_in_small_letters_is_given_with_enter(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    with qtbot.waitSignal(page.given) as caught:
        QTest.keyClicks(page, "k7qf-93md")
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert caught.args == ["K7QF93MD"]


def test_a_code_is_touched_without_a_keyboard(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    for letter in "ZZ000000":
        press(page, f"pairing-key-{letter}")
    press(page, "pairing-delete")
    press(page, "pairing-key-9")
    with qtbot.waitSignal(page.given) as caught:
        press(page, "pairing-go")
    assert caught.args == ["ZZ000009"]


def test_every_character_of_a_code_can_be_touched(qtbot: QtBot) -> None:
    keys = a_page(qtbot).findChildren(QPushButton)
    assert {key.text() for key in keys if key.objectName().startswith("pairing-key-")} == set(ALPHABET)


def test_characters_that_look_alike_are_one(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    QTest.keyClicks(page, "oil!")
    assert says(page, "code") == "011· – ····"


def test_a_code_may_be_pasted(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    QGuiApplication.clipboard().setText("K7QF-93MD\n")
    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert says(page, "code") == "K7QF – 93MD"


def test_half_a_code_is_not_given(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    with qtbot.assertNotEmitted(page.given):
        QTest.keyClicks(page, "K7QF")
        QTest.keyClick(page, Qt.Key.Key_Return)
        press(page, "pairing-go")


def test_while_a_code_is_tried_nothing_more_is_taken(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    QTest.keyClicks(page, "K7QF93MD")
    press(page, "pairing-go")
    with qtbot.assertNotEmitted(page.given):
        QTest.keyClick(page, Qt.Key.Key_Backspace)
        press(page, "pairing-go")
    assert says(page, "message") == "Memeriksa kode…"
    assert ink(page) == Theme(page.size()).soft
    page.tell(Trouble("pairing_refused"))
    assert ink(page) == Theme(page.size()).late


def test_a_wrong_code_is_told_plainly_and_begun_anew(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    QTest.keyClicks(page, "K7QF93MD")
    page.tell(Trouble("pairing_refused"))
    assert says(page, "message").startswith("Kode ini salah, sudah dipakai, atau sudah lewat waktunya.")
    assert says(page, "code") == "···· – ····"


def test_a_hub_that_is_away_costs_no_typing(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    QTest.keyClicks(page, "K7QF93MD")
    page.tell(Trouble("hub_away"))
    assert says(page, "code") == "K7QF – 93MD"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_it_is_whole_and_its_keys_are_large_enough(qtbot: QtBot, size: tuple[int, int], language: str) -> None:
    page = a_page(qtbot, size=size, language=language)
    page.tell(Trouble("other_certificate"))
    least = TOUCH_MM * max(size) / max(USUAL_KIOSK_MM)
    keys = [part for part in parts(page) if part.objectName().startswith("pairing-key-")]
    qtbot.waitUntil(lambda: min(min(key.width(), key.height()) for key in keys) >= least, timeout=2000)
    assert page.size().toTuple() == size
    for part in parts(page):
        assert page.rect().contains(part.rect().translated(part.mapTo(page, part.rect().topLeft()))), part.objectName()


def test_another_hub_may_be_meant(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    with qtbot.waitSignal(page.other_hub):
        press(page, "pairing-other-hub")
