"""The supervisor's sheet: how the hall stands, what is closed and opened, numbers on paper; all by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter.choice import Choice
from counter.desk import Verb
from counter.oversight import may_oversee, oversight
from counter.screens.oversight_terms import oversight_terms
from counter.screens.sentences import Sentences
from counter.screens.window import CounterWindow
from counter.supervisor import Supervisor
from shared.hall import Zone
from shared.model import DeviceKind, Post, Role
from shared.trouble import Trouble
from shared.wire import (
    AgencyNow,
    Alarm,
    AnswerAlarm,
    BeginRoll,
    Close,
    CounterNow,
    CounterSession,
    Device,
    EndQuiet,
    EndRoll,
    Nothing,
    Overview,
    PaperRoll,
    Quiet,
    Staff,
)
from shared.words import Words
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import broken, strike, text
from tests.counter.stand_in import NOON, SmallHub, StandInLink, a_hall
from tests.counter.test_looks import SIZES, at_the_counter, busy_hall
from tests.counter.test_sheet import digit, lines

AGENCY = {"waiting": 12, "longest_minutes": 25, "open_counters": 2, "closed": None, "roll": None}
DESK = {"state": Post.FREE, "number": None, "since": None, "why": "", "has_app": True}
ROLL = PaperRoll(agency="dukcapil", first=101, last=200, next=104, place="meja depan")
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def agency(**other: object) -> AgencyNow:
    return AgencyNow.model_validate({"agency": "dukcapil"} | AGENCY | other)


def desk_now(counter: str = "12", **other: object) -> CounterNow:
    return CounterNow.model_validate({"counter": counter} | DESK | other)


def whole_hall(*counters: CounterNow, agencies: list[AgencyNow] | None = None, ailing: int = 0) -> Overview:
    kiosk = Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=True, seen_at=NOON, troubles=["paper_out"])
    now = [agency()] if agencies is None else agencies
    return Overview(now=NOON, last_event=1, agencies=now, counters=list(counters), devices=[kiosk] * ailing)


@pytest.fixture
def supervise(desk: CounterWindow, hub: SmallHub) -> CounterWindow:
    """The desk, whose hub tells how the whole hall stands."""
    hub.overview = whole_hall(
        desk_now(), desk_now("13", state=Post.SERVING, number="K-009"), desk_now("14", has_app=False)
    )
    return desk


def open_sheet(window: CounterWindow, until: Until, *wanted: str) -> None:
    """Lainnya, Pengawas, and these lines, a level each, by their digits."""
    strike(window, Qt.Key.Key_L)
    until(lambda: "Pengawas" in lines(window))
    for line in ("Pengawas", *wanted):
        digit(window, lines(window).index(line) + 1)


def details(window: CounterWindow) -> list[str]:
    return [text(window, f"choice-{index}-detail") for index in range(len(lines(window)))]


def write(window: CounterWindow, words: str) -> None:
    QTest.keyClicks(window.focusWidget(), words)
    strike(window, ENTER)


def test_it_tells_how_the_hall_stands_at_a_glance(supervise: CounterWindow, until: Until) -> None:
    open_sheet(supervise, until)
    assert lines(supervise) == ["Instansi", "Loket", "Perangkat", "Tanpa suara", "Konfigurasi"]
    told = ["12 orang menunggu", "1 kosong, 1 melayani, 1 belum dibuka", "semua baik", "panggilan diucapkan", ""]
    assert details(supervise) == told


def test_one_touch_ends_the_voice_for_a_prayer_and_another_brings_it_back(
    supervise: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
) -> None:
    open_sheet(supervise, until, "Tanpa suara")
    assert lines(supervise) == ["15 menit", "30 menit", "60 menit"]
    digit(supervise, 2)
    until(lambda: len(link.hall_orders) == 1)
    assert hub.overview
    hub.overview = hub.overview.model_copy(update={"quiet": {"": NOON + timedelta(minutes=30)}})
    open_sheet(supervise, until)
    until(lambda: details(supervise)[3] == "sampai 10.12")
    digit(supervise, 4)
    digit(supervise, lines(supervise).index("Suara lagi") + 1)
    assert [order[:2] for order in link.hall_orders] == [
        ("/api/quiet", Quiet(minutes=30, why="Salat atau upacara")),
        ("/api/quiet/end", EndQuiet()),
    ]


def test_a_hall_of_several_floors_has_each_of_them_quiet_by_itself() -> None:
    hall = a_hall()
    terms = oversight_terms(Sentences(Words("id"), hall), hall)
    floors = [Zone(id="l1", name="Lantai 1"), Zone(id="l2", name="Lantai 2")]
    seen = whole_hall().model_copy(update={"quiet": {"l2": NOON}})
    line = oversight(seen, hall.model_copy(update={"zones": floors}), terms).further[3]
    assert [(one.text, one.detail) for one in line.further] == [
        ("Seluruh gedung", "sampai 09.42"),
        ("Lantai 1", "panggilan diucapkan"),
        ("Lantai 2", "sampai 09.42"),
    ]
    assert [one.body for one in line.further[2].further if one.text == "Suara lagi"] == [EndQuiet(zone="l2")]


def test_one_letter_opens_it_though_it_stands_on_the_second_page(
    supervise: CounterWindow, hub: SmallHub, until: Until
) -> None:
    at_the_counter(hub)
    hub.held = [hub.ticket(30)]
    officer_of(supervise).refresh()
    until(lambda: Verb.UNHOLD in officer_of(supervise).desk.offered)
    strike(supervise, Qt.Key.Key_L)
    until(lambda: text(supervise, "sheet-title") == "Lainnya" and len(lines(supervise)) == 9)
    assert "Pengawas" not in lines(supervise)
    until(lambda: supervise._desk._overview)
    strike(supervise, Qt.Key.Key_P)
    assert text(supervise, "sheet-title") == "Pengawas"


def test_a_call_for_help_is_named_and_answered_there(
    supervise: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
) -> None:
    alarm = Alarm(id=7, counter="13", words="Tolong", at=NOON)
    hub.overview = whole_hall(desk_now()).model_copy(update={"alarms": [alarm]})
    open_sheet(supervise, until)
    assert (lines(supervise)[-1], details(supervise)[-1]) == ("Loket 13 minta bantuan", "sejak 09.42 · Tolong")
    digit(supervise, 6)
    assert lines(supervise) == ["Saya datang"]
    digit(supervise, 1)
    assert link.pleas == [("/api/alarms/7/answer", AnswerAlarm(counter="12"))]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({}, "12 orang · terlama 25 menit"),
        ({"waiting": 0, "longest_minutes": None}, "0 orang"),
        ({"closed": "Listrik padam", "waiting": 0, "longest_minutes": None}, "tutup: Listrik padam"),
        ({"roll": ROLL, "waiting": 0, "longest_minutes": None}, "nomor kertas, berikutnya K-104"),
        ({"roll": ROLL, "waiting": 1}, "nomor kertas, berikutnya K-104 · 1 orang · terlama 25 menit"),
    ],
)
def test_an_agency_tells_who_waits(
    supervise: CounterWindow, hub: SmallHub, until: Until, now: dict[str, object], said: str
) -> None:
    hub.overview = whole_hall(agencies=[agency(**now)])
    open_sheet(supervise, until, "Instansi")
    assert (lines(supervise), details(supervise)) == (["Disdukcapil"], [said])


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({}, "kosong"),
        ({"state": Post.CALLING, "number": "K-001"}, "memanggil K-001"),
        ({"state": Post.SERVING, "number": "K-001"}, "melayani K-001"),
        ({"state": Post.PAUSED, "why": "Salat"}, "jeda: Salat"),
        ({"state": Post.CLOSED, "why": "Rapat"}, "tutup: Rapat"),
        ({"has_app": False}, "aplikasi tidak terbuka"),
        ({"has_app": False, "state": Post.SERVING, "number": "K-001"}, "melayani K-001 · aplikasi tidak terbuka"),
    ],
)
def test_a_counter_tells_what_it_does(
    supervise: CounterWindow, hub: SmallHub, until: Until, now: dict[str, object], said: str
) -> None:
    hub.overview = whole_hall(desk_now("13", **now))
    open_sheet(supervise, until, "Loket")
    assert (lines(supervise), details(supervise)) == (["Loket 13"], [said])


def test_devices_in_trouble_are_named(supervise: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.overview = whole_hall(ailing=1)
    open_sheet(supervise, until)
    assert details(supervise)[2] == "1 bermasalah"
    digit(supervise, 3)
    assert lines(supervise) == ["Mesin tiket lobi: Kertas habis. Pasang gulungan kertas baru."]
    digit(supervise, 1)
    assert lines(supervise) == ["Mesin tiket lobi: Kertas habis. Pasang gulungan kertas baru."]


def test_an_agency_is_closed_with_a_reason(supervise: CounterWindow, link: StandInLink, until: Until) -> None:
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Tutup untuk hari ini", "Listrik padam")
    path, body, key = link.hall_orders[-1]
    assert (path, body) == ("/api/agencies/dukcapil/close", Close(why="Listrik padam"))
    assert key is not None
    until(
        lambda: (
            text(supervise, "message").splitlines()[:1] == ["Disdukcapil · Tutup untuk hari ini: sudah dilaksanakan."]
        )
    )


def test_a_reason_can_be_typed(supervise: CounterWindow, link: StandInLink, until: Until) -> None:
    own = "Alasan lain: ketik sendiri"
    open_sheet(supervise, until, "Loket", "Loket 13", "Tutup untuk hari ini", own)
    write(supervise, "Banjir")
    assert link.hall_orders[-1][:2] == ("/api/counters/13/close", Close(why="Banjir"))


def test_what_is_closed_is_opened_again(
    supervise: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
) -> None:
    hub.overview = whole_hall(agencies=[agency(closed="Listrik padam")])
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Buka kembali")
    assert link.hall_orders[-1][:2] == ("/api/agencies/dukcapil/reopen", Nothing())


def test_a_roll_begins_with_its_first_and_last_number_and_its_place(
    supervise: CounterWindow, link: StandInLink, until: Until
) -> None:
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Mulai nomor kertas: ketik nomor pertama")
    write(supervise, "K-101")
    assert text(supervise, "sheet-title") == "Mulai K-101: ketik nomor terakhir gulungan"
    write(supervise, "200")
    assert text(supervise, "sheet-title") == "K-101 sampai K-200: disobek di mana?"
    digit(supervise, 2)
    assert link.hall_orders[-1][:2] == (
        "/api/agencies/dukcapil/paper-roll",
        BeginRoll(first=101, last=200, place="meja informasi"),
    )


def test_another_place_is_typed_in_the_few_words_a_tile_has_room_for(
    supervise: CounterWindow, link: StandInLink, until: Until
) -> None:
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Mulai nomor kertas: ketik nomor pertama")
    write(supervise, "101")
    write(supervise, "200")
    digit(supervise, lines(supervise).index("Tempat lain: ketik sendiri") + 1)
    write(supervise, "samping tangga di sebelah kiri")
    assert link.hall_orders == []
    write(supervise, "samping tangga")
    assert link.hall_orders[-1][1] == BeginRoll(first=101, last=200, place="samping tangga")


@pytest.mark.parametrize("wrong", ["x", "0", "B-7", "123456", "50", "9999"])
def test_what_is_no_last_number_is_asked_again(
    supervise: CounterWindow, link: StandInLink, until: Until, wrong: str
) -> None:
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Mulai nomor kertas: ketik nomor pertama")
    write(supervise, "101")
    write(supervise, wrong)
    assert text(supervise, "sheet-title") == "Mulai K-101: ketik nomor terakhir gulungan"
    assert link.hall_orders == []


def test_a_roll_ends_with_all_called(supervise: CounterWindow, hub: SmallHub, link: StandInLink, until: Until) -> None:
    hub.overview = whole_hall(agencies=[agency(roll=ROLL)])
    all_called = "Semua yang disobek sudah dipanggil"
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Hentikan nomor kertas", all_called)
    assert link.hall_orders[-1][:2] == ("/api/agencies/dukcapil/end-paper-roll", EndRoll())


def test_a_roll_ends_with_some_still_waiting(
    supervise: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
) -> None:
    hub.overview = whole_hall(agencies=[agency(roll=ROLL)])
    some_wait = "Masih ada yang menunggu: ketik nomor terakhir yang disobek"
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Hentikan nomor kertas", some_wait)
    write(supervise, "201")
    assert link.hall_orders == []
    write(supervise, "110")
    assert link.hall_orders[-1][:2] == ("/api/agencies/dukcapil/end-paper-roll", EndRoll(handed_out=110))


def test_a_refusal_is_told_in_words(supervise: CounterWindow, link: StandInLink, until: Until) -> None:
    link.refuse_hall = Trouble("unknown_agency", agency="dukcapil")
    open_sheet(supervise, until, "Instansi", "Disdukcapil", "Tutup untuk hari ini", "Listrik padam")
    until(lambda: "Instansi 'dukcapil' tidak ada" in text(supervise, "message"))


def test_an_order_whose_answer_was_lost_is_the_same_when_given_again(
    supervise: CounterWindow, link: StandInLink, until: Until
) -> None:
    way = ("Instansi", "Disdukcapil", "Tutup untuk hari ini", "Listrik padam")
    link.refuse_hall = Trouble("hub_away")
    open_sheet(supervise, until, *way)
    until(lambda: "Jawaban hub tidak sampai." in text(supervise, "message"))
    link.refuse_hall = None
    open_sheet(supervise, until, *way)
    until(lambda: "sudah dilaksanakan" in text(supervise, "message"))
    open_sheet(supervise, until, *way)
    first, again, anew = (key for _, _, key in link.hall_orders)
    assert first == again != anew


def test_an_order_is_given_anew_once_another_was_decided(link: StandInLink, until: Until) -> None:
    supervisor, told = Supervisor(link), list[str]()
    supervisor.told.connect(lambda trouble: told.append(trouble.code))
    close = Choice("", path="/api/agencies/dukcapil/close", body=Close(why="Gangguan sistem"))
    link.refuse_hall = Trouble("hub_away")  # it is carried out: only its answer is lost
    supervisor.order(close)
    until(lambda: told == ["answer_lost"])
    link.refuse_hall = None
    supervisor.order(Choice("", path="/api/agencies/dukcapil/reopen", body=Nothing()))
    until(lambda: len(told) == 2)
    supervisor.order(close)
    first, _, again = (key for _, _, key in link.hall_orders)
    assert first != again


def test_it_follows_the_hall_while_it_is_open(
    supervise: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
) -> None:
    open_sheet(supervise, until, "Instansi")
    hub.overview = whole_hall(agencies=[agency(waiting=13)])
    link.event_came.emit(hub.event(agency="samsat"))
    until(lambda: details(supervise) == ["13 orang · terlama 25 menit"])
    strike(supervise, ESC, ESC, ESC)
    asked = link.overviews_asked
    link.event_came.emit(hub.event(agency="samsat"))
    QApplication.processEvents()
    assert link.overviews_asked == asked


@pytest.mark.parametrize(
    ("role", "may"), [(None, True), (Role.OFFICER, False), (Role.SUPERVISOR, True), (Role.ADMINISTRATOR, True)]
)
def test_the_role_decides_who_has_it(role: Role | None, may: bool) -> None:
    staff = None if role is None else Staff(id=1, name="Siti", role=role)
    session = CounterSession(staff=staff, host="PC-1", since=NOON - timedelta(hours=1), app="x")
    assert may_oversee(session) is may
    assert may_oversee(None)


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_whole_at_the_sizes_of_officers_screens(
    open_app: Open, link: StandInLink, hub: SmallHub, until: Until, *, language: str
) -> None:
    numbers = range(12, 56)
    hub.overview = whole_hall(
        *(desk_now(str(n), state=Post.PAUSED, why="Gangguan sistem", has_app=False) for n in numbers),
        agencies=[agency(roll=ROLL, waiting=123, longest_minutes=199), agency(closed="Kegiatan dinas")],
        ailing=3,
    )
    window = open_app("12", hall=busy_hall(), language=language)
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    strike(window, Qt.Key.Key_L)
    until(lambda: len(lines(window)) == len(set(lines(window))) and lines(window)[-1] in ("Pengawas", "Supervisor"))
    digit(window, len(lines(window)))
    for step in (1, 2, 3):
        digit(window, step)
        assert broken(window, SIZES[:2]) == {}
        strike(window, ESC)
