"""Lettering measured by what people see of it: the height of its capitals and the edges of its ink."""

import re
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from shared.qt.theme import FAMILY

NARROWEST = 0.88
"""How far a figure may be set narrower, of its own width, before its capitals would become too low."""
SMALLEST_LINE = 0.72
"""How far a line may be set smaller before it is cut with an ellipsis."""
DIGIT = re.compile(r"\d")
LINE_GAP = 0.24
"""Between the two lines of a broken number, of the height of its capitals."""


def cap_font(cap: float, *, weight: int = 800) -> QFont:
    """The house's type with capitals at least `cap` pixels high; 800 with slightly tight tracking."""
    font = QFont(FAMILY)
    font.setWeight(QFont.Weight(weight))
    if weight >= QFont.Weight.ExtraBold:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
    font.setPixelSize(1000)
    per_mille = QFontMetricsF(font).capHeight()
    font.setPixelSize(max(1, ceil(cap * 1000 / per_mille)))
    return font


def ink(font: QFont, text: str) -> QRectF:
    """What `text` covers, relative to where its baseline begins."""
    return QFontMetricsF(font).tightBoundingRect(text)


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
        return ceil(QFontMetricsF(self._font).horizontalAdvance(self._text)) + 1

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
    """A number as large as its room, with its ink flush at one edge and centred in height.

    Broken after its hyphen (`ZB-` over `1000`) where one line would be lower than `floor` pixels; never
    lower than `floor`, though it is then set narrower.
    """

    def __init__(self, parent: QWidget, *, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        super().__init__(parent)
        self._align = align
        self._text = ""
        self._floor = self._ceiling = 1.0
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
        """Another colour; capitals between `floor` and `ceiling` pixels high."""
        self._colour, self._floor, self._ceiling = colour, floor, ceiling
        self.update()

    def lines(self) -> list[str]:
        """The number as it is broken here."""
        if self._cap([self._text]) >= self._floor or "-" not in self._text:
            return [self._text]
        head, _, tail = self._text.partition("-")
        return [f"{head}-", tail]

    def cap(self) -> float:
        """The height of its capitals in pixels."""
        return max(self._floor, self._cap(self.lines()))

    def natural_width(self) -> int:
        """The width its ink needs on one line at the highest capitals allowed."""
        return ceil(ink(cap_font(self._ceiling), self._text).width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number by its ink."""
        lines, cap = self.lines(), self.cap()
        font = cap_font(cap)
        cap = QFontMetricsF(font).capHeight()
        gap = cap * LINE_GAP
        top = (self.height() - len(lines) * cap - (len(lines) - 1) * gap) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(self._colour)
        for index, line in enumerate(lines):
            self._draw(painter, line, top + cap + index * (cap + gap))
        painter.end()

    def _draw(self, painter: QPainter, line: str, baseline: float) -> None:
        box = ink(painter.font(), line)
        narrow = min(1.0, self.width() / max(1.0, box.width()))
        free = self.width() - box.width() * narrow
        left = {Qt.AlignmentFlag.AlignRight: free, Qt.AlignmentFlag.AlignHCenter: free / 2}.get(self._align, 0.0)
        painter.save()
        painter.translate(left, baseline)
        painter.scale(narrow, 1.0)
        painter.drawText(QPointF(-box.left(), 0), line)
        painter.restore()

    def _cap(self, lines: list[str]) -> float:
        """The highest capitals at which `lines` fit here, whatever their digits: numbers then do not jump."""
        room = (self.height() - 1) / (len(lines) + (len(lines) - 1) * LINE_GAP)
        cap = min(self._ceiling, room)
        width = max(ink(cap_font(cap), DIGIT.sub("0", line)).width() for line in lines)
        if width <= self.width():
            return cap
        fitting = cap * self.width() / width
        return max(fitting, min(self._floor, fitting / NARROWEST))
