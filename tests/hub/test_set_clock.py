"""Events written while the clock ran ahead: a person says which day it is, and the hall goes on today."""

import subprocess
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hub.desk import Desk
from hub.evening import settle
from hub.floor import Floor
from hub.people import SessionRow, StaffRow
from hub.rows import Queue, Standing, TicketRow, to_ms
from hub.set_clock import accept
from hub.store import FILE_NAME, Book, KeptAnswer, KeptDevice, Store
from shared.hall import Hall
from shared.model import Kind
from shared.trouble import Trouble
from shared.wire import Hold, TakeTicket
from tests.hub.running import ROOT, command, start_hub
from tests.hub.small_hall import MORNING, Clock

TODAY = MORNING.date()


class Hub:
    """A floor over a file that is closed and opened between transactions, as by a restart."""

    def __init__(self, hall: Hall, path: Path) -> None:
        self.hall, self.path, self.floor = hall, path, Floor(hall)
        self.store = Store(path)

    def restart(self) -> None:
        self.store.close()
        self.store = Store(self.path)

    def take(self, clock: datetime) -> TicketRow:
        return self.do(lambda book: self.floor.take(book, clock, TakeTicket(service="ktp"))).row

    def do(self, work) -> Standing:  # type: ignore[no-untyped-def]  # noqa: ANN001  -- a verb of the floor
        book: Book = self.store.begin(has_savepoints=True)
        book.begin_verb()
        try:
            said: Standing = work(book)
        except Trouble:
            self.store.roll_back()
            raise
        self.store.commit()
        return said


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    hub = Hub(hall, tmp_path / FILE_NAME)
    yield hub
    hub.store.close()


@pytest.fixture
def ahead(hub: Hub) -> list[TicketRow]:
    """Two numbers of the morning, then one each on two later days that were none."""
    return [hub.take(MORNING), hub.take(MORNING), *(hub.take(MORNING + timedelta(days=n)) for n in (3, 4))]


def test_the_hall_goes_on_today_also_after_a_restart(hub: Hub, ahead: list[TicketRow]) -> None:
    now = MORNING + timedelta(hours=1)
    with pytest.raises(Trouble) as refused:
        hub.take(now)
    assert refused.value.code == "clock_behind"
    assert "from 2026-02-16 08:00:00 to 2026-02-12 09:00:00; 2 numbers" in accept(hub.store, hub.hall, now, TODAY)
    assert hub.take(now).number == "A-003"
    hub.restart()
    taken = hub.take(now + timedelta(minutes=1))
    assert (taken.day, taken.number) == ("2026-02-12", "A-004")
    assert [row.number for row in ahead] == ["A-001", "A-002", "A-001", "A-001"]


@pytest.mark.usefixtures("ahead")
def test_no_number_of_the_later_day_comes_twice(hub: Hub) -> None:
    accept(hub.store, hub.hall, MORNING, TODAY)
    later = hub.take(MORNING + timedelta(days=3))
    assert (later.day, later.number) == ("2026-02-15", "A-002")


def test_no_event_is_deleted_and_what_was_done_is_told(hub: Hub, ahead: list[TicketRow]) -> None:
    before = hub.store.read.events_after(0, 99)
    accept(hub.store, hub.hall, MORNING, TODAY)
    events = hub.store.read.events_after(0, 99)
    assert [event.id for event in events[: len(before)]] == [event.id for event in before]
    *cancelled, told = events[len(before) :]
    assert [event.ticket and event.ticket.id for event in cancelled] == [row.id for row in ahead[2:]]
    assert {event.kind for event in cancelled} == {Kind.CANCELLED}
    assert {event.at for event in events[len(before) :]} == {to_ms(MORNING)}
    assert told.kind == Kind.DEVICE
    assert "from 2026-02-16 08:00:00 to 2026-02-12 08:00:00" in (told.health or "")
    assert [row.id for row in hub.store.read.in_queue("2026-02-12", Queue("dukcapil"), 9)] == [
        row.id for row in ahead[:2]
    ]
    assert hub.store.read.waiting_counts("2026-02-15") == {"dukcapil": 0}


def test_whom_a_midnight_that_was_none_sent_home_waits_again(hub: Hub) -> None:
    first, second = hub.take(MORNING), hub.take(MORNING)
    wrong = MORNING + timedelta(days=2)
    assert settle(hub.floor, hub.store.begin(), wrong) == 2
    hub.store.commit()
    said = accept(hub.store, hub.hall, MORNING + timedelta(hours=1), TODAY)
    assert said.endswith("0 numbers of later days were cancelled, 2 of today wait again.")
    waiting = hub.store.read.in_queue("2026-02-12", Queue("dukcapil"), 9)
    assert waiting == [first, second]
    assert [event.kind for event in hub.store.read.events_after(0, 99)][-3:] == ["unheld", "unheld", "device"]


def test_who_expired_at_a_midnight_that_has_been_stays_so(hub: Hub) -> None:
    hub.take(MORNING)
    evening = MORNING + timedelta(hours=17)
    settle(hub.floor, hub.store.begin(), evening)
    hub.store.commit()
    hub.take(MORNING + timedelta(days=9))
    accept(hub.store, hub.hall, evening, evening.date())
    assert hub.store.read.in_queue("2026-02-12", Queue("dukcapil"), 9) == []


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize("said", [date(2026, 2, 16), date(2026, 2, 11)])
def test_a_clock_that_does_not_know_today_is_not_believed(hub: Hub, said: date) -> None:
    before = hub.store.read.last_event()
    with pytest.raises(Trouble) as refused:
        accept(hub.store, hub.hall, MORNING, said)
    assert refused.value.code == "not_today"
    assert hub.store.read.last_event() == before


def test_a_clock_that_is_not_behind_changes_nothing(hub: Hub) -> None:
    hub.take(MORNING)
    before = hub.store.read.last_event()
    assert "nothing was changed" in accept(hub.store, hub.hall, MORNING, TODAY)
    assert hub.store.read.last_event() == before


@pytest.mark.usefixtures("ahead")
def test_todays_pages_are_found_beside_two_later_days(hub: Hub) -> None:
    accept(hub.store, hub.hall, MORNING, TODAY)
    first = hub.take(MORNING)
    assert hub.store.read.ticket_of_token(first.token) == first
    hub.restart()
    assert hub.store.read.ticket_of_token(first.token) == first
    tomorrow = hub.take(MORNING + timedelta(days=1))
    hub.restart()
    assert hub.store.read.ticket_of_token(first.token) == first
    assert hub.store.read.ticket_of_token(tomorrow.token) == tomorrow


def test_answers_of_the_later_day_are_forgotten_a_day_from_now(hub: Hub) -> None:
    book = hub.store.begin()
    book.keep_answer(bytes(16), KeptAnswer(b"", 200, b""), to_ms(MORNING + timedelta(days=3)))
    hub.store.commit()
    hub.take(MORNING + timedelta(days=3))
    accept(hub.store, hub.hall, MORNING, TODAY)
    book = hub.store.begin()
    assert book.drop_answers(to_ms(MORNING), 9) == 0
    assert book.drop_answers(to_ms(MORNING) + 1, 9) == 1
    hub.store.roll_back()


def test_a_device_seen_on_a_later_day_is_not_alive_until_then(hub: Hub) -> None:
    from hub.house import House  # noqa: PLC0415  -- only here

    book = hub.store.begin()
    book.keep_device(KeptDevice("kiosk", "kios-1", to_ms(MORNING + timedelta(days=3)), "[]", "{}"))
    hub.store.commit()
    house = House(hub.hall, store=hub.store, clock=Clock(), data=hub.path.parent)
    assert not house.devices.device(house.devices.name("kiosk", "kios-1"), MORNING).alive


def test_who_was_locked_out_or_signed_in_on_a_later_day_is_so_no_more(hub: Hub) -> None:
    now, ahead = (to_ms(MORNING + timedelta(days=days)) for days in (0, 3))
    book = hub.store.begin()
    book.keep_staff(StaffRow(0, "Siti", "officer", 1, "$argon2id$…", wrong=5, locks=1, locked_until=ahead))
    book.keep_session(SessionRow("1", "app-1", "PC 1", None, None, now, bytes(32)))
    book.keep_session(SessionRow("2", "app-2", "PC 2", None, None, ahead, bytes([1] * 32)))
    hub.store.commit()
    hub.take(MORNING + timedelta(days=3))
    accept(hub.store, hub.hall, MORNING, TODAY)
    [siti] = hub.store.read.all_staff()
    assert (siti.locked_until, siti.locks) == (now, 1)
    assert [row.counter for row in hub.store.read.sessions()] == ["1"]
    [out] = [event for event in hub.store.read.events_after(0, 99) if event.kind == Kind.SIGNED_OUT]
    assert (out.at, out.counter, out.app) == (now, "2", "app-2")


def run(data: Path, said: date) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, "--accept-clock", said.isoformat()),
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_programs_switch_puts_it_right_and_ends(tmp_path: Path) -> None:
    zone = ZoneInfo("Asia/Makassar")
    with start_hub(tmp_path) as hub:
        hub.take("umum-surat")
        refused = run(tmp_path, datetime.now(zone).date())
        assert (refused.returncode, str(hub.process.pid) in refused.stderr) == (75, True)
        hub.end()
    store = Store(tmp_path / FILE_NAME)
    book = store.begin()
    row = book.ticket(1)
    assert row is not None
    ahead = to_ms(datetime.now(zone) + timedelta(days=3))
    book.mark(row._replace(paper="printed"))
    book.tell(store.read.events_after(0, 1)[0]._replace(kind="printed", outcome="printed", at=ahead))
    store.commit()
    store.close()
    with start_hub(tmp_path) as hub:
        assert hub.post("/api/tickets", {"service": "umum-surat"}).json()["code"] == "clock_behind"
        hub.end()
    assert run(tmp_path, datetime.now(zone).date() + timedelta(days=3)).returncode == 1
    done = run(tmp_path, datetime.now(zone).date())
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 numbers" in done.stdout
    with start_hub(tmp_path) as hub:
        assert hub.take("umum-surat")["number"] == "B-002"
        assert hub.get("/api/health")["troubles"] == []


def test_whom_the_wrong_clock_holds_until_later_waits_again(hub: Hub) -> None:
    wrong = MORNING + timedelta(hours=3)
    ticket = hub.take(wrong)
    desk, book = Desk(hub.floor), hub.store.begin()
    hub.floor.next(book, wrong, "1")
    desk.hold(book, wrong, "1", Hold(ticket=ticket.id, minutes=5))
    hub.store.commit()
    accept(hub.store, hub.hall, MORNING, TODAY)
    assert [row.id for row in hub.store.read.in_queue("2026-02-12", Queue("dukcapil"), 9)] == [ticket.id]
