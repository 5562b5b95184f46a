"""Forty-four officers press at once on a slow disk, while a TV reads the board."""

import asyncio
import os
import shutil
import time
from pathlib import Path
from statistics import quantiles

from benchmarks.feed import post
from benchmarks.servers import ask, hub_of, order

OFFICERS = 44
FLUSH_MS = 8


def measure(folder: Path, site: Path, *, bursts: int) -> dict[str, float]:
    """The last answer of each burst in flushes of 8 ms (p99), and the board read meanwhile in ms (p99).

    strace holds each flush of the hub for 8 ms; system calls it does not watch run at full speed.
    """
    with hub_of(folder / "burst", site, under=_slow_disk()) as hall:
        facts = ask(f"{hall.address}/api/hall")
        counters = [counter["id"] for counter in facts["counters"]][:OFFICERS]
        for agency in facts["agencies"]:
            staffed = sum(agency["id"] in counter["agencies"] for counter in facts["counters"])
            for _ in range(staffed * bursts):
                order(f"{hall.address}/api/tickets", {"service": agency["services"][0]["id"]})
        lasts, boards = asyncio.run(_bursts(hall.address, counters, bursts))
    return {"burst_flushes_p99": _p99(lasts) / FLUSH_MS, "burst_board_p99_ms": _p99(boards)}


def _slow_disk() -> list[str]:
    """A command that runs another with each flush held. Raises RuntimeError where strace is missing."""
    strace = shutil.which("strace")
    if strace is None:
        raise RuntimeError("strace is missing: it makes the slow disk")
    calls = "fsync,fdatasync"
    hold = f"inject={calls}:delay_exit={FLUSH_MS * 1000}"
    # -D: the hub stays our child and gets our signals; --seccomp-bpf: nothing else of it is stopped.
    return [strace, "-D", "-f", "--seccomp-bpf", "-e", f"trace={calls}", "-e", hold, "-o", os.devnull]


async def _bursts(address: str, counters: list[str], bursts: int) -> tuple[list[float], list[float]]:
    lasts: list[float] = []
    boards: list[float] = []
    for _ in range(bursts):
        reading = asyncio.create_task(_read_boards(address, boards))
        start = time.perf_counter()
        await asyncio.gather(*(post(address, f"/api/counters/{counter}/next", {}) for counter in counters))
        lasts.append(1000 * (time.perf_counter() - start))
        reading.cancel()
        await asyncio.sleep(0.2)
    return lasts, boards


async def _read_boards(address: str, times: list[float]) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    while True:
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /api/board HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        await reader.read()
        writer.close()
        times.append(1000 * (time.perf_counter() - start))


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98] if len(values) > 1 else values[0]
