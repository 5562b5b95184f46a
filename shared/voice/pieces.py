"""What is to be played or joined, in JSON: `["/…/chime.wav", 150, {"word": "/…/id/nol.wav"}, 60]`. No Qt.

A path is a file as it is, a number a silence in ms, a word a recorded clip, which is evened.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from shared.voice.sound import Part, Piece, Sound, Unreadable, Word, evened, join, read_wav

Written = str | int | dict[str, str]

_FILES_KEPT = 40  # what two languages' calls are made of, read and evened once; 9 MB of sentences at most


def written(part: Part) -> Written:
    """A part for a line of JSON."""
    if isinstance(part, int):
        return part
    return {"word": str(part.clip)} if isinstance(part, Word) else str(part)


def joined(parts: Sequence[Written]) -> Sound:
    """One sound of all parts. Raises Unreadable."""
    return join([_piece(part) for part in parts])


def _piece(part: Written) -> Piece:
    if isinstance(part, int):
        return part
    path, is_word = (part["word"], True) if isinstance(part, dict) else (part, False)
    try:
        return _read(path, Path(path).stat().st_mtime_ns, is_word)
    except OSError as error:
        raise Unreadable(str(error)) from error


@lru_cache(maxsize=_FILES_KEPT)
def _read(path: str, _changed: int, is_word: bool) -> Sound:  # noqa: FBT001  -- called by place: a cache's key
    sound = read_wav(Path(path))
    return evened(sound) if is_word else sound
