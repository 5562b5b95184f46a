"""The technician's pages as values, of a kiosk of Paser whose second printer is out of paper. No Qt."""

from demo.kiosk_scenes import ADDRESS, NOW
from kiosk.inspection import Facts, Glass, Leaf, Page, cleaning_leaf, leaf_of, no_pin_leaf, pin_leaf
from kiosk.log_tail import LogLine
from kiosk.outlets import Paper
from kiosk.printer_status import Health
from shared import __version__
from shared.hall import Printer
from shared.model import Outcome
from shared.words import Words

FACTS = Facts(
    kiosk="Mesin tiket Lantai 1",
    version=__version__,
    hub=ADDRESS,
    hub_up=True,
    configuration=3,
    folder="~/.local/share/antre-kios-1",
    glass=Glass((1920, 1080), (476, 268), 1.0, 1.0, 81),
    printers=(Printer(road="network", address="192.168.10.60:9100"), Printer(road="usb", address="04b8:0e15")),
    healths=(Health(certain=True, knows=("DLE EOT 1 2 3 4", "GS ( H")), Health(("paper_out",))),
    printed_at={0: NOW},
    trials=(Paper(0, Outcome.PRINTED), Paper(0, Outcome.FAILED, "paper_out", by=1)),
    metres=78.4,
    tickets=602,
    volume=80,
    voice=True,
)
LINES = tuple(
    LogLine("2026-02-12", f"09:{41 - n:02d}:07", "WARNING" if n == 2 else "INFO", text)  # noqa: PLR2004  -- one of them
    for n, text in enumerate(
        (
            "ticket K-012 printed by 192.168.10.60:9100",
            "ticket A-031 printed by 192.168.10.60:9100",
            "printer 04b8:0e15: paper_out",
            "ticket S-007 printed by 192.168.10.60:9100",
            "the hub is there again",
        )
    )
)


def leaves(words: Words) -> dict[str, Leaf]:
    """Every page of the technician by its name."""
    behind = {f"technician-{page}": leaf_of(page, FACTS, words, LINES) for page in Page if page not in _BEFORE}
    return {
        "technician-pin": pin_leaf(words, typed=2, told=""),
        "technician-no-pin": no_pin_leaf(words),
        "cleaning": cleaning_leaf(words, 24),
    } | behind


_BEFORE = (Page.PIN, Page.CLEANING)
