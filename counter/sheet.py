"""The sheet behind 'Lainnya': what else an officer may do now, as a tree of choices. Values only, no Qt."""

from collections.abc import Iterable
from functools import partial

from counter.appointing import appointing
from counter.choice import Choice, Terms
from counter.copies import copies
from counter.desk import Desk, Verb
from counter.journeys import by_agency, following, giving
from counter.results import corrections
from shared.hall import Agency, Hall, Service
from shared.model import State
from shared.wire import AnswerAlarm, CallChosen, Hold, OnTicket, Pause, RaiseAlarm, Ticket, Transfer, WalkIn

HOLD_MINUTES = (5, 10, 15, 30)


def sheet(desk: Desk, hall: Hall, terms: Terms) -> Choice:
    """What else may be done at this desk now; without `further` where there is nothing."""
    view = desk.view
    lines = _who_is_here(desk, hall, terms)
    if view is not None and Verb.CALL in desk.offered:
        chosen = (Choice(terms.ticket(one), terms.badge(one), further=_reasons(one, terms)) for one in view.waiting)
        lines.append(Choice(terms.call, further=(*chosen, *_paper(desk, hall, terms))))
    if view is not None and Verb.UNHOLD in desk.offered:
        held = (Choice(terms.ticket(one), terms.until(one), Verb.UNHOLD, OnTicket(ticket=one.id)) for one in view.held)
        lines.append(Choice(terms.unhold, further=tuple(held)))
    if Verb.UNDO_NO_SHOW in desk.offered:
        lines.append(Choice(terms.undo_no_show, further=_absent(desk, terms)))
    if Verb.CORRECT in desk.offered:
        lines.append(Choice(terms.correct, further=corrections(desk, hall, terms)))
    if Verb.ISSUE in desk.offered:
        lines += [_issue(desk, hall, terms, priority=priority) for priority in (False, True)]
    if Verb.WALK_IN in desk.offered:
        lines.append(Choice(terms.walk_in, further=_walk_ins(desk, hall, terms, priority=False)))
    if Verb.PAUSE in desk.offered:
        lines.append(Choice(terms.pause, further=_pauses(hall, terms)))
    if desk.staff is not None and desk.may_leave:
        lines.append(Choice(terms.sign_out, desk.staff.name, signs_out=True))
    again = copies(desk, hall, terms) if Verb.REPRINT in desk.offered else None
    return Choice(terms.title, further=(*lines, *_help(desk, terms), *([again] if again else [])))


def _who_is_here(desk: Desk, hall: Hall, terms: Terms) -> list[Choice]:
    """What may become of the visit at this counter, besides its end."""
    ticket = desk.current
    lines: list[Choice] = []
    if ticket is not None and Verb.HOLD in desk.offered:
        lines.append(Choice(terms.hold, ticket.number, further=_holds(ticket, terms)))
        lines.append(Choice(terms.transfer, ticket.number, further=_places(desk, hall, terms, back=False)))
        lines.append(Choice(terms.transfer_back, ticket.number, further=_places(desk, hall, terms, back=True)))
    if ticket is not None and Verb.PLAN in desk.offered:
        lines.append(
            Choice(terms.follows, ticket.number, further=following(ticket, hall, _agencies(desk, hall), terms))
        )
    return lines


def _help(desk: Desk, terms: Terms) -> tuple[Choice, ...]:
    """Calling the neighbours, where the key for it is not at hand; or that nobody needs to come any more."""
    if not desk.live:
        return ()
    alarm = desk.own_alarm
    if alarm is not None and alarm.answered_at is None:
        return (Choice(terms.help_over, path=str(alarm.id), body=AnswerAlarm(counter=desk.counter.id)),)
    return (Choice(terms.help, terms.help_key, path="alarm", body=RaiseAlarm()),)


def _issue(desk: Desk, hall: Hall, terms: Terms, *, priority: bool) -> Choice:
    """A number of any service, of several in order, or for an appointment."""
    agencies = _agencies(desk, hall)
    booked = appointing(desk, hall, agencies, terms, priority=priority)
    text = terms.issue_priority if priority else terms.issue
    return Choice(text, further=(*giving(agencies, terms, priority=priority), *booked))


TICK_LETTER = "P"
"""Ticks 'Prioritas' from whichever page."""


def _walk_ins(desk: Desk, hall: Hall, terms: Terms, *, priority: bool) -> tuple[Choice, ...]:
    """What this counter serves, of one agency alone its services at once; and the box for who has priority."""

    def serve(one: Service) -> Choice:
        body = WalkIn(service=one.id, priority=priority, language=hall.languages[0])
        return Choice(terms.service(one), verb=Verb.WALK_IN, body=body)

    counter = desk.counter
    ours = [agency for agency in hall.agencies if agency.id in counter.agencies]
    served = [[one for one in agency.services if one.id in (counter.services or [one.id])] for agency in ours]
    narrow = [agency.model_copy(update={"services": some}) for agency, some in zip(ours, served, strict=True) if some]
    lines = by_agency(narrow, terms, serve)
    opens = None if priority else partial(_walk_ins, desk, hall, terms, priority=True)
    box = Choice(terms.priority, opens=opens, letter=TICK_LETTER, ticked=priority)
    return (*(lines[0].further if len(lines) == 1 else lines), box)


def _pauses(hall: Hall, terms: Terms) -> tuple[Choice, ...]:
    reasons = (Choice(terms.reason(why), verb=Verb.PAUSE, body=Pause(why=why)) for why in hall.pause_reasons)
    return (*reasons, Choice(terms.own_words, verb=Verb.PAUSE, typed=lambda words: Pause(why=words)))


def _paper(desk: Desk, hall: Hall, terms: Terms) -> tuple[Choice, ...]:
    """A number that somebody holds on paper, typed: called before its turn, or after it."""
    if desk.roll is None:
        return ()
    prefix = hall.agency(desk.roll.agency).prefix

    def named(words: str) -> Choice:
        number = f"{prefix}-{words.strip()}" if words.strip().isdecimal() else words.strip().upper()
        return Choice(number, further=_reasons(number, terms))

    return (Choice(terms.paper_number, then=named),)


def _reasons(of: Ticket | str, terms: Terms) -> tuple[Choice, ...]:
    """Why this ticket, or this number on paper, is called out of turn."""

    def called(why: str) -> CallChosen:
        return CallChosen(number=of[:12], why=why) if isinstance(of, str) else CallChosen(ticket=of.id, why=why)

    reasons = (Choice(why, verb=Verb.CALL, body=called(why)) for why in terms.reasons)
    return (*reasons, Choice(terms.own_words, verb=Verb.CALL, typed=called))


def _holds(ticket: Ticket, terms: Terms) -> tuple[Choice, ...]:
    def line(minutes: int) -> Choice:
        return Choice(terms.minutes(minutes), verb=Verb.HOLD, body=Hold(ticket=ticket.id, minutes=minutes))

    return tuple(line(minutes) for minutes in HOLD_MINUTES)


def _places(desk: Desk, hall: Hall, terms: Terms, *, back: bool) -> tuple[Choice, ...]:
    """The agencies with their services, this counter's own first; before them the other counters."""
    if desk.current is None:
        return ()
    ticket = desk.current.id

    def to(text: str, **there: str) -> Choice:
        return Choice(text, verb=Verb.TRANSFER, body=Transfer.model_validate({"ticket": ticket, "back": back} | there))

    others = [to(terms.counter(c.number), counter=c.id) for c in hall.counters if c.id != desk.counter.id]
    lines = by_agency(_agencies(desk, hall), terms, lambda one: to(terms.service(one), service=one.id))
    return (*[Choice(terms.to_counter, further=tuple(others))] * bool(others), *lines)


def _agencies(desk: Desk, hall: Hall) -> tuple[Agency, ...]:
    """Those that any counter serves, this counter's own first."""
    served = {agency for counter in hall.counters for agency in counter.agencies}
    ours = sorted(hall.agencies, key=lambda agency: agency.id not in desk.counter.agencies)
    return tuple(agency for agency in ours if agency.id in served)


def absent(desk: Desk) -> Iterable[Ticket]:
    """Who did not come to this counter today, the newest first."""
    calls = desk.view.history if desk.view else []
    return {call.ticket.id: call.ticket for call in calls if call.ticket.state is State.NO_SHOW}.values()


def _absent(desk: Desk, terms: Terms) -> tuple[Choice, ...]:
    lines = (Choice(terms.ticket(one), verb=Verb.UNDO_NO_SHOW, body=OnTicket(ticket=one.id)) for one in absent(desk))
    return tuple(lines)
