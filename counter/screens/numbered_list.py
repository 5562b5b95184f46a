"""A list of sentences, each with the number of what it is about."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from counter.screens.text_editor import bars
from shared.qt.theme import Theme

FRAME_PX = 8
"""What Qt keeps free around a line's words, both sides together."""
_ANY = 10_000


class NumberedList(QListWidget):
    """Walked by arrow keys; Enter takes a line.

    taken(int)   the number of the line that was taken
    """

    taken = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(True)  # a narrow window cuts no sentence
        self._pad = 0
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.taken.emit(_number(item)))

    def add(self, text: str, number: int) -> None:
        """One line more."""
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, number)
        self.addItem(item)
        self._fit()

    @property
    def number(self) -> int | None:
        """The number of the marked line."""
        return _number(self.currentItem()) if self.currentRow() >= 0 else None

    def mark_next(self) -> None:
        """Mark the line after the marked one; after the last the first."""
        if self.count():
            self.setCurrentRow((self.currentRow() + 1) % self.count())

    def _fit(self) -> None:
        """Give each line the height its words need: Qt wraps them, but makes no room for it."""
        metrics, room = self.fontMetrics(), self.viewport().width() - 2 * self._pad - FRAME_PX
        for item in map(self.item, range(self.count())):
            words = metrics.boundingRect(QRect(0, 0, room, _ANY), Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(room, words.height() + 2 * self._pad))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        look, pad = theme.palette, theme.px(8)
        self._pad = pad
        self.setFont(theme.font(20))
        self.setStyleSheet(
            f"{bars(theme)}"
            f"QListWidget {{ background: {look.card}; color: {look.ink}; border: {theme.px(2)}px solid {look.line};"
            f" border-radius: {pad}px; padding: {pad}px; }}"
            f"QListWidget:focus {{ border-color: {look.main}; }}"
            f"QListWidget::item {{ padding: {pad}px; }}"
            f"QListWidget::item:selected {{ background: {look.tint}; color: {look.main}; }}"
        )
        self._fit()


def _number(item: QListWidgetItem) -> int:
    return int(item.data(Qt.ItemDataRole.UserRole))
