"""A site's Piper voices as a program uses them: only those that have just proved that they speak."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from shared.qt.voice.renderer import Renderer
from shared.voice.models import Models
from shared.voice.piper import LOAD_S, TRIAL
from shared.voice.worker import worker_command

REST_MS = 60_000
"""How long a voice that failed is left alone before it is tried again: each try may take seconds."""

TIMEOUT_MS = round(1000 * LOAD_S) + 5000
"""For the program above Piper, which itself gives Piper less."""


class PiperVoice(QObject):
    """Says a word to itself in each language that has a model; then it speaks, until it fails.

    So no call waits for a model to be loaded, and a voice that fails costs one call a few seconds, not each.

    changed()   a sentence is there, or will not be; or what it lacks is something else
    """

    changed = Signal()

    def __init__(self, folder: Path, cache: Path, *, rest_ms: int = REST_MS, parent: QObject | None = None) -> None:
        """`cache`: a folder for rendered sentences."""
        super().__init__(parent)
        self.models = Models(folder)
        self._proved: dict[str, str] = {}
        """The identity of each language's model that has spoken."""
        self._trying: set[str] = set()
        self._failing: set[str] = set()
        command = worker_command("piper", str(self.models.folder))
        self._renderer = Renderer(cache, command=command, identity=self._identity, timeout_ms=TIMEOUT_MS, parent=self)
        self._renderer.rendered.connect(self._said)
        self._renderer.failed.connect(self._lost)
        self._rest = QTimer(self, interval=rest_ms)
        self._rest.timeout.connect(self._try)
        self._rest.start()
        self._try()

    @property
    def lacking(self) -> tuple[str, ...]:
        """What stands in its way: files and programs that are missing, languages in which it failed."""
        return (*self.models.lacking(), *filter(self.models.has, sorted(self._failing)))

    def can_say(self, language: str) -> bool:
        """Whether it speaks that language now, at once, with the model that is there."""
        if self._trying or language not in self._proved:
            return False
        return self._proved[language] == self.models.identity(language)

    def find(self, language: str, text: str) -> Path | None:
        """The file of a sentence, if it is there."""
        return self._renderer.find(language, text)

    def ask(self, language: str, text: str) -> None:
        """Have a sentence rendered; `changed` follows."""
        self._renderer.ask(language, text)

    def stop(self) -> None:
        """End its programs."""
        self._rest.stop()
        self._renderer.stop()

    def _identity(self, language: str) -> str:
        return f"piper {self.models.identity(language)}"

    def _try(self) -> None:
        """Have it prove itself in each language that has a model of which that is not known."""
        for language, word in TRIAL.items():
            if self.models.has(language) and not self._has_proved(language):
                self._trying.add(language)
                self._renderer.ask(language, word)

    def _has_proved(self, language: str) -> bool:
        return self._proved.get(language) == self.models.identity(language)

    def _said(self, language: str, text: str) -> None:
        if text == TRIAL.get(language):
            self._trying.discard(language)
            self._proved[language] = self.models.identity(language)
        self._failing.discard(language)
        self.changed.emit()

    def _lost(self, language: str, _text: str) -> None:
        self._trying.discard(language)
        self._proved.pop(language, None)
        self._failing.add(language)
        self._rest.start()  # anew, so that it rests as long as it is to
        self.changed.emit()
