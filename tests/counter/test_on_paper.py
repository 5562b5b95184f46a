"""The officer's desk while numbers are on paper: the same button calls them, and one can be typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter.desk import Verb
from counter.screens.window import CounterWindow
from shared.model import Origin, State
from shared.wire import CallChosen, PaperRoll
from tests.counter.conftest import Until, officer_of
from tests.counter.seen import cut, on, strike, text
from tests.counter.stand_in import SmallHub
from tests.counter.test_sheet import lines, take

ROLL = PaperRoll(agency="dukcapil", first=101, last=200, next=104, place="meja depan")
TYPED = "Nomor kertas: ketik nomornya"
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def on_paper(desk: CounterWindow, hub: SmallHub, until: Until) -> CounterWindow:
    """Nobody waits that the hub knows of; the roll is on."""
    hub.waiting, hub.rolls = [], [ROLL]
    officer_of(desk).refresh()
    until(lambda: officer_of(desk).desk.roll)
    return desk


def test_the_big_button_says_which_number_it_calls(on_paper: CounterWindow) -> None:
    assert (text(on_paper, "next-title"), text(on_paper, "next-number")) == ("Panggil berikutnya", "K-104")
    assert text(on_paper, "next-why") == "nomor kertas, sampai K-200 · tombol Spasi"
    assert "next" in on(on_paper)
    assert not cut(on_paper)


def test_who_waits_stands_there_before_the_roll(on_paper: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.waiting = [hub.ticket(13)]
    officer_of(on_paper).refresh()
    until(lambda: text(on_paper, "next-number") == "K-013")


def test_the_small_window_says_it_too(on_paper: CounterWindow) -> None:
    on_paper.make_small()
    assert text(on_paper._compact, "next-line") == "K-104 · nomor kertas, sampai K-200"


def test_space_calls_it(on_paper: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(on_paper, Qt.Key.Key_Space)
    until(lambda: hub.verbs == ["next"])


def test_how_long_its_holder_waited_is_not_said(on_paper: CounterWindow, hub: SmallHub, until: Until) -> None:
    paper = {"origin": Origin.PAPER_ROLL, "state": State.CALLED, "called_at": hub.now, "calls": 2}
    hub.current = hub.ticket(104).model_copy(update=paper)
    officer_of(on_paper).refresh()
    until(lambda: text(on_paper, "called") == "Dipanggil 2× · nomor kertas")


def test_a_number_is_typed_and_called_with_a_reason(on_paper: CounterWindow, hub: SmallHub) -> None:
    take(on_paper, "Panggil nomor tertentu", TYPED)
    QTest.keyClicks(on_paper.focusWidget(), "120")
    strike(on_paper, ENTER)
    assert text(on_paper, "sheet-title") == "K-120"
    strike(on_paper, Qt.Key.Key_3)
    assert hub.bodies[-1] == CallChosen(number="K-120", why="Kembali membawa berkas")


def test_a_whole_number_is_taken_as_it_is_typed(on_paper: CounterWindow) -> None:
    take(on_paper, "Panggil nomor tertentu", TYPED)
    QTest.keyClicks(on_paper.focusWidget(), "a-7")
    strike(on_paper, ENTER)
    assert text(on_paper, "sheet-title") == "A-7"


def test_the_typed_number_stays_while_the_desk_changes(on_paper: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(on_paper, "Panggil nomor tertentu", TYPED)
    QTest.keyClicks(on_paper.focusWidget(), "120")
    strike(on_paper, ENTER)
    hub.rolls = [ROLL.model_copy(update={"next": 110})]
    officer_of(on_paper).refresh()
    until(lambda: (roll := officer_of(on_paper).desk.roll) and roll.next == 110)
    assert text(on_paper, "sheet-title") == "K-120"
    strike(on_paper, ESC)
    assert text(on_paper, "sheet-title") == TYPED
    assert on_paper.focusWidget() is not None
    assert on_paper.focusWidget().objectName() == "words-line"


def test_without_a_roll_nothing_is_typed(desk: CounterWindow) -> None:
    take(desk, "Panggil nomor tertentu")
    assert TYPED not in lines(desk)
    assert Verb.CALL in officer_of(desk).desk.offered
