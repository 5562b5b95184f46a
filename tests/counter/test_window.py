"""The desk as an officer uses it: every verb by mouse and by key, and what the screen says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter.desk import Verb
from counter.screens.face import Face
from counter.screens.fit_label import FitLabel
from counter.screens.keys import VERB_KEYS
from counter.screens.window import CounterWindow
from shared.model import DeviceKind, State
from shared.trouble import Trouble
from shared.wire import Device
from tests.counter.conftest import Until, officer_of
from tests.counter.seen import click, hold, named, on, strike, text
from tests.counter.stand_in import SmallHub, StandInLink

VERBS = {"next", "recall", "serve", "finish", "no-show", "undo-next"}
KEYS = {verb: key for key, verb in VERB_KEYS.items()}


def call(desk: CounterWindow, until: Until) -> None:
    """Somebody is at the counter."""
    strike(desk, Qt.Key.Key_Space)
    until(lambda: text(desk, "number") == "K-013")


# ---------------------------------------------------------------- verbs


@pytest.mark.parametrize("verb", [Verb.RECALL, Verb.SERVE, Verb.FINISH, Verb.NO_SHOW, Verb.UNDO_NEXT])
@pytest.mark.parametrize("by_key", [True, False])
def test_each_button_and_its_key_order_the_same(
    desk: CounterWindow, link: StandInLink, verb: Verb, by_key: bool, until: Until
) -> None:
    call(desk, until)
    if by_key:
        strike(desk, KEYS[verb])
    else:
        click(desk, verb.value)
    assert [order for order, _ in link.orders] == ["next", verb.value]


def test_a_click_on_the_big_button_calls(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    click(desk, "next")
    until(lambda: text(desk, "number") == "K-013")
    assert hub.called == ["K-013"]


def test_every_button_shows_its_key(desk: CounterWindow) -> None:
    shown = {verb: named(desk, verb.value) for verb in KEYS}
    assert "tombol Spasi" in shown[Verb.NEXT].accessibleDescription()
    for verb in set(KEYS) - {Verb.NEXT}:
        letters = [label.text() for label in shown[verb].findChildren(FitLabel)]
        assert chr(KEYS[verb]) in letters


def test_two_spaces_in_a_row_call_one(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(desk, Qt.Key.Key_Space, Qt.Key.Key_Space)
    until(lambda: text(desk, "number") == "K-013")
    strike(desk, Qt.Key.Key_Space)
    click(desk, "next")
    assert hub.called == ["K-013"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_T])
def test_a_key_held_down_counts_once(desk: CounterWindow, link: StandInLink, key: Qt.Key, until: Until) -> None:
    call(desk, until)
    until(lambda: "recall" in on(desk))
    hold(desk, key)
    assert len(link.orders) == 1


def test_a_key_with_control_is_another_programs(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(desk, until)
    QTest.keyClick(desk, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert len(link.orders) == 1


def test_capital_letters_are_keys_too(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(desk, until)
    QTest.keyClick(desk, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert link.orders[-1][0] == "recall"


# ---------------------------------------------------------------- focus


def test_space_calls_wherever_the_focus_is(brisk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(brisk, until)
    until(lambda: "next" in on(brisk))
    named(brisk, "no-show").setFocus(Qt.FocusReason.TabFocusReason)
    strike(brisk, Qt.Key.Key_Space)
    assert link.orders[-1][0] == "next"


def test_enter_presses_the_button_in_focus(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(desk, until)
    named(desk, "serve").setFocus(Qt.FocusReason.TabFocusReason)
    strike(desk, Qt.Key.Key_Return)
    assert link.orders[-1][0] == "serve"


def test_enter_held_down_presses_nothing_more(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(desk, until)
    named(desk, "recall").setFocus(Qt.FocusReason.TabFocusReason)
    hold(desk, Qt.Key.Key_Return)
    assert len(link.orders) == 1


def test_a_click_takes_no_focus(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    click(desk, "recall")
    assert not named(desk, "recall").hasFocus()


def test_tab_reaches_every_button_that_is_on(brisk: CounterWindow, until: Until) -> None:
    call(brisk, until)
    until(lambda: "next" in on(brisk))
    reached = set()
    for _ in range(12):
        brisk.focusNextChild()
        focused = brisk.focusWidget()
        reached.add(focused.objectName() if focused else "")
    assert reached >= VERBS | {"compact", "change-counter"}


def test_the_focus_is_to_be_seen(desk: CounterWindow) -> None:
    button = named(desk, "next")
    before = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != before


def test_the_focus_stays_with_a_button_while_its_order_is_out(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    recall = named(desk, "recall")
    recall.setFocus(Qt.FocusReason.TabFocusReason)
    strike(desk, Qt.Key.Key_Return)
    assert not recall.hasFocus()
    until(recall.hasFocus)


def test_every_button_has_a_name_for_screen_readers(desk: CounterWindow) -> None:
    faces = [face for face in desk.findChildren(Face) if face.isVisible()]
    assert len(faces) == 9
    assert all(face.text() and face.accessibleDescription() for face in faces)


# ---------------------------------------------------------------- what is said


def test_the_big_button_says_whom_it_calls_and_why(desk: CounterWindow) -> None:
    assert text(desk, "next") == "Panggil berikutnya"
    assert text(desk, "next-number") == "K-013"
    assert text(desk, "next-service") == "KTP elektronik"
    assert text(desk, "next-why") == "paling lama menunggu · 9 menit · tombol Spasi"


def test_the_card_says_how_often_how_long_and_why(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    assert text(desk, "called") == "Dipanggil 1× · menunggu 9 menit"
    assert text(desk, "because") == "Karena: paling lama menunggu"
    assert (text(desk, "timer"), text(desk, "stage")) == ("00.00", "sejak dipanggil")


def test_the_clock_on_the_card_goes_on(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    hub.now = hub.now.replace(minute=45, second=21)
    desk._tick()
    assert text(desk, "timer") == "03.21"
    assert text(desk, "waiting-0-minutes") == "11 mnt"


def test_an_empty_counter_says_so(desk: CounterWindow) -> None:
    assert text(desk, "service") == "Belum ada nomor di loket ini"
    assert text(desk, "number") == ""


def test_right_after_a_call_the_button_tells_who_was_called(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    assert text(desk, "next") == "K-013 dipanggil"
    assert "next" not in on(desk)


def test_while_the_answer_is_out_the_button_says_it_calls(desk: CounterWindow, link: StandInLink) -> None:
    link.slow = True
    strike(desk, Qt.Key.Key_Space)
    assert text(desk, "next") == "Memanggil…"
    assert not on(desk) & VERBS


def test_when_nobody_waits_the_button_is_off_and_says_so(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.waiting.clear()
    officer_of(desk).refresh()
    until(lambda: text(desk, "next") == "Belum ada yang menunggu")
    assert not on(desk) & VERBS


def test_who_waits_stands_at_the_right(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.waiting[1] = hub.ticket(14, "kk", priority=True)
    hub.waiting[0] = hub.ticket(-20)
    officer_of(desk).refresh()
    until(lambda: text(desk, "waiting-1-service") == "Kartu Keluarga (KK)")
    assert (text(desk, "waiting-1-number"), text(desk, "waiting-1-priority")) == ("K-014", "Prioritas")
    assert text(desk, "waiting-1-minutes") == "8 mnt"
    assert text(desk, "waiting-2-priority") == ""
    assert text(desk, "waiting-sum") == "4 orang · terlama 42 menit"


def test_a_long_wait_is_marked_with_a_word(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.waiting[0] = hub.ticket(-8)
    hub.waiting[1] = hub.ticket(-7)
    officer_of(desk).refresh()
    until(lambda: text(desk, "waiting-0-minutes") == "30 mnt")
    assert text(desk, "waiting-0-late") == "lama"
    assert (text(desk, "waiting-1-minutes"), text(desk, "waiting-1-late")) == ("29 mnt", "")


def test_those_without_room_are_counted(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.waiting = [hub.ticket(n) for n in range(1, 60)]
    officer_of(desk).refresh()
    until(lambda: text(desk, "waiting-sum").startswith("59 orang"))
    shown = sum(bool(text(desk, f"waiting-{index}-number")) for index in range(24))
    assert shown > 5
    assert text(desk, "waiting-more") == f"dan {59 - shown} lagi"


def test_my_last_calls_stand_newest_first_each_once(brisk: CounterWindow, until: Until) -> None:
    call(brisk, until)
    strike(brisk, Qt.Key.Key_R)
    until(lambda: "2×" in text(brisk, "called"))
    until(lambda: "next" in on(brisk))
    strike(brisk, Qt.Key.Key_Space)
    until(lambda: text(brisk, "history-0-number") == "K-014")
    assert text(brisk, "history-1-number") == "K-013"
    assert text(brisk, "history-1-time") == "09.42"
    assert named(brisk, "history-1").toolTip() == "Karena: paling lama menunggu"
    assert text(brisk, "history-2-number") == ""


def test_the_day_so_far_stands_below(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    assert text(desk, "tally-mean") == "Rata-rata –"
    hub.tally = hub.tally.model_copy(update={"served": 23, "no_show": 1, "mean_minutes": 8.2})
    officer_of(desk).refresh()
    until(lambda: text(desk, "tally-served") == "Hari ini 23 dilayani")
    assert (text(desk, "tally-mean"), text(desk, "tally-no-show")) == ("Rata-rata 8 menit", "Tidak hadir 1")


def test_the_hubs_time_stands_below(desk: CounterWindow, hub: SmallHub) -> None:
    hub.now = hub.now.replace(hour=14, minute=5)
    desk._tick()
    assert text(desk, "time") == "14.05 WITA"


def test_a_kiosk_without_paper_is_named_with_what_to_do(
    desk: CounterWindow, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    kiosk = Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=True, troubles=["paper_out"])
    link.event_came.emit(hub.device_event(kiosk))
    until(lambda: text(desk, "notice-0") == "Mesin tiket lobi: Kertas habis. Pasang gulungan kertas baru.")
    link.event_came.emit(hub.device_event(kiosk.model_copy(update={"troubles": []})))
    until(lambda: text(desk, "notice-0") == "")


def test_more_than_two_troubles_are_counted(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.devices = [
        Device(kind=DeviceKind.DISPLAY, id=f"tv-{n}", alive=False, seen_at=hub.now, troubles=[]) for n in range(5)
    ]
    officer_of(desk).refresh()
    until(lambda: text(desk, "notice-more") == "3 perangkat lain juga bermasalah.")
    assert text(desk, "notice-1") == "tv-1: tidak menjawab sejak 09.42. Periksa dayanya."


def test_a_trouble_this_program_does_not_know_is_still_told(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.devices = [Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=True, troubles=["of_tomorrow"])]
    officer_of(desk).refresh()
    until(lambda: text(desk, "notice-0") == "Mesin tiket lobi: bermasalah. Beri tahu petugas IT.")


# ---------------------------------------------------------------- the hub


def test_away_from_the_hub_every_verb_is_off_and_the_button_says_why(desk: CounterWindow, link: StandInLink) -> None:
    assert text(desk, "lamp") == ""
    link.goes_away()
    assert not on(desk) & VERBS
    assert text(desk, "next") == "Tidak tersambung ke hub"
    assert text(desk, "next-why") == "Komputer hub tidak terjangkau.\nTunggu sebentar; aplikasi menyambung sendiri."


def test_the_lamp_has_a_word(desk: CounterWindow, link: StandInLink) -> None:
    lamp = named(desk, "lamp")
    assert lamp.accessibleName() == "Tersambung"
    link.goes_away()
    assert lamp.accessibleName() == "Terputus"


def test_the_desk_comes_back_by_itself(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    link.goes_away()
    link.comes_up()
    until(lambda: "next" in on(desk))
    assert text(desk, "next") == "Panggil berikutnya"


def test_a_refused_view_says_its_own_reason(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    link.refuse_views = Trouble("unknown_counter", counter="12")
    officer_of(desk).refresh()
    until(lambda: text(desk, "next") == "Meja layanan '12' tidak ada di gedung ini.")
    assert text(desk, "next-why") == "Pilih meja layanan lain."


def test_a_refusal_is_told_on_the_button(brisk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(brisk, until)
    until(lambda: "next" in on(brisk))
    hub.current = None
    strike(brisk, Qt.Key.Key_S)
    until(lambda: text(brisk, "message").startswith("Nomor ini sudah tidak berada di meja layanan Anda."))


def test_a_lost_answer_is_told_on_the_button(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    link.lossy = True
    strike(desk, Qt.Key.Key_Space)
    until(lambda: text(desk, "message").startswith("Jawaban hub tidak sampai."))


def test_a_button_that_is_off_for_an_instant_does_not_flicker(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    call(desk, until)
    until(lambda: "finish" in on(desk))
    finish = named(desk, "finish")
    assert isinstance(finish, Face)
    link.slow = True
    strike(desk, Qt.Key.Key_R)
    assert finish.looks_on
    until(lambda: not finish.looks_on)
    link.deliver()
    until(lambda: finish.looks_on)


def test_a_button_that_stays_off_looks_off_at_once(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    until(lambda: "serve" in on(desk))
    strike(desk, Qt.Key.Key_M)
    until(lambda: text(desk, "stage") == "sedang dilayani")
    recall = named(desk, "recall")
    assert isinstance(recall, Face)
    assert not recall.looks_on


def test_who_has_come_is_being_served(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    strike(desk, Qt.Key.Key_M)
    until(lambda: text(desk, "stage") == "sedang dilayani")
    assert hub.current is not None
    assert hub.current.state is State.SERVING
    assert "recall" not in on(desk)
