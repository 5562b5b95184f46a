"""The roads to a printer. On a two-way road it can answer; on a one-way road nobody knows what becomes of a job.

A two-way road opens a line. What cannot be reached raises NothingSent('printer_offline'), a printer that takes
nothing for too long TimeoutError, a line that breaks any other OSError. Every wait ends.
"""

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Protocol, runtime_checkable

from shared.model import Outcome
from shared.trouble import Trouble


class NothingSent(Trouble):
    """The printer cannot be given this job, and not a byte of it was sent."""


class Unsure(Trouble):
    """All of the job was handed over, and then the printer told of this: how much of it comes out nobody knows."""


PATIENCE_S = 3.0
"""How long a printer may take to accept a connection, or the next piece of a job."""
NETWORK_PORT = 9100
PIECE = 512
"""Bytes handed over at a time, for patience counts from the last progress. 9600 baud carry it in half a second."""
_LINGER_S = 1.0
"""How long to wait for a network printer's goodbye: closing before it was heard can cost it our last bytes."""


class Line(Protocol):
    """An open line to a printer."""

    def send(self, data: bytes) -> None:
        """Hand all of `data` over. Raises OSError; TimeoutError when the printer stops taking."""

    def receive(self, within_s: float) -> bytes:
        """What has come, waiting at most `within_s` for the first of it; b'' is silence. Raises OSError."""


@runtime_checkable
class TwoWay(Protocol):
    """A road over which a printer can answer."""

    def line(self) -> AbstractContextManager[Line]:
        """A line for one errand. Raises NothingSent('printer_offline')."""


@runtime_checkable
class OneWay(Protocol):
    """A road that takes jobs and tells nothing."""

    def check(self) -> None:
        """Raises Trouble when it is certain that no job can go this way."""

    def deliver(self, job: bytes) -> Outcome:
        """Hand a job over. Raises Trouble when it is certain that nothing was."""


class NetworkRoad:
    """TCP: `host:port`, `host`, `[::1]:9100`. A line for each errand: most printers serve one caller at a time."""

    def __init__(self, address: str, patience_s: float = PATIENCE_S) -> None:
        host, colon, port = address.rpartition(":")
        if not colon or port.endswith("]"):
            host, port = address, str(NETWORK_PORT)
        self._place = (host.strip("[]"), int(port))
        self._patience_s = patience_s

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A line for one errand. Raises NothingSent('printer_offline')."""
        try:
            link = socket.create_connection(self._place, self._patience_s)
        except OSError as error:
            raise NothingSent("printer_offline") from error
        with link:
            # A job goes in small pieces: without this the second waits up to 40 ms for the first one's receipt.
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line = _NetworkLine(link, self._patience_s)
            yield line
            line.part()


class _NetworkLine:
    def __init__(self, link: socket.socket, patience_s: float) -> None:
        self._link, self._patience_s = link, patience_s
        self._unheard = False

    def send(self, data: bytes) -> None:
        self._unheard = True
        for start in range(0, len(data), PIECE):
            self._link.settimeout(self._patience_s)
            self._link.sendall(data[start : start + PIECE])

    def receive(self, within_s: float) -> bytes:
        self._link.settimeout(max(within_s, 0.0))
        try:
            data = self._link.recv(256)
        except (TimeoutError, BlockingIOError):  # the second where there was no time to wait
            return b""
        if not data:
            raise ConnectionResetError
        self._unheard = False
        return data

    def part(self) -> None:
        """Say goodbye; where nothing was heard since the last bytes went out, wait for the printer's own."""
        with suppress(OSError):
            self._link.shutdown(socket.SHUT_WR)
            self._link.settimeout(_LINGER_S)
            while self._unheard and self._link.recv(256):
                pass
