"""A TV says which agencies were closed for the day."""

import pytest

from display.queues import Queues
from shared.model import Kind
from tests.display.day import DESK, HALL, Day


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def queues(day: Day) -> Queues:
    queues = Queues(HALL)
    queues.merge(day.answer(waiting={"bpjs": 0, "samsat": 2}))
    return queues


def seen(queues: Queues) -> list[tuple[str, int, bool]]:
    return [(queue.prefix, queue.waiting, queue.closed) for queue in queues.now()]


def test_a_closed_agency_is_named_though_nobody_waits(queues: Queues, day: Day) -> None:
    queues.take(day.shut("bpjs"))
    assert seen(queues) == [("A", 0, True), ("ZB", 2, False)]
    queues.take(day.shut("bpjs", kind=Kind.OPENED))
    assert seen(queues) == [("ZB", 2, False)]


def test_an_agency_is_closed_with_its_last_counter(queues: Queues, day: Day) -> None:
    desks = HALL.counters_of("samsat")
    for desk in desks:
        queues.take(day.shut(counter=desk.id))
    assert desks
    assert seen(queues) == [("ZB", 2, True)]
    queues.take(day.shut(counter=DESK["samsat"], kind=Kind.OPENED))
    assert seen(queues) == [("ZB", 2, False)]


def test_a_zone_s_tv_tells_of_its_own_only(queues: Queues, day: Day) -> None:
    queues.take(day.shut("dukcapil"))
    assert seen(queues) == [("ZB", 2, False)]


def test_an_answer_that_was_on_its_way_does_not_undo_what_came_since(queues: Queues, day: Day) -> None:
    answer = day.answer(waiting={"bpjs": 0})
    queues.take(day.shut("bpjs"))
    queues.merge(answer)
    assert ("A", 0, True) in seen(queues)


def test_the_hub_s_answer_tells_what_was_closed_before(queues: Queues, day: Day) -> None:
    queues.merge(day.answer(waiting={"bpjs": 0}).model_copy(update={"closed_agencies": {"bpjs": "Listrik padam"}}))
    assert ("A", 0, True) in seen(queues)


def test_the_next_morning_it_is_open(queues: Queues, day: Day) -> None:
    queues.take(day.shut("bpjs"))
    day.later(24 * 3600)
    queues.take(day.happens(Kind.TAKEN, day.ticket("samsat")))
    assert seen(queues) == [("ZB", 3, False)]
