"""Figures to type a PIN with, and as many discs as were typed: who looks over a shoulder reads none."""

from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.screens.buttons import DARK
from kiosk.screens.dressed import Dressed
from kiosk.screens.keyboard import Key
from kiosk.screens.paint import brush
from shared.qt.theme import Theme
from shared.words import Words

ROWS = ("123", "456", "789")
MOST = 8


class Discs(Dressed):
    """One disc for each figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pin-typed", parent)
        self._count = 0

    def show_count(self, words: Words, count: int) -> None:
        """So many figures were typed."""
        self._count = count
        self.setAccessibleName(words.say("{count} angka sudah diketik", count=count))
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedHeight(theme.px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as many as a PIN may have, the typed ones full."""
        theme = self.theme
        step = self.width() / MOST
        radius = min(theme.px(13), step / 3)
        with brush(self) as painter:
            for place in range(MOST):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.ink if place < self._count else theme.line)
                size = radius if place < self._count else radius / 2
                painter.drawEllipse(QPointF(step * (place + 0.5), self.height() / 2), size, size)


class EnterKey(Key):
    """'OK', as large as a figure."""

    def __init__(self) -> None:
        super().__init__("OK")
        self.coat = DARK


class PinPad(QWidget):
    """Three by four keys, none smaller than a touch.

    typed(str) · erased() · entered()   touched
    """

    typed = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.discs = Discs()
        self._erase, self._enter = Key("erase"), EnterKey()
        self._keys = {figure: Key(figure) for figure in "1234567890"}
        self._grid = QGridLayout()
        for row, figures in enumerate(ROWS):
            for column, figure in enumerate(figures):
                self._grid.addWidget(self._keys[figure], row, column)
        for column, key in enumerate((self._erase, self._keys["0"], self._enter)):
            self._grid.addWidget(key, len(ROWS), column)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.discs)
        self._column.addLayout(self._grid)
        for figure, key in self._keys.items():
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            key.clicked.connect(partial(self.typed.emit, figure))
        for key in (self._erase, self._enter):
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._erase.clicked.connect(self.erased)
        self._enter.clicked.connect(self.entered)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self.discs.dress(theme)
        for key in (self._erase, self._enter, *self._keys.values()):
            key.dress(theme)
        self._grid.setSpacing(theme.room(16))
        self._column.setSpacing(theme.room(20))
        side = max(theme.touch, theme.room(128))
        self.setFixedSize(3 * side + 2 * theme.room(16), 4 * side + 3 * theme.room(16) + theme.room(20) + theme.px(48))

    def tell(self, words: Words, typed: int) -> None:
        """Say everything in the language of `words`; so many figures stand there."""
        self.discs.show_count(words, typed)
        self._erase.write("", words.say("Hapus satu angka"))
        self._enter.write("OK", "OK")
