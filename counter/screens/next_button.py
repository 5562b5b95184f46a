"""The one big button."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter.desk import Desk
from counter.screens.call_face import CallFace
from counter.screens.fit_label import FitLabel
from counter.screens.next_words import next_words
from counter.screens.sentences import SEPARATOR, Sentences
from shared.qt.theme import Theme

CENTRE = Qt.AlignmentFlag.AlignHCenter


class NextButton(CallFace):
    """'Panggil berikutnya': says who would be called and why, or why nobody can be called now."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._sentences = sentences
        self._title = FitLabel("next-title", align=CENTRE)
        self._number = FitLabel("next-number")
        self._service = FitLabel("next-service")
        self._why = FitLabel("next-why", lines=2, align=CENTRE)
        self._told = FitLabel("message", lines=3, align=CENTRE)
        self._column, self._who = QVBoxLayout(self), QHBoxLayout()
        self._arrange()

    def _arrange(self) -> None:
        self._who.addStretch(1)
        self._who.addWidget(self._number)
        self._who.addWidget(self._service)
        self._who.addStretch(1)
        self._column.addStretch(3)
        self._column.addWidget(self._title)
        self._column.addLayout(self._who)
        self._column.addWidget(self._why)
        self._column.addStretch(1)
        self._column.addWidget(self._told)
        self._column.addStretch(2)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Say what pressing would do."""
        said = next_words(desk, self._sentences, now)
        following = said.following
        self._title.setText(said.title)
        self._number.setText(following.number if following else said.paper)
        self._service.setText(self._sentences.service(following) if following else "")
        self._why.setText(SEPARATOR.join(filter(None, (said.why, said.key))))
        self._told.setText(said.told)
        for label in (self._number, self._service, self._why, self._told):
            label.setVisible(bool(label.text()))
        self.say(said, desk)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours for what it says now."""
        super().dress(theme)
        self._title.dress(theme.font(60, 800), self.ink(theme))
        self._number.dress(theme.font(48, 800), theme.called)
        self._service.dress(theme.font(28), self.ink(theme))
        self._why.dress(theme.font(28), self.soft_ink(theme))
        self._told.dress(theme.font(24, 700), self.told_ink(theme))
        pad = theme.px(28)
        self._column.setContentsMargins(pad, theme.px(12), pad, theme.px(12))
        self._column.setSpacing(theme.px(8))
        self._who.setSpacing(theme.px(16))
