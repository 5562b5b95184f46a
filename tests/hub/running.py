"""The real hub as a process of its own, and a client for it."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.hub.nursery import Born, run

ROOT = Path(__file__).parents[2]
SITE = ROOT / "config" / "small.toml"
PAPERLESS = '\nprinter = { road = "none" }'
PATIENCE_SECONDS = 20.0
# The hub hangs up on who was silent for five seconds, just when httpx by itself would: who asks at that moment loses.
FRESH = httpx.Limits(keepalive_expiry=2)


def printing_site(folder: Path) -> Path:
    """A site file in that folder: the small hall, with a printer at its kiosk, and appointments."""
    text = SITE.read_text(encoding="utf-8")
    assert PAPERLESS in text
    file = folder / "hall.toml"
    printing = text.replace(PAPERLESS, '\nprinter = { road = "usb", paper_mm = 80 }')
    file.write_text(f"{printing}\n[appointments]\nper_hour = 99\n", encoding="utf-8")
    return file


def until(
    is_true: Callable[[], object], *, what: str = "it never came true", seconds: float = PATIENCE_SECONDS
) -> None:
    """Wait for a condition, asked again and again."""
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@dataclass
class RunningHub:
    """A hub, its address and its data folder."""

    process: subprocess.Popen[str] | Born
    address: str
    data: Path
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, timeout=PATIENCE_SECONDS, limits=FRESH, trust_env=False)

    def post(self, path: str, body: object = None, *, key: object = None, **headers: str) -> httpx.Response:
        headers = {"Idempotency-Key": str(key or uuid4())} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.client.post(path, json={} if body is None else body, headers=headers)

    def get(self, path: str, **headers: str) -> dict[str, Any]:
        reply = self.client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def take(self, service: str = "kependudukan-ktp", **more: object) -> dict[str, Any]:
        reply = self.post("/api/tickets", {"service": service, "kiosk": "kios-1"} | more)
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    def last_event(self) -> int:
        return int(self.get("/api/health")["last_event"])

    def listen(self, path: str = "/api/events", **headers: str) -> "Listener":
        return Listener(self.address, path, headers)

    def kill(self) -> None:
        """As a power cut ends it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)

    def end(self, number: int = signal.SIGTERM) -> float:
        """Tell it to end; returns after how many seconds it had."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE_SECONDS)
        return time.monotonic() - began


class Listener:
    """One listener of a feed, over a bare socket: what it does not read stays unread."""

    def __init__(self, address: str, path: str, headers: dict[str, str]) -> None:
        host, port = address.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: identity\r\n{more}\r\n".encode())
        self._rest = b""
        self._body = b""
        head = self._until(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            piece = self._socket.recv(65536)
            if not piece:
                raise EOFError
            self._rest += piece
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _chunk(self) -> bytes:
        size = int(self._until(b"\r\n"), 16)
        while len(self._rest) < size + 2:
            piece = self._socket.recv(65536)
            if not piece:
                raise EOFError
            self._rest += piece
        chunk, self._rest = self._rest[:size], self._rest[size + 2 :]
        if not size:
            raise EOFError
        return chunk

    def message(self) -> dict[str, str]:
        """The next message: its fields. Raises EOFError when the hub has ended."""
        while b"\n\n" not in self._body:
            self._body += self._chunk()
        text, _, self._body = self._body.partition(b"\n\n")
        return dict(line.split(": ", 1) for line in text.decode().split("\n") if ": " in line)

    def events(self, count: int) -> list[dict[str, Any]]:
        """The next events, the clock left out."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            message = self.message()
            if "id" in message:
                event = json.loads(message["data"])
                assert (str(event["id"]), event["kind"]) == (message["id"], message["event"])
                found.append(event)
        return found

    def count(self, mark: bytes, most: int) -> int:
        """How often `mark` has come, as soon as that is `most`; much cheaper than reading what it stands in."""
        text, found = self._body + self._rest, 0
        while True:
            found += text.count(mark)
            if found >= most:
                return found
            piece = self._socket.recv(1 << 20)
            if not piece:
                raise EOFError
            text = text[1 - len(mark) :] + piece

    def close(self) -> None:
        self._socket.close()


def command(data: Path, *more: str, site: Path = SITE, program: str = "hub") -> list[str]:
    return [sys.executable, "-m", program, *_options(data, *more, site=site)]


def _options(data: Path, *more: str, site: Path) -> list[str]:
    return ["--site", str(site), "--data", str(data), *more]


@contextmanager
def started(
    data: Path, *more: str, site: Path = SITE, listen: str | None = "127.0.0.1:0", program: str = "hub"
) -> Iterator[tuple[subprocess.Popen[str] | Born, str]]:
    """The hub's process and the address it says; killed at the end if it still runs."""
    more = (*(["--listen", listen] if listen else []), *more)
    process = run(program, _options(data, *more, site=site))
    assert process.stdout
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait(PATIENCE_SECONDS)
        process.stdout.close()


@contextmanager
def start_hub(data: Path, *more: str, site: Path = SITE, listen: str | None = "127.0.0.1:0") -> Iterator[RunningHub]:
    """The hub, up and answering; killed at the end if it still runs. `listen` None: as its site says."""
    with started(data, *more, site=site, listen=listen) as (process, address):
        assert address.startswith(("http://", "https://")), address
        hub = RunningHub(process, address, data)
        try:
            yield hub
        finally:
            hub.client.close()
