"""One hand writes: together, in order, and whatever one of them does the others are written."""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hub import writer as writer_module
from hub.rows import EventRow, Queue, TicketRow, to_ms
from hub.store import FILE_NAME, Book, Store
from hub.writer import Writer
from shared.trouble import Trouble
from tests.hub.small_hall import MORNING

NOW = to_ms(MORNING)


def taking(sequence: int) -> Callable[[Book], int]:
    def work(book: Book) -> int:
        row = TicketRow(0, "2026-02-12", "A", sequence, "a", "s", 0, "id", "", f"{sequence:022d}", NOW)
        added = book.add(row)
        book.tell(EventRow(0, NOW, "taken", added))
        return added.id

    return work


def failing(sequence: int, error: Exception) -> Callable[[Book], None]:
    def work(book: Book) -> None:
        taking(sequence)(book)
        raise error

    return work


def play(store: Store, scene: Callable[[Writer], Awaitable[Any]]) -> tuple[Any, list[EventRow]]:
    """Run a scene before a writer; what it says, and what the writer told."""
    told: list[EventRow] = []

    async def main() -> object:
        writer = Writer(store, told.extend)
        try:
            return await asyncio.wait_for(scene(writer), 20)
        finally:
            await writer.close()

    return asyncio.run(main()), told


async def all_of(writer: Writer, *works: Callable[[Book], Any]) -> list[Any]:
    return await asyncio.gather(*(writer.write(work) for work in works), return_exceptions=True)


def transactions(store: Store) -> list[bool]:
    """The transactions begun from now on, as they come: whether each has savepoints."""
    begun: list[bool] = []
    begin = store.begin

    def counted(*, has_savepoints: bool = False) -> Book:
        begun.append(has_savepoints)
        return begin(has_savepoints=has_savepoints)

    store.begin = counted  # type: ignore[method-assign]
    return begun


def test_what_waits_together_is_one_transaction_in_order(store: Store) -> None:
    begun = transactions(store)
    said, told = play(store, lambda writer: all_of(writer, *(taking(n) for n in range(1, 21))))
    assert said == list(range(1, 21))
    assert [event.id for event in told] == said
    assert begun == [False]


def test_answers_come_after_the_commit(store: Store, tmp_path: Path) -> None:
    async def scene(writer: Writer) -> int:
        await writer.write(taking(1))
        with sqlite3.connect(tmp_path / FILE_NAME) as other:
            count = other.execute("SELECT count(*) FROM ticket").fetchone()[0]
        other.close()
        return int(count)

    assert play(store, scene)[0] == 1


def test_a_bug_in_one_verb_leaves_the_others_written(store: Store) -> None:
    said, told = play(store, lambda writer: all_of(writer, taking(1), failing(2, KeyError("bug")), taking(3)))
    assert isinstance(said[1], KeyError)
    assert [event.ticket and event.ticket.sequence for event in told] == [1, 3]
    assert [event.id for event in told] == [1, 2]


def test_a_verb_that_breaks_a_promise_of_the_database_fails_alone(store: Store) -> None:
    said, told = play(store, lambda writer: all_of(writer, taking(1), taking(1), taking(2)))
    assert isinstance(said[1], sqlite3.IntegrityError)
    assert len(told) == 2


def test_a_trouble_before_anything_was_written_costs_no_second_run(store: Store) -> None:
    runs: list[int] = []

    def refused(_: Book) -> None:
        runs.append(1)
        raise Trouble("unknown_ticket")

    said, _ = play(store, lambda writer: all_of(writer, taking(1), refused))
    assert isinstance(said[1], Trouble)
    assert runs == [1]


def test_a_client_that_hangs_up_disturbs_nobody(store: Store) -> None:
    async def scene(writer: Writer) -> int:
        leaving = asyncio.ensure_future(writer.write(taking(1)))
        await asyncio.sleep(0)
        leaving.cancel()
        return await writer.write(taking(2))

    assert play(store, scene)[0] == 2


@pytest.mark.allow_log("Data tidak dapat disimpan")
class TestDiskInTrouble:
    def test_a_full_disk_fails_what_waits_and_writing_goes_on_when_there_is_room(self, store: Store) -> None:
        async def scene(writer: Writer) -> tuple[list[Any], Trouble | None, Trouble | None, set[int]]:
            said = await all_of(writer, taking(1))
            pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
            store._writer.execute(f"PRAGMA max_page_count = {pages}")
            for n in range(2, 200):
                said += await all_of(writer, taking(n), taking(1000 + n))
                if isinstance(said[-1], Trouble):
                    break
            full = writer.trouble
            store._writer.execute("PRAGMA max_page_count = 100000")
            said.append(await writer.write(taking(5000)))
            return said, full, writer.trouble, {row.id for row in store.read.in_queue("2026-02-12", Queue("a"), 999)}

        (said, full, now, kept), told = play(store, scene)
        assert {one.code for one in said if isinstance(one, Trouble)} == {"storage_failed"}
        assert full is not None
        assert now is None
        assert {one for one in said if isinstance(one, int)} == kept == {e.ticket.id for e in told if e.ticket}

    def test_a_commit_that_fails_is_no_answer(self, store: Store) -> None:
        commit = store.commit
        failures = [Trouble("storage_failed", why="disk I/O error")]

        def failing_once() -> None:
            if failures:
                raise failures.pop()
            commit()

        store.commit = failing_once  # type: ignore[method-assign]

        async def scene(writer: Writer) -> list[Any]:
            return [await all_of(writer, taking(1), taking(2)), await writer.write(taking(1))]

        (failed, later), told = play(store, scene)
        assert [one.code for one in failed] == ["storage_failed"] * 2
        assert later == 1
        assert len(told) == 1


@pytest.mark.skipif(os.name != "posix", reason="another system")
class TestHeldByAnother:
    @pytest.fixture
    def thief(self, store: Store) -> Iterator[sqlite3.Connection]:
        thief = sqlite3.connect(store.path, isolation_level=None)
        thief.execute("BEGIN IMMEDIATE")
        yield thief
        thief.close()

    @pytest.mark.allow_log("sedang dipakai program lain")
    def test_fails_what_waits_after_its_patience_and_writing_goes_on(
        self, store: Store, thief: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writer_module, "_BUSY_SECONDS", 0.1)

        async def scene(writer: Writer) -> tuple[Any, Any, Any, Any]:
            held = await all_of(writer, taking(1), taking(2))
            busy = writer.trouble
            thief.execute("ROLLBACK")
            return held, busy, await writer.write(taking(1)), writer.trouble

        (held, busy, later, now), _ = play(store, scene)
        assert [one.code for one in held] == ["data_busy"] * 2
        assert held[0].kind.status == 503
        assert busy.code == "data_busy"
        assert (later, now) == (1, None)

    def test_for_a_moment_is_waited_for_in_order_and_holds_up_nobody_else(
        self, store: Store, thief: sqlite3.Connection
    ) -> None:
        async def scene(writer: Writer) -> list[Any]:
            asked = [asyncio.ensure_future(writer.write(taking(n))) for n in (1, 2)]
            loop = asyncio.get_running_loop()
            began = loop.time()
            for n in range(20):  # of a loop that waits for the file there would be no turn at all
                await asyncio.sleep(0.01)
                assert not any(one.done() for one in asked)
                if n == 9:
                    asked.append(asyncio.ensure_future(writer.write(taking(3))))
            assert loop.time() - began < writer_module._BUSY_SECONDS
            thief.execute("ROLLBACK")
            return await asyncio.gather(*asked)

        said, told = play(store, scene)
        assert said == [1, 2, 3]
        assert [event.id for event in told] == [1, 2, 3]


class TestFaults:
    """Whatever fails in the house itself: who asked is answered, and the next one's order is written."""

    def fail_once(self, monkeypatch: pytest.MonkeyPatch, store: Store, name: str, *, after: bool = False) -> list[str]:
        real: Callable[..., object] = getattr(store, name)
        faults: list[str] = []

        def failing_once(*args: Any, **more: Any) -> object:  # noqa: ANN401  -- stands in for any of the store's
            done = real(*args, **more) if after or faults else None
            if not faults:
                faults.append(name)
                raise RuntimeError(f"planted in {name}")
            return done

        monkeypatch.setattr(store, name, failing_once)
        return faults

    @pytest.mark.allow_log("planted in begin")
    @pytest.mark.parametrize("after", [False, True])
    def test_in_beginning(self, store: Store, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
        self.fail_once(monkeypatch, store, "begin", after=after)

        async def scene(writer: Writer) -> list[Any]:
            return [await all_of(writer, taking(1), taking(2)), await writer.write(taking(1))]

        (failed, later), told = play(store, scene)
        assert [str(one) for one in failed] == ["planted in begin"] * 2
        assert (later, len(told)) == (1, 1)

    @pytest.mark.allow_log("planted in (commit|roll_back)|rolled back yet")
    def test_in_rolling_back(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fail_once(monkeypatch, store, "commit")
        roll_back, begun, faults = store.roll_back, [], [1]

        def failing_when_needed() -> None:
            if store.is_writing and faults:
                faults.pop()
                raise RuntimeError("planted in roll_back")
            begun.append(store.is_writing)
            roll_back()

        monkeypatch.setattr(store, "roll_back", failing_when_needed)

        async def scene(writer: Writer) -> list[Any]:
            return [await all_of(writer, taking(1), taking(2)), await writer.write(taking(1))]

        (failed, later), told = play(store, scene)
        assert [str(one) for one in failed] == ["planted in commit"] * 2
        assert (later, len(told)) == (1, 1)
        assert begun == [False, True]

    @pytest.mark.allow_log("a fault while the log was brought home")
    @pytest.mark.parametrize("by_the_committer", [False, True])
    def test_in_bringing_the_log_home(
        self, store: Store, monkeypatch: pytest.MonkeyPatch, by_the_committer: bool, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(writer_module, "_CHECKPOINT_COMMITS", 10_000 if by_the_committer else 1)
        self.fail_once(monkeypatch, store, "checkpoint")

        async def scene(writer: Writer) -> list[Any]:
            writer._is_overgrown = by_the_committer
            return [await writer.write(taking(n)) for n in (1, 2, 3)]

        assert play(store, scene)[0] == [1, 2, 3]
        assert "planted in checkpoint" in caplog.text


def test_the_log_beside_the_file_is_brought_home(store: Store, tmp_path: Path) -> None:
    async def scene(writer: Writer) -> None:
        for n in range(1, 502):
            await writer.write(taking(n))

    play(store, scene)
    home = sqlite3.connect(f"file:{tmp_path / FILE_NAME}?immutable=1", uri=True)
    assert home.execute("SELECT count(*) FROM ticket").fetchone()[0] >= 500
    home.close()


@pytest.mark.allow_log("Data tidak dapat disimpan")
def test_a_transaction_that_sqlite_ends_in_mid_verb_does_not_end_writing(store: Store) -> None:
    def torn(book: Book) -> None:
        taking(7)(book)
        book._run("ROLLBACK")  # as SQLite does by itself when the disk fails under it
        raise sqlite3.OperationalError("disk I/O error")

    async def scene(writer: Writer) -> list[Any]:
        failed = await all_of(writer, torn)
        return [*failed, *await all_of(writer, taking(1))]

    (failed, taken), told = play(store, scene)
    assert isinstance(failed, Trouble)
    assert failed.code == "storage_failed"
    assert (taken, [event.id for event in told]) == (1, [1])


def test_a_teller_that_fails_does_not_keep_the_answer_back(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> list[Any]:
        def deaf(_events: list[EventRow]) -> None:
            raise RuntimeError("a fault of the feed")

        faults: list[Any] = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: faults.append(context["exception"]))
        writer = Writer(store, deaf)
        taken = await asyncio.wait_for(all_of(writer, taking(1)), 20)
        again = await asyncio.wait_for(all_of(writer, taking(2)), 20)
        assert [str(fault) for fault in faults] == ["a fault of the feed"] * 2
        return [*taken, *again]

    assert asyncio.run(main()) == [1, 2]
    assert caplog.records == []


def test_the_log_begins_anew_under_a_load_without_a_pause(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "_CHECKPOINT_COMMITS", 20)
    monkeypatch.setattr(writer_module, "_LOG_PAGES", 100)

    async def kiosk(writer: Writer, first: int) -> None:
        for n in range(first, first + 300):
            await writer.write(taking(n))

    async def scene(writer: Writer) -> None:
        await asyncio.gather(*(kiosk(writer, first) for first in (1, 1001, 2001)))

    _, told = play(store, scene)
    assert len(told) == 900
    assert (tmp_path / f"{FILE_NAME}-wal").stat().st_size < 4_000_000


def test_a_checkpoint_that_fails_is_logged_and_fails_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(writer_module, "_CHECKPOINT_COMMITS", 1)

    def failing_checkpoint() -> int:
        raise Trouble("storage_failed", why="disk I/O error")

    store.checkpoint = failing_checkpoint  # type: ignore[method-assign]
    said, _ = play(store, lambda writer: all_of(writer, taking(1)))
    assert said == [1]
    assert "disk I/O error" in caplog.text
    caplog.clear()


def test_those_who_come_to_a_hub_at_rest_a_moment_apart_share_a_transaction(store: Store) -> None:
    begun = transactions(store)

    async def scene(writer: Writer) -> list[Any]:
        first = asyncio.ensure_future(writer.write(taking(1)))
        for _ in range(3):  # turns of the loop, as a second client's request takes to be read
            await asyncio.sleep(0)
        return [await writer.write(taking(2)), await first]

    assert play(store, scene)[0] == [2, 1]
    assert begun == [False]


def test_who_asks_while_a_batch_is_written_is_answered_before_the_rest_of_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "_SLICE_SECONDS", 0)
    order: list[str] = []

    async def scene(writer: Writer) -> None:
        loop = asyncio.get_running_loop()

        def work(_: Book) -> None:
            order.append("verb")
            loop.call_soon(loop.call_soon, order.append, "board")  # read in a turn of the loop, answered in the next

        await all_of(writer, work, work)

    play(store, scene)
    assert order[:3] == ["verb", "board", "verb"]


def test_more_than_are_answered_in_a_turn_are_all_answered_in_order(store: Store) -> None:
    answered: list[int] = []

    async def taker(writer: Writer, sequence: int) -> None:
        answered.append(await writer.write(taking(sequence)))

    play(store, lambda writer: asyncio.gather(*(taker(writer, n) for n in range(1, 101))))
    assert answered == list(range(1, 101))
