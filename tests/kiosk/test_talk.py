"""Conversations with printers that are hard to meet: half-knowing, chattering, dying at the wrong moment."""

from collections.abc import Callable

import pytest

from kiosk.printer_status import Health
from kiosk.talk import Known, Patience, Talk
from shared.model import Outcome
from shared.trouble import Trouble

HURRY = Patience(answer=0.05, probe=0.05, proof=0.2, look=0.02, settle=0.1)
JOB = b"\x1b@Halo\n\x1dV\x01"


class Scripted:
    """A line whose printer answers by `answer`: what was sent → what comes back. Its waits take no time at all."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self.sent: list[bytes] = []
        self.broken = False
        self._answer, self._waiting = answer, b""

    def send(self, data: bytes) -> None:
        self.sent.append(data)
        self._waiting += self._answer(data)

    def receive(self, within_s: float) -> bytes:
        assert within_s >= 0
        if self.broken:
            raise ConnectionResetError
        waiting, self._waiting = self._waiting, b""
        return waiting


def well(data: bytes) -> bytes:
    return b"\x12" if data.startswith(b"\x10\x04") else b""


def only(*asked: int) -> Callable[[bytes], bytes]:
    return lambda data: b"\x12" if data[:2] == b"\x10\x04" and data[2] in asked else b""


def test_a_clone_is_asked_only_what_it_once_answered() -> None:
    line, known = Scripted(only(1, 4)), Known()
    assert Talk(line, known, HURRY).health() == Health()
    line.sent.clear()
    assert Talk(line, known, HURRY).health() == Health()
    assert line.sent == [b"\x10\x04\x01", b"\x10\x04\x04"]


def test_a_printer_that_fell_silent_is_asked_everything_anew() -> None:
    known = Known()
    Talk(Scripted(only(1, 4)), known, HURRY).health()
    Talk(Scripted(only()), known, HURRY).health()
    assert known.asked == [1, 2, 3, 4]


def test_an_answer_that_came_too_late_is_not_taken_for_the_next_ones() -> None:
    line = Scripted(lambda data: b"\x12" if data == b"\x10\x04\x04" else b"\x12\x7e")
    assert Talk(line, Known(), HURRY).health() == Health()


def by_itself(report: str) -> Callable[[bytes], bytes]:
    """A printer that knows no DLE EOT, but GS a."""
    return lambda data: bytes.fromhex(report) if b"\x1da" in data else b""


def test_a_printer_that_answers_no_question_but_tells_of_itself_is_believed() -> None:
    known = Known()
    assert Talk(Scripted(by_itself("18 00 0c 0f")), known, HURRY).health() == Health(("paper_out",))
    assert Talk(Scripted(by_itself("10 00 00 0f")), known, HURRY).health() == Health()
    assert known.told == ("GS a",)


def test_what_a_clone_leaves_open_its_own_report_tells() -> None:
    half = lambda data: only(1, 4)(data) + by_itself("38 00 00 0f")(data)  # noqa: E731  -- a printer in a line
    assert Talk(Scripted(half), Known(), HURRY).health() == Health(("cover_open",))


def test_a_clone_that_takes_gs_a_for_text_is_asked_once_however_often_it_falls_silent() -> None:
    line, known = Scripted(only()), Known()
    for _ in range(3):
        assert Talk(line, known, HURRY).health().state == "printer_silent"
    assert [data for data in line.sent if b"\x1da" in data] == [b"\x1da\x0e\x1b@"]


def test_a_printer_that_tells_of_itself_is_told_to_within_the_job_too() -> None:
    line = Scripted(by_itself("10 00 00 0f"))
    assert Talk(line, Known(), HURRY).print(JOB, "0001") is Outcome.PRINTED
    assert b"\x1b@\x1da\x0e" + JOB[2:] in line.sent


def test_whether_it_can_prove_is_asked_once() -> None:
    line, known = Scripted(well), Known()
    for _ in range(3):
        Talk(line, known, HURRY).learn()
    assert len(line.sent) == 1
    assert known.proves is False


def test_a_line_that_breaks_after_the_whole_job_leaves_it_unknown() -> None:
    line = Scripted(well)

    def dying(data: bytes) -> bytes:
        line.broken = JOB in data
        return well(data)

    line = Scripted(dying)
    assert Talk(line, Known(answers=True, proves=True), HURRY).print(JOB, "0001") is Outcome.UNKNOWN


def test_a_line_that_breaks_within_the_job_printed_no_whole_ticket() -> None:
    def dying(data: bytes) -> bytes:
        if JOB in data:
            raise BrokenPipeError
        return well(data)

    with pytest.raises(Trouble) as raised:
        Talk(Scripted(dying), Known(answers=True, proves=True), HURRY).print(JOB, "0001")
    assert raised.value.code == "printer_offline"


def test_a_printer_that_stays_well_without_its_proof_leaves_the_job_unknown() -> None:
    assert Talk(Scripted(well), Known(answers=True, proves=True), HURRY).print(JOB, "0001") is Outcome.UNKNOWN


def test_the_proof_of_another_job_is_none_of_this() -> None:
    line = Scripted(lambda data: b"\x37\x220007\x00" if JOB in data else well(data))
    assert Talk(line, Known(answers=True, proves=True), HURRY).print(JOB, "0008") is Outcome.UNKNOWN


def test_a_roll_that_ends_with_the_ticket_still_printed_it() -> None:
    sent: list[bytes] = []

    def last_paper(data: bytes) -> bytes:
        sent.append(data)
        if not any(JOB in earlier for earlier in sent) or JOB in data:
            return well(data)
        return b"\x37\x220001\x00\x72" if data == b"\x10\x04\x04" else well(data)

    assert Talk(Scripted(last_paper), Known(answers=True, proves=True), HURRY).print(JOB, "0001") is Outcome.PRINTED
