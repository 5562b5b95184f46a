"""The head of a TV: the hall's mark and name, a notice when the hub is away, date and clock."""

from base64 import b64decode
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from display.quiet import NOWHERE, Silences
from display.screens.lettering import SMALLEST_LINE, Line
from display.screens.plan import GAP, Plan
from shared.labels import RECONNECTING, SILENT_IN, SILENT_UNTIL, Labels

TICK_MS = 1000
"""How often the clock is looked at; it is drawn only when the minute changes."""


class Notice(QWidget):
    """Says calmly that the hub is away, or that no calls are said for now: the numbers stay as they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("away")
        self._plan: Plan | None = None
        self._line = Line(self, align=Qt.AlignmentFlag.AlignHCenter)

    def say(self, text: str) -> None:
        """Say this."""
        self._line.say(text)

    def text(self) -> str:
        """What it says."""
        return self._line.text()

    def arrange(self, plan: Plan) -> int:
        """Take the sizes of `plan`; returns the width it wants."""
        self._plan = plan
        self._line.dress(plan.theme.font(24, 700), plan.theme.on_called)
        return self._line.natural_width() + plan.theme.px(48)

    def setGeometry(self, place: QRect) -> None:  # type: ignore[override]  # Qt's own second form is not used
        """Take this place, the line between its rounded ends: the last of many zones is cut, never the time."""
        super().setGeometry(place)
        edge = self._plan.theme.px(24) if self._plan is not None else 0
        self._line.setGeometry(self.rect().adjusted(edge, 0, -edge, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._plan.theme.soft)
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.end()


class HallMark(QWidget):
    """The hall's logo; without one the first letter of its name on amber."""

    def __init__(self, parent: QWidget, *, logo: str, name: str) -> None:
        super().__init__(parent)
        self._letter = name[:1]
        self._logo = QPixmap()
        self._plan: Plan | None = None
        if logo:
            self._logo.loadFromData(b64decode(logo.partition(",")[2]))

    def arrange(self, plan: Plan) -> None:
        """Take the colours and sizes of `plan`."""
        self._plan = plan
        self.update()

    def natural_width(self, height: int) -> int:
        """Its width at that height: a logo keeps its shape."""
        if self._logo.isNull():
            return height
        return min(4 * height, round(height * self._logo.width() / max(1, self._logo.height())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw logo or letter."""
        if self._plan is None:
            return
        look = self._plan.theme
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._logo.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.called)
            painter.drawRoundedRect(self.rect(), look.px(16), look.px(16))
            painter.setPen(look.on_called)
            painter.setFont(look.font(30, 800))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        else:
            painter.drawPixmap(QRectF(self.rect()), self._logo, QRectF(self._logo.rect()))
        painter.end()


class Header(QWidget):
    """Mark, name and zone left; date and clock right, in the hub's time."""

    def __init__(
        self,
        parent: QWidget,
        labels: Labels,
        *,
        logo: str,
        now: Callable[[], datetime],
        tick_ms: int = TICK_MS,
    ) -> None:
        """`now`: the hub's time in the hall's zone."""
        super().__init__(parent)
        self._labels = labels
        self._now = now
        self._day = date.min
        self._plan: Plan | None = None
        self._mark = HallMark(self, logo=logo, name=labels.title)
        self._title = Line(self)
        self._title.setObjectName("title")
        self._title.say(labels.title)
        self._date = Line(self, align=Qt.AlignmentFlag.AlignRight)
        self._date.setObjectName("date")
        self._clock = Line(self, align=Qt.AlignmentFlag.AlignRight)
        self._clock.setObjectName("clock")
        self._is_away = False
        self._silences = NOWHERE
        self.notice = Notice(self)
        self.notice.hide()
        tick = QTimer(self, interval=tick_ms)
        tick.timeout.connect(self.tick)
        tick.start()
        self.tick()

    def tick(self) -> None:
        """Look at the clock."""
        now = self._now()
        self._say_notice()
        clock = self._labels.clock(now)
        if clock == self._clock.text() and now.date() == self._day:
            return
        self._clock.say(clock)
        if now.date() != self._day:
            self._day = now.date()
            self._date.say(self._labels.day(self._day))
        self._place()

    def show_away(self, *, away: bool) -> None:
        """Show or take away the notice."""
        self._is_away = away
        self._say_notice()

    def show_quiet(self, silences: Silences) -> None:
        """Say where no calls are said, and until when; it goes away by itself."""
        self._silences = silences
        self._say_notice()

    def _say_notice(self) -> None:
        text = self._notice()
        if text == (self.notice.text() if self.notice.isVisibleTo(self) else ""):
            return
        self.notice.say(text)
        self.notice.setVisible(bool(text))
        self._place()

    def _notice(self) -> str:
        if self._is_away:
            return self._labels.main(RECONNECTING)
        zones, until = self._silences.now(self._now())
        if until is None:
            return ""
        clock = self._labels.clock(until)
        if zones:  # the others are heard: whoever waits there need not watch
            return self._labels.main(SILENT_IN, zones=", ".join(zones), time=clock)
        return self._labels.main(SILENT_UNTIL, time=clock)

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`."""
        self._plan = plan
        self.setGeometry(plan.header)
        look = plan.theme
        self._title.dress(look.font(30, 700), look.ink)
        self._date.dress(look.font(26), look.soft)
        self._clock.dress(look.font(48, 800), look.ink)
        self._mark.arrange(plan)
        self._place()

    def _place(self) -> None:
        if self._plan is None:
            return
        px, tall = self._plan.theme.px, self.height()
        side = px(60)
        mark = self._mark.natural_width(side)
        self._mark.setGeometry(0, (tall - side) // 2, mark, side)
        left, right = mark + px(22), self.width()
        right = self._put_right(self._clock, self._clock.natural_width(), right)
        is_said = self.notice.isVisibleTo(self)
        notice = self.notice.arrange(self._plan)
        date_wide = self._date.natural_width()
        # On a portrait screen the notice takes the date's place.
        room = right - left - (notice + px(GAP) if is_said else 0) - date_wide - px(GAP)
        self._date.setVisible(room >= self._title.natural_width() * SMALLEST_LINE)
        if self._date.isVisibleTo(self):
            right = self._put_right(self._date, date_wide, right)
        if is_said:
            right = self._put_right(self.notice, min(notice, right - left), right)
        self._title.setGeometry(left, 0, max(0, right - left), tall)

    def _put_right(self, part: QWidget, wide: int, right: int) -> int:
        """Put `part` so that it ends at `right`; returns where the next one ends."""
        if self._plan is None:
            return right
        tall = self._plan.theme.px(48) if part is self.notice else self.height()
        part.setGeometry(QRect(right - wide, (self.height() - tall) // 2, wide, tall))
        return right - wide - self._plan.theme.px(GAP)
