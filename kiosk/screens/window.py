"""The kiosk's window: the head above, one page below it, the bar of time at the bottom."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kiosk.attraction import Attraction
from kiosk.kiosk import Kiosk
from kiosk.narrator import Narrator
from kiosk.scene import Scene, Stage
from kiosk.screens.agencies import AgenciesPage
from kiosk.screens.aim import Aiming
from kiosk.screens.attracting import Attracting
from kiosk.screens.attraction import AttractionPage
from kiosk.screens.chosen import ChosenPage
from kiosk.screens.code_page import CodePage
from kiosk.screens.header import Header
from kiosk.screens.information import InformationPage
from kiosk.screens.keys import Keys
from kiosk.screens.modes_sheet import ModesSheet
from kiosk.screens.paint import brush
from kiosk.screens.question import Question
from kiosk.screens.reader import Reader
from kiosk.screens.search import SearchPage
from kiosk.screens.services import ServicesPage
from kiosk.screens.sorry import SorryPage
from kiosk.screens.stay_bar import StayBar
from kiosk.screens.still_there import StillThere
from kiosk.screens.strokes import Strokes
from kiosk.screens.ticket import TicketPage
from kiosk.screens.touches import connect_touches
from kiosk.screens.wait import WaitPage
from kiosk.screens.zones import Zones
from shared.qt.link import HubLink
from shared.qt.palette import Variant
from shared.qt.pictures import Pictures
from shared.qt.theme import Theme
from shared.words import Words

SECOND_MS = 1000
GLANCE_MS = 400
"""A number that comes sooner needs no page that says it is coming."""

LONG = 1600
"""Units of the 1080p drawing that a kiosk's screens need along the long side: an old panel of 1024×768 is written on in
letters of 3.8 mm to the em as one of 1366×768 is, not of 3.2."""

BUTTONS_BELOW = (InformationPage, TicketPage, SorryPage, WaitPage)
"""Pages whose buttons stand at the bottom anyway."""


class KioskWindow(QWidget):
    """Shows what a `Kiosk` says and hands every touch to it. `mm`: the screen's real size."""

    def __init__(
        self,
        kiosk: Kiosk,
        link: HubLink,
        *,
        mm: tuple[float, float] | None = None,
        narrator: Narrator | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setWindowTitle("Antre")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # so that no button wears the keyboard's ring before a key is used
        self._kiosk, self._link, self._mm, self._narrator = kiosk, link, mm, narrator
        self._zone = ZoneInfo(kiosk.hall.timezone)
        self._language = kiosk.scene.language
        self.theme = Theme(QSize(1920, 1080), mm=mm, long=LONG)
        self._aiming = Aiming(self)
        self._aiming.stray.connect(kiosk.touched)
        self._build()
        self._arrange()
        self._listen_to_keys()
        self.attraction: AttractionPage | None = None
        self._attracting: Attracting | None = None
        self._make_timers()
        connect_touches(self, self._kiosk)
        if self._narrator is not None:
            self._narrator.known.connect(lambda there: self.modes.show_voice(there, kiosk.scene))
        self._connect_kiosk()
        self._show(kiosk.scene)
        self._clock.start(SECOND_MS)

    def _build(self) -> None:
        hall = self._kiosk.hall
        self.header, self.shelf, self.bar = Header(hall), QWidget(), StayBar()
        self._shelf = QHBoxLayout(self.shelf)
        self.agencies, self.services, self.search = AgenciesPage(), ServicesPage(), SearchPage()
        self.information, self.chosen = InformationPage(hall), ChosenPage()
        self.wait, self.ticket, self.sorry = WaitPage(), TicketPage(hall), SorryPage()
        self.pages = QStackedWidget()
        self.choosing = (self.agencies, self.services, self.search, self.information, self.chosen)
        self.code = CodePage()
        self._every = (*self.choosing, self.code, self.wait, self.ticket, self.sorry)
        for page in self._every:
            self.pages.addWidget(page)
        for page in (self.agencies, self.services, self.search):
            page.foot.search.setVisible(self._kiosk.has_search and page is not self.search)
            page.foot.several.setVisible(self._kiosk.has_several)
        self.agencies.foot.appointment.setVisible(self._kiosk.takes_appointments)

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the screen says how large
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(self.pages, 1)
        self._column.addWidget(self.bar)
        self._column.insertWidget(2, self.shelf)
        self.modes = ModesSheet(self)
        self.still_there = StillThere(self)
        self.zones = Zones(self)
        self._reader = Reader(self._kiosk, self._narrator, self.zones, self) if self._narrator is not None else None

    def _make_timers(self) -> None:
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._glance = QTimer(self)
        self._glance.setSingleShot(True)
        self._glance.timeout.connect(lambda: self.pages.setCurrentWidget(self.wait))

    def _listen_to_keys(self) -> None:
        self._keys = Keys(scans=self._kiosk.takes_appointments, parent=self)
        self._keys.scanned.connect(self._kiosk.check_in)
        self._keys.struck.connect(Strokes(self._kiosk, self._reader, self.pages, self).hear)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that no button has taken; while pictures pass it is somebody who has come."""
        if self.attraction is not None and self.attraction.passing:
            self._kiosk.touched()
        self._keys.press(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802  -- Qt's own
        """Tab: some scanners end a code with it."""
        return self._keys.tab() or super().focusNextPrevChild(forward)

    def _connect_kiosk(self) -> None:
        kiosk = self._kiosk
        kiosk.scene_changed.connect(self._show)
        for page in self.choosing:
            kiosk.offers_changed.connect(page.show_offers)
            kiosk.queues_changed.connect(page.show_queues)
            page.show_queues(kiosk.queues())

    def attract(self, attraction: Attraction, pictures: Pictures) -> None:
        """Let the hall's pictures pass while nobody stands here."""
        self._attracting = Attracting(self, self._kiosk, self._link, attraction=attraction, pictures=pictures)
        page = self.attraction = self._attracting.page
        page.touched.connect(self._aiming.aim.change)
        page.setGeometry(self.rect())
        page.dress(self.theme)

    # -------------------------------------------------------- showing

    def _show(self, scene: Scene) -> None:
        words = Words(scene.language)
        if scene.modes.variant != self.theme.variant:
            self._dress(scene.modes.variant)
        self._link.language = self._language = scene.language
        for page in self._every:
            page.tell(words, scene)
        self._tick()
        self.bar.show_stay(scene.stay)
        self.modes.tell(words, scene)
        self.still_there.tell(words, scene)
        self.bar.raise_()  # above the veil
        self._turn_to(scene)
        below = scene.still_there or self._kiosk.is_attended  # of these the first lets through, the other lies over all
        stands = self._top(scene), scene.several, scene.priority, scene.modes, scene.language
        self._aiming.look_at(stands, is_aimed_at=not below)
        self.zones.tell(words, scene)
        self._read_out(scene)

    def _read_out(self, scene: Scene) -> None:
        if self._reader is None or self._narrator is None:
            return
        others = () if scene.still_there else self.header.switches.buttons  # whatever is touched then is the answer
        self._reader.look_at(scene, self._top(scene), others)
        if scene.choosing_modes:
            self.modes.show_voice(self._narrator.there, scene)

    def _top(self, scene: Scene) -> QWidget:
        """What lies on top, below the zones."""
        if scene.still_there:
            return self.still_there
        if scene.stage is Stage.TAKING:
            return self.wait
        return self.modes if scene.choosing_modes else self.pages.currentWidget() or self.pages

    def _turn_to(self, scene: Scene) -> None:
        if scene.stage is Stage.TAKING:
            self._glance.start(GLANCE_MS)  # until then the touched tile stays lit
            return
        self._glance.stop()
        self.pages.setCurrentWidget(self._page_of(scene))

    def _page_of(self, scene: Scene) -> QWidget:
        if scene.stage is Stage.CHOOSING:
            if scene.code is not None:
                return self.code
            if scene.several is not None and scene.several.listed:
                return self.chosen
            if scene.agency is not None:
                return self.services if scene.service is None else self.information
            return self.agencies if scene.query is None else self.search
        return self.sorry if scene.stage is Stage.SORRY else self.ticket

    def _tick(self) -> None:
        now = self._link.now().astimezone(self._zone)
        self.header.tell(Words(self._language), now)
        if self._attracting is not None:
            self._attracting.tick()

    # -------------------------------------------------------- the window itself

    def showEvent(self, event: QShowEvent) -> None:
        """It has the system's window now."""
        super().showEvent(event)
        self._aiming.watch()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Dress everything for the new size."""
        self._dress(self.theme.variant)

    def _dress(self, variant: Variant) -> None:
        theme = self.theme = Theme(self.size(), mm=self._mm, variant=variant, long=LONG)
        for part in (self.header, *self._every, self.bar):
            part.dress(theme)
        self.shelf.setVisible(theme.low)
        if theme.low:
            self._shelf.setContentsMargins(theme.room(56), 0, theme.room(56), theme.room(20))
            self._shelf.addWidget(self.header.switches)
        for sheet in (*((self.attraction,) if self.attraction else ()), self.modes, self.still_there, self.zones):
            sheet.setGeometry(self.rect())
            sheet.dress(theme)
        self._aiming.dress(theme.touch)
        self._keep_low()
        self.update()

    def _keep_low(self) -> None:
        """Where nothing may be touched in the upper part, let each page begin its own below it."""
        self._column.activate()
        top = max(0, self.theme.low_top - self.pages.y())
        for page in self.pages.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if isinstance(page, (Question, SearchPage, CodePage)):
                page.keep_low(top)
            elif not isinstance(page, BUTTONS_BELOW):
                page.setContentsMargins(0, top, 0, 0)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A touch between the buttons is a sign of life."""
        self._kiosk.touched()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        with brush(self) as painter:
            painter.fillRect(self.rect(), self.theme.ground)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is shown any more, nor said."""
        self._clock.stop()
        if self._narrator is not None:
            self._narrator.close()
        super().closeEvent(event)
