"""The whole TV: its parts in their places, each shown what is its own of the view."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.labels import Labels
from display.screens.called import CalledPanel
from display.screens.header import Header
from display.screens.plan import Plan, plan_of
from display.screens.ribbon import Ribbon
from display.screens.rows import RecentRows
from display.screens.waiting import WaitingStrip
from shared.hall import DisplaySettings, Hall


class Wall(QWidget):
    """A lobby TV's window."""

    def __init__(self, hall: Hall, settings: DisplaySettings, *, now: Callable[[], datetime]) -> None:
        """`now`: the hub's time in the hall's zone."""
        super().__init__()
        self.setObjectName("wall")
        self.setWindowTitle(settings.name)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        labels = Labels(hall, settings)
        self.header = Header(self, labels, logo=hall.logo, now=now)
        self.panel = CalledPanel(self, labels)
        self.rows = RecentRows(self, labels)
        self.waiting = WaitingStrip(self, labels)
        self.ribbon = Ribbon(self, hall.texts) if hall.texts else None
        self._plan: Plan | None = None

    def show_view(self, view: View) -> None:
        """Show what the board decided."""
        self.panel.show_view(view)
        self.rows.show_rows(view.rows)
        self.waiting.show_queues(view.queues)
        self.header.show_away(away=view.away)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place for the new size."""
        plan = plan_of(event.size(), ribbon=self.ribbon is not None)
        self._plan = plan
        for part in (self.header, self.panel, self.rows, self.waiting, self.ribbon):
            if part is not None:
                part.arrange(plan)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._plan.theme.ground)
        painter.end()
