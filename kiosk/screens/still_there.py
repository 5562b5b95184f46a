"""'Masih di sana?': asked over the screen before it goes back to the beginning."""

import math
import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.scene import Scene, Stay
from kiosk.screens.aim import REACTION_S
from kiosk.screens.buttons import DARK, Pill
from kiosk.screens.overlay import Overlay
from kiosk.screens.paint import set_ink
from shared.qt.theme import Theme
from shared.words import Words

SECOND_MS = 250
"""Often enough that the seconds never skip."""


class StillThere(Overlay):
    """Covers the screen; any touch on it is an answer. A finger on its way as it comes still finds what lies below.

    answered()   somebody is there
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words("id")
        self._stay: Stay | None = None
        self.heading, self.sentence = QLabel(), QLabel()
        self.heading.setObjectName("heading-still-there")
        self.sentence.setObjectName("still-there-seconds")
        self.here = Pill("still-here", DARK)
        self.here.clicked.connect(self.answered)
        self._column = QVBoxLayout(self.sheet)
        for part in (self.heading, self.sentence, self.here):
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._count)
        self._seen = QTimer(self, singleShot=True, interval=round(1000 * REACTION_S))
        self._seen.timeout.connect(lambda: self._let_through(on=False))

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self.heading.setFont(theme.font(84, 800))
        self.sentence.setFont(theme.font(36))
        set_ink(self.heading, theme.ink)
        set_ink(self.sentence, theme.soft)
        self.here.step = 36
        self.here.dress(theme)
        pad = theme.px(84)
        self._column.setContentsMargins(pad, theme.px(60), pad, theme.px(60))
        self._column.setSpacing(theme.px(28))
        super().dress(theme)

    def tell(self, words: Words, scene: Scene) -> None:
        """Ask, or be gone."""
        self._words, self._stay = words, scene.stay
        if scene.still_there and not self.isVisible():
            self._let_through(on=True)
            self._seen.start()
        self.setVisible(scene.still_there)
        if not scene.still_there:
            self._timer.stop()
            return
        self.heading.setText(words.say("Masih di sana?"))
        self.here.write(words.say("Ya, saya masih di sini"))
        self._count()
        self._timer.start()
        self.place()
        self.raise_()

    def _let_through(self, *, on: bool) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=on)

    def _count(self) -> None:
        if self._stay is not None:
            left = math.ceil(self._stay.left(time.monotonic()) * self._stay.seconds)
            self.sentence.setText(self._words.say("Layar kembali ke awal dalam {seconds} detik.", seconds=left))

    def touched_beside(self) -> None:
        """A touch beside the button is an answer too."""
        self.answered.emit()
