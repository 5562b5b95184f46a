"""'Sebentar': the number is being taken, and it takes longer than a glance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.scene import Scene
from kiosk.screens.paint import set_ink
from shared.qt.theme import Theme
from shared.words import Words


class WaitPage(QWidget):
    """A heading and a sentence in the middle; nothing to touch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.sentence = QLabel(), QLabel()
        self.heading.setObjectName("heading-wait")
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        for label in (self.heading, self.sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label)
        self._column.addStretch(1)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self.heading.setFont(theme.font(84, 800))
        self.sentence.setFont(theme.font(36))
        set_ink(self.heading, theme.ink)
        set_ink(self.sentence, theme.soft)
        side = theme.room(112)
        self._column.setContentsMargins(side, 0, side, 0)
        self._column.setSpacing(theme.px(28))

    def tell(self, words: Words, _scene: Scene) -> None:
        """Say it in the language of `words`."""
        self.heading.setText(words.say("Sebentar…"))
        self.sentence.setText(words.say("Nomor Anda sedang diambil. Cukup sekali sentuh."))
