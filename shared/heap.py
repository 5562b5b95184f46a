"""What this process's C heap keeps of memory that was freed: for programs that run for weeks on Linux (glibc)."""

import ctypes
import sys

_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of mallopt(3)."""

LARGE = 128 * 1024
"""Bytes; glibc's own first value. A larger piece has pages of its own, which go back as soon as it is freed."""


def steady() -> None:
    """Give the memory of every large piece back when it is freed, however long the program runs.

    By itself glibc raises the bound to the largest piece that was ever freed. Once the first window is gone
    (1366 × 768 × 4 bytes), the pictures of all later ones lie in the heap, where one small piece above them keeps
    them from going back: 13 MB of a kiosk were held so and not in use. A bound that was set stays. Nothing happens
    where the C library is another.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, LARGE)
