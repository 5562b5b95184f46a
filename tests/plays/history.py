"""All that happened in a hall, as the hub tells it to one who asks from the beginning."""

from collections.abc import Iterable
from http.client import HTTPConnection

from shared.model import Kind
from shared.sse import SseParser
from shared.wire import Board, CounterView, Event, Health, Ticket

PATIENCE_S = 20.0
PIECE = 65_536


def get(address: str, path: str) -> bytes:
    """A page of the hub. Raises RuntimeError when it is refused."""
    line = HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE_S)
    try:
        line.request("GET", path)
        reply = line.getresponse()
        body = reply.read()
    finally:
        line.close()
    if reply.status != 200:
        raise RuntimeError(f"{path}: {reply.status} {body!r}")
    return body


def last_event(address: str) -> int:
    """The id of the newest event."""
    return Health.model_validate_json(get(address, "/api/health")).last_event


def history(address: str) -> list[Event]:
    """Every event so far, in the order the feed tells them."""
    last = last_event(address)
    line = HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE_S)
    events: list[Event] = []
    parser = SseParser()
    try:
        line.request("GET", "/api/events?after=0")
        reply = line.getresponse()
        while not events or events[-1].id < last:
            messages = parser.feed(reply.read1(PIECE))
            events += [Event.model_validate_json(message.data) for message in messages if message.id]
    finally:
        line.close()
    return events


def tickets(events: list[Event], kind: Kind) -> list[Ticket]:
    """The tickets of all events of one kind, in order."""
    return [event.ticket for event in events if event.kind is kind and event.ticket is not None]


def how_many_wait(address: str) -> int:
    """As the board says it."""
    board = Board.model_validate_json(get(address, "/api/board"))
    return sum(queue.waiting for queue in board.waiting)


def who_is_where(address: str, counters: Iterable[str]) -> dict[str, int | None]:
    """The ticket that the officer's app would show at each of these counters."""
    views = [CounterView.model_validate_json(get(address, f"/api/counters/{counter}")) for counter in counters]
    return {view.counter: view.current.id if view.current else None for view in views}
