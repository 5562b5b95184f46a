"""The roads to a printer: what is sent on them arrives, and every wait ends."""

import os
import select
import socket
import sys
import threading
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial
import usb.core
import usb.util

from demo.mechanism import Mechanism
from kiosk.one_way import FileRoad, Spooler
from kiosk.printer import Health, Patience, Printer, road_to
from kiosk.roads import NetworkRoad
from kiosk.serial_road import SerialRoad
from shared.hall import Printer as Settings
from shared.model import Outcome
from shared.receipt.commands import split
from shared.trouble import Trouble
from tests.kiosk.tickets import job
from tests.kiosk.usb_stand_in import STORAGE, VENDOR_SPECIFIC, Device

JOB = job()
HURRY = Patience(road=0.2, answer=0.3, probe=0.3, proof=2.0, look=0.05, settle=0.2)


def offline(raised: pytest.ExceptionInfo[Trouble]) -> bool:
    return raised.value.code == "printer_offline"


# ---------------------------------------------------------------- network


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.168.1.50:9101", ("192.168.1.50", 9101)),
        ("192.168.1.50", ("192.168.1.50", 9100)),
        ("printer.lan", ("printer.lan", 9100)),
        ("[fd00::5]:9100", ("fd00::5", 9100)),
        ("[fd00::5]", ("fd00::5", 9100)),
    ],
)
def test_a_network_address_is_host_and_port(address: str, place: tuple[str, int]) -> None:
    assert NetworkRoad(address)._place == place


def test_a_printer_that_stops_taking_leaves_the_job_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        printer = Printer(Settings(road="network", address=address), patience=HURRY)
        assert printer.health() == Health(("printer_silent",), certain=False)
        assert printer.print(bytes(20_000_000)) is Outcome.UNKNOWN


def _hang_up_at_once(server: socket.socket) -> None:
    server.accept()[0].close()


def test_a_printer_that_hangs_up_at_once_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        hanging = threading.Thread(target=_hang_up_at_once, args=(server,))
        hanging.start()
        address = f"127.0.0.1:{server.getsockname()[1]}"
        health = Printer(Settings(road="network", address=address), patience=HURRY).health()
        hanging.join(5)
        assert health == Health(("printer_offline",))


# ---------------------------------------------------------------- serial


class PseudoPrinter:
    """A printer at the other end of a pseudo-terminal."""

    def __init__(self) -> None:
        self._end, self._other = os.openpty()
        self.path = os.ttyname(self._other)
        self.mechanism = Mechanism()
        self._over, self._end_it = os.pipe()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        rest = b""
        while self._over not in select.select([self._end, self._over], [], [])[0]:
            commands, rest = split(rest + os.read(self._end, 256))
            for command in commands:
                self.mechanism.obey(command, self._answer)

    def _answer(self, answer: bytes) -> None:
        os.write(self._end, answer)

    def close(self) -> None:
        os.write(self._end_it, b".")
        self._thread.join(5)
        for end in (self._end, self._other, self._over, self._end_it):
            os.close(end)


@pytest.fixture
def pseudo() -> Iterator[PseudoPrinter]:
    pseudo = PseudoPrinter()
    yield pseudo
    pseudo.close()


def test_a_serial_printer_is_asked_and_printed_on(pseudo: PseudoPrinter) -> None:
    printer = Printer(Settings(road="serial", address=f"{pseudo.path}@115200"), patience=HURRY)
    assert printer.health() == Health()
    assert printer.print(JOB) is Outcome.PRINTED
    assert pseudo.mechanism.jobs == [JOB]


def test_a_serial_printer_without_paper_says_so(pseudo: PseudoPrinter) -> None:
    pseudo.mechanism.fault("paper_out")
    printer = Printer(Settings(road="serial", address=pseudo.path), patience=HURRY)
    assert printer.health() == Health(("paper_out",))


def test_the_speed_stands_behind_the_device() -> None:
    road = SerialRoad("/dev/ttyUSB0@38400", 3.0)
    assert (road._device, road._baud) == ("/dev/ttyUSB0", 38400)
    assert SerialRoad("COM3", 3.0)._baud == 9600


def test_a_serial_port_that_is_not_there_is_offline() -> None:
    printer = Printer(Settings(road="serial", address="/dev/antre-has-no-such-port"), patience=HURRY)
    assert printer.health() == Health(("printer_offline",))


class StuckPort:
    """A port whose printer takes nothing, and later is pulled out."""

    in_waiting = 0
    timeout = 0.0

    def __init__(self, error: OSError) -> None:
        self.error, self.closed = error, False

    def write(self, _: bytes) -> int:
        raise self.error

    def read(self, _: int) -> bytes:
        return b""

    def close(self) -> None:
        self.closed = True


def test_a_serial_printer_that_takes_nothing_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    port = StuckPort(serial.SerialTimeoutException("write timeout"))
    monkeypatch.setattr(serial, "Serial", lambda *_, **__: port)
    printer = Printer(Settings(road="serial", address="COM3"), patience=HURRY)
    assert printer.health() == Health(("printer_silent",), certain=False)
    assert printer.print(JOB) is Outcome.UNKNOWN
    assert not port.closed


def test_a_serial_port_pulled_out_is_offline_and_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = [StuckPort(serial.SerialException("gone")) for _ in range(2)]
    opened = iter(ports)
    monkeypatch.setattr(serial, "Serial", lambda *_, **__: next(opened))
    printer = Printer(Settings(road="serial", address="COM3"), patience=HURRY)
    assert [printer.health(), printer.health()] == [Health(("printer_offline",))] * 2
    assert [port.closed for port in ports] == [True, True]


# ---------------------------------------------------------------- USB


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> list[Device]:
    """What is plugged in."""
    plugged: list[Device] = []

    def find(custom_match: object = None, **wanted: int) -> Device | None:
        fits = (
            device
            for device in plugged
            if (not callable(custom_match) or custom_match(device))
            and all(getattr(device, name) == value for name, value in wanted.items())
        )
        return next(fits, None)

    monkeypatch.setattr(usb.core, "find", find)
    monkeypatch.setattr(usb.util, "dispose_resources", lambda device: device.calls.append("dispose_resources"))
    return plugged


def usb_printer(address: str = "") -> Printer:
    return Printer(Settings(road="usb", address=address), patience=HURRY)


def test_the_first_usb_printer_is_found_by_its_class(bus: list[Device]) -> None:
    bus += [Device(STORAGE), Device()]
    bus[1].answer()
    bus[1].mechanism.fault("paper_low")
    assert usb_printer().health() == Health(paper_low=True)


def test_a_usb_printer_proves_what_it_printed(bus: list[Device]) -> None:
    bus.append(Device())
    bus[0].answer()
    assert usb_printer().print(JOB) is Outcome.PRINTED
    assert bus[0].mechanism.jobs == [JOB]


def test_a_usb_printer_is_taken_from_its_driver_and_let_go_of_and_never_reset(bus: list[Device]) -> None:
    bus.append(Device())
    usb_printer().health()
    assert bus[0].calls == ["detach_kernel_driver", "dispose_resources"]


def test_a_usb_printer_is_configured_where_nobody_has(bus: list[Device]) -> None:
    bus.append(Device(configured=False, driven=False))
    usb_printer().health()
    assert bus[0].calls == ["set_configuration", "dispose_resources"]


def test_a_usb_printer_of_no_class_is_found_by_its_ids(bus: list[Device]) -> None:
    bus.append(Device(VENDOR_SPECIFIC))
    printer = usb_printer("04b8:0e15")
    printer.health()
    assert printer.print(JOB) is Outcome.UNKNOWN
    assert b"".join(bus[0].interface.out.written).endswith(JOB)


@pytest.mark.parametrize("address", ["", "04b8:0e15"])
def test_without_a_usb_printer_it_is_offline(bus: list[Device], address: str) -> None:
    assert bus == []
    assert usb_printer(address).health() == Health(("printer_offline",))


def test_without_libusb_the_printer_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(**_: object) -> None:
        raise usb.core.NoBackendError("No backend available")

    monkeypatch.setattr(usb.core, "find", find)
    assert usb_printer().health() == Health(("printer_offline",))


def test_a_usb_printer_that_takes_nothing_is_silent(bus: list[Device]) -> None:
    bus.append(Device())
    bus[0].interface.out.stuck = True
    printer = usb_printer()
    assert printer.health() == Health(("printer_silent",), certain=False)
    assert printer.print(JOB) is Outcome.UNKNOWN


def test_a_usb_printer_pulled_out_is_offline(bus: list[Device]) -> None:
    bus.append(Device())
    bus[0].interface.back.gone = True
    assert usb_printer().health() == Health(("printer_offline",))
    with pytest.raises(Trouble) as raised:
        usb_printer().print(JOB)
    assert offline(raised)


# ---------------------------------------------------------------- spooler

LP = """#!/bin/sh
printf '%s\\n' "$0 $*" >> "$(dirname "$0")/calls"
cat >> "$(dirname "$0")/spooled"
"""


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with programs named lp and lpstat, the only ones there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("cat", "dirname", "sleep"):
        (folder / tool).symlink_to(f"/bin/{tool}" if Path(f"/bin/{tool}").exists() else f"/usr/bin/{tool}")
    monkeypatch.setenv("PATH", str(folder))
    program(folder, "lp", LP)
    program(folder, "lpstat", "#!/bin/sh\necho 'printer tiket is idle.  enabled since today'\n")
    return folder


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def test_a_spooled_job_is_raw_and_only_spooled(cups: Path) -> None:
    assert Spooler("tiket", 5.0).deliver(JOB) is Outcome.UNKNOWN
    assert (cups / "spooled").read_bytes() == JOB
    assert (cups / "calls").read_text().split("lp ", 1)[1] == "-d tiket -t Antre -o raw\n"


@pytest.mark.usefixtures("cups")
def test_a_queue_that_takes_jobs_is_unknown_and_usable() -> None:
    assert Printer(Settings(road="spooler", address="tiket")).health() == Health(certain=False)


@pytest.mark.parametrize(
    "told",
    [
        "echo 'lpstat: Invalid destination name' >&2; exit 1",
        "echo 'printer tiket disabled since today - paused'",
    ],
)
def test_a_queue_that_is_missing_or_stopped_is_offline(cups: Path, told: str) -> None:
    program(cups, "lpstat", f"#!/bin/sh\n{told}\n")
    assert Printer(Settings(road="spooler", address="tiket")).health() == Health(("printer_offline",))


def test_a_spooler_that_refuses_the_job_printed_nothing(cups: Path) -> None:
    program(cups, "lp", "#!/bin/sh\nexit 1\n")
    with pytest.raises(Trouble) as raised:
        Spooler("tiket", 5.0).deliver(JOB)
    assert offline(raised)


def test_a_spooler_that_hangs_is_silent(cups: Path) -> None:
    program(cups, "lpstat", "#!/bin/sh\nexec sleep 30\n")
    printer = Printer(Settings(road="spooler", address="tiket"), patience=HURRY)
    assert printer.health().troubles == ("printer_silent",)


def test_without_a_spooler_it_is_offline(cups: Path) -> None:
    (cups / "lpstat").unlink()
    assert Printer(Settings(road="spooler", address="tiket")).health() == Health(("printer_offline",))


class Windows:
    """A stand-in for pywin32: one queue."""

    error = type("error", (Exception,), {})

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.spooled = b""

    def OpenPrinter(self, name: str) -> str:  # noqa: N802  -- Windows' own name
        if name != "tiket":
            raise self.error
        self.calls.append("open")
        return name

    def StartDocPrinter(self, _handle: str, _level: int, document: tuple[str, None, str]) -> None:  # noqa: N802  -- as above
        assert document == ("Antre", None, "RAW")
        self.calls.append("start")

    def WritePrinter(self, _handle: str, data: bytes) -> None:  # noqa: N802  -- as above
        self.spooled += data

    def EndDocPrinter(self, _handle: str) -> None:  # noqa: N802  -- as above
        self.calls.append("end")

    def ClosePrinter(self, _handle: str) -> None:  # noqa: N802  -- as above
        self.calls.append("close")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    windows = Windows()
    monkeypatch.setitem(sys.modules, "win32print", windows)
    monkeypatch.setitem(sys.modules, "pywintypes", types.SimpleNamespace(error=windows.error))
    monkeypatch.setattr(sys, "platform", "win32")
    return windows


def test_on_windows_a_job_goes_raw_to_the_systems_queue(windows: Windows) -> None:
    spooler = Spooler("tiket", 3.0)
    spooler.check()
    assert spooler.deliver(JOB) is Outcome.UNKNOWN
    assert windows.spooled == JOB
    assert windows.calls == ["open", "close", "open", "start", "end", "close"]


@pytest.mark.usefixtures("windows")
def test_on_windows_a_queue_that_is_missing_is_offline() -> None:
    with pytest.raises(Trouble) as raised:
        Spooler("lain", 3.0).check()
    assert offline(raised)


# ---------------------------------------------------------------- file


def test_a_file_where_there_is_no_folder_is_offline(tmp_path: Path) -> None:
    printer = Printer(Settings(road="file", address=str(tmp_path / "none" / "paper.bin")))
    assert printer.health() == Health(("printer_offline",))


def test_an_unplugged_device_does_not_become_a_file() -> None:
    with pytest.raises(Trouble) as raised:
        FileRoad("/dev/antre-has-no-such-printer", 3.0).check()
    assert offline(raised)
    assert not Path("/dev/antre-has-no-such-printer").exists()


def test_a_device_that_stops_taking_leaves_the_job_unknown(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert FileRoad(str(pipe), 0.1).deliver(bytes(1_000_000)) is Outcome.UNKNOWN
    finally:
        os.close(reader)


def test_a_device_that_fails_while_it_takes_is_offline() -> None:
    with pytest.raises(Trouble) as raised:
        FileRoad("/dev/full", 0.1).deliver(JOB)
    assert offline(raised)


# ---------------------------------------------------------------- all


@pytest.mark.parametrize("road", ["network", "usb", "serial", "spooler", "file", "memory", "none"])
def test_every_road_of_the_configuration_is_built(road: str) -> None:
    address = {"network": "127.0.0.1:9100", "usb": "04b8:0e15"}.get(road, "x")
    assert road_to(Settings.model_validate({"road": road, "address": address})) is not None
