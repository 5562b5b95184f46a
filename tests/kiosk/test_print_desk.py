"""The printer on a thread of its own."""

import pytest
from PySide6.QtCore import QObject, QTimer

from kiosk.outlets import Paper
from kiosk.print_desk import PrintDesk
from kiosk.printer import Health
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import TakeTicket, Ticket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInPrinter


class Ear(QObject):
    """Remembers what the desk says."""

    def __init__(self, desk: PrintDesk) -> None:
        super().__init__(desk)
        self.healths: list[Health] = []
        self.papers: list[Paper] = []
        desk.health_came.connect(self.healths.append)
        desk.paper_came.connect(self.papers.append)


@pytest.fixture
def ear(desk: PrintDesk) -> Ear:
    return Ear(desk)


@pytest.fixture
def ticket(hub: SmallHub) -> Ticket:
    return hub.issue(TakeTicket(service="k-0"))


def test_the_printers_health_comes_as_a_signal(
    desk: PrintDesk, ear: Ear, printer: StandInPrinter, until: Until
) -> None:
    printer.now = Health(troubles=("cover_open",), paper_low=True)
    desk.ask_health()
    until(lambda: ear.healths)
    assert ear.healths == [printer.now]


def test_health_is_not_asked_twice_at_once(desk: PrintDesk, ear: Ear, printer: StandInPrinter, until: Until) -> None:
    for _ in range(5):
        desk.ask_health()
    until(lambda: ear.healths)
    assert printer.asked == 1
    desk.ask_health()
    until(lambda: printer.asked == 2)


def test_a_ticket_is_printed_once_and_said_so(
    desk: PrintDesk, ear: Ear, printer: StandInPrinter, ticket: Ticket, until: Until
) -> None:
    desk.print_ticket(ticket, "en")
    until(lambda: ear.papers)
    assert ear.papers == [Paper(ticket.id, Outcome.PRINTED)]
    assert printer.printed == [b"K-001 en"]


def test_the_printer_is_asked_right_before_the_job(
    desk: PrintDesk, ear: Ear, printer: StandInPrinter, ticket: Ticket, until: Until
) -> None:
    printer.now = Health(troubles=("paper_out", "cover_open"))
    desk.print_ticket(ticket, "id")
    until(lambda: ear.papers)
    assert ear.papers == [Paper(ticket.id, Outcome.PAPERLESS, "paper_out")]
    assert (printer.printed, ear.healths) == ([], [printer.now])


def test_an_uncertain_trouble_does_not_stop_the_job(
    desk: PrintDesk, ear: Ear, printer: StandInPrinter, ticket: Ticket, until: Until
) -> None:
    printer.now = Health(troubles=("printer_silent",), certain=False)
    desk.print_ticket(ticket, "id")
    until(lambda: ear.papers)
    assert ear.papers == [Paper(ticket.id, Outcome.PRINTED)]


def test_a_trouble_is_an_outcome(
    desk: PrintDesk, ear: Ear, printer: StandInPrinter, ticket: Ticket, until: Until
) -> None:
    printer.fails = Trouble("printer_offline")
    desk.print_ticket(ticket, "id")
    until(lambda: ear.papers)
    assert ear.papers == [Paper(ticket.id, Outcome.FAILED, "printer_offline")]


def test_a_printer_that_hangs_does_not_hold_up_the_screen(
    desk: PrintDesk, ear: Ear, printer: StandInPrinter, ticket: Ticket, until: Until
) -> None:
    printer.goes_on.clear()
    desk.print_ticket(ticket, "id")
    beats: list[int] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(1))
    heart.start(1)
    until(lambda: len(beats) > 20)
    assert ear.papers == []
    printer.goes_on.set()
    until(lambda: ear.papers)


def test_a_desk_whose_road_hangs_says_that_it_cannot_end(
    desk: PrintDesk, printer: StandInPrinter, ticket: Ticket, until: Until
) -> None:
    printer.goes_on.clear()
    desk.print_ticket(ticket, "id")
    until(lambda: printer.asked)
    assert not desk.close(patience_ms=20)
    printer.goes_on.set()
    assert desk.close()
