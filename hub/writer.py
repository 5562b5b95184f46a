"""The one hand that writes: what waits together goes into one transaction, and is answered after its commit.

The verbs run on the event loop, a fraction of a millisecond each; only the commit, which waits for the disk,
runs in a thread. While it does, the next requests collect.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import TypeVar

from hub.batch import Batch, Job
from hub.rows import EventRow
from hub.store import Book, Store
from shared.trouble import Trouble

log = logging.getLogger(__name__)

T = TypeVar("T")

_SLICE_SECONDS = 0.0015
"""How long verbs may hold the loop at a time: who reads a board meanwhile waits for one such slice."""

_GATHER_TURNS = 4
"""So many turns of the loop without a newcomer end the gathering: a client just answered asks again within them."""

_GATHER_SECONDS = 0.004
"""Who comes later waits for the next batch, even while still more come."""

_REST_SECONDS = 0.02
"""A hub that has written nothing for so long is at rest, and nobody's next request is on its way."""

_CROWD_SECONDS = 0.001
"""How long a hub at rest waits for those who press at the same moment: 44 in one flush of a slow disk, not in two.

It sleeps meanwhile: turning the loop would take the processor from those who are about to ask.
"""

_ANSWERS_A_TURN = 8
"""So many are answered before others have their turn: an answer takes about a tenth of a millisecond."""

_BUSY_SECONDS = 2.0
"""How long those who asked wait for another program that holds the file, e.g. a backup tool."""

_BUSY_LOOK_SECONDS = 0.01
"""How often it is looked whether the file is free; the loop is everybody's meanwhile."""

_CHECKPOINT_COMMITS = 500
"""So many commits are a log of some megabytes: time to bring it home."""

_LOG_PAGES = 16_384
"""64 MB. Under a load without a pause the log would grow for ever: past this the writer waits for it once."""


class Writer:
    """Collects work, writes it in batches. `told` gets the events of each batch, in order, after its commit."""

    def __init__(self, store: Store, told: Callable[[list[EventRow]], None]) -> None:
        self._store, self._told = store, told
        self._loop = asyncio.get_running_loop()
        self._jobs: list[Job] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._commits = 0
        self._wrote_at = 0.0
        self._is_overgrown = False
        self._busy_since: float | None = None
        self._disk: SimpleQueue[Batch | None] = SimpleQueue()
        self._committer = Thread(target=self._commit_all, name="commit", daemon=True)
        self._committer.start()
        self._housekeeper = ThreadPoolExecutor(1, "checkpoint")
        self.trouble: Trouble | None = None
        """What kept the last batch from the disk, or None."""

    async def write(self, work: Callable[[Book], T]) -> T:
        """What `work` returns, once it is on the disk.

        Raises what `work` raises, or Trouble: storage_failed, data_busy.
        """
        job = Job(work, self._loop.create_future())
        self._jobs.append(job)
        if self._idle.is_set():
            self._idle.clear()
            self._wake()
        answer: T = await job.future
        return answer

    async def close(self) -> None:
        """Let what was asked be written, then end the threads."""
        await self._idle.wait()
        self._disk.put(None)
        await asyncio.to_thread(self._committer.join)
        self._housekeeper.shutdown()

    def _flush(self) -> None:
        jobs, self._jobs = self._jobs, []
        try:
            self._store.roll_back()  # nothing, unless an earlier one failed
            batch = Batch(self._store, jobs)
        except Exception as error:  # noqa: BLE001  -- as in _write_on
            if _is_busy(error) and self._may_wait():
                self._jobs = jobs
                self._loop.call_later(_BUSY_LOOK_SECONDS, self._flush)
            else:
                self._refuse(jobs, error)
            return
        self._busy_since = None
        self._write_on(batch)

    def _may_wait(self) -> bool:
        """Whether the program that holds the file may have a moment more."""
        now = monotonic()
        self._busy_since = self._busy_since or now
        return now < self._busy_since + _BUSY_SECONDS

    def _refuse(self, jobs: list[Job], error: Exception) -> None:
        self._busy_since = None
        self._met(error if isinstance(error, Trouble) else Trouble("storage_failed", why=str(error)))
        for job in jobs:
            job.settle(error)
        self._gather()

    def _write_on(self, batch: Batch) -> None:
        try:
            is_written = batch.write_on(_SLICE_SECONDS)
        except Exception as error:  # noqa: BLE001  -- whatever it is, those who asked are told and writing goes on
            self._failed(batch, error)
            return
        if is_written:
            self._disk.put(batch)
        else:
            # By way of a turn between: who asked during this slice is answered before the next one.
            self._loop.call_soon(self._loop.call_soon, self._write_on, batch)

    def _commit_all(self) -> None:
        """The thread that waits for the disk. An executor's futures cost a tenth of a ticket each batch."""
        for batch in iter(self._disk.get, None):
            error: Exception | None = None
            try:
                self._store.commit()
            except Exception as failed:  # noqa: BLE001  -- carried to the loop, which tells those who asked
                error = failed
            if self._is_overgrown:
                self._bring_home()  # nobody writes meanwhile: it leaves nothing, and the log begins anew
            self._loop.call_soon_threadsafe(self._committed, batch, error)

    def _committed(self, batch: Batch, error: Exception | None) -> None:
        if error is not None:
            self._failed(batch, error)
            return
        self._met(batch.disk_trouble())
        try:
            self._told(batch.told)
        finally:  # a listener's fault is the listener's: what is on the disk is answered, and writing goes on
            self._tidy()
            self._answer(batch.jobs)

    def _answer(self, jobs: list[Job]) -> None:
        for job in jobs[:_ANSWERS_A_TURN]:
            job.settle()
        if rest := jobs[_ANSWERS_A_TURN:]:
            self._loop.call_soon(self._answer, rest)
        else:
            self._gather()

    def _failed(self, batch: Batch, error: Exception) -> None:
        try:
            self._store.roll_back()
        except Exception:
            log.exception("what failed is not rolled back yet: the next batch tries again")
        self._refuse(batch.jobs, error)

    def _met(self, trouble: Trouble | None) -> None:
        if trouble is not None and self.trouble is None:
            log.error("%s", trouble)
        elif trouble is None and self.trouble is not None:
            log.info("data is kept again")
        self.trouble = trouble

    def _wake(self) -> None:
        """Somebody came while nothing was to be written."""
        if monotonic() - self._wrote_at > _REST_SECONDS:
            self._loop.call_later(_CROWD_SECONDS, self._gather)
        else:
            self._gather()

    def _gather(self) -> None:
        """Let those come who are on their way: a fuller batch flushes the disk less often."""
        self._loop.call_soon(self._look, _GATHER_TURNS, len(self._jobs), monotonic() + _GATHER_SECONDS)

    def _look(self, turns: int, seen: int, end: float) -> None:
        jobs = len(self._jobs)
        turns = turns - 1 if jobs == seen else _GATHER_TURNS
        if turns and (jobs == 0 or monotonic() < end):
            self._loop.call_soon(self._look, turns, jobs, end)
        elif jobs:
            self._flush()
        else:
            self._idle.set()

    def _tidy(self) -> None:
        self._commits += 1
        self._wrote_at = monotonic()
        if self._commits % _CHECKPOINT_COMMITS == 0:
            self._housekeeper.submit(self._bring_home)

    def _bring_home(self) -> None:
        try:
            self._is_overgrown = self._store.checkpoint() > _LOG_PAGES
        except Trouble as trouble:
            log.warning("the log stays beside the file for now: %s", trouble)
        except Exception:
            # The outermost door of two threads: without the one that commits nobody would be answered again.
            log.exception("a fault while the log was brought home")


def _is_busy(error: Exception) -> bool:
    return isinstance(error, Trouble) and error.code == "data_busy"
