"""The program that turns sentences into WAV files with a site's Piper models: `python -m shared.voice.piper FOLDER`.

`shared.voice.orders` says what it is told and answers. Piper itself runs below it, once for each language, with its
model loaded; it is used as its own command line has it, which old and new ones share: a line of text in, a WAV file in
a folder out, its name told on one of the two outputs. One that says nothing in time is ended, and the order refused.
"""

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from time import monotonic, sleep

from shared.voice.models import Models, program
from shared.voice.orders import answer_orders
from shared.voice.sound import Sound, Unreadable, evened, faded, loudness, read_wav, trimmed, wav_seconds, write_wav

SAY_S = 3.0
"""How long a sentence may take: a middling model takes a tenth of its length on a PC of today."""

LOAD_S = 20.0
"""How long the first words may: a model of 60 MB is read from the disk."""

TRIAL = {"id": "nol", "en": "zero"}
"""The first words, by which a caller learns that there is a voice, before anybody waits for it."""

_SETTLE_S = 0.5  # Piper of C++ tells a file's name before the last of it is written
_SHORTEST_S, _LONGEST_S = 0.1, 30.0
_SILENT_DB = -60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer orders until standard input ends; returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; our parent ends us
    (folder,) = sys.argv[1:] if arguments is None else arguments
    piper = Piper(Models(Path(folder)))
    answer_orders(piper.render, sys.stdout, at_end=piper.close)
    return 0


class Piper:
    """The voices of a folder, each in a program of its own that is started when it is first needed."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._programs: dict[str, _Program] = {}
        self._out = tempfile.TemporaryDirectory(prefix="antre-piper-", ignore_cleanup_errors=True)

    def render(self, text: str, language: str, path: Path) -> float:
        """Write `text` as WAV to `path`, as loud as all words are made; returns its length in seconds.

        Raises OSError without a model or a program, RuntimeError and Unreadable where Piper made nothing in time.
        """
        try:
            raw = self._program(language).say(text, LOAD_S if text == TRIAL.get(language) else SAY_S)
            sound = _heard(raw)
        except (OSError, RuntimeError, Unreadable):
            self._end(language)
            raise
        write_wav(path, sound)
        return sound.seconds

    def close(self) -> None:
        """End the programs."""
        for language in list(self._programs):
            self._end(language)
        self._out.cleanup()

    def _program(self, language: str) -> "_Program":
        identity = self._models.identity(language)
        running = self._programs.get(language)
        if running is not None and (running.has_ended or running.identity != identity):
            self._end(language)
        if language not in self._programs:
            self._programs[language] = _Program(self._command(language), Path(self._out.name), identity)
        return self._programs[language]

    def _command(self, language: str) -> list[str]:
        start = program(self._models.folder)
        if not start:
            raise FileNotFoundError("piper")
        if not self._models.has(language):
            raise FileNotFoundError(str(self._models.model(language)))
        return [*start, "--model", str(self._models.model(language)), "--output_dir", self._out.name]

    def _end(self, language: str) -> None:
        if running := self._programs.pop(language, None):
            running.end()


def _heard(path: Path) -> Sound:
    """The sentence without silence at its ends, evened; and nothing that nobody would hear. Raises Unreadable."""
    sound = read_wav(path)
    path.unlink()
    level = loudness(sound)
    if not _SHORTEST_S <= sound.seconds <= _LONGEST_S or level < _SILENT_DB:
        raise Unreadable(f"{path}: {sound.seconds:.1f} s of {level:.0f} dB")
    return evened(faded(trimmed(sound)))


class _Program:
    """Piper with one model. `identity`: which one it read."""

    def __init__(self, command: Sequence[str], out: Path, identity: str) -> None:
        self.identity = identity
        self._out = out
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603  -- what the site put there to speak
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=out,
            env={**os.environ, "PYTHONUTF8": "1"},
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def has_ended(self) -> bool:
        """Whether there is nobody left to speak to."""
        return self._process.poll() is not None

    def say(self, text: str, patience_s: float) -> Path:
        """The WAV file of a sentence, whole. Raises OSError, RuntimeError and Unreadable."""
        end = monotonic() + patience_s
        if self._process.stdin is None:
            raise OSError("no pipe")
        self._process.stdin.write(f"{text}\n")
        self._process.stdin.flush()
        path = self._told(end)
        end = monotonic() + _SETTLE_S
        while not _is_whole(path):
            if monotonic() > end:
                raise Unreadable(f"{path}: not whole")
            sleep(0.005)
        return path

    def end(self) -> None:
        """End it, however it hangs."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):  # what it was told last, and has not read
                self._process.stdin.close()
        self._reader.join(_SETTLE_S)

    def _read(self) -> None:
        with self._process.stdout or nullcontext(()) as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def _told(self, end: float) -> Path:
        """The file that it names."""
        last = ""
        while (left := end - monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                raise RuntimeError(f"piper ended: {last}")
            last = line.strip()
            begin = last.find(str(self._out))
            if begin >= 0 and last.endswith(".wav"):
                return Path(last[begin:])
        raise RuntimeError(f"piper said nothing in time: {last}")


def _is_whole(path: Path) -> bool:
    """Whether as much of it is on the disk as it says it has."""
    try:
        return read_wav(path).seconds >= wav_seconds(path) - 0.001
    except Unreadable:
        return False


if __name__ == "__main__":
    sys.exit(main())
