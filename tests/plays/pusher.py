"""A hand on a button as a process of its own: `python -m tests.plays.pusher ADDRESS`.

A line of input is an order: {"at": seconds of the monotonic clock, "path": …, "body": …, "key": …, "bearer": …}; it is
given at that moment, and its answer is a line of output: [status, body].
"""

import json
import sys
import time
from http.client import HTTPConnection

PATIENCE_S = 20.0


def push(line: HTTPConnection, order: dict[str, str]) -> tuple[int, str]:
    """Give one order; status and text of its answer."""
    headers = {"Idempotency-Key": order["key"], "Authorization": f"Bearer {order['bearer']}"}
    line.request("POST", order["path"], order["body"].encode(), headers)
    reply = line.getresponse()
    return reply.status, reply.read().decode()


def main() -> None:
    """Give orders until there are no more."""
    line = HTTPConnection(sys.argv[1].removeprefix("http://"), timeout=PATIENCE_S)
    line.connect()
    for text in sys.stdin:
        order = json.loads(text)
        while time.monotonic() < order["at"]:
            pass  # awake: a sleep would be late by more than two orders are apart
        print(json.dumps(push(line, order)), flush=True)


if __name__ == "__main__":
    main()
