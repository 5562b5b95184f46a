"""A picture to judge the screen by: its edges, its colours, its greys, and where it is touched."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import brush

COLOURS = ("#FFFFFF", "#FFFF00", "#00FFFF", "#00FF00", "#FF00FF", "#FF0000", "#0000FF", "#000000")
"""The usual bars of a test picture: what is missing in them is missing in the screen."""
GREYS = 16
BARS, GREY_BARS = (0.42, 0.66), (0.66, 0.76)
"""Between which shares of the height they stand: above is what is read, below what is touched."""
MOST_TOUCHES = 40


class ScreenPicture(Dressed):
    """Fills the screen below the text that stands on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("test-card", parent)
        self._touches: list[QPointF] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # what stands on it marks for it

    def forget(self) -> None:
        """Begin without touches."""
        self._touches.clear()
        self.update()

    def mark(self, touch: QPointF) -> None:
        """It was touched there."""
        self._touches = [*self._touches, touch][-MOST_TOUCHES:]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bars, greys, edges, then the touches."""
        with brush(self) as painter:
            painter.fillRect(self.rect(), self.theme.card)
            self._paint_bars(painter)
            self._paint_edges(painter)
            for touch in self._touches:
                self._cross(painter, touch)

    def _paint_bars(self, painter: QPainter) -> None:
        greys = [QColor(grey, grey, grey) for grey in (round(255 * place / (GREYS - 1)) for place in range(GREYS))]
        self._paint_row(painter, [QColor(colour) for colour in COLOURS], BARS)
        self._paint_row(painter, greys, GREY_BARS)

    def _paint_row(self, painter: QPainter, colours: list[QColor], between: tuple[float, float]) -> None:
        top, bottom = (share * self.height() for share in between)
        wide = self.width() / len(colours)
        for place, colour in enumerate(colours):
            painter.fillRect(QRectF(place * wide, top, wide + 1, bottom - top), colour)

    def _paint_edges(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor("#FF0000"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        inset, long = self.theme.room(12), self.theme.room(84)
        painter.setPen(QPen(self.theme.ink, self.theme.px(3)))
        middle = QPointF(self.rect().center())
        for x in (inset, self.width() - inset):
            for y in (inset, self.height() - inset):
                corner = QPointF(x, y)
                painter.drawLine(QLineF(corner, QPointF(x + (long if x < middle.x() else -long), y)))
                painter.drawLine(QLineF(corner, QPointF(x, y + (long if y < middle.y() else -long))))

    def _cross(self, painter: QPainter, at: QPointF) -> None:
        size = self.theme.px(36)
        for ink, width in ((self.theme.card, 9), (self.theme.ink, 4)):
            painter.setPen(QPen(ink, self.theme.px(width)))
            painter.drawLine(QLineF(at - QPointF(size, 0), at + QPointF(size, 0)))
            painter.drawLine(QLineF(at - QPointF(0, size), at + QPointF(0, size)))
