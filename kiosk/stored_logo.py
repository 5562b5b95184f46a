"""The hall's logo in a printer's own memory: 6 kB that need not go with every ticket (6 s at 9600 baud). Pure.

GS ( L <Functions 64, 67, 69> after Epson's ESC/POS reference: graphics in the memory that outlasts a power cycle,
each under a key of two digits. That memory bears few writes, so it is asked before it is written.
"""

import re
from dataclasses import dataclass
from zlib import crc32

from PIL import Image, ImageChops

ASK = b"\x1d(L\x04\x00\x30\x40KC"
"""Function 64: which keys are there?"""
KEYS = re.compile(rb"\x37\x72[\x40\x41]((?:[0-9]{2})*)\x00")
"""The answer to it; a printer with more than 40 goes on in a second one, which we do not wait for."""
_KEYS = 100


@dataclass(frozen=True)
class StoredLogo:
    """One logo as a printer may keep it: under `key`, written by `write`, printed by `show` instead of `inline`."""

    key: str
    inline: bytes
    write: bytes
    show: bytes

    def in_memory(self, job: bytes) -> bytes:
        """A job that has the printer print its own copy."""
        return job.replace(self.inline, self.show)


def stored(picture: Image.Image, inline: bytes) -> StoredLogo:
    """The logo whose dots are `picture`; `inline`: the bytes by which a job brings it along."""
    dots = ImageChops.invert(picture.convert("1")).tobytes()
    # Another logo has another key (but for one in a hundred), so that no old one is taken for it.
    key = f"{crc32(dots) % _KEYS:02d}"
    size = picture.width.to_bytes(2, "little") + picture.height.to_bytes(2, "little")
    write = _order(b"\x43\x30" + key.encode() + b"\x01" + size + b"\x31" + dots)
    return StoredLogo(key, inline, write, _order(b"\x45" + key.encode() + b"\x01\x01"))


def _order(body: bytes) -> bytes:
    return b"\x1d(L" + (len(body) + 1).to_bytes(2, "little") + b"\x30" + body
