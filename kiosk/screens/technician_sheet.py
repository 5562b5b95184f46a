"""The technician's page: covers the whole kiosk; what stands on it is a `Leaf`."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.inspection import Choice, Leaf, Page
from kiosk.screens.action_tile import ActionTile
from kiosk.screens.big_text import BigText
from kiosk.screens.buttons import DARK, RESTING, WHITE, Pill, RoundButton
from kiosk.screens.dressed import Dressed
from kiosk.screens.fact_sheet import FactSheet, LogSheet
from kiosk.screens.paint import Sign, brush, set_ink
from kiosk.screens.pin_pad import PinPad
from kiosk.screens.screen_picture import ScreenPicture
from shared.qt.theme import Theme
from shared.words import Words

FOOT = 4
"""Pills at the foot, and tiles in a row."""
SECONDS = 280
"""How high the seconds of the cleaning are, in units of the 1080p drawing."""


class TechnicianSheet(Dressed):
    """Shows the leaf it is told; lies above everything else of the kiosk.

    chosen(str)   the name of what was touched · typed(str), erased(), entered(): of the PIN
    touched()     a finger is on it, or a key was pressed
    """

    chosen = Signal(str)
    typed = Signal(str)
    erased = Signal()
    entered = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("technician", parent)
        self._leaf: Leaf | None = None
        self._words = Words("id")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.over, self.heading, self.sentence = QLabel(), QLabel(), QLabel()
        self.heading.setObjectName("heading-technician")
        self.sentence.setObjectName("technician-sentence")
        for label in (self.heading, self.sentence):
            label.setWordWrap(True)
        self.done = Pill("technician-close", WHITE)
        stays = self.done.sizePolicy()
        stays.setRetainSizeWhenHidden(True)  # so that the heading stands in one place on every page
        self.done.setSizePolicy(stays)
        self.pad, self.facts, self.log = PinPad(), FactSheet(), LogSheet()
        self.card, self.seconds = ScreenPicture(self), BigText("technician-seconds")
        self.tiles: list[ActionTile] = []
        self._tiles = QWidget()
        self._tile_grid = QGridLayout(self._tiles)
        self._tile_grid.setContentsMargins(0, 0, 0, 0)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._body = QStackedWidget()
        self._nothing = QWidget()
        self._pad_page, self._facts_page, self._count_page = _middle(self.pad), _top(self.facts), _top(self.seconds)
        for page in (self._pad_page, self._tiles, self._facts_page, self.log, self._count_page, self._nothing):
            self._body.addWidget(page)
        self._foot = [Pill(f"technician-foot-{place}", WHITE) for place in range(FOOT)]
        self._newer, self._older = RoundButton("technician-newer", Sign.BACK), RoundButton("technician-older", Sign.ON)
        self._newer.clicked.connect(partial(self._turn, -1))
        self._older.clicked.connect(partial(self._turn, 1))
        self._head, self._feet = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.over, 1)
        self._head.addWidget(self.done)
        for place, pill in enumerate(self._foot):
            pill.clicked.connect(partial(self._choose, place))
            self._feet.addWidget(pill)
            if place == 0:
                self._feet.addStretch(1)
        for button in (self._newer, self._older):
            self._feet.addWidget(button)
        self._said = QVBoxLayout()
        self._said.addStretch(0)
        self._said.addWidget(self.heading)
        self._said.addWidget(self.sentence)
        self._said.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._middle.addLayout(self._said)
        self._middle.addWidget(self._body, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addLayout(self._middle, 1)
        self._column.addLayout(self._feet)
        self.done.clicked.connect(partial(self.chosen.emit, "close"))
        self.pad.typed.connect(self.typed)
        self.pad.erased.connect(self.erased)
        self.pad.entered.connect(self.entered)

    # -------------------------------------------------------- dress

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        super().dress(theme)
        for label, step, weight in ((self.over, 24, 700), (self.heading, 60, 800), (self.sentence, 28, 500)):
            label.setFont(theme.font(step, weight))
            set_ink(label, theme.ink if weight == 800 else theme.soft)  # noqa: PLR2004  -- the weight of headings
        for part in (self.done, *self._foot, self._newer, self._older, *self.tiles):
            part.dress(theme)
        for dressed in (self.pad, self.facts, self.log, self.card, self.seconds):
            dressed.dress(theme)
        side = theme.room(56)
        self._column.setContentsMargins(side, theme.room(36), side, theme.room(36))
        self._column.setSpacing(theme.room(28))
        self._middle.setSpacing(theme.room(28))
        self._said.setSpacing(theme.room(12))
        self._feet.setSpacing(theme.room(20))
        self._tile_grid.setSpacing(theme.room(20))
        self.seconds.setFixedHeight(theme.room(SECONDS))
        self.seconds.setContentsMargins(0, theme.room(28), 0, 0)
        self.card.setGeometry(self.rect())
        if self._leaf is not None:
            self._lay(self._leaf)

    def _lay(self, leaf: Leaf) -> None:
        """The pad stands beside what is said where there is room for both; the cleaning is all in the middle."""
        beside = leaf.typed is not None and not self.theme.portrait
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(way)
        centred = leaf.page is Page.CLEANING
        self._said.setStretch(0, int(centred))
        self._said.setStretch(self._said.count() - 1, int(not centred))
        self._middle.setStretch(0, int(beside or centred))
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
        if leaf.rows:
            self._fit_facts()
        columns = 2 if self.theme.portrait else FOOT
        for place, tile in enumerate(self.tiles):
            self._tile_grid.addWidget(tile, *divmod(place, columns))

    def _fit_facts(self) -> None:
        """In large print many facts shrink until they have room: none is cut."""
        self._column.activate()
        room = self._body.size()
        for theme in self.theme.tighter():
            self.facts.dress(theme)
            if self.facts.heightForWidth(room.width()) <= room.height():
                break

    # -------------------------------------------------------- telling

    def tell(self, words: Words, leaf: Leaf | None) -> None:
        """Show `leaf` in the language of `words`; None: be gone."""
        before, self._leaf, self._words = self._leaf, leaf, words
        if leaf is None:
            self.hide()
            return
        is_turned = before is None or before.page is not leaf.page
        if is_turned:
            self.card.forget()
        self._say(words, leaf)
        self._put(leaf)
        self._lay(leaf)
        if before is None:
            self.show()
            self.raise_()
        if is_turned:
            self.setFocus()  # a button that is gone leaves its keys to the kiosk below

    def _say(self, words: Words, leaf: Leaf) -> None:
        is_bare = leaf.page in (Page.CLEANING, Page.PICTURE)
        self.over.setText("" if is_bare else words.say("Kios ini sedang diperiksa"))
        self.heading.setText(leaf.heading)
        self.sentence.setText(leaf.sentence)
        self.sentence.setVisible(bool(leaf.sentence))
        self.done.write(words.say("Selesai"))
        self.done.setVisible(leaf.page not in (Page.PIN, Page.CLEANING, Page.PICTURE))
        self._newer.setAccessibleName(words.say("Catatan yang lebih baru"))
        self._older.setAccessibleName(words.say("Catatan yang lebih lama"))

    def _put(self, leaf: Leaf) -> None:
        self._fill_foot(leaf.choices)
        self.card.setVisible(leaf.page is Page.PICTURE)
        self.card.lower()
        if leaf.typed is not None:
            self.pad.tell(self._words, leaf.typed)
        self._fill_tiles(leaf.tiles)
        self.facts.show_rows(leaf.rows)
        self.log.show_lines(leaf.lines)
        self.seconds.write("" if leaf.count is None else str(leaf.count))
        self._body.setCurrentWidget(self._page_of(leaf))
        self._show_turning()

    def _page_of(self, leaf: Leaf) -> QWidget:
        if leaf.typed is not None:
            return self._pad_page
        if leaf.tiles:
            return self._tiles
        if leaf.rows:
            return self._facts_page
        if leaf.lines:
            return self.log
        return self._count_page if leaf.count is not None else self._nothing

    def _fill_foot(self, choices: tuple[Choice, ...]) -> None:
        for place, pill in enumerate(self._foot):
            pill.setVisible(place < len(choices))
            if place < len(choices):
                choice = choices[place]
                pill.coat = DARK if choice.is_main else WHITE
                pill.coat = pill.coat if choice.is_possible else RESTING
                pill.setEnabled(choice.is_possible)
                pill.setObjectName(f"technician-{choice.name}")
                pill.write(choice.text)
                pill.update()

    def _fill_tiles(self, tiles: tuple[Choice, ...]) -> None:
        while len(self.tiles) < len(tiles):
            tile = ActionTile()
            tile.dress(self.theme)
            tile.clicked.connect(partial(self._choose_tile, len(self.tiles)))
            self.tiles.append(tile)
        for tile, choice in zip(self.tiles, tiles, strict=False):
            tile.show_choice(choice)

    def _show_turning(self) -> None:
        is_log = self._leaf is not None and self._leaf.page is Page.LOG
        for button, may in ((self._newer, self.log.may_go_back), (self._older, self.log.may_go_on)):
            button.setVisible(is_log)
            button.setEnabled(may)

    # -------------------------------------------------------- touches and keys

    def _choose(self, place: int) -> None:
        if self._leaf is not None and place < len(self._leaf.choices):
            self.chosen.emit(self._leaf.choices[place].name)

    def _choose_tile(self, place: int) -> None:
        if self._leaf is not None and place < len(self._leaf.tiles):
            self.chosen.emit(self._leaf.tiles[place].name)

    def _turn(self, by: int) -> None:
        self.touched.emit()
        self.log.turn(by)
        self._show_turning()

    def event(self, event: QEvent) -> bool:
        """Keys are the page's own: none of them moves through the kiosk below."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802  -- Qt's own
        """Tab goes from button to button of this page, never to one of the kiosk below."""
        buttons = [one for one in self.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        if buttons:
            there = next((place for place, one in enumerate(buttons) if one.hasFocus()), -1 if forward else 0)
            buttons[(there + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A keyboard types the PIN."""
        self.touched.emit()
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif key == Qt.Key.Key_Escape:
            self.chosen.emit("back")
        elif text.isascii() and text.isdecimal():
            self.typed.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies below is not touched."""
        self.touched.emit()
        if self._leaf is not None and self._leaf.page is Page.PICTURE:
            self.card.mark(event.position())

    def sizeHint(self) -> QSize:
        """As large as the kiosk."""
        parent = self.parentWidget()
        return parent.size() if parent is not None else super().sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        with brush(self) as painter:
            painter.fillRect(self.rect(), self.theme.ground)


def _middle(widget: QWidget) -> QWidget:
    """`widget` in the middle of its page."""
    page = QWidget()
    box = QHBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
    return page


def _top(widget: QWidget) -> QWidget:
    """`widget` at the top of its page, as wide as it."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(widget)
    box.addStretch(1)
    return page
