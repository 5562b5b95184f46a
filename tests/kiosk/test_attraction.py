"""The hall's pictures while nobody stands here: when they pass, what stands below them, and the first touch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.attraction import Attraction, may_pass
from kiosk.kiosk import Kiosk
from kiosk.modes import Mode
from kiosk.scene import Scene, Stage
from kiosk.screens.aim import AGAIN_S
from kiosk.screens.attraction import AttractionPage, said_of
from kiosk.screens.tile import Tile
from kiosk.screens.window import KioskWindow
from shared.hall import Agency
from shared.qt.pictures import Pictures
from shared.trouble import Trouble
from shared.wire import Offer, TakeTicket
from tests.kiosk.conftest import Until, shown
from tests.kiosk.stand_in import MORNING, SmallHub, StandInLink
from tests.shared.test_pictures import a_picture

HOME = Scene("id")


@pytest.mark.parametrize(
    ("scene", "passes"),
    [
        (HOME, True),
        (replace(HOME, paperless=True), True),
        (replace(HOME, visiting=True), False),
        (replace(HOME, choosing_modes=True), False),
        (replace(HOME, stage=Stage.DONE, visiting=True), False),
        (replace(HOME, stage=Stage.SORRY, trouble=Trouble("hub_away")), False),
        (replace(HOME, stage=Stage.SORRY, trouble=Trouble("no_paper_here", where="", cause="paper_out")), False),
    ],
    ids=["free", "paperless", "somebody", "modes", "ticket", "hub away", "out of paper"],
)
def test_pictures_pass_only_where_a_touch_would_begin_a_visit(scene: Scene, passes: bool) -> None:
    assert may_pass(scene) is passes


@pytest.mark.parametrize(
    ("resting", "said"),
    [
        ({}, ["Sentuh layar untuk mengambil nomor", "Touch the screen to take a number"]),
        ({"k": "closed_until"}, ["Sentuh layar untuk mengambil nomor", "Touch the screen to take a number"]),
        (dict.fromkeys("kms", "closed_until"), ["Buka pukul 12.42", "Opens at 12:42"]),
        (dict.fromkeys("kms", "closed_today"), ["Buka pukul 12.42", "Opens at 12:42"]),
    ],
    ids=["open", "one is closed", "before opening", "closed"],
)
def test_it_says_what_to_do_or_when_numbers_are_given_again(
    hub: SmallHub, resting: dict[str, str], said: list[str]
) -> None:
    until = MORNING + timedelta(hours=3)
    for agency, code in resting.items():
        hub.closed[agency] = Offer(id=agency, code=code, until=until)
    assert said_of(hub.offers(), {"k", "m", "s"}, ["id", "en"]) == said


Passing = Callable[..., tuple[KioskWindow, AttractionPage]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pictures = tmp_path / "gambar"
    pictures.mkdir()
    a_picture(pictures, "a.png")
    return pictures


@pytest.fixture
def passing(open_kiosk: Callable[..., Kiosk], link: StandInLink, folder: Path, qtbot: QtBot, until: Until) -> Passing:
    """A kiosk on whose screen a picture is."""

    def begin(after_s: float = 0.05) -> tuple[KioskWindow, AttractionPage]:
        kiosk = open_kiosk(health_s=0.05)
        window = shown(KioskWindow(kiosk, link), qtbot, QSize(960, 540))
        pictures = Pictures(folder, window)
        window.attract(Attraction(kiosk, after_s=after_s, parent=window), pictures)
        qtbot.addWidget(window, before_close_func=lambda _window: _end(pictures))
        page = window.attraction
        assert page is not None
        until(lambda: page.passing)
        return window, page

    return begin


def _end(pictures: Pictures) -> None:
    assert pictures.close()


def touch(window: KioskWindow, at: QPoint) -> None:
    """A finger there: what lies on top gets it, as from the screen."""
    target = window.childAt(at) or window
    where = QPointF(target.mapFrom(window, at))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, where, where, button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(target, event)


def test_the_first_touch_opens_the_home_screen_and_presses_no_tile(passing: Passing, until: Until) -> None:
    window, page = passing()
    tile = window.findChildren(Tile, "agency-k")[0]
    at = tile.mapTo(window, tile.rect().center())
    touch(window, at)
    touch(window, at)  # a double tap
    scene = window._kiosk.scene
    assert (scene.stage, scene.agency, scene.visiting, page.passing) == (Stage.CHOOSING, None, True, False)
    until(lambda: not page.isVisible())
    touch(window, at)
    assert window._kiosk.scene.agency is not None


def test_a_slow_double_tap_on_the_pictures_presses_no_tile_either(passing: Passing, until: Until) -> None:
    window, page = passing()
    now = [100.0]
    window._aiming.aim._clock = lambda: now[0]
    handle, at = window.windowHandle(), window.findChildren(Tile, "agency-k")[0].mapTo(window, QPoint(9, 9))
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)
    until(lambda: not page.isVisible())
    now[0] += AGAIN_S - 0.1
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)
    assert window._kiosk.scene.agency is None


def test_a_key_opens_it_too_and_an_arrow_begins_the_reading(passing: Passing, until: Until) -> None:
    window, page = passing()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert (window._kiosk.scene.visiting, page.passing) == (True, False)
    window._kiosk.home()
    until(lambda: page.passing)
    window._kiosk.switch(Mode.SPOKEN)
    assert not page.isVisible()


def test_pictures_go_when_the_hub_is_away_and_come_again(passing: Passing, link: StandInLink, until: Until) -> None:
    window, page = passing()
    link.goes_away()
    until(lambda: not page.isVisible())
    assert window._kiosk.scene.stage is Stage.SORRY
    link.comes_up()
    until(lambda: page.passing)


def test_none_pass_while_a_technician_is_at_work(open_kiosk: Callable[..., Kiosk], until: Until) -> None:
    attraction = Attraction(open_kiosk(), after_s=0.01)
    until(lambda: attraction.on)
    attraction.hold(held=True)
    assert not attraction.on
    attraction.hold(held=False)
    until(lambda: attraction.on)


def test_below_them_stand_the_time_and_how_many_wait(passing: Passing, hub: SmallHub, until: Until) -> None:
    def agency(at: int) -> Agency:
        return hub.hall.agencies[at]

    for at in (0, 0, 1):
        hub.issue(TakeTicket(service=agency(at).services[0].id, priority=False))
    window, page = passing()
    window._kiosk.behind.figures._ask()
    until(lambda: window._kiosk.people() == 3)
    window._tick()
    strip = page.strip
    assert [one.text() for one in (strip.people, strip.clock, strip.house)] == [
        "3 orang menunggu",
        "09.42",
        hub.hall.name,
    ]


def test_a_broken_picture_is_told_and_does_not_stop_the_others(
    passing: Passing, folder: Path, hub: SmallHub, until: Until
) -> None:
    (folder / "b.jpg").write_bytes(b"no picture")
    _window, page = passing()
    page._ask()
    until(lambda: hub.reports and hub.reports[-1].troubles == ["picture_broken"])
    assert hub.reports[-1].facts["broken_pictures"] == "b.jpg"
    assert page.passing


def test_without_a_picture_the_home_screen_stays(passing: Passing, folder: Path, hub: SmallHub, until: Until) -> None:
    _window, page = passing()
    (folder / "a.png").unlink()
    page._ask()
    until(lambda: not page.isVisible())
    folder.rmdir()
    page._ask()
    until(lambda: hub.reports and hub.reports[-1].troubles == ["pictures_missing"])


def test_a_slow_screen_shows_the_next_picture_without_a_fade(passing: Passing, folder: Path, until: Until) -> None:
    a_picture(folder, "b.png")
    _window, page = passing()
    page._stepped = -1000  # so long ago was the step before
    page._before = page._picture
    page._fade_on()
    assert (page.fades, page._before) == (False, None)
    page._ask()
    until(lambda: page._turns == 2)
    assert page._before is None


def _has_turned(page: AttractionPage, turns: int) -> bool:
    return page._turns == turns


def test_a_picture_fills_its_room_also_when_the_words_below_change(passing: Passing, until: Until) -> None:
    _window, page = passing()
    before = page.room.size()
    page.tell(["Buka Senin pukul 08.00 " * 4], "", "09.42")
    assert page.room.size() != before
    until(lambda: page._picture is not None and page._picture.size() == page.room.size())


def test_a_fade_ends_and_leaves_one_picture(passing: Passing, folder: Path, until: Until) -> None:
    a_picture(folder, "b.png")
    _window, page = passing()
    page._ask()
    until(partial(_has_turned, page, 2))
    until(lambda: page._before is None)
    assert page.passing
    assert not page._fade.isActive()


def test_no_word_stays_in_its_place_for_hours(passing: Passing, folder: Path, until: Until) -> None:
    a_picture(folder, "b.png")
    _window, page = passing()
    places = {page.strip.clock.mapTo(page, QPoint()).toTuple()}
    for turn in range(2, 5):
        page._ask()
        until(partial(_has_turned, page, turn))
        places.add(page.strip.clock.mapTo(page, QPoint()).toTuple())
    assert len(places) == 4
