"""Widgets that paint themselves: each keeps the theme of its window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from shared.qt.theme import Theme


class Dressed(QWidget):
    """Paints itself in `theme`, which its window gives it by `dress`."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.theme = Theme(QSize(1920, 1080))

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        self.theme = theme
        self.updateGeometry()
        self.update()


class Written(Dressed):
    """A text that paints itself."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._text = ""

    def text(self) -> str:
        """What it says."""
        return self._text

    def write(self, text: str) -> None:
        """Change it."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()
