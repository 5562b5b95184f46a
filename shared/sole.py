"""A program's place on this PC, for one at a time: a lock of the operating system, gone with its process."""

import os
from pathlib import Path

from shared.turns import lock_now


class Sole:
    """The place of one device's program; `folder`: the data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def take(self, name: str) -> bool:
        """Have the place `name`, without waiting; whether it is ours now, or was. Raises OSError."""
        if name in self._held:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self._folder / f"{name}.running", os.O_RDWR | os.O_CREAT, 0o644)
        if not lock_now(file):
            os.close(file)
            return False
        self._held[name] = file
        return True

    def close(self) -> None:
        """Let every place go."""
        while self._held:
            os.close(self._held.popitem()[1])
