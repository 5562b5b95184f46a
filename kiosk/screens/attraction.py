"""The hall's pictures while nobody stands here, and below them the one thing to do: touch the screen."""

from collections.abc import Callable, Collection, Sequence
from time import monotonic

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.screens.aim import REACTION_S
from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import BalancedLabel, Sign, brush, paint_sign, set_ink
from kiosk.screens.resting import opening
from shared.hall import Hall
from shared.qt.pictures import File, Found, Pictures
from shared.qt.theme import Theme
from shared.wire import Offers
from shared.words import Words, msg

TURN_MS = 9000
"""How long each picture stays."""
FADE_MS = 300
STEP_MS = 33
SLOW_S = 0.1
"""A step of a fade that took so long: this PC shows the next picture at once, from now on."""
GUARD_MS = round(1000 * REACTION_S)
"""So long nobody can have seen what appears below."""
WANDER = ((0, 0), (8, 4), (16, 0), (8, -4))
"""By how much the words are moved with each picture, in units of the drawing: none burns itself in."""
SIGN = 84


class TouchSign(Dressed):
    """Where a finger comes down."""

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedSize(theme.px(SIGN), theme.px(SIGN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        with brush(self) as painter:
            edge = self.theme.px(6)
            paint_sign(painter, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), Sign.TOUCH, self.theme.on_main)


class Strip(Dressed):
    """'Sentuh layar untuk mengambil nomor' in all languages of the hall, the clock, who waits, whose house this is."""

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__("attraction-strip", parent)
        self.sign = TouchSign()
        self.invitation, self.others, self.clock = BalancedLabel(), QLabel(), QLabel()
        self.people, self.house = QLabel(), QLabel(hall.name)
        for label, name in (
            (self.invitation, "invitation"),
            (self.others, "invitation-others"),
            (self.clock, "attraction-clock"),
            (self.people, "attraction-people"),
            (self.house, "attraction-house"),
        ):
            label.setObjectName(name)
        for label in (self.others, self.house):
            label.setWordWrap(True)
        policy = self.people.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the pictures keep their size when nobody waits
        self.people.setSizePolicy(policy)
        self._said, self._facts = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._fill()

    def _fill(self) -> None:
        self._said.addStretch(1)
        self._said.addWidget(self.invitation)
        self._said.addWidget(self.others)
        self._said.addStretch(1)
        self._upper.addWidget(self.sign)
        self._upper.addLayout(self._said, 1)
        for part in (self.clock, self.people, self.house):
            self._facts.addWidget(part)
        self._row.addLayout(self._upper, 3)
        self._row.addLayout(self._facts, 1)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`; upright, the facts stand below the invitation."""
        super().dress(theme)
        for label, step, weight in (
            (self.invitation, 60, 800),
            (self.others, 36, 500),
            (self.clock, 60, 800),
            (self.people, 28, 700),
            (self.house, 24, 500),
        ):
            label.setFont(theme.font(step, weight))
            set_ink(label, theme.on_main)
        self.sign.dress(theme)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if theme.portrait else across)
        self._facts.setDirection(across if theme.portrait else down)
        left, middle, right = (Qt.AlignmentFlag[f"Align{side}"] for side in ("Left", "HCenter", "Right"))
        sides = (left, middle, right) if theme.portrait else (right, right, right)
        for label, side in zip((self.clock, self.people, self.house), sides, strict=True):
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._row.setSpacing(theme.px(28))
        self._facts.setSpacing(theme.px(28 if theme.portrait else 0))
        self._upper.setSpacing(theme.px(36))
        self.wander(0)

    def least_height(self, width: int) -> int:
        """What its words need at that width."""
        self._row.invalidate()
        return max(self._row.totalHeightForWidth(width), self._row.totalMinimumSize().height())

    def settle(self) -> None:
        """Lay the words out now, not after the next frame."""
        self._row.activate()

    def wander(self, step: int) -> None:
        """Move the words a little."""
        theme, (right, down) = self.theme, WANDER[step % len(WANDER)]
        side, edge = theme.room(56), theme.room(28)
        right, down = theme.room(right), round(theme.scale * down)
        self._row.setContentsMargins(side + right, edge + down, side - right, edge - down)

    def tell(self, said: Sequence[str], people: str, clock: str) -> None:
        """Say what to do, in each language, how many wait ('' for not known), and the time."""
        self.invitation.write(said[0])
        self.others.setText("\n".join(said[1:]))
        self.others.setVisible(len(said) > 1)
        self.people.setText(people)
        self.people.setVisible(bool(people))
        self.clock.setText(clock)
        self.setAccessibleName(said[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground: no word ever stands on a picture."""
        with brush(self) as painter:
            painter.fillRect(self.rect(), self.theme.main)


class AttractionPage(Dressed):
    """Covers the screen while pictures pass. The first touch only opens what is below, and is no press on it.

    touched()        somebody has come
    looked(Found)    what came of looking for the next picture
    """

    touched = Signal()
    looked = Signal(object)

    def __init__(self, hall: Hall, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__("attraction", parent)
        self._pictures = pictures
        self._shown: File | None = None
        self._picture: QImage | None = None
        self._before: QImage | None = None
        self._wanted = self._was_touched = False
        self._turns = 0
        self._begun = self._stepped = 0.0
        self.fades = True
        """Whether this PC is quick enough for pictures to fade into each other."""
        self.strip = Strip(hall, self)
        self._next = self._timer(TURN_MS, self._ask)
        self._fade = self._timer(STEP_MS, self._fade_on)
        self._guard = QTimer(self, singleShot=True)
        self._guard.timeout.connect(self.hide)
        pictures.came.connect(self._came)
        self.hide()

    def _timer(self, every_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.timeout.connect(act)
        return timer

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.strip.dress(theme)
        self._place()

    def _place(self) -> None:
        high = self.strip.least_height(self.width())
        self.strip.setGeometry(0, self.height() - high, self.width(), high)
        self.strip.settle()
        if self._picture is not None and self._picture.size() != self.room.size():
            self._forget()  # it is to have another size now
            self._ask()

    @property
    def room(self) -> QRect:
        """Where the pictures are: above the words."""
        return QRect(0, 0, self.width(), self.strip.y())

    def tell(self, said: Sequence[str], people: str, clock: str) -> None:
        """Say what stands below the pictures."""
        self.strip.tell(said, people, clock)
        self._place()

    # -------------------------------------------------------- passing

    def let_pass(self, *, on: bool) -> None:
        """Begin with the first picture there is, or be gone."""
        self._wanted = on
        if on:
            self._was_touched = False
            self._guard.stop()
            self._next.start()
            self._ask()
            return
        self._next.stop()
        self._fade.stop()
        self._picture = self._before = None
        self._forget()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)
        if self._was_touched:
            self._guard.start(GUARD_MS)
            self.strip.hide()
            self.update()
        else:
            self.hide()

    @property
    def passing(self) -> bool:
        """Whether there is a picture on the screen."""
        return self._wanted and self._picture is not None

    def _forget(self) -> None:
        """Know no more than where among the pictures one was."""
        self._shown = File(self._shown.name, 0, 0) if self._shown else None

    def _ask(self) -> None:
        self._pictures.ask_next(self._shown, self.room.size())

    def _came(self, found: Found) -> None:
        self.looked.emit(found)
        if not self._wanted:
            return
        if found.file is None:
            self._shown = self._picture = self._before = None
            self.hide()
        elif found.picture is not None:
            self._change(found.file, found.picture)

    def _change(self, file: File, picture: QImage) -> None:
        self._shown, self._before, self._picture = file, self._picture, picture
        self.strip.wander(self._turns)
        self._place()
        self._turns += 1
        if self._before is not None and self.fades:
            self._begun = self._stepped = monotonic()
            self._fade.start()
        else:
            self._before = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.strip.show()
        self.show()
        self.update()

    def _fade_on(self) -> None:
        now, before = monotonic(), self._stepped
        self._stepped = now
        if now - before > SLOW_S:
            self.fades = False
        if not self.fades or self._faded(now) >= 1:
            self._fade.stop()
            self._before = None
        self.update(self.room)

    def _faded(self, now: float) -> float:
        return (now - self._begun) * 1000 / FADE_MS

    # -------------------------------------------------------- touched, and seen

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Somebody has come; while the screen opens, this touches nothing."""
        event.accept()
        if self.passing:
            self._was_touched = True
            self.touched.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As any touch."""
        self.mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, or two while one fades into the other; nothing while the screen opens."""
        if self._picture is None:
            return
        with brush(self) as painter:
            if self._before is not None:
                painter.drawImage(self.room, self._before)
                painter.setOpacity(min(1.0, self._faded(monotonic())))
            painter.drawImage(self.room, self._picture)


def said_of(offers: Offers | None, agencies: Collection[str], languages: Sequence[str]) -> list[str]:
    """What stands below the pictures, in each language: what to do, or when numbers are given again."""
    told = [opening(offers, agencies, Words(language)) for language in languages]
    if not told[0]:
        told = [Words(language).say(msg("Sentuh layar untuk mengambil nomor")) for language in languages]
    return list(dict.fromkeys(told))
