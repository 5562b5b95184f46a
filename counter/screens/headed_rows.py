"""A list with its heading."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter.screens.fit_label import FitLabel
from counter.screens.row_list import RowList
from shared.qt.theme import Theme


class HeadedRows(QWidget):
    """A RowList with its heading at the left and a sum at the right."""

    def __init__(self, name: str, heading: str, rows: RowList) -> None:
        super().__init__()
        self.setObjectName(name)
        self.rows = rows
        self.sum = FitLabel(f"{name}-sum", grow=True, align=Qt.AlignmentFlag.AlignRight)
        self._heading = FitLabel(f"{name}-heading")
        self._heading.setText(heading)
        self._head, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self._heading)
        self._head.addWidget(self.sum, 1)
        self._column.addLayout(self._head)
        self._column.addWidget(rows, 1)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours of heading and sum."""
        self.rows.dress(theme)
        self._heading.dress(theme.font(26, 800), theme.ink)
        self.sum.dress(theme.font(22), theme.soft)
        self._head.setSpacing(theme.px(16))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))

    def height_of(self, rows: int) -> int:
        """How high it is with so many pixels of rows."""
        return self._heading.sizeHint().height() + self._column.spacing() + rows
