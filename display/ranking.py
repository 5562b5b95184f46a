"""Which voice says a sentence: recorded clips, else the site's Piper model, else espeak-ng."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from shared.assets import ASSETS
from shared.hall import DisplaySettings
from shared.qt.voice.piper import PiperVoice
from shared.qt.voice.renderer import Renderer
from shared.speech import LANGUAGES, Speech
from shared.voice.clips import Clips
from shared.voice.sound import Part
from shared.written_path import written_path

log = logging.getLogger(__name__)


class Sentence(NamedTuple):
    """What is to be played, and whose voice it is."""

    parts: list[Part]
    voice: Literal["clips", "piper", "espeak-ng"]


class Ranking(QObject):
    """The voices of a TV. A sentence is said whole by the first of them that can say it now.

    changed()   a sentence that was asked for is there, or lost, or the voices are others
    ails()      what is wrong is something else
    """

    changed = Signal()
    ails = Signal()

    def __init__(
        self, settings: DisplaySettings, cache: Path, *, renderer: Renderer | None = None, parent: QObject | None = None
    ) -> None:
        """`cache`: a folder for rendered sentences. `renderer`: espeak-ng's; for tests."""
        super().__init__(parent)
        self._cache = cache
        self._lost: set[tuple[str, str]] = set()
        self._no_voice = False
        self._piper: PiperVoice | None = None
        self._piper_folder = ""
        self._renderer = renderer or Renderer(cache)
        self._renderer.setParent(self)
        self._renderer.rendered.connect(self._rendered)
        self._renderer.failed.connect(self._failed)
        self.take_up(settings)

    def take_up(self, settings: DisplaySettings) -> None:
        """The voices that the TV has from now on."""
        self._settings = settings
        self.languages = [language for language in settings.languages if language in LANGUAGES]
        self._clips = Clips(written_path(settings.clips)) if settings.clips else None
        if settings.piper != self._piper_folder:
            self._take_piper(settings.piper)

    def _take_piper(self, folder: str) -> None:
        if self._piper is not None:
            self._piper.stop()
            self._piper.deleteLater()
        self._piper_folder = folder
        self._piper = PiperVoice(Path(folder), self._cache, parent=self) if folder else None
        if self._piper is not None:
            self._piper.changed.connect(self.changed)
        self.changed.emit()  # who waited for the one before waits for another now

    @property
    def troubles(self) -> dict[str, bool]:
        """Codes of shared.trouble, the gravest first, and whether each holds."""
        return {
            "no_voice": self._no_voice,
            "clips_missing": bool(self._clips_missing()),
            "piper_unready": self._piper is not None and bool(self._piper.lacking),
        }

    @property
    def facts(self) -> dict[str, str]:
        """What is missing, for the health page."""
        piper = ", ".join(self._piper.lacking) if self._piper is not None else ""
        return {name: fact for name, fact in (("missing_clips", self._clips_missing()), ("piper_lacks", piper)) if fact}

    def chime(self) -> Path:
        """What sounds before a call."""
        own = self._clips.chime() if self._clips is not None else None
        return own or ASSETS / "sounds" / "chime.wav"

    def sentence(self, speech: Speech) -> Sentence | None:
        """A sentence as it is said; None while it is being rendered, which is begun here, and once it is lost."""
        if (recorded := self._recorded(speech)) is not None:
            return Sentence(recorded, "clips")
        language, text = speech.language, speech.text
        if self._piper is not None:
            if path := self._piper.find(language, text):
                return Sentence([path], "piper")
            if self._piper.can_say(language):
                self._piper.ask(language, text)
                return None
        if path := self._renderer.find(language, text):
            return Sentence([path], "espeak-ng")
        if (language, text) not in self._lost:
            self._renderer.ask(language, text)
        return None

    def has_lost(self, speeches: Iterable[Speech]) -> bool:
        """Whether one of these cannot be said by anybody."""
        return any((speech.language, speech.text) in self._lost for speech in speeches)

    def forget(self, speeches: Iterable[Speech]) -> None:
        """Nobody waits for these any more: who asks for them again has them tried again."""
        self._lost.difference_update((speech.language, speech.text) for speech in speeches)

    def forget_all(self) -> None:
        """Nobody waits for anything: what failed after its call was given up is forgotten too."""
        self._lost.clear()

    def stop(self) -> None:
        """End the child programs."""
        self._renderer.stop()
        if self._piper is not None:
            self._piper.stop()

    def _recorded(self, speech: Speech) -> list[Part] | None:
        if self._clips is None or not self._clips.speaks(speech.language):
            return None
        before = self._clips.missing
        sentence = self._clips.sentence(speech)
        if self._clips.missing != before:
            log.info("recorded clips missing: %s", ", ".join(self._clips.missing) or "none")
            self.ails.emit()
        return sentence

    def _rendered(self) -> None:
        self._no_voice = False
        self.changed.emit()

    def _failed(self, language: str, text: str) -> None:
        self._lost.add((language, text))
        self._no_voice = True
        self.changed.emit()

    def _clips_missing(self) -> str:
        if self._clips is None:
            return ""
        if not any(self._clips.speaks(language) for language in self.languages):
            return self._settings.clips  # no recording at all: the folder's name was mistyped
        return ", ".join(self._clips.missing)
