"""A hall in which everybody does whatever there is to do, in any order, at any time of day.

Every verb of the contract stands in `AnyHall.verbs` or `OFFICE`; a test holds those lists against `VERBS`. How to add
one: a rule with `@asks` that orders it of somebody sensible most of the time, and of anybody else now and then; a new
kind of event gets its line in `tests.hub.replay`.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from re import sub
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hub.contract import EVERY_VERB
from hub.evening import settle
from hub.journey import following
from hub.once import Ask, Reply, answer_once
from hub.order import is_overdue
from hub.people import SessionRow
from hub.roll import end_rolls_of_yesterday
from hub.rows import EventRow, Said, Standing, TicketRow, arrival, as_json, event_json, ticket_facts, to_event, to_ms
from hub.set_clock import accept
from hub.store import Book, Store
from hub.verbs import VERBS, Verb, crew_of
from hub.views import OFFICER_WAITING, Views
from hub.visitor import ticket_page
from shared.access_wire import SignIn, SignOut
from shared.booking_wire import CheckIn, MakeBooking
from shared.hall import Appointments, Hall, Hours, Quota, Result, Rules
from shared.model import Kind, Origin, Outcome, Reason, State, Voiced
from shared.trouble import WHEN, Trouble
from shared.wire import (
    LONGEST_QUIET,
    AnswerAlarm,
    Asked,
    BeginRoll,
    Board,
    CallChosen,
    Close,
    Correct,
    CounterView,
    EndQuiet,
    EndRoll,
    Event,
    Finish,
    Hold,
    Issue,
    Nothing,
    OnTicket,
    Pause,
    Plan,
    PrintOutcome,
    Quiet,
    RaiseAlarm,
    Reprint,
    TakeTicket,
    TellVoiced,
    Ticket,
    Transfer,
    WalkIn,
)
from shared.words import Words
from tests.hub.replay import GONE, Replay
from tests.hub.small_hall import MORNING, Clock, small_hall

BY_PATH = {verb.path: verb for verb in VERBS}
COUNTERS = ("1", "2", "3")
AGENCIES = ("dukcapil", "samsat", "pajak")
SERVICES = ("ktp", "kk", "stnk", "npwp")
BY_RULE = (Reason.FIRST_COME, Reason.RATIO, Reason.WEIGHTED, Reason.LONGEST)
LONGEST = 60
counters = st.sampled_from(COUNTERS)
agencies = st.sampled_from(AGENCIES)
services = st.sampled_from(SERVICES)
appointments = st.one_of(st.none(), st.none(), st.integers(-90, 180))
"""In how many minutes it is; None: no appointment."""
NO_APPOINTMENT = ("no_appointments", "appointment_other_day", "appointments_full")
codes = st.sampled_from(["SATU", "DUA2", "TIGA"])
further = st.lists(services, max_size=3).map(tuple)
rarely = st.sampled_from([False] * 5 + [True])
apps = st.sampled_from([str(UUID(int=n)) for n in (1, 2)])

WEEK = Hours(weekdays="07.30-12.00, 13.00-15.30", friday="07.30-11.30, 13.00-15.30", cutoff_minutes=15)
RULES = (
    None,
    Rules(order="ratio", priority=2, regular=1),
    Rules(order="ratio", priority=1, regular=2, longest_minutes=LONGEST),
    Rules(order="weighted", weight=2.0, longest_minutes=LONGEST),
)
HOURS = (None, WEEK, WEEK.model_copy(update={"end_of_day": "carry"}), Hours(end_of_day="carry"))

M = TypeVar("M", bound=Callable[..., Any])


def asks(*paths: str) -> Callable[[M], M]:
    """This rule of the machine orders the verbs at these paths."""

    def noted(one: M) -> M:
        ASKED.update(paths)
        return one

    return noted


ASKED: set[str] = set()
OFFICE = ("/api/staff", "/api/technician-pin", "/api/pair", "/api/unpair", "/api/systems")
"""Beginnings of the paths at which staff and devices are told who they are: they need threads and change no ticket."""


def any_hall(*, is_one_line: bool, rules: Rules | None, hours: Hours | None) -> Hall:
    """The small hall with these rules and hours, its first two counters sharing all of the first two agencies or not.

    With hours Pajak gives few numbers.
    """
    hall = small_hall()
    first, *others = hall.counters
    if is_one_line:
        first = first.model_copy(update={"agencies": ["dukcapil", "samsat"]})
    quota = Quota(morning=2, day=4) if hours else None
    last = hall.agencies[-1].model_copy(update={"quota": quota})
    changed = {"counters": [first, *others], "agencies": [*hall.agencies[:-1], last], "rules": rules, "hours": hours}
    changed["appointments"] = Appointments(per_hour=2)
    changed["outcomes"] = [Result(id=one, name=one.title()) for one in ("selesai", "berkas-kurang")]
    return hall.model_copy(update=changed)


class Stint:
    """One who waits, without having been sent or held meanwhile: whom each line called since then."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self.overtakers: Counter[str] = Counter()


class AnyHall(RuleBasedStateMachine):
    """A hall and its file; beside it what a listener knows who heard every event."""

    verbs: ClassVar[set[str]] = ASKED

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "antre.db")
        self.clock = Clock(MORNING)
        self.replay = Replay()
        self.heard: dict[int, bytes] = {}
        self.answers: list[tuple[Ask, Reply]] = []
        self.keys = count(1)
        self.given: set[int] = set()
        self.alarms: list[int] = []
        self.stints: defaultdict[int, Stint] = defaultdict(Stint)
        self.open(any_hall(is_one_line=False, rules=None, hours=None))

    def open(self, hall: Hall) -> None:
        """The hub starts: whatever it knows it has from its file."""
        self.hall = hall
        self.crew = crew_of(hall, to_ms(self.clock()))
        self.floor = self.crew.floor
        self.views = Views(self.floor, self.store.read)

    @initialize(is_one_line=st.booleans(), rules=st.sampled_from(RULES), hours=st.sampled_from(HOURS))
    def begin(self, is_one_line: bool, rules: Rules | None, hours: Hours | None) -> None:
        self.open(any_hall(is_one_line=is_one_line, rules=rules, hours=hours))
        for service in ("ktp", "stnk"):
            self.several_come(service, priority=False)

    def teardown(self) -> None:
        try:
            self.every_wait_ends()
            self.who_listens_later_hears_the_same()
        finally:
            self.store.close()
            self.folder.cleanup()

    # ------------------------------------------------------------ asking

    def ask(self, path: str, body: Asked, *, whose: str = "") -> Said | Trouble:
        """Ask one verb under a new key, as the house does, and hold what comes of it against the contract."""
        verb = BY_PATH[path]
        named = sub(r"\{\w+\}", whose, path)
        order = Ask(UUID(int=next(self.keys)).bytes, named, body.model_dump_json().encode())
        said: list[Said | Trouble] = []

        def act(book: Book) -> Reply:
            before = book._connection.total_changes
            try:
                answer = verb.rule(self.crew, book, self.clock(), whose, body)
            except Trouble as trouble:
                refuses_well(verb, trouble, wrote=book._connection.total_changes - before)
                said.append(trouble)
                raise
            said.append(answer)
            return Reply(204, b"") if answer is None else Reply(verb.status, as_json(answer, self.floor.zone))

        reply = self.write(lambda book: answer_once(book, order, to_ms(self.clock()), act))
        if isinstance(reply, Reply):
            self.answers.append((order, reply))
            assert reply.status != 204 or verb.nothing, f"{path} answers nothing, and does not say so"
            if reply.status == verb.status and reply.status != 204:
                verb.answer.model_validate_json(reply.body)
        return said[0]

    def write(self, work: Callable[[Book], Any]) -> Any:  # noqa: ANN401  -- whatever the work returns
        """One transaction; None where it failed. What was written is told to the listener."""
        book = self.store.begin(has_savepoints=True)
        book.begin_verb()
        try:
            done = work(book)
        except Trouble:
            self.store.roll_back()
            return None
        book.end_verb()
        self.store.commit()
        for row in book.told:
            self.hear(row)
        return done

    def hear(self, row: EventRow) -> None:
        self.heard[row.id] = event_json(row, self.floor.zone)
        self.replay.hear(Event.model_validate_json(self.heard[row.id]))
        if row.ticket and row.kind in (Kind.TAKEN, Kind.WALKED_IN):
            assert row.ticket.id not in self.given
            self.given.add(row.ticket.id)
        if row.ticket and row.ticket.state != State.WAITING:
            self.stints.pop(row.ticket.id, None)

    def press(self, verb: str, counter: str, body: Asked | None = None) -> Said | Trouble:
        return self.ask(f"/api/counters/{{counter}}/{verb}", body or Nothing(), whose=counter)

    # ------------------------------------------------------------ who is where

    def rows(self, *states: str) -> list[TicketRow]:
        found = [self.store.read.ticket(ticket) for ticket in sorted(self.given)]
        return [row for row in found if row and (not states or row.state in states)]

    def whom(self, data: st.DataObject, likely: Iterable[TicketRow]) -> int:
        """One of these most of the time, else anybody, or nobody there is."""
        known = [row.id for row in likely]
        if not known or data.draw(rarely):
            known = [*sorted(self.given), 4711]
        return data.draw(st.sampled_from(known))

    def whom_where(self, data: st.DataObject) -> tuple[str, int]:
        """A counter at which somebody is, and who; now and then another, or anybody else."""
        counter = data.draw(counters if data.draw(rarely) else st.sampled_from(sorted(self.replay.there)))
        return counter, self.whom(data, self.at(counter))

    def at(self, counter: str) -> list[TicketRow]:
        row = self.store.read.at_counter(counter)
        return [row] if row else []

    @property
    def now(self) -> int:
        """The moment that the hall goes by."""
        return max(to_ms(self.clock()), self.store.read.last_event()[1])

    @property
    def today(self) -> str:
        return self.floor.day(self.now)

    # ------------------------------------------------------------ the visitor

    @rule(service=services, then=further, priority=st.booleans(), minutes=appointments)
    @asks("/api/tickets")
    def take(self, service: str, then: tuple[str, ...], priority: bool, minutes: int | None = None) -> None:
        asked = TakeTicket(service=service, priority=priority, then=then, appointment=self.in_minutes(minutes))
        said = self.ask("/api/tickets", asked)
        if isinstance(said, Trouble):
            assert said.code in {*WHEN, "bad_request", "clock_behind", *NO_APPOINTMENT}
        else:
            self.gave(said)

    def in_minutes(self, minutes: int | None) -> datetime | None:
        """When an appointment is; None where there is none."""
        return None if minutes is None else self.clock() + timedelta(minutes=minutes)

    @rule(code=codes, service=services, then=further, minutes=st.integers(-5, 180))
    @asks("/api/bookings")
    def book(self, code: str, service: str, then: tuple[str, ...], minutes: int) -> None:
        at = self.clock() + timedelta(minutes=minutes)
        self.ask("/api/bookings", MakeBooking(code=code, service=service, then=then, at=at))

    @rule(code=codes, is_over=rarely)
    @asks("/api/check-in", "/api/bookings/{code}/cancel")
    def check_in(self, code: str, is_over: bool) -> None:
        if is_over:
            self.ask("/api/bookings/{code}/cancel", Nothing(), whose=code)
        elif not isinstance(said := self.ask("/api/check-in", CheckIn(code=code, kiosk="kios-1")), Trouble):
            self.gave(said)
            assert isinstance(self.ask("/api/check-in", CheckIn(code=code, kiosk="kios-1")), Trouble)

    @rule(service=services, priority=st.booleans())
    def several_come(self, service: str, priority: bool) -> None:
        for is_priority in (priority, False, True, priority):
            self.take(service, (), is_priority)

    def gave(self, said: Said) -> None:
        assert isinstance(said, Standing)
        assert said.row.id == max(self.given)

    @rule(data=st.data())
    @precondition(lambda self: self.rows("waiting"))
    @asks("/api/tickets/{ticket}/cancel")
    def cancel(self, data: st.DataObject) -> None:
        whose = self.whom(data, self.rows("waiting"))
        self.ask("/api/tickets/{ticket}/cancel", Nothing(), whose=str(whose))

    @rule(data=st.data())
    @precondition(lambda self: self.rows())
    def withdraw(self, data: st.DataObject) -> None:
        """No verb: the page behind the QR asks for it."""
        row = data.draw(st.sampled_from(self.rows("waiting", "held") or self.rows()))
        self.write(lambda book: self.floor.withdraw(book, self.clock(), row.token))

    @rule(data=st.data(), outcome=st.sampled_from(Outcome), is_copy=st.booleans())
    @asks("/api/tickets/{ticket}/printed")
    def printed(self, data: st.DataObject, outcome: Outcome, *, is_copy: bool) -> None:
        body = PrintOutcome(outcome=outcome, is_copy=is_copy)
        self.ask("/api/tickets/{ticket}/printed", body, whose=str(self.whom(data, self.rows())))

    @rule(data=st.data(), counter=counters, outcome=st.sampled_from(Outcome))
    @asks("/api/counters/{counter}/reprint")
    def reprint(self, data: st.DataObject, counter: str, outcome: Outcome) -> None:
        said = self.press("reprint", counter, Reprint(ticket=self.whom(data, self.rows())))
        if isinstance(said, EventRow) and said.ticket:
            body = PrintOutcome(outcome=outcome, is_copy=True, reprint=said.id)
            self.ask("/api/tickets/{ticket}/printed", body, whose=str(said.ticket.id))

    # ------------------------------------------------------------ the officer

    @rule(counter=counters)
    @asks("/api/counters/{counter}/next")
    def next(self, counter: str) -> None:
        wanted = self.next_by_a_fresh_hub(counter)
        there = self.at(counter)
        before = self.rows("waiting")
        said = self.press("next", counter)
        if isinstance(said, Trouble):
            assert said.code in ("counter_closed", "counter_paused", "clock_behind")
            return
        called = said.ticket if isinstance(said, EventRow) else None
        is_torn = called is not None and wanted is None and called.origin == Origin.PAPER_ROLL
        if not any(row.return_to or following(row.journey) for row in there):
            assert is_torn or (called and called.id) == wanted, "the same state has another next"
        if called and not is_torn:
            self.overtaken(counter, called, before)

    @rule()
    def everybody_calls(self) -> None:
        for counter in COUNTERS:
            self.next(counter)

    def next_by_a_fresh_hub(self, counter: str) -> int | None:
        """Whom a hub that was just started would call, once who was held is back."""
        self.bring_back()
        found = crew_of(self.hall).floor.turns.next(self.store.read, self.today, counter, self.now)
        return found and found[0].id

    @rule(data=st.data())
    @precondition(lambda self: self.replay.there)
    @asks(*(f"/api/counters/{{counter}}/{verb}" for verb in ("recall", "serve", "no-show")))
    def at_the_counter(self, data: st.DataObject) -> None:
        counter, ticket = self.whom_where(data)
        verb = data.draw(st.sampled_from(["serve", "recall", "no-show"]))
        self.press(verb, counter, OnTicket(ticket=ticket))

    @rule(data=st.data(), outcome=st.sampled_from([None, "selesai", "berkas-kurang", "terbang"]))
    @precondition(lambda self: self.replay.there)
    @asks("/api/counters/{counter}/finish")
    def finish(self, data: st.DataObject, outcome: str | None) -> None:
        counter, ticket = self.whom_where(data)
        self.press("finish", counter, Finish(ticket=ticket, outcome=outcome))

    @rule(data=st.data(), counter=counters, outcome=st.sampled_from([None, "selesai", "berkas-kurang", "terbang"]))
    @precondition(lambda self: self.given)
    @asks("/api/counters/{counter}/correct")
    def correct(self, data: st.DataObject, counter: str, outcome: str | None) -> None:
        where = {row.id: row.counter or counter for row in self.rows()}
        ticket = self.whom(data, self.rows())
        self.press("correct", where.get(ticket, counter), Correct(ticket=ticket, outcome=outcome))

    @rule(data=st.data())
    @precondition(lambda self: self.replay.there)
    @asks("/api/counters/{counter}/undo-next")
    def undo_next(self, data: st.DataObject) -> None:
        counter, ticket = self.whom_where(data)
        if not isinstance(self.press("undo-next", counter, OnTicket(ticket=ticket)), Trouble):
            self.stints.clear()  # an officer took a turn back: nobody promises how often that is done

    @rule(counter=counters, data=st.data())
    @precondition(lambda self: self.rows("no_show"))
    @asks("/api/counters/{counter}/undo-no-show")
    def undo_no_show(self, counter: str, data: st.DataObject) -> None:
        self.press("undo-no-show", counter, OnTicket(ticket=self.whom(data, self.rows("no_show"))))

    @rule(counter=counters, data=st.data())
    @precondition(lambda self: self.rows("waiting"))
    @asks("/api/counters/{counter}/call")
    def call_chosen(self, counter: str, data: st.DataObject) -> None:
        self.press("call", counter, CallChosen(ticket=self.whom(data, self.rows("waiting")), why="sakit"))

    @rule(counter=counters, prefix=st.sampled_from("ABC"), sequence=st.integers(1, 12))
    def call_paper(self, counter: str, prefix: str, sequence: int) -> None:
        self.press("call", counter, CallChosen(number=f"{prefix}-{sequence:03d}", why="datang terlambat"))

    @rule(data=st.data(), minutes=st.integers(1, 30))
    @precondition(lambda self: self.replay.there)
    @asks("/api/counters/{counter}/hold")
    def hold(self, data: st.DataObject, minutes: int) -> None:
        counter, ticket = self.whom_where(data)
        self.press("hold", counter, Hold(ticket=ticket, minutes=minutes))

    @rule(counter=counters, data=st.data())
    @precondition(lambda self: self.rows("held"))
    @asks("/api/counters/{counter}/unhold")
    def unhold(self, counter: str, data: st.DataObject) -> None:
        self.press("unhold", counter, OnTicket(ticket=self.whom(data, self.rows("held"))))

    @rule(data=st.data(), back=st.booleans())
    @precondition(lambda self: self.replay.there)
    @asks("/api/counters/{counter}/transfer")
    def transfer(self, data: st.DataObject, back: bool) -> None:
        counter, ticket = self.whom_where(data)
        kind = data.draw(st.sampled_from(["service", "agency", "counter"]))
        to = data.draw({"service": services, "agency": agencies, "counter": counters}[kind])
        body = {"ticket": ticket, kind: to, "back": back}
        self.press("transfer", counter, Transfer.model_validate(body))

    @rule(data=st.data(), then=further)
    @precondition(lambda self: self.replay.there)
    @asks("/api/counters/{counter}/plan")
    def plan(self, data: st.DataObject, then: tuple[str, ...]) -> None:
        counter, ticket = self.whom_where(data)
        self.press("plan", counter, Plan(ticket=ticket, then=then))

    @rule(counter=counters, service=services, then=further, minutes=appointments)
    @asks("/api/counters/{counter}/issue")
    def issue(self, counter: str, service: str, then: tuple[str, ...], minutes: int | None) -> None:
        said = self.press("issue", counter, Issue(service=service, then=then, appointment=self.in_minutes(minutes)))
        if not isinstance(said, Trouble):
            self.gave(said)

    @rule(counter=counters, service=services, priority=st.booleans())
    @asks("/api/counters/{counter}/walk-in")
    def walk_in(self, counter: str, service: str, priority: bool) -> None:
        was_busy = bool(self.at(counter))
        said = self.press("walk-in", counter, WalkIn(service=service, priority=priority))
        if not isinstance(said, Trouble):
            assert not was_busy
            self.gave(said)

    @rule(counter=counters, is_over=st.booleans())
    @asks("/api/counters/{counter}/pause", "/api/counters/{counter}/resume")
    def pause(self, counter: str, is_over: bool) -> None:
        self.press("resume" if is_over else "pause", counter, Nothing() if is_over else Pause(why="Salat"))

    @rule(counter=counters, app=apps, take_over=st.booleans(), is_over=st.booleans())
    @asks("/api/counters/{counter}/sign-in", "/api/counters/{counter}/sign-out")
    def sign(self, counter: str, app: str, take_over: bool, is_over: bool) -> None:
        coming = SignIn(app=app, host="PC", take_over=take_over)
        self.press("sign-out" if is_over else "sign-in", counter, SignOut(app=app) if is_over else coming)

    @rule(counter=counters)
    @asks("/api/counters/{counter}/alarm")
    def alarm(self, counter: str) -> None:
        said = self.press("alarm", counter, RaiseAlarm())
        assert isinstance(said, EventRow)
        self.alarms.append(said.id)

    @rule(data=st.data(), by=st.one_of(st.none(), counters))
    @precondition(lambda self: self.alarms)
    @asks("/api/alarms/{alarm}/answer")
    def answer(self, data: st.DataObject, by: str | None) -> None:
        whose = data.draw(st.sampled_from([*self.alarms, 4711]))
        self.ask("/api/alarms/{alarm}/answer", AnswerAlarm(counter=by), whose=str(whose))

    @rule(data=st.data(), outcome=st.sampled_from(Voiced))
    @precondition(lambda self: self.heard)
    @asks("/api/calls/{call}/voiced")
    def voiced(self, data: st.DataObject, outcome: Voiced) -> None:
        calls = [row.last_call for row in self.rows() if row.last_call]
        whose = data.draw(st.sampled_from([4711, 1, *calls[-3:]]))
        before = self.store.read.voiced([whose]).get(whose)
        said = self.ask("/api/calls/{call}/voiced", TellVoiced(outcome=outcome, display="tv-1"), whose=str(whose))
        after = self.store.read.voiced([whose]).get(whose)
        if isinstance(said, Trouble):
            assert said.code in ("unknown_call", "clock_behind")
            assert after == before
        else:
            assert after == (outcome if said else before)
            assert said is None or before != Voiced.SPOKEN, "what was said was said"

    # ------------------------------------------------------------ the supervisor

    @rule(place=st.sampled_from(["agencies", "counters"]), data=st.data(), is_over=st.booleans())
    @asks("/api/counters/{counter}/close", "/api/counters/{counter}/reopen")
    @asks("/api/agencies/{agency}/close", "/api/agencies/{agency}/reopen")
    def close(self, place: str, data: st.DataObject, is_over: bool) -> None:
        whose = data.draw(agencies if place == "agencies" else counters)
        path = f"/api/{place}/{{{'agency' if place == 'agencies' else 'counter'}}}/{'reopen' if is_over else 'close'}"
        self.ask(path, Nothing() if is_over else Close(why="Rapat"), whose=whose)

    @rule(agency=agencies, first=st.integers(1, 12), count_=st.integers(1, 5))
    @asks("/api/agencies/{agency}/paper-roll")
    def roll(self, agency: str, first: int, count_: int) -> None:
        body = BeginRoll(first=first, last=first + count_ - 1)
        self.ask("/api/agencies/{agency}/paper-roll", body, whose=agency)

    @rule(agency=agencies, handed_out=st.one_of(st.none(), st.integers(0, 18)))
    @asks("/api/agencies/{agency}/end-paper-roll")
    def end_roll(self, agency: str, handed_out: int | None) -> None:
        self.ask("/api/agencies/{agency}/end-paper-roll", EndRoll(handed_out=handed_out), whose=agency)

    @rule(zone=st.sampled_from(["", "l1", "nowhere"]), minutes=st.integers(1, 180), is_over=rarely)
    @asks("/api/quiet", "/api/quiet/end")
    def quiet(self, zone: str, minutes: int, is_over: bool) -> None:
        if is_over:
            self.ask("/api/quiet/end", EndQuiet(zone=zone))
        else:
            self.ask("/api/quiet", Quiet(zone=zone, minutes=minutes, why="Salat"))

    # ------------------------------------------------------------ time, and the hub itself

    @rule(seconds=st.one_of(st.integers(1, 90), st.integers(90, 3600), st.just(43_200), st.just(86_400)))
    def time_passes(self, seconds: int) -> None:
        self.clock.now += timedelta(seconds=seconds)
        self.keep_house()

    @rule(seconds=st.integers(1, 2))
    def clock_is_set_a_little_back(self, seconds: int) -> None:
        if to_ms(self.clock()) >= self.now:
            self.clock.now -= timedelta(seconds=seconds)

    @rule(seconds=st.integers(3, 7200), counter=counters, is_believed=st.booleans())
    def clock_is_set_far_back(self, seconds: int, counter: str, is_believed: bool) -> None:
        """Nothing is done until somebody puts it right, or says that now it is."""
        last = self.store.read.last_event()[1]
        self.clock.now += timedelta(milliseconds=last - to_ms(self.clock()), seconds=-seconds)
        if last:
            self.refused_for_the_clock(counter)
            if is_believed:
                self.clock_is_believed()
        self.clock.now += timedelta(milliseconds=self.now - to_ms(self.clock()))

    def refused_for_the_clock(self, counter: str) -> None:
        self.alarm(counter)  # help is never refused
        for said in (self.ask("/api/tickets", TakeTicket(service="ktp")), self.press("next", counter)):
            assert isinstance(said, Trouble)
            assert said.code == "clock_behind"

    def clock_is_believed(self) -> None:
        accept(self.store, self.hall, self.clock(), self.clock().date())
        for row in self.store.read.events_after(self.replay.last, 10_000):
            self.hear(row)
        self.stints.clear()

    @rule()
    def hub_starts_again(self) -> None:
        self.store.close()
        self.store = Store(Path(self.folder.name) / "antre.db")
        self.open(self.hall)

    @rule(data=st.data())
    @precondition(lambda self: self.answers)
    def somebody_asks_once_more(self, data: st.DataObject) -> None:
        """A repeated request gets the same bytes, and nothing happens."""
        order, reply = data.draw(st.sampled_from(self.answers))

        def never(_: Book) -> Reply:
            raise AssertionError("done twice")

        assert self.write(lambda book: answer_once(book, order, to_ms(self.clock()), never)) == reply

    def keep_house(self) -> None:
        """What the hub does by itself."""
        self.bring_back()
        self.write(lambda book: settle(self.floor, book, self.clock()))
        self.write(lambda book: end_rolls_of_yesterday(self.floor, book, self.clock()))

    def bring_back(self) -> None:
        self.write(lambda book: self.floor.bring_back(book, self.floor.moment(book, self.clock())))

    # ------------------------------------------------------------ who looks

    @rule(counter=counters)
    def officer_looks(self, counter: str) -> None:
        view = CounterView.model_validate_json(self.views.counter(self.clock(), counter, []))
        ids = [ticket.id for ticket in view.waiting]
        assert len(ids) == len(set(ids)) == min(view.waiting_count, OFFICER_WAITING)
        assert (view.current and view.current.id) == self.replay.there.get(counter)
        if ids:
            assert ids[0] == self.next_by_a_fresh_hub(counter)

    @rule()
    def visitors_look(self) -> None:
        board = Board.model_validate_json(self.views.board(self.clock(), None))
        waiting = Counter(row.agency for row in self.rows("waiting") if row.day == self.today and not row.for_counter)
        assert {one.agency: one.waiting for one in board.waiting if one.waiting} == waiting
        for row in self.rows():
            if row.day == self.today:
                ticket_page(self.views.sight(self.clock(), row.token), self.hall, Words("en"))

    @rule(data=st.data())
    @precondition(lambda self: self.rows("waiting"))
    def the_place_told_is_true(self, data: st.DataObject) -> None:
        """So many are called before this one if nobody else comes, where one line calls it and nobody is sent."""
        row = data.draw(st.sampled_from(self.rows("waiting")))
        callers = self.floor.callers.of(row.agency, row.service)
        lines = {self.floor.turns.line_of[counter] for counter in callers}
        here = [other for counter in callers for other in self.at(counter)]
        goes_on = any(other.return_to or other.journey for other in (*here, *self.rows("waiting")))
        is_sent = any(other.for_counter for other in self.rows("waiting"))
        if len(lines) == 1 and row.day == self.today and not goes_on and not is_sent:
            assert self.floor.ticket(self.store.read, row, self.now).ahead == self.called_before(row, callers[0])

    def called_before(self, row: TicketRow, counter: str) -> int:
        """Press 'next' at `counter` until it is called; nothing of it is kept."""
        floor, book = crew_of(self.hall).floor, self.store.begin()
        book.reopen(self.today, "counter", counter)
        book.reopen(self.today, "pause", counter)
        before = 0
        while (event := floor.next(book, self.clock(), counter)) and event.ticket and event.ticket.id != row.id:
            before += 1
        self.store.roll_back()
        assert event, "it is never called"
        return before

    # ------------------------------------------------------------ how far one may be passed

    def overtaken(self, counter: str, called: TicketRow, before: list[TicketRow]) -> None:
        """Whom the call of `called` passed, and whether that was within what the rules promise."""
        line = self.floor.turns.line_of[counter]
        reason = Reason(called.reason or "")
        for other in before:
            mine = other.agency in line.agencies and other.for_counter in (None, counter)
            if other.id == called.id or other.day != self.today or not mine:
                continue
            is_later = arrival(called) > arrival(other)
            assert not (is_later and is_overdue(line.rules, line.head(other), self.now)), (
                "passed after the longest wait"
            )
            assert not (is_later and called.priority == other.priority), "passed by one of its own class"
            assert not (is_later and line.rules.order == "first_come"), "first come is not called first"
            self.count_turn(str(line), other, called, is_later=is_later and reason in BY_RULE)
            self.hold_bound(str(line), line.rules, other)

    def count_turn(self, line: str, other: TicketRow, called: TicketRow, *, is_later: bool) -> None:
        stint = self.stints[other.id]
        stint.overtakers[line] += is_later
        stint.own[line] += called.priority == other.priority

    def hold_bound(self, line: str, rules: Rules, other: TicketRow) -> None:
        """As `shared.bounds` derives it: between P overtakers of a line it makes at least R calls of one's own."""
        if rules.order == "ratio":
            own, others = (rules.priority, rules.regular) if other.priority else (rules.regular, rules.priority)
            stint = self.stints[other.id]
            assert stint.overtakers[line] <= others * (stint.own[line] // own + 1), "passed more often than promised"

    # ------------------------------------------------------------ what always holds

    @invariant()
    def the_events_tell_what_the_tables_say(self) -> None:
        assert set(self.replay.tickets) == self.given
        for row in self.rows():
            assert as_told(self.replay.tickets[row.id]) == as_told(self.as_wire(row))

    def as_wire(self, row: TicketRow) -> Ticket:
        return Ticket.model_validate(ticket_facts(Standing(row), self.floor.zone))

    @invariant()
    def nobody_is_in_two_places_and_no_counter_has_two(self) -> None:
        seats = {row.counter: row.id for row in self.rows("called", "serving")}
        assert len(seats) == len(self.rows("called", "serving"))
        assert seats == self.replay.there
        for row in self.rows():
            assert (row.held_until is not None) == (row.state == "held")
            assert (row.ended_at is not None) == (State(row.state) in GONE)

    @invariant()
    def the_count_of_who_waits_is_true(self) -> None:
        counts = {agency: n for agency, n in self.store.read.waiting_counts(self.today).items() if n}
        waiting = [row for row in self.rows("waiting") if row.day == self.today and row.for_counter is None]
        assert counts == Counter(row.agency for row in waiting)

    @invariant()
    def what_is_closed_is_what_was_told(self) -> None:
        shut = self.store.read.closed(self.today)
        told = {"closed": shut["agency"] | shut["counter"], "paused": shut["pause"]}
        heard = {what: self.shut_today(what) for what in told}
        assert heard == told

    @invariant()
    def where_it_is_quiet_is_where_that_was_told(self) -> None:
        told = {zone: to_ms(until) for zone, until in self.replay.quiet.items()}
        longest = self.now + 60_000 * LONGEST_QUIET
        assert self.store.read.quiet(self.now) == {zone: end for zone, end in told.items() if self.now < end <= longest}

    def shut_today(self, what: str) -> dict[str, str]:
        return {
            whose: why for (kind, whose), (day, why) in self.replay.shut.items() if kind == what and day == self.today
        }

    @invariant()
    def a_booking_has_the_one_number_that_was_taken_with_it(self) -> None:
        rows = [row for code in ("SATU", "DUA2", "TIGA") if (row := self.store.read.booking(code))]
        taken = [row.ticket for row in rows if row.ticket is not None]
        assert len(set(taken)) == len(taken)
        for row in rows:
            ticket = self.store.read.ticket(row.ticket or 0)
            assert ticket is None or (ticket.state != "cancelled" and ticket.appointment == row.at)

    @invariant()
    def a_counter_has_one_app(self) -> None:
        sessions: list[SessionRow] = self.store.read.sessions()
        assert len({one.counter for one in sessions}) == len(sessions)

    # ------------------------------------------------------------ in the end

    def every_wait_ends(self) -> None:
        """Officers stay until nobody is left: everybody is called, or is settled at midnight."""
        until = max([self.now, *(row.held_until or 0 for row in self.rows("held"))])
        self.clock.now += timedelta(milliseconds=max(0, until - to_ms(self.clock())), minutes=1)
        self.keep_house()
        for counter in COUNTERS:
            self.press("reopen", counter)
            self.press("resume", counter)
        for agency in AGENCIES:
            self.end_roll(agency, None)
        for _ in range(8 * len(self.given)):
            if {State(row.state) for row in self.rows()} <= set(GONE):
                break
            for counter in COUNTERS:
                self.press("next", counter)
            self.keep_house()
        left = [row for row in self.rows() if State(row.state) not in GONE]
        assert not left, f"{left} wait for ever"
        self.the_events_tell_what_the_tables_say()

    def who_listens_later_hears_the_same(self) -> None:
        """History, read from the file, tells what was told live. The day of a number that was carried is today's."""
        carried = {ticket for ticket, row in ((row.id, row) for row in self.rows()) if row.day != self.taken_on(row)}
        for row in self.store.read.events_after(0, 100_000):
            if row.ticket is None or row.ticket.id not in carried:
                assert event_json(row, self.floor.zone) == self.heard[row.id]
            assert to_event(row, self.floor.zone).id == row.id

    def taken_on(self, row: TicketRow) -> str:
        return self.floor.day(row.taken_at)


def refuses_well(verb: Verb, trouble: Trouble, *, wrote: int) -> None:
    """It had written nothing, and OpenAPI tells of that status."""
    assert wrote == 0, f"{verb.path} wrote before it refused: {trouble.code}"
    assert trouble.kind.status in (*EVERY_VERB, *verb.refusals), f"{verb.path}: {trouble.code} is not told"


def as_told(ticket: Ticket) -> Ticket:
    """What events tell of a ticket: no place in the queue, no plan, no secret."""
    unsaid = ("ahead", "estimate_minutes", "token", "url", "return_to")
    return ticket.model_copy(update=dict.fromkeys(unsaid) | {"steps": []})
