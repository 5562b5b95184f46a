"""The kiosk's voice: says the last thing it was asked, to the PC's own sound device, where headphones are."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from shared.qt.voice.loudspeaker import Loudspeaker
from shared.qt.voice.renderer import Renderer
from shared.speech import LANGUAGES
from shared.voice.sound import Unreadable, wav_seconds

log = logging.getLogger(__name__)

PROBE_MS = 6000
"""How long it may take to know whether there is a voice: two programs start, each within 0.5 s where all is well."""

LOUDEST = 100
"""Percent."""

FALLBACK = LANGUAGES[0]
"""What speaks a language that has words but no voice."""


class Narrator(QObject):
    """Renders and plays one sentence at a time; a new one breaks off the one before.

    Its two programs run from `open` to `close`: nobody listens at a kiosk most of the day.

    known(bool)   whether there is a voice and something to hear it with; told once after `open`, and when it is lost
    """

    known = Signal(bool)

    def __init__(self, cache: Path, parent: QObject | None = None) -> None:
        """`cache`: a folder for rendered sentences."""
        super().__init__(parent)
        self._cache = cache
        self._renderer: Renderer | None = None
        self._loudspeaker: Loudspeaker | None = None
        self._rendered: bool | None = None
        self._there: bool | None = None
        self._wanted: tuple[str, str] | None = None
        self._playing = False
        self._volume = LOUDEST
        self._patience = QTimer(self, singleShot=True, interval=PROBE_MS)
        self._patience.timeout.connect(lambda: self._tell(there=False))

    @property
    def is_open(self) -> bool:
        """Whether its programs run."""
        return self._renderer is not None

    @property
    def there(self) -> bool | None:
        """Whether there is a voice; None while that is not known."""
        return self._there

    def set_volume(self, percent: int) -> None:
        """How loud it is from now on, of 100."""
        self._volume = percent
        if self._loudspeaker is not None:
            self._loudspeaker.set_volume(percent / LOUDEST)

    def open(self, language: str) -> None:
        """Start, and find out whether `language` can be said and heard."""
        if self.is_open:
            return
        self._renderer, self._loudspeaker = self._programs()
        self._loudspeaker.set_volume(self._volume / LOUDEST)
        self._renderer.rendered.connect(self._ready)
        self._renderer.failed.connect(self._failed)
        self._loudspeaker.finished.connect(self._said)
        self._loudspeaker.device_changed.connect(lambda _name: self._judge())
        self._patience.start()
        self._renderer.ask(_voice(language), "1")

    def _programs(self) -> tuple[Renderer, Loudspeaker]:
        return Renderer(self._cache, parent=self), Loudspeaker(parent=self)

    def close(self) -> None:
        """End the programs, and what is being said."""
        self._patience.stop()
        self._wanted, self._playing = None, False
        self._rendered = self._there = None
        renderer, self._renderer = self._renderer, None
        loudspeaker, self._loudspeaker = self._loudspeaker, None
        if renderer is not None and loudspeaker is not None:
            renderer.stop()
            loudspeaker.stop()
            renderer.deleteLater()
            loudspeaker.deleteLater()

    def say(self, language: str, text: str) -> None:
        """Say `text` now; what is being said is broken off."""
        if self._renderer is None or self._loudspeaker is None or not text:
            return
        self._wanted = (_voice(language), text)
        if self._playing:
            self._loudspeaker.hush()
        self._renderer.ask(*self._wanted)

    def _ready(self, language: str, text: str) -> None:
        if self._rendered is None:
            self._rendered = True
            self._judge()
        if (language, text) == self._wanted:
            self._play()

    def _failed(self, language: str, text: str) -> None:
        log.info("not said in %s: %s", language, text)
        if self._rendered is None:
            self._rendered = False
            self._judge()

    def _play(self) -> None:
        if self._wanted is None or self._playing or self._renderer is None or self._loudspeaker is None:
            return
        path = self._renderer.find(*self._wanted)
        if path is None:
            return  # still on its way
        self._wanted, self._playing = None, True
        try:
            self._loudspeaker.play([path], wav_seconds(path))
        except Unreadable:
            self._playing = False

    def _said(self, _played: object) -> None:
        self._playing = False
        self._play()

    def _judge(self) -> None:
        """Tell what is known: a voice needs a program that renders, and a device."""
        device = self._loudspeaker.device if self._loudspeaker is not None else None
        if self._rendered is False or device == "":
            self._tell(there=False)
        elif self._rendered and device:
            self._tell(there=True)

    def _tell(self, *, there: bool) -> None:
        self._patience.stop()
        if there != self._there:
            self._there = there
            self.known.emit(there)


def _voice(language: str) -> str:
    return language if language in LANGUAGES else FALLBACK
