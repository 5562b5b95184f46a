"""A site's own Piper: which files it needs, and what is made of a program that behaves, hangs, dies or writes nonsense.

The program is a stand-in that is used as Piper is: there is no model in Indonesian to be had.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shared.qt.voice.piper import PiperVoice
from shared.voice import models, piper
from shared.voice.models import Models
from shared.voice.piper import Piper
from shared.voice.sound import EVEN_DB, Unreadable, loudness, read_wav
from tests.shared.voice.piper_folder import piper_folder

Make = Callable[..., Piper]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Piper] = []

    def build(*flags: str) -> Piper:
        made.append(Piper(Models(piper_folder(tmp_path / "piper", *flags))))
        return made[-1]

    yield build
    for one in made:
        one.close()


def pid_of(one: Piper, language: str = "id") -> int:
    return one._programs[language]._process.pid


@pytest.mark.parametrize(
    ("files", "lacking"),
    [
        (["id.onnx", "id.onnx.json", "piper"], ()),
        (["id.onnx", "id.onnx.json", "en.onnx", "en.onnx.json", "piper"], ()),
        (["id.onnx", "piper"], ("id.onnx.json",)),
        (["id.onnx", "id.onnx.json", "en.onnx.json", "piper"], ("en.onnx",)),
        (["id.onnx", "id.onnx.json"], ("piper-tts",)),
        (["fr.onnx", "fr.onnx.json", "piper"], ("id.onnx",)),
        ([], ("id.onnx", "piper-tts")),
    ],
)
def test_what_a_folder_lacks_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: list[str], lacking: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    monkeypatch.setattr(models, "_is_installed", lambda: False)
    for name in files:
        (tmp_path / name).touch(mode=0o755)
    assert Models(tmp_path).lacking() == lacking


def test_a_folder_that_is_none_is_what_is_lacking(tmp_path: Path) -> None:
    assert Models(tmp_path / "piper").lacking() == (str(tmp_path / "piper"),)


def test_the_folder_s_own_program_goes_before_the_package_and_that_before_the_system_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = piper_folder(tmp_path / "bin") / "piper"
    monkeypatch.setenv("PATH", str(elsewhere.parent))
    monkeypatch.setattr(models, "_is_installed", lambda: False)
    assert models.program(tmp_path) == [str(elsewhere)]
    monkeypatch.setattr(models, "_is_installed", lambda: True)
    assert models.program(tmp_path) == [sys.executable, "-P", "-m", "piper"]
    own = tmp_path / "venv/bin/piper"
    own.parent.mkdir(parents=True)
    own.touch(mode=0o755)
    assert models.program(tmp_path) == [str(own)]


@pytest.mark.parametrize("flags", [(), ("--old",)])
def test_a_sentence_is_a_file_as_loud_as_all_words(make: Make, tmp_path: Path, flags: tuple[str, ...]) -> None:
    one = make(*flags)
    assert one.render("nol", "id", tmp_path / "a.wav") == pytest.approx(0.5, abs=0.01)
    pid = pid_of(one)
    one.render("satu", "id", tmp_path / "b.wav")
    assert pid_of(one) == pid
    assert loudness(read_wav(tmp_path / "b.wav")) == pytest.approx(EVEN_DB, abs=0.3)


@pytest.mark.parametrize("fault", ["--hang", "--die", "--garbage", "--silent"])
def test_a_program_that_misbehaves_is_ended_and_the_next_sentence_said_by_another(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    one = make(fault, "dua")
    one.render("satu", "id", tmp_path / "a.wav")
    pid = pid_of(one)
    monkeypatch.setattr(piper, "SAY_S", 0.3)
    monkeypatch.setattr(piper, "_SETTLE_S", 0.1)
    with pytest.raises((RuntimeError, Unreadable)):
        one.render("dua", "id", tmp_path / "b.wav")
    assert not Path(f"/proc/{pid}").exists()
    assert not (tmp_path / "b.wav").exists()
    monkeypatch.undo()
    assert one.render("nol", "id", tmp_path / "c.wav") > 0


def test_a_program_that_cannot_begin_says_why(make: Make, tmp_path: Path) -> None:
    with pytest.raises((OSError, RuntimeError), match=r"Unable to find voice|Broken pipe"):
        make("--broken").render("nol", "id", tmp_path / "a.wav")


def test_a_model_that_was_exchanged_is_read_anew(make: Make, tmp_path: Path) -> None:
    one = make()
    one.render("nol", "id", tmp_path / "a.wav")
    pid = pid_of(one)
    (tmp_path / "piper/id.onnx").write_bytes(b"another model")
    one.render("nol", "id", tmp_path / "a.wav")
    assert pid_of(one) != pid


def test_the_program_above_ends_with_its_input_and_takes_piper_with_it(tmp_path: Path) -> None:
    folder = piper_folder(tmp_path / "piper", "--hang", "dua")
    command = [sys.executable, "-m", "shared.voice.piper", str(folder)]
    order = '{"text": "nol", "language": "id", "path": "%s"}\n' % (tmp_path / "a.wav")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(order)
        program.stdin.flush()
        assert '"ready"' in program.stdout.readline()
        assert '"seconds"' in program.stdout.readline()
        program.stdin.write(order.replace("nol", "dua"))
        program.stdin.close()
        assert program.wait(timeout=10) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav", "piper"]


def test_a_program_of_orders_ends_with_its_input_whatever_goes_wrong_then() -> None:
    ends = "answer_orders(print, sys.stdout, at_end=lambda: 1 / 0)"
    script = f"import sys; from shared.voice.orders import answer_orders; {ends}"
    ran = subprocess.run([sys.executable, "-c", script], stdin=subprocess.DEVNULL, timeout=10, check=False)
    assert ran.returncode == 0


# ---------------------------------------------------------------- as a program uses it


def test_a_voice_speaks_once_it_has_proved_that_it_does(tmp_path: Path, qtbot: QtBot) -> None:
    voice = PiperVoice(piper_folder(tmp_path / "piper", languages=("id", "en")), tmp_path / "cache")
    assert not voice.can_say("id")
    qtbot.waitUntil(lambda: voice.can_say("id") and voice.can_say("en"))
    with qtbot.waitSignal(voice.changed):
        voice.ask("id", "satu")
    assert voice.find("id", "satu") is not None
    (tmp_path / "piper/id.onnx").write_bytes(b"another model")
    assert voice.find("id", "satu") is None
    assert (voice.can_say("id"), voice.can_say("en"), voice.lacking) == (False, True, ())
    voice.stop()


def test_a_voice_that_failed_rests_and_is_tried_again(tmp_path: Path, qtbot: QtBot) -> None:
    folder = piper_folder(tmp_path / "piper", "--die", "dua", "--once", str(tmp_path / "mark"))
    voice = PiperVoice(folder, tmp_path / "cache", rest_ms=300)
    qtbot.waitUntil(lambda: voice.can_say("id"))
    with qtbot.waitSignal(voice.changed):
        voice.ask("id", "dua")
    assert (voice.can_say("id"), voice.lacking) == (False, ("id",))
    (folder / "en.onnx").touch()
    (folder / "en.onnx.json").touch()
    for name in ("id.onnx", "id.onnx.json"):
        (folder / name).rename(folder / f"{name}.away")
    assert not voice.lacking, "a model that was taken away fails no more"
    for name in ("id.onnx", "id.onnx.json"):
        (folder / f"{name}.away").rename(folder / name)
    assert voice.lacking[:1] == ("id",)
    qtbot.waitUntil(lambda: voice.can_say("id"))
    assert voice.lacking == ()
    voice.stop()
