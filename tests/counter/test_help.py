"""Calls for help: a key held, a banner at the neighbours', a small word for who called."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter.screens.held_key import HOLD_MS, HeldKey
from counter.screens.window import CounterWindow
from counter.seat import Seat
from shared.assets import ASSETS
from shared.trouble import Trouble
from shared.wire import Alarm, AnswerAlarm, RaiseAlarm
from shared.words import Words
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import broken, click, strike, text
from tests.counter.stand_in import SmallHub, StandInLink
from tests.counter.test_looks import SIZES, at_the_counter, busy_hall, fill
from tests.counter.test_sheet import take

F12, D = Qt.Key.Key_F12, Qt.Key.Key_D
ROOT = ASSETS.parent
Rings = list[int]


@pytest.fixture(autouse=True)
def rings(monkeypatch: pytest.MonkeyPatch) -> Rings:
    """The tones that would have been heard."""
    heard: Rings = []
    monkeypatch.setattr("counter.help.ring", lambda: heard.append(1))
    return heard


def key_of(desk: CounterWindow) -> HeldKey:
    found = desk.findChild(HeldKey)
    assert isinstance(found, HeldKey)
    return found


def let_a_second_pass(desk: CounterWindow) -> None:
    timer = key_of(desk)._timer
    assert timer.interval() == HOLD_MS
    if timer.isActive():
        timer.stop()
        timer.timeout.emit()


def hold_f12(desk: CounterWindow, window: QWidget | None = None) -> None:
    QTest.keyPress(window or desk.focusWidget() or desk, F12)
    let_a_second_pass(desk)


def neighbour(hub: SmallHub, counter: str = "13", *, words: str = "") -> Alarm:
    alarm = Alarm(id=900 + int(counter), counter=counter, at=hub.now, words=words)
    hub.alarms.append(alarm)
    return alarm


def see(desk: CounterWindow, until: Until, seen: Callable[[], object]) -> None:
    officer_of(desk).refresh()
    until(seen)


def test_the_tone_ends_by_itself_with_or_without_a_sound_device() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "counter.ring"], cwd=ROOT, capture_output=True, timeout=30, check=False
    )
    assert played.returncode == 0


class TestWhoCalls:
    def test_holds_f12_for_a_second(self, desk: CounterWindow, link: StandInLink, until: Until) -> None:
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        assert link.pleas == [("/api/counters/12/alarm", RaiseAlarm())]

    def test_calls_nobody_by_a_slip(self, desk: CounterWindow, link: StandInLink) -> None:
        strike(desk, F12)
        let_a_second_pass(desk)
        assert link.pleas == []

    def test_calls_once_however_long_the_key_is_held(self, desk: CounterWindow, link: StandInLink) -> None:
        hold_f12(desk)
        again = QKeyEvent(QEvent.Type.KeyPress, F12, Qt.KeyboardModifier.NoModifier, "", autorep=True)
        QApplication.sendEvent(desk.focusWidget() or desk, again)
        let_a_second_pass(desk)
        assert len(link.pleas) == 1

    def test_need_not_wait_for_an_order_that_is_out(self, desk: CounterWindow, link: StandInLink, until: Until) -> None:
        link.slow = True
        strike(desk, Qt.Key.Key_Space)
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        link.deliver()

    def test_may_do_so_from_sheet_words_and_strip(self, desk: CounterWindow, link: StandInLink) -> None:
        take(desk, "Jeda", "Alasan lain: ketik sendiri")
        hold_f12(desk)
        desk.make_small()
        hold_f12(desk, desk._compact)
        assert len(link.pleas) == 2

    def test_sees_no_banner_and_hears_nothing(self, desk: CounterWindow, until: Until, rings: Rings) -> None:
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        assert text(desk, "alarm-text") == ""
        assert rings == []

    def test_reads_who_comes(self, desk: CounterWindow, hub: SmallHub, until: Until) -> None:
        hold_f12(desk)
        until(lambda: hub.alarms)
        answered = {"answered_at": hub.now, "answered_by": "14"}
        hub.alarms = [one.model_copy(update=answered) for one in hub.alarms]
        see(desk, until, lambda: text(desk, "help") == "Loket 14 datang")

    def test_reads_that_the_hub_was_not_reached_and_asks_again(
        self, desk: CounterWindow, link: StandInLink, until: Until
    ) -> None:
        link.deaf = True
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan belum terpanggil: tahan F12 lagi")
        link.deaf = False
        QTest.keyRelease(desk.focusWidget() or desk, F12)
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")

    def test_rings_anew_when_an_earlier_call_lost_its_answer_and_is_over(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        link.lossy = True
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        link.lossy = False
        hub.alarms = []  # somebody came
        see(desk, until, lambda: text(desk, "help") == "")
        QTest.keyRelease(desk.focusWidget() or desk, F12)
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        assert len(hub.alarms) == 1

    def test_reads_that_help_was_refused_and_why(self, desk: CounterWindow, link: StandInLink, until: Until) -> None:
        link.refuse_help = Trouble("device_unknown")
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan belum terpanggil: tahan F12 lagi")
        assert Trouble("device_unknown").sentence(Words("id")) in text(desk, "message")

    def test_reads_that_it_is_called_once_the_view_tells_of_a_call_without_answer(
        self, desk: CounterWindow, link: StandInLink, until: Until
    ) -> None:
        link.lossy = True
        hold_f12(desk)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")

    def test_reads_how_the_last_press_ended_though_an_earlier_one_ends_after_it(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        link.slow_help = link.deaf = True
        hold_f12(desk)
        QTest.keyRelease(desk.focusWidget() or desk, F12)
        link.deaf = False
        hold_f12(desk)
        link.deliver_help(1)
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        hub.alarms = []  # somebody came, long ago
        see(desk, until, lambda: text(desk, "help") == "")
        link.deliver_help()
        assert text(desk, "help") == ""

    def test_may_use_the_sheet_and_take_it_back_there(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        take(desk, "Panggil bantuan")
        until(lambda: text(desk, "help") == "Bantuan dipanggil")
        alarm = hub.alarms[0].id
        take(desk, "Bantuan tidak perlu lagi")
        until(lambda: text(desk, "help") == "")
        assert link.pleas[-1] == (f"/api/alarms/{alarm}/answer", AnswerAlarm(counter="12"))


class TestTheNeighbour:
    def test_reads_who_needs_help_and_since_when(self, desk: CounterWindow, hub: SmallHub, until: Until) -> None:
        neighbour(hub, "13", words="Pengunjung pingsan")
        see(desk, until, lambda: text(desk, "alarm-text"))
        assert text(desk, "alarm-text") == "Loket 13 minta bantuan · 09.42: Pengunjung pingsan"
        neighbour(hub, "14")
        see(desk, until, lambda: text(desk, "alarm-text").endswith("dan 1 lagi minta bantuan"))

    def test_is_told_by_the_event_at_once(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        neighbour(hub)
        event = hub.event(counter="13").model_copy(update={"kind": "alarm", "ticket": None})
        link.event_came.emit(event)
        until(lambda: text(desk, "alarm-text").startswith("Loket 13"))

    def test_hears_it_until_somebody_answers(
        self, desk: CounterWindow, hub: SmallHub, until: Until, rings: Rings
    ) -> None:
        neighbour(hub)
        see(desk, until, lambda: rings)
        seat = desk.findChild(Seat)
        assert isinstance(seat, Seat)
        ringing = seat._help._ring
        ringing.timeout.emit()
        assert len(rings) == 2
        hub.alarms = []
        see(desk, until, lambda: text(desk, "alarm-text") == "")
        assert not ringing.isActive()

    @pytest.mark.parametrize("by_key", [True, False])
    def test_comes_by_one_key_or_a_click(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until, *, by_key: bool
    ) -> None:
        alarm = neighbour(hub)
        see(desk, until, lambda: text(desk, "alarm-text"))
        if by_key:
            strike(desk, D)
        else:
            click(desk, "alarm-come")
        until(lambda: hub.alarms == [])
        assert link.pleas == [(f"/api/alarms/{alarm.id}/answer", AnswerAlarm(counter="12"))]

    def test_is_told_when_the_answer_was_not_taken(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        neighbour(hub)
        see(desk, until, lambda: text(desk, "alarm-text"))
        link.refuse_help = Trouble("alarm_over")
        strike(desk, D)
        until(lambda: "Panggilan bantuan ini sudah dijawab." in text(desk, "message"))

    def test_comes_and_still_reads_that_the_own_call_was_lost(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        link.deaf = True
        hold_f12(desk)
        until(lambda: text(desk, "help").startswith("Bantuan belum terpanggil"))
        link.deaf = False
        neighbour(hub)
        see(desk, until, lambda: text(desk, "alarm-text"))
        strike(desk, D)
        until(lambda: text(desk, "alarm-text") == "")
        assert text(desk, "help").startswith("Bantuan belum terpanggil")

    def test_presses_d_for_nothing_while_nobody_calls(self, desk: CounterWindow, link: StandInLink) -> None:
        strike(desk, D)
        assert link.pleas == []

    def test_reads_it_on_the_strip_too(
        self, desk: CounterWindow, hub: SmallHub, link: StandInLink, until: Until
    ) -> None:
        desk.make_small()
        neighbour(hub)
        see(desk, until, lambda: text(desk._compact, "alarm-text").startswith("Loket 13 minta bantuan"))
        strike(desk._compact, D)
        until(lambda: link.pleas)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_desk_with_a_neighbour_in_need_is_whole_at_every_size(
    open_app: Open, link: StandInLink, hub: SmallHub, until: Until, *, language: str
) -> None:
    fill(hub)
    at_the_counter(hub)
    for counter in ("13", "14", "15"):
        neighbour(hub, counter, words="Pengunjung marah dan mengancam, mohon satpam juga")
    hub.alarms.append(Alarm(id=7, counter="12", at=hub.now))
    window = open_app("12", hall=busy_hall(), language=language)
    link.comes_up()
    until(lambda: text(window, "alarm-text"))
    assert broken(window, SIZES) == {}
