"""One line of the sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from counter.choice import Choice
from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from counter.screens.tick_box import TickBox
from shared.qt.theme import Theme

ROW_UNITS = 76


class ChoiceRow(Face):
    """Its key, what it does, and to whom."""

    def __init__(self, index: int) -> None:
        super().__init__(f"choice-{index}")
        self.choice: Choice | None = None
        self._key = FitLabel(f"choice-{index}-key", align=Qt.AlignmentFlag.AlignHCenter)
        self._text = FitLabel(f"choice-{index}-text", lines=2, grow=True)
        self._detail = FitLabel(f"choice-{index}-detail", align=Qt.AlignmentFlag.AlignRight)
        self._key.setText(str(index + 1))
        self._row = QHBoxLayout(self)
        self._box = TickBox()
        for part in (self._key, self._box, self._text, self._detail):
            self._row.addWidget(part, 1 if part is self._text else 0)

    def show_choice(self, choice: Choice) -> None:
        """Be this line."""
        self.choice = choice
        self.setText(choice.text)
        self._text.setText(choice.text)
        detail = choice.detail or choice.letter
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._box.setVisible(choice.ticked is not None)
        self._box.show_tick(is_ticked=choice.ticked is True)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        super().dress(theme)
        self._key.dress(theme.font(24, 700), theme.main)
        self._key.setFixedWidth(theme.px(36))
        self._text.dress(theme.font(26, 700), theme.ink)
        self._detail.dress(theme.font(22), theme.soft)
        self._box.dress(theme)
        side = theme.px(20)
        self._row.setContentsMargins(side, theme.px(6), side, theme.px(6))
        self._row.setSpacing(theme.px(16))
        self.setFixedHeight(theme.px(ROW_UNITS))
