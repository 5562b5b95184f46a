"""A tile: one agency or one service to touch."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
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
    there is no room for it. `rests`: no number is given now, and the last line says why.
    """

    name: str
    """The tile's object name."""
    title: str
    more: str = ""
    mark: str = ""
    foot: tuple[tuple[str, bool], ...] = ()
    rests: bool = False

    @property
    def foot_text(self) -> str:
        """The last line as one text."""
        return "".join(piece for piece, _strong in self.foot)


@dataclass(frozen=True)
class Text:
    """A text in its room, wrapped between words."""

    text: str
    room: QRect
    font: QFont

    @property
    def fits(self) -> bool:
        """Whether all of it can be read."""
        size = text_size(self.font, self.text, self.room.width())
        return size.width() <= self.room.width() and size.height() <= self.room.height()

    def paint(self, painter: QPainter, ink: QColor) -> None:
        """Write it."""
        painter.setPen(ink)
        painter.setFont(self.font)
        painter.drawText(self.room, LEFT_TOP | WRAP, self.text)


@dataclass(frozen=True)
class Plan:
    """How a tile is laid out: mark, name, full name where there is room, last line."""

    mark: QRect | None
    title: Text
    more: Text | None
    foot: Text

    @property
    def fits(self) -> bool:
        """Whether nothing is cut."""
        return self.title.fits and self.foot.fits


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
        if face == self._face and self.objectName():
            return
        self._face = face
        self.setObjectName(face.name)
        self.setText(face.title)
        self.setAccessibleName(". ".join(part for part in (face.title, face.more, face.foot_text) if part))
        self.update()

    def light(self, *, lit: bool) -> None:
        """Stay lit: this one was touched and is being worked on."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def plan(self) -> Plan:
        """Where everything stands and how large it is written, in this tile's size."""
        theme, face = self._theme, self._face
        side = theme.px(28)
        room = self.rect().adjusted(side, theme.px(24), -side, -theme.px(22))
        foot = QRect(room.left(), room.bottom() - theme.px(32), room.width(), theme.px(32))
        if face.foot:
            room.setBottom(foot.top() - theme.px(12))
        mark = QRect(room.left(), room.top(), theme.px(60), theme.px(60)) if face.mark else None
        if mark is not None:
            room.setLeft(mark.right() + theme.px(20))
        steps = LARGE_TITLE_STEPS if self.height() > theme.px(LARGE) else TITLE_STEPS
        font = fitting_font(theme, face.title, room.size(), steps, 700)
        high = text_size(font, face.title, room.width()).height()
        more = self._more(room.adjusted(0, high + theme.px(4), 0, 0))
        if mark is not None and more is None and high < mark.height():
            room.translate(0, (mark.height() - high) // 2)
        foot_font = fitting_font(theme, face.foot_text, foot.size(), FOOT_STEPS, 700)
        return Plan(mark, Text(face.title, room, font), more, Text(face.foot_text, foot, foot_font))

    def _more(self, room: QRect) -> Text | None:
        """The full name below the short one; None when there is none, or no room for all of it."""
        font = fitting_font(self._theme, self._face.more, room.size(), MORE_STEPS, 500)
        text = Text(self._face.more, room, font)
        return text if self._face.more and text.fits else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, mark, name and last line."""
        theme, plan = self._theme, self.plan()
        with brush(self) as painter:
            self._paint_card(painter)
            if plan.mark is not None:
                self._paint_mark(painter, QRectF(plan.mark))
            rests = self._face.rests
            plan.title.paint(painter, theme.resting_ink if rests else theme.ink)
            if plan.more is not None:
                plan.more.paint(painter, theme.resting_ink if rests else theme.soft)
            self._paint_foot(painter, plan.foot)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        colour = self._theme.resting_ink if self._face.rests else None
        paint_mark(painter, box, self._theme, self._face.mark, colour=colour)

    def _paint_card(self, painter: QPainter) -> None:
        theme = self._theme
        lit = self._lit or self.isDown()
        ringed = lit or self.hasFocus()
        edge, width = (theme.main, theme.px(4)) if ringed else (theme.line, theme.px(2))
        fill = theme.tint if lit else theme.resting if self._face.rests else theme.card
        paint_panel(painter, QRectF(self.rect()), Panel(fill, theme.px(24), edge, width))

    def _paint_foot(self, painter: QPainter, foot: Text) -> None:
        box, font = QRect(foot.room), foot.font
        ink = self._theme.resting_reason if self._face.rests else self._theme.ink
        for text, strong in self._face.foot:
            font.setWeight(font.Weight(700 if strong else 500))
            painter.setFont(font)
            painter.setPen(ink if strong else self._theme.soft)
            painter.drawText(box, LEFT_MIDDLE, text)
            box.setLeft(box.left() + QFontMetrics(font).horizontalAdvance(text))
