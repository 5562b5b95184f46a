"""What the film shows: who was called before, and the three that are called at once. No Qt."""

import json
from contextlib import closing
from http.client import HTTPConnection
from typing import Any, NamedTuple
from uuid import uuid4

from shared.hall import Hall

SITE = "paser.toml"
PATIENCE_S = 20


class Called(NamedTuple):
    """A call: of this agency's number, to its first counter."""

    agency: str
    number: str
    counter: str


EARLIER = (
    Called("bankaltimtara", "B-007", "25"),
    Called("disdukcapil", "K-033", "11"),
    Called("polres", "R-012", "17"),
    Called("imigrasi", "I-009", "19"),
    Called("kemenag", "H-005", "21"),
)
"""In their order: the last of them is the newest when the film begins."""

AT_ONCE = (
    Called("bpjs-kesehatan", "A-014", "2"),
    Called("dpmptsp", "M-008", "7"),
    Called("samsat", "S-021", "14"),
)
WAITING = 3
"""Who come after them."""


class Script:
    """The hall at that address, and its visitors and officers."""

    def __init__(self, address: str) -> None:
        self._where = address.removeprefix("http://")
        self.hall = Hall.model_validate(self._ask("GET", "/api/hall"))

    def last_event(self) -> int:
        """The newest thing that has happened."""
        return int(self._ask("GET", "/api/board")["last_event"])

    def pass_by(self) -> None:
        """What was before: all numbers up to those that are called."""
        for one in (*AT_ONCE, *EARLIER):
            turn = int(one.number.partition("-")[2])
            for _ in range(turn + WAITING):
                self._ask("POST", "/api/tickets", {"service": self.hall.agency(one.agency).services[0].id})
            for _ in range(turn - 1):
                self._call(one)
        for one in EARLIER:
            self._call(one)

    def call_at_once(self) -> list[Called]:
        """All three, none answered before the last was sent; in the order in which the hub took them."""
        lines = [HTTPConnection(self._where, timeout=PATIENCE_S) for _ in AT_ONCE]
        for line in lines:
            line.connect()
        for one, line in zip(AT_ONCE, lines, strict=True):
            _send(line, "POST", self._next(one), {})
        calls = []
        for one, line in zip(AT_ONCE, lines, strict=True):
            with closing(line):
                told = _answer(line)
            calls.append((told["event"], Called(one.agency, told["ticket"]["number"], one.counter)))
        return [call for _event, call in sorted(calls)]

    def _call(self, one: Called) -> None:
        self._ask("POST", self._next(one), {})

    def _next(self, one: Called) -> str:
        counter = next(counter for counter in self.hall.counters if counter.number == one.counter)
        return f"/api/counters/{counter.id}/next"

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        with closing(HTTPConnection(self._where, timeout=PATIENCE_S)) as line:
            _send(line, method, path, body)
            return _answer(line)


def _send(line: HTTPConnection, method: str, path: str, body: object) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    line.request(method, path, json.dumps(body) if body is not None else None, headers)


def _answer(line: HTTPConnection) -> dict[str, Any]:
    with line.getresponse() as reply:
        told: dict[str, Any] = json.load(reply)
        return told
