"""Where everything stands on a TV, in each layout: one plan for landscape, portrait and whatever lies between.

Pure geometry. A part that a layout has not has an empty place.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize

from shared.hall import Layout
from shared.qt.theme import Theme

NUMBER_CAP, COUNTER_CAP, ROW_CAP = 0.15, 0.07, 0.05
"""Least height of a capital, of the screen's height.

On a portrait screen the called number, which is never broken, is limited by the width instead: on 1080×1920 its
capitals are 254 pixels (`A-012`) to 154 (`WW-1000`) high, 24 to 14 % of the width. So the number is as high there as
15 % of the same panel's height is when it lies, but for prefixes of two of the widest letters with four digits.
"""
MARGIN, GAP, ROW_GAP = 48, 28, 14
HEADER, STRIP, RIBBON = 104, 92, 84
PANEL_SHARE = 0.63
"""The panel's part of a landscape screen's width; the rows have the rest."""
ROW_AIR = 80
"""What a row needs besides its number's capitals: the agency's line and the space around."""
LEAST_PANEL_UPRIGHT = 0.46
"""The panel's part of a portrait screen's room; the rows have the rest."""
MOST_ROWS = 7
ABREAST, BELOW = 3, 3
"""Recent calls below a call that stands alone: beside each other on a landscape screen, below each other upright."""
LOW_PANEL_UPRIGHT = 320
"""What a low panel upright needs besides the capitals of number and counter."""
BAND_AIR = 72
"""What a band across a landscape screen needs besides its number's capitals."""
COLUMN_AIR = 100
"""What a column needs besides its number's width."""
LEAST_COLUMN, MOST_COLUMN = 0.36, 0.54
"""The calls' part of a landscape screen's width beside pictures."""
MEDIA_UPRIGHT = 0.34
"""The pictures' part of a portrait screen's room."""
COLUMN_PANEL = 0.57
"""The panel's part of a column's height."""
LEGEND = 48
WIDEST = 5.4
"""A number's width in heights of its capitals: `WW-000`."""


@dataclass(frozen=True)
class Plan:
    """The places of a TV's parts in pixels.

    `row_count`: as many rows as their capitals' height allows, `row_columns` of them abreast. `grid`: all counters,
    `legend` above them. `media`: pictures. `sign`: one counter's. `is_band`: the panel lies across the screen.
    `widest`: the widest number of the hall, in heights of its capitals.
    """

    theme: Theme
    height: int
    header: QRect
    panel: QRect
    rows: QRect
    row_count: int
    strip: QRect
    ribbon: QRect
    row_columns: int = 1
    grid: QRect = field(default_factory=QRect)
    media: QRect = field(default_factory=QRect)
    sign: QRect = field(default_factory=QRect)
    is_band: bool = False
    widest: float = WIDEST

    def cap(self, share: float) -> float:
        """A capital's height in pixels, from its share of the screen's height."""
        return share * self.height

    @property
    def is_alone(self) -> bool:
        """Whether the panel has the whole width of a landscape screen: its counter stands beside the number."""
        return self.row_columns > 1

    @property
    def is_narrow(self) -> bool:
        """Whether the panel has no room for wide edges."""
        return self.theme.portrait or not self.media.isEmpty()


def plan_of(size: QSize, *, ribbon: bool, layout: Layout = "board", widest: float = WIDEST) -> Plan:
    """The plan for a screen of `size` pixels; `ribbon`: it has a running text.

    `widest`: the widest number of the hall, in heights of its capitals.
    """
    theme = Theme(size, dark=True)
    width, height = size.width(), size.height()
    px = theme.px
    side, gap = px(MARGIN), px(GAP)
    band = px(RIBBON) if ribbon else 0
    ribbon_at = QRect(0, height - band, width, band)
    foot = height - band - (gap if ribbon else side)
    strip = QRect(side, foot - px(STRIP), width - 2 * side, px(STRIP)) if layout == "board" else QRect()
    header = QRect(side, 0, width - 2 * side, px(HEADER))
    top = header.bottom() + 1
    foot = strip.top() - px(20) if layout == "board" else foot
    frame = _Frame(theme, height, header, strip, ribbon_at, QRect(side, top, width - 2 * side, foot - top), widest)
    return {
        "board": frame.board,
        "calls": frame.calls,
        "counters": frame.counters,
        "sign": frame.sign,
        "media": frame.media,
    }[layout]()


@dataclass(frozen=True)
class _Frame:
    """What every layout has, and the `room` that is left for its own parts."""

    theme: Theme
    height: int
    header: QRect
    strip: QRect
    ribbon: QRect
    room: QRect
    widest: float

    @property
    def _least_row(self) -> int:
        return round(ROW_CAP * self.height) + self.theme.px(ROW_AIR)

    def board(self) -> Plan:
        panel, rows = self._upright() if self.theme.portrait else self._lying()
        return self._plan(panel, rows, self._fitting(rows.height()))

    def calls(self) -> Plan:
        room, gap, row_gap = self.room, self.theme.px(GAP), self.theme.px(ROW_GAP)
        columns, deep = (1, BELOW) if self.theme.portrait else (ABREAST, 1)
        tall = deep * self._least_row + (deep - 1) * row_gap
        panel = QRect(room.left(), room.top(), room.width(), room.height() - tall - gap)
        rows = QRect(room.left(), panel.bottom() + 1 + gap, room.width(), tall)
        return self._plan(panel, rows, columns * deep, row_columns=columns)

    def counters(self) -> Plan:
        room, gap, is_band = self.room, self.theme.px(GAP), not self.theme.portrait
        tall = round(NUMBER_CAP * self.height) + self.theme.px(BAND_AIR) if is_band else self._low_panel()
        panel = QRect(room.left(), room.top(), room.width(), tall)
        left = QRect(room.left(), panel.bottom() + 1 + gap, room.width(), room.height() - tall - gap)
        return self._plan(panel, QRect(), 0, grid=left, is_band=is_band)

    def sign(self) -> Plan:
        return self._plan(QRect(), QRect(), 0, sign=self.room)

    def media(self) -> Plan:
        return self._media_upright() if self.theme.portrait else self._media_lying()

    def _media_lying(self) -> Plan:
        room, gap = self.room, self.theme.px(GAP)
        wanted = round(self.widest * NUMBER_CAP * self.height) + self.theme.px(COLUMN_AIR)
        wide = min(max(wanted, round(LEAST_COLUMN * room.width())), round(MOST_COLUMN * room.width()))
        column = QRect(room.right() + 1 - wide, room.top(), wide, room.height())
        panel = QRect(column.topLeft(), QSize(wide, round(COLUMN_PANEL * room.height())))
        rows = QRect(column.left(), panel.bottom() + 1 + gap, wide, column.height() - panel.height() - gap)
        media = QRect(room.left(), room.top(), column.left() - gap - room.left(), room.height())
        return self._plan(panel, rows, self._fitting(rows.height()), media=media)

    def _media_upright(self) -> Plan:
        room, gap = self.room, self.theme.px(GAP)
        media = QRect(room.left(), room.top(), room.width(), round(MEDIA_UPRIGHT * room.height()))
        panel = QRect(room.left(), media.bottom() + 1 + gap, room.width(), self._low_panel())
        top = panel.bottom() + 1 + gap
        rows = QRect(room.left(), top, room.width(), room.bottom() + 1 - top)
        return self._plan(panel, rows, self._fitting(rows.height()), media=media)

    def _low_panel(self) -> int:
        """A panel upright whose number is as high as its width allows, and whose counter has its least size."""
        number = (self.room.width() - self.theme.px(56)) / self.widest
        return round(number + COUNTER_CAP * self.height) + self.theme.px(LOW_PANEL_UPRIGHT)

    def _plan(  # noqa: PLR0913  -- one for each part that differs
        self,
        panel: QRect,
        rows: QRect,
        row_count: int,
        *,
        row_columns: int = 1,
        grid: QRect | None = None,
        media: QRect | None = None,
        sign: QRect | None = None,
        is_band: bool = False,
    ) -> Plan:
        return Plan(
            self.theme,
            self.height,
            self.header,
            panel,
            rows,
            row_count,
            self.strip,
            self.ribbon,
            row_columns,
            grid or QRect(),
            media or QRect(),
            sign or QRect(),
            is_band,
            self.widest,
        )

    def _fitting(self, tall: int) -> int:
        row_gap = self.theme.px(ROW_GAP)
        return max(1, min(MOST_ROWS, (tall + row_gap) // (self._least_row + row_gap)))

    def _lying(self) -> tuple[QRect, QRect]:
        room, gap = self.room, self.theme.px(GAP)
        panel = QRect(room.left(), room.top(), round(room.width() * PANEL_SHARE) - gap // 2, room.height())
        left = panel.right() + 1 + gap
        return panel, QRect(left, room.top(), room.right() + 1 - left, room.height())

    def _upright(self) -> tuple[QRect, QRect]:
        room, gap, row_gap = self.room, self.theme.px(GAP), self.theme.px(ROW_GAP)
        count = self._fitting(round(room.height() * (1 - LEAST_PANEL_UPRIGHT)) - gap)
        tall = count * self._least_row + (count - 1) * row_gap
        panel = QRect(room.left(), room.top(), room.width(), room.height() - tall - gap)
        return panel, QRect(room.left(), panel.bottom() + 1 + gap, room.width(), tall)


# ---------------------------------------------------------------- a wall of counters

GRID_CAPS = (0.16, 0.13, 0.11, 0.09, 0.075, 0.064, ROW_CAP * 1.06)
"""Capitals of a wall of counters, of the screen's height: the largest at which all stand on one page, else the last."""
CELL_AIR, CELL_GAP = 24, 12
"""What a cell needs besides its capitals, in height; and the space between two."""
CELL_EDGE, TILE_EDGE, TILE_GAP = 12, 8, 20
"""The space at a cell's right, at both sides of the digits in its tile, and between the tile and the number."""
TALLEST_CELL = 1.7
"""A cell is stretched to fill the page by at most so much."""


@dataclass(frozen=True)
class Grid:
    """A page of a wall of counters, filled down its columns. `tile`: the counter's part of a cell's width."""

    cap: float
    columns: int
    rows: int
    pages: int
    cell: QSize
    tile: int

    @property
    def per_page(self) -> int:
        """How many counters a page holds."""
        return self.columns * self.rows


def grid_of(plan: Plan, count: int, *, counter: float) -> Grid:
    """The page for `count` counters; `counter`: the widest counter's number, in heights of its capitals."""
    caps = [plan.cap(share) for share in GRID_CAPS]
    tables = [(cap, *_table(plan, cap, counter)) for cap in caps]
    cap, columns, rows, tile = next((one for one in tables if one[1] * one[2] >= count), tables[-1])
    columns, rows = max(1, columns), max(1, rows)
    pages = max(1, -(-count // (columns * rows)))
    each = -(-count // pages)
    columns = max(1, min(columns, -(-each // rows)))
    rows = max(1, -(-each // columns))
    return Grid(cap, columns, rows, pages, _cell(plan, cap, columns, rows), tile)


def _table(plan: Plan, cap: float, counter: float) -> tuple[int, int, int]:
    """How many columns and rows of these capitals there is room for, and how wide the counters' tiles are."""
    px = plan.theme.px
    gap, room = px(CELL_GAP), plan.grid
    tile = px(CELL_EDGE) + round(counter * cap) + 2 * px(TILE_EDGE)
    wide = tile + px(TILE_GAP) + round(plan.widest * cap) + px(CELL_EDGE)
    tall = round(cap) + px(CELL_AIR)
    return (room.width() + gap) // (wide + gap), (room.height() - px(LEGEND) + gap) // (tall + gap), tile


def _cell(plan: Plan, cap: float, columns: int, rows: int) -> QSize:
    px = plan.theme.px
    gap, room = px(CELL_GAP), plan.grid
    most = round((cap + px(CELL_AIR)) * TALLEST_CELL)
    tall = (room.height() - px(LEGEND) - (rows - 1) * gap) // rows
    return QSize((room.width() - (columns - 1) * gap) // columns, min(tall, most))
