"""One tap is enough, and chooses what it was aimed at: whatever comes while a finger is down, or just before."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from kiosk import steps
from kiosk.handing import HELD_S
from kiosk.kiosk import Kiosk
from kiosk.printer import Health
from kiosk.scene import Stage
from kiosk.screens.aim import AGAIN_S, REACTION_S, Aim
from kiosk.screens.tile import Tile
from kiosk.screens.window import KioskWindow
from kiosk.visit import milliseconds
from shared.trouble import Trouble
from shared.wire import TakeTicket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInLink, StandInPrinter
from tests.kiosk.test_screens import Eyes

NEAR, FAR = QPointF(5, 5), QPointF(400, 300)


class Finger:
    """A real one: the window system tells of it, and the window finds what lies there."""

    def __init__(self, window: KioskWindow) -> None:
        self.window, self.eyes, self.at = window, Eyes(window), QPoint()

    def aims_at(self, name: str) -> None:
        tile = self.eyes.find(name)
        self.at = tile.mapTo(self.window, tile.rect().center())

    def down(self) -> None:
        QTest.mousePress(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=self.at)

    def up(self) -> None:
        QTest.mouseRelease(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=self.at)

    def taps(self) -> None:
        self.down()
        self.up()


class Lobby(NamedTuple):
    """What stands around a kiosk."""

    kiosk: Kiosk
    finger: Finger
    hub: SmallHub
    link: StandInLink
    printer: StandInPrinter
    until: Until

    @property
    def agency(self) -> str:
        """Whose services the visitor sees."""
        agency = self.kiosk.scene.agency
        return agency.id if agency is not None and self.finger.eyes.sees("heading-services") else ""

    @property
    def taken(self) -> int:
        """How many numbers this kiosk has asked for."""
        return sum(path == "/api/tickets" for path, _ in self.hub.orders)

    def order(self) -> list[str]:
        return [tile.objectName() for tile in self.finger.window.agencies.grid._tiles]


@pytest.fixture
def lobby(  # noqa: PLR0913, PLR0917  -- one piece of a hall each
    kiosk: Kiosk, window: KioskWindow, hub: SmallHub, link: StandInLink, printer: StandInPrinter, until: Until
) -> Lobby:
    until(lambda: kiosk.offers() is not None)
    return Lobby(kiosk, Finger(window), hub, link, printer, until)


Befalls = Callable[[Lobby], None]


def figures(lobby: Lobby) -> None:
    """Agency S, which does one thing only, is used most."""
    asked = lobby.link.boards_asked
    lobby.hub.issue(TakeTicket(service="s-0", priority=False, language="id", kiosk="kiosk-1"))
    lobby.kiosk.behind.figures._ask()
    lobby.until(lambda: lobby.link.boards_asked > asked and lobby.kiosk.people() == len(lobby.hub.waiting))


def first_order(lobby: Lobby) -> None:
    """The kiosk has just started."""
    lobby.kiosk.behind.figures._ranked = False
    figures(lobby)


def next_hour(lobby: Lobby) -> None:
    figures(lobby)
    lobby.kiosk.behind.figures._hour = -1
    with_offers = lobby.link.offers_asked
    lobby.kiosk.behind.doors.ask()
    lobby.until(lambda: lobby.link.offers_asked > with_offers)
    QTest.qWait(0)


def no_paper(lobby: Lobby) -> None:
    """A line of news comes above the tiles: they move."""
    lobby.printer.now = Health(("paper_out",))
    lobby.kiosk.behind.watch.ask()
    lobby.until(lambda: lobby.kiosk.scene.paperless)


def paper_again(lobby: Lobby) -> None:
    lobby.printer.now = Health()
    lobby.kiosk.behind.watch.ask()
    lobby.until(lambda: not lobby.kiosk.scene.paperless)


def other_size(lobby: Lobby) -> None:
    window = lobby.finger.window
    window.resize(window.width() - 2, window.height() - 2)
    QTest.qWait(0)


def dressed_anew(lobby: Lobby) -> None:
    lobby.finger.window._dress(lobby.finger.window.theme.variant)


def in_english(lobby: Lobby) -> None:
    lobby.kiosk.speak("en")


@pytest.mark.parametrize(
    "befalls",
    [(figures, first_order, next_hour, in_english), (no_paper, paper_again, other_size, dressed_anew)],
    ids=["what is told", "what moves"],
)
def test_a_tap_counts_whatever_comes_while_the_finger_is_down(
    lobby: Lobby, befalls: tuple[Befalls, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AGAIN_S", "REACTION_S"):
        monkeypatch.setattr(f"kiosk.screens.aim.{name}", 0)  # each time another visitor
    opened = {}
    for befall in befalls:
        lobby.finger.aims_at("agency-k")
        lobby.finger.down()
        befall(lobby)
        lobby.finger.up()
        opened[befall.__name__] = lobby.agency
        lobby.kiosk.home()
        lobby.kiosk.behind.figures._queues.rank()
    assert opened == {befall.__name__: "k" for befall in befalls}


@pytest.mark.parametrize("befall", [first_order, next_hour])
def test_a_finger_on_its_way_to_a_tile_finds_it_though_another_has_just_taken_its_place(
    lobby: Lobby, befall: Befalls
) -> None:
    lobby.finger.aims_at("agency-k")
    befall(lobby)
    assert lobby.order()[0] == "agency-s"
    lobby.finger.taps()
    assert (lobby.agency, lobby.taken) == ("k", 0)
    lobby.kiosk.home()


def test_once_the_new_order_can_be_seen_the_tile_that_is_seen_is_chosen(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.screens.tile.REACTION_S", 0)
    first_order(lobby)
    lobby.finger.aims_at("agency-k")
    lobby.finger.taps()
    assert lobby.agency == "k"


def asked(lobby: Lobby) -> None:
    """'Masih di sana?' stands there, and has been seen."""
    lobby.kiosk.visit.ask_still_there()
    asks = lobby.finger.window.still_there
    lobby.until(lambda: not asks.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents))


def test_a_tap_as_the_kiosk_asks_whether_one_is_there_still_finds_its_tile(lobby: Lobby) -> None:
    lobby.kiosk.touched()
    lobby.finger.aims_at("agency-k")
    lobby.kiosk.visit.ask_still_there()
    lobby.finger.taps()
    assert (lobby.agency, lobby.kiosk.scene.still_there) == ("k", False)
    lobby.kiosk.back()
    asked(lobby)
    lobby.finger.taps()
    assert (lobby.agency, lobby.kiosk.scene.still_there) == ("", False)  # later a touch is the answer
    lobby.finger.taps()
    assert not lobby.agency  # and so is a second one of the same hand


def test_an_answer_that_comes_just_too_late_chooses_nothing(lobby: Lobby) -> None:
    lobby.kiosk.touched()
    lobby.finger.aims_at("agency-s")
    asked(lobby)
    lobby.kiosk.visit.over.emit()
    lobby.finger.taps()
    assert (lobby.kiosk.scene.stage, lobby.taken) == (Stage.CHOOSING, 0)


def test_a_finger_whose_tile_went_from_under_it_chooses_nothing_later(lobby: Lobby) -> None:
    tile = lobby.finger.eyes.find("agency-k")
    assert isinstance(tile, Tile)
    lobby.finger.aims_at("agency-k")
    lobby.finger.down()
    lobby.kiosk._excuse.say(Trouble("hub_away"))
    lobby.finger.up()
    lobby.kiosk.resume()
    lobby.kiosk.home()
    first_order(lobby)
    assert (tile.objectName(), tile.meant, tile.isDown()) == ("agency-s", "agency-s", False)


def test_what_changes_below_the_technicians_page_takes_no_touch_from_it(lobby: Lobby) -> None:
    now = [100.0]
    aim = lobby.finger.window._aiming.aim = Aim(lambda: now[0])
    lobby.kiosk.choose_agency(lobby.kiosk.hall.agencies[0])
    now[0] += 1
    lobby.kiosk.attend(on=True)
    lobby.kiosk.home()
    assert aim.press(NEAR)
    lobby.kiosk.attend(on=False)
    lobby.kiosk.touched()
    assert aim.press(NEAR)
    lobby.kiosk.choose_agency(lobby.kiosk.hall.agencies[0])
    assert not aim.press(NEAR)


def test_a_hand_that_taps_twice_takes_one_service_off_the_list(lobby: Lobby) -> None:
    kiosk = lobby.kiosk
    kiosk.step(steps.several)
    for agency in kiosk.hall.agencies:
        kiosk.choose_service(agency, agency.services[0])
    lobby.finger.window._aiming.aim = Aim()
    lobby.finger.aims_at("chosen-k-0")
    lobby.finger.taps()
    lobby.finger.taps()
    several = kiosk.scene.several
    assert several is not None
    assert [one.service.id for one in several.chosen] == ["m-0", "s-0"]


@pytest.mark.parametrize(("switch", "opens"), [("priority", ""), ("mode-contrast", "modes")])
def test_a_hand_that_taps_twice_turns_a_switch_once(lobby: Lobby, switch: str, opens: str) -> None:
    if opens:
        lobby.finger.aims_at(opens)
        lobby.finger.taps()
    lobby.finger.window._aiming.aim = Aim()
    lobby.finger.aims_at(switch)
    lobby.finger.taps()
    lobby.finger.taps()
    scene = lobby.kiosk.scene
    assert (scene.priority, scene.modes.contrast) == (switch == "priority", switch == "mode-contrast")


def test_a_hand_that_taps_twice_takes_no_number_of_what_has_come_below_it(lobby: Lobby) -> None:
    lobby.finger.aims_at("agency-k")
    lobby.finger.taps()
    lobby.finger.taps()
    assert (lobby.kiosk.scene.stage, lobby.agency, lobby.taken) == (Stage.CHOOSING, "k", 0)
    lobby.finger.aims_at("back")  # elsewhere, a second touch counts at once
    lobby.finger.taps()
    assert lobby.finger.eyes.sees("heading-agencies")
    lobby.finger.taps()
    assert not lobby.kiosk.scene.priority  # which stands there now


def test_a_visit_that_ends_under_a_finger_on_its_way_takes_no_number_for_nobody(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    lobby.finger.aims_at("agency-s")
    lobby.kiosk.choose_agency(lobby.kiosk.hall.agencies[0])
    lobby.kiosk.visit.over.emit()
    lobby.finger.taps()
    assert (lobby.kiosk.scene.stage, lobby.taken) == (Stage.CHOOSING, 0)
    monkeypatch.setattr("kiosk.screens.aim.REACTION_S", 0)
    lobby.finger.taps()
    assert lobby.kiosk.scene.stage is not Stage.CHOOSING


def test_salah_pilih_stays_under_the_finger_that_came_in_its_last_moment(lobby: Lobby) -> None:
    kiosk, finger = lobby.kiosk, lobby.finger
    agency = kiosk.hall.agencies[2]
    kiosk.choose_service(agency, agency.services[0])
    lobby.until(lambda: kiosk.scene.stage is Stage.DONE and finger.eyes.sees("wrong-choice"))
    finger.window._aiming.aim = Aim()
    finger.aims_at("wrong-choice")
    ends = kiosk._handing.wrong_choice, kiosk.visit.leaving
    for end in ends:
        end.start(milliseconds(HELD_S) // 2)
    finger.down()
    assert all(end.remainingTime() > milliseconds(HELD_S) // 2 for end in ends)
    finger.up()
    lobby.until(lambda: kiosk.scene.given_back)


def an_aim() -> tuple[list[float], Aim]:
    """With the time it goes by."""
    now = [100.0]
    aim = Aim(lambda: now[0])
    aim.same_place = 100
    return now, aim


@pytest.mark.parametrize(
    ("by_touch", "place", "after_s", "counts"),
    [
        (True, NEAR, AGAIN_S - 0.1, False),
        (True, NEAR, AGAIN_S + 0.1, True),
        (True, FAR, 0.0, True),
        (False, NEAR, REACTION_S - 0.1, False),
        (False, FAR, REACTION_S - 0.1, False),
        (False, NEAR, REACTION_S + 0.1, True),
    ],
)
def test_a_touch_means_what_it_can_have_been_aimed_at(
    by_touch: bool, place: QPointF, after_s: float, counts: bool
) -> None:
    now, aim = an_aim()
    assert aim.press(QPointF(0, 0))
    aim.handle(on=by_touch)
    aim.change()
    now[0] += after_s
    assert aim.press(place) is counts


def test_a_second_tap_is_the_same_hands_though_what_the_first_asked_for_has_come_meanwhile() -> None:
    now, aim = an_aim()
    assert aim.press(NEAR)
    aim.handle(on=True)
    aim.change()  # the number is asked for
    aim.handle(on=False)
    now[0] += 0.05
    aim.change()  # here it is
    now[0] += REACTION_S + 0.1
    assert aim.press(FAR)
    assert not aim.press(NEAR)


def test_who_types_fast_on_a_page_just_opened_loses_no_letter() -> None:
    now, aim = an_aim()
    assert aim.press(NEAR)
    aim.handle(on=True)
    aim.change()  # the search opens
    aim.handle(on=False)
    for _ in "KK":
        now[0] += 0.2
        assert aim.press(FAR)
