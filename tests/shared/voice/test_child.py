import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shared.assets import ASSETS
from shared.qt.voice.child import Child
from shared.qt.voice.frozen import worker_main
from shared.speech import LANGUAGES, clip_names
from shared.voice.worker import WORKER_FLAG, worker_command

ECHO = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
ROOT = ASSETS.parent


@pytest.fixture
def echo(qtbot: QtBot) -> Iterator[Child]:  # noqa: ARG001  -- brings the loop that the program needs
    one = Child([sys.executable, "-c", ECHO])
    yield one
    one.stop()


def test_what_a_child_writes_arrives_as_it_was(echo: Child, qtbot: QtBot) -> None:
    echo.start()
    with qtbot.waitSignal(echo.said) as told:
        echo.send({"text": "antrean – é", "n": 1})
    assert told.args == [{"text": "antrean – é", "n": 1}]


def test_what_a_library_writes_among_a_child_s_answers_is_no_answer(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    chatty = Child(
        [sys.executable, "-c", """print('ALSA: no cards', '[1]', '{"n": 1}', sep='\\n', flush=True); input()"""]
    )
    told: list[object] = []
    chatty.said.connect(told.append)
    with caplog.at_level("INFO"):
        chatty.start()
        qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    chatty.stop()
    assert told == [{"n": 1}]
    assert "ALSA: no cards" in caplog.text


def test_a_child_that_ends_says_so_and_can_be_started_again(echo: Child, qtbot: QtBot) -> None:
    echo.start()
    first = echo.pid
    with qtbot.waitSignal(echo.ended):
        echo.kill()
    assert echo.pid == 0
    echo.start()
    assert echo.pid not in (0, first)


def test_a_child_that_is_stopped_ends_without_a_word(echo: Child, qtbot: QtBot) -> None:
    echo.start()
    pid = echo.pid
    with qtbot.assertNotEmitted(echo.ended):
        echo.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_a_child_that_does_not_listen_is_killed_when_stopped(qtbot: QtBot) -> None:  # noqa: ARG001  -- brings the loop
    deaf = Child([sys.executable, "-c", "import time; time.sleep(60)"])
    deaf.start()
    pid = deaf.pid
    deaf.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_a_child_that_cannot_be_started_has_ended(qtbot: QtBot) -> None:
    nobody = Child(["/nonexistent/program"])
    with qtbot.waitSignal(nobody.ended):
        nobody.start()
    assert nobody.pid == 0


def test_from_a_checkout_a_child_is_a_module() -> None:
    assert worker_command("synthesis") == [sys.executable, "-m", "shared.voice.synthesis"]


def test_a_frozen_program_is_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command("speaker") == [sys.executable, WORKER_FLAG, "speaker"]


def test_a_program_asked_to_be_a_child_is_one(tmp_path: Path) -> None:
    code = "import sys; from shared.qt.voice.frozen import worker_main; sys.exit(worker_main(sys.argv[1:]))"
    order = json.dumps({"text": "satu", "language": "id", "path": str(tmp_path / "a.wav")}).encode() + b"\n"
    command = [sys.executable, "-c", code, WORKER_FLAG, "synthesis"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(order)
        program.stdin.flush()
        assert json.loads(program.stdout.readline()) == {"ready": True}
        assert "seconds" in json.loads(program.stdout.readline())


@pytest.mark.parametrize("arguments", [[], ["--hub", "pc:8080"], [WORKER_FLAG], [WORKER_FLAG, "cook"]])
def test_a_program_not_asked_to_be_a_child_is_itself(arguments: list[str]) -> None:
    assert worker_main(arguments) is None


def test_the_documentation_names_every_clip() -> None:
    text = (ROOT / "docs" / "klip-suara.md").read_text()
    names = {name for word in ("loket", "gerai") for lang in LANGUAGES for name in clip_names(lang, counter_word=word)}
    assert sorted(name for name in names if f"`{name.partition('/')[2]}`" not in text) == []
