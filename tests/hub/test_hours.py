"""When numbers are given, as tables that a hall's manager can read. 2026: 12 February is a Thursday."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.hours import ALWAYS, DayOff, Opening, Taken, Timetable
from shared.hall import Hours, Quota, Season, SpecialDay
from shared.words import Words
from tests.hub.small_hall import WITA

RAMADAN = Season(
    name="Ramadan 1447 H",
    first_day=date(2026, 2, 19),
    last_day=date(2026, 3, 19),
    weekdays="08.00-12.00, 12.30-14.00",
    friday="08.00-11.30, 12.30-14.00",
)
HALL = Hours(
    weekdays="08.00-12.00, 13.00-15.00",
    friday="08.00-11.30, 13.00-14.30",
    cutoff_minutes=15,
    seasons=[RAMADAN],
)
DAYS = [
    SpecialDay(date=date(2026, 12, 29), name="Hari jadi Kabupaten Paser", name_en="Paser anniversary"),
    SpecialDay(date=date(2026, 12, 24), name="Buka terbatas", hours="08.00-11.00"),
]
HOLIDAYS = {
    date(2026, 3, 20): DayOff("Cuti Bersama Idul Fitri", "Eid Joint Holiday"),
    date(2026, 3, 23): DayOff("Cuti Bersama Idul Fitri", "Eid Joint Holiday"),
    date(2026, 3, 24): DayOff("Cuti Bersama Idul Fitri", "Eid Joint Holiday"),
    date(2026, 12, 24): DayOff("Cuti Bersama Natal"),
    date(2026, 12, 25): DayOff("Hari Raya Natal"),
}


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


def hall(*own: Hours | None, level: Hours | None = HALL, days: list[SpecialDay] = DAYS) -> Timetable:
    return Timetable(level, own, days=days, holiday=HOLIDAYS.get)


def told(opening: Opening) -> tuple[str, str]:
    return opening.code or "open", f"{opening.until:%Y-%m-%d %H.%M}" if opening.until else "-"


@pytest.mark.parametrize(
    ("now", "state", "until"),
    [
        # An ordinary Thursday
        ("2026-02-12 00.00", "closed_until", "2026-02-12 08.00"),
        ("2026-02-12 07.59", "closed_until", "2026-02-12 08.00"),
        ("2026-02-12 08.00", "open", "2026-02-12 12.00"),
        ("2026-02-12 11.59", "open", "2026-02-12 12.00"),
        ("2026-02-12 12.00", "on_break_until", "2026-02-12 13.00"),
        ("2026-02-12 13.00", "open", "2026-02-12 14.45"),
        ("2026-02-12 14.44", "open", "2026-02-12 14.45"),
        ("2026-02-12 14.45", "past_cutoff", "2026-02-13 08.00"),
        ("2026-02-12 15.00", "closed_until", "2026-02-13 08.00"),
        ("2026-02-12 23.59", "closed_until", "2026-02-13 08.00"),
        ("2026-02-13 00.00", "closed_until", "2026-02-13 08.00"),
        # Friday: the break is longer, the day shorter; then comes the weekend
        ("2026-02-13 11.29", "open", "2026-02-13 11.30"),
        ("2026-02-13 11.30", "on_break_until", "2026-02-13 13.00"),
        ("2026-02-13 14.15", "past_cutoff", "2026-02-16 08.00"),
        ("2026-02-14 10.00", "closed_until", "2026-02-16 08.00"),
        # Ramadan, from its first day to its last
        ("2026-02-18 12.15", "on_break_until", "2026-02-18 13.00"),
        ("2026-02-19 12.15", "on_break_until", "2026-02-19 12.30"),
        ("2026-02-19 13.44", "open", "2026-02-19 13.45"),
        ("2026-02-19 14.30", "closed_until", "2026-02-20 08.00"),
        ("2026-02-20 11.45", "on_break_until", "2026-02-20 12.30"),
        ("2026-03-19 14.30", "closed_until", "2026-03-25 08.00"),
        # Eid: a weekend with days off on both sides
        ("2026-03-20 09.00", "closed_holiday", "2026-03-25 08.00"),
        ("2026-03-21 09.00", "closed_until", "2026-03-25 08.00"),
        ("2026-03-25 14.30", "open", "2026-03-25 14.45"),
        # The hall's own list stands above the calendar and the week
        ("2026-12-24 09.00", "open", "2026-12-24 10.45"),
        ("2026-12-24 11.00", "closed_until", "2026-12-28 08.00"),
        ("2026-12-29 09.00", "closed_holiday", "2026-12-30 08.00"),
    ],
)
def test_the_hall_is(now: str, state: str, until: str) -> None:
    assert told(hall().opening(at(now))) == (state, until)


@pytest.mark.parametrize(
    ("own", "now", "state", "until"),
    [
        # An agency's own day instead of the hall's, on the day it names only
        ({"thursday": "09.00-11.00"}, "2026-02-12 08.30", "closed_until", "2026-02-12 09.00"),
        ({"thursday": "09.00-11.00"}, "2026-02-13 08.30", "open", "2026-02-13 11.30"),
        ({"weekdays": "09.00-11.00"}, "2026-02-13 08.30", "closed_until", "2026-02-13 09.00"),
        ({"friday": "closed"}, "2026-02-13 09.00", "closed_until", "2026-02-16 08.00"),
        ({"saturday": "08.00-10.00"}, "2026-02-14 09.00", "open", "2026-02-14 09.45"),
        # In Ramadan it keeps its own day, but no longer than the hall's
        ({"thursday": "09.00-11.00"}, "2026-02-19 08.30", "closed_until", "2026-02-19 09.00"),
        ({"thursday": "13.00-16.00"}, "2026-02-19 13.30", "open", "2026-02-19 13.45"),
        ({"friday": "closed"}, "2026-02-20 09.00", "closed_until", "2026-02-23 08.00"),
        # Its own cut-off, none at all
        ({"cutoff_minutes": 0}, "2026-02-12 14.50", "open", "2026-02-12 15.00"),
        ({"cutoff_minutes": 60}, "2026-02-12 14.00", "past_cutoff", "2026-02-13 08.00"),
        # A cut-off longer than the afternoon takes the break with it
        ({"cutoff_minutes": 150}, "2026-02-12 11.50", "open", "2026-02-12 12.00"),
        ({"cutoff_minutes": 150}, "2026-02-12 12.10", "past_cutoff", "2026-02-13 08.00"),
        ({"cutoff_minutes": 200}, "2026-02-12 11.30", "open", "2026-02-12 11.40"),
        # Open on national days off; not on the hall's own
        ({"holidays": False}, "2026-03-20 09.00", "open", "2026-03-20 11.30"),
        ({"holidays": False}, "2026-12-29 09.00", "closed_holiday", "2026-12-30 08.00"),
        # The hall opens for three hours: an agency that names its own day keeps to both
        ({"thursday": "10.00-14.00"}, "2026-12-24 09.00", "closed_until", "2026-12-24 10.00"),
    ],
)
def test_an_agency_of_its_own_mind_is(own: dict[str, Any], now: str, state: str, until: str) -> None:
    assert told(hall(None, Hours(**own)).opening(at(now))) == (state, until)


def test_a_service_goes_before_its_agency() -> None:
    service, agency = Hours(thursday="10.00-11.00"), Hours(thursday="09.00-15.00", friday="09.00-10.00")
    table = hall(service, agency)
    assert told(table.opening(at("2026-02-12 09.30"))) == ("closed_until", "2026-02-12 10.00")
    assert told(table.opening(at("2026-02-13 08.30"))) == ("closed_until", "2026-02-13 09.00")


def test_a_hall_that_says_nothing_is_always_open() -> None:
    table = Timetable(None)
    assert [table.opening(at(now)) for now in ("2026-12-25 03.00", "2026-02-14 23.59")] == [ALWAYS, ALWAYS]


def test_a_hall_that_names_only_its_days_off_is_open_on_all_others() -> None:
    table = hall(level=None)
    assert told(table.opening(at("2026-12-29 10.00"))) == ("closed_holiday", "2026-12-30 00.00")
    assert told(table.opening(at("2026-12-25 10.00"))) == ("open", "2026-12-26 00.00")


def test_an_agency_may_have_hours_in_a_hall_that_has_none() -> None:
    table = hall(None, Hours(thursday="09.00-10.00"), level=None)
    assert told(table.opening(at("2026-02-12 10.00"))) == ("closed_until", "2026-02-19 09.00")
    assert told(table.opening(at("2026-12-25 10.00"))) == ("closed_holiday", "2026-12-31 09.00")


def test_what_never_opens_says_so_in_the_end() -> None:
    table = hall(level=Hours(weekdays="closed"), days=[])
    assert told(table.opening(at("2026-02-12 10.00"))) == ("closed_until", "-")
    assert "pada waktu yang belum ditentukan" in str(
        table.opening(at("2026-02-12 10.00")).trouble(at("2026-02-12 10.00"))
    )


# ---------------------------------------------------------------- quotas


@pytest.mark.parametrize(
    ("quota", "taken", "now", "state", "until"),
    [
        # So many a day
        ({"day": 40}, (20, 19), "2026-02-12 14.00", "open", "2026-02-12 14.45"),
        ({"day": 40}, (20, 20), "2026-02-12 14.00", "quota_full", "2026-02-13 08.00"),
        ({"day": 40}, (40, 0), "2026-02-12 09.00", "quota_full", "2026-02-13 08.00"),
        ({"day": 0}, (0, 0), "2026-02-12 09.00", "quota_full", "2026-02-13 08.00"),
        # So many before the break and after it; what the morning left over is not the afternoon's
        ({"morning": 25, "afternoon": 15}, (24, 0), "2026-02-12 11.00", "open", "2026-02-12 12.00"),
        ({"morning": 25, "afternoon": 15}, (25, 0), "2026-02-12 11.00", "quota_full", "2026-02-12 13.00"),
        ({"morning": 25, "afternoon": 15}, (25, 0), "2026-02-12 13.00", "open", "2026-02-12 14.45"),
        ({"morning": 25, "afternoon": 15}, (3, 15), "2026-02-12 14.00", "quota_full", "2026-02-13 08.00"),
        ({"morning": 25, "afternoon": 0}, (25, 0), "2026-02-12 11.00", "quota_full", "2026-02-13 08.00"),
        # On Friday the morning ends half an hour earlier
        ({"morning": 25}, (25, 0), "2026-02-13 11.00", "quota_full", "2026-02-13 13.00"),
        ({"morning": 25}, (25, 0), "2026-02-13 13.00", "open", "2026-02-13 14.15"),
        # A break stays a break, however many are left
        ({"day": 1}, (1, 0), "2026-02-12 12.30", "on_break_until", "2026-02-12 13.00"),
    ],
)
def test_with_a_quota_it_is(quota: dict[str, int], taken: tuple[int, int], now: str, state: str, until: str) -> None:
    table, moment = hall(), at(now)
    limited = table.limited(table.opening(moment), moment, Quota(**quota), Taken(*taken))
    assert told(limited) == (state, until)


def test_where_nobody_rests_the_morning_ends_at_noon() -> None:
    table = Timetable(None)
    full = Quota(morning=1)
    moment = at("2026-02-12 09.00")
    assert told(table.limited(ALWAYS, moment, full, Taken(1, 0))) == ("quota_full", "2026-02-12 12.00")
    assert told(table.limited(ALWAYS, moment, full, Taken(0, 0))) == ("open", "2026-02-12 12.00")


# ---------------------------------------------------------------- closed by somebody


@pytest.mark.parametrize(
    ("now", "state", "until"),
    [
        ("2026-02-12 07.00", "closed_today", "2026-02-13 08.00"),
        ("2026-02-12 10.00", "closed_today", "2026-02-13 08.00"),
        ("2026-02-12 12.30", "closed_today", "2026-02-13 08.00"),
        ("2026-02-12 15.30", "closed_until", "2026-02-13 08.00"),
        ("2026-12-29 10.00", "closed_holiday", "2026-12-30 08.00"),
    ],
)
def test_closed_by_a_supervisor_it_is(now: str, state: str, until: str) -> None:
    table, moment = hall(), at(now)
    assert told(table.closed_today(table.opening(moment), moment, "Server pusat padam")) == (state, until)


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("now", "indonesian", "english"),
    [
        (
            "2026-02-12 07.00",
            "Pengambilan nomor sedang tutup. Buka pukul 08.00.",
            "No numbers are given now. Open at 08:00.",
        ),
        (
            "2026-02-12 12.00",
            "Layanan ini sedang istirahat. Buka lagi pukul 13.00.",
            "This service is on a break. Open again at 13:00.",
        ),
        (
            "2026-02-12 14.50",
            "Pengambilan nomor hari ini sudah ditutup. Buka lagi besok pukul 08.00.",
            "Today’s numbers are no longer given. Open again tomorrow at 08:00.",
        ),
        (
            "2026-03-20 09.00",
            "Tutup: Cuti Bersama Idul Fitri. Buka lagi Rabu, 25 Maret, pukul 08.00.",
            "Closed: Eid Joint Holiday. Open again on Wednesday, 25 March, at 08:00.",
        ),
    ],
)
def test_the_refusal_says(now: str, indonesian: str, english: str) -> None:
    trouble = hall().opening(at(now)).trouble(at(now))
    assert (trouble.sentence(Words("id")), trouble.sentence(Words("en"))) == (indonesian, english)


# ---------------------------------------------------------------- whatever the week is

TIMES = st.integers(0, 24 * 60)
WEEKS = st.builds(
    lambda times: ", ".join(
        f"{a // 60:02d}.{a % 60:02d}-{b // 60:02d}.{b % 60:02d}" for a, b in zip(times[::2], times[1::2], strict=True)
    ),
    st.sampled_from([2, 4, 6]).flatmap(lambda n: st.lists(TIMES, min_size=n, max_size=n, unique=True).map(sorted)),
)


@given(WEEKS, st.integers(0, 240), st.integers(0, 7 * 24 * 60))
def test_what_an_opening_promises_comes_true(week: str, cutoff: int, minutes: int) -> None:
    """Until its `until` it stays so, and then it is not so any more."""
    table = Timetable(Hours(weekdays=week, cutoff_minutes=cutoff))
    now = at("2026-02-09 00.00") + timedelta(minutes=minutes)
    opening = table.opening(now)
    if opening.until is None:
        assert not opening.is_open
        return
    assert opening.until > now
    assert table.opening(opening.until - timedelta(minutes=1)).is_open == opening.is_open
    if not opening.is_open:
        assert table.opening(opening.until).is_open
