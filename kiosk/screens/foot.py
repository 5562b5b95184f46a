"""The foot of the choosing screens: back, Antrean Prioritas, and turning pages, always in the same places."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from kiosk.screens.buttons import WHITE, Pill, PriorityButton, RoundButton
from kiosk.screens.paint import Sign, set_ink
from shared.qt.theme import Theme
from shared.words import Words


class Foot(QWidget):
    """Buttons below the tiles.

    back_wanted() · search_wanted() · priority_wanted() · turn_wanted(int): a page forward (1) or back (-1)
    """

    back_wanted = Signal()
    search_wanted = Signal()
    priority_wanted = Signal()
    turn_wanted = Signal(int)

    def __init__(self, *, with_back: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = Pill("back", WHITE, Sign.BACK)
        self._with_back = with_back
        if not with_back:
            self._back.hide()
        self.search = Pill("search", WHITE, Sign.SEARCH)
        self.search.hide()
        self.priority = PriorityButton()
        self._before = RoundButton("page-back", Sign.BACK)
        self._after = RoundButton("page-next", Sign.ON)
        self._where = QLabel()
        self._where.setObjectName("page")
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back.clicked.connect(self.back_wanted)
        self.search.clicked.connect(self.search_wanted)
        self.priority.clicked.connect(self.priority_wanted)
        self._before.clicked.connect(lambda: self.turn_wanted.emit(-1))
        self._after.clicked.connect(lambda: self.turn_wanted.emit(1))
        self._pager = QHBoxLayout()
        for widget in (self._before, self._where, self._after):
            self._pager.addWidget(widget)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`; upright, the priority switch has a row of its own."""
        for button in (self._back, self.search, self.priority, self._before, self._after):
            button.dress(theme)
        self._where.setFont(theme.font(26, 700))
        set_ink(self._where, theme.ink)
        self._pager.setSpacing(theme.px(28))
        self._grid.setSpacing(theme.px(20))
        self._place(theme)

    def _place(self, theme: Theme) -> None:
        grid = self._grid
        while grid.takeAt(0) is not None:
            pass
        right = Qt.AlignmentFlag.AlignRight
        if theme.portrait:
            grid.addWidget(self.priority, 0, 0, 1, 4)
            grid.addWidget(self._back, 1, 0)
            grid.addWidget(self.search, 1, int(self._with_back))  # else the empty column's gap would indent it
            grid.addLayout(self._pager, 1, 3, right)
        else:
            grid.addWidget(self._back, 0, 0)
            grid.addWidget(self.priority, 0, 1)
            grid.addWidget(self.search, 0, 2)
            grid.addLayout(self._pager, 0, 4, right)
        stretched = 2 if theme.portrait else 3
        for column in range(4):
            grid.setColumnStretch(column, int(column == stretched))

    def tell(self, words: Words, *, priority: bool) -> None:
        """Say everything in the language of `words`; `priority`: the switch is on."""
        self._back.write(words.say("Kembali"))
        self.search.write(words.say("Cari layanan"))
        self.priority.setChecked(priority)
        text = words.say("Antrean Prioritas dipilih") if priority else words.say("Antrean Prioritas")
        self.priority.write(text, words.say("lansia 60+, disabilitas, ibu hamil, ibu menyusui/membawa balita"))
        self._before.setAccessibleName(words.say("Halaman sebelumnya"))
        self._after.setAccessibleName(words.say("Halaman berikutnya"))

    def show_page(self, words: Words, page: int, pages: int) -> None:
        """Say which page it is; a single page needs no buttons."""
        for widget in (self._before, self._where, self._after):
            widget.setVisible(pages > 1)
        self._where.setText(words.say("{page} dari {pages}", page=page + 1, pages=pages))
        self._where.setAccessibleName(words.say("Halaman {page} dari {pages}", page=page + 1, pages=pages))
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page < pages - 1)

    def sizeHint(self) -> QSize:
        """As its layout wants, and the pager's height also where there is one page: nothing jumps."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(0, self._before.sizeHint().height()))
