"""What the kiosk tells the hub is told once, and not forgotten."""

import pytest

from kiosk.outlets import Paper
from kiosk.reports import MOST_KEPT, Reports
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import TakeTicket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInLink


@pytest.fixture
def reports(link: StandInLink, hub: SmallHub) -> Reports:
    hub.issue(TakeTicket(service="k-0"))
    link.comes_up()
    return Reports(link, "kiosk-1", link)


def told(hub: SmallHub) -> list[tuple[int, Outcome, str]]:
    return [(ticket, paper.outcome, paper.code) for ticket, paper in hub.papers]


def test_what_became_of_the_paper_is_told(reports: Reports, hub: SmallHub, until: Until) -> None:
    reports.paper(Paper(1, Outcome.FAILED, "paper_out"))
    until(lambda: hub.papers)
    assert told(hub) == [(1, Outcome.FAILED, "paper_out")]


def test_a_copy_is_told_apart_from_the_first_paper(reports: Reports, hub: SmallHub, until: Until) -> None:
    reports.paper(Paper(1, Outcome.UNKNOWN, "printer_silent"))
    reports.paper(Paper(1, Outcome.PRINTED, "printer_silent", is_copy=True))
    until(lambda: len(hub.papers) == 2)
    assert [paper.is_copy for _, paper in hub.papers] == [False, True]


def test_a_lost_answer_is_asked_again_with_the_same_key(
    reports: Reports, hub: SmallHub, link: StandInLink, until: Until
) -> None:
    link.lossy = True
    reports.paper(Paper(1, Outcome.PRINTED))
    until(lambda: not reports._on_the_way)
    link.lossy = False
    reports.catch_up()
    until(lambda: not reports._untold)
    assert told(hub) == [(1, Outcome.PRINTED, "")]
    assert len({key for _path, key in hub.orders}) == 1


def test_what_is_on_its_way_is_not_sent_again(reports: Reports, hub: SmallHub, link: StandInLink) -> None:
    link.slow = True
    reports.paper(Paper(1, Outcome.PRINTED))
    reports.catch_up()
    assert len(hub.orders) == 1
    link.deliver()
    assert reports._untold == {}


def test_a_decision_of_the_hub_is_not_asked_again(reports: Reports, hub: SmallHub, until: Until) -> None:
    hub.refuses = Trouble("unknown_ticket")
    reports.paper(Paper(1, Outcome.PRINTED))
    until(lambda: not reports._untold)
    reports.catch_up()
    assert len(hub.orders) == 1


def test_a_hub_that_cannot_write_now_is_asked_again(reports: Reports, hub: SmallHub, until: Until) -> None:
    hub.refuses = Trouble("storage_failed", why="penuh")
    reports.paper(Paper(1, Outcome.PRINTED))
    until(lambda: not reports._on_the_way)
    hub.refuses = None
    reports.catch_up()
    until(lambda: hub.papers)


def test_what_is_kept_has_a_bound(reports: Reports, link: StandInLink) -> None:
    link.goes_away()
    for ticket in range(MOST_KEPT + 10):
        reports.paper(Paper(ticket, Outcome.PRINTED))
    assert [ticket for ticket, _paper in reports._untold.values()] == list(range(10, MOST_KEPT + 10))


def test_health_goes_to_this_kiosks_address(reports: Reports, hub: SmallHub, until: Until) -> None:
    reports.health(["paper_out"], {"version": "1"})
    until(lambda: hub.reports)
    assert (hub.reports[0].troubles, hub.reports[0].facts) == (["paper_out"], {"version": "1"})
    assert hub.orders[0][0] == "/api/devices/kiosk/kiosk-1"


def test_health_does_not_pile_up(reports: Reports, hub: SmallHub, link: StandInLink) -> None:
    link.slow = True
    for _ in range(5):
        reports.health([], {})
    assert len(hub.reports) == 1
    link.deliver()
    reports.health([], {})
    assert len(hub.reports) == 2
