"""How loud a TV speaks at a time of day. Pure."""

from datetime import time

from shared.hall import DisplaySettings
from shared.sessions import minutes_of


def percent_at(settings: DisplaySettings, moment: time) -> int:
    """The percent in force at `moment` of the hall's day: of the latest `volume_at` begun by then, else `volume`."""
    now = moment.hour * 60 + moment.minute
    begun = sorted((minutes_of(one.begin), one.percent) for one in settings.volume_at if minutes_of(one.begin) <= now)
    return begun[-1][1] if begun else settings.volume
