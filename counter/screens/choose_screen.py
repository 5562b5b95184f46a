"""Which counter is this?"""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter.screens.counter_tile import CounterTile
from counter.screens.fit_label import FitLabel
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from shared.hall import Counter
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.words import msg

TITLE = {"loket": msg("Loket mana ini?"), "gerai": msg("Gerai mana ini?")}
HOW = msg("Pilih sekali; aplikasi mengingatnya. Dengan papan ketik: ketik nomornya, lalu Enter.")
BACK = msg("Kembali")
PAGE_NEXT = msg("Lainnya")
PAGE_BACK = msg("Sebelumnya")
TILE_UNITS = (280, 92)
"""The smallest a tile may become before the counters take another page."""
TYPING_MS = 1500
"""Digits typed within this time belong to one number."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ChooseScreen(QWidget):
    """All counters of the hall as tiles, in pages where they are more than fit.

    chosen(Counter)  this is the one
    left()           the counter stays as it was
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, sentences: Sentences, counters: list[Counter], *, trouble: Trouble | None = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        say = sentences.words.say
        self._title, self._how = FitLabel("choose-title", grow=True), FitLabel("choose-how", lines=2, grow=True)
        self._title.setText(say(TITLE[sentences.counter_word]))
        self._usual = say(HOW)
        self._how.setText(sentences.trouble(trouble) if trouble else self._usual)
        self._back = QuietButton("back", say(BACK), "Esc")
        self._page_back = QuietButton("page-back", say(PAGE_BACK), "PgUp")
        self._page_next = QuietButton("page-next", say(PAGE_NEXT), "PgDn")
        self._ground = QWidget()
        self._counters, self._sentences = counters, sentences
        self._told = ""
        self.tiles: list[CounterTile] = []
        self._theme: Theme | None = None
        self._columns = self._rows = 1
        self._page = 0
        self._typed = ""
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._forget_typed)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._head, self._words, self._column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        self._words.addWidget(self._title)
        self._words.addWidget(self._how)
        self._head.addLayout(self._words, 1)
        for button in (self._page_back, self._page_next, self._back):
            self._head.addWidget(button)
        self._column.addLayout(self._head)
        self._column.addWidget(self._ground, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._page_back.clicked.connect(lambda: self._turn(-1))
        self._page_next.clicked.connect(lambda: self._turn(1))

    def showEvent(self, event: QShowEvent) -> None:
        """Make the tiles when they are first to be seen: most starts never ask."""
        super().showEvent(event)
        if not self.tiles:
            self._make_tiles()

    def _make_tiles(self) -> None:
        self.tiles = [self._tile(counter) for counter in self._counters]
        if self._theme is not None:
            self.dress(self._theme)

    def _tile(self, counter: Counter) -> CounterTile:
        tile = CounterTile(counter, self._sentences)
        tile.setParent(self._ground)
        tile.clicked.connect(lambda: self.chosen.emit(counter))
        return tile

    def tell(self, told: str) -> None:
        """Why a counter is asked for; '' for the usual reason."""
        if told or self._told:
            self._how.setText(told or self._usual)
        self._told = told
        if self._theme is not None:
            self._dress_how(self._theme)

    def take_up(self, counters: list[Counter]) -> None:
        """These are the hall's counters from now on."""
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        self._counters, self.tiles, self._page = counters, [], 0
        if self.isVisible():
            self._make_tiles()

    def offer_back(self, *, offered: bool) -> None:
        """Whether there is a counter to go back to."""
        self._back.setVisible(offered)

    # -------------------------------------------------------- keys

    def key(self, key: Qt.Key) -> bool:
        """Digits choose by number, arrows walk, Enter or Space takes. Answers whether the key meant something."""
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._type(chr(key))
        elif key in STEPS:
            self._walk(STEPS[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(self._columns if key == Qt.Key.Key_Down else -self._columns)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Space and isinstance(focused := self.focusWidget(), CounterTile):
            focused.click()
        elif key == Qt.Key.Key_Escape and self._back.isVisibleTo(self):
            self.left.emit()
        else:
            return False
        return True

    def _type(self, digit: str) -> None:
        self._typed += digit
        self._typing.start()
        for index, tile in enumerate(self.tiles):
            if tile.counter.number == self._typed:
                self._focus(index)

    def _forget_typed(self) -> None:
        self._typed = ""

    def _walk(self, step: int) -> None:
        focused = self.focusWidget()
        if not isinstance(focused, CounterTile):
            self._focus(self._page * self._a_page())
            return
        index = self.tiles.index(focused) + step
        if 0 <= index < len(self.tiles):
            self._focus(index)

    def _focus(self, index: int) -> None:
        self._page = index // self._a_page()
        self._place()
        self.tiles[index].setFocus(Qt.FocusReason.TabFocusReason)

    # -------------------------------------------------------- pages

    def _a_page(self) -> int:
        return self._columns * self._rows

    def _pages(self) -> int:
        return max(1, -(-len(self.tiles) // self._a_page()))

    def _turn(self, step: int) -> None:
        self._page = min(max(self._page + step, 0), self._pages() - 1)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tiles anew."""
        super().resizeEvent(event)
        self._column.activate()
        self._place()

    def _place(self) -> None:
        """As large as they can be with all on one page, else the smallest size, in pages."""
        if self._theme is None:
            return
        gap = self._theme.px(12)
        room = self._ground.size()
        width, height = (self._theme.px(units) + gap for units in TILE_UNITS)
        self._columns = max(1, (room.width() + gap) // width)
        most_rows = max(1, (room.height() + gap) // height)
        needed = -(-len(self.tiles) // self._columns)
        self._rows = min(most_rows, max(needed, 1))
        tile_width = (room.width() + gap) // self._columns - gap
        tile_height = min((room.height() + gap) // self._rows - gap, self._theme.px(TILE_UNITS[1] * 1.6))
        first = self._page * self._a_page()
        for index, tile in enumerate(self.tiles):
            row, column = divmod(index - first, self._columns)
            tile.setVisible(0 <= row < self._rows)
            tile.setGeometry(QRect(column * (tile_width + gap), row * (tile_height + gap), tile_width, tile_height))
        self._page_back.setVisible(self._pages() > 1)
        self._page_next.setVisible(self._pages() > 1)
        self._page_back.setEnabled(self._page > 0)
        self._page_next.setEnabled(self._page < self._pages() - 1)

    def _dress_how(self, theme: Theme) -> None:
        if self._told:
            self._how.dress(theme.font(28, 700), theme.late)
        else:
            self._how.dress(theme.font(24), theme.soft)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._theme = theme
        self._title.dress(theme.font(48, 800), theme.ink)
        self._dress_how(theme)
        for part in (self._back, self._page_back, self._page_next, *self.tiles):
            part.dress(theme)
        self._column.setContentsMargins(theme.px(40), theme.px(32), theme.px(40), theme.px(32))
        self._column.setSpacing(theme.px(24))
        self._head.setSpacing(theme.px(16))
        self._column.activate()
        self._place()
