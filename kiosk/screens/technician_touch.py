"""Watches the kiosk's window for the technician's gesture, over whatever lies on top; it takes no touch away."""

import time

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from kiosk.technician import CORNER_MM, Corner, Gesture, corner_at
from shared.qt.theme import TOUCH_MM


class TechnicianTouch(QObject):
    """Sees every touch of one window before its widgets do.

    made()      the gesture was made
    touched()   a finger is on the screen
    """

    made = Signal()
    touched = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._gesture = window, Gesture()
        self.side = 0
        """Of the corners, in pixels."""
        window.installEventFilter(self)
        self._watched: QObject | None = None

    def dress(self, touch: int) -> None:
        """`touch`: 20 mm of this screen in pixels."""
        self.side = round(touch * CORNER_MM / TOUCH_MM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the fingers; nothing is taken."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Show:
                self._watch()
            return False
        if isinstance(event, QMouseEvent):
            self._follow(event)
        return False

    def _follow(self, event: QMouseEvent) -> None:
        kind, at = event.type(), moment_of(event)
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._gesture.down(self._corner(event), at)
            self.touched.emit()
        elif kind == QEvent.Type.MouseButtonRelease and self._gesture.up(self._corner(event), at):
            self.made.emit()

    def _watch(self) -> None:
        """The system's own window, which there is once it is shown: it gets what is touched before any widget."""
        handle = self._window.windowHandle()
        if handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def _corner(self, event: QMouseEvent) -> Corner | None:
        place = event.position()
        return corner_at(place.x(), place.y(), width=self._window.width(), side=self.side)


def moment_of(event: QMouseEvent) -> float:
    """When it happened, in seconds, as the system saw it: a busy screen hears of it later."""
    return event.timestamp() / 1000 or time.monotonic()
