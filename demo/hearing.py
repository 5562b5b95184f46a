"""Hearing what a lobby TV really played: a sound device of our own, a recording of it, and what was said on it.

    with NullSink(folder) as sink:
        start the display with sink.environment and the tone bank as its clips
        with sink.record() as recording: …
        calls = calls_in(read_notes(recording.samples()))

`calls_in` does not use shared.speech to understand: what says the number and what hears it share no code.
"""

import os
import shutil
import socket
import subprocess
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Self

from demo.tones import RATE, Note
from shared.speech import CHIME

PROGRAMS = ("pulseaudio", "parec")
"""What this needs of the system (Debian: pulseaudio, pulseaudio-utils)."""

_PATIENCE_S = 15


def missing_programs() -> list[str]:
    """Those of `PROGRAMS` that this system lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


class NullSink:
    """A private sound server with one device that nobody hears, for as long as the `with` lasts.

    It and its clients need only `environment`; the user's own sound server is left alone. `name` is the device's.
    Raises FileNotFoundError where PulseAudio is not installed.
    """

    def __init__(self, folder: Path, *, name: str = "hall") -> None:
        self._folder = folder
        self._name = name
        self._socket = folder / "pulse.sock"
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program's environment needs so that it plays here."""
        return {"PULSE_SERVER": f"unix:{self._socket}"}

    def __enter__(self) -> Self:
        """Start the server; returns when it answers."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the server."""
        self.stop()

    def start(self) -> None:
        """Start the server; returns when it answers. Raises TimeoutError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        own = {name: str(self._folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
        with (self._folder / "pulseaudio.log").open("ab") as log:
            self._server = subprocess.Popen(self._command(), env={**os.environ, **own}, stderr=log)  # noqa: S603  -- our own command
        _wait_until(self._answers, "the sound server to answer")

    def stop(self) -> None:
        """End the server, if it runs."""
        if self._server is not None:
            self._server.terminate()
            _end(self._server)
        self._server = None

    @contextmanager
    def record(self) -> "Iterator[Recording]":
        """Record what is played while the `with` lasts; it begins when the recording runs."""
        path = self._folder / f"heard-{time.monotonic_ns()}.raw"
        with path.open("wb") as file:
            command = ["parec", f"--device={self._name}.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le"]
            environment = {**os.environ, **self.environment}
            recorder = subprocess.Popen([*command, "--latency-msec=20"], env=environment, stdout=file)  # noqa: S603  -- our own command
        try:
            _wait_until(lambda: path.stat().st_size > 0, "the recording to begin")
            yield Recording(path)
        finally:
            recorder.terminate()
            _end(recorder)

    def _command(self) -> list[str]:
        return [
            *("pulseaudio", "-n", "--system=false", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
            f"--load=module-null-sink sink_name={self._name}",
            f"--load=module-native-protocol-unix socket={self._socket} auth-anonymous=1",
        ]

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self._socket)) == 0


@dataclass(frozen=True)
class Recording:
    """What was played: 16-bit mono at `demo.tones.RATE`, growing while it is recorded."""

    path: Path

    def samples(self) -> "array[int]":
        """All recorded until now."""
        samples = array("h")
        raw = self.path.read_bytes()
        samples.frombytes(raw[: len(raw) // 2 * 2])
        return samples


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_PATIENCE_S)


def _wait_until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {_PATIENCE_S} s for {what}")
        time.sleep(0.02)


# ------------------------------------------------------------ understanding


@dataclass(frozen=True)
class Sentence:
    """One sentence as it was understood."""

    language: str
    number: str
    counter: str


@dataclass(frozen=True)
class Heard:
    """One call: what came after one chime. `at_s`: when the chime began, from the recording's beginning."""

    at_s: float
    sentences: tuple[Sentence, ...]

    @property
    def number(self) -> str:
        """The number all sentences say ('A-012'); empty when they differ."""
        return _same(sentence.number for sentence in self.sentences)

    @property
    def counter(self) -> str:
        """The counter all sentences say ('12'); empty when they differ."""
        return _same(sentence.counter for sentence in self.sentences)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the sentences, in order."""
        return tuple(sentence.language for sentence in self.sentences)

    def in_words(self) -> str:
        """When it came and what each sentence said, for whoever must find out why they differ."""
        said = [f"{one.language} {one.number or '?'} to {one.counter or '?'}" for one in self.sentences]
        return f"at {self.at_s:.1f} s, {', '.join(said) or 'a chime and no sentence'}"


def _same(values: Iterable[str]) -> str:
    different = set(values)
    return different.pop() if len(different) == 1 else ""


_BEGIN = {"id/nomor-antrean": "id", "en/queue-number": "en"}
_GO_TO = {"silakan-menuju", "please-go-to"}
_COUNTERS = {"loket", "gerai", "counter"}
_DIGITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
)
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH: Mapping[str, int] = {
    **{word: n % 10 for n, word in enumerate(_DIGITS)},
    **{word: n for n, word in enumerate(_TEENS, 11)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "ten": 10,
}
_TIMES = {"puluh": 10, "ratus": 100, "hundred": 100}


def calls_in(notes: Iterable[Note]) -> list[Heard]:
    """The calls in a recording, in order. What comes before the first chime belongs to none."""
    calls: list[tuple[float, list[str]]] = []
    for note in notes:
        if note.clip == CHIME:
            calls.append((note.at_s, []))
        elif calls:
            calls[-1][1].append(note.clip)
    return [Heard(at_s, tuple(_sentences(clips))) for at_s, clips in calls]


def _sentences(clips: list[str]) -> Iterator[Sentence]:
    begun = [place for place, clip in enumerate(clips) if clip in _BEGIN]
    for place, end in pairwise([*begun, len(clips)]):
        words = [clip.partition("/")[2] for clip in clips[place + 1 : end]]
        go_to = next((n for n, word in enumerate(words) if word in _GO_TO), len(words))
        counter = [word for word in words[go_to + 1 :] if word not in _COUNTERS]
        yield Sentence(_BEGIN[clips[place]], _number(words[:go_to]), _counter(counter))


def _number(words: list[str]) -> str:
    letters = "".join(_letter(word) for word in words)
    digits = "".join(str(_WORTH[word]) for word in words if word in _DIGITS)
    return f"{letters}-{digits}"


def _letter(word: str) -> str:
    kind, _, letter = word.partition("-")
    return letter.upper() if kind in ("huruf", "letter") else ""


def _counter(words: list[str]) -> str:
    """`dua puluh satu` → 21; letters stand where they stood."""
    parts = (list(part) for _, part in groupby(words, key=lambda word: bool(_letter(word))))
    return "".join(_letter(part[0]) or _cardinal(part) for part in parts)


def _cardinal(words: list[str]) -> str:
    if len(words) > 1 and all(word in _DIGITS for word in words):
        return "".join(str(_WORTH[word]) for word in words)
    total = last = 0
    for word in words:
        if word in _TIMES:
            total += (_TIMES[word] - 1) * last
        else:
            last = 10 if word == "belas" else _WORTH.get(word, 0)
            total += last
    return str(total)
