"""Who waits for this counter."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter.desk import Desk, waited_minutes
from counter.screens.headed_rows import HeadedRows
from counter.screens.row_list import RowList
from counter.screens.sentences import Sentences
from counter.screens.waiting_row import WaitingRow
from shared.qt.theme import Theme
from shared.words import msg

MOST_ROWS = 16
"""As many as a tall screen has room for."""
HEADING = msg("Menunggu")


class WaitingList(QWidget):
    """The waiting in the order they would be called, with a sum above."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._sentences = sentences
        say = sentences.words.say
        self._rows = [WaitingRow(index, sentences) for index in range(MOST_ROWS)]
        self._list = RowList("waiting", self._rows, lambda more: say("dan {n} lagi", n=more))
        self._headed = HeadedRows("waiting", say(HEADING), self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._headed)

    def show_desk(self, desk: Desk, now: datetime) -> None:
        """Show who waits now."""
        waiting = desk.view.waiting if desk.view else []
        longest = max((waited_minutes(ticket, now) for ticket in waiting), default=None)
        self._headed.sum.setText(self._sentences.queue(desk.waiting_count, longest))
        for row, ticket in zip(self._rows, waiting, strict=False):
            row.show_ticket(ticket, now)
        self._list.show_count(desk.waiting_count)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        for row in self._rows:
            row.dress(theme)
        self._headed.dress(theme)
