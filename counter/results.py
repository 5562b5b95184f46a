"""The question at the end of a visit: what came of it? Values only, no Qt."""

from dataclasses import replace

from counter.choice import Choice, Terms
from counter.desk import Desk, Verb
from shared.hall import Hall
from shared.wire import Finish


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
