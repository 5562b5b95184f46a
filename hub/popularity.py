"""How much a service is asked for at this hour, by the hall's own past weeks. Pure: no clock, no book, no Qt."""

from collections import Counter, defaultdict

Taken = dict[str, dict[int, int]]
"""Numbers of past weeks: by service, then by the hour in which they were taken."""

NOW, BESIDE, ELSE = 10, 5, 1
"""What a number counts for that was taken in this hour, in the one before or after, in any other.

So that a kiosk which opens at eight does not begin with what is rare at eight, nor forget what comes at nine.
"""


class Tally:
    """Counts numbers of past weeks as they are shown."""

    def __init__(self) -> None:
        self._taken: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def count(self, service: str, hour: int) -> None:
        """One more of `service`, taken in that hour."""
        self._taken[service][hour] += 1

    def taken(self) -> Taken:
        """All that was counted."""
        return {service: dict(hours) for service, hours in self._taken.items()}


def usual(taken: Taken, service: str, hour: int) -> int:
    """How much `service` is asked for about that hour; 0 where nothing was learnt of it."""
    hours = taken.get(service, {})
    beside = hours.get((hour - 1) % 24, 0) + hours.get((hour + 1) % 24, 0)
    now, all_day = hours.get(hour, 0), sum(hours.values())
    return NOW * now + BESIDE * beside + ELSE * (all_day - now - beside)
