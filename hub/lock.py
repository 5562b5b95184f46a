"""One hub a data folder: a lock of the operating system, gone with its process however that ends."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from shared.trouble import Trouble

LOCK_NAME = "hub.lock"
HOLDER_NAME = "hub.json"
"""Says in JSON who holds the folder: pid, address (None until it listens), since."""


class DataLock:
    """The right to the data folder, held until `release` or the end of the process."""

    def __init__(self, data: Path, since: datetime) -> None:
        """Raises Trouble('data_in_use') and names the holder when another hub has it."""
        data.mkdir(parents=True, exist_ok=True)
        self._data, self._since = data, since
        self._file = os.open(data / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
        if not _is_locked_by_us(self._file):
            os.close(self._file)
            raise Trouble("data_in_use", path=data, holder=_holder(data))
        self.tell(None)

    def tell(self, address: str | None) -> None:
        """Write down who holds the folder, for the one who comes second."""
        holder = {"pid": os.getpid(), "address": address, "since": self._since.isoformat(timespec="seconds")}
        new = self._data / f"{HOLDER_NAME}.new"
        new.write_text(json.dumps(holder), encoding="utf-8")
        new.replace(self._data / HOLDER_NAME)

    def release(self) -> None:
        """Give the folder up."""
        (self._data / HOLDER_NAME).unlink(missing_ok=True)
        os.close(self._file)


def _holder(data: Path) -> str:
    try:
        holder = json.loads((data / HOLDER_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "?"
    return f"pid {holder['pid']}, {holder['address'] or '…'}, {holder['since']}"


if sys.platform == "win32":
    import msvcrt

    def _is_locked_by_us(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_locked_by_us(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
