"""Fingers and eyes: every screen at every size, in both languages, with the longest names there are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.attraction import Attraction
from kiosk.finding import Found as FoundService
from kiosk.kiosk import Kiosk
from kiosk.modes import AS_USUAL, Modes
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.queues import AgencyQueue
from kiosk.scene import Scene, Stage, Stay
from kiosk.screens.attraction import AttractionPage, said_of
from kiosk.screens.big_text import BigText
from kiosk.screens.buttons import Button
from kiosk.screens.foot import Foot
from kiosk.screens.information import Entries
from kiosk.screens.paint import Prose
from kiosk.screens.tile import Tile
from kiosk.screens.window import KioskWindow
from kiosk.several import Chosen, Several
from shared.assets import ASSETS
from shared.hall import Appointments, Hall
from shared.model import Outcome, State, StepState
from shared.qt.figure import shape
from shared.qt.pictures import File, Found, Pictures
from shared.qt.theme import Theme, install_fonts
from shared.trouble import Trouble
from shared.wire import Step, TakeTicket
from shared.words import Words
from tests.kiosk.stand_in import MORNING, SmallHub, StandInLink, a_large_hall

SCREENS = {
    "15.6 inch": (QSize(1920, 1080), (345, 194), 112),
    "21.5 inch": (QSize(1920, 1080), (476, 268), 81),
    "32 inch": (QSize(1920, 1080), (708, 398), 55),
    "15.6 inch, coarse": (QSize(1366, 768), (345, 194), 80),
    "18.5 inch, coarse": (QSize(1366, 768), (410, 230), 67),
    "upright 21.5 inch": (QSize(1080, 1920), (268, 476), 81),
    "upright 32 inch": (QSize(1080, 1920), (398, 708), 55),
    "4K 32 inch": (QSize(3840, 2160), (708, 398), 109),
    "15 inch 4:3": (QSize(1024, 768), (304, 228), 68),
    "17 inch 5:4": (QSize(1280, 1024), (338, 270), 76),
    "15.4 inch 16:10": (QSize(1280, 800), (331, 207), 78),
    "upright 15.6 inch": (QSize(768, 1366), (194, 345), 80),
    "upright 15 inch": (QSize(768, 1024), (228, 304), 68),
    "upright 4K 32 inch": (QSize(2160, 3840), (398, 708), 109),
    "unknown": (QSize(1920, 1080), None, 81),
}
"""A screen's pixels and millimetres, and 20 mm in its pixels."""


INK = Theme(QSize(1920, 1080)).ink.rgb()


def scenes(hall: Hall) -> dict[str, Scene]:
    """Every screen a visitor can see, with most on it."""
    hub = SmallHub(hall)
    agency = hall.agencies[2]
    ticket = hub.issue(TakeTicket(service=agency.services[1].id, priority=True))
    ticket = ticket.model_copy(
        update={"number": f"{agency.prefix}-1000", "ahead": 120, "estimate_minutes": 480, "estimate_high_minutes": 720}
    )
    home = Scene(language="id", visiting=True)
    clock_behind = Trouble("clock_behind", clock="12/02/2026 09.42 WITA", last="12/02/2026 10.42 WITA")
    place = "Mesin tiket 2 di sebelah kanan meja informasi, lantai 2 (B)"
    elsewhere = Trouble("no_paper_here", where=place, cause="paper_out")
    told = agency.services[1].model_copy(
        update={"requirements": ["Surat keterangan dari kelurahan " + "dan kecamatan setempat"] * 8}
    )
    told = told.model_copy(update={"cost": "Menurut kendaraan, " * 3, "place": "Ruang foto Lantai 2 " * 3})
    found = tuple(FoundService(one, service) for one in hall.agencies[:9] for service in one.services)
    agencies = tuple(FoundService(one) for one in hall.agencies[:9])
    several = tuple(Chosen(one, one.services[1]) for one in hall.agencies[:6])
    journey = [Step(agency=one.agency.id, service=one.service.id, state=StepState.NEXT) for one in several]
    early = {
        "state": State.HELD,
        "appointment": MORNING,
        "held_until": MORNING,
        "ahead": None,
        "estimate_minutes": None,
    }
    unknown, used = Trouble("unknown_booking"), Trouble("booking_used", number="A2-1000")
    done = replace(home, stage=Stage.DONE, ticket=ticket, can_give_back=True, stay=Stay(0, 20))
    return {
        "agencies": replace(home, paperless=True),
        "given back": replace(home, given_back="A2-1000", priority=True),
        "still valid": replace(home, still_valid="A2-1000", priority=True),
        "services": replace(home, agency=agency, paperless=True),
        "search": replace(home, query=""),
        "found": replace(home, query="pendaftaran", found=found, paperless=True),
        "found agencies": replace(home, query="mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", found=agencies),
        "nothing found": replace(home, query="mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"),
        "explained": replace(home, agency=agency, service=told),
        "several": replace(home, several=Several(several[:3])),
        "next service": replace(home, several=Several(several[:3]), agency=agency),
        "chosen": replace(home, several=Several(several, listed=True)),
        "one chosen": replace(home, several=Several(several[:1], listed=True), priority=True),
        "code": replace(home, code=""),
        "longest code": replace(home, code="M" * 20),
        "unknown code": replace(home, stage=Stage.SORRY, trouble=unknown, code="7K2M9QXA", stay=Stay(0, 12)),
        "used code": replace(home, stage=Stage.SORRY, trouble=used, stay=Stay(0, 12)),
        "taking": replace(home, stage=Stage.TAKING, agency=agency, service=agency.services[1]),
        "printing": replace(done, stage=Stage.PRINTING, can_give_back=False),
        "done": replace(done, paper=Outcome.PRINTED),
        "journey": replace(done, ticket=ticket.model_copy(update={"steps": journey}), paper=Outcome.PRINTED),
        "appointment": replace(done, ticket=ticket.model_copy(update=early), paper=Outcome.FAILED),
        "unsure": replace(done, paper=Outcome.PRINTED, can_give_back=False, unsure=True),
        "too late": replace(done, paper=Outcome.PRINTED, trouble=Trouble("too_late")),
        "failed": replace(done, paper=Outcome.FAILED, paper_code="paper_out"),
        "silent": replace(done, paper=Outcome.UNKNOWN, paper_code="printer_silent"),
        "blocked": replace(home, stage=Stage.SORRY, trouble=elsewhere),
        "away": replace(home, stage=Stage.SORRY, trouble=Trouble("hub_away"), service=agency.services[1]),
        "refused": replace(home, stage=Stage.SORRY, trouble=clock_behind, stay=Stay(0, 12)),
        "still there": replace(home, still_there=True, stay=Stay(0, 20)),
        "modes": replace(home, choosing_modes=True, priority=True),
        "spoken": replace(home, modes=Modes(spoken=True)),
    }


@dataclass(frozen=True)
class Thing:
    """Something on the screen: a button, a tile, a label."""

    name: str
    place: QRect
    button: bool
    cut: bool
    spoken: str = ""
    """What a button says to who cannot see it."""
    print: float = 1.0
    """How large the words of a button in the foot are, measured against the usual print."""


@dataclass(frozen=True)
class Showing:
    """One window of the largest hall, and what was seen in each scene."""

    theme: Theme
    whole: QRect
    language: str
    things: dict[str, list[Thing]]

    def where(self, wrong: Callable[[Thing], bool]) -> list[str]:
        """The things that are wrong, with their scene."""
        return [f"{scene}: {thing}" for scene, seen in self.things.items() for thing in seen if wrong(thing)]


class NoPrinter(PrintDesk):
    """These windows are only looked at."""

    def __init__(self) -> None:
        super().__init__(list)


NARROW = ("15.6 inch, coarse", "15 inch 4:3", "15.4 inch 16:10", "upright 15.6 inch", "upright 15 inch")
ALL = Modes(large=True, contrast=True, low=True)
ONCE = {"17 inch 5:4": "id", "15.4 inch 16:10": "en", "upright 15 inch": "id", "upright 4K 32 inch": "en"}
"""Looked at in one language: others of their proportions are in both."""
SEEN = [
    *((screen, lang, AS_USUAL) for screen in SCREENS for lang in ("id", "en") if ONCE.get(screen, lang) == lang),
    ("15.6 inch", "id", Modes(large=True)),
    ("15 inch 4:3", "id", Modes(large=True)),
    ("upright 15 inch", "en", Modes(large=True)),
    *((screen, "id", Modes(low=True)) for screen in NARROW if "16:10" not in screen),
    *((screen, "en", ALL) for screen in NARROW),
    ("15 inch 4:3", "id", ALL),
    ("upright 21.5 inch", "id", ALL),
]
"""Every screen as usual, and the narrowest with the modes."""


@pytest.fixture(scope="module", params=SEEN, ids=lambda one: f"{one[0]} {one[1]} {one[2].variant}")
def showing(request: pytest.FixtureRequest, qapp: QCoreApplication) -> Iterator[Showing]:
    """Every scene, laid out at one size in one language and one set of modes."""
    screen, language, modes = request.param
    hall = a_large_hall().model_copy(update={"appointments": Appointments(per_hour=4)})
    link, desk = StandInLink(SmallHub(hall)), NoPrinter()
    link.setParent(qapp)
    install_fonts()
    window = KioskWindow(Kiosk(link, desk, Place(hall, hall.kiosks[0])), link, mm=SCREENS[screen][1])
    window.resize(SCREENS[screen][0])
    window.show()
    window.agencies.show_queues([AgencyQueue(agency, 120, 480, 1, 720) for agency in hall.agencies])
    told = {
        name: replace(scene, language=language, modes=replace(modes, spoken=scene.modes.spoken))
        for name, scene in scenes(hall).items()
    }
    things = {name: look(window, scene) for name, scene in told.items()}
    if modes == AS_USUAL:
        window._show(replace(told["agencies"], visiting=False))
        things["pictures"] = things_of(pass_by(window), window)
    yield Showing(window.theme, window.rect(), language, things)
    assert desk.close()
    window.close()


def look(window: KioskWindow, scene: Scene) -> list[Thing]:
    """What `scene` puts on the screen."""
    window._show(scene)
    if scene.stage is Stage.TAKING:
        window.pages.setCurrentWidget(window.wait)
    for _ in range(4):  # what one layout asks of the next
        QCoreApplication.sendPostedEvents()
    return things_of(top(window, scene), window)


def things_of(above: QWidget, window: KioskWindow) -> list[Thing]:
    """What stands on `above`."""
    kinds = (QAbstractButton, QLabel, Entries)
    widgets: list[QWidget] = [widget for kind in kinds for widget in window.findChildren(kind)]
    return [thing(widget, window) for widget in widgets if widget.isVisible() and above.isAncestorOf(widget)]


class OnePicture(Pictures):
    """A grey picture, there at once."""

    def ask_next(self, shown: File | None, room: QSize) -> None:
        if shown is None:
            picture = QImage(room, QImage.Format.Format_RGB32)
            picture.fill("#808080")
            self.came.emit(Found(File("a", 1, 1), picture))


def pass_by(window: KioskWindow) -> AttractionPage:
    """Let a picture be on the screen, with the longest words below it."""
    pictures = OnePicture(Path(), window)
    window.attract(Attraction(window._kiosk, after_s=3600, parent=window), pictures)
    page = window.attraction
    assert page is not None
    page.let_pass(on=True)
    said = said_of(None, (), [window._language, *({"id", "en"} - {window._language})])
    page.tell(said, "1000 orang menunggu", "09.42")
    assert pictures.close()
    return page


def top(window: KioskWindow, scene: Scene) -> QWidget:
    """What lies on top: what is below it cannot be touched."""
    if scene.modes.spoken:
        return window.zones
    return window.still_there if scene.still_there else window.modes if scene.choosing_modes else window


def thing(widget: QWidget, window: KioskWindow) -> Thing:
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    cut = label_is_cut(widget) if isinstance(widget, QLabel) else button_is_cut(widget)
    button = isinstance(widget, QAbstractButton)
    spoken = accessible_name(widget) if button else ""
    return Thing(widget.objectName(), place, button, cut, spoken, print_of(widget, window.theme))


def print_of(widget: QWidget, theme: Theme) -> float:
    if not (isinstance(widget, Button) and isinstance(widget.parentWidget(), Foot)):
        return 1.0
    *_, usual = theme.not_below_usual()
    return widget.theme.font(20).pixelSize() / usual.font(20).pixelSize()


def accessible_name(widget: QWidget) -> str:
    """What a screen reader is told; asserts that it is told a button."""
    told = QAccessible.queryAccessibleInterface(widget)
    assert told.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox)
    return told.text(QAccessible.Text.Name)


def button_is_cut(button: QWidget) -> bool:
    if isinstance(button, Tile):
        return not button.plan().fits
    if isinstance(button, Entries):
        return not button.fits
    return button.width() < button.minimumSizeHint().width()


def label_is_cut(label: QLabel) -> bool:
    text, metrics = QLabel.text(label), QFontMetrics(label.font())
    if isinstance(label, Prose):
        return label.height() < label.heightForWidth(label.width())
    if label.wordWrap():
        longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
        return longest > label.width() or label.height() < label.heightForWidth(label.width())
    widest = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
    return widest > label.width() or label.height() < label.sizeHint().height()


@pytest.mark.parametrize(("size", "mm", "touch"), SCREENS.values(), ids=SCREENS)
def test_twenty_millimetres_are_the_screens_own(size: QSize, mm: tuple[float, float] | None, touch: int) -> None:
    assert Theme(size, mm=mm).touch == pytest.approx(touch, abs=1)


def test_nothing_to_touch_is_smaller_than_twenty_millimetres(showing: Showing) -> None:
    touch = showing.theme.touch
    assert showing.where(lambda thing: thing.button and min(thing.place.width(), thing.place.height()) < touch) == []


def test_everything_is_on_the_screen(showing: Showing) -> None:
    assert showing.where(lambda thing: not showing.whole.contains(thing.place)) == []


def test_nothing_covers_another(showing: Showing) -> None:
    for scene, seen in showing.things.items():
        covered = [(a, b) for n, a in enumerate(seen) for b in seen[:n] if a.place.intersects(b.place)]
        assert covered == [], scene


def test_no_word_is_cut(showing: Showing) -> None:
    assert showing.where(lambda thing: thing.cut) == []


def test_no_mode_makes_the_words_of_the_foot_smaller_than_usual(showing: Showing) -> None:
    assert showing.where(lambda thing: thing.print < 1) == []


def test_who_must_reach_low_finds_nothing_to_touch_above(showing: Showing) -> None:
    assert showing.where(lambda thing: thing.button and thing.place.top() < showing.theme.low_top) == []


def test_everything_to_touch_has_a_name_for_who_cannot_see_it(showing: Showing) -> None:
    assert showing.where(lambda thing: thing.button and not thing.spoken.strip(" .")) == []


def test_that_name_is_in_the_language_of_the_screen(showing: Showing, only_indonesian: set[str]) -> None:
    if showing.language == "en":
        assert showing.where(lambda thing: bool(only_indonesian & set(re.split(r"\. | — ", thing.spoken)))) == []


@pytest.fixture(scope="module")
def only_indonesian() -> set[str]:
    """What is said otherwise in English."""
    with (ASSETS / "translations" / "en.po").open("rb") as file:
        said = {str(message.id) for message in read_po(file) if message.id and message.id != message.string}
    return said - {"Indonesia"}  # each language is offered by its own name


def test_every_scene_has_something_to_read(showing: Showing) -> None:
    assert [scene for scene, seen in showing.things.items() if not seen] == []


def test_a_tight_label_is_found_cut(qtbot: QtBot) -> None:
    label = QLabel("Perlindungan")
    qtbot.addWidget(label)
    label.resize(20, 40)
    assert label_is_cut(label)
    label.resize(400, 40)
    assert not label_is_cut(label)


def test_buttons_of_the_foot_that_stand_beside_each_other_have_one_height(qtbot: QtBot) -> None:
    install_fonts()
    foot = Foot(with_back=True)
    qtbot.addWidget(foot)
    for button in (foot.search, foot.several):
        button.show()
    foot.dress(Theme(QSize(1920, 1080)))
    foot.tell(Words("id"), Scene(language="id"))
    foot.resize(1808, 100)
    foot.show()
    rows: dict[int, set[int]] = {}
    for name in ("back", "priority", "search", "several"):
        place = next(one for one in foot.findChildren(QWidget, name)).geometry()
        rows.setdefault(place.top(), set()).add(place.height())
    assert len(rows) == 1
    assert all(len(heights) == 1 for heights in rows.values())


def test_the_hyphen_of_a_number_is_no_dash(qtbot: QtBot) -> None:
    assert qtbot
    assert shape("-").boundingRect().width() < shape("0").boundingRect().width() / 2


def test_the_number_stays_within_its_room(qtbot: QtBot) -> None:
    number = BigText("number")
    qtbot.addWidget(number)
    for size in (QSize(800, 300), QSize(300, 400), QSize(900, 100)):
        number.resize(size)
        for text in ("K-012", "A2-1000", "I-111"):
            number.write(text)
            picture = number.grab().toImage()
            assert not any(picture.pixel(x, y) == INK for y in range(size.height()) for x in (0, size.width() - 1))
            assert any(picture.pixel(x, y) == INK for y in range(size.height()) for x in range(0, size.width(), 5))
