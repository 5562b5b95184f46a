"""Pictures, films and notices beside the calls: one after the other; while a number is announced they are dimmed.

Pictures stand still meanwhile; a film goes on, more quietly, and the next waits for the announcement's end.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.board import View
from display.ducking import FilmLoudness
from display.film.showing import Showing
from display.screens.lettering import Line
from display.screens.plan import Plan
from shared.labels import WELCOME, Labels
from shared.qt.later import later
from shared.qt.pictures import File, Found, Pictures

TURN_MS = 9000
"""How long a picture stays."""
LONGEST_FILM_S = 300
FADE_MS = 400
DIM = 0.78
"""How much of a picture the ground covers while a number is announced."""


class MediaPanel(QWidget):
    """What the hall shows besides its calls; the hall's name where there is nothing.

    looked(Found)    what came of looking for the next picture
    """

    looked = Signal(object)

    def __init__(  # noqa: PLR0913  -- the hall's words, its pictures, and how long and loud what is shown
        self,
        parent: QWidget,
        labels: Labels,
        pictures: Pictures,
        *,
        turn_ms: int = TURN_MS,
        films: Showing | None = None,
        loudness: Callable[[View], FilmLoudness] = lambda _view: FilmLoudness(),
    ) -> None:
        """`loudness`: how loud a film is while the board shows that."""
        super().__init__(parent)
        self._pictures = pictures
        pictures.setParent(self)
        self._films = films or Showing(self, longest_s=LONGEST_FILM_S, sound=False)
        self._films.setParent(self)
        self._loudness = loudness
        self._view = View()
        self._plan: Plan | None = None
        self._file: File | None = None
        self._passed: File | None = None
        """A film that was put off: what comes after it comes next."""
        self._picture: QImage | None = None
        self._before: QImage | None = None
        self._place = QRect()
        """Of the film in the picture."""
        self.dimmed = False
        self._is_due = False
        """A film ended while a number was announced."""
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
        pictures.stayed.connect(self._stayed)
        self._films.begun.connect(self._film_begun)
        self._films.changed.connect(lambda: self.update(self._place))
        self._films.broken.connect(pictures.reject)
        self._films.over.connect(self._film_over)
        self._films.put_off.connect(self._film_put_off)

    @property
    def shown(self) -> str:
        """The name of the file on the screen; '' for none."""
        return self._file.name if self._file and self._picture else ""

    def close_folder(self) -> None:
        """Look no further; the thread ends, and the film."""
        self._turn.stop()
        self._films.stop()
        self._pictures.close()

    def show_view(self, view: View) -> None:
        """Step back while a number is announced."""
        self._view = view
        self._films.turn(self._loudness(view))
        if view.lit == self.dimmed:
            return
        self.dimmed = view.lit
        if self.dimmed:
            self._turn.stop()
        else:
            self._turn.start()
            if self._is_due:
                self._next()
        self.update()

    def arrange(self, plan: Plan) -> None:
        """Take the place of `plan`; what is shown is decoded anew in its size."""
        self._plan = plan
        self.setGeometry(plan.media)
        self._films.leave()
        look, px, pad = plan.theme, plan.theme.px, plan.theme.px(60)
        self._welcome.dress(look.font(84, 800), look.ink)
        self._hall.dress(look.font(36), look.soft)
        middle = self.height() // 2
        self._welcome.setGeometry(pad, middle - px(100), self.width() - 2 * pad, px(120))
        self._hall.setGeometry(pad, middle + px(20), self.width() - 2 * pad, px(56))
        self._file = File("", 0, 0)
        self._next()

    def _ask(self) -> None:
        if self._films.file is None:
            self._next()
        else:
            self._films.turn(self._loudness(self._view))  # by the time of day
            self._pictures.ask_after(self._films.file)

    def _next(self) -> None:
        self._is_due = False
        self._pictures.ask_next(self._passed or self._file, self.size())
        self._passed = None

    def _came(self, found: Found) -> None:
        self.looked.emit(found)
        if found.film is not None and found.file is not None:
            self._films.show(found.file, found.film, self.size(), self._loudness(self._view))
            return
        self._films.leave()
        if found.file is None:
            self._file = self._picture = self._before = None
        elif found.picture is not None:
            self._show(found.file, found.picture)
            if found.picture.size() != self.size():
                later(self, 0, self._again)
        self._greet()

    def _show(self, file: File, picture: QImage) -> None:
        self._before, self._picture, self._file = self._picture, picture, file
        self.fade.start()

    def _greet(self) -> None:
        for line in (self._welcome, self._hall):
            line.setVisible(self._picture is None)
        self.update()

    # ------------------------------------------------------------ films

    def _film_begun(self, whole: QImage, place: QRect) -> None:
        self._place = place
        if self._films.file is not None:
            self._show(self._films.file, whole)
            self._greet()

    def _film_over(self) -> None:
        """Its last frame stays until something else comes."""
        self._freeze()
        self._films.leave()
        if self.dimmed:
            self._is_due = True
        else:
            self._turn.start()
            self._next()

    def _film_put_off(self, film: File) -> None:
        """What is on the screen stays for one turn more: trying at once what comes next would want memory again."""
        self._freeze()
        self._films.leave()
        self._passed = film
        if not self.dimmed:
            self._turn.start()

    def _freeze(self) -> None:
        frame = self._films.frame
        if frame is not None and self._picture is not None:
            with QPainter(self._picture) as painter:
                painter.drawImage(self._place, frame)

    def _stayed(self, file: File, stays: bool) -> None:  # noqa: FBT001  -- a slot: takes what the signal brings
        if file == self._films.file and not stays:
            self._film_over()

    def _again(self) -> None:
        """It was decoded for another size."""
        self._file = File("", 0, 0)
        self._next()

    def _faded(self) -> None:
        self._before = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture with round corners, or two while one fades into the other; the film's frame on it."""
        if self._plan is None:
            return
        look, frame = self._plan.theme, self._films.frame
        round_off = look.px(36)
        painter = QPainter(self)
        if frame is None or self._before is not None or not self._is_off_corners(event.rect(), round_off):
            self._clip(painter, round_off)
            painter.fillRect(self.rect(), look.card)
            self._paint_pictures(painter)
        if frame is not None and self._picture is not None:
            painter.drawImage(self._place, frame)
        painter.setOpacity(DIM)
        if self.dimmed and self._picture is not None:
            painter.fillRect(event.rect(), look.ground)
        painter.end()

    def _paint_pictures(self, painter: QPainter) -> None:
        if self._before is not None:
            painter.drawImage(self._middle(self._before), self._before)
        if self._picture is not None:
            painter.setOpacity(float(self.fade.currentValue()) if self._before is not None else 1.0)
            painter.drawImage(self._middle(self._picture), self._picture)

    def _clip(self, painter: QPainter, round_off: int) -> None:
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), round_off, round_off)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(frame)

    def _is_off_corners(self, changed: QRect, round_off: int) -> bool:
        """Whether only the film has changed, and its place has no round corner: then its frames need no clipping."""
        place, room = self._place, self.rect()
        above = place.top() >= round_off and place.bottom() <= room.bottom() - round_off
        beside = place.left() >= round_off and place.right() <= room.right() - round_off
        return place.contains(changed) and (above or beside)

    def _middle(self, picture: QImage) -> QRect:
        place = QRect(0, 0, picture.width(), picture.height())
        place.moveCenter(self.rect().center())
        return place
