"""The rules of the hall: who gets which number, who is next. No HTTP, no SQL, nothing sent.

What an officer may do with a ticket stands in hub.desk.

Each verb takes an open transaction (the book) and the clock's moment, and raises `Trouble` before it writes.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hub.appointments import admitted
from hub.callers import Callers, Counters
from hub.estimates import Hands, Wait
from hub.gate import Gate
from hub.journey import begun
from hub.order import Why
from hub.places import Places
from hub.reprint import end_copy, paper_now
from hub.roll import WHY as ROLL_WHY
from hub.roll import next_number
from hub.rows import QUARTER_MS, EventRow, Met, Standing, TicketRow, new_token, ticket_facts, to_moment, to_ms
from hub.store import Book, Reading
from hub.turns import Turns
from hub.visits import end, released, waits
from hub.waiting_times import WaitingTimes
from shared.appointments import is_early
from shared.hall import Agency, Counter, Hall, Service
from shared.model import CANCEL_GRACE_SECONDS, Kind, Origin, Reason, State
from shared.trouble import Trouble
from shared.wire import PrintOutcome, TakeTicket

CLOCK_SLACK_MS = 2000
"""How far a clock may fall behind the last event before it is refused: NTP corrects by less, and time stands still."""


class Floor:
    """The hall with its rules."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.zone = ZoneInfo(hall.timezone)
        self.agencies = {agency.id: agency for agency in hall.agencies}
        self.counters = {counter.id: counter for counter in hall.counters}
        self._services = {service.id: (agency, service) for agency in hall.agencies for service in agency.services}
        self.callers = Callers(hall)
        self.times = WaitingTimes(self.zone, self.callers)
        self.gate = Gate(hall)
        self.turns = Turns(hall)
        self.places = Places(hall, self.turns)
        self._day = (-1, "")

    # ------------------------------------------------------------ the visitor

    def take(self, book: Book, clock: datetime, asked: TakeTicket, *, origin: Origin = Origin.KIOSK) -> Standing:
        """A visitor takes a number, for one service or for several in order.

        Raises Trouble: unknown_service, clock_behind, bad_request (a service follows itself), and as `Gate.check`
        and `hub.appointments.admitted`.
        """
        if asked.service not in self._services:
            raise Trouble("unknown_service", service=asked.service)
        agency, service = self._services[asked.service]
        now = self.moment(book, clock)
        day = self.day(now)
        places = [(agency.id, service.id), *(self.place(one) for one in asked.then)]
        if origin is not Origin.COUNTER:  # the kiosk's refusals send people to the staff, who decide
            for _, wanted in places:
                self.gate.check(book, now, day, wanted)
        asked_for = (agency.id, service.id)
        ahead = self.places.newcomer(book, day, asked_for, now, is_priority=asked.priority)
        hands = self.times.hands_lately(book, day, self.callers.of(*asked_for), now)
        row = TicketRow(
            id=0,
            day=day,
            prefix=agency.prefix,
            sequence=book.next_sequence(day, agency.prefix),
            agency=agency.id,
            service=service.id,
            priority=int(asked.priority),
            language=asked.language,
            kiosk=asked.kiosk,
            token=new_token(),
            taken_at=now,
            origin=origin.value,
            journey=begun(places) if asked.then else "",
        )
        if asked.appointment is not None:
            row = admitted(self.hall, book, row, asked.appointment)
            row = book.add(row)  # nothing is learnt of how long it waits
        else:
            row = book.add(row, Met(ahead, hands.opened, hands.front))
        book.tell(EventRow(0, now, Kind.TAKEN.value, row))
        url = f"{self.hall.public_url}/t/{row.token}"
        if row.appointment is not None:  # it may stand before others, or not yet among them
            return self.ticket(book, row, now)._replace(url=url)
        wait = self.times.wait(agency, service, ahead, hands, now)
        return Standing(row, ahead, wait.likely, url, wait.most)

    def cancel(self, book: Book, clock: datetime, ticket: int) -> Standing:
        """'Salah pilih?': the visitor gives the number back. Raises Trouble: unknown_ticket, not_waiting, too_late.

        Until its kiosk has told what became of the paper, nobody has seen the number: it may be given back all day.
        """
        now = self.moment(book, clock)
        row = self.known(book, ticket)
        if row.state != State.WAITING and not is_early(row):
            raise Trouble("not_waiting", now=self.told(book, row, now))
        unseen = row.paper is None and row.day == self.day(now)
        if not unseen and now - row.taken_at > CANCEL_GRACE_SECONDS * 1000:
            raise Trouble("too_late", now=self.told(book, row, now))
        return self._give_up(book, now, row)

    def withdraw(self, book: Book, clock: datetime, token: str) -> Standing:
        """'I cannot come': the visitor gives up a number that waits or is held, also what was to follow under it.

        Whoever has the token has the number. Raises Trouble: unknown_ticket, not_waiting.
        """
        now = self.moment(book, clock)
        row = book.ticket_of_token(token)
        if row is None:
            raise Trouble("unknown_ticket")
        if row.state not in (State.WAITING, State.HELD) or row.day != self.day(now):
            raise Trouble("not_waiting", now=self.told(book, row, now))
        return self._give_up(book, now, row)

    def _give_up(self, book: Book, now: int, row: TicketRow) -> Standing:
        if row.state == State.HELD:
            row = self._unhold(book, now, row)
        return self.move(book, now, Kind.CANCELLED, row._replace(state=State.CANCELLED, ended_at=now))

    def printed(self, book: Book, clock: datetime, ticket: int, asked: PrintOutcome) -> Standing:
        """What became of the paper. The place in the queue does not depend on it. Raises Trouble: unknown_ticket."""
        now = self.moment(book, clock)
        row = self.known(book, ticket)
        end_copy(book, now, row, asked.reprint)
        row = row._replace(paper=paper_now(row.paper, asked))
        book.mark(row)
        kind = Kind.REPRINTED if asked.is_copy else Kind.PRINTED
        book.tell(EventRow(0, now, kind, row, row.counter, outcome=asked.outcome, code=asked.code))
        return self.ticket(book, row, now)

    # ------------------------------------------------------------ the officer

    def next(self, book: Book, clock: datetime, counter: str) -> EventRow | None:
        """'Panggil berikutnya': who is at the counter is finished, who is next by the rules is called.

        Where nobody waits and a paper roll is on, its next number is. None when there is nobody. Raises Trouble:
        unknown_counter, clock_behind, counter_closed, counter_paused.
        """
        self.desk(counter)
        now = self.moment(book, clock)
        self.may_call(book, now, counter)
        self.bring_back(book, now)
        there = self.empty(book, now, counter)
        found = self.turns.next(book, self.day(now), counter, now)
        if found is None:
            return self._next_on_paper(book, now, counter, there)
        first, why = found
        called = first.called_to(counter, now, closed=there, reason=why.kind.value)
        return self.call(book, now, Kind.CALLED, called, why.text)

    def _next_on_paper(self, book: Book, now: int, counter: str, there: int | None) -> EventRow | None:
        """Nobody waits: the next number of a paper roll, where one is on."""
        paper = next_number(self, book, now, counter)
        if paper is None:
            return None
        called = paper.called_to(counter, now, closed=there, reason=Reason.PAPER_ROLL.value)
        return self.call(book, now, Kind.CALLED, called, ROLL_WHY)

    def empty(self, book: Book, now: int, counter: str) -> int | None:
        """Finish who is at the counter; that ticket's id."""
        there = book.at_counter(counter)
        if there is not None:
            end(self, book, now, there)
        return there and there.id

    def may_call(self, book: Book, now: int, counter: str) -> None:
        """Raises Trouble where nobody is called to this counter now: counter_closed, counter_paused (and who waits)."""
        closed = book.closed(self.day(now))
        if why := closed["counter"].get(counter):
            raise Trouble("counter_closed", why=why)
        if why := closed["pause"].get(counter):
            waiting, _ = self.queue(book, counter, now, most=1)
            count = self.turns.waiting_count(book, self.day(now), counter)
            told = [ticket_facts(one, self.zone) for one in waiting]
            raise Trouble("counter_paused", now={"waiting_count": count, "waiting": told}, why=why)

    def bring_back(self, book: Book, now: int) -> None:
        """Who was held until now waits again: the hub's clock asks each second, and 'next' before it looks."""
        for row in book.held(now):
            self._unhold(book, now, row)

    def _unhold(self, book: Book, now: int, row: TicketRow) -> TicketRow:
        back = released(self, book, now, waits(row))
        book.replace(back)
        book.tell(EventRow(0, now, Kind.UNHELD, back))
        return back

    # ------------------------------------------------------------ what the rules say of now

    def moment(self, book: Reading, clock: datetime) -> int:
        """The clock in ms, never before the last event. Raises Trouble('clock_behind') for a clock set back."""
        now, (_, last) = to_ms(clock), book.last_event()
        if now < last - CLOCK_SLACK_MS:
            raise Trouble("clock_behind", now=None, clock=self._words(now), last=self._words(last))
        return max(now, last)

    def day(self, now: int) -> str:
        """The day of `now` in the hall's zone: numbers restart at its midnight."""
        quarter, day = self._day
        if now // QUARTER_MS != quarter:
            day = to_moment(now, self.zone).date().isoformat()
            self._day = now // QUARTER_MS, day
        return day

    def ticket(self, book: Reading, row: TicketRow, now: int) -> Standing:
        """`row` for the wire, with its place when it waits."""
        if row.state != State.WAITING or row.day != self.day(now) or row.agency not in self.agencies:
            return Standing(row)
        if row.for_counter is not None:
            return self._with_place(book, row, now, self.turns.place(book, row.for_counter, row, now))
        return self._with_place(book, row, now, self.places.ahead(book, row, now))

    def queue(self, book: Reading, counter: str, now: int, *, most: int) -> tuple[list[Standing], Why | None]:
        """The first `most` who wait for a counter, in the order of their turns, each with its place; why the first."""
        turns = self.turns.waiting(book, self.day(now), counter, now, most=most)
        rows = [row for row, _ in turns]
        hands = self.times.all_hands(book, self.day(now), now)
        places = zip(rows, self.places.among(rows), strict=True)
        standings = [self._placed(row, n, hands.of(self._callers_of(row)), now) for row, n in places]
        return standings, turns[0][1] if turns else None

    def open_counters(self, book: Reading, agency: str, now: int, service: str = "") -> int:
        """How many counters serve this agency now, or that service of it; see `hub.callers`."""
        return self.times.hands(book, self.day(now), self.callers.of(agency, service), now).opened

    def guess(self, agency: str, ahead: int, hands: Hands, now: int) -> Wait:
        """How long someone who came now would wait with so many ahead, for whichever of the agency's services."""
        return self.times.wait(self.agencies[agency], None, ahead, hands, now)

    # ------------------------------------------------------------ inside

    def _with_place(self, book: Reading, row: TicketRow, now: int, ahead: int) -> Standing:
        return self._placed(row, ahead, self.times.hands(book, row.day, self._callers_of(row), now), now)

    def _placed(self, row: TicketRow, ahead: int, hands: Hands, now: int) -> Standing:
        known = self._services.get(row.service)
        if known is None:
            return Standing(row, ahead)
        wait = self.times.wait(*known, ahead, hands, now)
        return Standing(row, ahead, wait.likely, most=wait.most)

    def _callers_of(self, row: TicketRow) -> Counters:
        return (row.for_counter,) if row.for_counter else self.callers.of(row.agency, row.service)

    def desk(self, counter: str) -> Counter:
        """The counter of that id. Raises Trouble('unknown_counter')."""
        if counter not in self.counters:
            raise Trouble("unknown_counter", counter=counter)
        return self.counters[counter]

    def offered(self, agency: str | None, service: str | None) -> tuple[Agency, Service]:
        """The service with its agency; of an agency alone, its first. Raises unknown_service, unknown_agency."""
        if service is not None:
            if service not in self._services:
                raise Trouble("unknown_service", service=service)
            return self._services[service]
        if agency not in self.agencies:
            raise Trouble("unknown_agency", agency=agency)
        return self.agencies[agency], self.agencies[agency].services[0]

    def place(self, service: str) -> tuple[str, str]:
        """Agency and service, by the service's id. Raises Trouble('unknown_service')."""
        agency, known = self.offered(None, service)
        return agency.id, known.id

    def known(self, book: Book, ticket: int) -> TicketRow:
        """The ticket of that id. Raises Trouble('unknown_ticket')."""
        row = book.ticket(ticket)
        if row is None:
            raise Trouble("unknown_ticket")
        return row

    def forget_open(self) -> None:
        """Read anew which counters are open and what goes before a newcomer: one called, took a call back, or rests."""
        self.times.forget()
        self.places.forget()

    def move(self, book: Book, now: int, kind: Kind, row: TicketRow) -> Standing:
        """As `note`; answers the ticket with its place."""
        self.note(book, now, kind, row)
        return self.ticket(book, row, now)

    def note(self, book: Book, now: int, kind: Kind, row: TicketRow) -> None:
        """Write what became of a ticket, and the event that says so."""
        book.mark(row)
        book.tell(EventRow(0, now, kind, row, row.counter))

    def call(self, book: Book, now: int, kind: Kind, row: TicketRow, why: str = "") -> EventRow:
        """Call a ticket, once more or for the first time; `why`: a wire.Why as JSON, the last call's when left out."""
        self.forget_open()
        if row.last_call is not None:
            why = why or book.why(row.last_call)
        row = row._replace(calls=row.calls + 1)
        reason = row.reason if kind is Kind.CALLED else Reason.RECALL
        event = book.tell(EventRow(0, now, kind, row, row.counter, reason, why=why))
        book.put(row, event.id)
        return event

    def told(self, book: Book, row: TicketRow, now: int) -> dict[str, Any]:
        """The ticket as it is now, for a refusal's `now`."""
        return ticket_facts(self.ticket(book, row, now), self.zone)

    def _words(self, ms: int) -> str:
        return f"{to_moment(ms, self.zone):%d/%m/%Y %H.%M.%S}"


Clock = Callable[[], datetime]
"""Where the time comes from: aware, passed in, so that a test can turn it."""
