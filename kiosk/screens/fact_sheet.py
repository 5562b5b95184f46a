"""Facts one below the other on a card, and the lines of a log in pages."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from kiosk.inspection import Row
from kiosk.log_tail import LogLine
from kiosk.screens.dressed import Dressed, Written
from kiosk.screens.paint import LEFT_TOP, UNLIMITED, WRAP, Panel, brush, paint_panel, set_ink, text_size
from shared.qt.theme import Theme

LABELS = 0.3
"""How much of the card's width the labels take; upright somewhat more."""
LABELS_UPRIGHT = 0.36


class FactSheet(Dressed):
    """Labels left, what is so right of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("facts", parent)
        self._rows: tuple[Row, ...] = ()
        self._cells: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these facts."""
        if rows == self._rows:
            return
        self._rows = rows
        while len(self._cells) < len(rows):
            self._add_cell()
        for place, (label, value) in enumerate(self._cells):
            is_used = place < len(rows)
            label.setText(rows[place].label if is_used else "")
            value.setText(rows[place].value if is_used else "")
            label.setVisible(is_used)
            value.setVisible(is_used)
        self._ink()

    def _add_cell(self) -> None:
        label, value = QLabel(), QLabel()
        for one in (label, value):
            one.setWordWrap(True)
            one.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        value.setObjectName(f"fact-{len(self._cells)}")
        place = len(self._cells)
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(value, place, 1)
        self._cells.append((label, value))
        self._type(label, value)

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        super().dress(theme)
        pad = theme.room(36)
        self._grid.setContentsMargins(pad, theme.room(28), pad, theme.room(28))
        self._grid.setHorizontalSpacing(theme.room(28))
        self._grid.setVerticalSpacing(theme.room(14))
        share = LABELS_UPRIGHT if theme.portrait else LABELS
        self._grid.setColumnStretch(0, round(100 * share))
        self._grid.setColumnStretch(1, round(100 * (1 - share)))
        for cell in self._cells:
            self._type(*cell)
        self._ink()

    def _type(self, label: QLabel, value: QLabel) -> None:
        label.setFont(self.theme.font(24))
        value.setFont(self.theme.font(24, 700))

    def _ink(self) -> None:
        theme = self.theme
        tones = {"": theme.ink, "head": theme.ink, "well": theme.well, "late": theme.late}
        for row, (label, value) in zip(self._rows, self._cells, strict=False):
            is_head = row.tone == "head"
            label.setFont(theme.font(24, 800 if is_head else 500))
            set_ink(label, theme.ink if is_head else theme.soft)
            set_ink(value, tones[row.tone])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        theme = self.theme
        with brush(self) as painter:
            paint_panel(painter, QRectF(self.rect()), Panel(theme.card, theme.px(24), theme.line, theme.px(2)))


class LogSheet(Written):
    """As many lines of the log as there is room for, from the one asked for on; the newest is the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("log-lines", parent)
        self._lines: tuple[LogLine, ...] = ()
        self._starts = [0]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: tuple[LogLine, ...]) -> None:
        """Show these, from the newest on."""
        if lines != self._lines:
            self._lines, self._starts = lines, [0]
            self._say()

    @property
    def may_go_on(self) -> bool:
        """Whether older ones follow."""
        return self._starts[-1] + self._fitting() < len(self._lines)

    @property
    def may_go_back(self) -> bool:
        """Whether newer ones stand before."""
        return len(self._starts) > 1

    def turn(self, by: int) -> None:
        """A page of older lines (1), or back to the newer ones (-1)."""
        if by > 0 and self.may_go_on:
            self._starts.append(self._starts[-1] + self._fitting())
        elif by < 0 and self.may_go_back:
            self._starts.pop()
        self._say()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Begin with the newest, for other pages fit now."""
        self._starts = [0]
        self._say()

    def _say(self) -> None:
        shown = self._lines[self._starts[-1] :][: self._fitting()]
        self.write("\n".join(f"{one.moment} {one.text}" for one in shown))

    def _fitting(self) -> int:
        """How many lines have room from the first shown on; at least one."""
        room, count = self.height() - 2 * self._pad, 0
        for line in self._lines[self._starts[-1] :]:
            room -= self._high(line) + self.theme.room(12)
            if room < 0:
                break
            count += 1
        return max(1, count)

    @property
    def _pad(self) -> int:
        return self.theme.room(28)

    @property
    def _left(self) -> int:
        """Where what they say begins: right of the time."""
        return (
            self._pad + QFontMetrics(self.theme.font(20, 700)).horizontalAdvance("00/00 00:00:00") + self.theme.room(28)
        )

    def _high(self, line: LogLine) -> int:
        return text_size(self.theme.font(20), line.text, self.width() - self._left - self._pad).height()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(self.theme.px(400), self.theme.px(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card and its lines."""
        theme, top = self.theme, self._pad
        with brush(self) as painter:
            paint_panel(painter, QRectF(self.rect()), Panel(theme.card, theme.px(24), theme.line, theme.px(2)))
            for line in self._lines[self._starts[-1] :][: self._fitting()]:
                self._write_line(painter, line, top)
                top += self._high(line) + theme.room(12)

    def _write_line(self, painter: QPainter, line: LogLine, top: int) -> None:
        theme, left = self.theme, self._left
        painter.setFont(theme.font(20, 700))
        painter.setPen(theme.soft)
        painter.drawText(QRect(self._pad, top, left - self._pad, UNLIMITED), LEFT_TOP, line.moment)
        painter.setFont(theme.font(20, 700 if line.is_trouble else 500))
        painter.setPen(theme.late if line.is_trouble else theme.ink)
        room = QRect(left, top, self.width() - left - self._pad, self._high(line))
        painter.drawText(room, LEFT_TOP | WRAP, line.text)
