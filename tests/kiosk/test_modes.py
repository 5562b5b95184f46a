"""'Tampilan & suara': one touch each, together, and over with the visit."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from kiosk.kiosk import Kiosk
from kiosk.modes import AS_USUAL, Mode, Modes
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.scene import Stage
from kiosk.screens.modes_sheet import ModesSheet
from kiosk.screens.window import KioskWindow
from shared.hall import Hall
from shared.qt.palette import Variant
from shared.trouble import Trouble
from tests.kiosk.conftest import Visitor, shown
from tests.kiosk.stand_in import StandInLink
from tests.kiosk.test_screens import Eyes, takes


@pytest.fixture
def eyes(window: KioskWindow) -> Eyes:
    return Eyes(window)


def test_each_mode_is_switched_alone_and_they_combine() -> None:
    modes = AS_USUAL
    for mode in Mode:
        assert modes.has(mode) is False
        modes = modes.switched(mode)
        assert modes.has(mode) is True
    assert modes.switched(Mode.LARGE).has(Mode.CONTRAST)
    assert not modes.switched(Mode.LARGE).has(Mode.LARGE)


def test_the_modes_say_how_the_window_is_dressed() -> None:
    assert AS_USUAL.variant == Variant()
    assert Modes(large=True, low=True).variant == Variant(large=True, low=True)


def test_one_touch_opens_the_sheet_and_one_switches(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("modes")
    eyes.touch("mode-contrast")
    eyes.touch("mode-large")
    assert visitor.scene.modes == Modes(contrast=True, large=True)
    assert eyes.window.theme.variant == Variant(contrast=True, large=True)
    switch = eyes.find("mode-large")
    assert isinstance(switch, QAbstractButton)
    assert switch.isChecked()
    eyes.touch("modes-done")
    assert not eyes.sees("mode-large")


def test_switches_beside_each_other_have_one_height(eyes: Eyes, visitor: Visitor, qtbot: QtBot) -> None:
    eyes.touch("modes")
    sheet = eyes.window.findChild(ModesSheet)
    assert sheet is not None
    sheet.show_voice(True, visitor.scene)
    qtbot.waitUntil(lambda: eyes.find("mode-spoken").height() > eyes.find("mode-large").height(), timeout=1000)
    long, short = eyes.find("mode-spoken").geometry(), eyes.find("mode-dark").geometry()
    assert (long.top(), long.height()) == (short.top(), short.height())


def test_large_print_makes_a_heading_larger_and_comes_off_again(eyes: Eyes) -> None:
    def size() -> int:
        heading = eyes.find("heading-agencies")
        assert isinstance(heading, QLabel)
        return heading.font().pixelSize()

    before = size()
    eyes.touch("modes")
    eyes.touch("mode-large")
    assert size() > before * 1.2
    eyes.touch("mode-large")
    assert size() == before


def test_the_modes_stay_through_a_ticket_and_go_with_the_visit(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("modes")
    eyes.touch("mode-low")
    eyes.touch("modes-done")
    takes(eyes, visitor)
    assert visitor.scene.modes == Modes(low=True)
    eyes.touch("done")
    assert visitor.scene.modes == AS_USUAL
    assert eyes.window.theme.variant == Variant()


def test_the_button_stands_at_the_same_place_on_every_screen(eyes: Eyes, visitor: Visitor) -> None:
    places = {eyes.find("modes").mapTo(eyes.window, QPoint())}
    eyes.touch("agency-k")
    places.add(eyes.find("modes").mapTo(eyes.window, QPoint()))
    eyes.touch("service-k-0")
    visitor.sees(Stage.DONE)
    places.add(eyes.find("modes").mapTo(eyes.window, QPoint()))
    visitor.kiosk.home()
    visitor.kiosk._excuse.say(Trouble("hub_fault"))
    places.add(eyes.find("modes").mapTo(eyes.window, QPoint()))
    assert len(places) == 1


def test_in_the_lower_part_the_sheet_lies_at_the_bottom_too(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("modes")
    eyes.touch("mode-low")
    top = eyes.find("mode-large").mapTo(eyes.window, QPoint()).y()
    assert top >= eyes.window.theme.low_top
    assert visitor.scene.choosing_modes


def test_a_last_screen_that_is_made_larger_stays_as_long_again(eyes: Eyes, visitor: Visitor) -> None:
    takes(eyes, visitor)
    before = visitor.scene.stay
    eyes.touch("modes")
    after = visitor.scene.stay
    assert before is not None
    assert after is not None
    assert (after.seconds, after.begun > before.begun) == (before.seconds, True)


def test_modes_chosen_while_the_hub_is_away_go_with_their_visitor(
    eyes: Eyes, visitor: Visitor, link: StandInLink
) -> None:
    link.goes_away()
    visitor.sees(Stage.SORRY)
    eyes.touch("modes")
    eyes.touch("mode-contrast")
    assert visitor.kiosk.visit.leaving.isActive()
    visitor.kiosk._stay_over()
    assert visitor.scene.modes == AS_USUAL
    link.comes_up()
    visitor.sees(Stage.CHOOSING)
    assert visitor.kiosk.is_at_rest


def test_priority_is_one_touch_and_one_sentence_why(eyes: Eyes) -> None:
    eyes.touch("priority")
    assert eyes.find("priority").accessibleName() == (
        "Antrean Prioritas dipilih — lansia 60+, disabilitas, ibu hamil, ibu menyusui/membawa balita"
    )
    assert eyes.reads("notice") == "Nomor Anda akan didahulukan. Tidak perlu bukti, dan alasannya tidak dicatat."
    eyes.touch("priority")
    assert not eyes.sees("notice")


def test_a_third_language_is_offered_where_the_hall_lists_it(
    link: StandInLink, desk: PrintDesk, hall: Hall, qtbot: QtBot, eyes: Eyes
) -> None:
    assert not eyes.sees("language-jv")
    more = hall.model_copy(update={"languages": ["id", "en", "jv"]})
    kiosk = Kiosk(link, desk, Place(more, more.kiosks[0]))
    kiosk.setParent(link)
    greeted = Eyes(shown(KioskWindow(kiosk, link), qtbot, QSize(1366, 768)))
    assert greeted.reads("language-jv") == "Jawa"
    greeted.touch("language-jv")
    assert greeted.reads("heading-agencies") == "Dinten menika badhe ngurus punapa?"
    assert greeted.find("priority").accessibleName().startswith("Antrean Prioritas")
