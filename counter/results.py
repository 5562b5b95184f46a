"""The question at the end of a visit: what came of it? And that answer put right. Values only, no Qt."""

from dataclasses import replace

from counter.choice import Choice, Terms
from counter.desk import Desk, Verb
from shared.hall import Hall
from shared.wire import Correct, Ended, Finish


def results(desk: Desk, hall: Hall, terms: Terms) -> Choice | None:
    """What may have come of the visit at this desk; None where the hall does not keep that, or nobody is here."""
    ticket = desk.current
    known = hall.results_of(ticket.agency) if ticket and Verb.FINISH in desk.offered else []
    if ticket is None or not known:
        return None

    def end(text: str, outcome: str | None) -> Choice:
        return Choice(text, verb=Verb.FINISH, body=Finish(ticket=ticket.id, outcome=outcome))

    plain = replace(end(terms.no_result, None), detail=terms.plain_key)
    lines = (*(end(terms.result(one), one.id) for one in known), plain)
    return Choice(terms.what_came_of(ticket), terms.how_to_finish, further=lines, plain=plain)


def corrections(desk: Desk, hall: Hall, terms: Terms) -> tuple[Choice, ...]:
    """The last visits here, each with what came of it and what else may have."""
    return tuple(_correction(one, hall, terms) for one in (desk.view.ended if desk.view else []))


def _correction(ended: Ended, hall: Hall, terms: Terms) -> Choice:
    def instead(text: str, outcome: str | None) -> Choice:
        return Choice(text, verb=Verb.CORRECT, body=Correct(ticket=ended.ticket, outcome=outcome))

    known = hall.results_of(ended.agency)
    was = next((terms.result(one) for one in known if one.id == ended.result), ended.result or terms.no_result)
    lines = (*(instead(terms.result(one), one.id) for one in known), instead(terms.no_result, None))
    return Choice(terms.ended(ended), was, further=lines)
