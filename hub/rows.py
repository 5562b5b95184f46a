"""Rows of the database, and the same as the wire speaks of them. Pure.

The hot verbs and the feed answer bytes made from plain facts: checking each answer by its model costs more
than writing the ticket. A test holds facts and models together.
"""

from binascii import b2a_base64
from datetime import UTC, datetime, tzinfo
from os import urandom
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from hub import journey
from shared.model import BookingState, Kind, Origin, Reason, State, number_text
from shared.wire import Answer, Call, Event, Ticket, Why

QUARTER_MS = 900_000
"""Clocks of all zones differ by whole quarters of an hour."""

_TOKEN_BYTES = 16


class TicketRow(NamedTuple):
    """A ticket as it stands in the database. Times in ms since 1970 UTC.

    `last_call`: id of the newest call's event. `closed`: the ticket whose visit ended with this one's call.
    `reason`: why it was called; a recall leaves it as it was. `line_at`: the moment that counts as arrival in
    the queue; order of arrival is (line_at, id) everywhere. `for_counter`: only this counter may call it.
    `return_to`: after the visit it waits for this counter again. `held_until`: in state `held` alone;
    `called_at` tells there whom an officer holds from who is early for an appointment.
    `result`: what came of the visit, one of the hall's outcomes.
    `journey`: the services it is for, in order, as `hub.journey` writes them; empty for one alone. `appointment`:
    when its visitor was asked to come; `missed`: it was taken too late for that.
    """

    id: int
    day: str
    prefix: str
    sequence: int
    agency: str
    service: str
    priority: int
    language: str
    kiosk: str
    token: str
    taken_at: int
    state: str = State.WAITING.value
    counter: str | None = None
    called_at: int | None = None
    served_at: int | None = None
    ended_at: int | None = None
    calls: int = 0
    paper: str | None = None
    last_call: int | None = None
    closed: int | None = None
    reason: str | None = None
    line_at: int = 0
    for_counter: str | None = None
    return_to: str | None = None
    held_until: int | None = None
    origin: str = Origin.KIOSK.value
    journey: str = ""
    result: str | None = None
    appointment: int | None = None
    missed: int = 0

    @property
    def has_head_start(self) -> bool:
        """Whether it stands in the line since before it was taken: for an appointment."""
        return self.line_at < self.taken_at

    @property
    def number(self) -> str:
        """The number as printed: `A-012`."""
        return number_text(self.prefix, self.sequence)

    def called_to(self, counter: str, now: int, *, closed: int | None, reason: str) -> "TicketRow":
        """The same, which waited until now, at `counter`. One change: each costs 2 % of a 'next'."""
        return self._replace(state=State.CALLED, counter=counter, called_at=now, closed=closed, reason=reason)


class RollRow(NamedTuple):
    """A paper roll: numbers `first` to `last` of an agency's prefix, which visitors tear off on `day`.

    `next`: the one to be called next, `last` + 1 once all were. `moved_at`: when one was called last (ms).
    `ended_at`: since then no more are torn off; the range stays taken for that day all the same.
    """

    id: int
    day: str
    agency: str
    prefix: str
    first: int
    last: int
    next: int
    place: str
    moved_at: int
    ended_at: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether numbers are torn off it now."""
        return self.ended_at is None

    def holds(self, sequence: int) -> bool:
        """Whether that number is printed on it."""
        return self.first <= sequence <= self.last


class ReprintRow(NamedTuple):
    """A copy that an officer asked `kiosk` for; `id`: of the event. `done_at`: when the kiosk told of it (ms)."""

    id: int
    ticket: int
    day: str
    kiosk: str
    done_at: int | None = None


class BookingRow(NamedTuple):
    """An appointment made before its day; `at` in ms, `further`: the services after the first, with blanks between.

    `ticket`: what was taken with it and not given back, `prefix` and `sequence` its number.
    """

    code: str
    day: str
    at: int
    service: str
    further: str = ""
    priority: int = 0
    is_cancelled: int = 0
    ticket: int | None = None
    prefix: str | None = None
    sequence: int | None = None

    @property
    def wanted(self) -> tuple[object, ...]:
        """What was booked, whatever became of it."""
        return self[:6]

    @property
    def then(self) -> tuple[str, ...]:
        """The services after the first."""
        return tuple(self.further.split())

    @property
    def state(self) -> BookingState:
        """Where it stands."""
        if self.is_cancelled:
            return BookingState.CANCELLED
        return BookingState.BOOKED if self.ticket is None else BookingState.CHECKED_IN


def roll_facts(row: RollRow) -> dict[str, Any]:
    """A wire.PaperRoll as plain facts."""
    return {"agency": row.agency, "first": row.first, "last": row.last, "next": row.next, "place": row.place}


class Queue(NamedTuple):
    """The people of an agency who wait, or of some of its services."""

    agency: str
    services: tuple[str, ...] = ()


def arrival(row: TicketRow) -> tuple[int, int]:
    """The order of arrival, everywhere."""
    return (row.line_at, row.id)


class Met(NamedTuple):
    """What somebody met who took a number: how many ahead, how many counters open, whether one was free (a Front)."""

    ahead: int
    opened: int
    front: int


class Standing(NamedTuple):
    """A ticket with its place: how many would be called before, a guess in minutes. None once it no longer waits.

    `url`: what its QR opens, told only to the one who takes it. `most`: minutes that nine of ten wait at most; None
    where nothing is learnt yet.
    """

    row: TicketRow
    ahead: int | None = None
    minutes: int | None = None
    url: str | None = None
    most: int | None = None


class Person(NamedTuple):
    """Who of the staff did it."""

    id: int
    name: str


class EventRow(NamedTuple):
    """An event with the ticket as it stood right after it; `health`: a Device as JSON, in events of kind `device`.

    `agency`: what was closed or opened, where it is no counter. `why`: a wire.Why as JSON, or, where something
    was closed, the reason somebody gave; of a corrected visit both outcomes and where its ticket is; or empty.
    `app`: which signed in or out, with its PC's name as `why`. `code`: a printed event's trouble, a configured
    event's id, an answered alarm's, the kiosk that is to print a copy; what became of saying the call that is `why`.
    """

    id: int
    at: int
    kind: str
    ticket: TicketRow | None = None
    counter: str | None = None
    reason: str | None = None
    outcome: str | None = None
    code: str = ""
    health: str | None = None
    agency: str | None = None
    why: str = ""
    app: str | None = None
    by: Person | None = None


class AlarmRow(NamedTuple):
    """A call for help from `counter`; `id`: of its event. `answered_by`: a counter, empty for somebody else."""

    id: int
    day: str
    counter: str
    words: str
    at: int
    answered_at: int | None = None
    answered_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None


AS_JSON: dict[str, str] = {
    Kind.ROLL_BEGUN: "roll",
    Kind.ROLL_ENDED: "roll",
    Kind.QUIETED: "quiet",
    Kind.QUIET_ENDED: "quiet",
}
"""Events whose `why` is JSON, a wire.PaperRoll or wire.Quieted, and the field it is told in."""

_URL_SAFE = bytes.maketrans(b"+/", b"-_")

_NO_FIGURES: dict[str, Any] = dict.fromkeys(Why.model_fields)

Said = Standing | EventRow | Answer | None
"""What a verb says: a ticket, a call, another event, something else, or that there is nothing to say."""


def new_token() -> str:
    """What the QR of a new ticket names it by: as `secrets.token_urlsafe`, which does the same in six calls."""
    return b2a_base64(urandom(_TOKEN_BYTES), newline=False).translate(_URL_SAFE, b"=").decode("ascii")


def to_ms(moment: datetime) -> int:
    """An aware moment as ms since 1970 UTC."""
    return round(moment.timestamp() * 1000)


def to_moment(ms: int, zone: tzinfo) -> datetime:
    """The moment `ms`, in the hall's zone."""
    return datetime.fromtimestamp(ms / 1000, zone)


def ticket_facts(said: Standing, zone: tzinfo) -> dict[str, Any]:
    """A wire.Ticket as plain facts."""
    return _taken_facts(said, zone) | _later_facts(said.row, zone)


def _taken_facts(said: Standing, zone: tzinfo) -> dict[str, Any]:
    """What each ticket is told."""
    row = said.row
    return {
        "id": row.id,
        "number": row.number,
        "service": row.service,
        "agency": row.agency,
        "priority": row.priority == 1,
        "language": row.language,
        "state": row.state,
        "taken_at": to_moment(row.taken_at, zone),
        "day": row.day,
        "kiosk": row.kiosk,
        "ahead": said.ahead,
        "estimate_minutes": said.minutes,
        "estimate_high_minutes": said.most,
        "token": row.token if said.url else None,
        "url": said.url,
    }


def _later_facts(row: TicketRow, zone: tzinfo) -> dict[str, Any]:
    """What a ticket is told that is not the same for all that were just taken."""
    return {
        "counter": row.counter,
        "called_at": row.called_at and to_moment(row.called_at, zone),
        "served_at": row.served_at and to_moment(row.served_at, zone),
        "ended_at": row.ended_at and to_moment(row.ended_at, zone),
        "calls": row.calls,
        "reason": row.reason,
        "paper": row.paper,
        "origin": row.origin,
        "for_counter": row.for_counter,
        "held_until": row.held_until and to_moment(row.held_until, zone),
        "return_to": row.return_to,
        "result": row.result,
        "steps": journey.told(row.journey, row.state) if row.journey else [],
        "appointment": row.appointment and to_moment(row.appointment, zone),
        "appointment_missed": row.missed == 1,
    }


def call_facts(row: EventRow, zone: tzinfo) -> dict[str, Any]:
    """An event of kind `called` or `recalled` as a wire.Call in plain facts."""
    return {
        "event": row.id,
        "kind": row.kind,
        "ticket": row.ticket and ticket_facts(Standing(row.ticket), zone),
        "counter": row.counter,
        "called_at": to_moment(row.at, zone),
        "reason": row.reason or Reason.FIRST_COME.value,
        "why": why_facts(row.why),
        "voiced": None,
    }


def why_facts(text: str) -> dict[str, Any] | None:
    """A wire.Why as plain facts, from the text in an event; None where there is none."""
    return _NO_FIGURES | from_json(text) if text else None


def corrected_facts(text: str) -> dict[str, Any]:
    """Both outcomes of a visit as plain facts, from the text in an event."""
    both = from_json(text)
    return {"corrected": {"was": both["was"], "now": both["now"]}}


def event_facts(row: EventRow, zone: tzinfo) -> dict[str, Any]:
    """A wire.Event as plain facts, without what is None.

    No token, no place in the queue and no plan of what comes after this visit stands in an event.
    """
    facts: dict[str, Any] = {"id": row.id, "kind": row.kind, "at": to_moment(row.at, zone)}
    if row.ticket is not None:
        now = row.ticket._replace(return_to=None, journey="")
        facts["ticket"] = _told(ticket_facts(Standing(now), zone))
        facts |= _told({"why": why_facts(row.why)}) if row.kind != Kind.CORRECTED else corrected_facts(row.why)
    elif field := AS_JSON.get(row.kind):
        facts[field] = from_json(row.why)
    elif row.kind == Kind.ALARM_ANSWERED:
        facts |= {"alarm": int(row.code), "answered_by": row.why}
    elif row.kind == Kind.VOICED:
        facts["call"] = int(row.why)
    elif row.why:
        facts["words"] = row.why
    facts |= _told({"agency": row.agency, "counter": row.counter, "reason": row.reason, "outcome": row.outcome})
    if row.app is not None or row.by is not None:
        facts |= _told({"app": row.app, "by": row.by and row.by._asdict()})
    if row.kind == Kind.ALARM:
        facts["alarm"] = row.id
    if row.kind == Kind.ALARM_ANSWERED:
        return facts
    if row.kind == Kind.CONFIGURED:
        return facts | {"configuration": int(row.code)}
    return facts | {"code": row.code}


def alarm_facts(row: AlarmRow, zone: tzinfo) -> dict[str, Any]:
    """A wire.Alarm as plain facts."""
    return {
        "id": row.id,
        "counter": row.counter,
        "words": row.words,
        "at": to_moment(row.at, zone),
        "answered_at": row.answered_at and to_moment(row.answered_at, zone),
        "answered_by": row.answered_by,
    }


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact is not None}


def as_json(said: Standing | EventRow | Answer, zone: tzinfo) -> bytes:
    """What a verb said, for its answer: a Ticket, a Call, another Event, or what stands there as it is."""
    if isinstance(said, Answer):
        return said.model_dump_json().encode()
    if isinstance(said, Standing):
        return _ticket_json(said, zone)
    is_call = said.kind in (Kind.CALLED, Kind.RECALLED)
    return to_json(call_facts(said, zone) if is_call else event_facts(said, zone))


_FRESH = TicketRow(0, "", "", 0, "", "", 0, "", "", "", 0)
_STATE, _LINE_AT = TicketRow._fields.index("state"), TicketRow._fields.index("line_at")
_FRESH_LATER = to_json(_later_facts(_FRESH, UTC))[1:]


def _ticket_json(said: Standing, zone: tzinfo) -> bytes:
    row = said.row
    if row[_STATE:_LINE_AT] != _FRESH[_STATE:_LINE_AT] or row[_LINE_AT + 1 :] != _FRESH[_LINE_AT + 1 :]:
        return to_json(ticket_facts(said, zone))
    # Of a ticket that was just taken, the hottest answer of all, half is always the same.
    return b"%s,%s" % (to_json(_taken_facts(said, zone))[:-1], _FRESH_LATER)


def event_json(row: EventRow, zone: tzinfo) -> bytes:
    """An event, for the feed."""
    text = to_json(event_facts(row, zone))
    return text if row.health is None else b'%s,"health":%s}' % (text[:-1], row.health.encode())


def to_ticket(said: Standing, zone: tzinfo) -> Ticket:
    """A ticket with its place on the wire."""
    return Ticket.model_validate(ticket_facts(said, zone))


def to_event(row: EventRow, zone: tzinfo) -> Event:
    """An event on the wire."""
    return Event.model_validate_json(event_json(row, zone))


def to_call(row: EventRow, zone: tzinfo) -> Call:
    """An event of kind `called` or `recalled` on the wire."""
    return Call.model_validate(call_facts(row, zone))
