"""A number as large as its room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.screens.paint import brush, widest_font
from shared.qt.theme import Theme


class BigText(QWidget):
    """One line, filled into the widget by the ink of its letters, in the middle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = Theme(QSize(1920, 1080))
        self._text = ""

    def text(self) -> str:
        """What it says."""
        return self._text

    def write(self, text: str) -> None:
        """Change it."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        self._theme = theme
        self.setMinimumHeight(theme.px(140))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line: its ink, not its font's box, stands in the middle."""
        font = widest_font(self._text, self.size(), self._theme.font(84, 800))
        ink = QFontMetrics(font).tightBoundingRect(self._text)
        left = (self.width() - ink.width()) / 2 - ink.left()
        base = (self.height() - ink.height()) / 2 - ink.top()
        with brush(self) as painter:
            painter.setFont(font)
            painter.setPen(QColor(self._theme.ink))
            painter.drawText(round(left), round(base), self._text)
