"""Widgets that paint themselves: each keeps the theme of its window."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

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


class Field(Written):
    """What was typed so far; before that, a hint of what may be."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Never less than it wants."""
        return self.sizeHint()


class Shrinking(QWidget):
    """A page that is dressed smaller, step by step, until what stands in its layout has room: nothing is cut."""

    _column: QBoxLayout
    """All that stands on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme(QSize(1920, 1080))

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`, or as many smaller as its words need."""
        self._theme = theme
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether everything fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for theme in self._theme.tighter():
            self._dress(theme)
            if self._column.minimumHeightForWidth(self.width()) <= self.height():
                return

    def _dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`, whether or not everything fits."""
        raise NotImplementedError
