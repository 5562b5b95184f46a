"""One number through several services, at the desk: what the card says, what follows, how such a number is given."""

import pytest
from PySide6.QtCore import Qt

from counter.screens.window import CounterWindow
from shared.model import StepState
from shared.wire import Issue, Plan, Step
from tests.counter.conftest import Open, Until
from tests.counter.seen import broken, strike, text
from tests.counter.stand_in import SmallHub, StandInLink
from tests.counter.test_looks import SIZES, at_the_counter, busy_hall, fill
from tests.counter.test_sheet import call, digit, lines, take

AGENCY = "Dinas Kependudukan dan Pencatatan Sipil"
FOLLOWS = "Layanan berikutnya"


def steps(*services: str) -> list[Step]:
    """`ktp!` is now, `kk+` done."""
    marks = {"!": StepState.NOW, "+": StepState.DONE}
    return [
        Step(agency="dukcapil", service=one.rstrip("!+"), state=marks.get(one[-1], StepState.NEXT)) for one in services
    ]


def on_a_journey(hub: SmallHub, *services: str) -> None:
    hub.waiting[0] = hub.waiting[0].model_copy(update={"steps": steps(*services)})


def test_the_card_says_which_service_of_how_many_and_what_follows(
    desk: CounterWindow, hub: SmallHub, until: Until
) -> None:
    on_a_journey(hub, "kk+", "ktp!", "dtsen")
    call(desk, until)
    assert text(desk, "journey") == "Layanan 2 dari 3 · lalu Disdukcapil"


def test_the_card_of_one_service_says_nothing_of_it(desk: CounterWindow, until: Until) -> None:
    call(desk, until)
    assert text(desk, "journey") == ""


def test_who_finishes_is_told_where_the_number_goes(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    on_a_journey(hub, "ktp!", "kk")
    call(desk, until)
    strike(desk, Qt.Key.Key_S)
    until(lambda: "K-013 sekarang menunggu layanan berikutnya: Kartu Keluarga (KK)." in text(desk, "message"))


def test_a_service_that_follows_is_left_out(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    on_a_journey(hub, "ktp!", "kk", "dtsen")
    call(desk, until)
    take(desk, FOLLOWS)
    assert lines(desk)[:3] == [
        "Lewati Kartu Keluarga (KK)",
        "Lewati Data Tunggal Sosial dan Ekonomi Nasional (DTSEN)",
        "Akhiri setelah layanan ini",
    ]
    digit(desk, 1)
    until(lambda: isinstance(hub.bodies[-1], Plan))
    assert hub.bodies[-1] == Plan(ticket=13, then=("dtsen",))


def test_a_journey_is_ended_after_this_service(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    on_a_journey(hub, "ktp!", "kk", "dtsen")
    call(desk, until)
    take(desk, FOLLOWS, "Akhiri setelah layanan ini")
    until(lambda: hub.bodies[-1] == Plan(ticket=13, then=()))


def test_a_service_is_added_but_not_the_one_that_is_last_again(
    desk: CounterWindow, hub: SmallHub, until: Until
) -> None:
    call(desk, until)
    take(desk, FOLLOWS)
    assert (text(desk, "choice-0-text"), text(desk, "choice-0-detail")) == (AGENCY, "tambah layanan")
    digit(desk, 1)
    assert lines(desk) == ["Kartu Keluarga (KK)", "Data Tunggal Sosial dan Ekonomi Nasional (DTSEN)"]
    digit(desk, 1)
    until(lambda: hub.bodies[-1] == Plan(ticket=13, then=("kk",)))


def test_a_number_for_several_services_is_given(desk: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(desk, "Beri nomor baru, prioritas", "Beberapa layanan berurutan", AGENCY, "KTP elektronik")
    assert lines(desk) == [AGENCY]
    digit(desk, 1, 1)
    assert lines(desk) == ["Beri nomor: KTP elektronik → Kartu Keluarga (KK)", AGENCY]
    digit(desk, 1)
    until(lambda: "Nomor K-099 diberikan" in text(desk, "message"))
    assert hub.bodies[-1] == Issue(service="ktp", then=("kk",), priority=True)


def test_a_number_is_for_six_services_at_most(desk: CounterWindow) -> None:
    take(desk, "Beri nomor baru", "Beberapa layanan berurutan", AGENCY, "KTP elektronik")
    for _ in range(5):
        digit(desk, len(lines(desk)), 1)
    assert len(lines(desk)) == 1
    assert lines(desk)[0].count("→") == 5


@pytest.fixture(params=["id", "en"])
def full_desk(
    request: pytest.FixtureRequest, open_app: Open, link: StandInLink, hub: SmallHub, until: Until
) -> CounterWindow:
    """A busy desk with a journey of the longest names at the counter, in each language."""
    fill(hub)
    at_the_counter(hub)
    assert hub.current
    hub.current = hub.current.model_copy(update={"steps": steps("ktp+", "dtsen!", "dtsen")})
    window = open_app("12", hall=busy_hall(), language=request.param)
    link.comes_up()
    until(lambda: text(window, "number") == "K-1039")
    return window


def test_the_card_of_a_journey_is_whole_at_every_size(full_desk: CounterWindow) -> None:
    assert broken(full_desk, SIZES) == {}
