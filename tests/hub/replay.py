"""The hall as its events alone tell it: every step held against the rules, the outcome against the tables."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.model import Kind, State
from shared.wire import Event, Quieted, Ticket

HERE = (State.CALLED, State.SERVING)
GONE = (State.FINISHED, State.NO_SHOW, State.CANCELLED, State.EXPIRED)
Steps = dict[Kind, tuple[tuple[State | None, ...], tuple[State, ...]]]
STEPS: Steps = {
    Kind.TAKEN: ((None,), (State.WAITING, State.HELD)),
    Kind.WALKED_IN: ((None,), (State.SERVING,)),
    Kind.WALK_IN_UNDONE: ((State.SERVING,), (State.CANCELLED,)),
    Kind.PRINTED: (tuple(State), tuple(State)),
    Kind.REPRINTED: (tuple(State), tuple(State)),
    Kind.REPRINT_ASKED: (tuple(State), tuple(State)),
    Kind.CALLED: ((State.WAITING,), (State.CALLED,)),
    Kind.RECALLED: (HERE, HERE),
    Kind.SERVED: ((State.CALLED,), (State.SERVING,)),
    Kind.FINISHED: (HERE, (State.FINISHED,)),
    Kind.NO_SHOW: (HERE, (State.NO_SHOW,)),
    Kind.CANCELLED: ((State.WAITING,), (State.CANCELLED,)),
    Kind.RETURNED: ((State.CALLED,), (State.WAITING,)),
    Kind.REOPENED: ((State.FINISHED,), HERE),
    Kind.HELD: (HERE, (State.HELD,)),
    Kind.UNHELD: ((State.HELD, State.NO_SHOW, State.EXPIRED), (State.WAITING,)),
    Kind.TRANSFERRED: ((*HERE, State.FINISHED, State.WAITING), (State.WAITING,)),  # waiting: its counter was closed
    Kind.MOVED_ON: ((State.FINISHED,), (State.WAITING,)),
    Kind.REJOINED: ((State.WAITING,), HERE),
    Kind.PLANNED: (HERE, HERE),
    Kind.CORRECTED: (tuple(State), tuple(State)),
    Kind.EXPIRED: ((State.WAITING,), (State.EXPIRED,)),
    Kind.CARRIED: ((State.WAITING,), (State.WAITING,)),
}
"""From which states an event of each kind may come, and to which it may lead."""

STAYS = (Kind.RECALLED, Kind.PRINTED, Kind.REPRINTED, Kind.REPRINT_ASKED, Kind.PLANNED, Kind.CORRECTED)
"""What happens to a ticket without moving it."""

PLACES = {
    Kind.CLOSED: ("closed", True),
    Kind.OPENED: ("closed", False),
    Kind.PAUSED: ("paused", True),
    Kind.RESUMED: ("paused", False),
}
"""What is said of an agency or a counter, and whether it begins or ends."""


class Misstep(AssertionError):  # noqa: N818  -- reads as what was found
    """An event that the rules do not allow where it stands."""


@dataclass
class Replay:
    """The hall after some events."""

    tickets: dict[int, Ticket] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)
    """Who is at each counter."""
    shut: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """What is closed or pauses: since which day, and why."""
    quiet: dict[str, datetime] = field(default_factory=dict)
    """Where no calls are said, and until when; what is over by itself is still here."""
    last: int = 0

    def hear(self, event: Event) -> None:
        """One event further. Raises Misstep."""
        if event.id != self.last + 1:
            raise Misstep(f"event {event.id} after {self.last}")
        self.last = event.id
        if event.kind in PLACES:
            self._place(event)
        if event.quiet is not None:
            self._hush(event, event.quiet)
        if event.ticket is not None:
            self._ticket(event, event.ticket)

    def _hush(self, event: Event, told: Quieted) -> None:
        if told.until is not None:
            self.quiet[told.zone] = told.until
            return
        over = [zone for zone, until in self.quiet.items() if told.zone in (zone, "")]
        if not over:
            raise Misstep(f"event {event.id}: {told.zone!r} was not quiet")
        for zone in over:
            del self.quiet[zone]

    def _place(self, event: Event) -> None:
        what, begins = PLACES[event.kind]
        whose = (what, event.agency or event.counter or "")
        if begins:
            self.shut[whose] = (event.at.date().isoformat(), event.words)
        elif self.shut.pop(whose, None) is None:
            raise Misstep(f"event {event.id}: {whose} was not")

    def _ticket(self, event: Event, ticket: Ticket) -> None:
        before = self.tickets.get(ticket.id)
        sources, goals = STEPS[event.kind]
        was = before and before.state
        if was not in sources or ticket.state not in goals:
            raise Misstep(f"event {event.id}: {event.kind} of {ticket.number} from {was} to {ticket.state}")
        if event.kind in STAYS and before and (ticket.state, ticket.counter) != (was, before.counter):
            raise Misstep(f"event {event.id}: {event.kind} moved {ticket.number}")
        self.tickets[ticket.id] = ticket
        self._seat(event, ticket, before)

    def _seat(self, event: Event, ticket: Ticket, before: Ticket | None) -> None:
        if before and before.state.at_counter and not ticket.state.at_counter:
            left = self.there.pop(before.counter or "", None)
            if left != ticket.id:
                raise Misstep(f"event {event.id}: {left} was at {before.counter}, not {ticket.number}")
        if ticket.state.at_counter:
            counter = ticket.counter or ""
            if self.there.setdefault(counter, ticket.id) != ticket.id:
                raise Misstep(f"event {event.id}: two at {counter}")
