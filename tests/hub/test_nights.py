"""What a night leaves of the day before, in each of Indonesia's zones: tables that a hall's manager can read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hub.alarms import call_for_help
from hub.evening import settle
from hub.floor import Floor
from hub.roll import begin_roll, end_rolls_of_yesterday
from hub.store import Book
from hub.verbs import VERBS, crew_of
from shared.hall import Appointments, Hall, Hours, Quota
from shared.trouble import Trouble
from shared.wire import AnswerAlarm, BeginRoll, Close, Issue, Nothing, OnTicket, Pause, RaiseAlarm, TakeTicket
from tests.hub.conftest import Day
from tests.hub.small_hall import Clock, small_hall

UTC = ZoneInfo("UTC")
ALL_DAY = Hours(weekdays="00.00-24.00", saturday="00.00-24.00", sunday="00.00-24.00", holidays=False)
EVENING = "2026-02-12 23.30"


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=UTC)


def in_zone(zone: str, **more: object) -> Hall:
    return small_hall().model_copy(update={"timezone": zone, **more})


def taken(floor: Floor, book: Book, moment: datetime) -> str:
    """The day of a number taken then, or why there is none."""
    try:
        return floor.take(book, moment, TakeTicket(service="ktp")).row.day
    except Trouble as trouble:
        return trouble.code


# ---------------------------------------------------------------- zones: one moment, three clocks


@pytest.mark.parametrize(
    ("moment", "west", "middle", "east"),
    [
        # WIB is UTC+7, WITA +8, WIT +9: midnight comes to Jayapura first
        ("2026-02-12 14.59", "2026-02-12", "2026-02-12", "2026-02-12"),
        ("2026-02-12 15.00", "2026-02-12", "2026-02-12", "2026-02-13"),
        ("2026-02-12 16.00", "2026-02-12", "2026-02-13", "2026-02-13"),
        ("2026-02-12 17.00", "2026-02-13", "2026-02-13", "2026-02-13"),
        # No summer time: the same in June, and at the year's end
        ("2026-06-30 15.00", "2026-06-30", "2026-06-30", "2026-07-01"),
        ("2026-12-31 16.30", "2026-12-31", "2027-01-01", "2027-01-01"),
    ],
)
def test_numbers_begin_anew_at_the_hall_s_own_midnight(
    book: Book, moment: str, west: str, middle: str, east: str
) -> None:
    for zone, day in (("Asia/Jakarta", west), ("Asia/Makassar", middle), ("Asia/Jayapura", east)):
        assert (zone, taken(Floor(in_zone(zone)), book, utc(moment))) == (zone, day)


@pytest.mark.parametrize(
    ("zone", "opens", "last"),
    [
        ("Asia/Jakarta", "2026-02-12 01.00", "2026-02-12 07.59"),
        ("Asia/Makassar", "2026-02-12 00.00", "2026-02-12 06.59"),
        ("Asia/Jayapura", "2026-02-11 23.00", "2026-02-12 05.59"),
    ],
)
def test_eight_o_clock_is_the_hall_s_own(book: Book, zone: str, opens: str, last: str) -> None:
    floor = Floor(in_zone(zone, hours=Hours(weekdays="08.00-15.00")))
    minute = timedelta(minutes=1)
    moments = (utc(opens) - minute, utc(opens), utc(last), utc(last) + minute)
    assert [taken(floor, book, one) for one in moments] == ["closed_until", "2026-02-12", "2026-02-12", "closed_until"]


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
@pytest.mark.parametrize(
    ("date", "is_off"),
    [
        ("2026-03-20", True),  # cuti bersama before Eid
        ("2026-03-24", True),  # and after it
        ("2026-08-17", True),
        ("2026-12-24", True),  # cuti bersama
        ("2026-12-28", False),
    ],
)
def test_days_off_are_the_hall_s_own_dates(book: Book, zone: str, date: str, is_off: bool) -> None:
    floor = Floor(in_zone(zone, hours=Hours(weekdays="08.00-15.00")))
    morning = datetime.strptime(f"{date} 08.30", "%Y-%m-%d %H.%M").replace(tzinfo=ZoneInfo(zone))
    assert taken(floor, book, morning) == ("closed_holiday" if is_off else date)


# ---------------------------------------------------------------- one night


class Night:
    """An evening at Dukcapil, its night, and the morning after."""

    def __init__(self, book: Book, clock: Clock, *, end_of_day: str) -> None:
        hours = ALL_DAY.model_copy(update={"end_of_day": end_of_day})
        update = {"hours": hours, "appointments": Appointments(per_hour=4)}
        hall = small_hall().model_copy(update=update)
        quota = [one.model_copy(update={"quota": Quota(day=9)}) for one in hall.agencies]
        hall = hall.model_copy(update={"agencies": quota})
        clock.now = datetime.strptime(EVENING, "%Y-%m-%d %H.%M").replace(tzinfo=ZoneInfo("Asia/Makassar"))
        self.day = Day(Floor(hall), book, clock)
        self.crew, self.end_of_day = crew_of(hall), end_of_day

    @property
    def floor(self) -> Floor:
        return self.day.floor

    def passes(self) -> None:
        """To half past seven, with what the hub does by itself just after midnight and then."""
        for hours in (1, 7):
            self.day.clock.pass_(hours=hours)
            now = self.floor.moment(self.day.book, self.day.clock())
            self.floor.bring_back(self.day.book, now)
            settle(self.floor, self.day.book, self.day.clock())
            end_rolls_of_yesterday(self.floor, self.day.book, self.day.clock())

    def refusal(self, path: str, body: Any, whose: str = "1") -> str:  # noqa: ANN401  -- any body
        verb = next(verb for verb in VERBS if verb.path == path)
        try:
            verb.rule(self.crew, self.day.book, self.day.clock(), whose, body)
        except Trouble as trouble:
            return trouble.code
        return ""


@pytest.fixture
def closing(book: Book, clock: Clock) -> Night:
    return Night(book, clock, end_of_day="close")


@pytest.fixture(params=["close", "carry"])
def night(request: pytest.FixtureRequest, book: Book, clock: Clock) -> Night:
    return Night(book, clock, end_of_day=request.param)


Visitor = Callable[[Day], int]


def waits(day: Day) -> int:
    return day.take().row.id


def is_called(day: Day) -> int:
    ticket = day.take().row.id
    day.next()
    return ticket


def is_served(day: Day) -> int:
    ticket = is_called(day)
    day.on("serve", "1", ticket)
    return ticket


def is_held(day: Day) -> int:
    ticket = is_called(day)
    day.on("hold", "1", ticket, minutes=60)
    return ticket


def is_absent(day: Day) -> int:
    ticket = is_called(day)
    day.on("no_show", "1", ticket)
    return ticket


def is_done(day: Day) -> int:
    ticket = is_called(day)
    day.on("finish", "1", ticket)
    return ticket


def is_sent_to_another_counter(day: Day) -> int:
    ticket = is_called(day)
    day.on("transfer", "1", ticket, counter="2")
    return ticket


def is_on_a_journey(day: Day) -> int:
    asked = TakeTicket(service="ktp", then=("stnk",))
    ticket = day.floor.take(day.book, day.clock(), asked).row.id
    day.next()
    day.on("finish", "1", ticket)
    return ticket


def came_early_for_an_appointment(day: Day) -> int:
    asked = Issue(service="ktp", appointment=day.clock() + timedelta(minutes=29))
    said = day.desk.issue(day.book, day.clock(), "1", asked)
    return said.row.id


@pytest.mark.parametrize(
    ("who", "closed", "carried"),
    [
        # who                         the hall closes the day    or carries who waits over
        (waits, "expired", "waiting"),
        (is_held, "expired", "waiting"),
        (is_sent_to_another_counter, "expired", "waiting"),
        (is_on_a_journey, "expired", "waiting"),
        (came_early_for_an_appointment, "expired", "waiting"),
        (is_called, "called", "called"),
        (is_served, "serving", "serving"),
        (is_absent, "no_show", "no_show"),
        (is_done, "finished", "finished"),
    ],
)
def test_in_the_morning_the_visitor_of_yesterday(night: Night, who: Visitor, closed: str, carried: str) -> None:
    ticket = who(night.day)
    night.passes()
    assert night.day.state(ticket) == (closed if night.end_of_day == "close" else carried)


@pytest.mark.parametrize("who", [is_called, is_served])
def test_whom_midnight_finds_at_the_counter_is_served_to_the_end(closing: Night, who: Visitor) -> None:
    ticket = who(closing.day)
    closing.passes()
    closing.day.on("finish", "1", ticket)
    assert closing.day.state(ticket) == "finished"


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/api/counters/{counter}/undo-no-show", "not_absent"),
        ("/api/counters/{counter}/recall", "not_at_counter"),
        ("/api/counters/{counter}/unhold", "not_held"),
    ],
)
def test_yesterday_s_no_show_stays_one(closing: Night, path: str, refused: str) -> None:
    ticket = is_absent(closing.day)
    closing.passes()
    assert closing.refusal(path, OnTicket(ticket=ticket)) == refused


def test_what_was_shut_yesterday_is_open_in_the_morning(closing: Night) -> None:
    close, pause = Close(why="Rapat"), Pause(why="Salat")
    assert closing.refusal("/api/agencies/{agency}/close", close, "samsat") == ""
    assert closing.refusal("/api/counters/{counter}/close", close, "3") == ""
    assert closing.refusal("/api/counters/{counter}/pause", pause) == ""
    shut = {
        "/api/counters/{counter}/next": ("1", "counter_paused"),
        "/api/tickets": ("", "closed_today"),
    }
    bodies: dict[str, Any] = {"/api/tickets": TakeTicket(service="stnk"), "/api/counters/{counter}/next": Nothing()}
    for path, (whose, code) in shut.items():
        assert closing.refusal(path, bodies[path], whose) == code
    assert closing.refusal("/api/counters/{counter}/next", Nothing(), "3") == "counter_closed"
    closing.passes()
    for path, (whose, _) in shut.items():
        assert closing.refusal(path, bodies[path], whose) == ""
    assert closing.refusal("/api/counters/{counter}/next", Nothing(), "3") == ""


def test_a_roll_ends_with_its_day(closing: Night) -> None:
    day = closing.day
    begin_roll(closing.floor, day.book, day.clock(), "dukcapil", BeginRoll(first=1, last=50))
    assert day.called() == "A-001"
    closing.passes()
    assert day.called() is None
    assert day.take().row.number == "A-001"


def test_an_alarm_ends_with_its_day(closing: Night) -> None:
    day = closing.day
    alarm = call_for_help(closing.floor, day.book, day.clock(), "1", RaiseAlarm())
    closing.passes()
    answered = closing.refusal("/api/alarms/{alarm}/answer", AnswerAlarm(), str(alarm.id))
    assert answered == "unknown_alarm"


def test_a_quota_is_the_day_s_own(closing: Night) -> None:
    for _ in range(9):
        closing.day.take()
    assert closing.refusal("/api/tickets", TakeTicket(service="ktp")) == "quota_full"
    closing.passes()
    assert closing.refusal("/api/tickets", TakeTicket(service="ktp")) == ""


# ---------------------------------------------------------------- a clock set back over midnight


@pytest.mark.parametrize(
    ("back", "said"),
    [
        # A second or two is what a time server corrects: time stands still, and it is tomorrow already
        (timedelta(seconds=1), "2026-02-13"),
        (timedelta(seconds=2), "2026-02-13"),
        # More is a clock that somebody must put right
        (timedelta(seconds=3), "clock_behind"),
        (timedelta(minutes=1), "clock_behind"),
        (timedelta(days=1), "clock_behind"),
    ],
)
def test_a_clock_set_back_over_midnight(closing: Night, back: timedelta, said: str) -> None:
    day = closing.day
    day.clock.pass_(minutes=30)
    assert day.take().row.day == "2026-02-13"
    day.clock.now -= back
    assert taken(closing.floor, day.book, day.clock()) == said


def test_a_clock_put_forward_a_day_and_back_before_anybody_came_costs_nothing(closing: Night) -> None:
    day = closing.day
    day.take()
    day.clock.pass_(days=1)
    day.clock.pass_(days=-1)
    assert (day.take().row.day, day.called()) == ("2026-02-12", "A-001")
