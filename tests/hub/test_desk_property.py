"""All an officer may do, in any order: nobody lost, nobody twice, refusals change nothing, every wait ends."""

import tempfile
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from hub.journey import following, steps_of
from hub.kept import Kept
from hub.rows import EventRow, Queue, Said, Standing, TicketRow
from hub.store import Book, Store
from hub.verbs import VERBS, crew_of
from shared.hall import Appointments, Result, Rules
from shared.model import State, StepState
from shared.trouble import Trouble
from shared.wire import (
    AnswerAlarm,
    Asked,
    BeginRoll,
    CallChosen,
    EndRoll,
    Finish,
    Hold,
    Issue,
    Nothing,
    OnTicket,
    Pause,
    Plan,
    RaiseAlarm,
    TakeTicket,
    Transfer,
    WalkIn,
)
from tests.hub.small_hall import MORNING, Clock, small_hall

BY_PATH = {verb.path: verb for verb in VERBS}
COUNTERS = ("1", "2", "3")
AGENCIES = ("dukcapil", "samsat", "pajak")
SERVICES = ("ktp", "kk", "stnk", "npwp")
counters = st.sampled_from(COUNTERS)
services = st.sampled_from(SERVICES)
journeys = st.lists(services, max_size=3)


def _none_twice(service: str, then: list[str]) -> list[str]:
    return [one for before, one in pairwise([service, *then]) if before != one]


class AnyDesk(RuleBasedStateMachine):
    """A hall whose officers press whatever they like."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "antre.db")
        more = {
            "outcomes": [Result(id="tuntas", name="Tuntas")],
            "appointments": Appointments(per_hour=2),
            "rules": Rules(order="ratio"),
        }
        self.crew = crew_of(small_hall().model_copy(update=more))
        self.clock = Clock(MORNING)
        self.given: set[int] = set()
        self.paused: set[str] = set()
        self.alarms: dict[str, int] = {}

    def teardown(self) -> None:
        self.every_wait_ends()
        self.store.close()
        self.folder.cleanup()

    # ------------------------------------------------------------ what may happen

    def ask(self, path: str, whose: str, body: Asked) -> Said | Trouble:
        """Ask one verb in a transaction of its own; what is refused has written nothing."""
        book = self.store.begin(has_savepoints=True)
        book.begin_verb()
        before = book._connection.total_changes
        try:
            said: Said | Trouble = BY_PATH[path].rule(self.crew, book, self.clock(), whose, body)
        except Trouble as trouble:
            said = trouble
            assert book._connection.total_changes == before
        book.end_verb()
        self.store.commit()
        return said

    def press(self, verb: str, counter: str, body: Asked) -> Said | Trouble:
        return self.ask(f"/api/counters/{{counter}}/{verb}", counter, body)

    @rule(target=tickets, service=services, priority=st.booleans(), then=journeys)
    def take(self, service: str, priority: bool, then: list[str]) -> int:
        asked = TakeTicket(service=service, priority=priority, then=tuple(_none_twice(service, then)))
        said = self.ask("/api/tickets", "", asked)
        if isinstance(said, Trouble) and said.code == "paper_roll":  # then an officer gives the number
            said = self.press("issue", "1", Issue(service=service, priority=priority))
        assert isinstance(said, Standing)
        self.given.add(said.row.id)
        return said.row.id

    @rule(counter=counters)
    def next(self, counter: str) -> None:
        said = self.press("next", counter, Nothing())
        assert (isinstance(said, Trouble) and said.code == "counter_paused") == (counter in self.paused)
        self.find_torn()

    @rule(counter=counters)
    def undo(self, counter: str) -> None:
        if there := self.store.read.at_counter(counter):
            self.press("undo-next", counter, OnTicket(ticket=there.id))

    @rule(counter=counters)
    def pause(self, counter: str) -> None:
        assert not isinstance(self.press("pause", counter, Pause(why="Salat")), Trouble)
        self.paused.add(counter)

    @rule(counter=counters)
    def resume(self, counter: str) -> None:
        assert (self.press("resume", counter, Nothing()) is not None) == (counter in self.paused)
        self.paused.discard(counter)

    @rule(
        verb=st.sampled_from(["recall", "serve", "no-show", "undo-next", "undo-no-show", "unhold"]),
        counter=counters,
        ticket=tickets,
    )
    def on_ticket(self, verb: str, counter: str, ticket: int) -> None:
        self.press(verb, counter, OnTicket(ticket=ticket))

    @rule(target=tickets, counter=counters, service=services, priority=st.booleans())
    def walk_in(self, counter: str, service: str, priority: bool) -> object:
        said = self.press("walk-in", counter, WalkIn(service=service, priority=priority))
        if isinstance(said, Trouble):
            assert said.code in ("not_served_here", "counter_busy", "counter_paused")
            return multiple()
        assert isinstance(said, Standing)
        assert (said.row.state, said.row.counter) == ("serving", counter)
        self.given.add(said.row.id)
        return said.row.id

    @rule(counter=counters, words=st.sampled_from(["", "Tolong"]))
    def alarm(self, counter: str, words: str) -> None:
        said = self.press("alarm", counter, RaiseAlarm(words=words))
        assert isinstance(said, EventRow)
        assert self.alarms.setdefault(counter, said.id) == said.id

    @rule(counter=counters, by=counters)
    def answer(self, counter: str, by: str) -> None:
        said = self.ask("/api/alarms/{alarm}/answer", str(self.alarms.get(counter, 0)), AnswerAlarm(counter=by))
        assert isinstance(said, EventRow) == (self.alarms.pop(counter, None) is not None)

    @rule(counter=counters, ticket=tickets, outcome=st.sampled_from([None, "tuntas", "ghost"]))
    def finish(self, counter: str, ticket: int, outcome: str | None) -> None:
        said = self.press("finish", counter, Finish(ticket=ticket, outcome=outcome))
        assert isinstance(said, Trouble) or outcome != "ghost"

    @rule(counter=counters, ticket=tickets)
    def call_chosen(self, counter: str, ticket: int) -> None:
        self.press("call", counter, CallChosen(ticket=ticket, why="sakit"))

    @rule(counter=counters, ticket=tickets, minutes=st.integers(1, 30))
    def hold(self, counter: str, ticket: int, minutes: int) -> None:
        self.press("hold", counter, Hold(ticket=ticket, minutes=minutes))

    @rule(counter=counters, ticket=tickets, back=st.booleans(), to=st.sampled_from([*SERVICES, *AGENCIES, *COUNTERS]))
    def transfer(self, counter: str, ticket: int, back: bool, to: str) -> None:
        kind = "service" if to in SERVICES else "agency" if to in AGENCIES else "counter"
        self.press("transfer", counter, Transfer.model_validate({"ticket": ticket, kind: to, "back": back}))

    @rule(counter=counters, ticket=tickets, then=journeys)
    def plan(self, counter: str, ticket: int, then: list[str]) -> None:
        self.press("plan", counter, Plan(ticket=ticket, then=tuple(then)))

    @rule(agency=st.sampled_from(AGENCIES), first=st.integers(1, 30), count=st.integers(1, 4))
    def begin_roll(self, agency: str, first: int, count: int) -> None:
        self.ask("/api/agencies/{agency}/paper-roll", agency, BeginRoll(first=first, last=first + count - 1))

    @rule(agency=st.sampled_from(AGENCIES), handed_out=st.one_of(st.none(), st.integers(0, 35)))
    def end_roll(self, agency: str, handed_out: int | None) -> None:
        self.ask("/api/agencies/{agency}/end-paper-roll", agency, EndRoll(handed_out=handed_out))
        self.find_torn()

    @rule(counter=counters, prefix=st.sampled_from("ABC"), number=st.integers(1, 35))
    def call_a_paper_number(self, counter: str, prefix: str, number: int) -> None:
        self.press("call", counter, CallChosen(number=f"{prefix}-{number:03d}", why="datang lebih dulu"))
        self.find_torn()

    def find_torn(self) -> None:
        """Numbers of a roll are tickets from their call on, or from the roll's end."""
        told = self.store.read.events_after(0, 10_000)
        self.given |= {event.ticket.id for event in told if event.ticket and event.ticket.origin == "paper_roll"}

    @invariant()
    def no_number_stands_on_two_tickets(self) -> None:
        numbers = Counter(row.number for row in self.rows())
        assert all(count == 1 for count in numbers.values())

    @rule(target=tickets, service=services, minutes=st.integers(-90, 90))
    def come_with_an_appointment(self, service: str, minutes: int) -> int:
        asked = TakeTicket(service=service, appointment=self.clock() + timedelta(minutes=minutes))
        said = self.ask("/api/tickets", "", asked)
        if isinstance(said, Trouble):
            assert said.code in ("appointments_full", "appointment_other_day", "paper_roll")
            return 0
        assert isinstance(said, Standing)
        assert (said.row.missed == 1) == (minutes < -15)
        self.given.add(said.row.id)
        return said.row.id

    @rule(minutes=st.integers(0, 20))
    def time_passes(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)
        self.write(lambda book: self.crew.floor.bring_back(book, self.crew.floor.moment(book, self.clock())))

    def write(self, work: object) -> None:
        book = self.store.begin()
        work(book)  # type: ignore[operator]
        self.store.commit()

    # ------------------------------------------------------------ what always holds

    def rows(self) -> list[TicketRow]:
        rows = [self.store.read.ticket(ticket) for ticket in sorted(self.given)]
        assert None not in rows
        return [row for row in rows if row]

    @invariant()
    def nobody_is_at_two_counters_and_no_counter_has_two(self) -> None:
        seats = Counter(row.counter for row in self.rows() if State(row.state).at_counter)
        assert all(count == 1 for count in seats.values())

    @invariant()
    def the_count_of_who_waits_is_true(self) -> None:
        counts = {a: n for a, n in self.store.read.waiting_counts(MORNING.date().isoformat()).items() if n}
        lines = Counter(row.agency for row in self.rows() if row.state == "waiting" and row.for_counter is None)
        assert counts == lines

    @invariant()
    def a_place_is_kept_by_who_waits_and_a_time_by_who_is_held(self) -> None:
        for row in self.rows():
            assert row.line_at <= row.taken_at
            assert row.line_at == row.taken_at or row.appointment is not None
            assert (row.held_until is not None) == (row.state == "held")
            assert row.result is None or (row.result, row.state) == ("tuntas", "finished")

    @invariant()
    def a_journey_is_where_its_ticket_is(self) -> None:
        for row in self.rows():
            now = [step.place for step in steps_of(row.journey) if step.state is StepState.NOW]
            assert now == ([(row.agency, row.service)] if row.journey else [])
            if row.state == "finished" and row.journey:
                assert following(row.journey) is None

    def every_wait_ends(self) -> None:
        """The officers stay until nobody is left: everybody is called to the last step, whatever was done before."""
        self.clock.now += timedelta(hours=2)
        for counter in COUNTERS:
            self.press("resume", counter, Nothing())
        left = sum(1 + len(steps_of(row.journey)) for row in self.rows()) + 4 * len(AGENCIES)
        for _ in range(4 * left + 4):
            called = [self.press("next", counter, Nothing()) for counter in COUNTERS]
            self.find_torn()
            if called == [None] * len(COUNTERS) and all(row.state != "waiting" for row in self.rows()):
                break
        self.find_torn()
        for row in self.rows():
            assert row.state in ("finished", "no_show") or (row.state, row.origin) == ("cancelled", "walk_in")

    @invariant()
    def what_the_writer_knows_without_asking_is_so(self) -> None:
        kept, file = self.store._kept, Book(self.store._reader, self.store._hints, Kept(), has_savepoints=False)
        assert kept.last in (None, file.last_event())
        assert kept.waiting == {(day, agency): file.classes(day, Queue(agency)) for day, agency in kept.waiting}
        assert kept.sequences == {
            (day, prefix): file._last_sequence(day, prefix, [roll for roll in file.rolls(day) if roll.prefix == prefix])
            for day, prefix in kept.sequences
        }
        assert kept.counted == {asked: file.taken(*asked) for asked in kept.counted}
        assert kept.closed == {(day,): file.closed(day) for (day,) in kept.closed}
        assert kept.rolls == {(day,): file.rolls(day) for (day,) in kept.rolls}
        turns = {counter: (most, tuple(file.turns(counter, most))) for counter, (most, _) in kept.turns.items()}
        assert kept.turns == turns
        file.held(0)
        assert kept.held in (None, file.kept.held)
        file.sent("", "")
        assert kept.is_sent in (None, True, file.kept.is_sent)


TestAnyDesk = AnyDesk.TestCase
TestAnyDesk.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
