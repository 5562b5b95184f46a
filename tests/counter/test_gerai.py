"""A hall that says 'gerai' never reads 'loket': every screen of the desk, in every state it can be in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from counter.desk import Desk, Verb
from counter.officer import Officer
from counter.screens.face import Face
from counter.screens.window import CounterWindow
from shared.assets import CONFIG
from shared.hall import Hall
from shared.model import DeviceKind
from shared.site import load
from shared.trouble import KINDS, Trouble
from shared.wire import Device
from tests.counter.conftest import Open, Until, officer_of
from tests.counter.stand_in import SmallHub, StandInLink

VERBS = [(), (Verb.NEXT,), (Verb.NEXT, Verb.SERVE)]


@pytest.fixture(scope="module")
def balikpapan() -> Hall:
    """The shipped hall that calls its counters 'gerai'."""
    hall = load(CONFIG / "balikpapan.toml").hall("http://127.0.0.1:8080")
    assert hall.counter_word == "gerai"
    # Its own ids are no text of ours.
    counters = [counter.model_copy(update={"id": counter.number}) for counter in hall.counters]
    return hall.model_copy(update={"counters": counters})


class Reader:
    """Reads all that a person can read or have read to them in a window and its small companion."""

    def __init__(self, window: CounterWindow) -> None:
        windows = (window, window._compact)
        self._window = window
        self._parts = [part for one in windows for part in (one, *one.findChildren(QWidget))]
        self._written = [part for part in self._parts if isinstance(part, (QLabel, Face))]

    def texts(self) -> Iterator[str]:
        assert len(self._window.findChildren(QWidget)) + len(self._window._compact.findChildren(QWidget)) + 2 == len(
            self._parts
        )
        yield from (self._window.windowTitle(), self._window._compact.windowTitle())
        for part in self._parts:
            yield from (part.accessibleName(), part.accessibleDescription(), part.toolTip())
        for part in self._written:
            yield part.text()

    def reads_loket(self) -> list[str]:
        return [text for text in self.texts() if "loket" in text.lower()]


def offers(officer: Officer, verb: Verb) -> bool:
    return verb in officer.desk.offered


def states(desk: Desk) -> Iterator[Desk]:
    """The desk in every state a screen can show, with every trouble there is."""
    yield desk
    yield replace(desk, view=None, live=False, away=Trouble("hub_away"))
    for code in KINDS:
        trouble = Trouble(code, **dict.fromkeys(re.findall(r"{(\w+)}", KINDS[code].sentence), "X"))
        yield replace(desk, message=trouble)
        yield replace(desk, live=False, away=trouble)


def test_choosing_among_gerai_says_gerai(open_app: Open, balikpapan: Hall) -> None:
    window = open_app("gerai-99", hall=balikpapan)
    assert any("Gerai mana ini?" in text for text in Reader(window).texts())
    assert not Reader(window).reads_loket()


@pytest.fixture(params=VERBS, ids=["empty", "called", "serving"])
def gerai(
    request: pytest.FixtureRequest, open_app: Open, balikpapan: Hall, link: StandInLink, until: Until
) -> CounterWindow:
    """A desk of that hall, after so many orders."""
    link.hub.devices = [Device(kind=DeviceKind.KIOSK, id="k", alive=True, troubles=["paper_out", "new"])]
    window = open_app(balikpapan.counters[0].id, hall=balikpapan)
    link.comes_up()
    officer = officer_of(window)
    for verb in request.param:
        until(partial(offers, officer, verb))
        officer.press(verb)
    until(lambda: officer.desk.live and officer.desk.busy is None)
    return window


def test_the_desk_of_a_gerai_says_gerai(gerai: CounterWindow, hub: SmallHub) -> None:
    reader = Reader(gerai)
    for desk in states(officer_of(gerai).desk):
        gerai.show_desk(desk)
        gerai._compact.show_desk(desk, hub.now)
        assert not reader.reads_loket()
    QCoreApplication.processEvents()
    assert not reader.reads_loket()


@pytest.mark.parametrize("code", KINDS)
def test_no_trouble_names_a_counter_by_one_halls_word(code: str) -> None:
    kind = KINDS[code]
    assert not any(word in f"{kind.sentence} {kind.step}".lower() for word in ("loket", "gerai"))
