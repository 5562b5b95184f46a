"""The kiosk without its screens: choosing → taking → printing → done, or sorry."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.print_desk import Paper, PrintDesk
from kiosk.printer import Health
from kiosk.queues import Queues
from kiosk.reports import Reports
from kiosk.scene import Pace, Scene, Stage, Stay
from kiosk.taking import Taking
from shared.model import Kind, Outcome
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Agency, Board, Event, Hall, KioskSettings, Service, TakeTicket, Ticket

QUEUE_KINDS = (Kind.TAKEN, Kind.CALLED, Kind.FINISHED, Kind.NO_SHOW, Kind.CANCELLED, Kind.RETURNED)
"""The events after which the tiles' figures may differ."""


class Kiosk(QObject):
    """One kiosk and whoever stands before it. Screens show `scene` and `queues` and call the methods below.

    scene_changed(Scene)                       what is to be seen now
    queues_changed(tuple[AgencyQueue, ...])    the tiles of the agencies, in their order
    """

    scene_changed = Signal(object)
    queues_changed = Signal(object)

    def __init__(
        self,
        link: HubLink,
        desk: PrintDesk,
        hall: Hall,
        settings: KioskSettings,
        *,
        pace: Pace | None = None,
    ) -> None:
        super().__init__()
        self.hall = hall
        self._link, self._desk, self._id = link, desk, settings.id
        self._has_printer = settings.printer.road != "none"
        self._pace = pace or Pace()
        self._facts: Mapping[str, str] = {}
        self._health: Health | None = None
        self._queues = Queues(_agencies_of(hall, settings))
        self._ranked = False
        self._scene = Scene(language=hall.languages[0])
        self._taking = Taking(link, self)
        self._reports = Reports(link, settings.id, self)
        self._make_timers()
        self._connect()

    def _make_timers(self) -> None:
        self._idle = self._timer(self._ask_still_there)
        self._leave = self._timer(self._stay_over)
        self._wrong_choice = self._timer(lambda: self._show(can_give_back=False))
        self._paper_wait = self._timer(self._paper_silent)
        self._away = self._timer(lambda: self._be_sorry(Trouble("hub_away")))
        self._refresh = self._timer(self._ask_board)
        self._pulse = self._timer(self._beat)
        self._pulse.setSingleShot(False)

    def _timer(self, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(action)
        return timer

    def _connect(self) -> None:
        self._link.up_changed.connect(self._up_changed)
        self._link.caught_up.connect(self._ask_board)
        self._link.event_came.connect(self._event_came)
        self._taking.taken.connect(self._taken)
        self._taking.refused.connect(self._be_sorry)
        self._taking.given_back.connect(self._given_back)
        self._taking.not_given_back.connect(self._not_given_back)
        self._desk.health_came.connect(self._health_came)
        self._desk.paper_came.connect(self._paper_came)

    def begin(self, facts: Mapping[str, str] | None = None) -> None:
        """Open for visitors: follow the hub, ask the printer how it is. `facts`: for the hub's health page."""
        self._facts = facts or {}
        self._link.listen()
        self._pulse.start(_ms(self._pace.health_s))
        self._desk.ask_health()

    @property
    def scene(self) -> Scene:
        """What is to be seen now."""
        return self._scene

    @property
    def queues(self) -> Queues:
        """The agencies with their figures."""
        return self._queues

    def _show(self, **changes: object) -> None:
        scene = replace(self._scene, **changes)  # type: ignore[arg-type]  # the fields' names and types are Scene's
        if scene != self._scene:
            self._scene = scene
            self.scene_changed.emit(scene)

    def _enter(self, stage: Stage, *, stays: float | None = None, **changes: object) -> None:
        """Go to `stage`, for `stays` seconds: what was timed for the one before is over."""
        for timer in (self._idle, self._leave, self._wrong_choice, self._paper_wait):
            timer.stop()
        fresh = {"still_there": False, "trouble": None, "can_give_back": False, "giving_back": False}
        stay = None if stays is None else self._stay(stays)
        self._show(**(fresh | {"stage": stage, "stay": stay} | changes))
        if stage is Stage.CHOOSING and self._scene.visiting:
            self._idle.start(_ms(self._pace.idle_s))

    def _stay(self, seconds: float) -> Stay:
        """Let this screen go by itself in `seconds`."""
        self._leave.start(_ms(seconds))
        return Stay(time.monotonic(), seconds)

    # -------------------------------------------------------- choosing

    def touched(self) -> None:
        """Somebody touched the screen, wherever."""
        if self._scene.stage is not Stage.CHOOSING:
            return
        if not self._scene.visiting:
            self._desk.ask_health()  # the printer is asked before the press
        self._leave.stop()
        self._idle.start(_ms(self._pace.idle_s))
        self._show(visiting=True, still_there=False, stay=None)

    def choose_agency(self, agency: Agency) -> None:
        """Show what `agency` does; where it is one thing only, take the ticket."""
        if self._scene.stage is not Stage.CHOOSING:
            return
        self.touched()
        if len(agency.services) == 1:
            self.choose_service(agency, agency.services[0])
        else:
            self._show(agency=agency, given_back="")

    def choose_service(self, agency: Agency, service: Service) -> None:
        """Take the ticket. However often it is pressed, the first press counts."""
        if self._scene.stage is not Stage.CHOOSING:
            return
        scene = self._scene
        self._enter(Stage.TAKING, visiting=True, agency=agency, service=service, given_back="")
        self._taking.take(
            TakeTicket(service=service.id, priority=scene.priority, language=scene.language, kiosk=self._id)
        )

    def back(self) -> None:
        """From the services to the agencies."""
        if self._scene.stage is Stage.CHOOSING:
            self.touched()
            self._show(agency=None, service=None)

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

    def home(self) -> None:
        """This visit is over; the screen is the next visitor's."""
        if self._scene.stage in (Stage.TAKING, Stage.PRINTING) or self._scene.giving_back:
            return
        self._taking.leave()
        self._rank()
        self._enter(Stage.CHOOSING, **_nobody(self.hall))
        if self._link.trouble is not None:
            self._be_sorry(self._link.trouble)

    def another(self) -> None:
        """The same visitor has another errand."""
        if self._scene.stage is Stage.DONE and not self._scene.giving_back:
            self._choose_again()

    def _choose_again(self, *, given_back: str = "") -> None:
        self._enter(Stage.CHOOSING, **(_nothing() | {"given_back": given_back}))

    def _ask_still_there(self) -> None:
        self._show(still_there=True, stay=self._stay(self._pace.still_there_s))

    def _stay_over(self) -> None:
        if self._scene.stage is Stage.SORRY and self._link.trouble is None:
            self.resume()
        else:
            self.home()

    # -------------------------------------------------------- taking, printing, done

    def _taken(self, ticket: Ticket) -> None:
        self._queues.saw(ticket)
        if not self._has_printer:
            self._done(ticket, None)
            return
        self._enter(Stage.PRINTING, ticket=ticket)
        self._paper_wait.start(_ms(self._pace.paper_s))
        self._desk.print_ticket(ticket, self._scene.language)

    def _paper_came(self, paper: Paper) -> None:
        self._reports.paper(paper.ticket, paper.outcome, paper.code)
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
        in_hand = outcome in (Outcome.PRINTED, Outcome.UNKNOWN) and not code
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
        self._taking.give_back(scene.ticket)

    def _given_back(self, ticket: Ticket) -> None:
        self._choose_again(given_back=ticket.number)

    def _not_given_back(self, trouble: Trouble) -> None:
        if self._scene.stage is Stage.DONE:
            self._show(giving_back=False, trouble=trouble, stay=self._stay(self._pace.done_s))

    # -------------------------------------------------------- sorry

    def _be_sorry(self, trouble: Trouble) -> None:
        if self._scene.stage not in (Stage.CHOOSING, Stage.TAKING, Stage.SORRY):
            return
        if self._link.trouble is None:
            self._enter(Stage.SORRY, stays=self._pace.sorry_s, trouble=trouble)
            return
        self._enter(Stage.SORRY, trouble=trouble)
        if self._scene.visiting:
            # The hub is away: the screen waits for it, but the visitor's press is kept for this visit only.
            self._leave.start(_ms(self._pace.idle_s + self._pace.still_there_s))

    def resume(self) -> None:
        """From sorry back to where the visitor was."""
        if self._scene.stage is not Stage.SORRY or self._link.trouble is not None:
            return
        agency = self._scene.agency
        step = agency if agency is not None and len(agency.services) > 1 else None
        self._enter(Stage.CHOOSING, agency=step, service=None)

    def _up_changed(self, up: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        if up:
            self._away.stop()
            self.resume()
        else:
            self._away.start(_ms(self._pace.away_s))

    # -------------------------------------------------------- figures and health

    def _event_came(self, event: Event) -> None:
        if event.ticket is not None and event.kind is Kind.TAKEN:
            self._queues.saw(event.ticket)
        if event.kind in QUEUE_KINDS and not self._refresh.isActive():
            self._refresh.start(_ms(self._pace.refresh_s))

    def _ask_board(self) -> None:
        self._link.get("/api/board", Board).done.connect(self._board_came)

    def _board_came(self, board: Board) -> None:
        self._queues.read(board)
        if not self._ranked and not self._scene.visiting:
            self._rank()
        self.queues_changed.emit(self._queues.shown())

    def _rank(self) -> None:
        """Order the tiles anew, while nobody is choosing."""
        self._ranked = True
        self._queues.rank()
        self.queues_changed.emit(self._queues.shown())

    def _beat(self) -> None:
        if self._scene.stage is not Stage.PRINTING:
            self._desk.ask_health()
        self._taking.settle()
        self._reports.catch_up()
        self._report()

    def _health_came(self, health: Health) -> None:
        changed, self._health = health != self._health, health
        self._show(paperless=self._has_printer and health.certain and bool(health.troubles))
        if changed:
            self._report()

    def _report(self) -> None:
        health = self._health
        troubles = list(health.troubles) if health else []
        paper = {} if health is None else {"paper": "low" if health.paper_low else "enough"}
        self._reports.health(troubles, {**self._facts, **paper})


def _agencies_of(hall: Hall, settings: KioskSettings) -> list[Agency]:
    """The agencies this kiosk offers: those of its settings, in the hall's order; all when it names none."""
    return [agency for agency in hall.agencies if not settings.agencies or agency.id in settings.agencies]


def _nothing() -> dict[str, Any]:
    """Nothing chosen, nothing taken."""
    return {"agency": None, "service": None, "ticket": None, "paper": None, "paper_code": "", "given_back": ""}


def _nobody(hall: Hall) -> dict[str, Any]:
    """The screen as the next visitor finds it."""
    return _nothing() | {"visiting": False, "priority": False, "language": hall.languages[0]}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
