"""What came of a visit: asked by one key at its end, and never in the way."""

import pytest
from PySide6.QtCore import Qt

from counter.desk import Verb
from counter.screens.window import CounterWindow
from shared.hall import Hall, Result
from shared.wire import Correct, Ended, Finish, OnTicket
from tests.counter.conftest import QUICK, Open, Until, officer_of
from tests.counter.seen import broken, click, on, strike, text
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink, a_hall
from tests.counter.test_looks import SIZES
from tests.counter.test_sheet import ESC, digit, lines, take

S, SPACE = Qt.Key.Key_S, Qt.Key.Key_Space
OUTCOMES = [
    Result(id="tuntas", name="Tuntas", name_en="Done"),
    Result(id="kurang", name="Berkas kurang", name_en="Papers missing"),
]


def keeping(hall: Hall) -> Hall:
    return hall.model_copy(update={"outcomes": OUTCOMES})


@pytest.fixture
def served(open_app: Open, link: StandInLink, until: Until) -> CounterWindow:
    """The desk of a hall that keeps outcomes, with K-013 called; two seconds pass at once."""
    window = open_app(COUNTER.id, hall=keeping(a_hall()), pace=QUICK)
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    strike(window, SPACE)
    until(lambda: text(window, "number") == "K-013" and {"recall", "next"} <= on(window))
    return window


def test_a_digit_after_s_says_what_came_of_it(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(served, S)
    assert text(served, "sheet-title") == "K-013 selesai. Hasilnya?"
    assert lines(served) == ["Tuntas", "Berkas kurang", "Tanpa hasil"]
    digit(served, 2)
    until(lambda: hub.current is None)
    assert hub.bodies[-1] == Finish(ticket=13, outcome="kurang")
    until(lambda: text(served, "next-title") == "Panggil berikutnya")


def test_s_again_finishes_without(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(served, S, S)
    until(lambda: hub.current is None)
    assert hub.bodies[-1] == Finish(ticket=13)


def test_the_mouse_does_both(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    click(served, "finish")
    click(served, "choice-2")
    until(lambda: hub.current is None)
    assert hub.bodies[-1] == Finish(ticket=13)


def test_space_calls_the_next_as_ever(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(served, S, SPACE)
    until(lambda: hub.called == ["K-013", "K-014"])


def test_next_does_not_ask(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(served, SPACE)
    until(lambda: hub.called == ["K-013", "K-014"])


def test_esc_goes_back_to_the_visitor(served: CounterWindow, hub: SmallHub) -> None:
    strike(served, S, ESC)
    assert text(served, "number") == "K-013"
    assert hub.current is not None


def test_the_question_goes_when_the_visitor_has_gone_meanwhile(
    served: CounterWindow, hub: SmallHub, until: Until
) -> None:
    strike(served, S)
    hub.current = None
    officer_of(served).refresh()
    until(lambda: lines(served) == [])
    assert text(served, "next-title") == "Panggil berikutnya"


def test_who_waits_meanwhile_does_not_disturb_it(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(served, S)
    hub.waiting.append(hub.ticket(77))
    officer_of(served).refresh()
    until(lambda: officer_of(served).desk.waiting_count == 4)
    assert lines(served)[0] == "Tuntas"


def test_the_small_window_grows_for_it(served: CounterWindow) -> None:
    served.make_small()
    strike(served._compact, S)
    assert not served._compact.isVisible()
    assert lines(served)[0] == "Tuntas"


def test_a_wrong_one_is_put_right_by_three_digits(served: CounterWindow, hub: SmallHub, until: Until) -> None:
    hub.ended = [
        Ended(ticket=12, number="K-012", agency="dukcapil", service="kk", result="tuntas", ended_at=hub.now),
        Ended(ticket=11, number="K-011", agency="dukcapil", service="ktp", result=None, ended_at=hub.now),
    ]
    officer_of(served).refresh()
    until(lambda: Verb.CORRECT in officer_of(served).desk.offered)
    take(served, "Perbaiki hasil")
    assert [text(served, f"choice-{n}-{what}") for n in (0, 1) for what in ("text", "detail")] == [
        "K-012 · Kartu Keluarga (KK)",
        "Tuntas",
        "K-011 · KTP elektronik",
        "Tanpa hasil",
    ]
    digit(served, 1, 2)
    until(lambda: text(served, "message").startswith("Hasil K-012 sudah diperbaiki."))
    assert hub.bodies[-1] == Correct(ticket=12, outcome="kurang")


def test_a_hall_without_outcomes_finishes_at_once(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    strike(desk, SPACE)
    until(lambda: text(desk, "number") == "K-013" and "recall" in on(desk))
    strike(desk, S)
    until(lambda: hub.current is None)
    assert hub.bodies[-1] == OnTicket(ticket=13)


def test_an_agency_is_asked_for_its_own(open_app: Open, link: StandInLink, until: Until) -> None:
    hall = keeping(a_hall())
    agencies = [one.model_copy(update={"outcomes": ["kurang"]}) for one in hall.agencies]
    window = open_app(COUNTER.id, hall=hall.model_copy(update={"agencies": agencies}))
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    strike(window, SPACE)
    until(lambda: "recall" in on(window))
    strike(window, S)
    assert lines(window) == ["Berkas kurang", "Tanpa hasil"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_question_is_whole_at_every_size(open_app: Open, link: StandInLink, until: Until, language: str) -> None:
    long = [Result(id=f"r{n}", name="Berkas belum lengkap, kembali besok dengan surat pengantar") for n in range(8)]
    window = open_app(COUNTER.id, hall=a_hall().model_copy(update={"outcomes": long}), language=language)
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    strike(window, SPACE)
    until(lambda: "recall" in on(window))
    strike(window, S)
    assert broken(window, SIZES) == {}
