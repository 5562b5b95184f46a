"""The small window that stays on top of the officer's other work."""

from datetime import datetime

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout

from counter.desk import Desk
from counter.screens.compact_next import CompactNext
from counter.screens.fit_label import FitLabel, figures
from counter.screens.keys import COMPACT_KEY
from counter.screens.lamp import Lamp
from counter.screens.panel import Panel
from counter.screens.pill import Pill
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.words import msg

UNITS = QSize(660, 320)
LARGE_WINDOW = msg("Jendela besar")
NOBODY_HERE = {"loket": msg("Loket kosong"), "gerai": msg("Gerai kosong")}


class CompactWindow(Panel):
    """Who is here, how many wait, and 'next'; all keys work here too.

    pressed(Verb)     the big button was pressed
    large_asked()     the large window is wanted
    key_pressed(Key)  a key that is the desk's
    moved(QPoint)     it was hidden, last standing there
    """

    pressed = Signal(object)
    large_asked = Signal()
    key_pressed = Signal(object)
    moved = Signal(object)

    def __init__(self, sentences: Sentences) -> None:
        super().__init__("compact-window")
        self._sentences = sentences
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.CustomizeWindowHint
            | Qt.WindowType.WindowTitleHint
            | Qt.WindowType.WindowCloseButtonHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter = Pill("compact-counter")
        self.lamp = Lamp(sentences.words)
        self._large = QuietButton("compact", sentences.words.say(LARGE_WINDOW), chr(COMPACT_KEY))
        self._number = FitLabel("number")
        self._stage = FitLabel("stage", grow=True)
        self._timer = FitLabel("timer", align=Qt.AlignmentFlag.AlignRight)
        self._next = CompactNext(sentences)
        self._arrange()
        self._next.clicked.connect(lambda: self.pressed.emit(self._next.said.verb))
        self._large.clicked.connect(self.large_asked)

    def _arrange(self) -> None:
        self._head, self._here, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._head.addWidget(self._counter)
        self._head.addWidget(self.lamp)
        self._head.addStretch(1)
        self._head.addWidget(self._large)
        self._here.addWidget(self._number)
        self._here.addWidget(self._stage, 1)
        self._here.addWidget(self._timer)
        self._column.addLayout(self._head)
        self._column.addLayout(self._here)
        self._column.addWidget(self._next, 1)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Show the desk as it is now."""
        ticket = desk.current
        self.setWindowTitle(self._sentences.counter(desk.counter))
        self._counter.setText(self._sentences.counter(desk.counter))
        self.lamp.show_live(live=desk.live)
        self._number.setText(ticket.number if ticket else "")
        self._number.setVisible(ticket is not None)
        self._stage.setText(self._sentences.stage(ticket) if ticket else self._nobody())
        self._next.show_desk(desk, now)
        self.tick(desk, now)

    def _nobody(self) -> str:
        return self._sentences.words.say(NOBODY_HERE[self._sentences.counter_word])

    def tick(self, desk: Desk, now: datetime) -> None:
        """A second has passed."""
        self._timer.setText(self._sentences.elapsed(desk.current, now) if desk.current else "")

    def dress(self, theme: Theme) -> None:
        """Sizes and colours of the screen it stands on."""
        self.paint(theme, theme.ground)
        self._counter.colour(theme, theme.tint, theme.main, step=22)
        self._number.dress(theme.font(48, 800), theme.ink)
        self._stage.dress(theme.font(22), theme.soft)
        self._stage.setFixedHeight(theme.px(64))  # the button does not jump when the counter empties
        self._timer.dress(figures(theme.font(36, 800)), theme.ink)
        for part in (self.lamp, self._large, self._next):
            part.dress(theme)
        pad = theme.px(20)
        self._column.setContentsMargins(pad, theme.px(16), pad, pad)
        self._column.setSpacing(theme.px(8))
        self._head.setSpacing(theme.px(16))
        self._here.setSpacing(theme.px(16))
        self.resize(theme.px(UNITS.width()), theme.px(UNITS.height()))

    def put(self, corner: QPoint | None) -> None:
        """Show at `corner`, or at the lower right of the screen; never where no screen is."""
        screen = QGuiApplication.screenAt(corner) if corner is not None else None
        if corner is None or screen is None:
            room = QGuiApplication.primaryScreen().availableGeometry()
            corner = room.bottomRight() - QPoint(self.width(), self.height()) * 1.1
        self.move(corner)
        self.show()
        self.activateWindow()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys mean here what they mean at the desk."""
        if not event.isAutoRepeat():
            self.key_pressed.emit(Qt.Key(event.key()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell where it stood."""
        super().hideEvent(event)
        self.moved.emit(self.pos())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by hand it gives way to the large window; when the program ends it goes."""
        if event.spontaneous():
            event.ignore()
            self.large_asked.emit()
