"""Numbers on paper, raced for by four counters. Begun by keys, shown and spoken they are in test_lobby.py."""

from collections import Counter
from collections.abc import Iterator
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from demo.play import wait_until
from demo.programs import Hall
from shared.assets import CONFIG
from shared.model import Kind, Origin
from shared.wire import BeginRoll, Board, Event
from tests.plays.crowd import crowds
from tests.plays.history import get, history, tickets

SITE = CONFIG / "paser.toml"
AGENCY = "bpjs-kesehatan"
PATIENCE_S = 60.0
SQUAD = tuple(f"loket-{n}" for n in (1, 2, 3, 4))
FIRST, LAST = 101, 160


def roll_is_on(address: str) -> bool:
    board = Board.model_validate_json(get(address, "/api/board"))
    return any(queue.roll for queue in board.waiting)


@pytest.fixture(scope="module")
def raced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Event]]:
    """Four officers press whatever they like until the roll is at its end."""
    hall = Hall(tmp_path_factory.mktemp("roll"), SITE)
    try:
        hall.open_hub()
        with crowds(hall, ["tests.plays.client"]) as (officers,):
            for counter in SQUAD:
                officers.add(counter, "counter", counter)
            officers.gather()
            begin_roll(hall.address)
            officers.say("go")
            wait_until(lambda: not roll_is_on(hall.address), "the roll's last number", patience_s=PATIENCE_S)
            officers.dismiss()
        yield history(hall.address)
    finally:
        hall.close()


def begin_roll(address: str) -> None:
    body = BeginRoll(first=FIRST, last=LAST).model_dump_json().encode()
    order = Request(f"{address}/api/agencies/{AGENCY}/paper-roll", body, {"Idempotency-Key": str(uuid4())})  # noqa: S310  -- our own hub
    with urlopen(order, timeout=PATIENCE_S) as answer:  # noqa: S310  -- our own hub
        assert answer.status == 200


def test_every_number_of_the_roll_is_called_and_none_by_two_counters(raced: list[Event]) -> None:
    """Once, and once more for each time that its call was undone."""
    called = Counter(ticket.number for ticket in tickets(raced, Kind.CALLED))
    returned = Counter(ticket.number for ticket in tickets(raced, Kind.RETURNED))
    assert returned
    assert set(called) == {f"A-{n}" for n in range(FIRST, LAST + 1)}
    assert {called[number] - returned[number] for number in called} <= {0, 1}


def test_each_number_is_one_ticket_and_they_come_in_order(raced: list[Event]) -> None:
    torn = [ticket for ticket in tickets(raced, Kind.TAKEN) if ticket.origin is Origin.PAPER_ROLL]
    assert [ticket.number for ticket in torn] == [f"A-{n}" for n in range(FIRST, LAST + 1)]


def test_all_four_counters_had_a_part_in_it(raced: list[Event]) -> None:
    assert {event.counter for event in raced if event.kind is Kind.CALLED} == set(SQUAD)
