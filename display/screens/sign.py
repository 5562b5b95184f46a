"""The sign on one counter: whose it is, and the number it calls or serves; or that it rests, and why."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.desks import Desk
from display.screens.lettering import OVERSHOOT, Figure, Line, steady_width
from display.screens.level import LevelSign
from display.screens.plan import NUMBER_CAP, Plan
from shared.labels import CLOSED, NUMBER, PAUSED, QUIET, SERVING, Labels

LIT_MS = 20_000
"""So long a call stands on amber, unless its visitor has come before."""
HIGHEST = 0.36
COUNTER, COUNTER_UPRIGHT = 0.14, 0.1
"""Capitals of the counter's number, of the screen's height."""
HEAD_SHARE, HEAD_SHARE_UPRIGHT = 0.3, 0.24
"""The head's part of the sign: counter and agencies."""


class SignPanel(QWidget):
    """One counter. It lights by its own calls at once, whatever is being announced in the hall."""

    def __init__(self, parent: QWidget, labels: Labels, *, lit_ms: int = LIT_MS) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self._labels = labels
        self._plan: Plan | None = None
        self._tile, self._card = QRect(), QRect()
        self.counter = Figure(self, align=Qt.AlignmentFlag.AlignHCenter)
        self.counter.setObjectName("called-counter")
        self.number = Figure(self, align=Qt.AlignmentFlag.AlignHCenter)
        self.number.setObjectName("called-number")
        self.level = LevelSign(self)
        self._word = Line(self, align=Qt.AlignmentFlag.AlignHCenter)
        self._names, self._more = Line(self), Line(self)
        self._heading, self._heading_under = Line(self), Line(self)
        self.state = Line(self, align=Qt.AlignmentFlag.AlignHCenter)
        self.state.setObjectName("state")
        self._state_under = Line(self, align=Qt.AlignmentFlag.AlignHCenter)
        self._why = Line(self, align=Qt.AlignmentFlag.AlignHCenter)
        self._word.say(labels.counter)
        self._told = 0
        self._lit = QTimer(self, singleShot=True, interval=lit_ms)
        self._lit.timeout.connect(self._dress_and_show)

    @property
    def lit(self) -> bool:
        """Whether somebody is being called here now."""
        return self._lit.isActive()

    def show_desk(self, desk: Desk | None) -> None:
        """The counter as it is now; None for one that left the hall."""
        if desk == self.desk:
            return
        first, self.desk = self.desk is None, desk
        call = desk.call if desk is not None and desk.serving and not desk.came else 0
        if call > self._told and not first:
            self._lit.start()  # what was called before this sign began is quiet
        elif not call:
            self._lit.stop()
        self._told = max(self._told, call)
        self._dress_and_show()

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`."""
        self._plan = plan
        self.setGeometry(plan.sign)
        self._dress_and_show()

    # -------------------------------------------------------- words

    def _say(self, desk: Desk) -> None:
        labels = self._labels
        self.counter.say(desk.number)
        self.number.say(desk.serving)
        self._names.say(desk.agencies[0] if desk.agencies else "")
        more = ", ".join(desk.agencies[1:])
        self._more.say(more)
        heading = SERVING if desk.serving and desk.came else NUMBER
        for line, text in zip((self._heading, self._heading_under), labels.both(heading), strict=True):
            line.say(text)
        state = CLOSED if desk.closed else PAUSED if desk.paused else QUIET
        for line, text in zip((self.state, self._state_under), labels.both(state), strict=True):
            line.say(text)
        self._why.say(desk.why if desk.why not in (self.state.text(), "") else "")

    def _dress_and_show(self) -> None:
        if self._plan is None:
            return
        desk = self.desk or Desk("", "")
        self._say(desk)
        self._dress(self._plan, desk)
        self._place(self._plan, desk)
        for part in (self.number, self._heading, self._heading_under):
            part.setVisible(bool(desk.serving))
        for line in (self.state, self._state_under, self._why):
            line.setVisible(not desk.serving and bool(line.text()))
        self.level.setVisible(self.lit)
        self.level.move_while(speaking=self.lit)
        self.update()

    def _dress(self, plan: Plan, desk: Desk) -> None:
        look, lit = plan.theme, self.lit
        strong, faint = (look.on_called, look.on_called) if lit else (look.ink, look.soft)
        counter = plan.cap(COUNTER_UPRIGHT if look.portrait else COUNTER)
        self.counter.dress(look.called, floor=counter, ceiling=counter)
        self.number.dress(strong, floor=plan.cap(NUMBER_CAP), ceiling=plan.cap(HIGHEST))
        self.level.dress(strong)
        self._word.dress(look.font(36, 700), look.ink)
        self._names.dress(look.font(60 if look.portrait else 84, 800), look.ink)
        self._more.dress(look.font(36), look.soft)
        self._heading.dress(look.font(48, 700), strong)
        self._heading_under.dress(look.font(36), faint)
        rests = desk.closed or desk.paused
        self.state.dress(look.font(160 if rests else 60, 800), look.ink)
        self._state_under.dress(look.font(60 if rests else 36), look.soft)
        self._why.dress(look.font(48, 700), look.resting_reason)

    # -------------------------------------------------------- places

    def _place(self, plan: Plan, desk: Desk) -> None:
        px, look = plan.theme.px, plan.theme
        share = HEAD_SHARE_UPRIGHT if look.portrait else HEAD_SHARE
        head, gap = round(share * self.height()), px(28)
        cap = plan.cap(COUNTER_UPRIGHT if look.portrait else COUNTER)
        wide = round(max(steady_width("00", cap), steady_width(self.counter.text(), cap))) + 2 * px(36)
        self._tile = QRect(0, 0, wide, head)
        word, between, figure = px(48), px(4), round(cap * (1 + OVERSHOOT)) + px(12)
        top = (head - word - between - figure) // 2
        self._word.setGeometry(px(28), top, wide - 2 * px(28), word)
        self.counter.setGeometry(px(36), top + word + between, wide - 2 * px(36), figure)
        left = wide + px(48)
        names = px(120)
        more = px(56) if self._more.text() else 0
        top = (head - names - more) // 2
        self._names.setGeometry(left, top, self.width() - left, names)
        self._more.setVisible(bool(more))
        self._more.setGeometry(left, top + names, self.width() - left, more)
        self._card = QRect(0, head + gap, self.width(), self.height() - head - gap)
        self._place_number(plan)
        self._place_state(plan, desk)

    def _place_number(self, plan: Plan) -> None:
        px, card = plan.theme.px, self._card
        pad, tall = px(48), px(64)
        self._heading.setGeometry(card.left() + pad, card.top() + px(32), self._heading.natural_width(), tall)
        sign = px(110)
        left = self._heading.geometry().right() + px(24)
        right = card.right() - pad - sign - px(20)
        self._heading_under.setGeometry(left, card.top() + px(36), max(0, right - left), tall - px(4))
        self.level.setGeometry(card.right() - pad - sign, card.top() + px(30), sign, px(68))
        top = card.top() + px(36) + tall
        self.number.setGeometry(card.left() + pad, top, card.width() - 2 * pad, card.bottom() - px(32) - top)

    def _place_state(self, plan: Plan, desk: Desk) -> None:
        px, card = plan.theme.px, self._card
        rests = desk.closed or desk.paused
        lines = (
            (self.state, px(210 if rests else 84)),
            (self._state_under, px(84 if rests else 56)),
            (self._why, px(84)),
        )
        shown = [(line, tall) for line, tall in lines if line.text()]
        top = card.center().y() - sum(tall for _, tall in shown) // 2
        for line, tall in shown:
            line.setGeometry(card.left() + px(48), top, card.width() - 2 * px(48), tall)
            top += tall

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the counter's tile and the card, amber while somebody is called."""
        if self._plan is None:
            return
        look = self._plan.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tint)
        painter.drawRoundedRect(self._tile, look.px(24), look.px(24))
        painter.setBrush(look.called if self.lit else look.card)
        painter.drawRoundedRect(self._card, look.px(36), look.px(36))
        painter.end()
