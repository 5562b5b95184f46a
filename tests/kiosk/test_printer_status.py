"""What a printer's answers mean."""

import pytest

from kiosk.printer_status import SILENT, UNKNOWN, UNREACHABLE, Health, Inbox, answers_in, ask, ask_for_proof, health_of

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def test_a_printer_that_answers_no_trouble_is_well() -> None:
    assert health_of(WELL) == Health((), paper_low=False, certain=True)


def test_silence_is_neither_fine_nor_broken() -> None:
    assert health_of({}) == SILENT == Health(("printer_silent",), certain=False)


@pytest.mark.parametrize(
    ("asked", "bit", "troubles"),
    [
        (1, 0x08, ("printer_offline",)),
        (2, 0x04, ("cover_open",)),
        (2, 0x20, ("paper_out",)),
        (2, 0x40, ("printer_error",)),
        (3, 0x04, ("printer_error",)),
        (3, 0x08, ("printer_error",)),
        (3, 0x20, ("printer_error",)),
        (3, 0x40, ("printer_error",)),
        (4, 0x60, ("paper_out",)),
    ],
)
def test_each_bit_of_trouble_has_its_code(asked: int, bit: int, troubles: tuple[str, ...]) -> None:
    assert health_of({**WELL, asked: 0x12 | bit}).troubles == troubles


@pytest.mark.parametrize(("asked", "bit"), [(1, 0x04), (2, 0x08)])
def test_a_cash_drawer_and_a_finger_on_the_feed_button_are_no_trouble(asked: int, bit: int) -> None:
    assert health_of({**WELL, asked: 0x12 | bit}) == Health()


def test_a_roll_near_its_end_is_a_fact_and_no_trouble() -> None:
    assert health_of({**WELL, 4: 0x1E}) == Health((), paper_low=True)


def test_offline_for_a_known_cause_is_that_cause_and_named_once() -> None:
    assert health_of({1: 0x1A, 2: 0x36, 3: 0x12, 4: 0x7E}).troubles == ("cover_open", "paper_out")


def test_a_clone_that_answers_only_some_questions_is_judged_by_those() -> None:
    assert health_of({1: 0x1A}).troubles == ("printer_offline",)


def test_questions_are_those_of_the_reference() -> None:
    assert ask(4) == b"\x10\x04\x04"
    assert ask_for_proof("0042") == bytes.fromhex("1d 28 48 06 00 30 30") + b"0042"


def test_statuses_and_proofs_are_sorted_out_of_what_comes() -> None:
    inbox = Inbox()
    inbox.take(b"\x12\x37\x220042\x00\x1a")
    assert (inbox.statuses, inbox.proofs) == ([0x12, 0x1A], {"0042"})


@pytest.mark.parametrize("cut", range(1, 7))
def test_a_proof_that_comes_in_two_pieces_is_whole(cut: int) -> None:
    proof, inbox = b"\x37\x222626\x00", Inbox()
    inbox.take(proof[:cut])
    inbox.take(proof[cut:])
    assert (inbox.statuses, inbox.proofs) == ([], {"2626"})


@pytest.mark.parametrize(
    ("report", "health"),
    [
        ("10 00 00 0f", Health()),
        ("14 00 00 00", Health()),  # a cash drawer
        ("10 00 03 0f", Health(paper_low=True)),
        ("18 00 0c 0f", Health(("paper_out",))),
        ("38 00 00 0f", Health(("cover_open",))),
        ("38 00 0f 0f", Health(("cover_open", "paper_out"), paper_low=True)),
        ("18 04 00 0f", Health(("printer_error",))),
        ("18 08 00 0f", Health(("printer_error",))),
        ("18 20 00 0f", Health(("printer_error",))),
        ("18 40 00 0f", Health(("printer_error",))),
        ("18 00 00 0f", Health(("printer_offline",))),
    ],
)
def test_a_report_of_its_own_says_as_much_as_the_four_answers(report: str, health: Health) -> None:
    assert health_of(answers_in(bytes.fromhex(report))) == health


def test_reports_are_told_from_answers_and_proofs_wherever_they_come() -> None:
    inbox = Inbox()
    for piece in (b"\x12\x18\x00", b"\x0c", b"\x0f\x12", b"\x37\x22401", b"0\x00\x10\x00\x00\x0f\x1a"):
        inbox.take(piece)
    assert (inbox.statuses, inbox.proofs) == ([0x12, 0x12, 0x1A], {"4010"})
    assert (inbox.reports, inbox.report) == (2, bytes.fromhex("10 00 00 0f"))


@pytest.mark.parametrize(
    ("health", "state"),
    [
        (Health(), "fine"),
        (Health(paper_low=True), "paper_low"),
        (Health(("cover_open", "paper_out")), "cover_open"),
        (SILENT, "printer_silent"),
        (UNREACHABLE, "printer_offline"),
        (UNKNOWN, "unknown"),
    ],
)
def test_each_health_has_one_word(health: Health, state: str) -> None:
    assert health.state == state


@pytest.mark.parametrize("noise", [b"\x11\x13", b"\x10\x00\x00\x00", b"\x00\xff"])
def test_flow_control_and_unasked_reports_are_no_answers(noise: bytes) -> None:
    inbox = Inbox()
    inbox.take(noise)
    assert inbox.statuses == []


@pytest.mark.parametrize(
    ("health", "paper"),
    [
        (health_of(WELL), {"paper": "enough"}),
        (health_of({**WELL, 4: 0x1E}), {"paper": "low"}),
        (health_of({**WELL, 4: 0x72}), {"paper": "out"}),
        (health_of({1: 0x12}), {}),
        (SILENT, {}),
        (UNREACHABLE, {}),
        (UNKNOWN, {}),
    ],
)
def test_of_the_paper_the_hub_hears_only_what_the_printer_said(health: Health, paper: dict[str, str]) -> None:
    assert health.paper == paper
