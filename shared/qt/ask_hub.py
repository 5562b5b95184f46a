"""Where is the hub: asked of a person at the screen, by keyboard or by touch."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from shared.qt.ask import Notice
from shared.qt.theme import Theme
from shared.words import Words, msg

ASK_HUB = msg("Di mana komputer hub?")
ASK_HUB_HOW = msg("Tulis alamatnya, misalnya 192.168.1.10:8443. Alamat itu tampil di komputer hub saat dinyalakan.")
BACK_MS = 60_000
"""Who writes nothing for so long has gone: the app goes on with the address it had."""

_KEYS = "1234567890.:"
_RUB_OUT = "⌫"
_COLUMNS = 7


class AskHub(Notice):
    """Asks for the hub's address; where no keyboard may be, with keys to touch.

    given(str)  what a person wrote, see `hub_urls`
    back()      nobody wants another address after all
    """

    given = Signal(str)
    back = Signal()

    def __init__(
        self, words: Words, *, with_keypad: bool = False, may_go_back: bool = False, dark: bool = False
    ) -> None:
        """`may_go_back`: there is an address that the app had before."""
        super().__init__(words.say(ASK_HUB), words.say(ASK_HUB_HOW), dark=dark)
        self._line = QLineEdit()
        self._line.setObjectName("hub-address")
        self._line.setAccessibleName(words.say(ASK_HUB))
        self._line.setPlaceholderText("192.168.1.10:8443")
        self.add(self._line)
        if with_keypad:
            self._add_keys(words)
        go = QPushButton(words.say(msg("Sambungkan")))
        go.setObjectName("hub-connect")
        self.add(go)
        self._line.returnPressed.connect(self._give)
        go.clicked.connect(self._give)
        if may_go_back:
            self._add_way_back(words)

    def _add_keys(self, words: Words) -> None:
        keys = AddressKeys(words.say(msg("Hapus")))
        keys.typed.connect(self._line.insert)
        keys.rubbed_out.connect(self._line.backspace)
        self.add(keys)

    def _add_way_back(self, words: Words) -> None:
        back = QPushButton(words.say(msg("Kembali")))
        back.setObjectName("hub-quiet")
        back.clicked.connect(self.back)
        self.add(back)
        gone = QTimer(self, singleShot=True, interval=BACK_MS)
        gone.timeout.connect(self.back)
        self._line.textChanged.connect(gone.start)
        gone.start()

    def _give(self) -> None:
        if text := self._line.text().strip():
            self.given.emit(text)


class AddressKeys(QWidget):
    """The keys of an address in figures, large enough for a finger.

    typed(str)    one of them
    rubbed_out()  the last one was wrong
    """

    typed = Signal(str)
    rubbed_out = Signal()

    def __init__(self, rub_out: str) -> None:
        super().__init__()
        self._keys = [_key(f"hub-key-{character}", character) for character in _KEYS]
        self._rub_out = _key("hub-key-delete", _RUB_OUT)
        self._rub_out.setAccessibleName(rub_out)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, key in enumerate([*self._keys[:6], self._rub_out, *self._keys[6:]]):
            self._grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
        for key in self._keys:
            key.clicked.connect(lambda _checked=False, key=key: self.typed.emit(key.text()))
        self._rub_out.clicked.connect(self.rubbed_out)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of this window."""
        self._grid.setSpacing(theme.px(12))
        for key in (*self._keys, self._rub_out):
            key.setFont(theme.font(36, 700))
            key.setFixedHeight(max(theme.px(92), theme.touch))


def _key(name: str, text: str) -> QPushButton:
    key = QPushButton(text)
    key.setObjectName(name)
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line keeps the keyboard
    return key
