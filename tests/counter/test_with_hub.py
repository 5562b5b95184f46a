"""The officer and the program before the real hub."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from counter.desk import Verb
from counter.officer import Officer, Pace
from demo.play import Actor, wait_until
from demo.programs import Hall
from shared.assets import CONFIG
from shared.hall import Counter
from shared.model import State
from shared.qt.link import HubLink
from tests.real_hub import LIMIT_S, RealHub
from tests.swallowing_road import SwallowingRoad, swallowing_road

SERVICE = "kependudukan-ktp"
COUNTER = Counter(id="loket-1", number="1", zone="ruang-tunggu", agencies=["kependudukan", "umum"])
BRISK = Pace(rest=50, look=20, gather=5, retry=50, report=60_000, patience_s=0.3)

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until something holds, as long as another program may take."""

    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=1000 * LIMIT_S)

    return wait


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """One hub for all of these tests; one kills it and starts it again."""
    hub = RealHub(tmp_path_factory.mktemp("hub"))
    hub.start()
    yield hub
    hub.kill()


@pytest.fixture
def hub(lasting: RealHub) -> RealHub:
    """That hub, with nobody waiting or at a counter."""
    for counter in (COUNTER.id, "loket-2"):
        while calls_somebody(lasting, counter):
            pass
    return lasting


@pytest.fixture
def road(hub: RealHub) -> Iterator[SwallowingRoad]:
    with swallowing_road(hub.address) as road:
        yield road


@pytest.fixture
def officer(road: SwallowingRoad, qapp: QCoreApplication, until: Until) -> Iterator[Officer]:
    """An officer at counter 1 of the small hall."""
    link = HubLink(road.address, parent=qapp)
    officer = Officer(link, COUNTER, pace=BRISK, parent=link)
    officer.start()
    link.listen()
    until(lambda: officer.desk.live)
    yield officer
    link.close()
    link.deleteLater()


def number(officer: Officer) -> str | None:
    return officer.desk.current.number if officer.desk.current else None


def state(officer: Officer) -> State | None:
    return officer.desk.current.state if officer.desk.current else None


def message(officer: Officer) -> str | None:
    return officer.desk.message.code if officer.desk.message else None


def calls_somebody(hub: RealHub, counter: str) -> bool:
    """Finish who is there and call the next: whether there was one."""
    return bool(hub._ask(f"/api/counters/{counter}/next", {}))


def served(officer: Officer) -> int:
    """Whom this counter has served today."""
    assert officer.desk.view
    return officer.desk.view.tally.served


def press(officer: Officer, verb: Verb, until: Until) -> None:
    """Press when it is offered, and wait until the desk shows what came of it."""
    until(lambda: verb in officer.desk.offered)
    assert officer.press(verb)
    until(lambda: officer.desk.busy is None)


def test_a_visitor_is_called_served_and_let_go(hub: RealHub, officer: Officer, until: Until) -> None:
    hub.take(SERVICE)
    before = served(officer)
    press(officer, Verb.NEXT, until)
    assert state(officer) is State.CALLED
    press(officer, Verb.RECALL, until)
    press(officer, Verb.SERVE, until)
    assert state(officer) is State.SERVING
    press(officer, Verb.FINISH, until)
    until(lambda: served(officer) == before + 1)
    assert officer.desk.current is None


def test_an_undone_call_waits_again(hub: RealHub, officer: Officer, until: Until) -> None:
    ticket = hub.take(SERVICE)
    press(officer, Verb.NEXT, until)
    press(officer, Verb.UNDO_NEXT, until)
    until(lambda: officer.desk.busy is None and officer.desk.waiting_count == 1)
    assert officer.desk.following is not None
    assert officer.desk.following.number == ticket.number


def test_a_no_show_is_counted(hub: RealHub, officer: Officer, until: Until) -> None:
    assert officer.desk.view
    before = officer.desk.view.tally.no_show
    hub.take(SERVICE)
    press(officer, Verb.NEXT, until)
    press(officer, Verb.NO_SHOW, until)
    until(lambda: officer.desk.view and officer.desk.view.tally.no_show == before + 1)


def test_a_visitor_called_away_by_another_counter_leaves_the_list(hub: RealHub, officer: Officer, until: Until) -> None:
    hub.take(SERVICE)
    until(lambda: officer.desk.waiting_count == 1)
    hub.next("loket-2")
    until(lambda: officer.desk.waiting_count == 0)


def test_an_order_on_a_visitor_who_has_left_is_refused_in_words(
    hub: RealHub, officer: Officer, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.take(SERVICE)
    press(officer, Verb.NEXT, until)
    until(lambda: Verb.SERVE in officer.desk.offered)
    monkeypatch.setattr(officer, "_concerns", lambda _event: False)  # the news is late
    assert officer.desk.current is not None
    hub.order(COUNTER.id, "finish", officer.desk.current.id)
    press(officer, Verb.SERVE, until)
    assert message(officer) == "not_at_counter"
    assert officer.desk.current is None


def test_a_call_whose_answers_are_all_lost_calls_one(
    hub: RealHub, road: SwallowingRoad, officer: Officer, until: Until
) -> None:
    first, second = hub.take(SERVICE), hub.take(SERVICE)
    road.swallows = True
    press(officer, Verb.NEXT, until)
    assert message(officer) == "answer_lost"
    assert road.swallowed >= 1
    road.swallows = False
    press(officer, Verb.NEXT, until)
    assert message(officer) == "called_before"
    assert (number(officer), officer.desk.waiting_count) == (first.number, 1)
    press(officer, Verb.NEXT, until)
    until(lambda: number(officer) == second.number)


def test_after_the_hub_was_killed_the_desk_comes_back_by_itself(hub: RealHub, officer: Officer, until: Until) -> None:
    hub.take(SERVICE)
    press(officer, Verb.NEXT, until)
    until(lambda: number(officer))
    called = number(officer)
    hub.kill()
    until(lambda: not officer.desk.live)
    assert officer.desk.offered == set()
    hub.start()
    until(lambda: officer.desk.live)
    assert number(officer) == called


def test_the_hub_knows_that_the_counter_is_there(hub: RealHub, officer: Officer, until: Until) -> None:
    assert officer.desk.live
    until(lambda: '"kind":"counter","id":"loket-1","alive":true' in hub.health())


# ---------------------------------------------------------------- the program


@dataclass
class Life:
    """What was seen of the officer's program, which ended when told and was started again."""

    waiting: str
    status: int
    there: str
    taken: str


@pytest.fixture(scope="module")
def life(lasting: RealHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """The program as a process: Space struck twice, the small window opened, told to end; and once more."""
    while calls_somebody(lasting, COUNTER.id):
        pass
    hall = Hall(tmp_path_factory.mktemp("hall"), CONFIG / "small.toml", env={"QT_QPA_PLATFORM": "offscreen"})
    hall.address = lasting.address
    try:
        app = open_program(hall)
        first = lasting.take(SERVICE)
        lasting.take(SERVICE)
        app.wait_text("next-number", first.number)
        app.key("Space")
        app.key("Space")
        app.wait_text("number", first.number)
        waiting = app.text("waiting-sum")
        app.key("K")
        wait_until(lambda: "compact-window" in app.texts(), "the small window")
        app.close()
        program = hall.programs[-1].process
        program.terminate()
        status = program.wait(LIMIT_S)
        app = open_program(hall)
        app.wait_text("number", first.number)
        yield Life(waiting, status, app.text("counter"), app.text("taken-title"))
        app.close()
    finally:
        hall.close()


def open_program(hall: Hall) -> Actor:
    app = hall.open_app("desk", "counter", "--id", COUNTER.id, "--windowed", "1366x768")
    app.wait_text("lamp", "Tersambung")
    return app


def test_the_program_calls_one_visitor_for_two_spaces(life: Life) -> None:
    assert life.waiting.startswith("1 orang")


def test_the_program_ends_when_told_even_with_the_small_window_open(life: Life) -> None:
    assert life.status == 0


def test_the_same_program_has_its_counter_and_visitor_back_after_a_restart(life: Life) -> None:
    assert (life.there, life.taken) == ("Loket 1", "")
