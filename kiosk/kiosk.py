"""The kiosk without its screens: choosing → taking → printing → done, or sorry.

Its parts, a module each: choosing, up to the press; handing the number out; the excuse where there is none; the switch
of modes. All of them change the one visit. Behind them works the back room.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from kiosk import steps
from kiosk.back_room import BackRoom
from kiosk.check_in import scanned_code
from kiosk.choosing import Choosing
from kiosk.excuse import Excuse
from kiosk.handing import Handing
from kiosk.mode_switch import ModeSwitch
from kiosk.modes import AS_USUAL, Mode
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.printer_watch import Aside
from kiosk.queues import AgencyQueue
from kiosk.scene import Pace, Scene, Stage
from kiosk.visit import Visit
from shared.booking_wire import CheckIn
from shared.hall import Agency, KioskSettings, Service
from shared.qt.later import later
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import Offers


class Kiosk(QObject):
    """One kiosk and whoever stands before it. Screens show `scene` and `queues()` and call the methods below.

    scene_changed(Scene)                       what is to be seen now
    queues_changed(tuple[AgencyQueue, ...])    the tiles of the agencies, in their order
    offers_changed(Offers)                     which of them give numbers
    """

    scene_changed = Signal(object)
    queues_changed = Signal(object)
    offers_changed = Signal(object)

    def __init__(
        self,
        link: HubLink,
        desk: PrintDesk,
        place: Place,
        *,
        pace: Pace | None = None,
        settings: Settings | None = None,
    ) -> None:
        """`settings`: where what the hub has not decided yet outlives a restart."""
        super().__init__()
        self.hall = place.hall
        self._link, self._desk, self._place = link, desk, place
        self.visit = Visit(place.greeting, pace or Pace(), self)
        self._attended = False
        self.behind = BackRoom(link, desk, place, pace=self.visit.pace, settings=settings, parent=self)
        self.reports, self.roll = self.behind.reports, self.behind.roll
        self._serve()
        self._connect()
        if link.trouble is not None:
            self._excuse.say(link.trouble)  # it starts without its hub

    def _serve(self) -> None:
        """What a visitor goes through."""
        visit, place, behind = self.visit, self._place, self.behind
        self._excuse = Excuse(visit, self._link, place, self)
        self._choosing = Choosing(visit, place, self._excuse, behind, self)
        self._handing = Handing(visit, place, self._desk, behind, self)
        self._mode_switch = ModeSwitch(visit, self.hall.languages, self.touched)

    def _connect(self) -> None:
        self.visit.changed.connect(self.scene_changed)
        self.visit.over.connect(self._stay_over)
        self.behind.taking.taken.connect(self._handing.hand_out)
        self.behind.taking.refused.connect(self._excuse.say)
        self.behind.figures.changed.connect(self.queues_changed)
        self.behind.doors.changed.connect(self.offers_changed)
        if self._place.has_printer:
            self.behind.watch.paperless_changed.connect(self._excuse.hear_of_paper)

    def begin(self, facts: Mapping[str, str] | None = None) -> None:
        """Open for visitors: follow the hub, ask the printer how it is. `facts`: for the hub's health page."""
        self._link.listen()
        self.behind.watch.start(facts or {})
        if self.has_search:
            later(self, 0, lambda: self._choosing.finder)  # not under the first finger

    # -------------------------------------------------------- what is so

    @property
    def settings(self) -> KioskSettings:
        """What the hall's file says of this kiosk."""
        return self._place.settings

    @property
    def has_search(self) -> bool:
        """Whether one may type what one needs here."""
        return self._place.has_search

    @property
    def has_several(self) -> bool:
        """Whether one number may be for several services here."""
        return self._place.has_several

    @property
    def takes_appointments(self) -> bool:
        """Whether visitors with an appointment check in here."""
        return self._place.takes_appointments

    @property
    def scene(self) -> Scene:
        """What is to be seen now."""
        return self.visit.scene

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody stands here and nothing is under way."""
        return self.visit.stage in (Stage.CHOOSING, Stage.SORRY) and not self.scene.visiting and not self._attended

    @property
    def is_attended(self) -> bool:
        """Whether a technician's page lies over the screen."""
        return self._attended

    def attend(self, *, on: bool) -> None:
        """A technician's page lies over the screen, or is gone: until then nothing is built anew below it."""
        self._attended = on

    def queues(self) -> tuple[AgencyQueue, ...]:
        """The agencies with their figures, in the order of the tiles."""
        return self.behind.figures.shown()

    def offers(self) -> Offers | None:
        """Which agencies and services give numbers; None until the hub has told."""
        return self.behind.doors.told

    def people(self) -> int | None:
        """How many wait at the agencies of this kiosk; None until the hub has told."""
        return self.behind.figures.people()

    def also_tell(self, aside: Aside) -> None:
        """Tell the hub this too, with the printer's health."""
        self.behind.watch.aside = aside

    # -------------------------------------------------------- what a visitor does

    def touched(self) -> None:
        """Somebody touched the screen, wherever."""
        self._choosing.touched()

    def choose_agency(self, agency: Agency) -> None:
        """Show what `agency` does; where it is one thing only, take the ticket."""
        self._choosing.choose_agency(agency)

    def choose_service(self, agency: Agency, service: Service) -> None:
        """Take the ticket, or show what to know before; or say why none is given."""
        self._choosing.choose_service(agency, service)

    def take_number(self) -> None:
        """Take the number of the service that is explained on the screen, or say why none is given."""
        self._choosing.take_number()

    def take_several(self) -> None:
        """Take one number for all that were chosen, or say of which none is given."""
        self._choosing.take_several()

    def step(self, step: Callable[[Scene], steps.Changes]) -> None:
        """Take one of the steps of choosing (kiosk.steps)."""
        self._choosing.step(step)

    def back(self) -> None:
        """One step back."""
        self.step(steps.back)

    def search(self, query: str = "") -> None:
        """Show what `query` may mean; before anything is typed, what is used most at this hour."""
        self._choosing.search(query)

    def toggle_priority(self) -> None:
        """Switch Antrean Prioritas on or off for this visit: self-declared, one flag."""
        self._choosing.toggle_priority()

    def check_in(self, text: str) -> None:
        """Take the number of the appointment whose code was scanned or typed.

        Nothing while another is on its way, nor for the code whose number is on the screen.
        """
        code = scanned_code(text)
        is_read_again = self.visit.stage is Stage.DONE and code is not None and code == self.scene.code
        if self._attended or is_read_again:  # a scanner reads what is still before it every second or so
            return
        if self.visit.stage is Stage.DONE:
            self.home()
        self.resume()
        if self.visit.stage is not Stage.CHOOSING or not self.takes_appointments:
            return
        self.touched()
        if code is None:
            self._excuse.say(Trouble("unknown_booking"))
        else:
            scene, kiosk = self.scene, self._place.settings.id
            asked = CheckIn(code=code, priority=scene.priority, language=scene.language, kiosk=kiosk)
            self._choosing.order(asked, code=code)

    def hold(self) -> None:
        """A finger is on a button of the last screen."""
        self._handing.hold()

    def give_back(self) -> None:
        """'Salah pilih?': return the ticket on the screen."""
        self._handing.give_back()

    def another(self) -> None:
        """The same visitor has another errand."""
        if self.visit.stage is Stage.DONE and not self.scene.giving_back:
            self._handing.choose_again()

    def resume(self) -> None:
        """From sorry back to where the visitor was."""
        self._excuse.resume()

    def home(self) -> None:
        """This visit is over; the screen is the next visitor's."""
        if self.visit.stage in (Stage.TAKING, Stage.PRINTING) or self.scene.giving_back:
            return
        self.behind.taking.leave()
        self._handing.forget()
        self.behind.figures.rank()
        nobody = {"visiting": False, "priority": False, "language": self._place.greeting, "modes": AS_USUAL}
        self.visit.enter(Stage.CHOOSING, **(steps.nothing() | nobody))
        self._excuse.say_what_stands()

    def _stay_over(self) -> None:
        if self.visit.stage is Stage.SORRY and self._excuse.standing is None:
            self.resume()
        else:
            self.home()

    # -------------------------------------------------------- how a visitor wants the screen

    def speak(self, language: str) -> None:
        """Show everything in `language` until this visit ends."""
        self._mode_switch.speak(language)

    def choose_modes(self, *, opened: bool) -> None:
        """Open the sheet 'Tampilan & suara', or close it."""
        self._mode_switch.open(opened=opened)

    def switch(self, mode: Mode) -> None:
        """Turn `mode` on or off for this visit."""
        self._mode_switch.switch(mode)

    def mute(self) -> None:
        """There is no voice after all: show the screen as to everybody."""
        self._mode_switch.mute()
