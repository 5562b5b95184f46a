"""Bookings, as tables that a hall's manager could read. It is Thursday, 12 February 2026, 08.00 at first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.bookings import cancel_booking, check_in, forget_old, make_booking
from hub.rows import Standing, to_ms
from shared.booking_wire import Booking, CheckIn, MakeBooking, normal_code
from shared.hall import Appointments, Hall, Hours
from shared.model import Origin
from shared.trouble import Trouble
from tests.hub.conftest import Day
from tests.hub.small_hall import MORNING, small_hall

WEEK = Hours(weekdays="08.00-12.00, 13.00-15.00", friday="08.00-11.30", cutoff_minutes=15)


@pytest.fixture
def hall() -> Hall:
    """Two appointments an hour at Dukcapil and Samsat, none at Pajak."""
    hall = small_hall()
    first, second, third = hall.agencies
    takes = {"appointments": Appointments(per_hour=2)}
    agencies = [first.model_copy(update=takes), second.model_copy(update=takes), third]
    return hall.model_copy(update={"agencies": agencies, "hours": WEEK})


def at(clock: str, days: int = 0) -> datetime:
    hour, minute = clock.split(".")
    return MORNING.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Trouble) as trouble:
        yield
    assert trouble.value.code == code


def book(day: Day, clock: str = "09.30", code: str | None = "ABCD1234", days: int = 0, **more: object) -> Booking:
    body = {"code": code, "service": "ktp", "at": at(clock, days)} | more
    return make_booking(day.floor, day.book, day.clock(), MakeBooking.model_validate(body))


def come(day: Day, code: str = "ABCD1234", kiosk: str = "kios-1", *, priority: bool = False) -> Standing:
    asked = CheckIn(code=code, priority=priority, kiosk=kiosk, language="en")
    return check_in(day.floor, day.book, day.clock(), asked)


def kept(day: Day, code: str = "ABCD1234") -> tuple[str, str | None]:
    row = day.book.booking(code)
    assert row
    return row.state.value, row.prefix


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("K7QF-93MD", "K7QF93MD"),
        (" k7qf 93md\t", "K7QF93MD"),
        ("2026—11—23", "20261123"),
        ("abc", None),
        ("X" * 21, None),
        ("KTP/2026", None),
        ("KÖLN1", None),
        ("", None),
    ],
)
def test_a_code_is_letters_and_digits_however_they_are_typed(typed: str, kept: str | None) -> None:
    assert normal_code(typed) == kept


class TestMaking:
    @pytest.mark.parametrize(
        ("time", "days", "more", "code"),
        [
            ("09.30", 0, {}, ""),
            ("09.30", 365, {}, ""),
            ("07.59", 0, {}, "booking_beyond"),  # a minute ago
            ("09.30", -1, {}, "booking_beyond"),
            ("09.30", 367, {}, "booking_beyond"),
            ("12.30", 0, {}, "booking_closed"),  # the break
            ("14.50", 0, {}, "booking_closed"),  # numbers are given until 14.45
            ("14.00", 1, {}, "booking_closed"),  # Friday afternoon
            ("09.30", 2, {}, "booking_closed"),  # Saturday
            ("09.30", 5, {}, "booking_closed"),  # the Lunar New Year
            ("09.30", 0, {"service": "npwp"}, "no_appointments"),
            ("09.30", 0, {"service": "paspor"}, "unknown_service"),
            ("09.30", 0, {"then": ["paspor"]}, "unknown_service"),
            ("09.30", 0, {"then": ["ktp"]}, "bad_request"),
            ("09.30", 0, {"then": ["npwp"]}, ""),  # only the first is for its time
        ],
    )
    def test_is_for_a_time_at_which_numbers_are_given(
        self, day: Day, time: str, days: int, more: dict[str, Any], code: str
    ) -> None:
        if code:
            with refused(code):
                book(day, time, days=days, **more)
        else:
            assert book(day, time, days=days, **more).state == "booked"
        assert bool(day.book.booking("ABCD1234")) == (not code)

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1900-01-01T00:00Z"])
    def test_is_for_no_time_beyond_the_calendar(self, day: Day, moment: str) -> None:
        with refused("bad_request"):
            book(day, at=moment)

    def test_is_for_so_many_an_hour_of_an_agency(self, day: Day) -> None:
        book(day, "09.00", "FIRST")
        book(day, "09.59", "SECOND", service="kk")
        with refused("bookings_full"):
            book(day, "09.30", "THIRD")
        book(day, "10.00", "THIRD")
        book(day, "09.30", "FOURTH", service="stnk")
        cancel_booking(day.floor, day.book, day.clock(), "FIRST")
        book(day, "09.30", "FIFTH")

    def test_twice_is_once_whatever_came_of_it(self, day: Day) -> None:
        first = book(day, then=["stnk"], priority=True)
        assert book(day, then=["stnk"], priority=True) == first
        come(day)
        day.clock.now = at("11.00")  # and whatever time it is
        assert book(day, then=["stnk"], priority=True).state == "checked_in"

    @pytest.mark.parametrize("other", [{"clock": "09.31"}, {"service": "kk"}, {"then": ["stnk"]}, {"priority": True}])
    def test_of_another_under_the_same_code_is_refused(self, day: Day, other: dict[str, Any]) -> None:
        book(day)
        with refused("booking_differs"):
            book(day, **other)

    def test_of_another_time_follows_a_cancelling(self, day: Day) -> None:
        book(day)
        cancel_booking(day.floor, day.book, day.clock(), "abcd-1234")
        assert book(day).state == "cancelled"
        assert book(day, "10.30").state == "booked"

    def test_without_a_code_gets_one_that_is_read_with_o_for_zero(self, day: Day) -> None:
        code = book(day, code=None).code
        assert len(code) == 8
        assert book(day, "10.00", code=None).code != code
        come(day, code.replace("0", "O").replace("1", "l").lower())


class TestCheckIn:
    def test_is_a_ticket_with_the_appointment(self, day: Day) -> None:
        book(day, then=["stnk"], priority=True)
        day.clock.now = at("09.20")
        row = come(day, "abcd 1234").row
        assert (row.service, row.priority, row.language, row.kiosk) == ("ktp", 1, "en", "kios-1")
        assert (row.appointment, row.line_at) == (to_ms(at("09.30")), to_ms(at("08.30")))
        assert (row.journey, row.state) == ("dukcapil/ktp=now samsat/stnk=next", "waiting")
        assert kept(day) == ("checked_in", "A")

    def test_who_asks_for_priority_now_has_it(self, day: Day) -> None:
        book(day)
        assert come(day, priority=True).row.priority == 1

    def test_too_early_waits_from_its_time_and_too_late_as_without(self, day: Day) -> None:
        book(day, "09.30", "EARLY")
        book(day, "08.30", "LATE")
        assert come(day, "EARLY").row.state == "held"
        day.clock.now = at("08.46")
        late = come(day, "LATE").row
        assert (late.missed, late.line_at) == (1, late.taken_at)

    def test_a_second_time_says_the_number(self, day: Day) -> None:
        book(day)
        number = come(day).row.number
        with pytest.raises(Trouble) as used:
            come(day)
        assert (used.value.code, used.value.values) == ("booking_used", {"number": number})
        assert isinstance(used.value.now, dict)
        assert (used.value.now["number"], used.value.now["token"]) == (number, None)
        with refused("booking_used"):
            cancel_booking(day.floor, day.book, day.clock(), "ABCD1234")

    def test_again_once_the_number_was_given_back(self, day: Day) -> None:
        book(day)
        first = come(day).row
        day.floor.cancel(day.book, day.clock(), first.id)
        assert kept(day) == ("booked", None)
        second = come(day).row
        assert (second.number, kept(day)) == ("A-002", ("checked_in", "A"))

    def test_not_again_once_the_visit_is_over(self, day: Day) -> None:
        book(day, "08.10")
        ticket = come(day).row.id
        day.next()
        day.on("finish", "1", ticket)
        with refused("booking_used"):
            come(day)

    def test_on_another_day_says_when_it_is(self, day: Day) -> None:
        book(day, "09.30", "TODAY")
        book(day, "09.30", "TOMORROW", days=1)
        with pytest.raises(Trouble) as trouble:
            come(day, "TOMORROW")
        assert trouble.value.values["opens"] == at("09.30", 1).isoformat()
        day.clock.now += timedelta(days=1)
        with refused("booking_other_day"):
            come(day, "TODAY")
        assert day.kinds() == []

    def test_of_nobody_or_a_cancelled_one_is_refused(self, day: Day) -> None:
        for code in ("WXYZ9876", "?", ""):
            with refused("unknown_booking"):
                come(day, code)
        book(day)
        cancel_booking(day.floor, day.book, day.clock(), "ABCD1234")
        cancel_booking(day.floor, day.book, day.clock(), "ABCD1234")
        with refused("booking_cancelled"):
            come(day)

    def test_is_told_what_taking_would_be_told_and_stays_booked(self, day: Day) -> None:
        book(day, "11.50")
        day.clock.now = at("12.10")
        with refused("on_break_until"):
            come(day)
        assert kept(day) == ("booked", None)

    def test_by_an_officer_is_also_past_closing(self, day: Day) -> None:
        book(day, "11.50")
        day.clock.now = at("12.10")
        assert come(day, kiosk="").row.origin == Origin.COUNTER


def test_a_booking_of_a_service_that_is_gone_says_so_and_holds_up_nobody(day: Day, hall: Hall) -> None:
    book(day, "09.10")
    kk = [service for service in hall.agencies[0].services if service.id == "kk"]
    smaller = hall.agencies[0].model_copy(update={"services": kk})
    changed = Day(
        type(day.floor)(hall.model_copy(update={"agencies": [smaller, *hall.agencies[1:]]})), day.book, day.clock
    )
    with refused("unknown_service"):
        come(changed)
    for code in ("ONE1", "TWO2"):
        book(changed, "09.20", code, service="kk")


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (7, True), (8, False)])
def test_bookings_are_kept_for_a_week(day: Day, days: int, is_kept: bool) -> None:
    book(day)
    day.clock.now = at("00.00", days)
    forget_old(day.floor, day.book, day.clock())
    assert bool(day.book.booking("ABCD1234")) == is_kept


@pytest.mark.parametrize("code", ["6409011212900001", "0812 3456 7890", "62-812-3456-7890"])
def test_a_code_is_nobody_s_card_or_phone(code: str) -> None:
    with pytest.raises(ValueError, match="no number of an identity card or a phone"):
        MakeBooking.model_validate({"code": code, "service": "ktp", "at": MORNING})
