"""What one app remembers on its own PC (its hub, its key, its counter): a small JSON file in the data folder."""

import json
import logging
import os
import sys
from pathlib import Path

from shared.turns import in_turn

log = logging.getLogger(__name__)

_OURS = 0o600
"""Read by nobody else: what an app remembers holds its key to the hub."""


class Settings:
    """Names and texts kept over restarts, shared by all programs that have the same file open.

    A file that cannot be read counts as empty.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = _read(path)
        self._unsaved: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """What this program last set, or found when it last opened or wrote the file; or None."""
        return self._kept.get(name)

    def set(self, name: str, value: str) -> None:
        """Remember `value`; whole or not at all, also when the power goes. Raises OSError when the disk refuses.

        What another program has set meanwhile stays.
        """
        self._kept[name] = self._unsaved[name] = value
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with in_turn(self._path.with_suffix(".lock")):
            merged = _read(self._path) | self._unsaved
            self._write(json.dumps(merged, indent=1, ensure_ascii=False).encode())
        self._kept, self._unsaved = merged, {}

    def keep(self, name: str, value: str) -> None:
        """As `set`, for what a person can choose again: a disk that refuses costs that, and no more."""
        try:
            self.set(name, value)
        except OSError as error:
            log.warning("%s is remembered only until this program ends: %s", name, error)

    def _write(self, content: bytes) -> None:
        draft = self._path.with_suffix(".draft")
        draft.unlink(missing_ok=True)  # one left by a power cut may be open to others
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        _keep_names(self._path.parent)


def _keep_names(folder: Path) -> None:
    """Have the disk keep which file stands under which name."""
    if sys.platform == "win32":
        return  # NTFS keeps names in its own journal; a folder cannot be opened there
    there = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
