"""Logs of every program: in the data folder, rotating, with warnings repeated on standard error."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 1_000_000
LOG_FILES = 5
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def default_data() -> Path:
    """The data folder where none is named: the user's own, by the system's custom."""
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Local" / "Antre"
    return Path.home() / ".local" / "share" / "antre"


def start_log(data: Path, name: str) -> Path:
    """Write the log to `data/logs/name.log`, keeping the last 5 files of 1 MB; returns that path."""
    folder = data / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    file = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8")
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.INFO, format=_FORM, handlers=[file, screen], force=True)
    return path


def hush() -> None:
    """Repeat nothing on standard error from now on; the log has it."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if type(handler) is logging.StreamHandler:  # a log's file is one of its children
            root.removeHandler(handler)
