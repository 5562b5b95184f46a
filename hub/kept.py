"""What the writer knows of the file without asking it again. No SQL.

Nobody else writes, so that what one transaction found or wrote is still so for the next.
"""

from collections.abc import MutableMapping
from typing import Any, Literal, TypeVar

from hub.hours import Taken
from hub.rows import RollRow

V = TypeVar("V")

Place = Literal["agency", "counter", "pause"]
Turn = tuple[int, str, int, str | None, int]
"""A call, or one that was taken back: its event and kind, the ticket, why it was called, whether it is priority (1)."""

Closed = dict[Place, dict[str, str]]
"""Why each is closed: by agency, by counter; and why a counter pauses."""


class Kept:
    """Found once, each for as long as nothing is written that changes it.

    A transaction has its own `copy`, which takes the place of the one before at its commit and goes with it where
    it is undone. What is kept by day is of one day, as a rule; what is of another is forgotten.
    """

    __slots__ = ("closed", "counted", "held", "is_sent", "last", "rolls", "sequences", "turns", "waiting")

    def __init__(self) -> None:
        self.last: tuple[int, int] | None = None
        """Id and time of the newest event."""
        self.held: int | None = None
        """When the first hold ends (ms), far in the future where nobody is held."""
        self.is_sent: bool | None = None
        """Whether anybody waits for one counter alone."""
        self.sequences: dict[tuple[str, str], int] = {}
        """The last number of the running sequence, by day and prefix."""
        self.waiting: dict[tuple[str, str], tuple[int, int]] = {}
        """How many wait, regular and priority, by day and agency."""
        self.counted: dict[tuple[str, str, str | None, int], Taken] = {}
        """How many were taken, by what `Reading.taken` is asked."""
        self.closed: dict[tuple[str], Closed] = {}
        """What is closed, by day."""
        self.rolls: dict[tuple[str], tuple[RollRow, ...]] = {}
        """The paper rolls, by day."""
        self.turns: dict[str, tuple[int, tuple[Turn, ...]]] = {}
        """The newest of what each counter called and took back, newest first, of whichever day; at most how many."""

    def copy(self) -> "Kept":
        """The same, to be changed apart."""
        other = Kept()
        other.last, other.held, other.is_sent = self.last, self.held, self.is_sent
        other.sequences, other.waiting = self.sequences.copy(), self.waiting.copy()
        other.counted, other.closed, other.rolls = self.counted.copy(), self.closed.copy(), self.rolls.copy()
        other.turns = self.turns.copy()
        return other

    def forget(self) -> None:
        """Ask the file again, for all of it."""
        self.last = self.held = self.is_sent = None
        for found in (self.sequences, self.waiting, self.counted, self.closed, self.rolls, self.turns):
            found.clear()


def keep(found: MutableMapping[Any, V], asked: tuple[Any, ...], value: V) -> V:
    """Keep a value under what was asked, which begins with the day; those of another day go."""
    if any(other[0] != asked[0] for other in found):
        found.clear()
    found[asked] = value
    return value
