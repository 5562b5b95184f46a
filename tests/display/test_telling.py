"""What became of each call reaches the hub once, also over its absence and a restart of the TV."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import BaseModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display import telling
from display.telling import Telling
from shared.qt.link import HubLink, Reply
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import Asked, TellVoiced

LIMIT_MS = 20_000


class Line(HubLink):
    """A link to no hub. `told`: path, outcome and key of each telling; the test answers the last."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1")
        self.up = True
        self.told: list[tuple[str, str, UUID | None]] = []
        self.reply: Reply

    def post(
        self, path: str, body: Asked, answer: type[BaseModel], *, key: UUID | None = None, patience_s: float = 5.0
    ) -> Reply:
        del answer, patience_s
        assert isinstance(body, TellVoiced)
        self.told.append((path, body.outcome, key))
        self.reply = Reply(self)
        return self.reply


@pytest.fixture
def line(qapp: QApplication) -> Iterator[Line]:
    line = Line()
    line.setParent(qapp)
    yield line
    line.deleteLater()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "display.json")


def test_calls_are_told_one_after_the_other_in_order(line: Line, settings: Settings) -> None:
    tells = Telling(line, "tv-1", settings, line)
    tells.tell(7, "spoken")
    tells.tell(9, "late")
    assert [told[:2] for told in line.told] == [("/api/calls/7/voiced", "spoken")]
    line.reply.done.emit(None)
    assert [told[:2] for told in line.told[1:]] == [("/api/calls/9/voiced", "late")]
    line.reply.done.emit(None)
    assert tells.untold == {}


def test_what_got_no_answer_is_told_again_under_the_same_key(
    line: Line, settings: Settings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "RETRY_MS", 5)
    Telling(line, "tv-1", settings, line).tell(7, "spoken")
    line.reply.failed.emit(Trouble("hub_away"))
    qtbot.waitUntil(lambda: len(line.told) == 2, timeout=LIMIT_MS)
    assert line.told[0] == line.told[1]


def test_what_the_hub_refuses_is_let_go(line: Line, settings: Settings) -> None:
    tells = Telling(line, "tv-1", settings, line)
    tells.tell(7, "spoken")
    line.reply.failed.emit(Trouble("unknown_call"))
    assert tells.untold == {}


def test_a_tv_that_starts_again_tells_what_the_hub_has_not_heard(
    line: Line, settings: Settings, tmp_path: Path
) -> None:
    line.up = False
    Telling(line, "tv-1", settings, line).tell(7, "spoken")
    assert line.told == []
    again = Telling(line, "tv-1", Settings(tmp_path / "display.json"), line)
    assert again.untold == {7: "spoken"}
    line.up = True
    line.caught_up.emit()
    assert line.told[0][:2] == ("/api/calls/7/voiced", "spoken")


def test_what_was_told_is_struck_off_the_disk(
    line: Line, settings: Settings, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "TIDY_MS", 5)
    Telling(line, "tv-1", settings, line).tell(7, "spoken")
    line.reply.done.emit(None)
    qtbot.waitUntil(lambda: Settings(tmp_path / "display.json").get("untold_tv-1") == "{}", timeout=LIMIT_MS)


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"x": "spoken"}', '{"7": "sung"}'])
def test_nonsense_on_the_disk_is_nothing(line: Line, settings: Settings, kept: str) -> None:
    settings.set("untold_tv-1", kept)
    assert Telling(line, "tv-1", settings, line).untold == {}


def test_a_disk_that_refuses_keeps_no_call_from_being_told(
    line: Line, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_name: str, _value: str) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(settings, "set", refuse)
    Telling(line, "tv-1", settings, line).tell(7, "spoken")
    assert len(line.told) == 1
