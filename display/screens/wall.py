"""The whole TV: the parts of its layout in their places, each shown what is its own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.desks import Desk
from display.ducking import film_loudness
from display.film.showing import SUFFIXES, Showing
from display.notices import is_of
from display.screens.called import CalledPanel
from display.screens.counters import CounterWall
from display.screens.header import Header
from display.screens.lettering import NARROWEST, steady_width
from display.screens.media import MediaPanel
from display.screens.notice import page_of
from display.screens.plan import WIDEST, Plan, plan_of
from display.screens.ribbon import Ribbon
from display.screens.rows import RecentRows
from display.screens.sign import SignPanel
from display.screens.waiting import WaitingStrip
from shared.hall import DisplaySettings, Hall
from shared.labels import Labels
from shared.qt.pictures import MAKERS, Folder, Pictures
from shared.written_path import written_path

Part = Header | CalledPanel | RecentRows | WaitingStrip | Ribbon | CounterWall | SignPanel | MediaPanel


def widest_number(hall: Hall) -> float:
    """The widest number the hall gives, in heights of its capitals; with four digits it may be set narrower."""
    prefixes = [agency.prefix for agency in hall.agencies]
    widths = [max(steady_width(f"{one}-000", 1), NARROWEST * steady_width(f"{one}-0000", 1)) for one in prefixes]
    return max(widths, default=WIDEST)


PAGES = {**MAKERS, **dict.fromkeys((".txt", ".md"), page_of)}
"""What the media folder may hold."""


class Wall(QWidget):
    """A lobby TV's window.

    looked(Found)    what came of looking for the next picture of the media folder
    """

    looked = Signal(object)

    def __init__(self, hall: Hall, settings: DisplaySettings, *, now: Callable[[], datetime]) -> None:
        """`now`: the hub's time in the hall's zone."""
        super().__init__()
        self._now = now
        self._view = View()
        self._desks: tuple[Desk, ...] = ()
        self._plan: Plan | None = None
        self.setObjectName("wall")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._furnish(hall, settings)

    def _furnish(self, hall: Hall, settings: DisplaySettings) -> None:
        self.setWindowTitle(settings.name)
        self._layout, self._widest = settings.layout, widest_number(hall)
        labels = Labels(hall, settings)
        self.header = Header(self, labels, logo=hall.logo, now=self._now)
        self.panel = CalledPanel(self, labels)
        self.rows = RecentRows(self, labels)
        self.waiting = WaitingStrip(self, labels)
        self.ribbon = Ribbon(self, hall.texts) if hall.texts else None
        self.counters = CounterWall(self, labels) if settings.layout == "counters" else None
        self.sign = SignPanel(self, labels) if settings.layout == "sign" else None
        self.media = self._media(settings, labels)

    def take_up(self, hall: Hall, settings: DisplaySettings) -> None:
        """Show the hall as it is from now on: other words, logo, running text; the calls stay as they are."""
        before = self._parts()
        self.close_media()
        self._furnish(hall, settings)
        self._put_in_place()
        self.show_view(self._view)
        for part in before:
            part.hide()
            part.deleteLater()
        self.show_view(self._view)
        self.show_desks(self._desks)

    def _media(self, settings: DisplaySettings, labels: Labels) -> MediaPanel | None:
        if settings.layout != "media" or not settings.media:
            return None
        folder = Folder(
            written_path(settings.media),
            PAGES,
            lambda name: is_of(name, self._now().date()),
            films=SUFFIXES,
        )
        films = Showing(self, longest_s=60 * settings.video_minutes, sound=settings.video_volume > 0)
        panel = MediaPanel(
            self,
            labels,
            Pictures(folder),
            turn_ms=1000 * settings.picture_s,
            films=films,
            loudness=lambda view: film_loudness(settings, view, self._now()),
        )
        panel.looked.connect(self.looked)
        return panel

    def close_media(self) -> None:
        """Look for no more pictures: the program ends, or shows another folder."""
        if self.media is not None:
            self.media.close_folder()

    def _parts(self) -> list[Part]:
        parts = (self.header, self.panel, self.rows, self.waiting, self.ribbon, self.counters, self.sign, self.media)
        return [part for part in parts if part is not None]

    def hear(self, loudness: float) -> None:
        """How loud the voice is now, 0–1."""
        self.panel.level.hear(loudness)

    def show_view(self, view: View) -> None:
        """Show what the board decided."""
        self._view = view
        self.header.show_away(away=view.away)
        self.header.show_quiet(view.silences)
        if self.sign is not None:
            return
        self.panel.show_view(view)
        self.rows.show_rows(view.rows)
        self.waiting.show_queues(view.queues)
        for part in (self.counters, self.media):
            if part is not None:
                part.show_view(view)

    def show_desks(self, desks: Sequence[Desk]) -> None:
        """Show what each counter does now, where the layout shows counters."""
        self._desks = tuple(desks)
        if self.counters is not None:
            self.counters.show_desks(self._desks)
        if self.sign is not None:
            self.sign.show_desk(self._desks[0] if self._desks else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place for the new size."""
        super().resizeEvent(event)
        self._put_in_place()

    def _put_in_place(self) -> None:
        has_ribbon = self.ribbon is not None
        self._plan = plan = plan_of(self.size(), ribbon=has_ribbon, layout=self._layout, widest=self._widest)
        places = ((self.panel, plan.panel), (self.rows, plan.rows), (self.waiting, plan.strip))
        absent = [part for part, place in places if place.isEmpty()]
        for part in self._parts():
            part.setVisible(part not in absent)
            if part not in absent:
                part.arrange(plan)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._plan.theme.ground)
        painter.end()
