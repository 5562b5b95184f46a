"""Copies that officers ask for: printed once each, told of, and not forgotten while the hub is away."""

import pytest

from kiosk.kiosk import Kiosk
from kiosk.printer import Health
from kiosk.scene import Stage
from shared.model import Kind, Outcome
from shared.wire import OpenReprint, TakeTicket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInLink, StandInPrinter

pytestmark = pytest.mark.usefixtures("kiosk")


def ask(hub: SmallHub, link: StandInLink, number: int = 7, kiosk: str = "kiosk-1") -> None:
    """An officer asks for a copy."""
    ticket = hub.issue(TakeTicket(service="k-0", language="en"))
    hub.copies.append(OpenReprint(id=number, ticket=ticket))
    link.happens(Kind.REPRINT_ASKED, ticket, code=kiosk)


def told(hub: SmallHub) -> list[tuple[Outcome, str, bool, int | None]]:
    return [(paper.outcome, paper.code, paper.is_copy, paper.reprint) for _, paper in hub.papers]


def test_a_copy_is_printed_in_the_ticket_s_language_and_says_so(
    kiosk: Kiosk, hub: SmallHub, link: StandInLink, printer: StandInPrinter, until: Until
) -> None:
    ask(hub, link)
    until(lambda: hub.papers)
    assert printer.printed == [b"K-001 en SALINAN"]
    assert told(hub) == [(Outcome.PRINTED, "", True, 7)]
    assert kiosk.scene.stage is Stage.CHOOSING  # whoever stands here is not disturbed


def test_what_is_asked_of_another_kiosk_is_not_looked_for(hub: SmallHub, link: StandInLink, until: Until) -> None:
    ask(hub, link, kiosk="kiosk-2")
    hub.copies.clear()
    ask(hub, link, 8)
    until(lambda: hub.papers)
    assert [paper.reprint for _, paper in hub.papers] == [8]


def test_a_copy_that_cannot_be_printed_is_told_with_the_printers_trouble(
    hub: SmallHub, link: StandInLink, printer: StandInPrinter, until: Until
) -> None:
    printer.now = Health(troubles=("cover_open",))
    ask(hub, link)
    until(lambda: hub.papers)
    assert (printer.printed, told(hub)) == ([], [(Outcome.FAILED, "cover_open", True, 7)])


def test_copies_asked_for_while_the_line_was_cut_are_printed_once_when_it_is_back(
    hub: SmallHub, link: StandInLink, printer: StandInPrinter, until: Until
) -> None:
    link.goes_away()
    ask(hub, link, 7)
    ask(hub, link, 8)
    link.comes_up()
    until(lambda: len(hub.papers) == 2)
    link.goes_away()
    link.comes_up()
    ask(hub, link, 9)
    until(lambda: len(hub.papers) == 3)
    assert [paper.reprint for _, paper in hub.papers] == [7, 8, 9]
    assert len(printer.printed) == 3
