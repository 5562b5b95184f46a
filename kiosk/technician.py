"""The technician before a kiosk: the touch that opens the page, the PIN's lock, the minute of cleaning. Pure.

Times are seconds: of the gesture and the cleaning on any clock that never jumps, of the lock the PC's own clock, since
it outlives a restart.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from kiosk.scene import Stage

CORNER_MM = 30
"""The side of the two corners: a hand that does not look finds them, a tile is never within."""
HOLD_S = 1.0
BETWEEN_S = 2.0
"""The second corner is touched so soon after the first was left."""

TRIES = 5
LOCKS_S = (30, 60, 120, 300, 600)
"""How long each lock lasts, the last of them from then on. A child's play shuts the technician out for ten minutes at
most; and who stands there day and night has 720 tries a day, of which eight figures take 380 years."""

CLEANING_S = 30
PIN_IDLE_S = 30
"""So long the page stays that asks for the PIN: whoever opened it by accident need not find the way out."""
IDLE_S = 120
"""So long every page behind the PIN stays without a touch."""
WAITS_S = 90
"""So long the gesture waits for the number in hand to be seen: longer than any last screen stays."""


class Corner(StrEnum):
    """One of the screen's two upper corners."""

    LEFT = "left"
    RIGHT = "right"


def corner_at(x: float, y: float, *, width: float, side: float) -> Corner | None:
    """In which corner of `side` pixels a point of a window of that width lies, if in any."""
    if not 0 <= y <= side:
        return None
    if 0 <= x <= side:
        return Corner.LEFT
    return Corner.RIGHT if width - side <= x <= width else None


class Gesture:
    """Hold the upper left corner for a second, let go, hold the upper right one for a second, let go.

    Nothing on any screen is held, so that no visitor does it by accident; and what lies in those corners where a
    screen is read out only moves from choice to choice.
    """

    def __init__(self) -> None:
        self._down: tuple[Corner | None, float] | None = None
        self._left_at: float | None = None
        """When the upper left corner was let go after it had been held."""

    def down(self, corner: Corner | None, at: float) -> None:
        """A finger is on the screen, in that corner or elsewhere."""
        in_time = self._left_at is not None and at - self._left_at <= BETWEEN_S
        if not (corner is Corner.RIGHT and in_time):
            self._left_at = None
        self._down = (corner, at)

    def up(self, corner: Corner | None, at: float) -> bool:
        """It was let go there; whether that completes the gesture."""
        began, self._down = self._down, None
        was_left, self._left_at = self._left_at is not None, None
        if corner is None or began is None or began[0] is not corner or at - began[1] < HOLD_S:
            return False
        if corner is Corner.LEFT:
            self._left_at = at
        return corner is Corner.RIGHT and was_left


def opens_over(stage: Stage) -> bool:
    """Whether the page may open over that screen now: never over a number that is being taken, printed or read."""
    return stage in (Stage.CHOOSING, Stage.SORRY)


class Lock(BaseModel):
    """How often a wrong PIN was typed in a row: each fifth locks the page, for half a minute, later for up to ten."""

    model_config = ConfigDict(frozen=True)

    wrong: int = 0
    locks: int = 0
    until: float = 0.0
    """Seconds since 1970."""

    def after_wrong(self, now: float) -> "Lock":
        """As it is after a wrong PIN at `now`."""
        if self.wrong + 1 < TRIES:
            return Lock(wrong=self.wrong + 1, locks=self.locks, until=self.until)
        return Lock(locks=self.locks + 1, until=now + lock_s(self.locks))

    def left_s(self, now: float) -> float:
        """For how long no PIN is looked at; never longer than the lock itself, however the PC's clock was set back."""
        return max(0.0, min(self.until - now, lock_s(self.locks - 1))) if self.locks else 0.0

    @property
    def tries(self) -> int:
        """How many wrong ones are left before the next lock."""
        return TRIES - self.wrong


def lock_s(before: int) -> float:
    """How long a lock lasts before which there were so many."""
    return float(LOCKS_S[min(before, len(LOCKS_S) - 1)])


@dataclass(frozen=True)
class Cleaning:
    """A screen that is being wiped: for 30 s from `begun` no touch counts."""

    begun: float

    def left(self, now: float) -> int:
        """Whole seconds that are still to come; 0: it is over."""
        return max(0, math.ceil(self.begun + CLEANING_S - now))
