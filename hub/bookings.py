"""Appointments made before their day: when one may be made, and how its visitor checks in. No SQL.

A booking is known by its code alone. Its number is taken as any other is, with the appointment; whether it was taken
is that ticket's to say, so that a number given back at the kiosk ('Salah pilih?') leaves the booking as good as new.
"""

import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.appointments import appointments_of
from hub.floor import Floor
from hub.journey import begun
from hub.rows import BookingRow, Standing, to_moment, to_ms
from hub.store import Book, Reading
from shared.booking_wire import Booking, CheckIn, MakeBooking, normal_code
from shared.model import BookingState, Origin, number_text
from shared.pairing import ALPHABET, typed
from shared.trouble import Trouble
from shared.wire import TakeTicket

KEEP_DAYS = 7
"""So many days after its own a booking is forgotten."""
FURTHEST_DAYS = 366
"""So far ahead one may be made: a later one is a slip in the year."""

AT_ONCE = 500
"""So many are forgotten in one transaction."""

_YEARS = (1971, 9998)
"""Years of which every moment is one on every system, in every zone."""

_CODE_LENGTH = 8
"""Of a code of ours: 40 bits."""


def make_booking(floor: Floor, book: Book, clock: datetime, asked: MakeBooking) -> Booking:
    """An appointment is made; the same again under the same code changes nothing, whatever became of it.

    Raises Trouble: booking_differs, as `check_booking`, and bookings_full where the hour has as many as it takes.
    """
    now = floor.moment(book, clock)
    row = wanted(floor, asked)._replace(code=asked.code or _new_code(book))
    kept = book.booking(row.code)
    if kept is not None and kept.wanted == row.wanted:
        return told(kept, floor.zone)
    check_kept(kept, floor.zone)
    check_booking(floor, row, now)
    check_cap(slot_of(floor, row), hours_of(floor, book.bookings(row.day)))
    book.put_bookings([row])
    return told(row, floor.zone)


def cancel_booking(floor: Floor, book: Book, clock: datetime, code: str) -> Booking:
    """Nobody will come with this code. Raises Trouble: unknown_booking, booking_used."""
    now = floor.moment(book, clock)
    row = _found(book, code)
    _check_unused(floor, book, row, now)
    cancelled = row._replace(is_cancelled=1)
    book.put_bookings([cancelled])
    return told(cancelled, floor.zone)


def check_in(floor: Floor, book: Book, clock: datetime, asked: CheckIn) -> Standing:
    """The visitor is here: takes the booked number, by the rules of appointments.

    Raises Trouble: unknown_booking, booking_cancelled, booking_other_day, booking_used, and as `Floor.take`.
    """
    now = floor.moment(book, clock)
    row = _found(book, asked.code)
    at = to_moment(row.at, floor.zone)
    if row.is_cancelled:
        raise Trouble("booking_cancelled")
    if row.day != floor.day(now):
        raise Trouble("booking_other_day", at=to_moment(now, floor.zone).isoformat(), opens=at.isoformat())
    _check_unused(floor, book, row, now)
    taking = TakeTicket(
        service=row.service,
        then=row.then,
        priority=row.priority == 1 or asked.priority,
        language=asked.language,
        kiosk=asked.kiosk,
        appointment=at,
    )
    said = floor.take(book, clock, taking, origin=Origin.KIOSK if asked.kiosk else Origin.COUNTER)
    book.put_bookings([row._replace(ticket=said.row.id)])
    return said


def told(row: BookingRow, zone: ZoneInfo) -> Booking:
    """A booking on the wire."""
    return Booking(
        code=row.code,
        service=row.service,
        then=row.then,
        at=to_moment(row.at, zone),
        priority=row.priority == 1,
        state=row.state,
        ticket=row.ticket,
        number=number_text(row.prefix, row.sequence) if row.prefix and row.sequence else None,
    )


# ---------------------------------------------------------------- when one may be made


def wanted(floor: Floor, asked: MakeBooking) -> BookingRow:
    """What is asked for, as the book keeps it. Raises Trouble('bad_request') for a moment no calendar has here."""
    try:
        moment = asked.at.astimezone(floor.zone).replace(microsecond=0)
    except OverflowError:
        raise Trouble("bad_request", what="at: out of range") from None
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise Trouble("bad_request", what="at: out of range")
    further, code = " ".join(asked.then), asked.code or ""
    return BookingRow(code, moment.date().isoformat(), to_ms(moment), asked.service, further, int(asked.priority))


def check_kept(kept: BookingRow | None, zone: ZoneInfo) -> None:
    """Whether a code may be given anew: once its booking is cancelled. Raises Trouble('booking_differs')."""
    if kept is not None and kept.state is not BookingState.CANCELLED:
        raise Trouble("booking_differs", now=told(kept, zone).model_dump(mode="json"), booking=kept.code)


def check_booking(floor: Floor, row: BookingRow, now: int) -> None:
    """Whether this may be booked at `now`, as far as nobody else's booking matters. Raises Trouble.

    unknown_service, bad_request (a service follows itself), no_appointments, booking_beyond, booking_closed.
    """
    agency, service = floor.place(row.service)
    begun([(agency, service), *map(floor.place, row.then)])
    if appointments_of(floor.hall, agency) is None:
        raise Trouble("no_appointments", agency=floor.agencies[agency].short_name)
    at, today = to_moment(row.at, floor.zone), to_moment(now, floor.zone)
    said = {"at": today.isoformat(), "opens": at.isoformat()}
    if row.at < now or at - today > timedelta(days=FURTHEST_DAYS):
        raise Trouble("booking_beyond", days=FURTHEST_DAYS, **said)
    if not floor.gate.at(at, service).is_open:
        raise Trouble("booking_closed", **said)


Hour = tuple[str, datetime]
"""An agency and the hour of a day, at its beginning."""


def hours_of(floor: Floor, rows: Iterable[BookingRow]) -> Counter[Hour]:
    """How many are booked for each hour of each agency; what is cancelled, or of a service no longer there, is not."""
    there = {service.id for agency in floor.hall.agencies for service in agency.services}
    return Counter(_hour(floor, row) for row in rows if not row.is_cancelled and row.service in there)


class Slot(NamedTuple):
    """The hour that a booking is for, and how many its agency takes in one."""

    hour: Hour
    most: int


def slot_of(floor: Floor, row: BookingRow) -> Slot:
    """The slot of a booking that `check_booking` let pass."""
    agency, hour = _hour(floor, row)
    rules = appointments_of(floor.hall, agency)
    return Slot((agency, hour), rules.per_hour if rules else 0)


def check_cap(slot: Slot, hours: Counter[Hour]) -> None:
    """Whether one more fits into its hour: who was given an appointment is to be called for it.

    Raises Trouble('bookings_full').
    """
    if hours[slot.hour] >= slot.most:
        raise Trouble("bookings_full", hour=f"{slot.hour[1]:%H.%M}", most=slot.most)


def _hour(floor: Floor, row: BookingRow) -> Hour:
    agency, _ = floor.place(row.service)
    return agency, to_moment(row.at, floor.zone).replace(minute=0, second=0, microsecond=0)


# ---------------------------------------------------------------- the code


def _found(book: Reading, text: str) -> BookingRow:
    """The booking of a code as somebody typed it; of ours also with O for 0, I and L for 1. Raises unknown_booking."""
    code = normal_code(text)
    row = None if code is None else book.booking(code) or book.booking(typed(code) or "")
    if row is None:
        raise Trouble("unknown_booking")
    return row


def _check_unused(floor: Floor, book: Book, row: BookingRow, now: int) -> None:
    if row.ticket is not None:
        ticket = floor.known(book, row.ticket)
        raise Trouble("booking_used", now=floor.told(book, ticket, now), number=ticket.number)


def _new_code(book: Reading) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LENGTH))
        if book.booking(code) is None:
            return code


# ---------------------------------------------------------------- forgetting


def forgettable(floor: Floor, book: Reading, clock: datetime, *, most: int = AT_ONCE) -> list[str]:
    """The codes of bookings whose day is more than KEEP_DAYS ago."""
    today = clock.astimezone(floor.zone).date()
    return book.bookings_before((today - timedelta(days=KEEP_DAYS)).isoformat(), most)


def forget_old(floor: Floor, book: Book, clock: datetime) -> None:
    """Forget some of them; the others at the next tick."""
    book.drop_bookings(forgettable(floor, book, clock))
