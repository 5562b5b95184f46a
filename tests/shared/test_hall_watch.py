"""The hall's configuration as an app follows it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from shared.hall import Hall
from shared.qt.hall_watch import HallWatch
from shared.trouble import Trouble
from tests.display.link import StandInLink
from tests.hub.small_hall import small_hall


@pytest.fixture
def link(qapp: QCoreApplication) -> Iterator[StandInLink]:
    link = StandInLink()
    link.setParent(qapp)
    yield link
    link.deleteLater()


@pytest.fixture
def changes(link: StandInLink) -> list[Hall]:
    """What the watch tells of."""
    told: list[Hall] = []
    watch = HallWatch(link, numbered(3), link)
    watch.changed.connect(told.append)
    return told


def numbered(configuration: int, **more: object) -> Hall:
    return small_hall().model_copy(update={"configuration": configuration} | more)


def test_the_same_configuration_is_not_asked_for(link: StandInLink, changes: list[Hall]) -> None:
    link.configured.emit(3)
    assert (link.asked, changes) == ([], [])


def test_another_one_is_fetched_once_and_told(link: StandInLink, changes: list[Hall]) -> None:
    link.configured.emit(4)
    link.configured.emit(4)
    link.answer(hall := numbered(4, tagline="Baru"))
    link.configured.emit(4)
    assert (link.asked, changes) == (["/api/hall"], [hall])


def test_a_comment_in_the_file_is_no_change_of_the_hall(link: StandInLink, changes: list[Hall]) -> None:
    link.configured.emit(4)
    link.answer(numbered(4))
    link.configured.emit(4)
    assert (link.asked, changes) == (["/api/hall"], [])


def test_a_hub_that_does_not_answer_is_asked_again_at_its_next_sign_of_life(
    link: StandInLink, changes: list[Hall]
) -> None:
    link.configured.emit(4)
    link.answer(Trouble("hub_away"))
    link.configured.emit(4)
    link.answer(numbered(4, tagline="Baru"))
    assert [hall.tagline for hall in changes] == ["Baru"]
