"""A visit and what follows it: the ticket is done, or waits on for another counter."""

from hub.rows import EventRow, TicketRow
from hub.store import Book
from shared.model import Kind, State


def waits(row: TicketRow) -> TicketRow:
    """`row` as one who waits at the old place, as if never called."""
    return row._replace(
        state=State.WAITING,
        counter=None,
        called_at=None,
        served_at=None,
        ended_at=None,
        calls=0,
        last_call=None,
        closed=None,
        reason=None,
        held_until=None,
    )


def leave(book: Book, now: int, kind: Kind, row: TicketRow, counter: str) -> TicketRow:
    """`row` has left `counter` and stands elsewhere now; `kind` says how."""
    book.replace(row)
    book.tell(EventRow(0, now, kind, row, counter))
    return row


def end(book: Book, now: int, row: TicketRow) -> TicketRow:
    """The visit at `row`'s counter is over; who was sent here to come back waits on under the same number."""
    done = row._replace(state=State.FINISHED, ended_at=now)
    book.tell(EventRow(0, now, Kind.FINISHED, done, row.counter))
    if row.return_to is None:
        book.replace(done)
        return done
    book.keep_visit(done)
    back = waits(done)._replace(for_counter=row.return_to, return_to=None)
    return leave(book, now, Kind.TRANSFERRED, back, row.counter or "")


def reopen(book: Book, now: int, row: TicketRow, counter: str) -> None:
    """The 'next' that ended this visit was undone: at the counter again, unless called elsewhere meanwhile."""
    kind, was = Kind.REOPENED, row if row.state == State.FINISHED and row.counter == counter else None
    if row.state == State.WAITING:
        kind, was = Kind.REJOINED, book.take_visit_back(row, counter)
    if was is None:
        return
    came = State.CALLED if was.served_at is None else State.SERVING
    there = was._replace(state=came, ended_at=None)
    book.replace(there)
    book.tell(EventRow(0, now, kind, there, counter))
