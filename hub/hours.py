"""When numbers are given: weeks, breaks, seasons, days off, quotas. Pure: no clock, no book, no Qt.

What the nearest says counts: the service, its agency, the hall. Above the week stand the seasons (Ramadan), above
those the national days off, above all the hall's own list of dates.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple, TypeVar

from shared.hall import Hours, Quota, SpecialDay
from shared.sessions import Session, Sessions, both, sessions_of
from shared.trouble import Trouble

T = TypeVar("T")

ALL_DAY: Sessions = (Session(0, 24 * 60),)
NOON = 12 * 60
LOOK_AHEAD_DAYS = 400
"""How far the next opening is looked for; longer than a year, for what opens once in one."""


class DayOff(NamedTuple):
    """Why a date is different: its name in Indonesian and English."""

    name: str
    name_en: str = ""


HolidayOf = Callable[[date], DayOff | None]
"""The national calendar: what a date is, None for a working day."""


def no_holidays(_: date) -> None:
    """A calendar without days off."""


class DayPlan(NamedTuple):
    """One date's opening times; `off`: why they are not the week's."""

    sessions: Sessions
    off: DayOff | None = None

    @property
    def noon(self) -> int:
        """The minute at which the morning's quota ends: the day's first break, or noon."""
        return self.sessions[0].end if len(self.sessions) > 1 else NOON


@dataclass(frozen=True)
class Opening:
    """Whether numbers are given, and until when that is so (None: as far as anybody can see).

    `code`: '' when they are, else the code of the trouble that refuses; `off`: the day off it is, or the reason
    somebody gave.
    """

    code: str
    until: datetime | None
    off: DayOff | None = None

    @property
    def is_open(self) -> bool:
        """Whether numbers are given."""
        return not self.code

    def trouble(self, now: datetime) -> Trouble:
        """The refusal for who asks at `now`: why, until when. KeyError where numbers are given."""
        off = self.off or DayOff("")
        values = {"at": now.isoformat(), "opens": self.until.isoformat() if self.until else ""}
        return Trouble(self.code, **values, why=off.name, why_en=off.name_en or off.name)


ALWAYS = Opening("", None)


class Taken(NamedTuple):
    """How many numbers were given on a day, before its noon and after."""

    morning: int
    afternoon: int

    def and_one(self, *, is_early: bool) -> "Taken":
        """One more."""
        return Taken(self.morning + is_early, self.afternoon + (not is_early))

    def with_(self, others: "Taken") -> "Taken":
        """Both together."""
        return Taken(self.morning + others.morning, self.afternoon + others.afternoon)


class Timetable:
    """The opening times of one service, or of several that have the same. Dates and times are the hall's own."""

    def __init__(
        self,
        hall: Hours | None,
        own: Iterable[Hours | None] = (),
        *,
        days: Iterable[SpecialDay] = (),
        holiday: HolidayOf = no_holidays,
    ) -> None:
        """`own`: what service and agency say, the nearest first. `holiday`: the national calendar."""
        self._own = [level for level in own if level is not None]
        self._levels = self._own if hall is None else [*self._own, hall]
        self._days: Mapping[date, SpecialDay] = {day.date: day for day in days}
        self._plans: dict[date, DayPlan] = {}
        self._has_week = any(level.on(weekday) for level in self._levels for weekday in range(7))
        self._cutoff = _nearest([level.cutoff_minutes for level in self._levels], 0)
        observes = bool(self._levels) and _nearest([level.holidays for level in self._levels], True)  # noqa: FBT003  -- a value looked for, not a switch
        self._holiday = holiday if observes else no_holidays

    @property
    def is_always_open(self) -> bool:
        """Whether nothing limits it."""
        return not self._levels and not self._days

    def day(self, day: date) -> DayPlan:
        """The opening times of that date."""
        if day not in self._plans:
            if len(self._plans) > LOOK_AHEAD_DAYS:
                self._plans.clear()
            self._plans[day] = self._plan(day)
        return self._plans[day]

    def _plan(self, day: date) -> DayPlan:
        if special := self._days.get(day):
            off = DayOff(special.name, special.name_en)
            return DayPlan(self._within(sessions_of(special.hours), self._own, day), off)
        if off_day := self._holiday(day):
            return DayPlan((), off_day)
        return DayPlan(self._seasonal(day))

    def _seasonal(self, day: date) -> Sessions:
        """A season's times; who has times of its own nearer than the season's keeps to both."""
        for index, level in enumerate(self._levels):
            text = _season_text(level, day)
            if text is not None:
                return self._within(sessions_of(text), self._levels[:index], day)
        return self._ordinary(self._levels, day)

    def _within(self, outer: Sessions, nearer: list[Hours], day: date) -> Sessions:
        named = any(level.on(day.weekday()) for level in nearer)
        return both(outer, self._ordinary(nearer, day)) if named else outer

    def _ordinary(self, levels: list[Hours], day: date) -> Sessions:
        text = next((said for level in levels if (said := level.on(day.weekday()))), None)
        if text is None:
            return () if self._has_week else ALL_DAY
        return sessions_of(text)

    # ------------------------------------------------------------ now

    def opening(self, now: datetime) -> Opening:
        """Whether numbers are given at `now` (in the hall's zone), and until when."""
        if self.is_always_open:
            return ALWAYS
        plan = self.day(now.date())
        if not plan.sessions:
            return Opening("closed_holiday" if plan.off else "closed_until", self.next_day(now), plan.off)
        return self._on(plan, now)

    def _on(self, plan: DayPlan, now: datetime) -> Opening:
        minute = now.hour * 60 + now.minute
        day, zone = now.date(), now.tzinfo
        first, last = plan.sessions[0], plan.sessions[-1]
        closing = last.end - self._cutoff
        if minute < first.start < closing:
            return Opening("closed_until", _at(day, first.start, zone), plan.off)
        if minute >= closing:
            return Opening("past_cutoff" if minute < last.end else "closed_until", self.next_day(now), plan.off)
        coming = next(session for session in plan.sessions if minute < session.end)
        if coming.start <= minute:
            return Opening("", _at(day, min(coming.end, closing), zone))
        if coming.start >= closing:
            return Opening("past_cutoff", self.next_day(now), plan.off)
        return Opening("on_break_until", _at(day, coming.start, zone))

    def next_day(self, now: datetime) -> datetime | None:
        """When the next day's first number is given; None if there is no such day within a year and more."""
        for ahead in range(1, LOOK_AHEAD_DAYS):
            day = now.date() + timedelta(days=ahead)
            sessions = self.day(day).sessions
            if sessions and sessions[0].start < sessions[-1].end - self._cutoff:
                return _at(day, sessions[0].start, now.tzinfo)
        return None

    def noon(self, day: date, zone: tzinfo) -> datetime:
        """The moment from which numbers count to the afternoon's quota."""
        return _at(day, self.day(day).noon, zone)

    # ------------------------------------------------------------ over it

    def closed_today(self, opening: Opening, now: datetime, reason: str) -> Opening:
        """`opening`, where somebody has closed for the rest of the day; what the calendar says already stays."""
        ends_today = opening.until is not None and opening.until.date() == now.date()
        if not (opening.is_open or ends_today):
            return opening
        return Opening("closed_today", self.next_day(now), DayOff(reason))

    def limited(self, opening: Opening, now: datetime, quota: Quota, taken: Taken) -> Opening:
        """`opening`, where so many numbers have been given already."""
        if not opening.is_open or now.tzinfo is None:
            return opening
        if _reached(quota.day, sum(taken)):
            return Opening("quota_full", self.next_day(now))
        noon = self.noon(now.date(), now.tzinfo)
        if now >= noon:
            return Opening("quota_full", self.next_day(now)) if _reached(quota.afternoon, taken.afternoon) else opening
        if not _reached(quota.morning, taken.morning):
            return replace(opening, until=noon) if opening.until is None or opening.until > noon else opening
        return self._after_noon(noon, quota, taken, now)

    def _after_noon(self, noon: datetime, quota: Quota, taken: Taken, now: datetime) -> Opening:
        """The morning's numbers are given out: when the afternoon's are, if there are any."""
        afternoon = self.opening(noon)
        opens = noon if afternoon.is_open else afternoon.until
        if _reached(quota.afternoon, taken.afternoon) or opens is None or opens.date() != now.date():
            opens = self.next_day(now)
        return Opening("quota_full", opens)


def _season_text(level: Hours, day: date) -> str | None:
    found = (season for season in level.seasons if season.first_day <= day <= season.last_day)
    return next((text for season in found if (text := season.on(day.weekday()))), None)


def _reached(limit: int | None, count: int) -> bool:
    return limit is not None and count >= limit


def _nearest(said: list[T | None], otherwise: T) -> T:
    return next((one for one in said if one is not None), otherwise)


def _at(day: date, minute: int, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone) + timedelta(minutes=minute)
