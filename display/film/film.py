"""A film as the TV sees it: frames come from the film program; what goes wrong there is told, and stays there."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from display.ducking import FilmLoudness
from display.film.frames import Frames, make_frames
from shared.qt.later import later
from shared.qt.voice.child import Child

log = logging.getLogger(__name__)

PLAYER = "display.film.player"
SILENCE_MS = 15_000
"""A film program that says nothing for so long hangs: it speaks each second, and starts in 0.3 s."""


class Film(QObject):
    """One film, from `from_ms` on, in a room of that size, once.

    begun(QImage, QRect)   the room with its first frame; where later frames belong
    changed()              `frame` is another
    ended(bool)            it is over; False: its end is missing
    failed(str)            it cannot be played, or not further: why, for the log
    lost(bool)             its program ended before that: by a fault of its file or sound server; True: this PC had no
                           memory for it, or somebody killed it, and the file has no part in it
    """

    begun = Signal(QImage, QRect)
    changed = Signal()
    ended = Signal(bool)
    failed = Signal(str)
    lost = Signal(bool)

    def __init__(
        self, path: Path, room: QSize, loudness: FilmLoudness, *, from_ms: int = 0, command: Sequence[str] | None = None
    ) -> None:
        super().__init__()
        self.path, self.at_ms = path, from_ms
        self.room, self.loudness = room, loudness
        self._frames: Frames | None = None
        self._slot = -1
        self._is_over = self._hung = False
        self._place = QRect()
        self.frame: QImage | None = None
        """The one to show, in memory that the film program draws into: not to be kept."""
        self._child = Child(command or [sys.executable, "-m", PLAYER], self)
        self._child.said.connect(self._said)
        self._child.ended.connect(self._lost)
        self._watch = QTimer(self, singleShot=True, interval=SILENCE_MS)
        self._watch.timeout.connect(self._hangs)

    @property
    def pid(self) -> int:
        """The film program's process id; 0 while there is none."""
        return self._child.pid

    def start(self, *, sound: bool) -> None:
        """Have it played; `sound`: it may ever be heard."""
        room = self.room
        try:
            self._frames = make_frames(room)
        except OSError as why:
            log.info("no memory for %s: %s", self.path.name, why)
            later(self, 0, self._lost)
            return
        order = {"show": str(self.path), "width": room.width(), "height": room.height(), "frames": self._frames.name}
        self._child.start()
        self._child.send(order | {"from_ms": self.at_ms, "sound": sound} | _written(self.loudness))
        self._watch.start()

    def turn(self, loudness: FilmLoudness) -> None:
        """Be so loud from now on."""
        if loudness != self.loudness:
            self.loudness = loudness
            self._child.send(_written(loudness))

    def leave(self) -> None:
        """End the program without waiting for that; nothing more is told, `frame` is gone, and then this."""
        self._forget()
        if self._child.pid:
            self._child.ended.connect(self.deleteLater)
            self._child.kill()
        else:
            self.deleteLater()

    def stop(self) -> None:
        """The same at once, before the TV's program ends."""
        self._forget()
        self._child.stop()

    def _forget(self) -> None:
        self._watch.stop()
        self._is_over = True
        self.frame = self._frames = None

    # ------------------------------------------------------------ told by the program

    def _said(self, answer: dict[str, object]) -> None:
        if self._is_over:
            return
        self._watch.start()
        match answer:
            case {"frame": int(slot), "at_ms": int(at)}:
                self.at_ms = at
                self._show(slot)
            case {"at_ms": int(at)}:
                self.at_ms = at
            case {"begun": int(slot), "place": [int(x), int(y), int(wide), int(tall)]}:
                self._place = QRect(x, y, wide, tall)
                self.begun.emit(self._image(slot, self.room).copy(), self._place)
                self._child.send({"free": slot})
            case {"ended": bool(whole)}:
                self._over()
                self.ended.emit(whole)
            case {"failed": str(why)}:
                self._over()
                self.failed.emit(why)

    def _show(self, slot: int) -> None:
        self.frame = self._image(slot, self._place.size())
        if self._slot >= 0:
            self._child.send({"free": self._slot})
        self._slot = slot
        self.changed.emit()

    def _image(self, slot: int, size: QSize) -> QImage:
        return QImage() if self._frames is None else self._frames.image(slot, size)

    def _hangs(self) -> None:
        log.info("the film program does not answer")
        self._hung = True
        self._child.kill()  # `_lost` follows

    def _over(self) -> None:
        self._watch.stop()
        self._is_over = True

    def _lost(self) -> None:
        self._watch.stop()
        if not self._is_over:
            has_room = self._frames is not None
            self.lost.emit(not has_room or (self._child.was_hindered and not self._hung))


def _written(loudness: FilmLoudness) -> dict[str, object]:
    return {"volume": loudness.volume, "share": loudness.share}
