"""A number for an appointment, given at the counter: its time is typed, the rest taken by digits."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter.appointing import time_typed
from counter.officer import _given
from counter.screens.window import CounterWindow
from shared.hall import Appointments
from shared.wire import Issue
from shared.words import Words
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.seen import strike, text
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink, a_hall
from tests.counter.test_sheet import lines, take

LINE = "Janji temu hari ini: ketik jamnya, misalnya 09.30"
HALF_TEN = datetime(2026, 2, 12, 9, 30, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9.30", time(9, 30)),
        (" 09:30 ", time(9, 30)),
        ("00.00", time(0)),
        ("24.00", None),
        ("9.60", None),
        ("9.3", None),
        ("9-30", None),
        ("pagi", None),
        ("٩", None),
    ],
)
def test_a_time_is_typed_as_people_write_it(typed: str, meant: time | None) -> None:
    assert time_typed(typed) == meant


@pytest.fixture
def booked(open_app: Open, link: StandInLink, until: Until) -> CounterWindow:
    """The desk in a hall that takes appointments."""
    window = open_app(COUNTER.id, hall=a_hall().model_copy(update={"appointments": Appointments(per_hour=4)}))
    link.comes_up()
    until(lambda: officer_of(window).desk.live)
    return window


def write(window: CounterWindow, words: str) -> None:
    QTest.keyClicks(window.focusWidget(), words)
    strike(window, Qt.Key.Key_Return)


def test_time_and_service_give_the_number(booked: CounterWindow, hub: SmallHub, until: Until) -> None:
    take(booked, "Beri nomor baru, prioritas", LINE)
    write(booked, "25.00")
    assert lines(booked) == []  # no such time: it is asked again
    write(booked, "9.30")
    assert text(booked, "sheet-title") == "Janji temu pukul 09.30"
    strike(booked, Qt.Key.Key_2)
    until(lambda: hub.bodies)
    assert hub.bodies == [Issue(service="kk", priority=True, appointment=HALF_TEN)]


def test_a_hall_without_appointments_offers_none(desk: CounterWindow) -> None:
    take(desk, "Beri nomor baru")
    assert LINE not in lines(desk)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ({}, "Nomor K-012 diberikan untuk janji temu pukul 09.30."),
        (
            {"held_until": HALF_TEN - timedelta(minutes=15)},
            "Nomor K-012 diberikan untuk janji temu pukul 09.30; mulai menunggu pukul 09.15.",
        ),
        (
            {"appointment_missed": True},
            "Nomor K-012 diberikan; janji temu pukul 09.30 sudah lewat, jadi menunggu seperti tanpa janji.",
        ),
    ],
)
def test_what_became_of_it_is_told(of: dict[str, object], said: str) -> None:
    ticket = SmallHub().ticket(12).model_copy(update={"appointment": HALF_TEN} | of)
    assert _given(ticket).sentence(Words("id")) == said
