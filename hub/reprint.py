"""Further papers of a ticket: each says SALINAN, and none is a second number.

An officer of the ticket's agency asks for one; a kiosk of the hall prints it and tells what became of it. Until then
the order stands open: a kiosk that was away finds it when it is back, the same day.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from hub.rows import EventRow, ReprintRow, TicketRow
from hub.store import Book
from shared.hall import Counter, Hall
from shared.model import Kind, Outcome, State
from shared.trouble import Trouble
from shared.wire import PrintOutcome, Reprint

if TYPE_CHECKING:
    from hub.floor import Floor

OVER = (State.FINISHED, State.NO_SHOW, State.CANCELLED, State.EXPIRED)
"""States in which nobody needs a paper any more."""


def paper_now(before: str | None, told: PrintOutcome) -> str:
    """What the visitor has in the hand: a paper that came out stays, a copy that did not changes nothing.

    What two printers did with one ticket may be told in any order.
    """
    if before is None or told.outcome is Outcome.PRINTED:
        return told.outcome.value
    return before if told.is_copy or before == Outcome.PRINTED.value else told.outcome.value


def end_copy(book: Book, now: int, row: TicketRow, order: int | None) -> None:
    """The copy of this number that was asked for by that event has been told of; what is another number's is not."""
    copy = None if order is None else book.reprint(order)
    if copy is not None and copy.ticket == row.id:
        book.put_reprint(copy._replace(done_at=now))


def ask_reprint(floor: "Floor", book: Book, clock: datetime, counter: str, asked: Reprint) -> EventRow:
    """'Cetak ulang': a kiosk prints this number once more. Asked twice, it is printed twice, and each says so.

    Raises Trouble: unknown_counter, unknown_ticket, not_of_this_counter, not_waiting (its visit is over),
    unknown_device, no_printer, clock_behind.
    """
    desk, now = floor.desk(counter), floor.moment(book, clock)
    row = _named(book, floor.day(now), asked)
    if not (row.agency in desk.agencies or _was_sent_here(row, desk)):
        raise Trouble("not_of_this_counter", number=row.number)
    if row.day != floor.day(now) or row.state in OVER:
        raise Trouble("not_waiting", now=floor.told(book, row, now))
    kiosk = _kiosk(floor.hall, row, asked.kiosk)
    event = book.tell(EventRow(0, now, Kind.REPRINT_ASKED, row, row.counter, code=kiosk))
    book.put_reprint(ReprintRow(event.id, row.id, row.day, kiosk))
    return event


def _named(book: Book, day: str, asked: Reprint) -> TicketRow:
    if asked.ticket is not None:
        row = book.ticket(asked.ticket)
    else:
        prefix, _, digits = (asked.number or "").strip().upper().rpartition("-")
        row = book.numbered(day, prefix, int(digits)) if digits.isascii() and digits.isdecimal() else None
    if row is None:
        raise Trouble("unknown_ticket")
    return row


def _was_sent_here(row: TicketRow, desk: Counter) -> bool:
    return desk.id in (row.counter, row.for_counter)


def _kiosk(hall: Hall, row: TicketRow, wanted: str) -> str:
    """Which kiosk prints it: the one that is asked for, the one that gave the number, or the hall's first."""
    printing = [kiosk.id for kiosk in hall.kiosks if kiosk.prints]
    if wanted and wanted not in printing:
        raise Trouble("unknown_device", device=f"kiosk/{wanted}")
    if not printing:
        raise Trouble("no_printer")
    return wanted or (row.kiosk if row.kiosk in printing else printing[0])
