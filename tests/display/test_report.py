from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.report import Report
from shared.trouble import Trouble
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


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def build(link: StandInLink, troubles: list[str]) -> Callable[..., Report]:
    def build(every_ms: int = NEVER) -> Report:
        facts = {"shown": "3"}
        return Report(link, "tv-1", troubles=lambda: troubles, facts=lambda: facts, every_ms=every_ms, parent=link)

    return build


def told(link: StandInLink) -> list[list[str]]:
    return [report.troubles for _, report in link.reports]


def test_the_first_report_goes_when_the_hub_is_there(build: Callable[..., Report], link: StandInLink) -> None:
    build()
    link.comes_up()
    path, report = link.reports[0]
    assert (path, report.facts, report.troubles) == ("/api/devices/display/tv-1", {"shown": "3"}, [])


def test_nothing_is_told_while_the_hub_is_away(build: Callable[..., Report], link: StandInLink) -> None:
    build().tell()
    assert link.reports == []


def test_it_tells_again_from_time_to_time(build: Callable[..., Report], link: StandInLink, qtbot: QtBot) -> None:
    build(every_ms=5)
    link.comes_up()
    link.report_arrives()
    qtbot.waitUntil(lambda: len(link.reports) == 2, timeout=LIMIT_MS)


def test_a_new_trouble_is_told_at_once(build: Callable[..., Report], link: StandInLink, troubles: list[str]) -> None:
    report = build()
    link.comes_up()
    link.report_arrives()
    troubles.append("no_sound")
    report.tell_if_new()
    assert told(link) == [[], ["no_sound"]]


def test_what_has_not_changed_is_not_told_at_once(build: Callable[..., Report], link: StandInLink) -> None:
    report = build()
    link.comes_up()
    link.report_arrives()
    report.tell_if_new()
    assert len(link.reports) == 1


def test_a_trouble_that_comes_while_a_report_is_on_its_way_follows_it(
    build: Callable[..., Report], link: StandInLink, troubles: list[str]
) -> None:
    report = build()
    link.comes_up()
    troubles.append("no_voice")
    report.tell_if_new()
    assert told(link) == [[]]
    link.report_arrives()
    assert told(link) == [[], ["no_voice"]]


def test_after_a_lost_report_the_next_one_tells_it(
    build: Callable[..., Report], link: StandInLink, troubles: list[str]
) -> None:
    report = build()
    troubles.append("no_sound")
    link.comes_up()
    link.report_arrives(Trouble("hub_away"))
    report.tell_if_new()
    assert told(link) == [["no_sound"], ["no_sound"]]
