"""A visitor with an appointment: a code scanned or typed is a number, whatever is on the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from kiosk.check_in import grouped, scanned_code, typed_code
from kiosk.kiosk import Kiosk
from kiosk.place import Place
from kiosk.scanning import GAP_S, Scanning, Stroke
from kiosk.scene import Stage
from kiosk.screens.key_rows import rows_of_code
from kiosk.screens.keys import is_one_of
from kiosk.screens.window import KioskWindow
from shared.hall import Appointments, Hall
from shared.trouble import Trouble
from tests.kiosk.conftest import Visitor
from tests.kiosk.stand_in import SmallHub, StandInLink, a_hall, an_agency
from tests.kiosk.test_screens import Eyes

CODE, SERVICE = "7K2M9QXA", "k-1"

# ---------------------------------------------------------------- scanner or finger (no Qt)

FAST, SLOW = 0.012, 0.12


def strokes(text: str, gap: float, begins: float = 100.0) -> list[Stroke]:
    return [Stroke(letter, begins + n * gap) for n, letter in enumerate(text)]


def heard(keys: list[Stroke], *, then_quiet: bool = True) -> tuple[list[str], str]:
    """What was scanned, and what somebody struck."""
    scanning, scanned, struck = Scanning(), list[str](), ""
    for key in keys:
        now = scanning.hear(key)
        scanned += [now.scanned] if now.scanned else []
        struck += "".join(stroke.text for stroke in now.struck)
    if then_quiet:
        now = scanning.settle()
        scanned += [now.scanned] if now.scanned else []
        struck += "".join(stroke.text for stroke in now.struck)
    return scanned, struck


KEYS: dict[str, tuple[list[Stroke], tuple[list[str], str]]] = {
    "a code and Enter": (strokes("7K2M9QXA\r", FAST), (["7K2M9QXA"], "")),
    "a code and Tab": (strokes("7K2M9QXA\t", FAST), (["7K2M9QXA"], "")),
    "the shortest code": (strokes("A1B2\r", FAST), (["A1B2"], "")),
    "an address": (strokes("https://h.id/b/A1B2\r", FAST), (["https://h.id/b/A1B2"], "")),
    "as slow as scanners are": (strokes("7K2M9QXA\r", GAP_S - 0.001), (["7K2M9QXA"], "")),
    "digits alone": (strokes("80645290\r", FAST), (["80645290"], "")),
    "a scanner that sends no Enter": (strokes("7K2M9QXA", FAST), (["7K2M9QXA"], "")),
    "typed by fingers": (strokes("ktp hilang\r", SLOW), ([], "ktp hilang\r")),
    "one digit of the keypad": (strokes("6", FAST), ([], "6")),
    "Enter alone": (strokes("\r", FAST), ([], "\r")),
    "two keys at once, then Enter": (strokes("kt\r", FAST), ([], "kt\r")),
    "three keys rolled by a hurried hand": (strokes("ktp", FAST), ([], "ktp")),
    "a finger, then a scanner": ([*strokes("k", FAST, 99), *strokes("A1B2\r", FAST)], (["A1B2"], "k")),
    "one code after the other": (
        [*strokes("A1B2\r", FAST), *strokes("C3D4\r", FAST, 101)],
        (["A1B2", "C3D4"], ""),
    ),
    "without Enter, one after the other": (
        [*strokes("A1B2C3D4", FAST), *strokes("E5F6G7H8", FAST, 101)],
        (["A1B2C3D4", "E5F6G7H8"], ""),
    ),
}


@pytest.mark.parametrize(("keys", "told"), KEYS.values(), ids=KEYS)
def test_a_burst_is_a_scanners_and_all_else_somebodys(keys: list[Stroke], told: tuple[list[str], str]) -> None:
    assert heard(keys) == told


def test_a_screen_too_busy_to_hear_in_time_still_knows_a_scan() -> None:
    scanning = Scanning()
    keys = strokes("7K2M9QXA\r", FAST)
    early = [scanning.hear(key) for key in keys[:3]]
    assert not any(one.struck or one.scanned for one in early)
    assert "".join(stroke.text for stroke in scanning.settle().struck) == "7K2"
    assert [scanning.hear(key).scanned for key in keys[3:]][-1] == "7K2M9QXA"


QRS = {
    "7K2M9QXA": "7K2M9QXA",
    "7k2m-9qxa": "7K2M9QXA",
    "ANTRE:7K2M9QXA": "7K2M9QXA",
    "antre>7k2m9qxa": "7K2M9QXA",
    "https://mpp.paserkab.go.id/janji/7K2M9QXA": "7K2M9QXA",
    "https://mpp.paserkab.go.id/janji/7K2M-9QXA/?dari=wa": "7K2M9QXA",
    "ANTREAN1": "ANTREAN1",
    "ABC": None,
    "https://mpp.paserkab.go.id/": None,
    "8991234567890123456789": None,
    "Halo dunia!": None,
}


@pytest.mark.parametrize(("text", "code"), QRS.items())
def test_what_a_qr_holds(text: str, code: str | None) -> None:
    assert scanned_code(text) == code


def test_a_code_is_shown_in_groups_of_capitals() -> None:
    assert grouped(typed_code("7k2m-9q xa")) == "7K2M 9QXA"
    assert len(typed_code("m" * 30)) == 20


def test_the_keypads_digits_are_the_number_pads() -> None:
    assert is_one_of(Stroke("4", 0, Qt.Key.Key_4, pad=True), (), "48")
    assert not is_one_of(Stroke("4", 0, Qt.Key.Key_4), (), "48")
    assert is_one_of(Stroke("", 0, Qt.Key.Key_Left, pad=True), (Qt.Key.Key_Left,), "")


@pytest.mark.parametrize("figures", [True, False])
@pytest.mark.parametrize("across", [10, 9, 8, 7, 6])
@pytest.mark.parametrize("count", [5, 4, 3])
def test_a_codes_keys_have_no_blank(count: int, across: int, *, figures: bool) -> None:
    keys = [key for row in rows_of_code(count, figures=figures, across=across) for key, _ in row.keys]
    assert not {"space", "clear"} & set(keys)
    assert (len(keys), "erase" in keys) == (len(set(keys)), True)


# ---------------------------------------------------------------- before the kiosk


@pytest.fixture
def hall() -> Hall:
    many = an_agency("T", *("Surat " + letter for letter in "abcdefghijk"))
    return a_hall([*a_hall().agencies, many]).model_copy(update={"appointments": Appointments(per_hour=4)})


@pytest.fixture
def hub(hall: Hall) -> SmallHub:
    hub = SmallHub(hall)
    hub.booked[CODE] = SERVICE
    return hub


@pytest.fixture
def eyes(window: KioskWindow) -> Eyes:
    return Eyes(window)


def scan(window: KioskWindow, text: str = CODE) -> None:
    """As a scanner types it: as fast as it goes, to whatever has the keyboard."""
    QTest.keyClicks(window.focusWidget() or window, text)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return)


def numbers(hub: SmallHub) -> list[str]:
    return [ticket.number for ticket in hub.tickets.values()]


WHERE: dict[str, tuple[str, ...]] = {
    "the first screen": (),
    "an agency": ("agency-k",),
    "the search": ("search",),
    "a list of several": ("several", "agency-s"),
    "the sheet of modes": ("modes",),
    "the page for codes": ("appointment", "key-a"),
}


@pytest.mark.parametrize("touches", WHERE.values(), ids=WHERE)
def test_a_scan_is_a_number_wherever_somebody_chooses(
    eyes: Eyes, visitor: Visitor, hub: SmallHub, touches: tuple[str, ...]
) -> None:
    for name in touches:
        eyes.touch(name)
    scan(eyes.window, f"ANTRE:{CODE}")
    visitor.sees(Stage.DONE)
    assert numbers(hub) == ["K-001"]
    assert eyes.reads("ticket-appointment") == "Janji temu pukul 09.42"


def test_priority_asked_for_before_a_scan_holds_for_it(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.touch("priority")
    scan(eyes.window, CODE)
    visitor.sees(Stage.DONE)
    assert [ticket.priority for ticket in hub.tickets.values()] == [True]


def test_a_scan_presses_nothing_and_writes_nothing_into_the_search(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.find("agency-k").setFocus()
    scan(eyes.window, "ZZZZZZZZ")
    visitor.sees(Stage.SORRY)
    assert (visitor.scene.agency, visitor.scene.query, hub.tickets) == (None, None, {})
    assert eyes.reads("sorry-sentence") == "Kode janji temu ini tidak ditemukan."


def test_tab_ends_a_code_as_enter_does(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    hub.booked["A1B2"] = SERVICE
    QTest.keyClicks(eyes.window, "A1B2")
    QTest.keyClick(eyes.window, Qt.Key.Key_Tab)
    visitor.sees(Stage.DONE)
    assert numbers(hub) == ["K-001"]


def test_nothing_is_scanned_while_a_technician_is_at_it(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    visitor.kiosk.attend(on=True)
    scan(eyes.window)
    assert "/api/check-in" not in [path for path, _ in hub.orders]


def test_the_code_is_typed_on_the_screen(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    eyes.touch("appointment")
    take = eyes.find("check-in")
    assert isinstance(take, QAbstractButton)
    assert not take.isEnabled()
    for letter in CODE.lower():
        eyes.touch(f"key-{letter}")
    assert (eyes.reads("code"), eyes.find("code").accessibleName()) == ("7K2M 9QXA", "7 K 2 M 9 Q X A")
    eyes.touch("check-in")
    visitor.sees(Stage.DONE)
    assert numbers(hub) == ["K-001"]


def test_a_code_nobody_knows_is_mended_or_an_ordinary_number_taken(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("appointment")
    for letter in "7k2m9qxb":
        eyes.touch(f"key-{letter}")
    eyes.touch("check-in")
    visitor.sees(Stage.SORRY)
    eyes.touch("sorry-back")
    assert eyes.reads("code") == "7K2M 9QXB"
    eyes.touch("key-erase")
    eyes.touch("check-in")
    visitor.sees(Stage.SORRY)
    eyes.touch("sorry-ordinary")
    assert eyes.sees("agency-k")


def test_a_code_is_used_once_and_then_tells_its_number(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    scan(eyes.window)
    visitor.sees(Stage.DONE)
    visitor.kiosk.home()
    scan(eyes.window)
    visitor.sees(Stage.SORRY)
    assert eyes.reads("heading-sorry") == "Anda sudah punya nomor"
    assert eyes.reads("sorry-sentence") == "Kode ini sudah dipakai mengambil nomor K-001."
    eyes.touch("sorry-back")
    assert eyes.sees("agency-k")
    assert numbers(hub) == ["K-001"]


def test_a_number_stays_on_the_screen_while_its_code_is_still_before_the_scanner(eyes: Eyes, visitor: Visitor) -> None:
    scan(eyes.window, f"ANTRE:{CODE}")
    visitor.sees(Stage.DONE)
    scan(eyes.window, f"ANTRE:{CODE}")
    assert visitor.scene.stage is Stage.DONE
    assert visitor.scene.ticket is not None


def test_another_code_ends_the_visit_before(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    hub.booked["A1B2"] = SERVICE
    scan(eyes.window)
    visitor.sees(Stage.DONE)
    scan(eyes.window, "A1B2")
    visitor.until(lambda: numbers(hub) == ["K-001", "K-002"])


def test_a_scan_while_a_number_is_taken_is_none(eyes: Eyes, visitor: Visitor, hub: SmallHub, link: StandInLink) -> None:
    link.slow = True
    eyes.touch("agency-s")
    scan(eyes.window)
    link.slow = False
    link.deliver()
    visitor.sees(Stage.DONE)
    assert numbers(hub) == ["S-001"]


def test_a_lost_answer_gets_the_same_number_when_scanned_again(
    eyes: Eyes, visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    link.lossy = True
    scan(eyes.window)
    visitor.sees(Stage.SORRY)
    link.comes_up()
    eyes.touch("sorry-back")
    assert eyes.reads("code") == "7K2M 9QXA"
    scan(eyes.window)
    visitor.sees(Stage.DONE)
    assert numbers(hub) == ["K-001"]


def test_who_leaves_without_the_answer_can_come_back_with_the_code(
    eyes: Eyes, visitor: Visitor, hub: SmallHub, link: StandInLink, kiosk: Kiosk
) -> None:
    link.lossy = True
    scan(eyes.window)
    visitor.sees(Stage.SORRY)
    link.goes_away()
    kiosk.home()
    link.comes_up()
    visitor.until(lambda: not hub.waiting)
    scan(eyes.window)
    visitor.sees(Stage.DONE)
    assert [ticket.number for ticket in hub.waiting] == ["K-002"]


def test_another_day_says_which(eyes: Eyes, visitor: Visitor, hub: SmallHub) -> None:
    now = hub.now.isoformat()
    hub.refuses = Trouble("booking_other_day", at=now, opens=hub.now.replace(day=16).isoformat())
    scan(eyes.window)
    visitor.sees(Stage.SORRY)
    assert eyes.reads("sorry-sentence").startswith("Janji temu ini untuk Senin")
    assert eyes.reads("sorry-code") == ""
    assert eyes.reads("sorry-back") == "Ambil nomor biasa"


def test_a_few_keys_are_the_searchs_a_blink_later(eyes: Eyes, visitor: Visitor) -> None:
    eyes.touch("search")
    QTest.keyClicks(eyes.window, "k8")
    assert visitor.scene.query == ""
    visitor.until(lambda: visitor.scene.query == "k8")


@pytest.mark.parametrize("appointments", [None, Appointments(per_hour=4)])
def test_the_button_is_there_where_appointments_are(appointments: Appointments | None) -> None:
    hall = a_hall().model_copy(update={"appointments": appointments})
    assert Place(hall, hall.kiosks[0]).takes_appointments is (appointments is not None)
