"""The foot of the choosing screens: back, Antrean Prioritas, other ways to a number, and turning pages.

Always in the same order; in as few rows as there is room for, so that no word is cut.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from kiosk.scene import Scene
from kiosk.screens.buttons import WHITE, Pill, PriorityButton, RoundButton
from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import Sign, set_ink
from shared.qt.theme import Theme
from shared.words import Words

GAP = 20
"""Between buttons, in units of the 1080p drawing."""
PAGER_GAP = 28
FEW_ROWS_UPRIGHT = 2
"""So many rows there is room for upright where all is to be low; lying there is for one."""

Row = tuple[QWidget, ...]


class Foot(Dressed):
    """Buttons below the tiles.

    back_wanted() · search_wanted() · several_wanted() · appointment_wanted() · priority_wanted()
    turn_wanted(int): a page forward (1) or back (-1)
    """

    back_wanted = Signal()
    search_wanted = Signal()
    several_wanted = Signal()
    appointment_wanted = Signal()
    priority_wanted = Signal()
    turn_wanted = Signal(int)

    def __init__(self, *, with_back: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._back = Pill("back", WHITE, Sign.BACK, self)
        self.priority = PriorityButton(self)
        self.search = Pill("search", WHITE, Sign.SEARCH, self)
        self.several = Pill("several", WHITE, Sign.LIST, self)
        self.appointment = Pill("appointment", WHITE, Sign.CALENDAR, self)
        self._buttons = (self._back, self.priority, self.search, self.several, self.appointment)
        self._back.setVisible(with_back)
        for button in (self.search, self.several, self.appointment):
            button.hide()
        self._make_pager()
        self._worn = self.theme
        """What its words and gaps were fitted to: its theme, or the same in smaller print."""
        self._rows: tuple[Row, ...] = ()
        self._hint = QSize()
        self._laid: tuple[object, ...] = ()
        """What the places of the buttons were reckoned from."""
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _make_pager(self) -> None:
        self._pager = QWidget(self)
        self._before = RoundButton("page-back", Sign.BACK)
        self._after = RoundButton("page-next", Sign.ON)
        self._where = QLabel()
        self._where.setObjectName("page")
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._turn = QHBoxLayout(self._pager)
        self._turn.setContentsMargins(0, 0, 0, 0)
        for widget in (self._before, self._where, self._after):
            self._turn.addWidget(widget)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_wanted)
        self.search.clicked.connect(self.search_wanted)
        self.several.clicked.connect(self.several_wanted)
        self.appointment.clicked.connect(self.appointment_wanted)
        self.priority.clicked.connect(self.priority_wanted)
        self._before.clicked.connect(lambda: self.turn_wanted.emit(-1))
        self._after.clicked.connect(lambda: self.turn_wanted.emit(1))

    # -------------------------------------------------------- where everything stands

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self._dress(theme)
        self._place()

    def _dress(self, theme: Theme) -> None:
        self._worn = theme
        for button in (*self._buttons, self._before, self._after):
            button.dress(theme)
        self._where.setFont(theme.font(26, 700))
        set_ink(self._where, theme.ink)
        self._turn.setSpacing(theme.px(PAGER_GAP))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Place the buttons for the new width."""
        self._place()

    def _ways(self) -> Iterator[tuple[Row, ...]]:
        """How the buttons may stand, fewest rows first; the pager ends the last one."""
        back, search = (self._back, self.search)
        if not self.theme.portrait:
            yield ((back, self.priority, search, self.several, self.appointment),)
        yield (self.priority, self.several, self.appointment), (back, search)
        yield (self.priority, self.several), (back, search, self.appointment)
        yield (self.priority,), (back, search, self.several, self.appointment)
        yield (self.priority,), (self.several, self.appointment), (back, search)
        yield (self.priority,), (self.several,), (self.appointment,), (back, search)

    def _place(self) -> None:
        said = tuple("" if button.isHidden() else button.text() for button in self._buttons)
        laid = (self.theme, self.width(), said, self._where.sizeHint().width(), self._before.isHidden())
        if laid == self._laid:
            return
        self._laid = laid
        before = self.sizeHint()
        self._rows = self._fitting()
        self._hint = self._size()
        top = 0
        for number, row in enumerate(self._rows):
            is_last = number == len(self._rows) - 1
            high = self._high(row)
            self._place_row(row, QRect(0, top, self.width(), high), fills=not is_last)
            top += high + self._worn.px(GAP)
        self._pager.setGeometry(self._pager_box())
        if self.sizeHint() != before:
            self.updateGeometry()

    def _fitting(self) -> tuple[Row, ...]:
        """The first way that fits; the buttons are made narrow before another row is begun.

        Where all is to be low there is little room for that: large print becomes the usual before one is begun, and
        stays so in two.
        """
        most = FEW_ROWS_UPRIGHT if self.theme.portrait else 1
        few = [way for way in self._ways() if len(way) <= most]
        theme = self.theme
        for theme in self.theme.not_below_usual() if self.theme.low else ():
            self._dress(theme)
            rows, fits = self._first_of(few)
            if fits:
                return rows
        self._dress(theme)
        return self._first_of(self._ways())[0]

    def _first_of(self, ways: Iterable[tuple[Row, ...]]) -> tuple[tuple[Row, ...], bool]:
        """The first of them that fits, else the last; and whether it does."""
        rows: tuple[Row, ...] = ()
        for way in ways:
            *above, last = [tuple(button for button in row if not button.isHidden()) for row in way]
            rows = (*filter(None, above), last)
            for narrow in (False, True):
                for button in self._buttons:
                    button.fold(narrow=narrow)
                if all(self._wide(row, is_last=row is last) <= self.width() for row in rows):
                    return rows, True
        return rows, False

    def _wide(self, row: Row, *, is_last: bool) -> int:
        """The room a row needs; the last one the pager's too, also where there is one page: nothing jumps."""
        widths = [button.sizeHint().width() for button in row] + ([self._pager_wide] if is_last else [])
        return sum(widths) + self._worn.px(GAP) * (len(widths) - 1)

    @property
    def _pager_wide(self) -> int:
        turns = 2 * (self._before.sizeHint().width() + self._worn.px(PAGER_GAP))
        return turns + max(self._where.sizeHint().width(), self._worn.px(110))

    def _high(self, row: Row) -> int:
        return max(button.sizeHint().height() for button in (*row, self._before))

    def _place_row(self, row: Row, room: QRect, *, fills: bool) -> None:
        """From the left, as high as the row and as wide as their words; above the last one as wide as the foot."""
        gap, left = self._worn.px(GAP), room.left()
        more = (room.width() - self._wide(row, is_last=False)) // len(row) if fills else 0
        for button in row:
            wide = button.sizeHint().width() + more
            button.setGeometry(left, room.top(), wide, room.height())
            left += wide + gap

    def _pager_box(self) -> QRect:
        self._turn.invalidate()
        size, high = self._turn.sizeHint(), self._high(self._rows[-1])
        top = self.sizeHint().height() - (high + size.height()) // 2
        return QRect(self.width() - size.width(), top, size.width(), size.height())

    def sizeHint(self) -> QSize:
        """As wide as may be; as high as its rows, of which the pager has its place also where there is one page."""
        return self._hint if self._rows else self._size()

    def _size(self) -> QSize:
        high = sum(self._high(row) + self._worn.px(GAP) for row in self._rows or ((),)) - self._worn.px(GAP)
        return QSize(self._worn.px(400), high)

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(0, self.sizeHint().height())

    # -------------------------------------------------------- what is said

    def tell(self, words: Words, scene: Scene) -> None:
        """Say everything in the language of `words`."""
        self._back.write(words.say("Kembali"))
        self.search.write(words.say("Cari layanan"))
        self.several.write(_several(words, scene))
        self.appointment.write(words.say("Punya janji temu?"))
        self.priority.setChecked(scene.priority)
        text = words.say("Antrean Prioritas dipilih") if scene.priority else words.say("Antrean Prioritas")
        self.priority.write(text, words.say("lansia 60+, disabilitas, ibu hamil, ibu menyusui/membawa balita"))
        self._before.setAccessibleName(words.say("Halaman sebelumnya"))
        self._after.setAccessibleName(words.say("Halaman berikutnya"))
        self._place()

    def show_page(self, words: Words, page: int, pages: int) -> None:
        """Say which page it is; a single page needs no buttons."""
        for widget in (self._before, self._where, self._after):
            widget.setVisible(pages > 1)
        self._where.setText(words.say("{page} dari {pages}", page=page + 1, pages=pages))
        self._where.setAccessibleName(words.say("Halaman {page} dari {pages}", page=page + 1, pages=pages))
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page < pages - 1)
        self._place()


def _several(words: Words, scene: Scene) -> str:
    """What the button for several services does now."""
    if scene.several is None:
        return words.say("Beberapa layanan")
    if scene.several.listed:
        return words.say("Tambah layanan")
    if scene.several.chosen:
        return words.say("Lihat pilihan ({n})", n=len(scene.several.chosen))
    return words.say("Satu layanan saja")
