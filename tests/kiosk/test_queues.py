"""Which agencies are used most, by the hub's figures."""

import pytest

from kiosk.queues import AgencyQueue, Queues
from shared.hall import Hall
from shared.wire import Board, Offer, Offers, Waiting
from tests.kiosk.stand_in import MORNING


@pytest.fixture
def queues(hall: Hall) -> Queues:
    return Queues(hall.agencies)


def order(queues: Queues) -> list[str]:
    queues.rank()
    return [queue.agency.id for queue in queues.shown()]


def board(*, waiting: dict[str, int] | None = None, taken: dict[str, int] | None = None) -> Board:
    waiting, taken = waiting or {}, taken or {}
    figures = [
        Waiting(
            agency=agency, waiting=0, ahead=n, estimate_minutes=7 * n, open_counters=2, taken_today=taken.get(agency, n)
        )
        for agency in {**waiting, **taken}
        for n in [waiting.get(agency, 0)]
    ]
    return Board(now=MORNING, zone=None, last_event=1, calls=[], waiting=figures)


def usual(**often: int) -> Offers:
    """What is asked for at this hour, agencies by one letter, services by letter and figure."""
    offers = {name.replace("_", "-"): n for name, n in often.items()}
    agencies = [Offer(id=one, usual=n) for one, n in offers.items() if "-" not in one]
    services = [Offer(id=one, usual=n) for one, n in offers.items() if "-" in one]
    return Offers(now=MORNING, last_event=1, changes_at=None, agencies=agencies, services=services)


def test_before_the_hub_has_spoken_nothing_is_claimed(queues: Queues, hall: Hall) -> None:
    assert queues.shown() == tuple(AgencyQueue(agency) for agency in hall.agencies)
    assert queues.shown()[0].waiting is None


def test_the_boards_figures_are_the_tiles(queues: Queues, hall: Hall) -> None:
    queues.read(board(waiting={"k": 3, "m": 0}))
    assert queues.shown()[:2] == (AgencyQueue(hall.agencies[0], 3, 21, 2), AgencyQueue(hall.agencies[1], 0, 0, 2))


def test_without_any_ticket_the_site_files_order_holds(queues: Queues) -> None:
    queues.read(board(waiting={"k": 0, "m": 0, "s": 0}))
    assert order(queues) == ["k", "m", "s"]


def test_most_taken_today_comes_first_be_they_all_called_already(queues: Queues) -> None:
    queues.read(board(taken={"s": 9, "m": 4, "k": 2}, waiting={"k": 2}))
    assert order(queues) == ["s", "m", "k"]


def test_equals_stand_as_in_the_site_file(queues: Queues) -> None:
    queues.read(board(taken={"s": 4, "m": 4, "k": 4}))
    assert order(queues) == ["k", "m", "s"]


def test_the_order_holds_until_it_is_ranked(queues: Queues) -> None:
    queues.read(board(taken={"s": 9}))
    assert [queue.agency.id for queue in queues.shown()] == ["k", "m", "s"]


def test_a_new_day_begins_with_nobody(queues: Queues) -> None:
    queues.read(board(taken={"s": 9}))
    assert order(queues) == ["s", "k", "m"]
    queues.read(board(taken={"s": 0, "m": 1}))
    assert order(queues) == ["m", "k", "s"]


def test_what_past_weeks_ask_for_at_this_hour_comes_first(queues: Queues) -> None:
    queues.read(board(taken={"k": 9}))
    queues.hear(usual(m=400, s=900, k=200))
    assert order(queues) == ["s", "m", "k"]


def test_services_too_stand_most_used_first_and_the_others_as_in_the_site_file(queues: Queues) -> None:
    queues.hear(usual(m=5, m_2=5))
    queues.rank()
    services = {queue.agency.id: [service.id for service in queue.services] for queue in queues.shown()}
    assert services == {"m": ["m-2", "m-0", "m-1"], "k": ["k-0", "k-1"], "s": ["s-0"]}


def test_what_is_used_at_the_next_hour_waits_until_nobody_chooses(queues: Queues) -> None:
    before = queues.shown()
    queues.hear(usual(s=900))
    assert queues.shown() == before
