"""Brushwork that several screens share: panels, soft shadows, signs, and type that fits its room."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from html import escape
from math import sqrt

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shared.qt.theme import Theme

WRAP = int(Qt.TextFlag.TextWordWrap)
LEFT_TOP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
LEFT_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MIDDLE = int(Qt.AlignmentFlag.AlignCenter)

SHADOW = 56
"""How far the shadow reaches, in units of the 1080p drawing."""
SHADOW_LAYERS = 13
SHADOW_OPACITY = 2
"""Of one layer, of 255."""
UNLIMITED = 100_000
"""A height no text reaches, in pixels."""


class Sign(Enum):
    """A small drawn sign: fonts differ in what signs they hold."""

    HEART = auto()
    CHECK = auto()
    BACK = auto()
    ON = auto()
    NOTE = auto()
    BODY = auto()
    SEARCH = auto()
    ERASE = auto()
    HOME = auto()
    LIST = auto()
    CALENDAR = auto()
    CROSS = auto()
    TOUCH = auto()


@dataclass(frozen=True)
class Panel:
    """How a rounded panel looks: its filling, the radius of its corners, and an edge of `width` inside it."""

    fill: QColor
    radius: float
    edge: QColor | None = None
    width: float = 0


def brush(widget: QWidget) -> QPainter:
    """A smooth painter on `widget`; end it, or use it in `with`."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    return painter


def paint_panel(painter: QPainter, box: QRectF, panel: Panel) -> None:
    """A panel that fills `box`."""
    inset = panel.width / 2
    painter.setPen(Qt.PenStyle.NoPen if panel.edge is None else QPen(panel.edge, panel.width))
    painter.setBrush(panel.fill)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), panel.radius, panel.radius)


def paint_shadow(painter: QPainter, box: QRectF, theme: Theme, *, radius: float) -> None:
    """The one soft shadow, under what floats: layers that grow and fade."""
    # Black, for so faint a layer of any other colour is rounded to another hue.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, SHADOW_OPACITY))
    for layer in range(SHADOW_LAYERS):
        grown = theme.room(SHADOW) * (1 - sqrt(layer / SHADOW_LAYERS))  # thins out with the square
        spread = box.adjusted(-grown, -grown, grown, grown).translated(0, theme.px(14))
        painter.drawRoundedRect(spread, radius + grown, radius + grown)


def paint_mark(painter: QPainter, box: QRectF, theme: Theme, prefix: str, *, colour: QColor | None = None) -> None:
    """An agency's mark: its prefix on its colour."""
    paint_panel(painter, box, Panel(colour or theme.mark(prefix), box.height() * 0.26))
    painter.setPen(theme.on_mark)
    font = theme.font(32, 800)
    font.setPixelSize(round(box.height() * (0.55 if len(prefix) == 1 else 0.42)))
    painter.setFont(font)
    painter.drawText(box, MIDDLE, prefix)


def paint_sign(painter: QPainter, box: QRectF, sign: Sign, colour: QColor) -> None:
    """`sign` within the square `box`."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / 24, box.height() / 24)
    if sign is Sign.HEART:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    else:
        pen = QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_SIGNS[sign])
    painter.restore()


def _line(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def _heart() -> QPainterPath:
    path = QPainterPath(QPointF(12, 21))
    path.cubicTo(QPointF(3, 14), QPointF(1.5, 10.5), QPointF(1.5, 7.8))
    path.cubicTo(QPointF(1.5, 4.8), QPointF(3.9, 2.8), QPointF(6.6, 2.8))
    path.cubicTo(QPointF(9, 2.8), QPointF(11, 4.2), QPointF(12, 6.2))
    path.cubicTo(QPointF(13, 4.2), QPointF(15, 2.8), QPointF(17.4, 2.8))
    path.cubicTo(QPointF(20.1, 2.8), QPointF(22.5, 4.8), QPointF(22.5, 7.8))
    path.cubicTo(QPointF(22.5, 10.5), QPointF(21, 14), QPointF(12, 21))
    return path


def _note() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 10, 10)
    path.moveTo(12, 11)
    path.lineTo(12, 17)
    path.moveTo(12, 7)
    path.lineTo(12, 7.1)
    return path


def _body() -> QPainterPath:
    """A figure with its arms wide: for every body."""
    path = QPainterPath()
    path.addEllipse(QPointF(12, 4), 2, 2)
    for points in (((4, 9), (12, 10.5), (20, 9)), ((12, 10.5), (12, 15), (8.5, 22)), ((12, 15), (15.5, 22))):
        path.addPath(_line(*points))
    return path


def _search() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(10.5, 10.5), 7, 7)
    path.addPath(_line((15.6, 15.6), (21.5, 21.5)))
    return path


def _erase() -> QPainterPath:
    path = _line((8, 5), (2, 12), (8, 19), (22, 19), (22, 5), (8, 5))
    path.addPath(_line((11.5, 9), (17.5, 15)))
    path.addPath(_line((17.5, 9), (11.5, 15)))
    return path


def _list() -> QPainterPath:
    """Lines, each with its dot: several things in order."""
    path = QPainterPath()
    for high in (5, 12, 19):
        path.addPath(_line((3, high), (3, high + 0.1)))
        path.addPath(_line((9, high), (21, high)))
    return path


def _calendar() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(3, 5, 18, 16, 3, 3)
    for points in (((3, 10.5), (21, 10.5)), ((8, 2.5), (8, 6)), ((16, 2.5), (16, 6))):
        path.addPath(_line(*points))
    return path


def _cross() -> QPainterPath:
    path = _line((6, 6), (18, 18))
    path.addPath(_line((18, 6), (6, 18)))
    return path


def _touch() -> QPainterPath:
    """Where a finger comes down, and the ring around it."""
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 3.5, 3.5)
    path.addEllipse(QPointF(12, 12), 10, 10)
    return path


_SIGNS = {
    Sign.LIST: _list(),
    Sign.CALENDAR: _calendar(),
    Sign.CROSS: _cross(),
    Sign.TOUCH: _touch(),
    Sign.HOME: _line((4, 11), (12, 4), (20, 11), (18, 10), (18, 20), (6, 20), (6, 10)),
    Sign.BODY: _body(),
    Sign.HEART: _heart(),
    Sign.CHECK: _line((4, 12.5), (9.5, 18), (20, 6.5)),
    Sign.BACK: _line((15, 4), (7, 12), (15, 20)),
    Sign.ON: _line((9, 4), (17, 12), (9, 20)),
    Sign.NOTE: _note(),
    Sign.SEARCH: _search(),
    Sign.ERASE: _erase(),
}


# ---------------------------------------------------------------- type that fits


def text_size(font: QFont, text: str, width: int) -> QSize:
    """The room `text` takes when it wraps between words at `width`; wider where a word is."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, UNLIMITED), LEFT_TOP | WRAP, text).size()


def fitting_font(theme: Theme, text: str, room: QSize, steps: Sequence[int], weight: int) -> QFont:
    """The largest of `steps` at which `text`, wrapped between words, fits `room`; else the smallest."""
    for step in steps:
        font = theme.font(step, weight)
        size = text_size(font, text, room.width())
        if size.width() <= room.width() and size.height() <= room.height():
            return font
    return theme.font(steps[-1], weight)


class Prose(QLabel):
    """Running text in pieces, plain or strong, with room between its lines."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: Sequence[tuple[str, bool]] = ()
        self._ink = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)

    def dress(self, font: QFont, *, soft: QColor, ink: QColor) -> None:
        """Write in `font`, `soft`; the strong pieces bold, in `ink`."""
        self.setFont(font)
        set_ink(self, soft)
        self._ink = ink.name()
        self.write(self._pieces)

    def write(self, pieces: Sequence[tuple[str, bool]]) -> None:
        """Change it."""
        self._pieces = pieces
        written = "".join(
            f'<span style="font-weight: 700; color: {self._ink}">{escape(text)}</span>' if strong else escape(text)
            for text, strong in pieces
        )
        self.setText(f'<p style="line-height: 125%">{written}</p>')

    def text(self) -> str:
        """What it says, without its dress."""
        return "".join(text for text, _strong in self._pieces)


def balanced(font: QFont, text: str, width: int) -> str:
    """`text` broken so that its lines are about as long as each other, in as few lines as `width` allows."""
    high = text_size(font, text, width).height()
    words = text.split(" ")
    narrow = width
    while narrow > 0 and text_size(font, text, narrow).height() == high:
        narrow -= max(1, width // 40)
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if QFontMetrics(font).horizontalAdvance(longer) <= narrow + max(1, width // 40):
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


class BalancedLabel(QLabel):
    """A heading whose lines are about equally long."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """It breaks where it must."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What its words need at that width, in whole lines."""
        line, high = QFontMetrics(self.font()).lineSpacing(), text_size(self.font(), self._whole, width).height()
        # Where letters are not hinted they need a pixel more than their lines, and the label one more to draw them.
        return high + 1 if high % line else high

    def write(self, text: str) -> None:
        """Change it."""
        self._whole = text
        self._break()

    def text(self) -> str:
        """What it says, on one line."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break it anew for the new width."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:
        """Break it anew for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._break()

    def _break(self) -> None:
        broken = balanced(self.font(), self._whole, self.width()) if self._whole else ""
        if broken != super().text():
            self.setText(broken)


def set_ink(label: QLabel, colour: QColor) -> None:
    """Let `label` write in `colour`."""
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(palette)
