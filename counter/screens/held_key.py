"""A key that means something only when it is held: nobody calls for help by a slip."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

HOLD_MS = 1000


class HeldKey(QObject):
    """Watches windows for one key.

    held()  it was down for a second
    """

    held = Signal()

    def __init__(self, key: Qt.Key, *windows: QWidget) -> None:
        super().__init__(windows[0])
        self._key = key
        self._timer = QTimer(self, interval=HOLD_MS, singleShot=True)
        self._timer.timeout.connect(self.held)
        for window in windows:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Down it begins, up or away it ends; what a held key repeats is nothing new."""
        if event.type() is QEvent.Type.WindowDeactivate:
            self._timer.stop()
        if not isinstance(event, QKeyEvent) or event.key() != self._key:
            return False
        if not event.isAutoRepeat():
            is_down = event.type() is QEvent.Type.KeyPress
            (self._timer.start if is_down else self._timer.stop)()
        return True
