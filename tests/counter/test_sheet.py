"""The sheet behind 'Lainnya': what stands in it, how keys and mouse take from it, and what is ordered."""

import pytest
from PySide6.QtCore import Qt

from counter.desk import Verb
from counter.screens.window import CounterWindow
from shared.wire import CallChosen, Hold, Issue, OnTicket, Transfer
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import broken, click, on, strike, text
from tests.counter.stand_in import SmallHub, StandInLink
from tests.counter.test_looks import LONGEST, SIZES, busy_hall

L, ESC = Qt.Key.Key_L, Qt.Key.Key_Escape


def lines(desk: CounterWindow) -> list[str]:
    """What the sheet offers now."""
    found = (text(desk, f"choice-{index}-text") for index in range(9))
    return [line for line in found if line]


def digit(desk: CounterWindow, *digits: int) -> None:
    strike(desk, *(Qt.Key(Qt.Key.Key_0 + one) for one in digits))


def take(desk: CounterWindow, *wanted: str) -> None:
    """Open the sheet and take these lines, a level each, by their digits."""
    strike(desk, L)
    for line in wanted:
        digit(desk, lines(desk).index(line) + 1)


def call(desk: CounterWindow, until: Until) -> None:
    strike(desk, Qt.Key.Key_Space)
    until(lambda: text(desk, "number") == "K-013" and "recall" in on(desk))


GIVE = ["Beri nomor baru", "Beri nomor baru, prioritas", "Jeda", "Panggil bantuan"]
FREE = [*GIVE[:2], "Layani tanpa nomor", *GIVE[2:], "Cetak ulang"]
"""At a counter where nobody is."""


def test_where_nobody_is_a_number_can_be_given_or_a_pause_begun(
    desk: CounterWindow, hub: SmallHub, until: Until
) -> None:
    hub.waiting = []
    officer_of(desk).refresh()
    until(lambda: not officer_of(desk).desk.waiting_count)
    strike(desk, L)
    assert lines(desk) == FREE


def test_g_and_k_work_from_the_sheet_and_the_way_back_is_to_the_desk(desk: CounterWindow) -> None:
    for key, back in ((Qt.Key.Key_G, ESC), (Qt.Key.Key_K, Qt.Key.Key_K)):
        strike(desk, L)
        assert desk._desk.sheet_is_open
        strike(desk, key)
        assert not desk._desk.isVisible()
        strike(desk if back is ESC else desk._compact, back)
        assert desk._desk.isVisible()
        assert not desk._desk.sheet_is_open


def test_while_an_order_is_out_there_is_only_help(desk: CounterWindow, link: StandInLink) -> None:
    link.slow = True
    strike(desk, Qt.Key.Key_Space, L)
    assert lines(desk) == GIVE[-1:]
    link.deliver()


def test_a_number_is_given_and_said(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    agency = "Dinas Kependudukan dan Pencatatan Sipil"
    take(desk, "Beri nomor baru, prioritas", agency, "Kartu Keluarga (KK)")
    until(lambda: "Nomor K-099 diberikan, tunggu sekitar" in text(desk, "message"))
    assert hub.bodies[-1] == Issue(service="kk", priority=True)


def test_who_is_here_can_be_held_or_transferred(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    strike(desk, L)
    assert lines(desk) == [
        "Tahan beberapa menit",
        "Alihkan",
        "Alihkan, lalu kembali ke sini",
        "Layanan berikutnya",
        *GIVE,
        "Cetak ulang",
    ]


def test_a_hold_is_two_digits_away(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    take(desk, "Tahan beberapa menit", "10 menit")
    until(lambda: hub.held)
    assert hub.bodies[-1] == Hold(ticket=13, minutes=10)
    until(lambda: text(desk, "number") == "")


def test_who_is_held_is_brought_back(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    take(desk, "Tahan beberapa menit", "5 menit")
    until(lambda: Verb.UNHOLD in officer_of(desk).desk.offered)
    take(desk, "Kembalikan yang ditahan", "K-013 · KTP elektronik")
    until(lambda: hub.waiting[0].number == "K-013")
    assert hub.bodies[-1] == OnTicket(ticket=13)


def test_who_did_not_come_waits_again(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    strike(desk, Qt.Key.Key_T)
    until(lambda: officer_of(desk).desk.current is None)
    take(desk, "Yang tidak hadir sudah datang", "K-013 · KTP elektronik")
    until(lambda: hub.waiting[0].number == "K-013")


def test_a_transfer_to_a_service(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    take(desk, "Alihkan", "Dinas Kependudukan dan Pencatatan Sipil", "Kartu Keluarga (KK)")
    until(lambda: isinstance(hub.bodies[-1], Transfer))
    assert hub.bodies[-1] == Transfer(ticket=13, service="kk")


def test_a_transfer_to_a_counter_and_back(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    take(desk, "Alihkan, lalu kembali ke sini", "Ke loket lain", "Loket 13")
    until(lambda: isinstance(hub.bodies[-1], Transfer))
    assert hub.bodies[-1] == Transfer(ticket=13, counter="13", back=True)


def test_one_who_waits_is_called_out_of_turn_with_a_reason(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Panggil nomor tertentu", "K-015 · KTP elektronik", "Sakit atau keadaan darurat")
    until(lambda: text(desk, "number") == "K-015")
    assert hub.bodies[-1] == CallChosen(ticket=15, why="Sakit atau keadaan darurat")


def test_a_chosen_call_rests_as_next_does(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Panggil nomor tertentu", "K-015 · KTP elektronik", "Kembali membawa berkas")
    strike(desk, Qt.Key.Key_Space)
    until(lambda: text(desk, "number") == "K-015")
    strike(desk, Qt.Key.Key_Space)
    assert hub.called == ["K-015"]


def test_nobody_is_chosen_while_the_last_call_rests(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    strike(desk, L)
    assert "Panggil nomor tertentu" not in lines(desk)


def test_a_line_is_taken_by_mouse_too(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    click(desk, "more")
    click(desk, "choice-0")
    click(desk, "choice-0")
    until(lambda: hub.held)


def test_more_than_nine_lines_stand_on_pages(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    take(desk, "Alihkan", "Ke loket lain")
    assert lines(desk)[0] == "Loket 13"
    strike(desk, Qt.Key.Key_PageDown)
    assert lines(desk)[0] == "Loket 22"
    strike(desk, Qt.Key.Key_PageUp)
    click(desk, "sheet-page")
    assert lines(desk)[0] == "Loket 22"


def test_esc_goes_back_a_level_and_then_to_the_desk(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(desk, until)
    take(desk, "Alihkan")
    strike(desk, ESC)
    assert lines(desk)[0] == "Tahan beberapa menit"
    strike(desk, ESC)
    assert text(desk, "number") == "K-013"
    assert [verb for verb, _ in link.orders] == ["next"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_S, Qt.Key.Key_T, Qt.Key.Key_9])
def test_the_desks_keys_mean_nothing_in_the_sheet(
    desk: CounterWindow, link: StandInLink, key: Qt.Key, until: Until
) -> None:
    call(desk, until)
    strike(desk, L, key)
    assert [verb for verb, _ in link.orders] == ["next"]
    assert lines(desk)


def test_the_sheet_leaves_when_the_hub_does(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    call(desk, until)
    strike(desk, L)
    link.goes_away()
    assert lines(desk) == []
    assert "more" not in on(desk)


def test_a_sheet_follows_what_happens_meanwhile(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    call(desk, until)
    take(desk, "Alihkan")
    hub.current = None
    officer_of(desk).refresh()
    until(lambda: officer_of(desk).desk.current is None)
    assert text(desk, "sheet-title") == "Lainnya"


def test_the_small_window_grows_for_it(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    desk.make_small()
    strike(desk._compact, L)
    assert not desk._compact.isVisible()
    assert lines(desk)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sheet_is_whole_at_every_size(
    open_app: Open, link: StandInLink, hub: SmallHub, until: Until, *, language: str
) -> None:
    hub.waiting = [hub.ticket(n, LONGEST, priority=True) for n in range(1040, 1060)]
    window = open_app("12", hall=busy_hall(), language=language)
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    strike(window, Qt.Key.Key_Space)
    until(lambda: "recall" in on(window))
    strike(window, L)
    for step in (2, 1):
        assert broken(window, SIZES) == {}
        digit(window, step)
