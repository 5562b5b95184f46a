"""The event feed: Server-Sent Events, each text made once and shared by all who listen.

Nobody waits for a slow listener: it reads from the shared recent texts at its own pace, and from the
database when it has fallen further behind. What is kept for all of them together is bounded.
"""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from hub.rows import EventRow
from shared.trouble import Trouble

log = logging.getLogger(__name__)

RECENT = 2048
"""At least so many of the newest events are kept ready as text, at most twice as many."""

CLOCK_SECONDS = 5.0
"""How often the hub's time is sent; an app that hears nothing for some of these looks for the hub again."""

_PAGE = 100
"""Events told a listener at a time, so that nobody else waits long meanwhile."""

Encode = Callable[[EventRow], bytes]
History = Callable[[int, int], list[EventRow]]


class Said:
    """An event and, from the first listener on, its text."""

    __slots__ = ("_text", "event")

    def __init__(self, event: EventRow) -> None:
        self.event = event
        self._text = b""

    def text(self, encode: Encode) -> bytes:
        """As SSE, made once for all listeners, when the verb that said it has long been answered."""
        if not self._text:
            self._text = encode(self.event)
        return self._text


class Feed:
    """Who listens, and what was said lately.

    `encode`: an event as SSE; `clock`: the hub's time as SSE; `history`: events after an id, at most so many.
    """

    def __init__(self, last: int, *, encode: Encode, clock: Callable[[], bytes], history: History) -> None:
        self.last = last
        self.listeners = 0
        self._encode, self._clock, self._history = encode, clock, history
        self._since = last
        """Every event after this id stands in `_said`, its id at the same place in `_ids`."""
        self._ids: list[int] = []
        self._said: list[Said] = []
        self._time = b""
        self._ticks = 0
        self._wake = asyncio.Event()
        self._end = asyncio.Event()
        self._replaying = asyncio.Lock()
        """One page of history in a turn of the loop, in the order they came: a page takes milliseconds."""

    def publish(self, events: list[EventRow]) -> None:
        """Tell the listeners what was committed."""
        if not events:
            return
        self._ids += [event.id for event in events]
        self._said += map(Said, events)
        self.last = self._ids[-1]
        if len(self._ids) > 2 * RECENT:
            self._since = self._ids[-RECENT - 1]
            del self._ids[:-RECENT], self._said[:-RECENT]
        self._ring()

    def rows_after(self, after: int, most: int) -> list[EventRow]:
        """At most `most` events with a greater id, in order. Raises Trouble where the history cannot be read."""
        if after < self._since:
            return self._history(after, most)
        first = bisect_right(self._ids, after)
        return [said.event for said in self._said[first : first + most]]

    def tick(self) -> None:
        """Send everybody the time: also the sign of life by which a dead line is noticed."""
        self._time = self._clock()
        self._ticks += 1
        self._ring()

    def close(self) -> None:
        """End every listener's stream."""
        self._end.set()
        self._ring()

    async def stirred(self) -> bool:
        """Wait for the next event or tick; False once the hub ends."""
        if not self._end.is_set():
            await self._wake.wait()
        return not self._end.is_set()

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until the hub ends."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._end.wait(), seconds)

    async def listen(self, after: int | None) -> AsyncIterator[bytes]:
        """The time, every event after the id `after` (None: from now on) as it comes, and the time again and again.

        An id this hub has not reached yet stands for now: the client knew another database. Ends when the history
        cannot be read: who listens comes again, and is told what it missed.
        """
        cursor = self.last if after is None or after > self.last else max(after, 0)
        ticks = self._ticks
        self.listeners += 1
        try:
            yield self._clock()
            while not self._end.is_set():
                wake = self._wake
                cursor, text = await self._replayed(cursor) if cursor < self._since else self._lately(cursor)
                if ticks != self._ticks:
                    ticks, text = self._ticks, text + self._time
                if text:
                    yield text
                    if cursor < self.last:
                        await asyncio.sleep(0)  # who is behind is told a page at a time, others in between
                else:
                    await wake.wait()
        except Trouble as trouble:
            log.warning("a feed ends: %s", trouble)
        finally:
            self.listeners -= 1

    def _ring(self) -> None:
        self._wake.set()
        self._wake = asyncio.Event()

    async def _replayed(self, cursor: int) -> tuple[int, bytes]:
        """As `_lately`, from the database."""
        async with self._replaying:
            events = self._history(cursor, _PAGE)
            if not events:
                return self._lately(cursor)
            text = b"".join(map(self._encode, events))
            await asyncio.sleep(0)  # before the next listener's page
        return events[-1].id, text

    def _lately(self, cursor: int) -> tuple[int, bytes]:
        """A page of the events after `cursor`, and the id of the last of them."""
        first = bisect_right(self._ids, cursor)
        texts = [said.text(self._encode) for said in self._said[first : first + _PAGE]]
        if first + _PAGE < len(self._ids):
            return self._ids[first + _PAGE - 1], b"".join(texts)
        # The database may have told this listener what is committed but not yet published: never go back.
        return max(cursor, self.last), texts[0] if len(texts) == 1 else b"".join(texts)
