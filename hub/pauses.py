"""A counter that pauses: its officer is at prayer, at lunch, at a meeting. Nobody is called there meanwhile.

Who is at the counter stays there and is served to the end. A pause survives a restart and ends at midnight.
"""

from datetime import datetime

from hub.floor import Floor
from hub.rows import EventRow
from hub.store import Book
from shared.model import Kind
from shared.wire import Nothing, Pause


def pause(floor: Floor, book: Book, clock: datetime, counter: str, asked: Pause) -> EventRow:
    """'Jeda': call nobody here until `resume`; once more: for another reason. Raises unknown_counter, clock_behind."""
    floor.desk(counter)
    now = floor.moment(book, clock)
    book.close(floor.day(now), ("pause", counter), asked.why, at=now)
    floor.forget_open()
    return book.tell(EventRow(0, now, Kind.PAUSED.value, counter=counter, why=asked.why))


def resume(floor: Floor, book: Book, clock: datetime, counter: str, _: Nothing) -> EventRow | None:
    """'Lanjutkan': it calls again; None where it did not pause. Raises as `pause`."""
    floor.desk(counter)
    now = floor.moment(book, clock)
    if not book.reopen(floor.day(now), "pause", counter):
        return None
    floor.forget_open()
    return book.tell(EventRow(0, now, Kind.RESUMED.value, counter=counter))
