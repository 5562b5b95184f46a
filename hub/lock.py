"""One hub a data folder: a lock of the operating system, gone with its process however that ends."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from shared.refusals import why
from shared.trouble import Trouble
from shared.turns import lock_now

LOCK_NAME = "hub.lock"
HOLDER_NAME = "hub.json"
"""Says in JSON who holds the folder: pid, address (None until it listens), since."""
ENDING_S = 10.0
"""A hub ends within two seconds, with its listeners; past this it hangs."""


class DataLock:
    """The right to the data folder, held until `release` or the end of the process."""

    def __init__(self, data: Path, since: datetime) -> None:
        """Raises Trouble: data_in_use, naming the holder, when another hub has it; data_unusable."""
        self._data, self._since = data, since
        with usable(data):
            data.mkdir(parents=True, exist_ok=True)
            self._file = os.open(data / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
            is_ours = lock_now(self._file)
        if not is_ours:
            os.close(self._file)
            raise Trouble("data_in_use", path=data, holder=_holder(data))
        self.tell(None)

    def tell(self, address: str | None) -> None:
        """Write down who holds the folder, for the one who comes second. Raises Trouble('data_unusable')."""
        holder = {"pid": os.getpid(), "address": address, "since": self._since.isoformat(timespec="seconds")}
        new = self._data / f"{HOLDER_NAME}.new"
        with usable(self._data):
            new.write_text(json.dumps(holder), encoding="utf-8")
            new.replace(self._data / HOLDER_NAME)

    def release(self) -> None:
        """Give the folder up."""
        (self._data / HOLDER_NAME).unlink(missing_ok=True)
        os.close(self._file)


def end_holder(data: Path) -> None:
    """Have the hub of this folder end as by Ctrl-C, and wait until it has.

    Raises Trouble: no_hub_here; data_unusable where it is another user's; data_in_use where it does not end.
    """
    if _is_free(data):
        raise Trouble("no_hub_here", path=data)
    with usable(data):
        os.kill(_pid(data), signal.SIGTERM)
    end = time.monotonic() + ENDING_S
    while not _is_free(data):
        if time.monotonic() > end:
            raise Trouble("data_in_use", path=data, holder=_holder(data))
        time.sleep(0.05)


def _is_free(data: Path) -> bool:
    """Whether no hub holds the folder: the lock tells, not the file beside it, which a kill leaves behind."""
    with usable(data):
        if not (data / LOCK_NAME).exists():
            return True
        file = os.open(data / LOCK_NAME, os.O_RDWR)
        try:
            return lock_now(file)
        finally:
            os.close(file)


def _pid(data: Path) -> int:
    """Raises Trouble('data_in_use') for a holder that nobody can read."""
    try:
        return int(json.loads((data / HOLDER_NAME).read_text(encoding="utf-8"))["pid"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("data_in_use", path=data, holder="?") from error


@contextmanager
def usable(data: Path) -> Iterator[None]:
    """Raises Trouble('data_unusable') for what the system will not let us do in the data folder."""
    try:
        yield
    except OSError as error:
        raise Trouble("data_unusable", path=data, **why(error)) from error


def _holder(data: Path) -> str:
    try:
        holder = json.loads((data / HOLDER_NAME).read_text(encoding="utf-8"))
        return f"pid {holder['pid']}, {holder['address'] or '…'}, {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # gone, half written, or somebody else's file of that name
        return "?"
