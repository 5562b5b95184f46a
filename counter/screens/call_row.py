"""One of my calls, as a row."""

from PySide6.QtWidgets import QHBoxLayout

from counter.screens.fit_label import FitLabel, figures
from counter.screens.panel import Panel
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme
from shared.wire import Call

ROW_UNITS = 52


class CallRow(Panel):
    """When, whom, and what for."""

    def __init__(self, index: int, sentences: Sentences) -> None:
        super().__init__(f"history-{index}")
        self._sentences = sentences
        self._number = FitLabel(f"history-{index}-number")
        self._time = FitLabel(f"history-{index}-time")
        self._service = FitLabel(f"history-{index}-service", lines=2, grow=True)
        self._row = QHBoxLayout(self)
        for widget in (self._number, self._time, self._service):
            self._row.addWidget(widget, 1 if widget is self._service else 0)

    def show_call(self, call: Call) -> None:
        """Show this call; why the visitor was called stands under the mouse, after a recall too."""
        self._number.setText(call.ticket.number)
        self._time.setText(self._sentences.words.clock(call.called_at))
        self._service.setText(self._sentences.service(call.ticket))
        self.setToolTip(self._sentences.reason(call))

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._number.dress(figures(theme.font(24, 800)), theme.ink)
        self._number.setFixedWidth(theme.px(128))
        self._time.dress(figures(theme.font(20)), theme.soft)
        self._time.setFixedWidth(theme.px(64))
        self._service.dress(theme.font(20), theme.soft)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(12))
        self.setFixedHeight(theme.px(ROW_UNITS))
