"""Keys on the screen: letters, figures, space, erase. None smaller than a touch; `key_rows` says where each stands."""

from functools import partial

from PySide6.QtCore import QMargins, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens.buttons import DARK, WHITE, Button, Coat
from kiosk.screens.dressed import Dressed
from kiosk.screens.key_rows import ACROSS, FIGURES, LETTERS, NARROWER, rows_of, rows_of_code
from kiosk.screens.paint import MIDDLE, Panel, Sign, brush, fitting_font, paint_panel, paint_sign
from shared.qt.theme import Theme
from shared.words import Words

GAP = 10
"""Between keys, in units of the 1080p drawing."""
QUIET = Coat(fill="resting", ink="ink", edge="line")


class Key(Button):
    """One key, with a word or a sign on it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"key-{name.lower()}", WHITE if len(name) == 1 else QUIET, parent)
        self.sign = Sign.ERASE if name == "erase" else None
        if len(name) == 1:
            self.write(name, name)

    def write(self, text: str, spoken: str) -> None:
        """Change what stands on it and what a screen reader calls it."""
        self.setText(text)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """A touch."""
        return QSize(self.theme.touch, self.theme.touch)

    def minimumSizeHint(self) -> QSize:
        """Never less."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the key; dark while a finger is on it, so that one sees what was touched."""
        theme, coat = self.theme, DARK if self.isDown() else self.coat
        with brush(self) as painter:
            ringed = self.hasFocus()
            edge = self.colour("main" if ringed else coat.edge)
            panel = Panel(self.colour(coat.fill), theme.px(16), edge, theme.px(4 if ringed else 2))
            paint_panel(painter, QRectF(self.rect()), panel)
            if self.sign is not None:
                box = QRectF(0, 0, theme.px(40), theme.px(40))
                box.moveCenter(QRectF(self.rect()).center())
                paint_sign(painter, box, self.sign, self.colour(coat.ink))
                return
            room = self.size().shrunkBy(QMargins(theme.px(12), 0, theme.px(12), 0))
            painter.setFont(fitting_font(theme, self.text(), room, (36, 28, 24, 20, 18), 700))
            painter.setPen(self.colour(coat.ink))
            painter.drawText(self.rect(), MIDDLE, self.text())


class Keyboard(Dressed):
    """The keys, in five rows where there is room for them, else in four, or in three; on a narrow screen by alphabet.

    typed(str) · erased(): the last letter · cleared(): all of it
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None, *, spaced: bool = True) -> None:
        """`spaced`: for words; a code has no blanks, and its figures stand beside its letters."""
        super().__init__("keyboard", parent)
        self._spaced = spaced
        self._figures = False
        self._across = ACROSS
        names = (*FIGURES, *"".join(LETTERS), "erase", "space", "clear", "figures")
        self._keys = {name: Key(name, self) for name in names}
        for name, key in self._keys.items():
            if len(name) == 1:
                key.clicked.connect(partial(self.typed.emit, name.lower()))
        self._keys["space"].clicked.connect(partial(self.typed.emit, " "))
        self._keys["erase"].clicked.connect(self.erased)
        self._keys["clear"].clicked.connect(self.cleared)
        self._keys["figures"].clicked.connect(self._switch)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        for key in self._keys.values():
            key.dress(theme)
        self._place()

    def tell(self, words: Words) -> None:
        """Say everything in the language of `words`."""
        self._keys["erase"].write("", words.say("Hapus satu huruf"))
        self._keys["space"].write(words.say("Spasi"), words.say("Spasi"))
        self._keys["clear"].write(words.say("Hapus semua"), words.say("Hapus semua"))
        self._say_figures(words.say("Angka"), words.say("Huruf"))

    def _say_figures(self, figures: str, letters: str) -> None:
        self._keys["figures"].write("ABC" if self._figures else "123", letters if self._figures else figures)

    def show_letters(self) -> None:
        """For the next visitor: letters first."""
        if self._figures:
            self._switch()

    def _switch(self) -> None:
        self._figures = not self._figures
        self._keys["figures"].setText("ABC" if self._figures else "123")
        self._place()

    @property
    def least_width(self) -> int:
        """Pixels under which keys would be smaller than a touch."""
        return self.width_of(self._across)

    def width_of(self, across: int) -> int:
        """As `least_width`, with so many keys side by side."""
        return across * (self.theme.touch + 1) + (across - 1) * self.theme.room(GAP)  # one more: shares are rounded

    def least_height(self, rows: int) -> int:
        """As `least_width`, for so many rows."""
        return rows * (self.theme.touch + 1) + (rows - 1) * self.theme.room(GAP)

    def spread(self, across: int) -> None:
        """Stand so many keys side by side: ten as on every keyboard, or fewer, by alphabet."""
        self._across = across
        self._place()

    def most_across(self, width: int) -> int:
        """How many keys can stand side by side within `width`; the fewest there are where even these are too wide."""
        return next((n for n in (ACROSS, *NARROWER) if self.width_of(n) <= width), NARROWER[-1])

    def rows(self, most: int) -> int:
        """How many rows there are where there is room for `most`."""
        return len(rows_of(most, figures=False, across=self._across))

    def minimumSizeHint(self) -> QSize:
        """Three rows of touches."""
        return QSize(self.least_width, self.least_height(len(LETTERS)))

    def sizeHint(self) -> QSize:
        """As little as may be: the results need the room."""
        return self.minimumSizeHint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the keys for the new size."""
        self._place()

    def _place(self) -> None:
        high = len(LETTERS)
        count = next((rows for rows in (high + 2, high + 1) if self.height() >= self.least_height(rows)), high)
        layout = rows_of if self._spaced else rows_of_code
        rows, shown = layout(count, figures=self._figures, across=self._across), set()
        count = len(rows)
        for number, row in enumerate(rows):
            begins = row.begins
            for name, width in row.keys:
                self._keys[name].setGeometry(self._box(begins, width, number, count))
                shown.add(name)
                begins += width
        for name, key in self._keys.items():
            key.setVisible(name in shown)

    def _box(self, begins: float, width: float, row: int, rows: int) -> QRect:
        gap = self.theme.room(GAP)
        left, right = (round(at * (self.width() + gap) / self._across) for at in (begins, begins + width))
        top, bottom = (round(at * (self.height() + gap) / rows) for at in (row, row + 1))
        return QRect(left, top, right - left - gap, bottom - top - gap)
