"""Calls for help: this officer's own, and those of the neighbours, which ring until somebody answers."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from counter.desk import Desk, Plea
from shared.hall import Counter
from shared.qt.link import HubLink
from shared.wire import AnswerAlarm, Event, RaiseAlarm

RING_MS = 6000
"""From one tone to the next."""
PATIENCE_S = 60.0
"""A call for help is sent again and again for so long."""

_ROOT = Path(__file__).resolve().parent.parent


def ring() -> None:
    """One tone, from a program of its own: a sound server that goes away takes its player with it."""
    process = QProcess()
    process.setProgram(sys.executable)
    process.setArguments(["-m", "counter.ring"])
    process.setWorkingDirectory(str(_ROOT))
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())  # what a PC without sound lacks is said by the libraries
    process.startDetached()


class HelpLine(QObject):
    """Calls, answers, and rings. It waits for no other order: whoever is in danger presses once.

    changed(Plea)  how far this officer's own call is
    """

    changed = Signal(object)

    def __init__(self, link: HubLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._counter: Counter | None = None
        self._keys: dict[str, UUID] = {}
        self._ring = QTimer(self, interval=RING_MS)
        self._ring.timeout.connect(lambda: ring())  # noqa: PLW0108  -- looked up when it rings

    def sit(self, counter: Counter | None) -> None:
        """Whose calls these are from now on; None: nobody sits here."""
        self._counter = counter
        self._ring.stop()

    def look(self, desk: Desk) -> None:
        """Ring while a neighbour calls and the desk is live."""
        if not (desk.live and desk.alarms):
            self._ring.stop()
        elif not self._ring.isActive():
            self._ring.start()
            ring()

    def call(self) -> None:
        """Help is needed here."""
        if self._counter is not None:
            self.changed.emit(Plea.CALLING)
            called, failed = (partial(self.changed.emit, plea) for plea in (Plea.NONE, Plea.FAILED))
            self._post(f"/api/counters/{self._counter.id}/alarm", RaiseAlarm(), called, failed)

    def answer(self, alarm: int) -> None:
        """This officer goes there; at the own counter: it is over."""
        if self._counter is not None:
            asked = AnswerAlarm(counter=self._counter.id)
            self._post(f"/api/alarms/{alarm}/answer", asked, partial(self.changed.emit, Plea.NONE), _nothing)

    def _post(
        self, path: str, body: RaiseAlarm | AnswerAlarm, done: Callable[[], None], lost: Callable[[], None]
    ) -> None:
        key = self._keys.setdefault(path, uuid4())  # pressed again before an answer it is the same order

        def decided() -> None:
            self._keys.pop(path, None)
            done()

        reply = self._link.post(path, body, Event, key=key, patience_s=PATIENCE_S)
        reply.done.connect(lambda _event: decided())
        reply.failed.connect(lambda trouble: lost() if trouble.is_undecided else decided())


def _nothing() -> None:
    """The banner stays: the key may be pressed again."""
