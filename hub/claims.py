"""Which app has which counter: signing in and out. No HTTP, no SQL, nothing sent.

What is at a counter is not touched by it: the next officer has it.
"""

from collections.abc import Callable
from datetime import datetime

from hub.floor import Floor
from hub.people import SessionRow, StaffRow, hashed, to_session, to_staff
from hub.rows import EventRow, to_moment, to_ms
from hub.store import Book, Reading
from shared.access_wire import Session, SignIn, SignOut
from shared.model import Kind
from shared.trouble import Trouble

ALIVE_MS = 30_000
"""An app reports every 10 s: after three it has fallen silent, and whoever wants its counter has it."""

_MINUTE_MS = 60_000


class Claims:
    """The counters of a hall and the apps at them. `started_at`: when the hub was started, in ms.

    What is kept here besides the book are signs of life, by the hash of a session's token.
    """

    def __init__(self, floor: Floor, started_at: int = 0) -> None:
        self.floor = floor
        self._started_at = started_at
        self._heard: dict[bytes, int] = {}
        self._used: dict[bytes, int] = {}

    # ------------------------------------------------------------ verbs

    def sign_in(self, book: Book, clock: datetime, counter: str, asked: SignIn) -> Session:
        """This app has the counter now, and no other. Raises Trouble: unknown_counter, counter_taken, not_allowed.

        Who asks has proved the PIN before, at a hub that wants one.
        """
        self.floor.desk(counter)
        now = self.floor.moment(book, clock)
        staff = self._proved(book)
        had = book.session(counter)
        if had and had.app != asked.app and not asked.take_over and self.is_alive(had, now):
            raise self._taken(book, had)
        if staff is not None and (staff.wrong or staff.locks):
            book.keep_staff(staff._replace(wrong=0, locks=0, locked_until=0))
        return self._begin(book, now, counter, asked)

    def _begin(self, book: Book, now: int, counter: str, asked: SignIn) -> Session:
        asker = book.asker
        staff, key = asker.staff and asker.staff.id, asker.key and asker.key.id
        row = SessionRow(counter, asked.app, asked.host, staff, key, now, hashed(asker.minted))
        had = book.session(counter)
        if had and not asker.is_guarded and (had.app, had.host) == (row.app, row.host):
            row = row._replace(since=had.since)  # started again, or back after a cut of the line: no news
        else:
            book.tell(EventRow(0, now, Kind.SIGNED_IN, counter=counter, why=row.host, app=row.app))
        book.keep_session(row)
        self._heard[row.token] = now
        return Session(
            token="",
            counter=counter,
            since=to_moment(row.since, self.floor.zone),
            app=row.app,
            host=row.host,
            staff=asker.staff and to_staff(asker.staff),
            idle_minutes=self.floor.hall.idle_minutes if asker.is_guarded else 0,
        )

    def sign_out(self, book: Book, clock: datetime, counter: str, asked: SignOut) -> EventRow | None:
        """The app leaves the counter; None where it did not have it. Raises Trouble('unknown_counter')."""
        self.floor.desk(counter)
        now = self.floor.moment(book, clock)
        had = book.session(counter)
        if had is None or had.app != asked.app or had.key != (book.asker.key and book.asker.key.id):
            return None
        return self.end(book, now, had)

    def end(self, book: Book, now: int, row: SessionRow) -> EventRow:
        """A session is over."""
        book.drop_session(row.counter)
        return book.tell(EventRow(0, now, Kind.SIGNED_OUT, counter=row.counter, why=row.host, app=row.app))

    def end_all(self, book: Book, now: int, is_one: Callable[[SessionRow], bool]) -> None:
        """Those sessions are over."""
        for row in book.sessions():
            if is_one(row):
                self.end(book, now, row)

    # ------------------------------------------------------------ signs of life

    def succeed(self, before: "Claims") -> None:
        """The hall has changed: the signs of life noted so far are ours, and those to come are both's."""
        self._heard, self._used = before._heard, before._used  # noqa: SLF001  -- of one class

    def heard(self, row: SessionRow, now: int) -> None:
        """The app that has this session has reported."""
        self._heard[row.token] = now
        self._forget(now)

    def used(self, row: SessionRow, now: int) -> None:
        """Somebody gave a verb in this session, or worked on the configuration."""
        self._used[row.token] = now

    def _forget(self, now: int) -> None:
        long_ago = now - 24 * 60 * _MINUTE_MS
        for kept in (self._heard, self._used):
            for token in [token for token, at in kept.items() if at < long_ago]:
                del kept[token]

    def is_alive(self, row: SessionRow, now: int) -> bool:
        """Whether the app of this session was heard of lately; after a start of the hub nobody has been yet."""
        last = max(row.since, self._started_at, self._heard.get(row.token, 0))
        return now - last <= ALIVE_MS

    def is_idle(self, row: SessionRow, now: int) -> bool:
        """Whether nobody has given a verb in this session for as long as the hall allows."""
        minutes = self.floor.hall.idle_minutes
        last = max(row.since, self._started_at, self._used.get(row.token, 0))
        return 0 < minutes * _MINUTE_MS <= now - last

    def idle(self, book: Reading, clock: datetime) -> list[SessionRow]:
        """The sessions in which nobody has given a verb for too long."""
        now = to_ms(clock)
        return [row for row in book.sessions() if self.is_idle(row, now)]

    # ------------------------------------------------------------ inside

    def _proved(self, book: Book) -> StaffRow | None:
        """Who has proved a PIN, as the list has them now; None at a hub that wants none."""
        asker = book.asker
        if not asker.is_guarded:
            return None
        staff = asker.staff and book.staff(asker.staff.id)
        if asker.staff is None or staff is None or not staff.is_active or staff.pin != asker.staff.pin:
            raise Trouble("not_allowed")  # struck off, or given another PIN, in this very moment
        return staff

    def _taken(self, book: Book, had: SessionRow) -> Trouble:
        staff = _staff(book, had)
        told = to_session(had, staff, self.floor.zone).model_dump(mode="json")
        who = f"{staff.name} ({had.host})" if staff else had.host
        return Trouble("counter_taken", now=told, who=who, since=told["since"], app=had.app)


def _staff(book: Reading, row: SessionRow) -> StaffRow | None:
    return None if row.staff is None else book.staff(row.staff)
