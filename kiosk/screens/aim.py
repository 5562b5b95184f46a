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

    A touch that changed the screen lets one elsewhere count at once, and one at the same place half a second later,
    whatever has come since; a screen that changed by itself, as at the end of a visit, lets none count before it can
    have been seen.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.same_place = 0.0
        """How near counts as the same, in pixels."""
        self._place = QPointF()
        self._in_hand = False
        self._touched: tuple[QPointF, float] | None = None
        """Where and when a touch has last changed the screen."""
        self._by_itself: float | None = None
        """When it has changed by itself since."""

    def press(self, place: QPointF) -> bool:
        """A finger comes down; whether it means what stands there now."""
        self._place, now = place, self._clock()
        if self._by_itself is not None and now - self._by_itself < REACTION_S:
            return False
        if self._touched is None:
            return True
        before, at = self._touched
        return now - at >= AGAIN_S or (place - before).manhattanLength() > self.same_place

    def handle(self, *, on: bool) -> None:
        """A touch is being acted on: what changes now it has changed."""
        self._in_hand = on

    def change(self) -> None:
        """Something else stands on the screen."""
        now = self._clock()
        if self._in_hand:
            self._touched, self._by_itself = (self._place, now), None
        else:
            self._by_itself = now


class Aiming(QObject):
    """Sees every touch of one window before its widgets do, and keeps from them what does not mean them.

    stray()   such a touch
    """

    stray = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self.aim = window, Aim()
        self._stands: object = None
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

    def look_at(self, stands: object, *, is_aimed_at: bool) -> None:
        """What a finger finds now, in any words that differ where it does.

        `is_aimed_at`: False where a finger on its way as this comes is not to be kept from what it finds.
        """
        before, self._stands = self._stands, stands
        if is_aimed_at and before not in (None, stands):
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
