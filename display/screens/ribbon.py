"""The running text: drawn once into pictures, then only shifted."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from display.screens.lettering import text_width
from display.screens.plan import Plan

FRAME_MS = 16
STEP = 2
"""Units a frame: whole pixels each time, so that the letters keep their edges; 125 units a second."""
SIGN = "•"


class Ribbon(QWidget):
    """The hall's texts from right to left, for ever; they stand still where all of them fit."""

    def __init__(self, parent: QWidget, texts: Sequence[str], *, frame_ms: int = FRAME_MS) -> None:
        super().__init__(parent)
        self.setObjectName("ribbon")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._texts = tuple(texts)
        self._strips: list[QPixmap] = []
        self._ground = QColor()
        self._offset = 0
        self._step = STEP
        self._still = True
        self._frame = QTimer(self, interval=frame_ms)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.timeout.connect(self._shift)

    def text(self) -> str:
        """All it says."""
        return f" {SIGN} ".join(self._texts)

    @property
    def moving(self) -> bool:
        """Whether it runs."""
        return self._frame.isActive()

    def rest(self) -> None:
        """Stand still at the beginning."""
        self._frame.stop()
        self._offset = 0
        self.update()

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`, and draw the texts anew."""
        self.setGeometry(plan.ribbon)
        self._ground = plan.theme.ribbon
        self._step = plan.theme.px(STEP)
        self._strips = [self._draw(text, plan) for text in self._texts]
        self._still = self._length() <= self.width()
        self._offset = 0
        if self._still:
            self._frame.stop()
        else:
            self._frame.start()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the pictures where they are now."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        left = -self._offset
        while self._strips and left < self.width():
            for strip in self._strips:
                if left + strip.width() > 0 and left < self.width():
                    painter.drawPixmap(left, 0, strip)
                left += strip.width()
            if self._still:
                break
        painter.end()

    def _shift(self) -> None:
        self._offset += self._step
        if self._offset >= self._length():
            self._offset -= self._length()
        self.update()

    def _length(self) -> int:
        return sum(strip.width() for strip in self._strips)

    def _draw(self, text: str, plan: Plan) -> QPixmap:
        """One text and the sign after it, on the ribbon's own colour: copying it needs no blending."""
        look, px = plan.theme, plan.theme.px
        font = look.font(32, 500)
        wide = text_width(font, text)
        lead, sign = px(48), px(10)
        picture = QImage(lead + wide + px(56) + sign, self.height(), QImage.Format.Format_RGB32)
        picture.fill(self._ground)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(look.on_main)
        painter.drawText(QRect(lead, 0, wide, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.on_main)
        if len(self._texts) > 1 or wide > self.width():
            painter.drawEllipse(lead + wide + px(52), (self.height() - sign) // 2, sign, sign)
        painter.end()
        return QPixmap.fromImage(picture)
