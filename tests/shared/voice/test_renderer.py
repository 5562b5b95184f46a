import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shared.qt.voice.renderer import COLD_MS, KEPT, Renderer

STAND_IN = [sys.executable, str(Path(__file__).parent / "stand_ins" / "synthesis.py")]
Make = Callable[..., Renderer]


@pytest.fixture
def make(
    tmp_path: Path,
    qtbot: QtBot,  # noqa: ARG001  -- brings the loop that the program needs
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Make]:
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    made: list[Renderer] = []

    def build(*flags: str, timeout_ms: int = 5000, command: list[str] | None = None) -> Renderer:
        renderer = Renderer(tmp_path / "cache", command=command or [*STAND_IN, *flags], timeout_ms=timeout_ms)
        made.append(renderer)
        return renderer

    yield build
    for renderer in made:
        renderer.stop()


@pytest.fixture
def asked(tmp_path: Path) -> Callable[[], list[str]]:
    return lambda: (tmp_path / "asked").read_text().splitlines()


def test_a_sentence_asked_for_is_a_file(make: Make, qtbot: QtBot) -> None:
    renderer = make()
    assert renderer.find("id", "satu") is None
    with qtbot.waitSignal(renderer.rendered) as told:
        renderer.ask("id", "satu")
    assert told.args == ["id", "satu"]
    path = renderer.find("id", "satu")
    assert path is not None
    assert path.is_absolute()


def test_sentences_are_rendered_in_the_order_asked_and_each_once(
    make: Make, qtbot: QtBot, asked: Callable[[], list[str]]
) -> None:
    renderer = make()
    for text in ("satu", "dua", "satu", "tiga"):
        renderer.ask("id", text)
    qtbot.waitUntil(lambda: renderer.find("id", "tiga") is not None)
    assert asked() == ["satu", "dua", "tiga"]


def test_the_same_words_in_another_language_are_another_file(make: Make, qtbot: QtBot) -> None:
    renderer = make()
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "A")
    assert renderer.find("en", "A") is None


def test_a_file_cut_off_by_a_power_cut_is_not_there(make: Make, qtbot: QtBot) -> None:
    renderer = make()
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "A")
    path = renderer.find("id", "A")
    assert path is not None
    path.write_bytes(b"")
    assert renderer.find("id", "A") is None


def test_a_program_that_hangs_is_ended_and_the_sentence_tried_once_more(
    make: Make, qtbot: QtBot, asked: Callable[[], list[str]]
) -> None:
    renderer = make("--hang", "dua", timeout_ms=1000)
    with qtbot.waitSignal(renderer.failed, timeout=10_000) as told:
        renderer.ask("id", "dua")
    assert told.args == ["id", "dua"]
    assert asked() == ["dua", "dua"]


def test_a_program_that_is_slow_to_begin_is_waited_for_longer_than_one_that_is_ready(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    renderer = make("--cold", str(tmp_path / "mark"), timeout_ms=5000)
    renderer.ask("id", "dua")
    assert renderer._patience.interval() == COLD_MS
    (tmp_path / "mark").touch()
    with qtbot.waitSignal(renderer.rendered, timeout=10_000):
        qtbot.waitUntil(lambda: renderer._patience.interval() == 5000, timeout=COLD_MS)


def test_after_a_sentence_that_hangs_the_next_is_rendered(make: Make, qtbot: QtBot) -> None:
    renderer = make("--hang", "dua", timeout_ms=1000)
    with qtbot.waitSignal(renderer.rendered, timeout=10_000) as told:
        renderer.ask("id", "dua")
        renderer.ask("id", "tiga")
    assert told.args == ["id", "tiga"]


def test_a_program_that_dies_on_a_sentence_fails_that_one_only(make: Make, qtbot: QtBot) -> None:
    renderer = make("--die", "dua")
    with qtbot.waitSignals([renderer.failed, renderer.rendered], timeout=10_000):
        renderer.ask("id", "dua")
        renderer.ask("id", "tiga")
    assert renderer.find("id", "tiga") is not None


def test_a_program_killed_while_idle_is_replaced_before_it_is_needed(make: Make, qtbot: QtBot) -> None:
    renderer = make()
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "satu")
    killed = renderer.pid
    os.kill(killed, signal.SIGKILL)
    qtbot.waitUntil(lambda: renderer.pid not in (0, killed))
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "dua")


def test_a_refusal_is_a_failure_at_once(make: Make, qtbot: QtBot, asked: Callable[[], list[str]]) -> None:
    renderer = make("--refuse", "dua")
    with qtbot.waitSignal(renderer.failed):
        renderer.ask("id", "dua")
    assert asked() == ["dua"]


def test_a_program_that_does_not_exist_fails_every_sentence(make: Make, qtbot: QtBot) -> None:
    renderer = make(command=["/nonexistent/program"])
    for text in ("satu", "dua"):
        with qtbot.waitSignal(renderer.failed) as told:
            renderer.ask("id", text)
        assert told.args == ["id", text]


def test_only_the_newest_files_are_kept(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    renderer = make()
    for n in range(KEPT + 5):
        old = tmp_path / "cache" / f"{n}.wav"
        old.touch()
        os.utime(old, (n, n))
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "satu")
    kept = {path.name for path in (tmp_path / "cache").iterdir()}
    assert len(kept) == KEPT
    assert not {f"{n}.wav" for n in range(6)} & kept
    assert renderer.find("id", "satu") is not None


def test_a_file_that_is_wanted_again_is_one_of_the_newest(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    renderer = make()
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "satu")
    wanted = renderer.find("id", "satu")
    assert wanted is not None
    os.utime(wanted, (0, 0))
    for n in range(KEPT):
        other = tmp_path / "cache" / f"{n}.wav"
        other.touch()
        os.utime(other, (n + 1, n + 1))
    assert renderer.find("id", "satu") == wanted
    with qtbot.waitSignal(renderer.rendered):
        renderer.ask("id", "dua")
    assert wanted.exists()
