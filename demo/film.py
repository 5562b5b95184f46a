"""Three counters call at once: `python -m demo.film` films docs/pictures/three-calls.gif anew.

A real hub, three orders that are all on their way before the first is answered, and the TV's real window with its
voice: each call has its turn, and the sign beside it moves while it is said.
"""

import os
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from demo.film_script import AT_ONCE, SITE, Called, Script
from demo.film_strip import Frame, write
from demo.hearing import NullSink
from demo.photograph import photograph
from demo.play import PlayFailed
from demo.programs import Hall as Programs
from demo.tv_scenes import NOW
from display.__main__ import Memory, Tv, build
from shared.assets import CONFIG
from shared.calling import calling_of
from shared.qt.launch import Launch
from shared.qt.link import HubLink
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.words import Words

FILM = CONFIG.parent / "docs" / "pictures" / "three-calls.gif"
SCREEN, SIZE = (1920, 1080), (960, 540)
FRAME_MS = 60
SPEED = 2.25
"""So much faster than it was: three calls are twenty-two seconds of chime and speech."""

BEFORE_MS, AFTER_MS = 1300, 600
LONGEST_S = 60.0
TAKES = 5
TV = "tv-1"


class Camera:
    """Photographs the window again and again; `frames` with the seconds since it began."""

    def __init__(self, tv: Tv) -> None:
        self.frames: list[Frame] = []
        self._wall, self._began = tv.wall, time.monotonic()
        self._timer = QTimer(interval=round(FRAME_MS * SPEED))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._shoot)
        self._timer.start()
        self._shoot()

    def _shoot(self) -> None:
        at = time.monotonic() - self._began
        self.frames.append(Frame(at / SPEED, photograph(self._wall, SIZE)))

    def stop(self) -> None:
        """No more."""
        self._timer.stop()


def film(folder: Path) -> tuple[list[Called], list[Frame]]:
    """One take: the three calls in the order in which the hub took them, and what the TV showed."""
    programs = Programs(folder, CONFIG / SITE)
    try:
        programs.open_hub()
        script = Script(programs.address)
        script.pass_by()
        with _tv(programs.address, script, folder) as tv:
            announced: list[int] = []
            tv.board.announced.connect(announced.append)
            camera = Camera(tv)
            _run(BEFORE_MS)
            calls = script.call_at_once()
            _until(lambda: len(announced) == len(calls))
            _run(AFTER_MS)
            camera.stop()
            return calls, camera.frames
    finally:
        programs.close()


@contextmanager
def _tv(address: str, script: Script, folder: Path) -> Iterator[Tv]:
    """The first floor's TV, which has shown all that was before; it says each call once, in Indonesian."""
    shown = next(display for display in script.hall.displays if display.id == TV)
    said = shown.model_copy(update={"languages": ["id"], "repeat": 1})
    settings = Settings(folder / "display.json")
    Memory(settings, TV).keep(script.last_event())
    link = HubLink(address)
    wall = build(Launch(Namespace(clips=None), link, script.hall, Words("id"), settings, folder, TV))
    tv = wall.findChild(Tv)
    if tv is None or (voice := tv.voice) is None:
        raise PlayFailed(f"{TV} does not speak")
    try:
        wall.header._now = lambda: NOW  # noqa: SLF001  -- the morning of the other pictures
        wall.header.tick()
        wall.resize(*SCREEN)
        wall.show()
        voice.take_up(said, calling_of(script.hall))
        _until(lambda: link.up and voice.sound is not None and tv.board.view.called is not None)
        yield tv
    finally:
        voice.stop()
        wall.close()
        link.close()


def _until(is_true: Callable[[], bool]) -> None:
    """Let everything go on until then. Raises PlayFailed."""
    end = time.monotonic() + LONGEST_S
    while not is_true():
        if time.monotonic() > end:
            raise PlayFailed("the TV did not come so far")
        _run(20)


def _run(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def make(folder: Path) -> None:
    """Film until the hub took the three in the order of the script, and keep that."""
    for take in range(TAKES):
        calls, frames = film(folder / str(take))
        if [call.counter for call in calls] == [one.counter for one in AT_ONCE]:
            write(frames, FILM)
            return
    raise PlayFailed("the hub took them in another order each time")


def main() -> int:
    """Film it; the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication.instance() or QApplication([])
    install_fonts()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with NullSink(folder / "sound") as sink:
            os.environ |= sink.environment
            make(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
