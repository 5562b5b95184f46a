"""The look as tokens: colours, type scale, spacing and touch size of one window.

Lengths are given in units of the 1080p drawings and scaled to the screen, so that no screen holds a
literal size or colour. Contrast figures of each colour pair stand in `tests/shared/test_theme.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase

from shared.assets import ASSETS
from shared.marks import mark_of
from shared.qt.palette import CONTRAST, DARK, LIGHT, PLAIN, Variant

FAMILY = "Plus Jakarta Sans"
TOUCH_MM = 20
"""Smallest side of a touch target in mm."""

TYPE_SCALE = (20, 24, 28, 36, 48, 60, 84)
USUAL_KIOSK_MM = (476.0, 268.0)
"""A 21.5-inch Full HD panel: assumed where neither the site file nor the screen tells a size."""

TIGHTER = (0.88, 0.76)
LARGE_TIGHTER = (0.92, 0.84)
"""How far a part shrinks, step by step, whose words do not fit: long names are never cut. Large print shrinks by its
own steps first, of which the last is still larger than the usual print."""

LARGE_BOX = 1.25
"""How much larger the boxes around text are in large print: most steps of the scale are a fifth to a third apart."""

REACH = 0.65
REACH_UPRIGHT = 0.55
"""How much of the screen's height, from below, can be touched in the variant `low`.

Of a 32-inch screen that stands upright with its lower edge 80 cm above the floor that is up to 1,190 mm; a seated
person reaches 380 to 1,220 mm (ADA Standards 2010, 308.2: 15 to 48 inches).
"""
REACH_MM = 174
REACH_UPRIGHT_MM = 262
REACH_MOST = 0.75
"""A panel lower than one of 21.5 inches may be touched as many millimetres from its lower edge as that one, at most to
three quarters of it: on 15 inches the search needs them."""


class Theme:
    """Sizes and colours for a window of `size` pixels; `mm` is what that size measures in reality.

    Scaled by the tighter of the two sides against 1920×1080 (or 1080×1920 when it stands upright). Screens that can do
    with a shorter `long` side than 1920 units write larger on panels of 4:3, 5:4 and 16:10.
    """

    def __init__(
        self,
        size: QSize,
        *,
        dark: bool = False,
        mm: tuple[float, float] | None = None,
        variant: Variant = PLAIN,
        long: int = 1920,
    ) -> None:
        shorter, longer = sorted((max(size.width(), 1), max(size.height(), 1)))
        self.scale = min(shorter / 1080, longer / long)
        self.size = size
        self.portrait = size.height() > size.width()
        self.variant = variant
        self.palette = CONTRAST if variant.contrast else DARK if dark else LIGHT
        self._box = self.scale * (LARGE_BOX if variant.large else 1)
        width_mm, height_mm = mm or (USUAL_KIOSK_MM[::-1] if self.portrait else USUAL_KIOSK_MM)
        share, reach_mm = (REACH_UPRIGHT, REACH_UPRIGHT_MM) if self.portrait else (REACH, REACH_MM)
        reach = max(share, min(REACH_MOST, reach_mm / height_mm))
        self.low_top = round(size.height() * (1 - reach)) if variant.low else 0
        """Above this line of the window, in pixels, nothing is there to touch."""
        dots_per_mm = max(size.width() / width_mm, size.height() / height_mm)
        self.touch = round(TOUCH_MM * dots_per_mm + 0.5)

    @property
    def low(self) -> bool:
        """Whether all that is touched stands in the lower part of the screen."""
        return self.variant.low

    def tighter(self) -> Iterator["Theme"]:
        """This theme, and ever smaller ones for a part whose words do not fit; touch targets keep their size."""
        usual = self
        for usual in self.not_below_usual():
            yield usual
        yield from (_shrunk(usual, factor) for factor in TIGHTER)

    def not_below_usual(self) -> Iterator["Theme"]:
        """As `tighter`, but only down to the usual print."""
        yield self
        if self.variant.large:
            yield from (_shrunk(self, factor) for factor in LARGE_TIGHTER)
            yield _shrunk(self, 1, large=False)

    def px(self, units: float) -> int:
        """`units` of the 1080p drawing in pixels of this window; at least 1 for anything above 0."""
        return max(1, round(units * self._box)) if units > 0 else 0

    def room(self, units: float) -> int:
        """As `px`, for the room at the screen's edges: in large print it grows no further, for words need it."""
        return max(1, round(units * self.scale)) if units > 0 else 0

    def font(self, step: float, weight: int = 500) -> QFont:
        """The house's type, `step` units high; weights 500, 700 and 800 (slightly tight)."""
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round((stepped_up(step) if self.variant.large else step) * self.scale)))
        font.setWeight(QFont.Weight(weight))
        if weight >= QFont.Weight.ExtraBold:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
        return font

    def mark(self, prefix: str) -> QColor:
        """The colour of an agency's mark: always the same for a prefix."""
        return QColor(mark_of(prefix, self.palette.marks))

    def pressed(self, token: str) -> QColor:
        """The palette's colour while a finger is on it."""
        colour = QColor(getattr(self.palette, token))
        return colour.darker(112) if colour.lightness() > 128 else colour.lighter(130)  # noqa: PLR2004  -- middle grey

    def __getattr__(self, name: str) -> QColor:
        """A palette colour by its token's name. Raises AttributeError for an unknown token."""
        return QColor(getattr(self.__dict__["palette"], name))


def _shrunk(theme: Theme, factor: float, *, large: bool = True) -> Theme:
    """`theme` in a smaller scale; not `large`: in the usual print, too."""
    small = Theme.__new__(Theme)
    variant = replace(theme.variant, large=theme.variant.large and large)
    scale = theme.scale * factor
    box = scale * (LARGE_BOX if variant.large else 1)
    small.__dict__.update(theme.__dict__ | {"scale": scale, "_box": box, "variant": variant})
    return small


def stepped_up(step: float) -> float:
    """`step` moved one step up the type scale, in proportion between two of them; its top stays the top."""
    scale = (*TYPE_SCALE, TYPE_SCALE[-1])
    if step < scale[0]:
        return step * scale[1] / scale[0]
    for low, high, further in zip(scale, scale[1:], scale[2:], strict=False):
        if step <= high:
            return high + (step - low) * (further - high) / (high - low)
    return step


@cache
def install_fonts() -> None:
    """Load the shipped fonts into the QApplication. Raises FileNotFoundError when they are missing."""
    files = sorted((ASSETS / "fonts").glob("*.ttf"))
    if not files:
        raise FileNotFoundError(ASSETS / "fonts")
    for file in files:
        QFontDatabase.addApplicationFont(str(file))
