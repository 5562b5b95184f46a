"""Sentences as WAV files: asks the synthesis program, keeps what it made, starts it again when it hangs or dies."""

import hashlib
import logging
import os
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from shared.qt.voice.child import Child
from shared.voice.sound import Unreadable, wav_seconds
from shared.voice.synthesis import WORDS_A_MINUTE
from shared.voice.worker import worker_command

log = logging.getLogger(__name__)

TIMEOUT_MS = 3000
"""How long one sentence may take. It takes 30 ms."""

COLD_MS = 10_000
"""How long the program may take to be ready. It takes 300 ms; seconds on a PC that was just switched on."""

KEPT = 128
"""WAV files kept: about 25 MB. A recall within the last 64 calls is not rendered again."""


class Renderer(QObject):
    """Renders one sentence at a time, in the order asked.

    `identity` tells the voice of a language from others that write into the same `cache`.

    rendered(language, text)  its file is there
    failed(language, text)    two programs, one after the other, could not
    """

    rendered = Signal(str, str)
    failed = Signal(str, str)

    def __init__(
        self,
        cache: Path,
        *,
        command: Sequence[str] | None = None,
        identity: Callable[[str], str] = lambda _language: str(WORDS_A_MINUTE),
        timeout_ms: int = TIMEOUT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cache = cache.resolve()
        self._cache.mkdir(parents=True, exist_ok=True)
        self._identity = identity
        self._waiting: deque[tuple[str, str]] = deque()
        self._tries = 0
        self._proved = self._is_ready = False
        self._timeout_ms = timeout_ms
        self._child = Child(command or worker_command("synthesis"), self)
        self._child.said.connect(self._answered)
        self._child.ended.connect(self._lost)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._overdue)
        self._child.start()

    @property
    def pid(self) -> int:
        """The synthesis program's process id; 0 while there is none."""
        return self._child.pid

    def find(self, language: str, text: str) -> Path | None:
        """The file of a sentence, if it is there."""
        path = self._path(language, text)
        try:
            wav_seconds(path)
            os.utime(path)  # what is to be played now is none of the oldest, which are removed
        except (Unreadable, OSError):  # not there, or cut off by a power cut
            return None
        return path

    def ask(self, language: str, text: str) -> None:
        """Have a sentence rendered; `rendered` or `failed` follows. Asked twice it is rendered once."""
        if (language, text) not in self._waiting:
            self._waiting.append((language, text))
            self._order()

    def stop(self) -> None:
        """End the synthesis program."""
        self._patience.stop()
        self._waiting.clear()
        self._child.stop()

    def _path(self, language: str, text: str) -> Path:
        name = hashlib.sha256(f"{language} {self._identity(language)} {text}".encode()).hexdigest()[:24]
        return self._cache / f"{name}.wav"

    def _order(self) -> None:
        if self._patience.isActive() or not self._waiting:
            return
        language, text = self._waiting[0]
        self._tries += 1
        self._child.start()
        self._child.send({"language": language, "text": text, "path": str(self._path(language, text))})
        self._patience.start(self._timeout_ms if self._is_ready else COLD_MS)

    def _overdue(self) -> None:
        if self._child.pid:
            self._child.kill()  # `_lost` follows
        else:
            self._lost()

    def _answered(self, answer: dict[str, object]) -> None:
        self._proved = True
        if "ready" in answer:
            self._is_ready = True
            if self._patience.isActive():
                self._patience.start(self._timeout_ms)
            return
        if "error" in answer:
            log.info("not rendered: %s", answer["error"])
        self._done(made="seconds" in answer)

    def _lost(self) -> None:
        self._is_ready = False
        self._patience.stop()
        if not self._waiting:
            self._replace()
        elif self._tries <= 1:
            self._order()
        else:
            self._done(made=False)

    def _replace(self) -> None:
        """Have another program ready for the next call, unless this kind cannot even begin."""
        if self._proved:
            self._proved = False
            self._child.start()

    def _done(self, *, made: bool) -> None:
        if not self._waiting:
            return
        self._patience.stop()
        self._tries = 0
        sentence = self._waiting.popleft()
        (self.rendered if made else self.failed).emit(*sentence)
        self._tidy()
        self._order()

    def _tidy(self) -> None:
        """Keep the newest files."""
        files = sorted(self._cache.glob("*.wav"), key=_age, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another program on this PC has just removed it
        return 0
