"""A neighbour calls for help."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from counter.desk import Desk
from counter.screens.fit_label import FitLabel
from counter.screens.keys import COME_KEY
from counter.screens.panel import Panel
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.words import msg

COME = msg("Saya datang")


class AlarmBanner(Panel):
    """Red, with who calls and since when, until somebody answers; hidden when nobody does.

    answered(int)  this officer goes there
    """

    answered = Signal(int)

    def __init__(self, sentences: Sentences, *, lines: int = 2, pad: int = 40, key: str = chr(COME_KEY)) -> None:
        """`key`: what is pressed to go there, where the banner stands."""
        super().__init__("alarm")
        self._sentences = sentences
        self._alarm: int | None = None
        self._pad = pad
        self._text = FitLabel("alarm-text", lines=lines, grow=True)
        self._come = QuietButton("alarm-come", sentences.words.say(COME), key)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._come)
        self._come.clicked.connect(self.come)
        self.hide()

    def show_desk(self, desk: Desk) -> None:
        """Show who calls, the first before the rest."""
        alarms = desk.alarms
        self._alarm = alarms[0].id if alarms else None
        self._text.setText(self._sentences.alarms(alarms, desk.counter.zone) if alarms else "")
        self._come.setEnabled(desk.live)
        self.setVisible(bool(alarms))

    def come(self) -> bool:
        """This officer goes; answers whether anybody calls."""
        if self._alarm is None:
            return False
        self.answered.emit(self._alarm)
        return True

    def dress(self, theme: Theme) -> None:
        """White on red: nothing else on the desk is."""
        self.paint(theme, theme.late)
        self._text.dress(theme.font(28, 800), theme.card)
        self._come.dress(theme)
        pad = theme.px(self._pad)
        self._row.setContentsMargins(pad, theme.px(12), pad, theme.px(12))
        self._row.setSpacing(theme.px(20))
