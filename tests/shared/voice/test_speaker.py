"""The playing program, with a real sound server on a device that nobody hears."""

import os
import select
import socket
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from demo.hearing import PROGRAMS, NullSink
from demo.tones import RATE, clips, read_notes, write_bank
from shared.qt.voice.loudspeaker import Loudspeaker
from shared.qt.voice.speaker import server_answers, server_socket
from shared.voice.sound import Part, Sound, write_wav
from tests.needs import program

TWENTY_S = 20_000


@pytest.fixture
def sink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NullSink]:
    """A sound server that is not started yet, and is the one that programs will find."""
    for name in PROGRAMS:
        program(name)
    sink = NullSink(tmp_path / "pulse")
    monkeypatch.setenv("PULSE_SERVER", sink.environment["PULSE_SERVER"])
    yield sink
    sink.stop()


@pytest.fixture
def speaker(qtbot: QtBot) -> Iterator[Callable[[], Loudspeaker]]:  # noqa: ARG001  -- brings the loop
    made: list[Loudspeaker] = []

    def build() -> Loudspeaker:
        made.append(Loudspeaker())
        return made[-1]

    yield build
    for one in made:
        one.stop()


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank")
    write_bank(folder)
    return folder


DISPLAY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from shared.qt.voice.loudspeaker import Loudspeaker
from shared.qt.voice.renderer import Renderer
app = QCoreApplication([])
speaker, renderer = Loudspeaker(), Renderer(Path(sys.argv[1]))
def tell():
    if speaker.device and renderer.pid:
        print(speaker.pid, renderer.pid, flush=True)
        timer.stop()
timer = QTimer(interval=20)
timer.timeout.connect(tell)
timer.start()
app.exec()
"""


def start_and_kill_a_display(folder: Path) -> list[int]:
    """Kill a program that has the voice's children; returns their ids."""
    command = [sys.executable, "-c", DISPLAY, str(folder / "cache")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as display:
        assert display.stdout is not None
        children = [int(pid) for pid in display.stdout.readline().split()]
        display.kill()
    return children


def wait_for_the_end(pid: int) -> None:
    descriptor = os.pidfd_open(pid) if Path(f"/proc/{pid}").exists() else None
    if descriptor is not None:
        ended, _, _ = select.select([descriptor], [], [], 10)
        os.close(descriptor)
        assert ended, f"process {pid} still runs"


def test_what_is_ordered_is_what_is_heard(
    sink: NullSink, speaker: Callable[[], Loudspeaker], bank: Path, qtbot: QtBot
) -> None:
    sink.start()
    wanted = [*clips()[:6], *reversed(clips()[-6:])]
    parts: list[Part] = [bank / f"{name}.wav" for name in wanted]
    with sink.record() as recording:
        one = speaker()
        with qtbot.waitSignal(one.finished, timeout=TWENTY_S):
            one.play([*parts, 300], 12 * 0.2 + 0.3)
    assert [note.clip for note in read_notes(recording.samples())] == wanted
    assert one.device == "Null Output"
    assert "libavcodec" not in Path(f"/proc/{one.pid}/maps").read_text()


def test_it_plays_once_a_server_appears(
    sink: NullSink, speaker: Callable[[], Loudspeaker], bank: Path, qtbot: QtBot
) -> None:
    one = speaker()
    with qtbot.waitSignal(one.finished, timeout=TWENTY_S):
        one.play([bank / "chime.wav"], 0.2)
    assert one.device == ""
    sink.start()
    qtbot.waitUntil(lambda: bool(one.device), timeout=TWENTY_S)
    with sink.record() as recording, qtbot.waitSignal(one.finished, timeout=TWENTY_S):
        one.play([bank / "chime.wav", 300], 0.5)
    assert [note.clip for note in read_notes(recording.samples())] == ["chime"]


def test_a_server_that_ends_is_noticed_while_idle_and_its_return_too(
    sink: NullSink, speaker: Callable[[], Loudspeaker], qtbot: QtBot
) -> None:
    sink.start()
    one = speaker()
    qtbot.waitUntil(lambda: one.device == "Null Output", timeout=TWENTY_S)
    sink.stop()
    qtbot.waitUntil(lambda: one.device == "", timeout=TWENTY_S)
    sink.start()
    qtbot.waitUntil(lambda: one.device == "Null Output", timeout=TWENTY_S)


def test_a_server_that_ends_in_mid_sound_does_not_shorten_the_showing(
    sink: NullSink, speaker: Callable[[], Loudspeaker], tmp_path: Path, qtbot: QtBot
) -> None:
    sink.start()
    write_wav(tmp_path / "long.wav", Sound(array("h", [9000, -9000] * 22050), 22050))
    one = speaker()
    finished: list[int] = []
    one.finished.connect(lambda: finished.append(1))
    with qtbot.waitSignal(one.started, timeout=TWENTY_S):
        one.play([tmp_path / "long.wav"], 2.0)
    sink.stop()
    with qtbot.waitSignal(one.finished, timeout=TWENTY_S):
        pass
    qtbot.waitUntil(lambda: one.device == "", timeout=TWENTY_S)
    assert finished == [1]


def test_the_device_of_a_server_without_any_is_no_device(
    sink: NullSink, speaker: Callable[[], Loudspeaker], qtbot: QtBot
) -> None:
    # PulseAudio's module-always-sink calls what it offers then 'auto_null'.
    dummy = NullSink(Path(sink.environment["PULSE_SERVER"].removeprefix("unix:")).parent, name="auto_null")
    with dummy:
        one = speaker()
        qtbot.waitUntil(lambda: one.device is not None, timeout=TWENTY_S)
        assert one.device == ""


def test_what_is_hushed_is_silent_at_once_and_the_next_sound_is_whole(
    sink: NullSink, speaker: Callable[[], Loudspeaker], bank: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sink.start()
    write_wav(tmp_path / "long.wav", Sound(array("h", ([9000] * 25 + [-9000] * 25) * 4410), 22050))
    one = speaker()
    with sink.record() as recording:
        with qtbot.waitSignal(one.started, timeout=TWENTY_S):
            one.play([tmp_path / "long.wav"], 10.0)
        qtbot.waitUntil(lambda: loud_s(recording.samples()) > 0.1, timeout=TWENTY_S)
        with qtbot.waitSignal(one.finished, timeout=TWENTY_S):
            one.hush()
        with qtbot.waitSignal(one.finished, timeout=TWENTY_S):
            one.play([bank / "chime.wav", 300], 0.5)
        samples = recording.samples()
    assert 0.1 < loud_s(samples) < 2
    assert [note.clip for note in read_notes(samples)][-1] == "chime"


def loud_s(samples: Sequence[int]) -> float:
    return sum(abs(sample) > 1000 for sample in samples) / RATE


def test_a_clip_that_vanished_is_passed_in_silence(
    sink: NullSink, speaker: Callable[[], Loudspeaker], tmp_path: Path, qtbot: QtBot
) -> None:
    sink.start()
    one = speaker()
    with qtbot.waitSignal(one.finished, timeout=TWENTY_S):
        one.play([tmp_path / "gone.wav"], 0.2)
    assert one.device == "Null Output"


def test_the_programs_of_a_display_that_was_killed_end_too(sink: NullSink, tmp_path: Path) -> None:
    sink.start()
    children = start_and_kill_a_display(tmp_path)
    assert len(children) == 2
    for child in children:
        wait_for_the_end(child)


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"PULSE_SERVER": "unix:/a/b"}, Path("/a/b")),
        ({"PULSE_SERVER": "/a/b"}, Path("/a/b")),
        ({"PULSE_SERVER": "tcp:10.0.0.1"}, None),
        ({"PULSE_RUNTIME_PATH": "/a"}, Path("/a/native")),
        ({"XDG_RUNTIME_DIR": "/run/user/1000"}, Path("/run/user/1000/pulse/native")),
        ({}, None),
    ],
)
def test_the_sound_server_is_looked_for_where_libpulse_does(
    environment: dict[str, str], path: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert server_socket() == path


def test_a_socket_that_nobody_serves_does_not_answer(tmp_path: Path) -> None:
    stale = tmp_path / "native"
    with socket.socket(socket.AF_UNIX) as left_over:
        left_over.bind(str(stale))
    assert stale.exists()
    assert not server_answers(stale)
    assert not server_answers(tmp_path / "none")
