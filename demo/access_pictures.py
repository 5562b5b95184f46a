"""The pictures of pairing and signing in: `python -m demo.access_pictures` plays a morning at a hub that asks who.

A real hub that other PCs could reach, with the roster of Paser; staff and codes come from its own commands.
"""

import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PIL import Image

from demo.officer_pictures import COLOURS, COUNTER, PICTURES, SITE
from demo.play import Actor, wait_until
from demo.programs import ROOT, Hall

STAFF = {
    "Siti Aminah": "officer",
    "Ahmad Fauzi": "officer",
    "Dewi Lestari": "officer",
    "Eko Prasetyo": "officer",
    "Fitri Handayani": "officer",
    "Budi Santoso": "supervisor",
    "Sri Wahyuni": "administrator",
}
PIN, WRONG = "4711", "1111"
WIDTHS = {1366: 1100, 1080: 540}
"""How wide a window's picture stands in the docs."""


class Gate:
    """The hub that asks who is there, and its own commands."""

    def __init__(self, hall: Hall) -> None:
        self._data = hall.folder / "hub"
        listen = ("--listen", "0.0.0.0:0", "--pages", "127.0.0.1:0")
        hub = hall.start("hub", "hub", "--site", str(SITE), "--data", str(self._data), *listen, "--always-open")
        wait_until(lambda: "https://" in hub.said(), "the hub's address")
        found = re.search(r"https://\S+:(\d+)", hub.said())
        self._process = hub.process
        hall.address = f"https://127.0.0.1:{found[1]}" if found else ""

    def tell(self, command: str, *arguments: str, typed: str = "") -> str:
        """Run `antre staff` or `antre pair` at the hub's PC; returns what it prints."""
        run = [sys.executable, "-m", f"hub.{command}_command", *arguments, "--data", str(self._data)]
        done = subprocess.run(run, input=typed, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603  -- our own program
        return done.stdout

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """As long as this lasts the hub answers nobody: what an app shows meanwhile holds still."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def code(self, kind: str, device: str) -> str:
        """The code that pairs that device."""
        found = re.search(r"^ +(\w{4}-\w{4})$", self.tell("pair", kind, device), re.MULTILINE)
        return found[1] if found else ""


def shoot(app: Actor, folder: Path, name: str) -> None:
    """A picture of the window, small enough for a page."""
    raw = app.grab(folder / f"{name}-raw.png")
    with Image.open(raw) as picture:
        width = WIDTHS[picture.width]
        small = picture.convert("RGB").resize((width, round(picture.height * width / picture.width)))
        small.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def main() -> int:
    """Play, and leave the pictures in docs/pictures; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        hall = Hall(Path(folder), SITE, env={"QT_QPA_PLATFORM": "offscreen"})
        try:
            _play(hall, Gate(hall))
        finally:
            hall.close()
    return 0


def _play(hall: Hall, gate: Gate) -> None:
    for name, role in STAFF.items():
        gate.tell("staff", "add", name, "--role", role, "--pin-stdin", typed=f"{PIN}\n")
    code = gate.code("counter", COUNTER)
    desk = hall.open_app("desk", "counter", "--windowed", "1366x768", "--id", COUNTER, "--pair", code)
    desk.wait_there("staff-1")
    shoot(desk, hall.folder, "counter-sign-in")
    desk.press("staff-1")
    desk.wait_there("pin-1")
    for digit in PIN[:3]:
        desk.key(digit)
    shoot(desk, hall.folder, "counter-pin")
    desk.key("Backspace")
    _wrong_pins(desk, hall.folder, gate)
    kiosk = hall.open_app("kiosk", "kiosk", "--windowed", "1080x1920", "--id", "kios-1")
    for letter in "K7QF9":
        kiosk.press(f"pairing-key-{letter}")
    shoot(kiosk, hall.folder, "kiosk-pairing")


def _wrong_pins(desk: Actor, folder: Path, gate: Gate) -> None:
    """The PIN page while the hub looks, after a wrong one, and after too many."""
    with gate.held_up():
        _give(desk, "00")  # after two that stand there
        wait_until(lambda: desk.text("pin-message").startswith("Memeriksa"), "the PIN under way")
        shoot(desk, folder, "counter-pin-checking")
    wait_until(lambda: desk.text("pin-message").startswith("PIN salah"), "that it is wrong")
    shoot(desk, folder, "counter-pin-wrong")
    for left in (3, 2, 1):
        _give(desk, WRONG)
        wait_until(partial(_says, desk, f"percobaan: {left}"), "how many tries are left")
    _give(desk, WRONG)
    wait_until(lambda: "Terkunci" in desk.text("pin-message"), "the lock")
    shoot(desk, folder, "counter-pin-locked")


def _says(desk: Actor, words: str) -> bool:
    return words in desk.text("pin-message")


def _give(desk: Actor, pin: str) -> None:
    for digit in pin:
        desk.key(digit)
    desk.key("Return")


if __name__ == "__main__":
    sys.exit(main())
