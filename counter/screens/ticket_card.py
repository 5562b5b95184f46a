"""Who is at the counter."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter.desk import Desk
from counter.screens.fit_label import FitLabel, figures
from counter.screens.panel import Panel
from counter.screens.pill import Pill
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.words import msg

PRIORITY = msg("Prioritas")
NOBODY = {"loket": msg("Belum ada nomor di loket ini"), "gerai": msg("Belum ada nomor di gerai ini")}
NOBODY_HOW = msg("Setelah Anda memanggil, nomornya tampil di sini.")
RIGHT = Qt.AlignmentFlag.AlignRight


class TicketCard(Panel):
    """The number at the counter: its service, how often it was called, why, and since when."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._sentences = sentences
        self._number = FitLabel("number")
        self._service = FitLabel("service", lines=2, grow=True)
        self._badge = Pill("priority")
        self._journey = FitLabel("journey", grow=True)
        self._called = FitLabel("called", grow=True)
        self._because = FitLabel("because", grow=True)
        self._timer = FitLabel("timer", align=RIGHT)
        self._stage = FitLabel("stage", align=RIGHT)
        self._badge.setText(sentences.words.say(PRIORITY))
        self._row, self._facts, self._since = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        self._badge_row = QHBoxLayout()
        self._arrange()

    def _arrange(self) -> None:
        self._badge_row.addWidget(self._badge)
        self._badge_row.addWidget(self._because, 1)
        self._facts.addStretch(1)
        self._facts.addWidget(self._service)
        self._facts.addWidget(self._journey)
        self._facts.addWidget(self._called)
        self._facts.addLayout(self._badge_row)
        self._facts.addStretch(1)
        self._since.addStretch(1)
        self._since.addWidget(self._timer)
        self._since.addWidget(self._stage)
        self._since.addStretch(1)
        self._row.addWidget(self._number)
        self._row.addLayout(self._facts, 1)
        self._row.addLayout(self._since)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Show who is at the counter, or that nobody is."""
        ticket, say = desk.current, self._sentences.words.say
        for widget in (self._number, self._timer, self._stage, self._because):
            widget.setVisible(ticket is not None)
        self._badge.setVisible(ticket is not None and ticket.priority)
        self._journey.setVisible(ticket is not None and bool(ticket.steps))
        if ticket is None:
            self._number.setText("")
            self._service.setText(say(NOBODY[self._sentences.counter_word]))
            self._called.setText(say(NOBODY_HOW))
            return
        self._number.setText(ticket.number)
        self._service.setText(self._sentences.service(ticket))
        self._journey.setText(self._sentences.journey(ticket))
        self._called.setText(self._sentences.called(ticket, now))
        self._because.setText(self._sentences.because(desk.reason, desk.why, is_priority=ticket.priority))
        self._stage.setText(self._sentences.stage(ticket))
        self.tick(desk, now)

    def tick(self, desk: Desk, now: datetime) -> None:
        """Only the clock goes on."""
        if desk.current is not None:
            self._timer.setText(self._sentences.elapsed(desk.current, now))

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self.paint(theme, theme.card, line=theme.line, radius=24)
        self._number.dress(theme.font(96 if theme.portrait else 128, 800), theme.ink)
        self._service.dress(theme.font(28, 700), theme.ink)
        self._badge.colour(theme, theme.priority, theme.on_priority)
        self._journey.dress(theme.font(24, 700), theme.main)
        self._called.dress(theme.font(24), theme.soft)
        self._because.dress(theme.font(24), theme.soft)
        self._timer.dress(figures(theme.font(60, 800)), theme.ink)
        self._stage.dress(theme.font(20), theme.soft)
        self._row.setContentsMargins(theme.px(40), theme.px(16), theme.px(40), theme.px(16))
        self._row.setSpacing(theme.px(40))
        self._facts.setSpacing(theme.px(4))
        self._badge_row.setSpacing(theme.px(12))
        self._since.setSpacing(0)
        self.setFixedHeight(theme.px(210))
