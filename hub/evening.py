"""The end of a day: what becomes of who still waits at the hall's midnight. Told, never silent."""

from datetime import datetime

from hub.floor import Floor
from hub.rows import EventRow, TicketRow
from hub.store import Book
from shared.model import Kind, State

AT_ONCE = 500
"""So many are settled in one transaction; the rest at the next tick."""


def settle(floor: Floor, book: Book, clock: datetime) -> int:
    """Settle who was left waiting by a day that is over, as the hall's `end_of_day` says; returns how many.

    `close`: the number has expired. `carry`: it waits again today, before all who come today; today's numbers
    go on after it, so that none stands on two papers. Raises Trouble('clock_behind').
    """
    now = floor.moment(book, clock)
    today = floor.day(now)
    left = book.left_waiting(today, AT_ONCE)
    carries = floor.hall.hours is not None and floor.hall.hours.end_of_day == "carry"
    for row in left:
        moved = row._replace(day=today)
        if carries and book.is_free(moved):
            _carry(book, now, moved)
        else:
            _expire(book, now, row)
    return len(left)


def _carry(book: Book, now: int, row: TicketRow) -> None:
    book.move(row)
    book.tell(EventRow(0, now, Kind.CARRIED.value, row))


def _expire(book: Book, now: int, row: TicketRow) -> None:
    expired = row._replace(state=State.EXPIRED.value, ended_at=now)
    book.mark(expired)
    book.tell(EventRow(0, now, Kind.EXPIRED.value, expired))
