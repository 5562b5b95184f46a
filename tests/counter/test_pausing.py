"""A counter that pauses: how it begins, what the desk shows meanwhile, how it ends."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from counter.desk import Verb
from counter.screens.window import CounterWindow
from shared.wire import CallChosen, Nothing, Pause, Paused
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import broken, click, on, strike, text
from tests.counter.stand_in import SmallHub, StandInLink
from tests.counter.test_looks import SIZES, at_the_counter, busy_hall, fill
from tests.counter.test_sheet import ESC, lines, take

SPACE, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Return
OWN = "Alasan lain: ketik sendiri"


def pauses(desk: CounterWindow, until: Until, why: str = "Salat") -> None:
    take(desk, "Jeda", why)
    until(lambda: officer_of(desk).desk.paused)


def write(desk: CounterWindow, words: str) -> None:
    QTest.keyClicks(desk.focusWidget(), words)


def test_the_halls_reasons_are_offered(desk: CounterWindow) -> None:
    take(desk, "Jeda")
    assert lines(desk) == ["Istirahat", "Salat", "Rapat", "Gangguan sistem", OWN]


def test_a_pause_is_three_keys_away(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    pauses(desk, until)
    assert hub.bodies == [Pause(why="Salat")]


def test_another_reason_is_typed_letters_and_all(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Jeda", OWN)
    strike(desk, ENTER)
    write(desk, "Lampu 2 rusak")
    strike(desk, ENTER)
    until(lambda: officer_of(desk).desk.paused)
    assert hub.bodies == [Pause(why="Lampu 2 rusak")]


def test_what_is_being_typed_stays_when_the_desk_changes(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Jeda", OWN)
    write(desk, "Lampu")
    hub.waiting.append(hub.ticket(77))
    officer_of(desk).refresh()
    until(lambda: officer_of(desk).desk.waiting_count == 5)
    assert isinstance(line := desk.focusWidget(), QLineEdit)
    assert line.text() == "Lampu"


def test_esc_leaves_the_words_and_then_the_reasons(desk: CounterWindow) -> None:
    take(desk, "Jeda", OWN)
    write(desk, "La")
    strike(desk, ESC)
    assert lines(desk)[0] == "Istirahat"
    strike(desk, ESC, ESC)
    assert not desk._desk.sheet_is_open


def test_a_number_is_called_for_a_reason_of_ones_own(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Panggil nomor tertentu", "K-015 · KTP elektronik", OWN)
    write(desk, "anaknya demam")
    click(desk, "words-take")
    until(lambda: text(desk, "number") == "K-015")
    assert hub.bodies == [CallChosen(ticket=15, why="anaknya demam")]


def test_the_desk_says_calmly_that_it_pauses_and_calls_nobody(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    pauses(desk, until)
    assert text(desk, "next-title") == "Lanjutkan"
    assert text(desk, "next-why") == "Jeda: Salat · sejak 09.42 · tombol Spasi"
    assert officer_of(desk).desk.offered.isdisjoint({Verb.NEXT, Verb.CALL, Verb.PAUSE})
    assert [verb for verb, _ in link.orders] == ["pause"]


def test_who_is_at_the_counter_has_no_part_in_going_on(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    at_the_counter(hub)
    officer_of(desk).refresh()
    until(lambda: officer_of(desk).desk.current)
    pauses(desk, until)
    strike(desk, SPACE)
    until(lambda: not officer_of(desk).desk.paused)
    assert hub.bodies[-1] == Nothing()


@pytest.mark.parametrize("by_key", [True, False])
def test_space_and_the_big_button_go_on(desk: CounterWindow, hub: SmallHub, until: Until, *, by_key: bool) -> None:
    pauses(desk, until)
    if by_key:
        strike(desk, SPACE)
    else:
        click(desk, "next")
    until(lambda: officer_of(desk).desk.paused is None)
    assert hub.bodies[-1] == Nothing()
    assert hub.called == []


def test_a_second_space_after_going_on_calls_nobody(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    pauses(desk, until)
    strike(desk, SPACE, SPACE)
    until(lambda: officer_of(desk).desk.paused is None)
    strike(desk, SPACE)
    assert hub.called == []


def test_then_it_calls_again(brisk: CounterWindow, hub: SmallHub, until: Until) -> None:
    pauses(brisk, until)
    strike(brisk, SPACE)
    until(lambda: Verb.NEXT in officer_of(brisk).desk.offered)
    strike(brisk, SPACE)
    until(lambda: hub.called == ["K-013"])


def test_who_is_here_can_be_finished_meanwhile(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(desk, SPACE)
    until(lambda: text(desk, "number") == "K-013" and "recall" in on(desk))
    pauses(desk, until)
    strike(desk, Qt.Key.Key_S)
    until(lambda: hub.current is None)


def test_the_small_window_goes_on_too(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    pauses(desk, until)
    desk.make_small()
    assert text(desk._compact, "next-line").startswith("Jeda: Salat · sejak 09.42")
    strike(desk._compact, SPACE)
    until(lambda: hub.paused is None)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_desk_that_pauses_is_whole_at_every_size(
    open_app: Open, link: StandInLink, hub: SmallHub, until: Until, *, language: str
) -> None:
    fill(hub)
    at_the_counter(hub)
    hub.paused = Paused(since=hub.now, why="Rapat bersama semua instansi tentang penutupan akhir tahun")
    window = open_app("12", hall=busy_hall(), language=language)
    link.comes_up()
    until(lambda: officer_of(window).desk.paused)
    assert broken(window, SIZES) == {}
    strike(window, Qt.Key.Key_L)
    assert "Jeda" not in lines(window)
