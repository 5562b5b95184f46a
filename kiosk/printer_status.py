"""What a printer says of itself: its answers to DLE EOT 1–4, GS a and GS ( H, read by ourselves. Pure.

python-escpos's paper_status() gives a definite answer even where the printer said nothing; here silence is
silence. Bits after Epson's ESC/POS reference, DLE EOT, GS a and GS ( H <Function 48>.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.stored_logo import KEYS

ASKED = (1, 2, 3, 4)
"""DLE EOT 1 printer · 2 cause of being offline · 3 cause of an error · 4 paper."""

_FIXED, _FIXED_BITS = 0x93, 0x12
"""Bits 0 and 7 off, 1 and 4 on: every answer to DLE EOT, and nothing else a printer sends."""
_PROOF = re.compile(rb"\x37\x22([\x20-\x7e]{4})\x00", re.DOTALL)


def _class(mask: int, bits: int) -> bytes:
    """A pattern for one byte whose bits under `mask` are `bits`."""
    return b"[" + b"".join(b"\\x%02x" % byte for byte in range(256) if byte & mask == bits) + b"]"


_REPORT_HEAD, _REPORT_REST = _class(_FIXED, 0x10), _class(0x90, 0x00)
"""Four bytes by themselves (ASB): of the first bit 4 on, bits 0, 1 and 7 off; of the others bits 4 and 7 off."""
_REPORT = re.compile(_REPORT_HEAD + _REPORT_REST + b"{3}", re.DOTALL)
_BEGUN = re.compile(
    rb"(?:\x37(?:\x22[\x20-\x7e]{0,4}|\x72(?:[\x40\x41][0-9]*)?)?|" + _REPORT_HEAD + _REPORT_REST + b"{0,2})$",
    re.DOTALL,
)


@dataclass(frozen=True)
class Health:
    """How a printer is. `troubles`: codes of shared.trouble, worst first; empty: nothing known against it.

    `certain`: it said so itself. Silence is neither fine nor broken: `printer_silent`, not certain; a road
    on which no printer can answer gives no trouble, not certain either. `paper_low`: the roll nears its end;
    None where the printer does not say.
    `aside`: what the staff should hear of though tickets come out. `second`: the state of a second printer, where
    there is one. `knows`: the questions it was found to answer, for the health page.
    """

    troubles: tuple[str, ...] = ()
    paper_low: bool | None = False
    certain: bool = True
    aside: tuple[str, ...] = ()
    second: str = ""
    knows: tuple[str, ...] = field(default=(), compare=False)

    @property
    def prints_not(self) -> bool:
        """Whether it is certain that it cannot print now."""
        return self.certain and bool(self.troubles)

    @property
    def state(self) -> str:
        """In one word: the worst trouble, `paper_low`, `fine`, or `unknown` on a road where nobody can answer."""
        if self.troubles:
            return self.troubles[0]
        if self.paper_low:
            return "paper_low"
        return "fine" if self.certain else "unknown"

    @property
    def news(self) -> tuple[str, ...]:
        """What the staff should hear of: the troubles, and a roll that nears its end."""
        return (*self.aside, *self.troubles, *(("paper_low",) if self.paper_low else ()))

    @property
    def paper(self) -> dict[str, str]:
        """What the printer itself says of its roll, as a fact for the hub; nothing where it did not say."""
        if "paper_out" in self.troubles:
            return {"paper": "out"}
        if not self.certain or self.paper_low is None or "printer_offline" in self.troubles:
            return {}
        return {"paper": "low" if self.paper_low else "enough"}


SILENT = Health(("printer_silent",), certain=False)
UNREACHABLE = Health(("printer_offline",))
UNKNOWN = Health(certain=False)

_TROUBLES = (
    # (asked, bits, trouble): the bits that mean it. An open cover comes first: its cure is the plainest.
    (2, 0x04, "cover_open"),
    (2, 0x20, "paper_out"),
    (4, 0x60, "paper_out"),
    (2, 0x40, "printer_error"),
    (3, 0x6C, "printer_error"),
)
_OFFLINE = 0x08
_LOW = 0x0C


def ask(asked: int) -> bytes:
    """DLE EOT."""
    return bytes((0x10, 0x04, asked))


REPORT = b"\x1da\x0e"
"""GS a: tell by yourself (ASB) of being offline, of errors and of paper; the state of now comes at once."""


def ask_for_proof(job: str) -> bytes:
    """GS ( H <Function 48>: answer with `job` (four printable characters) when all before this is printed."""
    return b"\x1d(H\x06\x0000" + job.encode("ascii")


def health_of(answers: Mapping[int, int]) -> Health:
    """What the answers to DLE EOT mean: asked → byte. None at all is silence."""
    if not answers:
        return SILENT
    found = dict.fromkeys(code for asked, bits, code in _TROUBLES if answers.get(asked, 0) & bits)
    if not found and answers.get(1, 0) & _OFFLINE:
        found["printer_offline"] = None
    return Health(tuple(found), paper_low=bool(answers[4] & _LOW) if 4 in answers else None)  # noqa: PLR2004  -- as in ASKED


def answers_in(report: bytes) -> dict[int, int]:
    """What an automatic report of four bytes says, as the answers to DLE EOT would say it."""
    lever, faults, paper, _ = report
    out, low = paper & _REPORT_OUT, paper & _REPORT_LOW
    return {
        1: _FIXED_BITS | lever & _OFFLINE,
        2: _FIXED_BITS | 0x04 * bool(lever & _REPORT_COVER) | 0x20 * bool(out) | 0x40 * bool(faults & _ERROR),
        3: _FIXED_BITS | faults & _ERROR,
        4: _FIXED_BITS | 0x60 * bool(out) | _LOW * bool(low),
    }


_REPORT_COVER, _REPORT_OUT, _REPORT_LOW = 0x20, 0x0C, 0x03
_ERROR = 0x6C


class Inbox:
    """Bytes from a printer, sorted into answers to DLE EOT, reports of its own and proofs; all else is dropped.

    `report`: the newest report it gave by itself; None before the first. `reports`: how many came.
    `keys`: the keys of what it keeps in its memory, each time that it told them.
    """

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.proofs: set[str] = set()
        self.report: bytes | None = None
        self.reports = 0
        self.keys: list[list[str]] = []
        self._rest = b""

    def take(self, data: bytes) -> None:
        """Sort what has come. A proof or a report that is not whole yet waits for its rest."""
        data = self._rest + data
        self.proofs |= {proof.decode("ascii") for proof in _PROOF.findall(data)}
        data = _PROOF.sub(b"", data)
        self.keys += [re.findall("..", keys.decode("ascii")) for keys in KEYS.findall(data)]
        data = KEYS.sub(b"", data)
        begun = _BEGUN.search(data)
        self._rest = begun.group() if begun else b""
        data = data.removesuffix(self._rest)
        reports = _REPORT.findall(data)
        self.reports += len(reports)
        self.report = reports[-1] if reports else self.report
        self.statuses += [byte for byte in _REPORT.sub(b"", data) if byte & _FIXED == _FIXED_BITS]
