"""The printers on a thread of their own: a road that hangs for seconds never holds up the screen."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kiosk.outlets import Outlet, Outlets
from kiosk.printer_status import Health
from shared.qt.watched import wait_for
from shared.wire import Ticket

LONGEST_JOB_MS = 40_000
"""Longer than a job with all its time-outs (kiosk.printer.Patience), at one printer and then at a second."""


Workshop = Callable[[], Sequence[Outlet]]
"""Makes the printers and their writers. Called once, in the desk's thread: what they load must not delay the screen."""


class _Worker(QObject):
    """Lives in the desk's thread."""

    health_came = Signal(object)
    paper_came = Signal(object)
    copy_came = Signal(int, object)
    each_came = Signal(object)
    trial_came = Signal(object)

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self._outlets = cache(lambda: Outlets(workshop()))

    @Slot()
    def ask(self) -> None:
        outlets = self._outlets()
        health = outlets.ask()
        self.each_came.emit(outlets.healths)
        self.health_came.emit(health)

    @Slot(object)
    def try_each(self, at: datetime) -> None:
        outlets = self._outlets()
        papers = outlets.try_each(at)
        self.each_came.emit(outlets.healths)
        self.health_came.emit(outlets.health)
        self.trial_came.emit(papers)

    @Slot(object, str)
    def print_ticket(self, ticket: Ticket, language: str) -> None:
        outlets = self._outlets()
        paper = outlets.print(ticket, language)
        self.health_came.emit(outlets.health)
        self.paper_came.emit(paper)

    @Slot(int, object)
    def print_copy(self, order: int, ticket: Ticket) -> None:
        outlets = self._outlets()
        paper = outlets.print(ticket, ticket.language, is_copy=True)
        self.health_came.emit(outlets.health)
        self.copy_came.emit(order, paper)


class PrintDesk(QObject):
    """Orders to the printer, and its answers, as signals of the thread that made the desk.

    health_came(Health)   an answer to `ask_health`, and before each ticket
    paper_came(Paper)     what became of a ticket's paper; exactly one for each `print_ticket`
    copy_came(int, Paper) what became of a copy; exactly one for each `print_copy`, with its order
    each_came(tuple[Health, ...])   how each printer is, before the `health_came` of all
    trial_came(tuple[Paper, ...])   what became of the test papers; exactly one for each `try_each`
    """

    health_came = Signal(object)
    paper_came = Signal(object)
    copy_came = Signal(int, object)
    each_came = Signal(object)
    trial_came = Signal(object)
    _health_asked = Signal()
    _trial_ordered = Signal(object)
    _ticket_ordered = Signal(object, str)
    _copy_ordered = Signal(int, object)

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked_at: float | None = None
        self._thread = QThread(self)
        self._worker = _Worker(workshop)
        self._worker.moveToThread(self._thread)
        self._health_asked.connect(self._worker.ask)
        self._ticket_ordered.connect(self._worker.print_ticket)
        self._copy_ordered.connect(self._worker.print_copy)
        self._trial_ordered.connect(self._worker.try_each)
        self._worker.each_came.connect(self.each_came)
        self._worker.trial_came.connect(self.trial_came)
        self._worker.health_came.connect(self._health_came)
        self._worker.paper_came.connect(self.paper_came)
        self._worker.copy_came.connect(self.copy_came)
        self._thread.start()

    def ask_health(self) -> None:
        """Ask how the printer is; nothing is asked twice at once."""
        if self._asked_at is None:
            self._asked_at = time.monotonic()
            self._health_asked.emit()

    @property
    def unanswered_s(self) -> float:
        """For how many seconds a question about its health has been waiting; 0 when none is."""
        return 0.0 if self._asked_at is None else time.monotonic() - self._asked_at

    def print_ticket(self, ticket: Ticket, language: str) -> None:
        """Print `ticket` with the words of `language`."""
        self._ticket_ordered.emit(ticket, language)

    def print_copy(self, order: int, ticket: Ticket) -> None:
        """Print `ticket` once more, in its own language; the paper says SALINAN."""
        self._copy_ordered.emit(order, ticket)

    def try_each(self, at: datetime) -> None:
        """Print a test paper at each printer; `at` stands on it."""
        self._trial_ordered.emit(at)

    def close(self, patience_ms: int = LONGEST_JOB_MS) -> bool:
        """End the thread after the job in hand; False when it did not end in time (a road that hangs)."""
        self._thread.quit()
        return wait_for(self._thread, patience_ms)

    @Slot(object)
    def _health_came(self, health: Health) -> None:
        self._asked_at = None
        self.health_came.emit(health)
