"""The serial road, through pyserial. Tested on a pseudo-terminal: untested on hardware."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import serial

from kiosk.roads import PIECE, Line, NothingSent
from shared.trouble import Trouble

BAUD = 9600
"""Where the address names none: the speed printers are delivered with."""


class SerialRoad:
    """A serial port: `device@baud` or `device`. It stays open: closing it could cost what is still on its way."""

    def __init__(self, address: str, patience_s: float) -> None:
        self._device, _, baud = address.partition("@")
        self._baud = int(baud or BAUD)
        self._patience_s = patience_s
        self._port: Any = None

    @contextmanager
    def line(self) -> Iterator[Line]:
        """The port's line. Raises NothingSent('printer_offline')."""
        if self._port is None:
            self._port = self._open()
        try:
            yield _SerialLine(self._port)
        except (OSError, Trouble) as error:
            if not isinstance(error, Trouble) or error.code == "printer_offline":
                self._close()
            raise

    def _open(self) -> Any:  # noqa: ANN401  -- pyserial ships no types
        try:
            return serial.Serial(self._device, self._baud, write_timeout=self._patience_s)
        except OSError as error:
            raise NothingSent("printer_offline") from error

    def _close(self) -> None:
        with suppress(OSError):
            self._port.close()
        self._port = None


class _SerialLine:
    def __init__(self, port: Any) -> None:  # noqa: ANN401  -- pyserial ships no types
        self._port = port

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            try:
                self._port.write(data[start : start + PIECE])
            except serial.SerialTimeoutException as error:
                raise TimeoutError from error

    def receive(self, within_s: float) -> bytes:
        self._port.timeout = within_s
        first = bytes(self._port.read(1))
        return first + bytes(self._port.read(self._port.in_waiting)) if first else b""
