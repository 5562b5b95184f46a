"""An X server without a screen whose picture is a file: what a window really shows is read there, at no cost to it."""

import mmap
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH, HEIGHT = 1920, 1080
_BYTES = 4
_END_S = 5.0


class Screen:
    """The picture as it is now. `env`: with what a program opens its windows there."""

    def __init__(self, name: str, picture: mmap.mmap) -> None:
        self.env = {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "QT_XCB_GL_INTEGRATION": "none"}
        self._picture = picture
        self._begin = len(picture) - WIDTH * HEIGHT * _BYTES
        """The picture stands behind a header (XWD, X11's window dump)."""

    def lines(self, left: int, top: int, right: int, bottom: int, *, every: int = 6) -> bytes:
        """The pixels of every sixth line of a part of the screen."""
        rows = (self._begin + (y * WIDTH + left) * _BYTES for y in range(top, bottom, every))
        return b"".join(self._picture[start : start + (right - left) * _BYTES] for start in rows)


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """An X server of our own, ended afterwards. Raises FileNotFoundError where there is no Xvfb."""
    program = shutil.which("Xvfb")
    if program is None:
        raise FileNotFoundError("Xvfb")
    folder.mkdir(parents=True)
    told, tell = os.pipe()
    command = [program, "-displayfd", str(tell), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=(tell,), stderr=subprocess.DEVNULL)
    os.close(tell)
    try:
        with os.fdopen(told) as line:
            name = f":{line.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            yield Screen(name, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    finally:
        server.terminate()
        server.wait(_END_S)


def changes(shown: Screen, part: tuple[int, int, int, int], seconds: float) -> int:
    """How often a part of the screen becomes another in so many seconds: its frames."""
    count, before, end = 0, shown.lines(*part), time.perf_counter() + seconds
    while time.perf_counter() < end:
        now = shown.lines(*part)
        if now != before:
            count, before = count + 1, now
    return count
