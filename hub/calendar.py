"""Indonesia's days off: national holidays and cuti bersama, by the library `holidays`."""

from datetime import date
from functools import cache

from hub.hours import DayOff

CATEGORIES = ("public", "government")
"""National holidays, and the joint leave that the government adds to them."""


def day_off(day: date) -> DayOff | None:
    """What the national calendar calls `day`; None for a working day.

    Years whose decree is not yet out hold the library's estimates: the hall's own `[[day]]` overrides them.
    """
    return _year(day.year).get(day)


@cache
def _year(year: int) -> dict[date, DayOff]:
    # Only a hall with opening times asks: the library takes 0.2 s and 20 MB.
    from holidays.countries.indonesia import Indonesia  # noqa: PLC0415  -- as said

    names, english = (Indonesia(years=year, categories=CATEGORIES, language=one) for one in ("id", "en_US"))
    return {day: DayOff(name, english.get(day, "")) for day, name in names.items()}
