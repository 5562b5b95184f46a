"""A number that is given back is asked about until the hub has decided."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from kiosk.returning import KeptReturns, Return, Returning
from shared.model import State
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import TakeTicket, Ticket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInLink

SELDOM = 60.0


class Hand(QObject):
    """Gives numbers back and remembers what came of it."""

    def __init__(self, link: StandInLink, data: Path, *, again_s: float = SELDOM) -> None:
        super().__init__(link)
        kept = KeptReturns(Settings(data / "kiosk.json"), "kiosk-1")
        self.returning = Returning(link, self, again_s=again_s, kept=kept)
        self.returned: list[str] = []
        self.kept: list[tuple[str, str]] = []
        self.unsure: list[str] = []
        self.returning.given_back.connect(lambda order: self.returned.append(order.number))
        self.returning.not_given_back.connect(lambda order, trouble: self.kept.append((order.number, trouble.code)))
        self.returning.unsure.connect(lambda order: self.unsure.append(order.number))


def taken(hub: SmallHub) -> Ticket:
    return hub.issue(TakeTicket(service="k-0"))


def undecided(data: Path) -> list[Return]:
    kept = KeptReturns(Settings(data / "kiosk.json"), "kiosk-1").read()
    return kept.undecided if kept else []


@pytest.fixture
def lost(link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path) -> Hand:
    """K-001 was given back, the hub took it, its answer never came."""
    link.comes_up()
    hand = Hand(link, tmp_path)
    link.loses = "/cancel"
    hand.returning.give_back(taken(hub))
    until(lambda: hand.unsure == ["K-001"])
    assert hub.tickets[1].state is State.CANCELLED
    return hand


def test_a_return_without_an_answer_is_on_the_disk_until_one_comes(
    lost: Hand, link: StandInLink, until: Until, tmp_path: Path
) -> None:
    assert [order.number for order in undecided(tmp_path)] == ["K-001"]
    link.loses = "nothing"
    lost.returning.settle()
    until(lambda: lost.returned == ["K-001"])
    assert undecided(tmp_path) == []


def test_it_is_asked_again_with_its_key_when_the_hub_is_back(
    lost: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.goes_away()
    lost.returning.settle()
    assert len(hub.orders) == 1, "a hub that is away is not asked"
    link.loses = "nothing"
    link.comes_up()
    until(lambda: lost.returned == ["K-001"])
    assert len({key for _path, key in hub.orders}) == 1


def test_a_kiosk_started_anew_asks_again_with_the_same_key(
    lost: Hand, link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path
) -> None:
    link.caught_up.disconnect(lost.returning.settle)  # it has ended
    link.goes_away()
    link.loses = "nothing"
    again = Hand(link, tmp_path)
    link.comes_up()
    until(lambda: again.returned == ["K-001"])
    assert len({key for _path, key in hub.orders}) == 1
    assert undecided(tmp_path) == []


def test_several_are_each_asked_about(lost: Hand, link: StandInLink, hub: SmallHub, until: Until) -> None:
    lost.returning.give_back(taken(hub))
    until(lambda: lost.unsure == ["K-001", "K-002"])
    link.loses = "nothing"
    lost.returning.settle()
    lost.returning.settle()
    until(lambda: lost.returned == ["K-001", "K-002"])
    assert len(hub.orders) == 4, "what is on its way is not asked again"


@pytest.mark.parametrize("code", ["too_late", "hub_fault"])
def test_a_decision_against_it_ends_the_asking(
    link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path, code: str
) -> None:
    link.comes_up()
    hand = Hand(link, tmp_path, again_s=0.001)
    hub.refuses = Trouble(code)
    hand.returning.give_back(taken(hub))
    until(lambda: hand.kept == [("K-001", code)])
    hand.returning.settle()
    assert (len(hub.orders), hand.unsure) == (1, [])


def test_one_of_yesterday_means_nothing_any_more(lost: Hand, hub: SmallHub, tmp_path: Path) -> None:
    hub.now += timedelta(hours=21)
    lost.returning.settle()
    assert (len(hub.orders), undecided(tmp_path)) == (1, [])
