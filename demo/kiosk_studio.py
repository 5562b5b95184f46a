"""The kiosk's real window before a camera: it shows any scene, without a hub, a clock, a printer or a voice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from demo.kiosk_leaves import leaves
from demo.kiosk_scenes import APPOINTED, CLOSED, NOW, UNATTENDED, VOICELESS, Morning
from demo.photograph import photograph
from kiosk.attraction import Attraction
from kiosk.kiosk import Kiosk
from kiosk.modes import AS_USUAL, Modes
from kiosk.narrator import Narrator
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.scene import Scene, Stage
from kiosk.screens.technician_sheet import TechnicianSheet
from kiosk.screens.window import LONG, KioskWindow
from shared.qt.link import HubLink
from shared.qt.pictures import File, Found, Pictures
from shared.qt.theme import Theme, install_fonts
from shared.wire import Offers
from shared.words import Words

NOWHERE = "http://127.0.0.1:9"
PEOPLE = 86
FOR_EVER_S = 3600


@dataclass(frozen=True)
class Panel:
    """What a kiosk shows itself on: its pixels, and what they measure in mm."""

    size: tuple[int, int]
    mm: tuple[float, float]


@dataclass(frozen=True)
class Look:
    """How a screen is seen: on which panel, in which modes and language; `scale`: of its picture."""

    caption: str
    panel: Panel
    language: str = "id"
    modes: Modes = AS_USUAL
    scale: float = 1

    @property
    def small(self) -> tuple[int, int]:
        """The size of the picture, in pixels."""
        wide, high = self.panel.size
        return round(wide * self.scale), round(high * self.scale)

    def on(self, scene: Scene) -> Scene:
        """`scene` seen so; the modes it is itself about stay on."""
        own, ours = scene.modes, self.modes
        modes = Modes(
            large=own.large or ours.large,
            contrast=own.contrast or ours.contrast,
            low=own.low or ours.low,
            spoken=own.spoken or ours.spoken,
            dark=own.dark,
        )
        return replace(scene, language=self.language, modes=modes)


class _StillLink(HubLink):
    """Nobody is asked anything, and it is always the same moment."""

    def now(self) -> datetime:
        """That moment."""
        return NOW


class _Silence(Narrator):
    """Says nothing, and starts no program for it."""

    has_voice = True

    @property
    def there(self) -> bool:
        """Whether this kiosk has a voice."""
        return self.has_voice

    def open(self, language: str) -> None:
        """Nothing to start."""

    def say(self, language: str, text: str) -> None:
        """Only written."""


class _Hills(Pictures):
    """A drawn picture, there at once."""

    def ask_next(self, shown: File | None, room: QSize) -> None:
        """Draw it in the size of `room`."""
        if shown is None:
            self.came.emit(Found(File("hills.png", 1, 1), hills(room)))


def hills(room: QSize) -> QImage:
    """A sky and three ranges of hills in the colours of the house."""
    picture = QImage(room, QImage.Format.Format_RGB32)
    picture.fill("#CFE3E6")
    wide, high = room.width(), room.height()
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, colour in enumerate(("#8FB8B5", "#4C8F8C", "#1B6B3A")):
            painter.setBrush(QColor(colour))
            top = high * (0.4 + 0.2 * place)
            painter.drawEllipse(QRectF(-wide * (0.5 - 0.3 * place), top, wide * 1.2, high))
    return picture


class _Poser(Kiosk):
    """Shows what it is told."""

    told: Offers | None = None

    def offers(self) -> Offers | None:
        """What numbers are given."""
        return self.told

    def people(self) -> int:
        """How many wait in the hall."""
        return PEOPLE

    def pose(self, scene: Scene) -> None:
        """Be there at once, from wherever."""
        self.visit.scene = scene
        self.scene_changed.emit(scene)


class Studio:
    """One window on one panel, and its camera."""

    def __init__(self, morning: Morning, panel: Panel) -> None:
        self._morning = morning
        hall = morning.hall
        self._link, self._desk, self._voice = _StillLink(NOWHERE), PrintDesk(list), _Silence(Path())
        self._kiosk = _Poser(self._link, self._desk, Place(hall, hall.kiosks[0]))
        install_fonts()
        self.window = KioskWindow(self._kiosk, self._link, mm=panel.mm, narrator=self._voice)
        self.window.resize(QSize(*panel.size))
        self.window.show()
        self.window.setUpdatesEnabled(False)  # only the camera has it painted: once a picture
        self._kiosk.queues_changed.emit(morning.queues())
        self._closed: bool | None = None
        self._panel, self._sheet = panel, TechnicianSheet(self.window)
        self._pictures = _Hills(Path(), self.window)
        self._passing = Attraction(self._kiosk, after_s=FOR_EVER_S, parent=self.window)
        self.window.attract(self._passing, self._pictures)

    def pose(self, name: str, scene: Scene, look: Look) -> None:
        """Have the window show it."""
        self._open_or_close(closed=name in CLOSED)
        self._voice.has_voice = name not in VOICELESS
        self._sheet.tell(Words(look.language), None)
        self.window.setFocus()  # as the technician's door leaves it: no button wears the keyboard's ring
        self.window.agencies.foot.appointment.setVisible(name in APPOINTED)
        seen = look.on(scene)
        if not self._voice.has_voice:
            seen = replace(seen, modes=seen.modes.mute())
        if seen.modes.spoken:  # what was read is read anew only after another screen
            self._kiosk.pose(replace(seen, stage=Stage.TAKING, choosing_modes=False, still_there=False))
        self._kiosk.pose(seen)
        self._lay_over(name, look)
        if seen.stage is Stage.TAKING:
            self.window.pages.setCurrentWidget(self.window.wait)
        for _ in range(3):  # what one layout asks of the next
            QCoreApplication.processEvents()

    def _lay_over(self, name: str, look: Look) -> None:
        """What covers the whole screen: the technician's page, or the hall's pictures."""
        words = Words(look.language)
        leaf = leaves(words).get(name)
        if leaf is not None:
            variant = replace(look.modes.variant, low=False)
            self._sheet.setGeometry(self.window.rect())
            self._sheet.dress(Theme(self.window.size(), mm=self._panel.mm, variant=variant, long=LONG))
            self._sheet.tell(words, leaf)
        self._passing.changed.emit(name in UNATTENDED)
        if self.window.attraction is not None:
            self.window.attraction.strip.wander(0)  # it moves with each picture

    def picture(self, name: str, scene: Scene, look: Look) -> Image.Image:
        """Its picture, as large as on a sheet."""
        self.pose(name, scene, look)
        return photograph(self.window, look.small)

    def _open_or_close(self, *, closed: bool) -> None:
        if closed != self._closed:
            self._closed = closed
            self._kiosk.told = self._morning.offers(closed=closed)
            self._kiosk.offers_changed.emit(self._kiosk.told)

    def close(self) -> None:
        """Put it away."""
        self.window.close()
        self._desk.close()
        self._pictures.close()
        for one in (self.window, self._kiosk, self._desk, self._voice, self._link):
            one.deleteLater()


@contextmanager
def studio(morning: Morning, panel: Panel) -> Iterator[Studio]:
    """A window on `panel` as long as this lasts, with letters that are the same on every machine."""
    with letters_as_drawn():
        made = Studio(morning, panel)
        try:
            yield made
        finally:
            made.close()


@contextmanager
def letters_as_drawn() -> Iterator[None]:
    """Without hinting: each system is set to another, and it moves words."""
    usual = Theme.font

    def font(self: Theme, step: float, weight: int = 500) -> QFont:
        made = usual(self, step, weight)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return made

    Theme.font = font  # type: ignore[method-assign]  # every window of the house takes its letters from there
    try:
        yield
    finally:
        Theme.font = usual  # type: ignore[method-assign]
