"""A program's own part in being watched: a beat of its window's thread each second, and an end with its watchdog."""

import faulthandler
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QObject, QThread, QTimer

from shared.qt.later import later
from shared.watch_rules import Patience
from shared.watchdog import BEAT, BUSY, STUCK, TOLD

log = logging.getLogger(__name__)

BEAT_MS = 1000
_TOLD_S = Patience().silent_s - 1
"""When a thread that stands still says where: before it is killed for it."""

_LAST_S = 3.0
"""How long a program whose watchdog is gone may take to end in order."""
_MOST_KEPT = 200_000

_beating: list["Watched"] = []
"""This program's own, where it is watched: one, as its standard output is one."""


class Watched(QObject):
    """Beats from the first turn of the loop on. Made once, at the start: it takes standard input and output over."""

    def __init__(self, logs: Path, name: str, told: str, parent: QObject | None = None) -> None:
        """`told`: what the watchdog said of earlier starts."""
        super().__init__(parent)
        self.facts = facts_of(told)
        self._in, self._out = _taken_over()
        self._stuck = _opened(logs / f"{name}{STUCK}")
        faulthandler.enable(self._stuck)
        self.is_patient = False
        """Whether the next turn of the loop may be long in coming, though this one has come."""
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        later(self, 0, self.beat)
        threading.Thread(target=self._end_with_it, daemon=True).start()
        _beating.append(self)

    def beat(self) -> None:
        """Tell the watchdog that this program is well."""
        if self.is_patient:
            self.busy()
        else:
            self._tell(BEAT, _TOLD_S)

    def busy(self) -> None:
        """Tell it that the next beat may be long in coming."""
        self._tell(BUSY, Patience().start_s - 1)

    def _tell(self, line: bytes, stuck_s: float) -> None:
        faulthandler.dump_traceback_later(stuck_s, file=self._stuck)
        with suppress(OSError):  # its watchdog is gone, or too busy to read: never stand still for it
            os.write(self._out, line)

    def _end_with_it(self) -> None:
        with suppress(OSError):
            while os.read(self._in, 64):
                pass
        log.info("the watchdog is gone")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LAST_S)
        os._exit(1)

    def close(self) -> None:
        """The end is meant: no more of it is told."""
        _beating.remove(self)
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()


def be_patient(*, on: bool) -> None:
    """Until told otherwise, each turn of the window's thread may take as long as a start on a slow PC."""
    for watched in _beating:
        watched.is_patient = on
        watched.beat()


@contextmanager
def long_work() -> Iterator[None]:
    """What the window's thread does in it may take seconds on a slow PC: who does it is not taken for frozen."""
    for watched in _beating:
        watched.busy()
    yield
    for watched in _beating:
        watched.beat()


def wait_for(thread: QThread, ms: int) -> bool:
    """Wait until `thread` ends, at most `ms`; False when it did not. Who waits so is not taken for frozen."""
    end = time.monotonic() + ms / 1000
    while not thread.wait(max(0, min(BEAT_MS, round((end - time.monotonic()) * 1000)))):
        if time.monotonic() >= end:
            return False
        for watched in _beating:
            watched.beat()
    return True


def told() -> str | None:
    """What the watchdog tells of earlier starts, once; None where there is none."""
    return os.environ.pop(TOLD, None)


def facts_of(told: str) -> dict[str, str]:
    """For the hub's health page: how often it was started again on the day of the last time, when that was and why."""
    count, _, why = told.partition("|")
    return {"restarts": count, "restarted": why} if count else {}


def _taken_over() -> tuple[int, int]:
    """The two pipes under numbers of their own, which no program started from here gets."""
    pipes = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    os.dup2(2, 1)
    with suppress(OSError, AttributeError):  # Windows learnt it with Python 3.12
        os.set_blocking(pipes[1], False)
    return pipes


def _opened(path: Path) -> TextIO:
    if path.exists() and path.stat().st_size > _MOST_KEPT:
        path.unlink()
    return path.open("a", encoding="utf-8")
