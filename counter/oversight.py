"""The supervisor's part of the sheet: how the hall stands now, and what is closed, opened or given on paper.

Values only, no Qt. One level behind 'Lainnya'; in a hall that asks nobody for a PIN everybody has it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from counter.choice import Choice
from shared.hall import Agency, Counter, Hall
from shared.model import Post, number_text
from shared.wire import (
    LONGEST_PLACE,
    LONGEST_ROLL,
    AgencyNow,
    Alarm,
    AnswerAlarm,
    Asked,
    BeginRoll,
    Close,
    CounterNow,
    CounterSession,
    Device,
    EndQuiet,
    EndRoll,
    Nothing,
    Overview,
    PaperRoll,
    Quiet,
)

LETTER = "P"
"""Opens it in the sheet wherever it stands there: the first letter of its Indonesian name."""


@dataclass(frozen=True)
class OversightTerms:
    """The words of the supervisor's lines, in one language. The functions tell how a thing of the hall stands."""

    title: str
    configuration: str
    agencies: str
    counters: str
    devices: str
    close: str
    reopen: str
    reasons: tuple[str, ...]
    own_words: str
    begin_roll: str
    roll_begun: str
    places: tuple[tuple[str, str], ...]
    """Where a roll may hang: as it is said here, as it is kept."""
    other_place: str
    end_roll: str
    end_roll_now: str
    end_roll_after: str
    last_number: Callable[[str], str]
    place: Callable[[str, str], str]
    quiet: str
    quiet_hall: str
    quiet_why: str
    quiet_for: Callable[[int], str]
    quiet_now: Callable[[datetime | None], str]
    voice_again: str
    done: Callable[[str, str], str]
    summary: Callable[[Overview], str]
    posts: Callable[[Overview], str]
    ailing: Callable[[Overview], str]
    agency_now: Callable[[AgencyNow], str]
    counter_now: Callable[[CounterNow], str]
    device_now: Callable[[Device], str]
    counter: Callable[[Counter], str]
    calls: Callable[[Alarm], str]
    """Who calls for help, and where."""
    since: Callable[[Alarm], str]
    come: str


def may_oversee(session: CounterSession | None) -> bool:
    """Whether who sits here has the supervisor's sheet: the one place where the role decides what is offered.

    What the hub allows it decides itself, verb by verb. Where nobody signs in, everybody may.
    """
    if session is None or session.staff is None:
        return True
    return session.oversees


def oversight(
    seen: Overview, hall: Hall, terms: OversightTerms, more: tuple[Choice, ...] = (), *, at: str = ""
) -> Choice:
    """The line 'Pengawas' with all behind it; `more` lines stand after those of the hall.

    Last those who call for help, so that no line's digit changes when somebody does. `at`: the counter from which one
    would go there.
    """
    agencies = {agency.id: agency for agency in hall.agencies}
    counters = {counter.id: counter for counter in hall.counters}

    def of_agencies() -> tuple[Choice, ...]:
        return tuple(_agency(agencies[one.agency], one, terms) for one in seen.agencies if one.agency in agencies)

    def of_counters() -> tuple[Choice, ...]:
        return tuple(_counter(counters[one.counter], one, terms) for one in seen.counters if one.counter in counters)

    ailing = tuple(Choice(terms.device_now(one)) for one in seen.devices)
    lines = (
        Choice(terms.agencies, terms.summary(seen), opens=of_agencies),
        Choice(terms.counters, terms.posts(seen), opens=of_counters),
        Choice(terms.devices, terms.ailing(seen), further=ailing),
        _quiet(seen, hall, terms),
    )
    calls = tuple(_call_for_help(one, terms, at) for one in seen.alarms)
    return Choice(terms.title, further=(*lines, *more, *calls), letter=LETTER)


def _call_for_help(alarm: Alarm, terms: OversightTerms, at: str) -> Choice:
    """Who calls, where, since when; taken: that somebody comes."""
    come = Choice(terms.come, path=str(alarm.id), body=AnswerAlarm(counter=at or None))
    return Choice(terms.calls(alarm), terms.since(alarm), further=(come,))


# ------------------------------------------------------------ the voice

QUIET_MINUTES = (15, 30, 60)
"""For how long it falls silent at a touch: a prayer, a speech, a ceremony."""


def _quiet(seen: Overview, hall: Hall, terms: OversightTerms) -> Choice:
    """No calls are said for some minutes, in the hall or in one of its zones."""
    whole = _quiet_at("", terms.quiet_hall, seen, terms)
    told = terms.quiet_now(max(seen.quiet.values(), default=None))
    if len(hall.zones) < 2:  # noqa: PLR2004  -- one zone is the hall
        return Choice(terms.quiet, told, further=whole.further)
    zones = (_quiet_at(zone.id, zone.name, seen, terms) for zone in hall.zones)
    return Choice(terms.quiet, told, further=(whole, *zones))


def _quiet_at(zone: str, name: str, seen: Overview, terms: OversightTerms) -> Choice:
    def order(text: str, path: str, body: Asked) -> Choice:
        return Choice(text, path=path, body=body, done=terms.done(name, f"{terms.quiet}: {text}"))

    def hush(minutes: int) -> Choice:
        return order(terms.quiet_for(minutes), "/api/quiet", Quiet(zone=zone, minutes=minutes, why=terms.quiet_why))

    until = max(seen.quiet.values(), default=None) if not zone else seen.quiet.get(zone)
    again = order(terms.voice_again, "/api/quiet/end", EndQuiet(zone=zone))
    return Choice(name, terms.quiet_now(until), further=(*map(hush, QUIET_MINUTES), *([again] if until else [])))


# ------------------------------------------------------------ an agency


def _agency(agency: Agency, now: AgencyNow, terms: OversightTerms) -> Choice:
    whose = _Whose(f"/api/agencies/{agency.id}", agency.short_name, terms)
    doors = whose.order(terms.reopen, "reopen", Nothing()) if now.closed is not None else whose.closing()
    paper = _end_roll(agency, now.roll, whose) if now.roll else _begin_roll(agency, whose)
    return Choice(agency.short_name, terms.agency_now(now), further=(doors, paper))


def _begin_roll(agency: Agency, whose: "_Whose") -> Choice:
    """The first number on the roll, its last, where it hangs."""
    terms = whose.terms

    def from_first(words: str) -> Choice | None:
        first = _number(words, agency)
        if first is None:
            return None
        number = number_text(agency.prefix, first)
        return Choice(terms.last_number(number), then=lambda more: to_last(first, _number(more, agency)))

    def to_last(first: int, last: int | None) -> Choice | None:
        if last is None or not first <= last < first + LONGEST_ROLL:
            return None

        def there(place: str, shown: str) -> Choice:
            body = BeginRoll(first=first, last=last, place=place)
            return whose.order(shown, "paper-roll", body, terms.roll_begun)

        def elsewhere(words: str) -> Choice | None:
            return there(words, words) if len(words) <= LONGEST_PLACE else None

        title = terms.place(number_text(agency.prefix, first), number_text(agency.prefix, last))
        return Choice(
            title,
            further=(*(there(kept, shown) for shown, kept in terms.places), Choice(terms.other_place, then=elsewhere)),
        )

    return Choice(terms.begin_roll, then=from_first)


def _end_roll(agency: Agency, roll: PaperRoll, whose: "_Whose") -> Choice:
    """At once, or with those waiting on who hold a number that was not called yet."""
    terms = whose.terms

    def after(words: str) -> Choice | None:
        number = _number(words, agency)
        if number is None or number > roll.last:
            return None
        return whose.order(terms.end_roll, "end-paper-roll", EndRoll(handed_out=number))

    at_once = whose.order(terms.end_roll_now, "end-paper-roll", EndRoll(), terms.end_roll)
    return Choice(terms.end_roll, further=(at_once, Choice(terms.end_roll_after, then=after)))


def _number(words: str, agency: Agency) -> int | None:
    """`101` or `A-101` as a number; None for anything else."""
    digits = words.strip().upper().removeprefix(f"{agency.prefix}-")
    return (
        int(digits) if digits.isascii() and digits.isdecimal() and 0 < len(digits) <= _DIGITS and int(digits) else None
    )


_DIGITS = 5


# ------------------------------------------------------------ a counter


def _counter(counter: Counter, now: CounterNow, terms: OversightTerms) -> Choice:
    whose = _Whose(f"/api/counters/{counter.id}", terms.counter(counter), terms)
    is_closed = now.state is Post.CLOSED
    line = whose.order(terms.reopen, "reopen", Nothing()) if is_closed else whose.closing()
    return Choice(terms.counter(counter), terms.counter_now(now), further=(line,))


@dataclass(frozen=True)
class _Whose:
    """An agency or a counter: its path at the hub, its name, and what may be ordered of it."""

    path: str
    name: str
    terms: OversightTerms

    def order(self, text: str, verb: str, body: Asked, what: str = "") -> Choice:
        return Choice(text, path=f"{self.path}/{verb}", body=body, done=self.terms.done(self.name, what or text))

    def closing(self) -> Choice:
        """Why it is closed: as visitors read it on kiosk and page."""

        def because(why: str) -> Choice:
            return self.order(why, "close", Close(why=why), self.terms.close)

        reasons = tuple(map(because, self.terms.reasons))
        return Choice(self.terms.close, further=(*reasons, Choice(self.terms.own_words, then=because)))
