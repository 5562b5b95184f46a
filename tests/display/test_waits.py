"""How long one waits, in the TV's row of those who wait."""

import pytest
from pytestqt.qtbot import QtBot

from display.board import View
from display.queues import Queue, Queues
from display.screens.wall import Wall
from shared.model import Kind
from shared.qt.theme import install_fonts
from tests.display.day import HALL, MORNING, TV, Day


@pytest.fixture
def queues() -> Queues:
    return Queues(HALL)


def test_the_row_has_the_minutes_the_hub_told(queues: Queues) -> None:
    queues.merge(Day().answer(waiting={"bpjs": 7}))
    assert [(queue.minutes, queue.most_minutes) for queue in queues.now()] == [(7, None)]


def test_they_stay_while_events_change_the_count(queues: Queues) -> None:
    day = Day()
    queues.merge(day.answer(waiting={"bpjs": 7}))
    queues.take(day.happens(Kind.TAKEN, day.ticket("bpjs")))
    assert [(queue.waiting, queue.minutes) for queue in queues.now()] == [(8, 7)]


@pytest.mark.parametrize(
    ("queue", "said"),
    [
        (Queue("Samsat", "B", 4, minutes=25, most_minutes=40), "± 25–40 mnt"),
        (Queue("Samsat", "B", 4, minutes=25), "± 25 mnt"),
        (Queue("Samsat", "B", 4), ""),
        (Queue("Samsat", "B", 0, closed=True, minutes=25), ""),
        (Queue("Samsat", "B", 4, on_paper=True, minutes=25), ""),
    ],
)
def test_below_the_name_stands_how_long(qtbot: QtBot, queue: Queue, said: str) -> None:
    install_fonts()
    wall = Wall(HALL, TV, now=lambda: MORNING)
    qtbot.addWidget(wall)
    wall.resize(1366, 768)
    wall.show()
    wall.show_view(View(queues=(queue,)))
    cell = wall.waiting.cells[0]
    assert cell.wait.text() == said
    if said:
        assert cell.wait.natural_width() <= cell.wait.width()
        assert not cell.wait.geometry().intersects(cell.name.geometry())
        assert not cell.wait.geometry().intersects(cell.waiting.geometry())
