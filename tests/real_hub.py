"""The real hub as a process of its own, with a desk that gives orders over HTTP."""

import json
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

from shared.booking_wire import Booking
from shared.hall import Hall
from shared.wire import Call, Ticket
from tests.hub.nursery import Born, run

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 20


class RealHub:
    """A hub on a free port, which it keeps over `kill` and `start`."""

    def __init__(self, data: Path, site: str = "small.toml") -> None:
        self._options = ["--site", str(ROOT / "config" / site), "--data", str(data), "--always-open"]
        self._listen = "127.0.0.1:0"
        self.address = ""
        self._process: subprocess.Popen[str] | Born | None = None

    def start(self) -> None:
        process = run("hub", [*self._options, "--listen", self._listen])
        assert process.stdout is not None
        self._process = process
        self.address = process.stdout.readline().strip()
        self._listen = self.address.partition("://")[2]

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None and self._process.stdout is not None:
            self._process.kill()
            self._process.wait(LIMIT_S)
            self._process.stdout.close()
            self._process = None

    def hall(self) -> Hall:
        return Hall.model_validate_json(self._ask("/api/hall"))

    def take(self, service: str, *then: str) -> Ticket:
        return Ticket.model_validate_json(self._ask("/api/tickets", {"service": service, "then": list(then)}))

    def book(self, service: str, at: datetime) -> str:
        """The code of an appointment for then."""
        asked = {"service": service, "at": at.isoformat()}
        return Booking.model_validate_json(self._ask("/api/bookings", asked)).code

    def next(self, counter: str) -> Call:
        return Call.model_validate_json(self._ask(f"/api/counters/{counter}/next", {}))

    def order(self, counter: str, verb: str, ticket: int) -> bytes:
        return self._ask(f"/api/counters/{counter}/{verb}", {"ticket": ticket})

    def health(self) -> str:
        return self._ask("/api/health").decode()

    def _ask(self, path: str, body: object = None) -> bytes:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.address + path, data, headers), timeout=LIMIT_S) as answer:  # noqa: S310  -- our own hub
            read: bytes = answer.read()
            return read
