"""What came of a visit, put right: the officer pressed the wrong outcome, and the visitor is gone."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from hub.rows import EventRow, Standing, TicketRow, to_moment
from hub.store import Book, Reading
from shared.hall import Hall
from shared.model import Kind, State, number_text
from shared.trouble import Trouble
from shared.wire import Correct

if TYPE_CHECKING:
    from hub.floor import Floor

_TOLD = 9
"""So many ended visits are told of at a counter."""


class Visit(NamedTuple):
    """A visit that has ended: which one in the table of visits (None: the ticket's own), of which agency."""

    id: int | None
    agency: str
    result: str | None


def check(hall: Hall, agency: str, outcome: str | None) -> None:
    """Raises Trouble('unknown_result') for an outcome that visits to this agency do not have; None is none."""
    if outcome not in (None, *(result.id for result in hall.results_of(agency))):
        raise Trouble("unknown_result", outcome=outcome)


def correct(floor: "Floor", book: Book, clock: datetime, counter: str, asked: Correct) -> Standing:
    """'Perbaiki hasil': something else came of this ticket's last visit here, the same day. No visitor moves.

    The event of its end stays as it is; a new one tells both outcomes. The same outcome once more changes nothing.
    Raises Trouble: unknown_counter, unknown_ticket, not_ended_here, unknown_result, clock_behind.
    """
    floor.desk(counter)
    now = floor.moment(book, clock)
    row = floor.known(book, asked.ticket)
    visit = _last(book, row, counter) if row.day == floor.day(now) else None
    if visit is None:
        raise Trouble("not_ended_here", now=floor.told(book, row, now), number=number_text(row.prefix, row.sequence))
    check(floor.hall, visit.agency, asked.outcome)
    if visit.result != asked.outcome:
        row = _put_right(book, now, row, visit, counter, asked.outcome)
    return floor.ticket(book, row, now)


def _last(book: Reading, row: TicketRow, counter: str) -> Visit | None:
    """The ticket's last visit at this counter that has ended."""
    if row.state == State.FINISHED and row.counter == counter:
        return Visit(None, row.agency, row.result)
    found = book.last_visit(row, counter)
    return found and Visit(*found)


def _put_right(  # noqa: PLR0913, PLR0917  -- the book and the clock, then what is put right
    book: Book, now: int, row: TicketRow, visit: Visit, counter: str, outcome: str | None
) -> TicketRow:
    book.set_result(row, visit.id, outcome)
    stands = row._replace(result=outcome) if visit.id is None else row
    both = {"was": visit.result, "now": outcome, "at": row.counter}
    book.tell(EventRow(0, now, Kind.CORRECTED, stands, counter, why=to_json(both).decode()))
    return stands


def ended_at(floor: "Floor", book: Reading, day: str, counter: str) -> Iterator[dict[str, Any]]:
    """The last visits of a counter's day as wire.Ended, newest first; none where the hall keeps no outcomes."""
    told: set[int] = set()
    for row in book.ended(day, counter, _TOLD) if floor.hall.outcomes else []:
        ticket, prefix, sequence, agency, service, result, ended = row
        if ticket not in told:  # of several visits here the last can be put right
            told.add(ticket)
            number = number_text(prefix, sequence)
            place = {"agency": agency, "service": service, "result": result}
            yield {"ticket": ticket, "number": number, **place, "ended_at": to_moment(ended, floor.zone)}
