"""Rows of the database, and the same as the wire speaks of them. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from shared.model import Kind, Outcome, Reason, State, number_text
from shared.wire import Call, Device, Event, Ticket


class TicketRow(NamedTuple):
    """A ticket as it stands in the database. Times in ms since 1970 UTC; `last_call`: id of the newest call's event."""

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

    @property
    def number(self) -> str:
        """The number as printed: `A-012`."""
        return number_text(self.prefix, self.sequence)


class EventRow(NamedTuple):
    """An event with the ticket as it stood right after it; `health`: a Device as JSON, in events of kind `device`."""

    id: int
    at: int
    kind: str
    ticket: TicketRow | None = None
    counter: str | None = None
    reason: str | None = None
    outcome: str | None = None
    code: str = ""
    health: str | None = None


def to_ms(moment: datetime) -> int:
    """An aware moment as ms since 1970 UTC."""
    return round(moment.timestamp() * 1000)


def to_moment(ms: int, zone: tzinfo) -> datetime:
    """The moment `ms`, in the hall's zone."""
    return datetime.fromtimestamp(ms / 1000, zone)


def to_ticket(row: TicketRow, zone: tzinfo, more: Mapping[str, object] | None = None) -> Ticket:
    """`row` on the wire; `more`: what does not stand in the row (ahead, estimate_minutes, token, url)."""
    facts: dict[str, object] = {
        "id": row.id,
        "number": row.number,
        "service": row.service,
        "agency": row.agency,
        "priority": bool(row.priority),
        "language": row.language,
        "state": State(row.state),
        "taken_at": to_moment(row.taken_at, zone),
        "day": date.fromisoformat(row.day),
        "kiosk": row.kiosk,
        "counter": row.counter,
        "called_at": _moment_or_none(row.called_at, zone),
        "served_at": _moment_or_none(row.served_at, zone),
        "ended_at": _moment_or_none(row.ended_at, zone),
        "calls": row.calls,
        "paper": row.paper and Outcome(row.paper),
    }
    return Ticket.model_validate(facts | dict(more or {}))


def _moment_or_none(ms: int | None, zone: tzinfo) -> datetime | None:
    return None if ms is None else to_moment(ms, zone)


def to_event(row: EventRow, zone: tzinfo) -> Event:
    """`row` on the wire, as the feed sends it: no token, no place in the queue."""
    return Event(
        id=row.id,
        kind=Kind(row.kind),
        at=to_moment(row.at, zone),
        ticket=None if row.ticket is None else to_ticket(row.ticket, zone),
        counter=row.counter,
        reason=None if row.reason is None else Reason(row.reason),
        outcome=None if row.outcome is None else Outcome(row.outcome),
        code=row.code,
        health=None if row.health is None else Device.model_validate_json(row.health),
    )


def to_call(row: EventRow, zone: tzinfo) -> Call:
    """An event of kind `called` or `recalled` as a call. Raises ValueError for another kind."""
    call = to_event(row, zone).as_call()
    if call is None:
        raise ValueError(f"event {row.id} is no call but {row.kind}")
    return call
