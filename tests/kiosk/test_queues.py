"""Which agencies are used most, by the hub's figures."""

from datetime import datetime, timedelta

import pytest

from kiosk.queues import AgencyQueue, Queues
from shared.model import Reason
from shared.wire import Board, Call, Hall, TakeTicket, Ticket, Waiting
from tests.kiosk.stand_in import MORNING, SmallHub


@pytest.fixture
def queues(hall: Hall) -> Queues:
    return Queues(hall.agencies)


def order(queues: Queues) -> list[str]:
    queues.rank()
    return [queue.agency.id for queue in queues.shown()]


def ticket(hub: SmallHub, prefix: str, n: int, *, day: datetime = MORNING) -> Ticket:
    issued = hub.issue(TakeTicket(service=f"{prefix.lower()}-0"))
    return issued.model_copy(update={"number": f"{prefix}-{n:03d}", "day": day.date()})


def board(
    *, calls: list[Ticket] | None = None, waiting: dict[str, int] | None = None, now: datetime = MORNING
) -> Board:
    return Board(
        now=now,
        zone=None,
        last_event=1,
        calls=[
            Call(event=n, ticket=called, counter="10", called_at=now, reason=Reason.FIRST_COME)
            for n, called in enumerate(calls or [])
        ],
        waiting=[
            Waiting(agency=agency, waiting=n, estimate_minutes=7 * n, open_counters=2)
            for agency, n in (waiting or {}).items()
        ],
    )


def test_before_the_hub_has_spoken_nothing_is_claimed(queues: Queues, hall: Hall) -> None:
    assert queues.shown() == tuple(AgencyQueue(agency) for agency in hall.agencies)
    assert queues.shown()[0].waiting is None


def test_the_boards_figures_are_the_tiles(queues: Queues, hall: Hall) -> None:
    queues.read(board(waiting={"k": 3, "m": 0}))
    assert queues.shown()[:2] == (AgencyQueue(hall.agencies[0], 3, 21, 2), AgencyQueue(hall.agencies[1], 0, 0, 2))


def test_without_any_ticket_the_site_files_order_holds(queues: Queues) -> None:
    queues.read(board(waiting={"k": 0, "m": 0, "s": 0}))
    assert order(queues) == ["k", "m", "s"]


def test_most_taken_comes_first(queues: Queues, hub: SmallHub) -> None:
    for taken in (ticket(hub, "S", 9), ticket(hub, "M", 4), ticket(hub, "K", 2)):
        queues.saw(taken)
    assert order(queues) == ["s", "m", "k"]


def test_called_ones_and_those_who_wait_count_together(queues: Queues, hub: SmallHub) -> None:
    queues.read(board(calls=[ticket(hub, "M", 5)], waiting={"k": 6, "m": 2}))
    assert order(queues) == ["m", "k", "s"]


def test_the_order_holds_until_it_is_ranked(queues: Queues, hub: SmallHub) -> None:
    queues.saw(ticket(hub, "S", 9))
    assert [queue.agency.id for queue in queues.shown()] == ["k", "m", "s"]


def test_after_nine_hundred_ninety_nine_comes_a_thousand(queues: Queues, hub: SmallHub) -> None:
    queues.saw(ticket(hub, "K", 999))
    queues.saw(ticket(hub, "M", 1000))
    assert order(queues)[0] == "m"


def test_a_new_day_begins_with_nobody(queues: Queues, hub: SmallHub) -> None:
    queues.saw(ticket(hub, "S", 9))
    queues.read(board(waiting={"m": 1}, now=MORNING + timedelta(days=1)))
    assert order(queues) == ["m", "k", "s"]


def test_a_ticket_of_yesterday_counts_no_more(queues: Queues, hub: SmallHub) -> None:
    queues.read(board(waiting={"m": 1}))
    queues.saw(ticket(hub, "S", 9, day=MORNING - timedelta(days=1)))
    assert order(queues) == ["m", "k", "s"]
