"""The big button, small."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from counter.desk import Desk
from counter.screens.call_face import CallFace
from counter.screens.fit_label import FitLabel
from counter.screens.next_words import NextWords, next_words
from counter.screens.sentences import SEPARATOR, Sentences
from shared.qt.theme import Theme

CENTRE = Qt.AlignmentFlag.AlignHCenter


class CompactNext(CallFace):
    """'Panggil berikutnya' with who is next and why; or why nobody can be called."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._sentences = sentences
        self._title = FitLabel("next-title", align=CENTRE)
        self._line = FitLabel("next-line", lines=3, align=CENTRE)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._title)
        self._column.addWidget(self._line)
        self._column.addStretch(1)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Say what pressing would do."""
        said = next_words(desk, self._sentences, now)
        self._title.setText(said.title)
        self._line.setText(said.told or self._who(said))
        self.say(said, desk)

    def _who(self, said: NextWords) -> str:
        """Who would be called, and why; the strip has no room to name the key besides."""
        number = said.following.number if said.following else said.paper
        return SEPARATOR.join(filter(None, [number, said.why]))

    def dress(self, theme: Theme) -> None:
        """Sizes and colours for what it says now."""
        super().dress(theme)
        self._title.dress(theme.font(34, 800), self.ink(theme))
        self._line.dress(theme.font(22), self.told_ink(theme) if self.said.told else self.soft_ink(theme))
        pad = theme.px(16)
        self._column.setContentsMargins(pad, theme.px(4), pad, theme.px(4))
        self._column.setSpacing(0)
