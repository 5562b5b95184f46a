"""A large button that says what it does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout

from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from shared.qt.theme import Theme

UNITS = 100


class WordButton(Face):
    """A word or two, and its key: teal, or `quiet` on white."""

    def __init__(self, name: str, text: str, key: str = "", *, quiet: bool = False) -> None:
        super().__init__(name)
        self._quiet = quiet
        self._label = FitLabel(align=Qt.AlignmentFlag.AlignHCenter, grow=True)
        self._key = FitLabel()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._key)
        self._key.setText(key)
        self._key.setVisible(bool(key))
        self.setAccessibleDescription(key)
        self.write(text)

    def write(self, text: str) -> None:
        """Change the words."""
        self.setText(text)
        self._label.setText(text)

    def fill(self, theme: Theme) -> QColor:
        """Teal where it is the way on."""
        if not self.looks_on:
            return theme.resting
        return theme.card if self._quiet else theme.main

    def edge(self, theme: Theme) -> QColor:
        """A thin line on white."""
        return theme.line if self._quiet else self.fill(theme)

    def ring(self, theme: Theme) -> QColor:
        """Amber on teal."""
        return theme.main if self._quiet else theme.called

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        super().dress(theme)
        ink = (theme.ink if self._quiet else theme.on_main) if self.looks_on else theme.resting_ink
        self._label.dress(theme.font(28, 700), ink)
        self._key.dress(theme.font(22), theme.soft if self._quiet else ink)
        side = theme.px(28)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(theme.px(12))
        self.setFixedHeight(theme.px(UNITS))
