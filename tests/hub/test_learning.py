"""The hub learns how long people wait from its own past weeks, and keeps what it learnt."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hub.estimates import UNTIL, Estimates, Front, Hands, Slot, Table, Wait, key_of
from hub.learner import LEAST_SEEN
from hub.learning import Learning, learn
from hub.popularity import Tally, usual
from hub.rows import Met, TicketRow, to_ms
from hub.store import FILE_NAME, Store
from hub.views import Views
from hub.writer import Writer
from shared.hall import Hall
from tests.hub.conftest import Day
from tests.hub.running import start_hub, until
from tests.hub.small_hall import MORNING

TODAY = "2026-02-12"
WHEN = Slot(3, 9)
BUSY = Hands(1, Front.BUSY)


def never() -> bool:
    return False


def past(store: Store, day: str, count: int, minutes: float, **changed: object) -> None:
    """So many of one past day who took a number for KTP with two ahead, and waited so long."""
    book = store.begin()
    taken_at = to_ms(MORNING.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]), hour=9))
    first = book.next_sequence(day, "A")
    for sequence in range(first, first + count):
        row = TicketRow(
            0, day, "A", sequence, "dukcapil", "ktp", 0, "id", "", f"{day}-{sequence:011d}", taken_at
        )._replace(**changed)  # type: ignore[arg-type]
        row = book.add(row, Met(2, 1, Front.BUSY))
        book.put(row._replace(state="called", counter="1", called_at=taken_at + round(60_000 * minutes)), 1)
        book.replace(row._replace(state="cancelled", ended_at=taken_at))  # the counter is free for the one after
    store.commit()


def told(estimates: Estimates, hall: Hall) -> Wait:
    agency = hall.agency("dukcapil")
    return estimates.wait(agency, agency.services[0], WHEN, 2, BUSY)


def learnt(hall: Hall, store: Store) -> Wait:
    return told(Estimates(learn(hall, store, TODAY, never)), hall)


class TestPastWeeks:
    def test_the_last_four_weeks_are_learnt_from(self, hall: Hall, store: Store) -> None:
        past(store, "2026-01-20", LEAST_SEEN, 60)
        assert learnt(hall, store).likely == pytest.approx(60, abs=10)

    def test_older_ones_are_not(self, hall: Hall, store: Store) -> None:
        past(store, "2026-01-14", LEAST_SEEN, 60)
        assert learnt(hall, store) == Wait(14)

    def test_nor_is_today(self, hall: Hall, store: Store) -> None:
        past(store, TODAY, LEAST_SEEN, 60)
        assert learnt(hall, store) == Wait(14)

    def test_nor_a_number_that_was_carried_over_midnight(self, hall: Hall, store: Store) -> None:
        past(store, "2026-02-10", LEAST_SEEN, 60, taken_at=to_ms(MORNING.replace(day=9)))
        assert learnt(hall, store) == Wait(14)

    def test_nor_one_that_another_agency_has_now(self, hall: Hall, store: Store) -> None:
        past(store, "2026-02-10", LEAST_SEEN, 60, agency="samsat", service="stnk")
        assert learnt(hall, store) == Wait(14)

    def test_it_looks_no_further_back_once_it_has_seen_enough(
        self, hall: Hall, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hub.learning.MOST", LEAST_SEEN)
        past(store, "2026-02-09", 20 * LEAST_SEEN, 10)
        past(store, "2026-02-10", LEAST_SEEN, 60)
        assert learnt(hall, store).likely > 40

    def test_it_stops_when_it_shall(self, hall: Hall, store: Store) -> None:
        past(store, "2026-02-10", 600, 60)
        asked = []

        def stop() -> bool:
            asked.append(1)
            return True

        assert learn(hall, store, TODAY, stop) is None
        assert len(asked) == 1


class TestWhatIsAskedFor:
    @pytest.mark.parametrize(
        ("hour", "expected"),
        [(9, 10 * 4 + 5 * 2 + 1), (8, 10 * 2 + 5 * 4 + 1), (10, 5 * 4 + 2 + 1), (14, 10 + 4 + 2), (0, 7), (23, 7)],
    )
    def test_this_hour_counts_most_and_the_hours_beside_it_half(self, hour: int, expected: int) -> None:
        tally = Tally()
        for taken_at in (8, 8, 9, 9, 9, 9, 14):
            tally.count("ktp", taken_at)
        assert (usual(tally.taken(), "ktp", hour), usual(tally.taken(), "kk", hour)) == (expected, 0)

    def test_the_hall_learns_it_from_its_own_weeks(self, hall: Hall, store: Store) -> None:
        past(store, "2026-02-10", LEAST_SEEN, 60)
        table = learn(hall, store, TODAY, never)
        assert table is not None
        assert table.taken == {"ktp": {9: LEAST_SEEN}}

    def test_the_kiosk_is_told_of_services_and_their_agencies(self, day: Day) -> None:
        day.floor.times.estimates = Estimates(Table({}, {}, {}, {"ktp": {9: 3}}))
        offers = Views(day.floor, day.book).offers(day.clock().replace(hour=9))
        told = {offer.id: offer.usual for offer in (*offers.agencies, *offers.services) if offer.usual}
        assert told == {"dukcapil": 30, "ktp": 30}


class TestWhatIsKept:
    def kept(self, hall: Hall, store: Store) -> Estimates:
        learning = Learning(store)

        async def night() -> None:
            writer = Writer(store, lambda _: None)
            await learning.keep_up(hall, TODAY, writer)
            await learning.at_rest()
            await learning.keep_up(hall, TODAY, writer)
            await learning.close()
            await writer.close()

        asyncio.run(night())
        return learning.estimates

    def test_what_was_learnt_is_told_at_once_and_after_a_restart(self, hall: Hall, tmp_path: Path) -> None:
        store = Store(tmp_path / "antre.db")
        past(store, "2026-02-10", LEAST_SEEN, 60)
        learnt = self.kept(hall, store)
        store.close()
        again = Store(tmp_path / "antre.db")
        learning = Learning(again)
        learning.recall()
        again.close()
        assert told(learnt, hall) == told(learning.estimates, hall)
        assert told(learnt, hall).most is not None

    def test_what_another_version_kept_is_learnt_anew(self, hall: Hall, store: Store) -> None:
        book = store.begin()
        book.keep_learnt(TODAY, '{"what": "else"}')
        store.commit()
        learning = Learning(store)
        learning.recall()
        assert told(learning.estimates, hall) == Wait(14)

    def test_a_hall_without_past_keeps_nothing(self, hall: Hall, store: Store) -> None:
        self.kept(hall, store)
        assert store.read.learnt() is None


def test_a_hub_tells_what_it_learnt_soon_after_its_start_and_at_once_after_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    store = Store(data / FILE_NAME)
    yesterday = (datetime.now(ZoneInfo("Asia/Makassar")) - timedelta(days=1)).date().isoformat()
    past(store, yesterday, LEAST_SEEN, 60, agency="kependudukan", service="kependudukan-ktp")
    store.close()
    with start_hub(data) as hub:
        until(lambda: hub.take()["estimate_high_minutes"] is not None)
    with start_hub(data) as again:
        assert again.take()["estimate_high_minutes"] is not None


class TestTaking:
    def test_keeps_what_the_visitor_met_and_how_long_it_took(self, day: Day) -> None:
        day.take()
        mine = day.take().row
        day.clock.pass_(minutes=3)
        day.next()
        day.clock.pass_(minutes=9)
        day.next()
        (first, second) = day.book.waited(mine.day, "A")
        assert (first.ahead, first.opened, first.front, first.waited) == (0, 2, Front.FREE, 180_000)
        assert (second.ahead, second.waited) == (1, 720_000)

    def test_the_first_call_counts_whatever_comes_after(self, day: Day) -> None:
        mine = day.take().row
        day.clock.pass_(minutes=3)
        day.next()
        day.on("hold", "1", mine.id, minutes=30)
        day.clock.pass_(minutes=30)
        day.next()
        assert [one.waited for one in day.book.waited(mine.day, "A")] == [180_000]

    def test_a_call_that_was_undone_was_none(self, day: Day) -> None:
        mine = day.take().row
        day.next()
        day.on("undo_next", "1", mine.id)
        assert day.book.waited(mine.day, "A") == []
        day.clock.pass_(minutes=30)
        day.next()
        assert [one.waited for one in day.book.waited(mine.day, "A")] == [1_800_000]

    def test_the_first_call_counts_also_where_a_later_one_was_undone(self, day: Day) -> None:
        mine = day.take().row
        day.clock.pass_(minutes=3)
        day.next()
        day.on("transfer", "1", mine.id, counter="2")
        day.clock.pass_(minutes=5)
        day.next("2")
        day.on("undo_next", "2", mine.id)
        assert [one.waited for one in day.book.waited(mine.day, "A")] == [180_000]

    def test_what_is_learnt_is_told_with_the_number_and_to_those_who_wait(self, day: Day) -> None:
        pace = {key_of("dukcapil", "ktp"): 60.0}
        spread = {key_of("dukcapil"): [(1.0, 1.9, 0.0, 0.0)] * len(UNTIL)}
        start = {f"{front} {key_of('dukcapil', 'ktp')}": (0.0, 1.0) for front in (0, 1)}
        day.floor.times.estimates = Estimates(Table(pace, start, spread, {}))
        for counter in ("1", "2"):
            day.take()
            day.next(counter)
        said = day.take()
        assert (said.ahead, said.minutes, said.most) == (0, 30, 60)
        later = day.floor.ticket(day.book, day.take().row, day.floor.moment(day.book, day.clock()))
        assert (later.ahead, later.minutes, later.most) == (1, 60, 120)
