"""Hubs born grown: one process loads the hub once, and each hub of the tests beside it is forked from there.

To load Python and the hub takes most of a second of the processor, and hundreds of tests start one. What is forked is
a process of its own all the same, with the hub's own `main`, arguments, files, doors and signals. That the real command
line starts one too is held by the tests that run it: `TestRunning`, the plays, the demo and the benchmarks.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parents[2]
LOADED = ("hub.program", "hub.pins", "uvicorn.lifespan.off", "uvicorn.protocols.http.auto", "uvloop")
"""What every hub loads sooner or later."""
MOST = 65_536
HERE = hasattr(os, "fork")
"""Whether hubs can be born on this system; on Windows each is loaded for itself."""


class Born:
    """A forked hub, with as much of subprocess.Popen as tests of a hub use."""

    def __init__(self, pid: int, stdout: TextIO, ended: int) -> None:
        self.pid = pid
        self.stdout: TextIO | None = stdout
        self.returncode: int | None = None
        self._ended = ended

    def poll(self) -> int | None:
        """Its exit status, once it has ended."""
        return self._read(0)

    def wait(self, timeout: float) -> int:
        """As `poll`, as soon as it has ended. Raises TimeoutExpired."""
        status = self._read(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("hub", timeout)
        return status

    def _read(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._ended], [], [], seconds)[0]:
            self.returncode = int(os.read(self._ended, MOST))
            os.close(self._ended)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """As a power cut would."""
        self.send_signal(signal.SIGKILL)


def run(module: str, arguments: Sequence[str]) -> "subprocess.Popen[str] | Born":
    """`python -m MODULE ARGUMENTS` in the house's folder; its standard error goes nowhere."""
    if HERE:
        return _give_birth(module, arguments)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _give_birth(module: str, arguments: Sequence[str]) -> Born:
    asked = json.dumps({"module": module, "arguments": list(arguments), "env": dict(os.environ)}).encode()
    out, said = os.pipe()
    ended, ends = os.pipe()
    nursery = _nursery()
    socket.send_fds(nursery, [len(asked).to_bytes(4, "big")], [said, ends])
    nursery.sendall(asked)
    os.close(said)
    os.close(ends)
    return Born(int.from_bytes(_whole(nursery, 4), "big"), os.fdopen(out, encoding="utf-8"), ended)


@cache
def _nursery() -> socket.socket:
    """The line to this process's nursery, which ends when the line does."""
    ours, theirs = socket.socketpair()
    with theirs:
        nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.hub.nursery", str(theirs.fileno())],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        ours.close()
        nursery.wait()

    atexit.register(end)
    return ours


def _whole(line: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        piece = line.recv(size - len(read))
        if not piece:
            raise EOFError
        read += piece
    return read


# ---------------------------------------------------------------- in the nursery


class Nursery:
    """Forks whom it is asked for on `line`, and tells how each ended."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._living: dict[int, int] = {}
        """Process → where its end is told."""
        self._woken, self._wake = socket.socketpair()
        self._wake.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def watch(self) -> tuple[str, list[str]]:
        """Until nobody asks any more. Comes back in a child, with its module and arguments."""
        while True:
            ready, _, _ = select.select([self._line, self._woken], [], [])
            if self._woken in ready:
                self._woken.recv(MOST)
                self._tell()
            if self._line in ready and (born := self._fork()):
                return born

    def _fork(self) -> tuple[str, list[str]] | None:
        size, fds, _, _ = socket.recv_fds(self._line, 4, 2)
        if not size:
            self._end()
        asked = json.loads(_whole(self._line, int.from_bytes(size, "big")))
        said, ends = fds
        pid = os.fork()
        if not pid:
            self._be(said, [ends, *self._living.values()], asked["env"])
            return asked["module"], asked["arguments"]
        self._living[pid] = ends
        os.close(said)
        self._line.sendall(pid.to_bytes(4, "big"))
        return None

    def _be(self, said: int, others: list[int], env: dict[str, str]) -> None:
        """In the child: a process as any other, whose standard output is `said`."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for line in (self._line, self._woken, self._wake):
            line.close()
        os.dup2(said, 1)
        for fd in (said, *others):
            os.close(fd)
        os.environ.clear()
        os.environ.update(env)
        time.tzset()

    def _tell(self) -> None:
        for pid, ends in list(self._living.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._living[pid]
                with suppress(BrokenPipeError):
                    os.write(ends, str(os.waitstatus_to_exitcode(status)).encode())
                os.close(ends)

    def _end(self) -> None:
        """Nothing is left running."""
        for pid in self._living:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        sys.exit()


def main() -> None:
    """Load the hub, then fork as asked; in a child: be that program."""
    gc.disable()
    sys.modules["numpy"] = None  # type: ignore[assignment]  # as hub.__main__ does
    for module in LOADED:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()  # as it is where a program begins
    module, sys.argv[1:] = Nursery(socket.socket(fileno=int(sys.argv[1]))).watch()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
