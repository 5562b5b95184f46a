"""The look as tokens: colours, type scale, spacing and touch size of one window.

Lengths are given in units of the 1080p drawings and scaled to the screen, so that no screen holds a
literal size or colour. Contrast figures of each colour pair stand in `tests/shared/test_theme.py`.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase

from shared.assets import ASSETS

FAMILY = "Plus Jakarta Sans"
TOUCH_MM = 20
"""Smallest side of a touch target in mm."""

TYPE_SCALE = (20, 24, 28, 36, 48, 60, 84)
USUAL_KIOSK_MM = (476.0, 268.0)
"""A 21.5-inch Full HD panel: assumed where neither the site file nor the screen tells a size."""

MARKS = ("#0B5D5E", "#1D4E89", "#9A3B1B", "#5B2A86", "#7A5C00", "#1B6B3A", "#8C1C4B", "#37474F")
"""The eight deep colours an agency's mark may have."""


@dataclass(frozen=True)
class Palette:
    """The colours of one surface, as `#RRGGBB`."""

    ground: str
    card: str
    ink: str
    soft: str
    line: str
    main: str
    on_main: str
    tint: str
    called: str
    on_called: str
    priority: str
    on_priority: str
    resting: str
    resting_ink: str
    resting_reason: str
    late: str
    well: str
    ribbon: str


LIGHT = Palette(
    ground="#F5F2EC",
    card="#FFFFFF",
    ink="#14213D",
    soft="#4A5568",
    line="#E4DED1",
    main="#0B5D5E",
    on_main="#FFFFFF",
    tint="#E6F1EF",
    called="#FFC857",
    on_called="#0B1B2B",
    priority="#5B2A86",
    on_priority="#FFFFFF",
    resting="#EDE9DF",
    resting_ink="#5B6472",
    resting_reason="#8A4B00",
    late="#B3261E",
    well="#17703F",
    ribbon="#0B5D5E",
)
DARK = Palette(
    ground="#0B1B2B",
    card="#13293F",
    ink="#F7F4EC",
    soft="#A9BCCF",
    line="#24405C",
    main="#0B5D5E",
    on_main="#FFFFFF",
    tint="#1B3550",
    called="#FFC857",
    on_called="#0B1B2B",
    priority="#5B2A86",
    on_priority="#FFFFFF",
    resting="#13293F",
    resting_ink="#A9BCCF",
    resting_reason="#FFC857",
    late="#FF8A80",
    well="#7BD8A5",
    ribbon="#0B5D5E",
)


class Theme:
    """Sizes and colours for a window of `size` pixels; `mm` is what that size measures in reality.

    Scaled by the tighter of the two sides against 1920×1080 (or 1080×1920 when it stands upright).
    """

    def __init__(self, size: QSize, *, dark: bool = False, mm: tuple[float, float] | None = None) -> None:
        short, long = sorted((max(size.width(), 1), max(size.height(), 1)))
        self.scale = min(short / 1080, long / 1920)
        self.portrait = size.height() > size.width()
        self.palette = DARK if dark else LIGHT
        width_mm, height_mm = mm or (USUAL_KIOSK_MM[::-1] if self.portrait else USUAL_KIOSK_MM)
        dots_per_mm = max(size.width() / width_mm, size.height() / height_mm)
        self.touch = round(TOUCH_MM * dots_per_mm + 0.5)

    def px(self, units: float) -> int:
        """`units` of the 1080p drawing in pixels of this window; at least 1 for anything above 0."""
        return max(1, round(units * self.scale)) if units > 0 else 0

    def font(self, step: float, weight: int = 500) -> QFont:
        """The house's type, `step` units high; weights 500, 700 and 800 (slightly tight)."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(step))
        font.setWeight(QFont.Weight(weight))
        if weight >= QFont.Weight.ExtraBold:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
        return font

    def mark(self, prefix: str) -> QColor:
        """The colour of an agency's mark: always the same for a prefix."""
        return QColor(MARKS[sum(ord(letter) for letter in prefix) % len(MARKS)])

    def __getattr__(self, name: str) -> QColor:
        """A palette colour by its token's name. Raises AttributeError for an unknown token."""
        return QColor(getattr(self.__dict__["palette"], name))


@cache
def install_fonts() -> None:
    """Load the shipped fonts into the QApplication. Raises FileNotFoundError when they are missing."""
    files = sorted((ASSETS / "fonts").glob("*.ttf"))
    if not files:
        raise FileNotFoundError(ASSETS / "fonts")
    for file in files:
        QFontDatabase.addApplicationFont(str(file))
