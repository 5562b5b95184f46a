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


class TestWhoWasSentToAClosedCounter:
    """Nobody waits for a counter that calls nobody more today."""

    @pytest.fixture
    def sent(self, day: Day) -> int:
        """A-001, sent by counter 1 to counter 2."""
        ticket = day.take().row.id
        day.next("1")
        day.on("transfer", "1", ticket, counter="2")
        return ticket

    def test_waits_for_its_colleagues_when_it_is_closed(self, day: Day, sent: int) -> None:
        shut_counter(day, "2")
        assert day.kinds()[-2:] == ["closed", "transferred"]
        row = day.book.ticket(sent)
        assert row is not None
        assert row.for_counter is None
        assert day.take().ahead == 1
        assert day.called("1") == "A-001"

    def test_is_not_sent_there_any_more(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next("1")
        shut_counter(day, "2")
        with pytest.raises(Trouble) as refused:
            day.on("transfer", "1", ticket, counter="2")
        assert (refused.value.code, refused.value.values["why"]) == ("counter_closed", "Listrik padam")
        assert day.state(ticket) == "called"

    @pytest.mark.parametrize("verb", ["unhold", "undo_no_show", "undo_next"])
    def test_waits_for_its_colleagues_when_it_waits_again(self, day: Day, sent: int, verb: str) -> None:
        day.next("2")
        if verb == "unhold":
            day.on("hold", "2", sent, minutes=5)
        if verb == "undo_no_show":
            day.on("no_show", "2", sent)
        shut_counter(day, "2")
        day.on(verb, "2", sent)
        assert day.called("1") == "A-001"

    def test_waits_for_its_colleagues_when_the_hold_is_over(self, day: Day, sent: int) -> None:
        day.next("2")
        day.on("hold", "2", sent, minutes=5)
        shut_counter(day, "2")
        day.clock.pass_(minutes=5)
        assert day.called("1") == "A-001"

    def test_is_called_by_name_by_a_colleague_where_it_waits_for_a_counter_that_is_no_more(self, day: Day) -> None:
        ticket = day.take().row
        day.book.replace(day.book.ticket(ticket.id)._replace(for_counter="7"))  # type: ignore[union-attr]
        day.on("call", "1", ticket.id, why="lama menunggu")
        assert day.state(ticket.id) == "called"

    @pytest.mark.parametrize("there", [{"agency": "pajak"}, {"counter": "3"}])
    def test_comes_back_to_its_colleagues_where_it_was_to_come_back(self, day: Day, there: dict[str, str]) -> None:
        ticket = day.take("kk").row.id
        day.next("1")
        day.on("transfer", "1", ticket, back=True, **there)
        shut_counter(day, "1")
        day.next("3")
        day.on("finish", "3", ticket)
        row = day.book.ticket(ticket)
        assert row is not None
        assert (row.agency, row.service, row.for_counter, row.return_to) == ("dukcapil", "kk", None, None)
        assert day.called("2") == "A-001"
