"""A visitor without a number, served at once at a free counter."""

from PySide6.QtCore import Qt

from counter.desk import Verb
from counter.screens.window import CounterWindow
from shared.hall import Agency, Hall, Service
from shared.wire import Paused, WalkIn
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import strike, text
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink, a_hall
from tests.counter.test_sheet import digit, lines, take


def test_two_digits_begin_the_service(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Layani tanpa nomor", "Kartu Keluarga (KK)")
    until(lambda: text(desk, "number") == "K-099")
    assert hub.bodies == [WalkIn(service="kk")]
    assert text(desk, "called") == "Datang langsung, tanpa menunggu"
    assert text(desk, "stage") == "sedang dilayani"
    assert hub.called == []


def test_p_ticks_priority_and_unticks_it_and_the_lines_stay_where_they_were(
    desk: CounterWindow, hub: SmallHub, until: Until
) -> None:
    take(desk, "Layani tanpa nomor")
    plain = lines(desk)
    assert plain[-1] == "Prioritas"
    strike(desk, Qt.Key.Key_P)
    assert (text(desk, "sheet-title"), lines(desk)) == ("Layani tanpa nomor · Prioritas", plain)
    strike(desk, Qt.Key.Key_P)
    assert text(desk, "sheet-title") == "Layani tanpa nomor"
    digit(desk, len(plain))
    desk._desk.show_desk(officer_of(desk).desk, hub.now)  # somebody took a number: the tick stays
    digit(desk, 1)
    until(lambda: hub.bodies)
    assert hub.bodies == [WalkIn(service="ktp", priority=True)]


def test_it_is_finished_by_s_and_undone_by_b(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    for key in (Qt.Key.Key_S, Qt.Key.Key_B):
        take(desk, "Layani tanpa nomor", "KTP elektronik")
        until(lambda: {Verb.FINISH, Verb.UNDO_NEXT} <= officer_of(desk).desk.offered)
        strike(desk, key)
        until(lambda: Verb.WALK_IN in officer_of(desk).desk.offered)
    assert hub.verbs == ["walk-in", "finish", "walk-in", "undo-next"]


def test_it_is_not_offered_while_somebody_is_here(desk: CounterWindow, until: Until) -> None:
    strike(desk, Qt.Key.Key_Space)
    until(lambda: Verb.RECALL in officer_of(desk).desk.offered)
    assert Verb.WALK_IN not in officer_of(desk).desk.offered


def test_nor_while_the_counter_pauses(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.paused = Paused(since=hub.now, why="Salat")
    officer_of(desk).refresh()
    until(lambda: officer_of(desk).desk.paused)
    assert Verb.WALK_IN not in officer_of(desk).desk.offered


def two_agencies() -> Hall:
    """Counter 12 serves one service of the first agency and all of a second."""
    hall = a_hall()
    more = Agency(
        id="samsat",
        name="Samsat",
        short_name="Samsat",
        prefix="S",
        zone="z",
        services=[Service(id="stnk", name="STNK", minutes=5)],
    )
    counter = COUNTER.model_copy(update={"agencies": ["dukcapil", "samsat"], "services": ["ktp", "stnk"]})
    return hall.model_copy(update={"agencies": [*hall.agencies, more], "counters": [counter, *hall.counters[1:]]})


def test_a_counter_of_several_agencies_asks_which_and_offers_its_own_services(
    open_app: Open, link: StandInLink, until: Until
) -> None:
    window = open_app(COUNTER.id, hall=two_agencies())
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    take(window, "Layani tanpa nomor")
    assert lines(window) == ["Dinas Kependudukan dan Pencatatan Sipil", "Samsat", "Prioritas"]
    strike(window, Qt.Key.Key_1)
    assert lines(window) == ["KTP elektronik"]
