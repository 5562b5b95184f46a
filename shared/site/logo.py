"""The hall's logo: found beside the site file or among the assets, and fit for screen, page and paper."""

import struct
from base64 import b64encode
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from shared.assets import ASSETS
from shared.words import msg

PIXELS = (64, 2000)
"""The least and the most of either side: 64 is 8 mm on paper at 203 dpi; no screen shows a logo of 2000."""

BYTES = 300_000
"""The heaviest file: each client gets it with the hall."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class LogoTrouble(NamedTuple):
    """Why a logo cannot be used: sentence and way out (msgids); `near` is a file that was probably meant."""

    what: str
    hint: str
    near: str = ""


def find(name: str, folder: Path) -> Path | None:
    """The file of that name beside the site file, else in the assets; None where there is none."""
    try:
        return next((path for path in (folder / name, ASSETS / name) if path.is_file()), None)
    except (OSError, ValueError):  # no name a file system takes
        return None


def trouble(name: str, folder: Path) -> LogoTrouble | None:
    """Why the logo `name` cannot be used, or None."""
    path = find(name, folder)
    if path is None:
        return _not_found(name, folder)
    content = path.read_bytes()
    if not content.startswith(_SIGNATURE) or len(content) < 24:  # noqa: PLR2004  -- signature and size of a PNG
        return LogoTrouble(msg("Logo '{name}' bukan gambar PNG"), msg("Simpan gambarnya sebagai PNG."))
    sides = struct.unpack(">II", content[16:24])
    if len(content) > BYTES or not all(PIXELS[0] <= side <= PIXELS[1] for side in sides):
        return LogoTrouble(
            msg("Logo '{name}' terlalu kecil atau terlalu besar"),
            msg("Setiap sisinya 64–2000 piksel, berkasnya paling besar 300 kB."),
        )
    return None


def _not_found(name: str, folder: Path) -> LogoTrouble:
    what = msg("Logo '{name}' tidak ditemukan")
    asked = Path(name)
    if near := get_close_matches(asked.name, _beside(asked.parent, folder), n=1):
        return LogoTrouble(what, msg("Maksudnya '{name}'?"), asked.with_name(near[0]).as_posix())
    return LogoTrouble(what, msg("Letakkan berkasnya di folder berkas ini, atau di folder assets."))


def _beside(parent: Path, folder: Path) -> list[str]:
    try:
        return sorted(path.name for start in (folder, ASSETS) for path in (start / parent).glob("*.png"))
    except (OSError, ValueError):
        return []


def data_url(name: str, folder: Path) -> str:
    """The logo as a data: URL, empty where there is none."""
    path = find(name, folder) if name else None
    return f"data:image/png;base64,{b64encode(path.read_bytes()).decode()}" if path else ""
