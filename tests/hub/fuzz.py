"""Asks a running hub whatever its OpenAPI allows, and what it does not: `python -m tests.hub.fuzz --help`.

A process of its own: schemathesis costs seconds to import and warns of what is no concern of ours. Each finding is a
line of standard output; the exit status says whether there were any.
"""

import hashlib
import json
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hub.vault import KEY_NAME
from shared.trouble import KINDS
from shared.wire import Problem

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ENDLESS = "/api/events"
"""Its answer has no end; tests.hub.test_odd_requests asks it."""

BY_ITSELF = ("unheld", "device")
"""Kinds of event that the hub tells without being asked: a hold is over, a device fell silent."""

TABLES = {
    "ticket": "id, day, state, agency, service, counter, calls, paper, line_at, for_counter, return_to, ended_at,"
    "result",
    **dict.fromkeys(("closing", "visit", "queue", "roll", "reprint", "booking", "alarm", "session", "device_key"), "*"),
    "configuration": "id",
    "staff": "id, name, role, is_active, pin",
}
"""What a refused request leaves alone; of staff but the count of wrong PINs."""
TIMEOUT_S = 10.0
CONTRACT_S = 60.0
"""How long the contract may take: the hub makes it for the first who asks, with a library it has not loaded yet."""
KEYS = st.sampled_from(["new"] * 9 + ["none", "", "again", "0" * 31, "0" * 33, "ÿ" * 32, f"{UUID(int=0)}"])
"""Mostly one of its own, sometimes none, one that is no key, or the same that others had."""

REAL = st.sampled_from([True, True, True, False])


class Standing(NamedTuple):
    """What a refused request must leave as it was."""

    last_event: int
    digest: str


class Wrong(Exception):  # noqa: N818  -- a finding, no error of this program
    """The hub answered as it should not."""


@dataclass
class Hub:
    """The hub that is asked; its file is read beside it."""

    address: str
    file: Path
    line: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.line.trust_env = False
        own_key = self.file.with_name(KEY_NAME).read_text(encoding="ascii")
        self.line.headers["Authorization"] = f"Bearer {own_key}"  # else the office is shut, and nothing of it is tried
        hall = self.line.get(f"{self.address}/api/hall", timeout=TIMEOUT_S).json()
        self.ids: dict[str, list[Any]] = {
            "counter": [one["id"] for one in hall["counters"]],
            "agency": [one["id"] for one in hall["agencies"]],
            "service": [service["id"] for one in hall["agencies"] for service in one["services"]],
            "device": [one["id"] for one in (*hall["kiosks"], *hall["displays"])],
            "kind": ["kiosk", "display", "counter"],
            "zone": [one["id"] for one in hall["zones"]],
            "ticket": [],
            "code": [],
            "staff": [self._post("/api/staff", {"name": "Siti", "role": "administrator", "pin": "1234"})["id"]],
        }
        self._people()

    def _people(self) -> None:
        """Somebody waits for every service, and is booked for it, and somebody is at every counter, or was."""
        soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
        for service in self.ids["service"]:
            self.ids["code"].append(self._post("/api/bookings", {"service": service, "at": soon})["code"])
        for service in self.ids["service"] * 3:
            self.ids["ticket"].append(self._post("/api/tickets", {"service": service})["id"])
        for counter in self.ids["counter"]:
            called = self._post(f"/api/counters/{counter}/next")["ticket"]["id"]
            self._post(f"/api/counters/{counter}/no-show", {"ticket": called})
            called = self._post(f"/api/counters/{counter}/next")["ticket"]["id"]
            self._post(f"/api/counters/{counter}/hold", {"ticket": called, "minutes": 1})
            self._post(f"/api/counters/{counter}/next")

    def _post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": str(uuid4())}
        reply = self.line.post(self.address + path, json=body or {}, headers=headers, timeout=TIMEOUT_S)
        reply.raise_for_status()
        return dict(reply.json())

    def standing(self) -> Standing:
        """What stands in the file now; answers that are kept for their keys do not count."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as file:
            last = file.execute("SELECT max(id) FROM event").fetchone()[0] or 0
            rows = [file.execute(f"SELECT {what} FROM {table}").fetchall() for table, what in TABLES.items()]  # noqa: S608  -- names written above
        return Standing(last, hashlib.sha256(repr(rows).encode()).hexdigest())

    def did_something_by_itself(self, since: int) -> bool:
        """Whether all that happened after this event is what the hub does unasked."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as file:
            kinds = {kind for (kind,) in file.execute("SELECT kind FROM event WHERE id > ?", (since,))}
        return bool(kinds) and kinds <= set(BY_ITSELF)


@dataclass
class Asker:
    """Asks one operation after the other, and notes what was wrong and what was answered."""

    hub: Hub
    answered: Counter[int] = field(default_factory=Counter)
    _keys: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, case: Any, data: st.DataObject) -> None:  # noqa: ANN401  -- schemathesis ships no strict types
        """One request; raises Wrong, or schemathesis' own failures."""
        self._make_real(case, data)
        if case.method.upper() == "POST":
            self._choose_key(case, data)
        before = self.hub.standing()
        reply = case.call(base_url=self.hub.address, session=self.hub.line, timeout=TIMEOUT_S)
        after = self.hub.standing()
        self.answered[reply.status_code] += 1
        case.validate_response(reply, checks=CHECKS)
        if reply.status_code >= 400:
            self._is_a_refusal(reply)
        if reply.status_code >= 400 or case.method.upper() == "GET":
            self._changed_nothing(before, after)
        if case.method.upper() == "POST":
            self._has_its_key(case, reply)

    def _make_real(self, case: Any, data: st.DataObject) -> None:  # noqa: ANN401  -- as `ask`
        """Name what is there in most requests: what is asked of nobody is refused too soon."""
        body = case.body if isinstance(case.body, dict) else {}
        for place in (case.path_parameters or {}, case.query or {}, body):
            for name in set(place).intersection(self.hub.ids):
                if place[name] is not None and data.draw(REAL):
                    place[name] = data.draw(st.sampled_from(self.hub.ids[name]))

    def _choose_key(self, case: Any, data: st.DataObject) -> None:  # noqa: ANN401  -- as `ask`
        case.headers = {name: text for name, text in (case.headers or {}).items() if name.lower() != "idempotency-key"}
        if (key := data.draw(KEYS)) != "none":
            case.headers["Idempotency-Key"] = str(UUID(int=next(self._keys))) if key == "new" else key

    def _is_a_refusal(self, reply: Any) -> None:  # noqa: ANN401  -- as `ask`
        if not reply.headers.get("content-type", [""])[0].startswith("application/problem+json"):
            raise Wrong(f"{reply.status_code} is no problem+json")
        problem = Problem.model_validate_json(reply.content)
        if problem.status != reply.status_code or problem.type != f"urn:antre:{problem.code}":
            raise Wrong(f"{reply.status_code} says {problem.status} {problem.type}")
        if KINDS[problem.code].status != reply.status_code or not problem.title:
            raise Wrong(f"{reply.status_code} with {problem.code}")

    def _changed_nothing(self, before: Standing, after: Standing) -> None:
        if before != after and not self.hub.did_something_by_itself(before.last_event):
            raise Wrong(f"it changed what stands: events {before.last_event} → {after.last_event}")

    def _has_its_key(self, case: Any, reply: Any) -> None:  # noqa: ANN401  -- as `ask`
        if not _is_uuid(case.headers.get("Idempotency-Key", "")) and reply.status_code < 400:
            raise Wrong("done without a key")


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text.strip('" ')))
    except ValueError:
        return False


def tried(asker: Asker, operation: Any, examples: int, mode: Any) -> str:  # noqa: ANN401  -- as `ask`
    """What is wrong with one operation under one way of making requests; empty when all is well."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
        print_blob=False,
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def ask(case: Any, data: st.DataObject) -> None:  # noqa: ANN401  -- as `ask`
        asker.ask(case, data)

    try:
        with suppress(Unsatisfiable):  # a path without anything to choose has nothing that is not allowed
            ask()
    except (Exception, BaseExceptionGroup) as found:  # noqa: BLE001  -- whatever it is, it is a finding
        notes = "\n    ".join([*str(found).splitlines(), *getattr(found, "__notes__", [])])
        return f"{operation.label} ({mode.value}): {type(found).__name__}: {notes}"
    return ""


def modes_of(operation: Any) -> list[Any]:  # noqa: ANN401  -- schemathesis ships no strict types
    """The ways of making requests: where there is a path alone, any is allowed, and hundreds of tries find no other."""
    usual, wrong = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
    can_be_wrong = any(list(part) for part in (operation.query, operation.headers, operation.cookies, operation.body))
    return [usual, wrong] if can_be_wrong else [usual]


def findings(asked: Namespace) -> Iterator[str]:
    """All that is wrong, one text each."""
    hub = Hub(asked.hub, asked.file)
    asker = Asker(hub)
    schema = schemathesis.openapi.from_url(f"{asked.hub}/openapi.json", timeout=CONTRACT_S)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        for mode in modes_of(operation):
            if what := tried(asker, operation, asked.examples, mode):
                yield what
    print(json.dumps({"answered": dict(sorted(asker.answered.items()))}), flush=True)


def arguments() -> Namespace:
    """What is told this program."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--hub", required=True, help="its address")
    parser.add_argument("--file", required=True, type=Path, help="its database")
    parser.add_argument("--examples", type=int, default=10, help="of each operation, allowed and not")
    return parser.parse_args()


def main() -> int:
    """Ask, and tell what is wrong."""
    wrong = 0
    for what in findings(arguments()):
        print(f"FOUND {what}", flush=True)
        wrong += 1
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
