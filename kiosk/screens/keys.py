"""The keyboard, the keypad and the scanner of a kiosk: whose key each one is, and what it does."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from kiosk.scanning import ENDS, GAP_S, Heard, Scanning, Stroke

Act = Callable[[], None]

_SILENT = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
"""What goes with another key: a scanner sends Shift before each capital."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAD = Qt.KeyboardModifier.KeypadModifier
_DIGITS = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)


class Keys(QObject):
    """Sorts the keys of a window.

    scanned(str)    a scanner has read that; only where one is listened for
    struck(Stroke)  somebody struck a key
    """

    scanned = Signal(str)
    struck = Signal(object)

    def __init__(self, *, scans: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._scanning = Scanning() if scans else None
        self._last = 0.0
        """When the last key that may be a scanner's was struck; Tab comes without its time."""
        self._gap = QTimer(self, singleShot=True, interval=round(GAP_S * 1000))
        self._gap.timeout.connect(self._settle)

    def press(self, event: QKeyEvent) -> None:
        """A key went down in the window."""
        if event.key() in _SILENT:
            return
        stroke = _stroke(event)
        if self._scanning is None or event.isAutoRepeat():
            self.struck.emit(stroke)
            return
        if not (stroke.text in ENDS or stroke.text.isprintable()) or stroke.text in {"", " "}:
            self._settle()
            self.struck.emit(stroke)
            return
        self._last = stroke.at
        self._tell(self._scanning.hear(stroke))
        if self._scanning.holds:
            self._gap.start()

    def tab(self) -> bool:
        """Tab, which else goes from button to button; whether it ended a scanner's burst instead."""
        if self._scanning is None or not self._scanning.holds:
            return False
        self._tell(self._scanning.hear(Stroke("\t", self._last)))
        return True

    def _settle(self) -> None:
        if self._scanning is not None:
            self._tell(self._scanning.settle())

    def _tell(self, heard: Heard) -> None:
        for stroke in heard.struck:
            self.struck.emit(stroke)
        if heard.scanned:
            self.scanned.emit(heard.scanned)


def _stroke(event: QKeyEvent) -> Stroke:
    at = event.timestamp() / 1000 or time.monotonic()  # the window system's, where it tells
    text = "\r" if event.key() in _ENTER else event.text()
    return Stroke(text, at, event.key(), bool(event.modifiers() & _PAD))


def is_one_of(stroke: Stroke, keys: Iterable[int], digits: str) -> bool:
    """Whether a key is one of `keys`, or one of those digits on the number pad."""
    on_pad = stroke.pad and stroke.key in _DIGITS and chr(stroke.key) in digits
    return stroke.key in keys or on_pad
