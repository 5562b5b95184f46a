"""Which film is on beside the calls, for how long, and what becomes of one that cannot be shown."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from display.ducking import FilmLoudness
from display.film.film import Film
from shared.qt.pictures import File

log = logging.getLogger(__name__)

SUFFIXES = (".mp4", ".m4v", ".mov", ".mkv", ".webm")
LEAST_MS = 3_000
"""How long a film stays at least: a shorter one on its last frame."""
TRIES = 2
"""A program that ends for an unknown reason may have lost the sound server; twice, it is the file's fault."""

Projection = Callable[[Path, QSize, FilmLoudness, int], Film]
"""Makes the film of a file, in a room, so loud, from that ms on."""


def projected(path: Path, room: QSize, loudness: FilmLoudness, from_ms: int) -> Film:
    """The film as it is played in a hall."""
    return Film(path, room, loudness, from_ms=from_ms)


class Showing(QObject):
    """At most one film at a time. One longer than `longest_s` makes room for the others, and goes on there next time.

    begun(QImage, QRect)   the room with its first frame; where later frames belong
    changed()              `frame` is another
    broken(File)           that one is unfit to be shown
    put_off(File)          this PC has no room for it now: in its next turn it is tried again, where it was
    over()                 nothing more comes of it; `frame` is its last until `leave`
    """

    begun = Signal(QImage, QRect)
    changed = Signal()
    broken = Signal(object)
    put_off = Signal(object)
    over = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        longest_s: float,
        sound: bool,
        project: Projection = projected,
        least_ms: int = LEAST_MS,
    ) -> None:
        super().__init__(parent)
        self._longest_s, self._sound, self._project, self._least_ms = longest_s, sound, project, least_ms
        self.file: File | None = None
        """What is on, or about to be."""
        self._film: Film | None = None
        self._losses = 0
        self._was_hindered = False
        """Whether this PC had a part in one of these."""
        self._left_at: dict[File, int] = {}
        self._since = QElapsedTimer()
        self._longest = QTimer(self, singleShot=True)
        self._longest.timeout.connect(self._cut)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self.over)

    @property
    def frame(self) -> QImage | None:
        """What is to be seen now in the film's place; None before its second frame."""
        return self._film.frame if self._film is not None else None

    def show(self, file: File, path: Path, room: QSize, loudness: FilmLoudness) -> None:
        """Show a film in a room of that size; what was on is left."""
        self.leave()
        self.file, self._losses, self._was_hindered = file, 0, False
        self._since.start()
        self._longest.start(round(1000 * self._longest_s))
        self._play(path, room, loudness, self._left_at.pop(file, 0))

    def turn(self, loudness: FilmLoudness) -> None:
        """Be so loud from now on."""
        if self._film is not None:
            self._film.turn(loudness)

    def leave(self) -> None:
        """Show nothing more of it."""
        film = self._forget()
        if film is not None:
            film.leave()

    def stop(self) -> None:
        """The same at once, before the TV's program ends."""
        self._forget()
        for film in self.findChildren(Film):
            film.stop()

    def _forget(self) -> Film | None:
        self._longest.stop()
        self._rest.stop()
        film, self._film, self.file = self._film, None, None
        return film

    def _play(self, path: Path, room: QSize, loudness: FilmLoudness, from_ms: int) -> None:
        film = self._film = self._project(path, room, loudness, from_ms)
        film.setParent(self)  # until its program has ended
        film.begun.connect(self._begin)
        film.changed.connect(self.changed)
        film.ended.connect(self._ended)
        film.failed.connect(self._failed)
        film.lost.connect(self._lost)
        film.start(sound=self._sound)

    def _begin(self, whole: QImage, place: QRect) -> None:
        self._since.start()
        self.begun.emit(whole, place)

    def _ended(self, whole: bool) -> None:  # noqa: FBT001  -- a slot: takes what the signal brings
        if not whole:
            self._reject("its end is missing")
        self._rest.start(max(0, self._least_ms - self._since.elapsed()))

    def _failed(self, why: str) -> None:
        self._reject(why)
        self.over.emit()

    def _reject(self, why: str) -> None:
        if self.file is not None:
            log.info("film %s: %s", self.file.name, why)
            self.broken.emit(self.file)

    def _lost(self, innocent: bool) -> None:  # noqa: FBT001  -- a slot: takes what the signal brings
        film, file = self._film, self.file
        self._losses += 1
        self._was_hindered = self._was_hindered or innocent
        if film is None or file is None:
            return
        if self._losses < TRIES:
            film.leave()
            self._play(film.path, film.room, film.loudness, film.at_ms)
        elif self._was_hindered:
            log.info("film %s has no room on this PC now", file.name)
            self._left_at[file] = film.at_ms
            self.put_off.emit(file)
        else:
            self._failed("its program ended each time")

    def _cut(self) -> None:
        """It has been on long enough."""
        if self._film is not None and self.file is not None:
            log.info("film %s goes on later", self.file.name)
            self._left_at[self.file] = self._film.at_ms
        self.over.emit()
