"""The list of staff: who may sign in, in which role. No HTTP, no SQL, nothing sent; PINs come hashed."""

from datetime import datetime
from typing import NamedTuple

from hub.claims import Claims
from hub.people import StaffRow, to_staff
from hub.rows import EventRow
from hub.store import Book
from shared.access_wire import AddStaff, SetRole
from shared.model import Kind
from shared.trouble import Trouble
from shared.wire import Nothing, Staff

_LONGEST_ID = 18


class NewStaff(NamedTuple):
    """Who is added, with the hash of the PIN."""

    asked: AddStaff
    pin: str


def add_staff(claims: Claims, book: Book, clock: datetime, new: NewStaff) -> Staff:
    """One more on the list. Raises Trouble: name_taken, clock_behind."""
    now = claims.floor.moment(book, clock)
    name = " ".join(new.asked.name.split())
    if any(row.is_active and row.name.casefold() == name.casefold() for row in book.all_staff()):
        raise Trouble("name_taken", name=name)
    row = book.keep_staff(StaffRow(0, name, new.asked.role.value, 1, new.pin))
    return _told(book, now, row, "added")


def set_pin(claims: Claims, book: Book, clock: datetime, staff: str, pin: str) -> Staff:
    """A new PIN (its hash): what locked the old one is forgotten, and who is signed in by it is out.

    Raises Trouble: unknown_staff, clock_behind.
    """
    now, row = claims.floor.moment(book, clock), _known(book, staff)
    row = book.keep_staff(row._replace(pin=pin, wrong=0, locks=0, locked_until=0))
    claims.end_all(book, now, lambda session: session.staff == row.id)
    return _told(book, now, row, "pin")


def set_role(claims: Claims, book: Book, clock: datetime, staff: str, asked: SetRole) -> Staff:
    """Another role, from the next order on. Raises as `set_pin`."""
    now, row = claims.floor.moment(book, clock), _known(book, staff)
    return _told(book, now, book.keep_staff(row._replace(role=asked.role.value)), "role")


def disable_staff(claims: Claims, book: Book, clock: datetime, staff: str, _: Nothing) -> Staff:
    """Off the list: out at once, and never in again; what was done stays on record. Raises as `set_pin`."""
    now, row = claims.floor.moment(book, clock), _known(book, staff)
    row = book.keep_staff(row._replace(is_active=0))
    claims.end_all(book, now, lambda session: session.staff == row.id)
    return _told(book, now, row, "disabled")


def _known(book: Book, staff: str) -> StaffRow:
    is_id = staff.isascii() and staff.isdecimal() and len(staff) <= _LONGEST_ID
    row = book.staff(int(staff)) if is_id else None
    if row is None or not row.is_active:
        raise Trouble("unknown_staff")
    return row


def _told(book: Book, now: int, row: StaffRow, what: str) -> Staff:
    book.tell(EventRow(0, now, Kind.STAFF, code=what, why=row.name))
    return to_staff(row)
