"""An X server without a screen whose picture is a file: what a window really shows is read there, at no cost to it."""

import mmap
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH, HEIGHT = 1920, 1080
_BYTES = 4
_END_S = 5.0
_REST_S = 0.002
MOST_PX = 64
"""A text that runs so far between two readings has leapt: it runs two pixels a frame."""


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


def frames(readings: Iterable[bytes]) -> int:
    """How many frames of a running text were seen, of readings of one line of pixels right through its letters.

    A frame is the whole line further left than it was. A reading of which one half is of a frame and the other half
    of the next is none; nor is the same frame read again. The last `MOST_PX` pixels, where new letters come in, are
    not compared.
    """
    count, standing, before = 0, b"", b""
    for line in readings:
        by = _moved(standing, line)
        if by is not None:
            count += bool(by)
            standing = line
        elif line == before:  # it stands whole: the beginning, or a leap
            count += bool(standing)
            standing = line
        before = line
    return count


def _moved(before: bytes, now: bytes) -> int | None:
    """By how many pixels the line went left; None where it is no other part of the same line."""
    kept = len(now) - MOST_PX * _BYTES
    return next((by for by in range(MOST_PX) if before[by * _BYTES :][:kept] == now[:kept]), None)


def readings(shown: Screen, part: tuple[int, int, int, int], seconds: float) -> Iterator[bytes]:
    """A part of the screen again and again, several times in each frame; it leaves the processor to the others."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        yield shown.lines(*part)
        time.sleep(_REST_S)
