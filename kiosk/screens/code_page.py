"""'Ketik kode janji temu Anda': the code in groups as it is typed, and keys that no finger misses."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.check_in import grouped
from kiosk.scene import Scene, Stage
from kiosk.screens.buttons import MAIN, WHITE, Pill
from kiosk.screens.dressed import Field, Shrinking
from kiosk.screens.keyboard import Keyboard
from kiosk.screens.paint import LEFT_MIDDLE, Panel, Prose, Sign, brush, fitting_font, paint_panel, paint_sign, set_ink
from shared.booking_wire import SHORTEST_CODE
from shared.qt.theme import Theme
from shared.words import Words

STEPS = (60, 48, 36, 32, 28, 24, 20)
ROWS = 4
"""Of keys, where there is room."""
WIDEST, HIGHEST = 1500, 620
"""Of the keys together, in units of the 1080p drawing: larger ones are no quicker."""


class CodeField(Field):
    """The code so far, in groups; before that, what a code looks like."""

    def say(self, code: str, hint: str) -> None:
        """Show `code`, or `hint` while there is none; who listens hears it letter by letter."""
        self._hint = hint
        self.write(grouped(code))
        self.setAccessibleName(" ".join(code) or hint)

    def sizeHint(self) -> QSize:
        """Large: it is compared with a paper, letter by letter."""
        return QSize(self.theme.px(400), self.theme.px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field, a calendar, the code."""
        theme = self.theme
        with brush(self) as painter:
            box = QRectF(self.rect())
            paint_panel(painter, box, Panel(theme.card, theme.px(24), theme.main, theme.px(4)))
            size = theme.px(44)
            sign = QRectF(theme.px(32), box.center().y() - size / 2, size, size)
            paint_sign(painter, sign, Sign.CALENDAR, theme.main)
            room = self.rect().adjusted(theme.px(108), 0, -theme.px(32), 0)
            text, weight, ink = (self._text, 800, theme.ink) if self._text else (self._hint, 500, theme.soft)
            steps = STEPS if self._text else STEPS[2:]
            painter.setFont(fitting_font(theme, text, QSize(room.width(), theme.px(80)), steps, weight))
            painter.setPen(ink)
            painter.drawText(room, LEFT_MIDDLE, text)


class CodePage(Shrinking):
    """A heading, the code, keys, the way back, and 'Ambil nomor'.

    code_wanted(str)    what is typed now
    check_in_wanted()   that is the code
    back_wanted()
    """

    code_wanted = Signal(str)
    check_in_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.sentence, self.field = QLabel(), Prose(), CodeField("code")
        self.heading.setObjectName("heading-code")
        self.heading.setWordWrap(True)
        self.sentence.setObjectName("code-advice")
        self.keyboard = Keyboard(spaced=False)
        self._back, self.take = Pill("back", WHITE, Sign.BACK), Pill("check-in", MAIN)
        self._code = ""
        self._upper = QWidget()
        self._said = QVBoxLayout(self._upper)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.addStretch(1)
        for part in (self.heading, self.sentence, self.field):
            self._said.addWidget(part)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._back)
        self._foot.addStretch(1)
        self._foot.addWidget(self.take)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._upper)
        self._column.addWidget(self.keyboard, 1, Qt.AlignmentFlag.AlignHCenter)
        self._column.addLayout(self._foot)
        self._connect()

    def _connect(self) -> None:
        self.keyboard.typed.connect(self.type)
        self.keyboard.erased.connect(self.erase)
        self.take.clicked.connect(self.check_in_wanted)
        self._back.clicked.connect(self.back_wanted)

    def type(self, letter: str) -> None:
        """One letter more."""
        self.code_wanted.emit(self._code + letter)

    def erase(self) -> None:
        """One less."""
        self.code_wanted.emit(self._code[:-1])

    def _dress(self, theme: Theme) -> None:
        self.heading.setFont(theme.font(48, 800))
        set_ink(self.heading, theme.ink)
        self.sentence.dress(theme.font(28), soft=theme.soft, ink=theme.ink)
        self.take.step = 36
        for part in (self.field, self.keyboard, self._back, self.take):
            part.dress(theme)
        side = theme.room(56)
        self._column.setContentsMargins(side, theme.room(28), side, theme.room(28))
        self._column.setSpacing(theme.room(20))
        self._said.setSpacing(theme.room(12))
        self._foot.setSpacing(theme.px(20))
        self._spread(theme)

    def _spread(self, theme: Theme) -> None:
        """Keys as wide as the page, but not wider than high keys need; fewer side by side where it is narrow."""
        wide = theme.size.width() - 2 * theme.room(56)
        self.keyboard.spread(self.keyboard.most_across(wide))
        self.keyboard.setFixedWidth(min(wide, max(self.keyboard.least_width, theme.room(WIDEST))))
        self.keyboard.setMaximumHeight(max(self.keyboard.least_height(ROWS + 2), theme.room(HIGHEST)))

    def keep_low(self, top: int) -> None:
        """Let the keys begin no higher than `top` pixels below this page's own top: above it stands what is read."""
        self._upper.setMinimumHeight(max(0, top - self._column.contentsMargins().top() - self._column.spacing()))
        self._fit()

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        self.setEnabled(scene.stage is Stage.CHOOSING)
        if scene.code is None:
            self.keyboard.show_letters()
            return
        self._code = scene.code
        self.heading.setText(words.say("Ketik kode janji temu Anda"))
        self.sentence.write([(words.say("Atau tunjukkan kode QR-nya kepada pemindai, bila ada."), False)])
        self.field.say(scene.code, words.say("Kode, misalnya 7K2M 9QXA"))
        self.keyboard.tell(words)
        self._back.write(words.say("Kembali"))
        self.take.write(words.say("Ambil nomor"))
        self.take.setEnabled(len(scene.code) >= SHORTEST_CODE)
