"""What one app remembers on its own PC (its hub's address, its counter): a small JSON file in the data folder."""

import json
import os
from pathlib import Path


class Settings:
    """Names and texts kept over restarts. A file that cannot be read counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = _read(path)

    def get(self, name: str) -> str | None:
        """What was last set, or None."""
        return self._kept.get(name)

    def set(self, name: str, value: str) -> None:
        """Remember `value`; whole or not at all, also when the power goes. Raises OSError when the disk refuses."""
        self._kept[name] = value
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(self._kept, indent=1, ensure_ascii=False), encoding="utf-8")
        draft.replace(self._path)


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
