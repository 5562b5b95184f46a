"""One press is one number, whatever is lost on the way."""

import pytest
from PySide6.QtCore import QObject

from kiosk.taking import Taking
from shared.model import State
from shared.trouble import Trouble
from shared.wire import TakeTicket, Ticket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInLink

KTP = TakeTicket(service="k-0")
KK = TakeTicket(service="k-1")


class Hand(QObject):
    """Takes tickets and remembers what came of it."""

    def __init__(self, link: StandInLink, until: Until) -> None:
        super().__init__(link)
        self.taking = Taking(link, self)
        self.tickets: list[Ticket] = []
        self.troubles: list[Trouble] = []
        self._until = until
        self.taking.taken.connect(self.tickets.append)
        self.taking.refused.connect(self.troubles.append)

    def takes(self, body: TakeTicket) -> Ticket:
        before = len(self.tickets)
        self.taking.take(body)
        self._until(lambda: len(self.tickets) > before)
        return self.tickets[-1]

    def fails(self, body: TakeTicket) -> Trouble:
        before = len(self.troubles)
        self.taking.take(body)
        self._until(lambda: len(self.troubles) > before)
        return self.troubles[-1]


@pytest.fixture
def hand(link: StandInLink, until: Until) -> Hand:
    link.comes_up()
    return Hand(link, until)


def takes_asked(hub: SmallHub) -> list[object]:
    return [key for path, key in hub.orders if path == "/api/tickets"]


def test_each_press_has_a_key_of_its_own(hand: Hand, hub: SmallHub) -> None:
    assert hand.takes(KTP).number == "K-001"
    assert hand.takes(KTP).number == "K-002"
    assert len(set(takes_asked(hub))) == 2


def test_a_press_while_another_is_on_its_way_is_none(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.slow = True
    hand.taking.take(KTP)
    hand.taking.take(KTP)
    hand.taking.take(KK)
    link.deliver()
    assert len(hand.tickets) == len(hub.tickets) == 1


@pytest.mark.parametrize("lost", ["deaf", "lossy"])
def test_the_same_errand_keeps_its_key_until_an_answer_comes(
    hand: Hand, link: StandInLink, hub: SmallHub, lost: str
) -> None:
    setattr(link, lost, True)
    for _ in range(3):
        assert hand.fails(KTP).code == "hub_away"
    link.comes_up()
    setattr(link, lost, False)
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == len(set(takes_asked(hub))) == 1


def test_the_same_errand_in_another_language_is_the_same_errand(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    assert hand.takes(TakeTicket(service="k-0", language="en")).number == "K-001"
    assert len(hub.tickets) == 1


def test_after_an_answer_the_same_errand_is_a_new_one(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    hand.takes(KTP)
    assert hand.takes(KTP).number == "K-002"
    assert len(hub.tickets) == 2


@pytest.mark.parametrize("other", [KK, TakeTicket(service="k-0", priority=True)])
def test_another_errand_first_gives_back_what_was_lost(
    hand: Hand, link: StandInLink, hub: SmallHub, other: TakeTicket
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    ticket = hand.takes(other)
    assert (ticket.service, ticket.priority) == (other.service, other.priority)
    assert [waiting.id for waiting in hub.waiting] == [ticket.id]
    assert hub.tickets[1].state is State.CANCELLED


def test_another_errand_while_the_hub_is_away_takes_nothing_and_forgets_nothing(
    hand: Hand, link: StandInLink, hub: SmallHub
) -> None:
    link.lossy = True
    hand.fails(KTP)
    hand.fails(KK)
    link.lossy = False
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == 1


def test_whoever_leaves_without_an_answer_leaves_no_place_behind(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    hand.taking.leave()
    until(lambda: hub.tickets[1].state is State.CANCELLED)
    assert hand.tickets == []


def test_the_place_is_given_back_once_the_hub_is_there_again(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.goes_away()
    hand.taking.leave()
    assert [ticket.state for ticket in hub.waiting] == [State.WAITING]
    link.comes_up()
    until(lambda: hub.tickets[1].state is State.CANCELLED)


def test_the_next_visitor_never_gets_the_number_of_one_who_left(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.goes_away()
    hand.taking.leave()
    link.lossy = link.deaf = False  # orders arrive again, sooner than the feed
    assert hand.takes(KTP).number == "K-002"
    until(lambda: hub.tickets[1].state is State.CANCELLED)


def test_the_next_visitor_waits_for_the_settling_and_is_served(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy, link.slow = False, True
    hand.taking.leave()
    hand.taking.take(KK)
    link.slow = False
    link.deliver()
    until(lambda: hand.tickets)
    assert [ticket.service for ticket in hub.waiting] == ["k-1"]


def test_a_refusal_while_settling_is_an_answer_too(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.deaf = True
    hand.fails(KTP)
    link.deaf = False
    hub.refuses = Trouble("storage_failed", why="penuh")
    assert hand.fails(KK).code == "storage_failed"
    hub.refuses = None
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == 1


def test_leaving_with_an_answer_asks_nothing(hand: Hand, hub: SmallHub) -> None:
    hand.takes(KTP)
    asked = len(hub.orders)
    hand.taking.leave()
    hand.taking.settle()
    assert len(hub.orders) == asked
