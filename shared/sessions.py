"""Opening times as a site file writes them: `08.00-12.00, 13.00-15.00`. Pure."""

import re
from typing import NamedTuple

CLOSED = "closed"
"""What a day is called on which nobody is served."""

_SESSION = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")
_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_DAY = 24 * 60


class Session(NamedTuple):
    """A stretch of a day without a break: minutes since midnight, the last not in it."""

    start: int
    end: int


Sessions = tuple[Session, ...]
"""A day's stretches in order; what lies between two is a break. Empty: closed."""


def sessions_of(text: str) -> Sessions:
    """The stretches that `text` names; none for `closed`. Raises ValueError where it names none, or out of order."""
    if text.strip().casefold() == CLOSED:
        return ()
    found = tuple(_session(part.strip()) for part in text.split(","))
    times = [time for session in found for time in session]
    if times != sorted(set(times)) or times[-1] > _DAY:
        raise ValueError(text)
    return found


def minutes_of(text: str) -> int:
    """A time of day, `07.30` or `07:30`, as minutes since midnight. Raises ValueError where it is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]) * 60 + int(match[2])


def _session(text: str) -> Session:
    match = _SESSION.fullmatch(text)
    if match is None or int(match[2]) > 59 or int(match[4]) > 59:  # noqa: PLR2004  -- an hour's last minute
        raise ValueError(text)
    hour, minute, last_hour, last_minute = map(int, match.groups())
    return Session(hour * 60 + minute, last_hour * 60 + last_minute)


def both(one: Sessions, other: Sessions) -> Sessions:
    """When both are open."""
    shared = (Session(max(a.start, b.start), min(a.end, b.end)) for a in one for b in other)
    return tuple(sorted(session for session in shared if session.start < session.end))
