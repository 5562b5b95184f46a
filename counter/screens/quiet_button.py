"""The buttons of the header: there when looked for."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from shared.qt.theme import Theme


class QuietButton(Face):
    """A word and its key, without a surface of its own."""

    def __init__(self, name: str, text: str, key: str) -> None:
        super().__init__(name)
        self.setText(text)
        self.setAccessibleDescription(key)
        self._label, self._key = FitLabel(), FitLabel()
        self._label.setText(text)
        self._key.setText(key)
        self._key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        for label in (self._label, self._key):
            self._row.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def fill(self, theme: Theme) -> QColor:
        """The header's own ground."""
        return theme.card

    def edge(self, theme: Theme) -> QColor:
        """A thin line."""
        return theme.line

    def dress(self, theme: Theme) -> None:
        """Word and key side by side."""
        super().dress(theme)
        self._label.dress(theme.font(22, 700), theme.ink if self.looks_on else theme.resting_ink)
        self._key.dress(theme.font(22), theme.soft if self.looks_on else theme.resting_ink)
        side, top = theme.px(18), theme.px(8)
        self._row.setContentsMargins(side, top, side, top)
        self._row.setSpacing(theme.px(10))

    def sizeHint(self) -> QSize:
        """As its words need."""
        return self._row.sizeHint()
