"""Tickets a second against the empty POST, with wrk, the two in turn so that a drifting machine hits both alike."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.processes import largest_mb
from benchmarks.servers import bare_server, hub_of, services_of

SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Load:
    """One run of wrk: requests a second and latencies in ms."""

    per_s: float
    p50_ms: float
    p99_ms: float


def wrk(address: str, connections: int, seconds: int, arguments: list[str]) -> Load:
    """Load `address` from one thread of wrk. Raises RuntimeError when any request failed."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), address, "--", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=True).stdout
    found = json.loads(next(line for line in said.splitlines() if line.startswith("JSON "))[5:])
    if found["failed"]:
        raise RuntimeError(f"{found['failed']} of {found['requests']} requests to {address} failed")
    return Load(found["requests"] / found["micros"] * 1e6, found["p50_us"] / 1000, found["p99_us"] / 1000)


def measure(folder: Path, site: Path, *, rounds: int, seconds: int) -> dict[str, float]:
    """Ratios and rates at 8 and at 44 connections, medians over `rounds` pairs; the hub's memory afterwards."""
    figures: dict[str, float] = {}
    with bare_server(folder / "bare") as bare, hub_of(folder / "issue", site) as hall:
        services = services_of(hall.address)
        for connections, suffix in ((8, ""), (44, "_44")):
            pairs = []
            for turn in range(rounds):
                empty = wrk(bare, connections, seconds, [str(turn)])
                issue = wrk(f"{hall.address}/api/tickets", connections, seconds, [str(turn), *services])
                pairs.append((empty, issue))
            figures[f"issue_over_empty_post{suffix}"] = median(issue.per_s / empty.per_s for empty, issue in pairs)
            figures[f"issue_per_s{suffix}"] = median(issue.per_s for _, issue in pairs)
            figures[f"empty_post_per_s{suffix}"] = median(empty.per_s for empty, _ in pairs)
            figures[f"issue_p99_ms{suffix}"] = median(issue.p99_ms for _, issue in pairs)
        figures["hub_rss_after_issue_mb"] = largest_mb(hall.programs[0].process.pid)
    return figures
