"""A visitor without a number, served at once: nobody waits at this counter, and a question takes a minute.

The visit has the agency's next number, so that it counts with the others, but on no paper; nothing is called, the TV
says nothing. In the figures its origin tells it apart.
"""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from hub.rows import EventRow, Standing, TicketRow
from hub.store import Book
from hub.visits import leave, waits
from shared.hall import Agency, Service
from shared.model import Kind, Origin, State
from shared.trouble import Trouble
from shared.wire import WalkIn

if TYPE_CHECKING:
    from hub.floor import Floor

_TOKEN_BYTES = 16


def walk_in(floor: "Floor", book: Book, clock: datetime, counter: str, asked: WalkIn) -> Standing:
    """'Layani tanpa nomor': service begins now at this counter, also past closing time and quota.

    Raises Trouble: unknown_counter, unknown_service, not_served_here, counter_busy (somebody is here),
    counter_closed, counter_paused, clock_behind.
    """
    agency, service = _served(floor, counter, asked.service)
    now = floor.moment(book, clock)
    floor.may_call(book, now, counter)
    if there := book.at_counter(counter):
        raise Trouble("counter_busy", now=floor.told(book, there, now), number=there.number)
    row = book.add(_ticket(book, now, floor.day(now), (agency, service), asked))
    here = row._replace(state=State.SERVING.value, counter=counter, served_at=now)
    event = book.tell(EventRow(0, now, Kind.WALKED_IN.value, here, counter))
    book.replace(here._replace(last_call=event.id))
    floor.forget_open()
    return Standing(here)


def is_fresh(row: TicketRow) -> bool:
    """Whether it walked in and is still at that first visit: it may have been a slip."""
    return row.origin == Origin.WALK_IN and row.state == State.SERVING and row.calls == 0


def undo(floor: "Floor", book: Book, now: int, row: TicketRow) -> Standing:
    """The visitor was not for this counter after all: the number is given back, and nobody gets it again."""
    gone = waits(row)._replace(state=State.CANCELLED.value, ended_at=now)
    floor.forget_open()
    return Standing(leave(book, now, Kind.WALK_IN_UNDONE, gone, row.counter or ""))


def _served(floor: "Floor", counter: str, wanted: str) -> tuple[Agency, Service]:
    desk = floor.desk(counter)
    agency, service = floor.offered(None, wanted)
    if agency.id not in desk.agencies or (desk.services and service.id not in desk.services):
        raise Trouble("not_served_here", service=service.name)
    return agency, service


def _ticket(book: Book, now: int, day: str, place: tuple[Agency, Service], asked: WalkIn) -> TicketRow:
    agency, service = place
    return TicketRow(
        id=0,
        day=day,
        prefix=agency.prefix,
        sequence=book.next_sequence(day, agency.prefix),
        agency=agency.id,
        service=service.id,
        priority=int(asked.priority),
        language=asked.language,
        kiosk="",
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        taken_at=now,
        line_at=now,
        origin=Origin.WALK_IN.value,
    )
