"""Two printers, one number: who prints, what says SALINAN, and what is told of it."""

from dataclasses import dataclass, field

import pytest

from kiosk.outlets import Outlet, Outlets, Paper
from kiosk.printer_status import SILENT, UNKNOWN, UNREACHABLE, Health
from kiosk.roads import NothingSent, Unsure
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import Ticket
from tests.kiosk.conftest import words_of
from tests.kiosk.tickets import ticket

EMPTY = Health(("paper_out",))
PRINTED, FAILED, UNSURE, PAPERLESS = Outcome.PRINTED, Outcome.FAILED, Outcome.UNKNOWN, Outcome.PAPERLESS


@dataclass
class OnePrinter:
    """A printer in this health that ends each job so; `papers` is what it was sent."""

    now: Health = field(default_factory=Health)
    ends: Outcome | Trouble = PRINTED
    papers: list[bytes] = field(default_factory=list)

    def health(self) -> Health:
        return self.now

    def print(self, job: bytes) -> Outcome:
        if isinstance(self.ends, NothingSent):
            raise self.ends
        self.papers.append(job)
        if isinstance(self.ends, Trouble):
            raise self.ends
        return self.ends


def outlets(*printers: OnePrinter) -> Outlets:
    return Outlets([Outlet(printer, words_of) for printer in printers])


@pytest.fixture
def taken() -> Ticket:
    return ticket()


def told(paper: Paper) -> list[tuple[Outcome, str, bool]]:
    """Every paper that the event log hears of: outcome, code, whether it says SALINAN."""
    return [(one.outcome, one.code, one.is_copy) for one in paper.all]


@pytest.mark.parametrize(
    ("printer", "expected"),
    [
        (OnePrinter(), (PRINTED, "", False)),
        (OnePrinter(EMPTY), (PAPERLESS, "paper_out", False)),
        (OnePrinter(UNREACHABLE), (PAPERLESS, "printer_offline", False)),
        (OnePrinter(ends=NothingSent("cover_open")), (PAPERLESS, "cover_open", False)),
        (OnePrinter(ends=Trouble("printer_offline")), (FAILED, "printer_offline", False)),
        (OnePrinter(ends=Unsure("paper_out")), (UNSURE, "paper_out", False)),
        (OnePrinter(ends=UNSURE), (UNSURE, "printer_silent", False)),
        (OnePrinter(SILENT, UNSURE), (UNSURE, "printer_silent", False)),
        (OnePrinter(UNKNOWN, UNSURE), (UNSURE, "", False)),  # a spooler: it went there, nobody knows more
    ],
)
def test_of_one_printer_each_end_has_one_name(
    printer: OnePrinter, expected: tuple[Outcome, str, bool], taken: Ticket
) -> None:
    assert told(outlets(printer).print(taken, "id")) == [expected]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        # nothing was sent to the first: the second prints the ticket itself
        (OnePrinter(EMPTY), [(PRINTED, "paper_out", False)]),
        (OnePrinter(ends=NothingSent("printer_offline")), [(PRINTED, "printer_offline", False)]),
        # something was: whatever the second prints is a copy
        (OnePrinter(ends=Trouble("paper_out")), [(FAILED, "paper_out", False), (PRINTED, "paper_out", True)]),
        (OnePrinter(ends=UNSURE), [(UNSURE, "printer_silent", False), (PRINTED, "printer_silent", True)]),
        # one that never answers mostly prints: a copy of each ticket would be waste
        (OnePrinter(SILENT, UNSURE), [(UNSURE, "printer_silent", False)]),
        (OnePrinter(UNKNOWN, UNSURE), [(UNSURE, "", False)]),
        (OnePrinter(), [(PRINTED, "", False)]),
    ],
)
def test_the_second_printer_takes_over_and_says_copy_wherever_paper_may_lie_already(
    first: OnePrinter, expected: list[tuple[Outcome, str, bool]], taken: Ticket
) -> None:
    second = OnePrinter()
    assert told(outlets(first, second).print(taken, "id")) == expected
    assert [paper.endswith(b"SALINAN") for paper in second.papers] == [one[2] for one in expected if one[0] is PRINTED][
        : len(second.papers)
    ]
    assert len([paper for paper in (*first.papers, *second.papers) if not paper.endswith(b"SALINAN")]) == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (OnePrinter(EMPTY), OnePrinter(UNREACHABLE), [(PAPERLESS, "paper_out", False)]),
        (OnePrinter(ends=Trouble("paper_out")), OnePrinter(EMPTY), [(FAILED, "paper_out", False)]),
        (
            OnePrinter(ends=Trouble("paper_out")),
            OnePrinter(ends=UNSURE),
            [(FAILED, "paper_out", False), (UNSURE, "printer_silent", True)],
        ),
    ],
)
def test_where_both_fail_the_number_stays_on_the_screen(
    first: OnePrinter, second: OnePrinter, expected: list[tuple[Outcome, str, bool]], taken: Ticket
) -> None:
    assert told(outlets(first, second).print(taken, "id")) == expected


def test_a_copy_that_was_asked_for_says_so_and_is_never_paperless(taken: Ticket) -> None:
    printer = OnePrinter()
    assert told(outlets(printer).print(taken, "id", is_copy=True)) == [(PRINTED, "", True)]
    assert printer.papers[0].endswith(b"SALINAN")
    assert told(outlets(OnePrinter(EMPTY)).print(taken, "id", is_copy=True)) == [(FAILED, "paper_out", True)]


@pytest.mark.parametrize(
    ("first", "second", "prints", "news"),
    [
        (Health(), Health(), True, ()),
        (EMPTY, Health(), True, ("second_prints", "paper_out")),
        (EMPTY, Health(paper_low=True), True, ("second_prints", "paper_out", "paper_low")),
        (Health(), UNREACHABLE, True, ("second_fails", "printer_offline")),
        (Health(paper_low=True), SILENT, True, ("second_fails", "printer_silent", "paper_low")),
        (EMPTY, EMPTY, False, ("second_fails", "paper_out")),
        (EMPTY, SILENT, True, ("second_prints", "paper_out", "printer_silent")),
        (SILENT, EMPTY, True, ("second_fails", "paper_out", "printer_silent")),
    ],
)
def test_two_printers_print_while_one_of_them_may_and_the_staff_hear_of_both(
    first: Health, second: Health, *, prints: bool, news: tuple[str, ...]
) -> None:
    health = outlets(OnePrinter(first), OnePrinter(second)).ask()
    assert (not health.prints_not, health.news) == (prints, news)
    assert health.second == second.state


def test_each_printer_gets_a_paper_of_its_own_dialect(taken: Ticket) -> None:
    first, second = OnePrinter(EMPTY), OnePrinter()
    narrow = Outlet(second, lambda _ticket, language, *, copy=False: f"58 mm {language}{copy}".encode())
    Outlets([Outlet(first, words_of), narrow]).print(taken, "en")
    assert second.papers == [b"58 mm enFalse"]
