"""The officer at one counter: keeps the desk's view fresh and gives orders so that no press counts twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from counter.copies import what_became
from counter.desk import BEFORE_A_REST, Desk, Plea, Verb
from shared import __version__
from shared.hall import Counter
from shared.model import DeviceKind
from shared.model import Kind as Happened
from shared.qt.freshness import Freshness
from shared.qt.link import HubLink, Reply
from shared.trouble import Trouble
from shared.waits import span
from shared.wire import Asked, Call, CounterView, Device, DeviceReport, Event, Nothing, OnTicket, Ticket


@dataclass(frozen=True)
class Pace:
    """How long things last, in milliseconds unless named `_s`.

    `rest`: 'next' rests after each press of it (a second Space within two seconds is a slip).
    `look`: and at least this long after the answer is on the screen, so that a press made before it was
    seen does not call another. `gather`: events that come together are answered by one fetch. `steady_s`: the
    view is fetched at least so often, and after the hub's midnight: yesterday's queue is nobody's. `kept_s`: an
    order without an answer can be asked about for so long while the hub is there; then the desk alone tells.
    """

    rest: int = 2000
    look: int = 1000
    gather: int = 100
    retry: int = 1000
    message: int = 10_000
    report: int = 10_000
    patience_s: float = 5.0
    steady_s: float = 60.0
    kept_s: float = 300.0


@dataclass(frozen=True)
class Order:
    """A press as it is sent, and repeated: the same key means the same order, however often it arrives.

    `seen_event`: the last event the officer could know when pressing. `at`: the hub's time of the first press.
    """

    verb: Verb
    body: Asked
    key: UUID
    seen_event: int
    at: datetime

    def stands_for(self, body: Asked, now: datetime) -> bool:
        """Whether pressing the same verb with `body` now means this order again. Yesterday's means nothing today."""
        return (self.body, self.at.date()) == (body, now.date())


USUAL_PACE = Pace()


class Officer(QObject):
    """One counter's officer.

    changed(Desk)  the desk looks different now
    """

    changed = Signal(object)

    def __init__(
        self, link: HubLink, counter: Counter, *, pace: Pace = USUAL_PACE, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = Desk(counter, away=link.trouble)
        self._link = link
        self._pace = pace
        self._path = f"/api/counters/{counter.id}"
        self._order: Order | None = None
        self._kept: dict[Verb, Order] = {}
        self._copies: set[int] = set()
        """The tickets whose copy was asked for here and is not told of yet."""
        self._copy_ends: dict[int, Event] = {}
        """What became of each ticket's newest copy: it may be told before a repeated order has its answer."""
        self._there_since = link.now()
        self._open = True
        self._asking = False
        self._ask_again = False
        self._rest = _once(self, pace.rest, self._rested)
        self._gather = _once(self, pace.gather, self.refresh)
        self._retry = _once(self, pace.retry, self.refresh)
        self._hush = _once(self, pace.message, self._forget_message)
        self._report = QTimer(self, interval=pace.report)
        self._report.timeout.connect(self._tell_health)
        self._freshness = Freshness(link.now, every_s=pace.steady_s, parent=self)
        self._freshness.due.connect(self._look_again)
        link.caught_up.connect(self._back)
        link.up_changed.connect(self._up_changed)
        link.event_came.connect(self._happened)
        link.file_moved.connect(self._look_again)

    def start(self) -> None:
        """Take the desk: fetch the view, and report to the hub that this counter's app is running."""
        self._report.start()
        if self._link.up:
            self._back()

    def close(self) -> None:
        """Leave the desk: nothing is asked any more, and answers that come late touch nothing."""
        self._open = False
        for timer in self.findChildren(QTimer):
            timer.stop()
        self._link.caught_up.disconnect(self._back)
        self._link.up_changed.disconnect(self._up_changed)
        self._link.event_came.disconnect(self._happened)
        self._link.file_moved.disconnect(self._look_again)

    def _await(self, reply: Reply, done: Callable[[Any], None], failed: Callable[[Trouble], None]) -> None:
        """Hear the answer, unless the desk has been left before it comes."""
        reply.done.connect(lambda answer: done(answer) if self._open else None)
        reply.failed.connect(lambda trouble: failed(trouble) if self._open else None)

    def sit(self, counter: Counter) -> None:
        """The same counter, as the hall has it from now on."""
        self._show(replace(self.desk, counter=counter))
        self._look_again()

    def now(self) -> datetime:
        """The hub's time."""
        return self._link.now()

    # -------------------------------------------------------- orders

    def press(self, verb: Verb, body: Asked | None = None) -> bool:
        """Order `verb`, unless it rests or is not offered now. Answers whether it was ordered.

        `body`: what the order says; None: of the one at the counter.
        """
        if verb is Verb.NEXT and (self._rest.isActive() or self.desk.busy in BEFORE_A_REST):
            self._rest.start(self._pace.rest)  # two seconds from the last press: drumming fingers call nobody
            return False
        if verb not in self.desk.offered or self.desk.view is None:
            return False
        self._send(self._order_of(verb, body or _usual_body(verb, self.desk.view), self.desk.view))
        return True

    def _order_of(self, verb: Verb, body: Asked, view: CounterView) -> Order:
        """The order this press means: the kept one again if its answer never came, else a new one."""
        now = self.now()
        kept = self._kept.get(verb)
        if kept is not None and kept.stands_for(body, now):
            return replace(kept, seen_event=view.last_event)
        return Order(verb, body, uuid4(), view.last_event, now)

    def _send(self, order: Order) -> None:
        self._order = order
        if order.verb in BEFORE_A_REST:
            self._rest.start(self._pace.rest)
        self._hush.stop()
        self._show(replace(self.desk, busy=order.verb, resting=self._rest.isActive(), message=None))
        reply = self._link.post(
            f"{self._path}/{order.verb}",
            order.body,
            order.verb.answer,
            key=order.key,
            patience_s=self._pace.patience_s,
        )
        self._await(reply, partial(self._answered, order), partial(self._refused, order))

    def _answered(self, order: Order, answer: object) -> None:
        self._decided()
        if order.verb is Verb.NEXT and answer is None:
            self._say(Trouble("nobody_waits"))
        if order.verb is Verb.NEXT and isinstance(answer, Call) and answer.event <= order.seen_event:
            self._say(Trouble("called_before", number=answer.ticket.number))
        if order.verb is Verb.FINISH and isinstance(answer, Ticket) and answer.ahead is not None:
            self._say(Trouble("goes_on", number=answer.number, service=answer.service))
        if order.verb is Verb.REPRINT and isinstance(answer, Event) and answer.ticket:
            self._say(self._asked_for(answer, answer.ticket))
        if order.verb is Verb.CORRECT and isinstance(answer, Ticket):
            self._say(Trouble("outcome_corrected", number=answer.number))
        if order.verb is Verb.ISSUE and isinstance(answer, Ticket):
            self._say(_given(answer))

    def _asked_for(self, copy: Event, ticket: Ticket) -> Trouble:
        end = self._copy_ends.get(ticket.id)
        told = what_became(end) if end is not None and end.id > copy.id else None
        if told is None:
            self._copies.add(ticket.id)
        return told or Trouble("reprint_asked", number=ticket.number, kiosk=copy.code)

    def _refused(self, order: Order, trouble: Trouble) -> None:
        if not trouble.is_undecided:
            self._decided()
            self._say(trouble)
            return
        self._kept[order.verb] = order
        self._settle()
        self._say(Trouble("answer_lost") if trouble.code == "hub_away" else trouble)

    def _decided(self) -> None:
        # The hub takes orders one after another: with this one decided, none from before is still on its way.
        self._kept.clear()
        self._settle()

    def _settle(self) -> None:
        """No order is out any longer; its verb stays busy until the view that follows from it is here."""
        self._order = None
        if self.desk.busy in BEFORE_A_REST:
            self._rest.start(max(self._rest.remainingTime(), self._pace.look))
        self._show(replace(self.desk, resting=self._rest.isActive(), kept=frozenset(self._kept)))
        self.refresh()

    def _rested(self) -> None:
        self._show(replace(self.desk, resting=False))

    def _say(self, trouble: Trouble) -> None:
        self._show(replace(self.desk, message=trouble))
        if not self._kept:  # a lost order is told until it is pressed again
            self._hush.start()

    def tell(self, trouble: Trouble) -> None:
        """Show what became of an order that was not this counter's."""
        self._say(trouble)

    def _forget_message(self) -> None:
        self._show(replace(self.desk, message=None))

    def plead(self, plea: Plea) -> None:
        """How far this officer's call for help is."""
        self._show(replace(self.desk, plea=plea))
        if plea is not Plea.CALLING:
            self.refresh()

    # -------------------------------------------------------- the view

    def refresh(self) -> None:
        """Fetch the view; a fetch already under way is followed by one more."""
        self._ask_again = self._asking
        if self._asking:
            return
        self._asking = True
        self._await(self._link.get(self._path, CounterView), self._seen, self._not_seen)

    def _seen(self, view: CounterView) -> None:
        self._asking = False
        settled = self._order is None and not self._ask_again
        busy = None if settled else self.desk.busy
        away = None if self._link.up else self.desk.away
        desk = replace(self.desk, view=view, live=self._link.up, away=away, busy=busy)
        if desk.own_alarm is not None and desk.own_alarm.answered_at is None:
            desk = replace(desk, plea=Plea.NONE)  # the hub has the call, whatever became of its answer
        self._show(desk)
        self._let_lapse()
        if self._ask_again:
            self.refresh()

    def _let_lapse(self) -> None:
        """Orders too old to be asked about: hours later the same press is meant anew, not as their repetition."""
        last = self.now() - timedelta(seconds=self._pace.kept_s)
        if not self._kept or self._there_since > last:
            return
        self._kept = {verb: order for verb, order in self._kept.items() if order.at > last}
        message = self.desk.message if self._kept else None
        self._show(replace(self.desk, kept=frozenset(self._kept), message=message))

    def _not_seen(self, trouble: Trouble) -> None:
        self._asking = False
        busy = self.desk.busy if self._order else None
        self._show(replace(self.desk, live=False, away=trouble, busy=busy))
        if self._link.up:
            self._retry.start()

    def _happened(self, event: Event) -> None:
        told = what_became(event)
        if told is not None and event.ticket is not None:
            self._copy_ends[event.ticket.id] = event
            if event.ticket.id in self._copies:
                self._copies.discard(event.ticket.id)
                self._say(told)
        if self._concerns(event) and not self._gather.isActive():
            self._gather.start()

    def _concerns(self, event: Event) -> bool:
        """Whether this desk may look different after `event`."""
        if self.desk.view is None or event.id <= self.desk.view.last_event:
            return False
        if event.kind is Happened.DEVICE:
            return event.health is None or event.health.kind is not DeviceKind.COUNTER
        if event.kind in (Happened.ALARM, Happened.ALARM_ANSWERED):
            return True
        counter, ticket = self.desk.counter, event.ticket
        agency = event.agency if ticket is None else ticket.agency
        if event.counter == counter.id or agency in counter.agencies:
            return True
        return ticket is not None and (ticket.for_counter == counter.id or _shows(self.desk.view, ticket))

    # -------------------------------------------------------- the hub

    def _up_changed(self, up: bool) -> None:  # noqa: FBT001  -- a signal's payload
        if not up:
            self._retry.stop()
            self._show(replace(self.desk, live=False, away=self._link.trouble or Trouble("hub_away")))

    def _look_again(self) -> None:
        if self._link.up:
            self.refresh()

    def _back(self) -> None:
        self._there_since = self.now()
        self._freshness.start()
        self.refresh()
        self._tell_health()

    def _tell_health(self) -> None:
        """Say that this counter's app is well. Nobody waits for the answer: the next report follows soon."""
        if self._link.up:
            path = f"/api/devices/{DeviceKind.COUNTER}/{self.desk.counter.id}"
            self._link.post(path, DeviceReport(facts={"version": __version__}), Device, patience_s=0)

    def _show(self, desk: Desk) -> None:
        if desk != self.desk:
            self.desk = desk
            self.changed.emit(desk)


def _shows(view: CounterView, ticket: Ticket) -> bool:
    """Whether this visitor waits here, of whatever agency: somebody may have sent them, and now elsewhere."""
    return any(one.id == ticket.id for one in (*view.waiting, *view.held))


def _usual_body(verb: Verb, view: CounterView) -> Asked:
    of_the_counter = verb in (Verb.NEXT, Verb.RESUME)
    return Nothing() if of_the_counter or view.current is None else OnTicket(ticket=view.current.id)


def _once(owner: QObject, interval: int, then: Callable[[], None]) -> QTimer:
    # Precise: Qt's coarse timers may ring 5 % early, and two seconds are promised.
    timer = QTimer(owner, interval=interval, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(then)
    return timer


def _given(ticket: Ticket) -> Trouble:
    """That a number was given, and what its visitor should know."""
    if ticket.appointment is None:
        return Trouble("number_given", number=ticket.number, minutes=_wait(ticket))
    facts = {"number": ticket.number, "meets": ticket.appointment.isoformat()}
    if ticket.appointment_missed:
        return Trouble("appointment_passed", **facts)
    if ticket.held_until is not None:
        return Trouble("appointment_ahead", **facts, until=ticket.held_until.isoformat())
    return Trouble("appointment_given", **facts)


def _wait(ticket: Ticket) -> str:
    return span(ticket.estimate_minutes or 0, ticket.estimate_high_minutes)
