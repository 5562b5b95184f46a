"""No calls are said for some minutes: each rule as a supervisor would read it."""

from datetime import UTC, datetime

import pytest

from hub.overview import overview
from hub.quiet import end_quiet, fall_quiet
from hub.rows import EventRow, to_event
from hub.views import Views
from shared.trouble import Trouble
from shared.wire import Board, EndQuiet, Overview, Quiet
from tests.hub.conftest import Day


def hush(day: Day, zone: str = "", minutes: int = 30) -> EventRow:
    return fall_quiet(day.floor, day.book, day.clock(), Quiet(zone=zone, minutes=minutes, why="Salat"))


def sound_again(day: Day, zone: str = "") -> EventRow | None:
    return end_quiet(day.floor, day.book, day.clock(), EndQuiet(zone=zone))


def board(day: Day, zone: str | None) -> Board:
    return Board.model_validate_json(Views(day.floor, day.book).board(day.clock(), zone))


def until(day: Day, zone: str | None) -> str:
    """Until when the board of a zone says that it is quiet, as `08.30`; empty where it is not."""
    told = board(day, zone).quiet_until
    return f"{told:%H.%M}" if told else ""


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        ([], {None: "", "l1": "", "l2": ""}),
        ([("", 30)], {None: "08.30", "l1": "08.30", "l2": "08.30"}),
        ([("l1", 15)], {None: "", "l1": "08.15", "l2": ""}),
        ([("l1", 60), ("", 30)], {None: "08.30", "l1": "09.00", "l2": "08.30"}),
        ([("", 60), ("", 15)], {None: "08.15", "l1": "08.15", "l2": "08.15"}),
    ],
)
def test_each_zone_is_quiet_as_long_as_it_or_the_hall_is(
    day: Day, orders: list[tuple[str, int]], said: dict[str | None, str]
) -> None:
    for zone, minutes in orders:
        hush(day, zone, minutes)
    assert {zone: until(day, zone) for zone in said} == said


def test_it_ends_by_itself_when_its_minutes_are_over(day: Day) -> None:
    hush(day, minutes=15)
    day.clock.pass_(minutes=14, seconds=59)
    assert until(day, "l1") == "08.15"
    day.clock.pass_(seconds=1)
    assert until(day, "l1") == ""
    assert day.kinds() == ["quieted"]


def test_it_ends_at_midnight(day: Day) -> None:
    day.clock.pass_(hours=15, minutes=30)
    hush(day, minutes=180)
    assert until(day, None) == "00.00"
    day.clock.pass_(minutes=30)
    assert until(day, None) == ""


def test_what_a_clock_told_that_ran_hours_ahead_counts_no_more_once_it_is_put_back(day: Day) -> None:
    now = day.clock.now
    day.clock.pass_(hours=6)
    until_ms = day.floor.moment(day.book, day.clock()) + 60_000
    day.book.put_quiet("", until_ms)
    day.clock.now = now
    assert day.book.quiet(day.floor.moment(day.book, day.clock())) == {}


@pytest.mark.parametrize(
    ("quiet", "ended", "left"),
    [("", "", []), ("l1", "l1", []), ("l1", "", []), ("", "l1", None), ("l1", "l2", None)],
)
def test_it_is_ended_where_it_was_begun_or_everywhere(day: Day, quiet: str, ended: str, left: list[str] | None) -> None:
    hush(day, quiet)
    event = sound_again(day, ended)
    assert (event is None) == (left is None)
    assert list(board(day, None).quiet) == ([quiet] if left is None else left)


def test_the_event_tells_where_until_when_and_why(day: Day) -> None:
    event = to_event(hush(day, "l1"), day.floor.zone)
    assert event.quiet
    assert (event.quiet.zone, event.quiet.why, f"{event.quiet.until:%H.%M}") == ("l1", "Salat", "08.30")
    ended = sound_again(day)
    assert ended
    told = to_event(ended, day.floor.zone).quiet
    assert told
    assert (told.zone, told.until) == ("", None)


@pytest.mark.parametrize("body", [{"minutes": 0}, {"minutes": 181}, {"why": ""}])
def test_what_nobody_can_mean_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(body))):
        Quiet.model_validate({"why": "Salat"} | body)


def test_a_zone_that_the_hall_does_not_have_is_refused(day: Day) -> None:
    for verb in (hush, sound_again):
        with pytest.raises(Trouble) as trouble:
            verb(day, "l9")
        assert trouble.value.code == "unknown_zone"
    assert day.kinds() == []


def test_numbers_are_called_as_ever_and_the_supervisor_sees_where_it_is_quiet(day: Day) -> None:
    hush(day, "l2")
    day.take()
    assert day.called() == "A-001"
    seen = Overview.model_validate_json(overview(day.floor, day.book, day.clock(), []))
    assert list(seen.quiet) == ["l2"]
    assert seen.quiet["l2"].astimezone(UTC) == datetime.fromtimestamp(day.book.quiet(seen_ms(day))["l2"] / 1000, UTC)


def seen_ms(day: Day) -> int:
    return day.floor.moment(day.book, day.clock())
