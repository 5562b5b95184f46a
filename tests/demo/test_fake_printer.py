"""The printer of software, asked over TCP as real ones are."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.fake_printer import FakePrinter

TICKET = b"\x1b@Halo\n\x1bd\x06\x1dV\x01"
PROOF = b"\x1d(H\x06\x00000042"
WELL = b"\x12\x12\x12\x12"
ASK_ALL = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    with FakePrinter() as printer:
        yield printer


def say(printer: FakePrinter, data: bytes, answer: int = 0) -> bytes:
    """Send `data` on a line of its own and read `answer` bytes, or until the printer hangs up."""
    with socket.create_connection(("127.0.0.1", printer.port), 5) as link:
        link.sendall(data)
        heard = b""
        while len(heard) < answer and (piece := link.recv(64)):
            heard += piece
        return heard


def test_a_good_printer_says_that_it_is_well(printer: FakePrinter) -> None:
    assert say(printer, ASK_ALL, 4) == WELL


def test_it_proves_what_it_printed(printer: FakePrinter) -> None:
    assert say(printer, TICKET + PROOF, 7) == b"\x37\x220042\x00"
    assert printer.jobs == [TICKET]


def test_a_ticket_sent_in_single_bytes_is_one_ticket(printer: FakePrinter) -> None:
    with socket.create_connection(("127.0.0.1", printer.port), 5) as link:
        for byte in TICKET:
            link.sendall(bytes((byte,)))
    assert printer.wait_for_jobs(1) == [TICKET]


def test_tickets_can_be_read_and_seen(printer: FakePrinter) -> None:
    say(printer, TICKET + TICKET)
    printer.wait_for_jobs(2)
    assert [paper.lines for paper in printer.papers()] == [["Halo"], ["Halo"]]
    assert [picture.width for picture in printer.tickets()] == [576, 576]
    assert len(printer.tickets(since=1)) == 1


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        ("paper_out", "1a 32 12 72"),
        ("cover_open", "1a 16 12 12"),
        ("error", "1a 52 1a 12"),
        ("paper_low", "12 12 12 1e"),
    ],
)
def test_each_fault_is_told_in_the_printers_bits(printer: FakePrinter, fault: str, answers: str) -> None:
    printer.fault(fault)
    assert say(printer, ASK_ALL, 4) == bytes.fromhex(answers)


def test_without_paper_it_keeps_the_ticket_for_the_next_roll(printer: FakePrinter) -> None:
    printer.fault("paper_out")
    assert say(printer, TICKET + ASK_ALL, 4) != WELL
    assert printer.jobs == []
    printer.well()
    assert printer.jobs == [TICKET]


def test_a_power_cycle_forgets_it(printer: FakePrinter) -> None:
    printer.fault("paper_out")
    say(printer, TICKET + ASK_ALL, 4)
    printer.power_cycle()
    printer.well()
    assert printer.jobs == []


def test_a_silent_printer_prints_and_says_nothing(printer: FakePrinter) -> None:
    printer.fault("silent")
    with socket.create_connection(("127.0.0.1", printer.port), 5) as link:
        link.sendall(ASK_ALL + TICKET + PROOF)
        printer.wait_for_jobs(1)
        link.settimeout(0.05)
        with pytest.raises(TimeoutError):
            link.recv(1)


def test_a_printer_that_drops_the_line_does_so_within_the_ticket(printer: FakePrinter) -> None:
    printer.fault("drop", after=5)
    assert say(printer, TICKET + PROOF, 7) == b""
    assert printer.jobs == []


def test_a_refusing_printer_is_not_there_until_it_is_well(printer: FakePrinter) -> None:
    printer.fault("refuse")
    with pytest.raises(ConnectionRefusedError):
        say(printer, TICKET)
    printer.well()
    say(printer, TICKET)
    assert printer.wait_for_jobs(1) == [TICKET]


def test_tickets_that_do_not_come_in_time_are_an_error(printer: FakePrinter) -> None:
    with pytest.raises(TimeoutError, match="0 jobs of 1"):
        printer.wait_for_jobs(1, within_s=0.05)


def test_a_fault_that_is_none_is_an_error(printer: FakePrinter) -> None:
    with pytest.raises(ValueError, match="'paper' is none of paper_out, cover_open"):
        printer.fault("paper")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("paper_out", "ok paper_out"),
        ("drop 300\n", "ok drop 300"),
        ("well", "ok well"),
        ("power_cycle", "ok power_cycle"),
        ("fire", "? 'fire' is none of paper_out"),
        ("drop soon", "? invalid literal"),
    ],
)
def test_orders_are_answered_in_a_line(printer: FakePrinter, line: str, answer: str) -> None:
    assert printer.order(line).startswith(answer)


def test_each_job_is_kept_as_bytes_and_as_a_picture(tmp_path: Path) -> None:
    with FakePrinter(keep=tmp_path / "paper") as printer:
        say(printer, TICKET)
        printer.wait_for_jobs(1)
    assert (tmp_path / "paper" / "0001.bin").read_bytes() == TICKET
    assert (tmp_path / "paper" / "0001.png").exists()


def test_the_command_prints_its_address_and_takes_orders() -> None:
    command = [sys.executable, "-m", "demo.fake_printer", "--port", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().removeprefix("printer on ").strip()
        process.stdin.write("paper_out\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ok paper_out\n"
        with socket.create_connection(("127.0.0.1", int(address.partition(":")[2])), 5) as link:
            link.sendall(b"\x10\x04\x04")
            assert link.recv(1) == b"\x72"
        process.kill()
