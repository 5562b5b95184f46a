"""An unattended window stays in front of everything, its screen stays lit, and only those who may close it do."""

import shutil
import sys

from PySide6.QtCore import QEvent, QObject, QProcess, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

LOOK_MS = 2000
"""How often the window puts itself on top: what covers it without taking the focus is told to nobody."""

STIR_MS = 240_000
"""How often the screen is kept from going dark: a desktop's own power manager may have turned that on again."""

_DISPLAY_STAYS = 0x80000000 | 0x2 | 0x1
"""ES_CONTINUOUS, ES_DISPLAY_REQUIRED and ES_SYSTEM_REQUIRED of SetThreadExecutionState."""

_STACKS = {"xcb", "windows"}
"""Qt's platforms on which a program may put its window on top."""


class Front(QObject):
    """Keeps one window frameless, on the whole screen and on top. Made before it is shown; goes with it.

    `locked`: nothing at the screen closes it. The program itself may, as when it is told to end by SIGTERM.
    """

    def __init__(self, window: QWidget, *, locked: bool) -> None:
        super().__init__(window)
        self._window, self._locked = window, locked
        window.setWindowFlags(
            window.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        window.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        window.installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.come_back)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.come_back)
        self._look.start()

    def come_back(self) -> None:
        """Be on the whole screen, on top, with the focus."""
        window = self._window
        if not window.isVisible():
            return
        screen = QGuiApplication.primaryScreen().geometry()
        if not window.isFullScreen() or window.geometry() != screen:  # also a TV that was turned on after its PC
            window.setGeometry(screen)
            window.showFullScreen()
        platform = QGuiApplication.platformName()
        if platform in _STACKS:
            window.raise_()
        if not window.isActiveWindow() and platform != "wayland":  # there the desktop alone says who is in front
            window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse what would close the window from outside; come back from what hides it."""
        kind = event.type()
        if kind == QEvent.Type.Close and self._locked and event.spontaneous():
            event.ignore()
            return True
        if kind in {QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange}:
            self._soon.start()
        return super().eventFilter(watched, event)


class Awake(QObject):
    """Keeps the screen lit: on X11 by its own tool, where that is there; on Windows by asking the system."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stirring = QTimer(self, interval=STIR_MS)
        self._stirring.timeout.connect(self._stir)
        self._stirring.start()
        self._stir()

    def _stir(self) -> None:
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415  -- there alone

            ctypes.windll.kernel32.SetThreadExecutionState(_DISPLAY_STAYS)
        elif QGuiApplication.platformName() == "xcb" and (xset := shutil.which("xset")):
            QProcess.startDetached(xset, ["s", "off", "-dpms"])
