"""Where everything stands on a TV: one plan for landscape, portrait and whatever lies between. Pure geometry."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

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
ROW_AIR = 72
"""What a row needs besides its number's capitals: the agency's line and the space around."""
LEAST_PANEL_UPRIGHT = 0.46
"""The panel's part of a portrait screen's room; the rows have the rest."""
MOST_ROWS = 7


@dataclass(frozen=True)
class Plan:
    """The places of a TV's parts in pixels. `row_count`: as many rows as their capitals' height allows."""

    theme: Theme
    height: int
    header: QRect
    panel: QRect
    rows: QRect
    row_count: int
    strip: QRect
    ribbon: QRect

    def cap(self, share: float) -> float:
        """A capital's height in pixels, from its share of the screen's height."""
        return share * self.height


def plan_of(size: QSize, *, ribbon: bool) -> Plan:
    """The plan for a screen of `size` pixels; `ribbon`: it has a running text."""
    theme = Theme(size, dark=True)
    width, height = size.width(), size.height()
    px = theme.px
    side, gap = px(MARGIN), px(GAP)
    band = px(RIBBON) if ribbon else 0
    ribbon_at = QRect(0, height - band, width, band)
    strip_bottom = height - band - (gap if ribbon else side)
    strip = QRect(side, strip_bottom - px(STRIP), width - 2 * side, px(STRIP))
    header = QRect(side, 0, width - 2 * side, px(HEADER))
    room = QRect(side, header.bottom() + 1, width - 2 * side, strip.top() - px(20) - header.bottom() - 1)
    least_row = round(ROW_CAP * height) + px(ROW_AIR)
    panel, rows = _upright(room, theme, least_row) if theme.portrait else _lying(room, theme)
    count = max(1, min(MOST_ROWS, (rows.height() + px(ROW_GAP)) // (least_row + px(ROW_GAP))))
    return Plan(theme, height, header, panel, rows, count, strip, ribbon_at)


def _lying(room: QRect, theme: Theme) -> tuple[QRect, QRect]:
    gap = theme.px(GAP)
    panel = QRect(room.left(), room.top(), round(room.width() * PANEL_SHARE) - gap // 2, room.height())
    left = panel.right() + 1 + gap
    return panel, QRect(left, room.top(), room.right() + 1 - left, room.height())


def _upright(room: QRect, theme: Theme, least_row: int) -> tuple[QRect, QRect]:
    gap, row_gap = theme.px(GAP), theme.px(ROW_GAP)
    for_rows = round(room.height() * (1 - LEAST_PANEL_UPRIGHT)) - gap
    count = max(1, min(MOST_ROWS, (for_rows + row_gap) // (least_row + row_gap)))
    tall = count * least_row + (count - 1) * row_gap
    panel = QRect(room.left(), room.top(), room.width(), room.height() - tall - gap)
    return panel, QRect(room.left(), panel.bottom() + 1 + gap, room.width(), tall)
