"""A text with the numbers of its lines, and what is wrong with a line beside it."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from shared.qt.theme import Theme

MARK = "▸ "
"""Colour alone says nothing: a sign stands before what is wrong."""


class TextEditor(QPlainTextEdit):
    """A site file under the supervisor's hands. Tab leaves it: a TOML file needs none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._faults: dict[int, str] = {}
        self._look: Theme | None = None
        self._margin = _Margin(self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._scroll)

    def text(self) -> str:
        """All of it."""
        return self.toPlainText()

    def show_faults(self, faults: Mapping[int, str]) -> None:
        """Write these beside their lines (from 1)."""
        self._faults = dict(faults)
        self.viewport().update()
        self._margin.update()

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, in sight."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    # -------------------------------------------------------- the margin

    @property
    def margin_width(self) -> int:
        """Room for the largest number."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("8" * digits) + 2 * self._pad

    @property
    def _pad(self) -> int:
        return self._look.px(12) if self._look else 0

    def _make_room(self) -> None:
        self.setViewportMargins(self.margin_width, 0, 0, 0)

    def _scroll(self, place: QRect, dy: int) -> None:
        if dy:
            self._margin.scroll(0, dy)
        else:
            self._margin.update(0, place.y(), self._margin.width(), place.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The margin beside the text."""
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._margin.setGeometry(QRect(inner.left(), inner.top(), self.margin_width, inner.height()))

    # -------------------------------------------------------- drawing

    def blocks_in_sight(self) -> list[tuple[QTextBlock, QRect]]:
        """The lines that are seen, each with its place."""
        found: list[tuple[QTextBlock, QRect]] = []
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if place.top() > self.viewport().height():
                break
            found.append((block, place))
            block = block.next()
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and what is wrong after the end of its line."""
        super().paintEvent(event)
        if self._look is None or not self._faults:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._look.font(18, 700))
        painter.setPen(self._look.late)
        for block, place in self.blocks_in_sight():
            if said := self._faults.get(block.blockNumber() + 1):
                left = self.fontMetrics().horizontalAdvance(block.text()) + place.left() + 3 * self._pad
                room = QRect(left, place.top(), max(0, self.viewport().width() - left), place.height())
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                cut = painter.fontMetrics().elidedText(MARK + said, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, flags, cut)
        painter.end()

    def paint_margin(self, painter: QPainter, place: QRect) -> None:
        """The numbers; those of faulty lines in the colour of what is wrong."""
        if self._look is None:
            return
        painter.fillRect(place, self._look.ground)
        for block, line in self.blocks_in_sight():
            number = block.blockNumber() + 1
            colour: QColor = self._look.late if number in self._faults else self._look.soft
            painter.setPen(colour)
            painter.setFont(self._look.font(18, 800 if number in self._faults else 500))
            room = QRect(0, line.top(), place.width() - self._pad, line.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._look = theme
        look, line = theme.palette, theme.px(2)
        self.setFont(theme.font(20))
        self.setStyleSheet(
            bars(theme) + f"QPlainTextEdit {{ background: {look.card}; color: {look.ink};"
            f" border: {line}px solid {look.line}; border-radius: {theme.px(8)}px;"
            f" selection-background-color: {look.main}; selection-color: {look.on_main}; }}"
            f"QPlainTextEdit:focus {{ border-color: {look.main}; }}"
        )
        self._make_room()


def bars(theme: Theme) -> str:
    """Quiet scroll bars."""
    look, wide = theme.palette, theme.px(14)
    return (
        f"QScrollBar {{ background: transparent; width: {wide}px; height: {wide}px; }}"
        f"QScrollBar::handle {{ background: {look.line}; border-radius: {wide // 2}px; min-height: {4 * wide}px; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )


class _Margin(QWidget):
    """The strip of numbers at the left."""

    def __init__(self, editor: TextEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As wide as its numbers."""
        return QSize(self._editor.margin_width, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the numbers."""
        painter = QPainter(self)
        self._editor.paint_margin(painter, self.rect())
        painter.end()
