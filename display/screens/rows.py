"""The recent calls: number left, counter right. A new one slides in from above, the others make room.

One whose announcement is still to come carries a small level sign.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QPoint, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.board import ROWS, Row
from display.screens.lettering import Figure, Line
from display.screens.level import LevelSign
from display.screens.plan import ROW_CAP, ROW_GAP, Plan
from shared.labels import Labels

SLIDE_MS = 250
FRAME_MS = 16
"""Between two pictures of a slide."""
ROW_CAP_USED = ROW_CAP * 1.06
EMPTY_OPACITY = 0.4
"""How faintly a place stands where no call has been yet."""


class RowCard(QWidget):
    """One recent call: number over its agency, and the counter it was called to."""

    def __init__(self, parent: QWidget, index: int, labels: Labels) -> None:
        super().__init__(parent)
        self.row: Row | None = None
        self.number = Figure(self)
        self.number.setObjectName(f"row-{index}-number")
        self.counter = Figure(self, align=Qt.AlignmentFlag.AlignRight)
        self.counter.setObjectName(f"row-{index}-counter")
        self._agency = Line(self)
        self._word = Line(self, align=Qt.AlignmentFlag.AlignRight)
        self._word.say(labels.counter)
        self._sign = LevelSign(self)
        self._plan: Plan | None = None

    def show_row(self, row: Row | None) -> None:
        """Another call, or none."""
        self.row = row
        for part in (self.number, self.counter, self._agency, self._word):
            part.setVisible(row is not None)
        self._sign.setVisible(row is not None and row.coming)
        if row is not None:
            self.number.say(row.entry.number)
            self.counter.say(row.entry.counter)
            self._agency.say(row.entry.agency)
        self._place()
        self.update()

    def arrange(self, plan: Plan) -> None:
        """Take the sizes of `plan`."""
        self._plan = plan
        look, cap = plan.theme, plan.cap(ROW_CAP_USED)
        self.number.dress(look.ink, floor=plan.cap(ROW_CAP), ceiling=cap)
        self.counter.dress(look.called, floor=plan.cap(ROW_CAP), ceiling=cap)
        self._agency.dress(look.font(24), look.soft)
        self._word.dress(look.font(28, 700), look.ink)
        self._sign.dress(look.called)
        self._place()

    def _place(self) -> None:
        if self._plan is None:
            return
        px, cap = self._plan.theme.px, self._plan.cap(ROW_CAP_USED)
        pad, line, air = px(28), px(30), px(10)
        tall = round(cap) + 2
        top = (self.height() - tall - air - line) // 2 + px(2)
        right = self.width() - pad
        digits = self.counter.natural_width() + 1
        self.counter.setGeometry(right - digits, top, digits, tall)
        word = self._word.natural_width()
        self._word.setGeometry(right - digits - px(16) - word, top + tall - px(32) + px(5), word, px(32))
        self.number.setGeometry(pad, top, self._word.geometry().left() - px(24) - pad, tall)
        below = top + tall + air
        sign = px(34) if self.row is not None and self.row.coming else 0
        self._sign.setGeometry(pad, below + (line - px(22)) // 2, sign, px(22))
        left = pad + (sign + px(12) if sign else 0)
        self._agency.setGeometry(left, below, right - left, line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        if self._plan is None:
            return
        look = self._plan.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(EMPTY_OPACITY if self.row is None else 1.0)
        painter.setBrush(look.card)
        painter.drawRoundedRect(self.rect(), look.px(24), look.px(24))
        painter.end()


class RecentRows(QWidget):
    """As many rows as the plan has room for, newest on top."""

    def __init__(self, parent: QWidget, labels: Labels, *, slide_ms: int = SLIDE_MS) -> None:
        super().__init__(parent)
        self.cards = [RowCard(self, index, labels) for index in range(ROWS)]
        self._rows: tuple[Row, ...] = ()
        self._slots: list[QRect] = []
        self._from: list[QPoint] = []
        self.slide = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=slide_ms)
        self.slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.slide.valueChanged.connect(self._move)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these, sliding each to its new place; what fills an empty board stands there at once."""
        if tuple(rows) == self._rows:
            return
        before = {row.entry.event: index for index, row in enumerate(self._rows)}
        moved = bool(before) and [row.entry.event for row in rows] != list(before)
        self._rows = tuple(rows)
        for card, row in zip(self.cards, self._padded(), strict=True):
            card.show_row(row)
        if moved and self._slots:
            self._from = [self._came_from(index, before) for index in range(len(self._slots))]
            self.slide.stop()
            self._move(0.0)
            self.slide.start()
            self.slide.setCurrentTime(FRAME_MS)  # at its beginning the new call is still out of sight

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`; nothing slides."""
        self.slide.stop()
        self.setGeometry(plan.rows)
        gap, columns = plan.theme.px(ROW_GAP), plan.row_columns
        deep = -(-plan.row_count // columns)
        tall = (self.height() - (deep - 1) * gap) / deep
        wide = (self.width() - (columns - 1) * gap) / columns
        places = (divmod(index, columns) for index in range(plan.row_count))
        self._slots = [
            QRect(round(column * (wide + gap)), round(row * (tall + gap)), int(wide), int(tall))
            for row, column in places
        ]
        for index, card in enumerate(self.cards):
            card.setVisible(index < plan.row_count)
        for card, slot in zip(self.cards, self._slots, strict=False):
            card.setGeometry(slot)
            card.arrange(plan)
        for card, row in zip(self.cards, self._padded(), strict=True):
            card.show_row(row)

    def _padded(self) -> list[Row | None]:
        room = len(self._slots) or len(self.cards)
        shown: list[Row | None] = list(self._rows[:room])
        return shown + [None] * (len(self.cards) - len(shown))

    def _came_from(self, index: int, before: dict[int, int]) -> QPoint:
        """Where the row now at `index` stood before; a new one comes from one place before."""
        if index >= len(self._rows):
            return self._slots[index].topLeft()
        was = before.get(self._rows[index].entry.event, index - 1)
        slot = self._slots[index]
        pitch = (
            self._slots[1].topLeft() - self._slots[0].topLeft() if len(self._slots) > 1 else QPoint(0, slot.height())
        )
        return slot.topLeft() + pitch * (was - index)

    def _move(self, share: float) -> None:
        for card, slot, start in zip(self.cards, self._slots, self._from, strict=False):
            card.move(start + (slot.topLeft() - start) * share)
