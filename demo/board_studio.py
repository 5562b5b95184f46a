"""The page `/board` before a camera: a real Chromium shows any scene of it, without a hub, a clock or a voice."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from demo.browser import Browser, browser
from demo.photograph import reduced
from demo.tv_scenes import NOW, TvMorning
from hub.public_board import PublicBoard, document, logo_address
from hub.rows import to_ms
from shared.hall import Hall

STILL = """
window.AudioContext = window.webkitAudioContext = %(sound)s;
window.EventSource = function () {
  this.take = {};
  this.addEventListener = (kind, take) => { this.take[kind] = (told) => take({ data: JSON.stringify(told) }); };
  this.close = () => {};
  window.hub = this;
};
document.addEventListener('DOMContentLoaded', () => {
  const still = document.createElement('style');
  still.textContent = '* { animation: none !important }';
  document.head.appendChild(still);
});
"""
"""Who looks on is the hub; nothing moves. `sound`: whether the browser could sound, and asks to be touched."""

CALLS, WAITING = 9, 12


@dataclass(frozen=True)
class BoardScene:
    """What the hub has told: the board before, and what happens then."""

    called: int = CALLS
    """How many calls stand in it."""
    new: int = 0
    """How many of them came just now, at once."""
    away: bool = False
    quiet: bool = False
    asks: bool = False
    """To be touched, for sound."""
    closed: bool = False
    """Some agencies are closed, or give numbers of a paper roll."""


@dataclass(frozen=True)
class BoardLook:
    """On which screen, in which hall; `small`: its picture's size."""

    site: str
    size: tuple[int, int]
    small: tuple[int, int]

    @property
    def caption(self) -> str:
        """What stands above it."""
        return "×".join(map(str, self.size))


class BoardMorning:
    """A hall, and what its hub would tell of it."""

    def __init__(self, site: str) -> None:
        self._morning = TvMorning(site)
        self.hall: Hall = self._morning.hall
        self._public = PublicBoard(self.hall)

    def board(self, scene: BoardScene, *, called: int) -> dict[str, Any]:
        """With so many calls, as a page is told."""
        counters = self.hall.counters[:called]
        calls = [self._call(number, one.id, one.agencies[0]) for number, one in enumerate(counters)]
        queues = [self._queue(number, one.id) for number, one in enumerate(self.hall.agencies[:WAITING])]
        shut = [one.id for one in self.hall.agencies[2:4]] if scene.closed else []
        if scene.closed:
            queues[2]["waiting"], queues[1]["roll"] = 0, {"from": 1}
        until = (NOW + timedelta(minutes=15)).isoformat() if scene.quiet else None
        told = {"last_event": called, "closed_agencies": shut, "calls": calls[::-1], "waiting": queues}
        return self._public.board(json.dumps(told | {"quiet_until": until}).encode())

    def _call(self, number: int, counter: str, agency: str) -> dict[str, Any]:
        prefix = self.hall.agency(agency).prefix
        ticket = {"id": number + 1, "number": f"{prefix}-{1 + 37 * number % 180:03d}", "agency": agency}
        at = NOW.isoformat()
        return {"event": number + 1, "ticket": ticket | {"state": "called"}, "counter": counter, "called_at": at}

    def _queue(self, number: int, agency: str) -> dict[str, Any]:
        likely = 5 + 3 * number % 40
        waiting = 2 + 7 * number % 15
        return {"agency": agency, "waiting": waiting, "estimate_minutes": likely, "estimate_high_minutes": likely + 10}


class BoardStudio:
    """One page after the other, and its camera."""

    def __init__(self, page: Browser, look: BoardLook, folder: Path) -> None:
        self._page, self.look, self._file = page, look, folder / "board.html"
        self._morning = BoardMorning(look.site)
        width, height = look.size
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, scene: BoardScene) -> Image.Image:
        """The scene's picture, as large as on a sheet."""
        page, morning = self._page, self._morning
        before = morning.board(scene, called=scene.called - scene.new)
        told = document(morning.hall, None, before, to_ms(NOW))
        if address := logo_address(morning.hall):
            told = told.replace(address, morning.hall.logo)  # no hub is there to ask
        self._file.write_text(told, "utf-8")
        sound = "function () { this.resume = () => Promise.resolve() }" if scene.asks else "undefined"
        stub = page.call("Page.addScriptToEvaluateOnNewDocument", source=STILL % {"sound": sound})["identifier"]
        page.open(self._file.as_uri())
        page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=stub)
        page.wait("window.hub && document.fonts.status === 'loaded' && document.getElementById('logo').complete")
        page.ask(f"hub.take.board({json.dumps(morning.board(scene, called=scene.called) | {'now': to_ms(NOW)})})")
        if scene.away:
            page.ask("hub.onerror()")
        page.promised("document.fonts.ready.then(() => 0)")
        wide, high = self.look.small
        with Image.open(io.BytesIO(page.photograph(self.look.size, (2 * wide, 2 * high)))) as seen:
            return reduced(seen.convert("RGB"), self.look.small)


@contextmanager
def board_browser(chromium: str) -> Iterator[tuple[Browser, Path]]:
    """A browser, and a folder for its pages."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        with browser(chromium, folder / "profile") as page:
            yield page, folder
