"""A printer asked and given jobs, over a real TCP connection to a printer of software with the faults of real ones."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from demo.fake_printer import FakePrinter
from kiosk.one_way import Memory
from kiosk.printer import Health, Patience, Printer
from shared.hall import Printer as Settings
from shared.model import Outcome
from shared.trouble import Trouble
from tests.kiosk.tickets import job

HURRY = Patience(road=0.3, answer=0.3, probe=0.3, proof=2.0, look=0.05, settle=0.2)
JOB = job()


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    with FakePrinter() as fake:
        yield fake


@pytest.fixture
def printer(fake: FakePrinter) -> Printer:
    return over_network(fake)


def over_network(fake: FakePrinter, patience: Patience = HURRY) -> Printer:
    return Printer(Settings(road="network", address=fake.address), patience=patience)


def trouble_of(call: Callable[[], object]) -> str:
    with pytest.raises(Trouble) as raised:
        call()
    return raised.value.code


def outcome_of(printer: Printer) -> Outcome:
    try:
        return printer.print(JOB)
    except Trouble:
        return Outcome.FAILED


# ---------------------------------------------------------------- health


def test_a_well_printer_says_so_for_certain(printer: Printer) -> None:
    assert printer.health() == Health((), certain=True)


@pytest.mark.parametrize(
    ("fault", "code"), [("paper_out", "paper_out"), ("cover_open", "cover_open"), ("error", "printer_error")]
)
def test_a_fault_is_known_for_certain(fake: FakePrinter, printer: Printer, fault: str, code: str) -> None:
    fake.fault(fault)
    assert printer.health() == Health((code,), certain=True)


@pytest.mark.parametrize(
    ("fault", "state"),
    [("paper_out", "paper_out"), ("cover_open", "cover_open"), ("error", "printer_error"), ("paper_low", "paper_low")],
)
def test_a_printer_that_only_reports_by_itself_tells_its_fault(fault: str, state: str) -> None:
    with FakePrinter(knows=["report"]) as clone:
        printer = over_network(clone, replace(HURRY, answer=1.0))  # its report is waited for, on a busy machine too
        assert printer.health().knows == ("GS a",)
        assert printer.print(JOB) is Outcome.PRINTED
        clone.fault(fault)
        # While it holds its commands back it reads no GS a: a fault that was there before is silence.
        assert printer.health().state in {state, "printer_silent"}
        assert clone.jobs == [JOB]


def test_a_low_roll_is_no_trouble(fake: FakePrinter, printer: Printer) -> None:
    fake.fault("paper_low")
    assert printer.health() == Health((), paper_low=True)


def test_a_silent_printer_is_unknown(fake: FakePrinter, printer: Printer) -> None:
    fake.fault("silent")
    assert printer.health() == Health(("printer_silent",), certain=False)


def test_an_unplugged_printer_is_offline_for_certain(fake: FakePrinter, printer: Printer) -> None:
    fake.fault("refuse")
    assert printer.health() == Health(("printer_offline",), certain=True)


@pytest.mark.parametrize("fault", ["paper_out", "silent", "refuse"])
def test_it_is_well_again_by_itself(fake: FakePrinter, printer: Printer, fault: str) -> None:
    fake.fault(fault)
    assert printer.health().troubles
    fake.well()
    assert printer.health() == Health()


def test_asking_for_health_prints_nothing(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    printer.print(JOB)
    assert fake.jobs == [JOB]


def test_the_probe_of_a_clone_that_takes_it_for_text_leaves_no_trace() -> None:
    with FakePrinter(knows=["status"]) as clone:
        printer = over_network(clone)
        printer.health()
        printer.print(JOB)
        assert clone.wait_for_jobs(1) == [JOB]


# ---------------------------------------------------------------- printing


def test_a_ticket_is_printed_when_the_printer_has_proven_it(fake: FakePrinter, printer: Printer) -> None:
    assert printer.print(JOB) is Outcome.PRINTED
    assert fake.jobs == [JOB]


def test_each_job_is_printed_once(fake: FakePrinter, printer: Printer) -> None:
    assert [printer.print(JOB) for _ in range(5)] == [Outcome.PRINTED] * 5
    assert fake.jobs == [JOB] * 5


@pytest.mark.parametrize(
    ("fault", "code"), [("paper_out", "paper_out"), ("cover_open", "cover_open"), ("error", "printer_error")]
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    fake: FakePrinter, printer: Printer, fault: str, code: str
) -> None:
    fake.fault(fault)
    assert trouble_of(lambda: printer.print(JOB)) == code
    fake.well()
    assert fake.jobs == []


def test_paper_that_ends_within_a_ticket_is_told(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    fake.fault("paper_out", after=3000)
    assert trouble_of(lambda: printer.print(JOB)) == "paper_out"
    assert fake.jobs == []


def test_what_a_printer_held_back_comes_out_with_the_new_roll(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    fake.fault("paper_out", after=3000)
    trouble_of(lambda: printer.print(JOB))
    fake.well()
    assert fake.jobs == [JOB]


def test_a_power_cycle_loses_it_and_the_next_ticket_is_whole(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    fake.fault("paper_out", after=3000)
    trouble_of(lambda: printer.print(JOB))
    fake.power_cycle()
    fake.well()
    assert printer.print(JOB) is Outcome.PRINTED
    assert fake.jobs == [JOB]


def test_an_unplugged_printer_printed_nothing_for_certain(fake: FakePrinter, printer: Printer) -> None:
    fake.fault("refuse")
    assert trouble_of(lambda: printer.print(JOB)) == "printer_offline"


def test_a_printer_that_goes_silent_with_the_job_leaves_it_unknown(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    fake.fault("silent", after=100)
    assert printer.print(JOB) is Outcome.UNKNOWN


def test_a_printer_that_never_answers_gets_the_job_all_the_same() -> None:
    with FakePrinter(knows=[]) as mute:
        printer = over_network(mute)
        assert printer.health() == Health(("printer_silent",), certain=False)
        assert printer.print(JOB) is Outcome.UNKNOWN
        assert mute.wait_for_jobs(1) == [JOB]


def test_a_known_mute_is_not_asked_again_before_each_ticket() -> None:
    with FakePrinter(knows=[]) as mute:
        printer = over_network(mute)
        printer.health()
        asked = mute.questions
        printer.print(JOB)
        mute.wait_for_jobs(1)
        assert mute.questions == asked


def test_a_line_cut_within_a_job_is_never_called_printed(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    fake.fault("drop", after=3000)
    assert outcome_of(printer) in {Outcome.UNKNOWN, Outcome.FAILED}  # by how much was on its way already
    assert fake.jobs == []


def test_a_clone_that_cannot_prove_is_believed_when_it_stays_well() -> None:
    with FakePrinter(knows=["status"]) as clone:
        assert over_network(clone).print(JOB) is Outcome.PRINTED
        assert clone.wait_for_jobs(1) == [JOB]


def test_a_clone_that_cannot_prove_is_watched_for_trouble() -> None:
    with FakePrinter(knows=["status"]) as clone:
        printer = over_network(clone)
        printer.health()
        clone.fault("paper_out", after=3000)
        assert trouble_of(lambda: printer.print(JOB)) == "paper_out"


def test_a_slow_printer_is_waited_for(fake: FakePrinter, printer: Printer) -> None:
    printer.health()
    fake.fault("slow")
    assert over_network(fake, Patience(look=0.2)).print(JOB) is Outcome.PRINTED


# ---------------------------------------------------------------- roads without an answer


def test_memory_keeps_jobs() -> None:
    printer = Printer(Settings(road="memory"))
    assert printer.print(JOB) is Outcome.PRINTED
    assert isinstance(printer.road, Memory)
    assert printer.road.jobs == [JOB]


def test_a_file_takes_every_job_and_nobody_knows_more(tmp_path: Path) -> None:
    printer = Printer(Settings(road="file", address=str(tmp_path / "paper.bin")))
    assert printer.health() == Health(certain=False)
    assert [printer.print(JOB), printer.print(JOB)] == [Outcome.UNKNOWN] * 2
    assert (tmp_path / "paper.bin").read_bytes() == JOB + JOB


def test_a_kiosk_without_a_printer_is_well_and_prints_nothing() -> None:
    printer = Printer(Settings(road="none"))
    assert printer.health().troubles == ()
    assert trouble_of(lambda: printer.print(JOB)) == "printer_offline"
