"""What an officer may do with a ticket besides calling and ending: each rule as a manager would read it."""

import pytest

from hub.floor import Floor
from hub.rows import EventRow, Queue, Standing, to_event
from shared.trouble import Trouble
from shared.wire import CallChosen, Issue, Transfer
from tests.hub.conftest import Day


def refused(day: Day, verb: str, counter: str, ticket: int, /, **asked: object) -> str:
    with pytest.raises(Trouble) as trouble:
        day.on(verb, counter, ticket, **asked)
    return trouble.value.code


class TestWhoDidNotCome:
    def test_waits_at_the_old_place_again_when_here_after_all(self, day: Day) -> None:
        late = day.take().row.id
        day.take()
        day.next()
        day.on("no_show", "1", late)
        day.on("undo_no_show", "1", late)
        assert day.called() == "A-001"

    def test_is_no_longer_counted_as_absent(self, day: Day) -> None:
        late = day.take().row.id
        day.next()
        day.on("no_show", "1", late)
        day.on("undo_no_show", "1", late)
        assert day.book.tally(day.floor.day(day.floor.moment(day.book, day.clock())), "1")[:2] == (0, 0)

    def test_may_go_to_another_counter_of_the_agency(self, day: Day) -> None:
        late = day.take().row.id
        day.next("1")
        day.on("no_show", "1", late)
        day.on("undo_no_show", "2", late)
        assert day.called("2") == "A-001"

    def test_is_not_taken_back_at_a_counter_of_others(self, day: Day) -> None:
        late = day.take().row.id
        day.next()
        day.on("no_show", "1", late)
        assert refused(day, "undo_no_show", "3", late) == "not_at_counter"

    def test_is_not_taken_back_the_next_day(self, day: Day) -> None:
        late = day.take().row.id
        day.next()
        day.on("no_show", "1", late)
        day.clock.pass_(days=1)
        assert refused(day, "undo_no_show", "1", late) == "not_absent"

    def test_is_not_taken_back_twice(self, day: Day) -> None:
        late = day.take().row.id
        day.next()
        day.on("no_show", "1", late)
        day.on("undo_no_show", "1", late)
        assert refused(day, "undo_no_show", "1", late) == "not_absent"


class TestWhoDidNotComeBeforeTheHallChanged:
    """A no-show stands against no configuration: nobody knows whether the visitor is still here."""

    def absent_at_2(self, day: Day, *then: str) -> int:
        late = day.take("ktp", then=list(then)).row.id
        day.next("1")
        day.on("transfer", "1", late, counter="2", back=True)
        day.next("2")
        day.on("no_show", "2", late)
        return late

    def changed(self, day: Day, **hall: object) -> Day:
        return Day(Floor(day.floor.hall.model_copy(update=hall)), day.book, day.clock)

    def test_waits_for_all_where_the_counter_is_no_more(self, day: Day) -> None:
        late = self.absent_at_2(day)
        now = self.changed(day, counters=[one for one in day.floor.hall.counters if one.id != "2"])
        now.on("undo_no_show", "1", late)
        assert now.called("1") == "A-001"

    def test_ends_there_where_the_counter_to_come_back_to_is_no_more(self, day: Day) -> None:
        late = self.absent_at_2(day)
        now = self.changed(day, counters=[one for one in day.floor.hall.counters if one.id != "1"])
        now.on("undo_no_show", "2", late)
        now.next("2")
        now.on("finish", "2", late)
        assert now.state(late) == "finished"

    @pytest.mark.parametrize("gone", ["agency", "service", "counters"])
    def test_is_not_taken_back_where_nobody_would_call_the_number(self, day: Day, gone: str) -> None:
        late = self.absent_at_2(day, "npwp")
        hall = day.floor.hall
        last = hall.agencies[-1]
        other = last.services[0].model_copy(update={"id": "pbb"})
        now = {
            "agency": self.changed(day, agencies=hall.agencies[:-1], counters=hall.counters[:-1]),
            "service": self.changed(day, agencies=[*hall.agencies[:-1], last.model_copy(update={"services": [other]})]),
            "counters": self.changed(day, counters=hall.counters[:-1]),
        }[gone]
        assert refused(now, "undo_no_show", "1", late) == "not_served"
        assert now.state(late) == "no_show"


class TestHold:
    def test_leaves_the_counter_free_for_the_next(self, day: Day) -> None:
        first = day.take().row.id
        day.take()
        day.next()
        day.on("hold", "1", first, minutes=5)
        assert day.state(first) == "held"
        assert day.called() == "A-002"

    def test_is_not_called_before_its_time(self, day: Day) -> None:
        first = day.take().row.id
        day.next()
        day.on("hold", "1", first, minutes=5)
        day.clock.pass_(minutes=4, seconds=59)
        assert day.next() is None

    def test_waits_at_the_old_place_when_the_minutes_are_up(self, day: Day) -> None:
        first = day.take().row.id
        day.take()
        day.next()
        day.on("hold", "1", first, minutes=5)
        day.clock.pass_(minutes=5)
        assert day.called() == "A-001"
        assert day.kinds()[-2:] == ["unheld", "called"]

    def test_is_brought_back_before_the_time(self, day: Day) -> None:
        first = day.take().row.id
        day.next()
        day.on("hold", "1", first, minutes=15)
        day.on("unhold", "2", first)
        assert day.called("2") == "A-001"

    def test_that_is_over_cannot_be_ended(self, day: Day) -> None:
        first = day.take().row.id
        assert refused(day, "unhold", "1", first) == "not_held"

    def test_is_for_who_is_at_this_counter(self, day: Day) -> None:
        first = day.take().row.id
        assert refused(day, "hold", "1", first, minutes=5) == "not_at_counter"

    def test_does_not_count_among_who_wait(self, day: Day) -> None:
        first = day.take().row.id
        day.next()
        day.on("hold", "1", first, minutes=5)
        assert day.take().ahead == 0


class TestTransfer:
    def test_to_a_service_waits_there_with_the_time_waited_so_far(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.clock.pass_(minutes=10)
        day.take("stnk")
        day.next("1")
        day.on("transfer", "1", moved, service="stnk")
        assert day.called("2") == "A-001"

    def test_to_an_agency_means_its_first_service(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next()
        said = day.on("transfer", "1", moved, agency="pajak")
        assert isinstance(said, Standing)
        assert (said.row.agency, said.row.service, said.ahead) == ("pajak", "npwp", 0)

    def test_to_a_counter_is_called_by_that_one_alone(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next("1")
        day.on("transfer", "1", moved, counter="3")
        assert day.next("2") is None
        assert day.called("3") == "A-001"

    def test_back_returns_after_the_visit_there(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.take("ktp")
        day.next("1")
        day.on("transfer", "1", moved, agency="pajak", back=True)
        day.next("3")
        day.on("finish", "3", moved)
        assert day.next("3") is None
        assert day.called("2") == "A-002"
        assert day.called("1") == "A-001"

    def test_back_returns_also_when_the_other_counter_calls_its_next(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next("1")
        day.on("transfer", "1", moved, agency="pajak", back=True)
        day.next("3")
        day.next("3")
        assert day.called("1") == "A-001"

    def test_back_is_refused_where_another_counter_waits_for_the_visitor(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next("1")
        day.on("transfer", "1", moved, counter="2", back=True)
        day.next("2")
        assert refused(day, "transfer", "2", moved, counter="3", back=True) == "comes_back"
        day.on("transfer", "2", moved, counter="3")
        day.next("3")
        day.on("finish", "3", moved)
        assert day.called("1") == "A-001"

    def test_counts_in_the_queue_it_went_to(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next()
        day.on("transfer", "1", moved, service="stnk")
        today = day.floor.day(day.floor.moment(day.book, day.clock()))
        assert [sum(day.book.classes(today, Queue(agency))) for agency in ("dukcapil", "samsat")] == [0, 1]

    def test_keeps_a_service_that_had_begun_in_the_counters_day(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next()
        day.on("serve", "1", moved)
        day.clock.pass_(minutes=3)
        day.on("transfer", "1", moved, service="stnk")
        today = day.floor.day(day.floor.moment(day.book, day.clock()))
        assert day.book.tally(today, "1") == (1, 0, 180_000)

    @pytest.mark.parametrize(
        ("there", "code"),
        [
            ({"service": "sim"}, "unknown_service"),
            ({"agency": "bpn"}, "unknown_agency"),
            ({"counter": "9"}, "unknown_counter"),
        ],
    )
    def test_to_where_nothing_is_changes_nothing(self, day: Day, there: dict[str, str], code: str) -> None:
        moved = day.take("ktp").row.id
        day.next()
        assert refused(day, "transfer", "1", moved, **there) == code
        assert day.state(moved) == "called"

    @pytest.mark.parametrize("there", [{}, {"service": "stnk", "counter": "2"}])
    def test_goes_to_exactly_one_place(self, there: dict[str, str]) -> None:
        with pytest.raises(ValueError, match="exactly one"):
            Transfer.model_validate({"ticket": 1, **there})

    def test_is_undone_with_the_next_that_sent_the_visitor_back(self, day: Day) -> None:
        moved = day.take("ktp").row.id
        day.next("1")
        day.on("transfer", "1", moved, agency="pajak", back=True)
        day.next("3")
        slip = day.take("npwp").row.id
        day.next("3")
        day.on("undo_next", "3", slip)
        assert day.state(moved) == "called"
        assert day.kinds()[-2:] == ["returned", "rejoined"]
        day.on("finish", "3", moved)
        assert day.called("1") == "A-001"


class TestCallOneChosen:
    def test_goes_before_who_came_earlier(self, day: Day) -> None:
        day.take()
        ill = day.take().row.id
        call = day.on("call", "1", ill, why="sakit")
        assert isinstance(call, EventRow)
        assert call.ticket
        assert (call.ticket.number, call.reason) == ("A-002", "chosen")

    def test_keeps_why_in_the_event(self, day: Day) -> None:
        ill = day.take().row.id
        day.clock.pass_(minutes=14)
        day.on("call", "1", ill, why="sakit")
        why = to_event(day.book.events_after(0, 9)[-1], day.floor.zone).why
        assert why
        assert (why.kind, why.waited_minutes, why.words) == ("chosen", 14, "sakit")

    def test_finishes_who_is_at_the_counter_and_is_undone_like_next(self, day: Day) -> None:
        first, ill = day.take().row.id, day.take().row.id
        day.next()
        day.on("call", "1", ill, why="sakit")
        assert day.state(first) == "finished"
        day.on("undo_next", "1", ill)
        assert (day.state(first), day.state(ill)) == ("called", "waiting")

    def test_is_for_who_waits(self, day: Day) -> None:
        gone = day.take().row.id
        day.next("2")
        assert refused(day, "call", "1", gone, why="sakit") == "not_waiting"

    def test_is_refused_at_a_counter_of_others(self, day: Day) -> None:
        ill = day.take().row.id
        assert refused(day, "call", "3", ill, why="sakit") == "not_at_counter"

    def test_does_not_take_who_waits_for_another_counter(self, day: Day) -> None:
        sent = day.take().row.id
        day.next("1")
        day.on("transfer", "1", sent, counter="2")
        assert refused(day, "call", "1", sent, why="sakit") == "not_waiting"

    def test_needs_a_reason(self) -> None:
        with pytest.raises(ValueError, match="why"):
            CallChosen(ticket=1, why="")


class TestNumberGivenAtTheCounter:
    def give(self, day: Day, counter: str = "1", service: str = "ktp", *, priority: bool = False) -> Standing:
        return day.desk.issue(day.book, day.clock(), counter, Issue(service=service, priority=priority))

    def test_follows_the_kiosks_numbers(self, day: Day) -> None:
        day.take()
        row = self.give(day, priority=True).row
        assert (row.number, row.priority, row.origin) == ("A-002", 1, "counter")

    def test_may_be_of_an_agency_elsewhere(self, day: Day) -> None:
        self.give(day, "1", "npwp")
        assert day.called("3") == "C-001"

    def test_has_no_page(self, day: Day) -> None:
        assert self.give(day).url is None

    def test_is_given_while_the_kiosk_refuses(self, day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
        def closed(*_: object) -> None:
            raise Trouble("quota_full", opens="")

        monkeypatch.setattr(day.floor.gate, "check", closed)
        with pytest.raises(Trouble):
            day.take()
        assert self.give(day).row.number == "A-001"

    @pytest.mark.parametrize(
        ("counter", "service", "code"), [("9", "ktp", "unknown_counter"), ("1", "sim", "unknown_service")]
    )
    def test_is_of_a_service_and_a_counter_there_are(self, day: Day, counter: str, service: str, code: str) -> None:
        with pytest.raises(Trouble) as trouble:
            self.give(day, counter, service)
        assert trouble.value.code == code
