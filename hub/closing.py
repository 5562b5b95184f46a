"""What a supervisor closes for the rest of the day, an agency or a counter, and opens again."""

from datetime import datetime

from hub.floor import Floor
from hub.kept import Place
from hub.rows import EventRow, TicketRow, to_ms
from hub.store import Book, Reading
from hub.visits import leave
from shared.model import Kind, State
from shared.trouble import Trouble
from shared.wire import Close, Nothing


def close_agency(floor: Floor, book: Book, clock: datetime, agency: str, asked: Close) -> EventRow:
    """No more numbers of this agency today; who waits is called. Raises Trouble: unknown_agency, clock_behind."""
    _known(floor, agency)
    return _close(floor, book, clock, ("agency", agency), asked.why)


def reopen_agency(floor: Floor, book: Book, clock: datetime, agency: str, _: Nothing) -> EventRow | None:
    """Numbers again; None where it was open. Raises as `close_agency`."""
    _known(floor, agency)
    return _reopen(floor, book, clock, ("agency", agency))


def close_counter(floor: Floor, book: Book, clock: datetime, counter: str, asked: Close) -> EventRow:
    """This counter calls nobody more today. Raises Trouble: unknown_counter, clock_behind.

    Who is at the counter is served to the end; who waits for it alone waits for its colleagues from now on. With an
    agency's last counter the agency is closed too.
    """
    floor.desk(counter)
    said = _close(floor, book, clock, ("counter", counter), asked.why)
    for row in book.sent(floor.day(said.at), counter):
        leave(book, said.at, Kind.TRANSFERRED, row._replace(for_counter=None), counter)
    return said


def stranded(floor: Floor, book: Reading, clock: datetime) -> list[TicketRow]:
    """Who waits for a counter alone that this hall does not have: the hub was started with another file."""
    today = book.in_progress(floor.day(to_ms(clock)))
    return [row for row in today if row.state == State.WAITING and row.for_counter not in {None, *floor.counters}]


def send_home(floor: Floor, book: Book, clock: datetime) -> None:
    """They wait for all counters of their agency from now on, as when theirs is closed. Raises Trouble: clock_behind.

    A running hub takes no such file up, see hub.changes; nor does one that starts, while it can read what it had.
    """
    now = floor.moment(book, clock)
    for row in stranded(floor, book, clock):
        leave(book, now, Kind.TRANSFERRED, row._replace(for_counter=None), row.for_counter or "")


def reopen_counter(floor: Floor, book: Book, clock: datetime, counter: str, _: Nothing) -> EventRow | None:
    """It calls again; None where it was open. Raises as `close_counter`."""
    floor.desk(counter)
    return _reopen(floor, book, clock, ("counter", counter))


def _known(floor: Floor, agency: str) -> None:
    if agency not in floor.agencies:
        raise Trouble("unknown_agency", agency=agency)


def _close(floor: Floor, book: Book, clock: datetime, what: tuple[Place, str], why: str) -> EventRow:
    now = floor.moment(book, clock)
    book.close(floor.day(now), what, why, at=now)
    floor.forget_open()
    return book.tell(_event(now, Kind.CLOSED, what)._replace(why=why))


def _reopen(floor: Floor, book: Book, clock: datetime, what: tuple[Place, str]) -> EventRow | None:
    now = floor.moment(book, clock)
    was_closed = book.reopen(floor.day(now), *what)
    floor.forget_open()
    return book.tell(_event(now, Kind.OPENED, what)) if was_closed else None


def _event(now: int, kind: Kind, what: tuple[Place, str]) -> EventRow:
    place, whose = what
    event = EventRow(0, now, kind.value)
    return event._replace(agency=whose) if place == "agency" else event._replace(counter=whose)
