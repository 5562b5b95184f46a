"""The feed: every event, in order, once, from wherever a listener left off."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from hub import feed as feed_module
from hub.feed import Feed
from hub.rows import EventRow
from shared.trouble import Trouble

T = TypeVar("T")


class Log:
    """What the database would hold."""

    def __init__(self, count: int = 0) -> None:
        self.events = [EventRow(n, n, "taken") for n in range(1, count + 1)]
        self.reads = 0

    def __call__(self, after: int, limit: int) -> list[EventRow]:
        self.reads += 1
        return [event for event in self.events if event.id > after][:limit]

    def more(self, count: int = 1) -> list[EventRow]:
        new = [EventRow(len(self.events) + n, 0, "taken") for n in range(1, count + 1)]
        self.events += new
        return new


def encode(event: EventRow) -> bytes:
    return b"%d," % event.id


def a_feed(log: Log) -> Feed:
    return Feed(len(log.events), encode=encode, clock=lambda: b"clock,", history=log)


def play(scene: Callable[[], Awaitable[T]]) -> T:
    async def bounded() -> T:
        return await asyncio.wait_for(scene(), 20)

    return asyncio.run(bounded())


async def heard(feed: Feed, after: int | None, until: bytes) -> list[int]:
    """The ids one listener hears, up to and with `until`."""
    text = b""
    async for part in feed.listen(after):
        text += part
        if until in text:
            break
    return [int(word) for word in text.split(b",") if word.isdigit()]


def test_a_listener_hears_the_time_first() -> None:
    async def scene() -> bytes:
        return await anext(a_feed(Log()).listen(None))

    assert play(scene) == b"clock,"


def test_without_an_id_it_hears_what_comes_from_now_on() -> None:
    async def scene() -> list[int]:
        log = Log(5)
        feed = a_feed(log)
        listening = asyncio.ensure_future(heard(feed, None, b"7,"))
        await asyncio.sleep(0)
        feed.publish(log.more(2))
        return await listening

    assert play(scene) == [6, 7]


@pytest.mark.parametrize("after", [0, 1, 3, 250, 299, 300])
def test_from_any_id_it_hears_history_then_live_without_a_gap(after: int) -> None:
    async def scene() -> list[int]:
        log = Log(300)
        feed = a_feed(log)
        listening = asyncio.ensure_future(heard(feed, after, b"310,"))
        for _ in range(10):
            await asyncio.sleep(0)
            feed.publish(log.more())
        return await listening

    assert play(scene) == list(range(after + 1, 311))


def test_recent_events_come_from_memory() -> None:
    async def scene() -> tuple[list[int], int]:
        log = Log()
        feed = a_feed(log)
        feed.publish(log.more(50))
        return await heard(feed, 10, b"50,"), log.reads

    assert play(scene) == (list(range(11, 51)), 0)


def test_a_listener_that_falls_far_behind_catches_up_from_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "RECENT", 10)

    async def scene() -> tuple[list[int], int, int]:
        log = Log()
        feed = a_feed(log)
        slow = feed.listen(0)
        await anext(slow)
        for _ in range(100):
            feed.publish(log.more())
        kept = len(feed._said)
        text = b""
        while b"100," not in text:
            text += await anext(slow)
        return [int(word) for word in text.split(b",") if word], log.reads, kept

    ids, reads, kept = play(scene)
    assert ids == list(range(1, 101))
    assert reads > 0
    assert kept <= 20


def test_an_id_this_hub_has_not_reached_stands_for_now() -> None:
    async def scene() -> list[int]:
        log = Log(3)
        feed = a_feed(log)
        listening = asyncio.ensure_future(heard(feed, 4711, b"4,"))
        await asyncio.sleep(0)
        feed.publish(log.more())
        return await listening

    assert play(scene) == [4]


def test_all_listeners_share_one_text() -> None:
    made: list[int] = []

    def counting(event: EventRow) -> bytes:
        made.append(event.id)
        return encode(event)

    async def scene() -> list[list[int]]:
        log = Log()
        feed = Feed(0, encode=counting, clock=lambda: b"clock,", history=log)
        listening = [asyncio.ensure_future(heard(feed, None, b"1,")) for _ in range(50)]
        await asyncio.sleep(0)
        feed.publish(log.more())
        return await asyncio.gather(*listening)

    assert play(scene) == [[1]] * 50
    assert made == [1]


def test_a_tick_tells_everybody_the_time() -> None:
    async def scene() -> bytes:
        feed = a_feed(Log())
        listening = feed.listen(None)
        await anext(listening)
        waiting = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        feed.tick()
        return await waiting

    assert play(scene) == b"clock,"


def test_closing_ends_every_listener() -> None:
    async def scene() -> int:
        feed = a_feed(Log())
        listening = [asyncio.ensure_future(heard(feed, None, b"never")) for _ in range(50)]
        await asyncio.sleep(0)
        assert feed.listeners == 50
        feed.close()
        await asyncio.gather(*listening)
        assert not await feed.stirred()
        return feed.listeners

    assert play(scene) == 0


def test_what_the_database_told_before_it_was_published_is_not_told_again() -> None:
    log = Log(3)
    feed = a_feed(log)
    new = log.more(2)  # committed; their publishing is on its way

    async def scene() -> bytes:
        listener = feed.listen(1)
        text = await anext(listener) + await anext(listener)
        feed.publish(new)
        feed.publish(log.more())
        return text + await anext(listener)

    assert play(scene) == b"clock,2,3,4,5,6,"


def test_others_have_their_turn_between_two_pages_of_history() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def scene() -> list[int]:
        log = Log(500)
        other = asyncio.ensure_future(count())
        at_page = []
        async for text in a_feed(log).listen(0):
            at_page.append(turns)
            if b"500," in text:
                break
        other.cancel()
        return at_page[1:]

    at_page = play(scene)
    assert len(at_page) == 5
    assert len(set(at_page)) == 5, "somebody waited for more than one page"


def test_many_who_read_all_of_history_get_one_page_in_a_turn_and_all_of_it() -> None:
    pages: list[int] = []

    class Counted(Log):
        def __call__(self, after: int, limit: int) -> list[EventRow]:
            pages[-1] += 1
            return super().__call__(after, limit)

    async def count() -> None:
        while True:
            pages.append(0)
            await asyncio.sleep(0)

    async def scene() -> list[list[int]]:
        feed = a_feed(Counted(500))
        other = asyncio.ensure_future(count())
        await asyncio.sleep(0)
        heard_by = await asyncio.gather(*(heard(feed, 0, b"500,") for _ in range(40)))
        other.cancel()
        return heard_by

    assert play(scene) == [list(range(1, 501))] * 40
    assert sum(pages) == 40 * 5
    assert max(pages) == 1, "somebody waited for several pages at once"


def test_recent_events_too_are_told_a_page_at_a_time() -> None:
    async def scene() -> list[bytes]:
        log = Log()
        feed = a_feed(log)
        feed.publish(log.more(250))
        listening = feed.listen(0)
        return [await anext(listening) for _ in range(4)][1:]

    told = play(scene)
    assert [text.count(b",") for text in told] == [100, 100, 50]
    assert b"".join(told) == b"".join(b"%d," % n for n in range(1, 251))


class TornLog(Log):
    """A database whose disk fails after a page."""

    def __call__(self, after: int, limit: int) -> list[EventRow]:
        if self.reads:
            raise Trouble("storage_failed", why="disk I/O error")
        return super().__call__(after, limit)


def test_a_history_that_cannot_be_read_ends_the_stream_with_one_line(caplog: pytest.LogCaptureFixture) -> None:
    feed = a_feed(TornLog(300))

    async def scene() -> bytes:
        return b"".join([text async for text in feed.listen(0)])

    assert play(scene).endswith(b"99,100,")
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("WARNING", None)]
    assert "disk I/O error" in caplog.text
    assert feed.listeners == 0
    caplog.clear()
