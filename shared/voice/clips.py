"""A folder of recorded clips: `chime.wav`, `id/nol.wav`, `id/huruf-a.wav`, …, listed in docs/klip-suara.md. No Qt."""

from pathlib import Path

from shared.speech import CHIME, Speech
from shared.voice.sound import Part, Unreadable, Word, wav_seconds

WORD_MS = 60
"""Silence between two clips of a phrase."""

PHRASE_MS = 250
"""Silence between two phrases: the voice takes breath."""


class Clips:
    """The recordings of one folder. It is looked into anew for each call: clips may come while the TV runs.

    `missing`: the names asked for and not there, or not readable, in the order they were first asked for;
    a clip that has come meanwhile leaves it when it is asked for again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Clips that were needed and are not there."""
        return tuple(self._missing)

    def speaks(self, language: str) -> bool:
        """Whether the folder holds recordings of a language at all; one that does not is not incomplete."""
        return (self._folder / language).is_dir()

    def chime(self) -> Path | None:
        """The folder's own chime, if it has one."""
        path = self._folder / f"{CHIME}.wav"
        return path if path.exists() and self._usable(CHIME) else None

    def sentence(self, speech: Speech) -> list[Part] | None:
        """The clips of a sentence with the silences between them; None when one is missing that it needs."""
        usable = {token: self._usable(token.clip) for token in dict.fromkeys(speech.tokens)}
        if not all(there or token.may_lack for token, there in usable.items()):
            return None
        parts: list[Part] = []
        for phrase in speech.phrases:
            clips = [self._path(token.clip) for token in phrase if usable[token]]
            for clip in clips:
                parts += [Word(clip), WORD_MS]
            parts[-1] = PHRASE_MS
        return parts[:-1]

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.wav"

    def _usable(self, name: str) -> bool:
        try:
            wav_seconds(self._path(name))
        except Unreadable:
            self._missing[name] = None
            return False
        self._missing.pop(name, None)
        return True


def parts_seconds(parts: list[Part]) -> float:
    """How long parts last, one after the other. Raises Unreadable."""
    return sum(_seconds(part) for part in parts)


def _seconds(part: Part) -> float:
    if isinstance(part, int):
        return part / 1000
    return wav_seconds(part.clip if isinstance(part, Word) else part)
