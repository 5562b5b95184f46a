"""The rules of the hall, as tables."""

from datetime import timedelta

import pytest

from hub.floor import Floor
from hub.rows import Standing
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import PrintOutcome, TakeTicket
from tests.hub.conftest import Day
from tests.hub.small_hall import MORNING


def trouble_of(code: str) -> pytest.RaisesExc[Trouble]:
    return pytest.RaisesExc(Trouble, check=lambda trouble: trouble.code == code)


class TestTaking:
    def test_numbers_count_up_by_prefix(self, day: Day) -> None:
        assert [day.take(service).row.number for service in ("ktp", "kk", "stnk", "ktp")] == [
            *("A-001", "A-002", "B-001", "A-003")
        ]

    def test_after_999_comes_1000(self, day: Day) -> None:
        last = day.take().row
        day.book.add(last._replace(sequence=999, token="y" * 22))
        assert day.take().row.number == "A-1000"

    def test_priority_is_kept_and_calls_nobody_earlier(self, day: Day) -> None:
        day.take()
        assert day.take(priority=True).row.priority == 1
        assert day.called() == "A-001"

    def test_the_token_is_128_bits_and_stands_in_the_address(self, day: Day) -> None:
        said = day.take()
        assert len(said.row.token) == 22
        assert said.url == f"http://192.168.1.10:8080/t/{said.row.token}"

    def test_a_service_that_is_not_here_is_refused(self, day: Day) -> None:
        with trouble_of("unknown_service"):
            day.take("paspor")

    def test_taking_is_an_event(self, day: Day) -> None:
        day.take()
        assert day.kinds() == ["taken"]


class TestAhead:
    def test_counts_who_waits_in_the_agency(self, day: Day) -> None:
        assert [day.take("npwp").ahead for _ in range(3)] == [0, 1, 2]

    def test_counts_those_whom_every_counter_of_ours_would_call_first(self, day: Day) -> None:
        # Samsat's only counter serves Dukcapil too: whoever came there earlier is called earlier.
        day.take("ktp")
        assert day.take("stnk").ahead == 1

    def test_leaves_out_those_whom_a_counter_of_ours_would_not_call(self, day: Day) -> None:
        # Dukcapil has a counter that does not serve Samsat: it may call this visitor first.
        day.take("stnk")
        assert day.take("ktp").ahead == 0

    def test_falls_as_others_are_called(self, day: Day) -> None:
        day.take()
        mine = day.take().row
        day.next()
        assert day.floor.ticket(day.book, mine, day.floor.moment(day.book, day.clock())).ahead == 0

    def test_the_queue_of_a_counter_agrees_with_each_ticket(self, day: Day) -> None:
        for service in ("ktp", "stnk", "kk", "stnk", "npwp"):
            day.take(service)
        now = day.floor.moment(day.book, day.clock())
        queue, _ = day.floor.queue(day.book, "2", now, most=100)
        assert [said.row.service for said in queue] == ["ktp", "stnk", "kk", "stnk"]
        assert queue == [day.floor.ticket(day.book, said.row, now) for said in queue]


class TestEstimate:
    def test_uses_all_counters_before_the_first_call(self, day: Day) -> None:
        day.take()
        assert day.take().minutes == 4  # 1 × 7 over counters 1 and 2

    def test_uses_the_counters_that_called_lately(self, day: Day) -> None:
        day.take()
        day.next("1")
        day.take()
        assert day.take().minutes == 7

    @pytest.mark.parametrize(("minutes", "opened"), [(30, 1), (31, 2)])
    def test_a_counter_is_open_for_30_minutes_after_its_call(self, day: Day, minutes: int, opened: int) -> None:
        day.take()
        day.next("1")
        day.clock.pass_(minutes=minutes)
        assert day.floor.open_counters(day.book, "dukcapil", day.floor.moment(day.book, day.clock())) == opened

    def test_two_counters_that_called_share_the_queue(self, day: Day) -> None:
        for _ in range(4):
            day.take()
        day.next("1")
        day.next("2")
        assert day.take().minutes == 7  # 2 × 7 over 2


class TestCalling:
    def test_first_come_is_first_called(self, day: Day) -> None:
        for _ in range(3):
            day.take()
        assert [day.called() for _ in range(4)] == ["A-001", "A-002", "A-003", None]

    def test_a_counter_of_two_agencies_calls_whoever_came_first_of_both(self, day: Day) -> None:
        for service in ("stnk", "ktp", "stnk"):
            day.take(service)
        assert [day.called("2") for _ in range(3)] == ["B-001", "A-001", "B-002"]

    def test_a_counter_calls_nobody_of_another_agency(self, day: Day) -> None:
        day.take("npwp")
        assert day.called("1") is None

    def test_next_finishes_who_is_there(self, day: Day) -> None:
        first = day.take().row.id
        day.take()
        day.next()
        day.next()
        assert day.state(first) == "finished"
        assert day.kinds() == ["taken", "taken", "called", "finished", "called"]

    def test_next_finishes_who_is_there_even_when_nobody_waits(self, day: Day) -> None:
        only = day.take().row.id
        day.next()
        assert day.next() is None
        assert day.state(only) == "finished"

    def test_a_counter_that_is_not_here_is_refused(self, day: Day) -> None:
        with trouble_of("unknown_counter"):
            day.next("99")

    def test_recalling_counts_and_leaves_the_rest_as_it_was(self, day: Day) -> None:
        day.take()
        call = day.next()
        assert call
        assert call.ticket
        day.clock.pass_(seconds=30)
        again = day.on("recall", "1", call.ticket.id)
        assert not isinstance(again, Standing)
        assert (again.kind, again.reason) == ("recalled", "recall")
        assert (call.reason, again.ticket and again.ticket.reason) == ("first_come", "first_come")
        assert again.ticket == call.ticket._replace(calls=2, last_call=call.id)


class TestServing:
    @pytest.mark.parametrize(
        ("verb", "state"), [("serve", "serving"), ("finish", "finished"), ("no_show", "no_show"), ("recall", "called")]
    )
    def test_moves_the_ticket(self, day: Day, verb: str, state: str) -> None:
        ticket = day.take().row.id
        day.next()
        day.on(verb, "1", ticket)
        assert day.state(ticket) == state

    def test_a_second_serve_changes_nothing(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        first = day.on("serve", "1", ticket)
        day.clock.pass_(minutes=1)
        assert day.on("serve", "1", ticket) == first
        assert day.kinds().count("served") == 1

    @pytest.mark.parametrize("verb", ["recall", "serve", "finish", "no_show", "undo_next"])
    def test_a_ticket_that_is_elsewhere_is_refused_with_what_is_true(self, day: Day, verb: str) -> None:
        ticket = day.take().row.id
        day.next("1")
        with trouble_of("not_at_counter") as refused:
            day.on(verb, "2", ticket)
        assert (refused.value.now["counter"], refused.value.now["state"]) == ("1", "called")  # type: ignore[index]

    @pytest.mark.parametrize("verb", ["recall", "serve", "finish", "no_show", "undo_next"])
    def test_a_ticket_nobody_took_is_refused(self, day: Day, verb: str) -> None:
        with trouble_of("unknown_ticket"):
            day.on(verb, "1", 4711)


class TestUndoing:
    def test_the_visitor_waits_at_the_old_place(self, day: Day) -> None:
        first = day.take().row
        day.take()
        day.next()
        said = day.on("undo_next", "1", first.id)
        assert isinstance(said, Standing)
        assert (said.ahead, said.row) == (0, first)
        assert day.called() == "A-001"

    def test_not_once_somebody_has_come(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.on("serve", "1", ticket)
        with trouble_of("somebody_came"):
            day.on("undo_next", "1", ticket)

    @pytest.mark.parametrize("came", [False, True])
    def test_whom_the_next_finished_is_at_the_counter_again(self, day: Day, came: bool) -> None:
        there, called = day.take().row.id, day.take().row.id
        day.next()
        if came:
            day.on("serve", "1", there)
        before = day.book.ticket(there)
        day.clock.pass_(seconds=5)
        day.next()
        day.on("recall", "1", called)
        day.on("undo_next", "1", called)
        assert day.book.ticket(there) == before
        assert [event.kind for event in day.book.told[-2:]] == ["returned", "reopened"]
        day.on("finish", "1", there)
        assert day.called() == "A-002"

    def test_who_was_finished_by_hand_stays_finished(self, day: Day) -> None:
        done, called = day.take().row.id, day.take().row.id
        day.next()
        day.on("finish", "1", done)
        day.next()
        day.on("undo_next", "1", called)
        row = day.book.ticket(done)
        assert row
        assert row.state == "finished"

    def test_the_event_names_the_counter(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.on("undo_next", "1", ticket)
        assert (day.book.told[-1].kind, day.book.told[-1].counter) == ("returned", "1")


def tell_paper(day: Day, ticket: int, outcome: Outcome) -> None:
    """The kiosk tells what became of the paper."""
    day.floor.printed(day.book, day.clock(), ticket, PrintOutcome(outcome=outcome))


class TestGivingBack:
    @pytest.mark.parametrize("seconds", [0, 20, 60])
    def test_is_taken_within_a_minute(self, day: Day, seconds: int) -> None:
        ticket = day.take().row.id
        day.clock.pass_(seconds=seconds)
        tell_paper(day, ticket, Outcome.PRINTED)
        day.floor.cancel(day.book, day.clock(), ticket)
        assert day.state(ticket) == "cancelled"
        assert day.called() is None

    @pytest.mark.parametrize("outcome", Outcome)
    def test_is_too_late_after_a_minute_once_somebody_saw_the_number(self, day: Day, outcome: Outcome) -> None:
        ticket = day.take().row.id
        tell_paper(day, ticket, outcome)
        day.clock.pass_(seconds=61)
        with trouble_of("too_late"):
            day.floor.cancel(day.book, day.clock(), ticket)
        assert day.called() == "A-001"

    def test_a_number_nobody_saw_is_taken_back_all_day(self, day: Day) -> None:
        ticket = day.take().row.id
        day.clock.pass_(hours=6)
        day.floor.cancel(day.book, day.clock(), ticket)
        assert day.state(ticket) == "cancelled"
        assert day.called() is None

    def test_a_number_nobody_saw_is_not_taken_back_on_another_day(self, day: Day) -> None:
        ticket = day.take().row.id
        day.clock.pass_(days=1)
        with trouble_of("too_late"):
            day.floor.cancel(day.book, day.clock(), ticket)

    def test_a_number_nobody_saw_is_not_taken_back_once_called(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.clock.pass_(hours=1)
        with trouble_of("not_waiting"):
            day.floor.cancel(day.book, day.clock(), ticket)

    def test_is_refused_once_called(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        with trouble_of("not_waiting"):
            day.floor.cancel(day.book, day.clock(), ticket)

    def test_the_number_is_not_given_again(self, day: Day) -> None:
        day.floor.cancel(day.book, day.clock(), day.take().row.id)
        assert day.take().row.number == "A-002"


def test_a_failed_print_is_told_and_loses_no_place(day: Day) -> None:
    ticket = day.take().row.id
    day.floor.printed(day.book, day.clock(), ticket, PrintOutcome(outcome=Outcome.FAILED, code="paper_out"))
    told = day.book.told[-1]
    assert (told.kind, told.outcome, told.code, told.ticket and told.ticket.paper) == (
        *("printed", "failed", "paper_out", "failed"),
    )
    assert day.called() == "A-001"


@pytest.mark.parametrize(
    ("told", "has"),
    [
        (["unknown", "printed copy"], "printed"),
        (["unknown", "failed copy"], "unknown"),
        (["printed", "failed copy"], "printed"),
        (["paperless", "printed copy"], "printed"),
        (["paperless"], "paperless"),
        (["printed copy"], "printed"),
        (["unknown", "printed"], "printed"),
    ],
)
def test_what_a_visitor_has_in_the_hand_is_the_best_of_its_papers(day: Day, told: list[str], has: str) -> None:
    ticket = day.take().row.id
    for paper in told:
        outcome, _, copy = paper.partition(" ")
        day.floor.printed(day.book, day.clock(), ticket, PrintOutcome(outcome=Outcome(outcome), is_copy=bool(copy)))
    assert day.floor.known(day.book, ticket).paper == has
    assert day.kinds()[1:] == ["reprinted" if "copy" in paper else "printed" for paper in told]


class TestDays:
    def test_numbers_restart_at_the_halls_midnight(self, day: Day) -> None:
        day.clock.now = MORNING.replace(hour=23, minute=59, second=59)
        day.take()
        day.clock.pass_(seconds=1)
        said = day.take()
        assert (said.row.number, said.row.day) == ("A-001", "2026-02-13")

    def test_who_waited_yesterday_is_neither_ahead_nor_called(self, day: Day) -> None:
        day.take()
        day.clock.pass_(days=1)
        assert day.take().ahead == 0
        call = day.next()
        assert call
        assert call.ticket
        assert call.ticket.day == "2026-02-13"

    def test_who_was_at_a_counter_overnight_is_finished_by_the_next(self, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.clock.pass_(days=1)
        day.next()
        assert day.state(ticket) == "finished"

    def test_a_yesterdays_ticket_has_no_place(self, day: Day) -> None:
        row = day.take().row
        day.clock.pass_(days=1)
        now = day.floor.moment(day.book, day.clock())
        assert day.floor.ticket(day.book, row, now) == Standing(row)


class TestClockSetBack:
    def test_a_clock_older_than_the_last_event_is_refused(self, day: Day) -> None:
        day.take()
        day.clock.pass_(hours=-1)
        with trouble_of("clock_behind") as refused:
            day.take()
        assert refused.value.values == {"clock": "12/02/2026 07.00.00", "last": "12/02/2026 08.00.00"}

    @pytest.mark.parametrize("verb", ["serve", "finish", "no_show", "recall", "undo_next"])
    def test_every_verb_is_refused(self, day: Day, verb: str) -> None:
        ticket = day.take().row.id
        day.next()
        day.clock.pass_(seconds=-3)
        with trouble_of("clock_behind"):
            day.on(verb, "1", ticket)

    def test_within_two_seconds_time_stands_still(self, day: Day) -> None:
        first = day.take().row
        day.clock.pass_(seconds=-2)
        assert day.take().row.taken_at == first.taken_at

    def test_just_after_midnight_the_day_does_not_come_back(self, day: Day) -> None:
        day.clock.now = MORNING.replace(hour=0) + timedelta(days=1)
        day.take()
        day.clock.pass_(seconds=-1)
        said = day.take()
        assert (said.row.day, said.row.number) == ("2026-02-13", "A-002")

    def test_goes_on_once_the_clock_is_right(self, day: Day) -> None:
        day.take()
        day.clock.pass_(hours=-1)
        with trouble_of("clock_behind"):
            day.take()
        day.clock.pass_(hours=1)
        assert day.take().row.number == "A-002"


def test_a_ticket_of_an_agency_that_left_the_hall_keeps_its_number(day: Day) -> None:
    row = day.take("npwp").row
    hall = day.floor.hall.model_copy(update={"agencies": day.floor.hall.agencies[:2]})
    floor = Floor(hall)
    assert floor.ticket(day.book, row, floor.moment(day.book, day.clock())) == Standing(row)
    with trouble_of("unknown_service"):
        floor.take(day.book, day.clock(), TakeTicket(service="npwp"))
