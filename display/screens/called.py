"""The panel of the called number: amber while it is announced, quiet before the first call."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.screens.lettering import OVERSHOOT, Figure, Line, steady_width
from display.screens.level import LevelSign
from display.screens.plan import COUNTER_CAP, NUMBER_CAP, Plan
from shared.labels import NUMBER, QUIET, WELCOME, Labels

HIGHEST, HIGHEST_ALONE = 0.28, 0.42
"""The number's highest capitals, of the screen's height; and where it stands alone."""
LARGER_COUNTER, COUNTER_ALONE = 0.085, 0.17
"""The counter's capitals where a landscape screen has room for more than the least; and where the call stands alone."""
MOST_TILE = 0.3
"""The counter's part at most of a panel where the call stands alone."""
TILE_AIR, TILE_AIR_UPRIGHT = 0.5, 0.32
"""Space around the counter's number in its tile, of its capitals' height."""
BAND_NUMBER = 0.56
"""The number's part of a band across the screen."""


class CalledPanel(QWidget):
    """Number, counter and where to go; `called-number` and `called-counter` are what plays read."""

    def __init__(self, parent: QWidget, labels: Labels) -> None:
        super().__init__(parent)
        self._labels = labels
        self._view = View()
        self._plan: Plan | None = None
        self._tile = QRect()
        self.number = Figure(self)
        self.number.setObjectName("called-number")
        self.counter = Figure(self, align=Qt.AlignmentFlag.AlignHCenter)
        self.counter.setObjectName("called-counter")
        self.level = LevelSign(self)
        self.level.setObjectName("lit")
        self._heading, self._heading_under = Line(self), Line(self)
        self._go, self._go_under, self._agency = Line(self), Line(self), Line(self)
        self._word = Line(self, align=Qt.AlignmentFlag.AlignHCenter)
        self._word.say(labels.counter)
        self._welcome, self._hall = Line(self), Line(self)
        self._welcome.say(labels.main(WELCOME))
        self._hall.say(labels.hall_name)
        self._quiet, self._quiet_under = Line(self), Line(self)
        self._quiet.setObjectName("quiet")
        for line, text in zip((self._heading, self._heading_under), labels.both(NUMBER), strict=True):
            line.say(text)
        for line, text in zip((self._quiet, self._quiet_under), labels.both(QUIET), strict=True):
            line.say(text)
        self._dress_and_show()

    def show_view(self, view: View) -> None:
        """Show the large call of `view`."""
        before, self._view = self._view, view
        if (before.called, before.lit, before.speaking) == (view.called, view.lit, view.speaking):
            return
        if view.called is not None:
            self.number.say(view.called.number)
            self.counter.say(view.called.counter)
            self._agency.say(view.called.agency)
            for line, text in zip((self._go, self._go_under), self._labels.go_to(view.called.counter), strict=True):
                line.say(text)
        self._dress_and_show()

    def arrange(self, plan: Plan) -> None:
        """Take the place and the sizes of `plan`."""
        self._plan = plan
        self.setGeometry(plan.panel)
        self._dress_and_show()

    def _dress_and_show(self) -> None:
        called = self._view.called is not None
        for widget in (self.number, self.counter, self.level):
            widget.setVisible(called)
        for line in (self._heading, self._heading_under):
            line.setVisible(called and not (self._plan is not None and self._plan.is_band))
        for line in (self._go, self._go_under, self._agency):
            line.setVisible(called)
        self._word.setVisible(called and self._plan is not None and self._plan.is_alone)
        for line in (self._welcome, self._hall, self._quiet, self._quiet_under):
            line.setVisible(not called)
        self.level.setVisible(self._view.lit)
        self.level.move_while(speaking=self._view.speaking)
        if self._plan is not None:
            self._dress(self._plan)
            (self._place_quiet_across if self._plan.is_band else self._place_quiet)(self._plan)
            self._place(self._plan)
        self.update()

    # -------------------------------------------------------- places

    def _place(self, plan: Plan) -> None:
        if plan.is_band:
            self._place_across(plan)
        elif plan.is_alone:
            self._place_beside(plan)
        else:
            self._place_called(plan)

    def _place_called(self, plan: Plan) -> None:
        px = plan.theme.px
        pad_x, pad_y = (px(28), px(28)) if plan.is_narrow else (px(60), px(40))
        wide = self.width() - 2 * pad_x
        top = self._place_heading(plan, QRect(pad_x, pad_y, wide, px(48)))
        tile = self._place_counter(plan, pad_x, pad_y)
        self.number.setGeometry(pad_x, top, wide, tile.top() - px(28) - top)

    def _place_beside(self, plan: Plan) -> None:
        """The counter at the right, as high as the panel; at the left the number, and below it where to go."""
        px = plan.theme.px
        pad, edge, cap = px(60), px(28), self._counter_cap(plan)
        digits = max(steady_width("00", cap), steady_width(self.counter.text(), cap)) + 1
        tile = min(round(digits + 2 * cap * TILE_AIR_UPRIGHT), round(self.width() * MOST_TILE))
        self._tile = QRect(self.width() - edge - tile, edge, tile, self.height() - 2 * edge)
        word, figure = px(60), round(cap * (1 + OVERSHOOT)) + px(20)
        top = self._tile.center().y() - (word + px(20) + figure) // 2
        self._word.setGeometry(self._tile.left(), top, tile, word)
        self.counter.setGeometry(self._tile.left() + edge, top + word + px(20), tile - 2 * edge, figure)
        wide = self._tile.left() - px(56) - pad
        top = self._place_heading(plan, QRect(pad, px(40), wide, px(48)))
        foot = self._place_lines(plan, QRect(pad, 0, wide, self.height() - px(40)))
        self.number.setGeometry(pad, top, wide, foot - px(28) - top)

    def _place_heading(self, plan: Plan, place: QRect) -> int:
        """What the number is, and the level sign, in `place`; returns where the number's room begins."""
        px = plan.theme.px
        self._heading.setGeometry(place.left(), place.top(), self._heading.natural_width(), place.height())
        under_at = place.left() + self._heading.width() + px(20)
        sign = px(88)
        right = place.right() + 1 - sign
        self.level.setGeometry(right, place.top() - px(4), sign, px(56))
        self._heading_under.setGeometry(under_at, place.top() + px(3), right - under_at, place.height())
        return place.bottom() + 1 + px(28)

    def _place_lines(self, plan: Plan, room: QRect) -> int:
        """Where to go, at the foot of `room`; returns where it begins."""
        px = plan.theme.px
        heights = (px(68), px(42) if self._go_under.text() else 0, px(42))
        first = top = room.bottom() + 1 - sum(heights)
        for line, height in zip((self._go, self._go_under, self._agency), heights, strict=True):
            line.setGeometry(room.left(), top, room.width(), height)
            top += height
        return first

    def _place_counter(self, plan: Plan, pad_x: int, pad_y: int) -> QRect:
        """The counter's tile at the foot, and beside it where to go; returns the tile."""
        px = plan.theme.px
        cap = self._counter_cap(plan)
        air = round(cap * (TILE_AIR_UPRIGHT if plan.is_narrow else TILE_AIR))
        tall = round(cap + 2 * air)
        digits = max(steady_width("00", cap), steady_width(self.counter.text(), cap)) + 1
        digits = min(digits, (self.width() - 2 * pad_x) * 0.6)
        self._tile = QRect(pad_x, self.height() - pad_y - tall, round(digits) + 2 * air, tall)
        self.counter.setGeometry(self._tile.adjusted(air, 0, -air, 0))
        left = self._tile.right() + px(36)
        lines = px(68) + (px(42) if self._go_under.text() else 0) + px(42)
        foot = self._tile.center().y() - lines // 2 + lines
        self._place_lines(plan, QRect(left, 0, self.width() - pad_x - left, foot))
        return self._tile

    def _place_across(self, plan: Plan) -> None:
        """On one line: the number, its counter, where to go."""
        px = plan.theme.px
        pad, cap = px(40), self._counter_cap(plan)
        tall, air = self.height() - 2 * px(28), round(cap * TILE_AIR_UPRIGHT)
        tile = round(max(steady_width("00", cap), steady_width(self.counter.text(), cap))) + 1 + 2 * air
        number = min(round(self.width() * BAND_NUMBER) - pad, self.width() - 2 * pad - tile)
        self.number.setGeometry(pad, px(20), number, self.height() - 2 * px(20))
        self._tile = QRect(pad + number + px(36), px(28), tile, tall)
        self.counter.setGeometry(self._tile.adjusted(air, 0, -air, 0))
        left, sign = self._tile.right() + px(36), px(88)
        right = self.width() - pad
        self.level.setGeometry(right - sign, px(20), sign, px(40))
        heights = (px(64), px(40) if self._go_under.text() else 0, px(40))
        top = self.height() - px(20) - sum(heights)
        for line, height in zip((self._go, self._go_under, self._agency), heights, strict=True):
            line.setGeometry(left, top, right - left, height)
            top += height

    def _place_quiet_across(self, plan: Plan) -> None:
        px = plan.theme.px
        half, pad = self.width() // 2, px(40)
        top = (self.height() - px(120) - px(56)) // 2
        self._welcome.setGeometry(pad, top, half - 2 * pad, px(120))
        self._hall.setGeometry(pad, top + px(120), half - 2 * pad, px(56))
        top = (self.height() - px(72) - px(44)) // 2
        self._quiet.setGeometry(half, top, half - pad, px(72))
        self._quiet_under.setGeometry(half, top + px(72), half - pad, px(44))

    def _place_quiet(self, plan: Plan) -> None:
        px = plan.theme.px
        pad = px(36 if plan.is_narrow and not plan.theme.portrait else 60)
        wide = self.width() - 2 * pad
        self._welcome.setGeometry(pad, px(48), wide, px(120))
        self._hall.setGeometry(pad, px(48) + px(120), wide, px(56))
        foot = self.height() - pad
        self._quiet_under.setGeometry(pad, foot - px(44), wide, px(44))
        self._quiet.setGeometry(pad, foot - px(44) - px(72), wide, px(72))

    # -------------------------------------------------------- colours and sizes

    def _dress(self, plan: Plan) -> None:
        look, lit = plan.theme, self._view.lit
        strong = look.on_called if lit else look.ink
        faint = look.on_called if lit else look.soft
        self.number.dress(
            strong, floor=plan.cap(NUMBER_CAP), ceiling=plan.cap(HIGHEST_ALONE if plan.is_alone else HIGHEST)
        )
        cap = self._counter_cap(plan)
        self.counter.dress(look.called, floor=plan.cap(COUNTER_CAP) if plan.is_alone else cap, ceiling=cap)
        self._word.dress(look.font(48, 700), look.called)
        self.level.dress(strong)
        self._heading.dress(look.font(36, 700), strong)
        self._heading_under.dress(look.font(28), faint)
        self._go.dress(look.font(52, 800), strong)
        self._go_under.dress(look.font(28), faint)
        self._agency.dress(look.font(28, 700), strong)
        self._welcome.dress(look.font(84, 800), look.ink)
        self._hall.dress(look.font(36), look.soft)
        self._quiet.dress(look.font(48, 800), look.ink)
        self._quiet_under.dress(look.font(28), look.soft)

    @staticmethod
    def _counter_cap(plan: Plan) -> float:
        if plan.is_alone:
            return plan.cap(COUNTER_ALONE)
        return plan.cap(COUNTER_CAP if plan.is_narrow or plan.is_band else LARGER_COUNTER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel and, where a number is called, the counter's tile."""
        if self._plan is None:
            return
        look, lit = self._plan.theme, self._view.lit
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.called if lit else look.card)
        painter.drawRoundedRect(self.rect(), look.px(36), look.px(36))
        if self._view.called is not None:
            painter.setBrush(look.on_called if lit else look.tint)
            painter.drawRoundedRect(self._tile, look.px(24), look.px(24))
        painter.end()
