"""The logo in the printer's own memory: written once, shown by every ticket, and brought along where it is not."""

from collections.abc import Iterator

import pytest

from demo.fake_printer import FakePrinter
from demo.mechanism import KNOWS
from kiosk.dialect import job_bytes, logo_to_store
from kiosk.paper import ticket_story
from kiosk.printer import Patience, Printer
from kiosk.printer_status import Inbox
from shared.assets import ASSETS
from shared.hall import Printer as Settings
from shared.model import Outcome
from shared.receipt.commands import commands
from shared.receipt.escpos import papers
from shared.words import Words
from tests.kiosk.tickets import hall, ticket

LOGO = (ASSETS / "logos" / "paser.png").read_bytes()
HURRY = Patience(road=0.3, answer=0.3, probe=0.3, proof=2.0, look=0.05, settle=0.2)
AS_SENT = Settings(road="memory")
JOB = job_bytes([ticket_story(ticket(), hall(), Words("id"))], AS_SENT, LOGO)


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    with FakePrinter(knows=(*KNOWS, "graphics")) as fake:
        yield fake


def printer_at(fake: FakePrinter) -> Printer:
    settings = Settings(road="network", address=fake.address)
    return Printer(settings, patience=HURRY, logo=logo_to_store(settings, LOGO))


def printed(fake: FakePrinter) -> bytes:
    """The newest paper's picture."""
    return papers(fake.jobs[-1])[0].picture().tobytes()


def test_the_logo_is_written_once_and_every_ticket_still_shows_it(fake: FakePrinter) -> None:
    printer = printer_at(fake)
    for _ in range(2):
        printer.health()
        assert printer.print(JOB) is Outcome.PRINTED
        assert printed(fake) == papers(JOB)[0].picture().tobytes()
    printer_at(fake).health()  # a kiosk that was started anew asks first
    assert (len(fake.stored), fake.writes) == (1, 1)


def test_a_ticket_is_lighter_by_the_logo() -> None:
    logo = logo_to_store(AS_SENT, LOGO)
    assert logo is not None
    assert JOB.count(logo.inline) == 1
    assert len(JOB) - len(logo.in_memory(JOB)) > 1000
    assert "GS ( L" in [command.name for command in commands(logo.in_memory(JOB))]


def test_a_printer_that_forgot_is_given_it_again_but_not_for_ever(fake: FakePrinter) -> None:
    printer = printer_at(fake)
    for _ in range(4):
        printer.health()
        fake.stored.clear()
        fake.fault("refuse")  # off, and on again
        printer.health()
        fake.well()
    assert fake.writes == 2
    printer.health()
    assert printer.print(JOB) is Outcome.PRINTED
    assert printed(fake) == papers(JOB)[0].picture().tobytes()


@pytest.mark.parametrize("knows", [KNOWS, ("status",), ()])
def test_who_keeps_no_pictures_gets_the_logo_with_each_ticket(knows: tuple[str, ...]) -> None:
    with FakePrinter(knows=knows) as fake:
        printer = printer_at(fake)
        printer.health()
        printer.print(JOB)
        fake.wait_for_jobs(1)
        assert fake.writes == 0
        assert papers(fake.jobs[-1])[0].pictures[0].tobytes() == papers(JOB)[0].pictures[0].tobytes()


@pytest.mark.parametrize("profile", ["POS-5890", "ZJ-5870", "simple"])
def test_a_kind_that_keeps_none_is_never_asked(profile: str) -> None:
    assert logo_to_store(Settings(road="memory", profile=profile), LOGO) is None


def test_a_hall_without_a_logo_stores_none() -> None:
    assert logo_to_store(AS_SENT, None) is None


@pytest.mark.parametrize("cut", range(1, 9))
def test_an_answer_that_comes_in_two_pieces_is_one_and_no_status(cut: int) -> None:
    answer = b"7r@0142\0\x12"
    inbox = Inbox()
    inbox.take(answer[:cut])
    inbox.take(answer[cut:])
    assert inbox.keys == [["01", "42"]]
    assert inbox.statuses == [0x12]
