"""The level sign: five bars that move while the voice speaks, and stand still otherwise."""

from math import sin

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

STILL = (0.4, 0.8, 0.55, 1.0, 0.45)
"""The bars at rest, of the sign's height."""
FRAME_MS = 50
SPEEDS = (5.1, 7.3, 6.1, 8.3, 6.7)
"""Radians a second: five bars that never fall into step."""
QUIETEST, GAIN = 0.35, 2.0
"""The bars' height in silence; speech at half of full scale is as loud as the sign shows."""


class LevelSign(QWidget):
    """Says 'this is being spoken' without words."""

    def __init__(self, parent: QWidget, *, frame_ms: int = FRAME_MS) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self._loudness = 1.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=frame_ms)
        self._timer.timeout.connect(self.update)

    @property
    def moving(self) -> bool:
        """Whether the bars move."""
        return self._timer.isActive()

    def dress(self, colour: QColor) -> None:
        """Another colour."""
        self._colour = colour
        self.update()

    def move_while(self, *, speaking: bool) -> None:
        """Move, or stand still."""
        if speaking and not self.moving:
            self._loudness = 1.0
            self._clock.start()
            self._timer.start()
        elif not speaking and self.moving:
            self._timer.stop()
            self.update()

    def hear(self, loudness: float) -> None:
        """How loud the voice is now, 0-1; a pause in speech draws the bars together."""
        self._loudness = QUIETEST + (1 - QUIETEST) * min(1.0, loudness * GAIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, each as high as it stands now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        pitch = self.width() / len(STILL)
        bar = pitch * 0.6
        for index, share in enumerate(self._levels()):
            tall = max(bar, share * self.height())
            box = QRectF(index * pitch + (pitch - bar) / 2, (self.height() - tall) / 2, bar, tall)
            painter.drawRoundedRect(box, bar / 2, bar / 2)
        painter.end()

    def _levels(self) -> list[float]:
        if not self.moving:
            return list(STILL)
        seconds = self._clock.elapsed() / 1000
        return [self._loudness * (0.62 + 0.38 * sin(seconds * speed + 2 * index)) for index, speed in enumerate(SPEEDS)]
