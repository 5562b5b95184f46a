"""Choosing the counter: once, by mouse or keyboard, and remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget

from counter.desk import Verb
from counter.officer import Officer
from counter.screens.counter_tile import CounterTile
from counter.screens.window import CounterWindow
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import click, named, on, outside, strike, text
from tests.counter.stand_in import StandInLink, a_hall


def tiles(window: QWidget) -> list[CounterTile]:
    return [tile for tile in window.findChildren(CounterTile) if tile.isVisible()]


def focused(window: CounterWindow) -> str:
    widget = window.focusWidget()
    return widget.objectName() if widget else ""


def test_a_first_start_asks_which_counter_this_is(open_app: Open) -> None:
    window = open_app()
    assert text(window, "choose-title") == "Loket mana ini?"
    assert len(tiles(window)) == 44


def test_a_tile_says_its_number_and_its_agency(open_app: Open) -> None:
    tile = named(open_app(), "counter-12")
    assert isinstance(tile, CounterTile)
    assert (tile.text(), tile.accessibleDescription()) == ("Loket 12", "Disdukcapil")


def test_the_touched_counter_is_taken(open_app: Open, link: StandInLink, until: Until) -> None:
    window = open_app()
    click(window, "counter-17")
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    assert text(window, "counter") == "Loket 17"


def test_the_chosen_counter_is_remembered(open_app: Open, link: StandInLink) -> None:
    click(open_app(), "counter-17")
    link.listening = False
    assert text(open_app(), "counter") == "Loket 17"


def test_a_named_counter_is_taken_without_asking(open_app: Open, link: StandInLink) -> None:
    assert text(open_app("13"), "counter") == "Loket 13"
    assert link.listening


def test_a_counter_that_is_not_in_the_hall_is_told_and_asked_for(open_app: Open) -> None:
    window = open_app("99")
    assert text(window, "choose-how") == "Meja layanan '99' tidak ada di gedung ini. Pilih meja layanan lain."
    assert tiles(window)


def test_44_counters_stand_on_one_page(open_app: Open) -> None:
    window = open_app()
    assert "page-next" not in on(window)
    assert not outside(window)


def test_200_counters_come_in_pages(open_app: Open, until: Until) -> None:
    window = open_app(hall=a_hall(200))
    first = {tile.counter.id for tile in tiles(window)}
    click(window, "page-next")
    until(lambda: not first & {tile.counter.id for tile in tiles(window)})
    assert {"page-next", "page-back"} <= on(window)
    strike(window, Qt.Key.Key_PageUp)
    assert {tile.counter.id for tile in tiles(window)} == first


def test_every_counter_is_on_some_page(open_app: Open) -> None:
    window = open_app(hall=a_hall(200))
    seen = {tile.counter.id for tile in tiles(window)}
    while "page-next" in on(window):
        click(window, "page-next")
        seen |= {tile.counter.id for tile in tiles(window)}
    assert len(seen) == 200


def test_digits_choose_by_number(open_app: Open) -> None:
    window = open_app()
    strike(window, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Return)
    assert text(window, "counter") == "Loket 23"


def test_digits_find_a_counter_on_another_page(open_app: Open) -> None:
    window = open_app(hall=a_hall(200))
    strike(window, Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_8)
    assert focused(window) == "counter-198"


def test_old_digits_do_not_count(open_app: Open) -> None:
    window = open_app()
    strike(window, Qt.Key.Key_1)
    window._choose._forget_typed()
    strike(window, Qt.Key.Key_2, Qt.Key.Key_0)
    assert focused(window) == "counter-20"


def test_arrows_walk_over_the_tiles_and_stop_at_the_ends(open_app: Open) -> None:
    window = open_app()
    columns = window._choose._columns
    strike(window, Qt.Key.Key_Right)
    assert focused(window) == "counter-12"
    strike(window, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert focused(window) == f"counter-{13 + columns}"
    strike(window, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert focused(window) == "counter-12"


def test_space_takes_the_tile_in_focus(open_app: Open) -> None:
    window = open_app()
    strike(window, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert text(window, "counter") == "Loket 12"


def test_letters_mean_nothing_while_choosing(open_app: Open) -> None:
    window = open_app()
    strike(window, Qt.Key.Key_R, Qt.Key.Key_K)
    assert tiles(window)


def test_a_first_choice_has_no_way_back(open_app: Open) -> None:
    window = open_app()
    strike(window, Qt.Key.Key_Escape)
    assert tiles(window)
    assert "back" not in on(window)


@pytest.mark.parametrize("by_key", [True, False])
def test_another_counter_can_be_taken_later(desk: CounterWindow, by_key: bool) -> None:
    if by_key:
        strike(desk, Qt.Key.Key_G)
    else:
        click(desk, "change-counter")
    click(desk, "counter-20")
    assert text(desk, "counter") == "Loket 20"
    assert officer_of(desk).desk.counter.id == "20"


def test_the_officer_who_left_is_gone(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    strike(desk, Qt.Key.Key_G)
    click(desk, "counter-20")
    until(lambda: officer_of(desk).desk.live)
    asked = link.views_asked
    link.goes_away()
    link.comes_up()
    until(lambda: officer_of(desk).desk.live)
    assert link.views_asked == asked + 1


def test_who_does_not_want_another_counter_goes_back(desk: CounterWindow) -> None:
    strike(desk, Qt.Key.Key_G, Qt.Key.Key_Escape)
    assert text(desk, "counter") == "Loket 12"
    strike(desk, Qt.Key.Key_G)
    click(desk, "back")
    assert text(desk, "counter") == "Loket 12"


def test_news_of_the_desk_do_not_interrupt_choosing(desk: CounterWindow, link: StandInLink) -> None:
    strike(desk, Qt.Key.Key_G)
    link.goes_away()
    assert tiles(desk)


# ---------------------------------------------------------------- with an order out


def test_the_counter_stays_while_an_order_is_out(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    link.slow = True
    strike(desk, Qt.Key.Key_Space, Qt.Key.Key_G)
    assert text(desk, "counter") == "Loket 12"
    assert "change-counter" not in on(desk)
    assert named(desk, "change-counter").toolTip() == "Belum dapat diganti: perintah terakhir belum terjawab."
    link.slow = False
    link.deliver()
    until(lambda: "change-counter" in on(desk))
    assert named(desk, "change-counter").toolTip() == ""
    strike(desk, Qt.Key.Key_G)
    assert tiles(desk)


def test_the_counter_stays_while_an_order_has_no_answer(brisk: CounterWindow, link: StandInLink, until: Until) -> None:
    link.lossy = True
    strike(brisk, Qt.Key.Key_Space)
    until(lambda: "next" in on(brisk))
    assert "Tekan tombol yang sama sekali lagi" in text(brisk, "message")
    strike(brisk, Qt.Key.Key_G)
    assert not tiles(brisk)
    assert "change-counter" not in on(brisk)
    link.lossy = False
    strike(brisk, Qt.Key.Key_Space)
    until(lambda: "change-counter" in on(brisk))


def test_tab_keeps_its_place_on_a_button_that_goes_off_for_a_moment(
    brisk: CounterWindow, link: StandInLink, until: Until
) -> None:
    named(brisk, "change-counter").setFocus(Qt.FocusReason.TabFocusReason)
    link.slow = True
    strike(brisk, Qt.Key.Key_Space)
    strike(brisk, Qt.Key.Key_Return)
    assert [verb for verb, _ in link.orders] == ["next"]
    link.slow = False
    link.deliver()
    until(lambda: focused(brisk) == "change-counter")


@pytest.mark.parametrize("lossy", [False, True])
def test_an_answer_to_one_who_has_left_the_desk_touches_nothing(
    officer: Officer, link: StandInLink, until: Until, lossy: bool
) -> None:
    looks: list[object] = []
    officer.changed.connect(looks.append)
    link.slow = not lossy
    link.lossy = lossy
    officer.press(Verb.NEXT)
    officer.close()
    before, asked = officer.desk, link.views_asked
    looks.clear()
    officer.deleteLater()
    QCoreApplication.sendPostedEvents(officer, QEvent.Type.DeferredDelete)
    link.deliver()
    link.goes_away()
    link.comes_up()
    link.event_came.emit(link.hub.event())
    came: list[bool] = []
    link._later(lambda: came.append(True))  # behind all that was on its way
    until(lambda: came)
    assert (officer.desk, link.views_asked, looks) == (before, asked, [])


def test_another_counter_is_followed_once_and_the_old_one_no_more(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    old = officer_of(desk)
    link.slow_views = True
    old.refresh()
    strike(desk, Qt.Key.Key_G)
    click(desk, "counter-17")
    link.slow_views = False
    link.deliver()
    until(lambda: officer_of(desk).desk.live)
    assert officer_of(desk) is not old
    assert text(desk, "counter") == "Loket 17"


@pytest.mark.allow_log("remembered only until this program ends")
def test_a_disk_that_refuses_keeps_nobody_from_a_counter(open_app: Open, link: StandInLink, tmp_path: Path) -> None:
    (tmp_path / "counter.json").mkdir()  # no file can take its place
    window = open_app()
    click(window, "counter-17")
    assert text(window, "counter") == "Loket 17"
    assert link.listening
