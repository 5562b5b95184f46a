"""A floor with an open book, and a hub of its own process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.desk import Desk
from hub.floor import Floor
from hub.rows import EventRow, Standing
from hub.store import FILE_NAME, Book, Store
from shared.hall import Hall
from shared.wire import CallChosen, Finish, Hold, OnTicket, Plan, TakeTicket, Transfer
from tests.hub.running import RunningHub, start_hub
from tests.hub.small_hall import Clock, small_hall


@pytest.fixture
def hall() -> Hall:
    return small_hall()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / FILE_NAME)
    yield store
    store.close()


@pytest.fixture
def book(store: Store) -> Iterator[Book]:
    book = store.begin(has_savepoints=True)
    book.begin_verb()
    yield book
    store.roll_back()


BODIES: dict[str, type[OnTicket] | type[CallChosen]] = {
    "hold": Hold,
    "transfer": Transfer,
    "call": CallChosen,
    "plan": Plan,
    "finish": Finish,
}


class Day:
    """A floor, its open book and its clock: a test plays a day on them."""

    def __init__(self, floor: Floor, book: Book, clock: Clock) -> None:
        self.floor, self.book, self.clock = floor, book, clock
        self.desk = Desk(floor)

    def take(self, service: str = "ktp", *, priority: bool = False, **more: object) -> Standing:
        asked = TakeTicket.model_validate({"service": service, "priority": priority} | more)
        return self.floor.take(self.book, self.clock(), asked)

    def next(self, counter: str = "1") -> EventRow | None:
        return self.floor.next(self.book, self.clock(), counter)

    def called(self, counter: str = "1") -> str | None:
        """The number that 'next' at this counter calls."""
        call = self.next(counter)
        return call.ticket.number if call and call.ticket else None

    def on(self, verb: str, counter: str, ticket: int, /, **asked: object) -> Standing | EventRow:
        rule = getattr(self.desk, verb)
        said: Standing | EventRow = rule(
            self.book, self.clock(), counter, BODIES.get(verb, OnTicket).model_validate({"ticket": ticket} | asked)
        )
        return said

    def state(self, ticket: int) -> str:
        row = self.book.ticket(ticket)
        assert row is not None
        return row.state

    def kinds(self) -> list[str]:
        return [str(event.kind) for event in self.book.told]


@pytest.fixture
def day(hall: Hall, book: Book, clock: Clock) -> Day:
    return Day(Floor(hall), book, clock)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with start_hub(tmp_path / "data") as hub:
        yield hub
