"""What an officer may do with a ticket: the rules of a counter. No HTTP, no SQL, nothing sent.

Each verb takes an open transaction (the book) and the clock's moment, and raises `Trouble` before it writes.
"""

import json
from datetime import datetime

from hub.changes import wanted
from hub.floor import Floor
from hub.journey import planned, sent
from hub.results import check
from hub.roll import chosen_number
from hub.rows import EventRow, Standing, TicketRow
from hub.store import Book
from hub.visits import calls_nobody, end, leave, released, reopen, waits
from hub.walk_in import is_fresh, undo
from shared.model import Kind, Origin, Reason, State
from shared.trouble import Trouble
from shared.wire import CallChosen, Finish, Hold, Issue, OnTicket, Plan, TakeTicket, Transfer

_MINUTE_MS = 60_000


class Desk:
    """Every counter of the hall, as its officer's hands find it."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def recall(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> EventRow:
        """'Ulangi': the number is called once more. Raises Trouble: unknown_counter, unknown_ticket, not_at_counter."""
        now = self._floor.moment(book, clock)
        return self._floor.call(book, now, Kind.RECALLED, self._here(book, now, counter, asked.ticket))

    def call(self, book: Book, clock: datetime, counter: str, asked: CallChosen) -> EventRow:
        """'Panggil nomor ini': out of turn, for a reason that is kept. Who is at the counter is finished, as by 'next'.

        A number of a paper roll may be named before it was called. Raises Trouble: unknown_counter,
        unknown_ticket, not_at_counter (others call that number), not_waiting, counter_closed, counter_paused.
        """
        now = self._floor.moment(book, clock)
        ticket = asked.ticket
        if ticket is None:
            ticket = chosen_number(self._floor, book, now, counter, asked.number or "").id
        row = self._ours(book, now, counter, ticket)
        self._floor.may_call(book, now, counter)
        row = released(self._floor, book, now, row)
        if row.state != State.WAITING or row.day != self._floor.day(now) or row.for_counter not in (None, counter):
            raise Trouble("not_waiting", now=self._floor.told(book, row, now))
        there = self._floor.empty(book, now, counter)
        waited = max(0, now - row.line_at) // _MINUTE_MS
        why = json.dumps({"kind": Reason.CHOSEN.value, "waited_minutes": waited, "words": asked.why})
        chosen = row.called_to(counter, now, closed=there, reason=Reason.CHOSEN.value)
        return self._floor.call(book, now, Kind.CALLED, chosen, why)

    def issue(self, book: Book, clock: datetime, counter: str, asked: Issue) -> Standing:
        """'Beri nomor': an officer gives a number, also past closing time and quota; it is written by hand.

        Raises Trouble: unknown_counter, unknown_service, bad_request, and as `hub.appointments.admitted`.
        """
        self._floor.desk(counter)
        wanted = TakeTicket(**asked.model_dump())
        return self._floor.take(book, clock, wanted, origin=Origin.COUNTER)._replace(url=None)

    def serve(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Mulai': the visitor has come. A second press changes nothing. Raises as `recall`."""
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        if row.state == State.SERVING:
            return self._floor.ticket(book, row, now)
        return self._floor.move(book, now, Kind.SERVED, row._replace(state=State.SERVING, served_at=now))

    def finish(self, book: Book, clock: datetime, counter: str, asked: Finish) -> Standing:
        """'Selesai': the visitor leaves the counter, done or on the way to the next one.

        With an outcome, or without. Raises as `recall`; unknown_result for one that is not of the visitor's agency.
        """
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        check(self._floor.hall, row.agency, asked.outcome)
        return self._floor.ticket(book, end(self._floor, book, now, row._replace(result=asked.outcome)), now)

    def no_show(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Tidak hadir': nobody came. Raises as `recall`."""
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        return self._floor.move(book, now, Kind.NO_SHOW, row._replace(state=State.NO_SHOW, ended_at=now))

    def undo_next(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """The last 'next' was a slip: all is as before it. Raises as `recall`; somebody_came.

        The visitor waits at the old place again, and whom that 'next' finished is at the counter again. The number
        of who walked in and was served at once is given back.
        """
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        if is_fresh(row):
            return undo(self._floor, book, now, row)
        if row.state != State.CALLED:
            raise Trouble("somebody_came", now=self._floor.told(book, row, now))
        self._floor.forget_open()
        book.unlearn(row)
        again = leave(book, now, Kind.RETURNED, self._waits(book, now, row), counter)
        if row.closed is not None:
            reopen(book, now, self._floor.known(book, row.closed), counter)
        # One of several services here may have been followed by the next: then both are this ticket's own.
        told = self._floor.known(book, row.id) if row.closed == row.id else again
        return self._floor.ticket(book, told, now)

    def undo_no_show(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Datang terlambat': who did not come is here after all, the same day, and waits at the old place again.

        At any counter that may call the number. Raises Trouble: unknown_counter, unknown_ticket, not_absent, not_served
        (meanwhile the hall has none that would call it).
        """
        now = self._floor.moment(book, clock)
        row = self._ours(book, now, counter, asked.ticket)
        if row.state != State.NO_SHOW or row.day != self._floor.day(now):
            raise Trouble("not_absent", now=self._floor.told(book, row, now))
        again = self._waits(book, now, row)
        if again.return_to not in self._floor.counters:
            again = again._replace(return_to=None)
        self._check_served(again)
        return self._floor.ticket(book, leave(book, now, Kind.UNHELD, again, counter), now)

    # ------------------------------------------------------------ away from the counter for a while

    def hold(self, book: Book, clock: datetime, counter: str, asked: Hold) -> Standing:
        """'Tahan': the visitor fetches a form; waits at the old place again when the minutes are up.

        Raises as `recall`.
        """
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        until = now + asked.minutes * _MINUTE_MS
        held = waits(row)._replace(state=State.HELD, held_until=until, called_at=row.called_at)  # see is_early
        return self._floor.ticket(book, self._send(book, now, Kind.HELD, row, held), now)

    def unhold(self, book: Book, clock: datetime, counter: str, asked: OnTicket) -> Standing:
        """'Kembalikan sekarang': the visitor is back before the time.

        At any counter that may call the number. Raises Trouble: unknown_counter, unknown_ticket, not_held.
        """
        now = self._floor.moment(book, clock)
        row = self._ours(book, now, counter, asked.ticket)
        if row.state != State.HELD:
            raise Trouble("not_held", now=self._floor.told(book, row, now))
        return self._floor.ticket(book, leave(book, now, Kind.UNHELD, self._waits(book, now, row), counter), now)

    def transfer(self, book: Book, clock: datetime, counter: str, asked: Transfer) -> Standing:
        """'Alihkan': the visitor waits for another service, agency or counter, as long as if there from the first.

        With `back`, waits for this counter again after that visit. Raises as `recall`; unknown_service,
        unknown_agency, no_counter_serves, counter_closed (that one, for today), comes_back (with `back`, of one
        who is to come back to another counter already).
        """
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        if asked.back and row.return_to not in (None, counter):
            other = self._floor.counters.get(row.return_to or "")
            raise Trouble("comes_back", counter=other.number if other else row.return_to)
        there = self._destination(book, now, waits(row), asked)
        if row.journey:
            to = (there.agency, there.service)
            there = there._replace(journey=sent(row.journey, to, had_begun=row.served_at is not None, back=asked.back))
        if asked.back:
            there = there._replace(return_to=counter)
        return self._floor.ticket(book, self._send(book, now, Kind.TRANSFERRED, row, there), now)

    def plan(self, book: Book, clock: datetime, counter: str, asked: Plan) -> Standing:
        """'Layanan berikutnya': what follows this visit; with nothing the journey ends here. The paper stays as it is.

        A ticket for one service becomes a journey so. Raises as `recall`; unknown_service, bad_request.
        """
        now = self._floor.moment(book, clock)
        row = self._here(book, now, counter, asked.ticket)
        then = [self._floor.place(service) for service in asked.then]
        changed = row._replace(journey=planned(row.journey, (row.agency, row.service), then))
        if changed != row:
            leave(book, now, Kind.PLANNED, changed, counter)
        return self._floor.ticket(book, changed, now)

    def _destination(self, book: Book, now: int, row: TicketRow, asked: Transfer) -> TicketRow:
        if asked.counter is not None:
            to = self._floor.desk(asked.counter).id
            if calls_nobody(self._floor, book, now, to):
                raise Trouble("counter_closed", why=book.closed(self._floor.day(now))["counter"][to])
            return row._replace(for_counter=to)
        agency, service = self._floor.offered(asked.agency, asked.service)
        if not self._floor.hall.counters_of(agency.id):
            raise Trouble("no_counter_serves", agency=agency.short_name)
        return row._replace(agency=agency.id, service=service.id, for_counter=None)

    def _send(self, book: Book, now: int, kind: Kind, row: TicketRow, there: TicketRow) -> TicketRow:
        """From this counter to another place; a service that had begun stays counted here."""
        if row.served_at is not None:
            book.keep_visit(row._replace(ended_at=now))
        self._floor.forget_open()
        return leave(book, now, kind, there, row.counter or "")

    # ------------------------------------------------------------ inside

    def _waits(self, book: Book, now: int, row: TicketRow) -> TicketRow:
        return released(self._floor, book, now, waits(row))

    def _check_served(self, row: TicketRow) -> None:
        """Raises Trouble('not_served') where the hall changed while nobody knew of this visitor, who would be lost."""
        places = wanted(row)
        if row.for_counter is not None:
            places.discard((row.agency, row.service))
        if not all(self._floor.callers.call(*place) for place in places):
            raise Trouble("not_served", number=row.number)

    def _ours(self, book: Book, now: int, counter: str, ticket: int) -> TicketRow:
        """A ticket this counter may call or had. Raises Trouble: unknown_counter, unknown_ticket, not_at_counter."""
        desk = self._floor.desk(counter)
        row = self._floor.known(book, ticket)
        if counter not in (row.counter, row.for_counter) and row.agency not in desk.agencies:
            raise Trouble("not_at_counter", now=self._floor.told(book, row, now))
        return row

    def _here(self, book: Book, now: int, counter: str, ticket: int) -> TicketRow:
        self._floor.desk(counter)
        row = self._floor.known(book, ticket)
        if row.counter != counter or not State(row.state).at_counter:
            raise Trouble("not_at_counter", now=self._floor.told(book, row, now))
        return row
