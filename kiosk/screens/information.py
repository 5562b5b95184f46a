"""What to know of a service before its number: what to bring, what it costs, how long, where. One main button."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kiosk.queues import AgencyQueue
from kiosk.scene import Scene, Stage
from kiosk.screens.buttons import MAIN, Pill
from kiosk.screens.dressed import Dressed
from kiosk.screens.foot import Foot
from kiosk.screens.names import service_name
from kiosk.screens.paint import (
    LEFT_TOP,
    WRAP,
    Panel,
    Prose,
    Sign,
    brush,
    paint_panel,
    paint_sign,
    set_ink,
    text_size,
)
from kiosk.screens.services import AgencyMark, service_face
from shared.explained import cost_of, place_of, requirements_of
from shared.hall import Agency, Hall, Service
from shared.qt.theme import Theme
from shared.wire import Offers
from shared.words import Words

STEPS = (36, 32, 28, 24, 20, 16, 14)
PAD = 48
"""From the card's edge to its words, in units of the 1080p drawing."""
CAPTION = 0.75
"""A caption's height, of its text's."""


@dataclass(frozen=True)
class Entry:
    """One thing to know: its caption, '' where a check mark stands before it, and the text."""

    text: str
    caption: str = ""


class Entries(Dressed):
    """Things to know, one below the other, as large as there is room for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._title, self._entries = "", tuple[Entry, ...]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def write(self, entries: Sequence[Entry], title: str = "") -> None:
        """Change it."""
        self._title, self._entries = title, tuple(entries)
        self.setAccessibleName(self.text().replace("\n", ". "))
        self.setVisible(bool(entries))
        self.update()

    def text(self) -> str:
        """What it says, line by line."""
        lines = (f"{entry.caption}: {entry.text}" if entry.caption else entry.text for entry in self._entries)
        return "\n".join([self._title, *lines] if self._title else lines)

    @property
    def fits(self) -> bool:
        """Whether all of it can be read."""
        return self._draw(None, self._size()) <= self.height()

    def usual_height(self, width: int) -> int:
        """What its words need at that width in a middling step."""
        return self._draw(None, (self.theme, STEPS[len(STEPS) // 2]), width)

    def _sizes(self) -> list[tuple[Theme, int]]:
        """What it may be written in, largest first; large print gives way rather than that words are cut."""
        usual = [theme for theme in self.theme.tighter() if not theme.variant.large]
        return [(theme, step) for theme in dict.fromkeys([self.theme, usual[0]]) for step in STEPS]

    def _size(self) -> tuple[Theme, int]:
        """The largest in which all of it fits; the smallest where it does in none."""
        sizes = self._sizes()
        return next((size for size in sizes if self._draw(None, size) <= self.height()), sizes[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the entries."""
        with brush(self) as painter:
            self._draw(painter, self._size())

    def _draw(self, painter: QPainter | None, written: tuple[Theme, int], width: int | None = None) -> int:
        """How high all of it is written so large, in its own width or another; with a painter: paint it."""
        (theme, step), wide = written, self.width() if width is None else width
        strong, plain, caption = theme.font(step, 700), theme.font(step), theme.font(step * CAPTION)
        left, size, gap = theme.px(step * 1.7), theme.px(step), theme.px(step * 0.6)
        top = self._line(painter, QRect(0, 0, wide, 0), self._title, strong) if self._title else 0
        for entry in self._entries:
            top += gap if top else 0
            if entry.caption:
                top = self._line(painter, QRect(0, top, wide, 0), entry.caption, caption)
                top = self._line(painter, QRect(0, top, wide, 0), entry.text, strong)
                continue
            if painter is not None:
                paint_sign(painter, QRectF(0, top + theme.px(step * 0.15), size, size), Sign.CHECK, theme.main)
            top = self._line(painter, QRect(left, top, wide - left, 0), entry.text, plain)
        return top

    def _line(self, painter: QPainter | None, at: QRect, text: str, font: QFont) -> int:
        """Write `text` at the top left of `at`, wrapped in its width. Returns where it ends."""
        high = text_size(font, text, at.width()).height()
        if painter is not None:
            painter.setFont(font)
            painter.setPen(self.theme.ink)
            painter.drawText(QRect(at.left(), at.top(), at.width(), high), LEFT_TOP | WRAP, text)
        return at.top() + high


class Card(Dressed):
    """The ground on which the entries stand."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        with brush(self) as painter:
            edge = self.theme.px(2)
            paint_panel(painter, QRectF(self.rect()), Panel(self.theme.card, self.theme.px(36), self.theme.line, edge))


class InformationPage(QWidget):
    """A service, what to know of it, and 'Ambil nomor'.

    take_wanted()   the visitor has what it takes
    touched()       nothing here is touched that is no button
    """

    take_wanted = Signal()
    touched = Signal()

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hall, self._offers = hall, Offers.model_construct(agencies=[], services=[])
        self._scene, self.words = Scene("id"), Words("id")
        self._theme = Theme(QSize(1920, 1080))
        self._mark, self.heading, self.sentence = AgencyMark(), QLabel(), Prose()
        self.heading.setObjectName("heading-information")
        self.heading.setWordWrap(True)
        self.bring, self.facts, self._card = Entries("requirements"), Entries("facts"), Card()
        self.take, self.foot = Pill("take", MAIN), Foot(with_back=True)
        self.take.clicked.connect(self.take_wanted)
        self._names, self._top = QVBoxLayout(), QHBoxLayout()
        self._names.addWidget(self.heading)
        self._names.addWidget(self.sentence)
        self._top.addWidget(self._mark)
        self._top.addLayout(self._names, 1)
        self._inner = QGridLayout(self._card)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self._card, 1)
        self._column.addWidget(self.foot)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self._theme = theme
        self.heading.setFont(theme.font(48, 800))
        set_ink(self.heading, theme.ink)
        self.sentence.dress(theme.font(28), soft=theme.soft, ink=theme.ink)
        self.take.step = 36
        for part in (self._mark, self.bring, self.facts, self._card, self.take, self.foot):
            part.dress(theme)
        side = theme.room(56)
        self._column.setContentsMargins(side, theme.room(28), side, theme.room(28))
        self._column.setSpacing(theme.room(24))
        self._top.setSpacing(theme.px(28))
        self._names.setSpacing(theme.px(4))
        pad = theme.room(PAD)
        self._inner.setContentsMargins(pad, theme.room(40), pad, theme.room(40))
        self._inner.setHorizontalSpacing(theme.room(56))
        self._inner.setVerticalSpacing(theme.room(28))
        self._place(theme)

    def _place(self, theme: Theme) -> None:
        """What to bring beside the rest; upright, above it."""
        grid = self._inner
        while grid.takeAt(0) is not None:
            pass
        if theme.portrait:
            for row, part in enumerate((self.bring, self.facts, self.take)):
                grid.addWidget(part, row, 0)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 0)
            self._share()
            return
        grid.addWidget(self.bring, 0, 0, 2, 1)
        grid.addWidget(self.facts, 0, 1)
        grid.addWidget(self.take, 1, 1)
        for row in range(3):
            grid.setRowStretch(row, int(row == 0))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Share the room anew."""
        self._share()

    def _share(self) -> None:
        """Upright, give what to bring and the rest each the height that its words need, of what there is."""
        if not self._theme.portrait:
            return
        for row, part in enumerate((self.bring, self.facts)):
            self._inner.setRowStretch(row, part.usual_height(self._card.width() - 2 * self._theme.room(PAD)))

    def show_offers(self, offers: Offers) -> None:
        """Take over how long one waits."""
        self._offers = offers
        self._show()

    def show_queues(self, _queues: Sequence[AgencyQueue]) -> None:
        """How many wait at the agency says nothing of this service."""

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        self.words, self._scene = words, scene
        self.foot.tell(words, scene)
        self.foot.show_page(words, 0, 1)
        self.take.write(words.say("Ambil nomor") if scene.several is None else words.say("Pilih layanan ini"))
        self.setEnabled(scene.stage is Stage.CHOOSING)
        self._show()

    def _show(self) -> None:
        agency, service, words = self._scene.agency, self._scene.service, self.words
        if agency is None or service is None or not service.is_explained:
            return
        self._mark.show_prefix(agency.prefix)
        self.heading.setText(service_name(service, words))
        face = service_face(service, words, self._offers if self._offers.services else None)
        self.sentence.write([(agency.short_name, True), (" · ", False), *face.foot])
        needed = [Entry(text) for text in requirements_of(service, words.language)]
        self.bring.write(needed, words.say("Yang perlu dibawa"))
        self.facts.write(self._facts(agency, service, words))
        self._share()

    def _facts(self, agency: Agency, service: Service, words: Words) -> list[Entry]:
        cost = cost_of(service, words.language)
        return [
            *([Entry(cost, words.say("Biaya"))] if cost else []),
            Entry(words.say("sekitar {minutes} menit", minutes=service.minutes), words.say("Lama layanan")),
            Entry(place_of(self._hall, agency, service, words), words.say("Tempat")),
        ]
