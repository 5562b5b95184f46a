"""The hub's parts together: the ticking clock, and a ticket's page while the disk fails."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub import house as house_module
from hub import page_routes
from hub.bookings import make_booking
from hub.house import House
from hub.page_routes import Audience
from hub.rows import to_ms
from hub.store import FILE_NAME, Book, KeptAnswer, Store
from hub.views import Sight
from shared.booking_wire import MakeBooking
from shared.hall import Appointments
from shared.model import Kind
from shared.trouble import Trouble
from shared.wire import DeviceReport, Hold, TakeTicket, Transfer
from shared.words import Words
from tests.hub.small_hall import Clock, small_hall
from tests.hub.test_visitor import a_ticket


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    store, often = Store(tmp_path / FILE_NAME), gc.get_threshold()
    yield House(small_hall(), store=store, clock=Clock(), data=tmp_path)
    store.close()
    gc.set_threshold(*often)  # a running house sets both for its whole process
    gc.unfreeze()


def play(scene: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(scene(), 20)

    asyncio.run(bounded())


def test_who_was_sent_to_a_counter_that_the_new_file_lacks_waits_for_its_colleagues(house: House) -> None:
    book, floor, clock = house.store.begin(), house.floor, house.clock()
    tickets = [floor.take(book, clock, TakeTicket(service="ktp")).row.id for _ in range(3)]
    for there in ("2", "1"):
        called = floor.next(book, clock, "1")
        assert called
        assert called.ticket
        house.crew.desk.transfer(book, clock, "1", Transfer(ticket=called.ticket.id, counter=there))
    house.store.commit()
    hall = small_hall().model_copy(update={"counters": [one for one in small_hall().counters if one.id != "2"]})
    begun = House(hall, store=house.store, clock=house.clock, data=house.data)
    before = house.store.read.last_event()[0]

    async def scene() -> None:
        async with begun.running():
            rows = [begun.store.read.ticket(one) for one in tickets]
            assert [(row.number, row.for_counter) for row in rows if row] == [
                ("A-001", None),
                ("A-002", "1"),
                ("A-003", None),
            ]
            [event] = begun.store.read.events_after(before, 9)
            assert event.ticket
            assert (event.kind, event.counter, event.ticket.number) == (Kind.TRANSFERRED, "2", "A-001")
            assert begun.store.read.waiting_counts(begun.floor.day(to_ms(clock)))["dukcapil"] == 2

    play(scene)


def test_old_bookings_are_forgotten_by_itself(house: House) -> None:
    hall = house.hall.model_copy(update={"appointments": Appointments(per_hour=1)})
    begun = House(hall, store=house.store, clock=house.clock, data=house.data)
    book, clock = house.store.begin(), house.clock()
    for days in (0, 1):
        at = clock + timedelta(days=days)
        make_booking(begun.floor, book, clock, MakeBooking(code=f"HARI{days}", service="ktp", at=at))
    house.store.commit()
    assert isinstance(house.clock, Clock)
    house.clock.pass_(days=8)

    async def scene() -> None:
        async with begun.running():
            await begun._keep_house(1)
            assert [bool(begun.store.read.booking(code)) for code in ("HARI0", "HARI1")] == [False, True]

    play(scene)


@pytest.mark.parametrize("fault", [ValueError("planted"), Trouble("storage_failed", why="planted")])
def test_the_clock_ticks_on_after_a_fault(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    monkeypatch.setattr(house_module, "CLOCK_SECONDS", 0.001)
    monkeypatch.setattr(house_module, "_LOOK_S", 0.001)
    asked: list[int] = []

    def fail_once(_now: object) -> list[object]:
        asked.append(1)
        if len(asked) == 1:
            raise fault
        return []

    monkeypatch.setattr(house.devices, "fallen_silent", fail_once)

    async def scene() -> None:
        async with house.running():
            listening = house.feed.listen(None)
            await anext(listening)
            while len(asked) < 3:
                assert b"event: clock" in await anext(listening)

    play(scene)
    said = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(said) == 1
    assert "planted" in caplog.text
    caplog.clear()


def keep_answers(house: House, count: int) -> None:
    book = house.store.begin()
    for n in range(count):
        book.keep_answer(n.to_bytes(16), KeptAnswer(b"", 200, b""), to_ms(house.clock()))
    house.store.commit()


@pytest.mark.parametrize("seconds", [20.0, 0.0])
def test_old_answers_are_forgotten_until_none_is_left_and_the_clock_ticks_on(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(house_module, "_PRUNE_TICKS", 1000)
    monkeypatch.setattr(house_module, "_PRUNE_ROWS", 10)
    monkeypatch.setattr(house_module, "_PRUNE_SECONDS", seconds)
    keep_answers(house, 95)
    house.clock = clock
    clock.pass_(hours=26)
    last, told = (94).to_bytes(16), []

    async def scene() -> None:
        async with house.running():
            listening = house.feed.listen(None)
            await house._keep_house(999)
            assert house.store.read.answer(last)
            await house._keep_house(1000)
            for ticks in range(1001, 1010):
                told.append(house.store.read.answer(last) is None)
                await house._keep_house(ticks)
            await anext(listening)
            assert house.store.read.answer(last) is None

    play(scene)
    assert told == [bool(seconds)] * 9


def test_a_device_that_fell_silent_is_told_as_a_device(house: House, clock: Clock) -> None:
    house.clock = clock
    name = house.devices.name("kiosk", "kios-1")

    async def scene() -> None:
        async with house.running():
            house.devices.note(name, DeviceReport(), clock())
            clock.pass_(minutes=1)
            await house._say_who_fell_silent()
            (event,) = house.store.read.events_after(0, 9)
            assert event.kind == Kind.DEVICE
            assert not house.devices.device(name, clock()).alive

    play(scene)


def test_a_ticket_that_cannot_be_read_ends_its_pages_stream_with_one_line(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(page_routes, "REST_SECONDS", 0.001)
    sights: list[object] = [Sight(a_ticket(), is_today=True), Trouble("storage_failed", why="disk I/O error")]

    def sight(*_: object) -> object:
        found = sights.pop(0)
        if isinstance(found, Trouble):
            raise found
        return found

    monkeypatch.setattr(house.views, "sight", sight)
    audience = Audience(house)

    async def scene() -> None:
        watching = audience.watch("token", Words("id"))
        assert (await anext(watching)).startswith(b"event: ticket")
        rest = asyncio.ensure_future(anext(watching, b"ended"))
        while not rest.done():
            house.feed.tick()
            await asyncio.sleep(0.001)
        assert await rest == b"ended"

    play(scene)
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("WARNING", None)]
    assert "disk I/O error" in caplog.text
    caplog.clear()


def test_who_is_held_waits_again_by_itself_when_the_time_is_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house_module, "_LOOK_S", 0.001)
    clock, (floor, desk, *_) = house.clock, house.crew
    assert isinstance(clock, Clock)

    def hold(book: Book) -> int:
        ticket = floor.take(book, clock(), TakeTicket(service="ktp")).row.id
        floor.next(book, clock(), "1")
        desk.hold(book, clock(), "1", Hold(ticket=ticket, minutes=5))
        return ticket

    async def scene() -> None:
        async with house.running():
            listening = house.feed.listen(None)
            ticket = await house.writer.write(hold)
            clock.pass_(minutes=5)
            while b"event: unheld" not in await anext(listening):
                pass
            row = house.store.read.ticket(ticket)
            assert row
            assert row.state == "waiting"

    play(scene)
