"""A tile: one agency or one service to touch."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.screens.paint import (
    LEFT_MIDDLE,
    LEFT_TOP,
    WRAP,
    Panel,
    brush,
    fitting_font,
    paint_mark,
    paint_panel,
    text_size,
)
from shared.qt.theme import Theme

TITLE_STEPS = (30, 28, 26, 24, 22, 20, 18)
LARGE_TITLE_STEPS = (40, 36, *TITLE_STEPS)
"""For tiles higher than in a full page."""
LARGE = 260
"""In units of the 1080p drawing."""
MORE_STEPS = (20, 18)
FOOT_STEPS = (24, 22, 20, 18)


@dataclass(frozen=True)
class Face:
    """What a tile says. `foot`: its last line in pieces, each plain or strong.

    `mark`: the agency's prefix, '' for a service. `more`: the full name below a short one; left out where
    there is no room for it.
    """

    name: str
    """The tile's object name."""
    title: str
    more: str = ""
    mark: str = ""
    foot: tuple[tuple[str, bool], ...] = ()

    @property
    def foot_text(self) -> str:
        """The last line as one text."""
        return "".join(piece for piece, _strong in self.foot)


class Tile(QAbstractButton):
    """A card with a mark, a name that wraps and is never cut, and a last line about waiting."""

    def __init__(self, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = theme
        self._lit = False
        self._face = face
        self.show_face(face)

    @property
    def face(self) -> Face:
        """What the tile says."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Say `face`."""
        self._face = face
        self.setObjectName(face.name)
        self.setText(face.title)
        self.setAccessibleName(f"{face.title}. {face.more}. {face.foot_text}")
        self.update()

    def light(self, *, lit: bool) -> None:
        """Stay lit: this one was touched and is being worked on."""
        self._lit = lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, mark, name and last line."""
        with brush(self) as painter:
            self._paint_card(painter)
            pad = self._theme.px(28)
            room = self.rect().adjusted(pad, self._theme.px(24), -pad, -self._theme.px(22))
            foot = self._paint_foot(painter, room)
            self._paint_names(painter, room.adjusted(0, 0, 0, -foot))

    def _paint_card(self, painter: QPainter) -> None:
        theme = self._theme
        lit = self._lit or self.isDown()
        edge = theme.main if lit or self.hasFocus() else theme.line
        panel = Panel(theme.tint if lit else theme.card, theme.px(24), edge, theme.px(4 if edge != theme.line else 2))
        paint_panel(painter, QRectF(self.rect()), panel)

    def _paint_foot(self, painter: QPainter, room: QRect) -> int:
        """Paint the last line; returns the height it takes from the room."""
        theme = self._theme
        if not self._face.foot:
            return 0
        line = QSize(room.width(), theme.px(40))
        font = fitting_font(theme, self._face.foot_text, line, FOOT_STEPS, 700)
        box = QRect(room.left(), room.bottom() - theme.px(32), room.width(), theme.px(32))
        for text, strong in self._face.foot:
            font.setWeight(font.Weight(700 if strong else 500))
            painter.setFont(font)
            painter.setPen(theme.ink if strong else theme.soft)
            painter.drawText(box, LEFT_MIDDLE, text)
            box.setLeft(box.left() + QFontMetrics(font).horizontalAdvance(text))
        return theme.px(44)

    def _paint_names(self, painter: QPainter, room: QRect) -> None:
        theme = self._theme
        mark = theme.px(60)
        if self._face.mark:
            paint_mark(painter, QRectF(room.left(), room.top(), mark, mark), theme, self._face.mark)
            room = room.adjusted(mark + theme.px(20), 0, 0, 0)
        steps = LARGE_TITLE_STEPS if self.height() > theme.px(LARGE) else TITLE_STEPS
        title = fitting_font(theme, self._face.title, room.size(), steps, 700)
        high = text_size(title, self._face.title, room.width()).height()
        more = self._more_room(room, high)
        if self._face.mark and not more and high < mark:
            room = room.adjusted(0, (mark - high) // 2, 0, 0)
        painter.setPen(theme.ink)
        painter.setFont(title)
        painter.drawText(room, LEFT_TOP | WRAP, self._face.title)
        if more:
            painter.setPen(theme.soft)
            painter.setFont(fitting_font(theme, self._face.more, more.size(), MORE_STEPS, 500))
            painter.drawText(more, LEFT_TOP | WRAP, self._face.more)

    def _more_room(self, room: QRect, title_high: int) -> QRect | None:
        """Where the full name goes below the short one; None when there is none, or no room for all of it."""
        if not self._face.more:
            return None
        below = room.adjusted(0, title_high + self._theme.px(4), 0, 0)
        font = self._theme.font(MORE_STEPS[-1])
        size = text_size(font, self._face.more, below.width())
        fits = size.height() <= below.height() and size.width() <= below.width()
        return below if fits else None
