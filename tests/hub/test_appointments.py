"""Appointments among who comes without one, as tables that a hall's manager could read. It is 08.00 at first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from hub.appointments import arrival
from hub.floor import Floor
from hub.rows import Standing, call_facts, ticket_facts, to_ms
from hub.store import Book
from hub.views import Sight
from hub.visitor import ticket_page
from shared.hall import Appointments, Hall, Rules
from shared.reasons import rule, sentence
from shared.trouble import Trouble
from shared.wire import Call, Issue, Ticket, Why
from shared.words import Words
from tests.hub.conftest import Day
from tests.hub.small_hall import MORNING, Clock, small_hall

USUAL = Appointments(per_hour=2)
RATIO = Rules(order="ratio", priority=2, regular=1, longest_minutes=60)


def at(clock: str) -> datetime:
    hour, minute = clock.split(".")
    return MORNING.replace(hour=int(hour), minute=int(minute))


@pytest.mark.parametrize(
    ("came", "counts_as_come", "waits_from", "missed"),
    [
        # For 09.30: from 09.15 to 09.45 as if come at 08.30
        ("09.15", "08.30", None, False),
        ("09.30", "08.30", None, False),
        ("09.45", "08.30", None, False),
        # Too late: as without an appointment
        ("09.46", "09.46", None, True),
        # Too early: waits from 09.15
        ("09.14", "08.30", "09.15", False),
        # Longer there than the head start: nobody loses by having an appointment
        ("08.10", "08.10", "09.15", False),
    ],
)
def test_who_comes_for_half_past_nine(came: str, counts_as_come: str, waits_from: str | None, missed: bool) -> None:
    told = arrival(USUAL, to_ms(at("09.30")), to_ms(at(came)))
    assert told == (to_ms(at(counts_as_come)), waits_from and to_ms(at(waits_from)), missed)


@pytest.fixture
def hall() -> Hall:
    hall = small_hall()
    agencies = [*hall.agencies[:2], hall.agencies[2].model_copy(update={"appointments": Appointments(per_hour=0)})]
    return hall.model_copy(update={"appointments": USUAL, "agencies": agencies})


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Trouble) as trouble:
        yield
    assert trouble.value.code == code


def turn(day: Day, clock: str) -> None:
    day.clock.now = at(clock)


def come(day: Day, clock: str, appointment: str | None = None, *, then: tuple[str, ...] = ()) -> Standing:
    turn(day, clock)
    return day.take("ktp", appointment=appointment and at(appointment), then=then)


def wire(day: Day, said: Standing) -> Ticket:
    return Ticket.model_validate(ticket_facts(said, day.floor.zone))


class TestAppointment:
    def test_goes_before_who_came_later_than_its_head_start(self, day: Day) -> None:
        come(day, "08.20")
        come(day, "08.40")
        come(day, "09.20", "09.30")
        assert [day.called(), day.called(), day.called()] == ["A-001", "A-003", "A-002"]

    def test_is_told_its_place_before_others(self, day: Day) -> None:
        come(day, "08.20")
        come(day, "08.40")
        assert come(day, "09.20", "09.30").ahead == 1
        assert come(day, "09.21").ahead == 3

    def test_that_was_missed_waits_like_anybody_and_says_so(self, day: Day) -> None:
        come(day, "09.40")
        told = wire(day, come(day, "09.46", "09.30"))
        assert (told.ahead, told.appointment, told.appointment_missed) == (1, at("09.30"), True)

    def test_of_who_is_too_early_is_held_until_its_time(self, day: Day) -> None:
        told = wire(day, come(day, "09.00", "09.30"))
        assert (told.state, told.held_until, told.ahead) == ("held", at("09.15"), None)
        turn(day, "09.14")
        assert day.next() is None
        come(day, "09.14")
        turn(day, "09.15")
        assert [day.called(), day.called()] == ["A-001", "A-002"]

    def test_too_early_is_given_back_at_the_kiosk(self, day: Day) -> None:
        early = come(day, "09.00", "09.30").row.id
        day.floor.cancel(day.book, day.clock(), early)
        assert day.kinds() == ["taken", "unheld", "cancelled"]

    def test_whom_an_officer_holds_is_not_too_early(self, day: Day) -> None:
        ticket = come(day, "09.00", "09.30").row.id
        day.on("unhold", "1", ticket)
        day.next()
        held = day.on("hold", "1", ticket, minutes=5)
        assert isinstance(held, Standing)
        told = wire(day, held)
        page = ticket_page(Sight(told, is_today=True), day.floor.hall, Words("id"))
        assert "ditahan sampai pukul 09.05" in page.said
        assert "mulai menunggu" not in page.html
        with refused("not_waiting"):
            day.floor.cancel(day.book, day.clock(), ticket)

    def test_too_early_is_brought_in_by_an_officer(self, day: Day) -> None:
        early = come(day, "09.00", "09.30").row.id
        day.on("unhold", "1", early)
        assert day.called() == "A-001"

    def test_is_the_reason_of_the_call(self, day: Day) -> None:
        come(day, "08.40")
        come(day, "09.20", "09.30")
        turn(day, "09.25")
        event = day.next()
        assert event
        why = Call.model_validate(call_facts(event, day.floor.zone)).why
        assert why
        assert (why.appointment, why.waited_minutes) == (at("09.30"), 5)
        assert sentence(Words("id"), why, is_priority=False) == "janji temu 09.30; menunggu 5 menit"

    def test_is_why_the_officers_list_begins_with_it(self, day: Day) -> None:
        come(day, "09.20", "09.30")
        _, why = day.floor.queue(day.book, "1", to_ms(at("09.20")), most=1)
        assert why
        assert why.facts["appointment"] == "2026-02-12T09:30:00+08:00"

    def test_is_no_reason_for_who_was_there_before_its_head_start(self, day: Day) -> None:
        come(day, "08.10", "09.30")
        turn(day, "09.15")
        event = day.next()
        assert event
        assert "appointment" not in event.why

    def test_counts_for_its_own_service_and_not_for_the_next(self, day: Day) -> None:
        came = come(day, "09.20", "09.30", then=("stnk",)).row
        day.next()
        said = day.on("finish", "1", came.id)
        assert isinstance(said, Standing)
        assert (came.line_at, said.row.line_at) == (to_ms(at("08.30")), to_ms(at("09.20")))
        assert not wire(day, said).appointment_missed

    def test_is_given_at_a_counter_too(self, day: Day) -> None:
        turn(day, "09.20")
        asked = Issue(service="ktp", appointment=at("09.30"))
        assert day.desk.issue(day.book, day.clock(), "1", asked).row.line_at == to_ms(at("08.30"))

    def test_is_counted_apart(self, day: Day) -> None:
        come(day, "09.20")
        come(day, "09.20", "09.30")
        come(day, "09.50", "09.30")
        counted = day.book.appointments("2026-02-12", "A", to_ms(at("09.00")), to_ms(at("10.00")))
        assert counted == 1


class TestCap:
    def test_so_many_may_come_for_an_hour_of_an_agency(self, day: Day) -> None:
        come(day, "08.50", "09.00")
        come(day, "08.51", "09.55")
        with refused("appointments_full"):
            come(day, "08.52", "09.30")
        come(day, "08.53", "10.00")
        day.take("stnk", appointment=at("09.30"))

    def test_who_came_too_late_or_gave_the_number_back_takes_no_place(self, day: Day) -> None:
        gone = come(day, "08.50", "09.00").row.id
        day.floor.cancel(day.book, day.clock(), gone)
        come(day, "09.16", "09.00")
        come(day, "09.17", "09.10")
        come(day, "09.18", "09.15")
        with refused("appointments_full"):
            come(day, "09.19", "09.30")

    def test_too_late_is_no_reason_to_be_refused(self, day: Day) -> None:
        come(day, "08.50", "09.00")
        come(day, "08.50", "09.00")
        assert wire(day, come(day, "09.16", "09.00")).appointment_missed

    def test_of_none_takes_none(self, day: Day) -> None:
        with refused("appointments_full"):
            day.take("npwp", appointment=at("08.10"))
        assert day.kinds() == []


def test_an_appointment_of_another_day_is_refused(day: Day) -> None:
    with refused("appointment_other_day"):
        day.take("ktp", appointment=at("09.30") + timedelta(days=1))
    assert day.kinds() == []


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_an_appointment_beyond_the_calendar_is_refused(day: Day, moment: str) -> None:
    with refused("bad_request"):
        day.take("ktp", appointment=moment)
    assert day.kinds() == []


def test_where_no_appointments_are_taken_they_are_refused(book: Book, clock: Clock) -> None:
    with refused("no_appointments"):
        Day(Floor(small_hall()), book, clock).take("ktp", appointment=at("08.10"))


def test_an_appointment_has_a_time_zone() -> None:
    with pytest.raises(ValueError, match="timezone"):
        Issue.model_validate({"service": "ktp", "appointment": "2026-02-12T09:30:00"})


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ({"kind": "first_come"}, "janji temu 09.30"),
        ({"kind": "longest", "longest_minutes": 60}, "janji temu 09.30"),
        ({"kind": "ratio", "priority": 2, "regular": 1}, "janji temu 09.30; giliran umum di antara prioritas 2:1"),
    ],
)
def test_the_sentence_names_the_appointment_and_a_rule_that_is_not_of_waiting(
    why: dict[str, object], said: str
) -> None:
    told = Why.model_validate(why | {"waited_minutes": 5, "appointment": at("09.30")})
    assert rule(Words("id"), told.kind, told, is_priority=False) == said


def test_a_ratio_counts_the_calls_of_appointments(book: Book, clock: Clock, hall: Hall) -> None:
    day = Day(Floor(hall.model_copy(update={"rules": RATIO})), book, clock)
    for _ in range(3):
        day.take("ktp", priority=True)
    come(day, "08.20", "08.30")
    assert [day.called() for _ in range(4)] == ["A-001", "A-002", "A-004", "A-003"]
