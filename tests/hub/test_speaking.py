"""Claims answered once for their key, and a voice that says nothing known from afar, within 15 s of the call."""

import pytest

from hub import speaking
from hub.floor import Floor
from hub.once import Ask
from hub.rows import EventRow
from hub.speaking import Speaking
from hub.store import Store
from hub.voiced import tell_voiced
from hub.voices import LEASE_S, QUIET_S
from shared.hall import Hall
from shared.model import Voiced
from shared.trouble import Trouble
from shared.wire import TakeTicket, TellVoiced, VoiceClaim
from tests.hub.small_hall import Clock

KNOWN_WITHIN_S = 15


class House:
    """A hub with a call in it, and a clock that goes on for both its clocks at once."""

    def __init__(self, hall: Hall, store: Store, clock: Clock, patch: pytest.MonkeyPatch) -> None:
        self.store, self.clock, self.floor = store, clock, Floor(hall)
        self.here = 1000.0
        patch.setattr(speaking, "monotonic", lambda: self.here)
        self.speaking = Speaking(hall)
        self.keys = iter(range(1, 255))

    def pass_(self, seconds: float) -> None:
        self.here += seconds
        self.clock.pass_(seconds=seconds)

    def claim(self, *, saying: int | None = None) -> None:
        asked = VoiceClaim(sound=True, saying=saying)
        ask = Ask(bytes([next(self.keys)]) * 16, "/voice", asked.model_dump_json().encode())
        self.speaking.claim(ask, "tv-1", asked, last_event=0)

    def call(self) -> int:
        book = self.store.begin()
        self.floor.take(book, self.clock(), TakeTicket(service="ktp"))
        called = self.floor.next(book, self.clock(), "1")
        self.store.commit()
        assert isinstance(called, EventRow)
        return called.id

    def tell(self, event: int) -> None:
        book = self.store.begin()
        tell_voiced(self.floor, book, self.clock(), str(event), TellVoiced(outcome=Voiced.SPOKEN))
        self.store.commit()

    def look(self) -> set[str]:
        return self.speaking.look(self.floor, self.store.read, self.clock())


@pytest.fixture
def house(hall: Hall, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> House:
    house = House(hall, store, clock, monkeypatch)
    house.claim()
    return house


def seconds_until_news(house: House, *, saying: int | None = None) -> int | None:
    """In how many seconds it is news how the voice is, that asks each second."""
    for second in range(1, 60):
        house.pass_(1)
        house.claim(saying=saying)
        if house.look():
            return second
    return None


def test_a_voice_that_says_nothing_of_a_call_is_known_and_told_once(house: House) -> None:
    house.pass_(60)
    house.claim()
    house.call()
    known = seconds_until_news(house)
    assert known is not None
    assert QUIET_S <= known < KNOWN_WITHIN_S
    assert house.speaking.stuck == {"tv-1"}
    assert house.look() == set()


def test_when_it_speaks_again_that_is_news_too(house: House) -> None:
    event = house.call()
    assert seconds_until_news(house) is not None
    house.tell(event)
    assert house.look() == {"tv-1"}
    assert house.speaking.stuck == frozenset()


def test_a_call_of_long_ago_tells_nothing_of_how_the_voice_is_now(house: House) -> None:
    house.call()
    house.pass_(61)
    assert seconds_until_news(house) is None


def test_without_a_voice_nobody_is_stuck(house: House) -> None:
    house.call()
    house.pass_(LEASE_S + QUIET_S + 1)
    assert house.look() == set()


def test_one_key_has_one_answer(house: House) -> None:
    asked = VoiceClaim(sound=True)
    ask = Ask(b"k" * 16, "/voice", asked.model_dump_json().encode())
    first = house.speaking.claim(ask, "tv-1", asked, last_event=7)
    assert house.speaking.claim(ask, "tv-1", asked, last_event=9) == first
    with pytest.raises(Trouble) as refused:
        house.speaking.claim(ask._replace(body=b"{}"), "tv-1", asked, last_event=9)
    assert refused.value.code == "key_reused"
