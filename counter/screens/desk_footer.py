"""The line below the desk."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from counter.desk import Desk
from counter.screens.fit_label import FitLabel, figures
from counter.screens.panel import Panel
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.wire import Tally

UNITS = 62


class DeskFooter(Panel):
    """The counter's day so far, who has signed in, the hub's time; small, what became of a call for help."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._sentences = sentences
        self._facts = [FitLabel(name) for name in ("tally-served", "tally-mean", "tally-no-show")]
        self._help = FitLabel("help", grow=True, align=Qt.AlignmentFlag.AlignRight)
        self._who = FitLabel("signed-in", align=Qt.AlignmentFlag.AlignRight)
        self._time = FitLabel("time", align=Qt.AlignmentFlag.AlignRight)
        self._row = QHBoxLayout(self)
        for fact in self._facts:
            self._row.addWidget(fact)
        self._row.addWidget(self._help, 1)
        self._row.addWidget(self._who)
        self._row.addWidget(self._time)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Show the tally."""
        tally = desk.view.tally if desk.view else Tally()
        for label, text in zip(self._facts, self._sentences.tally(tally), strict=True):
            label.setText(text)
        self._who.setText(desk.staff.name if desk.staff else "")
        self._help.setText(self._sentences.help(desk))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Only the clock goes on."""
        self._time.setText(self._sentences.time(now))

    def dress(self, theme: Theme) -> None:
        """Light on ink."""
        self.paint(theme, theme.ink)
        for label in (*self._facts, self._help, self._who, self._time):
            label.dress(figures(theme.font(22)), theme.ground)
        self._row.setContentsMargins(theme.px(40), 0, theme.px(40), 0)
        self._row.setSpacing(theme.px(36))
        self.setFixedHeight(theme.px(UNITS))
