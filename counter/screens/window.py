"""The officer's window: choosing the counter, the desk, and its small companion."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from counter.desk import Desk, Verb
from counter.screens.choose_screen import ChooseScreen
from counter.screens.compact_window import CompactWindow
from counter.screens.desk_screen import DeskScreen
from counter.screens.held_key import HeldKey
from counter.screens.keys import CHANGE_KEY, COME_KEY, COMPACT_KEY, HELP_KEY, MORE_KEY, SIGN_OUT_KEY, VERB_KEYS
from counter.screens.page import Page
from counter.screens.sentences import Sentences
from shared.hall import Hall
from shared.qt.theme import Theme
from shared.wire import Overview

SECOND_MS = 1000
AROUND_THE_DESK = (CHANGE_KEY, COMPACT_KEY, SIGN_OUT_KEY)
"""What stays in sight while the sheet is open, and works."""


class CounterWindow(QWidget):
    """Shows the screens, and sends every key where it belongs. Keys held down count once.

    counter_chosen(Counter)  the officer sits at this one from now on
    pressed(Verb)            a verb was pressed, by mouse or key
    ordered(Choice)          a line of the sheet behind 'Lainnya' was taken
    sheet_turned(bool)       that sheet was opened, or left
    help_called()            this officer needs help
    help_answered(int)       and goes to where that alarm was raised
    corner_changed(QPoint)   where the small window stands
    sign_out_asked()         the officer leaves, another may come
    """

    help_called = Signal()
    help_answered = Signal(int)
    counter_chosen = Signal(object)
    pressed = Signal(object)
    ordered = Signal(object)
    sheet_turned = Signal(bool)
    corner_changed = Signal(object)
    sign_out_asked = Signal()

    def __init__(self, sentences: Sentences, choose: ChooseScreen, hall: Hall, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("counter-window")
        self._now = now
        self._sentences = sentences
        self._seen: Desk | None = None
        self._corner: QPoint | None = None
        self._ground = QColor(Qt.GlobalColor.white)
        self._choose, self._desk = choose, DeskScreen(sentences, hall)
        self._pages: list[Page] = []
        self._compact = CompactWindow(sentences)
        self.destroyed.connect(self._compact.deleteLater)
        self._stack = QStackedLayout(self)
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # any size will do
        self._stack.addWidget(choose)
        self._stack.addWidget(self._desk)
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._connect()
        self.ask_counter()

    def _connect(self) -> None:
        self._choose.chosen.connect(self.counter_chosen)
        self._choose.left.connect(self._to_desk)
        self._desk.change_asked.connect(self.ask_counter)
        self._desk.compact_asked.connect(self.make_small)
        self._desk.pressed.connect(self._press)
        self._desk.ordered.connect(self.ordered)
        self._desk.sheet_turned.connect(self.sheet_turned)
        self._compact.large_asked.connect(self.make_large)
        self._compact.pressed.connect(self._press)
        HeldKey(HELP_KEY, self, self._compact).held.connect(self.help_called)
        for banner in (self._desk.alarm, self._compact.alarm):
            banner.answered.connect(self.help_answered)
        self._compact.key_pressed.connect(self._desk_key)
        self._compact.moved.connect(self._moved)

    # -------------------------------------------------------- what is shown

    def add_page(self, page: Page) -> None:
        """A page that may take the desk's place; it has `dress`, and takes its own keys."""
        self._pages.append(page)
        self._stack.addWidget(page)

    def show_page(self, page: Page) -> None:
        """Show a page that was added."""
        self._second.stop()
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def leave_desk(self) -> None:
        """Nobody sits at the desk any more: there is no way back to it."""
        self._seen = None
        self._desk.close_sheet()
        if self._compact.isVisible():
            self.make_large()

    def sit_down(self) -> None:
        """Show the desk."""
        self._to_desk()

    def ask_counter(self, told: str = "") -> None:
        """Let the officer choose a counter, unless the last order at this one is not answered yet.

        `told`: why, where it was not the officer who asked.
        """
        if self._seen is not None and not self._seen.may_leave:
            return
        self._shut_sheet()
        self._choose.tell(told)
        self._choose.offer_back(offered=self._seen is not None)
        self._stack.setCurrentWidget(self._choose)
        self._choose.setFocus()

    def take_up(self, hall: Hall) -> None:
        """The hall as it is from now on; whoever sits at the desk stays there."""
        self._sentences.take_up(hall)
        self._choose.take_up(hall.counters)
        self._desk.take_up(hall, self._sentences)
        if self._seen is not None:
            self.show_desk(self._seen)

    def show_desk(self, desk: Desk) -> None:
        """Show the desk as it is now."""
        first = self._seen is None or self._seen.counter.id != desk.counter.id
        self._seen = desk
        self.setWindowTitle(self._sentences.counter(desk.counter))
        now = self._now()
        self._desk.show_desk(desk, now)
        self._compact.show_desk(desk, now)
        if first:
            self._to_desk()

    def show_overview(self, overview: Overview) -> None:
        """Show how the whole hall stands, to who may see it."""
        self._desk.show_overview(overview)

    def _to_desk(self) -> None:
        self._stack.setCurrentWidget(self._desk)
        self._desk.setFocus()
        self._second.start()

    def _tick(self) -> None:
        if self._seen is not None:
            self._desk.tick(self._seen, self._now())
            self._compact.tick(self._seen, self._now())

    # -------------------------------------------------------- small and large

    def put_small_at(self, corner: QPoint) -> None:
        """Where the small window stood last time."""
        self._corner = corner

    def make_small(self) -> None:
        """Leave the screen to the officer's other work, and stay on top of it."""
        self._shut_sheet()
        self._compact.put(self._corner)  # before hiding: with no window open Qt would end the program
        self.hide()

    def make_large(self) -> None:
        """Back to the whole desk."""
        self.show()
        self.activateWindow()
        self._desk.setFocus()
        self._compact.hide()

    def _moved(self, corner: QPoint) -> None:
        self._corner = corner
        self.corner_changed.emit(corner)

    # -------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key no button took; what a held key repeats is nothing new."""
        commanding = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.isAutoRepeat() or commanding:
            return
        key = Qt.Key(event.key())
        if self._stack.currentWidget() is self._choose:
            self._choose.key(key)
        elif self._stack.currentWidget() is self._desk:
            self._desk_key(key)

    def _desk_key(self, key: Qt.Key) -> None:
        if key == COME_KEY and self._desk.alarm.come():
            return
        if key == MORE_KEY:
            self._open_sheet()
        elif self._desk.sheet_is_open and not self._compact.isVisible() and key not in AROUND_THE_DESK:
            self._desk.sheet_key(key)
        elif key in VERB_KEYS:
            verb = VERB_KEYS[key]
            self._press(self._seen.main if verb is Verb.NEXT and self._seen else verb)
        elif key == COMPACT_KEY:
            (self.make_large if self._compact.isVisible() else self.make_small)()
        elif key == SIGN_OUT_KEY:
            self.sign_out_asked.emit()
        elif key == CHANGE_KEY and not self._compact.isVisible():
            self.ask_counter()

    def _press(self, verb: Verb) -> None:
        if verb is not Verb.FINISH or not self._desk.ask_result():
            self.pressed.emit(verb)
        elif self._compact.isVisible():
            self.make_large()

    def _open_sheet(self) -> None:
        if self._compact.isVisible():
            self.make_large()
        self._desk.toggle_sheet()

    def _shut_sheet(self) -> None:
        """Whoever comes back finds the desk."""
        if self._desk.sheet_is_open:
            self._desk.close_sheet()

    # -------------------------------------------------------- window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dress in the theme of the new size."""
        super().resizeEvent(event)
        theme = Theme(event.size())
        self._ground = theme.ground
        self._choose.dress(theme)
        self._desk.dress(theme)
        for page in self._pages:
            page.dress(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self._ground)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The small window goes too."""
        self._compact.hide()
        super().closeEvent(event)
