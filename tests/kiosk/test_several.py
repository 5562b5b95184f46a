"""Several services under one number: chosen one after the other, as few touches more as may be, and one press."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from kiosk import steps
from kiosk.kiosk import Kiosk
from kiosk.place import Place
from kiosk.press import Press
from kiosk.scene import Scene, Stage
from kiosk.screens.window import KioskWindow
from kiosk.several import MOST, Chosen, Several
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import Offer, TakeTicket
from tests.kiosk.conftest import Visitor
from tests.kiosk.stand_in import MORNING, SmallHub, StandInLink, a_hall, an_agency
from tests.kiosk.test_screens import Eyes

FIRST, THEN = "k-0", ("m-1", "s-0")


@pytest.fixture
def eyes(window: KioskWindow) -> Eyes:
    return Eyes(window)


def chosen(hall: Hall, service: str) -> Chosen:
    return next(Chosen(a, s) for a in hall.agencies for s in a.services if s.id == service)


def three(hall: Hall) -> Several:
    return Several(tuple(chosen(hall, one) for one in (FIRST, *THEN)), listed=True)


# ---------------------------------------------------------------- the rules


def test_the_hub_is_asked_for_them_as_they_were_chosen(hall: Hall) -> None:
    assert three(hall).services() == (FIRST, THEN)


def test_a_service_is_chosen_once(hall: Hall) -> None:
    several = three(hall)
    assert several.has(chosen(hall, "m-1").service)
    assert several.with_(chosen(hall, "m-1")) == several


def test_no_more_than_the_hub_gives_one_number_for() -> None:
    hall = a_hall([an_agency("K", *"abcdefgh")])
    several = Several()
    for service in hall.agencies[0].services:
        several = several.with_(Chosen(hall.agencies[0], service))
    assert (len(several.chosen), several.is_full, MOST) == (6, True, 6)


BACK = {
    "from a code to what is below it": ({"code": "A1"}, {"code": None}),
    "from a result to the search": ({"query": "ktp"}, {"agency": None, "service": None}),
    "from the search to the agencies": ({"query": "ktp", "agency": None}, {"query": None, "found": ()}),
    "from what to know to the services": ({}, {"service": None}),
    "from the services to the agencies": ({"service": None}, {"agency": None, "service": None}),
}


@pytest.mark.parametrize(("scene", "changes"), BACK.values(), ids=BACK)
def test_one_step_back(hall: Hall, scene: steps.Changes, changes: steps.Changes) -> None:
    one = chosen(hall, "m-1")
    there = replace(Scene("id", agency=one.agency, service=one.service), **scene)
    assert steps.back(there) == changes


def test_back_from_the_list_is_where_the_last_one_was_chosen(hall: Hall) -> None:
    several, agency = three(hall), hall.agencies[1]
    changed = steps.back(Scene("id", several=several, agency=agency))
    assert changed == {"several": Several(several.chosen), "service": None}


def test_the_button_begins_lists_and_with_none_chosen_ends_it(hall: Hall) -> None:
    begun = steps.several(Scene("id"))["several"]
    assert begun == Several()
    assert steps.several(Scene("id", several=begun)) == {"several": None}
    going = Several(three(hall).chosen)
    assert steps.several(Scene("id", several=going)) == {"several": three(hall)}


def test_a_full_list_takes_no_more() -> None:
    full = Several((Chosen(a_hall().agencies[0], a_hall().agencies[0].services[0]),) * MOST, listed=True)
    assert steps.more(Scene("id", several=full)) == {}


def test_the_last_one_taken_out_leads_back_to_the_agencies(hall: Hall) -> None:
    alone = Several((chosen(hall, FIRST),), listed=True)
    changed = steps.dropped(Scene("id", several=alone), FIRST)
    assert (changed["several"], changed["agency"]) == (Several(), None)


def test_a_press_is_for_all_of_its_services() -> None:
    body = TakeTicket(service=FIRST, then=THEN)
    press = Press(body=body, at=MORNING)
    assert press.is_for(body.model_copy(update={"language": "en"}))
    assert not press.is_for(TakeTicket(service=FIRST))


@pytest.mark.parametrize(("services", "there"), [(["KTP"], False), (["KTP", "KK"], True)])
def test_where_there_is_one_service_only_nobody_is_asked_for_several(services: list[str], *, there: bool) -> None:
    hall = a_hall([an_agency("K", *services)])
    assert Place(hall, hall.kiosks[0]).has_several is there


# ---------------------------------------------------------------- with fingers


def choose_three(eyes: Eyes) -> None:
    eyes.touch("several")
    eyes.touch("agency-k")
    eyes.touch(f"service-{FIRST}")
    eyes.touch("several")
    eyes.touch("agency-m")
    eyes.touch("service-m-1")
    eyes.touch("several")
    eyes.touch("agency-s")


def test_one_number_for_three_services(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.touch("several")
    assert eyes.reads("heading-agencies") == "Pilih layanan ke-1"
    eyes.touch("agency-k")
    eyes.touch(f"service-{FIRST}")
    assert eyes.reads("heading-chosen") == "Satu layanan dipilih"
    eyes.touch("several")
    assert eyes.reads("notice") == "Sudah dipilih: KTP elektronik."
    eyes.touch("agency-m")
    assert eyes.reads("heading-services") == "Pilih layanan ke-2"
    eyes.touch("service-m-1")
    eyes.touch("several")
    eyes.touch("agency-s")
    assert eyes.reads("take-several") == "Ambil satu nomor untuk 3 layanan"
    eyes.touch("take-several")
    visitor.sees(Stage.DONE)
    assert [[step.service for step in ticket.steps] for ticket in hub.tickets.values()] == [[FIRST, *THEN]]
    assert eyes.reads("journey") == "1. Instansi K: KTP elektronik\n2. Instansi M: PBG\n3. Instansi S: Pajak Kendaraan"
    eyes.touch("done")
    assert visitor.scene.several is None


def test_a_touch_takes_one_out_and_another_is_chosen_in_its_place(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    choose_three(eyes)
    assert (
        eyes.find("chosen-m-1").accessibleName() == "2. PBG. Instansi M. Lama layanan sekitar 8 mnt. Hapus dari daftar"
    )
    eyes.touch("chosen-m-1")
    eyes.touch("several")
    eyes.touch("agency-k")
    tile = eyes.find(f"service-{FIRST}")
    assert isinstance(tile, QAbstractButton)
    assert tile.accessibleName() == "KTP elektronik. Sudah dipilih"
    eyes.touch("service-k-1")
    eyes.touch("take-several")
    visitor.sees(Stage.DONE)
    assert [step.service for step in hub.tickets[1].steps] == [FIRST, "s-0", "k-1"]


def test_one_of_them_that_gives_no_number_is_named_and_seen_in_the_list(
    eyes: Eyes, visitor: Visitor, hub: SmallHub, kiosk: Kiosk
) -> None:
    choose_three(eyes)
    hub.closed["m-1"] = Offer(id="m-1", code="quota_full")
    kiosk.behind.doors.ask()
    visitor.until(lambda: kiosk.behind.doors.trouble("m-1"))
    eyes.touch("take-several")
    assert eyes.reads("sorry-sentence").startswith("PBG: Kuota nomor sudah habis.")
    eyes.touch("sorry-back")
    assert "Kuota habis" in eyes.find("chosen-m-1").accessibleName()
    eyes.touch("chosen-m-1")
    eyes.touch("take-several")
    visitor.sees(Stage.DONE)
    assert len(hub.tickets) == 1


def test_what_the_hub_refuses_leads_back_to_the_list(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    choose_three(eyes)
    hub.refuses = Trouble("paper_roll", why="meja informasi")
    eyes.touch("take-several")
    visitor.sees(Stage.SORRY)
    eyes.touch("sorry-back")
    assert eyes.reads("heading-chosen") == "Satu nomor untuk 3 layanan"


def test_a_lost_answer_gets_the_same_number_by_the_same_button(
    eyes: Eyes, visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    choose_three(eyes)
    link.lossy = True
    eyes.touch("take-several")
    visitor.sees(Stage.SORRY)
    link.comes_up()
    eyes.touch("sorry-back")
    eyes.touch("take-several")
    visitor.sees(Stage.DONE)
    assert len(hub.tickets) == 1


def test_who_leaves_leaves_no_choice_behind(eyes: Eyes, visitor: Visitor, kiosk: Kiosk) -> None:
    choose_three(eyes)
    kiosk.home()
    assert visitor.scene.several is None
    assert eyes.reads("heading-agencies") == "Hari ini mau mengurus apa?"
