"""Whether a number may be taken now: the opening times, the quotas and what was closed today, asked of the book."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.calendar import day_off
from hub.hours import ALWAYS, DayOff, Opening, Timetable
from hub.kept import Closed
from hub.roll import on_now
from hub.rows import RollRow, to_moment, to_ms
from hub.store import Reading
from shared.hall import Agency, Hall, Quota, Service
from shared.wire import Offer, Offers
from shared.words import Words

_ENGLISH = Words("en")


class _Known(NamedTuple):
    """An opening, and the moments (ms) between which it holds; None: for ever."""

    opening: Opening
    since: int
    until: int | None


class Line(NamedTuple):
    """A service with all that limits it."""

    agency: Agency
    service: Service
    table: Timetable
    counters: tuple[str, ...]
    quotas: tuple[tuple[str | None, Quota], ...]
    """Of which service it is (None: of all of the agency's), and how many."""

    def why_closed(self, closed: Closed) -> str:
        """Why it is closed for the rest of the day: its agency, or all of its counters; '' where it is not."""
        if why := closed["agency"].get(self.agency.id):
            return why
        counters = closed["counter"]
        return (
            counters[self.counters[0]]
            if counters and self.counters and all(one in counters for one in self.counters)
            else ""
        )


class Gate:
    """The doors of a hall, by service."""

    def __init__(self, hall: Hall) -> None:
        self._zone = ZoneInfo(hall.timezone)
        self._lines = {line.service.id: line for agency in hall.agencies for line in _lines(hall, agency)}
        self._agencies = hall.agencies
        self._known: dict[int, _Known] = {}

    def check(self, book: Reading, now: int, day: str, service: str) -> None:
        """Raises Trouble where no number of this service is given at `now` (ms), which is on `day`.

        closed_until, on_break_until, past_cutoff, closed_holiday, closed_today, quota_full, paper_roll.
        """
        opening = self._by_hand(self._opening(book, now, service, book.closed(day)), service, book.rolls(day))
        if not opening.is_open:
            raise opening.trouble(self._moment(now))

    def _by_hand(self, opening: Opening, service: str, rolls: tuple[RollRow, ...]) -> Opening:
        """As `opening`; while the agency's numbers are torn off a paper roll, none is given here."""
        if not rolls or not opening.is_open:
            return opening
        roll = on_now(rolls).get(self._lines[service].agency.id)
        return Opening("paper_roll", None, DayOff(roll.place, _ENGLISH.say(roll.place))) if roll else opening

    def _moment(self, now: int) -> datetime:
        return to_moment(now, self._zone)

    def _opening(self, book: Reading, now: int, service: str, closed: Closed) -> Opening:
        """Whether numbers of this service are given at `now` (ms), and until when that is so."""
        line = self._lines[service]
        opening = self._by_the_clock(line.table, now)
        if why := line.why_closed(closed):
            return line.table.closed_today(opening, self._moment(now), why)
        return self._within_quotas(book, now, line, opening) if line.quotas else opening

    def _within_quotas(self, book: Reading, now: int, line: Line, opening: Opening) -> Opening:
        moment = self._moment(now)
        day = moment.date()
        noon = to_ms(line.table.noon(day, self._zone))
        for of_service, quota in line.quotas:
            taken = book.taken(day.isoformat(), line.agency.prefix, of_service, noon)
            passing = book.passing(day.isoformat(), line.agency, of_service, noon)
            opening = line.table.limited(opening, moment, quota, taken.with_(passing))
        return opening

    def _by_the_clock(self, table: Timetable, now: int) -> Opening:
        """The timetable's opening, looked up once until it changes: every ticket taken asks."""
        if table.is_always_open:
            return ALWAYS
        known = self._known.get(id(table))
        if known is None or now < known.since or (known.until is not None and now >= known.until):
            opening = table.opening(self._moment(now))
            known = _Known(opening, now, None if opening.until is None else to_ms(opening.until))
            self._known[id(table)] = known
        return known.opening

    def at(self, moment: datetime, service: str) -> Opening:
        """Whether numbers of this service are given at a moment in the hall's zone, by the opening times alone."""
        return self._lines[service].table.opening(moment)

    def look_up(self, now: int) -> None:
        """Look up every timetable at `now` (ms): not under the first finger."""
        for line in self._lines.values():
            self._by_the_clock(line.table, now)

    def offers(self, book: Reading, now: int, last_event: int) -> Offers:
        """What is given and what is not, of each service and each agency."""
        day = self._moment(now).date().isoformat()
        closed, rolls = book.closed(day), book.rolls(day)
        openings = {
            service: self._by_hand(self._opening(book, now, service, closed), service, rolls) for service in self._lines
        }
        agencies = [_offer(agency.id, _of_agency(agency, openings)) for agency in self._agencies]
        changes = [opening.until for opening in openings.values() if opening.until is not None]
        return Offers(
            now=self._moment(now),
            last_event=last_event,
            changes_at=min(changes, default=None),
            agencies=agencies,
            services=[_offer(service, opening) for service, opening in openings.items()],
        )


def _lines(hall: Hall, agency: Agency) -> list[Line]:
    common = Timetable(hall.hours, [agency.hours], days=hall.days, holiday=day_off)
    return [_line(hall, agency, service, common) for service in agency.services]


def _line(hall: Hall, agency: Agency, service: Service, common: Timetable) -> Line:
    table = common
    if service.hours is not None:
        table = Timetable(hall.hours, [service.hours, agency.hours], days=hall.days, holiday=day_off)
    limits = ((None, agency.quota), (service.id, service.quota))
    counters = tuple(counter.id for counter in hall.counters_of(agency.id))
    return Line(agency, service, table, counters, tuple((of, quota) for of, quota in limits if quota is not None))


def _of_agency(agency: Agency, openings: Mapping[str, Opening]) -> Opening:
    """Open while one of its services is, else as the one that opens first."""
    ours = [openings[service.id] for service in agency.services]
    is_open = [opening for opening in ours if opening.is_open]
    return min(is_open or ours, key=_soonest)


def _soonest(opening: Opening) -> tuple[bool, float]:
    return (opening.until is None, opening.until.timestamp() if opening.until else 0)


def _offer(whose: str, opening: Opening) -> Offer:
    off = opening.off
    why, why_en = (off.name, off.name_en) if off and not opening.is_open else ("", "")
    return Offer(id=whose, code=opening.code, until=opening.until, why=why, why_en=why_en)
