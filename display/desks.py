"""What each counter does now, for a wall of counters and a counter's sign: told by the hub. Pure.

A visitor served without having been called does not stand there: nobody in the hall looks for that number.
"""

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime

from shared.hall import Counter, DisplaySettings, Hall
from shared.model import Kind, State
from shared.wire import Board, Event, Ticket

KEPT = 500
"""Events kept for an answer that was on its way while they came: some seconds of the busiest hall."""

BACK = (Kind.REOPENED, Kind.REJOINED)
"""A visitor is at the event's counter again."""

GONE = (
    Kind.FINISHED,
    Kind.NO_SHOW,
    Kind.CANCELLED,
    Kind.RETURNED,
    Kind.HELD,
    Kind.UNHELD,
    Kind.TRANSFERRED,
    Kind.MOVED_ON,
    Kind.EXPIRED,
    Kind.WALK_IN_UNDONE,
)
"""A visitor has left the counter, whatever came of it."""

AT_COUNTER = (State.CALLED, State.SERVING)


@dataclass(frozen=True)
class Desk:
    """One counter now. `number`: as it is shown and spoken; `agencies`: whose people it calls, by short name.

    `serving`: the number it called last, '' where nobody is there; `call` that call's event; `came`: the visitor is
    there. `closed`: for the rest of the day; `paused`: it calls nobody for now; `why` in the officer's words.
    """

    id: str
    number: str
    agencies: tuple[str, ...] = ()
    serving: str = ""
    call: int = 0
    called_at: datetime | None = None
    came: bool = False
    closed: bool = False
    paused: bool = False
    why: str = ""


@dataclass(frozen=True)
class _Visit:
    counter: str
    number: str
    call: int
    called_at: datetime | None
    came: bool


class Desks:
    """The counters of this TV: its zones', or the one whose sign it is; none in a layout that shows no counters."""

    def __init__(self, hall: Hall, settings: DisplaySettings) -> None:
        self.take_up(hall, settings)
        self._day = date.min
        self._answered = 0
        self._recent: deque[Event] = deque(maxlen=KEPT)
        self._visits: dict[int, _Visit] = {}
        """Who is at a counter, by ticket."""
        self._closed: dict[str, str] = {}
        """Agencies and counters, each with a letter before its id that tells them apart; and why."""
        self._paused: dict[str, str] = {}

    def take_up(self, hall: Hall, settings: DisplaySettings) -> None:
        """The hall, and this TV's part of it, as they are from now on."""
        self._names = {agency.id: agency.short_name for agency in hall.agencies}
        self._counters = [counter for counter in hall.counters if _is_shown(counter, settings)]

    def take(self, event: Event) -> tuple[Desk, ...]:
        """An event of the feed, which tells each once; the counters after it."""
        self._begin(event.at.date())
        self._recent.append(event)
        self._learn(event)
        return self.now()

    def merge(self, answer: Board) -> tuple[Desk, ...]:
        """The hub's answer, and what the feed told since; the counters after it.

        A visit that is older than all calls of the answer stays as the feed told it.
        """
        if answer.last_event < self._answered:
            self._forget()
        self._answered = answer.last_event
        self._begin(answer.now.date())
        closed = [("a", answer.closed_agencies), ("c", answer.closed_counters)]
        self._closed |= {f"{kind}{place}": why for kind, places in closed for place, why in places.items()}
        told = {f"{kind}{place}" for kind, places in closed for place in places}
        self._closed = {place: why for place, why in self._closed.items() if place in told}
        self._paused = dict(answer.paused_counters)
        for call in sorted(answer.calls, key=lambda call: call.event):
            if call.ticket.state in AT_COUNTER:
                self._seat(call.ticket, call.counter, call.event, call.called_at)
            else:
                self._visits.pop(call.ticket.id, None)
        for event in [event for event in self._recent if event.id > answer.last_event]:
            self._learn(event)
        return self.now()

    def now(self) -> tuple[Desk, ...]:
        """The counters in the file's order."""
        there = {visit.counter: visit for visit in sorted(self._visits.values(), key=lambda visit: visit.call)}
        return tuple(self._desk(counter, there.get(counter.id)) for counter in self._counters)

    def _desk(self, counter: Counter, visit: _Visit | None) -> Desk:
        closed, why = self._is_closed(counter)
        paused = counter.id in self._paused
        return Desk(
            id=counter.id,
            number=counter.number,
            agencies=tuple(self._names.get(agency, agency) for agency in counter.agencies),
            serving=visit.number if visit else "",
            call=visit.call if visit else 0,
            called_at=visit.called_at if visit else None,
            came=visit.came if visit else False,
            closed=closed,
            paused=paused,
            why=why if closed else self._paused.get(counter.id, ""),
        )

    def _is_closed(self, counter: Counter) -> tuple[bool, str]:
        """It is closed itself, or each of its agencies; and why."""
        if f"c{counter.id}" in self._closed:
            return True, self._closed[f"c{counter.id}"]
        reasons = [self._closed.get(f"a{agency}") for agency in counter.agencies]
        if not reasons or None in reasons:
            return False, ""
        return True, reasons[0] or ""

    # -------------------------------------------------------- what happens

    def _begin(self, day: date) -> None:
        if day > self._day:
            self._day = day
            self._forget()

    def _forget(self) -> None:
        self._visits.clear()
        self._closed.clear()
        self._paused.clear()
        self._recent.clear()

    def _learn(self, event: Event) -> None:
        if event.kind in (Kind.PAUSED, Kind.RESUMED):
            _set(self._paused, event.counter or "", event.words, on=event.kind is Kind.PAUSED)
        elif event.kind in (Kind.CLOSED, Kind.OPENED):
            place = f"a{event.agency}" if event.agency else f"c{event.counter}"
            _set(self._closed, place, event.words, on=event.kind is Kind.CLOSED)
        elif event.ticket is not None:
            self._move(event, event.ticket)

    def _move(self, event: Event, ticket: Ticket) -> None:
        if event.kind in GONE:
            self._visits.pop(ticket.id, None)
        elif event.kind in (Kind.CALLED, Kind.RECALLED) and event.counter:
            self._seat(ticket, event.counter, event.id, event.at)
        elif event.kind in BACK and event.counter:
            self._seat(ticket, event.counter, event.id, None)
        elif event.kind is Kind.SERVED and ticket.id in self._visits:
            visit = self._visits[ticket.id]
            self._visits[ticket.id] = _Visit(visit.counter, visit.number, visit.call, visit.called_at, came=True)

    def _seat(self, ticket: Ticket, counter: str, call: int, called_at: datetime | None) -> None:
        came = ticket.state is State.SERVING
        self._visits = {one: visit for one, visit in self._visits.items() if visit.counter != counter}
        self._visits[ticket.id] = _Visit(counter, ticket.number, call, called_at, came)


def _set(places: dict[str, str], place: str, why: str, *, on: bool) -> None:
    if on:
        places[place] = why
    else:
        places.pop(place, None)


def _is_shown(counter: Counter, settings: DisplaySettings) -> bool:
    if settings.layout == "sign":
        return counter.id == settings.counter
    return settings.layout == "counters" and (not settings.zones or counter.zone in settings.zones)
