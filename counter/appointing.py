"""The sheet's lines for a number with an appointment: its time is typed, then what it is for. Values only, no Qt."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from counter.choice import Choice, Terms
from counter.desk import Desk, Verb
from counter.journeys import by_agency
from shared.hall import Agency, Hall, Service
from shared.wire import Issue

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d{2}))?")


def time_typed(words: str) -> time | None:
    """`9`, `930`, `9.30` or `09:30` as a time of day; None for what is none."""
    found = _TIME.fullmatch(words.strip()) if words.isascii() else None
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour <= time.max.hour and minute <= time.max.minute else None


def appointing(
    desk: Desk, hall: Hall, agencies: Sequence[Agency], terms: Terms, *, priority: bool
) -> tuple[Choice, ...]:
    """A number for whom was asked to come today at some time; no line where no agency takes appointments."""
    willing = [one for one in agencies if _takes_any(one, hall)]
    if not willing or desk.view is None:
        return ()
    today = desk.view.now.astimezone(ZoneInfo(hall.timezone))

    def at(words: str) -> Choice | None:
        typed = time_typed(words)
        return _for_what(datetime.combine(today, typed, today.tzinfo)) if typed else None

    def _for_what(moment: datetime) -> Choice:
        def give(service: Service) -> Choice:
            body = Issue(service=service.id, priority=priority, appointment=moment)
            return Choice(terms.service(service), verb=Verb.ISSUE, body=body)

        lines = by_agency(willing, terms, give)
        return Choice(terms.appointment_at(moment), further=lines[0].further if len(lines) == 1 else lines)

    return (Choice(terms.appointment, then=at),)


def _takes_any(agency: Agency, hall: Hall) -> bool:
    rules = agency.appointments or hall.appointments
    return rules is not None and rules.per_hour > 0
