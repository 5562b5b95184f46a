from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.follow import Follow
from shared.trouble import Trouble
from tests.display.day import Day
from tests.display.link import StandInLink
from tests.real_hub import LIMIT_S

LIMIT_MS = 1000 * LIMIT_S
NEVER = 3_600_000


@pytest.fixture
def link(qapp: QApplication) -> Iterator[StandInLink]:
    link = StandInLink()
    link.setParent(qapp)
    yield link
    link.deleteLater()


def follow(link: StandInLink, *zones: str, refresh_ms: int = NEVER, retry_ms: int = NEVER) -> Follow:
    return Follow(link, zones, refresh_ms=refresh_ms, retry_ms=retry_ms, parent=link)


@pytest.fixture
def day() -> Day:
    day = Day()
    day.called()
    return day


def test_the_feed_is_followed_from_the_last_event_of_the_first_answer(link: StandInLink, day: Day) -> None:
    follow(link).begin()
    link.answer(day.answer())
    assert link.listened_after == [1]


def test_the_board_is_asked_for_when_the_feed_is_there(link: StandInLink, day: Day, qtbot: QtBot) -> None:
    following = follow(link)
    following.begin()
    link.answer(day.answer())
    with qtbot.waitSignal(following.answered, timeout=LIMIT_MS) as got:
        link.comes_up()
        link.answer(day.answer(*day.events))
    assert got.args == [day.answer(*day.events)]


def test_a_tv_of_several_zones_asks_for_one_after_the_other(link: StandInLink, day: Day) -> None:
    follow(link, "lantai-1", "sayap barat/utara").begin()
    link.answer(day.answer())
    link.comes_up()
    link.answer(day.answer())
    link.answer(day.answer())
    assert link.asked[1:] == ["/api/board?zone=lantai-1", "/api/board?zone=sayap%20barat%2Futara"]


def test_the_board_is_asked_for_again_after_each_reconnection(link: StandInLink, day: Day) -> None:
    follow(link).begin()
    link.answer(day.answer())
    for _ in range(2):
        link.comes_up()
        link.answer(day.answer())
        link.goes_away()
    assert len(link.asked) == 3


def test_the_board_is_asked_for_again_from_time_to_time(link: StandInLink, day: Day, qtbot: QtBot) -> None:
    follow(link, refresh_ms=5).begin()
    link.answer(day.answer())
    link.comes_up()
    link.answer(day.answer())
    qtbot.waitUntil(lambda: len(link.asked) == 3, timeout=LIMIT_MS)


def test_nothing_is_asked_while_the_hub_is_away(link: StandInLink, day: Day, qtbot: QtBot) -> None:
    following = follow(link, refresh_ms=5)
    following.begin()
    link.answer(day.answer())
    with qtbot.waitSignals([following._again.timeout] * 2, timeout=LIMIT_MS):
        pass
    assert len(link.asked) == 1


def test_a_first_answer_that_does_not_come_is_asked_for_again(link: StandInLink, day: Day, qtbot: QtBot) -> None:
    following = follow(link, retry_ms=1)
    with qtbot.waitSignal(following.away, timeout=LIMIT_MS) as away:
        following.begin()
        link.answer(Trouble("hub_away"))
    assert away.args == [True]
    qtbot.waitUntil(lambda: len(link.asked) == 2, timeout=LIMIT_MS)
    link.answer(day.answer())
    assert link.listened_after == [1]


def test_an_answer_refused_later_is_asked_for_again(link: StandInLink, day: Day, qtbot: QtBot) -> None:
    following = follow(link, retry_ms=1)
    following.begin()
    link.answer(day.answer())
    link.comes_up()
    with qtbot.assertNotEmitted(following.away):
        link.answer(Trouble("hub_fault"))
    qtbot.waitUntil(lambda: len(link.asked) == 3, timeout=LIMIT_MS)


def test_it_says_when_the_hub_is_away_and_when_it_is_back(link: StandInLink) -> None:
    following = follow(link)
    said: list[bool] = []
    following.away.connect(said.append)
    link.goes_away()
    link.comes_up()
    assert said == [True, False]
