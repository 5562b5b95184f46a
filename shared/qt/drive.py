"""Being driven by a play: with `--drive PATH` a program takes JSON lines on a local socket and acts as a person would.

    {"do": "press", "name": N}   a real mouse press and release in the middle of the widget named N
    {"do": "key", "key": "Space"}
    {"do": "scan", "text": T}    T and Enter, at once, as a scanner types them
    {"do": "read"}               → {"texts": {name: text of every visible named widget}, "enabled": [names]}
    {"do": "count"}              how many things this process holds: {"python": objects, "qt": of its windows}
    {"do": "grab", "path": P}    the window as a picture; with "name", only where that widget stands

Each line is answered by one line: {"ok": true, …} or {"ok": false, "why": …}. The socket belongs to the
user who started the program; without `--drive` there is none.
"""

import gc
import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

Answer = dict[str, Any]


class CannotDo(Exception):  # noqa: N818  -- reads as what the play is told
    """The play asked for what is not there."""


class Driver(QObject):
    """Serves one socket for the windows of this program."""

    def __init__(self, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QLocalServer.removeServer(path)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(path):
            raise OSError(self._server.errorString(), path)
        self._server.newConnection.connect(self._welcome)
        self._acts: dict[str, Callable[[dict[str, Any]], Answer]] = {
            "press": _press,
            "key": _key,
            "scan": _scan,
            "read": _read,
            "grab": _grab,
            "count": _count,
        }

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._lines(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _lines(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            answer = self._act(bytes(socket.readLine().data()))
            socket.write(json.dumps(answer).encode() + b"\n")
            socket.flush()

    def _act(self, line: bytes) -> Answer:
        try:
            order = json.loads(line)
            return {"ok": True} | self._acts[order["do"]](order)
        except (CannotDo, KeyError, ValueError) as error:
            return {"ok": False, "why": f"{type(error).__name__}: {error}"}


def _windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def _main_window() -> QWidget:
    """The largest window: what a person at the screen looks at. Raises CannotDo when none is open."""
    windows = _windows()
    if not windows:
        raise CannotDo("no window is open")
    return max(windows, key=lambda window: window.width() * window.height())


def _named(name: str) -> QWidget:
    for window in _windows():
        for widget in (window, *window.findChildren(QWidget, name)):
            if widget.objectName() == name and widget.isVisible():
                return widget
    raise CannotDo(f"nothing visible is named {name!r}")


def _press(order: dict[str, Any]) -> Answer:
    widget = _named(order["name"])
    if not widget.isEnabled():
        raise CannotDo(f"{order['name']!r} is off")
    # On what lies under that point, as a finger would find it, so that an overlay catches it. At once: what waited its
    # turn could find another tile in the place of the one that was named.
    middle: QPoint = widget.rect().center()
    target = widget.window().childAt(widget.mapTo(widget.window(), middle)) or widget
    everywhere = QPointF(widget.mapToGlobal(middle))
    _mouse(target, everywhere, QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton)
    _mouse(target, everywhere, QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton)
    return {}


def _mouse(target: QWidget, everywhere: QPointF, kind: QEvent.Type, held: Qt.MouseButton) -> None:
    local = target.mapFromGlobal(everywhere)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QMouseEvent(kind, local, everywhere, button, held, none))


def _key(order: dict[str, Any]) -> Answer:
    key = _key_of(order["key"])
    window = QApplication.activeWindow() or _main_window()
    focused: QWidget | None = window.focusWidget()
    target = window if focused is None else focused
    text = " " if key == Qt.Key.Key_Space else order["key"] if len(order["key"]) == 1 else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.postEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    return {}


def _scan(order: dict[str, Any]) -> Answer:
    for letter in order["text"]:
        _key({"key": letter})
    return _key({"key": "Return"})


def _key_of(name: str) -> Qt.Key:
    """Qt's key of that name: 'Space', 'R', 'Esc'. Raises CannotDo."""
    sequence = QKeySequence.fromString(name)
    key = Qt.Key.Key_unknown
    if sequence.count() == 1:
        key = Qt.Key(sequence[0].key())  # type: ignore[index]  # PySide6's stubs lack QKeySequence.__getitem__
    if key == Qt.Key.Key_unknown:
        raise CannotDo(f"no key is named {name!r}")
    return key


def _read(_order: dict[str, Any]) -> Answer:
    named = [w for top in _windows() for w in (top, *top.findChildren(QWidget)) if w.objectName() and w.isVisible()]
    return {
        "texts": {widget.objectName(): _text(widget) for widget in named},
        "enabled": [widget.objectName() for widget in named if widget.isEnabled()],
    }


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = text() if callable(text) else ""
    return str(said or widget.accessibleName())


def _count(_order: dict[str, Any]) -> Answer:
    gc.collect()
    qt = sum(len(top.findChildren(QObject)) for top in QApplication.topLevelWidgets())
    return {"python": len(gc.get_objects()), "qt": qt}


def _grab(order: dict[str, Any]) -> Answer:
    window = _main_window()
    place = window.rect()
    if "name" in order:
        widget = _named(order["name"])
        window = widget.window()
        place = QRect(widget.mapTo(window, QPoint()), widget.size())
    if not window.grab(place).save(order["path"]):
        raise CannotDo(f"no picture could be written to {order['path']!r}")
    return {}
