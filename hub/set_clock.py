"""The way out when events were written while the clock ran ahead: what the clock says now is believed again."""

from datetime import date, datetime

from hub.claims import Claims
from hub.devices import Devices
from hub.floor import Floor
from hub.rows import EventRow, TicketRow, to_moment, to_ms
from hub.store import Book, Store
from hub.visits import released, waits
from shared.appointments import is_early
from shared.hall import Hall
from shared.model import Kind, State
from shared.trouble import Trouble

_EVER = 2**62


def accept(store: Store, hall: Hall, clock: datetime, today: date) -> str:
    """Go on from `clock`, though the last event is later; what was done, in words for the terminal.

    Numbers that wait on a later day were given under the wrong date: their visitors stand in the hall today, so
    those numbers are cancelled rather than called on that day. Today's that expired at a midnight that has not
    been yet wait again, at their old places, and so does whoever is held: until when was told by the wrong clock.
    No officer stays locked until that day, and who signed in on it signs in again. No event is deleted, and no
    number of any day can come twice. `today`: the date as a person knows it, so that a clock set back is not
    believed by mistake.
    Raises Trouble: not_today, storage_failed.
    """
    floor, now = Floor(hall), to_ms(clock)
    if floor.day(now) != today.isoformat():
        raise Trouble("not_today", clock=floor.day(now), said=today.isoformat())
    _, last = store.read.last_event()
    if now >= last:
        return "The clock is not behind the last event: nothing was changed."
    book = store.begin()
    # Who is early for an appointment is held until a time that no clock of ours has told.
    _bring_back(floor, book, [row for row in book.held(_EVER) if not is_early(row)], now)
    cancelled = _cancel_later(book, floor.day(now), now)
    back = _wait_again(floor, book, now)
    _let_in(book, Claims(floor), now)
    words = f"from {to_moment(last, floor.zone):%Y-%m-%d %H:%M:%S} to {to_moment(now, floor.zone):%Y-%m-%d %H:%M:%S}"
    _tell(book, Devices(hall, floor.zone), now, words)
    store.commit()
    return (
        f"The hall's time was put {words}; {cancelled} numbers of later days were cancelled,"
        f" {back} of today wait again."
    )


def _cancel_later(book: Book, day: str, now: int) -> int:
    rows = book.put_back_to(day, now)
    for row in rows:
        cancelled = row._replace(state=State.CANCELLED, ended_at=now)
        book.mark(cancelled)
        book.tell(EventRow(0, now, Kind.CANCELLED, cancelled))
    return len(rows)


def _wait_again(floor: Floor, book: Book, now: int) -> int:
    rows = book.expired_after(floor.day(now), now)
    _bring_back(floor, book, rows, now)
    return len(rows)


def _let_in(book: Book, claims: Claims, now: int) -> None:
    """Whom the wrong clock locked out may try again; who signed in by it would never be idle, nor give way."""
    for row in book.all_staff():
        if row.locked_until > now:
            book.keep_staff(row._replace(locked_until=now))
    claims.end_all(book, now, lambda row: row.since > now)


def _bring_back(floor: Floor, book: Book, rows: list[TicketRow], now: int) -> None:
    for row in rows:
        back = released(floor, book, now, waits(row))
        book.replace(back)
        book.tell(EventRow(0, now, Kind.UNHELD, back))


def _tell(book: Book, devices: Devices, now: int, words: str) -> None:
    """The event the hall's time goes on from. It stands beside a device: the log of events knows no hub."""
    devices.recall(book.devices())
    device = devices.device(devices.first(), to_moment(now, devices.zone))
    told = device.model_copy(update={"facts": device.facts | {"clock": words}})
    book.tell(EventRow(0, now, Kind.DEVICE, health=told.model_dump_json()))
