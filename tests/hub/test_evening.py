"""The end of the day: who still waits is settled as the hall says, and told."""

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from hub.evening import settle
from hub.floor import Floor
from hub.house import House
from hub.once import Ask
from hub.store import FILE_NAME, Store
from hub.verbs import VERBS, Order
from shared.hall import Hours
from shared.wire import TakeTicket
from tests.hub.conftest import Day
from tests.hub.small_hall import Clock, small_hall


@pytest.fixture
def carrying(day: Day) -> Day:
    hours = Hours(weekdays="00.00-24.00", saturday="00.00-24.00", end_of_day="carry")
    day.floor = Floor(small_hall().model_copy(update={"hours": hours}))
    return day


def midnight(day: Day, days: int = 1) -> int:
    day.clock.pass_(days=days)
    return settle(day.floor, day.book, day.clock())


def test_who_waits_at_midnight_has_waited_in_vain_and_it_is_told(day: Day) -> None:
    called, waiting = day.take().row.id, day.take().row.id
    day.next()
    assert midnight(day) == 1
    assert (day.state(called), day.state(waiting)) == ("called", "expired")
    assert day.kinds()[-1] == "expired"
    assert [day.book.waiting_counts(one).get("dukcapil", 0) for one in ("2026-02-12", "2026-02-13")] == [0, 0]


def test_before_midnight_nobody_is_sent_away(day: Day) -> None:
    day.take()
    day.clock.pass_(hours=15, minutes=59)
    assert settle(day.floor, day.book, day.clock()) == 0


def test_it_is_settled_once(day: Day) -> None:
    day.take()
    assert (midnight(day), settle(day.floor, day.book, day.clock())) == (1, 0)


def test_a_hub_that_was_off_for_days_settles_all_of_them(day: Day) -> None:
    day.take()
    day.clock.pass_(days=1)
    day.take()
    assert midnight(day, days=3) == 2


def test_who_is_carried_over_comes_first_and_keeps_the_number(carrying: Day) -> None:
    day = carrying
    for _ in range(3):
        day.take()
    day.next()
    assert midnight(day) == 2
    assert day.kinds()[-2:] == ["carried", "carried"]
    assert [day.take().row.number, day.called(), day.called(), day.called(), day.called()] == [
        "A-004",
        "A-002",
        "A-003",
        "A-004",
        None,
    ]


def test_carried_over_they_are_counted_where_they_wait(carrying: Day) -> None:
    carrying.take()
    midnight(carrying)
    assert [carrying.book.waiting_counts(one).get("dukcapil", 0) for one in ("2026-02-12", "2026-02-13")] == [0, 1]
    assert carrying.take().ahead == 1


def test_the_page_behind_the_qr_still_knows_who_was_carried_over(carrying: Day) -> None:
    token = carrying.take().row.token
    for _ in range(3):
        midnight(carrying)
    row = carrying.book.ticket_of_token(token)
    assert row is not None
    assert (row.state, row.day) == ("waiting", "2026-02-15")


def test_a_number_already_given_today_is_not_there_twice(carrying: Day) -> None:
    """The hub woke late: somebody took A-001 before yesterday's A-001 was settled."""
    old = carrying.take().row.id
    carrying.clock.pass_(days=1)
    carrying.take()
    settle(carrying.floor, carrying.book, carrying.clock())
    assert carrying.state(old) == "expired"


@pytest.fixture
def clock_of_house() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, clock_of_house: Clock) -> Iterator[House]:
    often = gc.get_threshold()
    yield House(small_hall(), store=Store(tmp_path / FILE_NAME), clock=clock_of_house, data=tmp_path)
    gc.set_threshold(*often)  # a running house sets both for its whole process
    gc.unfreeze()


def state_of_first(house: House) -> str:
    row = house.store.read.ticket(1)
    assert row is not None
    return row.state


def test_the_house_settles_by_itself_as_it_ticks(house: House, clock_of_house: Clock) -> None:
    clock = clock_of_house

    async def scene() -> None:
        async with house.running():
            await house.writer.write(lambda book: house.floor.take(book, clock(), TakeTicket(service="ktp")))
            await house._keep_house(1)
            assert state_of_first(house) == "waiting"
            clock.pass_(days=1)
            await house._keep_house(1)
            assert state_of_first(house) == "expired"

    asyncio.run(asyncio.wait_for(scene(), 20))


def test_a_hub_that_starts_in_the_morning_settles_before_it_answers(house: House, clock_of_house: Clock) -> None:
    clock = clock_of_house
    book = house.store.begin()
    house.floor.take(book, clock(), TakeTicket(service="ktp"))
    house.store.commit()
    clock.pass_(days=1)

    async def scene() -> None:
        async with house.running():
            assert state_of_first(house) == "expired"

    asyncio.run(asyncio.wait_for(scene(), 20))


@pytest.fixture
def carrying_house(tmp_path: Path, clock_of_house: Clock) -> Iterator[House]:
    hours = Hours(weekdays="00.00-24.00", saturday="00.00-24.00", end_of_day="carry")
    hall = small_hall().model_copy(update={"hours": hours})
    often = gc.get_threshold()
    yield House(hall, store=Store(tmp_path / FILE_NAME), clock=clock_of_house, data=tmp_path)
    gc.set_threshold(*often)
    gc.unfreeze()


def taking() -> Order:
    verb = next(verb for verb in VERBS if verb.path == "/api/tickets")
    return Order(Ask(uuid4().bytes, verb.path, b"{}"), verb, "", TakeTicket(service="ktp"))


def test_the_first_number_after_midnight_is_in_nobodys_way(carrying_house: House, clock_of_house: Clock) -> None:
    house = carrying_house

    async def scene() -> list[str]:
        async with house.running():
            await house.settle(taking())
            clock_of_house.pass_(days=1)
            await house.settle(taking())
            rows = (house.store.read.ticket(ticket) for ticket in (1, 2))
            return [f"{row.day} {row.number} {row.state}" for row in rows if row]

    assert asyncio.run(asyncio.wait_for(scene(), 20)) == ["2026-02-13 A-001 waiting", "2026-02-13 A-002 waiting"]
