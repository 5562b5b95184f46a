"""A number as large as its room."""

from PySide6.QtGui import QColor, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.screens.dressed import Written
from kiosk.screens.paint import brush
from shared.qt.figure import shape
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
        """Paint the line, as the TV will show it: its ink stands in the middle."""
        room, line = self.contentsRect(), shape(self._text)
        ink = line.boundingRect()
        if ink.isEmpty():
            return
        cap = int(0.98 * min(room.width() / ink.width(), room.height() / ink.height()))
        left = room.left() + (room.width() - cap * ink.width()) / 2
        base = room.top() + (room.height() - cap * ink.height()) / 2 - cap * ink.top()
        with brush(self) as painter:
            painter.fillPath(QTransform(cap, 0, 0, cap, round(left), round(base)).map(line), QColor(self.theme.ink))
