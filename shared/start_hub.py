"""Starting the hub from an app, once, where one PC does everything (`single_pc = true`)."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

START_SECONDS = 15.0
"""A cold start from a slow disk takes seconds; past this something is wrong and the person is told."""

IN_USE = 75
"""The hub's exit status when another hub has its data folder: of two apps opened at once, one's hub gives way."""

HUSHED = "--hushed"
"""Has the hub print nothing once it listens: what it says goes into a file of ours that nobody turns over."""

_LAST_LINES = 2


def hub_command(*arguments: str) -> list[str]:
    """The command that runs the hub, from a checkout or from an installed folder."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("antre-hub")), *arguments]
    return [sys.executable, "-P", "-m", "hub", *arguments]  # -P: never a hub.py of the folder this was started in


class OwnHub:
    """The hub of this PC, started by an app and outliving it. Nothing here waits for it: ask again and again."""

    def __init__(self, site: Path, data: Path, address: str) -> None:
        self.address = address
        self.out = data / "hub.out"
        """What it printed until it listened; what the one before it printed stands in `hub.out.1`."""
        self._command = hub_command("--site", str(site), "--data", str(data), HUSHED)
        self._process: subprocess.Popen[bytes] | None = None
        self._failure = ""
        self._patience_ends = 0.0

    def start(self) -> None:
        """Start it; a second call does nothing. Two apps may do this at once: the second hub gives way."""
        if self._process is not None or self._failure:
            return
        self._patience_ends = time.monotonic() + START_SECONDS
        try:
            self._process = self._launch()
        except OSError as error:
            self._failure = str(error)

    def _launch(self) -> subprocess.Popen[bytes]:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # none yet; or a hub still holds it, on Windows
            self.out.replace(self.out.with_name("hub.out.1"))
        with self.out.open("ab") as out:
            return subprocess.Popen(  # noqa: S603  -- our own program with our own arguments
                self._command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )

    @property
    def status(self) -> int | None:
        """Its exit status once it has ended, else None."""
        return self._process.poll() if self._process is not None else None

    @property
    def may_come(self) -> bool:
        """Whether it was started and may answer soon, or the other hub it gave way to."""
        is_alive = self._process is not None and self.status in (None, IN_USE)
        return is_alive and time.monotonic() < self._patience_ends

    @property
    def has_ended(self) -> bool:
        """Whether it has ended, or could not even be started."""
        return bool(self._failure) or self.status is not None

    def last_words(self) -> str:
        """The last lines it printed before it ended, or why it could not be started; may be empty."""
        if self._failure:
            return self._failure
        try:
            said = self.out.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        # Of a fault's trace only the fault itself: the rest stands in the file.
        lines = [line for line in said if line.strip() and not line.startswith((" ", "Traceback"))]
        return "\n".join(lines[-_LAST_LINES:])
