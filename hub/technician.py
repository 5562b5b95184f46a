"""The technicians' PIN: one for the hall, set at the hub's PC, checked by the kiosks. No HTTP, no SQL."""

from datetime import datetime

from hub.claims import Claims
from hub.rows import EventRow
from hub.store import Book
from shared.model import TECHNICIAN_PIN, Kind


def set_technician_pin(claims: Claims, book: Book, clock: datetime, pin: str) -> EventRow:
    """A new PIN (its hash, see shared.technician_pin) in place of the one before. Raises Trouble('clock_behind')."""
    now = claims.floor.moment(book, clock)
    book.keep_technician_pin(pin)
    return book.tell(EventRow(0, now, Kind.STAFF, code=TECHNICIAN_PIN, why="PIN teknisi"))
