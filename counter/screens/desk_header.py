"""The line above the desk."""

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout

from counter.desk import Desk
from counter.screens.fit_label import FitLabel
from counter.screens.keys import CHANGE_KEY, COMPACT_KEY
from counter.screens.lamp import Lamp
from counter.screens.panel import Panel
from counter.screens.pill import Pill
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.words import msg

SMALL_WINDOW = msg("Jendela kecil")
CHANGE = {"loket": msg("Ganti loket"), "gerai": msg("Ganti gerai")}
HELD = msg("Belum dapat diganti: perintah terakhir belum terjawab.")
UNITS = 90
AGENCIES_UNITS = 200
"""On a tall screen the buttons give way before the agencies' names do."""


class DeskHeader(Panel):
    """Which counter this is and whom it serves; the hub's lamp; the ways to the small window and another counter."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        say = sentences.words.say
        self._sentences = sentences
        self._theme: Theme | None = None
        self._counter = Pill("counter")
        self._agencies = FitLabel("agencies", lines=4, grow=True)
        self.lamp = Lamp(sentences.words)
        self.compact = QuietButton("compact", say(SMALL_WINDOW), chr(COMPACT_KEY))
        self.change = QuietButton("change-counter", say(CHANGE[sentences.counter_word]), chr(CHANGE_KEY))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._counter)
        self._row.addWidget(self._agencies, 1)
        for widget in (self.lamp, self.compact, self.change):
            self._row.addWidget(widget)

    def show_desk(self, desk: Desk) -> None:
        """Show whose desk this is, and the lamp."""
        self._counter.setText(self._sentences.counter(desk.counter))
        self._agencies.setText(self._sentences.agencies(desk.counter))
        self.lamp.show_live(live=desk.live)
        self.change.setEnabled(desk.may_leave)
        self.change.setToolTip("" if desk.may_leave else self._sentences.words.say(HELD))

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._theme = theme
        self.paint(theme, theme.card)
        self._counter.colour(theme, theme.tint, theme.main, step=24)
        self._agencies.dress(theme.font(20 if theme.portrait else 24, 700), theme.ink)
        self._agencies.setMinimumWidth(theme.px(AGENCIES_UNITS))
        for widget in (self.lamp, self.compact, self.change):
            widget.dress(theme)
        side = theme.px(28 if theme.portrait else 40)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(theme.px(14 if theme.portrait else 20))
        self.setFixedHeight(theme.px(UNITS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surface, and a thin line below."""
        super().paintEvent(event)
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.line, self._theme.px(2)))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
