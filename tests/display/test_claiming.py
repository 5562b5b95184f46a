"""A TV asks the hub to be its zones' voice; what it wins and loses by the answers, and by none."""

import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from pydantic import BaseModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.claiming import Claiming, Saying
from display.holding import Holding
from shared.hall import DisplaySettings
from shared.qt.link import HubLink, Reply
from shared.trouble import Trouble
from shared.wire import Asked, VoiceClaim, VoiceLease
from tests.display.day import HALL

LIMIT_MS = 20_000
ONE, TWO = "lantai-1", "lantai-2"
TV = DisplaySettings(id="tv-1", name="TV 1")
OTHER = DisplaySettings(id="tv-2", name="TV 2", zones=[ONE])
RIVALS = HALL.model_copy(update={"displays": [TV, OTHER]})


class Line(HubLink):
    """A link to no hub; the test answers each claim."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1")
        self.claims: list[VoiceClaim] = []
        self.reply: Reply

    def post(
        self, path: str, body: Asked, answer: type[BaseModel], *, key: UUID | None = None, patience_s: float = 5.0
    ) -> Reply:
        del answer, key, patience_s
        assert path == "/api/devices/display/tv-1/voice"
        assert isinstance(body, VoiceClaim)
        self.claims.append(body)
        self.reply = Reply(self)
        return self.reply

    def gives(self, *zones: str, lease_ms: int = 4000, again_ms: int = 3_600_000, **more: object) -> None:
        facts = {"holds": zones, "lease_ms": lease_ms, "again_ms": again_ms, "last_event": 0}
        self.reply.done.emit(VoiceLease.model_validate(facts | more))


class Ear:
    """What a claiming told, in order."""

    def __init__(self, claiming: Claiming) -> None:
        self.told: list[str] = []
        claiming.gained.connect(lambda zone: self.told.append(f"+{zone}"))
        claiming.lost.connect(lambda zone: self.told.append(f"-{zone}"))


@pytest.fixture
def line(qapp: QApplication) -> Iterator[Line]:
    line = Line()
    line.setParent(qapp)
    yield line
    line.deleteLater()


@pytest.fixture
def saying() -> list[Saying]:
    """How the voice is; the last counts."""
    return [Saying(sound=True)]


@pytest.fixture
def claiming(line: Line, saying: list[Saying]) -> Claiming:
    return Claiming(line, "tv-1", Holding(RIVALS, TV), saying=lambda: saying[-1], parent=line)


def test_it_is_the_voice_when_the_hub_says_so(line: Line, claiming: Claiming) -> None:
    ear = Ear(claiming)
    claiming.ask()
    assert (line.claims[0].sound, line.claims[0].holds, ear.told) == (True, [TWO], [f"+{TWO}"])
    line.gives(ONE, TWO)
    assert (ear.told, claiming.zones) == ([f"+{TWO}", f"+{ONE}"], [ONE, TWO])
    assert claiming.may_say(ONE)


def test_one_question_at_a_time_and_the_next_when_the_hub_said(line: Line, claiming: Claiming, qtbot: QtBot) -> None:
    claiming.ask()
    claiming.ask()
    assert len(line.claims) == 1
    line.gives(ONE, TWO, again_ms=5)
    qtbot.waitUntil(lambda: len(line.claims) == 2, timeout=LIMIT_MS)
    assert line.claims[1].holds == [ONE, TWO]


def test_without_an_answer_the_voice_is_lost_when_it_ends(line: Line, claiming: Claiming, qtbot: QtBot) -> None:
    ear = Ear(claiming)
    claiming.ask()
    line.gives(ONE, TWO, lease_ms=60)
    qtbot.waitUntil(lambda: f"-{ONE}" in ear.told, timeout=LIMIT_MS)
    assert claiming.zones == [TWO]


def test_where_nobody_listens_it_stays(line: Line, claiming: Claiming) -> None:
    claiming.ask()
    line.gives(ONE, TWO, lease_ms=400)
    claiming.ask()
    time_left = claiming._holding.ends_in(time.monotonic()) or 0
    line.reply.was_refused = True
    line.reply.failed.emit(Trouble("hub_away"))
    assert claiming.zones == [ONE, TWO]
    assert (claiming._holding.ends_in(time.monotonic()) or 0) >= time_left


def test_a_sound_device_that_goes_is_told_at_once_and_the_voice_given_up(
    line: Line, claiming: Claiming, saying: list[Saying]
) -> None:
    ear = Ear(claiming)
    claiming.ask()
    line.gives(ONE, TWO)
    saying.append(Saying(sound=False))
    claiming.ask_at_once()
    assert (line.claims[-1].sound, line.claims[-1].release) == (False, [ONE])
    assert ear.told[-1] == f"-{ONE}"


def test_news_that_came_during_a_question_is_told_right_after_it(
    line: Line, claiming: Claiming, saying: list[Saying], qtbot: QtBot
) -> None:
    claiming.ask()
    saying.append(Saying(sound=False))
    claiming.ask_at_once()
    line.gives(TWO)
    qtbot.waitUntil(lambda: len(line.claims) == 2, timeout=LIMIT_MS)
    assert not line.claims[1].sound


def test_while_the_sound_device_is_looked_for_a_tv_with_rivals_asks_for_nothing(line: Line, qtbot: QtBot) -> None:
    saying = [Saying()]
    settings = TV.model_copy(update={"zones": [ONE]})
    claiming = Claiming(line, "tv-1", Holding(RIVALS, settings), saying=lambda: saying[-1], parent=line)
    claiming.ask()
    assert line.claims == []
    saying.append(Saying(sound=True))
    qtbot.waitUntil(lambda: len(line.claims) == 1, timeout=LIMIT_MS)


def test_a_tv_without_a_loudspeaker_asks_for_nothing(line: Line) -> None:
    mute = TV.model_copy(update={"voice": False})
    Claiming(line, "tv-1", Holding(RIVALS, mute), saying=Saying, parent=line).ask()
    assert line.claims == []
