"""Whether years of history slow the day: take, next and board on a file of millions beside an empty one."""

import http.client
import json
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from benchmarks.servers import ask, hub_of

PER_DAY = 20_000
"""The design ceiling of a hall's day."""


def measure(folder: Path, site: Path, *, tickets: int, rounds: int) -> dict[str, float]:
    """The median times of take, next and board in µs on both files, and the worst ratio of the three."""
    empty, full = folder / "empty", folder / "full"
    with hub_of(full, site) as hall:
        agencies = ask(f"{hall.address}/api/hall")["agencies"]
    fill(full / "hub" / "antre.db", agencies, tickets)
    with hub_of(empty, site) as one, hub_of(full, site) as other:
        sides = [Side(one.address), Side(other.address)]
        for _ in range(rounds):
            for side in sides:
                side.day()
        for side in sides:
            side.close()
    figures = {
        f"{verb}_{name}_us": median(times)
        for name, side in zip(("empty", "full"), sides, strict=True)
        for verb, times in side.times.items()
    }
    ratios = {verb: figures[f"{verb}_full_us"] / figures[f"{verb}_empty_us"] for verb in ("take", "next", "board")}
    return {"history_ratio": max(ratios.values()), "history_tickets": tickets, **figures}


class Side:
    """One hub under the same small day again and again, over one kept connection."""

    def __init__(self, address: str) -> None:
        self.times: dict[str, list[float]] = {"take": [], "next": [], "board": []}
        self._link = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
        self._hall = ask(f"{address}/api/hall")
        self._services = {agency["id"]: agency["services"][0]["id"] for agency in self._hall["agencies"]}

    def day(self) -> None:
        """For each counter somebody comes to each of its agencies and the board is read; then each calls its next.

        Raises RuntimeError when a counter finds nobody: calling nobody is not what is timed.
        """
        for agency in (agency for counter in self._hall["counters"] for agency in counter["agencies"]):
            self._timed("take", "POST", "/api/tickets", {"service": self._services[agency]})
            self._timed("board", "GET", "/api/board", None)
        for counter in self._hall["counters"]:
            if self._timed("next", "POST", f"/api/counters/{counter['id']}/next", {}) != HTTPStatus.OK:
                raise RuntimeError(f"{counter['id']} called nobody")

    def close(self) -> None:
        """Let go of the hub."""
        self._link.close()

    def _timed(self, verb: str, method: str, path: str, body: dict[str, Any] | None) -> int:
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        start = time.perf_counter()
        self._link.request(method, path, None if body is None else json.dumps(body), headers)
        reply = self._link.getresponse()
        reply.read()
        self.times[verb].append(1e6 * (time.perf_counter() - start))
        if reply.status >= HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{method} {path}: {reply.status}")
        return reply.status


_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"

_EVENTS = f"""{_NUMBERS}, k(kind, place) AS (VALUES ('taken', 0), ('called', 1), ('finished', 2))
INSERT INTO event (id, at, kind, ticket, counter, reason, state, calls)
SELECT :event + 3 * i + place + 1, :at + i + 600000 * place, kind, :ticket + i + 1, :counter, 'first_come',
       'finished', 1
FROM n CROSS JOIN k ORDER BY i, place"""  # noqa: S608  -- joined of constants

_TICKETS = f"""{_NUMBERS}
INSERT INTO ticket (id, day, prefix, sequence, agency, service, priority, language, kiosk, token,
                    taken_at, line_at, state, counter, called_at, served_at, ended_at, calls, paper, last_call,
                    ahead, opened, front, waited)
SELECT :ticket + i + 1, :day, :prefix, i + 1, :agency, :service, 0, 'id', 'k1', substr(hex(randomblob(11)), 1, 22),
       :at + i, :at + i, 'finished', :counter, :at + i + 600000, :at + i + 600000, :at + i + 1200000, 1, 'printed',
       :event + 3 * i + 2, i % 9, 2, 2, 600000
FROM n"""  # noqa: S608  -- joined of constants


def fill(path: Path, agencies: list[dict[str, Any]], tickets: int) -> None:
    """Write `tickets` finished tickets of past days, each with the three events of its life, ending yesterday."""
    db = sqlite3.connect(path)
    for pragma in ("synchronous = OFF", "journal_mode = MEMORY", "foreign_keys = OFF", "cache_size = -500000"):
        db.execute(f"PRAGMA {pragma}")
    share = -(-PER_DAY // len(agencies))
    days = -(-tickets // (share * len(agencies)))
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for back in range(days, 0, -1):
        day = today - timedelta(days=back + 1)
        for agency in agencies:
            done = db.execute("SELECT coalesce(max(id), 0) FROM ticket").fetchone()[0]
            event = db.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0]
            values = {
                "count": min(share, tickets - done),
                "ticket": done,
                "event": event,
                "day": f"{day:%Y-%m-%d}",
                "at": round(day.timestamp() * 1000),
                "prefix": agency["prefix"],
                "agency": agency["id"],
                "service": agency["services"][0]["id"],
                "counter": "past",
            }
            if values["count"] > 0:
                db.execute(_EVENTS, values)
                db.execute(_TICKETS, values)
        db.commit()
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
