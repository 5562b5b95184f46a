"""The processes a measurement talks to: started on loopback, ended by pid."""

import json
import socket
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from demo.play import wait_until
from demo.programs import Hall

START_S = 60.0


@contextmanager
def hub_of(folder: Path, site: Path, *, under: Sequence[str] = ()) -> Iterator[Hall]:
    """A hub with its data in `folder`, running; `under`: a command that runs it, e.g. a tracer."""
    hall = Hall(folder, site, under=under)
    try:
        hall.open_hub()
        yield hall
    finally:
        hall.close()


@contextmanager
def bare_server(folder: Path) -> Iterator[str]:
    """The bare app, running; gives its address."""
    hall = Hall(folder, Path())
    port = free_port()
    try:
        hall.start("bare", "benchmarks.bare", str(port))
        wait_until(lambda: _listens(port), "the bare server", patience_s=START_S)
        yield f"http://127.0.0.1:{port}/"
    finally:
        hall.close()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(address: str) -> Any:  # noqa: ANN401  -- whatever JSON the hub answers
    """GET an address of the hub."""
    with urllib.request.urlopen(address, timeout=10) as reply:  # noqa: S310  -- loopback
        return json.load(reply)


def order(address: str, body: dict[str, Any]) -> Any:  # noqa: ANN401  -- whatever JSON the hub answers
    """POST to the hub under a new key; None for 204."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers, method="POST")  # noqa: S310  -- loopback
    with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310  -- loopback
        return json.load(reply) if reply.status != 204 else None  # noqa: PLR2004  -- HTTP's 'no content'


def services_of(address: str) -> list[str]:
    """All service ids of the hall."""
    return [service["id"] for agency in ask(f"{address}/api/hall")["agencies"] for service in agency["services"]]
