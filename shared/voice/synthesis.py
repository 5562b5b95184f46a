"""The program that turns sentences into WAV files with espeak-ng: `python -m shared.voice.synthesis`.

`shared.voice.orders` says what it is told and answers. pyttsx3 can hang and espeak-ng can crash.
"""

import ctypes
import ctypes.util
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from shared.voice.orders import answer_orders
from shared.voice.sound import Sound, faded, read_wav, trimmed, write_wav

WORDS_A_MINUTE = 150
"""espeak-ng's own 175 is too fast for a hall with an echo; a call takes 5 s at this pace."""

FINISHED_S = 2
"""How long a sentence may take to be rendered; a usual one takes 0.03 s."""

TRIES = 4
"""How often a sentence is begun when pyttsx3 breaks it off or says it at another pace."""

VOICES = {"id": "id", "en": "en"}
"""espeak-ng's voice for each language."""


def main() -> int:
    """Answer orders until standard input ends; returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; our parent ends us
    out = sys.stdout
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # pyttsx3 prints what it saves
        answer_orders(Synthesizer().render, out)
    return 0


class Synthesizer:
    """espeak-ng through pyttsx3. The library can be set up once in a process. Raises OSError where there is none."""

    def __init__(self) -> None:
        with _espeak_ng():
            import pyttsx3  # noqa: PLC0415  -- it looks for the library when it is imported
            from pyttsx3.drivers import _espeak  # noqa: PLC0415  -- as above

            self._engine: Any = pyttsx3.init("espeak")
            self._playing: Callable[[], int] = _espeak.IsPlaying
        self._ends: list[bool] = []
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", self._note_end)
        self._set_pace()

    def render(self, text: str, language: str, path: Path) -> float:
        """Write `text` as WAV to `path`; returns its length in seconds.

        Raises KeyError for a language without a voice, OSError where nothing can be written, RuntimeError and
        Unreadable where espeak-ng made nothing.
        """
        raw = path.with_name(f"{path.name}.{os.getpid()}.raw")
        raw.touch()  # where this fails pyttsx3 would only be silent
        try:
            sound = faded(trimmed(self._whole(text, language, raw)))
        finally:
            raw.unlink(missing_ok=True)
        write_wav(path, sound)
        return sound.seconds

    def _whole(self, text: str, language: str, raw: Path) -> Sound:
        """The sentence, whole and at its pace: half a number spoken would be another number."""
        for _ in range(TRIES):
            self._save(text, language, raw)
            if self._ends == [True] and self._pace() == WORDS_A_MINUTE:
                return read_wav(raw)
            self._set_pace()
        raise RuntimeError(f"espeak-ng broke off {TRIES} times: {text}")

    def _save(self, text: str, language: str, path: Path) -> None:
        # One utterance a run: several queued in one run of pyttsx3 2.99 become one file.
        self._finished.clear()
        self._ends.clear()
        self._engine.setProperty("voice", VOICES[language])
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        if not self._finished.wait(FINISHED_S):  # the run's end comes before the file's
            raise RuntimeError(f"espeak-ng did not finish within {FINISHED_S} s")

    def _set_pace(self) -> None:
        """Set the pace, which espeak-ng's own thread takes up, and give it time to.

        Not before each sentence: a run of pyttsx3 2.99 begins by stopping what still goes on, and when that is the
        pace being set, it is lost. One first sentence in 30 was then said at pyttsx3's own 200 words a minute.
        """
        self._engine.setProperty("rate", WORDS_A_MINUTE)
        end = time.monotonic() + FINISHED_S
        while self._playing() and time.monotonic() < end:
            time.sleep(0.001)

    def _pace(self) -> int:
        """Words a minute at which the last sentence was said; before the first it means nothing."""
        pace: int = self._engine.getProperty("rate")
        return pace

    def _note_end(self, *, completed: bool, **_: object) -> None:
        self._ends.append(completed)
        self._finished.set()


@contextmanager
def _espeak_ng() -> Iterator[None]:
    """Where the system has no espeak-ng, let pyttsx3 find the one that PyPI's espeakng-loader carries."""
    if ctypes.util.find_library("espeak-ng"):
        yield
        return
    import espeakng_loader  # noqa: PLC0415  -- 20 MB of data that a system with espeak-ng need not have

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    carried = ctypes.CDLL(espeakng_loader.get_library_path())
    load = ctypes.cdll.LoadLibrary

    def the_carried(name: str) -> ctypes.CDLL:  # noqa: ARG001  -- pyttsx3 asks by the names of installed ones
        return carried

    ctypes.cdll.LoadLibrary = the_carried  # type: ignore[method-assign]
    try:
        yield
    finally:
        ctypes.cdll.LoadLibrary = load  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
