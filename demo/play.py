"""A play's hands and eyes: one running program, pressed, read and photographed through its `--drive` socket."""

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_S = 20.0
START_S = 60.0
"""A program takes two seconds to start, ten at once on a busy machine half a minute."""
LOOK_S = 0.02
MOST_PAGES = 50
"""More than any hall's kiosk has."""


class PlayFailed(AssertionError):  # noqa: N818  -- reads as what became of the play
    """What the play waited for did not come, or what it wanted to press was not there."""


def wait_until(condition: Callable[[], bool], what: str, *, patience_s: float = PATIENCE_S) -> None:
    """Look again and again until `condition` holds. Raises PlayFailed naming `what` when patience ends."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise PlayFailed(f"waited {patience_s:g} s in vain for {what}")
        time.sleep(LOOK_S)


class Actor:
    """One program under the play's hands."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path
        self._socket: socket.socket | None = None
        self._answers = b""

    def order(self, do: str, **words: str) -> dict[str, Any]:
        """Have the program do one thing; returns its answer. Raises PlayFailed when it cannot."""
        answer = self.tried(do, **words)
        if not answer["ok"]:
            raise PlayFailed(f"{self.name}: {do} {words}: {answer['why']}")
        return answer

    def tried(self, do: str, **words: str) -> dict[str, Any]:
        """As `order`, but a refusal is an answer."""
        if self._socket is None:
            self._socket = self._connect()
        self._socket.sendall(json.dumps({"do": do, **words}).encode() + b"\n")
        while b"\n" not in self._answers:
            piece = self._socket.recv(65536)
            if not piece:
                raise PlayFailed(f"{self.name} hung up during {do}")
            self._answers += piece
        line, _, self._answers = self._answers.partition(b"\n")
        return dict(json.loads(line))

    def _connect(self) -> socket.socket:
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(PATIENCE_S)

        def connected() -> bool:
            try:
                link.connect(str(self._path))
            except OSError:
                return False
            return True

        wait_until(connected, f"{self.name} to open its socket", patience_s=START_S)
        return link

    def press(self, name: str, *, patience_s: float = PATIENCE_S) -> None:
        """Touch the widget of that name as soon as it is there and on."""
        wait_until(lambda: bool(self.tried("press", name=name)["ok"]), f"{self.name}: {name}", patience_s=patience_s)

    def key(self, key: str) -> None:
        """Strike a key: 'Space', 'R'."""
        self.order("key", key=key)

    def scan(self, text: str) -> None:
        """Hold a code before its scanner."""
        self.order("scan", text=text)

    def texts(self) -> dict[str, str]:
        """The texts of all visible named widgets."""
        return dict(self.order("read")["texts"])

    def enabled(self) -> list[str]:
        """The names of the visible widgets that can be pressed."""
        return list(self.order("read")["enabled"])

    def text(self, name: str) -> str:
        """The text of one visible widget, '' while it is not there."""
        return self.texts().get(name, "")

    def wait_text(self, name: str, wanted: str, *, patience_s: float = PATIENCE_S) -> None:
        """Wait until the widget `name` shows `wanted`."""
        wait_until(lambda: self.text(name) == wanted, f"{self.name}: {name} = {wanted!r}", patience_s=patience_s)

    def wait_there(self, name: str, *, patience_s: float = PATIENCE_S) -> None:
        """Wait until the widget `name` can be pressed."""
        wait_until(lambda: name in self.enabled(), f"{self.name}: {name} to be on", patience_s=patience_s)

    def grab(self, path: Path, *, name: str = "") -> Path:
        """Photograph the program's window, or the place of the widget `name` in it, into `path` (PNG)."""
        self.order("grab", path=str(path), **({"name": name} if name else {}))
        return path

    def close(self) -> None:
        """Let go of the program; it goes on."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


HEADINGS = {"agency": "heading-agencies", "service": "heading-services"}


def turn_to(kiosk: Actor, tile: str, *, patience_s: float = PATIENCE_S) -> None:
    """Turn a kiosk's pages, forth and back again, until `tile` is there: `agency-…`, `service-…`. Raises PlayFailed."""
    kiosk.wait_there(HEADINGS[tile.partition("-")[0]], patience_s=patience_s)
    for turn in ("page-next", "page-back"):
        for _ in range(MOST_PAGES):
            there = kiosk.enabled()
            if tile in there:
                return
            if turn not in there:
                break
            kiosk.press(turn, patience_s=patience_s)
    raise PlayFailed(f"{kiosk.name}: no page has {tile}")
