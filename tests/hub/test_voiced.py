"""Which calls were said, and why not: told once, kept, listed."""

import pytest

from hub.floor import Floor
from hub.rows import EventRow
from hub.store import Book, Store
from hub.voiced import UNTOLD_MS, tell_voiced, unspoken
from shared.hall import Hall
from shared.model import Voiced
from shared.trouble import Trouble
from shared.wire import TakeTicket, TellVoiced
from tests.hub.small_hall import Clock


@pytest.fixture
def floor(hall: Hall) -> Floor:
    return Floor(hall)


def call(floor: Floor, book: Book, clock: Clock) -> int:
    """Somebody is called at counter 1; the call's event."""
    floor.take(book, clock(), TakeTicket(service="ktp"))
    called = floor.next(book, clock(), "1")
    assert isinstance(called, EventRow)
    return called.id


def tell(floor: Floor, book: Book, clock: Clock, event: int, outcome: str) -> EventRow | None:
    return tell_voiced(floor, book, clock(), str(event), TellVoiced(outcome=Voiced(outcome), display="tv-1"))


@pytest.mark.parametrize(
    ("told", "kept", "events"),
    [
        ("spoken", "spoken", 1),
        ("late", "late", 1),
        ("late spoken", "spoken", 2),  # by the voice before, whose word was long on its way
        ("spoken late", "spoken", 1),
        ("spoken spoken", "spoken", 1),
        ("late crowded", "late", 1),
    ],
)
def test_what_became_of_a_call_is_told_once_and_what_was_said_was_said(  # noqa: PLR0913, PLR0917  -- pytest gives them
    floor: Floor, book: Book, clock: Clock, told: str, kept: str, events: int
) -> None:
    event = call(floor, book, clock)
    before = len(book.told)
    for outcome in told.split():
        tell(floor, book, clock, event, outcome)
    assert book.voiced([event]) == {event: kept}
    assert [(row.kind, row.why) for row in book.told[before:]] == [("voiced", str(event))] * events


@pytest.mark.parametrize("whose", ["4711", "1", "x", "9" * 30])
def test_what_is_no_call_of_today_is_refused(floor: Floor, book: Book, clock: Clock, whose: str) -> None:
    call(floor, book, clock)  # event 1: taken
    with pytest.raises(Trouble) as refused:
        tell_voiced(floor, book, clock(), whose, TellVoiced(outcome=Voiced.SPOKEN))
    assert refused.value.code == "unknown_call"


def test_a_call_of_yesterday_is_no_news(floor: Floor, book: Book, clock: Clock) -> None:
    event = call(floor, book, clock)
    clock.pass_(days=1)
    with pytest.raises(Trouble):
        tell(floor, book, clock, event, "spoken")


def test_each_call_that_was_not_said_is_listed_with_its_reason(store: Store, floor: Floor, clock: Clock) -> None:
    book = store.begin()
    said, late, crowded, untold = (call(floor, book, clock) for _ in range(4))
    for event, outcome in ((said, "spoken"), (late, "late"), (crowded, "crowded")):
        tell(floor, book, clock, event, outcome)
    store.commit()
    told = [(crowded, "A-003", "1", "crowded"), (late, "A-002", "1", "late")]
    assert listed(store, floor, clock) == told
    clock.pass_(milliseconds=UNTOLD_MS)
    assert listed(store, floor, clock) == told
    clock.pass_(milliseconds=1)
    assert listed(store, floor, clock) == [(untold, "A-004", "1", None), *told]
    assert store.read.count_spoken("2026-02-12") == 1


def listed(store: Store, floor: Floor, clock: Clock) -> list[tuple[int, str, str, str | None]]:
    return [(one.event, one.number, one.counter, one.why) for one in unspoken(floor, store.read, clock())]
