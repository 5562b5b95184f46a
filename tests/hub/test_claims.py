"""Who has which counter, as its people see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from hub.claims import Claims
from hub.people import NOBODY, Asker, StaffRow, hashed
from hub.rows import EventRow, event_facts, to_ms
from hub.store import Book
from shared.access_wire import Session, SignIn, SignOut
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import CounterSession
from tests.hub.conftest import Day
from tests.hub.small_hall import MORNING

MORNING_PC, OTHER_PC = (str(UUID(int=number)) for number in (1, 2))
SITI = StaffRow(7, "Siti", "officer", 1, "$argon2id$…", wrong=3)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Trouble]]:
    with pytest.raises(Trouble) as found:
        yield found
    assert found.value.code == code


class Counters:
    """A day with apps at its counters."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.claims = Claims(day.floor, to_ms(MORNING))

    def enter(
        self, app: str = MORNING_PC, counter: str = "1", *, asker: Asker = NOBODY, take_over: bool = False
    ) -> Session:
        self.day.book.asker = asker._replace(minted=f"token of {app} {self.day.clock()}")
        asked = SignIn(app=app, host=f"PC {app[-1]}", take_over=take_over)
        return self.claims.sign_in(self.day.book, self.day.clock(), counter, asked)

    def leave(self, app: str = MORNING_PC, counter: str = "1") -> EventRow | None:
        return self.claims.sign_out(self.day.book, self.day.clock(), counter, SignOut(app=app))

    def report(self, counter: str = "1") -> None:
        """The app that has this counter reports."""
        row = self.day.book.session(counter)
        assert row is not None
        self.claims.heard(row, to_ms(self.day.clock()))

    def who(self, counter: str = "1") -> str | None:
        row = self.day.book.session(counter)
        return row and row.app


@pytest.fixture
def counters(day: Day) -> Counters:
    return Counters(day)


def test_who_signs_in_has_the_counter_and_an_event_says_so(counters: Counters) -> None:
    session = counters.enter()
    assert (session.counter, session.app, session.host, session.staff) == ("1", MORNING_PC, "PC 1", None)
    assert session.token == ""  # it is told, and kept nowhere
    told = event_facts(counters.day.book.told[-1], counters.day.floor.zone)
    assert (told["kind"], told["counter"], told["app"], told["words"]) == ("signed_in", "1", MORNING_PC, "PC 1")


def test_only_the_hash_of_the_token_is_kept(counters: Counters) -> None:
    counters.enter()
    row = counters.day.book.session("1")
    assert row is not None
    assert row.token == hashed(f"token of {MORNING_PC} {MORNING}")


def test_a_counter_in_use_is_refused_with_who_has_it_and_since_when(counters: Counters) -> None:
    counters.enter()
    counters.day.clock.pass_(seconds=20)
    with refused("counter_taken") as told:
        counters.enter(OTHER_PC)
    had = CounterSession.model_validate(told.value.now)
    assert (had.app, had.host, had.since) == (MORNING_PC, "PC 1", MORNING)
    assert "PC 1 sejak pukul 08.00" in str(told.value)
    assert counters.who() == MORNING_PC


def test_an_app_that_fell_silent_has_its_counter_no_more(counters: Counters) -> None:
    counters.enter()
    counters.day.clock.pass_(seconds=31)
    counters.enter(OTHER_PC)
    assert counters.who() == OTHER_PC


def test_an_app_that_reports_keeps_its_counter(counters: Counters) -> None:
    counters.enter()
    for _ in range(5):
        counters.day.clock.pass_(seconds=20)
        counters.report()
    with refused("counter_taken"):
        counters.enter(OTHER_PC)


def test_after_a_start_of_the_hub_who_had_a_counter_has_time_to_report(counters: Counters) -> None:
    counters.enter()
    counters.day.clock.pass_(minutes=10)
    counters.claims = Claims(counters.day.floor, to_ms(counters.day.clock()))
    with refused("counter_taken"):
        counters.enter(OTHER_PC)
    counters.day.clock.pass_(seconds=31)
    counters.enter(OTHER_PC)
    assert counters.who() == OTHER_PC


def test_a_counter_in_use_is_taken_over_where_that_is_asked(counters: Counters) -> None:
    counters.enter()
    counters.enter(OTHER_PC, take_over=True)
    assert counters.who() == OTHER_PC
    assert counters.day.book.told[-1].app == OTHER_PC


def test_the_same_app_signs_in_again_freely_which_is_no_news(counters: Counters) -> None:
    counters.enter()
    told = len(counters.day.book.told)
    counters.day.clock.pass_(seconds=1)
    assert counters.enter().since == MORNING
    assert len(counters.day.book.told) == told
    row = counters.day.book.session("1")
    assert row is not None
    assert row.token == hashed(f"token of {MORNING_PC} {counters.day.clock()}")


def test_an_app_that_signed_in_again_keeps_its_counter(counters: Counters) -> None:
    counters.enter()
    counters.day.clock.pass_(minutes=5)
    counters.enter()
    counters.day.clock.pass_(seconds=20)
    with refused("counter_taken"):
        counters.enter(OTHER_PC)


def test_who_leaves_leaves_what_is_at_the_counter(counters: Counters) -> None:
    counters.enter()
    ticket = counters.day.take().row.id
    counters.day.next("1")
    left = counters.leave()
    assert left is not None
    assert (left.kind, left.app, counters.who()) == ("signed_out", MORNING_PC, None)
    assert counters.day.state(ticket) == "called"
    counters.enter(OTHER_PC)
    counters.day.on("finish", "1", ticket)
    assert counters.day.state(ticket) == "finished"


def test_nobody_signs_another_app_out(counters: Counters) -> None:
    counters.enter()
    assert counters.leave(OTHER_PC) is None
    assert counters.leave(counter="2") is None
    assert counters.who() == MORNING_PC


@pytest.mark.parametrize("verb", ["enter", "leave"])
def test_there_is_no_such_counter(counters: Counters, verb: str) -> None:
    with refused("unknown_counter"):
        getattr(counters, verb)(counter="99")


class TestAtAHubThatAsksWho:
    def test_without_a_proved_pin_nobody_signs_in(self, counters: Counters) -> None:
        with refused("not_allowed"):
            counters.enter(asker=Asker(is_guarded=True))

    def test_the_session_says_who_and_forgets_wrong_pins(self, counters: Counters) -> None:
        book = counters.day.book
        siti = book.keep_staff(SITI._replace(id=0))
        session = counters.enter(asker=Asker(is_guarded=True, staff=siti))
        assert session.staff is not None
        assert (session.staff.name, session.idle_minutes) == ("Siti", 30)
        kept = book.staff(siti.id)
        assert kept is not None
        assert kept.wrong == 0
        told = event_facts(book.told[-1], counters.day.floor.zone)
        assert told["by"] == {"id": siti.id, "name": "Siti"}

    @pytest.mark.parametrize(("minutes", "is_idle"), [(29, False), (30, True)])
    def test_an_officer_is_idle_after_half_an_hour_without_a_verb(
        self, counters: Counters, minutes: int, is_idle: bool
    ) -> None:
        claims, clock = counters.claims, counters.day.clock
        counters.enter()
        row = counters.day.book.session("1")
        assert row is not None
        clock.pass_(minutes=20)
        counters.report()  # no verb
        claims.used(row, to_ms(clock()))
        clock.pass_(minutes=minutes)
        assert claims.is_idle(row, to_ms(clock())) is is_idle
        assert claims.idle(counters.day.book, clock()) == ([row] if is_idle else [])


def test_a_hall_may_never_call_an_officer_idle(hall: Hall, book: Book, day: Day) -> None:
    day.floor.hall = hall.model_copy(update={"idle_minutes": 0})
    counters = Counters(day)
    counters.enter()
    day.clock.pass_(days=1)
    assert counters.claims.idle(book, day.clock()) == []
