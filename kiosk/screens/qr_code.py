"""A QR code on the screen, to be photographed."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.screens.dressed import Dressed
from shared.qt.theme import Theme

QUIET = 4
"""The quiet zone that the standard asks for, in modules."""


def qr_modules(text: str) -> list[list[bool]]:
    """The code's modules, row by row, quiet zone included; True is black. Medium correction (15 %)."""
    import qrcode  # noqa: PLC0415  -- needed only without paper, and slow to load

    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    modules: list[list[bool]] = code.get_matrix()
    return modules


class QrCode(Dressed):
    """Black on white, each module a whole number of pixels, so that a phone reads it at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("qr", parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = ""
        self._modules: list[list[bool]] = []
        self._side = 0

    def text(self) -> str:
        """What the code says."""
        return self._text

    def encode(self, text: str) -> None:
        """Change it; '' shows none."""
        if text != self._text:
            self._text = text
            self._modules = qr_modules(text) if text else []
            self.update()

    def dress(self, theme: Theme) -> None:
        """Take the size of `theme`."""
        self._side = theme.room(340)
        super().dress(theme)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the modules, in the middle of a white square."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._modules:
            self._paint_modules(painter)
        painter.end()

    def _paint_modules(self, painter: QPainter) -> None:
        side = min(self.width(), self.height()) // len(self._modules)
        left = (self.width() - side * len(self._modules)) // 2
        top = (self.height() - side * len(self._modules)) // 2
        for row, line in enumerate(self._modules):
            for column, black in enumerate(line):
                if black:
                    place = QRect(left + column * side, top + row * side, side, side)
                    painter.fillRect(place, Qt.GlobalColor.black)
