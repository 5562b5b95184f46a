"""A number as large as its room."""

from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.screens.dressed import Written
from kiosk.screens.paint import brush, widest_font
from shared.qt.theme import Theme


class BigText(Written):
    """One line, filled into the widget by the ink of its letters, in the middle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        super().dress(theme)
        self.setMinimumHeight(theme.px(140))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line: its ink, not its font's box, stands in the middle."""
        room = self.contentsRect()
        font = widest_font(self._text, room.size(), self.theme.font(84, 800))
        ink = QFontMetrics(font).tightBoundingRect(self._text)
        left = room.left() + (room.width() - ink.width()) / 2 - ink.left()
        base = room.top() + (room.height() - ink.height()) / 2 - ink.top()
        with brush(self) as painter:
            painter.setFont(font)
            painter.setPen(QColor(self.theme.ink))
            painter.drawText(round(left), round(base), self._text)
