"""How many tickets a roll still holds, and when the staff hear of its end."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from kiosk.outlets import Paper
from kiosk.paper_length import UNKNOWN_MM, length_mm
from kiosk.printer import Health
from kiosk.roll_left import KeptRoll, RollLeft
from shared.model import Outcome
from shared.settings import Settings
from tests.kiosk.tickets import job

EMPTY, FINE = Health(("paper_out",)), Health()


class Desk(QObject):
    """As much of a desk as tells of papers."""

    health_came = Signal(object)
    paper_came = Signal(object)
    copy_came = Signal(int, object)
    trial_came = Signal(object)

    def prints(self, times: int, mm: float = 100.0) -> None:
        for _ in range(times):
            self.paper_came.emit(Paper(1, Outcome.PRINTED, mm=mm))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def kept(tmp_path: Path) -> KeptRoll:
    return KeptRoll(Settings(tmp_path / "kiosk.json"), "kiosk-1")


@pytest.fixture
def roll(desk: Desk, kept: KeptRoll) -> RollLeft:
    return RollLeft(desk, 10, kept)  # type: ignore[arg-type]  # as much of it as is asked


@pytest.mark.parametrize(
    ("printed", "left", "low"), [(0, 76, False), (10, 90, False), (60, 40, False), (61, 39, True), (200, 0, True)]
)
def test_ten_metres_are_a_hundred_tickets_of_ten_centimetres(
    desk: Desk, roll: RollLeft, printed: int, left: int, *, low: bool
) -> None:
    desk.prints(printed)
    assert (roll.tickets, roll.is_low) == (left, low)


def test_every_paper_of_a_number_counts_copies_too(desk: Desk, roll: RollLeft) -> None:
    first = Paper(1, Outcome.UNKNOWN, mm=100.0)
    desk.paper_came.emit(Paper(1, Outcome.PRINTED, is_copy=True, earlier=first, mm=100.0))
    desk.copy_came.emit(7, Paper(1, Outcome.PRINTED, is_copy=True, mm=100.0))
    desk.paper_came.emit(Paper(2, Outcome.PAPERLESS))
    assert roll.tickets == 97


@pytest.mark.parametrize(
    ("healths", "left"),
    [
        ([EMPTY, FINE], 76),
        ([Health(paper_low=True), FINE], 76),
        ([EMPTY, Health(("cover_open", "paper_out")), Health(("cover_open",)), FINE], 76),
        ([FINE, Health(("cover_open",)), FINE], 20),  # a jam
        ([EMPTY, Health(("printer_silent",), certain=False)], 20),
        ([EMPTY], 20),
        ([Health(aside=("second_prints", "paper_out")), FINE], 76),
        ([Health(aside=("second_fails", "paper_out")), FINE], 20),
    ],
)
def test_paper_that_was_out_and_is_there_again_is_a_new_roll(
    desk: Desk, roll: RollLeft, healths: list[Health], left: int
) -> None:
    desk.prints(80)
    for health in healths:
        desk.health_came.emit(health)
    assert roll.tickets == left


@pytest.mark.usefixtures("roll")
def test_a_kiosk_that_is_started_anew_goes_on_counting(desk: Desk, kept: KeptRoll) -> None:
    desk.prints(80)
    again = RollLeft(Desk(), 10, kept)  # type: ignore[arg-type]  # as above
    assert again.tickets == 20
    again.new_roll()
    assert RollLeft(Desk(), 10, kept).tickets == 76  # type: ignore[arg-type]  # as above


def test_where_nobody_said_how_long_a_roll_is_nothing_is_counted(desk: Desk) -> None:
    roll = RollLeft(desk, 0, None)  # type: ignore[arg-type]  # as above
    desk.prints(500)
    assert (roll.tickets, roll.is_low) == (None, False)


def test_a_ticket_is_as_long_as_its_lines_and_pictures() -> None:
    assert 90 < length_mm(job()) < 220
    assert length_mm(job() + job()) == pytest.approx(2 * length_mm(job()))
    assert length_mm(b"\x1c\x1c") == UNKNOWN_MM
