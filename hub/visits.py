"""A visit and what follows it: the ticket is done, or waits on for another counter or its next service."""

from hub.journey import advanced, following
from hub.rows import EventRow, TicketRow
from hub.store import Book
from shared.model import Kind, State, StepState


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
        result=None,
    )


def leave(book: Book, now: int, kind: Kind, row: TicketRow, counter: str) -> TicketRow:
    """`row` has left `counter` and stands elsewhere now; `kind` says how."""
    book.replace(row)
    book.tell(EventRow(0, now, kind, row, counter))
    return row


def end(book: Book, now: int, row: TicketRow) -> TicketRow:
    """The visit at `row`'s counter is over; who was sent here to come back waits on under the same number.

    So does who came for further services, once back from where this one sent the visitor.
    """
    done = row._replace(state=State.FINISHED, ended_at=now)
    book.tell(EventRow(0, now, Kind.FINISHED, done, row.counter))
    if row.return_to is not None:
        book.keep_visit(done)
        return leave(book, now, Kind.TRANSFERRED, _back(done), row.counter or "")
    if row.journey and following(row.journey) is not None:
        book.keep_visit(done)
        return leave(book, now, Kind.MOVED_ON, _on(done), row.counter or "")
    book.replace(done)
    return done


def _back(done: TicketRow) -> TicketRow:
    """`done` on its way back to who sent it."""
    back = waits(done)._replace(for_counter=done.return_to, return_to=None)
    ahead = following(done.journey)
    return _at_next_step(back) if ahead is not None and ahead.state is StepState.BACK else back


def _on(done: TicketRow) -> TicketRow:
    """`done` in the queue of the next service of its journey.

    It waits there since it was taken, as if the visitor had taken a number of each service in that moment: so nobody
    has a reason to take several, and nobody who came to the hall later finds more people in front than those several
    numbers would have been. What `shared.bounds` counts as in front are therefore also those still on their way.
    """
    return _at_next_step(waits(done))._replace(for_counter=None, line_at=done.taken_at)


def _at_next_step(row: TicketRow) -> TicketRow:
    ahead = following(row.journey)
    if ahead is None:
        return row
    return row._replace(agency=ahead.agency, service=ahead.service, journey=advanced(row.journey))


def reopen(book: Book, now: int, row: TicketRow, counter: str) -> None:
    """The 'next' that ended this visit was undone: at the counter again, unless called elsewhere meanwhile."""
    kind, was = Kind.REOPENED, row if row.state == State.FINISHED and row.counter == counter else None
    if row.state == State.WAITING:
        kind, was = Kind.REJOINED, book.take_visit_back(row, counter)
    if was is None:
        return
    came = State.CALLED if was.served_at is None else State.SERVING
    there = was._replace(state=came, ended_at=None, result=None)
    book.replace(there)
    book.tell(EventRow(0, now, kind, there, counter))
