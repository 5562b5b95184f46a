"""Who is still at a counter at which nobody has signed in: called or served, and waiting for an officer."""

from PySide6.QtCore import QObject, Signal

from shared.hall import Counter
from shared.qt.link import HubLink
from shared.wire import CounterView, Event


class StillHere(QObject):
    """Looks at one counter while somebody is asked for a PIN there: idling out must lose no visitor.

    changed(str)  the number that is at the counter now; empty: nobody's
    """

    changed = Signal(str)

    def __init__(self, link: HubLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._counter: str | None = None
        link.caught_up.connect(self._look)
        link.event_came.connect(self._happened)

    def watch(self, counter: Counter | None) -> None:
        """Which counter; None: none any more."""
        self._counter = counter.id if counter else None
        self.changed.emit("")
        self._look()

    def _happened(self, event: Event) -> None:
        if event.counter is not None and event.counter == self._counter:
            self._look()

    def _look(self) -> None:
        if self._counter is not None:
            self._link.get(f"/api/counters/{self._counter}", CounterView).done.connect(self._seen)

    def _seen(self, view: CounterView) -> None:
        if view.counter == self._counter:
            self.changed.emit(view.current.number if view.current else "")
