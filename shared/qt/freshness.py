"""When a view that events keep fresh must be fetched anyway: after a while, and when the hub's day has changed."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

EVERY_S = 60.0
AFTER_MIDNIGHT = timedelta(milliseconds=200)
"""The hub's clock and what we know of it differ by milliseconds: a question that comes too early gets yesterday."""


class Freshness(QObject):
    """Rings for whoever shows figures of today: no event tells that the day is over.

    due()   fetch the view: `every_s` have passed, or midnight, by the hub's clock `now`
    """

    due = Signal()

    def __init__(self, now: Callable[[], datetime], *, every_s: float = EVERY_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now, self._every = now, timedelta(seconds=every_s)
        # Precise: Qt's coarse timers may ring 5 % early, and that is before midnight.
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._ring)

    def start(self) -> None:
        """Begin."""
        self._timer.start(round(self._pause() / timedelta(milliseconds=1)))

    def _pause(self) -> timedelta:
        now = self._now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        return min(self._every, midnight - now + AFTER_MIDNIGHT)

    def _ring(self) -> None:
        self.start()
        self.due.emit()
