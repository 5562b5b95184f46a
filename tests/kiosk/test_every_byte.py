"""Whatever happens at whichever byte of a ticket: printed once, or a copy after what is unsure, or paperless.

And what is told to the event log is what lies there.
"""

from collections.abc import Collection, Iterable

import pytest

from demo.fake_printer import FakePrinter
from kiosk.dialect import ticket_bytes
from kiosk.outlets import Outlet, Outlets, Paper
from kiosk.printer import Patience, Printer
from kiosk.story import Cut, Line, Place, Qr, Title
from shared.hall import Printer as Settings
from shared.model import Outcome
from shared.wire import Ticket
from tests.kiosk.every_byte import FAULTS, Cable, VirtualClock, printer_on
from tests.kiosk.tickets import URL, job, printer, ticket

BODY = (Title("MPP Paser"), Line("NOMOR ANTREAN ANDA"), Place("K-012"), Qr(URL))
SMALL = ticket_bytes((*BODY, Cut()), printer())
"""A ticket whose code the printer draws itself: some hundred bytes, so that each can be the last."""
SMALL_COPY = ticket_bytes((Title("SALINAN"), *BODY, Cut()), printer())
WHOLE, WHOLE_COPY = job(profile="TH230"), job(profile="TH230", copy=True)
"""A ticket as it is, with all its pictures."""

GOOD, NO_PROOF, ONLY_REPORTS, MUTE = ("status", "report", "proof"), ("status",), ("report",), ()
TAKEN = ticket()
SURE = (Outcome.PRINTED, Outcome.FAILED, Outcome.PAPERLESS)


class Visit:
    """One ticket at a kiosk with these printers, of which the first fails at a byte."""

    def __init__(self, first: Collection[str], second: Collection[str] | None, *, small: bool = True) -> None:
        self.paper, self.copy = (SMALL, SMALL_COPY) if small else (WHOLE, WHOLE_COPY)
        clock = VirtualClock()
        knowing = [first] if second is None else [first, second]
        self.cables = [Cable(knows, clock) for knows in knowing]
        self.outlets = Outlets([Outlet(printer_on(cable), self._compose) for cable in self.cables])
        self.outlets.ask()  # as a kiosk has, long before

    def _compose(self, _ticket: Ticket, _language: str, *, copy: bool = False) -> bytes:
        return self.copy if copy else self.paper

    def fails(self, fault: str, at: int) -> Paper:
        """The ticket is printed, and `fault` strikes at byte `at` of it."""
        self.cables[0].fault, self.cables[0].at = fault, at
        return self.outlets.print(TAKEN, "id")

    def lying(self) -> list[bytes]:
        """The whole papers that have come out; a half one is cut off by itself."""
        cut = [paper for cable in self.cables for paper in cable.inside.jobs]
        assert all(self.paper not in paper[:-1] and paper[:1] == b"\x1b" for paper in cut)
        return [paper for paper in cut if paper in (self.paper, self.copy)]

    def mend(self) -> None:
        """All is well again; what was held back comes out."""
        for cable in self.cables:
            cable.mend()


def check(visit: Visit, paper: Paper) -> None:
    """What lies there is what was told, and no paper without SALINAN lies there twice, now or later."""
    told, lying = paper.all, visit.lying()
    if all(one.outcome in SURE for one in told):
        assert len(lying) == sum(one.outcome is Outcome.PRINTED for one in told)
    begun = [one for one in told if one.outcome is not Outcome.PAPERLESS]
    assert [one.is_copy for one in begun] == [n > 0 for n in range(len(begun))]
    visit.mend()
    later = visit.lying()
    assert later.count(visit.paper) <= 1
    assert later.count(visit.copy) <= sum(one.is_copy for one in told)


def play(visits: Iterable[tuple[Visit, int]], fault: str) -> None:
    """In each of these the fault strikes at that byte; then all is well again, and the next ticket comes out whole."""
    for visit, byte in visits:
        check(visit, visit.fails(fault, byte))
        before = len(visit.lying())
        visit.outlets.ask()
        again = visit.outlets.print(TAKEN, "id")
        assert again.outcome is Outcome.PRINTED or visit.cables[0].knows is MUTE
        assert len(visit.lying()) == before + 1


EVERY_BYTE = range(len(SMALL) + 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_byte_of_a_ticket_may_be_the_last(fault: str) -> None:
    play(((Visit(GOOD, None), byte) for byte in EVERY_BYTE), fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_at_every_byte_the_second_printer_may_have_to_take_over(fault: str) -> None:
    for byte in EVERY_BYTE:
        visit = Visit(GOOD, GOOD)
        paper = visit.fails(fault, byte)
        assert paper.outcome is Outcome.PRINTED  # the visitor has a paper in the hand
        check(visit, paper)


@pytest.mark.parametrize("knows", [NO_PROOF, ONLY_REPORTS, MUTE], ids=str)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_clone_that_knows_less_fails_no_worse(fault: str, knows: Collection[str]) -> None:
    play(((Visit(knows, None), byte) for byte in EVERY_BYTE[::7]), fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_ticket_with_all_its_pictures_fails_no_otherwise(fault: str) -> None:
    play(((Visit(GOOD, None, small=False), byte) for byte in (0, 1, 511, 512, 3000, len(WHOLE) - 1, len(WHOLE))), fault)


HURRY = Patience(road=0.3, answer=0.3, probe=0.3, proof=1.0, look=0.05, settle=0.1)


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        ("drop", {Outcome.FAILED, Outcome.UNKNOWN}),  # by how much was on its way already
        ("paper_out", {Outcome.UNKNOWN}),
        ("silent", {Outcome.UNKNOWN}),
    ],
)
def test_over_tcp_it_is_no_otherwise(fault: str, outcomes: set[Outcome]) -> None:
    with FakePrinter() as first, FakePrinter() as second:
        settings = [Settings(road="network", address=fake.address) for fake in (first, second)]
        outlets = Outlets([Outlet(Printer(one, patience=HURRY), _whole) for one in settings])
        outlets.ask()
        first.fault(fault, after=3000)
        told = outlets.print(TAKEN, "id").all
        assert (told[0].outcome in outcomes, told[-1].outcome, told[-1].is_copy) == (True, Outcome.PRINTED, True)
        assert first.jobs == ([WHOLE] if fault == "silent" else [])
        assert second.jobs == [WHOLE_COPY]


def _whole(_ticket: Ticket, _language: str, *, copy: bool = False) -> bytes:
    return WHOLE_COPY if copy else WHOLE
