"""The technician's page as it is seen and touched: sizes, words, colours; and the gesture on a real window."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kiosk.inspecting import Tools
from kiosk.inspection import Facts, Glass, Leaf, Page, cleaning_leaf, hub_words, leaf_of, no_pin_leaf, pin_leaf
from kiosk.kiosk import Kiosk
from kiosk.log_tail import LogLine
from kiosk.narrator import Narrator
from kiosk.outlets import Paper
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.printer_status import Health
from kiosk.scene import Stage
from kiosk.screens import technician_touch
from kiosk.screens.technician_door import TechnicianDoor
from kiosk.screens.technician_sheet import TechnicianSheet
from kiosk.screens.window import LONG, KioskWindow
from shared.hall import Printer
from shared.model import Outcome
from shared.qt.palette import Variant
from shared.qt.theme import Theme, install_fonts
from shared.settings import Settings
from shared.words import Words
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import MORNING, StandInLink
from tests.kiosk.test_contrast import declared, labels
from tests.kiosk.test_sizes import accessible_name, label_is_cut

FACTS = Facts(
    kiosk="Mesin tiket 2 di sebelah kanan meja informasi",
    version="0.1.0",
    hub="https://mpp-hub.paserkab.local:8443",
    configuration=31,
    folder="~/.local/share/antre-kios-lobi",
    glass=Glass((1366, 768), None, 1.25, 0.71, 80),
    printers=(Printer(road="network", address="192.168.100.160:9100"), Printer(road="usb", address="04b8:0e15")),
    healths=(Health(("paper_out",), knows=("DLE EOT 1 2 3 4", "GS a", "GS ( H", "GS ( L")), Health()),
    printed_at={0: MORNING},
    trials=(Paper(0, Outcome.FAILED, "printer_silent"), Paper(0, Outcome.UNKNOWN, by=1)),
    metres=78.4,
    tickets=602,
)
LINES = tuple(
    LogLine("2026-02-12", f"09:{n:02d}:00", "WARNING" if n % 5 else "INFO", "a fault in the program " * (n % 6 + 1))
    for n in range(60)
)
SEEN = [
    (QSize(1024, 768), (246.0, 184.0), "id", Variant(large=True)),
    (QSize(1024, 768), (304.0, 228.0), "en", Variant()),
    (QSize(1366, 768), (345.0, 194.0), "id", Variant(large=True, contrast=True)),
    (QSize(1920, 1080), None, "en", Variant()),
    (QSize(1080, 1920), None, "id", Variant(large=True)),
]


def leaves(language: str) -> Iterator[Leaf]:
    words = Words(language)
    yield pin_leaf(words, typed=4, told="")
    yield no_pin_leaf(words)
    yield cleaning_leaf(words, 24)
    strange = replace(FACTS, hub_why="other_certificate")
    yield no_pin_leaf(words, hub_words(strange, words, is_inside=False))
    yield leaf_of(Page.MENU, strange, words)
    yield leaf_of(Page.ABOUT, strange, words)
    for page in Page:
        if page not in (Page.PIN, Page.CLEANING):
            yield leaf_of(page, FACTS, words, LINES)


@dataclass(frozen=True)
class Look:
    """One sheet, to be shown each leaf in turn."""

    sheet: TechnicianSheet
    language: str

    def at(self, leaf: Leaf) -> list[QWidget]:
        """The buttons and labels of that page."""
        self.sheet.tell(Words(self.language), leaf)
        for _ in range(4):
            QCoreApplication.sendPostedEvents()
        found: list[QWidget] = [*self.sheet.findChildren(QAbstractButton), *self.sheet.findChildren(QLabel)]
        return [one for one in found if one.isVisible()]

    def place(self, one: QWidget) -> QRect:
        return QRect(one.mapTo(self.sheet, QPoint()), one.size())


@pytest.fixture(scope="module", params=SEEN, ids=lambda one: f"{one[0].width()}x{one[0].height()} {one[2]} {one[3]}")
def look(request: pytest.FixtureRequest, qapp: QCoreApplication) -> Iterator[Look]:  # noqa: ARG001  -- widgets want one
    size, mm, language, variant = request.param
    install_fonts()
    window = QWidget()
    window.resize(size)
    sheet = TechnicianSheet(window)
    sheet.resize(size)
    sheet.dress(Theme(size, mm=mm, variant=variant, long=LONG))
    window.show()
    yield Look(sheet, language)
    window.close()
    window.deleteLater()


def test_every_page_has_room_for_its_words_and_keys_for_a_finger(look: Look) -> None:
    wrong = []
    for leaf in leaves(look.language):
        seen = look.at(leaf)
        for number, one in enumerate(seen):
            place, is_button = look.place(one), isinstance(one, QAbstractButton)
            is_small = is_button and min(place.width(), place.height()) < look.sheet.theme.touch
            is_cut = isinstance(one, QLabel) and label_is_cut(one)
            is_out = not look.sheet.rect().contains(place)
            covers = [other for other in seen[:number] if place.intersects(look.place(other))]
            if is_small or is_cut or is_out or covers:
                wrong.append((leaf.page.value, one.objectName(), is_small, is_cut, is_out, len(covers)))
    assert not wrong, wrong


def test_everything_to_touch_has_a_name_and_every_colour_was_measured(look: Look) -> None:
    known, wrong = declared(look.sheet.theme), []
    for leaf in leaves(look.language):
        seen = look.at(leaf)
        nameless = [one.objectName() for one in seen if isinstance(one, QAbstractButton) and not accessible_name(one)]
        picture = look.sheet.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        strays = [
            text.text
            for text in labels(look.sheet, look.sheet)  # type: ignore[arg-type]  # it asks a window for places alone
            if (text.ink, picture.pixelColor(text.place.topLeft()).name()) not in known
        ]
        if nameless or strays:
            wrong.append((leaf.page.value, nameless, strays))
    assert not wrong, wrong


def test_the_log_turns_in_pages_and_leaves_no_line_out(look: Look) -> None:
    look.at(leaf_of(Page.LOG, FACTS, Words(look.language), LINES))
    log, read = look.sheet.log, []
    while True:
        read += log.text().splitlines()
        if not log.may_go_on:
            break
        log.turn(1)
    assert [line[:14] for line in read] == [f"12/02 {line.time}" for line in LINES]
    while log.may_go_back:
        log.turn(-1)
    assert log.text().startswith(LINES[0].moment)


# ---------------------------------------------------------------- on the kiosk


@pytest.fixture
def a_second_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second of holding passes with each touch."""
    moments = iter(range(10_000))
    monkeypatch.setattr(technician_touch, "moment_of", lambda _event: float(next(moments)))


@pytest.fixture
def door(
    window: KioskWindow,
    link: StandInLink,
    desk: PrintDesk,
    tmp_path: Path,
    a_second_each: None,  # noqa: ARG001  -- its clock
) -> TechnicianDoor:
    """A kiosk's window with its technician."""
    kiosk = window._kiosk
    hall = kiosk.hall
    narrator = Narrator(tmp_path / "voice", window)
    tools = Tools(link, desk, narrator, Settings(tmp_path / "kiosk.json"), tmp_path)
    window.hide()
    door = TechnicianDoor(window, kiosk, Place(hall, hall.kiosks[0]), tools, mm=None)
    window.show()
    return door


def hold(window: KioskWindow, x: int, y: int = 20) -> None:
    """A finger on the screen, as the system tells it."""
    left = Qt.MouseButton.LeftButton
    handle = window.windowHandle()
    QTest.mousePress(handle, left, Qt.KeyboardModifier.NoModifier, QPoint(x, y))
    QTest.mouseRelease(handle, left, Qt.KeyboardModifier.NoModifier, QPoint(x, y))


def gesture(window: KioskWindow) -> None:
    hold(window, 20)
    hold(window, window.width() - 20)


@pytest.mark.parametrize("over", ["agencies", "spoken", "modes", "sorry", "large upright"])
def test_the_gesture_opens_the_page_over_every_screen(
    over: str, door: TechnicianDoor, window: KioskWindow, link: StandInLink, until: Until
) -> None:
    kiosk = window._kiosk
    if over == "sorry":
        link.goes_away()
        until(lambda: kiosk.scene.stage is Stage.SORRY)
    elif over != "agencies":
        modes = replace(kiosk.scene.modes, spoken=over == "spoken", large=over == "large upright")
        kiosk.visit.show(modes=modes, choosing_modes=over == "modes", visiting=True)
    if over == "large upright":
        window.resize(1080, 1920)
    gesture(window)
    assert door.sheet.isVisible()
    assert door.sheet.geometry() == window.rect()
    kiosk.visit.show(still_there=True)
    on_top = window.childAt(window.width() // 2, window.height() // 2)
    assert on_top is not None
    assert on_top is door.sheet or door.sheet.isAncestorOf(on_top)


def test_one_corner_alone_opens_nothing(door: TechnicianDoor, window: KioskWindow) -> None:
    for _ in range(4):
        hold(window, window.width() - 20)
    hold(window, window.width() // 2)
    hold(window, window.width() - 20)
    assert not door.sheet.isVisible()


def test_while_the_screen_is_cleaned_no_touch_and_no_key_does_anything(
    door: TechnicianDoor, window: KioskWindow, kiosk: Kiosk
) -> None:
    gesture(window)
    door.technician.choose("clean")
    before = kiosk.scene
    for x in range(20, window.width(), 150):
        for y in range(20, window.height(), 150):
            hold(window, x, y)
    gesture(window)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_5, Qt.Key.Key_Escape):
        QTest.keyClick(door.sheet, key)
    assert kiosk.scene == before
    assert door.sheet.isVisible()


def test_tab_stays_on_the_page_and_goes_to_nothing_while_the_screen_is_cleaned(
    door: TechnicianDoor, window: KioskWindow, kiosk: Kiosk
) -> None:
    gesture(window)
    for _ in range(20):
        press(window, Qt.Key.Key_Tab)
        assert door.sheet.isAncestorOf(window.focusWidget())
    clean = next(pill for pill in door.sheet._foot if pill.objectName() == "technician-clean")
    clean.setFocus()
    press(window, Qt.Key.Key_Space)
    assert door.sheet.seconds.isVisible()
    before = kiosk.scene
    for _ in range(20):
        press(window, Qt.Key.Key_Tab)
        press(window, Qt.Key.Key_Space)
        press(window, Qt.Key.Key_Right)
    assert kiosk.scene == before


def press(window: KioskWindow, key: Qt.Key) -> None:
    """Strike a key of a keyboard, whatever has it."""
    QTest.keyClick(window.focusWidget() or window, key)


def test_a_keyboard_types_the_pin(door: TechnicianDoor, window: KioskWindow) -> None:
    door.technician.pin._check = "something"
    gesture(window)
    QTest.keyClicks(door.sheet, "12345")
    QTest.keyClick(door.sheet, Qt.Key.Key_Backspace)
    assert door.sheet._leaf is not None
    assert door.sheet._leaf.typed == 4
    QTest.keyClick(door.sheet, Qt.Key.Key_Escape)
    assert not door.sheet.isVisible()


def test_the_figures_on_the_screen_type_it_too(door: TechnicianDoor, window: KioskWindow) -> None:
    door.technician.pin._check = "something"
    gesture(window)
    for name in ("key-4", "key-7", "key-erase", "key-1", "key-0"):
        key = door.sheet.pad.findChild(QAbstractButton, name)
        assert isinstance(key, QAbstractButton)
        key.click()
    assert door.sheet._leaf is not None
    assert door.sheet._leaf.typed == 3


def test_a_touch_on_the_test_picture_is_marked(door: TechnicianDoor, window: KioskWindow) -> None:
    gesture(window)
    door.sheet.tell(Words("id"), leaf_of(Page.PICTURE, FACTS, Words("id")))
    QCoreApplication.sendPostedEvents()
    at = QPoint(window.width() // 2, round(window.height() * 0.85))
    before = door.sheet.grab().toImage().pixelColor(at).name()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert door.sheet.grab().toImage().pixelColor(at).name() != before
