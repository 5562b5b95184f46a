"""Where no calls are said for now, as a supervisor has it, and until when. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.wire import LONGEST_QUIET, Board, Event

LONGEST = timedelta(minutes=LONGEST_QUIET, seconds=10)
"""What lasts longer was told by a clock that ran ahead and was put back. Ten seconds: this clock is not the hub's."""

HALL = ""
"""In place of a zone: all of them."""


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

    def until_of_all(self, zones: Iterable[str], now: datetime) -> datetime | None:
        """Until when no calls of any of these zones are said; None where one of them has its voice."""
        ends = [self.until(zone, now) for zone in zones]
        known = [end for end in ends if end is not None]
        return min(known) if known and len(known) == len(ends) else None
