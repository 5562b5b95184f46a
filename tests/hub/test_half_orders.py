"""Bodies that never end, or end too early: no order, no trace in the log, nobody waits for them."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

import pytest

from hub.door import BODY_LIMIT
from tests.hub.running import RunningHub, start_hub, until

NEXT = "/api/counters/loket-1/next"
REPORT = "/api/devices/kiosk/kios-1"
BOTH = pytest.mark.parametrize("path", [NEXT, REPORT])


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub that none of these may end."""
    with start_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@contextmanager
def a_line(hub: RunningHub, path: str, *headers: str) -> Iterator[socket.socket]:
    """A line to the hub on which a POST has begun: its head is sent."""
    host, port = hub.address.removeprefix("http://").split(":")
    head = "\r\n".join([f"POST {path} HTTP/1.1", f"Host: {host}", f"Idempotency-Key: {uuid4()}", *headers])
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(f"{head}\r\n\r\n".encode())
        yield line


def log_of(hub: RunningHub) -> str:
    return (hub.data / "logs" / "hub.log").read_text(encoding="utf-8")


@BOTH
def test_a_body_without_an_end_is_refused_at_its_measure(standing: RunningHub, path: str) -> None:
    piece = b"1000\r\n" + b" " * 0x1000 + b"\r\n"
    sent = 0
    with a_line(standing, path, "Transfer-Encoding: chunked") as line:
        line.settimeout(0.01)
        while sent < 400:
            with suppress(TimeoutError):
                assert b" 422 " in line.recv(100)
                break
            line.settimeout(20)
            line.sendall(piece)
            line.settimeout(0.01)
            sent += 1
    assert BODY_LIMIT / len(piece) <= sent < 400
    assert "ERROR" not in log_of(standing)


@BOTH
@pytest.mark.parametrize("half", [b"", b"{"])
def test_who_hangs_up_before_the_end_of_an_order_has_given_none(standing: RunningHub, path: str, half: bytes) -> None:
    hub = standing
    hub.take()
    before = hub.last_event()
    with a_line(hub, path, "Content-Length: 2") as line:
        line.sendall(half)
        until(lambda: hub.get("/api/health"))  # it has been read by now
    for _ in range(3):
        hub.get("/api/hall")
    assert hub.last_event() == before
    assert hub.get("/api/counters/loket-1")["current"] is None
    assert "ERROR" not in log_of(hub)
    assert "Traceback" not in log_of(hub)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_hub_ends_at_once_while_orders_are_half_sent(hub: RunningHub, number: int) -> None:
    with a_line(hub, NEXT, "Content-Length: 2") as order, a_line(hub, REPORT, "Content-Length: 2") as report:
        order.sendall(b"{")
        report.sendall(b"{")
        hub.get("/api/health")
        seconds = hub.end(number)
    assert seconds < 1
    assert hub.process.returncode == 0
    assert "ERROR" not in log_of(hub)
    assert "Traceback" not in log_of(hub)
