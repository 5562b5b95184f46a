"""A call for help: who is told, who is not, and how it ends."""

from pathlib import Path

import httpx
import pytest

from hub.alarms import answer, call_for_help
from hub.overview import overview
from hub.people import SessionRow, StaffRow
from hub.rows import EventRow, to_event
from hub.views import Views
from shared.trouble import Trouble
from shared.wire import Alarm, AnswerAlarm, CounterView, Overview, RaiseAlarm
from tests.hub.conftest import Day
from tests.hub.running import RunningHub, start_hub


def call(day: Day, counter: str = "1", words: str = "") -> EventRow:
    return call_for_help(day.floor, day.book, day.clock(), counter, RaiseAlarm(words=words))


def come(day: Day, alarm: int | str, counter: str | None = "2") -> EventRow:
    return answer(day.floor, day.book, day.clock(), str(alarm), AnswerAlarm(counter=counter))


def told(day: Day, counter: str) -> list[Alarm]:
    view = Views(day.floor, day.book).counter(day.clock(), counter, [])
    return CounterView.model_validate_json(view).alarms


def refused(day: Day, alarm: int | str, counter: str | None = None) -> str:
    before = len(day.book.told)
    with pytest.raises(Trouble) as trouble:
        come(day, alarm, counter)
    assert len(day.book.told) == before
    return trouble.value.code


def test_the_counters_of_the_same_zone_are_told_who_and_since_when(day: Day) -> None:
    call(day, "1", "Pengunjung pingsan")
    day.clock.pass_(minutes=2)
    [alarm] = told(day, "2")
    assert (alarm.counter, alarm.words, f"{alarm.at:%H.%M}", alarm.answered_by) == (
        "1",
        "Pengunjung pingsan",
        "08.00",
        None,
    )
    assert told(day, "3") == []


@pytest.mark.parametrize(("role", "is_told"), [("officer", False), ("supervisor", True), ("administrator", True)])
def test_a_supervisor_is_told_of_every_zone(day: Day, role: str, *, is_told: bool) -> None:
    staff = day.book.keep_staff(StaffRow(0, "Rina", role, 1, "$argon2id$…"))
    day.book.keep_session(SessionRow("3", "app", "PC 3", staff.id, None, 0, bytes(32)))
    alarm = call(day, "1")
    assert [one.counter for one in told(day, "3")] == ["1"] * is_told
    come(day, alarm.id, "3")
    assert told(day, "3") == []


def test_the_overview_has_every_call_until_somebody_answers(day: Day) -> None:
    first, second = call(day, "1", "Tolong"), call(day, "3")
    seen = overview(day.floor, day.book, day.clock(), [])
    assert [(one.id, one.counter, one.words, one.at) for one in Overview.model_validate_json(seen).alarms] == [
        (first.id, "1", "Tolong", day.clock()),
        (second.id, "3", "", day.clock()),
    ]
    come(day, first.id)
    come(day, second.id, None)
    assert Overview.model_validate_json(overview(day.floor, day.book, day.clock(), [])).alarms == []


def test_the_caller_sees_that_it_is_out(day: Day) -> None:
    call(day, "1")
    assert [alarm.counter for alarm in told(day, "1")] == ["1"]


def test_who_answers_ends_it_for_all_and_the_caller_reads_who_comes(day: Day) -> None:
    come(day, call(day, "1").id, "2")
    assert told(day, "2") == []
    [mine] = told(day, "1")
    assert (mine.answered_by, mine.answered_at) == ("2", day.clock())
    day.clock.pass_(minutes=3)
    assert told(day, "1") == []


def test_somebody_from_elsewhere_may_answer(day: Day) -> None:
    come(day, call(day).id, None)
    assert [alarm.answered_by for alarm in told(day, "1")] == [""]


def test_a_second_call_before_the_answer_is_the_same(day: Day) -> None:
    first = call(day, "1", "Pengunjung marah")
    day.clock.pass_(seconds=20)
    assert call(day, "1") == first
    assert day.kinds() == ["alarm"]
    come(day, first.id)
    assert call(day, "1").id != first.id


def test_two_counters_may_call_at_once(day: Day) -> None:
    call(day, "1")
    call(day, "2")
    assert [alarm.counter for alarm in told(day, "1")] == ["1", "2"]


@pytest.mark.parametrize("alarm", ["4711", "x", "-1", "1" * 30, "²"])
def test_only_a_call_that_is_out_is_answered(day: Day, alarm: str) -> None:
    assert refused(day, alarm) == "unknown_alarm"


def test_it_is_answered_once(day: Day) -> None:
    alarm = call(day).id
    come(day, alarm, "2")
    assert refused(day, alarm, "3") == "alarm_over"


def test_only_a_counter_of_this_hall_comes(day: Day) -> None:
    assert refused(day, call(day).id, "9") == "unknown_counter"


def test_yesterdays_call_is_nobodys_any_more(day: Day) -> None:
    alarm = call(day).id
    day.clock.pass_(days=1)
    assert told(day, "2") == []
    assert refused(day, alarm) == "unknown_alarm"


def test_the_events_name_the_call(day: Day) -> None:
    alarm = call(day, "1", "Tolong").id
    come(day, alarm, "2")
    raised, answered = (to_event(event, day.floor.zone) for event in day.book.events_after(0, 9))
    assert (raised.kind, raised.alarm, raised.counter, raised.words) == ("alarm", alarm, "1", "Tolong")
    assert (answered.kind, answered.alarm, answered.counter, answered.answered_by) == (
        "alarm_answered",
        alarm,
        "1",
        "2",
    )


def test_it_touches_no_queue(day: Day) -> None:
    here = day.take().row.id
    day.next()
    come(day, call(day).id)
    assert day.state(here) == "called"


def test_over_the_lan_it_survives_a_restart_and_is_nowhere_on_the_board(tmp_path: Path) -> None:
    with start_hub(tmp_path) as hub:
        alarm = hub.post("/api/counters/loket-1/alarm", {"words": "Tolong"}).json()
        assert (alarm["kind"], alarm["alarm"], alarm["words"]) == ("alarm", alarm["id"], "Tolong")
        hub.kill()
    with start_hub(tmp_path) as hub:
        assert "Tolong" not in hub.client.get("/api/board").text
        assert [one["id"] for one in hub.get("/api/counters/loket-2")["alarms"]] == [alarm["id"]]
        answered = _answer(hub, alarm["id"])
        assert (answered.status_code, answered.json()["answered_by"]) == (200, "loket-2")
        again = _answer(hub, alarm["id"])
        assert (again.status_code, again.json()["code"], again.json()["now"]["answered_by"]) == (
            409,
            "alarm_over",
            "loket-2",
        )
        assert _answer(hub, 999_999).status_code == 404


def _answer(hub: RunningHub, alarm: int) -> httpx.Response:
    return hub.post(f"/api/alarms/{alarm}/answer", {"counter": "loket-2"})


def test_help_is_called_and_comes_also_while_the_clock_is_behind(day: Day) -> None:
    day.take()
    day.clock.pass_(hours=-1)
    alarm = call(day, "1")
    assert come(day, alarm.id).at == alarm.at
