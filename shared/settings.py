"""What one app remembers on its own PC (its hub, its key, its counter): a small JSON file in the data folder."""

import json
import logging
from pathlib import Path

from shared.turns import in_turn
from shared.whole_file import write_whole

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

    @property
    def folder(self) -> Path:
        """Where it stands: an app's own small files stand beside it."""
        return self._path.parent

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
            content = json.dumps(merged, indent=1, ensure_ascii=False).encode()
            write_whole(self._path, content, mode=_OURS)
        self._kept, self._unsaved = merged, {}

    def keep(self, name: str, value: str) -> None:
        """As `set`, for what a person can choose again: a disk that refuses costs that, and no more."""
        try:
            self.set(name, value)
        except OSError as error:
            log.warning("%s is remembered only until this program ends: %s", name, error)


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
