"""One number everywhere, whatever becomes of its visit: sent through two services, held, sent on, called from a paper
roll, and its counter taken over. Paper, the page behind its QR, the lit TV and the loudspeaker say the same.

Played once, in one hall and beside the day (conftest.py): each call takes the time in which it is spoken.
"""

import pytest

from demo.play import wait_until
from demo.witness import number_on_page, page_behind, paper_says
from shared.receipt.escpos import papers
from tests.plays.lobby import Lobby, Seen, choose, line, printed, typed, until_says

pytestmark = [pytest.mark.timeout(300), pytest.mark.alone]

FIRST, SECOND = "kependudukan-ktp", "umum-surat"


def two_services(lobby: Lobby, seen: Seen) -> None:
    """One ticket for two services, chosen at the kiosk: called by one officer, and sent on to the other."""
    kiosk = lobby.kiosk
    ways = ("several", "agency-kependudukan", f"service-{FIRST}"), ("several", "agency-umum", f"service-{SECOND}")
    for touched in (*ways[0], *ways[1], "take-several"):
        kiosk.press(touched)
    first, second = lobby.officers
    on_screen, paper = lobby.in_hand()
    seen.number, url = paper_says(paper)
    assert seen.number == on_screen
    lines = papers(paper)[0].lines
    assert [line for line in lines if line.startswith(("1. ", "2. "))] == [
        "1. Kependudukan: KTP elektronik",
        "2. Umum: Surat Keterangan",
    ]
    seen.shown.append(lobby.call(first, seen.number))
    assert "lalu Umum" in first.text("journey")
    first.key("S")
    until_says(first, "message", f"{seen.number} sekarang menunggu")
    page = page_behind(url)
    assert number_on_page(page) == seen.number
    assert page.index('class="done"') < page.index('class="now"')
    seen.shown.append(lobby.call(second, seen.number))
    second.key("S")
    second.wait_text("number", "")
    assert "Layanan selesai." in page_behind(url)


def appointment(lobby: Lobby, seen: Seen) -> None:
    """A visitor shows the QR code of an appointment, among others' tiles; a second time it tells the number."""
    kiosk, code = lobby.kiosk, lobby.book(FIRST)
    kiosk.press("agency-kependudukan")
    kiosk.wait_there(f"service-{FIRST}")
    kiosk.scan(f"ANTRE:{code}")
    on_screen, paper = lobby.in_hand()
    seen.number, _ = paper_says(paper)
    assert seen.number == on_screen
    assert any("Janji temu pukul" in text for text in papers(paper)[0].lines)
    kiosk.scan(code)
    kiosk.wait_text("sorry-sentence", f"Kode ini sudah dipakai mengambil nomor {seen.number}.")
    kiosk.press("sorry-back")
    desk = lobby.officers[0]
    seen.shown.append(lobby.call(desk, seen.number))
    desk.key("S")
    desk.wait_text("number", "")


def errands(lobby: Lobby, seen: Seen) -> None:
    """A visitor who is held, comes back and is sent to another counter."""
    ticket = lobby.take(FIRST)
    seen.number, url = paper_says(printed(ticket, lobby))
    assert seen.number == ticket.number
    first, second = lobby.officers
    seen.shown.append(lobby.call(first, seen.number))
    choose(first, "Tahan", "10 menit")
    first.wait_text("number", "")
    page = page_behind(url)
    assert number_on_page(page) == seen.number
    assert "Nomor Anda ditahan sampai pukul" in page
    wait_until(lambda: seen.number not in lobby.tv.text("called-number"), "the TV to let the call go")
    choose(first, "Kembalikan", seen.number)
    seen.shown.append(lobby.call(first, seen.number))
    choose(first, "Alihkan", "loket", "2")
    first.wait_text("number", "")
    assert "Anda akan dipanggil di loket 2" in page_behind(url)
    seen.shown.append(lobby.call(second, seen.number))
    second.key("S")
    second.wait_text("number", "")
    assert "Layanan selesai." in page_behind(url)


def paper_roll(lobby: Lobby, seen: Seen) -> None:
    """Numbers torn off a roll: begun by keys at a counter where a supervisor sits; kiosk and TV tell it meanwhile."""
    desk, tv, kiosk = lobby.officers[0], lobby.tv, lobby.kiosk
    choose(desk, "Pengawas", "Instansi", "Kependudukan", "Mulai nomor kertas: ketik nomor pertama")
    typed(desk, "417")
    desk.wait_text("sheet-title", "Mulai A-417: ketik nomor terakhir gulungan")
    typed(desk, "418")
    line(desk, "meja informasi")
    desk.wait_text("next-number", "A-417")
    wait_until(lambda: "nomor kertas" in tv.texts().values(), "the TV to say that numbers are on paper")
    kiosk.press("agency-kependudukan")
    service = f"service-{FIRST}"
    wait_until(lambda: bool({"sorry-step", service} & set(kiosk.enabled())), "the kiosk to go on")
    if service in kiosk.enabled():  # it was quicker than the news; then the hub says so
        kiosk.press(service)
    kiosk.wait_text("sorry-step", "Ambil nomor kertas di meja informasi, lalu tunggu dipanggil.")
    for number in ("A-417", "A-418"):
        desk.wait_text("next-number", number)
        seen.shown.append(lobby.call(desk, number))
    wait_until(lambda: "nomor kertas" not in tv.texts().values(), "the roll to be at its end")
    desk.key("S")
    desk.wait_text("number", "")


def take_over(lobby: Lobby, seen: Seen) -> None:
    """Another officer takes a counter over with who is at it, and calls once more; who was there goes to the other."""
    ticket = lobby.take(FIRST)
    seen.number, url = paper_says(printed(ticket, lobby))
    assert seen.number == ticket.number
    first, second = lobby.officers
    seen.shown.append(lobby.call(first, seen.number))
    second.key("G")
    second.press("counter-loket-1")
    until_says(second, "taken-title", "Loket 1 sedang dipakai di ")
    assert first.text("number") == seen.number
    second.key("A")
    second.wait_text("number", seen.number)
    until_says(first, "choose-how", "Loket 1 diambil alih di ")
    seen.shown.append(lobby.call(second, seen.number, key="R"))
    assert number_on_page(page_behind(url)) == seen.number
    first.press("counter-loket-2")  # the other has left it: nothing is asked
    first.wait_text("counter", "Loket 2")
    first.wait_text("lamp", "Tersambung")
    assert first.text("taken-title") == ""
    second.key("M")
    until_says(second, "stage", "sedang dilayani")


PLAYS = (two_services, appointment, errands, paper_roll, take_over)


def test_one_paper_two_services_two_calls(seen: dict[str, Seen]) -> None:
    play = played(seen, "two_services")
    assert play.shown == play.said == [(play.number, "1"), (play.number, "2")]


def test_a_scanned_appointment_is_printed_called_shown_and_spoken(seen: dict[str, Seen]) -> None:
    play = played(seen, "appointment")
    assert play.shown == play.said == [(play.number, "1")]


def test_held_back_again_and_sent_on_the_number_stays_one(seen: dict[str, Seen]) -> None:
    play = played(seen, "errands")
    assert play.shown == play.said == [(play.number, "1"), (play.number, "1"), (play.number, "2")]


def test_a_roll_is_begun_called_shown_and_spoken(seen: dict[str, Seen]) -> None:
    play = played(seen, "paper_roll")
    assert play.shown == play.said == [("A-417", "1"), ("A-418", "1")]


def test_a_counter_changes_hands_with_who_is_at_it_who_is_called_by_the_same_number(seen: dict[str, Seen]) -> None:
    play = played(seen, "take_over")
    assert play.shown == play.said == [(play.number, "1"), (play.number, "1")]


def played(seen: dict[str, Seen], name: str) -> Seen:
    """What became of a play. Raises what broke it off."""
    if (failure := seen[name].failure) is not None:
        raise failure
    return seen[name]
