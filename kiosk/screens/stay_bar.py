"""A quiet bar at the bottom: how long this screen stays."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.scene import Stay
from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import brush
from shared.qt.theme import Theme

STEP_MS = 33
"""Fine enough that the bar glides; it is a few rows of pixels."""


class StayBar(Dressed):
    """Full when the screen has just come, gone when it goes. Nothing is drawn for a screen that stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._stay: Stay | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.update)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedHeight(theme.px(12))

    def show_stay(self, stay: Stay | None) -> None:
        """Glide with `stay`; None clears the bar."""
        self._stay = stay
        self._run()
        self.update()

    def showEvent(self, _event: QShowEvent) -> None:
        """Glide only where it can be seen."""
        self._run()

    def hideEvent(self, _event: QHideEvent) -> None:
        """Rest."""
        self._timer.stop()

    def _run(self) -> None:
        if self._stay is not None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is left of the stay."""
        if self._stay is None:
            return
        left = self._stay.left(time.monotonic())
        with brush(self) as painter:
            painter.fillRect(0, 0, round(self.width() * left), self.height(), self.theme.main)
