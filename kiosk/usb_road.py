"""The USB road, through pyusb. Tested with a stand-in for pyusb only: untested on hardware.

On Windows a printer answers pyusb only under the WinUSB driver; there the spooler is the plainer road.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import usb.core
import usb.util

from kiosk.roads import PIECE, Line, NothingSent

_PRINTER_CLASS = 7
"""USB's class of printers."""


class UsbRoad:
    """`vendor:product` in hex, or '' for the first printer there is. The printer is never reset."""

    def __init__(self, address: str, patience_s: float) -> None:
        vendor, _, product = address.partition(":")
        self._wanted: dict[str, Any] = {"custom_match": _is_printer}
        if address:
            self._wanted = {"idVendor": int(vendor, 16), "idProduct": int(product, 16)}
        self._patience_s = patience_s

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A line for one errand. Raises NothingSent('printer_offline')."""
        device = self._find()
        try:
            yield _UsbLine(_claimed(device), self._patience_s)
        finally:
            usb.util.dispose_resources(device)

    def _find(self) -> Any:  # noqa: ANN401  -- pyusb ships no types
        try:
            device = usb.core.find(**self._wanted)
        except (usb.core.NoBackendError, OSError) as error:
            raise NothingSent("printer_offline") from error
        if device is None:
            raise NothingSent("printer_offline")
        return device


def _is_printer(device: Any) -> bool:  # noqa: ANN401  -- pyusb ships no types
    return any(_printer_interface(configuration) is not None for configuration in device)


def _printer_interface(configuration: Any) -> Any:  # noqa: ANN401  -- pyusb ships no types
    return usb.util.find_descriptor(configuration, bInterfaceClass=_PRINTER_CLASS)


def _claimed(device: Any) -> Any:  # noqa: ANN401  -- pyusb ships no types
    """The device's printer interface, taken over from the system's own driver."""
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    # Some cheap printers call their class 'vendor specific'; they have but one interface.
    interface = _printer_interface(configuration) or configuration[(0, 0)]
    with suppress(NotImplementedError):  # Windows has no driver to take over from
        if device.is_kernel_driver_active(interface.bInterfaceNumber):
            device.detach_kernel_driver(interface.bInterfaceNumber)
    return interface


class _UsbLine:
    def __init__(self, interface: Any, patience_s: float) -> None:  # noqa: ANN401  -- pyusb ships no types
        ends = {usb.util.endpoint_direction(end.bEndpointAddress): end for end in interface}
        self._out, self._back = ends[usb.util.ENDPOINT_OUT], ends.get(usb.util.ENDPOINT_IN)
        self._patience_ms = round(patience_s * 1000)

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            try:
                self._out.write(data[start : start + PIECE], self._patience_ms)
            except usb.core.USBTimeoutError as error:
                raise TimeoutError from error

    def receive(self, within_s: float) -> bytes:
        if self._back is None:
            return b""
        try:
            return bytes(self._back.read(self._back.wMaxPacketSize, max(1, round(within_s * 1000))))
        except usb.core.USBTimeoutError:
            return b""
