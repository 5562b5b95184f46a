"""The PIN of the one who was chosen: by keyboard, or by touch."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from counter.screens.fit_label import FitLabel
from counter.screens.page import Page
from counter.screens.panel import Panel
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from counter.screens.word_button import WordButton
from shared.qt.theme import Theme
from shared.words import msg

HOW = msg("PIN Anda untuk {counter}, lalu Enter.")
ENTER = msg("Masuk")
DELETE = msg("Hapus")
OTHER_NAME = msg("Pilih nama lain")
CHECKING = msg("Memeriksa PIN…")
LEAST, MOST = 4, 8
"""Digits of a PIN."""
DOT = "●"


class PinPad(Page):
    """Whose PIN, as many dots as digits were typed, and the digits to touch.

    given(str)  a PIN, to be tried
    left()      it is somebody else
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        say = sentences.words.say
        self._sentences = sentences
        self._pin = ""
        self._busy = False
        self._name, self._how = FitLabel("pin-name", lines=2, grow=True), FitLabel("pin-how", lines=2, grow=True)
        self._there = FitLabel("pin-there", lines=2, grow=True)
        self._there.hide()
        self._dots = FitLabel("pin-dots", align=Qt.AlignmentFlag.AlignHCenter, grow=True)
        self._message = FitLabel("pin-message", lines=4, grow=True)
        self._other = QuietButton("pin-other", say(OTHER_NAME), "Esc")
        self._digits = [WordButton(f"pin-{digit}", str(digit), quiet=True) for digit in (*range(1, 10), 0)]
        self._delete = WordButton("pin-delete", say(DELETE), quiet=True)
        self._enter = WordButton("pin-enter", say(ENTER))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._field, self._pad = Panel("pin-field"), QWidget()
        self._inside = QVBoxLayout(self._field)
        self._inside.addWidget(self._dots)
        self._grid = QGridLayout(self._pad)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, button in enumerate([*self._digits[:9], self._delete, self._digits[9], self._enter]):
            self._grid.addWidget(button, place // 3, place % 3)
        self._said = QVBoxLayout()
        self._said.addStretch(1)
        for label in (self._name, self._how, self._there, self._field, self._message):
            self._said.addWidget(label)
        self._said.addWidget(self._other, alignment=Qt.AlignmentFlag.AlignLeft)
        self._said.addStretch(1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.addLayout(self._said, 1)
        self._body.addWidget(self._pad, 1, Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        for button in self._digits:
            button.clicked.connect(lambda _checked=False, button=button: self._type(button.text()))
        self._delete.clicked.connect(self._rub_out)
        self._enter.clicked.connect(self._give)
        self._other.clicked.connect(self.left)

    # -------------------------------------------------------- what is shown

    def ask(self, name: str, counter: str, told: str = "") -> None:
        """Ask for the PIN of `name` at `counter`; `told`: what is to be said first."""
        self._name.setText(name)
        self._how.setText(self._sentences.words.say(HOW, counter=counter))
        self.tell(told)

    def show_there(self, said: str) -> None:
        """Who is at the counter already; empty: nobody."""
        self._there.setText(said)
        self._there.setVisible(bool(said))

    def tell(self, told: str) -> None:
        """Begin anew, and say why."""
        self._pin, self._busy = "", False
        self._say(told, is_bad=True)

    def wait(self) -> None:
        """The PIN is being tried."""
        self._busy = True
        self._say(self._sentences.words.say(CHECKING), is_bad=False)

    def _say(self, text: str, *, is_bad: bool) -> None:
        self._message.setText(text)
        self._is_bad = is_bad
        if self._theme is not None:
            self._message.dress(self._theme.font(24, 700), self._theme.late if is_bad else self._theme.soft)
        self._show()

    def _show(self) -> None:
        self._dots.setText(" ".join(DOT * len(self._pin)))
        self._enter.setEnabled(len(self._pin) >= LEAST and not self._busy)
        self._delete.setEnabled(bool(self._pin) and not self._busy)
        for button in (self._enter, self._delete):
            button.settle()

    # -------------------------------------------------------- what is typed

    def _type(self, digit: str) -> None:
        if not self._busy and len(self._pin) < MOST:
            self._pin += digit
            self._show()

    def _rub_out(self) -> None:
        if not self._busy:
            self._pin = self._pin[:-1]
            self._show()

    def _give(self) -> None:
        if self._enter.isEnabled():
            pin = self._pin
            self.wait()
            self.given.emit(pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter; Esc for another name."""
        if event.isAutoRepeat():
            return
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            self._type(chr(event.key()))
        elif event.key() == Qt.Key.Key_Backspace:
            self._rub_out()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    # -------------------------------------------------------- looks

    _theme: Theme | None = None
    _is_bad = False

    def dress(self, theme: Theme) -> None:
        """Sizes and colours; the digits beside the words, or below them on a tall screen."""
        self._theme = theme
        self._name.dress(theme.font(60, 800), theme.ink)
        self._how.dress(theme.font(28), theme.soft)
        self._there.dress(theme.font(28, 700), theme.ink)
        self._dots.dress(theme.font(48, 800), theme.ink)
        self._message.dress(theme.font(24, 700), theme.late if self._is_bad else theme.soft)
        self._field.paint(theme, theme.card, line=theme.soft, radius=16)
        self._field.setFixedHeight(theme.px(120))
        self._message.setMinimumHeight(theme.px(120))
        for button in (self._other, self._delete, self._enter, *self._digits):
            button.dress(theme)
        self._body.setDirection(
            QBoxLayout.Direction.TopToBottom if theme.portrait else QBoxLayout.Direction.LeftToRight
        )
        side = theme.px(56 if theme.portrait else 160)
        self._body.setContentsMargins(side, theme.px(56), side, theme.px(56))
        self._body.setSpacing(theme.px(112))
        self._said.setSpacing(theme.px(20))
        self._grid.setSpacing(theme.px(16))
