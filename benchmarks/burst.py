"""Forty-four officers press at once on a slow disk, while a TV reads the board.

What is measured is the hub, so nothing else is in the figures: the officers' lines are open and their requests
made before the clock starts, all are sent before any answer is read, and an answer counts when its last byte is
here. The TV is another process. strace holds each flush for 8 ms in place of the real one, whose own time differs
from disk to disk; system calls that it does not watch run at full speed (seccomp), and a burst cost the hub as much
processor with strace as without it.
"""

import json
import selectors
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple
from uuid import uuid4

from benchmarks.servers import ask, hub_of, order
from demo.programs import ROOT

OFFICERS = 44
FLUSH_MS = 8
PAUSE_S = 0.2
KIOSKS = 16
PATIENCE_S = 10.0
_HEAD_ENDS = b"\r\n\r\n"


class Burst(NamedTuple):
    """When the first press was sent and the last answer was here, in seconds of the shared clock."""

    began: float
    ended: float


def measure(folder: Path, site: Path, *, bursts: int) -> dict[str, float]:
    """The last answer of each burst in flushes of 8 ms, the flushes made, the board meanwhile in ms."""
    trace = folder / "flushes"
    with hub_of(folder / "burst", site, under=_slow_disk(trace)) as hall:
        counters = _full_hall(hall.address, bursts)
        flushes = _flushes(trace)
        with _tv(hall.address) as readings:
            pressed = _bursts(hall.address, counters, bursts)
        made = (_flushes(trace) - flushes) / bursts
    lasts = [1000 * (burst.ended - burst.began) / FLUSH_MS for burst in pressed]
    return {
        "burst_flushes_p99": p99(lasts),
        "burst_flushes_p50": median(lasts),
        "burst_flushes_made": made,
        "burst_board_p99_ms": p99(meanwhile(readings, pressed)),
    }


def p99(values: list[float]) -> float:
    """The 99th percentile of just these values: with few of them all but the largest, never beyond it."""
    return quantiles(values, n=100, method="inclusive")[98]


def meanwhile(readings: list[tuple[float, float]], pressed: list[Burst]) -> list[float]:
    """How long the readings took, in ms, that any burst overlapped."""
    return [
        1000 * (there - due)
        for due, there in readings
        if any(due < burst.ended and there > burst.began for burst in pressed)
    ]


def _slow_disk(trace: Path) -> list[str]:
    """A command that runs another, each flush held and written down. Raises RuntimeError where strace is missing."""
    strace = shutil.which("strace")
    if strace is None:
        raise RuntimeError("strace is missing: it makes the slow disk")
    calls = "fsync,fdatasync"
    hold = f"inject={calls}:retval=0:delay_exit={FLUSH_MS * 1000}"
    # -D: the hub stays our child and gets our signals; --seccomp-bpf: nothing else of it is stopped.
    watch = [strace, "-D", "-f", "--seccomp-bpf", "-e", f"trace={calls}", "-e", "signal=none"]
    return [*watch, "-e", hold, "-o", str(trace)]


def _flushes(trace: Path) -> int:
    return trace.read_text(encoding="ascii").count("INJECTED")


def _full_hall(address: str, bursts: int) -> list[str]:
    """As many wait for each agency as its counters can call; returns the counters that press."""
    facts = ask(f"{address}/api/hall")
    counters = facts["counters"][:OFFICERS]
    first = {agency["id"]: agency["services"][0]["id"] for agency in facts["agencies"]}
    services = [first[agency] for counter in counters for agency in counter["agencies"]] * bursts
    with ThreadPoolExecutor(KIOSKS) as kiosks:
        list(kiosks.map(lambda service: order(f"{address}/api/tickets", {"service": service}), services))
    return [counter["id"] for counter in counters]


@contextmanager
def _tv(address: str) -> Iterator[list[tuple[float, float]]]:
    """A TV that reads meanwhile; the list has its readings afterwards."""
    readings: list[tuple[float, float]] = []
    command = [sys.executable, "-m", "benchmarks.tv", address]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as tv:
        if tv.stdout is None or tv.stdout.readline() != "ready\n":
            raise RuntimeError("the TV cannot read the board")
        yield readings
        said, _ = tv.communicate(timeout=PATIENCE_S)
    readings += json.loads(said)


def _bursts(address: str, counters: list[str], bursts: int) -> list[Burst]:
    host, _, port = address.removeprefix("http://").partition(":")
    pressed = []
    desks = [Desk(host, int(port), counter) for counter in counters]
    for _ in range(bursts):
        time.sleep(PAUSE_S)
        pressed.append(press(desks))
    for desk in desks:
        desk.close()
    return pressed


class Desk:
    """One officer's kept line to the hub."""

    def __init__(self, host: str, port: int, counter: str) -> None:
        self.line = socket.create_connection((host, port), timeout=PATIENCE_S)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"POST /api/counters/{counter}/next HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n"
        self._answer = b""

    def request(self) -> bytes:
        """A press of 'next' under a new key."""
        self._answer = b""
        return f"{self._head}Idempotency-Key: {uuid4()}\r\n\r\n{{}}".encode()

    def is_answered(self) -> bool:
        """Read what is there; whether the answer is whole. Raises RuntimeError when nobody was called."""
        self._answer += self.line.recv(65536)
        head, ended, body = self._answer.partition(_HEAD_ENDS)
        if not ended:
            return False
        if not head.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(f"'next' called nobody: {head.decode()}")
        return len(body) >= _length(head)

    def close(self) -> None:
        """Hang up."""
        self.line.close()


def _length(head: bytes) -> int:
    name = b"content-length:"
    return int(next(line for line in head.lower().split(b"\r\n") if line.startswith(name))[len(name) :])


def press(desks: list[Desk]) -> Burst:
    """All press 'next' at once; returns when all have their answers. Raises TimeoutError."""
    waiting: set[Any] = set(desks)
    with selectors.DefaultSelector() as answers:
        for desk in desks:
            answers.register(desk.line, selectors.EVENT_READ, desk)
        requests = [desk.request() for desk in desks]
        began = ended = time.monotonic()
        for desk, request in zip(desks, requests, strict=True):
            desk.line.sendall(request)
        while waiting:
            ready = answers.select(PATIENCE_S)
            if not ready:
                raise TimeoutError(f"{len(waiting)} officers got no answer")
            done = {key.data for key, _ in ready if key.data.is_answered()}
            ended = time.monotonic()
            waiting -= done
    return Burst(began, ended)
