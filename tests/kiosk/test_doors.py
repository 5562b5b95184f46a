"""The kiosk says what is closed before anybody presses, and what to do instead when somebody does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kiosk.doors import Doors
from kiosk.kiosk import Kiosk
from kiosk.scene import Stage
from kiosk.screens.agencies import agency_face
from kiosk.screens.services import service_face
from kiosk.screens.tile import Tile
from kiosk.screens.window import KioskWindow
from shared.hall import Quota, Service
from shared.model import Kind
from shared.qt.theme import Theme
from shared.wire import LONGEST_PLACE, Offer, Offers, TakeTicket
from shared.words import Words
from tests.kiosk.conftest import Until, Visitor
from tests.kiosk.stand_in import MORNING, SmallHub, StandInLink
from tests.kiosk.test_screens import Eyes

ID, EN = Words("id"), Words("en")
AT_ONE = MORNING.replace(hour=13, minute=0)
MONDAY = MORNING.replace(hour=8, minute=0) + timedelta(days=4)
SPRING = MORNING.replace(hour=8, minute=0) + timedelta(days=40)


def closed(hub: SmallHub, whose: str, code: str, until: datetime | None, why: str = "") -> None:
    hub.closed[whose] = Offer(id=whose, code=code, until=until, why=why, why_en=why)


@pytest.fixture
def resting(kiosk: Kiosk, hub: SmallHub, link: StandInLink, until: Until) -> Callable[..., None]:
    """Closes an agency or a service, and waits until the kiosk has heard of it."""

    def close(whose: str, code: str, opens: datetime | None, why: str = "") -> None:
        closed(hub, whose, code, opens, why)
        link.caught_up.emit()
        until(
            lambda: (
                (told := kiosk.offers()) and whose in {one.id for one in (*told.agencies, *told.services) if one.code}
            )
        )

    return close


@pytest.mark.parametrize(
    ("code", "opens", "said"),
    [
        ("closed_until", AT_ONE, ("Buka pukul 13.00", "Opens at 13:00")),
        ("closed_until", MONDAY, ("Buka Senin pukul 08.00", "Opens Monday at 08:00")),
        ("closed_until", None, ("Tutup", "Closed")),
        ("on_break_until", AT_ONE, ("Istirahat sampai 13.00", "On a break until 13:00")),
        ("past_cutoff", MONDAY, ("Sudah tutup · buka Senin pukul 08.00", "Closed · opens Monday at 08:00")),
        ("closed_holiday", SPRING, ("Libur · buka 24 Mar pukul 08.00", "Holiday · opens 24 Mar at 08:00")),
        ("closed_today", MONDAY, ("Tutup hari ini · buka Senin pukul 08.00", "Closed today · opens Monday at 08:00")),
        ("quota_full", AT_ONE, ("Kuota habis · lagi pukul 13.00", "Fully booked · again at 13:00")),
    ],
)
def test_a_tile_says_until_when(
    kiosk: Kiosk, resting: Callable[..., None], code: str, opens: datetime | None, said: tuple[str, str]
) -> None:
    resting("m", code, opens)
    faces = {queue.agency.id: queue for queue in kiosk.queues()}
    told = kiosk.offers()
    assert [agency_face(faces["m"], words, told).foot_text for words in (ID, EN)] == list(said)
    assert (agency_face(faces["m"], ID, told).rests, agency_face(faces["k"], ID, told).rests) == (True, False)


def test_a_service_may_rest_alone(kiosk: Kiosk, resting: Callable[..., None]) -> None:
    resting("k-1", "quota_full", MONDAY)
    services = kiosk.hall.agency("k").services
    faces = [service_face(service, ID, kiosk.offers()) for service in services]
    assert [face.rests for face in faces] == [False, True]
    assert faces[1].foot_text == "Kuota habis · lagi Senin pukul 08.00"


@pytest.mark.parametrize(
    ("likely", "most", "said"),
    [
        (None, None, "Lama layanan sekitar 7 mnt"),
        (14, None, "Tunggu 14 mnt · layanan 7 mnt"),
        (15, 30, "Tunggu 15–30 mnt · layanan 7 mnt"),
        (1, 5, "Tanpa menunggu · layanan 7 mnt"),
    ],
)
def test_a_services_tile_says_how_long_one_waits(likely: int | None, most: int | None, said: str) -> None:
    service = Service(id="ktp", name="KTP", minutes=7)
    offer = Offer(id="ktp", estimate_minutes=likely, estimate_high_minutes=most)
    told = Offers(now=MONDAY, last_event=0, changes_at=None, agencies=[], services=[offer])
    assert service_face(service, ID, told).foot_text == said


def test_what_this_program_does_not_know_is_left_to_the_hub(kiosk: Kiosk, resting: Callable[..., None]) -> None:
    resting("k", "closed_by_the_moon", None)
    assert not agency_face(kiosk.queues()[0], ID, kiosk.offers()).rests


def test_while_numbers_are_on_paper_the_tile_says_where(kiosk: Kiosk, resting: Callable[..., None]) -> None:
    resting("m", "paper_roll", None, "meja informasi")
    face = agency_face(next(one for one in kiosk.queues() if one.agency.id == "m"), ID, kiosk.offers())
    assert (face.foot_text, face.rests) == ("Ambil nomor kertas di meja informasi", True)


@pytest.mark.parametrize("place", ["meja informasi", "the information desk", "W" + "i" * (LONGEST_PLACE - 1)])
@pytest.mark.parametrize("words", [ID, EN])
def test_the_tile_has_room_for_where_the_roll_hangs(
    window: KioskWindow, kiosk: Kiosk, resting: Callable[..., None], words: Words, place: str
) -> None:
    resting("m", "paper_roll", None, place)
    queue = next(one for one in kiosk.queues() if one.agency.id == "m")
    tile = Tile(agency_face(queue, words, kiosk.offers()), Theme(window.size()))
    tile.resize(Theme(window.size()).px(430), Theme(window.size()).px(200))
    assert tile.plan().foot.fits
    tile.deleteLater()


# ---------------------------------------------------------------- pressed all the same


def test_a_press_on_a_closed_agency_says_what_to_do_instead(
    kiosk: Kiosk, window: KioskWindow, hub: SmallHub, resting: Callable[..., None], visitor: Visitor
) -> None:
    eyes = Eyes(window)
    resting("k", "closed_holiday", MONDAY, "Hari Raya Nyepi")
    eyes.touch("agency-k")
    visitor.sees(Stage.SORRY)
    assert eyes.reads("sorry-sentence") == "Tutup: Hari Raya Nyepi. Buka lagi Senin, 16 Februari, pukul 08.00."
    assert eyes.reads("sorry-step") == "Silakan datang lagi pada waktu itu, atau pilih layanan lain yang sedang buka."
    assert hub.tickets == {}
    eyes.touch("sorry-back")
    assert kiosk.scene.stage is Stage.CHOOSING


def test_a_press_on_a_closed_service_takes_no_number(
    resting: Callable[..., None], visitor: Visitor, hub: SmallHub, kiosk: Kiosk
) -> None:
    resting("k-1", "on_break_until", AT_ONE)
    visitor.touch("k-1")
    scene = visitor.sees(Stage.SORRY)
    assert scene.trouble is not None
    assert (scene.trouble.code, scene.stay is not None, hub.tickets) == ("on_break_until", True, {})
    kiosk.resume()
    assert (kiosk.scene.agency, kiosk.scene.stage) == (kiosk.hall.agency("k"), Stage.CHOOSING)


def test_a_press_while_numbers_are_on_paper_sends_there(
    window: KioskWindow, hub: SmallHub, resting: Callable[..., None], visitor: Visitor
) -> None:
    eyes = Eyes(window)
    resting("k", "paper_roll", None, "meja informasi")
    eyes.touch("agency-k")
    visitor.sees(Stage.SORRY)
    assert eyes.reads("sorry-sentence") == "Nomor instansi ini sedang diberikan di kertas."
    assert eyes.reads("sorry-step") == "Ambil nomor kertas di meja informasi, lalu tunggu dipanggil."
    assert hub.tickets == {}


def test_where_all_rest_the_page_says_so_at_once(
    window: KioskWindow, hub: SmallHub, resting: Callable[..., None]
) -> None:
    for agency in hub.hall.agencies:
        resting(agency.id, "closed_until", MONDAY)
    assert "Pengambilan nomor sedang tutup. Buka Senin, 16 Februari, pukul 08.00." in window.agencies.sentence.text()


# ---------------------------------------------------------------- kept fresh


def test_the_hub_is_asked_again_when_something_opens(
    kiosk: Kiosk, hub: SmallHub, link: StandInLink, resting: Callable[..., None], until: Until
) -> None:
    resting("k", "on_break_until", AT_ONE)
    hub.changes_at = hub.now + timedelta(milliseconds=20)
    link.caught_up.emit()
    hub.closed.clear()
    until(lambda: (told := kiosk.offers()) and not any(one.code for one in told.agencies))


def test_the_hub_is_asked_when_somebody_comes(kiosk: Kiosk, link: StandInLink, until: Until) -> None:
    asked = link.offers_asked
    kiosk.touched()
    until(lambda: link.offers_asked == asked + 1)


@pytest.mark.parametrize(("quota", "asks"), [(Quota(day=1), 1), (None, 0)])
def test_each_ticket_may_have_been_the_last_where_there_is_a_quota(
    hub: SmallHub, link: StandInLink, until: Until, quota: Quota | None, asks: int
) -> None:
    agencies = [agency.model_copy(update={"quota": quota}) for agency in hub.hall.agencies]
    doors = Doors(link, hub.hall.model_copy(update={"agencies": agencies}), refresh_s=0.001, parent=link)
    link.happens(Kind.TAKEN, hub.issue(TakeTicket(service="s-0")))
    link.happens(Kind.TAKEN, hub.issue(TakeTicket(service="s-0")))
    if asks:
        until(lambda: link.offers_asked)
    assert link.offers_asked == asks
    assert doors.told is None or asks
