"""From the officer's press to the last of 50 listeners: one process that presses and listens on raw sockets."""

import asyncio
import json
import time
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

from benchmarks.processes import largest_mb
from benchmarks.servers import ask, hub_of, order, services_of

LISTENERS = 50
CALLS_PER_S = 16


class Ear:
    """One listener; notes when each call's event arrived."""

    def __init__(self) -> None:
        self.heard: dict[int, float] = {}
        self._task: asyncio.Task[None]
        self._writer: asyncio.StreamWriter  # kept: its end would close the line

    async def open(self, host: str, port: int) -> None:
        """Connect and go on listening."""
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET /api/events HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        self._writer = writer
        self._task = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        event, identity = b"", b""
        while line := await reader.readline():
            if line.startswith(b"id:"):
                identity = line[3:]
            elif line.startswith(b"event:"):
                event = line[6:].strip()
            elif line.startswith(b"data:") and event == b"called":
                self.heard[int(identity)] = time.perf_counter()

    def close(self) -> None:
        """Stop listening."""
        self._task.cancel()
        self._writer.close()


async def post(address: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """One order under a new key on a connection of its own. Raises RuntimeError when it is not answered 200."""
    host, _, port = address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    data = json.dumps(body).encode()
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nIdempotency-Key: {uuid4()}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode()
        + data
    )
    answer = await reader.read()
    writer.close()
    head, _, rest = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(head.decode())
    return dict(json.loads(rest))


async def _calls(address: str, counters: list[str], count: int) -> list[float]:
    host, _, port = address.removeprefix("http://").partition(":")
    ears = [Ear() for _ in range(LISTENERS)]
    for ear in ears:
        await ear.open(host, int(port))
    pressed: dict[int, float] = {}
    start = time.perf_counter()
    for i in range(count):
        await asyncio.sleep(max(0.0, start + i / CALLS_PER_S - time.perf_counter()))
        at = time.perf_counter()
        call = await post(address, f"/api/counters/{counters[i % len(counters)]}/next", {})
        pressed[call["event"]] = at
    async with asyncio.timeout(10):
        while any(len(ear.heard) < count for ear in ears):  # noqa: ASYNC110  -- fifty dictionaries have no event to await
            await asyncio.sleep(0.01)
    for ear in ears:
        ear.close()
    return [1000 * (max(ear.heard[event] for ear in ears) - at) for event, at in pressed.items()]


def measure(folder: Path, site: Path, *, calls: int) -> dict[str, float]:
    """From the press to the last of 50 listeners, 16 calls a second: median and p99 in ms; the hub's memory then."""
    with hub_of(folder / "feed", site) as hall:
        counters = [counter["id"] for counter in ask(f"{hall.address}/api/hall")["counters"]]
        services = services_of(hall.address)
        per_agency = -(-calls // len(counters)) + 1
        for _ in range(per_agency * 5):
            for service in services:
                order(f"{hall.address}/api/tickets", {"service": service})
        times = asyncio.run(_calls(hall.address, counters, calls))
        memory = largest_mb(hall.programs[0].process.pid)
    cuts = quantiles(times, n=100)
    return {"call_to_50_p50_ms": cuts[49], "call_to_50_p99_ms": cuts[98], "hub_rss_after_feed_mb": memory}
