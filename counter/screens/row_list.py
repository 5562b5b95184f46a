"""Rows under a heading: as many as there is room for, and a word on how many more there are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from counter.screens.fit_label import FitLabel
from shared.qt.theme import Theme


class RowList(QWidget):
    """Rows of one height with a thin line under each. It is as high as it is let, and never scrolls.

    `more` tells in words of those for whom there is no room; without it they are simply not shown.
    """

    def __init__(self, name: str, rows: Sequence[QWidget], more: Callable[[int], str] | None = None) -> None:
        super().__init__()
        self._rows = rows
        self._more_text = more
        self._more = FitLabel(f"{name}-more")
        self._count = 0
        self._shown = 0
        self._theme: Theme | None = None
        for widget in (*rows, self._more):
            widget.setParent(self)
            widget.hide()

    def show_count(self, count: int) -> None:
        """So many there are; the first rows are filled with the first of them."""
        self._count = count
        self._place()

    def dress(self, theme: Theme) -> None:
        """Sizes and colours; the rows are dressed by whoever made them."""
        self._theme = theme
        self._more.dress(theme.font(22), theme.soft)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """It takes what is left."""
        return QSize(0, 0)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """See again how many have room."""
        self._place()

    def _place(self) -> None:
        height = max(1, self._rows[0].height())
        room = min(self.height() // height, len(self._rows))
        fits = self._count <= room or self._more_text is None
        self._shown = min(self._count, room) if fits else max(0, room - 1)
        for index, row in enumerate(self._rows):
            row.setGeometry(0, index * height, self.width(), height)
            row.setVisible(index < self._shown)
        self._more.setText(self._more_text(self._count - self._shown) if self._more_text else "")
        self._more.setGeometry(0, self._shown * height, self.width(), height)
        self._more.setVisible(not fits and room > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The thin lines."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.line, self._theme.px(2)))
        height = self._rows[0].height()
        for index in range(1, self._shown + 1):
            painter.drawLine(0, index * height - 1, self.width(), index * height - 1)
