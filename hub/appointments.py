"""Appointments among who comes without one: when such a visitor counts as come, and how many an hour may. No SQL.

Whoever made them, the hub learns of an appointment when its visitor is there and takes a number. A list of those
that were made, with names or codes, is not kept here.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.rows import TicketRow, to_moment, to_ms
from hub.store import Reading
from shared.hall import Appointments, Hall
from shared.model import State
from shared.trouble import Trouble

_MINUTE_MS = 60_000
_HOUR = timedelta(hours=1)


class Arrival(NamedTuple):
    """When a visitor with an appointment counts as come (ms), and until when the number is held; None: not at all.

    `is_missed`: too late for it, so that the visitor waits as one who came without.
    """

    line_at: int
    held_until: int | None = None
    is_missed: bool = False


def arrival(rules: Appointments, appointment: int, now: int) -> Arrival:
    """The arrival of who takes a number at `now` for `appointment` (ms).

    In time, the visitor stands in the line where one stands who came `head_start_minutes` before the appointment,
    so that it is called about then; who really came before that keeps the own arrival. Who is there too early waits
    from `early_minutes` before it.
    """
    if now > appointment + rules.late_minutes * _MINUTE_MS:
        return Arrival(now, is_missed=True)
    begins = appointment - rules.early_minutes * _MINUTE_MS
    line_at = min(now, appointment - rules.head_start_minutes * _MINUTE_MS)
    return Arrival(line_at, begins if now < begins else None)


def appointments_of(hall: Hall, agency: str) -> Appointments | None:
    """How an agency takes appointments: its own way, or the hall's; None: it takes none."""
    return hall.agency(agency).appointments or hall.appointments


def admitted(hall: Hall, book: Reading, row: TicketRow, asked: datetime) -> TicketRow:
    """`row`, about to be given, with its appointment. Raises Trouble.

    bad_request (no calendar has that moment in the hall's zone), no_appointments, appointment_other_day,
    appointments_full (so many came for that hour of the agency already).
    """
    zone = ZoneInfo(hall.timezone)
    try:
        moment = asked.astimezone(zone)
    except OverflowError:
        raise Trouble("bad_request", what="appointment: out of range") from None
    rules = appointments_of(hall, row.agency)
    if rules is None:
        raise Trouble("no_appointments", agency=hall.agency(row.agency).short_name)
    if moment.date().isoformat() != row.day:
        raise Trouble("appointment_other_day", at=to_moment(row.taken_at, zone).isoformat(), opens=moment.isoformat())
    came = arrival(rules, to_ms(moment), row.taken_at)
    if not came.is_missed:
        _check_cap(book, row, moment, rules.per_hour)
    held = State.WAITING if came.held_until is None else State.HELD
    return row._replace(
        appointment=to_ms(moment),
        missed=int(came.is_missed),
        line_at=came.line_at,
        held_until=came.held_until,
        state=held.value,
    )


def _check_cap(book: Reading, row: TicketRow, moment: datetime, per_hour: int) -> None:
    hour = moment.replace(minute=0, second=0, microsecond=0)
    if book.appointments(row.day, row.prefix, to_ms(hour), to_ms(hour + _HOUR)) >= per_hour:
        raise Trouble("appointments_full", hour=f"{hour:%H.%M}", most=per_hour)
