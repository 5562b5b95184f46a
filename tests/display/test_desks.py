"""Which number each counter serves now, as the hub tells it."""

from collections.abc import Callable

import pytest

from display.desks import Desk, Desks
from shared.model import Kind, State
from shared.wire import Event
from tests.display.day import HALL, TV, Day, ticket_of

WALL = TV.model_copy(update={"layout": "counters"})


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def desks() -> Desks:
    return Desks(HALL, WALL)


def serving(desks: Desks) -> list[str]:
    return [desk.serving for desk in desks.now()]


def test_every_counter_stands_there_before_the_first_call(desks: Desks) -> None:
    assert [(desk.number, desk.agencies) for desk in desks.now()] == [
        ("1", ("BPJS Kesehatan",)),
        ("12", ("Disdukcapil",)),
        ("44", ("Samsat",)),
    ]


@pytest.mark.parametrize(
    ("update", "counters"),
    [
        ({"layout": "counters", "zones": ["lantai-2"]}, ["44"]),
        ({"layout": "sign", "counter": "loket-12"}, ["12"]),
        ({"layout": "board"}, []),
    ],
    ids=["a zone", "a sign", "a board"],
)
def test_a_tv_knows_the_counters_it_shows(update: dict[str, object], counters: list[str]) -> None:
    assert [desk.number for desk in Desks(HALL, TV.model_copy(update=update)).now()] == counters


def test_a_counter_serves_who_it_called_last(desks: Desks, day: Day) -> None:
    desks.take(day.called("bpjs"))
    desks.take(day.called("bpjs"))
    desks.take(day.called("dukcapil"))
    assert serving(desks) == ["A-002", "K-003", ""]


def test_who_has_come_is_being_served(desks: Desks, day: Day) -> None:
    called = day.called("bpjs")
    assert [desk.came for desk in desks.take(called)] == [False, False, False]
    after = desks.take(day.happens(Kind.SERVED, ticket_of(called), "loket-1"))
    assert [desk.came for desk in after] == [True, False, False]


@pytest.mark.parametrize(
    "kind", [Kind.FINISHED, Kind.NO_SHOW, Kind.HELD, Kind.RETURNED, Kind.TRANSFERRED, Kind.MOVED_ON]
)
def test_a_counter_is_empty_once_its_visitor_has_left(desks: Desks, day: Day, kind: Kind) -> None:
    called = day.called("bpjs")
    desks.take(called)
    desks.take(day.happens(kind, ticket_of(called), "loket-1"))
    assert serving(desks) == ["", "", ""]


@pytest.mark.parametrize("kind", [Kind.REOPENED, Kind.REJOINED])
def test_who_comes_back_is_served_again(desks: Desks, day: Day, kind: Kind) -> None:
    called = day.called("bpjs")
    desks.take(called)
    desks.take(day.happens(Kind.FINISHED, ticket_of(called), "loket-1"))
    desks.take(day.happens(kind, ticket_of(called), "loket-1"))
    assert serving(desks) == ["A-001", "", ""]


def test_a_transfer_empties_one_counter_and_fills_the_next(desks: Desks, day: Day) -> None:
    called = day.called("bpjs")
    desks.take(called)
    desks.take(day.happens(Kind.CALLED, ticket_of(called), "loket-44"))
    assert serving(desks) == ["", "", "A-001"]


@pytest.mark.parametrize(
    ("close", "states"),
    [
        (lambda day: day.shut(counter="loket-1"), (True, False, "Listrik padam")),
        (lambda day: day.shut(agency="bpjs"), (True, False, "Listrik padam")),
        (lambda day: day.shut(counter="loket-1", kind=Kind.PAUSED), (False, True, "Listrik padam")),
        (lambda day: day.shut(agency="samsat"), (False, False, "")),
    ],
    ids=["closed", "its agency closed", "paused", "another"],
)
def test_a_counter_that_rests_says_so_and_why(
    desks: Desks, day: Day, close: Callable[[Day], Event], states: tuple[bool, bool, str]
) -> None:
    first = desks.take(close(day))[0]
    assert (first.closed, first.paused, first.why) == states


@pytest.mark.parametrize("ends", [Kind.RESUMED, Kind.OPENED])
def test_it_calls_again(desks: Desks, day: Day, ends: Kind) -> None:
    begins = Kind.PAUSED if ends is Kind.RESUMED else Kind.CLOSED
    desks.take(day.shut(counter="loket-1", kind=begins))
    first = desks.take(day.shut(counter="loket-1", kind=ends))[0]
    assert (first.closed, first.paused, first.why) == (False, False, "")


def test_a_tv_that_begins_learns_from_the_answer(desks: Desks, day: Day) -> None:
    calls = day.called("bpjs"), day.called("samsat")
    answer = day.answer(*calls).model_copy(update={"paused_counters": {"loket-12": "Salat"}})
    assert [(desk.serving, desk.why) for desk in desks.merge(answer)] == [("A-001", ""), ("", "Salat"), ("ZB-002", "")]


def test_an_answer_that_was_on_its_way_undoes_nothing(desks: Desks, day: Day) -> None:
    desks.take(day.called("bpjs"))
    answer = day.answer(day.events[0])
    desks.take(day.called("bpjs"))
    desks.merge(answer)
    assert serving(desks)[0] == "A-002"


def test_an_answer_that_says_the_visit_is_over_empties_the_counter(desks: Desks, day: Day) -> None:
    called = day.called("bpjs")
    desks.take(called)
    answer = day.answer(called)
    over = answer.calls[0].ticket.model_copy(update={"state": State.FINISHED})
    desks.merge(answer.model_copy(update={"calls": [answer.calls[0].model_copy(update={"ticket": over})]}))
    assert serving(desks) == ["", "", ""]


def test_a_new_day_begins_empty(desks: Desks, day: Day) -> None:
    desks.take(day.called("bpjs"))
    desks.take(day.shut(counter="loket-12"))
    day.later(86_400)
    desks.take(day.called("samsat"))
    assert [(desk.serving, desk.closed) for desk in desks.now()] == [("", False), ("", False), ("ZB-002", False)]


def test_another_history_of_the_hub_begins_empty(desks: Desks, day: Day) -> None:
    desks.merge(day.answer(day.called("bpjs")))
    assert desks.merge(Day().answer()) == tuple(Desk(desk.id, desk.number, desk.agencies) for desk in desks.now())
