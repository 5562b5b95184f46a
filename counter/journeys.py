"""The sheet's lines for one number through several services: giving it, what follows a visit. Values only, no Qt."""

from collections.abc import Callable, Iterable
from functools import partial

from counter.choice import Choice, Terms
from counter.desk import Verb
from shared.hall import Agency, Hall, Service
from shared.model import StepState
from shared.wire import LONGEST_JOURNEY, Issue, Plan, Ticket

Take = Callable[[Service], Choice]
"""What becomes of a service that is taken."""


def by_agency(agencies: Iterable[Agency], terms: Terms, take: Take, detail: str = "") -> tuple[Choice, ...]:
    """The agencies, each with its services; `detail`: what taking one does, where the level does not say it."""
    return tuple(Choice(terms.agency(one), detail, further=tuple(map(take, one.services))) for one in agencies)


def giving(agencies: tuple[Agency, ...], terms: Terms, *, priority: bool) -> tuple[Choice, ...]:
    """A number of one service at once, or of several one after the other."""

    def give(service: Service) -> Choice:
        return Choice(terms.service(service), verb=Verb.ISSUE, body=Issue(service=service.id, priority=priority))

    several = Choice(terms.several, opens=partial(_adding, (), agencies, terms, priority=priority))
    return (*by_agency(agencies, terms, give), several)


def _adding(
    chosen: tuple[Service, ...], agencies: tuple[Agency, ...], terms: Terms, *, priority: bool
) -> tuple[Choice, ...]:
    """The number as chosen so far, and the services that may follow."""

    def add(service: Service) -> Choice:
        more = partial(_adding, (*chosen, service), agencies, terms, priority=priority)
        return Choice(terms.service(service), opens=more)

    first, *then = [service.id for service in chosen] or [""]
    body = Issue(service=first, then=tuple(then), priority=priority)
    give = Choice(terms.give(list(map(terms.service, chosen))), verb=Verb.ISSUE, body=body)
    is_full = len(chosen) > LONGEST_JOURNEY
    return ((give,) if then else ()) + (() if is_full else by_agency(_without(chosen[-1:], agencies), terms, add))


def _without(last: tuple[Service, ...], agencies: Iterable[Agency]) -> list[Agency]:
    """The agencies without the service that nothing may follow twice."""
    left = (one.model_copy(update={"services": [s for s in one.services if s not in last]}) for one in agencies)
    return [agency for agency in left if agency.services]


def following(ticket: Ticket, hall: Hall, agencies: tuple[Agency, ...], terms: Terms) -> tuple[Choice, ...]:
    """What may become of the services that follow this visit: one left out, all of them, another one added."""
    ahead = [step.service for step in ticket.steps if step.state is StepState.NEXT]
    names = {service.id: terms.service(service) for agency in hall.agencies for service in agency.services}

    def plan(text: str, then: list[str]) -> Choice:
        return Choice(text, verb=Verb.PLAN, body=Plan(ticket=ticket.id, then=tuple(then)))

    lines = [plan(terms.skip(names.get(one, one)), ahead[:n] + ahead[n + 1 :]) for n, one in enumerate(ahead)]
    if len(ahead) > 1:
        lines.append(plan(terms.end_here, []))
    if len(ahead) >= LONGEST_JOURNEY:
        return tuple(lines)
    last = ahead[-1] if ahead else ticket.service
    others = _without(tuple(_services(hall, last)), agencies)
    return (*lines, *by_agency(others, terms, lambda one: plan(terms.service(one), [*ahead, one.id]), terms.add))


def _services(hall: Hall, service: str) -> Iterable[Service]:
    return (one for agency in hall.agencies for one in agency.services if one.id == service)
