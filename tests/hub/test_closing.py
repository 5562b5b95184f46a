"""What a supervisor closes for the rest of the day."""

import pytest

from hub.closing import close_agency, close_counter, reopen_agency, reopen_counter
from hub.views import Views
from shared.trouble import Trouble
from shared.wire import Close, Nothing, Offer
from tests.hub.conftest import Day
from tests.hub.running import RunningHub

POWER = Close(why="Listrik padam")


def shut(day: Day, agency: str = "dukcapil") -> None:
    close_agency(day.floor, day.book, day.clock(), agency, POWER)


def shut_counter(day: Day, *counters: str) -> None:
    for counter in counters:
        close_counter(day.floor, day.book, day.clock(), counter, POWER)


def refusal(day: Day, service: str = "ktp") -> Trouble:
    with pytest.raises(Trouble) as refused:
        day.take(service)
    return refused.value


def offer(day: Day, agency: str) -> Offer:
    return next(one for one in Views(day.floor, day.book).offers(day.clock()).agencies if one.id == agency)


def test_a_closed_agency_gives_no_number_and_says_why(day: Day) -> None:
    shut(day)
    trouble = refusal(day)
    assert (trouble.code, trouble.values["why"]) == ("closed_today", "Listrik padam")
    assert (offer(day, "dukcapil").code, offer(day, "dukcapil").why) == ("closed_today", "Listrik padam")
    assert (day.take("stnk").row.number, offer(day, "samsat").code) == ("B-001", "")


def test_who_waits_there_is_called_all_the_same(day: Day) -> None:
    day.take()
    shut(day)
    assert day.called() == "A-001"


def test_open_again_it_gives_numbers_again(day: Day) -> None:
    shut(day)
    reopened = reopen_agency(day.floor, day.book, day.clock(), "dukcapil", Nothing())
    assert reopened is not None
    assert day.take().row.number == "A-001"
    assert day.kinds() == ["closed", "opened", "taken"]


def test_what_is_open_is_not_opened(day: Day) -> None:
    assert reopen_agency(day.floor, day.book, day.clock(), "dukcapil", Nothing()) is None
    assert reopen_counter(day.floor, day.book, day.clock(), "1", Nothing()) is None
    assert day.kinds() == []


def test_the_next_day_it_is_open(day: Day) -> None:
    shut(day)
    shut_counter(day, "1")
    day.clock.pass_(days=1)
    day.take()
    assert day.called() == "A-001"


def test_a_closed_counter_calls_nobody_and_keeps_whom_it_serves(day: Day) -> None:
    first = day.take().row.id
    day.take()
    day.next()
    shut_counter(day, "1")
    with pytest.raises(Trouble, match="ditutup untuk hari ini"):
        day.next()
    assert day.state(first) == "called"
    day.on("finish", "1", first)
    reopen_counter(day.floor, day.book, day.clock(), "1", Nothing())
    assert day.called() == "A-002"


def test_with_its_last_counter_an_agency_is_closed(day: Day) -> None:
    shut_counter(day, "1")
    assert day.take().row.number == "A-001"
    shut_counter(day, "2")
    assert refusal(day).code == "closed_today"
    assert refusal(day, "stnk").code == "closed_today"
    assert day.take("npwp").row.number == "C-001"


def test_a_reason_given_anew_replaces_the_old(day: Day) -> None:
    shut(day)
    close_agency(day.floor, day.book, day.clock(), "dukcapil", Close(why="Server pusat padam"))
    assert refusal(day).values["why"] == "Server pusat padam"


@pytest.mark.parametrize(("rule", "code"), [(close_agency, "unknown_agency"), (close_counter, "unknown_counter")])
def test_only_what_there_is_can_be_closed(day: Day, rule: object, code: str) -> None:
    with pytest.raises(Trouble) as refused:
        rule(day.floor, day.book, day.clock(), "ghost", POWER)  # type: ignore[operator]
    assert refused.value.code == code


def test_over_the_lan_it_is_told_to_all(hub: RunningHub) -> None:
    listener = hub.listen()
    closed = hub.post("/api/agencies/umum/close", {"why": "Rapat"}).json()
    assert (closed["kind"], closed["agency"], closed["words"]) == ("closed", "umum", "Rapat")
    assert listener.events(1) == [closed]
    refused = hub.post("/api/tickets", {"service": "umum-surat", "kiosk": "kios-1"}, Accept_Language="en")
    assert (refused.status_code, refused.json()["code"]) == (409, "closed_today")
    assert refused.json()["title"] == "Closed for today: Rapat. Open again tomorrow."
    assert hub.post("/api/agencies/umum/reopen").json()["kind"] == "opened"
    assert hub.post("/api/agencies/umum/reopen").status_code == 204
    assert hub.post("/api/counters/loket-1/close", {"why": ""}).status_code == 422
    listener.close()
