"""What stands on an officer's desk at one moment, and what may be pressed then. Values only, no Qt."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.hall import Counter
from shared.model import Reason, State
from shared.trouble import Trouble
from shared.wire import Alarm, Call, CounterView, Device, Event, PaperRoll, Paused, Staff, Ticket, Why


class Verb(StrEnum):
    """What an officer may order. The value is the last part of the hub's path."""

    NEXT = "next"
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    NO_SHOW = "no-show"
    UNDO_NEXT = "undo-next"
    HOLD = "hold"
    UNHOLD = "unhold"
    TRANSFER = "transfer"
    CALL = "call"
    ISSUE = "issue"
    UNDO_NO_SHOW = "undo-no-show"
    PLAN = "plan"
    CORRECT = "correct"
    REPRINT = "reprint"
    WALK_IN = "walk-in"
    PAUSE = "pause"
    RESUME = "resume"

    @property
    def answer(self) -> type[Call] | type[Ticket] | type[Event]:
        """What the hub answers: a call where somebody is called, an event of counter or paper, else the ticket now."""
        if self in (Verb.PAUSE, Verb.RESUME, Verb.REPRINT):
            return Event
        return Call if self in (Verb.NEXT, Verb.RECALL, Verb.CALL) else Ticket


NOTHING: frozenset[Verb] = frozenset()
BY_STATE = {
    State.CALLED: frozenset({Verb.RECALL, Verb.SERVE, Verb.FINISH, Verb.NO_SHOW, Verb.HOLD, Verb.TRANSFER, Verb.PLAN}),
    State.SERVING: frozenset({Verb.FINISH, Verb.HOLD, Verb.TRANSFER, Verb.PLAN}),
}
"""What may be done with the ticket at the counter: who has come is neither called again nor absent."""


CALLING = frozenset({Verb.NEXT, Verb.CALL})
"""What calls somebody new, and rests for a moment after a call."""
NOT_PAUSING = CALLING | {Verb.WALK_IN}
"""What a counter that pauses does not do."""
BEFORE_A_REST = CALLING | {Verb.RESUME}
"""What is pressed by the big button: a second press within two seconds is a slip, and calls nobody."""


class Plea(StrEnum):
    """How far this officer's call for help is, before the hub's view tells of it."""

    NONE = "none"
    CALLING = "calling"
    FAILED = "failed"


@dataclass(frozen=True)
class Desk:
    """One counter as its officer sees it.

    `live`: the hub is there and `view` was fetched since it is; else nothing can be pressed and `away`
    says why, while the last view stays to be read. `busy`: the verb whose answer is still out. `resting`:
    somebody was called a moment ago, 'next' rests. `message`: what became of the last press, when not as hoped.
    `kept`: the verbs whose last order has no answer: pressing one again asks for it.
    """

    counter: Counter
    view: CounterView | None = None
    live: bool = False
    away: Trouble | None = None
    busy: Verb | None = None
    resting: bool = False
    message: Trouble | None = None
    kept: frozenset[Verb] = NOTHING
    plea: Plea = Plea.NONE

    @property
    def current(self) -> Ticket | None:
        """Who is at the counter."""
        return self.view.current if self.view else None

    @property
    def following(self) -> Ticket | None:
        """Who would be called now."""
        return self.view.waiting[0] if self.view and self.view.waiting else None

    @property
    def waiting_count(self) -> int:
        """How many wait for this counter's agencies."""
        return self.view.waiting_count if self.view else 0

    @property
    def reason(self) -> Reason | None:
        """Why the one at the counter was called: a recall is not why."""
        return self.current.reason if self.current else None

    @property
    def why(self) -> Why | None:
        """The figures behind that reason."""
        calls = self.view.history if self.view and self.current else []
        return next((call.why for call in calls if self.current and call.ticket.id == self.current.id), None)

    @property
    def next_why(self) -> Why | None:
        """Why `following` would be called now."""
        return self.view.next_why if self.view else None

    @property
    def roll(self) -> PaperRoll | None:
        """The paper roll whose next number is called when nobody waits."""
        return self.view.rolls[0] if self.view and self.view.rolls else None

    @property
    def paused(self) -> Paused | None:
        """Since when nobody is called here, and why; None where this counter does not pause."""
        return self.view.paused if self.view else None

    @property
    def staff(self) -> Staff | None:
        """Who has signed in here; None at a hub that asks nobody who they are."""
        return self.view.session.staff if self.view and self.view.session else None

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """Neighbours who call for help, and whom nobody has answered yet."""
        alarms = self.view.alarms if self.view else []
        return tuple(one for one in alarms if one.answered_at is None and one.counter != self.counter.id)

    @property
    def own_alarm(self) -> Alarm | None:
        """This officer's newest call for help, as long as it is told of."""
        alarms = self.view.alarms if self.view else []
        return next((one for one in reversed(alarms) if one.counter == self.counter.id), None)

    @property
    def main(self) -> Verb:
        """What the big button does."""
        return Verb.RESUME if self.paused else Verb.NEXT

    @property
    def troubled(self) -> tuple[Device, ...]:
        """Kiosks and displays the officer should know to be unwell."""
        devices = self.view.devices if self.view else []
        return tuple(device for device in devices if device.troubles or not device.alive)

    @property
    def offered(self) -> frozenset[Verb]:
        """The verbs that may be pressed now: none while one is under way or the hub is away."""
        if not self.live or self.busy is not None:
            return NOTHING
        return self._possible - CALLING if self.resting else self._possible

    @property
    def _possible(self) -> frozenset[Verb]:
        """The verbs that mean something for who is here and who waits."""
        if self.view is None:
            return NOTHING
        state = self.current.state if self.current else None
        verbs = BY_STATE.get(state, NOTHING) if state else NOTHING
        if self.view.undoable:
            verbs |= {Verb.UNDO_NEXT}
        if self.view.waiting_count or self.roll:
            verbs |= {Verb.NEXT}
        verbs |= {Verb.ISSUE, Verb.REPRINT}
        if self.view.waiting or self.roll:
            verbs |= {Verb.CALL}
        if state is None:
            verbs |= {Verb.WALK_IN}
        verbs = verbs - NOT_PAUSING | {Verb.RESUME} if self.paused else verbs | {Verb.PAUSE}
        if self.view.held:
            verbs |= {Verb.UNHOLD}
        if self.view.ended:
            verbs |= {Verb.CORRECT}
        if any(call.ticket.state is State.NO_SHOW for call in self.view.history):
            verbs |= {Verb.UNDO_NO_SHOW}
        return verbs

    @property
    def may_leave(self) -> bool:
        """Whether another counter may be chosen now.

        Not while an order is out, nor while one without an answer can be pressed again: it may have called somebody.
        """
        if self.busy is not None:
            return False
        return not self.kept or (self.live and not self.kept & self._possible)


LATE_MINUTES = 30
"""From here on a wait is marked. Half of the hour after which a visitor goes first in the places that do it well."""


def waited_minutes(ticket: Ticket, until: datetime) -> int:
    """Whole minutes from the taking to `until`; never below 0, whatever the clocks say."""
    return max(0, int((until - ticket.taken_at).total_seconds() // 60))
