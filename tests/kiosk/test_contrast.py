"""Every text of every kiosk screen stands on a ground it was measured on: what is painted, not what is meant."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kiosk.kiosk import Kiosk
from kiosk.modes import Modes
from kiosk.place import Place
from kiosk.queues import AgencyQueue
from kiosk.scene import Scene
from kiosk.screens import paint
from kiosk.screens.window import KioskWindow
from shared.qt.palette import KIOSK_PAIRS, PAIRS, PRESSED_PAIRS
from shared.qt.theme import Theme, install_fonts
from shared.wire import Offer
from tests.kiosk.stand_in import SmallHub, StandInLink, a_large_hall
from tests.kiosk.test_sizes import NoPrinter, look, pass_by, scenes, top

MODES = {"as usual": Modes(), "high contrast": Modes(contrast=True)}


@dataclass(frozen=True)
class Written:
    """A text as it was painted: in which ink, and where in the window."""

    text: str
    ink: str
    place: QRect


class Noting(QPainter):
    """Paints, and keeps what it wrote."""

    notes: list[tuple[QWidget, Written]] = []  # noqa: RUF012  -- one for all painters of a test

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    def drawText(self, *what: Any) -> Any:  # noqa: ANN401, N802  -- Qt's name and its many signatures
        """Write it, and keep it."""
        room = what[0].toRect() if hasattr(what[0], "toRect") else what[0]
        within = self._widget.rect()
        place = within.intersected(room) if isinstance(room, QRect) else within
        corner = self._widget.mapTo(self._widget.window(), place.topLeft())
        note = Written(str(what[-1]), self.pen().color().name(), QRect(corner, place.size()))
        self.notes.append((self._widget, note))
        return super().drawText(*what)


def noting(widget: QWidget) -> QPainter:
    painter = Noting(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    return painter


@pytest.fixture(scope="module")
def window(qapp: QCoreApplication) -> Iterator[KioskWindow]:
    """A kiosk some of whose agencies and services rest."""
    with pytest.MonkeyPatch.context() as patch:
        for module in [module for name, module in sys.modules.items() if name.startswith("kiosk.screens.")]:
            if getattr(module, "brush", None) is paint.brush and module is not paint:
                patch.setattr(module, "brush", noting)
            if hasattr(module, "paint_shadow") and module is not paint:
                patch.setattr(module, "paint_shadow", lambda *_what, **_how: None)  # slow, and no text stands on it
        hall = a_large_hall()
        hub = SmallHub(hall)
        link, desk = StandInLink(hub), NoPrinter()
        link.setParent(qapp)
        install_fonts()
        window = KioskWindow(Kiosk(link, desk, Place(hall, hall.kiosks[0])), link)
        window.resize(QSize(960, 540))
        window.show()
        closed = {one: Offer(id=one, code="quota_full") for one in (hall.agencies[0].id, f"{hall.agencies[2].id}-0")}
        hub.closed.update(closed)
        for page in (window.agencies, window.services):
            page.show_queues([AgencyQueue(agency, 14, 25, 2, 40) for agency in hall.agencies])
            page.show_offers(hub.offers())
        yield window
        assert desk.close()
        window.close()


def written(window: KioskWindow, scene: Scene, press: Callable[[], None] = lambda: None) -> list[tuple[Written, str]]:
    """Every text of `scene` with the colour of the ground it was painted on."""
    look(window, scene)
    press()
    Noting.notes.clear()
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = bytes(picture.constBits())
    pixels = Image.frombuffer("RGB", (picture.width(), picture.height()), bits, "raw", "BGRX")
    above = top(window, scene)
    painted = [note for widget, note in Noting.notes if above.isAncestorOf(widget)]
    return [(text, ground(pixels, text.place)) for text in (*painted, *labels(above, window)) if text.text]


def labels(above: QWidget, window: KioskWindow) -> Iterator[Written]:
    """What Qt's own labels say, in each of their inks."""
    for label in above.findChildren(QLabel):
        if label.isVisible() and QLabel.text(label):
            place = QRect(label.mapTo(window, QPoint()), label.size())
            rich = re.findall(r"color: (#\w+)", QLabel.text(label))
            for ink in {label.palette().windowText().color().name(), *rich}:
                yield Written(QLabel.text(label), ink, place)


def ground(pixels: Image.Image, place: QRect) -> str:
    """The colour that most of `place` has."""
    box = (place.left(), place.top(), place.right() + 1, place.bottom() + 1)
    counted = pixels.crop(box).getcolors(place.width() * place.height())
    assert counted
    _count, colour = max(counted)
    return "#{:02x}{:02x}{:02x}".format(*colour)  # type: ignore[misc]  # an RGB picture's colours are three numbers


def declared(theme: Theme) -> set[tuple[str, str]]:
    """The pairs that `tests/shared/test_theme.py` has measured, as colours."""
    palette = theme.palette
    pairs = {(getattr(palette, ink).lower(), getattr(palette, under).lower()) for ink, under in (*PAIRS, *KIOSK_PAIRS)}
    marks = {(palette.on_mark.lower(), mark.lower()) for mark in palette.marks}
    return pairs | marks | {(getattr(palette, ink).lower(), theme.pressed(fill).name()) for ink, fill in PRESSED_PAIRS}


def strays(window: KioskWindow, scene: Scene, press: Callable[[], None] = lambda: None) -> list[str]:
    """What is written in a pair of colours that nobody has measured."""
    seen = written(window, scene, press)
    assert len(seen) > 1
    known = declared(window.theme)
    return [f"{one.text}: {one.ink} on {under}" for one, under in seen if (one.ink, under) not in known]


@pytest.mark.parametrize("modes", MODES.values(), ids=MODES)
def test_nothing_is_written_in_colours_that_were_not_measured(window: KioskWindow, modes: Modes) -> None:
    hall = window._kiosk.hall
    found = {
        name: strays(window, replace(scene, modes=replace(modes, spoken=scene.modes.spoken)))
        for name, scene in scenes(hall).items()
    }
    assert {name: stray for name, stray in found.items() if stray} == {}


def test_no_word_stands_on_a_picture(window: KioskWindow) -> None:
    hall = window._kiosk.hall
    look(window, replace(scenes(hall)["agencies"], visiting=False))
    page = pass_by(window)
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = Image.frombuffer("RGB", (picture.width(), picture.height()), bytes(picture.constBits()), "raw", "BGRX")
    seen = [(one, ground(pixels, one.place)) for one in labels(page, window)]
    page.let_pass(on=False)
    assert len(seen) == 5
    assert {(one.ink, under) for one, under in seen} == {("#ffffff", window.theme.main.name())}
    assert ("on_main", "main") in KIOSK_PAIRS


@pytest.mark.parametrize("modes", MODES.values(), ids=MODES)
def test_nor_under_a_finger(window: KioskWindow, modes: Modes) -> None:
    def press() -> None:
        for button in window.findChildren(QAbstractButton):
            button.setDown(button.isEnabled())

    hall = window._kiosk.hall
    seen = scenes(hall)
    found = [strays(window, replace(seen[name], modes=modes), press) for name in ("services", "done", "modes")]
    assert found == [[], [], []]


def test_a_grey_word_that_nobody_has_measured_is_found(window: KioskWindow) -> None:
    planted = QLabel("abu-abu", window)
    planted.setGeometry(200, 400, 300, 40)
    planted.setStyleSheet("color: #999999; background: #F5F2EC")
    planted.show()
    scene = scenes(window._kiosk.hall)["refused"]
    assert strays(window, scene) == ["abu-abu: #999999 on #f5f2ec"]
    planted.setParent(None)
