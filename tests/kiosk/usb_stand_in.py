"""A stand-in for what pyusb finds on the bus: devices of one interface, as libusb shows a printer."""

from collections.abc import Callable, Iterator

import usb.core

from demo.mechanism import Mechanism
from shared.receipt.commands import split

PRINTER, VENDOR_SPECIFIC, STORAGE = 7, 255, 8


class Endpoint:
    """One way of the interface; `answers` come out one a read."""

    wMaxPacketSize = 64  # noqa: N815  -- USB's own name

    def __init__(self, address: int) -> None:
        self.bEndpointAddress = address
        self.written: list[bytes] = []
        self.answers: list[bytes] = []
        self.heard: Callable[[bytes], None] = lambda _: None
        self.stuck = False
        self.gone = False

    def write(self, data: bytes, timeout: int) -> int:
        assert timeout > 0, "no time-out would wait for ever"
        self._fail()
        self.written.append(data)
        self.heard(data)
        return len(data)

    def read(self, size: int, timeout: int) -> bytes:
        assert timeout > 0, "no time-out would wait for ever"
        self._fail()
        if not self.answers:
            raise usb.core.USBTimeoutError("timed out")
        answer = self.answers.pop(0)
        assert len(answer) <= size
        return answer

    def _fail(self) -> None:
        if self.gone:
            raise usb.core.USBError("no such device")
        if self.stuck:
            raise usb.core.USBTimeoutError("timed out")


class Interface:
    """What the printer's two ways belong to."""

    bInterfaceNumber = 0  # noqa: N815  -- USB's own name

    def __init__(self, kind: int) -> None:
        self.bInterfaceClass = kind
        self.out, self.back = Endpoint(0x01), Endpoint(0x82)

    def __iter__(self) -> Iterator[Endpoint]:
        return iter((self.out, self.back))


class Configuration:
    """A device's one configuration."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    def __iter__(self) -> Iterator[Interface]:
        return iter((self._interface,))

    def __getitem__(self, place: tuple[int, int]) -> Interface:
        assert place == (0, 0)
        return self._interface


class Device:
    """A device; `calls` tells what was done to it."""

    idVendor, idProduct = 0x04B8, 0x0E15  # noqa: N815  -- USB's own names

    def __init__(self, kind: int = PRINTER, *, configured: bool = True, driven: bool = True) -> None:
        self.interface = Interface(kind)
        self.mechanism = Mechanism()
        self.calls: list[str] = []
        self._configured, self._driven = configured, driven
        self._rest = b""

    def answer(self) -> None:
        """Answer from now on as a good printer does."""
        self.interface.out.heard = self._hear

    def _hear(self, data: bytes) -> None:
        commands, self._rest = split(self._rest + data)
        for command in commands:
            self.mechanism.obey(command, self.interface.back.answers.append)

    def __iter__(self) -> Iterator[Configuration]:
        return iter((Configuration(self.interface),))

    def get_active_configuration(self) -> Configuration:
        if not self._configured:
            raise usb.core.USBError("configuration not set")
        return Configuration(self.interface)

    def set_configuration(self) -> None:
        self.calls.append("set_configuration")
        self._configured = True

    def is_kernel_driver_active(self, interface: int) -> bool:
        assert interface == 0
        return self._driven

    def detach_kernel_driver(self, interface: int) -> None:
        assert interface == 0
        self.calls.append("detach_kernel_driver")
        self._driven = False
