"""The one hand that writes: what waits together goes into one transaction, and is answered after its commit.

The verbs run on the event loop, microseconds each; only the commit, which waits for the disk, runs in a
thread. While it does, the next requests collect.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeGuard, TypeVar

from hub.rows import EventRow
from hub.store import Book, Store, Torn, as_trouble
from shared.trouble import Trouble

log = logging.getLogger(__name__)

T = TypeVar("T")

_CHECKPOINT_COMMITS = 500
"""So many commits are a log of some megabytes: time to bring it home."""


class _Job:
    """Work for the book and where its outcome goes."""

    __slots__ = ("error", "future", "outcome", "work")

    def __init__(self, work: Callable[[Book], Any], future: asyncio.Future[Any]) -> None:
        self.work, self.future = work, future
        self.outcome: Any = None
        self.error: Exception | None = None

    def run(self, book: Book) -> None:
        """Do the work. Raises Torn when it failed and cannot be undone by itself."""
        self.outcome = self.error = None
        book.begin_verb()
        try:
            self.outcome = self.work(book)
        except Torn:
            raise
        except Exception as error:  # noqa: BLE001  -- carried to the one who asked, who raises it; the other verbs go on
            self.error = as_trouble(error)
            book.rewind()
        book.end_verb()

    def settle(self, failed: Exception | None = None) -> None:
        """Tell the one who asked."""
        error = self.error or failed
        if self.future.done():  # a client that hung up has cancelled it
            return
        if error is None:
            self.future.set_result(self.outcome)
        else:
            self.future.set_exception(error)


def _is_of_the_disk(error: Exception | None) -> TypeGuard[Trouble]:
    return isinstance(error, Trouble) and error.code == "storage_failed"


_GATHER_TURNS = 4
"""Turns of the loop from an answer to the client's next request in the list, on one machine; idle they are nothing."""

_LOG_PAGES = 16_384
"""64 MB. Under a load without a pause the log would grow for ever: past this the writer waits for it once."""

Batch = tuple[Book, list[_Job]]


class Writer:
    """Collects work, writes it in batches. `told` gets the events of each batch, in order, after its commit."""

    def __init__(self, store: Store, told: Callable[[list[EventRow]], None]) -> None:
        self._store, self._told = store, told
        self._loop = asyncio.get_running_loop()
        self._jobs: list[_Job] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._commits = 0
        self._is_overgrown = False
        self._disk: SimpleQueue[Batch | None] = SimpleQueue()
        self._committer = Thread(target=self._commit_all, name="commit", daemon=True)
        self._committer.start()
        self._housekeeper = ThreadPoolExecutor(1, "checkpoint")
        self.trouble: Trouble | None = None
        """What kept the last batch from the disk, or None."""

    async def write(self, work: Callable[[Book], T]) -> T:
        """What `work` returns, once it is on the disk. Raises what `work` raises, or Trouble('storage_failed')."""
        job = _Job(work, self._loop.create_future())
        self._jobs.append(job)
        if self._idle.is_set():
            self._idle.clear()
            self._loop.call_soon(self._flush)
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
            book = self._written(jobs)
        except Exception as error:  # noqa: BLE001  -- whatever it is, those who asked are told and writing goes on
            self._store.roll_back()
            self._failed(jobs, error)
            return
        self._disk.put((book, jobs))

    def _written(self, jobs: list[_Job]) -> Book:
        """The transaction with all of it. Raises Trouble('storage_failed')."""
        try:
            return self._write(jobs, has_savepoints=False)
        except Torn:
            self._store.roll_back()
            return self._write(jobs, has_savepoints=True)

    def _write(self, jobs: list[_Job], *, has_savepoints: bool) -> Book:
        book = self._store.begin(has_savepoints=has_savepoints)
        for job in jobs:
            job.run(book)
            if not self._store.is_writing:  # a full disk ends the transaction under our hands
                raise job.error if isinstance(job.error, Trouble) else Trouble("storage_failed", why="?")
        return book

    def _commit_all(self) -> None:
        """The thread that waits for the disk. An executor's futures cost a tenth of a ticket each batch."""
        for book, jobs in iter(self._disk.get, None):
            error: Exception | None = None
            try:
                self._store.commit()
            except Exception as failed:  # noqa: BLE001  -- carried to the loop, which tells those who asked
                error = failed
            if self._is_overgrown:
                self._bring_home()  # nobody writes meanwhile: it leaves nothing, and the log begins anew
            self._loop.call_soon_threadsafe(self._committed, book, jobs, error)

    def _committed(self, book: Book, jobs: list[_Job], error: Exception | None) -> None:
        if error is not None:
            self._failed(jobs, error)
            return
        self.trouble = next((job.error for job in jobs if _is_of_the_disk(job.error)), None)
        try:
            self._told(book.told)
        finally:  # a listener's fault is the listener's: what is on the disk is answered, and writing goes on
            for job in jobs:
                job.settle()
            self._tidy()
            self._gather(_GATHER_TURNS)

    def _failed(self, jobs: list[_Job], error: Exception) -> None:
        self._store.roll_back()
        self.trouble = error if isinstance(error, Trouble) else Trouble("storage_failed", why=str(error))
        for job in jobs:
            job.settle(error)
        self._gather(_GATHER_TURNS)

    def _gather(self, turns: int) -> None:
        """Let those just answered ask again: a fuller batch flushes the disk less often."""
        if turns:
            self._loop.call_soon(self._gather, turns - 1)
            return
        if self._jobs:
            self._flush()
        else:
            self._idle.set()

    def _tidy(self) -> None:
        self._commits += 1
        if self._commits % _CHECKPOINT_COMMITS == 0:
            self._housekeeper.submit(self._bring_home)

    def _bring_home(self) -> None:
        try:
            self._is_overgrown = self._store.checkpoint() > _LOG_PAGES
        except Trouble as trouble:
            log.warning("the log stays beside the file for now: %s", trouble)
