"""The synthesis program as a process, with the real espeak-ng."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared.speech import LANGUAGES, call_speech
from shared.voice.sound import read_wav
from shared.voice.worker import worker_command

COMMAND = worker_command("synthesis")


def order(path: Path, *, text: str = "satu", language: str = "id") -> dict[str, str]:
    return {"text": text, "language": language, "path": str(path)}


def answers(orders: list[dict[str, str]], command: list[str] = COMMAND) -> list[dict[str, object]]:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert json.loads(program.stdout.readline()) == {"ready": True}
        said = []
        for one in orders:
            program.stdin.write(json.dumps(one) + "\n")
            program.stdin.flush()
            said.append(json.loads(program.stdout.readline()))
    return said


def audible_s(path: Path) -> float:
    sound = read_wav(path)
    return sum(abs(sample) > 1000 for sample in sound.samples) / sound.rate


def test_a_call_is_rendered_in_every_language(tmp_path: Path) -> None:
    paths = {language: tmp_path / f"{language}.wav" for language in LANGUAGES}
    texts = {lang: call_speech("A-012", "5", language=lang, counter_word="loket").text for lang in LANGUAGES}
    orders = [order(paths[language], text=texts[language], language=language) for language in LANGUAGES]
    for answer, path in zip(answers(orders), paths.values(), strict=True):
        assert answer["seconds"] == pytest.approx(read_wav(path).seconds)
        assert 2 < read_wav(path).seconds < 8
        assert audible_s(path) > 1


def test_a_longer_number_takes_longer_to_say(tmp_path: Path) -> None:
    numbers = ["A-001", "ZB-1000"]
    texts = [call_speech(number, "5", language="id", counter_word="loket").text for number in numbers]
    short, long = answers([order(tmp_path / f"{n}.wav", text=text) for n, text in enumerate(texts)])
    assert float(str(long["seconds"])) > float(str(short["seconds"])) + 0.4


def test_no_sentence_is_broken_off(tmp_path: Path) -> None:
    """pyttsx3 stops what it thinks still goes on: one sentence in 200 came out empty until it was given time."""
    texts = [call_speech(f"A-{n:03d}", "5", language="id", counter_word="loket").text for n in range(10)] * 8
    lengths = [answer["seconds"] for answer in answers([order(tmp_path / "a.wav", text=text) for text in texts])]
    for n in range(10):
        assert lengths[n::10] == pytest.approx([lengths[n]] * 8, abs=0.04)


LOSSY = """
import sys
from shared.voice import synthesis
with synthesis._espeak_ng():
    from pyttsx3.drivers import _espeak
real, lost = _espeak.SetParameter, []
def once(parameter, value, relative):
    if value == synthesis.WORDS_A_MINUTE and not lost:
        return lost.append(value) or 0
    return real(parameter, value, relative)
_espeak.SetParameter = once
sys.exit(synthesis.main())
"""


def test_a_pace_that_espeak_did_not_take_up_is_set_again(tmp_path: Path) -> None:
    """One first sentence in 30 was said a quarter too fast, at the pace pyttsx3 begins with."""
    text = call_speech("A-012", "5", language="id", counter_word="loket").text
    (usual,) = answers([order(tmp_path / "a.wav", text=text)])
    (mended,) = answers([order(tmp_path / "b.wav", text=text)], [sys.executable, "-c", LOSSY])
    assert mended["seconds"] == pytest.approx(usual["seconds"], abs=0.04)


def test_indonesian_and_english_do_not_sound_alike(tmp_path: Path) -> None:
    orders = [order(tmp_path / f"{language}.wav", text="nol satu dua", language=language) for language in LANGUAGES]
    indonesian, english = (answer["seconds"] for answer in answers(orders))
    assert indonesian != english


def test_rendered_speech_has_no_silence_at_its_ends_and_no_click(tmp_path: Path) -> None:
    answers([order(tmp_path / "a.wav", text="Nomor antrean.")])
    sound = read_wav(tmp_path / "a.wav")
    assert sound.samples[0] == sound.samples[-1] == 0
    assert max(map(abs, sound.samples[: sound.rate // 10])) > 1000
    assert max(map(abs, sound.samples[-sound.rate // 10 :])) > 500


def test_a_sentence_that_cannot_be_written_is_answered_and_the_next_one_rendered(tmp_path: Path) -> None:
    said = answers([order(tmp_path / "nowhere" / "a.wav"), order(tmp_path / "b.wav")])
    assert "FileNotFoundError" in str(said[0]["error"])
    assert "seconds" in said[1]


def test_a_language_without_a_voice_is_answered(tmp_path: Path) -> None:
    assert "error" in answers([order(tmp_path / "a.wav", language="nl")])[0]


def test_it_speaks_where_the_system_has_no_espeak(tmp_path: Path) -> None:
    code = (
        "import ctypes.util, sys; ctypes.util.find_library = lambda name: None; "
        "import shared.voice.synthesis; sys.exit(shared.voice.synthesis.main())"
    )
    said = answers([order(tmp_path / "a.wav", text="Nomor antrean, A, nol satu dua.")], [sys.executable, "-c", code])
    assert float(str(said[0]["seconds"])) > 2
    assert audible_s(tmp_path / "a.wav") > 0.5


def test_it_ends_when_its_input_ends_and_leaves_nothing_behind(tmp_path: Path) -> None:
    answers([order(tmp_path / "a.wav")])
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]
    done = subprocess.run(COMMAND, input=b"", capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b'{"ready": true}\n', b"")
