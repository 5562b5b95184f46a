"""What an officer may do with a ticket: the rules of a counter. No HTTP, no SQL, nothing sent.

Each verb takes an open transaction (the book) and the clock's moment, and raises `Trouble` before it writes.
"""

from datetime import datetime

from hub.floor import Floor
from hub.rows import EventRow, Standing, TicketRow
from hub.store import Book
from shared.model import Kind, State
from shared.trouble import Trouble
from shared.wire import OnTicket


class Desk:
    """Every counter of the hall, as its officer's hands find it."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def recall(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> EventRow:
        """'Ulangi': the number is called once more. Raises Trouble: unknown_counter, unknown_ticket, not_at_counter."""
        now = self._floor.moment(book, clock)
        return self._floor.call(book, now, Kind.RECALLED, self._here(book, now, counter, asked.ticket))

    def serve(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Mulai': the visitor has come. A second press changes nothing. Raises as `recall`."""
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        if row.state == State.SERVING:
            return self._floor.ticket(book, row, now)
        return self._floor.move(book, now, Kind.SERVED, row._replace(state=State.SERVING, served_at=now))

    def finish(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Selesai': the visitor leaves the counter. Raises as `recall`."""
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        return self._floor.move(book, now, Kind.FINISHED, row._replace(state=State.FINISHED, ended_at=now))

    def no_show(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Tidak hadir': nobody came. Raises as `recall`."""
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        return self._floor.move(book, now, Kind.NO_SHOW, row._replace(state=State.NO_SHOW, ended_at=now))

    def undo_next(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """The last 'next' was a slip: all is as before it. Raises as `recall`; somebody_came.

        The visitor waits at the old place again, and whom that 'next' finished is at the counter again.
        """
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        if row.state != State.CALLED:
            raise Trouble("somebody_came", now=self._floor.told(book, row, now))
        waits = row._replace(
            state=State.WAITING, counter=None, called_at=None, calls=0, last_call=None, closed=None, reason=None
        )
        self._floor.forget_open()
        book.put(waits)
        book.tell(EventRow(0, now, Kind.RETURNED, waits, counter))
        if row.closed is not None:
            self._reopen(book, now, self._floor.known(book, row.closed))
        return self._floor.ticket(book, waits, now)

    def _reopen(self, book: Book, now: int, row: TicketRow) -> None:
        came = State.CALLED if row.served_at is None else State.SERVING
        self._floor.note(book, now, Kind.REOPENED, row._replace(state=came, ended_at=None))

    def _here(self, book: Book, now: int, counter: str, ticket: int) -> TicketRow:
        self._floor.desk(counter)
        row = self._floor.known(book, ticket)
        if row.counter != counter or not State(row.state).at_counter:
            raise Trouble("not_at_counter", now=self._floor.told(book, row, now))
        return row
