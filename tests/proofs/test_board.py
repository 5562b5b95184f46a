"""Ten minutes of calls before the board in a browser, the hub killed in the middle: each is shown once, in its order.

`ANTRE_BOARD_MINUTES` makes it shorter for who works on it.
"""

import json
import os
import threading
from pathlib import Path

from shared.assets import CONFIG
from tests.hub.browser import Browser, browser
from tests.hub.running import RunningHub, start_hub
from tests.needs import program

MINUTES = float(os.environ.get("ANTRE_BOARD_MINUTES", "10"))
CALLS_A_MINUTE = 8
"""A browser shows ten a minute, and more where they pile up."""
AT_ONCE, EVERY = 6, 16
"""So many counters call at the same moment, after so many single calls."""
ZONE, SERVICE = "lantai-1", "bpjs-kesehatan-informasi"
COUNTERS = ("loket-1", "loket-2", "loket-3", "loket-4")


def test_every_call_is_shown_once_and_in_order(tmp_path: Path) -> None:
    chromium = program("chromium", "chromium-browser", "google-chrome")
    site, events = CONFIG / "paser.toml", list[int]()
    with browser(chromium, tmp_path / "profile") as stick:
        with start_hub(tmp_path / "hub", "--always-open", site=site) as hub:
            port = hub.address.rpartition(":")[2]
            stick.open(f"{hub.address}/board?zone={ZONE}")
            stick.wait("window.announced !== undefined")
            _call_for(MINUTES / 2, hub, events)
            hub.kill()
        with start_hub(tmp_path / "hub", "--always-open", site=site, listen=f"127.0.0.1:{port}") as hub:
            _call_for(MINUTES / 2, hub, events)
            _until_shown(stick, events)
            shown = json.loads(str(stick.ask("JSON.stringify(window.announced)")))
    print(f"{len(events)} calls in {MINUTES:g} minutes, {len(shown)} shown")
    assert shown == events


def _call_for(minutes: float, hub: RunningHub, events: list[int]) -> None:
    pause = threading.Event()
    for n in range(1, round(minutes * CALLS_A_MINUTE) + 1):
        for counter in (COUNTERS * AT_ONCE)[: AT_ONCE if n % EVERY == 0 else 1]:
            hub.take(SERVICE)
            events.append(hub.post(f"/api/counters/{counter}/next").json()["event"])
        pause.wait(60 / CALLS_A_MINUTE)


def _until_shown(stick: Browser, events: list[int]) -> None:
    """Wait until the last is shown; a screen that is behind has a few in turn."""
    for event in events[-AT_ONCE:]:
        stick.wait(f"window.announced.indexOf({event}) >= 0")
