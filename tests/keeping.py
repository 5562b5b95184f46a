"""Bytes and pictures that are kept and compared with: `KEEP=1` in the environment writes them anew."""

import os
from pathlib import Path

KEPT = Path(__file__).parent / "kept"


def as_kept(name: str, data: bytes) -> bool:
    """Whether `data` is what `tests/kept/NAME` holds. With KEEP=1 it is made so, to be read in the diff."""
    path = KEPT / name
    if os.environ.get("KEEP") == "1":
        path.write_bytes(data)
    return path.read_bytes() == data
