"""Calls for help: this officer's own, and those of the neighbours, which ring until somebody answers."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from counter.desk import Desk, Plea
from shared.hall import Counter
from shared.qt.link import HubLink
from shared.trouble import Trouble
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
    answered()     a call was answered, or was not: the desk may look different now
    told(Trouble)  why the hub refused the call, or what became of an answer
    """

    changed = Signal(object)
    answered = Signal()
    told = Signal(object)

    def __init__(self, link: HubLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._counter: Counter | None = None
        self._latest: object = None
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
        """Help is needed here. Each press is a call of its own: the hub folds it into one that is still open."""
        if self._counter is None:
            return
        press = self._latest = object()
        self.changed.emit(Plea.CALLING)
        path = f"/api/counters/{self._counter.id}/alarm"
        reply = self._link.post(path, RaiseAlarm(), Event, patience_s=PATIENCE_S)
        reply.done.connect(lambda _event: self.changed.emit(Plea.NONE))
        reply.failed.connect(lambda trouble: self._failed(press, trouble))

    def _failed(self, press: object, trouble: Trouble) -> None:
        if press is not self._latest:
            return  # what the officer reads is of the last press
        self.changed.emit(Plea.FAILED)
        if not trouble.is_undecided:
            self.told.emit(trouble)

    def answer(self, alarm: int) -> None:
        """This officer goes there; at the own counter: it is over."""
        if self._counter is not None:
            asked = AnswerAlarm(counter=self._counter.id)
            reply = self._link.post(f"/api/alarms/{alarm}/answer", asked, Event, patience_s=PATIENCE_S)
            reply.done.connect(lambda _event: self.answered.emit())
            reply.failed.connect(self._not_answered)

    def _not_answered(self, trouble: Trouble) -> None:
        """The banner stays as long as the hub tells of it: the key may be pressed again."""
        self.told.emit(Trouble("answer_lost") if trouble.code == "hub_away" else trouble)
        self.answered.emit()
