"""Pictures and notices beside the calls: one after the other; while a number is announced they stand still, dimmed."""

from PySide6.QtCore import QRect, QRectF, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.screens.lettering import Line
from display.screens.plan import Plan
from shared.labels import WELCOME, Labels
from shared.qt.later import later
from shared.qt.pictures import File, Found, Pictures

TURN_MS = 9000
"""How long each stays."""
FADE_MS = 400
DIM = 0.78
"""How much of a picture the ground covers while a number is announced."""


class MediaPanel(QWidget):
    """What the hall shows besides its calls; the hall's name where there is nothing.

    looked(Found)    what came of looking for the next picture
    """

    looked = Signal(object)

    def __init__(self, parent: QWidget, labels: Labels, pictures: Pictures, *, turn_ms: int = TURN_MS) -> None:
        super().__init__(parent)
        self._pictures = pictures
        pictures.setParent(self)
        self._plan: Plan | None = None
        self._file: File | None = None
        self._picture: QImage | None = None
        self._before: QImage | None = None
        self.dimmed = False
        self._welcome, self._hall = Line(self), Line(self)
        self._welcome.say(labels.main(WELCOME))
        self._hall.say(labels.hall_name)
        self._turn = QTimer(self, interval=turn_ms)
        self._turn.timeout.connect(self._ask)
        self._turn.start()
        self.fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=FADE_MS)
        self.fade.valueChanged.connect(lambda _share: self.update())
        self.fade.finished.connect(self._faded)
        pictures.came.connect(self._came)

    @property
    def shown(self) -> str:
        """The name of the file on the screen; '' for none."""
        return self._file.name if self._file and self._picture else ""

    def close_folder(self) -> None:
        """Look no further; the thread ends."""
        self._turn.stop()
        self._pictures.close()

    def show_view(self, view: View) -> None:
        """Step back while a number is announced."""
        if view.lit == self.dimmed:
            return
        self.dimmed = view.lit
        if self.dimmed:
            self._turn.stop()
        else:
            self._turn.start()
        self.update()

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`; what is shown is decoded anew in its size."""
        self._plan = plan
        self.setGeometry(plan.media)
        look, px, pad = plan.theme, plan.theme.px, plan.theme.px(60)
        self._welcome.dress(look.font(84, 800), look.ink)
        self._hall.dress(look.font(36), look.soft)
        middle = self.height() // 2
        self._welcome.setGeometry(pad, middle - px(100), self.width() - 2 * pad, px(120))
        self._hall.setGeometry(pad, middle + px(20), self.width() - 2 * pad, px(56))
        self._file = File("", 0, 0)
        self._ask()

    def _ask(self) -> None:
        self._pictures.ask_next(self._file, self.size())

    def _came(self, found: Found) -> None:
        self.looked.emit(found)
        if found.file is None:
            self._file = self._picture = self._before = None
        elif found.picture is not None:
            self._before, self._picture, self._file = self._picture, found.picture, found.file
            if self._picture.size() != self.size():
                later(self, 0, self._again)
            self.fade.start()
        for line in (self._welcome, self._hall):
            line.setVisible(self._picture is None)
        self.update()

    def _again(self) -> None:
        """It was decoded for another size."""
        self._file = File("", 0, 0)
        self._ask()

    def _faded(self) -> None:
        self._before = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture with round corners, or two while one fades into the other."""
        if self._plan is None:
            return
        look = self._plan.theme
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), look.px(36), look.px(36))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(frame, look.card)
        painter.setClipPath(frame)
        if self._before is not None:
            painter.drawImage(self._middle(self._before), self._before)
        if self._picture is not None:
            fading = self._before is not None
            painter.setOpacity(float(self.fade.currentValue()) if fading else 1.0)
            painter.drawImage(self._middle(self._picture), self._picture)
        if self.dimmed and self._picture is not None:
            painter.setOpacity(DIM)
            painter.fillRect(self.rect(), look.ground)
        painter.end()

    def _middle(self, picture: QImage) -> QRect:
        place = QRect(0, 0, picture.width(), picture.height())
        place.moveCenter(self.rect().center())
        return place
