"""One who waits, as a row."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter.desk import LATE_MINUTES, waited_minutes
from counter.screens.fit_label import FitLabel, figures
from counter.screens.panel import Panel
from counter.screens.pill import Pill
from counter.screens.sentences import Sentences
from counter.screens.ticket_card import PRIORITY
from shared.qt.theme import Theme
from shared.wire import Ticket
from shared.words import msg

ROW_UNITS = 64
LATE = msg("lama")


class WaitingRow(Panel):
    """Number, service, 'Prioritas' where it is one, and the minutes; a long wait in words and colour."""

    def __init__(self, index: int, sentences: Sentences) -> None:
        super().__init__(f"waiting-{index}")
        self._sentences = sentences
        self._late = False
        self._theme: Theme | None = None
        self._number = FitLabel(f"waiting-{index}-number")
        self._service = FitLabel(f"waiting-{index}-service", lines=2, grow=True)
        self._late_word = FitLabel(f"waiting-{index}-late", align=Qt.AlignmentFlag.AlignRight)
        self._badge = Pill(f"waiting-{index}-priority")
        self._minutes = FitLabel(f"waiting-{index}-minutes", align=Qt.AlignmentFlag.AlignRight)
        self._badge.setText(sentences.words.say(PRIORITY))
        self._late_word.setText(sentences.words.say(LATE))
        self._row, self._end = QHBoxLayout(self), QVBoxLayout()
        self._row.addWidget(self._number)
        self._row.addWidget(self._service, 1)
        self._row.addWidget(self._badge)
        self._row.addLayout(self._end)
        self._end.addStretch(1)
        self._end.addWidget(self._minutes)
        self._end.addWidget(self._late_word)
        self._end.addStretch(1)

    def show_ticket(self, ticket: Ticket, now: datetime) -> None:
        """Show who waits here in the order."""
        minutes = waited_minutes(ticket, now)
        self._late = minutes >= LATE_MINUTES
        self._number.setText(ticket.number)
        self._service.setText(self._sentences.service(ticket))
        self._badge.setVisible(ticket.priority)
        self._minutes.setText(self._sentences.short_minutes(minutes))
        self._late_word.setVisible(self._late)
        if self._theme is not None:
            self._dress_minutes(self._theme)

    def _dress_minutes(self, theme: Theme) -> None:
        font = theme.font(22, 700 if self._late else 500)
        self._minutes.dress(figures(font), theme.late if self._late else theme.soft)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._theme = theme
        self._number.dress(figures(theme.font(32, 800)), theme.ink)
        self._number.setFixedWidth(theme.px(128))
        self._service.dress(theme.font(22), theme.ink)
        self._badge.colour(theme, theme.priority, theme.on_priority, step=17)
        self._dress_minutes(theme)
        self._late_word.dress(theme.font(20, 700), theme.late)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(10))
        self._end.setSpacing(0)
        self.setFixedHeight(theme.px(ROW_UNITS))
