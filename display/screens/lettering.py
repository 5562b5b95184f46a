"""Lettering measured by what people see of it: the height of its capitals and the edges of its ink."""

import re
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from shared.qt.figure import shape

NARROWEST = 0.88
"""How far a figure may be set narrower, of its own width, before its capitals become lower."""
SMALLEST_LINE = 0.72
"""How far a line may be set smaller before it is cut with an ellipsis."""
OVERSHOOT = 0.04
"""Of a figure's height: round digits stand a little above and below the capitals."""
DIGIT = re.compile(r"\d")


def ink_width(text: str, cap: float) -> float:
    """How wide `text` is with capitals of `cap` pixels, from ink to ink."""
    return shape(text).boundingRect().width() * cap


def steady_width(text: str, cap: float) -> float:
    """How wide `text` is at most, whatever its digits: what stands beside a number then does not jump."""
    return max(ink_width(text, cap), ink_width(DIGIT.sub("0", text), cap))


def text_width(font: QFont, text: str) -> int:
    """The room a line of `text` needs."""
    return ceil(QFontMetricsF(font).horizontalAdvance(text)) + 1


class Line(QWidget):
    """One line of words: set a little smaller when it is long, cut with an ellipsis when it is longer still."""

    def __init__(self, parent: QWidget, *, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        super().__init__(parent)
        self._align = align
        self._text = ""
        self._font = QFont()
        self._colour = QColor()

    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self.update()

    def dress(self, font: QFont, colour: QColor) -> None:
        """Another type or colour."""
        self._font, self._colour = font, colour
        self.update()

    def natural_width(self) -> int:
        """The width at which nothing is made smaller."""
        return text_width(self._font, self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line in the middle of its height."""
        font = self._fitted()
        text = QFontMetricsF(font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._colour)
        painter.drawText(self.rect(), self._align | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _fitted(self) -> QFont:
        share = self.width() / max(1, self.natural_width())
        if share >= 1:
            return self._font
        font = QFont(self._font)
        font.setPixelSize(max(1, int(font.pixelSize() * max(share, SMALLEST_LINE))))
        return font


class Figure(QWidget):
    """A number on one line, as large as its room, with its ink flush at one edge and centred in height.

    A number too long for capitals of `floor` pixels is set narrower, down to `NARROWEST`; one that is still too long
    has lower capitals, as high as its room is wide. It is never broken: half of a number is another number.
    """

    def __init__(self, parent: QWidget, *, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        super().__init__(parent)
        self._align = align
        self._text = ""
        self._floor = self._ceiling = 1
        self._colour = QColor()

    def text(self) -> str:
        """The number."""
        return self._text

    def say(self, text: str) -> None:
        """Another number."""
        if text != self._text:
            self._text = text
            self.update()

    def dress(self, colour: QColor, *, floor: float, ceiling: float) -> None:
        """Another colour; capitals at most `ceiling` pixels high, and at least `floor` where the width allows it."""
        self._colour, self._floor, self._ceiling = colour, ceil(floor), max(ceil(floor), int(ceiling))
        self.update()

    def cap(self) -> int:
        """The height of its capitals in pixels; whole ones, so that their edges are sharp.

        The highest that fit, whatever the digits: numbers then do not jump.
        """
        most = cap = min(self._ceiling, self.height() * (1 - OVERSHOOT))
        width = steady_width(self._text, cap)
        if width > self.width():
            fitting = cap * self.width() / width
            cap = min(most, max(fitting, min(self._floor, fitting / NARROWEST)))
        return max(1, int(cap))

    def natural_width(self) -> int:
        """The width it needs at the highest capitals allowed, whatever its digits."""
        return ceil(steady_width(self._text, self._ceiling))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number by its ink."""
        cap = self.cap()
        wide = ink_width(self._text, cap)
        narrow = min(1.0, self.width() / max(1.0, wide))
        baseline = round((self.height() + cap) / 2)
        placed = QTransform(cap * narrow, 0, 0, cap, self._left(wide * narrow), baseline)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(placed.map(shape(self._text)), self._colour)
        painter.end()

    def _left(self, wide: float) -> float:
        free = self.width() - wide
        return {Qt.AlignmentFlag.AlignRight: free, Qt.AlignmentFlag.AlignHCenter: free / 2}.get(self._align, 0.0)
