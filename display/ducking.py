"""How loud a film is beside the voice. Pure."""

from dataclasses import dataclass
from datetime import datetime

from display.board import View
from display.loudness import percent_at
from shared.hall import DisplaySettings

RAMP_MS = 200
"""How long it takes to become quieter or louder: less is heard as a cut."""


@dataclass(frozen=True)
class FilmLoudness:
    """`volume`: 0–1 as the ear has it, of what the loudspeaker gives; `share` of that sound is left under speech."""

    volume: float = 0.0
    share: float = 1.0


def film_loudness(settings: DisplaySettings, view: View, now: datetime) -> FilmLoudness:
    """How loud a film is at `now`, in the hall's time.

    Under a call it is ducked from before the chime until the call has been said, also where another TV says it. While
    one of the TV's zones is quiet, so is the film.
    """
    _, quiet = view.silences.now(now)
    volume = 0.0 if quiet is not None else settings.video_volume * percent_at(settings, now.time()) / 10_000
    return FilmLoudness(volume, settings.video_ducked / 100 if view.lit else 1.0)


def ramp(begin: float, end: float, elapsed_ms: float) -> float:
    """How loud it is so long after it was told to go from `begin` to `end`."""
    done = min(1.0, max(0.0, elapsed_ms / RAMP_MS))
    return begin + (end - begin) * done
