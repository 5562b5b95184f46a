"""A hub of one agency small enough to be read at a glance, and a link to it that a test can make slow or lossy."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel
from PySide6.QtCore import QTimer

from shared.access_wire import Session, SignIn, SignOut
from shared.hall import Agency, Counter, Hall, KioskSettings, Printer, Service, Zone
from shared.model import DeviceKind, Kind, Origin, Reason, State, StepState
from shared.qt.link import HubLink, Reply
from shared.trouble import Trouble
from shared.wire import (
    Alarm,
    AnswerAlarm,
    Asked,
    Call,
    CallChosen,
    Correct,
    CounterSession,
    CounterView,
    Device,
    DeviceReport,
    Ended,
    Event,
    Hold,
    Issue,
    OnTicket,
    Overview,
    PaperRoll,
    Pause,
    Paused,
    Plan,
    RaiseAlarm,
    Reprint,
    Tally,
    Ticket,
    Transfer,
    WalkIn,
)
from tests.counter.front_door import FrontDoor

T = TypeVar("T", bound=BaseModel)
Decision = Call | Ticket | Event | Trouble | None

NOON = datetime(2026, 2, 12, 9, 42, tzinfo=UTC)
ANSWERS: dict[str, type[BaseModel]] = dict.fromkeys(("next", "recall", "call"), Call)
ANSWERS |= dict.fromkeys(("pause", "resume", "reprint"), Event)
HALL_VERBS = ("quiet", "end", "close", "reopen", "paper-roll", "end-paper-roll")
"""What a supervisor orders."""
COUNTER = Counter(id="12", number="12", zone="z", agencies=["dukcapil"])


def a_hall(counters: int = 2) -> Hall:
    services = [
        Service(id="ktp", name="KTP elektronik", minutes=7),
        Service(id="kk", name="Kartu Keluarga (KK)", minutes=9),
        Service(id="dtsen", name="Data Tunggal Sosial dan Ekonomi Nasional (DTSEN)", minutes=10),
    ]
    return Hall(
        name="Mal Pelayanan Publik Paser",
        short_name="MPP Paser",
        timezone="Asia/Makassar",
        languages=["id", "en"],
        counter_word="loket",
        public_url="http://192.168.1.10:8080",
        zones=[Zone(id="z", name="Lantai 1")],
        agencies=[
            Agency(
                id="dukcapil",
                name="Dinas Kependudukan dan Pencatatan Sipil",
                short_name="Disdukcapil",
                name_en="Population and Civil Registration",
                prefix="K",
                zone="z",
                services=services,
            )
        ],
        counters=[Counter(id=str(n), number=str(n), zone="z", agencies=["dukcapil"]) for n in range(12, 12 + counters)],
        kiosks=[KioskSettings(id="kiosk-1", name="Mesin tiket lobi", printer=Printer(road="memory"))],
        displays=[],
    )


class SmallHub:
    """Who waits, who is at the counter, what was decided for each key. `called` counts real calls."""

    def __init__(self, waiting: int = 4) -> None:
        self.now = NOON
        self.called: list[str] = []
        self.decided: dict[UUID, Decision] = {}
        self.helped: dict[UUID, Event] = {}
        self.current: Ticket | None = None
        self.history: list[Call] = []
        self.held: list[Ticket] = []
        self.rolls: list[PaperRoll] = []
        self.overview: Overview | None = None
        self.verbs: list[str] = []
        self.bodies: list[Asked] = []
        self.devices: list[Device] = []
        self.tally = Tally()
        self.session: CounterSession | None = None
        self.paused: Paused | None = None
        self.alarms: list[Alarm] = []
        self.ended: list[Ended] = []
        self._events = count(1)
        self.last_event = next(self._events)
        self.waiting = [self.ticket(n) for n in range(13, 13 + waiting)]

    def ticket(self, n: int, service: str = "ktp", *, priority: bool = False) -> Ticket:
        return Ticket(
            id=n,
            number=f"K-{n:03d}",
            service=service,
            agency="dukcapil",
            priority=priority,
            language="id",
            state=State.WAITING,
            taken_at=self.now - timedelta(minutes=22 - n),
            day=self.now.date(),
        )

    def view(self) -> CounterView:
        return CounterView(
            now=self.now,
            counter=COUNTER.id,
            last_event=self.last_event,
            current=self.current,
            undoable=self.current is not None and (self.current.state is State.CALLED or not self.current.calls),
            waiting=self.waiting[:100],
            waiting_count=len(self.waiting),
            held=self.held,
            rolls=self.rolls,
            history=self.history,
            tally=self.tally,
            paused=self.paused,
            alarms=self.alarms,
            ended=self.ended,
            devices=self.devices,
            session=self.session,
        )

    def decide(self, verb: str, body: Asked, key: UUID) -> Decision:
        if key not in self.decided:
            self.decided[key] = self._carry_out(verb, body)
        return self.decided[key]

    def event(self, kind: Kind = Kind.TAKEN, *, agency: str = "dukcapil", counter: str | None = None) -> Event:
        """Something happened; the hub's last event is it."""
        self.last_event = next(self._events)
        ticket = self.ticket(40).model_copy(update={"agency": agency})
        return Event(id=self.last_event, kind=kind, at=self.now, ticket=ticket, counter=counter)

    def device_event(self, device: Device) -> Event:
        self.devices = [device] if device.kind is not DeviceKind.COUNTER else []
        self.last_event = next(self._events)
        return Event(id=self.last_event, kind=Kind.DEVICE, at=self.now, health=device)

    def _carry_out(self, verb: str, body: Asked) -> Decision:
        self.last_event = next(self._events)
        self.bodies.append(body)
        self.verbs.append(verb)
        if verb in ("pause", "resume"):
            return self._rest(body)
        if isinstance(body, Issue | WalkIn | Reprint):
            return self._give(body)
        if verb in ("next", "call"):
            self.waiting.sort(key=lambda one: isinstance(body, CallChosen) and one.id != body.ticket)
            return self._next()
        if verb in ("unhold", "undo-no-show", "correct"):
            return self._again(verb, body)
        if not isinstance(body, OnTicket) or self.current is None or body.ticket != self.current.id:
            return Trouble("not_at_counter")
        return self._on_ticket(verb, self.current, body)

    def _give(self, body: Issue | WalkIn | Reprint) -> Ticket | Event:
        if isinstance(body, Reprint):
            number = body.ticket or int((body.number or "").rpartition("-")[2])
            asked = Event(id=self.last_event, kind=Kind.REPRINT_ASKED, at=self.now, code=body.kiosk)
            return asked.model_copy(update={"ticket": self.ticket(number)})
        given = self.ticket(99, body.service, priority=body.priority)
        if isinstance(body, Issue):
            self.waiting.append(given)
            return given
        here = {"state": State.SERVING, "counter": COUNTER.id, "served_at": self.now, "origin": Origin.WALK_IN}
        self.current = given.model_copy(update=here)
        return self.current

    def help(self, path: str, body: RaiseAlarm | AnswerAlarm, key: UUID) -> Event:
        if key not in self.helped:
            self.helped[key] = self._help(path, body)
        return self.helped[key]

    def _help(self, path: str, body: RaiseAlarm | AnswerAlarm) -> Event:
        self.last_event = next(self._events)
        if isinstance(body, RaiseAlarm):
            self.alarms.append(Alarm(id=self.last_event, counter=COUNTER.id, at=self.now))
            return Event(id=self.last_event, kind=Kind.ALARM, at=self.now, counter=COUNTER.id)
        number = int(path.split("/")[3])
        self.alarms = [one for one in self.alarms if one.id != number or one.counter == COUNTER.id]
        answered = {"answered_at": self.now, "answered_by": body.counter}
        self.alarms = [one.model_copy(update=answered if one.id == number else {}) for one in self.alarms]
        return Event(id=self.last_event, kind=Kind.ALARM_ANSWERED, at=self.now, alarm=number)

    def _rest(self, body: Asked) -> Event:
        self.paused = Paused(since=self.now, why=body.why) if isinstance(body, Pause) else None
        kind = Kind.PAUSED if self.paused else Kind.RESUMED
        return Event(id=self.last_event, kind=kind, at=self.now, counter=COUNTER.id)

    def _next(self) -> Call | None:
        if not self.waiting:
            return None
        changes = {"state": State.CALLED, "called_at": self.now, "calls": 1, "counter": COUNTER.id}
        changes |= {"reason": Reason.FIRST_COME}
        self.current = self.waiting.pop(0).model_copy(update=changes)
        self.called.append(self.current.number)
        return self._call(self.current, Kind.CALLED)

    def _call(self, ticket: Ticket, kind: Kind) -> Call:
        assert kind in (Kind.CALLED, Kind.RECALLED)
        call = Call(
            event=self.last_event,
            kind=kind,
            ticket=ticket,
            counter=COUNTER.id,
            called_at=self.now,
            reason=Reason.FIRST_COME if kind is Kind.CALLED else Reason.RECALL,
        )
        self.history.insert(0, call)
        return call

    def _again(self, verb: str, body: Asked) -> Ticket:
        assert isinstance(body, OnTicket)
        if isinstance(body, Correct):
            return self.ticket(body.ticket).model_copy(update={"state": State.FINISHED, "result": body.outcome})
        away = self.held if verb == "unhold" else [call.ticket for call in self.history]
        ticket = next(one for one in away if one.id == body.ticket)
        self.held = [one for one in self.held if one.id != body.ticket]
        self.history = [call for call in self.history if call.ticket.id != body.ticket]
        self.waiting.insert(0, ticket.model_copy(update={"state": State.WAITING, "held_until": None}))
        return self.waiting[0]

    def _on_ticket(self, verb: str, ticket: Ticket, body: Asked) -> Call | Ticket:
        if verb == "recall":
            self.current = ticket.model_copy(update={"calls": ticket.calls + 1})
            return self._call(self.current, Kind.RECALLED)
        if verb == "serve":
            self.current = ticket.model_copy(update={"state": State.SERVING, "served_at": self.now})
            return self.current
        if isinstance(body, Plan):
            return ticket
        self.current = None
        if isinstance(body, Hold):
            until = self.now + timedelta(minutes=body.minutes)
            self.held.append(ticket.model_copy(update={"state": State.HELD, "held_until": until}))
            return self.held[-1]
        if isinstance(body, Transfer):
            return ticket.model_copy(update={"state": State.WAITING, "for_counter": body.counter})
        ended = {"finish": State.FINISHED, "no-show": State.NO_SHOW, "undo-next": State.WAITING}[verb]
        ticket = ticket.model_copy(update={"state": ended} | ({"reason": None} if verb == "undo-next" else {}))
        if verb == "undo-next":
            self.waiting.insert(0, ticket)
        ahead = next((step.service for step in ticket.steps if step.state is StepState.NEXT), None)
        if verb == "finish" and ahead is not None:
            ticket = ticket.model_copy(update={"state": State.WAITING, "service": ahead, "ahead": 0})
        self.history = [
            call.model_copy(update={"ticket": ticket}) if call.ticket.id == ticket.id else call for call in self.history
        ]
        return ticket


class StandInLink(HubLink):
    """A link to a SmallHub, within this process.

    `slow`: answers to orders wait for `deliver()`. `lossy`: orders arrive, their answers never do.
    `deaf`: orders do not even arrive. `refuse_views`: the trouble each fetch of the view ends in.
    Asserts that no two orders are ever out at once, and that each asks for the right answer.
    """

    def __init__(self, hub: SmallHub, *, is_secured: bool = False) -> None:
        super().__init__("https://127.0.0.1:9" if is_secured else "http://127.0.0.1:9")
        self.hub = hub
        self.door = FrontDoor(hub.now, asks=is_secured)
        self.slow = self.lossy = self.deaf = self.slow_views = self.slow_help = self.listening = False
        self.refuse_views: Trouble | None = None
        self.orders: list[tuple[str, UUID]] = []
        self.pleas: list[tuple[str, Asked]] = []
        self.refuse_help: Trouble | None = None
        self.reports: list[tuple[str, DeviceReport]] = []
        self.views_asked = self.overviews_asked = 0
        self.hall_orders: list[tuple[str, Asked, UUID | None]] = []
        self.refuse_hall: Trouble | None = None
        self._out: list[Callable[[], None]] = []
        self._out_help: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return self.hub.now

    def listen(self, after: int | None = None) -> None:
        assert after is None
        assert not self.listening, "the feed is followed once"
        self.listening = True

    def comes_up(self) -> None:
        self._set_up()

    def goes_away(self) -> None:
        self._set_down()

    def deliver(self) -> None:
        """Let what waits arrive."""
        out, self._out = self._out, []
        for arrive in out:
            arrive()

    def get(self, path: str, answer: type[T]) -> Reply:
        if path == "/api/staff":
            return self._answer(self.door.listed())
        if path == "/api/overview":
            whole_hall = Reply(self)
            self.overviews_asked += 1
            self._later(lambda: whole_hall.done.emit(self.hub.overview))
            return whole_hall
        assert path.startswith("/api/counters/")
        assert answer is CounterView
        self.views_asked += 1
        reply = Reply(self)
        refusal = self.refuse_views
        if refusal is not None:
            self._later(lambda: reply.failed.emit(refusal))
        elif self.slow_views:
            self._out.append(lambda: reply.done.emit(self.hub.view()))
        else:
            self._later(lambda: reply.done.emit(self.hub.view()))
        return reply

    def post(
        self, path: str, body: Asked, answer: type[T], *, key: UUID | None = None, patience_s: float = 5.0
    ) -> Reply:
        reply = Reply(self)
        if isinstance(body, DeviceReport):
            assert answer is Device
            self.reports.append((path, body))
            return reply
        if isinstance(body, SignIn | SignOut):
            assert key is not None
            return self._answer(self._let_in(path.split("/")[3], body))
        if isinstance(body, RaiseAlarm | AnswerAlarm):
            self._deliver_help(reply, path, body, key or uuid4())
            return reply
        start, _, verb = path.rpartition("/")
        if verb in HALL_VERBS:
            self.hall_orders.append((path, body, key))
            decision = self.refuse_hall or Event(id=1, kind=Kind.CLOSED, at=self.hub.now)
            self._later(lambda: _say(reply, decision))
            return reply
        assert start.startswith("/api/counters/")
        assert answer is ANSWERS.get(verb, Ticket)
        assert key is not None, "an officer's order has its key before the first try"
        assert patience_s > 0
        assert not self._out, "two orders are out at once"
        self.orders.append((verb, key))
        self._deliver_order(reply, verb, body, key)
        return reply

    def _let_in(self, counter: str, body: SignIn | SignOut) -> Session | Trouble | None:
        decision = self.door.decide(counter, body)
        if not isinstance(decision, Trouble):
            told = decision and decision.model_dump()
            self.hub.session = CounterSession.model_validate(told) if told else None
        return decision

    def _answer(self, decision: BaseModel | Trouble | None) -> Reply:
        """An answer that is neither a view nor an order's; silence while the hub is deaf."""
        reply = Reply(self)
        told = Trouble("hub_away") if self.deaf else decision
        self._later(lambda: reply.failed.emit(told) if isinstance(told, Trouble) else reply.done.emit(told))
        return reply

    def _deliver_help(self, reply: Reply, path: str, body: RaiseAlarm | AnswerAlarm, key: UUID) -> None:
        self.pleas.append((path, body))
        event = None if self.deaf or self.refuse_help else self.hub.help(path, body, key)
        away = Trouble("hub_away") if self.deaf or self.lossy else None
        decision = away or self.refuse_help or event
        if self.slow_help:
            self._out_help.append(lambda: _say(reply, decision))
        else:
            self._later(lambda: _say(reply, decision))

    def deliver_help(self, which: int = 0) -> None:
        """Let the answer to one call for help arrive, the oldest unless told."""
        self._out_help.pop(which)()

    def _deliver_order(self, reply: Reply, verb: str, body: Asked, key: UUID) -> None:
        if self.deaf:
            self._later(lambda: reply.failed.emit(Trouble("hub_away")))
            return
        decision = self.hub.decide(verb, body, key)
        if self.lossy:
            self._later(lambda: reply.failed.emit(Trouble("hub_away")))
        elif self.slow:
            self._out.append(lambda: _say(reply, decision))
        else:
            self._later(lambda: _say(reply, decision))

    def _later(self, act: Callable[[], None]) -> None:
        QTimer.singleShot(0, self, act)


def _say(reply: Reply, decision: Decision) -> None:
    if isinstance(decision, Trouble):
        reply.failed.emit(decision)
    else:
        reply.done.emit(decision)
