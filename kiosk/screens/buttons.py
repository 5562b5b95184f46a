"""The kiosk's buttons: pills, round ones, and the two-line pill of Antrean Prioritas. None smaller than a touch."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.screens.paint import (
    LEFT_MIDDLE,
    MIDDLE,
    UNLIMITED,
    Panel,
    Sign,
    balanced,
    brush,
    paint_panel,
    paint_sign,
    text_size,
)
from shared.qt.theme import Theme


@dataclass(frozen=True)
class Coat:
    """A button's colours, as names of the theme's tokens."""

    fill: str
    ink: str
    edge: str


DARK = Coat(fill="ink", ink="card", edge="ink")
WHITE = Coat(fill="card", ink="ink", edge="line")
PLAIN = Coat(fill="ground", ink="ink", edge="soft")
MAIN = Coat(fill="main", ink="on_main", edge="main")
RESTING = Coat(fill="resting", ink="resting_ink", edge="line")
PRIORITY_OFF = Coat(fill="card", ink="priority", edge="priority")
PRIORITY_ON = Coat(fill="priority", ink="on_priority", edge="priority")


SIDES, SIDES_NARROW = 88, 60
"""What a pill has beside its words, both sides together, in units of the 1080p drawing."""


class Button(QAbstractButton):
    """A button that paints itself in a `Coat`; its height is never under a touch target's."""

    def __init__(self, name: str, coat: Coat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.coat = coat
        self.theme = Theme(QSize(1920, 1080))

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar presses it; all other keys are the window's, be they a scanner's or the keypad's."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        """A finger on it goes up elsewhere: shown again it is not under one."""
        super().hideEvent(event)
        self.setDown(False)

    @property
    def height_wanted(self) -> int:
        """A pill's height in pixels."""
        return max(self.theme.px(92), self.theme.touch)

    def colour(self, token: str) -> QColor:
        """The theme's colour of that name."""
        return QColor(getattr(self.theme.palette, token))

    def paint_body(self, painter: QPainter) -> QRectF:
        """The button's panel; darker while a finger is on it. Returns its box."""
        box = QRectF(self.rect())
        fill = self.theme.pressed(self.coat.fill) if self.isDown() else self.colour(self.coat.fill)
        width = self.theme.px(4 if self.hasFocus() else 2)
        edge = self.colour("main") if self.hasFocus() else self.colour(self.coat.edge)
        paint_panel(painter, box, Panel(fill, self.radius(box), edge, width))
        return box

    def radius(self, box: QRectF) -> float:
        """Of its corners: a pill's."""
        return box.height() / 2


class Pill(Button):
    """A word or two in a pill, with a sign before them where there is one."""

    def __init__(self, name: str, coat: Coat, sign: Sign | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, coat, parent)
        self._sign = sign
        self.step = 26
        self._sides = SIDES

    def fold(self, *, narrow: bool) -> None:
        """Be narrow, or as wide as it likes to be."""
        self._sides = SIDES_NARROW if narrow else SIDES

    def write(self, text: str) -> None:
        """Change the words."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)  # Qt takes an '&' in a text for a shortcut's mark, and leaves it out here
            self.setShortcut(QKeySequence())
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its words, as high as a touch."""
        theme = self.theme
        sign = theme.px(26) + theme.px(14) if self._sign else 0
        words = QFontMetrics(theme.font(self.step, 700)).horizontalAdvance(self.text())
        return QSize(max(words + sign + theme.px(self._sides), self.height_wanted), self.height_wanted)

    def minimumSizeHint(self) -> QSize:
        """Never less: words are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint pill, sign and words, in the middle."""
        theme = self.theme
        with brush(self) as painter:
            box = self.paint_body(painter)
            font = theme.font(self.step, 700)
            painter.setFont(font)
            ink = self.colour(self.coat.ink)
            words = QFontMetrics(font).horizontalAdvance(self.text())
            size = theme.px(26) if self._sign else 0
            gap = theme.px(14) if self._sign else 0
            left = box.center().x() - (words + size + gap) / 2
            if self._sign:
                paint_sign(painter, QRectF(left, box.center().y() - size / 2, size, size), self._sign, ink)
            painter.setPen(ink)
            painter.drawText(QRectF(left + size + gap, 0, words + 2, box.height()), LEFT_MIDDLE, self.text())


class RoundButton(Button):
    """A round button with a sign only: turning pages."""

    def __init__(self, name: str, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(name, DARK, parent)
        self._sign = sign

    def sizeHint(self) -> QSize:
        """A circle as high as a pill."""
        return QSize(self.height_wanted, self.height_wanted)

    def minimumSizeHint(self) -> QSize:
        """Never less than a touch."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint circle and sign; pale where there is no further page."""
        self.coat = DARK if self.isEnabled() else RESTING
        with brush(self) as painter:
            box = self.paint_body(painter)
            size = self.theme.px(34)
            sign = QRectF(0, 0, size, size)
            sign.moveCenter(box.center())
            paint_sign(painter, sign, self._sign, self.colour(self.coat.ink))


class Switch(Button):
    """A button that is on or off as the kiosk says; a touch only asks for the change."""

    def __init__(self, name: str, coat: Coat, parent: QWidget | None = None) -> None:
        super().__init__(name, coat, parent)
        self.setCheckable(True)

    def nextCheckState(self) -> None:  # noqa: N802  -- Qt's name
        """Stay as it is: the kiosk's next scene says what it is."""


class PriorityButton(Switch):
    """Antrean Prioritas: a switch in two lines, who it is for below what it is. On: filled, with a check mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("priority", PRIORITY_OFF, parent)
        self._who = self._lines = self._in_two = ""
        self._narrow = False

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        super().dress(theme)
        self._break_in_two()

    def _break(self) -> None:
        """In large print, and where it is to be narrow, for whom it is takes two lines: others stand beside it."""
        self._lines = self._in_two if self.theme.variant.large or self._narrow else self._who

    def _break_in_two(self) -> None:
        font = self.theme.font(20)
        wide = QFontMetrics(font).horizontalAdvance(self._who)
        self._in_two = balanced(font, self._who, round(wide * 0.62))
        self._break()

    def fold(self, *, narrow: bool) -> None:
        """Be narrow, or as wide as it likes to be."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._break()
            self.update()

    def write(self, text: str, who: str) -> None:
        """Change the words: what it is, and for whom."""
        if (text, who) == (self.text(), self._who):
            return
        self.setText(text)
        if who != self._who:
            self._who = who
            self._break_in_two()
        self.setAccessibleName(f"{text} — {who}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its longer line, as high as a touch."""
        theme = self.theme
        words = QFontMetrics(theme.font(26, 700)).horizontalAdvance(self.text())
        who = text_size(theme.font(20), self._lines, UNLIMITED)
        line = QFontMetrics(theme.font(26, 700)).height()
        high = max(self.height_wanted, line + who.height() + theme.px(16))
        return QSize(max(words, who.width()) + theme.px(44) + theme.px(20) + theme.px(88), high)

    def minimumSizeHint(self) -> QSize:
        """Never less: words are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill, its sign, and the two lines."""
        self.coat = PRIORITY_ON if self.isChecked() else PRIORITY_OFF
        theme = self.theme
        ink = self.colour(self.coat.ink)
        with brush(self) as painter:
            box = self.paint_body(painter)
            sign = QRectF(theme.px(40), box.center().y() - theme.px(22), theme.px(44), theme.px(44))
            self._paint_sign(painter, sign, ink)
            text = box.adjusted(sign.right() + theme.px(20), 0, 0, 0)
            who = text_size(theme.font(20), self._lines, UNLIMITED).height()
            line = QFontMetrics(theme.font(26, 700)).height()
            top = (box.height() - who - line) / 2
            painter.setPen(ink)
            painter.setFont(theme.font(26, 700))
            painter.drawText(QRectF(text.left(), top, text.width(), line), LEFT_MIDDLE, self.text())
            painter.setFont(theme.font(20))
            painter.drawText(QRectF(text.left(), top + line, text.width(), who), LEFT_MIDDLE, self._lines)

    def _paint_sign(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        """A heart when off; when on, a check mark on a disc."""
        if not self.isChecked():
            paint_sign(painter, box, Sign.HEART, ink)
            return
        paint_panel(painter, box, Panel(ink, box.height() / 2))
        inner = box.adjusted(box.width() / 4, box.height() / 4, -box.width() / 4, -box.height() / 4)
        paint_sign(painter, inner, Sign.CHECK, self.colour(self.coat.fill))


class LanguageButton(Switch):
    """One language of the switch; the chosen one is filled and says so to a screen reader."""

    def __init__(self, language: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(f"language-{language}", WHITE, parent)
        self.language = language
        self.setText(text)

    def sizeHint(self) -> QSize:
        """As wide as its word, as high as a touch."""
        words = QFontMetrics(self.theme.font(24, 700)).horizontalAdvance(self.text())
        high = max(self.theme.px(72), self.theme.touch)
        return QSize(max(words + self.theme.px(56), self.theme.touch), high)

    def minimumSizeHint(self) -> QSize:
        """Never less: words are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the word, on a filled pill when this is the language in use."""
        self.coat = DARK if self.isChecked() else WHITE
        with brush(self) as painter:
            if self.isChecked() or self.isDown() or self.hasFocus():
                self.paint_body(painter)
            painter.setFont(self.theme.font(24, 700))
            painter.setPen(self.colour(self.coat.ink))
            painter.drawText(QRectF(self.rect()), MIDDLE, self.text())
