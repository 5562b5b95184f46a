"""A road to the hub on which everything arrives and, while it swallows, no answer to certain orders comes back."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

OFFICERS = rb"POST /api/counters/"
TAKES = rb"POST /api/tickets "
RETURNS = rb"POST /api/tickets/\d+/cancel"
CHUNK = 65_536


class SwallowingRoad:
    """`address` leads to the hub. `orders`: a pattern of whose answers it swallows; `swallowed`: how many it did."""

    def __init__(self, hub: str, orders: bytes) -> None:
        host, _, port = hub.partition("://")[2].rpartition(":")
        self._hub = (host, int(port))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._orders = re.compile(orders)
        self.swallows = False
        self.swallowed = 0

    def serve(self) -> None:
        """Lead whoever comes to the hub, until the door is closed."""
        with suppress(OSError):
            while True:
                visitor, _ = self._door.accept()
                threading.Thread(target=self._lead, args=(visitor,), daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _lead(self, visitor: socket.socket) -> None:
        with visitor, suppress(OSError), socket.create_connection(self._hub) as hub:
            ordered = threading.Event()
            back = threading.Thread(target=self._lead_back, args=(hub, visitor, ordered), daemon=True)
            back.start()
            while chunk := visitor.recv(CHUNK):
                if self._orders.search(chunk):
                    ordered.set()
                hub.sendall(chunk)
            hub.shutdown(socket.SHUT_WR)
            back.join(5)

    def _lead_back(self, hub: socket.socket, visitor: socket.socket, ordered: threading.Event) -> None:
        with suppress(OSError):
            while chunk := hub.recv(CHUNK):
                if ordered.is_set() and self.swallows:
                    self.swallowed += 1
                    break
                ordered.clear()
                visitor.sendall(chunk)
        with suppress(OSError):
            visitor.shutdown(socket.SHUT_RDWR)


@contextmanager
def swallowing_road(hub: str, orders: bytes = OFFICERS) -> Iterator[SwallowingRoad]:
    """A road, open as long as the block lasts."""
    road = SwallowingRoad(hub, orders)
    server = threading.Thread(target=road.serve, daemon=True)
    server.start()
    yield road
    road.close()
    server.join(5)
