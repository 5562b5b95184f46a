"""What an agency does: the touch on a service takes the ticket."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.queues import AgencyQueue
from kiosk.scene import Scene
from kiosk.screens.agencies import NO_WAIT, full_name, waiting_line, which_one
from kiosk.screens.dressed import Dressed
from kiosk.screens.names import service_name
from kiosk.screens.paint import brush, paint_mark
from kiosk.screens.question import Question
from kiosk.screens.resting import resting_line
from kiosk.screens.tile import Face
from kiosk.several import Several
from shared.hall import Agency, Service
from shared.qt.theme import Theme
from shared.waits import minutes
from shared.wire import Offer, Offers
from shared.words import Words


class AgencyMark(Dressed):
    """The mark of the agency whose services are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._prefix = ""

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedSize(theme.px(104), theme.px(104))

    def show_prefix(self, prefix: str) -> None:
        """Show the mark of that prefix."""
        self._prefix = prefix
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        with brush(self) as painter:
            paint_mark(painter, QRectF(self.rect()), self.theme, self._prefix)


class ServicesPage(Question):
    """The services of one agency as tiles.

    service_chosen(Agency, Service)   one was touched
    """

    service_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(with_back=True, parent=parent)
        self._agency: Agency | None = None
        self._several: Several | None = None
        self._queues: tuple[AgencyQueue, ...] = ()
        self._offers: Offers | None = None
        self._mark = AgencyMark()
        self.top.insertWidget(0, self._mark)
        self.heading.setObjectName("heading-services")
        self.sentence.setObjectName("agency-line")
        self.chosen.connect(self._choose)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self._mark.dress(theme)
        self.top.setSpacing(theme.px(28))

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        super().tell(words, scene)
        self._several = scene.several
        if scene.agency is None:
            return
        if scene.agency != self._agency:
            self._agency = scene.agency
            self.grid.turn(0)
        self._mark.show_prefix(scene.agency.prefix)
        self.heading.setText(which_one(words, scene) or words.say("Layanan apa yang Anda perlukan?"))
        self._say_agency()
        self._show_services()

    def show_offers(self, offers: Offers) -> None:
        """Show which services numbers are given of."""
        self._offers = offers
        self._show_services()

    def _show_services(self) -> None:
        offered = self._queue.services if self._queue else ()
        faces = [(service, service_face(service, self.words, self._offers)) for service in offered]
        self.show_faces([once(face, service, self._several, self.words) for service, face in faces])

    def show_queues(self, queues: Sequence[AgencyQueue]) -> None:
        """Take over how many wait where."""
        self._queues = tuple(queues)
        self._say_agency()
        self._show_services()

    @property
    def _queue(self) -> AgencyQueue | None:
        """The agency's, as the hub told it."""
        agency = self._agency
        if agency is None:
            return None
        return next((queue for queue in self._queues if queue.agency == agency), AgencyQueue(agency))

    def _say_agency(self) -> None:
        queue = self._queue
        if queue is None:
            return
        agency = queue.agency
        waiting = waiting_line(queue, self.words)
        name = [(agency.short_name, True), (" · ", False), (full_name(agency, self.words), False)]
        pieces = [*name[: 3 if name[2][0] else 1], *([(" · ", False)] if waiting else []), *waiting]
        self.sentence.write(pieces)

    def _choose(self, name: str) -> None:
        for service in self._agency.services if self._agency else ():
            if _name(service) == name:
                self.grid.light(name)
                self.service_chosen.emit(self._agency, service)
                return


def service_face(service: Service, words: Words, offers: Offers | None = None) -> Face:
    """A service's tile: its name, how long one waits and how long it usually takes, or until when it is closed."""
    offer = offers.by_service.get(service.id) if offers else None
    takes = (words.say("{minutes} mnt", minutes=service.minutes), True)
    if offer is None or offer.estimate_minutes is None:
        foot: tuple[tuple[str, bool], ...] = ((words.say("Lama layanan sekitar") + " ", False), takes)
    else:
        foot = (*_wait(offer, offer.estimate_minutes, words), (" · " + words.say("layanan") + " ", False), takes)
    resting = resting_line(offer, offers.now, words) if offers else ()
    return Face(name=_name(service), title=service_name(service, words), foot=resting or foot, rests=bool(resting))


def once(face: Face, service: Service, several: Several | None, words: Words) -> Face:
    """`face`, which says so where the service is among those chosen for one number already."""
    if several is None or not several.has(service):
        return face
    return replace(face, foot=((words.say("Sudah dipilih"), True),), rests=True)


def _wait(offer: Offer, likely: int, words: Words) -> tuple[tuple[str, bool], ...]:
    if likely < NO_WAIT:
        return ((words.say("Tanpa menunggu"), True),)
    return ((words.say("Tunggu") + " ", False), (minutes(likely, offer.estimate_high_minutes, words), True))


def _name(service: Service) -> str:
    return f"service-{service.id}"
