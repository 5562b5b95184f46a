"""'Masih di sana?': asked over the screen before it goes back to the beginning."""

import math
import time

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from kiosk.scene import Scene, Stay
from kiosk.screens.buttons import DARK, Pill
from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import Panel, brush, paint_panel, paint_shadow, set_ink
from shared.qt.theme import Theme
from shared.words import Words

VEIL = 150
"""Opacity of the veil over the screen, of 255."""
SECOND_MS = 250
"""Often enough that the seconds never skip."""


class StillThere(Dressed):
    """Covers the screen; any touch on it is an answer.

    answered()   somebody is there
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = Words("id")
        self._stay: Stay | None = None
        self._sheet = QFrame(self)
        self.heading, self.sentence = QLabel(), QLabel()
        self.heading.setObjectName("heading-still-there")
        self.sentence.setObjectName("still-there-seconds")
        self.here = Pill("still-here", DARK)
        self.here.clicked.connect(self.answered)
        self._column = QVBoxLayout(self._sheet)
        for part in (self.heading, self.sentence, self.here):
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._count)
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.heading.setFont(theme.font(84, 800))
        self.sentence.setFont(theme.font(36))
        set_ink(self.heading, theme.ink)
        set_ink(self.sentence, theme.soft)
        self.here.step = 36
        self.here.dress(theme)
        pad = theme.px(84)
        self._column.setContentsMargins(pad, theme.px(60), pad, theme.px(60))
        self._column.setSpacing(theme.px(28))
        self._place()

    def tell(self, words: Words, scene: Scene) -> None:
        """Ask, or be gone."""
        self._words, self._stay = words, scene.stay
        self.setVisible(scene.still_there)
        if not scene.still_there:
            self._timer.stop()
            return
        self.heading.setText(words.say("Masih di sana?"))
        self.here.write(words.say("Ya, saya masih di sini"))
        self._count()
        self._timer.start()
        self._place()
        self.raise_()

    def _count(self) -> None:
        if self._stay is not None:
            left = math.ceil(self._stay.left(time.monotonic()) * self._stay.seconds)
            self.sentence.setText(self._words.say("Layar kembali ke awal dalam {seconds} detik.", seconds=left))

    def _place(self) -> None:
        self._sheet.adjustSize()
        size = self._sheet.sizeHint().expandedTo(QSize(self.theme.px(880), 0))
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(QRectF(self.rect()).center())
        self._sheet.setGeometry(box.toRect())

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A touch beside the button is an answer too; what lies below is not touched."""
        self.answered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the veil and the sheet."""
        theme = self.theme
        veil = theme.ink
        veil.setAlpha(VEIL)
        with brush(self) as painter:
            painter.fillRect(self.rect(), veil)
            box = QRectF(self._sheet.geometry())
            paint_shadow(painter, box, theme, radius=theme.px(36))
            paint_panel(painter, box, Panel(theme.card, theme.px(36)))
