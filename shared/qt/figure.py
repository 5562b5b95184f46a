"""A ticket's number as a shape: the same on the kiosk's screen as on the TV, where its visitor looks for it."""

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

from shared.qt.theme import FAMILY

HYPHEN, HYPHEN_AIR = 0.55, 0.12
"""The hyphen's width of the type's own, and the space on both sides of it, of the capitals' height."""
DRAWN_AT = 1000
"""Pixels at which a shape is taken from the type, before it is scaled."""


@lru_cache(maxsize=512)
def shape(text: str) -> QPainterPath:
    """`text` in the heaviest type as a shape: capitals 1.0 high, standing on y = 0, its ink beginning at x = 0.

    The type's hyphen is as wide as a dash; between a prefix and its digits it stands at half that width.
    """
    font = QFont(FAMILY)
    font.setPixelSize(DRAWN_AT)
    font.setWeight(QFont.Weight.ExtraBold)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
    cap = QFontMetricsF(font).capHeight()
    path, left = QPainterPath(), 0.0
    path.setFillRule(Qt.FillRule.WindingFill)  # the type's strokes overlap
    for run in filter(None, re.split("(-)", text)):
        part = QPainterPath()
        part.addText(QPointF(0, 0), font, run)
        box = part.boundingRect()
        narrow = HYPHEN if run == "-" else 1.0
        path.addPath(QTransform(narrow, 0, 0, 1, left - box.left() * narrow, 0).map(part))
        left += box.width() * narrow + HYPHEN_AIR * cap
    return QTransform.fromScale(1 / cap, 1 / cap).map(path)
