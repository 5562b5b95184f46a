"""How much paper a job takes, read from its bytes. Pure."""

from shared.receipt.escpos import papers
from shared.receipt.paint import KNIFE

_MM_PER_DOT = 25.4 / 203
UNKNOWN_MM = 130.0
"""Of a job that a printer understands and we do not."""


def length_mm(job: bytes) -> float:
    """All its papers together, in mm."""
    try:
        dots = sum(KNIFE + sum(band.height for band in paper.bands) for paper in papers(job))
    except ValueError:
        return UNKNOWN_MM
    return dots * _MM_PER_DOT
