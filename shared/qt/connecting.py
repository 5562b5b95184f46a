"""While an app looks for its hub; and the way out where the hub is no longer where it was."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from shared.qt.ask import Notice
from shared.qt.pairing_page import OTHER_HUB
from shared.qt.theme import Theme
from shared.words import Words, msg

CONNECTING = msg("Menyambung ke hub…")
HOLD_MS = 3000
"""A visitor's finger that rests on a kiosk does not stay so long."""
HOLD = msg("Ganti alamat hub: tahan 3 detik")


class Connecting(Notice):
    """Says that the hub is being looked for, and where.

    other_hub()  a person means another address
    """

    other_hub = Signal()

    def __init__(self, words: Words, address: str, *, must_hold: bool = False, dark: bool = False) -> None:
        """`must_hold`: visitors stand before this screen, and what they touch must not ask for an address."""
        super().__init__(words.say(CONNECTING), address, dark=dark)
        self._words, self._address, self._must_hold = words, address, must_hold
        self.to_visitors = ""
        """What visitors who stand before it are told when no hub answers; empty where none do."""
        self._held = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._held.timeout.connect(self.other_hub)
        self._button: QPushButton | None = None
        self._is_excused = False

    def say(self, sentence: str) -> None:
        """Change the sentence; where the hub is looked for stays below it, or on the button that changes that."""
        super().say(sentence if self._button is not None else f"{sentence}\n{self._address}")

    def excuse(self) -> None:
        """No hub has answered: what visitors may do, in both languages, stands above what technicians need."""
        if self.to_visitors and not self._is_excused:
            self._is_excused = True
            self._dress(self.size())
            self.set_heading("\n\n".join(Words(language).say(self.to_visitors) for language in ("id", "en")))

    def offer(self) -> None:
        """Nobody has answered for some seconds: the address may be an old one."""
        if self._button is not None:
            return
        said = self._words.say(HOLD if self._must_hold else OTHER_HUB)
        between = "\n" if self._must_hold else " · "  # on an upright screen both are wider than it
        self._button = QPushButton(f"{said}{between}{self._address}")
        self._button.setObjectName("hub-quiet")
        if self._must_hold:
            self._button.pressed.connect(self._held.start)
            self._button.released.connect(self._held.stop)
        else:
            self._button.clicked.connect(self.other_hub)
        self.add(self._button)
        self._button.setFocus()

    def _dress(self, size: QSize) -> None:
        super()._dress(size)
        self._sentence.setContentsMargins(0, Theme(size).px(36) if self._is_excused else 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button as Space does, where a touch would."""
        if self._button is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._button.click()
        else:
            super().keyPressEvent(event)
