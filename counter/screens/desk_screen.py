"""The officer's desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter.choice import Choice, Terms
from counter.configuration import CHANGE
from counter.desk import Desk, Verb
from counter.oversight import may_oversee, oversight
from counter.results import results
from counter.screens.alarm_banner import AlarmBanner
from counter.screens.call_list import CallList
from counter.screens.desk_footer import DeskFooter
from counter.screens.desk_header import DeskHeader
from counter.screens.keys import MORE_KEY
from counter.screens.next_button import NextButton
from counter.screens.notices import Notices
from counter.screens.oversight_terms import oversight_terms
from counter.screens.panel import Panel
from counter.screens.sentences import Sentences
from counter.screens.sheet_panel import SheetPanel
from counter.screens.sheet_terms import MORE, terms_of
from counter.screens.ticket_card import TicketCard
from counter.screens.verb_button import KeyButton, VerbButton
from counter.screens.waiting_list import WaitingList
from counter.sheet import sheet
from shared.hall import Hall
from shared.qt.theme import Theme
from shared.wire import Overview

SMALLER = (Verb.RECALL, Verb.SERVE, Verb.FINISH, Verb.NO_SHOW, Verb.UNDO_NEXT)
SIDE_UNITS = 660
Choices = Callable[[Desk, Hall, Terms], Choice | None]


class DeskScreen(QWidget):
    """The desk: who is here, the big button, the smaller ones; who waits and my calls beside, or below on tall screens.

    pressed(Verb)   a verb's button was pressed
    compact_asked() the small window is wanted
    change_asked()  another counter is wanted
    ordered(Choice) a line of the sheet behind 'Lainnya' was taken
    sheet_turned(bool) the sheet was opened by somebody who may see the whole hall, or left
    """

    pressed = Signal(object)
    compact_asked = Signal()
    change_asked = Signal()
    ordered = Signal(object)
    sheet_turned = Signal(bool)

    def __init__(self, sentences: Sentences, hall: Hall) -> None:
        super().__init__()
        self._hall, self._terms = hall, terms_of(sentences, hall)
        self._oversight = oversight_terms(sentences, hall)
        self._overview: Overview | None = None
        self._desk: Desk | None = None
        self._choices: Choices = sheet
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._header = DeskHeader(sentences)
        self.alarm = AlarmBanner(sentences)
        self._card = TicketCard(sentences)
        self._next = NextButton(sentences)
        self._verbs = [VerbButton(verb, sentences.verb(verb)) for verb in SMALLER]
        self._more = KeyButton("more", sentences.words.say(MORE), chr(MORE_KEY))
        self._sheet = SheetPanel(sentences)
        self._notices = Notices(sentences)
        self._waiting = WaitingList(sentences)
        self._calls = CallList(sentences)
        self._footer = DeskFooter(sentences)
        self._focused: QWidget | None = None
        self._minute: datetime | None = None
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._main, self._side = QWidget(), Panel()
        self._verb_row = QHBoxLayout()
        for button in self._verbs:
            self._verb_row.addWidget(button, 1)
        self._verb_row.addWidget(self._more, 1)
        self._left = QVBoxLayout(self._main)
        self._left.addWidget(self._card)
        self._left.addWidget(self._next, 1)
        self._left.addLayout(self._verb_row)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.addWidget(self._waiting, 3)
        self._lists.addWidget(self._calls, 2)
        self._right = QVBoxLayout(self._side)
        self._right.addWidget(self._notices)
        self._right.addLayout(self._lists, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._places = QStackedLayout()
        self._places.addWidget(self._main)
        self._places.addWidget(self._sheet)
        self._body.addLayout(self._places, 1)
        self._body.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.alarm)
        column.addLayout(self._body, 1)
        column.addWidget(self._footer)

    def _connect(self) -> None:
        self._next.clicked.connect(lambda: self.pressed.emit(self._next.said.verb))
        for button in self._verbs:
            button.clicked.connect(lambda _checked=False, verb=button.verb: self.pressed.emit(verb))
        self._more.clicked.connect(self.toggle_sheet)
        self._sheet.left.connect(self.close_sheet)
        self._sheet.taken.connect(self._take)
        self._header.compact.clicked.connect(self.compact_asked)
        self._header.change.clicked.connect(self.change_asked)

    def take_up(self, hall: Hall, sentences: Sentences) -> None:
        """The hall as it is from now on; what is open stays open."""
        self._hall, self._terms = hall, terms_of(sentences, hall)
        self._oversight = oversight_terms(sentences, hall)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Show the desk as it is now."""
        self._desk = desk
        self._hold_focus()
        self._header.show_desk(desk)
        self.alarm.show_desk(desk)
        self._card.show_desk(desk, now)
        self._next.show_desk(desk, now)
        for button in self._verbs:
            button.setEnabled(button.verb in desk.offered)
            if desk.busy is None:
                button.settle()
        self._notices.show_desk(desk)
        self._waiting.show_desk(desk, now)
        self._calls.show_desk(desk)
        self._footer.show_desk(desk, now)
        self._show_sheet(desk)
        self._give_focus_back()

    # -------------------------------------------------------- the sheet behind 'Lainnya'

    @property
    def sheet_is_open(self) -> bool:
        """Whether keys belong to the sheet now."""
        return self._places.currentWidget() is self._sheet

    def toggle_sheet(self) -> None:
        """Open the sheet, or leave it."""
        if self.sheet_is_open:
            self.close_sheet()
        elif self._desk is not None and self._desk.live:
            self._open(self._everything)

    def ask_result(self) -> bool:
        """Ask what came of the visit that ends. Answers whether there is anything to ask."""
        has_any = self._desk is not None and results(self._desk, self._hall, self._terms) is not None
        if has_any:
            self._open(results)
        return has_any

    def _open(self, choices: Choices) -> None:
        self._choices = choices
        root = choices(self._desk, self._hall, self._terms) if self._desk is not None else None
        if root is not None:
            self._sheet.open(root)
            self._places.setCurrentWidget(self._sheet)
            self._sheet.setFocus()
            self.sheet_turned.emit(self._oversees)

    def _everything(self, desk: Desk, hall: Hall, terms: Terms) -> Choice:
        """All that may be done now; a supervisor's part last, once the hub has told how the hall stands."""
        choices = sheet(desk, hall, terms)
        if self._overview is None or not self._oversees:
            return choices
        configuration = Choice(self._oversight.configuration, path=CHANGE)
        whole_hall = oversight(self._overview, hall, self._oversight, (configuration,), at=desk.counter.id)
        return replace(choices, further=(*choices.further, whole_hall))

    @property
    def _oversees(self) -> bool:
        """Whether who sits here has the supervisor's part."""
        return may_oversee(self._desk.view.session if self._desk and self._desk.view else None)

    def show_overview(self, overview: Overview) -> None:
        """How the whole hall stands now."""
        self._overview = overview
        if self._desk is not None:
            self._show_sheet(self._desk)

    def close_sheet(self) -> None:
        """Back to the desk."""
        self._places.setCurrentWidget(self._main)
        self.setFocus()
        self.sheet_turned.emit(False)  # noqa: FBT003  -- a signal's payload

    def sheet_key(self, key: Qt.Key) -> None:
        """A key while the sheet is open."""
        if key == Qt.Key.Key_Space and self._sheet.plain is not None and self._desk is not None:
            self.close_sheet()
            self.pressed.emit(self._desk.main)
        else:
            self._sheet.key(key)

    def _take(self, choice: Choice) -> None:
        self.close_sheet()
        self.ordered.emit(choice)

    def _show_sheet(self, desk: Desk) -> None:
        self._more.setEnabled(desk.live)
        if desk.busy is None:
            self._more.settle()
        if not self.sheet_is_open:
            return
        root = self._choices(desk, self._hall, self._terms) if desk.live else None
        if root is not None:
            self._sheet.refresh(root)
        else:
            self.close_sheet()

    def tick(self, desk: Desk, now: datetime) -> None:
        """A second has passed."""
        self._card.tick(desk, now)
        self._footer.tick(now)
        if now.replace(second=0, microsecond=0) != self._minute:
            self._minute = now.replace(second=0, microsecond=0)
            self._waiting.show_desk(desk, now)
            self._next.show_desk(desk, now)

    def _hold_focus(self) -> None:
        # Qt moves the focus away from a button that goes off. The officer's place is kept until it is on again.
        focused = self.focusWidget()
        if focused in (self._next, self._header.change, self._more, *self._verbs):
            self._focused = focused
            self.setFocus()

    def _give_focus_back(self) -> None:
        if self._focused is not None and self._focused.isEnabled() and self.hasFocus():
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focused = None

    def dress(self, theme: Theme) -> None:
        """Sizes and colours; lists beside the desk, or below it on a tall screen."""
        for button in (*self._verbs, self._more):
            button.dress(theme)
        self._sheet.dress(theme)
        for part in (
            self.alarm,
            self._header,
            self._card,
            self._next,
            self._notices,
            self._waiting,
            self._calls,
            self._footer,
        ):
            part.dress(theme)
        self._side.paint(theme, theme.card)
        self._turn(theme)
        pad, gap = theme.px(40), theme.px(24)
        self._left.setContentsMargins(pad, theme.px(32), pad, theme.px(32))
        self._left.setSpacing(gap)
        self._right.setContentsMargins(theme.px(28), theme.px(28), theme.px(28), theme.px(16))
        self._right.setSpacing(gap)
        self._verb_row.setSpacing(theme.px(16))
        self._lists.setSpacing(theme.px(28))

    def _turn(self, theme: Theme) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(down if theme.portrait else across)
        self._lists.setDirection(across if theme.portrait else down)
        self._body.setStretch(1, 1 if theme.portrait else 0)
        self._side.setMinimumWidth(0)
        self._side.setMaximumWidth(16_777_215)
        if not theme.portrait:
            self._side.setFixedWidth(theme.px(SIDE_UNITS))
