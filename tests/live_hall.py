"""A hall of which a test changes the configuration while it is open."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hub.running import SITE, RunningHub, start_hub

PASSPORT = """
[[agency.service]]  # baru
id = "umum-paspor"
name = "Surat Pengantar Paspor"
minutes = 6
"""
_FIRST_COUNTER = '[[counter]]\nid = "loket-1"'


class LiveHall:
    """The small hall's file in a folder of its own, and its hub."""

    def __init__(self, folder: Path, hub: RunningHub) -> None:
        self.path, self.hub = folder / "gedung.toml", hub

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def take_up(self, text: str) -> int:
        """Have this text in force; its id."""
        base = int(self.hub.get("/api/health")["configuration"])
        reply = self.hub.post("/api/configuration", {"text": text, "base": base})
        assert reply.status_code == 200, reply.text
        return int(reply.json()["id"])

    def add_passport(self) -> int:
        """A service more, under the last agency."""
        return self.take_up(self.text.replace(_FIRST_COUNTER, f"{PASSPORT}\n{_FIRST_COUNTER}"))

    def rename(self, name: str) -> int:
        """Give the hall another name."""
        was = tomllib.loads(self.text)["hall"]["name"]
        return self.take_up(self.text.replace(f'name = "{was}"', f'name = "{name}"', 1))

    def without_counter_2(self) -> int:
        before, _, after = self.text.partition('[[counter]]\nid = "loket-2"')
        return self.take_up(before + "[[kiosk]]" + after.partition("[[kiosk]]")[2])


@contextmanager
def live_hall(folder: Path) -> Iterator[LiveHall]:
    site = folder / "gedung.toml"
    site.write_bytes(SITE.read_bytes())
    with start_hub(folder / "hub", "--always-open", site=site) as hub:
        yield LiveHall(folder, hub)
