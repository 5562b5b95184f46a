"""The page on which an app is paired with its hub: eight characters, read at the hub's PC."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from shared.pairing import ALPHABET, CODE_LENGTH, letters
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.words import Words, msg

TITLE = msg("Pasangkan perangkat ini")
HOW = msg("Jalankan perintah ini di PC hub, lalu ketik kode yang tampil di sana. Kode berlaku 10 menit.")
COMMAND = msg("Di PC hub: {command}")
PAIR = msg("Pasangkan")
DELETE = msg("Hapus")
CHECKING = msg("Memeriksa kode…")
OTHER_HUB = msg("Ganti alamat hub")
BAD = "isBad"
"""The message's property by which its colour goes."""
COLUMNS = 8
EMPTY = "·"
HALF = CODE_LENGTH // 2


class PairingPage(QWidget):
    """A field for the code, and where no keyboard may be, the 32 characters to touch.

    given(str)   a whole code, to be tried
    other_hub()  another hub is meant
    """

    given = Signal(str)
    other_hub = Signal()

    def __init__(
        self, words: Words, command: str, *, address: str = "", with_keypad: bool = False, dark: bool = False
    ) -> None:
        """`command`: what to type at the hub's PC; `address`: the hub's, where a person may mean another one."""
        super().__init__()
        self.setObjectName("pairing")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words, self._dark, self._busy = words, dark, False
        self._code = ""
        self._title, self._how = _label("pairing-title", words.say(TITLE)), _label("pairing-how", words.say(HOW))
        self._command = _label("pairing-command", words.say(COMMAND, command=command))
        self._command.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._field = _label("pairing-code", "")
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message = _label("pairing-message", "")
        self._delete = _button("pairing-delete", words.say(DELETE))
        self._go = _button("pairing-go", words.say(PAIR))
        self._other = _button("pairing-other-hub", f"{words.say(OTHER_HUB)} · {address}")
        self._keys = [_button(f"pairing-key-{character}", character) for character in ALPHABET]
        self._keypad = QWidget()
        self._with_keypad = with_keypad
        self._arrange()
        self._keypad.setVisible(with_keypad)
        self._other.setVisible(bool(address))
        self._connect()
        self._show()

    def _arrange(self) -> None:
        self._keypad.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._grid = QGridLayout(self._keypad)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for index, key in enumerate(self._keys):
            self._grid.addWidget(key, index // COLUMNS, index % COLUMNS)
        self._said, self._buttons, self._foot = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for label in (self._title, self._how, self._command, self._field, self._message):
            self._said.addWidget(label)
        self._buttons.addWidget(self._delete)
        self._buttons.addWidget(self._go, 1)
        self._said.addLayout(self._buttons)
        self._foot.addWidget(self._other)
        self._foot.addStretch(1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addLayout(self._said, 1)
        self._body.addWidget(self._keypad, 1)
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the screen says how large
        self._column.addStretch(1)
        self._column.addLayout(self._body)
        self._column.addStretch(1)
        self._column.addLayout(self._foot)

    def _connect(self) -> None:
        for key in self._keys:
            key.clicked.connect(lambda _checked=False, key=key: self._type(key.text()))
        self._delete.clicked.connect(self._rub_out)
        self._go.clicked.connect(self._give)
        self._other.clicked.connect(self.other_hub)

    # -------------------------------------------------------- what is said

    def tell(self, trouble: Trouble) -> None:
        """The try came to nothing: say why, and begin the code anew where it was wrong."""
        self._busy = False
        if not trouble.is_undecided:
            self._code = ""
        self._say(f"{trouble.sentence(self._words)} {trouble.step(self._words)}", is_bad=True)

    def wait(self, code: str = "") -> None:
        """A try is under way, with `code` or what was typed."""
        self._busy = True
        self._code = letters(code)[:CODE_LENGTH] or self._code
        self._say(self._words.say(CHECKING), is_bad=False)

    def _say(self, text: str, *, is_bad: bool) -> None:
        self._message.setText(text)
        if self._message.property(BAD) != is_bad:
            self._message.setProperty(BAD, is_bad)
            self.style().polish(self._message)
        self._show()

    def _show(self) -> None:
        shown = self._code.ljust(CODE_LENGTH, EMPTY)
        self._field.setText(f"{shown[:HALF]} – {shown[HALF:]}")
        self._field.setAccessibleName(self._code)
        self._go.setEnabled(len(self._code) == CODE_LENGTH and not self._busy)
        self._delete.setEnabled(bool(self._code) and not self._busy)

    # -------------------------------------------------------- what is typed

    def _type(self, text: str) -> None:
        if self._busy:
            return
        self._code = (self._code + letters(text))[:CODE_LENGTH]
        self._message.setText("")
        self._show()

    def _rub_out(self) -> None:
        self._code = "" if self._busy else self._code[:-1]
        self._show()

    def _give(self) -> None:
        if self._go.isEnabled():
            self.wait()
            self.given.emit(self._code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits go into the field, wherever the focus is."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._type(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.key() == Qt.Key.Key_Backspace:
            self._rub_out()
        else:
            self._type(event.text())

    # -------------------------------------------------------- looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dress in the theme of the new size: the keys beside the text, or below it on a tall screen."""
        theme = Theme(event.size(), dark=self._dark)
        pad = theme.px(56)
        beside = self._with_keypad and not theme.portrait
        side = pad if self._with_keypad else max(pad, (event.size().width() - theme.px(1000)) // 2)
        self._column.setContentsMargins(side, pad, side, theme.px(28))
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(theme.px(84 if beside else 56))
        self._said.setSpacing(theme.px(28))
        self._buttons.setSpacing(theme.px(16))
        self._grid.setSpacing(theme.px(12))
        self._write(theme)
        self.setStyleSheet(_style(theme))

    def _write(self, theme: Theme) -> None:
        self._title.setFont(theme.font(60, 800))
        self._how.setFont(theme.font(28))
        self._command.setFont(theme.font(28, 700))
        self._field.setFont(theme.font(72, 800))
        self._field.setFixedHeight(theme.px(140))
        self._message.setFont(theme.font(24, 700))
        self._message.setMinimumHeight(theme.px(76))
        self._other.setFont(theme.font(20))
        touch = max(theme.px(92), theme.touch) if self._with_keypad else theme.px(84)
        for button in (self._delete, self._go, *self._keys):
            button.setFont(theme.font(36 if button in self._keys else 28, 700))
            button.setFixedHeight(touch)


def _label(name: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(name != "pairing-code")
    return label


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter and letters are the page's
    return button


def _style(theme: Theme) -> str:
    look = theme.palette
    radius, pad, line = theme.px(16), theme.px(20), theme.px(2)
    return (
        f"QWidget {{ background: {look.ground}; color: {look.ink}; }}"
        f"#pairing-how {{ color: {look.soft}; }}"
        f"#pairing-message {{ color: {look.soft}; }}"
        f"#pairing-message[{BAD}=true] {{ color: {look.late}; }}"
        f"#pairing-command {{ background: {look.tint}; border-radius: {radius}px; padding: {pad}px; }}"
        f"#pairing-code {{ background: {look.card}; border: {line}px solid {look.soft}; border-radius: {radius}px; }}"
        f"QPushButton {{ background: {look.card}; border: {line}px solid {look.line};"
        f" border-radius: {radius}px; padding: 0 {pad}px; }}"
        f"QPushButton:pressed {{ background: {look.tint}; }}"
        f"#pairing-go {{ background: {look.main}; color: {look.on_main}; border: none; }}"
        "QPushButton:disabled, #pairing-go:disabled"
        f" {{ background: {look.resting}; color: {look.resting_ink}; border: none; }}"
        f"#pairing-other-hub {{ background: {look.ground}; color: {look.soft}; border: none; padding: 0; }}"
    )
