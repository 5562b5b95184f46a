"""From the first touch to the press that orders a number: agency, service, search, several for one number."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject

from kiosk import steps
from kiosk.back_room import BackRoom
from kiosk.excuse import Excuse
from kiosk.finding import Finder, most_used
from kiosk.place import Place
from kiosk.press import Wish
from kiosk.scene import Scene, Stage
from kiosk.several import Chosen
from kiosk.visit import Visit
from shared.hall import Agency, Service
from shared.wire import TakeTicket

LONGEST_QUERY = 40
"""Letters."""


class Choosing(QObject):
    """Lets a visitor choose, and orders what was chosen, or says sorry."""

    def __init__(self, visit: Visit, place: Place, excuse: Excuse, behind: BackRoom, parent: QObject) -> None:
        super().__init__(parent)
        self._visit, self._place, self._excuse = visit, place, excuse
        self._taking, self._printer = behind.taking, behind.watch
        self._figures, self._doors = behind.figures, behind.doors

    @cached_property
    def finder(self) -> Finder:
        """Finds a service by what is typed; making it takes some milliseconds."""
        return Finder(self._place.agencies)

    @property
    def _is_now(self) -> bool:
        return self._visit.stage is Stage.CHOOSING

    def touched(self) -> None:
        """Somebody touched the screen, wherever."""
        if not self._is_now:
            return
        if not self._visit.scene.visiting:
            self._figures.hold()
            self._printer.ask()  # the printer is asked before the press
            self._doors.ask()
        self._visit.go_on()

    def choose_agency(self, agency: Agency) -> None:
        """Show what `agency` does; where it is one thing only, take the ticket."""
        if not self._is_now:
            return
        self.touched()
        if trouble := self._doors.trouble(agency.id):
            self._excuse.say(trouble)
        elif len(agency.services) == 1:
            self.choose_service(agency, agency.services[0])
        else:
            self._visit.show(agency=agency, **steps.NO_NEWS)

    def choose_service(self, agency: Agency, service: Service) -> None:
        """Take the ticket, or show what to know before; or say why none is given.

        However often it is pressed, the first press counts.
        """
        if not self._is_now:
            return
        if trouble := self._doors.trouble(service.id):
            self.touched()
            self._excuse.say(trouble)
        elif service.is_explained:
            self.touched()
            self._visit.show(agency=agency, service=service, **steps.NO_NEWS)
        else:
            self._take(agency, service)

    def take_number(self) -> None:
        """Take the number of the service that is explained on the screen, or say why none is given."""
        agency, service = self._visit.scene.agency, self._visit.scene.service
        if not self._is_now or agency is None or service is None:
            return
        if trouble := self._doors.trouble(service.id):
            self._excuse.say(trouble)
        else:
            self._take(agency, service)

    def _take(self, agency: Agency, service: Service) -> None:
        if self._visit.scene.several is not None:
            self.touched()
            self._visit.show(**steps.added(self._visit.scene, Chosen(agency, service)))
        else:
            self.order(self._wish(service.id), agency=agency, service=service)

    def _wish(self, service: str, then: tuple[str, ...] = ()) -> TakeTicket:
        scene, kiosk = self._visit.scene, self._place.settings.id
        return TakeTicket(service=service, then=then, priority=scene.priority, language=scene.language, kiosk=kiosk)

    def order(self, wish: Wish, **changes: object) -> None:
        """Ask the hub for the number."""
        self._taking.take(wish)  # first: drawing the next screen takes longer
        self._visit.enter(Stage.TAKING, visiting=True, **(steps.NO_NEWS | changes))

    # -------------------------------------------------------- several services, one number

    def step(self, step: Callable[[Scene], steps.Changes]) -> None:
        """Take one of the steps of choosing (kiosk.steps)."""
        if self._is_now:
            self.touched()
            self._visit.show(**step(self._visit.scene))

    def take_several(self) -> None:
        """Take one number for all that were chosen, or say of which none is given."""
        several = self._visit.scene.several
        if not self._is_now or several is None or not several.chosen:
            return
        for one in several.chosen:
            if trouble := self._doors.trouble(one.service.id):
                self.touched()
                self._visit.show(agency=one.agency, service=one.service)
                self._excuse.say(trouble)
                return
        self.order(self._wish(*several.services()))

    # -------------------------------------------------------- other ways there

    def search(self, query: str) -> None:
        """Show what `query` may mean; before anything is typed, what is used most at this hour."""
        if not self._is_now or not self._place.has_search:
            return
        self.touched()
        query = query.lstrip()[:LONGEST_QUERY]
        usual = self._figures.usual()
        found = self.finder.find(query, usual) if query else most_used(self._place.agencies, usual)
        self._visit.show(query=query, found=tuple(found), agency=None, service=None, **steps.NO_NEWS)

    def toggle_priority(self) -> None:
        """Switch Antrean Prioritas on or off for this visit: self-declared, one flag."""
        if self._is_now:
            self.touched()
            self._visit.show(priority=not self._visit.scene.priority)
