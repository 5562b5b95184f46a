"""What the kiosk tells the hub: what became of each ticket's paper, and how the kiosk itself is."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from kiosk.outlets import Paper
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Device, DeviceReport, PrintOutcome, Ticket

MOST_KEPT = 50
"""Outcomes kept while the hub is away: no ticket is taken then, so there are one or two."""


class Reports(QObject):
    """Tells the hub, and keeps what it could not tell until the hub is back. Nobody waits for it.

    health_told()   the hub knows how this kiosk is
    """

    health_told = Signal()

    def __init__(self, link: HubLink, kiosk: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._path = f"/api/devices/kiosk/{kiosk}"
        self._untold: dict[UUID, tuple[int, PrintOutcome]] = {}
        self._on_the_way: set[UUID] = set()
        self._telling_health = False
        self.last: DeviceReport | None = None
        """How this kiosk was when it last told; None before it did."""
        link.caught_up.connect(self.catch_up)

    def paper(self, paper: Paper, *, reprint: int | None = None) -> None:
        """Tell what became of a ticket's paper; `reprint`: of the copy that was asked for by the event of that id."""
        if len(self._untold) >= MOST_KEPT:
            self._untold.pop(next(iter(self._untold)))
        told = PrintOutcome(outcome=paper.outcome, code=paper.code, is_copy=paper.is_copy, reprint=reprint)
        self._untold[uuid4()] = (paper.ticket, told)
        self.catch_up()

    def catch_up(self) -> None:
        """Tell, oldest first, what the hub does not know yet."""
        for key, (ticket, outcome) in list(self._untold.items()):
            if key not in self._on_the_way:
                self._tell(key, ticket, outcome)

    def _tell(self, key: UUID, ticket: int, outcome: PrintOutcome) -> None:
        self._on_the_way.add(key)
        reply = self._link.post(f"/api/tickets/{ticket}/printed", outcome, Ticket, key=key)
        reply.done.connect(lambda _ticket: self._told(key))
        reply.failed.connect(lambda trouble: self._not_told(key, trouble))

    def _told(self, key: UUID) -> None:
        self._on_the_way.discard(key)
        self._untold.pop(key, None)

    def _not_told(self, key: UUID, trouble: Trouble) -> None:
        self._on_the_way.discard(key)
        if not trouble.is_undecided:
            self._untold.pop(key, None)  # a decision: asking again would only repeat it

    def health(self, troubles: Sequence[str], facts: Mapping[str, str]) -> None:
        """Tell how this kiosk is; skipped while the last such report is still on its way."""
        if self._telling_health:
            return
        self._telling_health = True
        self.last = DeviceReport(troubles=list(troubles), facts=dict(facts))
        reply = self._link.post(self._path, self.last, Device, key=uuid4(), patience_s=0)
        reply.done.connect(self._health_told)
        reply.done.connect(self.health_told)
        reply.failed.connect(self._health_told)

    def _health_told(self, _answer: object) -> None:
        self._telling_health = False
