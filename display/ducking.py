"""How loud a film is beside the voice. Pure."""

from dataclasses import dataclass
from datetime import time

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


def film_loudness(settings: DisplaySettings, view: View, moment: time) -> FilmLoudness:
    """How loud a film is now.

    Under a call it is ducked from before the chime until the call has been said, also where another TV says it; at
    `Tanpa suara` it is silent.
    """
    quiet = view.quiet_until is not None
    volume = 0.0 if quiet else settings.video_volume * percent_at(settings, moment) / 10_000
    return FilmLoudness(volume, settings.video_ducked / 100 if view.lit else 1.0)


def ramp(begin: float, end: float, elapsed_ms: float) -> float:
    """How loud it is so long after it was told to go from `begin` to `end`."""
    done = min(1.0, max(0.0, elapsed_ms / RAMP_MS))
    return begin + (end - begin) * done
