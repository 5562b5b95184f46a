"""One counter to choose."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout

from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from counter.screens.sentences import Sentences
from shared.hall import Counter
from shared.qt.theme import Theme


class CounterTile(Face):
    """A counter's number, and whom it serves."""

    def __init__(self, counter: Counter, sentences: Sentences) -> None:
        super().__init__(f"counter-{counter.id}")
        self.counter = counter
        self.setText(sentences.counter(counter))
        self.setAccessibleDescription(sentences.agencies(counter))
        self._number = FitLabel(align=Qt.AlignmentFlag.AlignHCenter)
        self._agencies = FitLabel(lines=3, grow=True)
        self._number.setText(counter.number)
        self._agencies.setText(sentences.agencies(counter))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._number)
        self._row.addWidget(self._agencies, 1)

    def fill(self, theme: Theme) -> QColor:
        """Tinted where the focus is."""
        return theme.tint if self.hasFocus() else theme.card

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        super().dress(theme)
        self._number.dress(theme.font(36, 800), theme.main)
        self._number.setFixedWidth(theme.px(76))
        self._agencies.dress(theme.font(22, 700), theme.ink)
        side = theme.px(12)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(theme.px(8))
