"""A box that is ticked, or not."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from shared.qt.theme import Theme

SIDE_UNITS, LINE_UNITS, RADIUS_UNITS = 34, 3, 8
TICK = ((0.24, 0.54), (0.43, 0.72), (0.77, 0.30))
"""The tick's three points, as parts of the box."""


class TickBox(QWidget):
    """Shows whether its line is ticked; keys and mouse are the line's."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._is_ticked = False
        self._line, self._radius = 1.0, 0.0
        self._ink = self._ground = QColor()

    def show_tick(self, *, is_ticked: bool) -> None:
        """Be ticked, or not."""
        self._is_ticked = is_ticked
        self.update()

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        side = theme.px(SIDE_UNITS)
        self.setFixedSize(side, side)
        self._line, self._radius = theme.px(LINE_UNITS), theme.px(RADIUS_UNITS)
        self._ink, self._ground = theme.main, theme.card

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box; full, with its tick in it, where it is ticked."""
        half = self._line / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._ink, self._line))
            painter.setBrush(self._ink if self._is_ticked else self._ground)
            painter.drawRoundedRect(box, self._radius, self._radius)
            if self._is_ticked:
                painter.setPen(QPen(self._ground, self._line * 1.3, c=Qt.PenCapStyle.RoundCap))
                points = [QPointF(self.width() * x, self.height() * y) for x, y in TICK]
                painter.drawPolyline(points)
