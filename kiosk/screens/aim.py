"""What a finger means that comes down just as the screen has changed: it was aimed at what stood there before."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from shared.qt.theme import TOUCH_MM

REACTION_S = 0.3
"""Nobody answers sooner to what they see: a finger was on its way already."""
AGAIN_S = 0.5
"""A second touch so soon at the same place is the first one's, by a hand that taps twice."""
SAME_PLACE_MM = 15


class Aim:
    """Judges every touch of a screen. Pure; `clock`: seconds, as time.monotonic.

    A touch that changed the screen lets one elsewhere count at once, and one at the same place half a second later; a
    screen that changed by itself, as at the end of a visit, lets none count before it can have been seen.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.same_place = 0.0
        """How near counts as the same, in pixels."""
        self._place = QPointF()
        self._changed_at: float | None = None
        self._by_touch = False
        self._in_hand = False

    def press(self, place: QPointF) -> bool:
        """A finger comes down; whether it means what stands there now."""
        is_near = (place - self._place).manhattanLength() <= self.same_place
        self._place = place
        if self._changed_at is None:
            return True
        since = self._clock() - self._changed_at
        return since >= AGAIN_S or (not is_near if self._by_touch else since >= REACTION_S)

    def handle(self, *, on: bool) -> None:
        """A touch is being acted on: what changes now it has changed."""
        self._in_hand = on

    def change(self) -> None:
        """Another page is on the screen."""
        self._changed_at, self._by_touch = self._clock(), self._in_hand


class Aiming(QObject):
    """Sees every touch of one window before its widgets do, and keeps from them what does not mean them.

    stray()   such a touch
    """

    stray = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self.aim = window, Aim()
        self._top: QWidget | None = None
        self._watched: QObject | None = None
        self._done = QTimer(self, singleShot=True, interval=0)
        self._done.timeout.connect(lambda: self.aim.handle(on=False))

    def dress(self, touch: int) -> None:
        """`touch`: 20 mm of this screen in pixels."""
        self.aim.same_place = touch * SAME_PLACE_MM / TOUCH_MM

    def watch(self) -> None:
        """The window is shown: the system's own window gets what is touched before any widget."""
        handle = self._window.windowHandle()
        if handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def look_at(self, top: QWidget) -> None:
        """That page lies on top now."""
        before, self._top = self._top, top
        if before not in (None, top):
            self.aim.change()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take a touch away from what it does not mean."""
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if not self.aim.press(event.position()):
                self.stray.emit()
                return True
        elif kind != QEvent.Type.MouseButtonRelease:
            return False
        self.aim.handle(on=True)
        self._done.start()
        return False
