"""What ails the hall's devices, for the officer nearest to them."""

from PySide6.QtWidgets import QVBoxLayout

from counter.desk import Desk
from counter.screens.fit_label import FitLabel
from counter.screens.panel import Panel
from counter.screens.sentences import Sentences
from shared.qt.theme import Theme

MOST = 2


class Notices(Panel):
    """At most two troubles of kiosks and TVs in words, and how many more there are; hidden when all is well."""

    def __init__(self, sentences: Sentences) -> None:
        super().__init__("notices")
        self._sentences = sentences
        self._lines = [FitLabel(f"notice-{index}", lines=4, grow=True) for index in range(MOST)]
        self._more = FitLabel("notice-more", grow=True)
        self._column = QVBoxLayout(self)
        for label in (*self._lines, self._more):
            self._column.addWidget(label)
        self.hide()

    def show_desk(self, desk: Desk) -> None:
        """Show what is wrong now."""
        told = [self._sentences.device(device) for device in desk.troubled] if desk.live else []
        if desk.live and desk.view is not None and desk.view.refused_configuration:
            told.append(self._sentences.refused_configuration(desk.view.refused_configuration))
        for index, line in enumerate(self._lines):
            line.setText(told[index] if index < len(told) else "")
            line.setVisible(index < len(told))
        more = len(told) - MOST
        self._more.setText(self._sentences.more_devices(more) if more > 0 else "")
        self._more.setVisible(more > 0)
        self.setVisible(bool(told))

    def dress(self, theme: Theme) -> None:
        """Dark on amber, as whatever asks to be looked at."""
        self.paint(theme, theme.called, radius=16)
        for label in (*self._lines, self._more):
            label.dress(theme.font(22, 700), theme.on_called)
        side, top = theme.px(20), theme.px(12)
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(theme.px(6))
