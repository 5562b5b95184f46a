"""The head of every screen: whose house this is, the language, the hub's time."""

from base64 import b64decode
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.screens.buttons import WHITE, LanguageButton, Pill
from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import Panel, Sign, brush, paint_mark, paint_panel, set_ink
from shared.hall import Hall
from shared.qt.theme import Theme
from shared.words import Words, zone_name

NAME = 300
"""The least for mark and name of the hall, in units of the 1080p drawing: a long one takes three lines."""
LONGEST_DATE = "Wednesday, 30 September 2026 · WITA"


class HouseMark(Dressed):
    """The hall's logo; where it has none, the first letter of its name on the main colour."""

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._letter = (hall.short_name or hall.name)[:1]
        self._logo = QPixmap()
        if hall.logo:
            self._logo.loadFromData(b64decode(hall.logo.partition(",")[2]))

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedSize(theme.px(68), theme.px(68))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the logo in its proportions, or the letter."""
        with brush(self) as painter:
            box = QRectF(self.rect())
            if self._logo.isNull():
                paint_mark(painter, box, self.theme, self._letter, colour=self.theme.main)
                return
            size = self._logo.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(box.center())
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._logo, QRectF(self._logo.rect()))


class LanguageSwitch(Dressed):
    """One pill with the hall's languages, each by its own name.

    wanted(str)   the language that was touched
    """

    wanted = Signal(str)

    def __init__(self, languages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.buttons = [LanguageButton(language, _own_name(language)) for language in languages]
        for button in self.buttons:
            row.addWidget(button)
            button.clicked.connect(partial(self.wanted.emit, button.language))

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        for button in self.buttons:
            button.dress(theme)

    def choose(self, language: str) -> None:
        """Fill the pill of `language`."""
        for button in self.buttons:
            button.setChecked(button.language == language)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill behind them all."""
        with brush(self) as painter:
            box = QRectF(self.rect())
            theme = self.theme
            paint_panel(painter, box, Panel(theme.card, box.height() / 2, theme.line, theme.px(2)))


class Switches(QWidget):
    """'Tampilan & suara' and the languages: the same on every screen."""

    def __init__(self, languages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.modes = Pill("modes", WHITE, Sign.BODY)
        self.modes.step = 24
        self.languages = LanguageSwitch(languages)
        self.languages.setVisible(len(languages) > 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.modes)
        self._row.addWidget(self.languages)
        self._row.addStretch(1)

    @property
    def buttons(self) -> tuple[QAbstractButton, ...]:
        """All of them, in their order."""
        return (self.modes, *self.languages.buttons)

    @property
    def width_wanted(self) -> int:
        """All of them side by side, in pixels; told before Qt has laid them out anew."""
        return sum(button.sizeHint().width() for button in self.buttons) + self._row.spacing()

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self._row.setSpacing(theme.px(20))
        self.modes.dress(theme)
        self.languages.dress(theme)

    def tell(self, words: Words) -> None:
        """Say everything in the language of `words`."""
        self.modes.write(words.say("Tampilan & suara"))
        self.languages.choose(words.language)


class Header(QWidget):
    """Mark and name of the hall, 'Tampilan & suara', language switch, clock: always in the same places.

    language_wanted(str) · modes_wanted()   touched
    """

    language_wanted = Signal(str)
    modes_wanted = Signal()

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hall = hall
        self._mark = HouseMark(hall)
        self._name, self._tagline = QLabel(hall.name), QLabel(hall.tagline)
        self._time, self._date = QLabel(), QLabel()
        self._time.setObjectName("clock")
        self._date.setObjectName("date")
        self.switches = Switches(hall.languages, self)
        self.switches.languages.wanted.connect(self.language_wanted)
        self.switches.modes.clicked.connect(self.modes_wanted)
        self._house = _beside(self._mark, _column(self._name, self._tagline, Qt.AlignmentFlag.AlignLeft))
        self._clock = _column(self._time, self._date, Qt.AlignmentFlag.AlignRight)
        self._grid = QGridLayout(self)
        self._theme, self._stacked = Theme(QSize(1920, 1080)), False
        self._name.setWordWrap(True)
        if not hall.tagline:
            self._tagline.hide()

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`; upright and where they do not fit beside, the switches have a row of their own."""
        self._theme = theme
        self._mark.dress(theme)
        self.switches.dress(theme)
        for label, step, weight in (
            (self._name, 28, 700),
            (self._tagline, 20, 500),
            (self._time, 40, 800),
            (self._date, 20, 500),
        ):
            label.setFont(theme.font(step, weight))
            set_ink(label, theme.soft if weight == 500 else theme.ink)  # noqa: PLR2004  -- the weight of running text
        self._house.setSpacing(theme.px(24))
        self._place(theme, stacked=self._is_narrow())

    def _place(self, theme: Theme, *, stacked: bool) -> None:
        grid, self._stacked = self._grid, stacked
        while grid.takeAt(0) is not None:
            pass
        grid.setContentsMargins(theme.room(56), theme.px(20), theme.room(56), 0)
        grid.setHorizontalSpacing(theme.px(36))
        grid.setVerticalSpacing(theme.px(20))
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addLayout(self._house, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.addLayout(self._clock, 0, 1 if stacked else 2)
        if theme.low:
            return  # the window has them below
        if stacked:
            grid.addWidget(self.switches, 1, 0, 1, 2, middle)
        else:
            grid.addWidget(self.switches, 0, 1, middle)

    def _is_narrow(self) -> bool:
        """Whether house, switches and clock have no room side by side."""
        theme = self._theme
        clock = QFontMetrics(theme.font(20)).horizontalAdvance(LONGEST_DATE)
        room = theme.size.width() - 2 * (theme.px(36) + theme.room(56)) - theme.px(NAME) - clock
        return theme.portrait or self.switches.width_wanted > room

    def tell(self, words: Words, now: datetime) -> None:
        """Show the hub's time in the language of `words`."""
        self._time.setText(words.clock(now))
        self._date.setText(f"{words.day(now)} · {zone_name(self._hall.timezone)}")
        self.switches.tell(words)
        if self._is_narrow() != self._stacked:  # another language has longer words
            self._place(self._theme, stacked=not self._stacked)


def _column(upper: QLabel, lower: QLabel, side: Qt.AlignmentFlag) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch()
    for label in (upper, lower):
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(label)
    column.addStretch()
    return column


def _beside(mark: HouseMark, names: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(mark)
    row.addLayout(names, 1)
    return row


def _own_name(language: str) -> str:
    """A language as its speakers call it: `Indonesia`, `English`."""
    return Words(language).own_name
