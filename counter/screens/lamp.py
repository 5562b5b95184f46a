"""Whether the hub is there, as a light and a word."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counter.screens.fit_label import FitLabel
from shared.qt.theme import Theme
from shared.words import Words, msg

CONNECTED = msg("Tersambung")
AWAY = msg("Terputus")


class _Light(QWidget):
    """The light itself: a disc when the hub is there, a ring when it is not; the shape tells it too."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = QColor(Qt.GlobalColor.black)
        self.on = False
        self.stroke = 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(self.colour)
        pen.setWidth(self.stroke)
        painter.setPen(pen)
        painter.setBrush(self.colour if self.on else QColor(Qt.GlobalColor.transparent))
        half = min(self.width(), self.height()) / 2 - self.stroke
        painter.drawEllipse(QPointF(self.rect().center()) + QPointF(0.5, 0.5), half, half)


class Lamp(QWidget):
    """The hub's lamp. `text()` is its word."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("lamp")
        self._words = words
        self._theme: Theme | None = None
        self._light = _Light()
        self._word = FitLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._word)
        self._row.addWidget(self._light)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.show_live(live=False)

    def text(self) -> str:
        """'Tersambung' or 'Terputus'."""
        return self._word.text()

    def show_live(self, *, live: bool) -> None:
        """Light up, or go out."""
        self._light.on = live
        self._word.setText(self._words.say(CONNECTED if live else AWAY))
        self.setAccessibleName(self._word.text())
        if self._theme is not None:
            self.dress(self._theme)

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self._theme = theme
        self._light.colour = theme.well if self._light.on else theme.late
        self._light.stroke = theme.px(4)
        self._light.setFixedSize(QSize(theme.px(22), theme.px(22)))
        self._light.update()
        self._word.dress(theme.font(24), theme.soft if self._light.on else theme.late)
        self._row.setSpacing(theme.px(12))
