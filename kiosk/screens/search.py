"""'Cari': type what one needs; what it may mean stands beside the keys at once."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kiosk.finding import MOST_FOUND, Found
from kiosk.queues import AgencyQueue
from kiosk.scene import Scene, Stage
from kiosk.screens.agencies import full_name, waiting_line
from kiosk.screens.dressed import Field
from kiosk.screens.foot import Foot
from kiosk.screens.grid import Pattern, TileGrid
from kiosk.screens.key_rows import ACROSS, LETTERS
from kiosk.screens.keyboard import Keyboard
from kiosk.screens.names import service_name
from kiosk.screens.paint import (
    LEFT_MIDDLE,
    Panel,
    Prose,
    Sign,
    brush,
    fitting_font,
    paint_panel,
    paint_sign,
    set_ink,
)
from kiosk.screens.resting import resting_line
from kiosk.screens.services import once, service_face
from kiosk.screens.tile import Face
from shared.hall import Agency
from shared.qt.theme import Theme
from shared.wire import Offers
from shared.words import Words, msg

RESULTS = Pattern(most=(1, 6), upright=(2, 8), smallest=(420, 112), smallest_upright=(420, 140), fills=False)
KEYS_SHARE = 0.64
"""Of the width, where results stand beside the keys."""
ACROSS_BESIDE = 8
"""Keys side by side, by alphabet, where ten would leave no room for results beside them: 1024×768 on 15 inches."""


class QueryField(Field):
    """What was typed so far; before that, what may be typed."""

    def say(self, query: str, hint: str) -> None:
        """Show `query`, or `hint` while nothing is typed."""
        self._hint = hint
        self.write(query)
        self.setAccessibleName(query or hint)

    def sizeHint(self) -> QSize:
        """As high as a touch."""
        return QSize(self.theme.px(400), max(self.theme.px(92), self.theme.touch))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field, a magnifying glass, the text and where it goes on."""
        theme = self.theme
        with brush(self) as painter:
            box = QRectF(self.rect())
            paint_panel(painter, box, Panel(theme.card, theme.px(24), theme.main, theme.px(4)))
            size = theme.px(38)
            paint_sign(painter, QRectF(theme.px(32), box.center().y() - size / 2, size, size), Sign.SEARCH, theme.main)
            room = self.rect().adjusted(theme.px(96), 0, -theme.px(32), 0)
            begins, text, weight, ink = 0, self._text, 700, theme.ink
            if not text:
                begins, text, weight, ink = theme.px(14), self._hint, 500, theme.soft
            font = fitting_font(theme, text, QSize(room.width(), theme.px(60)), (36, 32, 28, 24, 20), weight)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(room.adjusted(begins, 0, 0, 0), LEFT_MIDDLE, text)
            written = QFontMetrics(font).horizontalAdvance(self._text)
            caret = QRectF(room.left() + written + theme.px(2), box.center().y() - size / 2, theme.px(4), size)
            painter.fillRect(caret, QColor(theme.main))


class Message(QWidget):
    """In place of results: what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.sentence = QLabel(), Prose()
        self.heading.setObjectName("search-message")
        self.sentence.setObjectName("search-advice")
        self.heading.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.sentence)
        self._column.addStretch(1)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self.heading.setFont(theme.font(36, 800))
        set_ink(self.heading, theme.ink)
        self.sentence.dress(theme.font(28), soft=theme.soft, ink=theme.ink)
        self._column.setSpacing(theme.px(12))

    def say(self, heading: str, sentence: str) -> None:
        """Change both."""
        self.heading.setText(heading)
        self.sentence.write([(sentence, False)])


class Results(QStackedWidget):
    """The tiles, or the message in their place: whichever is hidden takes no room from the keys."""

    def hasHeightForWidth(self) -> bool:
        """As high as there is room."""
        return False

    def sizeHint(self) -> QSize:
        """No more than it needs: what is left falls to it anyway."""
        return self.minimumSizeHint()


class SearchPage(QWidget):
    """A field, keys, and what was found as tiles; a keyboard on the table types too.

    query_wanted(str)   what is typed now
    found(Found)        the result that was touched
    touched()           a finger is on the screen, or a page was turned
    """

    query_wanted = Signal(str)
    found = Signal(object)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self._scene = Words("id"), Scene("id")
        self.theme = Theme(QSize(1920, 1080))
        self._queues: dict[str, AgencyQueue] = {}
        self._offers: Offers | None = None
        self.field, self.keyboard, self.foot = QueryField("query"), Keyboard(), Foot(with_back=True)
        self.status, self.message, self.grid = Prose(), Message(), TileGrid(pattern=RESULTS)
        self.status.setObjectName("search-status")
        self._results = Results()
        for part in (self.grid, self.message):
            self._results.addWidget(part)
        for read in (self.field, self.status, self._results, self.foot, self.keyboard):
            read.setParent(self)  # in the order in which a screen is read out
        self._results.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._grid, self._beside, self._column = QGridLayout(), QVBoxLayout(), QVBoxLayout(self)
        self._column.addLayout(self._grid, 1)
        self._column.addWidget(self.foot)
        self._connect()

    def _connect(self) -> None:
        self.keyboard.typed.connect(self.type)
        self.keyboard.erased.connect(self.erase)
        self.keyboard.cleared.connect(lambda: self.query_wanted.emit(""))
        self.grid.chosen.connect(self._choose)
        self.grid.pressed.connect(self.touched)
        self.grid.page_changed.connect(self._say_page)
        self.foot.turn_wanted.connect(self._turn)

    # -------------------------------------------------------- the look

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        self.theme = theme
        side = theme.room(56)
        self._column.setContentsMargins(side, theme.room(28), side, theme.room(28))
        self._column.setSpacing(theme.room(24))
        self._grid.setHorizontalSpacing(theme.room(28))
        self._grid.setVerticalSpacing(theme.room(20))
        self._beside.setSpacing(theme.room(16))
        self.status.dress(theme.font(24), soft=theme.soft, ink=theme.ink)
        for part in (self.field, self.keyboard, self.message, self.grid, self.foot):
            part.dress(theme)
        self._place(theme)

    def keep_low(self, top: int) -> None:
        """Let keys and results begin no higher than `top` pixels below this page's own top: above stands the field."""
        begins = top - self._column.contentsMargins().top() - self._grid.verticalSpacing()
        self._grid.setRowMinimumHeight(0, max(0, begins))

    def _place(self, theme: Theme) -> None:
        """Results beside the keys; where there is no room for that, above them."""
        grid = self._grid
        while grid.takeAt(0) is not None:
            pass
        while self._beside.takeAt(0) is not None:
            pass
        keys = self._spread_keys(theme)
        bottom = Qt.AlignmentFlag.AlignBottom
        grid.addWidget(self.field, 0, 0, bottom)
        self._beside.addWidget(self.status)
        self._beside.addWidget(self._results, 1)
        if not keys:
            grid.addLayout(self._beside, 1, 0)
            grid.addWidget(self.keyboard, 2, 0)
        elif theme.low:
            grid.addLayout(self._beside, 1, 1)
            grid.addWidget(self.keyboard, 1, 0)
        else:
            grid.addLayout(self._beside, 0, 1, 2, 1)
            grid.addWidget(self.keyboard, 1, 0)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, int(not keys))
        grid.setColumnStretch(1, int(bool(keys)))

    def _spread_keys(self, theme: Theme) -> int:
        """How wide the keys are beside the results; 0 where they stand below them."""
        wide = theme.size.width() - 2 * theme.room(56)
        room = wide - theme.room(28) - theme.px(RESULTS.smallest[0])
        keyboard = self.keyboard
        for across, share in ((ACROSS, KEYS_SHARE), (ACROSS_BESIDE, 0.0)):
            keys = max(keyboard.width_of(across), round(share * wide))
            if keys <= room and not theme.portrait:
                return self._size_keyboard(across, keys)
        return self._size_keyboard(keyboard.most_across(wide), 0)

    def _size_keyboard(self, across: int, width: int) -> int:
        """As wide as told and as high as there is room beside the results; 0 wide: as wide as the page, below them."""
        theme, keyboard = self.theme, self.keyboard
        keyboard.spread(across)
        rows = keyboard.rows(len(LETTERS) + (0 if theme.low else 2 if theme.portrait else 1))
        keyboard.setMinimumSize(width, keyboard.least_height(rows))
        policy = QSizePolicy.Policy
        sideways, down = (policy.Fixed, policy.Expanding) if width else (policy.Expanding, policy.Fixed)
        keyboard.setSizePolicy(sideways, down)
        return width

    # -------------------------------------------------------- what is said

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        before, self.words, self._scene = self._scene, words, scene
        self.foot.tell(words, scene)
        self.setEnabled(scene.stage is Stage.CHOOSING)
        if scene.query is None:
            self.keyboard.show_letters()
            return
        self.keyboard.tell(words)
        self.field.say(scene.query, words.say("Ketik keperluan Anda, misalnya: KTP hilang"))
        if scene.stage is Stage.CHOOSING:
            self.grid.light("")
        if scene.query != before.query:
            self.grid.turn(0)
        self._show()

    def show_offers(self, offers: Offers) -> None:
        """Show which services numbers are given of."""
        self._offers = offers
        self._show()

    def show_queues(self, queues: Sequence[AgencyQueue]) -> None:
        """Take over how many wait where."""
        self._queues = {queue.agency.id: queue for queue in queues}
        self._show()

    def _show(self) -> None:
        scene, words = self._scene, self.words
        if scene.query is None:
            return
        self.grid.show_faces([self._face(found) for found in scene.found])
        self._results.setCurrentWidget(self.grid if scene.found else self.message)
        if scene.found:
            self.status.write(_status(scene, words))
        else:
            self.status.write([])
            self.message.say(*_advice(scene.query, words))
        self._say_page()

    def _face(self, found: Found) -> Face:
        agency, offers, words = found.agency, self._offers, self.words
        if found.service is not None:
            face = once(service_face(found.service, words, offers), found.service, self._scene.several, words)
            title = service_name(found.service, words)
            return Face(_name(found), title, agency.short_name, agency.prefix, face.foot, face.rests, stays=True)
        resting = resting_line(offers.by_agency.get(agency.id), offers.now, words) if offers else ()
        foot = resting or self._agency_foot(agency)
        full = full_name(agency, words)
        return Face(_name(found), agency.short_name, full, agency.prefix, foot, bool(resting))

    def _agency_foot(self, agency: Agency) -> tuple[tuple[str, bool], ...]:
        many = len(agency.services)
        count = (self.words.count("{n} layanan", "{n} layanan", many), True)
        waiting = waiting_line(self._queues.get(agency.id, AgencyQueue(agency)), self.words)
        return (count, (" · ", False), *waiting) if waiting else (count,)

    def _say_page(self) -> None:
        self.foot.show_page(self.words, self.grid.page, self.grid.pages)

    # -------------------------------------------------------- what is touched

    def type(self, letter: str) -> None:
        """One letter more, from either keyboard."""
        self.query_wanted.emit((self._scene.query or "") + letter)

    def erase(self) -> None:
        """One less."""
        self.query_wanted.emit((self._scene.query or "")[:-1])

    def _turn(self, by: int) -> None:
        self.touched.emit()
        self.grid.turn(self.grid.page + by)

    def _choose(self, name: str) -> None:
        for found in self._scene.found:
            if _name(found) == name:
                self.grid.light(name)
                self.found.emit(found)
                return


def _name(found: Found) -> str:
    return f"found-{found.service.id}" if found.service else f"found-agency-{found.agency.id}"


def _status(scene: Scene, words: Words) -> list[tuple[str, bool]]:
    """What the results are."""
    if not scene.query:
        return [(words.say("Paling banyak diperlukan pada jam ini"), True)]
    count = (words.count("{n} hasil", "{n} hasil", len(scene.found)), True)
    if len(scene.found) < MOST_FOUND:
        return [count]
    return [count, (" · " + words.say("ketik lagi agar lebih tepat"), False)]


def _advice(query: str, words: Words) -> tuple[str, str]:
    """A heading and what to do, where there is nothing to choose."""
    if not query:
        heading = words.say(msg("Apa yang Anda perlukan?"))
        return heading, words.say(
            msg("Ketik nama layanan, instansi, atau keperluan Anda. Hasilnya langsung tampil di sini.")
        )
    heading = words.say(msg("Tidak ada yang cocok."))
    return heading, words.say(msg("Coba kata lain yang lebih pendek, atau tanyakan kepada petugas di meja informasi."))
