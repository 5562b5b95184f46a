"""Where no calls are said for now, as a supervisor has it, and until when. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.wire import LONGEST_QUIET, Board, Event

LONGEST = timedelta(minutes=LONGEST_QUIET, seconds=10)
"""What lasts longer was told by a clock that ran ahead and was put back. Ten seconds: this clock is not the hub's."""

HALL = ""
"""In place of a zone: all of them."""


@dataclass(frozen=True)
class Silences:
    """The quiet ones of a TV's zones, by name, each with when its quiet ends; `zones`: how many the TV has."""

    ends: tuple[tuple[str, datetime], ...] = ()
    zones: int = 0

    def now(self, now: datetime) -> tuple[list[str], datetime | None]:
        """In which zones no calls are said, and until when that holds. No names: in none, or in all of the TV's."""
        quiet = [(zone, end) for zone, end in self.ends if end > now]
        until = min((end for _, end in quiet), default=None)
        return [] if len(quiet) == self.zones else [zone for zone, _ in quiet], until


NOWHERE = Silences()


class Quietness:
    """The zones that are quiet, learnt from the hub's answers and its feed, in whichever order they come."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._last = 0

    def merge(self, answer: Board) -> None:
        """The hub's answer, unless the feed has told of something newer."""
        if answer.last_event >= self._last:
            self._until, self._last = dict(answer.quiet), answer.last_event

    def take(self, event: Event) -> bool:
        """An event of the feed; whether it was of this."""
        told = event.quiet
        if told is None or event.id < self._last:
            return False
        self._last = event.id
        if told.until is not None:
            self._until[told.zone] = told.until
        elif told.zone == HALL:
            self._until.clear()
        else:
            self._until.pop(told.zone, None)
        return True

    def forget(self) -> None:
        """The hub's history is another one."""
        self._until.clear()
        self._last = 0

    def until(self, zone: str, now: datetime) -> datetime | None:
        """Until when no calls of the zone are said; None where they are."""
        ends = [end for where, end in self._until.items() if where in (HALL, zone) and now < end <= now + LONGEST]
        return max(ends, default=None)

    def silences(self, zones: Mapping[str, str], now: datetime) -> Silences:
        """Which of these zones are quiet, and until when. `zones`: their names."""
        ends = [(name, end) for zone, name in zones.items() if (end := self.until(zone, now)) is not None]
        return Silences(tuple(ends), len(zones)) if ends else NOWHERE
