"""Bytes and pictures that are kept and compared with: `KEEP=1` in the environment writes them anew."""

import os
from pathlib import Path

from PIL import Image, ImageChops

KEPT = Path(__file__).parent / "kept"


def as_kept(name: str, data: bytes) -> bool:
    """Whether `data` is what `tests/kept/NAME` holds. With KEEP=1 it is made so, to be read in the diff."""
    path = KEPT / name
    if os.environ.get("KEEP") == "1":
        path.write_bytes(data)
    return path.read_bytes() == data


_APART = 96
"""So many greys apart, a pixel counts as another one: letters are smoothed a little differently by each FreeType."""


def looks_kept(name: str, picture: Image.Image, *, others: float = 0.005) -> bool:
    """Whether `picture` looks as `tests/kept/NAME` does but for a share of `others` of its pixels; KEEP=1 as above."""
    path = KEPT / name
    if os.environ.get("KEEP") == "1":
        picture.convert("L").quantize(4).save(path, optimize=True)
    with Image.open(path) as opened:
        kept = opened.convert("L")
    if kept.size != picture.size:
        return False
    apart = ImageChops.difference(kept, picture.convert("L")).histogram()[_APART:]
    return sum(apart) <= others * kept.width * kept.height
