"""The spoken mode's screen: four quarters to touch without seeing them, and what is being said."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.scene import Scene
from kiosk.screens.buttons import WHITE, Button
from kiosk.screens.dressed import Written
from kiosk.screens.paint import MIDDLE, WRAP, Panel, Sign, brush, fitting_font, paint_panel, paint_sign
from shared.qt.theme import Theme
from shared.words import Words, msg

STEPS = (84, 60, 48, 36, 28, 24, 20)


class Zone(Button):
    """One quarter, with its word and its sign; black and without a word where the screen is to be dark."""

    def __init__(self, name: str, text: str, sign: Sign, parent: QWidget) -> None:
        super().__init__(name, WHITE, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._said, self._sign = text, sign
        self.at_top = False
        self.dark = False

    def write(self, words: Words) -> None:
        """Say it in the language of `words`."""
        self.setText(words.say(self._said))
        self.update()

    def radius(self, box: QRectF) -> float:
        """A tile's corners."""
        return min(box.height() / 2, self.theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quarter, and its word and sign towards the screen's corner."""
        theme = self.theme
        with brush(self) as painter:
            if self.dark:
                painter.fillRect(self.rect(), theme.dark)
                return
            self.paint_body(painter)
            size, pad = theme.px(60), theme.px(36)
            room = QRectF(self.rect()).adjusted(pad, pad, -pad, -pad)
            high = size + theme.px(60)
            box = QRectF(room.left(), room.top() if self.at_top else room.bottom() - high, room.width(), high)
            sign = QRectF(box.center().x() - size / 2, box.top(), size, size)
            ink = self.colour(self.coat.ink)
            paint_sign(painter, sign, self._sign, ink)
            painter.setPen(ink)
            painter.setFont(theme.font(36, 700))
            painter.drawText(box.adjusted(0, size, 0, 0), MIDDLE, self.text())


class Saying(Written):
    """What is being said, as large as its room, for who sees a little and who helps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("saying", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a card and the words."""
        theme = self.theme
        with brush(self) as painter:
            paint_panel(painter, QRectF(self.rect()), Panel(theme.ink, theme.px(36)))
            pad = theme.px(36)
            room = self.rect().adjusted(pad, pad, -pad, -pad)
            painter.setFont(fitting_font(theme, self._text, room.size(), STEPS, 700))
            painter.setPen(theme.card)
            painter.drawText(room, MIDDLE | WRAP, self._text)


class Zones(Written):
    """Covers the screen while it is read out; the screen below is worked by it and not touched.

    before() · after() · choose() · leave()   the quarter that was touched
    """

    before = Signal()
    after = Signal()
    choose = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("zones", parent)
        self.quarters = [
            Zone("zone-before", msg("Sebelumnya"), Sign.BACK, self),
            Zone("zone-after", msg("Berikutnya"), Sign.ON, self),
            Zone("zone-leave", msg("Kembali"), Sign.HOME, self),
            Zone("zone-choose", msg("Pilih"), Sign.CHECK, self),
        ]
        for zone, signal in zip(self.quarters, (self.before, self.after, self.leave, self.choose), strict=True):
            zone.clicked.connect(signal)
        self.saying = Saying(self)
        self._dark = False
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`: the quarters of the screen, or of its lower part."""
        super().dress(theme)
        self.saying.dress(theme)
        for zone in self.quarters:
            zone.dress(theme)
        gap, top = theme.room(16), theme.low_top
        wide, high = (self.width() - 3 * gap) // 2, (self.height() - top - 3 * gap) // 2
        for place, zone in enumerate(self.quarters):
            row, column = divmod(place, 2)
            zone.at_top = row == 0
            zone.setGeometry(gap + column * (wide + gap), top + gap + row * (high + gap), wide, high)
        self.saying.setGeometry(self._room_for_words(gap, top, high))

    def _room_for_words(self, gap: int, top: int, high: int) -> QRect:
        """Above the quarters where they are low; else in the middle, where each still has its corner."""
        if top:
            return QRect(gap, gap, self.width() - 2 * gap, top - 2 * gap)
        inset = self.width() // 8
        return QRect(inset, gap + high // 2, self.width() - 2 * inset, high + gap)

    def tell(self, words: Words, scene: Scene) -> None:
        """Lie over the screen while it is read out."""
        self._dark = scene.modes.dark
        for zone in self.quarters:
            zone.write(words)
            zone.dark = self._dark
        self.saying.setVisible(not self._dark)
        self.setVisible(scene.modes.spoken)
        if scene.modes.spoken:
            self.raise_()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Between the quarters nothing is touched."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground; black where the screen is to be dark."""
        with brush(self) as painter:
            painter.fillRect(self.rect(), self.theme.dark if self._dark else self.theme.ground)
