"""The virtual environment beside `run.py`: made once from the locked packages, mended when a set-up broke off."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from start.progress import SetupError, narrate, say

PATIENCE_SECONDS = 30 * 60
"""How long one set-up waits for another: a slow line takes long for 300 MB."""

_WINDOWS = sys.platform == "win32"


class Environment:
    """The folder `.venv` of a checkout.

    A marker inside tells with which locks it was made; it goes before the first change and comes back after the last,
    so a folder without it is unfinished.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if _WINDOWS else "bin/python")
        self._marker = self.folder / "antre-setup.json"

    def is_ready(self, locks: Sequence[str]) -> bool:
        """Whether all of these locks are installed here, by this Python, in this place."""
        found = self._read_marker()
        return bool(found) and self._mark(locks).items() <= found.items()

    def make_ready(self, locks: Sequence[str]) -> None:
        """Install these locks, one set-up at a time; what is there already is kept and what is broken is mended.

        Raises SetupError when pip fails, another set-up does not end, or the folder is another user's.
        """
        with _alone(self.root / ".venv.lock"):
            if self.is_ready(locks):
                return
            kept = self._read_marker() if self.is_ready(()) else {}
            self._marker.unlink(missing_ok=True)
            if not kept:
                self._create()
            self._install(locks)
            self._write_marker({**kept, **self._mark(locks)})

    def _create(self) -> None:
        if self.python.exists():
            for package in broken(self._site_packages()):
                say(f"Broken off before: {package}")
            if self._answers("-m", "pip", "--version"):
                return
        say(f"Virtual environment: {self.folder}")
        # Not a Python inside the folder to be cleared.
        base = getattr(sys, "_base_executable", sys.executable)
        narrate([base, "-m", "venv", "--clear", self.folder], telling="^(Error.*)")

    def _answers(self, *arguments: str) -> bool:
        try:
            return subprocess.run([self.python, *arguments], capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def _install(self, locks: Sequence[str]) -> None:
        say(f"Python packages: {', '.join(locks)}")
        # No package stands in two locks, so each lock has a pip of its own: unpacking keeps one core busy for long.
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._install_lock, locks))
        editable: list[str | Path] = ["--no-build-isolation", "--config-settings", "editable_mode=compat"]
        narrate([*self._pip, "--no-index", *editable, "-e", self.root], telling="^(Successfully installed.*)")

    def _install_lock(self, lock: str) -> None:
        downloads = r"^\s*Downloading ([^/\s]+ \(.*\))|^(Installing collected packages)"
        locked: list[str | Path] = ["--require-hashes", "--only-binary", ":all:", "-r", self.root / lock]
        narrate([*self._pip, *locked], telling=downloads)

    @property
    def _pip(self) -> list[str | Path]:
        return [self.python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--no-deps"]

    def _site_packages(self) -> Path:
        return next(self.folder.glob("Lib/site-packages" if _WINDOWS else "lib/python3*/site-packages"), self.folder)

    def _mark(self, locks: Sequence[str]) -> dict[str, str]:
        hashes = {name: hashlib.sha256((self.root / name).read_bytes()).hexdigest() for name in locks}
        return {"folder": str(self.folder), "python": str(self.python.resolve()), **hashes}

    def _read_marker(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads(self._marker.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return found

    def _write_marker(self, content: dict[str, str]) -> None:
        draft = self._marker.with_suffix(".new")
        draft.write_text(json.dumps(content, indent=1))
        draft.replace(self._marker)


def broken(site_packages: Path) -> list[str]:
    """Names of packages that were only half installed, or lost files since; pip will take them for absent from now on.

    pip believes a package to be there when its `dist-info` is, however few of its files follow.
    """
    found = [info for info in site_packages.glob("*.dist-info") if not _is_whole(info)]
    for info in found:
        shutil.rmtree(info)
    return sorted(info.name.removesuffix(".dist-info") for info in found)


def _is_whole(info: Path) -> bool:
    try:
        with (info / "RECORD").open(newline="", encoding="utf-8") as record:
            rows = list(csv.reader(record))
        # Some wheels list the size of compiled files, which Python makes anew.
        kept = [(info.parent / name, int(size)) for name, _, size in rows if size and not name.endswith(".pyc")]
        return all(file.stat().st_size == size for file, size in kept)
    except (OSError, ValueError):
        return False


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock on a file; it falls with the last process of this set-up, also when that one is killed."""
    with _opened(path) as file:
        # pip inherits it: killed before pip, this process must not let another set-up in beside that pip.
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003  -- the standard library asks for it so
        deadline = time.monotonic() + PATIENCE_SECONDS
        waiting = False
        while not _locked(file):
            if not waiting:
                say("Another set-up is at work here; waiting for it.")
                waiting = True
            if time.monotonic() > deadline:
                raise SetupError("The other set-up does not come to an end. End it and try again.")
            time.sleep(0.2)
        yield


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("a")
    except PermissionError as error:
        raise SetupError(
            f"Nothing may be set up in {path.parent} by this user. Run this as the folder's owner: python3 run.py setup"
        ) from error


def _locked(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  -- only Windows has it

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  -- Windows lacks it

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
