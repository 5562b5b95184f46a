"""My last calls."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter.desk import Desk
from counter.screens.call_row import CallRow
from counter.screens.headed_rows import HeadedRows
from counter.screens.row_list import RowList
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.wire import Call
from shared.words import msg

MOST_ROWS = 14
"""As many as a tall screen has room for."""
BESIDE_ROWS = 3
"""So many stand below the waiting; on a tall screen the list has its own column."""
MOST_PX = 16_777_215
"""Qt's 'no limit'."""
HEADING = msg("Panggilan saya")


class CallList(QWidget):
    """The calls this counter made today, newest first, each ticket once."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._rows = [CallRow(index, sentences) for index in range(MOST_ROWS)]
        self._list = RowList("history", self._rows)
        self._headed = HeadedRows("history", sentences.words.say(HEADING), self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._headed)

    def show_desk(self, desk: Desk) -> None:
        """Show the last calls."""
        calls = _once_a_ticket(desk.view.history if desk.view else [])
        for row, call in zip(self._rows, calls, strict=False):
            row.show_call(call)
        self._list.show_count(len(calls))
        self.setVisible(bool(calls))

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        for row in self._rows:
            row.dress(theme)
        self._headed.dress(theme)
        few = self._headed.height_of(BESIDE_ROWS * self._rows[0].height())
        self.setMinimumHeight(0 if theme.portrait else few)
        self.setMaximumHeight(MOST_PX if theme.portrait else few)


def _once_a_ticket(history: list[Call]) -> list[Call]:
    """Of several calls of one ticket the newest."""
    newest: dict[int, Call] = {}
    for call in history:
        newest.setdefault(call.ticket.id, call)
    return list(newest.values())
