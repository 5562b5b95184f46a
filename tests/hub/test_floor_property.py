"""Any day at all: no number twice, nobody lost, nobody at two counters, first come first called."""

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from hub.floor import CLOCK_SLACK_MS
from hub.once import Ask, Reply, answer_once
from hub.rows import EventRow, Said, Standing, as_json, to_ms
from hub.store import Book, Store
from hub.verbs import VERBS, crew_of
from shared.trouble import Trouble
from shared.wire import Asked, Nothing, TakeTicket
from tests.hub.small_hall import MORNING, Clock, small_hall

SERVICES = {"ktp": "dukcapil", "kk": "dukcapil", "stnk": "samsat", "npwp": "pajak"}
SERVED = {"1": {"dukcapil"}, "2": {"dukcapil", "samsat"}, "3": {"pajak"}}
BY_PATH = {verb.path: verb for verb in VERBS}
keys = st.binary(min_size=16, max_size=16)
counters = st.sampled_from(sorted(SERVED))
services = st.sampled_from(sorted(SERVICES))


class AnyDay(RuleBasedStateMachine):
    """The floor beside a model of it that a child could follow: lists of who waits, a seat at each counter."""

    tickets = Bundle("tickets")
    asked = Bundle("asked")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "antre.db")
        self.crew = crew_of(small_hall())
        self.floor = self.crew.floor
        self.clock = Clock(MORNING)
        self.last = 0
        self.waiting: list[tuple[int, str, str]] = []
        self.seats: dict[str, int] = {}
        self.came: set[int] = set()
        self.gone: set[int] = set()
        self.closed: dict[int, int | None] = {}
        self.steps: dict[int, list[str]] = {}
        self.visits: dict[int, list[tuple[str, int | None, bool]]] = {}
        """Where each ticket has been, what its call there had ended, and whether its visitor came."""
        self.numbers: set[tuple[str, str]] = set()
        self.answers: dict[bytes, tuple[Ask, Reply]] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    # ------------------------------------------------------------ asking

    def ask(self, path: str, whose: str, body: Asked, key: bytes) -> Said | Trouble:
        """Ask the floor under a new key, in a transaction of its own."""
        verb = BY_PATH[path]
        ask = Ask(key, path.replace("{counter}", whose), body.model_dump_json().encode())
        said: list[Said | Trouble] = []

        def act(book: Book) -> Reply:
            try:
                answer = verb.rule(self.crew, book, self.clock(), whose, body)
            except Trouble as trouble:
                said.append(trouble)
                raise
            said.append(answer)
            return Reply(204, b"") if answer is None else Reply(200, as_json(answer, self.floor.zone))

        reply = self.write(ask, act)
        if reply is not None:
            self.answers[key] = (ask, reply)
        return said[0]

    def write(self, ask: Ask, act: object) -> Reply | None:
        book = self.store.begin(has_savepoints=True)
        book.begin_verb()
        try:
            reply = answer_once(book, ask, to_ms(self.clock()), act)  # type: ignore[arg-type]
        except Trouble:
            self.store.roll_back()
            return None
        book.end_verb()
        self.last = max([self.last, *(event.at for event in book.told)])
        self.store.commit()
        return reply

    @property
    def is_behind(self) -> bool:
        return to_ms(self.clock()) < self.last - CLOCK_SLACK_MS

    @property
    def today(self) -> str:
        return self.floor.day(max(to_ms(self.clock()), self.last))

    # ------------------------------------------------------------ what may happen

    @rule(target=tickets, service=services, then=st.lists(services, max_size=2), key=keys.filter(bool))
    @precondition(lambda self: not self.is_behind)
    def take(self, service: str, then: list[str], key: bytes) -> int:
        if key in self.answers:
            return self.repeat(key) or 0
        steps = [one for before, one in pairwise([service, *then]) if before != one]
        said = self.ask("/api/tickets", "", TakeTicket(service=service, then=tuple(steps)), key)
        assert isinstance(said, Standing)
        row = said.row
        assert (row.day, row.number) not in self.numbers
        self.numbers.add((row.day, row.number))
        assert row.day == self.today
        self.waiting.append((row.id, SERVICES[service], row.day))
        self.steps[row.id] = [service, *steps]
        return row.id

    @rule(counter=counters, key=keys)
    @precondition(lambda self: not self.is_behind)
    def next(self, counter: str, key: bytes) -> None:
        if key in self.answers:
            return
        today = self.today
        said = self.ask("/api/counters/{counter}/next", counter, Nothing(), key)
        there = self.seats.pop(counter, None)
        if there is not None:
            self.end(counter, there)
        could = [one for one in self.waiting if one[1] in SERVED[counter] and one[2] == today]
        if said is None:
            assert not could
            return
        assert isinstance(said, EventRow)
        assert said.ticket
        assert said.ticket.id == could[0][0]
        self.waiting.remove(could[0])
        self.seats[counter] = said.ticket.id
        self.closed[said.ticket.id] = there

    def end(self, counter: str, ticket: int) -> None:
        """A visit has ended: the ticket is done, or waits for its next service with those who came when it did."""
        self.visits.setdefault(ticket, []).append((counter, self.closed.get(ticket), ticket in self.came))
        left = self.steps[ticket][len(self.visits[ticket]) :]
        if left:
            row = self.store.read.ticket(ticket)
            assert row
            self.came.discard(ticket)
            self.waiting.append((ticket, SERVICES[left[0]], row.day))
            self.waiting.sort()
        else:
            self.gone.add(ticket)

    @rule(
        verb=st.sampled_from(["recall", "serve", "finish", "no-show", "undo-next"]),
        counter=counters,
        ticket=tickets,
        key=keys,
    )
    @precondition(lambda self: not self.is_behind)
    def on_ticket(self, verb: str, counter: str, ticket: int, key: bytes) -> None:
        if key in self.answers:
            return
        path = f"/api/counters/{{counter}}/{verb}"
        body = BY_PATH[path].body.model_validate({"ticket": ticket})
        said = self.ask(path, counter, body, key)
        if self.seats.get(counter) != ticket:
            assert isinstance(said, Trouble)
            assert said.code in ("not_at_counter", "unknown_ticket")
        elif verb == "undo-next" and ticket in self.came:
            assert isinstance(said, Trouble)
            assert said.code == "somebody_came"
        else:
            assert not isinstance(said, Trouble)
            self.moved(verb, counter, ticket)

    def moved(self, verb: str, counter: str, ticket: int) -> None:
        if verb == "serve":
            self.came.add(ticket)
        if verb == "no-show":
            self.gone.add(self.seats.pop(counter))
        if verb == "finish":
            self.end(counter, self.seats.pop(counter))
        if verb == "undo-next":
            row = self.store.read.ticket(self.seats.pop(counter))
            assert row
            self.waiting.append((row.id, row.agency, row.day))
            self.waiting.sort()
            ended = self.closed.pop(row.id)
            if ended is not None:
                self.reopen(counter, ended)

    def reopen(self, counter: str, ticket: int) -> None:
        """Back at the counter, unless called elsewhere since."""
        last, closed, came = self.visits[ticket][-1]
        waits = next((one for one in self.waiting if one[0] == ticket), None)
        finished = self.store.read.ticket(ticket)
        assert finished
        if last != counter or (waits is None and ticket not in self.gone) or finished.state == "no_show":
            return
        if waits is not None:
            self.waiting.remove(waits)
        self.gone.discard(ticket)
        self.seats[counter] = ticket
        self.closed[ticket] = closed
        self.came |= {ticket} if came else set()
        self.visits[ticket].pop()

    @rule(key=keys)
    @precondition(lambda self: self.answers)
    def repeat_any(self, key: bytes) -> None:
        self.repeat(min(self.answers, key=lambda known: abs(int.from_bytes(known) - int.from_bytes(key))))

    def repeat(self, key: bytes) -> int | None:
        """A repeated request gets the same bytes, and nothing happens."""
        ask, reply = self.answers[key]

        def never(_: Book) -> Reply:
            raise AssertionError("done twice")

        assert self.write(ask, never) == reply
        return None

    @rule(seconds=st.one_of(st.integers(0, 90), st.just(86_400), st.integers(-7200, -1)))
    def clock_moves(self, seconds: int) -> None:
        self.clock.now += timedelta(seconds=seconds)

    @rule(service=st.sampled_from(sorted(SERVICES)), key=keys)
    @precondition(lambda self: self.is_behind)
    def refused_while_the_clock_is_behind(self, service: str, key: bytes) -> None:
        if key in self.answers:
            return
        said = self.ask("/api/tickets", "", TakeTicket(service=service), key)
        assert isinstance(said, Trouble)
        assert said.code == "clock_behind"

    @rule()
    @precondition(lambda self: self.is_behind)
    def clock_is_put_right(self) -> None:
        self.clock.now = MORNING + timedelta(milliseconds=self.last - to_ms(MORNING))

    # ------------------------------------------------------------ what always holds

    @invariant()
    def nobody_is_lost_or_in_two_places(self) -> None:
        read = self.store.read
        states = {
            **{ticket: {"waiting"} for ticket, _, _ in self.waiting},
            **{ticket: {"called", "serving"} for ticket in self.seats.values()},
            **{ticket: {"finished", "no_show"} for ticket in self.gone},
        }
        assert len(states) == len(self.waiting) + len(self.seats) + len(self.gone)
        for ticket, expected in states.items():
            row = read.ticket(ticket)
            assert row
            assert row.state in expected

    @invariant()
    def the_count_of_who_waits_is_true(self) -> None:
        today = self.today
        counts = {agency: n for agency, n in self.store.read.waiting_counts(today).items() if n}
        mine = [agency for _, agency, day in self.waiting if day == today]
        assert counts == {agency: mine.count(agency) for agency in set(mine)}

    @invariant()
    def replayed_events_have_no_gap(self) -> None:
        ids = [event.id for event in self.store.read.events_after(0, 10_000)]
        assert ids == list(range(1, len(ids) + 1))


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
