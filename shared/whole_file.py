"""Writing a small file whole or not at all, also when the power goes."""

import os
import stat
import sys
from pathlib import Path

_USUAL = 0o644
_OURS = 0o600
_OVER = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # on Windows a line's end stays what it is


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Have `content` stand at `path`, flushed to the disk, in the place of what stood there.

    `mode`: who may read and write it; None: as what stood there. Raises OSError where the disk or the folder refuses;
    then the old content stands as before.
    """
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)  # one left by a power cut may be open to others
    mode = _mode(path) if mode is None else mode
    with os.fdopen(os.open(draft, _ANEW, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(mode)  # whatever the program's own mask took away
    draft.replace(path)
    _keep_names(path.parent)


def write_over(path: Path, content: bytes, *, flushed: bool) -> None:
    """Have `content` stand in the small file at `path`, for its owner alone; `flushed`: on the disk when it returns.

    Much quicker than `write_whole` where it is not flushed: it outlives the program then, and not a power cut, which
    may leave a part of it. Raises OSError.
    """
    file = os.open(path, _OVER, _OURS)
    try:
        os.write(file, content)
        os.ftruncate(file, len(content))
        if flushed:
            os.fsync(file)
    finally:
        os.close(file)


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return _USUAL


def _keep_names(folder: Path) -> None:
    """Have the disk keep which file stands under which name."""
    if sys.platform == "win32":
        return  # NTFS keeps names in its own journal; a folder cannot be opened there
    there = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)
