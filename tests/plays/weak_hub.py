"""A hub that does not flush as it must: `python -m tests.plays.weak_hub NORMAL|OFF …` with the hub's own options."""

import sys
from pathlib import Path

import hub.program
from hub.store import Store


class WeakStore(Store):
    """The file, opened with less care."""

    level = "OFF"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._writer.execute(f"PRAGMA synchronous = {self.level}")


def main() -> int:
    """Run the hub with that store in its place."""
    WeakStore.level = sys.argv.pop(1)
    vars(hub.program)["Store"] = WeakStore
    return hub.program.main()


if __name__ == "__main__":
    sys.exit(main())
