"""The watchdog of a program that nobody sits at: `antre kiosk --watched`, `antre display --watched`.

It starts the program, hears a beat of its window's thread every second, and starts it again when it falls or stands
still. It knows no Qt, does nothing while all is well, and ends when the program was closed by a person.

The two are joined by the program's standard input and output: a line out for each beat, and in nothing at all, until it
closes: then the watchdog is gone and the program ends too, so that two never stand at one printer.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from shared.log import default_data, start_log
from shared.screen_there import screen_is_gone
from shared.watch_rules import End, Patience, falls_in_a_row, pause_s

BEAT = b"beat\n"
BUSY = b"busy\n"
"""Said before work that may keep the window's thread for long on a slow PC: until the next beat it is waited for as at
a start, or one that is slow to build its window would be ended again and again before it ever stands."""

TOLD = "ANTRE_WATCHED"
"""The variable that tells a program that it is watched, and after `|` how often and why it was started again today."""

STUCK = ".stuck.txt"
"""The file beside the log in which a program that stands still says where, after its name."""

_MOST_TOLD = 8000
_BEAT, _BUSY, _ENDED, _STOP = "beat", "busy", "ended", "stop"
_HEARD = {BEAT: _BEAT, BUSY: _BUSY}

log = logging.getLogger(__name__)


def command(name: str, arguments: Sequence[str]) -> list[str]:
    """What runs the app `name`, from a checkout or from an installed folder."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name(f"antre-{name}{Path(sys.executable).suffix}")), *arguments]
    return [sys.executable, "-P", "-m", name, *arguments]  # -P: never a kiosk.py of the folder this was started in


def watched_line(name: str, arguments: Sequence[str]) -> list[str]:
    """As `command`, of the app itself: an installed one that is told `--watched` would be a further watchdog."""
    return command(name, [one for one in arguments if one != "--watched"])


class Child:
    """The program, once started; `heard` gets what becomes of it."""

    def __init__(self, line: Sequence[str], environment: Mapping[str, str], heard: "SimpleQueue[str]") -> None:
        self.began = False
        self.started = time.monotonic()
        self._heard = heard
        self.process = subprocess.Popen(  # noqa: S603  -- our own program
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(environment)
        )
        for work in (self._listen, self._wait):  # select() knows no pipes on Windows
            Thread(target=work, daemon=True).start()

    @property
    def lived_s(self) -> float:
        """How long it has run."""
        return time.monotonic() - self.started

    def _listen(self) -> None:
        if self.process.stdout is None:
            return
        with self.process.stdout as said:
            for line in said:
                if line in _HEARD:
                    self._heard.put(_HEARD[line])

    def _wait(self) -> None:
        self.process.wait()
        self._heard.put(_ENDED)

    def end(self, grace_s: float) -> int:
        """Have it end, in order if it can within `grace_s`; its status."""
        self.process.terminate()
        try:
            return self.process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
        return self.process.wait()

    def close(self) -> None:
        """Let go of its input; its output goes with who reads it."""
        if self.process.stdin is not None:
            self.process.stdin.close()


class Watchdog:
    """Runs the program of `line` again and again until it was meant to end. `stuck`: where it says where it stands."""

    def __init__(
        self,
        line: Sequence[str],
        *,
        patience: Patience | None = None,
        stuck: Path | None = None,
        is_over: Callable[[], bool] = screen_is_gone,
    ) -> None:
        self._line, self._patience, self._stuck, self._is_over = line, patience or Patience(), stuck, is_over
        self._heard: SimpleQueue[str] = SimpleQueue()
        self._stopping = False
        self._restarts, self._day, self._why = 0, "", ""

    def stop(self) -> None:
        """End, and the program with it; may be called from a signal's handler."""
        self._stopping = True
        self._heard.put(_STOP)

    def run(self) -> int:
        """Watch until it is over; the exit status."""
        falls = 0
        while True:
            end = self._watched_once()
            if end.is_meant:
                return end.status
            if self._is_over():
                log.info("the screen is gone: the session is over")
                return 0
            falls = falls_in_a_row(falls, end, self._patience)
            self._note(end, pause_s(falls))
            if self._is_stopped_within(pause_s(falls)):
                return 0

    def _watched_once(self) -> End:
        self._heard = SimpleQueue()
        said = self._stuck.stat().st_size if self._stuck and self._stuck.exists() else 0
        child = Child(self._line, {**os.environ, TOLD: self._told()}, self._heard)
        log.info("started as process %d", child.process.pid)
        try:
            end = self._attend(child)
        finally:
            child.close()
        log.info("ended after %.0f s: %s", end.lived_s, end.reason)
        if end.froze or end.status < 0:
            self._tell_where(said)
        return end

    def _attend(self, child: Child) -> End:
        """Listen to it until it ends, or silence says that it stands still."""
        limit = self._patience.start_s
        while not self._stopping:
            match self._next(limit):
                case "beat":
                    child.began, limit = True, self._patience.silent_s
                case "busy":
                    limit = self._patience.start_s
                case "ended":
                    return End(child.process.wait(), child.lived_s, child.began)
                case "":
                    log.warning("no beat within %.1f s", limit)
                    lived_s = child.lived_s
                    return End(child.end(self._patience.grace_s), lived_s, child.began, froze=True)
        child.end(self._patience.leave_s)
        return End(0, child.lived_s, child.began)

    def _next(self, limit: float) -> str:
        """What is heard within `limit`, else ''. A PC too busy to run us has kept the beats, too: look once more."""
        for wait in (limit, self._patience.late_s):
            try:
                return self._heard.get(timeout=wait)
            except Empty:
                continue
        return ""

    def _note(self, end: End, pause: float) -> None:
        today = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
        self._restarts = self._restarts + 1 if today[:10] == self._day else 1
        self._day, self._why = today[:10], f"{today} {end.reason}"
        wait = f", in {pause:g} s" if pause else ""
        log.log(logging.INFO if end.is_asked else logging.WARNING, "started again%s: %s", wait, end.reason)

    def _told(self) -> str:
        return f"{self._restarts}|{self._why}" if self._restarts else "|"

    def _is_stopped_within(self, seconds: float) -> bool:
        """Wait so long, unless it is to stop."""
        end = time.monotonic() + seconds
        while not self._stopping and (left := end - time.monotonic()) > 0:
            with suppress(Empty):
                self._heard.get(timeout=left)
        return self._stopping

    def _tell_where(self, already: int) -> None:
        """What it said of the place where it stood still or fell, into the log."""
        if self._stuck is None or not self._stuck.exists():
            return
        with self._stuck.open("rb") as file:
            file.seek(already if already <= self._stuck.stat().st_size else 0)  # begun anew where it was long
            if where := file.read(_MOST_TOLD).decode(errors="replace").strip():
                log.info("where it was:\n%s", where)


def main() -> int:
    """`python -m shared.watchdog ROOM ARGUMENTS…`: watch that app until it is over."""
    name, *arguments = sys.argv[1:]
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, default=default_data())
    data: Path = parser.parse_known_args(arguments)[0].data
    start_log(data, f"{name}-watchdog")
    watchdog = Watchdog(watched_line(name, arguments), stuck=data / "logs" / f"{name}{STUCK}")
    for number in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        signal.signal(number, lambda *_: watchdog.stop())
    return watchdog.run()


if __name__ == "__main__":
    sys.exit(main())
