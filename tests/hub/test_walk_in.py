"""A visitor without a number is served at once: each rule as a manager would read it."""

import pytest

from hub.closing import close_counter
from hub.pauses import pause
from hub.rows import Standing, to_event
from hub.views import Views
from hub.walk_in import walk_in
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import Board, Close, CounterView, Pause, WalkIn
from tests.hub.conftest import Day
from tests.hub.running import RunningHub


def serve(day: Day, counter: str = "1", service: str = "ktp", *, priority: bool = False) -> Standing:
    return walk_in(day.floor, day.book, day.clock(), counter, WalkIn(service=service, priority=priority))


def refused(day: Day, counter: str = "1", service: str = "ktp") -> str:
    before = len(day.book.told)
    with pytest.raises(Trouble) as trouble:
        serve(day, counter, service)
    assert len(day.book.told) == before
    return trouble.value.code


def view(day: Day, counter: str = "1") -> CounterView:
    return CounterView.model_validate_json(Views(day.floor, day.book).counter(day.clock(), counter, []))


def board(day: Day) -> Board:
    return Board.model_validate_json(Views(day.floor, day.book).board(day.clock(), None))


def test_service_begins_at_once_under_the_agencys_next_number(day: Day) -> None:
    day.take()
    row = serve(day, priority=True).row
    assert (row.number, row.state, row.counter, row.origin) == ("A-002", "serving", "1", "walk_in")
    assert row.priority == 1
    current = view(day).current
    assert current
    assert (current.number, current.called_at, current.calls) == ("A-002", None, 0)
    assert current.served_at == day.clock()


def test_the_next_who_takes_a_number_gets_the_one_after(day: Day) -> None:
    serve(day)
    assert day.take().row.number == "A-002"


def test_nobody_is_called_and_nobody_seems_to_wait(day: Day) -> None:
    serve(day)
    assert day.kinds() == ["walked_in"]
    shown = board(day)
    assert shown.calls == []
    assert [one.waiting for one in shown.waiting] == [0, 0, 0]
    assert view(day).history == []


def test_it_has_no_paper_and_no_page(day: Day) -> None:
    assert serve(day).url is None


def test_it_is_finished_like_any_other_and_counted_apart(day: Day) -> None:
    here = serve(day).row.id
    day.clock.pass_(minutes=3)
    day.on("finish", "1", here)
    day.take()
    day.next()
    day.next()
    tally = view(day).tally
    assert (tally.served, tally.walk_ins, tally.mean_minutes) == (2, 1, 3.0)
    assert day.book.origins("2026-02-12") == {"walk_in": 1, "kiosk": 1}


def test_next_finishes_it_too(day: Day) -> None:
    here = serve(day).row.id
    day.take()
    assert day.called() == "A-002"
    assert day.state(here) == "finished"


def test_not_while_somebody_is_at_the_counter(day: Day) -> None:
    day.take()
    day.next()
    assert refused(day) == "counter_busy"
    assert serve(day, "2").row.number == "A-002"


@pytest.mark.parametrize(
    ("counter", "service", "code"),
    [
        ("9", "ktp", "unknown_counter"),
        ("1", "sim", "unknown_service"),
        ("1", "stnk", "not_served_here"),
        ("3", "ktp", "not_served_here"),
    ],
)
def test_only_for_what_this_counter_serves(day: Day, counter: str, service: str, code: str) -> None:
    assert refused(day, counter, service) == code


def test_also_where_it_serves_some_services_only(day: Day, hall: Hall) -> None:
    counters = [one.model_copy(update={"services": ["kk"] if one.id == "1" else []}) for one in hall.counters]
    narrow = Day(type(day.floor)(hall.model_copy(update={"counters": counters})), day.book, day.clock)
    assert refused(narrow, "1", "ktp") == "not_served_here"
    assert serve(narrow, "1", "kk").row.service == "kk"


def test_not_at_a_counter_that_pauses_or_is_closed(day: Day) -> None:
    pause(day.floor, day.book, day.clock(), "1", Pause(why="Salat"))
    close_counter(day.floor, day.book, day.clock(), "2", Close(why="Listrik padam"))
    assert (refused(day, "1"), refused(day, "2")) == ("counter_paused", "counter_closed")


def test_a_counter_that_serves_one_is_open(day: Day) -> None:
    serve(day, "1")
    assert day.floor.callers.lately(day.book, "2026-02-12", ["1", "2"], day.floor.moment(day.book, day.clock())) == {
        "1"
    }


def test_it_can_be_held_and_transferred_as_others(day: Day) -> None:
    here = serve(day).row.id
    day.on("transfer", "1", here, counter="3")
    assert day.called("3") == "A-001"
    other = serve(day).row.id
    day.on("hold", "1", other, minutes=5)
    day.clock.pass_(minutes=5)
    assert day.called("1") == "A-002"


class TestASlip:
    def test_is_undone_while_the_visitor_is_here(self, day: Day) -> None:
        here = serve(day).row.id
        assert view(day).undoable
        day.on("undo_next", "1", here)
        assert (day.state(here), day.kinds()) == ("cancelled", ["walked_in", "walk_in_undone"])
        assert view(day).current is None
        assert view(day).tally.served == 0
        assert day.take().row.number == "A-002"

    def test_is_not_told_as_standing_at_the_counter(self, day: Day) -> None:
        here = serve(day).row.id
        day.on("undo_next", "1", here)
        told = to_event(day.book.events_after(0, 9)[-1], day.floor.zone)
        assert told.ticket
        assert (told.counter, told.ticket.counter, told.ticket.state) == ("1", None, "cancelled")

    def test_is_none_any_more_once_the_visitor_was_called(self, day: Day) -> None:
        here = serve(day).row.id
        day.on("hold", "1", here, minutes=5)
        day.on("unhold", "1", here)
        day.next()
        day.on("serve", "1", here)
        with pytest.raises(Trouble, match="sudah mulai dilayani"):
            day.on("undo_next", "1", here)


def test_over_the_lan(hub: RunningHub) -> None:
    path = "/api/counters/loket-1"
    listener = hub.listen()
    reply = hub.post(f"{path}/walk-in", {"service": "kependudukan-ktp"})
    assert (reply.status_code, reply.json()["state"], reply.json()["token"]) == (201, "serving", None)
    assert listener.events(1)[0]["kind"] == "walked_in"
    listener.close()
    again = hub.post(f"{path}/walk-in", {"service": "kependudukan-ktp"}, Accept_Language="en")
    assert (again.status_code, again.json()["title"]) == (409, f"{reply.json()['number']} is still at this counter.")
    assert again.json()["now"]["id"] == reply.json()["id"]
    assert hub.post(f"{path}/undo-next", {"ticket": reply.json()["id"]}).json()["state"] == "cancelled"
