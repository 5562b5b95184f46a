"""A line for words of one's own."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from counter.screens.panel import Panel
from counter.screens.quiet_button import QuietButton
from shared.qt.theme import Theme
from shared.words import msg

MOST = 100
"""Characters: what the hub takes as a reason."""


class WordsField(Panel):
    """Takes what is typed, by Enter or its button; nothing while it is empty.

    given(str)  the words
    """

    given = Signal(str)

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__("words")
        self.line = QLineEdit()
        self.line.setObjectName("words-line")
        self.line.setMaxLength(MOST)
        self._take = QuietButton("words-take", say(msg("Pakai")), "Enter")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self._take)
        self.line.returnPressed.connect(self._give)
        self._take.clicked.connect(self._give)

    def clear(self) -> None:
        """Begin anew."""
        self.line.clear()

    def _give(self) -> None:
        if words := self.line.text().strip():
            self.given.emit(words)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        look = theme.palette
        self._take.dress(theme)
        self.line.setFont(theme.font(28))
        self.line.setFixedHeight(theme.px(76))
        self.line.setStyleSheet(
            f"QLineEdit {{ background: {look.card}; color: {look.ink}; border: {theme.px(2)}px solid {look.soft};"
            f" border-radius: {theme.px(16)}px; padding: 0 {theme.px(20)}px; }}"
        )
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(16))
