"""Walks through all that happened in a hall, step by step, and stops where the floor's rules do not lead on."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from shared.model import Kind, State
from shared.wire import Call, Event, Ticket
from tests.plays.notes import Note

HERE = (State.CALLED, State.SERVING)
STEPS: dict[Kind, tuple[tuple[State | None, ...], tuple[State, ...]]] = {
    Kind.TAKEN: ((None,), (State.WAITING,)),
    Kind.CALLED: ((State.WAITING,), (State.CALLED,)),
    Kind.RECALLED: (HERE, HERE),
    Kind.SERVED: ((State.CALLED,), (State.SERVING,)),
    Kind.FINISHED: (HERE, (State.FINISHED,)),
    Kind.NO_SHOW: (HERE, (State.NO_SHOW,)),
    Kind.RETURNED: ((State.CALLED,), (State.WAITING,)),
    Kind.REOPENED: ((State.FINISHED,), HERE),
}
"""From which states each event may come, and to which it may lead."""
COMES = (Kind.CALLED, Kind.REOPENED)


class Misstep(AssertionError):  # noqa: N818  -- reads as what was found
    """An event that the rules do not allow where it stands."""


@dataclass
class Walk:
    """The hall after some events: each ticket's state, who is at each counter, and what happened how often."""

    state: dict[int, State] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)
    kinds: Counter[Kind] = field(default_factory=Counter)
    reopened: list[tuple[str, int]] = field(default_factory=list)
    waits: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Who waits, by agency."""
    _before: dict[int, State] = field(default_factory=dict)
    """In which state a visitor left."""

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self.waits.values()))

    def step(self, event: Event) -> None:
        """One event further. Raises Misstep."""
        if event.ticket is None or event.kind not in STEPS:
            return
        ticket, kind = event.ticket, event.kind
        self._look(event, ticket)
        if kind is Kind.FINISHED:
            self._before[ticket.id] = self.state[ticket.id]
        self.state[ticket.id] = ticket.state
        self.kinds[kind] += 1
        self._move(event, ticket)

    def _look(self, event: Event, ticket: Ticket) -> None:
        sources, goals = STEPS[event.kind]
        there, wanted = self.there.get(event.counter or ""), None if event.kind in COMES else ticket.id
        rules = {
            f"from {self.state.get(ticket.id)}": self.state.get(ticket.id) in sources,
            f"to {ticket.state}": ticket.state in goals,
            f"while {there} is there": event.kind is Kind.TAKEN or there == wanted,
            "out of turn": event.kind is not Kind.CALLED or ticket.id == min(self.waits[ticket.agency], default=0),
            "back as another": event.kind is not Kind.REOPENED or ticket.state is self._before[ticket.id],
        }
        for what, holds in rules.items():
            if not holds:
                raise Misstep(f"event {event.id}: {event.kind} of {ticket.number} at {event.counter}: {what}")

    def _move(self, event: Event, ticket: Ticket) -> None:
        counter = event.counter or ""
        waits = self.waits[ticket.agency]
        (waits.add if ticket.state is State.WAITING else waits.discard)(ticket.id)
        if event.kind in COMES:
            self.there[counter] = ticket.id
        elif not ticket.state.at_counter:
            self.there.pop(counter, None)
        if event.kind is Kind.REOPENED:
            self.reopened.append((counter, ticket.id))


def walk(events: list[Event]) -> Walk:
    """From the first event to the last. Raises Misstep."""
    way = Walk()
    for event in events:
        way.step(event)
    return way


@dataclass
class Desk:
    """What an officer must see after the answers of the hub: who is at the counter, and who came back to it."""

    there: int | None = None
    closed: int | None = None
    reopened: list[int] = field(default_factory=list)

    def take(self, note: Note) -> None:
        """One answer further."""
        verb = note.path.rpartition("/")[2]
        if verb == "next":
            called = Call.model_validate_json(note.answer).ticket.id if note.status == 200 else None
            self.closed, self.there = self.there, called
        elif verb in ("finish", "no-show"):
            self.there = None
        elif verb == "undo-next":
            self.there, self.closed = self.closed, None
            self.reopened += [self.there] if self.there is not None else []


def desks(notes: list[Note]) -> dict[str, Desk]:
    """The counters after all their officers were told, by their ids."""
    found: dict[str, Desk] = {}
    for note in notes:
        if note.path.startswith("/api/counters/"):
            found.setdefault(note.path.split("/")[3], Desk()).take(note)
    return found
