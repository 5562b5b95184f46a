"""Who is on duty here?"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter.screens.fit_label import FitLabel
from counter.screens.name_tile import NameTile
from counter.screens.page import Page
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import Sentences
from shared.model import Role
from shared.qt.theme import Theme
from shared.wire import Staff
from shared.words import msg

TITLE = msg("Siapa yang bertugas di {counter}?")
HOW = msg("Sentuh nama Anda, atau ketik beberapa hurufnya, lalu Enter.")
SEARCH = msg("Cari: {typed}")
NOBODY_FOUND = msg("Tidak ada nama yang cocok dengan '{typed}'.")
NO_STAFF = msg("Belum ada petugas. Administrator menambahkannya di PC hub: antre staff add.")
PAGE_NEXT = msg("Halaman berikut")
ROLES = {Role.SUPERVISOR: msg("Supervisor"), Role.ADMINISTRATOR: msg("Administrator")}
TILE_UNITS = (400, 100)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def matching(staff: Sequence[Staff], typed: str) -> list[Staff]:
    """Those one of whose names begins with what was typed; where there is none, those that contain it."""
    wanted = typed.strip().casefold()
    begin = [one for one in staff if any(part.startswith(wanted) for part in one.name.casefold().split())]
    return begin or [one for one in staff if wanted in one.name.casefold()]


class StaffPicker(Page):
    """The names as tiles, in pages where they are more than fit; typing finds one.

    chosen(Staff)  this is the one
    left()         another counter is wanted
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, sentences: Sentences, leave: str) -> None:
        """`leave`: what the way back is called."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sentences = sentences
        self._title, self._how = FitLabel("staff-title", grow=True), FitLabel("staff-how", lines=2, grow=True)
        self._there = FitLabel("staff-there", lines=2, grow=True)
        self._there.hide()
        self._back = QuietButton("staff-back", leave, "Esc")
        self._more = QuietButton("staff-page", sentences.words.say(PAGE_NEXT), "PgDn")
        self._ground = QWidget()
        self._staff: list[Staff] = []
        self.tiles: list[NameTile] = []
        self._typed = self._told = ""
        self._theme: Theme | None = None
        self._columns = self._rows = 1
        self._page = 0
        self._arrange()
        self._back.clicked.connect(self.left)
        self._more.clicked.connect(lambda: self._turn(1))

    def _arrange(self) -> None:
        self._head, self._words, self._column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        self._words.addWidget(self._title)
        self._words.addWidget(self._how)
        self._words.addWidget(self._there)
        self._head.addLayout(self._words, 1)
        self._head.addWidget(self._more)
        self._head.addWidget(self._back)
        self._column.addLayout(self._head)
        self._column.addWidget(self._ground, 1)

    # -------------------------------------------------------- what is shown

    def ask(self, counter: str, told: str = "") -> None:
        """Ask who is at `counter`; `told`: what is to be said first."""
        self._title.setText(self._sentences.words.say(TITLE, counter=counter))
        self._told, self._typed = told, ""
        self._show()

    def show_there(self, said: str) -> None:
        """Who is at the counter already; empty: nobody."""
        self._there.setText(said)
        self._there.setVisible(bool(said))
        self._column.activate()
        self._place()

    def show_staff(self, staff: Sequence[Staff]) -> None:
        """These may sign in."""
        self._staff = sorted(staff, key=lambda one: one.name.casefold())
        self._told = "" if staff else self._sentences.words.say(NO_STAFF)
        self._show()

    def tell(self, told: str) -> None:
        """Say why there are no names."""
        self._told = told
        self._show()

    def _show(self) -> None:
        say = self._sentences.words.say
        found = matching(self._staff, self._typed)
        shown = [tile.staff for tile in self.tiles]
        if found != shown:
            self._make(found)
        said = say(SEARCH if found else NOBODY_FOUND, typed=self._typed) if self._typed else say(HOW)
        self._how.setText(self._told or said)
        self._page = 0
        self._place()

    def _make(self, found: list[Staff]) -> None:
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        self.tiles = [self._tile(one) for one in found]

    def _tile(self, staff: Staff) -> NameTile:
        tile = NameTile(staff, self._sentences.words.say(ROLES[staff.role]) if staff.role in ROLES else "")
        tile.setParent(self._ground)
        tile.clicked.connect(lambda: self.chosen.emit(staff))
        if self._theme is not None:
            tile.dress(self._theme)
        return tile

    # -------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find a name, arrows walk, Enter takes the only one found."""
        key = Qt.Key(event.key())
        if key in STEPS or key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(STEPS.get(key) or (self._columns if key == Qt.Key.Key_Down else -self._columns))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            self._type(event)

    def _type(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
        elif event.text().isprintable() and (event.text().strip() or self._typed):
            self._typed += event.text()
        self.setFocus()
        self._show()

    def _take(self) -> None:
        if len(self.tiles) == 1:
            self.chosen.emit(self.tiles[0].staff)

    def _escape(self) -> None:
        if self._typed:
            self._typed = ""
            self._show()
        else:
            self.left.emit()

    def _walk(self, step: int) -> None:
        focused = self.focusWidget()
        here = self.tiles.index(focused) + step if isinstance(focused, NameTile) and focused in self.tiles else 0
        if 0 <= here < len(self.tiles):
            self._page = here // self._a_page()
            self._place()
            self.tiles[here].setFocus(Qt.FocusReason.TabFocusReason)

    # -------------------------------------------------------- where the tiles stand

    def _a_page(self) -> int:
        return max(1, self._columns * self._rows)

    def _turn(self, step: int) -> None:
        pages = max(1, -(-len(self.tiles) // self._a_page()))
        self._page = (self._page + step) % pages
        self._place()

    def _place(self) -> None:
        if self._theme is None:
            return
        gap, room = self._theme.px(16), self._ground.rect()
        width, height = (self._theme.px(units) for units in TILE_UNITS)
        self._columns = max(1, (room.width() + gap) // (width + gap))
        self._rows = max(1, (room.height() + gap) // (height + gap))
        across = (room.width() + gap) // self._columns - gap
        first = self._page * self._a_page()
        for index, tile in enumerate(self.tiles):
            row, column = divmod(index - first, self._columns)
            tile.setVisible(0 <= row < self._rows)
            tile.setGeometry(QRect(column * (across + gap), row * (height + gap), across, height))
        self._more.setVisible(len(self.tiles) > self._a_page())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tiles anew."""
        super().resizeEvent(event)
        self._column.activate()
        self._place()

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._theme = theme
        self._title.dress(theme.font(36 if theme.portrait else 48, 800), theme.ink)
        self._how.dress(theme.font(24), theme.soft)
        self._there.dress(theme.font(24, 700), theme.ink)
        for part in (self._back, self._more, *self.tiles):
            part.dress(theme)
        self._column.setContentsMargins(theme.px(40), theme.px(32), theme.px(40), theme.px(32))
        self._column.setSpacing(theme.px(24))
        self._head.setSpacing(theme.px(16))
        self._column.activate()
        self._place()
