"""When a program that runs unattended is started again, how soon, and what is told of it. No process, no clock."""

from dataclasses import dataclass
from typing import NamedTuple

RESTART = 75
"""The exit status of a program that asks to be started again, at once."""

TAKEN = 73
"""The exit status of one whose place another program of this PC has already: two would print at one printer."""

_WRONG_COMMAND = 2
"""argparse's, before anything was begun: the same words would be refused again."""

AT_ONCE = 2
"""So many falls in a row, each soon after its start, cost no pause."""
LONGEST_PAUSE_S = 10.0


@dataclass(frozen=True)
class Patience:
    """How long the watchdog waits, in seconds; from a freeze to the next first frame it may be 10 together.

    `start_s`: from the start to the first beat, on a slow disk just after power-up. `silent_s`: between two beats, sent
    every second. `late_s`: what a beat may still be on the way when the whole PC was busy. `grace_s`: how long a frozen
    program may end by itself, and the printer's thread go on, before it is killed. `leave_s`: the same for one that is
    well. `steady_s`: who has lived so long has not fallen soon.
    """

    start_s: float = 30
    silent_s: float = 3.5
    late_s: float = 0.5
    grace_s: float = 0.5
    leave_s: float = 5
    steady_s: float = 60


class End(NamedTuple):
    """How a program ended. `status`: as subprocess has it, a signal as its negative number. `began`: it beat once."""

    status: int
    lived_s: float
    began: bool = True
    froze: bool = False

    @property
    def is_meant(self) -> bool:
        """Whether it is over: closed by a person, wrongly called, or another program has its place."""
        is_refused = self.status == _WRONG_COMMAND and not self.began
        return not self.froze and (self.status in {0, TAKEN} or is_refused)

    @property
    def is_asked(self) -> bool:
        """Whether it asked to be started again."""
        return not self.froze and self.status == RESTART

    @property
    def reason(self) -> str:
        """In a few words, for the log and the hub's health page."""
        if self.froze:
            return "froze" if self.began else "never began"
        if self.is_asked:
            return "asked"
        return f"signal {-self.status}" if self.status < 0 else f"status {self.status}"


def falls_in_a_row(before: int, end: End, patience: Patience) -> int:
    """How many falls came soon after their starts, this one among them; `before`: how many until now."""
    if end.is_asked or end.lived_s >= patience.steady_s:
        return 0
    return before + 1


def pause_s(falls: int) -> float:
    """How long to wait before the next start after so many falls in a row: what fails at once would fail for ever."""
    return 0.0 if falls <= AT_ONCE else min(LONGEST_PAUSE_S, 2.0 ** (falls - AT_ONCE - 1))
