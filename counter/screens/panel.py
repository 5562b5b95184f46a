"""A quiet surface that holds other things."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from shared.qt.theme import Theme


class Panel(QWidget):
    """A surface in one colour of the theme, flat; or, with a radius, rounded with a thin line."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._fill = QColor(Qt.GlobalColor.transparent)
        self._line = QColor(Qt.GlobalColor.transparent)
        self._radius = 0
        self._width = 1

    def paint(self, theme: Theme, fill: QColor, *, line: QColor | None = None, radius: float = 0) -> None:
        """Take these colours; `radius` in units of the drawing."""
        self._fill, self._radius, self._width = fill, theme.px(radius), theme.px(2)
        self._line = line if line is not None else fill
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface."""
        painter = QPainter(self)
        if not self._radius:
            painter.fillRect(self.rect(), self._fill)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self._width / 2
        painter.setPen(QPen(self._line, self._width))
        painter.setBrush(self._fill)
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, self._radius, self._radius)
