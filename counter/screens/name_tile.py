"""One of the staff to choose."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout

from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from shared.qt.theme import Theme
from shared.wire import Staff


class NameTile(Face):
    """A name, and the role where it is more than an officer's."""

    def __init__(self, staff: Staff, role: str) -> None:
        super().__init__(f"staff-{staff.id}")
        self.staff = staff
        self.setText(staff.name)
        self.setAccessibleDescription(role)
        self._name, self._role = FitLabel(lines=2, grow=True), FitLabel(grow=True)
        self._name.setText(staff.name)
        self._role.setText(role)
        self._role.setVisible(bool(role))
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._name)
        self._column.addWidget(self._role)
        self._column.addStretch(1)

    def fill(self, theme: Theme) -> QColor:
        """Tinted where the focus is."""
        return theme.tint if self.hasFocus() else theme.card

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        super().dress(theme)
        self._name.dress(theme.font(26, 700), theme.ink)
        self._role.dress(theme.font(20), theme.soft)
        side, top = theme.px(20), theme.px(8)
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(0)
