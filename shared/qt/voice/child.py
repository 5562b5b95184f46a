"""Child programs of the voice, spoken to by lines of JSON. What hangs or crashes in them leaves the TV alone."""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from shared.qt.later import later

log = logging.getLogger(__name__)

_END_MS = 500
_KILLED = 9
"""The signal, which Qt tells as exit code of what a signal ended; on Windows nothing tells who ended a program."""
_ROOT = Path(__file__).resolve().parents[3]


class Child(QObject):
    """One child program at a time; started again as often as asked.

    said(dict)  a line it wrote
    ended()     it ended, was killed, or could not be started; not after `stop`
    """

    said = Signal(object)
    ended = Signal()

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._process: QProcess | None = None
        self.was_hindered = False
        """Whether the last one could not be started, or was made to end: by `kill`, or a system short of memory."""

    @property
    def pid(self) -> int:
        """Its process id; 0 while there is none."""
        return self._process.processId() if self._process is not None else 0

    def start(self, *arguments: str) -> None:
        """Start the program; does nothing while it runs."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], *arguments])
        process.setWorkingDirectory(str(_ROOT))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._log)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._failed)
        self._process = process
        process.start()

    def send(self, order: Mapping[str, object]) -> None:
        """Write one line to it; lost when it does not run, which `ended` told."""
        if self._process is not None:
            self._process.write(json.dumps(order).encode() + b"\n")

    def kill(self) -> None:
        """End a hanging program; `ended` follows."""
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the program for good, in half a second at most."""
        process, self._process = self._process, None
        if process is None:
            return
        process.closeWriteChannel()  # the end of its standard input ends it
        if not process.waitForFinished(_END_MS):
            process.kill()
            process.waitForFinished(_END_MS)
        process.deleteLater()

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            if (answer := _answer(line)) is not None:
                self.said.emit(answer)
            else:  # what a library below it wrote there
                log.info("%s: %s", self._command[-1], line.decode(errors="replace").rstrip())

    def _log(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            for line in text.splitlines():
                log.info("%s: %s", self._command[-1], line)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # every other error is followed by `finished`
            later(self, 0, self._end)  # not while `start` is still at work

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            log.info("%s ended: %s", self._command[-1], process.errorString())
            never_ran = process.error() is QProcess.ProcessError.FailedToStart
            crashed = process.exitStatus() is QProcess.ExitStatus.CrashExit
            self.was_hindered = never_ran or (crashed and process.exitCode() == _KILLED)
            process.deleteLater()
            self.ended.emit()


def _answer(line: bytes) -> dict[str, object] | None:
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
