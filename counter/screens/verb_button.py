"""The smaller buttons under the big one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from counter.desk import Verb
from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from counter.screens.keys import letter
from shared.qt.theme import Theme


class KeyButton(Face):
    """A word over its key."""

    def __init__(self, name: str, text: str, key: str) -> None:
        super().__init__(name)
        self.setText(text)
        self._label = FitLabel(lines=2, align=Qt.AlignmentFlag.AlignHCenter)
        self._key = FitLabel(align=Qt.AlignmentFlag.AlignHCenter)
        self._label.setText(text)
        self._key.setText(key)
        self.setAccessibleDescription(key)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label, 1)
        self._column.addWidget(self._key)

    def dress(self, theme: Theme) -> None:
        """Dark when it can be pressed, soft when not."""
        super().dress(theme)
        self._label.dress(theme.font(24, 700), theme.ink if self.looks_on else theme.resting_ink)
        self._key.dress(theme.font(20), theme.soft if self.looks_on else theme.resting_ink)
        side, top = theme.px(12), theme.px(12)
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(0)
        self.setFixedHeight(theme.px(120))


class VerbButton(KeyButton):
    """One verb with its key."""

    def __init__(self, verb: Verb, text: str) -> None:
        super().__init__(verb.value, text, letter(verb))
        self.verb = verb
