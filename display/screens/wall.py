"""The whole TV: its parts in their places, each shown what is its own of the view."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.screens.called import CalledPanel
from display.screens.header import Header
from display.screens.plan import Plan, plan_of
from display.screens.ribbon import Ribbon
from display.screens.rows import RecentRows
from display.screens.waiting import WaitingStrip
from shared.hall import DisplaySettings, Hall
from shared.labels import Labels


class Wall(QWidget):
    """A lobby TV's window."""

    def __init__(self, hall: Hall, settings: DisplaySettings, *, now: Callable[[], datetime]) -> None:
        """`now`: the hub's time in the hall's zone."""
        super().__init__()
        self._now = now
        self._view = View()
        self._plan: Plan | None = None
        self.setObjectName("wall")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._furnish(hall, settings)

    def _furnish(self, hall: Hall, settings: DisplaySettings) -> None:
        self.setWindowTitle(settings.name)
        labels = Labels(hall, settings)
        self.header = Header(self, labels, logo=hall.logo, now=self._now)
        self.panel = CalledPanel(self, labels)
        self.rows = RecentRows(self, labels)
        self.waiting = WaitingStrip(self, labels)
        self.ribbon = Ribbon(self, hall.texts) if hall.texts else None

    def take_up(self, hall: Hall, settings: DisplaySettings) -> None:
        """Show the hall as it is from now on: other words, logo, running text; the calls stay as they are."""
        before = self._parts()
        self._furnish(hall, settings)
        self._put_in_place()
        self.show_view(self._view)
        for part in self._parts():
            part.show()
        for part in before:
            part.hide()
            part.deleteLater()
        self.show_view(self._view)

    def _parts(self) -> list[Header | CalledPanel | RecentRows | WaitingStrip | Ribbon]:
        parts = (self.header, self.panel, self.rows, self.waiting, self.ribbon)
        return [part for part in parts if part is not None]

    def hear(self, loudness: float) -> None:
        """How loud the voice is now, 0–1."""
        self.panel.level.hear(loudness)

    def show_view(self, view: View) -> None:
        """Show what the board decided."""
        self._view = view
        self.panel.show_view(view)
        self.rows.show_rows(view.rows)
        self.waiting.show_queues(view.queues)
        self.header.show_away(away=view.away)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place for the new size."""
        super().resizeEvent(event)
        self._put_in_place()

    def _put_in_place(self) -> None:
        self._plan = plan = plan_of(self.size(), ribbon=self.ribbon is not None)
        for part in self._parts():
            part.arrange(plan)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._plan.theme.ground)
        painter.end()
