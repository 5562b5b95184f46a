"""One app has a counter: the second is told who, may take over, and the first is told of it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from counter.installation import installation
from counter.screens.window import CounterWindow
from counter.seat import Seat
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import CounterSession
from tests.counter.conftest import QUICK, Open, Until, officer_of
from tests.counter.front_door import OTHER_APP
from tests.counter.seen import broken, click, on, settle, strike, text
from tests.counter.stand_in import COUNTER, StandInLink

IN_USE = "Loket 12 sedang dipakai di KOMPUTER-2 sejak 09.12."
SIZES = [(1366, 768), (1920, 1080), (1080, 1920)]


def seat_of(window: CounterWindow) -> Seat:
    seat = window.findChild(Seat)
    assert isinstance(seat, Seat)
    return seat


def app_of(window: CounterWindow) -> str:
    """The app that sits behind this window."""
    session = seat_of(window).claim.session
    assert session is not None
    return session.app


@pytest.fixture
def taken(open_app: Open, link: StandInLink, until: Until) -> CounterWindow:
    """Counter 12, which another app has."""
    link.door.in_use()
    window = open_app(COUNTER.id)
    link.comes_up()
    until(lambda: text(window, "taken-title"))
    return window


def test_an_app_has_its_counter_as_soon_as_the_hub_is_there(open_app: Open, link: StandInLink, until: Until) -> None:
    window = open_app(COUNTER.id)
    assert not link.door.sign_ins
    link.comes_up()
    until(lambda: seat_of(window).claim.session)
    counter, asked = link.door.sign_ins[0]
    assert (counter, asked.staff, asked.pin, asked.take_over) == (COUNTER.id, None, None, False)
    assert link.credentials.session == "token-1"


def test_a_counter_in_use_says_who_has_it_and_since_when(taken: CounterWindow) -> None:
    assert text(taken, "taken-title") == IN_USE
    assert on(taken) == {"taken-take", "taken-other"}
    assert seat_of(taken).officer is None


def test_whoever_has_it_is_named_where_officers_sign_in(open_app: Open, link: StandInLink, until: Until) -> None:
    link.door.in_use(name="Siti")
    window = open_app(COUNTER.id)
    link.comes_up()
    until(lambda: text(window, "taken-title") == "Loket 12 sedang dipakai Siti di KOMPUTER-2 sejak 09.12.")


def test_nobody_is_put_out_by_the_key_that_calls(taken: CounterWindow, link: StandInLink) -> None:
    strike(taken, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_R)
    settle()
    assert [asked.take_over for _, asked in link.door.sign_ins] == [False]


@pytest.mark.parametrize("by_key", [True, False])
def test_who_takes_over_has_the_desk(taken: CounterWindow, link: StandInLink, until: Until, by_key: bool) -> None:
    strike(taken, Qt.Key.Key_A) if by_key else click(taken, "taken-take")
    until(lambda: seat_of(taken).officer and officer_of(taken).desk.live)
    assert link.door.sign_ins[-1][1].take_over
    assert text(taken, "counter") == "Loket 12"


@pytest.mark.parametrize("by_key", [True, False])
def test_another_counter_may_be_chosen_instead(
    taken: CounterWindow, link: StandInLink, until: Until, by_key: bool
) -> None:
    strike(taken, Qt.Key.Key_Escape) if by_key else click(taken, "taken-other")
    assert text(taken, "choose-title") == "Loket mana ini?"
    assert "back" not in on(taken)
    link.door.holder = None
    click(taken, "counter-14")
    until(lambda: text(taken, "counter") == "Loket 14")
    assert link.door.sign_ins[-1][0] == "14"


def test_who_was_taken_over_is_told_and_chooses_again(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    until(lambda: seat_of(desk).claim.session)
    link.event_came.emit(link.door.taken_over(90, COUNTER.id))
    assert text(desk, "choose-how") == "Loket 12 diambil alih di KOMPUTER-2 pada 09.43."
    assert "back" not in on(desk)
    assert seat_of(desk).officer is None
    assert link.credentials.session == ""
    click(desk, "counter-14")
    until(lambda: text(desk, "counter") == "Loket 14")
    strike(desk, Qt.Key.Key_G)
    assert text(desk, "choose-how").startswith("Pilih sekali")


def test_a_take_over_that_was_missed_is_seen_in_the_hubs_view(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    until(lambda: seat_of(desk).claim.session)
    since = link.hub.now + timedelta(minutes=1)
    link.hub.session = CounterSession(staff=None, host="KOMPUTER-2", since=since, app=OTHER_APP)
    officer_of(desk).refresh()
    until(lambda: text(desk, "choose-how").startswith("Loket 12 diambil alih"))


def test_a_session_of_before_ours_is_old_news(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    until(lambda: seat_of(desk).claim.session)
    late = link.door.taken_over(90, COUNTER.id).model_copy(update={"at": link.hub.now - timedelta(seconds=1)})
    link.event_came.emit(late)
    assert seat_of(desk).officer is not None


def test_another_counters_change_of_hands_is_not_ours(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    until(lambda: seat_of(desk).claim.session)
    link.event_came.emit(link.door.taken_over(90, "13"))
    assert seat_of(desk).officer is not None


def test_the_small_window_gives_way_when_the_counter_is_lost(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    until(lambda: seat_of(desk).claim.session)
    strike(desk, Qt.Key.Key_K)
    assert desk._compact.isVisible()
    link.event_came.emit(link.door.taken_over(90, COUNTER.id))
    assert not desk._compact.isVisible()
    assert desk.isVisible()


def test_a_counter_that_is_left_is_free_for_others(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    until(lambda: seat_of(desk).claim.session)
    strike(desk, Qt.Key.Key_G)
    click(desk, "counter-14")
    until(lambda: len(link.door.sign_ins) == 2)
    assert link.door.sign_outs == [COUNTER.id]


def test_the_counter_is_claimed_again_when_the_hub_forgot_it(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    until(lambda: seat_of(desk).claim.session)
    link.event_came.emit(link.door.over(90, COUNTER.id, app_of(desk)))
    until(lambda: len(link.door.sign_ins) == 2)
    assert text(desk, "counter") == "Loket 12"


def test_a_hub_that_does_not_answer_is_asked_again(open_app: Open, link: StandInLink, until: Until) -> None:
    link.deaf = True
    window = open_app(COUNTER.id, pace=QUICK)
    link.comes_up()
    settle()
    link.deaf = False
    until(lambda: seat_of(window).claim.session)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_is_whole_with_the_longest_names(
    open_app: Open, link: StandInLink, until: Until, language: str
) -> None:
    link.door.in_use(name="Raden Ajeng Sri Wahyuningsih Kusumadewi", host="PC-PELAYANAN-DUKCAPIL-LANTAI-1-NOMOR-12")
    window = open_app(COUNTER.id, language=language)
    link.comes_up()
    until(lambda: text(window, "taken-title"))
    assert broken(window, SIZES) == {}


def test_an_app_is_the_same_after_a_restart_and_two_at_once_are_two(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "counter.json")
    first, second = installation(settings, tmp_path), installation(settings, tmp_path)
    assert first.app != second.app
    assert UUID(first.app).version == 4
    assert first.host
    first.leave()
    second.leave()
    again = installation(Settings(tmp_path / "counter.json"), tmp_path)
    assert again.app == first.app
    again.leave()


def test_a_refusal_that_tells_no_holder_is_no_take_over(open_app: Open, link: StandInLink, until: Until) -> None:
    window = open_app(COUNTER.id)
    link.comes_up()
    until(lambda: seat_of(window).claim.session)
    seat_of(window)._refused(Trouble("counter_taken", now=5, who="?", since="?"))
    assert seat_of(window).officer is not None


def test_nobody_signs_out_at_a_hub_that_asks_nobody(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    until(lambda: seat_of(desk).claim.session)
    strike(desk, Qt.Key.Key_F10, Qt.Key.Key_L)
    assert text(desk, "counter") == "Loket 12"
    assert "Keluar" not in {text(desk, f"choice-{n}-text") for n in range(9)}
    assert not link.door.sign_outs
