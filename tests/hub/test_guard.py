"""Who asks, found out in the house itself, with a clock that a test turns."""

import asyncio
import gc
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from hub import house as house_module
from hub.access import ACCESS
from hub.house import House
from hub.people import DeviceKey, SessionRow, StaffRow, hashed
from hub.rows import to_ms
from hub.store import FILE_NAME, Book, Store
from hub.verbs import VERBS
from shared.model import DeviceKind, Kind
from shared.trouble import Trouble
from shared.wire import Board, CounterView, TakeTicket
from tests.hub.small_hall import Clock, small_hall

NEXT = next(verb for verb in VERBS if verb.path.endswith("/next"))
TAKE = VERBS[0]
APP = str(UUID(int=1))
SHOWN = [(b"authorization", b"Bearer key"), (b"antre-session", b"token")]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house that asks who is there; Siti has signed in at counter 1."""
    store, often = Store(tmp_path / FILE_NAME), gc.get_threshold()
    house = House(small_hall(), store=store, clock=Clock(), data=tmp_path, is_open=False)
    book = store.begin()
    sign_siti_in(book, to_ms(house.clock()))
    store.commit()
    yield house
    store.close()
    gc.set_threshold(*often)  # a running house sets both for its whole process
    gc.unfreeze()


def sign_siti_in(book: Book, now: int) -> None:
    book.add_device_key("counter", "1", hashed("key"), now)
    book.keep_staff(StaffRow(0, "Siti", "officer", 1, "$argon2id$…"))
    book.keep_session(SessionRow("1", APP, "PC 1", 1, 1, now, hashed("token")))


def clock_of(house: House) -> Clock:
    assert isinstance(house.clock, Clock)
    return house.clock


def refused(house: House, headers: list[tuple[bytes, bytes]], counter: str = "1") -> str:
    try:
        house.guard.admit(NEXT, headers, counter, house.clock)
    except Trouble as trouble:
        return trouble.code
    return ""


def play(scene: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(scene(), 20)

    asyncio.run(bounded())


def test_who_signed_in_is_known_by_key_and_token(house: House) -> None:
    asker = house.guard.admit(NEXT, SHOWN, "1", house.clock)
    assert asker.key == DeviceKey(1, "counter", "1", to_ms(house.clock()))
    assert asker.staff is not None
    assert (asker.staff.name, asker.is_nobody) == ("Siti", False)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ([], "device_unknown"),
        (SHOWN[1:], "device_unknown"),
        ([(b"authorization", b"Basic key"), SHOWN[1]], "device_unknown"),
        ([(b"authorization", b"Bearer "), SHOWN[1]], "device_unknown"),
        ([(b"authorization", b"Bearer \xff"), SHOWN[1]], "device_unknown"),
        (SHOWN[:1], "session_ended"),
        ([SHOWN[0], (b"antre-session", b"another")], "session_ended"),
    ],
)
def test_who_shows_less_is_not(house: House, headers: list[tuple[bytes, bytes]], code: str) -> None:
    assert refused(house, headers) == code


def test_the_hub_s_own_key_is_the_administrator_s(house: House) -> None:
    own = [(b"authorization", f"Bearer {house.vault.own_key}".encode())]
    assert house.guard.admit(NEXT, own, "3", house.clock).is_house


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book: book.revoke_device_key(1, 0), "device_unknown"),
        (lambda book: book.drop_session("1"), "session_ended"),
        (lambda book: book.keep_staff(book.staff(1)._replace(role="supervisor")), ""),
    ],
)
def test_what_changes_counts_from_its_commit_on(house: House, change: Callable[[Book], object], code: str) -> None:
    assert refused(house, SHOWN) == ""
    assert refused(house, SHOWN, "2") == "not_allowed"
    change(house.store.begin())
    assert refused(house, SHOWN) == ""
    house.store.commit()
    assert refused(house, SHOWN) == code
    assert refused(house, SHOWN, "2") == code  # a supervisor's counter is any


def test_half_an_hour_without_a_verb_is_the_end_of_a_session(house: House) -> None:
    clock_of(house).pass_(minutes=20)
    assert refused(house, SHOWN) == ""  # a verb: from now on anew
    clock_of(house).pass_(minutes=29)
    house.guard.admit_to("GET", "/api/counters/1", SHOWN, to_ms(house.clock()))  # no verb
    clock_of(house).pass_(minutes=1)
    assert refused(house, SHOWN) == "session_ended"


def test_who_was_idle_for_half_an_hour_may_what_the_device_may_and_nothing_else(house: House) -> None:
    clock_of(house).pass_(minutes=30)
    for name, who in ACCESS.items():
        is_the_device_s = who.is_everyone or DeviceKind.COUNTER in who.kinds
        code = "" if is_the_device_s else "session_ended" if who.role else "not_allowed"
        assert (name, refused_at(house, name)) == (name, code)


def refused_at(house: House, name: str) -> str:
    """As `refused`, at any place of the table."""
    method, _, path = name.partition(" ")
    verb = next((verb for verb in VERBS if method == "POST" and verb.path == path), None)
    filled = re.sub(r"\{\w+\}", "1", path.replace("{kind}", "counter"))
    try:
        if verb is not None:
            house.guard.admit(verb, SHOWN, "1", house.clock)
        else:
            house.guard.admit_to(method, filled, SHOWN, to_ms(house.clock()))
    except Trouble as trouble:
        return trouble.code
    return ""


def test_work_on_the_configuration_keeps_a_session_and_a_device_s_report_does_not(house: House) -> None:
    book = house.store.begin()
    book.keep_staff(StaffRow(1, "Siti", "supervisor", 1, "$argon2id$…"))
    house.store.commit()
    for path, code in (("/api/configuration/check", ""), ("/api/devices/counter/1", "session_ended")):
        clock_of(house).pass_(minutes=29)
        house.guard.admit_to("POST", path, SHOWN, to_ms(house.clock()))
        clock_of(house).pass_(minutes=1)
        assert refused(house, SHOWN) == code


def test_who_is_idle_is_told_to_be_out_and_a_call_stays_on_counter_and_board(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house_module, "CLOCK_SECONDS", 0.001)
    book, floor = house.store.begin(), house.floor
    floor.take(book, house.clock(), TakeTicket(service="ktp", priority=False))
    floor.next(book, house.clock(), "1")
    house.store.commit()
    called = house.store.read.last_event()[0]

    async def scene() -> None:
        async with house.running():
            listening = house.feed.listen(called)
            await anext(listening)
            clock_of(house).pass_(minutes=31)
            while b"event: signed_out" not in await anext(listening):
                pass
            assert house.store.read.session("1") is None
            [event] = house.store.read.events_after(called, 10)
            assert (event.kind, event.counter, event.app, event.by) == (Kind.SIGNED_OUT, "1", APP, None)
            view = CounterView.model_validate_json(house.views.counter(house.clock(), "1", []))
            [shown] = Board.model_validate_json(house.views.board(house.clock(), None)).calls
            assert view.current is not None
            assert (view.current.number, view.current.state, shown.ticket.number) == ("A-001", "called", "A-001")

    play(scene)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/api/nothing", "/", "/t/x", "/api/hall/", "/API/HALL", "/api//hall"])
def test_what_is_not_in_the_table_is_nowhere_and_nobody_s(house: House, method: str, path: str) -> None:
    now = to_ms(house.clock())
    for headers, code in (([], "device_unknown"), (SHOWN, "not_found")):
        with pytest.raises(Trouble) as told:
            house.guard.admit_to(method, path, headers, now)
        assert told.value.code == code
