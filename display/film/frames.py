"""Memory that the TV and its film program share: a frame passes without being copied, and is never on a disk."""

import mmap
import os
import sys
from uuid import uuid4

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

SLOTS = 3
"""One frame is on the screen, one has arrived, one is being drawn."""
_PIXEL_BYTES = 4


class Frames:
    """`SLOTS` frames as large as `room` at most. `name`: by which the other program joins."""

    def __init__(self, memory: mmap.mmap, room: QSize, name: str) -> None:
        self._view = memoryview(memory)
        self._slot_bytes = _bytes_of(room)
        self.name = name

    def image(self, slot: int, size: QSize) -> QImage:
        """The frame in a slot, of Format_RGB32, in the shared memory itself: not to be kept."""
        begin = slot * self._slot_bytes
        memory = self._view[begin : begin + _bytes_of(size)]
        return QImage(memory, size.width(), size.height(), _line_bytes(size), QImage.Format.Format_RGB32)


def drawn_size(size: QSize) -> QSize:
    """With one column more, which is not seen, where they are odd: FFmpeg's scaler then takes 1.4 ms in place of 8."""
    return QSize(size.width() + size.width() % 2, size.height())


def _line_bytes(size: QSize) -> int:
    return drawn_size(size).width() * _PIXEL_BYTES


def _bytes_of(size: QSize) -> int:
    return _line_bytes(size) * size.height()


def make_frames(room: QSize) -> Frames:
    """Room for frames. It goes with the last program that has it, however that ends. Raises OSError."""
    size = SLOTS * _bytes_of(room)
    if sys.platform == "win32":
        name = f"antre-film-{uuid4().hex}"
        return Frames(mmap.mmap(-1, size, tagname=name), room, name)
    place = os.memfd_create("antre-film")
    try:
        os.posix_fallocate(place, 0, size)  # memory that is not there would be found out by a crash, while drawing
        memory = mmap.mmap(place, size)
    except OSError:
        os.close(place)
        raise
    return _Held(memory, room, f"/proc/{os.getpid()}/fd/{place}", place)


def join_frames(name: str, room: QSize) -> Frames:
    """The same memory in the other program. Raises OSError."""
    size = SLOTS * _bytes_of(room)
    if sys.platform == "win32":
        return Frames(mmap.mmap(-1, size, tagname=name), room, name)
    place = os.open(name, os.O_RDWR)
    try:
        return Frames(mmap.mmap(place, size), room, name)
    finally:
        os.close(place)


class _Held(Frames):
    """With the file descriptor by which another program finds it, closed when nobody holds this any more."""

    def __init__(self, memory: mmap.mmap, room: QSize, name: str, place: int) -> None:
        super().__init__(memory, room, name)
        self._place = place

    def __del__(self) -> None:
        os.close(self._place)
