"""Signing in at a hub that asks who somebody is: a name, a PIN, and what becomes of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from counter.screens.name_tile import NameTile
from counter.screens.staff_picker import matching
from counter.screens.window import CounterWindow
from shared.model import Role
from shared.trouble import Trouble
from shared.wire import Staff
from tests.counter.conftest import QUICK, Open, Until, officer_of
from tests.counter.front_door import BUDI, SITI
from tests.counter.seen import broken, click, on, settle, strike, text
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink
from tests.counter.test_taken import seat_of

SIZES = [(1366, 768), (1920, 1080), (1080, 1920)]
NAMES = ("Siti Aminah", "Budi Santoso", "Sri Wahyuni", "Raden Ajeng Sri Wahyuningsih Kusumadewi Hadiningrat")
PEOPLE = [Staff(id=n, name=name, role=Role.OFFICER) for n, name in enumerate(NAMES, start=1)]


@pytest.fixture
def link(hub: SmallHub, qapp: QCoreApplication) -> Iterator[StandInLink]:
    """A link to a hub that asks who somebody is."""
    link = StandInLink(hub, is_secured=True)
    link.setParent(qapp)
    yield link
    link.deleteLater()


@pytest.fixture
def door(open_app: Open, link: StandInLink, until: Until) -> CounterWindow:
    """The window at counter 12, which asks who is on duty."""
    window = open_app(COUNTER.id, pace=QUICK)
    link.comes_up()
    until(lambda: "staff-1" in on(window))
    return window


def type_(window: CounterWindow, keys: str) -> None:
    QTest.keyClicks(window.focusWidget(), keys)


def give(window: CounterWindow, pin: str) -> None:
    """Type a PIN, and Enter."""
    type_(window, pin)
    strike(window, Qt.Key.Key_Return)


def sit_down(window: CounterWindow, until: Until, pin: str = "1234") -> None:
    """Siti signs in."""
    if "staff-1" in on(window):
        click(window, "staff-1")
    give(window, pin)
    until(lambda: seat_of(window).officer and officer_of(window).desk.staff)


def names(window: CounterWindow) -> list[str]:
    return [tile.text() for tile in window.findChildren(NameTile) if tile.isVisible()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", list(NAMES)),
        ("sri", ["Sri Wahyuni", NAMES[3]]),
        ("SITI", ["Siti Aminah"]),
        ("dewi", [NAMES[3]]),
        ("san", ["Budi Santoso"]),
        ("x", []),
    ],
)
def test_a_name_is_found_by_the_beginning_of_any_of_its_parts(typed: str, found: list[str]) -> None:
    assert [one.name for one in matching(PEOPLE, typed)] == found


def test_before_anybody_has_signed_in_there_is_no_desk(door: CounterWindow, link: StandInLink) -> None:
    assert text(door, "staff-title") == "Siapa yang bertugas di Loket 12?"
    assert seat_of(door).officer is None
    strike(door, Qt.Key.Key_Space)
    assert link.orders == []


def test_the_names_are_in_order_with_their_roles(door: CounterWindow) -> None:
    assert names(door) == ["Budi Santoso", "Siti Aminah"]
    tile = next(tile for tile in door.findChildren(NameTile) if tile.staff == BUDI)
    assert tile.accessibleDescription() == "Supervisor"


def test_a_name_and_its_pin_open_the_desk(door: CounterWindow, link: StandInLink, until: Until) -> None:
    sit_down(door, until)
    counter, asked = link.door.sign_ins[0]
    assert (counter, asked.staff, asked.pin, asked.take_over) == (COUNTER.id, 1, "1234", False)
    assert link.credentials.session == "token-1"
    assert text(door, "signed-in") == "Siti Aminah"


def test_all_of_it_goes_by_keyboard(door: CounterWindow, link: StandInLink, until: Until) -> None:
    type_(door, "bu")
    until(lambda: names(door) == ["Budi Santoso"])
    strike(door, Qt.Key.Key_Return)
    give(door, "567890")
    until(lambda: link.door.sign_ins and link.door.sign_ins[0][1].staff == BUDI.id)


def test_all_of_it_goes_by_touch(door: CounterWindow, link: StandInLink, until: Until) -> None:
    click(door, "staff-1")
    for digit in "9123":
        click(door, f"pin-{digit}")
    click(door, "pin-delete")
    click(door, "pin-4")
    click(door, "pin-enter")
    until(lambda: link.door.sign_ins and link.door.sign_ins[0][1].pin == "9124")


def test_a_pin_is_never_to_be_read(door: CounterWindow) -> None:
    click(door, "staff-1")
    type_(door, "1234")
    assert text(door, "pin-dots") == "● ● ● ●"
    assert "1234" not in repr(seat_of(door).__dict__)


def test_a_pin_too_short_is_not_tried(door: CounterWindow, link: StandInLink) -> None:
    click(door, "staff-1")
    give(door, "123")
    settle()
    assert not link.door.sign_ins
    assert "pin-enter" not in on(door)


def test_a_wrong_pin_says_how_many_tries_are_left(door: CounterWindow, until: Until) -> None:
    click(door, "staff-1")
    give(door, "9999")
    until(lambda: text(door, "pin-message").startswith("PIN salah. Sisa percobaan: 4."))
    assert text(door, "pin-dots") == ""
    sit_down(door, until)


def test_five_wrong_pins_lock_and_say_until_when(door: CounterWindow, link: StandInLink, until: Until) -> None:
    click(door, "staff-1")
    link.door.wrong = 5
    give(door, "1234")
    until(lambda: "Terkunci sampai pukul 09.47." in text(door, "pin-message"))
    assert seat_of(door).officer is None


def test_a_hub_that_is_away_is_told_and_the_pin_typed_again(
    door: CounterWindow, link: StandInLink, until: Until
) -> None:
    click(door, "staff-1")
    link.deaf = True
    give(door, "1234")
    until(lambda: text(door, "pin-message").startswith("Komputer hub tidak terjangkau."))
    link.deaf = False
    sit_down(door, until)


def test_names_are_asked_for_until_they_come(open_app: Open, link: StandInLink, until: Until) -> None:
    link.deaf = True
    window = open_app(COUNTER.id, pace=QUICK)
    until(lambda: text(window, "staff-how").startswith("Komputer hub tidak terjangkau."))
    link.deaf = False
    until(lambda: "staff-1" in on(window))


def test_a_hall_without_staff_says_what_to_do(open_app: Open, link: StandInLink, until: Until) -> None:
    link.door.staff = []
    window = open_app(COUNTER.id)
    until(lambda: text(window, "staff-how").startswith("Belum ada petugas."))


def test_a_name_nobody_has_is_told(door: CounterWindow) -> None:
    type_(door, "zz")
    assert text(door, "staff-how") == "Tidak ada nama yang cocok dengan 'zz'."
    strike(door, Qt.Key.Key_Escape)
    assert names(door) == ["Budi Santoso", "Siti Aminah"]


def test_who_is_not_the_one_goes_back_to_the_names(door: CounterWindow) -> None:
    click(door, "staff-1")
    strike(door, Qt.Key.Key_Escape)
    assert names(door) == ["Budi Santoso", "Siti Aminah"]


def test_another_counter_is_chosen_before_signing_in(door: CounterWindow, until: Until) -> None:
    strike(door, Qt.Key.Key_Escape)
    click(door, "counter-14")
    until(lambda: text(door, "staff-title") == "Siapa yang bertugas di Loket 14?")


def test_who_signed_in_last_is_asked_for_the_pin_at_once(
    door: CounterWindow, open_app: Open, link: StandInLink, until: Until
) -> None:
    sit_down(door, until)
    link.listening = False
    again = open_app(COUNTER.id)
    until(lambda: text(again, "pin-name") == "Siti Aminah")


# ---------------------------------------------------------------- the end of it


@pytest.mark.parametrize("way", ["key", "sheet"])
def test_a_change_of_shift_leaves_what_is_at_the_counter(
    door: CounterWindow, link: StandInLink, until: Until, way: str
) -> None:
    sit_down(door, until)
    until(lambda: "next" in on(door))
    strike(door, Qt.Key.Key_Space)
    until(lambda: text(door, "number") == "K-013")
    until(lambda: officer_of(door).desk.may_leave)
    if way == "key":
        strike(door, Qt.Key.Key_L, Qt.Key.Key_F10)  # also from the sheet
    else:
        strike(door, Qt.Key.Key_L)
        line = next(n for n in range(9) if text(door, f"choice-{n}-text") == "Keluar")
        assert text(door, f"choice-{line}-detail") == "Siti Aminah"
        click(door, f"choice-{line}")
    until(lambda: names(door) == ["Budi Santoso", "Siti Aminah"])
    assert link.door.sign_outs == [COUNTER.id]
    assert link.credentials.session == ""

    click(door, "staff-2")
    give(door, "567890")
    until(lambda: text(door, "number") == "K-013")
    assert text(door, "signed-in") == "Budi Santoso"


def test_who_was_idle_gives_the_pin_again_and_finds_the_counter_as_it_was(
    door: CounterWindow, link: StandInLink, until: Until
) -> None:
    sit_down(door, until)
    until(lambda: "next" in on(door))
    strike(door, Qt.Key.Key_Space)
    until(lambda: text(door, "number") == "K-013")
    session = seat_of(door).claim.session
    assert session is not None
    link.event_came.emit(link.door.over(90, COUNTER.id, session.app))
    until(lambda: text(door, "pin-name") == "Siti Aminah")
    assert text(door, "pin-message").startswith("Anda belum masuk, atau sudah keluar.")
    assert seat_of(door).officer is None
    until(lambda: text(door, "pin-there") == "K-013 masih di Loket 12.")
    strike(door, Qt.Key.Key_Escape)
    assert text(door, "staff-there") == "K-013 masih di Loket 12."
    click(door, "staff-1")
    give(door, "1234")
    until(lambda: text(door, "number") == "K-013")


def test_who_is_at_the_counter_before_anybody_signs_in_is_told_until_somebody_else_ends_the_visit(
    door: CounterWindow, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    assert text(door, "staff-there") == ""
    hub.current = hub.ticket(13)
    link.event_came.emit(hub.event(counter=COUNTER.id))
    until(lambda: text(door, "staff-there") == "K-013 masih di Loket 12.")
    hub.current = None
    link.event_came.emit(hub.event(counter=COUNTER.id))
    until(lambda: text(door, "staff-there") == "")


def test_an_order_the_hub_refuses_for_want_of_a_session_asks_for_the_pin(
    door: CounterWindow, link: StandInLink, until: Until
) -> None:
    sit_down(door, until)
    link.barred.emit(Trouble("session_ended"))
    until(lambda: text(door, "pin-name") == "Siti Aminah")


def test_an_officer_taken_over_chooses_a_counter_and_signs_in_there(
    door: CounterWindow, link: StandInLink, until: Until
) -> None:
    sit_down(door, until)
    link.event_came.emit(link.door.taken_over(90, COUNTER.id, name="Budi"))
    assert text(door, "choose-how") == "Loket 12 diambil alih Budi di KOMPUTER-2 pada 09.43."
    click(door, "counter-14")
    until(lambda: text(door, "pin-name") == "Siti Aminah")
    assert text(door, "pin-how") == "PIN Anda untuk Loket 14, lalu Enter."


def test_a_counter_in_use_is_taken_over_without_the_pin_once_more(
    door: CounterWindow, link: StandInLink, until: Until
) -> None:
    link.door.in_use(name="Budi")
    click(door, "staff-1")
    give(door, "1234")
    until(lambda: text(door, "taken-title").startswith("Loket 12 sedang dipakai Budi"))
    strike(door, Qt.Key.Key_A)
    until(lambda: text(door, "signed-in") == "Siti Aminah")
    assert [(asked.pin, asked.take_over) for _, asked in link.door.sign_ins] == [("1234", False), ("1234", True)]


def test_the_pin_is_forgotten_once_the_hub_has_decided(door: CounterWindow, until: Until) -> None:
    click(door, "staff-1")
    give(door, "9999")
    until(lambda: text(door, "pin-message").startswith("PIN salah"))
    assert seat_of(door)._who is None
    sit_down(door, until)
    assert seat_of(door)._who is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_names_and_pin_are_whole_at_every_size(open_app: Open, link: StandInLink, until: Until, language: str) -> None:
    link.door.staff = [Staff(id=n, name=f"{NAMES[3]} {n}", role=Role.ADMINISTRATOR) for n in range(1, 81)]
    window = open_app(COUNTER.id, language=language)
    link.hub.current = link.hub.ticket(13)
    link.comes_up()
    until(lambda: "staff-1" in on(window) and text(window, "staff-there"))
    assert broken(window, SIZES) == {}
    click(window, "staff-1")
    link.door.wrong = 4
    give(window, "9999")
    until(lambda: text(window, "pin-message"))
    assert broken(window, SIZES) == {}


def test_all_of_many_names_are_on_some_page(open_app: Open, link: StandInLink, until: Until) -> None:
    link.door.staff = [Staff(id=n, name=f"Petugas {n:03}", role=Role.OFFICER) for n in range(1, 81)]
    window = open_app(COUNTER.id)
    until(lambda: "staff-1" in on(window))
    settle()
    seen = set(names(window))
    for _ in range(4):
        strike(window, Qt.Key.Key_PageDown)
        seen |= set(names(window))
    assert len(seen) == 80
    type_(window, "080")
    assert names(window) == ["Petugas 080"]


def test_arrows_walk_over_the_names(door: CounterWindow) -> None:
    strike(door, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    focused = door.focusWidget()
    assert isinstance(focused, NameTile)
    assert focused.staff == SITI
    strike(door, Qt.Key.Key_Return)
    assert text(door, "pin-name") == "Siti Aminah"
