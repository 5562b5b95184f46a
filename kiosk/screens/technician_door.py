"""Where the technician's page meets the kiosk's window: the gesture, the sheet over everything, the screen's size."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kiosk.inspecting import Technician, Tools
from kiosk.inspection import Glass, Leaf
from kiosk.kiosk import Kiosk
from kiosk.place import Place
from kiosk.screens.technician_sheet import TechnicianSheet
from kiosk.screens.technician_touch import TechnicianTouch
from kiosk.screens.window import LONG
from shared.qt.theme import Theme
from shared.words import Words

KEYS = "Ctrl+Shift+F12"
"""Where a keyboard is plugged in."""


class TechnicianDoor(QObject):
    """One window's technician. `mm`: the screen's real size."""

    def __init__(
        self, window: QWidget, kiosk: Kiosk, place: Place, tools: Tools, *, mm: tuple[float, float] | None
    ) -> None:
        super().__init__(window)
        self._window, self._kiosk, self._mm = window, kiosk, mm
        self.sheet, self.touch = TechnicianSheet(window), TechnicianTouch(window)
        self.technician = Technician(kiosk, place, tools, self._glass, self)
        window.installEventFilter(self)
        self._connect()
        self._dress()

    def _connect(self) -> None:
        sheet, technician = self.sheet, self.technician
        keys = QShortcut(QKeySequence(KEYS), self._window)
        for signal in (self.touch.made, keys.activated):
            signal.connect(technician.open)
        for signal in (self.touch.touched, sheet.touched):
            signal.connect(technician.touched)
        sheet.chosen.connect(technician.choose)
        sheet.typed.connect(technician.type)
        sheet.erased.connect(technician.erase)
        sheet.entered.connect(technician.enter)
        technician.changed.connect(self._show)
        self._kiosk.scene_changed.connect(self._stay_on_top)

    def _show(self, leaf: Leaf | None) -> None:
        if leaf is not None and not self.sheet.isVisible():
            self._dress()
        self.sheet.tell(Words(self._kiosk.scene.language) if leaf is None else self.technician.words, leaf)
        if leaf is None:
            self._window.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay_on_top(self) -> None:
        """Whatever the kiosk asks or shows meanwhile lies below."""
        if self.technician.is_open:
            self.sheet.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Be as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self._dress()
        return False

    def _dress(self) -> None:
        theme = self._theme()
        self.touch.dress(theme.touch)
        self.sheet.setGeometry(self._window.rect())
        self.sheet.dress(theme)

    def _theme(self) -> Theme:
        variant = replace(self._kiosk.scene.modes.variant, low=False)
        return Theme(self._window.size(), mm=self._mm, variant=variant, long=LONG)

    def _glass(self) -> Glass:
        window, theme = self._window, self._theme()
        return Glass((window.width(), window.height()), self._mm, window.devicePixelRatioF(), theme.scale, theme.touch)
