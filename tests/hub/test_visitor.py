"""The page behind the QR: what it says, and how it stands in a real browser."""

import json
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from hub.aside import aside
from hub.document import Page, about_page, document, lost_page
from hub.language import best_language
from hub.shell import headers
from hub.views import PHONE_CALLS, LastCall, Sight
from hub.visitor import ticket_page
from shared.hall import Hall
from shared.model import State
from shared.wire import Ticket
from shared.words import Words
from tests.hub.small_hall import MORNING, small_hall

ID, EN = Words("id"), Words("en")


def a_ticket(state: State = State.WAITING, **more: object) -> Ticket:
    facts: dict[str, object] = {
        "id": 7,
        "number": "A-012",
        "service": "ktp",
        "agency": "dukcapil",
        "priority": False,
        "language": "id",
        "state": state,
        "taken_at": MORNING,
        "day": MORNING.date(),
        "ahead": 4,
        "estimate_minutes": 14,
        "counter": None if state is State.WAITING else "2",
    }
    return Ticket.model_validate(facts | more)


def page_of(ticket: Ticket, words: Words = ID, *, is_today: bool = True, hall: Hall | None = None) -> Page:
    return ticket_page(Sight(ticket, is_today), hall or small_hall(), words)


class Text(HTMLParser):
    """The words on a page, and whether its tags match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def text_of(page: Page) -> str:
    text = Text(page.html)
    assert text.open == []
    return " ".join(filter(None, text.words))


def test_who_waits_sees_number_place_guess_and_where_to_wait() -> None:
    text = text_of(page_of(a_ticket()))
    for words in ("Dukcapil KTP", "A-012", "orang di depan 4", "perkiraan tunggu ± 14 mnt"):
        assert words in text
    assert "Tunggu di Lantai 1, loket 1–2" in text
    assert "Diambil 12/02/2026 08.00 WITA" in text


def test_who_need_not_wait_reads_soon_as_on_the_paper() -> None:
    assert "perkiraan tunggu Segera" in text_of(page_of(a_ticket(ahead=0, estimate_minutes=0)))


def test_who_has_an_appointment_sees_it() -> None:
    assert "Janji temu pukul 09.30" in text_of(page_of(a_ticket(appointment=MORNING.replace(hour=9, minute=30))))


def test_who_came_too_late_for_it_is_told_so() -> None:
    late = a_ticket(appointment=MORNING.replace(hour=9, minute=30), appointment_missed=True)
    assert "Too late for the appointment at 09:30: waits as without one." in text_of(page_of(late, EN))


def test_who_is_too_early_sees_when_the_wait_begins() -> None:
    times = {"appointment": MORNING.replace(hour=9, minute=30), "held_until": MORNING.replace(hour=9, minute=15)}
    text = text_of(page_of(a_ticket(State.HELD, **times)))
    assert text.startswith("Anda datang lebih awal.")
    assert "Janji temu pukul 09.30. Nomor ini mulai menunggu pukul 09.15." in text


def steps(*states: str) -> list[dict[str, str]]:
    places = [("dukcapil", "ktp"), ("samsat", "stnk"), ("pajak", "npwp")]
    return [{"agency": a, "service": s, "state": state} for (a, s), state in zip(places, states, strict=True)]


def test_who_came_for_several_services_sees_all_and_where_to_go_now() -> None:
    page = page_of(a_ticket(agency="samsat", service="stnk", steps=steps("done", "now", "next")))
    assert "Tunggu di Lantai 1, loket 2" in text_of(page)
    assert text_of(page).endswith("Layanan Anda KTP selesai Dukcapil STNK sekarang Samsat NPWP Pajak")
    assert page.html.count('aria-current="step"') == 1


@pytest.mark.parametrize("state", [State.CALLED, State.FINISHED, State.NO_SHOW, State.HELD])
def test_the_services_stay_on_the_page_in_every_state(state: State) -> None:
    assert "npwp service skipped Pajak" in text_of(page_of(a_ticket(state, steps=steps("done", "now", "skipped")), EN))


def test_in_english_everything_is_english() -> None:
    text = text_of(page_of(a_ticket(), EN))
    assert "Your queue number A-012" in text
    assert "people ahead" in text
    assert "ktp service" in text
    assert "Wait in Lantai 1, counters 1–2" in text
    assert "Taken 12/02/2026 08:00 WITA" in text


@pytest.mark.parametrize(
    ("ahead", "said"), [(0, "You are next"), (1, "1 person ahead of you"), (2, "2 people ahead of you")]
)
def test_the_place_is_said_as_people_say_it(ahead: int, said: str) -> None:
    assert page_of(a_ticket(ahead=ahead), EN).said == f"A-012. {said}"


def test_who_is_called_sees_the_counter_first_and_large() -> None:
    page = page_of(a_ticket(State.CALLED))
    assert page.html.index('<p class="desk">Loket 2</p>') < page.html.index("A-012")
    assert page.title == "A-012 · Silakan menuju loket 2"
    assert "Lantai 1" in text_of(page)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.SERVING, "Sedang dilayani di loket 2"),
        (State.FINISHED, "Layanan selesai. Terima kasih."),
        (State.NO_SHOW, "Nomor ini sudah dipanggil ke loket 2, tetapi tidak ada yang datang. Hubungi petugas loket."),
        (State.CANCELLED, "Nomor ini sudah dikembalikan."),
    ],
)
def test_what_no_longer_waits_says_why(state: State, said: str) -> None:
    assert said in text_of(page_of(a_ticket(state)))


@pytest.mark.parametrize(
    ("ticket", "alert"),
    [
        (a_ticket(ahead=3), ""),
        (a_ticket(ahead=2), "near"),
        (a_ticket(ahead=0), "near"),
        (a_ticket(State.CALLED, calls=2), "called 2"),
        (a_ticket(State.SERVING), ""),
        (a_ticket(State.HELD, held_until=MORNING), ""),
    ],
)
def test_a_phone_rings_once_when_near_and_at_each_call(ticket: Ticket, alert: str) -> None:
    assert page_of(ticket).alert == alert


@pytest.mark.parametrize("state", list(State))
def test_only_who_waits_or_is_held_can_give_the_number_up(state: State) -> None:
    page = page_of(a_ticket(state, held_until=MORNING))
    assert page.may_leave is (state in (State.WAITING, State.HELD))
    assert not page_of(a_ticket(state, held_until=MORNING), is_today=False).may_leave


def test_who_missed_the_calls_reads_when_they_were() -> None:
    missed = Sight(a_ticket(State.NO_SHOW, calls=3), is_today=True, called_last=MORNING)
    assert "Hubungi petugas loket. Dipanggil 3 kali, terakhir pukul 08.00." in text_of(
        ticket_page(missed, small_hall(), ID)
    )
    assert "Called 3 times, last at 08:00." in text_of(ticket_page(missed, small_hall(), EN))


def test_who_is_held_reads_until_when() -> None:
    held = a_ticket(State.HELD, counter=None, held_until=MORNING + timedelta(minutes=10))
    assert "Nomor Anda ditahan sampai pukul 08.10, lalu menunggu lagi" in text_of(page_of(held))
    assert "on hold until 08:10" in text_of(page_of(held, EN))


def test_who_is_sent_to_a_counter_reads_which() -> None:
    text = text_of(page_of(a_ticket(for_counter="3")))
    assert "Anda akan dipanggil di loket 3" in text
    assert "Tunggu di" not in text


def test_yesterdays_number_says_it_has_expired() -> None:
    page = page_of(a_ticket(), is_today=False)
    assert page.state == "expired"
    assert "hanya berlaku pada Kamis, 12 Februari 2026" in text_of(page)


def test_priority_is_shown() -> None:
    assert "Antrean Prioritas" in text_of(page_of(a_ticket(priority=True)))
    assert "Antrean Prioritas" not in text_of(page_of(a_ticket()))


def test_a_hall_of_gerai_says_gerai() -> None:
    hall = small_hall().model_copy(update={"counter_word": "gerai"})
    assert "Gerai 2" in text_of(page_of(a_ticket(State.CALLED), hall=hall))
    assert "Counter 2" in text_of(page_of(a_ticket(State.CALLED), EN, hall=hall))


def test_an_agency_that_left_the_hall_is_shown_by_its_id() -> None:
    text = text_of(page_of(a_ticket(agency="kua", service="nikah")))
    assert "kua nikah" in text


def test_names_are_text_and_never_markup() -> None:
    hall = small_hall().model_copy(update={"name": "<b>Kota & Kabupaten</b>"})
    agency = hall.agencies[0].model_copy(update={"name": "<script>alert(1)</script>"})
    hall = hall.model_copy(update={"agencies": [agency, *hall.agencies[1:]]})
    page = document(page_of(a_ticket(), hall=hall), hall, ID, feed="/t/x/events")
    assert "<script>alert" not in page
    assert "&lt;b&gt;Kota &amp; Kabupaten" in page


@pytest.mark.parametrize("words", [ID, EN])
@pytest.mark.parametrize("state", list(State))
def test_the_document_is_whole_and_small(state: State, words: Words) -> None:
    hall = small_hall()
    sight = Sight(a_ticket(state), is_today=True, calls=(LastCall("B-1234", "2"),) * PHONE_CALLS)
    ticket = ticket_page(sight, hall, words)
    below = aside(sight, ticket, words, leave="/t/x/cancel?lang=id")
    page = document(ticket, hall, words, feed="/t/x/events?lang=id", aside=below)
    assert Text(page).open == []
    assert len(page.encode()) < 50_000
    assert f'<html lang="{words.language}">' in page


def test_nothing_is_fetched_from_elsewhere() -> None:
    page = document(page_of(a_ticket()), small_hall(), ID, feed="/t/x/events")
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in headers()["Content-Security-Policy"]


def test_without_scripts_the_page_reloads() -> None:
    assert '<noscript><meta http-equiv="refresh"' in document(page_of(a_ticket()), small_hall(), ID, feed="/t/x/events")


def test_the_feed_carries_what_changes() -> None:
    page = page_of(a_ticket())
    assert json.loads(page.as_json()) == page._asdict()


def test_plain_pages_have_no_feed() -> None:
    hall = small_hall()
    for page in (about_page(hall, EN, contract=True), lost_page(EN)):
        whole = document(page, hall, EN)
        assert 'data-feed=""' in whole
        assert "refresh" not in whole


def test_the_bare_address_leads_to_nothing_that_is_not_there() -> None:
    hall = small_hall()
    here = document(about_page(hall, EN, contract=False), hall, EN)
    assert ("/board" in here, "/openapi.json" in here) == (True, False)


def test_the_day_is_said_whole() -> None:
    late = a_ticket(taken_at=MORNING + timedelta(hours=6))
    assert "14.00" in text_of(page_of(late))


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        ("", None),
        ("fr-FR,fr;q=0.9", None),
        ("en-US,en;q=0.9,id;q=0.8", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en;q=0.2, id;q=0.7", "id"),
        ("en;q=0", None),
        ("EN", "en"),
    ],
)
def test_the_best_of_our_languages(wanted: str, best: str | None) -> None:
    assert best_language(wanted) == best


def test_the_page_says_what_nine_of_ten_wait_at_most_once_that_is_known() -> None:
    known = a_ticket(estimate_high_minutes=30)
    assert "Paling lama 30 menit (9 dari 10 orang)" in page_of(known).html
    assert "30 minutes at most (9 people in 10)" in page_of(known, EN).html
    assert "Paling lama" not in page_of(a_ticket()).html
