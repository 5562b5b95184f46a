"""The browsers' voice, ranked as the TVs' voices are: recorded clips, else the site's Piper model, else espeak-ng."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from time import monotonic

from hub.rendering import Renderer
from shared.assets import ASSETS
from shared.hall import VoiceSettings
from shared.speech import LANGUAGES, Speech
from shared.trouble import Trouble
from shared.voice.clips import Clips
from shared.voice.models import Models
from shared.voice.piper import LOAD_S, SAY_S, TRIAL
from shared.voice.worker import worker_command
from shared.written_path import written_path

log = logging.getLogger(__name__)

REST_S = 60.0
"""How long Piper is left alone after it failed."""


class BoardVoice:
    """What the browsers hear, from the folders on the hub's PC. `cache`: a folder for rendered sentences."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._espeak = Renderer(cache)
        self._settings = VoiceSettings()
        self._clips: Clips | None = None
        self._piper: _Piper | None = None

    async def take_up(self, settings: VoiceSettings) -> None:
        """The hall's voices as they are from now on."""
        if settings == self._settings:
            return
        piper, self._piper = self._piper, _Piper(settings.piper, self._cache) if settings.piper else None
        self._settings = settings
        self._clips = _clips_in(settings.clips)
        if piper is not None:
            await piper.close()

    async def sentence(self, speech: Speech) -> bytes:
        """A sentence as WAV, by the first voice that can say it now. Raises Trouble('voice_busy')."""
        if self._clips is not None and self._clips.speaks(speech.language):
            parts = await asyncio.to_thread(self._clips.sentence, speech)  # it opens a dozen files
            with suppress(Trouble):
                if parts:
                    return await self._espeak.joined(parts)
        if self._piper is not None and (said := await self._piper.sentence(speech.language, speech.text)):
            return said
        return await self._espeak.sentence(speech.language, speech.text)

    def chime(self) -> Path:
        """What sounds before a call."""
        own = self._clips.chime() if self._clips is not None else None
        return own or ASSETS / "sounds" / "chime.wav"

    def troubles(self) -> list[str]:
        """What was wrong when somebody last listened, by codes of shared.trouble."""
        clips, piper = self._clips, self._piper
        lacks_clips = clips is not None and (bool(clips.missing) or not any(map(clips.speaks, LANGUAGES)))
        wrong = {"clips_missing": lacks_clips, "piper_unready": piper is not None and piper.ails}
        return [code for code, holds in wrong.items() if holds]

    async def close(self) -> None:
        """End the programs."""
        await self._espeak.close()
        if self._piper is not None:
            await self._piper.close()


def _clips_in(folder: str) -> Clips | None:
    return Clips(written_path(folder)) if folder else None


class _Piper:
    """The site's Piper voices: each speaks once it has said a word to itself, until it fails."""

    def __init__(self, folder: str, cache: Path) -> None:
        self._models = Models(Path(folder))
        command = worker_command("piper", str(self._models.folder))
        self._renderer = Renderer(cache, command=command, identity=self._identity, timeout_s=LOAD_S + SAY_S, tries=1)
        self._proved: dict[str, str] = {}
        self._rests_until: dict[str, float] = {}
        self._trial: asyncio.Task[None] | None = None

    @property
    def ails(self) -> bool:
        """Whether a file is missing, or it failed and has not spoken since."""
        return bool(self._rests_until.keys() - self._proved.keys() or self._models.lacking())

    async def sentence(self, language: str, text: str) -> bytes | None:
        """A sentence as WAV; None while it cannot say it at once."""
        if self._trial is not None or not self._models.has(language):
            return None
        if self._proved.get(language) != self._models.identity(language):
            if monotonic() >= self._rests_until.get(language, 0.0):
                self._trial = asyncio.create_task(self._try(language))
            return None
        try:
            return await self._renderer.sentence(language, text)
        except Trouble:
            self._lose(language)
            return None

    async def close(self) -> None:
        """End its programs."""
        if self._trial is not None:
            self._trial.cancel()
        await self._renderer.close()

    def _identity(self, language: str) -> str:
        return f"piper {self._models.identity(language)}"

    async def _try(self, language: str) -> None:
        identity = self._models.identity(language)
        try:
            if await self._renderer.proves(language, TRIAL[language]):
                self._proved[language] = identity
            else:
                self._lose(language)
        finally:
            self._trial = None

    def _lose(self, language: str) -> None:
        log.info("Piper cannot be used in %s; espeak-ng takes its place", language)
        self._proved.pop(language, None)
        self._rests_until[language] = monotonic() + REST_S
