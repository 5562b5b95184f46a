"""The kiosk without its screens: choosing → taking → printing → done, or sorry."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk import steps
from kiosk.check_in import scanned_code
from kiosk.doors import Doors
from kiosk.figures import Figures
from kiosk.finding import Finder, most_used
from kiosk.modes import AS_USUAL, Mode
from kiosk.outlets import Paper
from kiosk.place import Place
from kiosk.press import KeptPress, Wish
from kiosk.print_desk import PrintDesk
from kiosk.printer_watch import Aside, PrinterWatch
from kiosk.queues import AgencyQueue
from kiosk.reports import Reports
from kiosk.reprinting import Reprinting
from kiosk.returning import KeptReturns, Return, Returning
from kiosk.roll_left import KeptRoll, RollLeft
from kiosk.scene import Pace, Scene, Stage, Stay
from kiosk.several import Chosen
from kiosk.taking import Taking
from shared.booking_wire import CheckIn
from shared.hall import Agency, KioskSettings, Service
from shared.model import Outcome
from shared.qt.later import later
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import Offers, TakeTicket, Ticket

LONGEST_QUERY = 40
"""Letters."""

LISTENING = 3
"""How many times longer a screen stays for who listens to it."""


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
        self._pace = pace or Pace()
        self._scene = Scene(language=place.greeting)
        self._blocked: Trouble | None = None
        """Why no number is given here while the printer does not print."""
        self._settle_with(settings)
        self.reports = self._reports = Reports(link, place.settings.id, self)
        self._attended = False
        self._reprinting = Reprinting(link, desk, self._reports, place.settings.id)
        self._figures = Figures(
            link, place.agencies, refresh_s=self._pace.refresh_s, steady_s=self._pace.steady_s, parent=self
        )
        self._doors = Doors(link, place.hall, refresh_s=self._pace.refresh_s, parent=self)
        self._watch = PrinterWatch(desk, self._reports, health_s=self._pace.health_s, silent_s=self._pace.paper_s)
        kept_roll = KeptRoll(settings, place.settings.id) if settings else None
        self.roll = RollLeft(desk, place.settings.printer.roll_m, kept_roll, self)
        self._watch.roll = self.roll
        self._make_timers()
        self._connect()
        if link.trouble is not None:
            self._be_sorry(link.trouble)  # it starts without its hub

    def _settle_with(self, settings: Settings | None) -> None:
        link, kiosk = self._link, self._place.settings.id
        press, returns = (KeptPress(settings.folder, kiosk), KeptReturns(settings, kiosk)) if settings else (None, None)
        self._taking = Taking(link, self, kept=press)
        self._returning = Returning(link, self, again_s=self._pace.again_s, kept=returns)
        self._asked_back: int | None = None
        """The ticket of this visit whose return has no answer yet."""

    def _make_timers(self) -> None:
        self._idle = self._timer(self._ask_still_there)
        self._leave = self._timer(self._stay_over)
        self._wrong_choice = self._timer(lambda: self._show(can_give_back=False))
        self._paper_wait = self._timer(self._paper_silent)
        self._away = self._timer(lambda: self._be_sorry(Trouble("hub_away")))

    def _timer(self, action: Callable[[], None]) -> QTimer:
        # Precise: Qt's coarse timers may ring 5 % early, and people are promised their seconds.
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(action)
        return timer

    def _connect(self) -> None:
        self._link.up_changed.connect(self._up_changed)
        self._taking.taken.connect(self._taken)
        self._taking.refused.connect(self._be_sorry)
        self._returning.given_back.connect(self._given_back)
        self._returning.not_given_back.connect(self._not_given_back)
        self._returning.unsure.connect(self._unsure)
        self._figures.changed.connect(self.queues_changed)
        self._doors.changed.connect(self._figures.hear)
        self._doors.changed.connect(self.offers_changed)
        self._desk.paper_came.connect(self._paper_came)
        self._watch.beat.connect(self._taking.settle)
        self._watch.beat.connect(self._reports.catch_up)
        self._watch.beat.connect(self._reprinting.look_again)
        if self._place.has_printer:
            self._watch.paperless_changed.connect(self._paper_changed)

    def begin(self, facts: Mapping[str, str] | None = None) -> None:
        """Open for visitors: follow the hub, ask the printer how it is. `facts`: for the hub's health page."""
        self._link.listen()
        self._watch.start(facts or {})
        if self.has_search:
            later(self, 0, lambda: self._finder)  # not under the first finger

    @property
    def settings(self) -> KioskSettings:
        """What the hall's file says of this kiosk."""
        return self._place.settings

    @property
    def has_search(self) -> bool:
        """Whether one may type what one needs here."""
        return self._place.has_search

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._place.agencies)

    @property
    def scene(self) -> Scene:
        """What is to be seen now."""
        return self._scene

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody stands here and nothing is under way."""
        return self._scene.stage in (Stage.CHOOSING, Stage.SORRY) and not self._scene.visiting and not self._attended

    def attend(self, *, on: bool) -> None:
        """A technician's page lies over the screen, or is gone: until then nothing is built anew below it."""
        self._attended = on

    def queues(self) -> tuple[AgencyQueue, ...]:
        """The agencies with their figures, in the order of the tiles."""
        return self._figures.shown()

    def offers(self) -> Offers | None:
        """Which agencies and services give numbers; None until the hub has told."""
        return self._doors.told

    def people(self) -> int | None:
        """How many wait at the agencies of this kiosk; None until the hub has told."""
        return self._figures.people()

    def also_tell(self, aside: Aside) -> None:
        """Tell the hub this too, with the printer's health."""
        self._watch.aside = aside

    def _show(self, **changes: object) -> None:
        scene = replace(self._scene, **changes)  # type: ignore[arg-type]  # the fields' names and types are Scene's
        if scene != self._scene:
            self._scene = scene
            self.scene_changed.emit(scene)

    def _enter(self, stage: Stage, *, stays: float | None = None, **changes: object) -> None:
        """Go to `stage`, for `stays` seconds: what was timed for the one before is over."""
        for timer in (self._idle, self._leave, self._wrong_choice, self._paper_wait):
            timer.stop()
        begun_anew = ("still_there", "can_give_back", "giving_back", "unsure", "choosing_modes")
        fresh = dict.fromkeys(begun_anew, False) | {"trouble": None}
        stay = None if stays is None else self._stay(stays)
        self._show(**(fresh | {"stage": stage, "stay": stay} | changes))
        if stage is Stage.CHOOSING and self._scene.visiting:
            self._idle.start(_ms(self._pace.idle_s * self._patience))

    def _stay(self, seconds: float) -> Stay:
        """Let this screen go by itself in `seconds`, or when who listens to it has had time to."""
        return self._stay_for(seconds * self._patience)

    @property
    def _patience(self) -> float:
        """How many times as long the kiosk waits: listening to a screen takes longer than reading it."""
        return LISTENING if self._scene.modes.spoken else 1

    def _stay_for(self, seconds: float) -> Stay:
        self._leave.start(_ms(seconds))
        return Stay(time.monotonic(), seconds)

    # -------------------------------------------------------- choosing

    def touched(self) -> None:
        """Somebody touched the screen, wherever."""
        if self._scene.stage is not Stage.CHOOSING:
            return
        if not self._scene.visiting:
            self._figures.hold()
            self._watch.ask()  # the printer is asked before the press
            self._doors.ask()
        self._leave.stop()
        self._idle.start(_ms(self._pace.idle_s * self._patience))
        self._show(visiting=True, still_there=False, stay=None)

    def choose_agency(self, agency: Agency) -> None:
        """Show what `agency` does; where it is one thing only, take the ticket."""
        if self._scene.stage is not Stage.CHOOSING:
            return
        self.touched()
        if trouble := self._doors.trouble(agency.id):
            self._be_sorry(trouble)
        elif len(agency.services) == 1:
            self.choose_service(agency, agency.services[0])
        else:
            self._show(agency=agency, **steps.NO_NEWS)

    def choose_service(self, agency: Agency, service: Service) -> None:
        """Take the ticket, or show what to know before; or say why none is given.

        However often it is pressed, the first press counts.
        """
        if self._scene.stage is not Stage.CHOOSING:
            return
        if trouble := self._doors.trouble(service.id):
            self.touched()
            self._be_sorry(trouble)
        elif service.is_explained:
            self.touched()
            self._show(agency=agency, service=service, **steps.NO_NEWS)
        else:
            self._take(agency, service)

    def take_number(self) -> None:
        """Take the number of the service that is explained on the screen, or say why none is given."""
        agency, service = self._scene.agency, self._scene.service
        if self._scene.stage is not Stage.CHOOSING or agency is None or service is None:
            return
        if trouble := self._doors.trouble(service.id):
            self._be_sorry(trouble)
        else:
            self._take(agency, service)

    def _take(self, agency: Agency, service: Service) -> None:
        if self._scene.several is not None:
            self.touched()
            self._show(**steps.added(self._scene, Chosen(agency, service)))
        else:
            self._order(self._wish(service.id), agency=agency, service=service)

    def _wish(self, service: str, then: tuple[str, ...] = ()) -> TakeTicket:
        scene, kiosk = self._scene, self._place.settings.id
        return TakeTicket(service=service, then=then, priority=scene.priority, language=scene.language, kiosk=kiosk)

    def _order(self, wish: Wish, **changes: object) -> None:
        self._taking.take(wish)  # first: drawing the next screen takes longer
        self._enter(Stage.TAKING, visiting=True, **(steps.NO_NEWS | changes))

    # -------------------------------------------------------- several services, one number

    @property
    def has_several(self) -> bool:
        """Whether one number may be for several services here."""
        return self._place.has_several

    def step(self, step: Callable[[Scene], steps.Changes]) -> None:
        """Take one of the steps of choosing (kiosk.steps)."""
        if self._scene.stage is Stage.CHOOSING:
            self.touched()
            self._show(**step(self._scene))

    def take_several(self) -> None:
        """Take one number for all that were chosen, or say of which none is given."""
        several = self._scene.several
        if self._scene.stage is not Stage.CHOOSING or several is None or not several.chosen:
            return
        for one in several.chosen:
            if trouble := self._doors.trouble(one.service.id):
                self.touched()
                self._show(agency=one.agency, service=one.service)
                self._be_sorry(trouble)
                return
        self._order(self._wish(*several.services()))

    # -------------------------------------------------------- an appointment

    @property
    def takes_appointments(self) -> bool:
        """Whether visitors with an appointment check in here."""
        return self._place.takes_appointments

    def check_in(self, text: str) -> None:
        """Take the number of the appointment whose code was scanned or typed.

        Nothing while another is on its way, nor for the code whose number is on the screen.
        """
        code = scanned_code(text)
        is_read_again = self._scene.stage is Stage.DONE and code is not None and code == self._scene.code
        if self._attended or is_read_again:  # a scanner reads what is still before it every second or so
            return
        if self._scene.stage is Stage.DONE:
            self.home()
        self.resume()
        if self._scene.stage is not Stage.CHOOSING or not self.takes_appointments:
            return
        self.touched()
        if code is None:
            self._be_sorry(Trouble("unknown_booking"))
        else:
            scene, kiosk = self._scene, self._place.settings.id
            asked = CheckIn(code=code, priority=scene.priority, language=scene.language, kiosk=kiosk)
            self._order(asked, code=code)

    def search(self, query: str = "") -> None:
        """Show what `query` may mean; before anything is typed, what is used most at this hour."""
        if self._scene.stage is not Stage.CHOOSING or not self.has_search:
            return
        self.touched()
        query = query.lstrip()[:LONGEST_QUERY]
        usual = self._figures.usual()
        found = self._finder.find(query, usual) if query else most_used(self._place.agencies, usual)
        self._show(query=query, found=tuple(found), agency=None, service=None, **steps.NO_NEWS)

    def back(self) -> None:
        """One step back."""
        self.step(steps.back)

    def toggle_priority(self) -> None:
        """Switch Antrean Prioritas on or off for this visit: self-declared, one flag."""
        if self._scene.stage is Stage.CHOOSING:
            self.touched()
            self._show(priority=not self._scene.priority)

    def speak(self, language: str) -> None:
        """Show everything in `language` until this visit ends."""
        if language in self.hall.languages:
            self.touched()
            self._show(language=language)

    def choose_modes(self, *, opened: bool) -> None:
        """Open the sheet 'Tampilan & suara', or close it."""
        self._alive()
        self._show(choosing_modes=opened)

    def switch(self, mode: Mode) -> None:
        """Turn `mode` on or off for this visit."""
        self._alive()
        modes = self._scene.modes.switched(mode)
        listens = modes.spoken and not self._scene.modes.spoken
        self._show(modes=modes, choosing_modes=self._scene.choosing_modes and not listens)
        stay = self._scene.stay
        if stay is not None:
            self._show(stay=self._stay_for(max(stay.seconds, self._pace.done_s * self._patience)))

    def mute(self) -> None:
        """There is no voice after all: show the screen as to everybody."""
        self._show(modes=self._scene.modes.mute())

    def _alive(self) -> None:
        """Somebody is there and busy, whatever the screen shows: it stays as long as from its beginning."""
        self.touched()
        stay = self._scene.stay
        if stay is not None:
            self._show(stay=self._stay_for(stay.seconds))
        elif self._scene.stage is Stage.SORRY:
            self._show(visiting=True)
            self._leave.start(_ms(self._pace.idle_s + self._pace.still_there_s))

    def home(self) -> None:
        """This visit is over; the screen is the next visitor's."""
        if self._scene.stage in (Stage.TAKING, Stage.PRINTING) or self._scene.giving_back:
            return
        self._taking.leave()
        self._asked_back = None
        self._figures.rank()
        nobody = {"visiting": False, "priority": False, "language": self._place.greeting, "modes": AS_USUAL}
        self._enter(Stage.CHOOSING, **(steps.nothing() | nobody))
        if self._standing is not None:
            self._be_sorry(self._standing)

    def another(self) -> None:
        """The same visitor has another errand."""
        if self._scene.stage is Stage.DONE and not self._scene.giving_back:
            self._choose_again()

    def _choose_again(self, *, given_back: str = "") -> None:
        self._enter(Stage.CHOOSING, **(steps.nothing() | {"given_back": given_back}))

    def _ask_still_there(self) -> None:
        self._show(still_there=True, stay=self._stay(self._pace.still_there_s))

    def _stay_over(self) -> None:
        if self._scene.stage is Stage.SORRY and self._standing is None:
            self.resume()
        else:
            self.home()

    # -------------------------------------------------------- taking, printing, done

    def _taken(self, ticket: Ticket) -> None:
        if not self._place.has_printer:
            self._reports.paper(Paper(ticket.id, Outcome.PAPERLESS))
            self._done(ticket, None)
            return
        self._desk.print_ticket(ticket, self._scene.language)  # first: drawing the next screen takes longer
        self._enter(Stage.PRINTING, ticket=ticket)
        self._paper_wait.start(_ms(self._pace.paper_s))

    def _paper_came(self, paper: Paper) -> None:
        for one in paper.all:
            self._reports.paper(one)
        ticket = self._scene.ticket
        if ticket is None or ticket.id != paper.ticket:
            return
        if self._scene.stage is Stage.PRINTING:
            self._done(ticket, paper)
        elif self._scene.stage is Stage.DONE:
            self._show(paper=paper.outcome, paper_code=paper.code)

    def _paper_silent(self) -> None:
        ticket = self._scene.ticket
        if ticket is not None:
            self._paper_came(Paper(ticket.id, Outcome.UNKNOWN, "printer_silent"))

    def _done(self, ticket: Ticket, paper: Paper | None) -> None:
        outcome, code = (paper.outcome, paper.code) if paper else (None, "")
        in_hand = outcome is Outcome.PRINTED or (outcome is Outcome.UNKNOWN and not code)
        stays = self._pace.done_s if in_hand else self._pace.photo_s
        self._enter(Stage.DONE, stays=stays, ticket=ticket, paper=outcome, paper_code=code, can_give_back=True)
        self._wrong_choice.start(_ms(self._pace.wrong_choice_s))

    # -------------------------------------------------------- 'Salah pilih?'

    def give_back(self) -> None:
        """'Salah pilih?': return the ticket on the screen."""
        scene = self._scene
        if scene.ticket is None or not scene.can_give_back or scene.giving_back:
            return
        self._leave.stop()
        self._show(giving_back=True, trouble=None, stay=None)
        self._returning.give_back(scene.ticket)

    def _unsure(self, order: Return) -> None:
        if self._is_shown(order) and self._scene.giving_back:
            self._asked_back = order.ticket
            self._wrong_choice.stop()
            stay = self._stay(self._pace.photo_s)  # time to wait for the answer, or to ask an officer
            self._show(giving_back=False, can_give_back=False, unsure=True, stay=stay)

    def _given_back(self, order: Return) -> None:
        if self._is_shown(order):
            self._choose_again(given_back=order.number)
        elif self._is_of_this_visit(order):
            self._show(given_back=order.number)

    def _not_given_back(self, order: Return, trouble: Trouble) -> None:
        if self._is_shown(order):
            self._show(giving_back=False, unsure=False, trouble=trouble, stay=self._stay(self._pace.done_s))
        elif self._is_of_this_visit(order):
            self._show(still_valid=order.number)

    def _is_shown(self, order: Return) -> bool:
        ticket = self._scene.ticket
        return self._scene.stage is Stage.DONE and ticket is not None and ticket.id == order.ticket

    def _is_of_this_visit(self, order: Return) -> bool:
        return self._scene.stage is Stage.CHOOSING and self._asked_back == order.ticket

    # -------------------------------------------------------- sorry

    @property
    def _standing(self) -> Trouble | None:
        """What goes only when its cause has gone: the hub is away, or this kiosk gives no numbers without paper."""
        return self._link.trouble or self._blocked

    def _paper_changed(self, paperless: bool, code: str) -> None:  # noqa: FBT001  -- a signal's payload has no name
        """The printer is known not to print now, for `code`, or prints again."""
        printer = self._place.settings.printer
        self._show(paperless=paperless)
        was_blocked = self._blocked is not None
        self._blocked = None
        if paperless and printer.on_failure == "block":
            self._blocked = Trouble("no_paper_here", where=printer.instead, cause=code)
            self._be_sorry(self._blocked)
        elif was_blocked:
            self.resume()

    def _be_sorry(self, trouble: Trouble) -> None:
        if self._scene.stage not in (Stage.CHOOSING, Stage.TAKING, Stage.SORRY):
            return
        if self._standing is None:
            self._enter(Stage.SORRY, stays=self._pace.sorry_s, trouble=trouble)
            return
        self._enter(Stage.SORRY, trouble=trouble if self._link.trouble else self._blocked)
        if self._scene.visiting:
            # The screen waits for the hub or for paper, but the visitor's press is kept for this visit only.
            self._leave.start(_ms(self._pace.idle_s + self._pace.still_there_s))

    def resume(self) -> None:
        """From sorry back to where the visitor was."""
        if self._scene.stage is not Stage.SORRY or self._link.trouble is not None:
            return
        if self._blocked is not None:
            self._be_sorry(self._blocked)
            return
        self._enter(Stage.CHOOSING, **steps.resumed(self._scene))

    def _up_changed(self, up: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        if up:
            self._away.stop()
            self.resume()
        else:
            self._away.start(_ms(self._pace.away_s))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
