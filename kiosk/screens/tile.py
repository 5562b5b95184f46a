"""A tile: one agency or one service to touch."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.screens.aim import REACTION_S
from kiosk.screens.paint import (
    LEFT_MIDDLE,
    LEFT_TOP,
    WRAP,
    Panel,
    Sign,
    brush,
    fitting_font,
    paint_mark,
    paint_panel,
    paint_sign,
    text_size,
)
from shared.qt.theme import Theme

TITLE_STEPS = (30, 28, 26, 24, 22, 20, 18)
LARGE_TITLE_STEPS = (40, 36, *TITLE_STEPS)
"""For tiles higher than in a full page."""
LARGE, LOW = 260, 156
"""The height from which a tile is large, and that under which its margins are narrow, in units of the 1080p drawing."""
MORE_STEPS = (20, 18)
MORE_STAYS_STEPS = (*MORE_STEPS, 16)
FOOT_STEPS = (24, 22, 20, 18)
CROSS = 60
"""The disc of the cross on a tile that a touch removes, in units of the 1080p drawing."""


@dataclass(frozen=True)
class Face:
    """What a tile says. `foot`: its last line in pieces, each plain or strong.

    `mark`: the agency's prefix, '' for a service. `more`: the full name below a short one; left out where there
    is no room for it, unless it `stays`: the agency below its service. `rests`: no number is given now, and the
    last line says why. `removes`: what a touch takes away, said to who cannot see the cross; '' where it chooses.
    """

    name: str
    """The tile's object name."""
    title: str
    more: str = ""
    mark: str = ""
    foot: tuple[tuple[str, bool], ...] = ()
    rests: bool = False
    stays: bool = False
    removes: str = ""

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
        return self.title.fits and self.foot.fits and (self.more is None or self.more.fits)


class Tile(QAbstractButton):
    """A card with a mark, a name that wraps and is never cut, and a last line about waiting.

    A finger on it chooses what it came down on, whatever moves or is written anew below it.
    """

    def __init__(self, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = theme
        self._lit = False
        self._most_foot = 0
        self._before, self._moved_at = "", -REACTION_S
        self._meant, self._held = "", QRect()
        self._face = face
        self.show_face(face)

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`; a finger on it stays there."""
        self._theme = theme
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As `Button`."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

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
        self.setAccessibleName(
            ". ".join(part for part in (face.title, face.more, face.foot_text, face.removes) if part)
        )
        self.update()

    def take_place_of(self, name: str) -> None:
        """Until now another tile stood here: a finger on its way means that one."""
        self._before, self._moved_at = name, time.monotonic()

    # -------------------------------------------------------- under a finger

    @property
    def meant(self) -> str:
        """The object name of the tile that a click chooses."""
        return self._meant or self.objectName()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger comes down, as the window system tells it: what is told without its time was aimed by no eye."""
        on_its_way = event.timestamp() and time.monotonic() - self._moved_at < REACTION_S
        self._meant = self._before if on_its_way else self.objectName()
        self._held = QRect(self.mapToGlobal(QPoint()), self.size())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It goes up again."""
        super().mouseReleaseEvent(event)
        self._meant, self._held = "", QRect()

    def hideEvent(self, event: QHideEvent) -> None:
        """The screen has changed under it: it goes up elsewhere."""
        super().hideEvent(event)
        self._meant, self._held = "", QRect()
        self.setDown(False)

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802  -- Qt's name
        """Whether a finger there is on the tile: on where it stood when that came down."""
        return self._held.contains(self.mapToGlobal(place)) if self._meant else super().hitButton(place)

    # -------------------------------------------------------- what is seen

    def light(self, *, lit: bool) -> None:
        """Stay lit: this one was touched and is being worked on."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def foot_pixels(self) -> int:
        """How large its last line may be written where nothing else is in its way."""
        room = QSize(self.width() - 2 * self._theme.px(28), self._theme.px(32))
        return fitting_font(self._theme, self._face.foot_text, room, FOOT_STEPS, 700).pixelSize()

    def level_foot(self, pixels: int) -> None:
        """Write the last line no larger than that, as those beside it; 0: as large as it fits."""
        if pixels != self._most_foot:
            self._most_foot = pixels
            self.update()

    def plan(self) -> Plan:
        """Where everything stands and how large it is written, in this tile's size: smaller where it does not fit."""
        plans = [self._plan(self._theme)]
        if not plans[0].fits:
            plans += map(self._plan, self._theme.tighter())
        return next((plan for plan in plans if plan.fits), plans[-1])

    def _plan(self, theme: Theme) -> Plan:
        face = self._face
        side, low = theme.px(28), face.stays or self.height() < theme.px(LOW)
        room = self.rect().adjusted(side, theme.px(10 if low else 24), -side, -theme.px(10 if low else 22))
        if face.removes:
            room.setRight(room.right() - theme.px(CROSS + 20))
        foot = QRect(room.left(), room.bottom() - theme.px(32), room.width(), theme.px(32))
        if face.foot:
            room.setBottom(foot.top() - (0 if low else theme.px(12)))
        mark_size = theme.px(52 if low else 60)
        mark = QRect(room.left(), room.top() + (theme.px(4) if low else 0), mark_size, mark_size) if face.mark else None
        if mark is not None:
            room.setLeft(mark.right() + theme.px(20))
        steps = LARGE_TITLE_STEPS if self.height() > theme.px(LARGE) else TITLE_STEPS
        kept = self._kept(room, theme)
        font = fitting_font(theme, face.title, room.adjusted(0, 0, 0, -kept).size(), steps, 700)
        high = text_size(font, face.title, room.width()).height()
        more = self._more(room.adjusted(0, high + (0 if kept else theme.px(4)), 0, 0), theme)
        if mark is not None and more is None and high < mark.height():
            room.translate(0, (mark.height() - high) // 2)
        foot_font = fitting_font(theme, face.foot_text, foot.size(), FOOT_STEPS, 700)
        foot_font.setPixelSize(min(foot_font.pixelSize(), self._most_foot or foot_font.pixelSize()))
        return Plan(mark, Text(face.title, room, font), more, Text(face.foot_text, foot, foot_font))

    def _kept(self, room: QRect, theme: Theme) -> int:
        """How much of the room's height the name below the title keeps for itself."""
        if not (self._face.stays and self._face.more):
            return 0
        return text_size(theme.font(MORE_STAYS_STEPS[-1], 500), self._face.more, room.width()).height()

    def _more(self, room: QRect, theme: Theme) -> Text | None:
        """The full name below the short one; None when there is none, or no room for all of it."""
        steps = MORE_STAYS_STEPS if self._face.stays else MORE_STEPS
        font = fitting_font(theme, self._face.more, room.size(), steps, 500)
        text = Text(self._face.more, room, font)
        return text if self._face.more and (text.fits or self._face.stays) else None

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
            if self._face.removes:
                self._paint_cross(painter)

    def _paint_cross(self, painter: QPainter) -> None:
        theme = self._theme
        size = theme.px(CROSS)
        disc = QRectF(self.width() - theme.px(28) - size, (self.height() - size) / 2, size, size)
        paint_panel(painter, disc, Panel(theme.resting, size / 2))
        inset = size * 0.27
        paint_sign(painter, disc.adjusted(inset, inset, -inset, -inset), Sign.CROSS, theme.ink)

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
