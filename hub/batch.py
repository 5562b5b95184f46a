"""What waits together, on its way into one transaction."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from hub.rows import EventRow
from hub.store import Book, Store, Torn, as_trouble
from shared.trouble import Trouble


class Job:
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


class Batch:
    """Jobs and their open transaction. Raises Trouble, storage_failed or data_busy, where none can be opened."""

    def __init__(self, store: Store, jobs: list[Job]) -> None:
        self.jobs = jobs
        self._store = store
        self._book = store.begin()
        self._written = 0

    @property
    def told(self) -> list[EventRow]:
        """The events written, in order."""
        return self._book.told

    def write_on(self, seconds: float) -> bool:
        """Write for about so long, at least one job; whether all are written. Raises Trouble('storage_failed')."""
        end = monotonic() + seconds
        try:
            while self._written < len(self.jobs):
                self._write(self.jobs[self._written])
                self._written += 1
                if monotonic() > end:
                    break
        except Torn:
            self._begin_again()
        return self._written == len(self.jobs)

    def _write(self, job: Job) -> None:
        job.run(self._book)
        if not self._store.is_writing:  # a full disk ends the transaction under our hands
            raise job.error if isinstance(job.error, Trouble) else Trouble("storage_failed", why="?")

    def _begin_again(self) -> None:
        """One has failed after it had written: all again from the first, each undone by itself if need be."""
        self._store.roll_back()
        self._book = self._store.begin(has_savepoints=True)
        self._written = 0

    def disk_trouble(self) -> Trouble | None:
        """What one of the jobs met on the disk, or None."""
        errors = (job.error for job in self.jobs)
        return next((one for one in errors if isinstance(one, Trouble) and one.code == "storage_failed"), None)
