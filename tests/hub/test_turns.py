"""Who is next in a whole hall, and how many are ahead: rules of hall, agency and counter on a floor with its book."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.floor import Floor
from hub.rows import EventRow
from hub.store import Store
from shared.hall import Hall, Rules
from tests.hub.conftest import Day
from tests.hub.small_hall import Clock, small_hall

TWO_TO_ONE = Rules(order="ratio", priority=2, regular=1, longest_minutes=60)
DOUBLE = Rules(order="weighted", weight=2.0, longest_minutes=60)


def hall_with(rules: Rules | None = None, *, counters: dict[str, dict[str, object]] | None = None) -> Hall:
    """The small hall under these rules; `counters`: what is different at some of them."""
    hall = small_hall()
    changed = [counter.model_copy(update=(counters or {}).get(counter.id, {})) for counter in hall.counters]
    return hall.model_copy(update={"rules": rules, "counters": changed})


@contextmanager
def a_day(hall: Hall) -> Iterator[Day]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "antre.db")
        book = store.begin(has_savepoints=True)
        book.begin_verb()
        try:
            yield Day(Floor(hall), book, Clock())
        finally:
            store.roll_back()
            store.close()


def come(day: Day, who: str, *, service: str = "ktp", minutes: int = 1) -> None:
    """`PRR`: a priority visitor, then two regular ones, so many minutes apart."""
    for letter in who:
        day.clock.pass_(minutes=minutes)
        day.take(service, priority=letter == "P")


def calls(day: Day, count: int, counter: str = "1") -> str:
    told = (day.next(counter) for _ in range(count))
    return "".join("-" if call is None or call.ticket is None else "RP"[call.ticket.priority] for call in told)


def test_a_priority_visitor_sent_behind_a_regular_one_goes_before_who_came_later() -> None:
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RP")
        for _ in "RP":
            call = day.next("1")
            assert call
            assert call.ticket
            day.on("transfer", "1", call.ticket.id, counter="2")
        come(day, "P")
        assert [day.called("2") for _ in range(3)] == ["A-002", "A-003", "A-001"]


def test_of_those_sent_the_one_of_the_first_agency_goes_first() -> None:
    both: dict[str, object] = {"agencies": ["samsat", "dukcapil"], "queues": "in_order"}
    with a_day(hall_with(counters={"2": both, "3": {"agencies": ["samsat"]}})) as day:
        come(day, "R")
        come(day, "R", service="stnk")
        for counter in ("1", "3"):
            call = day.next(counter)
            assert call
            assert call.ticket
            day.on("transfer", counter, call.ticket.id, counter="2")
        assert [day.called("2") for _ in range(2)] == ["B-001", "A-001"]


@pytest.mark.parametrize(
    ("rules", "came", "called"),
    [
        (None, "RRPPP", "RRPPP"),
        (Rules(), "RRPPP", "RRPPP"),
        (TWO_TO_ONE, "RRPPP", "PPRPR"),
        (TWO_TO_ONE, "RRR", "RRR"),
        (TWO_TO_ONE.model_copy(update={"priority": 1}), "RRRPPP", "PRPRPR"),
        (DOUBLE, "RRPPP", "RPRPP"),
    ],
)
def test_a_hall_calls_by_its_rules(rules: Rules | None, came: str, called: str) -> None:
    with a_day(hall_with(rules)) as day:
        come(day, came)
        assert calls(day, len(came)) == called


def test_counters_of_one_line_keep_the_ratio_together() -> None:
    with a_day(hall_with(TWO_TO_ONE, counters={"2": {"agencies": ["dukcapil"]}})) as day:
        come(day, "RRRPPPP")
        assert [calls(day, 1, counter) for counter in "121212"] == ["P", "P", "R", "P", "P", "R"]


def test_a_counter_that_serves_others_too_keeps_a_ratio_of_its_own() -> None:
    # Else the calls of one counter could use up all turns of the regular visitors of another.
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RRRPPPPP")
        assert (calls(day, 2, "1"), calls(day, 2, "2"), calls(day, 1, "1")) == ("PP", "PP", "R")


def test_a_call_that_was_undone_used_no_turn() -> None:
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RRPPPP")
        calls(day, 1)
        call = day.next()
        assert call
        assert call.ticket
        day.on("undo_next", "1", call.ticket.id)
        assert calls(day, 3) == "PRP"


def test_who_waited_to_the_limit_is_next() -> None:
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RPPP", minutes=20)
        assert calls(day, 2) == "RP"


def test_an_agency_has_rules_of_its_own() -> None:
    hall = hall_with()
    agencies = [hall.agencies[0].model_copy(update={"rules": TWO_TO_ONE}), *hall.agencies[1:]]
    with a_day(hall.model_copy(update={"agencies": agencies})) as day:
        come(day, "RP")
        come(day, "RP", service="npwp")
        assert (calls(day, 2, "1"), calls(day, 2, "3")) == ("PR", "RP")


def test_a_counter_has_rules_of_its_own() -> None:
    with a_day(hall_with(TWO_TO_ONE, counters={"1": {"rules": Rules()}})) as day:
        come(day, "RPRP")
        assert (calls(day, 1, "1"), calls(day, 1, "2")) == ("R", "P")


def test_a_counter_calls_several_agencies_as_one_line() -> None:
    with a_day(hall_with()) as day:
        for service in ("stnk", "ktp", "stnk"):
            come(day, "R", service=service)
        assert [day.called("2") for _ in range(3)] == ["B-001", "A-001", "B-002"]


def test_a_counter_calls_one_agency_before_the_next() -> None:
    queues: dict[str, object] = {"queues": "in_order", "agencies": ["samsat", "dukcapil"]}
    with a_day(hall_with(Rules(longest_minutes=60), counters={"2": queues})) as day:
        for service in ("ktp", "stnk", "ktp", "stnk"):
            come(day, "R", service=service)
        assert [day.called("2") for _ in range(3)] == ["B-001", "B-002", "A-001"]
        come(day, "R", service="stnk", minutes=60)
        assert [day.called("2") for _ in range(2)] == ["A-002", "B-003"]


def test_a_counter_calls_only_its_services() -> None:
    with a_day(hall_with(TWO_TO_ONE, counters={"1": {"services": ["kk"]}})) as day:
        for service in ("ktp", "kk", "ktp"):
            come(day, "R", service=service)
        assert [day.called("1") for _ in range(2)] == ["A-002", None]
        assert [day.called("2") for _ in range(2)] == ["A-001", "A-003"]


def test_a_call_keeps_its_reason_and_a_recall_repeats_it() -> None:
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RP", minutes=7)
        call = day.next()
        assert call
        assert call.ticket
        assert (call.reason, call.ticket.reason) == ("ratio", "ratio")
        assert call.why == '{"kind":"ratio","waited_minutes":0,"priority":2,"regular":1}'
        again = day.on("recall", "1", call.ticket.id)
        assert isinstance(again, EventRow)
        assert (again.reason, again.why) == ("recall", call.why)
        event = day.book.events_after(call.id - 1, 1)[0]
        assert (event.reason, event.why) == ("ratio", call.why)


def test_the_officers_list_is_in_the_order_of_turns_and_says_why_the_first() -> None:
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RRPPP", minutes=3)
        now = day.floor.moment(day.book, day.clock())
        queue, why = day.floor.queue(day.book, "1", now, most=4)
        assert [said.row.number for said in queue] == ["A-003", "A-004", "A-001", "A-005"]
        assert [said.ahead for said in queue] == [0, 1, 2, 3]
        assert why
        assert why.facts == {"kind": "ratio", "waited_minutes": 6, "priority": 2, "regular": 1}
        assert day.called() == "A-003"


rules = st.sampled_from([None, Rules(longest_minutes=20), TWO_TO_ONE, DOUBLE, Rules(order="ratio", regular=3)])
happenings = st.lists(
    st.tuples(st.sampled_from(["P", "R", "R", "next"]), st.sampled_from(["ktp", "kk"]), st.integers(0, 25)), max_size=25
)


@given(rules, happenings)
@settings(max_examples=60)
def test_each_is_told_as_many_ahead_as_are_called_before(
    rules: Rules | None, happened: list[tuple[str, str, int]]
) -> None:
    """One line: what a newcomer is told, what a ticket says later, and the officer's list are one truth."""
    with a_day(hall_with(rules, counters={"2": {"agencies": ["samsat"]}})) as day:
        for what, service, minutes in happened:
            day.clock.pass_(minutes=minutes)
            if what == "next":
                day.next()
                continue
            told = day.take(service, priority=what == "P")
            now = day.floor.moment(day.book, day.clock())
            queue, _ = day.floor.queue(day.book, "1", now, most=100)
            assert [said.row.id for said in queue].index(told.row.id) == told.ahead
            assert [said.ahead for said in queue] == list(range(len(queue)))
            assert [day.floor.ticket(day.book, said.row, now) for said in queue] == queue
        while queue := day.floor.queue(day.book, "1", day.floor.moment(day.book, day.clock()), most=1)[0]:
            call = day.next()
            assert call
            assert call.ticket
            assert call.ticket.id == queue[0].row.id


def test_who_was_sent_to_a_counter_is_called_there_alone() -> None:
    with a_day(hall_with(TWO_TO_ONE)) as day:
        come(day, "RRP")
        call = day.next()
        assert call
        assert call.ticket
        day.on("transfer", "1", call.ticket.id, counter="3")
        assert (day.called("1"), day.called("3"), day.called("1")) == ("A-001", "A-003", "A-002")
