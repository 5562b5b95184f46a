"""Memory that the TV and its film program share: a frame passes without being copied, and is never on a disk."""

import mmap
import os
import sys
from uuid import uuid4

SLOTS = 3
"""One frame is on the screen, one has arrived, one is being drawn."""
PIXEL_BYTES = 4


class Frames:
    """`SLOTS` frames of up to `pixels` pixels each. `name`: by which the other program joins."""

    def __init__(self, memory: mmap.mmap, pixels: int, name: str) -> None:
        self._view = memoryview(memory)
        self._slot_bytes = pixels * PIXEL_BYTES
        self.pixels, self.name = pixels, name

    def slot(self, number: int, pixels: int) -> memoryview:
        """The first `pixels` of a slot."""
        begin = number * self._slot_bytes
        return self._view[begin : begin + pixels * PIXEL_BYTES]


def make_frames(pixels: int) -> Frames:
    """Room for frames. It goes with the last program that has it, however that ends. Raises OSError."""
    size = SLOTS * pixels * PIXEL_BYTES
    if sys.platform == "win32":
        name = f"antre-film-{uuid4().hex}"
        return Frames(mmap.mmap(-1, size, tagname=name), pixels, name)
    place = os.memfd_create("antre-film")
    try:
        os.posix_fallocate(place, 0, size)  # memory that is not there would be found out by a crash, while drawing
        memory = mmap.mmap(place, size)
    except OSError:
        os.close(place)
        raise
    return _Held(memory, pixels, f"/proc/{os.getpid()}/fd/{place}", place)


def join_frames(name: str, pixels: int) -> Frames:
    """The same memory in the other program. Raises OSError."""
    size = SLOTS * pixels * PIXEL_BYTES
    if sys.platform == "win32":
        return Frames(mmap.mmap(-1, size, tagname=name), pixels, name)
    place = os.open(name, os.O_RDWR)
    try:
        return Frames(mmap.mmap(place, size), pixels, name)
    finally:
        os.close(place)


class _Held(Frames):
    """With the file descriptor by which another program finds it, closed when nobody holds this any more."""

    def __init__(self, memory: mmap.mmap, pixels: int, name: str, place: int) -> None:
        super().__init__(memory, pixels, name)
        self._place = place

    def __del__(self) -> None:
        os.close(self._place)
