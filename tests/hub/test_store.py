"""What the database itself promises, whoever writes to it."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from hub.alarms import answer, call_for_help
from hub.closing import close_agency, close_counter, reopen_counter
from hub.evening import settle
from hub.floor import Floor
from hub.hints import Hints
from hub.kept import Kept
from hub.migrations import migrations
from hub.pauses import pause, resume
from hub.quiet import end_quiet, fall_quiet
from hub.reprint import ask_reprint
from hub.results import correct
from hub.roll import begin_roll, end_roll
from hub.rows import EventRow, Queue, TicketRow, event_json, to_ms
from hub.store import FILE_NAME, Book, KeptAnswer, KeptDevice, Store, Torn
from hub.voiced import tell_voiced
from hub.walk_in import walk_in
from shared.hall import Result
from shared.model import Kind, Outcome, Voiced
from shared.trouble import Trouble
from shared.wire import (
    AnswerAlarm,
    BeginRoll,
    Close,
    Correct,
    EndQuiet,
    EndRoll,
    Nothing,
    Pause,
    PrintOutcome,
    Quiet,
    RaiseAlarm,
    Reprint,
    TakeTicket,
    TellVoiced,
    WalkIn,
)
from tests.hub.conftest import Day
from tests.hub.small_hall import MORNING, small_hall

DAY = "2026-02-12"
NOW = to_ms(MORNING)
OF_NO_TICKET_NOR_PLACE = {Kind.DEVICE, Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.STAFF, Kind.PAIRED, Kind.UNPAIRED} | {
    Kind.CONFIGURED
}


def a_ticket(sequence: int = 1, **more: Any) -> TicketRow:  # noqa: ANN401  -- whatever a row has
    row = TicketRow(0, DAY, "A", sequence, "dukcapil", "ktp", 0, "id", "kios-1", f"{sequence:022d}", NOW)
    return row._replace(**more)


class TestConstraints:
    def test_a_number_is_given_once_a_day(self, book: Book) -> None:
        book.add(a_ticket())
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            book.add(a_ticket(token="y" * 22))

    def test_the_same_number_is_given_another_day(self, book: Book) -> None:
        book.add(a_ticket())
        assert book.add(a_ticket(day="2026-02-13")).id == 2

    def test_one_ticket_occupies_a_counter(self, book: Book) -> None:
        event = book.tell(EventRow(0, NOW, "called", book.add(a_ticket()), "1"))
        at_one: dict[str, Any] = {"state": "called", "counter": "1"}
        book.put(a_ticket(id=1, **at_one), event.id)
        second = book.add(a_ticket(2))
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            book.put(second._replace(**at_one), event.id)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "lost"},
            {"state": "called"},  # without a counter
            {"state": "finished", "counter": "1", "last_call": 1},  # without an end
            {"paper": "perhaps"},
            {"calls": -1},
        ],
    )
    def test_a_state_that_cannot_be_is_refused(self, book: Book, wrong: dict[str, Any]) -> None:
        book.tell(EventRow(0, NOW, "taken", book.add(a_ticket())))
        row = a_ticket(id=1, **wrong)
        with pytest.raises(sqlite3.IntegrityError):
            book.replace(row)

    @pytest.mark.parametrize("sql", ["UPDATE event SET at = 0", "DELETE FROM event"])
    def test_events_are_neither_changed_nor_deleted(self, book: Book, sql: str) -> None:
        book.tell(EventRow(0, NOW, "taken", book.add(a_ticket())))
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            book._run(sql)

    def test_every_table_is_strict(self, book: Book) -> None:
        tables = book._run("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        ours = {name for name, strict in tables if not name.startswith(("sqlite_", "_sqlite"))}
        assert ours == {
            "ticket",
            "voiced",
            "quiet",
            "technician",
            "reprint",
            "booking",
            "event",
            "visit",
            "queue",
            "answer",
            "device",
            "closing",
            "staff",
            "session",
            "device_key",
            "roll",
            "configuration",
            "learnt",
            "alarm",
        }
        assert {name for name, strict in tables if strict} == ours


def test_a_commit_is_flushed_before_it_returns(store: Store) -> None:
    pragma = store._writer.execute
    assert [pragma(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")] == [2, "wal"]


def test_an_older_file_is_brought_up_to_date_once(tmp_path: Path) -> None:
    Store(tmp_path / FILE_NAME).close()
    Store(tmp_path / FILE_NAME).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert [done.name for done in migrations.applied(Database(connection))] == ["m001_main_job"]
    connection.close()


def test_a_file_that_is_no_database_is_named_as_trouble(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(Trouble) as refused:
        Store(tmp_path / FILE_NAME)
    assert refused.value.code == "storage_failed"


def test_the_reading_connection_sees_what_is_committed_and_nothing_else(store: Store) -> None:
    book = store.begin()
    book.add(a_ticket())
    assert store.read.ticket(1) is None
    store.commit()
    assert store.read.ticket(1) == a_ticket(id=1, line_at=NOW)


def test_the_reading_connection_cannot_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        Book(store._reader, Hints(), Kept(), has_savepoints=False).add(a_ticket())


class TestVerbInATransaction:
    def test_is_undone_alone(self, store: Store) -> None:
        book = store.begin(has_savepoints=True)
        book.begin_verb()
        book.tell(EventRow(0, NOW, "taken", book.add(a_ticket())))
        book.end_verb()
        book.begin_verb()
        book.tell(EventRow(0, NOW, "taken", book.add(a_ticket(2))))
        book.rewind()
        book.end_verb()
        store.commit()
        assert [event.ticket and event.ticket.sequence for event in store.read.events_after(0, 9)] == [1]
        assert len(book.told) == 1

    def test_cannot_be_undone_without_a_savepoint(self, store: Store) -> None:
        book = store.begin()
        book.begin_verb()
        book.add(a_ticket())
        with pytest.raises(Torn):
            book.rewind()
        store.roll_back()

    def test_that_wrote_nothing_needs_no_undoing(self, store: Store) -> None:
        book = store.begin()
        book.begin_verb()
        book.rewind()
        store.roll_back()


def test_replayed_events_are_the_bytes_that_were_told(day: Day) -> None:  # noqa: PLR0915  -- one of each kind
    first, second, third = (day.take().row.id for _ in range(3))
    call = day.next()
    assert call is not None
    tell_voiced(day.floor, day.book, day.clock(), str(call.id), TellVoiced(outcome=Voiced.SPOKEN))
    day.floor.printed(day.book, day.clock(), first, PrintOutcome.model_validate({"outcome": "unknown"}))
    copy = PrintOutcome(outcome=Outcome.PRINTED, code="paper_out", is_copy=True)
    day.floor.printed(day.book, day.clock(), first, copy)
    ask_reprint(day.floor, day.book, day.clock(), "1", Reprint(ticket=second))
    day.clock.pass_(seconds=5)
    day.on("recall", "1", first)
    day.on("serve", "1", first)
    day.next()
    day.on("undo_next", "1", second)
    day.floor.cancel(day.book, day.clock(), third)
    day.next()
    day.on("no_show", "1", second)
    day.on("undo_no_show", "1", second)
    day.next()
    day.on("hold", "1", second, minutes=5)
    day.on("unhold", "1", second)
    day.next()
    day.on("serve", "1", second)
    day.on("transfer", "1", second, service="stnk", back=True)
    day.next("2")
    other = day.take().row.id
    day.next("2")
    day.on("undo_next", "2", other)
    day.on("plan", "2", second, then=["npwp"])
    day.on("finish", "2", second)
    day.floor.hall = day.floor.hall.model_copy(update={"outcomes": [Result(id="tuntas", name="Tuntas")]})
    correct(day.floor, day.book, day.clock(), "2", Correct(ticket=second, outcome="tuntas"))
    day.next()
    day.on("finish", "1", second)
    close_agency(day.floor, day.book, day.clock(), "dukcapil", Close(why="Listrik padam"))
    close_counter(day.floor, day.book, day.clock(), "3", Close(why="Petugas sakit"))
    reopen_counter(day.floor, day.book, day.clock(), "3", Nothing())
    pause(day.floor, day.book, day.clock(), "3", Pause(why="Salat"))
    resume(day.floor, day.book, day.clock(), "3", Nothing())
    alarm = call_for_help(day.floor, day.book, day.clock(), "1", RaiseAlarm(words="Tolong")).id
    answer(day.floor, day.book, day.clock(), str(alarm), AnswerAlarm(counter="2"))
    fall_quiet(day.floor, day.book, day.clock(), Quiet(why="Salat"))
    end_quiet(day.floor, day.book, day.clock(), EndQuiet())
    slip = walk_in(day.floor, day.book, day.clock(), "1", WalkIn(service="ktp")).row.id
    day.on("undo_next", "1", slip)
    day.take("stnk")
    begin_roll(day.floor, day.book, day.clock(), "pajak", BeginRoll(first=501, last=600, place="meja 1"))
    day.next("3")
    end_roll(day.floor, day.book, day.clock(), "pajak", EndRoll())
    day.clock.pass_(days=1)
    settle(day.floor, day.book, day.clock())
    zone = day.floor.zone
    again = [event_json(event, zone) for event in day.book.events_after(0, 100)]
    assert again == [event_json(event, zone) for event in day.book.told]
    assert set(day.kinds()) == set(Kind) - OF_NO_TICKET_NOR_PLACE - {Kind.CARRIED}


def test_answers_are_dropped_oldest_first_and_only_old_ones(book: Book) -> None:
    for at in (1, 2, 3, 50):
        book.keep_answer(bytes([at]) * 16, KeptAnswer(b"f", 200, b"{}"), at)
    assert book.drop_answers(before=10, limit=2) == 2
    assert book.drop_answers(before=10, limit=9) == 1
    assert book.answer(bytes([50]) * 16) is not None


def test_a_device_is_kept_once(book: Book) -> None:
    for at in (1, 2):
        book.keep_device(KeptDevice("kiosk", "k", at, "[]", "{}"))
    assert book.devices() == [KeptDevice("kiosk", "k", 2, "[]", "{}")]


def test_what_a_counter_called_and_took_back_is_known_without_asking_again(day: Day) -> None:
    assert day.book.called_lately(["1"], 3) == []
    for priority in (True, False, True):
        day.take(priority=priority)
    calls = [call.ticket for _ in range(3) if (call := day.next("1"))]
    assert calls[-1]
    day.on("undo_next", "1", calls[-1].id)
    known = tuple(day.book.turns("1", 56))
    day.book.kept.forget()
    assert known == tuple(day.book.turns("1", 56))
    assert [kind for _, kind, *_ in known] == ["returned", "called", "called", "called"]
    assert day.book.called_lately(["1"], 3) == [False, True]


@pytest.mark.parametrize("is_undone", [True, False])
def test_the_newest_calls_of_a_counter_are_known_as_the_file_has_them(store: Store, *, is_undone: bool) -> None:
    book = store.begin(has_savepoints=True)
    tickets = [book.add(a_ticket(n)) for n in (1, 2, 3)]
    assert book.turns("1", 2) == ()
    book.begin_verb()
    for ticket in tickets:
        book.tell(EventRow(0, NOW, "called", ticket, "1", "first_come"))
    if is_undone:
        book.rewind()
    book.end_verb()
    known = book.turns("1", 2)
    assert [ticket for _, _, ticket, *_ in known] == ([] if is_undone else [3, 2])
    book.kept.forget()
    assert known == book.turns("1", 2)


def test_what_was_called_in_a_transaction_that_was_rolled_back_is_not_known(store: Store) -> None:
    assert store.begin().turns("1", 2) == ()
    store.commit()
    book = store.begin()
    book.tell(EventRow(0, NOW, "called", book.add(a_ticket()), "1", "first_come"))
    assert len(tuple(book.turns("1", 2))) == 1
    store.roll_back()
    assert store.begin().turns("1", 2) == ()


class Spy:
    """A connection's `execute` that keeps what it is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self.asked: list[str] = []

    def __call__(self, sql: str, *values: object) -> sqlite3.Cursor:
        self.asked.append(sql)
        return self._run(sql, *values)  # type: ignore[arg-type]


@pytest.fixture
def spy(store: Store, day: Day) -> Spy:
    """What every verb and view asks of the database."""
    spy = Spy(store._writer)
    day.book._run = spy
    return spy


def test_no_verb_and_no_view_reads_a_table_through(day: Day, spy: Spy) -> None:
    day.take()
    ticket = day.take("stnk").row
    day.next("1")
    day.next("2")
    day.next("2")
    book = day.book
    day.floor.cancel(book, day.clock(), day.take("npwp").row.id)
    few = Queue("dukcapil", ("ktp", "kk"))
    for queue in (Queue("dukcapil"), few):
        book.in_queue(DAY, queue, 100)
        book.class_before(DAY, queue, (NOW, 1), is_priority=True)
    book.newest_before(DAY, [few], (NOW, 1), 3)
    book.called_lately(["1", "2"], 3)
    book.classes(DAY, few)
    book.why(1)
    book.waiting_counts(DAY)
    book.last_sequences(DAY, "ABC")
    book.ticket_of_token(ticket.token)
    list(book.calls(DAY, -1))
    book.calls_of_counter(DAY, "1", 20)
    book.tally(DAY, "1")
    book.events_after(0, 10)
    book.answer(b"k" * 16)
    book.drop_answers(0, 10)
    day.floor.ticket(book, ticket, NOW)
    plans = {sql: _plan(day.book._connection, sql) for sql in spy.asked}
    assert len(plans) >= 18
    walks = {
        sql: steps
        for sql, steps in plans.items()
        if any(re.search(r"\bSCAN (?!json_each|value|CONSTANT|\(subquery-)|TEMP B-TREE", step) for step in steps)
    }
    # The newest row and the oldest answers are found by walking from an end of the table, and stopping there.
    ends = [sql for sql in walks if "ORDER BY id DESC LIMIT 1" in sql or "ORDER BY id LIMIT ?" in sql]
    assert [sql for sql in walks if sql not in ends] == []


def _plan(connection: sqlite3.Connection, sql: str) -> list[str]:
    marks = sql.count("?")
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", ("x",) * marks)]


def test_a_token_is_known_on_the_next_day_of_tickets_and_then_forgotten(day: Day) -> None:
    token = day.take().row.token
    for known in (True, True, False):
        assert (day.book.ticket_of_token(token) is not None) is known
        day.clock.pass_(days=3)
        day.take()


def test_tokens_and_answers_are_known_after_reopening(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE_NAME)
    book = store.begin()
    days = ["2026-02-09", "2026-02-11", "2026-02-12"]
    for n, day in enumerate(days, start=1):
        book.add(a_ticket(n, day=day))
    book.keep_answer(b"k" * 16, KeptAnswer(b"f", 201, b"{}"), NOW)
    store.commit()
    store.close()
    again = Store(tmp_path / FILE_NAME)
    assert [again.read.ticket_of_token(f"{n:022d}") is not None for n in (1, 2, 3)] == [False, True, True]
    assert again.read.answer(b"k" * 16) == KeptAnswer(b"f", 201, b"{}")
    again.close()


def test_a_hint_to_what_was_rolled_back_proves_nothing(store: Store) -> None:
    book = store.begin()
    book.add(a_ticket())
    book.keep_answer(b"k" * 16, KeptAnswer(b"f", 201, b"{}"), NOW)
    store.roll_back()
    book = store.begin()
    book.add(a_ticket(2))
    book.keep_answer(b"l" * 16, KeptAnswer(b"g", 201, b"{}"), NOW)
    store.commit()
    assert store.read.ticket_of_token(f"{1:022d}") is None
    assert store.read.answer(b"k" * 16) is None


def test_floor_and_file_agree_after_reopening(tmp_path: Path, store: Store) -> None:
    floor = Floor(small_hall())
    said = floor.take(store.begin(), MORNING, TakeTicket(service="ktp"))
    store.commit()
    other = Store(tmp_path / FILE_NAME)
    assert other.read.ticket(said.row.id) == said.row
    other.close()


def test_a_carried_number_is_known_after_reopening_though_the_newest_was_given_up(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE_NAME)
    book = store.begin()
    rows = [book.add(a_ticket(n)) for n in (1, 2, 3)]
    book.move(rows[1]._replace(day="2026-02-13"))
    store.commit()
    store.close()
    again = Store(tmp_path / FILE_NAME)
    assert again.read.ticket_of_token(f"{2:022d}") is not None
    again.close()
