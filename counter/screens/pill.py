"""A few words on a small coloured ground."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from counter.screens.fit_label import FitLabel
from shared.qt.theme import Theme


class Pill(FitLabel):
    """One word or two that stand out: a counter's name, 'Prioritas'."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name, align=Qt.AlignmentFlag.AlignHCenter)
        self._fill = QColor(Qt.GlobalColor.transparent)
        self._side = 0
        self._radius = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def colour(self, theme: Theme, fill: QColor, ink: QColor, *, step: float = 20) -> None:
        """Take these colours; the words `step` units high."""
        self._fill, self._side, self._radius = fill, theme.px(step * 0.6), theme.px(step * 0.5)
        self.dress(theme.font(step, 700), ink)

    def sizeHint(self) -> QSize:
        """The words with room around them."""
        words = super().sizeHint()
        return QSize(words.width() + 2 * self._side, words.height() + self._side // 2)

    def minimumSizeHint(self) -> QSize:
        """It is not squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, then words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill)
        painter.drawRoundedRect(QRectF(self.rect()), self._radius, self._radius)
        painter.end()
        super().paintEvent(event)
