"""A wall of counters: each with the number it serves now, the newest call lit. Many turn their pages."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.desks import Desk
from display.screens.lettering import Figure, Line, steady_width
from display.screens.level import LevelSign
from display.screens.plan import CELL_EDGE, CELL_GAP, LEGEND, ROW_CAP, TILE_EDGE, TILE_GAP, Grid, Plan, grid_of
from shared.labels import CLOSED, NUMBER, PAUSED, Labels

PAGE_MS = 8000
NOBODY = "–"
LIT_EDGE = 4
DOTS = 22
"""What the dots of the pages need in the legend's line, for each."""


class DeskCell(QWidget):
    """One counter: its number in a tile, and the number it serves, or that it rests."""

    def __init__(self, parent: QWidget, index: int, labels: Labels) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.lit = self._coming = False
        self._plan: Plan | None = None
        self._tile = QRect()
        self._floor = self._ceiling = 1.0
        self._closed, self._paused = labels.main(CLOSED), labels.main(PAUSED)
        self.counter = Figure(self, align=Qt.AlignmentFlag.AlignHCenter)
        self.number = Figure(self)
        self.state = Line(self)
        self._sign = LevelSign(self)
        self.counter.setObjectName(f"desk-{index}-counter")
        self.number.setObjectName(f"desk-{index}-number")
        self.state.setObjectName(f"desk-{index}-state")

    def arrange(self, plan: Plan, grid: Grid) -> None:
        """Take the sizes of the page."""
        self._plan = plan
        px = plan.theme.px
        self._tile = QRect(0, 0, grid.tile, self.height())
        cap = min(plan.cap(ROW_CAP), grid.cap)
        self.counter.setGeometry(self._tile.adjusted(px(TILE_EDGE), 0, -px(TILE_EDGE), 0))
        left = self._tile.right() + 1 + px(TILE_GAP)
        room = QRect(left, 0, self.width() - left - px(CELL_EDGE), self.height())
        self.number.setGeometry(room)
        self.state.setGeometry(room)
        sign = px(26), px(14)
        self._sign.setGeometry(self.width() - px(10) - sign[0], px(4), *sign)
        self._floor, self._ceiling = cap, grid.cap
        self._dress()

    def show_desk(self, desk: Desk | None, *, lit: bool, coming: bool) -> None:
        """Another counter, or none; `lit`: it is being announced; `coming`: that is still to come."""
        self.setVisible(desk is not None)
        if (desk, lit, coming) == (self.desk, self.lit, self._coming):
            return
        self.desk, self.lit, self._coming = desk, lit, coming
        if desk is not None:
            self.counter.say(desk.number)
            self.number.say(desk.serving)
            self.state.say(self._closed if desk.closed else self._paused if desk.paused else NOBODY)
            self._dress()

    def _dress(self) -> None:
        if self._plan is None or self.desk is None:
            return
        look, lit = self._plan.theme, self.lit
        rests = not self.desk.serving
        self.number.setVisible(not rests)
        self.state.setVisible(rests)
        self._sign.setVisible(self._coming or lit)
        self.counter.dress(look.called, floor=self._floor, ceiling=self._ceiling)
        self.number.dress(look.on_called if lit else look.ink, floor=self._floor, ceiling=self._ceiling)
        self.state.dress(look.font(36, 700), look.soft)
        self._sign.dress(look.on_called if lit else look.called)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, amber while it is announced, and its left end as the counter's tile."""
        if self._plan is None or self.desk is None:
            return
        look = self._plan.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.called if self.lit else look.card)
        painter.drawRoundedRect(self.rect(), look.px(16), look.px(16))
        if self.lit:  # as dark as the ground, so it keeps an edge of amber
            edge = look.px(LIT_EDGE)
            painter.setBrush(look.on_called)
            painter.drawRoundedRect(self._tile.adjusted(edge, edge, 0, -edge), look.px(12), look.px(12))
        else:
            painter.setClipRect(self._tile)
            painter.setBrush(look.tint)
            painter.drawRoundedRect(self.rect(), look.px(16), look.px(16))
        painter.end()


class CounterWall(QWidget):
    """All counters, down the columns. A call that lights turns to its page."""

    def __init__(self, parent: QWidget, labels: Labels, *, page_ms: int = PAGE_MS) -> None:
        super().__init__(parent)
        self.page = 0
        self.cells: list[DeskCell] = []
        self.legends: list[tuple[Line, Line]] = []
        self._labels = labels
        self._plan: Plan | None = None
        self._desks: tuple[Desk, ...] = ()
        self._grid: Grid | None = None
        self._lit = 0
        self._view = View()
        self._turn = QTimer(self, interval=page_ms)
        self._turn.timeout.connect(self.turn)

    @property
    def pages(self) -> int:
        """How many pages there are now."""
        return self._grid.pages if self._grid else 1

    def show_view(self, view: View) -> None:
        """Light the counter that is announced."""
        if (view.called, view.lit, view.rows) == (self._view.called, self._view.lit, self._view.rows):
            return
        self._view = view
        self._fill()

    def show_desks(self, desks: Sequence[Desk]) -> None:
        """The counters as they are now."""
        before, self._desks = self._desks, tuple(desks)
        if [desk.number for desk in before] != [desk.number for desk in self._desks]:
            self._lay_out()
        elif before != self._desks:
            self._fill()

    def turn(self) -> None:
        """The next page."""
        self.page = (self.page + 1) % self.pages
        self._fill()

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`."""
        self._plan = plan
        self.setGeometry(plan.grid)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._plan is None:
            return
        plan, px = self._plan, self._plan.theme.px
        counters = [desk.number for desk in self._desks]
        widest = max((steady_width(number, 1.0) for number in counters), default=1.0)
        self._grid = grid = grid_of(plan, len(counters), counter=widest)
        for cell in self.cells[grid.per_page :]:
            cell.hide()
            cell.deleteLater()
        more = range(len(self.cells), grid.per_page)
        self.cells = self.cells[: grid.per_page] + [DeskCell(self, index, self._labels) for index in more]
        gap, top = px(CELL_GAP), px(LEGEND)
        for index, cell in enumerate(self.cells):
            column, row = divmod(index, grid.rows)
            left = column * (grid.cell.width() + gap)
            cell.setGeometry(QRect(left, top + row * (grid.cell.height() + gap), grid.cell.width(), grid.cell.height()))
            cell.arrange(plan, grid)
        self._place_legends(plan, grid)
        self._fill()

    def _place_legends(self, plan: Plan, grid: Grid) -> None:
        """Above each column: what stands in it."""
        for one in self.legends:
            for line in one:
                line.hide()
                line.deleteLater()
        look, px = plan.theme, plan.theme.px
        self.legends = [(Line(self), Line(self)) for _ in range(grid.columns)]
        edge, wide = px(CELL_EDGE), grid.cell.width()
        dots = px(DOTS) * grid.pages if grid.pages > 1 else 0
        for column, (counter, number) in enumerate(self.legends):
            left = column * (wide + px(CELL_GAP))
            counter.say(self._labels.counter)
            number.say(self._labels.main(NUMBER))
            for line in (counter, number):
                line.dress(look.font(24, 700), look.soft)
                line.show()
            split = max(grid.tile + px(TILE_GAP), edge + counter.natural_width() + px(TILE_GAP) // 2)
            counter.setGeometry(left + edge, 0, split - edge, px(LEGEND) - px(8))
            room = wide - split - edge - (dots if column == grid.columns - 1 else 0)
            number.setGeometry(left + split, 0, max(0, room), px(LEGEND) - px(8))

    def _fill(self) -> None:
        if self._grid is None:
            return
        self._follow_call()
        self.page %= self.pages
        first = self.page * self._grid.per_page
        shown: list[Desk | None] = list(self._desks[first : first + len(self.cells)])
        shown += [None] * (len(self.cells) - len(shown))
        coming = {row.entry.number for row in self._view.rows if row.coming}
        lit = self._view.called.number if self._view.called and self._view.lit else ""
        for cell, desk in zip(self.cells, shown, strict=True):
            serving = desk.serving if desk else ""
            cell.show_desk(desk, lit=bool(serving) and serving == lit, coming=serving in coming)
        if self.pages > 1 and not self._turn.isActive():
            self._turn.start()
        elif self.pages == 1:
            self._turn.stop()
        self.update()

    def _follow_call(self) -> None:
        """Turn to the page of a call that has just been lit, once; it then turns on as always."""
        called = self._view.called
        if called is None or not self._view.lit or called.event == self._lit or self._grid is None:
            return
        places = [index for index, desk in enumerate(self._desks) if desk.serving == called.number]
        if places:
            self._lit = called.event
            self.page = places[0] // self._grid.per_page
            self._turn.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a dot a page, right of the legends."""
        if self._plan is None or self.pages == 1:
            return
        look, px = self._plan.theme, self._plan.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        side, pitch = px(10), px(DOTS)
        left = self.width() - self.pages * pitch
        for page in range(self.pages):
            painter.setBrush(look.ink if page == self.page else look.line)
            painter.drawEllipse(left + page * pitch, (px(LEGEND) - px(8) - side) // 2, side, side)
        painter.end()
