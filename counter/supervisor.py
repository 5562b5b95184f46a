"""The supervisor behind the sheet: keeps the view of the whole hall fresh while it is open, and gives its orders."""

from PySide6.QtCore import QObject, QTimer, Signal

from counter.choice import Choice
from counter.kept import Kept
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Event, Overview

GATHER_MS = 300
"""Events that come together are answered by one fetch."""
PATIENCE_S = 5.0


class Supervisor(QObject):
    """One app's eye on the whole hall.

    changed(Overview)  the hall looks different now
    told(Trouble)      what became of an order
    """

    changed = Signal(object)
    told = Signal(object)

    def __init__(self, link: HubLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._is_watching = False
        self._kept = Kept(link.now)
        self._gather = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self._look)
        link.event_came.connect(self._happened)

    def watch(self, watching: bool) -> None:  # noqa: FBT001  -- a slot: takes what the signal brings
        """The sheet was opened, or left."""
        self._is_watching = watching
        if watching:
            self._look()

    def _happened(self, _event: Event) -> None:
        if self._is_watching and not self._gather.isActive():
            self._gather.start()

    def _look(self) -> None:
        self._link.get("/api/overview", Overview).done.connect(self.changed)

    def order(self, choice: Choice) -> None:
        """Have the hub do it; ordered again after an answer was lost, it is the same order."""
        if choice.body is None:
            return
        key = self._kept.key(choice.path, choice.body)
        reply = self._link.post(choice.path, choice.body, Event, key=key, patience_s=PATIENCE_S)
        reply.done.connect(lambda _event: self._decided(Trouble("hall_order_done", what=choice.done)))
        reply.failed.connect(self._failed)

    def _failed(self, trouble: Trouble) -> None:
        if trouble.is_undecided:
            self.told.emit(Trouble("answer_lost") if trouble.code == "hub_away" else trouble)
        else:
            self._decided(trouble)

    def _decided(self, outcome: Trouble) -> None:
        self._kept.forget()
        self.told.emit(outcome)
