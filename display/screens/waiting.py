"""Who waits for which agency: a calm strip that turns its page."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.queues import Queue
from display.screens.lettering import Line
from display.screens.plan import Plan
from shared.labels import ABOUT, CLOSED, NOBODY_WAITS, ON_PAPER, WAITING, Labels
from shared.waits import span

PAGE_MS = 8000
CELL, CELL_GAP = 350, 36
"""A cell's least width in units: a mark, a short name, a number of three digits; and the space between two."""


class QueueCell(QWidget):
    """One agency: its mark, its short name, how many wait, or that it is closed or gives its numbers on paper."""

    def __init__(self, parent: QWidget, index: int, labels: Labels) -> None:
        super().__init__(parent)
        self._closed, self._on_paper = labels.main(CLOSED), labels.main(ON_PAPER)
        self.queue: Queue | None = None
        self._plan: Plan | None = None
        self._mark = QRect()
        self._prefix = Line(self, align=Qt.AlignmentFlag.AlignHCenter)
        self.name = Line(self)
        self.waiting = Line(self)
        self.name.setObjectName(f"waiting-{index}-agency")
        self.waiting.setObjectName(f"waiting-{index}-count")
        self.wait = Line(self)
        self.wait.setObjectName(f"waiting-{index}-minutes")
        self._labels = labels

    def show_queue(self, queue: Queue | None, plan: Plan) -> None:
        """Another agency, or none."""
        self.queue, self._plan = queue, plan
        self.setVisible(queue is not None)
        if queue is None:
            return
        look, px = plan.theme, plan.theme.px
        self._prefix.dress(look.font(24, 800), look.on_main)
        self.name.dress(look.font(26), look.ink)
        rests = queue.closed and not queue.waiting
        step, weight, ink = (26, 700, look.resting_reason) if rests else (36, 800, look.ink)
        if queue.on_paper:
            step, weight, ink = 24, 700, look.called
        self.waiting.dress(look.font(step, weight), ink)
        count = self._on_paper if queue.on_paper else self._closed if rests else str(queue.waiting)
        for line, text in ((self._prefix, queue.prefix), (self.name, queue.agency), (self.waiting, count)):
            line.say(text)
        self.wait.dress(look.font(20), look.soft)
        self.wait.say(self._about(queue))
        side, middle = px(48), self.height() // 2
        self._mark = QRect(0, middle - side // 2, side, side)
        self._prefix.setGeometry(self._mark)
        if queue.on_paper:
            self._place_above_each_other(side + px(16))
            return
        left, number = side + px(16), self.waiting.natural_width()
        wide = self.width() - left - px(16) - number
        name = min(self.name.natural_width(), wide)
        if self.wait.text():
            name = min(max(name, self.wait.natural_width()), wide)
            middle, tall = self.height() // 2, self.height() * 3 // 8
            self.name.setGeometry(left, middle - tall, name, tall)
            self.wait.setGeometry(left, middle, name, tall)
        else:
            self.name.setGeometry(left, 0, name, self.height())
        self.waiting.setGeometry(left + name + px(16), 0, number, self.height())
        self.update()

    def _about(self, queue: Queue) -> str:
        """How long one waits; '' where nobody does, or where nobody knows."""
        if not queue.minutes or not queue.waiting or queue.on_paper:
            return ""
        return self._labels.main(ABOUT, minutes=span(queue.minutes, queue.most_minutes))

    def _place_above_each_other(self, left: int) -> None:
        """The name, and below it the words that stand for a number nobody knows."""
        middle, tall, wide = self.height() // 2, self.height() * 3 // 8, self.width() - left
        self.name.setGeometry(left, middle - tall, wide, tall)
        self.waiting.setGeometry(left, middle, wide, tall)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the agency's mark."""
        if self.queue is None or self._plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._plan.theme.mark(self.queue.prefix))
        painter.drawRoundedRect(self._mark, self._plan.theme.px(12), self._plan.theme.px(12))
        painter.end()


class WaitingStrip(QWidget):
    """The queues in turn, `page_ms` a page; one page does not turn."""

    def __init__(self, parent: QWidget, labels: Labels, *, page_ms: int = PAGE_MS) -> None:
        super().__init__(parent)
        self.page = 0
        self.cells: list[QueueCell] = []
        self._plan: Plan | None = None
        self._queues: tuple[Queue, ...] = ()
        self._labels = labels
        self._heading, self._under, self._nobody = Line(self), Line(self), Line(self)
        for line, text in zip((self._heading, self._under), labels.both(WAITING), strict=True):
            line.say(text)
        nobody = " · ".join(text for text in labels.both(NOBODY_WAITS) if text)
        self._nobody.say(nobody)
        self.track = QRect()
        self._turn = QTimer(self, interval=page_ms)
        self._turn.timeout.connect(self.turn)

    @property
    def pages(self) -> int:
        """How many pages there are now."""
        return max(1, ceil(len(self._queues) / max(1, len(self.cells))))

    def show_queues(self, queues: Sequence[Queue]) -> None:
        """Show these from where the strip stands."""
        if tuple(queues) != self._queues:
            self._queues = tuple(queues)
            self._fill()

    def turn(self) -> None:
        """The next page."""
        self.page += 1
        self._fill()

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`, with as many cells as fit."""
        self._plan = plan
        look, px = plan.theme, plan.theme.px
        self.setGeometry(plan.strip)
        self._heading.dress(look.font(28, 700), look.ink)
        self._under.dress(look.font(20), look.soft)
        self._nobody.dress(look.font(26), look.soft)
        pad, label = px(28), px(148)
        self._place_heading(pad, label)
        self.track = QRect(pad, self.height() - px(12), self._heading.natural_width(), px(4))
        left, gap = pad + label + px(28), px(CELL_GAP)
        room = self.width() - left - pad
        count = max(1, (room + gap) // (px(CELL) + gap))
        self._set_cell_count(count)
        wide = (room - (count - 1) * gap) // count
        for index, cell in enumerate(self.cells):
            cell.setGeometry(left + index * (wide + gap), 0, wide, self.height())
        self._nobody.setGeometry(left, 0, room, self.height())
        self._fill()

    def _place_heading(self, left: int, wide: int) -> None:
        middle = self.height() // 2
        tall = middle - self.height() // 8
        if self._under.text():
            self._heading.setGeometry(left, middle - tall, wide, tall)
            self._under.setGeometry(left, middle + self.height() // 24, wide, tall - self.height() // 12)
        else:
            self._heading.setGeometry(left, 0, wide, self.height())

    def _set_cell_count(self, count: int) -> None:
        for cell in self.cells[count:]:
            cell.deleteLater()
        self.cells = self.cells[:count] + [
            QueueCell(self, index, self._labels) for index in range(len(self.cells), count)
        ]

    def _fill(self) -> None:
        if self._plan is None:
            return
        self.page %= self.pages
        first = self.page * len(self.cells)
        shown: list[Queue | None] = list(self._queues[first : first + len(self.cells)])
        shown += [None] * (len(self.cells) - len(shown))
        for cell, queue in zip(self.cells, shown, strict=True):
            cell.show_queue(queue, self._plan)
        self._nobody.setVisible(not self._queues)
        if self.pages > 1 and not self._turn.isActive():
            self._turn.start()
        elif self.pages == 1:
            self._turn.stop()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip and, below its heading, which page of how many stands there."""
        if self._plan is None:
            return
        look, px = self._plan.theme, self._plan.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.card)
        painter.drawRoundedRect(self.rect(), px(24), px(24))
        if self.pages > 1:
            self._draw_pages(painter, look.ink, look.line)
        painter.end()

    def _draw_pages(self, painter: QPainter, here: QColor, elsewhere: QColor) -> None:
        """A line as wide as the heading, of which the page's part is light: a hall of 47 agencies has two dozen."""
        track = self.track
        part = QRect(track)
        part.setWidth(max(track.height(), track.width() // self.pages))
        part.moveLeft(track.left() + (track.width() - part.width()) * self.page // (self.pages - 1))
        for place, colour in ((track, elsewhere), (part, here)):
            painter.setBrush(colour)
            painter.drawRoundedRect(place, track.height() / 2, track.height() / 2)
