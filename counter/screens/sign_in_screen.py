"""Signing in at a counter: who, then the PIN."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout

from counter.screens.page import Page
from counter.screens.pin_pad import PinPad
from counter.screens.sentences import Sentences
from counter.screens.staff_picker import StaffPicker
from shared.hall import Counter
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.wire import Staff
from shared.words import msg

CHANGE = {"loket": msg("Ganti loket"), "gerai": msg("Ganti gerai")}
STILL_HERE = msg("{number} masih di {counter}.")


class SignInScreen(Page):
    """Asks who sits at a counter.

    given(Staff, str)  somebody with a PIN, to be tried
    left()             another counter is wanted
    """

    given = Signal(object, str)
    left = Signal()

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._sentences = sentences
        self._counter = ""
        self._known: int | None = None
        self._who: Staff | None = None
        self._told = ""
        self.picker = StaffPicker(sentences, sentences.words.say(CHANGE[sentences.counter_word]))
        self.pad = PinPad(sentences)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.picker)
        self._stack.addWidget(self.pad)
        self.picker.chosen.connect(self._choose)
        self.picker.left.connect(self.left)
        self.pad.left.connect(self._ask_who)
        self.pad.given.connect(lambda pin: self.given.emit(self._who, pin))

    @property
    def who(self) -> Staff | None:
        """Whose PIN is asked for."""
        return self._who

    def ask(self, counter: Counter, *, known: int | None = None, told: str = "") -> None:
        """Ask who is at `counter`. `known`: who most likely it is, asked for the PIN at once; `told`: said first."""
        self._counter, self._known, self._told, self._who = self._sentences.counter(counter), known, told, None
        self.picker.ask(self._counter, told)
        self._turn_to(self.picker)

    def show_there(self, number: str) -> None:
        """Whose number is at the counter while nobody has signed in; empty: nobody's."""
        said = self._sentences.words.say(STILL_HERE, number=number, counter=self._counter) if number else ""
        self.picker.show_there(said)
        self.pad.show_there(said)

    def show_staff(self, staff: Sequence[Staff]) -> None:
        """These may sign in."""
        self.picker.show_staff(staff)
        known = next((one for one in staff if one.id == self._known), None)
        if known is not None and self._who is None:
            self._choose(known)
        elif self._told:
            self.picker.tell(self._told)
        self._known, self._told = None, ""

    def tell(self, trouble: Trouble) -> None:
        """It came to nothing: say why."""
        said = self._sentences.trouble(trouble)
        if self._who is None:
            self.picker.tell(said)
        else:
            self.pad.tell(said)

    def _choose(self, staff: Staff) -> None:
        self._who = staff
        self.pad.ask(staff.name, self._counter, self._told)
        self._told = ""
        self._turn_to(self.pad)

    def _ask_who(self) -> None:
        self._who = None
        self.picker.ask(self._counter)
        self._turn_to(self.picker)

    def _turn_to(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if self.isVisible():
            page.setFocus()

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self.picker.dress(theme)
        self.pad.dress(theme)
