"""How many may listen at a time: in all, from one address, to one ticket's page.

A feed is a file of the process for as long as it is open; without bounds one client could leave none to the others.
"""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from shared.trouble import Trouble

SSE = "text/event-stream"
NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

MOST_FEEDS = 1000
"""Apps and other programs that follow the events, in all: a hall has two or three a counter, TV and kiosk."""

FEEDS_OF_ADDRESS = 100
"""From one address of the LAN: a PC with all its apps needs four."""

FEEDS_OF_THIS_PC = 600
"""From the hub's own PC: demonstrations and measurements open hundreds."""

MOST_PAGES = 1000
"""Tickets' pages kept up to date live, in all; past it a page reloads instead."""

PAGES_OF_ADDRESS = 300
"""From one address: the phones of a hall may stand behind one access point that lends them its own.

From the hub's own PC as many as there are: a proxy there speaks for everybody.
"""

PAGES_OF_TICKET = 10
"""Of one ticket: a family's phones, and those of their tabs that have not hung up yet."""

_SPARE_FILES = 128
"""For the database, logs and requests that are no feed."""
_NO_LIMIT = 1 << 20


class Seats:
    """Open feeds of one sort, counted. `most`: in all."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, bounds: Mapping[str, int]) -> Iterator[None]:
        """Hold a seat. `bounds`: whose it is (an address, a ticket), and how many each may hold.

        Raises Trouble('hub_full').
        """
        bounds = {"": self.most, **bounds}
        if any(self._taken[whose] >= most for whose, most in bounds.items()):
            raise Trouble("hub_full")
        self._taken.update(bounds.keys())
        try:
            yield
        finally:
            for whose in bounds:
                self._taken[whose] -= 1
                if not self._taken[whose]:
                    del self._taken[whose]


class FeedResponse(StreamingResponse):
    """A feed that holds its seat exactly as long as it is open. Raises Trouble('hub_full') before its first byte."""

    def __init__(self, events: AsyncIterator[bytes], seats: Seats, bounds: Mapping[str, int]) -> None:
        super().__init__(events, media_type=SSE, headers=NO_STORE)
        self._seats, self._bounds = seats, bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until either side hangs up."""
        with self._seats.taken(self._bounds):
            await super().__call__(scope, receive, send)


def of_address(request: Request, most: int, *, here: int) -> dict[str, int]:
    """The bound of who asks: `most`, or `here` for a program on the hub's own PC."""
    address = request.client.host if request.client else ""
    return {f"address {address}": here if _is_here(address) else most}


def _is_here(address: str) -> bool:
    try:
        return ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:  # no address: a line within the PC
        return True


def room_for(most: int, files: int) -> int:
    """How many of at most `most` feeds there is room for, where feeds and pages share so many files."""
    return max(1, min(most, (files - _SPARE_FILES) // 2))


if sys.platform == "win32":

    def open_all_files() -> int:
        """How many files this process may have open: here nobody counts sockets."""
        return _NO_LIMIT

else:
    import resource

    def open_all_files() -> int:
        """Let this process open as many files as the system allows it at most; returns how many."""
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):  # then it stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return _NO_LIMIT if soft == resource.RLIM_INFINITY else soft
