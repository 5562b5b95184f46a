"""The sheet 'Tampilan & suara': each way the screen can suit a body, one touch each."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kiosk.modes import Mode
from kiosk.scene import Scene
from kiosk.screens.buttons import DARK, MAIN, RESTING, WHITE, Pill, Switch
from kiosk.screens.overlay import Overlay
from kiosk.screens.paint import (
    LEFT_MIDDLE,
    LEFT_TOP,
    WRAP,
    Panel,
    Sign,
    balanced,
    brush,
    paint_panel,
    paint_sign,
    set_ink,
    text_size,
)
from shared.qt.theme import Theme
from shared.words import Words, msg


@dataclass(frozen=True)
class Said:
    """A mode's name, and what it does."""

    name: str
    what: str


MODES = {
    Mode.LARGE: Said(msg("Huruf besar"), msg("Semua tulisan lebih besar.")),
    Mode.CONTRAST: Said(msg("Kontras tinggi"), msg("Tulisan terang di atas hitam.")),
    Mode.SPOKEN: Said(msg("Suara"), msg("Layar dibacakan, lewat pelantang telinga bila ada.")),
    Mode.DARK: Said(msg("Suara, layar gelap"), msg("Dibacakan tanpa tampilan.")),
    Mode.LOW: Said(msg("Tombol lebih rendah"), msg("Semua tombol turun ke bagian bawah layar.")),
}
"""Every mode, in the order of the sheet."""


VOICED = (Mode.SPOKEN, Mode.DARK)
"""What needs a voice."""


class ModeSwitch(Switch):
    """One mode: its name, what it does, and whether it is on, which a disc with a check mark says."""

    def __init__(self, mode: Mode, parent: QWidget | None = None) -> None:
        super().__init__(f"mode-{mode}", WHITE, parent)
        self.mode = mode
        self._what = ""
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # as high as the one beside it
        self.setSizePolicy(policy)

    def write(self, name: str, what: str) -> None:
        """Say what it is and what it does."""
        self.setText(name)
        self._what = what
        self.setAccessibleName(f"{name}. {what}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines, and no smaller than a touch."""
        theme = self.theme
        wide = theme.px(560)
        name = QFontMetrics(theme.font(28, 700)).height()
        what = text_size(theme.font(20), self._what, wide - self._left() - theme.px(28)).height()
        return QSize(wide, max(name + what + theme.px(40), self.height_wanted))

    def minimumSizeHint(self) -> QSize:
        """Never less: words are not cut."""
        return self.sizeHint()

    def _left(self) -> int:
        return self.theme.px(28 + 52 + 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel, the disc, and the two lines."""
        self.coat = MAIN if self.isChecked() else WHITE if self.isEnabled() else RESTING
        theme, ink = self.theme, self.colour(self.coat.ink)
        with brush(self) as painter:
            self.paint_body(painter)
            disc = QRectF(0, 0, theme.px(52), theme.px(52))
            disc.moveCenter(QRectF(self.rect()).center())
            disc.moveLeft(theme.px(28))
            paint_panel(painter, disc, Panel(self.colour(self.coat.fill), disc.height() / 2, ink, theme.px(3)))
            if self.isChecked():
                inset = disc.width() / 4
                paint_sign(painter, disc.adjusted(inset, inset, -inset, -inset), Sign.CHECK, ink)
            self._write_lines(painter, ink)

    def _write_lines(self, painter: QPainter, ink: QColor) -> None:
        theme = self.theme
        room = self.rect().adjusted(self._left(), 0, -theme.px(28), 0)
        name = QFontMetrics(theme.font(28, 700)).height()
        what = text_size(theme.font(20), self._what, room.width()).height()
        room.setTop((self.height() - name - what) // 2)
        painter.setPen(ink)
        painter.setFont(theme.font(28, 700))
        painter.drawText(QRectF(room.left(), room.top(), room.width(), name), LEFT_MIDDLE, self.text())
        painter.setFont(theme.font(20))
        lines = balanced(theme.font(20), self._what, room.width())
        painter.drawText(QRectF(room.left(), room.top() + name, room.width(), what), LEFT_TOP | WRAP, lines)

    def radius(self, box: QRectF) -> float:
        """A tile's corners: the lines may be several."""
        return min(box.height() / 2, self.theme.px(36))


class ModesSheet(Overlay):
    """What a visitor can have, and 'Selesai'. A touch beside it closes it too.

    wanted(Mode)   that one was touched
    closed()       it has been seen
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.sentence = QLabel(), QLabel()
        self.heading.setObjectName("heading-modes")
        self.sentence.setWordWrap(True)
        self.switches = [ModeSwitch(mode) for mode in MODES]
        self.done = Pill("modes-done", DARK)
        self.done.clicked.connect(self.closed)
        self._column = QVBoxLayout(self.sheet)
        self._grid = QGridLayout()
        self._column.addWidget(self.heading)
        self._column.addWidget(self.sentence)
        self._column.addLayout(self._grid)
        for switch in self.switches:  # before 'Selesai': the order in which they are read out
            self._grid.addWidget(switch)
        self._column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)
        self._words = Words("id")
        self._voice: bool | None = False
        for switch in self.switches:
            switch.clicked.connect(partial(self.wanted.emit, switch.mode))

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`; upright the switches stand one below the other."""
        self.heading.setFont(theme.font(48, 800))
        self.sentence.setFont(theme.font(24))
        set_ink(self.heading, theme.ink)
        set_ink(self.sentence, theme.soft)
        for part in (*self.switches, self.done):
            part.dress(theme)
        pad = theme.room(56)
        self._column.setContentsMargins(pad, theme.room(48), pad, theme.room(48))
        self._column.setSpacing(theme.room(20))
        self._grid.setSpacing(theme.room(20))
        columns = 1 if theme.portrait else 2
        for place, switch in enumerate(self.switches):
            self._grid.addWidget(switch, *divmod(place, columns))
        super().dress(theme)

    def tell(self, words: Words, scene: Scene) -> None:
        """Say what there is and which is on, or be gone."""
        self._words = words
        self.setVisible(scene.choosing_modes)
        self.heading.setText(words.say("Tampilan & suara"))
        self.sentence.setText(words.say("Berlaku sampai kunjungan Anda selesai."))
        self.done.write(words.say("Selesai"))
        for switch in self.switches:
            switch.write(words.say(MODES[switch.mode].name), words.say(self._what(switch.mode)))
            switch.setEnabled(switch.mode not in VOICED or self._voice is True)
            switch.setChecked(scene.modes.has(switch.mode))
        if scene.choosing_modes:
            self.place()
            if not scene.modes.spoken:  # who listens touches the zones, which lie above
                self.raise_()

    def _what(self, mode: Mode) -> str:
        """What a mode does, or why it cannot be had."""
        if mode not in VOICED or self._voice is True:
            return MODES[mode].what
        return msg("Suara sedang diperiksa.") if self._voice is None else msg("Suara tidak tersedia di sini.")

    def show_voice(self, there: bool | None, scene: Scene) -> None:  # noqa: FBT001  -- None: not known yet
        """Say whether this kiosk has a voice."""
        self._voice = there
        self.tell(self._words, scene)

    def touched_beside(self) -> None:
        """Beside the sheet: it has been seen."""
        self.closed.emit()
