"""A counter that pauses: each rule as a manager would read it."""

from pathlib import Path

import pytest

from hub.closing import close_counter
from hub.pauses import pause, resume
from hub.rows import EventRow
from hub.views import Views
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import Board, Close, CounterView, Nothing, Pause
from tests.hub.conftest import Day
from tests.hub.running import start_hub


def rest(day: Day, counter: str = "1", why: str = "Salat") -> EventRow:
    return pause(day.floor, day.book, day.clock(), counter, Pause(why=why))


def go_on(day: Day, counter: str = "1") -> EventRow | None:
    return resume(day.floor, day.book, day.clock(), counter, Nothing())


def view(day: Day, counter: str = "1") -> CounterView:
    return CounterView.model_validate_json(Views(day.floor, day.book).counter(day.clock(), counter, []))


def opened(day: Day, agency: str = "dukcapil", service: str = "") -> int:
    return day.floor.open_counters(day.book, agency, day.floor.moment(day.book, day.clock()), service)


def refused(day: Day, counter: str = "1") -> Trouble:
    with pytest.raises(Trouble) as trouble:
        day.next(counter)
    return trouble.value


class TestWhileItPauses:
    def test_nobody_is_called_and_the_officer_is_told_who_waits(self, day: Day) -> None:
        first = day.take().row
        day.take()
        rest(day)
        trouble = refused(day)
        assert (trouble.code, trouble.values["why"]) == ("counter_paused", "Salat")
        assert isinstance(trouble.now, dict)
        assert (trouble.now["waiting_count"], trouble.now["waiting"][0]["number"]) == (2, first.number)

    def test_one_chosen_is_not_called_either(self, day: Day) -> None:
        ill = day.take().row.id
        rest(day)
        with pytest.raises(Trouble, match="sedang jeda"):
            day.on("call", "1", ill, why="sakit")
        assert day.state(ill) == "waiting"

    def test_other_counters_go_on(self, day: Day) -> None:
        day.take()
        rest(day, "1")
        assert day.called("2") == "A-001"

    @pytest.mark.parametrize(
        ("verb", "state"), [("serve", "serving"), ("finish", "finished"), ("no_show", "no_show"), ("recall", "called")]
    )
    def test_who_is_at_the_counter_stays_and_is_served_to_the_end(self, day: Day, verb: str, state: str) -> None:
        here = day.take().row.id
        day.next()
        rest(day)
        assert day.state(here) == "called"
        day.on(verb, "1", here)
        assert day.state(here) == state

    def test_numbers_are_given_all_the_same(self, day: Day) -> None:
        rest(day, "1")
        rest(day, "2")
        assert day.take().row.number == "A-001"

    def test_the_officer_sees_since_when_and_why(self, day: Day) -> None:
        rest(day, why="Rapat")
        day.clock.pass_(minutes=5)
        rest(day, why="Salat")
        paused = view(day).paused
        assert paused
        assert (paused.why, f"{paused.since:%H.%M}") == ("Salat", "08.00")
        assert view(day, "2").paused is None

    def test_the_board_tells_which_counters_pause(self, day: Day) -> None:
        rest(day, "2")
        board = Board.model_validate_json(Views(day.floor, day.book).board(day.clock(), None))
        assert board.paused_counters == {"2": "Salat"}


class TestItsEnd:
    def test_it_goes_on_when_the_officer_says_so(self, day: Day) -> None:
        day.take()
        rest(day)
        assert go_on(day) is not None
        assert day.called() == "A-001"
        assert day.kinds() == ["taken", "paused", "resumed", "called"]

    def test_what_does_not_pause_is_not_resumed(self, day: Day) -> None:
        assert go_on(day) is None
        assert day.kinds() == []

    def test_it_ends_at_midnight(self, day: Day) -> None:
        rest(day)
        day.clock.pass_(days=1)
        day.take()
        assert view(day).paused is None
        assert day.called() == "A-001"

    def test_a_counter_closed_for_the_day_stays_closed(self, day: Day) -> None:
        rest(day)
        close_counter(day.floor, day.book, day.clock(), "1", Close(why="Listrik padam"))
        go_on(day)
        assert refused(day).code == "counter_closed"


class TestOpenCounters:
    """What the estimate divides by."""

    def test_one_that_pauses_is_not_open(self, day: Day) -> None:
        assert opened(day) == 2
        rest(day, "1")
        assert opened(day) == 1

    def test_nor_is_one_closed_today(self, day: Day) -> None:
        close_counter(day.floor, day.book, day.clock(), "2", Close(why="Listrik padam"))
        assert opened(day) == 1

    def test_also_when_it_called_lately(self, day: Day) -> None:
        for counter in ("1", "2"):
            day.take()
            day.next(counter)
        rest(day, "1")
        assert opened(day) == 1

    def test_with_all_at_rest_one_is_reckoned_with(self, day: Day) -> None:
        rest(day, "1")
        rest(day, "2")
        assert opened(day) == 1

    def test_a_newcomers_estimate_follows_at_once(self, day: Day) -> None:
        day.take()
        assert day.take().minutes == 4
        rest(day, "2")
        assert day.take().minutes == 14

    def test_a_counter_of_other_services_does_not_count(self, day: Day, hall: Hall) -> None:
        counters = [one.model_copy(update={"services": ["stnk"] if one.id == "2" else []}) for one in hall.counters]
        narrow = Day(type(day.floor)(hall.model_copy(update={"counters": counters})), day.book, day.clock)
        assert (opened(narrow, service="ktp"), opened(narrow, "samsat", "stnk")) == (1, 1)
        narrow.take()
        assert narrow.take().minutes == 7


def test_over_the_lan_it_is_told_to_all_and_survives_a_restart(tmp_path: Path) -> None:
    with start_hub(tmp_path) as hub:
        listener = hub.listen()
        told = hub.post("/api/counters/loket-1/pause", {"why": "Istirahat"}).json()
        assert (told["kind"], told["counter"], told["words"]) == ("paused", "loket-1", "Istirahat")
        assert listener.events(1) == [told]
        listener.close()
        hub.take()
        hub.kill()
    with start_hub(tmp_path) as hub:
        refusal = hub.post("/api/counters/loket-1/next", {}, Accept_Language="en").json()
        assert (refusal["code"], refusal["title"]) == ("counter_paused", "This counter is pausing: Istirahat.")
        assert (refusal["now"]["waiting_count"], refusal["now"]["waiting"][0]["state"]) == (1, "waiting")
        assert hub.get("/api/counters/loket-1")["paused"]["why"] == "Istirahat"
        assert hub.post("/api/counters/loket-1/resume").json()["kind"] == "resumed"
        assert hub.post("/api/counters/loket-1/resume").status_code == 204
        assert hub.post("/api/counters/loket-1/next").status_code == 200
        assert hub.post("/api/counters/loket-1/pause", {"why": ""}).status_code == 422
