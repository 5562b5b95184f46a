"""A TV says which agencies give their numbers on paper: how many wait with one nobody knows."""

import pytest
from pytestqt.qtbot import QtBot

from display.board import View
from display.queues import Queue, Queues
from display.screens.wall import Wall
from shared.model import Kind
from shared.qt.theme import install_fonts
from shared.wire import PaperRoll
from tests.display.day import HALL, MORNING, TV, Day

ROLL = PaperRoll(agency="bpjs", first=101, last=200, next=104, place="meja depan")


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def queues(day: Day) -> Queues:
    queues = Queues(HALL)
    queues.merge(day.answer(waiting={"bpjs": 0, "samsat": 2}))
    return queues


def on_paper(queues: Queues) -> list[str]:
    return [queue.prefix for queue in queues.now() if queue.on_paper]


def test_it_hears_of_a_roll_s_beginning_and_end(queues: Queues, day: Day) -> None:
    queues.take(day.shut("bpjs", kind=Kind.ROLL_BEGUN))
    assert on_paper(queues) == ["A"]
    queues.take(day.shut("bpjs", kind=Kind.ROLL_ENDED))
    assert on_paper(queues) == []


def test_the_hub_s_answer_tells_of_a_roll_begun_before(queues: Queues, day: Day) -> None:
    answer = day.answer(waiting={"bpjs": 0})
    waiting = [one.model_copy(update={"roll": ROLL}) for one in answer.waiting]
    queues.merge(answer.model_copy(update={"waiting": waiting}))
    assert on_paper(queues) == ["A"]


def test_an_answer_that_was_on_its_way_does_not_undo_what_came_since(queues: Queues, day: Day) -> None:
    answer = day.answer(waiting={"bpjs": 0})
    queues.take(day.shut("bpjs", kind=Kind.ROLL_BEGUN))
    queues.merge(answer)
    assert on_paper(queues) == ["A"]


def test_the_next_morning_the_roll_is_over(queues: Queues, day: Day) -> None:
    queues.take(day.shut("bpjs", kind=Kind.ROLL_BEGUN))
    day.later(24 * 3600)
    queues.take(day.happens(Kind.TAKEN, day.ticket("samsat")))
    assert on_paper(queues) == []


def test_in_place_of_a_count_stand_the_words(qtbot: QtBot) -> None:
    install_fonts()
    wall = Wall(HALL, TV, now=lambda: MORNING)
    qtbot.addWidget(wall)
    wall.resize(1366, 768)
    paper = Queue("BPJS Ketenagakerjaan", "ZB", 3, on_paper=True)
    wall.show()
    wall.show_view(View(queues=(paper, Queue("Samsat", "B", 4))))
    cell, other = wall.waiting.cells[:2]
    assert (cell.waiting.text(), other.waiting.text()) == ("nomor kertas", "4")
    for line in (cell.name, cell.waiting):
        assert line.natural_width() <= line.width()
        assert cell.rect().contains(line.geometry())
