"""The strip that stays on top at the screen's edge, beside the officer's other program."""

from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout

from counter.desk import Desk, Verb, waited_minutes
from counter.screens.alarm_banner import AlarmBanner
from counter.screens.compact_next import CompactNext
from counter.screens.fit_label import FitLabel, figures
from counter.screens.keys import COMPACT_KEY
from counter.screens.lamp import Lamp
from counter.screens.panel import Panel
from counter.screens.pill import Pill
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from counter.screens.verb_button import VerbButton
from shared.qt.theme import Theme
from shared.words import msg

LARGE_WINDOW = msg("Jendela besar")
NOBODY_HERE = {"loket": msg("Loket kosong"), "gerai": msg("Gerai kosong")}
SMALL_ONES = (Verb.RECALL, Verb.SERVE, Verb.FINISH, Verb.NO_SHOW)
EDGE_PX = 120
"""How high the strip is, on screens up to Full HD; higher ones have it in proportion."""
EDGE_UNITS = 169
"""The same, in units of the drawing: as large as on a screen of 768 lines."""
FULL_HD = 1080
WIDE_PX = 1200
"""On narrower screens the small verbs have their keys alone."""


def strip_height(screen: QSize) -> int:
    """In pixels of a screen of that size."""
    return round(EDGE_PX * max(1.0, min(screen.width(), screen.height()) / FULL_HD))


def strip_theme(screen: QSize) -> Theme:
    """Sizes for a strip across that screen."""
    scale = min(strip_height(screen) / EDGE_UNITS, screen.width() / 1920)
    return Theme(QSize(round(1920 * scale), round(FULL_HD * scale)))


class CompactWindow(Panel):
    """Who is here, 'next', four verbs, who waits: 120 pixels high. All keys work here too; the mouse drags it.

    pressed(Verb)     the big button or one of the small ones was pressed
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
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grip: QPoint | None = None
        self._counter = Pill("compact-counter")
        self.lamp = Lamp(sentences.words)
        self._large = QuietButton("compact", sentences.words.say(LARGE_WINDOW), chr(COMPACT_KEY))
        self._number = FitLabel("number")
        self._stage = FitLabel("stage", lines=2, grow=True)
        self._timer = FitLabel("timer")
        self._next = CompactNext(sentences)
        self._verbs = [VerbButton(verb, sentences.verb(verb)) for verb in SMALL_ONES]
        self.alarm = AlarmBanner(sentences, lines=3, pad=20)
        self._queue = FitLabel("compact-queue", lines=2, grow=True)
        self._arrange()
        self._next.clicked.connect(lambda: self.pressed.emit(self._next.said.verb))
        self._large.clicked.connect(self.large_asked)
        for button in self._verbs:
            button.clicked.connect(lambda _checked=False, verb=button.verb: self.pressed.emit(verb))

    def _arrange(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._whose, self._since, self._others = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._small = QHBoxLayout()
        for column, upper, lower in (
            (self._whose, self._counter, self.lamp),
            (self._since, self._timer, self._stage),
            (self._others, self._queue, self._large),
        ):
            column.addStretch(1)
            column.addWidget(upper)
            column.addWidget(lower)
            column.addStretch(1)
        for button in self._verbs:
            self._small.addWidget(button)
        self._row.addLayout(self._whose)
        self._row.addWidget(self._number)
        self._row.addLayout(self._since)
        self._row.addWidget(self.alarm, 2)
        self._row.addWidget(self._next, 1)
        self._row.addLayout(self._small)
        self._row.addLayout(self._others)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Show the desk as it is now."""
        ticket = desk.current
        self.setWindowTitle(self._sentences.counter(desk.counter))
        self._counter.setText(self._sentences.counter(desk.counter))
        self.lamp.show_live(live=desk.live)
        self._number.setText(ticket.number if ticket else "")
        self._number.setVisible(ticket is not None)
        self._timer.setVisible(ticket is not None)
        self._stage.setText(self._sentences.stage(ticket) if ticket else self._nobody())
        for button in self._verbs:
            button.setEnabled(button.verb in desk.offered)
            if desk.busy is None:
                button.settle()
        self._next.show_desk(desk, now)
        self.alarm.show_desk(desk)
        help_text = self._sentences.help(desk)
        if help_text:
            self._stage.setText(help_text)
        for button in self._verbs:
            button.setVisible(not desk.alarms)
        self.tick(desk, now)

    def _nobody(self) -> str:
        return self._sentences.words.say(NOBODY_HERE[self._sentences.counter_word])

    def tick(self, desk: Desk, now: datetime) -> None:
        """A second has passed."""
        self._timer.setText(self._sentences.elapsed(desk.current, now) if desk.current else "")
        waiting = desk.view.waiting if desk.view else []
        longest = max((waited_minutes(ticket, now) for ticket in waiting), default=None)
        self._queue.setText(self._sentences.queue(desk.waiting_count, longest))

    # -------------------------------------------------------- looks and place

    def dress(self, theme: Theme) -> None:
        """Sizes and colours of the screen it stands on."""
        self.paint(theme, theme.ground)
        self._counter.colour(theme, theme.tint, theme.main, step=24)
        self._number.dress(theme.font(60, 800), theme.ink)
        self._timer.dress(figures(theme.font(36, 800)), theme.ink)
        self._stage.dress(theme.font(20), theme.soft)
        self._queue.dress(theme.font(22, 700), theme.ink)
        for part in (self.lamp, self._large, self._next, self.alarm):
            part.dress(theme)
        for button in self._verbs:
            button.dress(theme)
            button.setFixedWidth(theme.px(128))
        self._stage.setFixedWidth(theme.px(180))
        self._timer.setFixedWidth(theme.px(180))
        self._queue.setFixedWidth(theme.px(280))
        self._row.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        self._row.setSpacing(theme.px(20))
        for column in (self._whose, self._since, self._others):
            column.setSpacing(theme.px(8))
        self._small.setSpacing(theme.px(10))

    def put(self, corner: QPoint | None) -> None:
        """Show across the screen at `corner`, at the edge that is nearer to it; at first at the lower one."""
        screen = QGuiApplication.screenAt(corner) if corner is not None else None
        screen = screen or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.settle(room, corner if corner is not None and room.contains(corner) else None)
        self.show()
        self.activateWindow()
        self.setFocus()

    def settle(self, room: QRect, near: QPoint | None = None) -> None:
        """Across `room`, at its upper edge where `near` is in the upper half, else at the lower one."""
        self.dress(strip_theme(room.size()))
        for button in self._verbs:
            button.setVisible(room.width() >= WIDE_PX)
        high = strip_height(room.size())
        is_above = near is not None and near.y() < room.center().y() - high // 2
        top = room.top() if is_above else room.bottom() + 1 - high
        self.setGeometry(room.left(), top, room.width(), high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take it by what is no button."""
        self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let it go: it settles at the nearer edge."""
        if self._grip is not None:
            self._grip = None
            self.settle(self.screen().availableGeometry(), self.pos())

    # -------------------------------------------------------- keys and closing

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
