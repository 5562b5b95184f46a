"""A visit and what follows it: the ticket is done, or waits on for another counter or its next service."""

from typing import TYPE_CHECKING

from hub.journey import advanced, following
from hub.rows import EventRow, TicketRow
from hub.store import Book
from shared.model import Kind, State, StepState

if TYPE_CHECKING:
    from hub.floor import Floor


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


def calls_nobody(floor: "Floor", book: Book, now: int, counter: str) -> bool:
    """Whether nobody is called to this counter any more today: it is closed, or the hall has it no longer."""
    return counter not in floor.counters or counter in book.closed(floor.day(now))["counter"]


def released(floor: "Floor", book: Book, now: int, row: TicketRow) -> TicketRow:
    """`row`, which waits: for all counters of its agency, if the one it waited for alone calls nobody any more."""
    is_stranded = row.for_counter is not None and calls_nobody(floor, book, now, row.for_counter)
    return row._replace(for_counter=None) if is_stranded else row


def leave(book: Book, now: int, kind: Kind, row: TicketRow, counter: str) -> TicketRow:
    """`row` has left `counter` and stands elsewhere now; `kind` says how."""
    book.replace(row)
    book.tell(EventRow(0, now, kind, row, counter))
    return row


def end(floor: "Floor", book: Book, now: int, row: TicketRow) -> TicketRow:
    """The visit at `row`'s counter is over; who was sent here to come back waits on under the same number.

    So does who came for further services, once back from where this one sent the visitor.
    """
    done = row._replace(state=State.FINISHED, ended_at=now)
    book.tell(EventRow(0, now, Kind.FINISHED, done, row.counter))
    if row.return_to is not None:
        book.keep_visit(done)
        back = _back(done)
        if calls_nobody(floor, book, now, row.return_to):
            back = _at_its_agency(floor, book, back, row.return_to)
        return leave(book, now, Kind.TRANSFERRED, back, row.counter or "")
    if row.journey and following(row.journey) is not None:
        book.keep_visit(done)
        return leave(book, now, Kind.MOVED_ON, _on(done), row.counter or "")
    book.finish(done)
    return done


def _back(done: TicketRow) -> TicketRow:
    """`done` on its way back to who sent it."""
    back = waits(done)._replace(for_counter=done.return_to, return_to=None)
    ahead = following(done.journey)
    return _at_next_step(back) if ahead is not None and ahead.state is StepState.BACK else back


def _at_its_agency(floor: "Floor", book: Book, back: TicketRow, counter: str) -> TicketRow:
    """`back`, whose `counter` calls nobody any more: its colleagues call it for what that counter had it for."""
    was = None if back.journey else book.was_for(back, counter)
    if was is not None and floor.callers.call(*was):
        agency, service = was
        back = back._replace(agency=agency, service=service)
    return back._replace(for_counter=None)


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
