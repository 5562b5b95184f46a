"""One question a screen: a heading, a sentence, tiles in pages, the foot. Agencies and services are such screens."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.scene import Scene, Stage
from kiosk.screens.foot import Foot
from kiosk.screens.grid import TileGrid
from kiosk.screens.notice import NoticeLine
from kiosk.screens.paint import Prose, set_ink
from kiosk.screens.tile import Face
from shared.qt.theme import Theme
from shared.words import Words

HEADING, HEADING_LOW = 60, 48
"""In large print it is as large as usually where the tiles have only the lower part: they need the room."""


class Question(QWidget):
    """A heading, what to do, and the tiles to touch.

    chosen(str)   the object name of the tile that was touched
    touched()     a finger is on the screen, or a page was turned
    """

    chosen = Signal(str)
    touched = Signal()

    def __init__(self, *, with_back: bool, grid: TileGrid | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words("id")
        self.heading, self.sentence, self.notice = QLabel(), Prose(), NoticeLine()
        self.heading.setWordWrap(True)
        self.grid, self.foot = grid or TileGrid(), Foot(with_back=with_back)
        self.top = QHBoxLayout()
        self._names = QVBoxLayout()
        self._names.addWidget(self.heading)
        self._names.addWidget(self.sentence)
        self.top.addLayout(self._names, 2)
        self._upper = QWidget()
        self._said = QVBoxLayout(self._upper)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.addStretch(1)
        self._said.addLayout(self.top)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._upper)
        self._column.addWidget(self.grid, 1)
        self._column.addWidget(self.foot)
        self._connect()

    def _connect(self) -> None:
        self.grid.chosen.connect(self.chosen)
        self.grid.pressed.connect(self.touched)
        self.grid.page_changed.connect(self._say_page)
        self.foot.turn_wanted.connect(self._turn)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self.heading.setFont(theme.font(HEADING_LOW if theme.low and theme.variant.large else HEADING, 800))
        set_ink(self.heading, theme.ink)
        self.sentence.dress(theme.font(28), soft=theme.soft, ink=theme.ink)
        side = theme.room(56)
        self._column.setContentsMargins(side, theme.room(28), side, theme.room(28))
        self._column.setSpacing(theme.room(24))
        self._said.setSpacing(theme.room(24))
        self._names.setSpacing(theme.px(4))
        for part in (self.notice, self.foot, self.grid):
            part.dress(theme)
        self._place_notice(upright=theme.portrait)

    def _place_notice(self, *, upright: bool) -> None:
        """The news beside the heading, where nothing has to move for it; upright there is no room there."""
        self.top.removeWidget(self.notice)
        self._said.removeWidget(self.notice)
        if upright:
            self._said.addWidget(self.notice)
        else:
            self.top.addWidget(self.notice, 1)

    def keep_low(self, top: int) -> None:
        """Let the tiles begin no higher than `top` pixels below this page's own top: above it stands what is read."""
        self._upper.setMinimumHeight(max(0, top - self._column.contentsMargins().top() - self._column.spacing()))

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        self.words = words
        self.foot.tell(words, scene)
        self.notice.tell(words, scene)
        if not scene.visiting:
            self.grid.turn(0)
        if scene.stage is Stage.CHOOSING:
            self.grid.light("")
        self.setEnabled(scene.stage is Stage.CHOOSING)
        self._say_page()

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Put these tiles to the choice."""
        self.grid.show_faces(faces)

    def _turn(self, by: int) -> None:
        self.touched.emit()
        self.grid.turn(self.grid.page + by)

    def _say_page(self) -> None:
        self.foot.show_page(self.words, self.grid.page, self.grid.pages)
