"""'Tampilan & suara': how a visitor wants the kiosk, for this visit only. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from shared.qt.palette import Variant


class Mode(StrEnum):
    """One way in which the kiosk suits a body; they combine freely."""

    LARGE = "large"
    """Large print: one step up the type scale."""
    CONTRAST = "contrast"
    """High contrast: WCAG's level AAA."""
    LOW = "low"
    """Reach lower: all that is touched stands in the lower part of the screen."""
    SPOKEN = "spoken"
    """Each screen is read out, and moved through without seeing it."""
    DARK = "dark"
    """Spoken, with the screen dark: nobody reads along."""


@dataclass(frozen=True)
class Modes:
    """Which of the modes are on."""

    large: bool = False
    contrast: bool = False
    low: bool = False
    spoken: bool = False
    dark: bool = False

    def has(self, mode: Mode) -> bool:
        """Whether `mode` is on."""
        on: bool = getattr(self, mode.value)
        return on

    def switched(self, mode: Mode) -> "Modes":
        """As these, with `mode` on where it was off and off where it was on."""
        on = not self.has(mode)
        switched = replace(self, **{mode.value: on})
        if mode is Mode.DARK and on:
            return replace(switched, spoken=True)
        return replace(switched, dark=switched.dark and switched.spoken)

    def mute(self) -> "Modes":
        """As these, without what needs a voice."""
        return replace(self, spoken=False, dark=False)

    @property
    def variant(self) -> Variant:
        """How the window is dressed for them."""
        return Variant(large=self.large, contrast=self.contrast, low=self.low)


AS_USUAL = Modes()
"""The kiosk for whoever has asked for nothing else."""
