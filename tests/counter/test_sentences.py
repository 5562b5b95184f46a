"""The desk's sentences, in both languages."""

from datetime import timedelta

import pytest

from counter.desk import Verb
from counter.screens.sentences import Sentences
from shared.hall import Zone
from shared.model import DeviceKind, Reason, State
from shared.wire import Alarm, Call, Device, Tally, Why
from shared.words import Words
from tests.counter.stand_in import COUNTER, NOON, SmallHub, a_hall


def said(language: str = "id") -> Sentences:
    return Sentences(Words(language), a_hall())


def test_a_counter_is_called_as_the_hall_calls_it() -> None:
    gerai = a_hall().model_copy(update={"counter_word": "gerai"})
    assert said().counter(COUNTER) == "Loket 12"
    assert Sentences(Words("id"), gerai).counter(COUNTER) == "Gerai 12"
    assert said("en").counter(COUNTER) == "Counter 12"


def test_several_agencies_stand_side_by_side() -> None:
    several = COUNTER.model_copy(update={"agencies": ["dukcapil", "gone"]})
    assert said().agencies(several).replace("\N{NO-BREAK SPACE}", " ") == "Disdukcapil · gone"


def test_a_service_the_hall_no_longer_has_is_named_by_its_id() -> None:
    assert said().service(SmallHub().ticket(1, "gone")) == "gone"


@pytest.mark.parametrize(("language", "sentence"), [("id", "Ulangi"), ("en", "Recall")])
def test_a_verb_is_said_in_the_language(language: str, sentence: str) -> None:
    assert said(language).verb(Verb.RECALL) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "Dipanggil 2× · menunggu 9 menit"), ("en", "Called 2× · waited 9 minutes")]
)
def test_the_wait_ends_with_the_call(language: str, sentence: str) -> None:
    ticket = SmallHub().ticket(13).model_copy(update={"calls": 2, "called_at": NOON})
    assert said(language).called(ticket, NOON + timedelta(hours=1)) == sentence


def test_one_minute_is_one_minute() -> None:
    assert (said("en").minutes(1), said("en").minutes(2)) == ("1 minute", "2 minutes")


def test_a_reason_that_is_not_known_is_not_told() -> None:
    assert said().because(None) == ""
    assert said("en").because(Reason.FIRST_COME) == "Because: waited longest"


@pytest.mark.parametrize(("language", "sentence"), [("id", "75.08"), ("en", "75:08")])
def test_minutes_run_on_past_the_hour(language: str, sentence: str) -> None:
    ticket = (
        SmallHub()
        .ticket(13)
        .model_copy(update={"state": State.SERVING, "called_at": NOON - timedelta(hours=9), "served_at": NOON})
    )
    assert said(language).elapsed(ticket, NOON + timedelta(minutes=75, seconds=8)) == sentence


def test_a_clock_set_back_counts_no_negative_time() -> None:
    ticket = SmallHub().ticket(13).model_copy(update={"state": State.CALLED, "called_at": NOON})
    assert said().elapsed(ticket, NOON - timedelta(minutes=5)) == "00.00"


def test_a_day_without_a_service_has_no_mean() -> None:
    assert said().tally(Tally()) == ["Hari ini 0 dilayani", "Rata-rata –", "Tidak hadir 0"]


@pytest.mark.parametrize(
    ("near", "said"), [("z", "Loket 12"), ("y", "Loket 12, Lantai 1,"), ("", "Loket 12, Lantai 1,")]
)
def test_who_calls_from_another_zone_is_named_with_it(near: str, said: str) -> None:
    floors = a_hall().model_copy(update={"zones": [*a_hall().zones, Zone(id="y", name="Lantai 2")]})
    alarm = Alarm(id=1, counter="12", at=NOON)
    assert Sentences(Words("id"), floors).help_wanted(alarm, near) == f"{said} minta bantuan"


def test_all_that_ails_a_device_is_told() -> None:
    device = Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=True, troubles=["paper_out", "cover_open"])
    assert said("en").device(device).count(".") == 4


@pytest.mark.parametrize(
    ("troubles", "told"),
    [
        ([], "Mesin tiket lobi: tidak menjawab sejak 09.42. Periksa dayanya."),
        (["of_tomorrow"], "Mesin tiket lobi: tidak menjawab sejak 09.42. Periksa dayanya."),
        (["paper_out"], "Mesin tiket lobi: tidak menjawab sejak 09.42. Periksa dayanya. Sebelum itu: Kertas habis."),
    ],
)
def test_a_device_that_is_silent_is_first_of_all_silent(troubles: list[str], told: str) -> None:
    device = Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=False, seen_at=NOON, troubles=troubles)
    assert said().device(device) == told


def test_a_device_that_never_reported_is_for_the_it_desk() -> None:
    device = Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=False)
    assert said().device(device) == "Mesin tiket lobi: bermasalah. Beri tahu petugas IT."


TWO_TO_ONE = Why(kind=Reason.RATIO, waited_minutes=9, priority=2, regular=1)


@pytest.mark.parametrize(
    ("language", "priority", "next_", "called"),
    [
        ("id", True, "prioritas 2:1 · 9 menit", "Karena: prioritas 2:1"),
        ("id", False, "giliran umum di antara prioritas 2:1 · 9 menit", "Karena: giliran umum di antara prioritas 2:1"),
        ("en", True, "priority 2:1 · 9 minutes", "Because: priority 2:1"),
    ],
)
def test_the_rule_that_decides_is_named(language: str, priority: bool, next_: str, called: str) -> None:
    ticket = SmallHub().ticket(13).model_copy(update={"priority": priority, "taken_at": NOON})
    sentences = said(language)
    assert sentences.following(ticket, NOON + timedelta(minutes=9), TWO_TO_ONE) == next_
    assert sentences.because(Reason.RATIO, TWO_TO_ONE, is_priority=priority) == called


def test_a_call_in_the_list_tells_the_whole_reason() -> None:
    ticket = SmallHub().ticket(13).model_copy(update={"priority": True, "reason": Reason.RATIO})
    call = Call(event=1, ticket=ticket, counter="1", called_at=NOON, reason=Reason.RATIO, why=TWO_TO_ONE)
    assert said().reason(call) == "Karena: prioritas 2:1; menunggu 9 menit"
