"""Tiles in pages: as many as the screen has room for, none smaller than a touch, no scrolling."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.screens.dressed import Dressed
from kiosk.screens.tile import Face, Tile
from shared.qt.theme import Theme

MOST = (4, 3)
MOST_UPRIGHT = (2, 6)
GAP = 20
"""Between tiles, in units of the 1080p drawing."""
LARGE_TILE = 1.1
"""How much larger the smallest tile is in large print: the longest names shrink by a step rather than that a page holds
two tiles and the largest hall two dozen pages."""
SMALLEST_TILE = (400, 160)
"""In units of the 1080p drawing: the longest agency's name (71 letters) fits whole, in the smallest step."""


@dataclass(frozen=True)
class Shape:
    """How many columns and rows of tiles one page has."""

    columns: int
    rows: int

    @property
    def tiles(self) -> int:
        """How many tiles a page holds."""
        return self.columns * self.rows


def shape_for(few: int, most: Shape) -> Shape:
    """A shape with larger tiles for so few that `most` would leave half the screen empty."""
    if few > most.tiles:
        return most
    upright = most.rows > most.columns
    if upright:
        columns = 1 if few <= most.rows else most.columns
    else:
        columns = next((c for c in range(2, most.columns) if few <= c * min(c, most.rows)), most.columns)
    columns = min(columns, most.columns)
    rows = max(-(-few // columns), most.rows - (2 if upright else 1))
    return Shape(columns, max(1, min(rows, most.rows)))


@dataclass(frozen=True)
class Pattern:
    """How tiles stand: how many columns and rows at most, lying and upright, and the smallest tile in 1080p units."""

    most: tuple[int, int] = MOST
    upright: tuple[int, int] = MOST_UPRIGHT
    smallest: tuple[int, int] = SMALLEST_TILE
    smallest_upright: tuple[int, int] = SMALLEST_TILE
    fills: bool = True
    """Whether few tiles are larger, to fill the page."""


TILES = Pattern()


def shape_of(area: QSize, theme: Theme, pattern: Pattern = TILES) -> Shape:
    """The tiles that `area` has room for: at most 4 × 3, upright 2 × 6, none under a touch target.

    Where there is no room for so many columns there may be more rows: 3 × 4 on a panel of 4:3.
    """
    columns, rows = pattern.upright if theme.portrait else pattern.most
    smallest = pattern.smallest_upright if theme.portrait else pattern.smallest
    grown = LARGE_TILE if theme.variant.large else 1
    wide = max(theme.touch, theme.room(smallest[0] * grown))
    high = max(theme.touch, theme.room(smallest[1] * grown))
    gap = theme.room(GAP)
    across = max(1, min(columns, (area.width() + gap) // (wide + gap)))
    return Shape(across, max(1, min(columns * rows // across, (area.height() + gap) // (high + gap))))


class TileGrid(Dressed):
    """The tiles of one page out of many.

    chosen(str)        the object name of the tile that was touched
    pressed()          a finger is on a tile
    page_changed()     another page is shown, or there are more or fewer of them
    """

    chosen = Signal(str)
    pressed = Signal()
    page_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, pattern: Pattern = TILES) -> None:
        super().__init__(parent=parent)
        self._pattern = pattern
        self._faces: tuple[Face, ...] = ()
        self._tiles: list[Tile] = []
        self._page = 0
        self._touched = ""

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        for tile in self._tiles:
            tile.dress(theme)
        self._lay()

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Say `faces`; the tiles on the screen stay where they are when only their words change."""
        if tuple(faces) == self._faces:
            return
        before, self._faces = self._faces, tuple(faces)
        names = [tile.objectName() for tile in self._tiles]
        self._lay()
        if {face.name for face in before} == {face.name for face in faces} and self.isVisible():
            self._tell_moved(names)

    def _tell_moved(self, before: Sequence[str]) -> None:
        """The same tiles stand in another order."""
        for tile, name in zip(self._tiles, before, strict=False):
            if tile.objectName() != name:
                tile.take_place_of(name)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self._faces) // self._shape.tiles))

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return min(self._page, self.pages - 1)

    def turn(self, page: int) -> None:
        """Show that page, or the nearest there is."""
        self._page = max(0, min(page, self.pages - 1))
        self._lay()

    def light(self, name: str) -> None:
        """Keep the tile of that name lit; none for ''."""
        self._touched = name
        for tile in self._tiles:
            tile.light(lit=tile.objectName() == name)

    @property
    def _shape(self) -> Shape:
        most = shape_of(self.size(), self.theme, self._pattern)
        return shape_for(len(self._faces), most) if self._pattern.fills else most

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the tiles for the new size."""
        self._lay()

    def _lay(self) -> None:
        shape = self._shape
        first = self.page * shape.tiles
        faces = self._faces[first : first + shape.tiles]
        self._fit_number(len(faces))
        for place, (tile, face) in enumerate(zip(self._tiles, faces, strict=True)):
            tile.show_face(face)
            tile.setGeometry(self._place(place, shape))
        self._level_feet()
        self.light(self._touched)
        self.page_changed.emit()

    def _level_feet(self) -> None:
        """How long one waits is written in one size on a page; why there is no number may be longer, and smaller."""
        waits = [tile for tile in self._tiles if tile.face.foot and not tile.face.rests]
        common = min((tile.foot_pixels() for tile in waits), default=0)
        for tile in self._tiles:
            tile.level_foot(common)

    def _fit_number(self, count: int) -> None:
        while len(self._tiles) > count:
            tile = self._tiles.pop()
            tile.hide()
            tile.deleteLater()
        while len(self._tiles) < count:
            tile = Tile(Face("", ""), self.theme, self)
            tile.pressed.connect(self.pressed)
            tile.clicked.connect(partial(self._clicked, tile))
            tile.show()
            self._tiles.append(tile)

    def _clicked(self, tile: Tile) -> None:
        self.chosen.emit(tile.meant)

    def _place(self, place: int, shape: Shape) -> QRect:
        gap = self.theme.room(GAP)
        row, column = divmod(place, shape.columns)
        left, right = (self._edge(c, shape.columns, self.width(), gap) for c in (column, column + 1))
        top, bottom = (self._edge(r, shape.rows, self.height(), gap) for r in (row, row + 1))
        return QRect(left, top, right - left - gap, bottom - top - gap)

    @staticmethod
    def _edge(index: int, count: int, length: int, gap: int) -> int:
        """Where the tile of that index begins: the gaps are equal, the rest is shared to the pixel."""
        return round(index * (length + gap) / count)
