"""The counter is in use: by whom, and what may be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter.claim import Holder
from counter.screens.fit_label import FitLabel
from counter.screens.page import Page
from counter.screens.sentences import Sentences
from counter.screens.word_button import WordButton
from shared.hall import Counter
from shared.qt.theme import Theme
from shared.words import msg

HOW = {
    "loket": msg("Ambil alih bila Anda yang bertugas di sini sekarang. Pengunjung yang sedang di loket tetap ada."),
    "gerai": msg("Ambil alih bila Anda yang bertugas di sini sekarang. Pengunjung yang sedang di gerai tetap ada."),
}
TAKE_OVER = msg("Ambil alih")
OTHER = {"loket": msg("Pilih loket lain"), "gerai": msg("Pilih gerai lain")}


class TakenScreen(Page):
    """Who has the counter, and two ways on. Neither is taken by Space: nobody is put out by a slip.

    taken_over()  this officer is the one now
    left()        another counter, then
    """

    taken_over = Signal()
    left = Signal()

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sentences = sentences
        say, word = sentences.words.say, sentences.counter_word
        self._title, self._how = FitLabel("taken-title", lines=3, grow=True), FitLabel("taken-how", lines=3, grow=True)
        self._how.setText(say(HOW[word]))
        self._other = WordButton("taken-other", say(OTHER[word]), "Esc")
        self._take = WordButton("taken-take", say(TAKE_OVER), "A", quiet=True)
        self._arrange()
        self._take.clicked.connect(self.taken_over)
        self._other.clicked.connect(self.left)

    def _arrange(self) -> None:
        self._buttons, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._buttons.addWidget(self._take, 1)
        self._buttons.addWidget(self._other, 1)
        self._column.addStretch(2)
        self._column.addWidget(self._title)
        self._column.addWidget(self._how)
        self._column.addLayout(self._buttons)
        self._column.addStretch(3)

    def show_holder(self, counter: Counter, holder: Holder) -> None:
        """Say who has `counter`."""
        self._title.setText(self._sentences.taken(counter, holder))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A takes over, Esc goes to another counter."""
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_A:
            self.taken_over.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._title.dress(theme.font(48, 800), theme.ink)
        self._how.dress(theme.font(28), theme.soft)
        for button in (self._take, self._other):
            button.dress(theme)
        side = theme.px(56 if theme.portrait else 300)
        self._column.setContentsMargins(side, theme.px(40), side, theme.px(40))
        self._column.setSpacing(theme.px(28))
        self._buttons.setContentsMargins(0, theme.px(20), 0, 0)
        self._buttons.setSpacing(theme.px(20))
