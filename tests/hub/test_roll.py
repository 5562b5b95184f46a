"""Numbers on paper: what a supervisor, an officer and a visitor may rely on while the ticket machine is broken."""

from typing import Any

import pytest

from hub.closing import close_counter
from hub.roll import begin_roll, end_roll, end_rolls_of_yesterday
from hub.rows import EventRow, RollRow, to_call
from hub.views import Views
from shared.model import Origin, Reason
from shared.reasons import sentence
from shared.trouble import Trouble
from shared.wire import BeginRoll, Board, CallChosen, Close, CounterView, EndRoll, Issue, Offers, TakeTicket, Why
from shared.words import Words
from tests.hub.conftest import Day
from tests.hub.running import RunningHub


def begin(day: Day, first: int = 101, last: int = 200, agency: str = "dukcapil") -> EventRow:
    return begin_roll(day.floor, day.book, day.clock(), agency, BeginRoll(first=first, last=last, place="meja depan"))


def end(day: Day, handed_out: int | None = None, agency: str = "dukcapil") -> EventRow | None:
    return end_roll(day.floor, day.book, day.clock(), agency, EndRoll(handed_out=handed_out))


def refused(day: Day, first: int, last: int, agency: str = "dukcapil") -> Trouble:
    with pytest.raises(Trouble) as trouble:
        begin(day, first, last, agency)
    return trouble.value


def by_hand(day: Day, service: str = "ktp") -> str:
    """A number that an officer gives at the counter."""
    return day.desk.issue(day.book, day.clock(), "1", Issue(service=service)).row.number


def chosen(day: Day, number: str, counter: str = "1") -> str:
    call = day.desk.call(day.book, day.clock(), counter, CallChosen(number=number, why="datang lebih dulu"))
    assert call.ticket is not None
    return call.ticket.number


class TestNext:
    def test_calls_the_roll_s_numbers_in_order(self, day: Day) -> None:
        begin(day)
        assert [day.called() for _ in range(3)] == ["A-101", "A-102", "A-103"]

    def test_calls_who_waits_before_the_roll(self, day: Day) -> None:
        day.take()
        begin(day)
        by_hand(day)
        assert [day.called() for _ in range(3)] == ["A-001", "A-002", "A-101"]

    def test_says_that_it_was_a_paper_number(self, day: Day) -> None:
        begin(day)
        row = day.next()
        assert row is not None
        call = to_call(row, day.floor.zone)
        assert (call.reason, call.ticket.origin, call.ticket.ahead) == (Reason.PAPER_ROLL, Origin.PAPER_ROLL, None)
        assert call.why == Why(kind=Reason.PAPER_ROLL, waited_minutes=0)
        assert sentence(Words("id"), call.why, is_priority=False) == "nomor kertas"
        assert sentence(Words("en"), call.why, is_priority=False) == "paper number"

    def test_finishes_who_is_at_the_counter(self, day: Day) -> None:
        begin(day)
        first = day.next()
        assert first is not None
        assert first.ticket is not None
        day.next()
        assert day.state(first.ticket.id) == "finished"

    def test_calls_no_number_at_two_counters(self, day: Day) -> None:
        begin(day)
        assert [day.called(counter) for counter in ("1", "2", "1", "2")] == ["A-101", "A-102", "A-103", "A-104"]

    def test_calls_no_roll_of_others(self, day: Day) -> None:
        begin(day)
        assert day.next("3") is None

    def test_takes_turns_between_two_rolls(self, day: Day) -> None:
        begin(day, 101, 200)
        day.clock.pass_(minutes=1)
        begin(day, 1, 50, "samsat")
        called = []
        for _ in range(4):
            day.clock.pass_(minutes=1)
            called.append(day.called("2"))
        assert called == ["A-101", "B-001", "A-102", "B-002"]

    def test_is_for_the_agency_s_first_service(self, day: Day) -> None:
        begin(day)
        call = day.next()
        assert call is not None
        assert call.ticket is not None
        assert call.ticket.service == "ktp"

    def test_ends_the_roll_with_its_last_number(self, day: Day) -> None:
        begin(day, 101, 102)
        assert [day.called() for _ in range(3)] == ["A-101", "A-102", None]
        assert day.kinds().count("roll_ended") == 1


class TestUndo:
    def test_a_number_whose_call_was_undone_is_called_before_the_others(self, day: Day) -> None:
        begin(day)
        call = day.next()
        assert call is not None
        assert call.ticket is not None
        day.on("undo_next", "1", call.ticket.id)
        assert [day.called("2"), day.called("1")] == ["A-101", "A-102"]

    def test_who_did_not_come_waits_again_when_here_after_all(self, day: Day) -> None:
        begin(day)
        late = day.next()
        assert late is not None
        assert late.ticket is not None
        day.on("no_show", "1", late.ticket.id)
        assert day.called() == "A-102"
        day.on("undo_no_show", "2", late.ticket.id)
        assert day.called() == "A-101"


class TestOutOfTurn:
    def test_a_number_not_called_yet_can_be_chosen_and_is_not_called_again(self, day: Day) -> None:
        begin(day, 101, 104)
        assert chosen(day, "A-103") == "A-103"
        assert [day.called() for _ in range(4)] == ["A-101", "A-102", "A-104", None]

    def test_the_next_number_can_be_chosen_too(self, day: Day) -> None:
        begin(day)
        chosen(day, " a-101 ")
        assert day.called() == "A-102"

    def test_a_number_that_waits_again_can_be_named(self, day: Day) -> None:
        begin(day)
        call = day.next()
        assert call is not None
        assert call.ticket is not None
        day.on("undo_next", "1", call.ticket.id)
        assert chosen(day, "A-101") == "A-101"

    def test_a_number_still_in_a_hand_counts_after_the_roll_was_ended(self, day: Day) -> None:
        begin(day)
        end(day)
        assert chosen(day, "A-150") == "A-150"

    @pytest.mark.parametrize("number", ["A-100", "A-201", "B-101", "A--", "101", "A-12x", "A-²"])
    def test_what_is_on_no_roll_is_refused(self, day: Day, number: str) -> None:
        begin(day)
        with pytest.raises(Trouble, match="tidak ditemukan"):
            chosen(day, number)

    def test_another_agency_s_counter_cannot_choose_it(self, day: Day) -> None:
        begin(day)
        with pytest.raises(Trouble, match="tidak ditemukan"):
            chosen(day, "A-101", "3")

    def test_a_number_that_was_called_is_not_called_a_second_time(self, day: Day) -> None:
        begin(day)
        day.next("2")
        with pytest.raises(Trouble) as trouble:
            chosen(day, "A-101")
        assert trouble.value.code == "not_waiting"

    @pytest.mark.parametrize("asked", [{}, {"ticket": 1, "number": "A-101"}])
    def test_one_is_named_and_only_one(self, asked: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="exactly one"):
            CallChosen(why="x", **asked)


class TestRange:
    def test_numbers_given_today_are_refused_with_a_free_one(self, day: Day) -> None:
        for _ in range(3):
            day.take()
        trouble = refused(day, 2, 50)
        assert trouble.code == "roll_meets"
        assert str(trouble) == (
            "Nomor A-002 di antara A-002 dan A-050 sudah dipakai hari ini; yang bebas mulai A-004. "
            "Pakai gulungan yang semua nomornya belum dipakai."
        )
        assert day.kinds() == ["taken"] * 3

    @pytest.mark.parametrize(("first", "last"), [(150, 250), (50, 101), (120, 130), (1, 999)])
    def test_a_range_of_an_earlier_roll_stays_taken(self, day: Day, first: int, last: int) -> None:
        begin(day)
        end(day)
        trouble = refused(day, first, last)
        assert (trouble.code, trouble.values["free"]) == ("roll_meets", "A-201")

    def test_one_roll_at_a_time(self, day: Day) -> None:
        begin(day)
        assert refused(day, 301, 400).code == "roll_is_on"

    def test_a_new_roll_follows_the_one_that_is_used_up(self, day: Day) -> None:
        begin(day, 101, 101)
        day.next()
        begin(day, 201, 300)
        assert day.called() == "A-201"

    @pytest.mark.parametrize(("first", "last"), [(2, 1), (0, 5), (1, 2001)])
    def test_what_is_no_roll_is_refused(self, first: int, last: int) -> None:
        with pytest.raises(ValueError, match=r"first|greater"):
            BeginRoll(first=first, last=last)

    def test_an_agency_nobody_knows_has_none(self, day: Day) -> None:
        assert refused(day, 1, 5, "ghost").code == "unknown_agency"


class TestMachine:
    def test_sends_visitors_to_the_paper_while_the_roll_is_on(self, day: Day) -> None:
        begin(day)
        with pytest.raises(Trouble) as trouble:
            day.take()
        assert str(trouble.value) == (
            "Nomor instansi ini sedang diberikan di kertas. Ambil nomor kertas di meja depan, lalu tunggu dipanggil."
        )
        assert day.take("stnk").row.number == "B-001"

    def test_is_told_before_a_press(self, day: Day) -> None:
        begin(day)
        offers = Offers.model_validate_json(Views(day.floor, day.book).offers(day.clock()).model_dump_json())
        told = {offer.id: (offer.code, offer.why) for offer in [*offers.agencies, *offers.services]}
        assert told["dukcapil"] == told["ktp"] == told["kk"] == ("paper_roll", "meja depan")
        assert told["samsat"] == ("", "")

    @pytest.mark.parametrize(
        ("roll", "before", "after"),
        [
            ((101, 200), ["A-001", "A-002"], ["A-003", "A-004"]),
            ((3, 50), ["A-001", "A-002"], ["A-051", "A-052"]),
            ((4, 4), ["A-001", "A-002"], ["A-003", "A-005"]),
            ((1, 10), [], ["A-011", "A-012"]),
        ],
    )
    def test_back_again_its_numbers_go_on_around_the_roll(
        self, day: Day, roll: tuple[int, int], before: list[str], after: list[str]
    ) -> None:
        assert [day.take().row.number for _ in before] == before
        begin(day, *roll)
        while day.called() is not None:
            if day.kinds().count("roll_ended"):
                break
        end(day)
        assert [day.take().row.number for _ in after] == after

    def test_an_officer_s_numbers_go_around_it_too(self, day: Day) -> None:
        begin(day, 1, 10)
        assert by_hand(day) == "A-011"


class TestEnd:
    def test_the_machine_gives_numbers_again(self, day: Day) -> None:
        begin(day)
        day.next()
        end(day)
        assert day.take().row.number == "A-001"
        assert [day.called(), day.called()] == ["A-001", None]

    def test_who_holds_a_number_waits_before_all_who_come_after(self, day: Day) -> None:
        begin(day)
        day.next()
        chosen(day, "A-103")
        end(day, handed_out=104)
        newcomer = day.take()
        assert (newcomer.row.number, newcomer.ahead) == ("A-001", 2)
        assert [day.called() for _ in range(4)] == ["A-102", "A-104", "A-001", None]

    def test_a_number_beyond_the_roll_is_a_slip(self, day: Day) -> None:
        begin(day)
        with pytest.raises(Trouble) as trouble:
            end(day, handed_out=201)
        assert trouble.value.code == "roll_beyond"

    def test_where_none_is_on_nothing_happens(self, day: Day) -> None:
        assert end(day) is None
        assert day.kinds() == []

    def test_at_midnight_it_is_over_and_told(self, day: Day) -> None:
        begin(day)
        day.next()
        day.clock.pass_(days=1)
        assert day.next() is None
        assert end_rolls_of_yesterday(day.floor, day.book, day.clock()) == 1
        assert end_rolls_of_yesterday(day.floor, day.book, day.clock()) == 0
        assert day.kinds()[-1] == "roll_ended"
        assert day.take().row.number == "A-001"

    def test_a_roll_begun_while_the_clock_ran_ahead_is_over_once_it_is_right(self, day: Day) -> None:
        tomorrow = day.book.add_roll(RollRow(0, "2026-02-13", "dukcapil", "A", 1, 50, 1, "meja depan", 0))
        assert [one.id for one in day.book.rolls_left(day.floor.day(day.floor.moment(day.book, day.clock())))] == [
            tomorrow.id
        ]
        assert end_rolls_of_yesterday(day.floor, day.book, day.clock()) == 1
        assert day.book.rolls("2026-02-13")[0].ended_at is not None

    def test_no_number_of_yesterday_is_carried_onto_a_roll(self, day: Day) -> None:
        left = day.take().row
        day.clock.pass_(days=1)
        today = left._replace(day=day.floor.day(day.floor.moment(day.book, day.clock())))
        assert day.book.is_free(today)
        begin(day, 1, 50)
        assert not day.book.is_free(today)


class TestSeen:
    def test_the_board_says_that_numbers_are_on_paper(self, day: Day) -> None:
        day.take()
        begin(day)
        day.next()
        day.next()
        board = Board.model_validate_json(Views(day.floor, day.book).board(day.clock(), None))
        ours = next(one for one in board.waiting if one.agency == "dukcapil")
        assert ours.roll is not None
        assert (ours.roll.next, ours.roll.last, ours.roll.place) == (102, 200, "meja depan")
        assert (ours.waiting, ours.taken_today) == (0, 2)
        assert [one.roll for one in board.waiting if one.agency != "dukcapil"] == [None, None]

    def test_the_officer_sees_what_next_would_call(self, day: Day) -> None:
        begin(day)
        day.next()
        view = CounterView.model_validate_json(Views(day.floor, day.book).counter(day.clock(), "1", []))
        assert [(roll.agency, roll.next, roll.last) for roll in view.rolls] == [("dukcapil", 102, 200)]
        other = CounterView.model_validate_json(Views(day.floor, day.book).counter(day.clock(), "3", []))
        assert other.rolls == []

    def test_figures_count_paper_numbers_apart(self, day: Day) -> None:
        day.take()
        day.next()
        begin(day)
        by_hand(day)
        for _ in range(4):
            day.next()
        counter = CounterView.model_validate_json(Views(day.floor, day.book).counter(day.clock(), "1", []))
        assert (counter.tally.served, counter.tally.paper) == (4, 2)
        today = day.floor.day(day.floor.moment(day.book, day.clock()))
        assert day.book.origins(today) == {"kiosk": 1, "counter": 1, "paper_roll": 3}

    def test_a_closed_counter_calls_no_paper_either(self, day: Day) -> None:
        begin(day)
        close_counter(day.floor, day.book, day.clock(), "1", Close(why="Rapat"))
        with pytest.raises(Trouble, match="ditutup"):
            day.next()
        assert day.called("2") == "A-101"


def test_over_the_lan_it_is_told_to_all_and_survives_a_restart(hub: RunningHub) -> None:
    listener = hub.listen()
    begun = hub.post("/api/agencies/umum/paper-roll", {"first": 101, "last": 150, "place": "meja informasi"}).json()
    roll = {"agency": "umum", "first": 101, "last": 150, "next": 101, "place": "meja informasi"}
    assert (begun["kind"], begun["agency"], begun["roll"]) == ("roll_begun", "umum", roll)
    assert listener.events(1) == [begun]
    refused = hub.post("/api/tickets", {"service": "umum-surat", "kiosk": "kios-1"}, Accept_Language="en")
    assert (refused.status_code, refused.json()["code"]) == (409, "paper_roll")
    assert refused.json()["step"] == "Take a paper number at the information desk, then wait to be called."
    assert hub.post("/api/counters/loket-1/next").json()["ticket"]["number"].endswith("-101")
    ended = hub.post("/api/agencies/umum/end-paper-roll", {"handed_out": 103}).json()
    assert (ended["kind"], ended["roll"]["next"]) == ("roll_ended", 104)
    assert hub.post("/api/agencies/umum/end-paper-roll", {}).status_code == 204
    assert hub.post("/api/agencies/umum/paper-roll", {"first": 9, "last": 1}).status_code == 422
    listener.close()


def test_a_number_is_taken_as_quickly_where_no_roll_ever_was(day: Day) -> None:
    asked: list[str] = []
    day.book._connection.set_trace_callback(asked.append)
    day.floor.take(day.book, day.clock(), TakeTicket(service="ktp"))
    day.floor.take(day.book, day.clock(), TakeTicket(service="ktp"))
    day.book._connection.set_trace_callback(None)
    assert len([sql for sql in asked if "FROM roll" in sql]) <= 1
