"""A TV that reads the board at an even pace until its input ends, in a process of its own: `python -m benchmarks.tv`.

Prints when it is ready, and at the end each reading as JSON: [when it was due, when it was there], in seconds of
the clock all processes of a machine share. A reading that must wait for the one before counts from when it was due.
"""

import http.client
import json
import sys
import time
from threading import Event, Thread

EVERY_S = 0.005
"""200 boards a second, as 50 TVs would each read four."""


def main() -> None:
    """Read from the hub at the address given."""
    link = http.client.HTTPConnection(sys.argv[1].removeprefix("http://"), timeout=10)
    ended = Event()
    Thread(target=_wait_for_the_end, args=(ended,), daemon=True).start()
    _read(link)
    print("ready", flush=True)
    readings: list[tuple[float, float]] = []
    due = time.monotonic()
    while not ended.is_set():
        time.sleep(max(0.0, due - time.monotonic()))
        _read(link)
        readings.append((due, time.monotonic()))
        due += EVERY_S
    print(json.dumps(readings))


def _wait_for_the_end(ended: Event) -> None:
    sys.stdin.read()
    ended.set()


def _read(link: http.client.HTTPConnection) -> None:
    link.request("GET", "/api/board")
    reply = link.getresponse()
    reply.read()
    if reply.status != http.client.OK:
        raise RuntimeError(f"board: {reply.status}")


if __name__ == "__main__":
    main()
