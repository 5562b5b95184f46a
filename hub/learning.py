"""Learning from past weeks how long people wait: at the start and each night, beside the loop, a little at a time."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from hub.estimates import Estimates, Front, Hands, Seen, Slot, Table
from hub.learner import Learner
from hub.rows import to_moment
from hub.store import Book, Reading, Store, Waited
from hub.writer import Writer
from shared.hall import Hall

log = logging.getLogger(__name__)

WEEKS = 4
"""So far back it learns: older weeks had other officers and other habits."""
MOST = 100_000
"""After a day with which it has seen so many numbers it looks no further back: more would tell nothing more."""
_AT_ONCE = 100
"""Numbers looked at before the loop gets its turn: a millisecond or two of work."""
_REST_S = 0.005
_MINUTE_MS = 60_000

_TABLE: TypeAdapter[Table] = TypeAdapter(Table)


class Learning:
    """What the hub learns of waiting, and when."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.estimates = Estimates()
        """As last learnt."""
        self._before = ""
        """What was learnt is of the days before this one."""
        self._task: asyncio.Task[None] | None = None
        self._stop = Event()

    def recall(self) -> None:
        """Take up what was kept when the hub last learnt: a restart asks nothing of past weeks."""
        kept = self._store.read.learnt()
        if kept is None:
            return
        try:
            table = _TABLE.validate_json(kept[1])
        except ValidationError:  # of another version: it is learnt anew
            return
        self._before, self.estimates = kept[0], Estimates(table)

    async def keep_up(self, hall: Hall, today: str, writer: Writer) -> None:
        """Learn, unless it is done for `today` or under way. Raises Trouble where the last try failed."""
        if self._task is not None and self._task.done():
            task, self._task = self._task, None
            await task
        if self._task is None and self._before != today:
            self._before = today
            self._task = asyncio.create_task(self._learn(hall, today, writer))

    async def at_rest(self) -> None:
        """Wait until what is under way has been learnt."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def close(self) -> None:
        """Stop; what was not learnt is learnt at the next start."""
        self._stop.set()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _learn(self, hall: Hall, today: str, writer: Writer) -> None:
        table = await asyncio.to_thread(learn, hall, self._store, today, lambda: self._stop.wait(_REST_S))
        if table is None:
            return
        self.estimates = Estimates(table)
        text = to_json(table).decode()

        def keep(book: Book) -> None:
            book.keep_learnt(today, text)

        await writer.write(keep)
        log.info("waiting times learnt from the days before %s", today)


def learn(hall: Hall, store: Store, today: str, rest: Callable[[], bool]) -> Table | None:
    """What the weeks before `today` tell; None where they tell too little, or where `rest` says that it shall stop.

    `rest` is asked again and again, and may take its time. Raises Trouble('storage_failed').
    """
    learner, zone = Learner(hall), ZoneInfo(hall.timezone)
    with store.history() as book:
        for show in (learner.count, learner.spread):
            for looked_at, seen in enumerate(_seen(hall, book, today, zone), start=1):
                show(seen)
                if looked_at % _AT_ONCE == 0 and rest():
                    return None
    return learner.table()


def _seen(hall: Hall, book: Reading, today: str, zone: ZoneInfo) -> Iterator[Seen]:
    first, looked_at = date.fromisoformat(today) - timedelta(weeks=WEEKS), 0
    for day in book.days_between(first.isoformat(), today):
        if looked_at >= MOST:
            return
        for agency in hall.agencies:
            for row in book.waited(day, agency.prefix):
                looked_at += 1
                seen = _as_seen(row, day, zone)
                if seen is not None and seen.agency == agency.id:  # else it was sent on, and is another's now
                    yield seen


def _as_seen(row: Waited, day: str, zone: ZoneInfo) -> Seen | None:
    taken = to_moment(row.taken_at, zone)
    if taken.date().isoformat() != day:  # carried over midnight
        return None
    hands = Hands(row.opened, Front(row.front))
    return Seen(row.agency, row.service, Slot(taken.weekday(), taken.hour), row.ahead, hands, row.waited / _MINUTE_MS)
