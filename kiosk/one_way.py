"""One-way roads: the system's spooler, a file, memory, and no printer at all.

The spooler is tested with stand-ins for lp and win32print only: untested on hardware.
"""

import importlib
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kiosk.roads import PIECE, NothingSent
from shared.model import Outcome
from shared.trouble import Trouble
from shared.written_path import written_path

_TITLE = "Antre"
"""What a job is called in the spooler's list."""


class Spooler:
    """The system's own queue, by its name: CUPS's `lp`, or win32print on Windows. Its 'done' means spooled."""

    def __init__(self, queue: str, patience_s: float) -> None:
        self._queue, self._patience_s = queue, patience_s

    def check(self) -> None:
        """Raises Trouble when the queue is not there or has been stopped."""
        if sys.platform == "win32":
            with _windows_queue(self._queue):
                return
        told = self._ask("lpstat", "-p", self._queue)
        if told.returncode or " disabled " in told.stdout.decode(errors="replace"):
            raise NothingSent("printer_offline")

    def deliver(self, job: bytes) -> Outcome:
        """Spool a job. Raises Trouble when the spooler did not take it."""
        if sys.platform == "win32":
            with _windows_queue(self._queue) as (spool, handle):
                spool.StartDocPrinter(handle, 1, (_TITLE, None, "RAW"))
                spool.WritePrinter(handle, job)
                spool.EndDocPrinter(handle)
        elif self._ask("lp", "-d", self._queue, "-t", _TITLE, "-o", "raw", job=job).returncode:
            raise NothingSent("printer_offline")
        return Outcome.UNKNOWN

    def _ask(self, program: str, *arguments: str, job: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        found = shutil.which(program)
        if found is None:
            raise NothingSent("printer_offline")
        try:
            return subprocess.run(  # noqa: S603  -- the system's own program with the site file's queue
                [found, *arguments],
                input=job,
                capture_output=True,
                timeout=self._patience_s,
                check=False,
                env={**os.environ, "LC_ALL": "C"},  # 'disabled' must not be translated
            )
        except subprocess.TimeoutExpired as error:
            raise Trouble("printer_silent") from error


@contextmanager
def _windows_queue(name: str) -> Iterator[tuple[Any, Any]]:
    """pywin32's win32print and the open queue's handle. Raises Trouble for whatever Windows refuses."""
    spool = importlib.import_module("win32print")
    try:
        handle = spool.OpenPrinter(name)
        try:
            yield spool, handle
        finally:
            spool.ClosePrinter(handle)
    except importlib.import_module("pywintypes").error as error:
        raise NothingSent("printer_offline") from error


class FileRoad:
    """A path: a device of the system (`/dev/usb/lp0`), or a file that every job is added to."""

    def __init__(self, path: str, patience_s: float) -> None:
        self._path, self._patience_s = written_path(path), patience_s

    def check(self) -> None:
        """Raises Trouble when the path cannot be written."""
        os.close(self._open())

    def deliver(self, job: bytes) -> Outcome:
        """Add a job. Raises Trouble when the path cannot be written."""
        file = self._open()
        try:
            for start in range(0, len(job), PIECE):
                self._write(file, job[start : start + PIECE])
        except TimeoutError:
            return Outcome.UNKNOWN  # out of paper, most likely: it goes on when the roll is changed, or not
        except OSError as error:
            raise Trouble("printer_offline") from error
        finally:
            os.close(file)
        return Outcome.UNKNOWN

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        # An unplugged device must not become a file of its name.
        made = 0 if self._path.is_relative_to("/dev") else os.O_CREAT
        try:
            return os.open(self._path, flags | made, 0o644)
        except OSError as error:
            raise NothingSent("printer_offline") from error

    def _write(self, file: int, piece: bytes) -> None:
        while piece:
            try:
                piece = piece[os.write(file, piece) :]
            except BlockingIOError:
                if not select.select([], [file], [], self._patience_s)[1]:
                    raise TimeoutError from None


class Memory:
    """Jobs kept in `jobs`: for the demo and for tests."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []

    def check(self) -> None:
        """Always well."""

    def deliver(self, job: bytes) -> Outcome:
        """Keep a job."""
        self.jobs.append(job)
        return Outcome.PRINTED


class NoPrinter:
    """A kiosk without paper: the number stays on the screen."""

    def check(self) -> None:
        """Nothing to ask: it is meant so."""

    def deliver(self, job: bytes) -> Outcome:  # noqa: ARG002  -- a road takes a job, this one to nowhere
        """Raises Trouble: there is no printer."""
        raise NothingSent("printer_offline")
