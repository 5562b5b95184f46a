"""Starting the hub from an app, once, where one PC does everything (`single_pc = true`)."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from shared.trouble import Trouble

START_SECONDS = 15.0
"""A cold start from a slow disk takes seconds; past this something is wrong and the person is told."""


def hub_command(*arguments: str) -> list[str]:
    """The command that runs the hub, from a checkout or from an installed folder."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("antre-hub")), *arguments]
    return [sys.executable, "-m", "hub", *arguments]


def answers(address: str) -> bool:
    """Whether a hub answers at `address` now."""
    try:
        with urllib.request.urlopen(f"{address}/api/health", timeout=1) as reply:  # noqa: S310  -- an http address of the site file
            return bool(reply.status == 200)  # noqa: PLR2004  -- HTTP's OK
    except (OSError, urllib.error.URLError):
        return False


def ensure_hub(site: Path, data: Path, address: str) -> None:
    """Start the hub of `site` unless it answers already; it outlives the app that started it.

    Two apps may do this at once: the second hub refuses the data folder and ends, and both apps find
    the first. Raises Trouble('hub_away') when none answers in time.
    """
    if answers(address):
        return
    data.mkdir(parents=True, exist_ok=True)
    with (data / "hub.out").open("ab") as out:
        hub = subprocess.Popen(  # noqa: S603  -- our own program with our own arguments
            hub_command("--site", str(site), "--data", str(data)),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if answers(address):
            return
        time.sleep(0.05 if hub.poll() is None else 0.2)
    raise Trouble("hub_away")
