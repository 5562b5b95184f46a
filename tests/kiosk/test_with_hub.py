"""The kiosk before a real hub, in a process of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from demo.play import wait_until
from kiosk.kiosk import Kiosk
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.scene import Stage
from shared.hall import Hall, Printer
from shared.model import Outcome, State
from shared.qt.link import HubLink
from shared.trouble import Trouble
from tests.hub.running import RunningHub, start_hub
from tests.kiosk.conftest import PATIENT, Until, Visitor
from tests.kiosk.stand_in import StandInPrinter
from tests.swallowing_road import RETURNS, swallowing_road


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for all tests that leave it alive."""
    with start_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[RunningHub]:
    """A hub for one test to kill."""
    with start_hub(tmp_path / "data") as hub:
        yield hub


Welcome = Callable[..., Visitor]


@pytest.fixture
def welcome(desk: PrintDesk, until: Until) -> Iterator[Welcome]:
    """A visitor before a kiosk of that hub."""
    opened: list[tuple[HubLink, Kiosk]] = []

    def visit(hub: RunningHub, address: str = "") -> Visitor:
        hall = Hall.model_validate(hub.get("/api/hall"))
        printing = hall.kiosks[0].model_copy(update={"printer": Printer(road="memory")})
        link = HubLink(address or hub.address)
        kiosk = Kiosk(link, desk, Place(hall, printing), pace=replace(PATIENT, health_s=0.2))
        opened.append((link, kiosk))
        kiosk.begin({"version": "test"})
        until(lambda: kiosk.queues()[0].waiting is not None)
        return Visitor(kiosk, until)

    yield visit
    for link, kiosk in opened:
        link.close()
        kiosk.deleteLater()
        link.deleteLater()


@pytest.fixture
def visitor(welcome: Welcome, lasting: RunningHub) -> Visitor:
    return welcome(lasting)


def waiting(hub: RunningHub) -> dict[str, str | None]:
    """Who waits at the first counter, and what became of their paper."""
    return {ticket["number"]: ticket["paper"] for ticket in hub.get("/api/counters/loket-1")["waiting"]}


def test_a_touch_is_a_ticket_of_the_hub_and_its_paper_is_known(
    visitor: Visitor, lasting: RunningHub, printer: StandInPrinter
) -> None:
    ticket = visitor.takes("kependudukan-kk")
    assert (ticket.kiosk, ticket.state, len(ticket.token or "")) == ("kios-1", State.WAITING, 22)
    assert printer.printed == [f"{ticket.number} id".encode()]
    visitor.until(lambda: waiting(lasting).get(ticket.number) == "printed")


def test_the_tiles_hear_of_tickets_taken_elsewhere(visitor: Visitor, lasting: RunningHub) -> None:
    before = visitor.kiosk.queues()[0].waiting or 0
    lasting.take()
    visitor.until(lambda: visitor.kiosk.queues()[0].waiting == before + 1)


def test_a_wrong_choice_leaves_the_queue(visitor: Visitor, lasting: RunningHub) -> None:
    ticket = visitor.takes("umum-surat")
    assert ticket.number in waiting(lasting)
    visitor.kiosk.give_back()
    assert visitor.sees(Stage.CHOOSING).given_back == ticket.number
    assert ticket.number not in waiting(lasting)


def test_a_wrong_choice_whose_answer_is_lost_is_never_a_dead_number_on_the_screen(
    welcome: Welcome, mortal: RunningHub
) -> None:
    with swallowing_road(mortal.address, RETURNS) as road:
        visitor = welcome(mortal, road.address)
        ticket = visitor.takes("umum-surat")
        road.swallows = True
        visitor.kiosk.give_back()
        visitor.until(lambda: visitor.scene.unsure)
        assert ticket.number not in waiting(mortal)
        assert road.swallowed
        road.swallows = False
        assert visitor.sees(Stage.CHOOSING).given_back == ticket.number
        assert visitor.takes("umum-surat").number == "B-002"


def test_the_officers_hear_that_there_is_no_paper(
    visitor: Visitor, lasting: RunningHub, printer: StandInPrinter
) -> None:
    printer.fails = Trouble("paper_out")
    ticket = visitor.takes("umum-surat")
    assert visitor.scene.paper is Outcome.FAILED
    visitor.until(lambda: waiting(lasting).get(ticket.number) == "failed")


def test_the_health_page_knows_the_kiosk(visitor: Visitor, lasting: RunningHub) -> None:
    assert visitor.scene.stage is Stage.CHOOSING

    def known() -> bool:
        kiosk = next(device for device in lasting.get("/api/health")["devices"] if device["kind"] == "kiosk")
        return bool(kiosk["alive"]) and kiosk["facts"]["version"] == "test"

    visitor.until(known)


def test_a_hub_killed_and_started_again_finds_the_kiosk_and_its_numbers(welcome: Welcome, mortal: RunningHub) -> None:
    visitor = welcome(mortal)
    assert visitor.takes("kependudukan-ktp").number == "A-001"
    visitor.kiosk.home()
    mortal.kill()
    visitor.sees(Stage.SORRY)
    with start_hub(mortal.data, listen=mortal.address.removeprefix("http://")):
        visitor.sees(Stage.CHOOSING)
        assert visitor.takes("kependudukan-ktp").number == "A-002"


def test_a_press_into_a_dead_hub_is_one_number_when_pressed_again(welcome: Welcome, mortal: RunningHub) -> None:
    visitor = welcome(mortal)
    mortal.kill()
    visitor.touch("kependudukan-ktp")
    visitor.sees(Stage.SORRY)
    with start_hub(mortal.data, listen=mortal.address.removeprefix("http://")) as again:
        # While it is still being asked for, the press may be answered before the kiosk knows that the hub is back.
        visitor.until(lambda: visitor.scene.stage in (Stage.CHOOSING, Stage.DONE))
        if visitor.scene.stage is Stage.CHOOSING:
            visitor.touch("kependudukan-ktp")
        ticket = visitor.sees(Stage.DONE).ticket
        assert ticket is not None
        number = ticket.number
        # The lost press may have been settled first: then its number was taken and given back.
        wait_until(lambda: list(waiting(again)) == [number], "one number to wait")
