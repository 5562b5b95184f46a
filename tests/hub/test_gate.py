"""Numbers are given when the hall is open, and as many as there are: the rules of `hub.hours` on a real book."""

from collections.abc import Callable
from datetime import datetime

import pytest

from hub.floor import Floor
from hub.store import Book, Store
from hub.views import Views
from shared.hall import Hall, Hours, Quota, Service
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import Offer, PrintOutcome, TakeTicket
from tests.hub.conftest import Day
from tests.hub.small_hall import MORNING, WITA, Clock, small_hall

WEEK = Hours(weekdays="08.00-12.00, 13.00-15.00", cutoff_minutes=15)
Limited = Callable[..., Day]


def limited(agency: str = "dukcapil", *, week: Hours = WEEK, **more: object) -> Hall:
    """The small hall with its week; `more`: what one agency has on top."""
    hall = small_hall()
    agencies = [one.model_copy(update=more) if one.id == agency else one for one in hall.agencies]
    return hall.model_copy(update={"hours": week, "agencies": agencies})


@pytest.fixture
def open_hall(book: Book, clock: Clock) -> Limited:
    """A day in a hall with hours; `at`: the time of day on Thursday, 12 February 2026."""

    def make(at: str = "09.00", agency: str = "dukcapil", *, week: Hours = WEEK, **more: object) -> Day:
        clock.now = datetime.strptime(f"2026-02-12 {at}", "%Y-%m-%d %H.%M").replace(tzinfo=WITA)
        return Day(Floor(limited(agency, week=week, **more)), book, clock)

    return make


def refusal(day: Day, service: str = "ktp") -> Trouble:
    with pytest.raises(Trouble) as refused:
        day.take(service)
    return refused.value


@pytest.mark.parametrize(
    ("at", "code"),
    [("07.59", "closed_until"), ("12.00", "on_break_until"), ("14.45", "past_cutoff"), ("15.00", "closed_until")],
)
def test_no_number_is_given_while_the_hall_is_closed(open_hall: Limited, at: str, code: str) -> None:
    day = open_hall(at)
    assert refusal(day).code == code
    assert day.kinds() == []


@pytest.mark.parametrize("at", ["08.00", "11.59", "13.00", "14.44"])
def test_numbers_are_given_while_it_is_open(open_hall: Limited, at: str) -> None:
    assert open_hall(at).take().row.number == "A-001"


def test_who_waits_is_called_after_closing_too(open_hall: Limited) -> None:
    day = open_hall("14.40")
    day.take()
    day.clock.pass_(hours=1)
    assert day.called() == "A-001"


def test_a_hall_without_hours_gives_numbers_at_any_time(day: Day) -> None:
    day.clock.now = datetime(2026, 12, 25, 3, 0, tzinfo=WITA)
    assert day.take().row.number == "A-001"


def test_a_national_holiday_is_a_day_off(open_hall: Limited) -> None:
    day = open_hall()
    day.clock.now = datetime(2026, 8, 17, 9, 0, tzinfo=WITA)
    trouble = refusal(day)
    assert (trouble.code, trouble.values["why"], trouble.values["opens"]) == (
        "closed_holiday",
        "Hari Kemerdekaan Republik Indonesia",
        "2026-08-18T08:00:00+08:00",
    )


def test_an_agency_may_be_closed_while_others_are_open(open_hall: Limited) -> None:
    day = open_hall(agency="samsat", hours=Hours(thursday="closed"))
    assert refusal(day, "stnk").values["opens"] == "2026-02-13T08:00:00+08:00"
    assert day.take("ktp").row.number == "A-001"


# ---------------------------------------------------------------- the clock


def test_midnight_closes_nothing_and_opens_nothing(open_hall: Limited) -> None:
    day = open_hall("23.59", week=Hours(weekdays="00.00-24.00"))
    assert day.take().row.day == "2026-02-12"
    day.clock.pass_(minutes=1)
    assert (day.take().row.day, day.take().row.number) == ("2026-02-13", "A-002")
    day.clock.pass_(days=1)
    assert refusal(day).code == "closed_until"


def test_a_clock_set_back_a_little_does_not_open_again_what_has_closed(open_hall: Limited) -> None:
    day = open_hall("11.59")
    day.take()
    day.clock.pass_(seconds=60)
    day.floor.printed(day.book, day.clock(), 1, _paper())
    day.clock.pass_(seconds=-1)
    assert refusal(day).code == "on_break_until"


def test_a_clock_set_back_far_gives_no_number(open_hall: Limited) -> None:
    day = open_hall("11.59")
    day.take()
    day.clock.pass_(hours=-4)
    assert refusal(day).code == "clock_behind"


def test_a_clock_put_right_before_anything_happened_is_believed(open_hall: Limited) -> None:
    """Set wrong at start, mended by NTP: the opening that was looked up for the wrong time is looked up again."""
    day = open_hall("20.00")
    assert refusal(day).code == "closed_until"
    day.clock.pass_(hours=-11)
    assert day.take().row.number == "A-001"


# ---------------------------------------------------------------- quotas


def test_the_quota_of_a_service_is_its_own(open_hall: Limited) -> None:
    day = open_hall()
    services = [one.model_copy(update={"quota": Quota(day=2)}) if one.id == "ktp" else one for one in _services(day)]
    day.floor = Floor(limited(services=services))
    assert [day.take("ktp").row.number, day.take("kk").row.number, day.take("ktp").row.number] == [
        "A-001",
        "A-002",
        "A-003",
    ]
    assert refusal(day, "ktp").code == "quota_full"
    assert day.take("kk").row.number == "A-004"


def test_the_quota_of_an_agency_is_for_all_it_does(open_hall: Limited) -> None:
    day = open_hall(quota=Quota(day=2))
    day.take("ktp")
    day.take("kk")
    assert (refusal(day, "ktp").code, refusal(day, "kk").code) == ("quota_full", "quota_full")
    assert day.take("stnk").row.number == "B-001"


def test_a_number_given_back_is_given_again(open_hall: Limited) -> None:
    day = open_hall(quota=Quota(day=1))
    taken = day.take()
    assert refusal(day).code == "quota_full"
    day.floor.cancel(day.book, day.clock(), taken.row.id)
    assert day.take().row.number == "A-002"


def test_the_morning_and_the_afternoon_have_each_their_own(open_hall: Limited) -> None:
    day = open_hall("11.00", quota=Quota(morning=2, afternoon=1))
    day.take()
    day.take()
    assert refusal(day).values["opens"] == "2026-02-12T13:00:00+08:00"
    day.clock.pass_(hours=2)
    day.take()
    assert refusal(day).values["opens"] == "2026-02-13T08:00:00+08:00"


@pytest.mark.parametrize("of_service", [False, True])
def test_who_comes_through_on_a_journey_is_of_the_quota(open_hall: Limited, of_service: bool) -> None:
    day = open_hall(agency="samsat", quota=Quota(day=2))
    if of_service:
        stnk = small_hall().agencies[1].services[0].model_copy(update={"quota": Quota(day=2)})
        day = open_hall(agency="samsat", services=[stnk])
    day.take("ktp", then=["stnk"])
    day.take("stnk")
    assert refusal(day, "stnk").code == "quota_full"
    with pytest.raises(Trouble) as refused:
        day.take("ktp", then=["stnk"])
    assert refused.value.code == "quota_full"
    day.take("ktp")


def test_who_has_gone_on_to_the_next_service_still_is_of_the_quota(open_hall: Limited) -> None:
    services = [one.model_copy(update={"quota": Quota(day=1)}) for one in small_hall().agencies[0].services]
    day = open_hall(services=services)
    gone = day.take("ktp", then=["stnk"]).row.id
    day.next("1")
    day.on("finish", "1", gone)
    assert refusal(day, "ktp").code == "quota_full"


def test_each_day_begins_its_quota_anew(open_hall: Limited) -> None:
    day = open_hall(quota=Quota(day=1))
    day.take()
    day.clock.pass_(days=1)
    assert day.take().row.number == "A-001"


def test_a_verb_that_is_undone_takes_nothing_of_the_quota(open_hall: Limited) -> None:
    day = open_hall(quota=Quota(day=1))
    day.book.begin_verb()
    day.take()
    day.book.rewind()
    assert day.take().row.number == "A-001"


# ---------------------------------------------------------------- what is offered


def offers(day: Day) -> dict[str, Offer]:
    told = Views(day.floor, day.book).offers(day.clock())
    return {offer.id: offer for offer in (*told.agencies, *told.services)}


def test_offers_tell_what_a_press_would_get(open_hall: Limited) -> None:
    day = open_hall("12.00", quota=Quota(day=1))
    told = offers(day)
    assert {(one.code, one.until and one.until.hour) for one in told.values()} == {("on_break_until", 13)}
    day.clock.pass_(hours=1)
    day.take()
    told = offers(day)
    assert (told["dukcapil"].code, told["ktp"].code, told["samsat"].code) == ("quota_full", "quota_full", "")


def test_an_agency_is_open_while_one_of_its_services_is(open_hall: Limited) -> None:
    day = open_hall("10.30")
    services = [
        one.model_copy(update={"hours": Hours(weekdays="08.00-10.00" if one.id == "ktp" else "08.00-11.00")})
        for one in _services(day)
    ]
    day.floor = Floor(limited(services=services))
    told = offers(day)
    assert (told["ktp"].code, told["kk"].code, told["dukcapil"].code) == ("closed_until", "", "")
    day.clock.pass_(hours=1)
    assert offers(day)["dukcapil"].until == datetime(2026, 2, 13, 8, 0, tzinfo=WITA)


def test_offers_say_when_to_ask_again(open_hall: Limited) -> None:
    day = open_hall("09.00")
    told = Views(day.floor, day.book).offers(day.clock())
    assert told.changes_at == datetime(2026, 2, 12, 12, 0, tzinfo=WITA)


def test_where_nothing_ever_changes_nobody_is_told_to_ask(day: Day) -> None:
    assert Views(day.floor, day.book).offers(MORNING).changes_at is None


def _services(day: Day) -> list[Service]:
    return day.floor.hall.agency("dukcapil").services


def _paper() -> PrintOutcome:
    return PrintOutcome(outcome=Outcome.PRINTED)


def test_the_count_goes_on_from_one_transaction_to_the_next(store: Store, clock: Clock) -> None:
    """What the store remembers of it and what stands in the file are the same, whatever was undone."""
    clock.now = datetime(2026, 2, 12, 9, 0, tzinfo=WITA)
    floor = Floor(limited(quota=Quota(day=3)))

    def taking(*, keep: bool) -> int:
        book = store.begin(has_savepoints=True)
        book.begin_verb()
        row = floor.take(book, clock(), TakeTicket(service="ktp")).row
        store.commit() if keep else store.roll_back()
        return row.id

    taking(keep=True)
    undone = taking(keep=False)
    assert taking(keep=True) == undone
    first = taking(keep=False)
    assert taking(keep=True) == first
    with pytest.raises(Trouble):
        taking(keep=True)
    store.roll_back()
    book = store.begin()
    floor.cancel(book, clock(), first)
    store.commit()
    assert taking(keep=True) == first + 1
