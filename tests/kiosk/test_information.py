"""What to know of a service before its number: shown where the site tells it, one touch more, never in the way."""

import pytest

from kiosk.kiosk import Kiosk
from kiosk.scene import Stage
from kiosk.screens.reader import texts
from kiosk.screens.window import KioskWindow
from shared.explained import cost_of, place_of, requirements_of
from shared.hall import Hall
from shared.trouble import Trouble
from shared.words import Words
from tests.kiosk.conftest import Visitor
from tests.kiosk.stand_in import SmallHub, a_hall
from tests.kiosk.test_screens import Eyes

EXPLAINED = {
    "requirements": ["KTP lama", "Fotokopi KK"],
    "requirements_en": ["Old KTP", "Copy of the family card"],
    "cost": "Gratis",
}


@pytest.fixture
def hall() -> Hall:
    """The first service of each agency is explained."""
    hall = a_hall()
    told = {agency.id: agency.services[0].model_copy(update=EXPLAINED) for agency in hall.agencies}
    agencies = [
        agency.model_copy(update={"services": [told[agency.id], *agency.services[1:]]}) for agency in hall.agencies
    ]
    return hall.model_copy(update={"agencies": agencies})


@pytest.fixture
def eyes(window: KioskWindow) -> Eyes:
    return Eyes(window)


def test_it_is_shown_before_the_number_and_one_button_takes_it(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.touch("agency-k")
    eyes.touch("service-k-0")
    assert eyes.reads("requirements") == "Yang perlu dibawa\nKTP lama\nFotokopi KK"
    facts = ["Biaya: Gratis", "Lama layanan: sekitar 7 menit", "Tempat: Tunggu di Lantai 1, loket 10–13"]
    assert eyes.reads("facts").split("\n") == facts
    assert hub.tickets == {}
    eyes.touch("take")
    ticket = visitor.sees(Stage.DONE).ticket
    assert ticket is not None
    assert (ticket.service, len(hub.tickets)) == ("k-0", 1)


def test_who_cannot_see_it_hears_it(eyes: Eyes) -> None:
    eyes.touch("agency-k")
    eyes.touch("service-k-0")
    heard = list(texts(eyes.window.information, Words("id")))
    assert "Yang perlu dibawa. KTP lama. Fotokopi KK" in heard


def test_a_service_without_it_needs_no_touch_more(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("agency-k")
    eyes.touch("service-k-1")
    assert visitor.sees(Stage.DONE).ticket is not None


def test_it_is_said_in_english_where_the_site_has_it_and_else_as_it_is(eyes: Eyes) -> None:
    eyes.touch("language-en")
    eyes.touch("agency-k")
    eyes.touch("service-k-0")
    assert eyes.reads("requirements") == "What to bring\nOld KTP\nCopy of the family card"
    assert eyes.reads("facts").startswith("Cost: Gratis")


@pytest.mark.parametrize(("agency", "service", "back_at"), [("k", "k-0", "k"), ("s", "s-0", None)])
def test_back_is_where_one_came_from(kiosk: Kiosk, agency: str, service: str, back_at: str | None) -> None:
    there = kiosk.hall.agency(agency)
    kiosk.choose_agency(there)
    kiosk.choose_service(there, kiosk.hall.service(service))
    shown = kiosk.scene.service
    kiosk.back()
    at = kiosk.scene.agency
    assert (shown is not None, at.id if at else None) == (True, back_at)


def test_a_refusal_after_it_leads_back_to_the_services(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    hub.refuses = Trouble("closed_today", opens="", why="")
    eyes.touch("agency-k")
    eyes.touch("service-k-0")
    eyes.touch("take")
    visitor.sees(Stage.SORRY)
    visitor.kiosk.resume()
    assert eyes.sees("service-k-1")


def test_a_hammered_button_is_one_number(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.touch("agency-k")
    eyes.touch("service-k-0")
    for _ in range(4):
        visitor.kiosk.take_number()
    visitor.sees(Stage.DONE)
    assert len(hub.tickets) == 1


def test_paper_and_pages_can_tell_the_same(hall: Hall) -> None:
    agency, service = hall.agencies[0], hall.agencies[0].services[0]
    told = service.model_copy(update={"place": "Ruang foto", "place_en": "Photo room"})
    assert (requirements_of(service, "id"), cost_of(service, "en")) == (["KTP lama", "Fotokopi KK"], "Gratis")
    assert [place_of(hall, agency, told, Words(language)) for language in ("id", "en")] == ["Ruang foto", "Photo room"]
