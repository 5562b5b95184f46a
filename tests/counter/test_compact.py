"""The small window that stays on top."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter.screens.compact_window import CompactWindow, strip_height
from counter.screens.window import CounterWindow
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import click, cut, hold, named, on, outside, strike, text
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink

SCREEN = QRect(0, 0, 1366, 768)


@pytest.fixture
def small(desk: CounterWindow, until: Until) -> CompactWindow:
    """The small window, open across an officer's screen."""
    strike(desk, Qt.Key.Key_K)
    until(desk._compact.isVisible)
    desk._compact.settle(SCREEN)
    return desk._compact


def test_a_key_and_a_button_open_it_in_place_of_the_large_one(desk: CounterWindow) -> None:
    click(desk, "compact")
    assert desk._compact.isVisible()
    assert not desk.isVisible()


def test_it_stays_on_top(small: CompactWindow) -> None:
    assert small.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


def test_it_is_a_strip_of_120_pixels_at_the_lower_edge(small: CompactWindow) -> None:
    assert small.geometry() == QRect(0, 768 - 120, 1366, 120)


@pytest.mark.parametrize(
    ("screen", "high"), [((1366, 768), 120), ((1920, 1080), 120), ((3840, 2160), 240), ((1080, 1920), 120)]
)
def test_on_finer_screens_it_is_as_high_to_the_eye(screen: tuple[int, int], high: int) -> None:
    assert strip_height(QSize(*screen)) == high


def test_it_leaves_the_officer_s_other_program_five_sixths_of_the_smallest_screen() -> None:
    assert strip_height(QSize(1366, 768)) < 768 / 6


def test_it_is_dragged_to_the_upper_edge_and_settles_there(small: CompactWindow) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    QTest.mousePress(small, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    QTest.mouseMove(small, QPoint(4, 4 - small.y()))
    small.move(40, 30)
    QTest.mouseRelease(small, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert small.geometry().topLeft() == room.topLeft()
    assert small.width() == room.width()


def test_it_is_whole_on_every_screen(small: CompactWindow, until: Until) -> None:
    strike(small, Qt.Key.Key_Space)
    until(lambda: text(small, "number") == "K-013")
    for size in ((1024, 600), (1280, 1024), (1366, 768), (1920, 1080), (3840, 2160)):
        small.settle(QRect(QPoint(0, 0), QSize(*size)))
        until(lambda: not cut(small))
        assert not outside(small)
        assert small.width() == size[0]


@pytest.mark.parametrize("verb", ["recall", "serve", "finish", "no-show"])
def test_the_four_usual_verbs_have_buttons_there(
    small: CompactWindow, link: StandInLink, verb: str, until: Until
) -> None:
    assert verb not in on(small)
    strike(small, Qt.Key.Key_Space)
    until(lambda: verb in on(small))
    click(small, verb)
    assert link.orders[-1][0] == verb


def test_it_says_who_is_here_who_is_next_and_how_many_wait(small: CompactWindow, until: Until) -> None:
    assert text(small, "stage") == "Loket kosong"
    assert text(small, "next-line") == "K-013 · paling lama menunggu · 9 menit"
    assert text(small, "compact-queue") == "4 orang · terlama 9 menit"
    strike(small, Qt.Key.Key_Space)
    until(lambda: text(small, "number") == "K-013")
    assert text(small, "timer") == "00.00"


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_M, Qt.Key.Key_S, Qt.Key.Key_T, Qt.Key.Key_B])
def test_every_key_of_the_desk_works_there(small: CompactWindow, link: StandInLink, key: Qt.Key, until: Until) -> None:
    strike(small, Qt.Key.Key_Space)
    until(lambda: text(small, "number") == "K-013")
    strike(small, key)
    assert len(link.orders) == 2


def test_a_key_held_down_counts_once_there_too(small: CompactWindow, link: StandInLink) -> None:
    hold(small, Qt.Key.Key_Space)
    assert link.orders == []


def test_its_button_calls(small: CompactWindow, hub: SmallHub, until: Until) -> None:
    click(small, "next")
    until(lambda: text(small, "next") == "K-013 dipanggil")
    assert hub.called == ["K-013"]


def test_choosing_another_counter_is_for_the_large_one(small: CompactWindow) -> None:
    strike(small, Qt.Key.Key_G)
    assert small.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_the_same_key_and_a_button_lead_back(small: CompactWindow, desk: CounterWindow, by_key: bool) -> None:
    if by_key:
        strike(small, Qt.Key.Key_K)
    else:
        click(small, "compact")
    assert desk.isVisible()
    assert not small.isVisible()


def test_closing_it_leads_back_to_the_desk(small: CompactWindow, desk: CounterWindow) -> None:
    class ByHand(QCloseEvent):
        def spontaneous(self) -> bool:
            return True

    small.closeEvent(ByHand())
    assert desk.isVisible()


def test_the_program_may_end_while_it_is_open(small: CompactWindow, desk: CounterWindow) -> None:
    assert small.close()
    assert not desk.isVisible()


def test_the_large_one_takes_it_along_when_it_closes(small: CompactWindow, desk: CounterWindow) -> None:
    desk.close()
    assert not small.isVisible()


def test_where_it_stood_is_remembered(small: CompactWindow, open_app: Open, link: StandInLink) -> None:
    small.move(QPoint(40, 60))
    strike(small, Qt.Key.Key_K)
    link.listening = False
    again = open_app(COUNTER.id)
    click(again, "compact")
    assert again._compact.pos() == QGuiApplication.primaryScreen().availableGeometry().topLeft()


@pytest.mark.parametrize("kept", ["", "somewhere", "9999999,1", "1;2", "-"])
def test_a_place_that_is_no_longer_there_is_not_used(
    open_app: Open, link: StandInLink, kept: str, until: Until
) -> None:
    window = open_app(COUNTER.id)
    window.corner_changed.emit(QPoint(1, 1))
    from counter.seat import CORNER_SETTING, Seat  # noqa: PLC0415  -- only this test looks behind the settings

    seat = window.findChild(Seat)
    assert isinstance(seat, Seat)
    seat._launch.settings.set(CORNER_SETTING, kept)
    link.listening = False
    again = open_app(COUNTER.id)
    click(again, "compact")
    until(again._compact.isVisible)
    assert QGuiApplication.primaryScreen().geometry().contains(again._compact.geometry())


def test_away_from_the_hub_it_says_why(small: CompactWindow, link: StandInLink) -> None:
    link.goes_away()
    assert "next" not in on(small)
    assert text(small, "next-line").startswith("Komputer hub tidak terjangkau.")
    assert named(small, "lamp").accessibleName() == "Terputus"


def test_a_lost_answer_is_told_there(small: CompactWindow, link: StandInLink, until: Until) -> None:
    link.lossy = True
    strike(small, Qt.Key.Key_Space)
    until(lambda: text(small, "next-line").startswith("Jawaban hub tidak sampai."))
    QApplication.processEvents()
    assert not cut(small)


def test_nothing_in_it_is_cut(small: CompactWindow, hub: SmallHub, desk: CounterWindow, until: Until) -> None:
    hub.waiting = [hub.ticket(n) for n in range(1040, 1099)]
    officer_of(desk).refresh()
    until(lambda: "59 orang" in text(small, "compact-queue"))
    QTest.keyClick(small, Qt.Key.Key_Space)
    until(lambda: text(small, "number") == "K-1040")
    until(lambda: not cut(small))
    assert not outside(small)
