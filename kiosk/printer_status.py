"""What a printer says of itself: its answers to DLE EOT 1–4 and GS ( H, read by ourselves. Pure.

python-escpos's paper_status() gives a definite answer even where the printer said nothing; here silence is
silence. Bits after Epson's ESC/POS reference, DLE EOT and GS ( H <Function 48>.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ASKED = (1, 2, 3, 4)
"""DLE EOT 1 printer · 2 cause of being offline · 3 cause of an error · 4 paper."""

_FIXED, _FIXED_BITS = 0x93, 0x12
"""Bits 0 and 7 off, 1 and 4 on: every answer to DLE EOT, and nothing else a printer sends."""
_PROOF = re.compile(rb"\x37\x22([\x20-\x7e]{4})\x00", re.DOTALL)
_PROOF_BEGUN = re.compile(rb"\x37(\x22[\x20-\x7e]{0,4})?$", re.DOTALL)


@dataclass(frozen=True)
class Health:
    """How a printer is. `troubles`: codes of shared.trouble, worst first; empty: nothing known against it.

    `certain`: it said so itself. Silence is neither fine nor broken: `printer_silent`, not certain; a road
    on which no printer can answer gives no trouble, not certain either. `paper_low`: the roll nears its end;
    None where the printer does not say.
    """

    troubles: tuple[str, ...] = ()
    paper_low: bool | None = False
    certain: bool = True

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


class Inbox:
    """Bytes from a printer, sorted into answers to DLE EOT and proofs of print; all else is dropped."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.proofs: set[str] = set()
        self._rest = b""

    def take(self, data: bytes) -> None:
        """Sort what has come. A proof that is not whole yet waits for its rest."""
        data = self._rest + data
        begun = _PROOF_BEGUN.search(data)
        self._rest = begun.group() if begun else b""
        data = data.removesuffix(self._rest)
        self.proofs |= {proof.decode("ascii") for proof in _PROOF.findall(data)}
        self.statuses += [byte for byte in _PROOF.sub(b"", data) if byte & _FIXED == _FIXED_BITS]
