"""The kiosk's window, touched as a finger touches it."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, qGray
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.kiosk import Kiosk
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.printer import Health
from kiosk.queues import AgencyQueue
from kiosk.scene import Stage
from kiosk.screens.agencies import waiting_line
from kiosk.screens.header import HouseMark
from kiosk.screens.window import KioskWindow
from shared.hall import Hall, Printer
from shared.model import Kind, Outcome, State
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.wire import TakeTicket
from shared.words import Words
from tests.kiosk.conftest import Until, Visitor, shown
from tests.kiosk.stand_in import SmallHub, StandInLink, StandInPrinter, an_agency


def finger(widget: QWidget, place: QPoint | None = None) -> None:
    """A touch on `widget`, in its middle or at `place`."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())


class Eyes:
    """What can be seen and touched in a window."""

    def __init__(self, window: KioskWindow) -> None:
        self.window = window

    def find(self, name: str) -> QWidget:
        found = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        assert found, f"nothing visible is named {name!r}"
        return found[0]

    def sees(self, name: str) -> bool:
        return any(w.isVisible() for w in self.window.findChildren(QWidget, name))

    def reads(self, name: str) -> str:
        widget = self.find(name)
        text = getattr(widget, "text", None)
        assert callable(text), f"{name!r} has no text"
        return str(text())

    def touch(self, name: str) -> None:
        finger(self.find(name))

    def touch_ground(self) -> None:
        finger(self.window, QPoint(3, 500))


@pytest.fixture
def eyes(window: KioskWindow) -> Eyes:
    return Eyes(window)


def takes(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("agency-k")
    eyes.touch("service-k-1")
    visitor.sees(Stage.DONE)


# ---------------------------------------------------------------- through the house by touch


def test_three_touches_are_a_ticket(eyes: Eyes, visitor: Visitor, hub: SmallHub, printer: StandInPrinter) -> None:
    takes(eyes, visitor)
    assert eyes.reads("number") == "K-001"
    assert (eyes.reads("ticket-agency"), eyes.reads("ticket-service")) == ("Instansi K", "Kartu Keluarga (KK)")
    assert printer.printed == [b"K-001 id"]
    assert len(hub.tickets) == 1


def test_a_hammered_tile_is_one_ticket(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.touch("agency-k")
    tile = eyes.find("service-k-0")
    for _ in range(5):
        QTest.mouseDClick(tile, Qt.MouseButton.LeftButton)
        finger(tile)
    visitor.sees(Stage.DONE)
    assert len(hub.tickets) == 1


def test_the_tiles_are_off_while_the_number_is_taken(eyes: Eyes, link: StandInLink, visitor: Visitor) -> None:
    eyes.touch("agency-k")
    link.slow = True
    eyes.touch("service-k-0")
    assert not eyes.find("service-k-1").isEnabled()
    link.slow = False
    link.deliver()
    visitor.sees(Stage.DONE)


def test_a_number_that_takes_its_time_says_so(eyes: Eyes, link: StandInLink, visitor: Visitor, until: Until) -> None:
    eyes.touch("agency-k")
    link.slow = True
    eyes.touch("service-k-0")
    assert eyes.sees("service-k-0")
    until(lambda: eyes.sees("heading-wait"))
    link.slow = False
    link.deliver()
    visitor.sees(Stage.DONE)
    assert eyes.sees("number")


def test_an_agency_of_one_service_needs_one_touch(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("agency-s")
    visitor.sees(Stage.DONE)
    assert eyes.reads("number") == "S-001"


def test_back_shows_the_agencies_again(eyes: Eyes) -> None:
    eyes.touch("agency-k")
    assert eyes.reads("agency-line").startswith("Instansi K · Dinas K · Tanpa menunggu")
    eyes.touch("back")
    assert eyes.sees("agency-k")


def test_done_is_home(eyes: Eyes, visitor: Visitor) -> None:
    takes(eyes, visitor)
    eyes.touch("done")
    assert eyes.sees("agency-k")


def test_another_errand_begins_with_the_agencies(eyes: Eyes, visitor: Visitor) -> None:
    takes(eyes, visitor)
    eyes.touch("another")
    assert eyes.sees("agency-k")
    assert visitor.scene.visiting


def test_a_wrong_choice_goes_back_and_is_said(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    takes(eyes, visitor)
    eyes.touch("wrong-choice")
    visitor.sees(Stage.CHOOSING)
    assert eyes.reads("notice") == "Nomor K-001 sudah dikembalikan. Silakan pilih lagi."
    assert hub.tickets[1].state is State.CANCELLED


def test_nothing_jumps_when_the_wrong_choice_is_over(eyes: Eyes, visitor: Visitor) -> None:
    takes(eyes, visitor)
    before = eyes.find("done").mapTo(eyes.window, QPoint())
    visitor.kiosk.visit.show(can_give_back=False)
    assert not eyes.sees("wrong-choice")
    assert eyes.find("done").mapTo(eyes.window, QPoint()) == before


def test_a_refused_return_says_why(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    takes(eyes, visitor)
    hub.refuses = Trouble("too_late")
    eyes.touch("wrong-choice")
    visitor.until(lambda: eyes.sees("trouble"))
    assert eyes.reads("trouble").startswith("Waktu untuk mengembalikan nomor sudah lewat.")
    assert eyes.reads("number") == "K-001"


def test_a_return_that_is_not_sure_yet_says_so_and_then_what_became_of_it(
    eyes: Eyes, visitor: Visitor, link: StandInLink
) -> None:
    takes(eyes, visitor)
    link.loses = "/cancel"
    eyes.touch("wrong-choice")
    visitor.until(lambda: visitor.scene.unsure)
    assert eyes.reads("heading-ticket") == "Pengembalian nomor belum pasti"
    assert "mungkin sudah tidak berlaku" in eyes.reads("what-next")
    assert not eyes.sees("wrong-choice")
    assert not eyes.sees("where-to-wait")
    link.loses = "nothing"
    visitor.sees(Stage.CHOOSING)
    assert eyes.reads("notice") == "Nomor K-001 sudah dikembalikan. Silakan pilih lagi."


def test_a_number_that_could_not_be_returned_after_all_is_said(eyes: Eyes, visitor: Visitor) -> None:
    visitor.kiosk.touched()
    visitor.kiosk.visit.show(still_valid="K-001")
    assert eyes.reads("notice") == "Nomor K-001 tidak dapat dikembalikan dan tetap berlaku."


# ---------------------------------------------------------------- priority


def test_priority_shows_that_it_is_on_and_goes_with_the_visit(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    button = eyes.find("priority")
    assert isinstance(button, QAbstractButton)
    eyes.touch("priority")
    assert (button.isChecked(), button.text()) == (True, "Antrean Prioritas dipilih")
    takes(eyes, visitor)
    assert eyes.reads("priority-badge") == "Antrean Prioritas"
    assert hub.tickets[1].priority
    eyes.touch("done")
    assert (button.isChecked(), button.text()) == (False, "Antrean Prioritas")


def test_a_ticket_without_priority_has_no_badge(eyes: Eyes, visitor: Visitor) -> None:
    takes(eyes, visitor)
    assert not eyes.sees("priority-badge")


# ---------------------------------------------------------------- what is on the tiles


def test_a_tile_says_who_waits_and_how_long(eyes: Eyes, link: StandInLink, until: Until) -> None:
    link.happens(Kind.TAKEN, link.hub.issue(TakeTicket(service="k-0")))
    until(lambda: "1 menunggu · sekitar 7 mnt" in eyes.find("agency-k").accessibleName())
    assert "Tanpa menunggu" in eyes.find("agency-m").accessibleName()


@pytest.mark.parametrize(
    ("waiting", "line"),
    [
        ((None, 0, 0), ""),
        ((0, 0, 2), "Tanpa menunggu"),
        ((3, 0, 0), "3 menunggu"),
        ((14, 25, 2), "14 menunggu · sekitar 25 mnt"),
        ((14, 25, 2, 40), "14 menunggu · sekitar 25–40 mnt"),
        ((0, 2, 1, 5), "Tanpa menunggu"),
        ((0, 12, 1, 25), "Anda berikutnya · sekitar 12–25 mnt"),
    ],
)
def test_what_nobody_knows_is_not_claimed(hall: Hall, waiting: tuple[int | None, int, int], line: str) -> None:
    pieces = waiting_line(AgencyQueue(hall.agencies[0], *waiting), Words("id"))
    assert "".join(text for text, _strong in pieces) == line


def test_the_clock_is_the_hubs_in_the_halls_zone(eyes: Eyes) -> None:
    assert (eyes.reads("clock"), eyes.reads("date")) == ("09.42", "Kamis, 12 Februari 2026 · WITA")


# ---------------------------------------------------------------- no paper


def test_a_number_without_paper_is_larger_and_can_be_photographed(
    eyes: Eyes, visitor: Visitor, printer: StandInPrinter, hub: SmallHub
) -> None:
    takes(eyes, visitor)
    with_paper = eyes.find("number").width()
    assert not eyes.sees("qr")
    eyes.touch("done")
    printer.fails = Trouble("paper_out")
    takes(eyes, visitor)
    visitor.until(lambda: eyes.find("number").width() > with_paper * 1.1)
    assert eyes.reads("heading-ticket") == "Foto nomor Anda"
    assert "Petugas sudah diberi tahu" in eyes.reads("what-next")
    assert read_qr(eyes.find("qr").grab().toImage()) == [hub.tickets[2].url]


def read_qr(picture: QImage) -> list[str]:
    pyzbar = pytest.importorskip("pyzbar.pyzbar", reason="zbar is not installed", exc_type=ImportError)
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = bytes(qGray(grey.pixel(x, y)) for y in range(grey.height()) for x in range(grey.width()))
    return [code.data.decode() for code in pyzbar.decode((pixels, grey.width(), grey.height()))]


def test_a_silent_printer_claims_nothing(eyes: Eyes, visitor: Visitor, printer: StandInPrinter) -> None:
    printer.now, printer.outcome = Health(troubles=("printer_silent",), certain=False), Outcome.UNKNOWN
    takes(eyes, visitor)
    assert eyes.reads("heading-ticket") == "Ini nomor Anda"
    assert eyes.reads("what-next") == (
        "Nomor Anda sudah tercatat. Bila tiket tidak keluar, foto layar ini. Petugas sudah diberi tahu."
    )
    assert eyes.sees("qr")


def test_a_road_on_which_no_printer_answers_shows_the_number_to_photograph_and_claims_nothing(
    eyes: Eyes, visitor: Visitor, printer: StandInPrinter
) -> None:
    printer.now, printer.outcome = Health(certain=False), Outcome.UNKNOWN
    takes(eyes, visitor)
    assert eyes.reads("heading-ticket") == "Silakan ambil tiket Anda"
    assert eyes.reads("what-next") == "Nomor Anda sudah tercatat. Bila tiket tidak keluar, foto layar ini."
    assert eyes.sees("qr")


def test_a_kiosk_without_a_printer_speaks_of_no_trouble(
    link: StandInLink, desk: PrintDesk, qtbot: QtBot, until: Until
) -> None:
    hall = link.hub.hall
    kiosk = Kiosk(link, desk, Place(hall, hall.kiosks[0].model_copy(update={"printer": Printer(road="none")})))
    kiosk.setParent(link)
    kiosk.begin()
    eyes = Eyes(shown(KioskWindow(kiosk, link), qtbot, QSize(1920, 1080)))
    takes(eyes, Visitor(kiosk, until))
    assert eyes.reads("what-next") == "Nomor Anda sudah tercatat. Foto layar ini atau ingat nomornya."
    assert eyes.sees("qr")


def test_while_the_paper_comes_the_number_is_there_and_no_button(
    eyes: Eyes, visitor: Visitor, printer: StandInPrinter
) -> None:
    printer.goes_on.clear()
    eyes.touch("agency-k")
    eyes.touch("service-k-1")
    visitor.sees(Stage.PRINTING)
    assert (eyes.reads("number"), eyes.reads("heading-ticket")) == ("K-001", "Tiket Anda sedang dicetak")
    assert not any(eyes.sees(name) for name in ("done", "another", "wrong-choice"))
    printer.goes_on.set()
    visitor.sees(Stage.DONE)
    assert eyes.reads("where-to-wait") == "Tunggu di Lantai 1, loket 10–13."


def test_the_choosing_screens_say_that_there_is_no_paper(eyes: Eyes, printer: StandInPrinter, until: Until) -> None:
    printer.now = Health(troubles=("paper_out",))
    eyes.touch_ground()
    until(lambda: eyes.sees("notice"))
    assert eyes.reads("notice").startswith("Tiket kertas sedang tidak tersedia.")
    eyes.touch("agency-k")
    assert eyes.sees("notice")


# ---------------------------------------------------------------- sorry, still there


def test_without_the_hub_there_is_nothing_to_touch_and_a_next_step(
    eyes: Eyes, link: StandInLink, visitor: Visitor
) -> None:
    link.goes_away()
    visitor.sees(Stage.SORRY)
    assert eyes.reads("sorry-step") == "Bila lama, silakan minta nomor kepada petugas."
    assert not eyes.sees("sorry-back")
    assert eyes.reads("sorry-code") == "Untuk petugas: hub_away"
    link.comes_up()
    assert eyes.sees("agency-k")


def test_after_a_lost_press_the_same_service_is_asked_for(eyes: Eyes, link: StandInLink, visitor: Visitor) -> None:
    link.lossy = True
    eyes.touch("agency-k")
    eyes.touch("service-k-1")
    visitor.sees(Stage.SORRY)
    assert "tidak akan ganda" in eyes.reads("sorry-step")
    link.lossy = False
    eyes.touch("sorry-back")
    eyes.touch("service-k-1")
    visitor.sees(Stage.DONE)
    assert eyes.reads("number") == "K-001"


def test_a_refusal_is_said_in_the_hubs_words(eyes: Eyes, hub: SmallHub, visitor: Visitor) -> None:
    hub.refuses = Trouble("storage_failed", why="disk penuh")
    eyes.touch("agency-s")
    visitor.sees(Stage.SORRY)
    assert eyes.reads("sorry-sentence") == "Data tidak dapat disimpan: disk penuh."
    eyes.touch("sorry-back")
    assert eyes.sees("agency-s")


def test_still_there_covers_what_lies_below(
    open_kiosk: Callable[..., Kiosk], link: StandInLink, qtbot: QtBot, until: Until, hub: SmallHub
) -> None:
    kiosk = open_kiosk(idle_s=0.05)
    eyes = Eyes(shown(KioskWindow(kiosk, link), qtbot, QSize(1920, 1080)))
    eyes.touch("agency-k")
    until(lambda: eyes.sees("still-here"))
    assert eyes.reads("heading-still-there") == "Masih di sana?"
    assert eyes.reads("still-there-seconds") == "Layar kembali ke awal dalam 20 detik."
    below = eyes.find("service-k-0")
    middle = below.mapTo(eyes.window, below.rect().center())
    until(lambda: eyes.window.childAt(middle) is eyes.window.still_there)  # once it can have been seen
    finger(eyes.window.still_there, QPoint(5, 5))
    assert not eyes.sees("still-here")
    assert eyes.sees("service-k-0")
    assert hub.tickets == {}


def test_a_touch_on_the_ground_is_a_sign_of_life(eyes: Eyes, kiosk: Kiosk) -> None:
    eyes.touch_ground()
    assert kiosk.scene.visiting


def test_the_bar_runs_only_where_the_screen_goes_by_itself(eyes: Eyes, visitor: Visitor) -> None:
    bar = eyes.window.bar
    assert not bar._timer.isActive()
    takes(eyes, visitor)
    assert bar._timer.isActive()
    assert bar._stay == visitor.scene.stay
    eyes.touch("done")
    assert not bar._timer.isActive()


# ---------------------------------------------------------------- pages of tiles


def test_pages_are_turned_by_buttons_and_begin_anew_with_the_next_visitor(eyes: Eyes, kiosk: Kiosk) -> None:
    many = tuple(AgencyQueue(an_agency(f"A{n}", "Satu", "Dua"), n, n, 1) for n in range(30))
    eyes.window.agencies.show_queues(many)
    assert eyes.reads("page") == "1 dari 3"
    assert not eyes.find("page-back").isEnabled()
    eyes.touch("page-next")
    eyes.touch("page-next")
    assert (eyes.reads("page"), eyes.find("page-next").isEnabled()) == ("3 dari 3", False)
    assert kiosk.scene.visiting
    kiosk.home()
    assert eyes.window.agencies.grid.page == 0


def test_one_page_needs_no_buttons(eyes: Eyes) -> None:
    assert not eyes.sees("page-next")
    assert not eyes.sees("page-back")


# ---------------------------------------------------------------- languages

INDONESIAN = ("Anda", "menunggu", "Kembali", "Silakan", "Selesai", "Layanan", "nomor", "tiket", "Antrean", "dari ")


def words_seen(window: KioskWindow) -> str:
    seen: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return " | ".join(f"{widget.text()} {widget.accessibleName()}" for widget in seen if widget.isVisible())


def at_home(_eyes: Eyes, _visitor: Visitor) -> None:
    """Nothing was touched."""


def at_services(eyes: Eyes, _visitor: Visitor) -> None:
    eyes.touch("agency-k")


def at_sorry(eyes: Eyes, visitor: Visitor) -> None:
    visitor.kiosk._link.hub.refuses = Trouble("hub_fault")  # type: ignore[attr-defined]  # the stand-in's
    eyes.touch("agency-s")
    visitor.sees(Stage.SORRY)


@pytest.mark.parametrize(
    ("go", "indonesian", "english"),
    [
        (at_home, "Hari ini mau mengurus apa?", "What can we do for you today?"),
        (at_services, "Layanan apa yang Anda perlukan?", "Which service do you need?"),
        (takes, "Silakan ambil tiket Anda", "Please take your ticket"),
        (at_sorry, "Maaf, nomor belum dapat diambil", "Sorry, no number could be taken"),
    ],
)
def test_the_language_changes_on_every_screen(
    go: Callable[[Eyes, Visitor], None], indonesian: str, english: str, eyes: Eyes, visitor: Visitor
) -> None:
    go(eyes, visitor)
    assert indonesian in words_seen(eyes.window)
    eyes.touch("language-en")
    seen = words_seen(eyes.window)
    assert english in seen
    assert [word for word in INDONESIAN if word in seen] == []
    eyes.touch("language-id")
    assert indonesian in words_seen(eyes.window)


def test_the_question_whether_somebody_is_there_has_two_languages(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("language-en")
    visitor.kiosk.visit.ask_still_there()
    assert eyes.reads("heading-still-there") == "Are you still there?"
    assert eyes.reads("still-here") == "Yes, I am still here"


def test_english_names_stand_where_the_site_file_gives_them(eyes: Eyes) -> None:
    assert "Dinas K." in eyes.find("agency-k").accessibleName()
    eyes.touch("language-en")
    assert "Office K." in eyes.find("agency-k").accessibleName()


def test_the_chosen_language_is_marked(eyes: Eyes) -> None:
    eyes.touch("language-en")
    marks = {name: eyes.find(name).isChecked() for name in ("language-id", "language-en")}  # type: ignore[attr-defined]
    assert marks == {"language-id": False, "language-en": True}


def test_a_hall_of_one_language_has_no_switch(hall: Hall, desk: PrintDesk, link: StandInLink, qtbot: QtBot) -> None:
    one = hall.model_copy(update={"languages": ["id"], "tagline": ""})
    kiosk = Kiosk(link, desk, Place(one, hall.kiosks[0]))
    kiosk.setParent(link)
    eyes = Eyes(shown(KioskWindow(kiosk, link), qtbot, QSize(1920, 1080)))
    assert not eyes.sees("language-id")


def test_a_halls_logo_stands_where_its_letter_stood(hall: Hall, qtbot: QtBot, tmp_path: Path) -> None:
    red = QImage(8, 4, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    assert red.save(str(tmp_path / "logo.png"))
    data = b64encode((tmp_path / "logo.png").read_bytes()).decode()
    mark = HouseMark(hall.model_copy(update={"logo": f"data:image/png;base64,{data}"}))
    qtbot.addWidget(mark)
    mark.dress(Theme(QSize(1920, 1080)))
    picture = mark.grab().toImage()
    assert picture.pixelColor(picture.rect().center()) == Qt.GlobalColor.red
