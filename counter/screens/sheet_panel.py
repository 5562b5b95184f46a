"""The sheet behind 'Lainnya': the rarer verbs, one level away, each by one digit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter.choice import Choice
from counter.screens.choice_row import ChoiceRow
from counter.screens.fit_label import FitLabel
from counter.screens.keys import FINISH_KEY
from counter.screens.panel import Panel
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import SEPARATOR, Sentences
from counter.screens.words_field import WordsField
from shared.qt.theme import Theme
from shared.words import msg

A_PAGE = 9
"""Lines on one page: a digit each."""
BACK = msg("Kembali")
PAGE_NEXT = msg("Halaman berikut")
NOTHING_NOW = msg("Tidak ada yang lain yang dapat dilakukan sekarang.")


class SheetPanel(Panel):
    """Choices a level at a time.

    taken(Choice)  a line that orders something was taken
    left()         the officer went back without taking any
    """

    taken = Signal(object)
    left = Signal()

    def __init__(self, sentences: Sentences) -> None:
        super().__init__("sheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        say = sentences.words.say
        self._say = say
        self._levels: list[Choice] = []
        self._page = 0
        self._title = FitLabel("sheet-title", grow=True)
        self._pages = QuietButton("sheet-page", say(PAGE_NEXT), "PgDn")
        self._back = QuietButton("sheet-back", say(BACK), "Esc")
        self._note = FitLabel("sheet-note", lines=2, grow=True)
        self._nothing = FitLabel("sheet-nothing", lines=2, grow=True)
        self._nothing.setText(say(NOTHING_NOW))
        self._words = WordsField(say)
        self._rows = [ChoiceRow(index) for index in range(A_PAGE)]
        self._arrange()
        self._back.clicked.connect(self._up)
        self._pages.clicked.connect(lambda: self._turn(1))
        self._words.given.connect(self._written)
        for row in self._rows:
            row.clicked.connect(lambda _checked=False, row=row: self._take(row.choice))

    def _arrange(self) -> None:
        self._head, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._pages)
        self._head.addWidget(self._back)
        self._column.addLayout(self._head)
        self._column.addWidget(self._note)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._words)
        for row in self._rows:
            self._column.addWidget(row)
        self._column.addStretch(1)

    def open(self, root: Choice) -> None:
        """Show these choices from the first level."""
        self._levels, self._page = [root], 0
        self._show()

    def refresh(self, root: Choice) -> None:
        """The desk has changed: the same level with what may be done now, or as far down as it still exists."""
        came = self._levels[1:]
        path = [level.text for level in came]
        self._levels = [root]
        for text in path:
            below = next((one for one in self._levels[-1].lines if one.text == text), None)
            if below is None and self._levels[-1].then is not None:
                below = came[len(self._levels) - 1]  # what was typed made it, and it stands
            if below is None:
                self._page = 0
                self.setFocus()
                break
            self._levels.append(below)
        self._show()

    @property
    def plain(self) -> Choice | None:
        """What the key that opened these choices orders when it is pressed again."""
        return self._levels[-1].plain if self._levels else None

    # -------------------------------------------------------- keys

    def key(self, key: Qt.Key) -> None:
        """A digit takes its line, a letter the one that has it, Esc goes back, page keys turn."""
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            row = self._rows[key - Qt.Key.Key_1]
            if not row.isHidden():
                self._take(row.choice)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self._up()
        elif key == FINISH_KEY and self.plain is not None:
            self._take(self.plain)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            self._take(next((one for one in self._levels[-1].lines if one.letter == chr(key)), None))

    def _take(self, choice: Choice | None) -> None:
        if choice is None or choice.tells:
            return
        if choice.ticked:
            self._up()
            return
        if choice.orders:
            self.taken.emit(choice)
            return
        self._open(choice)

    def _written(self, words: str) -> None:
        level = self._levels[-1]
        if level.then is None:
            self.taken.emit(level.saying(words))
            return
        following = level.then(words)
        if following is None:
            self._words.line.selectAll()  # no answer to what was asked
        else:
            self._take(following)

    def _open(self, choice: Choice) -> None:
        self._levels.append(choice)
        self._page = 0
        self._words.clear()
        self._show()
        (self._words.line if choice.takes_words else self).setFocus()

    def _up(self) -> None:
        self._levels.pop()
        self._page = 0
        self.setFocus()
        if not self._levels:
            self.left.emit()
            return
        self._show()
        if self._levels[-1].takes_words:
            self._words.line.setFocus()

    def _turn(self, step: int) -> None:
        pages = max(1, -(-len(self._levels[-1].lines) // A_PAGE))
        self._page = (self._page + step) % pages
        self._show()

    # -------------------------------------------------------- looks

    def _show(self) -> None:
        level = self._levels[-1]
        here = level.lines[self._page * A_PAGE :][:A_PAGE]
        self._title.setText(self._name(level))
        self._pages.setVisible(len(level.lines) > A_PAGE)
        self._note.setText(level.detail)
        self._note.setVisible(level.plain is not None)
        self._words.setVisible(level.takes_words)
        self._nothing.setVisible(not here and not level.takes_words)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(here))
            if index < len(here):
                row.show_choice(here[index])

    def _name(self, level: Choice) -> str:
        """What the level is called; with its box ticked, that of the same lines without, and the box's."""
        return level.text if level.ticked is None else f"{self._levels[-2].text}{SEPARATOR}{level.text}"

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self.paint(theme, theme.ground)
        self._title.dress(theme.font(36, 800), theme.ink)
        self._note.dress(theme.font(24), theme.soft)
        self._nothing.dress(theme.font(24), theme.soft)
        for part in (self._pages, self._back, *self._rows):
            part.dress(theme)
        self._words.dress(theme)
        pad = theme.px(40)
        self._column.setContentsMargins(pad, theme.px(32), pad, theme.px(24))
        self._column.setSpacing(theme.px(10))
        self._head.setContentsMargins(0, 0, 0, theme.px(14))
        self._head.setSpacing(theme.px(16))
