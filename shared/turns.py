"""Programs that write the same small file take turns: a lock of the operating system, gone with its process."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 1.0
"""A turn is one flush of a small file, milliseconds; past this the other program hangs, and a screen must not."""

_LOOK_S = 0.005


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the block. Raises OSError: TimeoutError when another program keeps it too long."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(file, path)
        yield
    finally:
        os.close(file)  # the lock goes with it


def _wait(file: int, path: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while not lock_now(file):
        if time.monotonic() > end:
            raise TimeoutError(None, "locked by another program", str(path))
        time.sleep(_LOOK_S)


if sys.platform == "win32":
    import msvcrt

    def lock_now(file: int) -> bool:
        """Lock the open `file` for this process, without waiting; whether that went."""
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_now(file: int) -> bool:
        """Lock the open `file` for this process, without waiting; whether that went."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
