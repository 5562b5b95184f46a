"""What a TV, an officer and a visitor see."""

from datetime import timedelta

import pytest

from hub.views import BOARD_CALLS, OFFICER_CALLS, Views
from shared.model import DeviceKind, State
from shared.trouble import Trouble
from shared.wire import Board, CounterView, Device, TakeTicket
from tests.hub.conftest import Day


@pytest.fixture
def views(day: Day) -> Views:
    return Views(day.floor, day.book)


def board(views: Views, day: Day, zone: str | None = None) -> Board:
    return Board.model_validate_json(views.board(day.clock(), zone))


def officer(views: Views, day: Day, counter: str = "1") -> CounterView:
    return CounterView.model_validate_json(views.counter(day.clock(), counter, []))


class TestBoard:
    def test_newest_call_first_and_one_a_ticket(self, views: Views, day: Day) -> None:
        first = day.take().row.id
        day.take("stnk")
        day.next("1")
        day.next("2")
        day.on("recall", "1", first)
        assert [(call.ticket.number, call.kind) for call in board(views, day).calls] == [
            ("A-001", "recalled"),
            ("B-001", "called"),
        ]

    def test_says_the_last_event_in_it(self, views: Views, day: Day) -> None:
        assert board(views, day).last_event == 0
        day.take()
        day.next()
        assert board(views, day).last_event == day.book.told[-1].id

    def test_a_call_that_was_undone_is_gone(self, views: Views, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.on("undo_next", "1", ticket)
        assert board(views, day).calls == []

    def test_who_is_finished_stays_among_the_calls(self, views: Views, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.on("finish", "1", ticket)
        assert [call.ticket.state for call in board(views, day).calls] == [State.FINISHED]

    def test_shows_one_zone(self, views: Views, day: Day) -> None:
        day.take("ktp")
        day.take("npwp")
        day.next("1")
        day.next("3")
        upstairs = board(views, day, "l2")
        assert [call.ticket.number for call in upstairs.calls] == ["C-001"]
        assert [waiting.agency for waiting in upstairs.waiting] == ["pajak"]

    def test_a_zone_that_is_not_here_is_refused(self, views: Views, day: Day) -> None:
        with pytest.raises(Trouble) as refused:
            board(views, day, "l9")
        assert refused.value.code == "unknown_zone"

    def test_counts_who_waits_and_guesses_for_a_newcomer(self, views: Views, day: Day) -> None:
        for _ in range(3):
            day.take("npwp")
        waiting = board(views, day).waiting
        assert [(one.agency, one.waiting, one.estimate_minutes, one.open_counters) for one in waiting] == [
            ("dukcapil", 0, 0, 2),
            ("samsat", 0, 0, 1),
            ("pajak", 3, 18, 1),
        ]

    def test_a_newcomer_has_before_them_whom_a_shared_counter_calls_first(self, views: Views, day: Day) -> None:
        day.take("ktp")
        day.take("ktp")
        told = {one.agency: (one.waiting, one.ahead, one.estimate_minutes) for one in board(views, day).waiting}
        assert told == {"dukcapil": (2, 2, 9), "samsat": (0, 2, 10), "pajak": (0, 0, 0)}
        newcomer = day.floor.take(day.book, day.clock(), TakeTicket(service="stnk"))
        assert (newcomer.ahead, newcomer.minutes) == told["samsat"][1:]

    def test_counts_who_took_a_number_today_wherever_they_are_now(self, views: Views, day: Day) -> None:
        day.take("npwp")
        day.clock.pass_(days=1)
        for _ in range(3):
            day.take()
        day.take("npwp")
        ticket = day.next()
        assert ticket
        assert ticket.ticket
        day.on("finish", "1", ticket.ticket.id)
        assert {one.agency: one.taken_today for one in board(views, day).waiting} == {
            "dukcapil": 3,
            "samsat": 0,
            "pajak": 1,
        }

    def test_yesterday_is_gone(self, views: Views, day: Day) -> None:
        day.take()
        day.take()
        day.next()
        day.clock.pass_(days=1)
        today = board(views, day)
        assert today.calls == []
        assert [one.waiting for one in today.waiting] == [0, 0, 0]

    def test_is_bounded(self, views: Views, day: Day) -> None:
        for _ in range(BOARD_CALLS + 5):
            day.take()
            day.next()
        assert len(board(views, day).calls) == BOARD_CALLS

    def test_is_still_seen_while_the_clock_is_behind(self, views: Views, day: Day) -> None:
        day.take()
        day.next()
        day.clock.pass_(hours=-9)
        assert [call.ticket.number for call in board(views, day).calls] == ["A-001"]

    @pytest.mark.parametrize("zone", [None, "l1"])
    def test_is_the_bytes_its_model_would_be(self, views: Views, day: Day, zone: str | None) -> None:
        day.take()
        day.take()
        day.next()
        text = views.board(day.clock(), zone)
        assert Board.model_validate_json(text).model_dump_json().encode() == text

    def test_tells_the_time_anew_each_time_it_is_read(self, views: Views, day: Day) -> None:
        first = board(views, day)
        day.clock.pass_(milliseconds=10)
        assert board(views, day).now - first.now == timedelta(milliseconds=10)

    def test_a_counter_that_opens_shows_in_the_estimate_of_the_next_second(self, views: Views, day: Day) -> None:
        day.take()
        day.next("1")
        assert board(views, day).waiting[0].open_counters == 1
        day.clock.pass_(minutes=31)
        assert board(views, day).waiting[0].open_counters == 2


class TestCounter:
    def test_is_the_bytes_its_model_would_be(self, views: Views, day: Day) -> None:
        day.take()
        day.take()
        day.next()
        kiosk = Device(kind=DeviceKind.KIOSK, id="kios-1", alive=False, seen_at=day.clock(), troubles=["paper_out"])
        text = views.counter(day.clock(), "1", [kiosk])
        assert CounterView.model_validate_json(text).model_dump_json().encode() == text

    def test_shows_who_is_there_and_who_waits_in_order(self, views: Views, day: Day) -> None:
        for service in ("stnk", "ktp", "npwp", "kk"):
            day.take(service)
        day.next("2")
        view = officer(views, day, "2")
        assert view.current
        assert view.current.number == "B-001"
        assert [(one.number, one.ahead) for one in view.waiting] == [("A-001", 0), ("A-002", 1)]
        assert view.waiting_count == 2

    def test_a_recall_does_not_hide_why_somebody_was_called(self, views: Views, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.on("recall", "1", ticket)
        view = officer(views, day)
        assert view.current
        assert view.current.reason == "first_come"
        assert [(call.kind, call.reason, call.ticket.reason) for call in view.history] == [
            ("recalled", "recall", "first_come")
        ]

    def test_a_call_that_was_undone_has_no_reason_left(self, views: Views, day: Day) -> None:
        ticket = day.take().row.id
        day.next()
        day.on("undo_next", "1", ticket)
        assert [one.reason for one in officer(views, day).waiting] == [None]

    def test_next_can_be_undone_until_somebody_comes(self, views: Views, day: Day) -> None:
        assert not officer(views, day).undoable
        ticket = day.take().row.id
        day.next()
        assert officer(views, day).undoable
        day.on("serve", "1", ticket)
        assert not officer(views, day).undoable

    def test_history_is_this_counters_newest_first(self, views: Views, day: Day) -> None:
        for _ in range(OFFICER_CALLS + 3):
            day.take()
            day.next("1")
        day.take()
        day.next("2")
        history = officer(views, day).history
        assert len(history) == OFFICER_CALLS
        assert history[0].ticket.number == f"A-{OFFICER_CALLS + 3:03d}"

    def test_tally_counts_and_means(self, views: Views, day: Day) -> None:
        for minutes in (4, 5):
            ticket = day.take().row.id
            day.next()
            day.on("serve", "1", ticket)
            day.clock.pass_(minutes=minutes)
            day.on("finish", "1", ticket)
        ticket = day.take().row.id
        day.next()
        day.on("no_show", "1", ticket)
        tally = officer(views, day).tally
        assert (tally.served, tally.no_show, tally.mean_minutes) == (2, 1, 4.5)

    def test_a_fresh_day_has_no_mean(self, views: Views, day: Day) -> None:
        assert officer(views, day).tally.mean_minutes is None

    def test_a_counter_that_is_not_here_is_refused(self, views: Views, day: Day) -> None:
        with pytest.raises(Trouble) as refused:
            officer(views, day, "9")
        assert refused.value.code == "unknown_counter"


class TestSight:
    def test_a_visitor_sees_the_own_place(self, views: Views, day: Day) -> None:
        day.take()
        token = day.take().row.token
        sight = views.sight(day.clock(), token)
        assert (sight.ticket.number, sight.ticket.ahead, sight.is_today) == ("A-002", 1, True)
        assert sight.ticket.token is None

    def test_yesterdays_ticket_is_known_as_yesterdays(self, views: Views, day: Day) -> None:
        token = day.take().row.token
        day.clock.pass_(days=1)
        assert not views.sight(day.clock(), token).is_today

    def test_an_unknown_token_is_refused(self, views: Views, day: Day) -> None:
        with pytest.raises(Trouble) as refused:
            views.sight(day.clock(), "x" * 22)
        assert refused.value.code == "unknown_ticket"


class TestOffers:
    def test_tell_of_each_service_how_long_one_waits(self, views: Views, day: Day) -> None:
        for _ in range(3):
            day.take("npwp")
        waits = {offer.id: offer.estimate_minutes for offer in views.offers(day.clock()).services}
        assert waits == {"ktp": 0, "kk": 0, "stnk": 0, "npwp": 18}

    def test_tell_nothing_of_what_is_closed(self, views: Views, day: Day) -> None:
        day.book.close(day.floor.day(day.floor.moment(day.book, day.clock())), ("agency", "pajak"), "Rapat", at=0)
        (closed,) = (offer for offer in views.offers(day.clock()).services if offer.id == "npwp")
        assert (closed.code, closed.estimate_minutes) == ("closed_today", None)
