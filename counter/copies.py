"""'Cetak ulang': a further paper of a number, which says SALINAN. Values only, no Qt."""

from functools import partial

from counter.choice import Choice, Terms
from counter.desk import Desk, Verb
from shared.hall import Hall
from shared.model import Kind, Outcome
from shared.trouble import Trouble
from shared.wire import Event, Reprint, Ticket

LETTER = "C"
"""Opens it in the sheet from whichever page: the first letter of its Indonesian name."""


def copies(desk: Desk, hall: Hall, terms: Terms) -> Choice | None:
    """Whose paper may be printed again, those that have none before the rest; None where no kiosk prints."""
    if desk.view is None or not any(kiosk.prints for kiosk in hall.kiosks):
        return None
    here = [desk.current] if desk.current else []
    others = sorted((*desk.view.waiting, *desk.view.held), key=lambda one: one.paper is Outcome.PRINTED)
    named = (_again(terms.ticket(one), hall, terms, ticket=one) for one in (*here, *others))
    typed = Choice(terms.typed_number, then=partial(_typed, desk=desk, hall=hall, terms=terms))
    return Choice(terms.reprint, further=(*named, typed), letter=LETTER)


def _again(text: str, hall: Hall, terms: Terms, *, ticket: Ticket | None = None, number: str | None = None) -> Choice:
    """One number; where several kiosks print, at which: the one that gave it stands first."""
    detail = terms.paper(ticket) if ticket else ""
    printing = [kiosk for kiosk in hall.kiosks if kiosk.prints]

    def at(name: str, kiosk: str) -> Choice:
        body = Reprint(ticket=ticket.id if ticket else None, number=number, kiosk=kiosk)
        return Choice(name, detail, verb=Verb.REPRINT, body=body)

    if len(printing) == 1:
        return at(text, printing[0].id)
    printing.sort(key=lambda kiosk: ticket is None or kiosk.id != ticket.kiosk)
    return Choice(text, detail, further=tuple(at(kiosk.name, kiosk.id) for kiosk in printing))


def _typed(words: str, *, desk: Desk, hall: Hall, terms: Terms) -> Choice | None:
    """`12` at a counter of one agency, or `K-012`; None for anything else."""
    text = words.strip().upper()
    if text.isascii() and text.isdecimal() and len(desk.counter.agencies) == 1:
        text = f"{hall.agency(desk.counter.agencies[0]).prefix}-{text}"
    prefix, _, digits = text.rpartition("-")
    if not (prefix.isalpha() and digits.isascii() and digits.isdecimal() and len(text) <= _LONGEST):
        return None
    return _again(text, hall, terms, number=text)


_LONGEST = 12
"""Characters, as shared.wire.Reprint has it."""


def what_became(event: Event) -> Trouble | None:
    """What an officer is told who asked for this copy; None for any other event."""
    if event.kind is not Kind.REPRINTED or event.ticket is None:
        return None
    ends = {Outcome.PRINTED: "reprint_done", Outcome.UNKNOWN: "reprint_unsure"}
    return Trouble(ends.get(event.outcome or Outcome.FAILED, "reprint_failed"), number=event.ticket.number)
