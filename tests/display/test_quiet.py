"""What a TV says and shows while a supervisor has its zone quiet."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from display.board import Board
from shared.model import Kind
from shared.wire import Board as Answer
from shared.wire import Event, Quieted
from tests.display.day import HALL, TV, Day, Speaker

GROUND = TV.model_copy(update={"zones": ["lantai-1"]})


class Tv:
    """A board with a voice, and what it tells the hub."""

    def __init__(self, day: Day, *, zones: tuple[str, ...] = ("lantai-1",)) -> None:
        settings = TV.model_copy(update={"zones": list(zones)})
        self.board = Board(HALL, settings, now=day.now)
        self.voice = Speaker(self.board)
        self.told: list[tuple[int, str]] = []
        self.board.voiced.connect(lambda event, outcome: self.told.append((event, outcome)))

    def pass_time(self) -> None:
        """What is lit without a voice has had its time."""
        while self.board._lit and self.board._lit.event in self.board._silent:
            self.board._time_is_over()

    @property
    def sign(self) -> str:
        zones, until = self.board.view.silences.now(self.board._now())
        return " ".join([*zones, f"{until:%H.%M}"]) if until else ""


@pytest.fixture
def day(qapp: QApplication) -> Day:  # noqa: ARG001  -- brings the loop
    return Day()


def quiet(day: Day, zone: str = "", minutes: int | None = 30) -> Event:
    """The hub tells that it is quiet; None: that it is no more."""
    until = None if minutes is None else day.at + timedelta(minutes=minutes)
    kind = Kind.QUIET_ENDED if until is None else Kind.QUIETED
    event = Event(id=next(day._ids), kind=kind, at=day.at, quiet=Quieted(zone=zone, until=until))
    day.events.append(event)
    return event


def test_a_call_made_meanwhile_is_shown_and_not_said_and_told_so(day: Day) -> None:
    tv = Tv(day)
    begun, call = quiet(day), day.called()
    for event in (begun, call):
        tv.board.take(event)
    assert (tv.voice.said, tv.told) == ([], [(call.id, "quiet")])
    assert (tv.board.view.lit, tv.sign) == (True, "10.12")


def test_what_is_being_said_is_said_to_its_end_and_the_next_is_not(day: Day) -> None:
    tv = Tv(day)
    first, second = day.called(), day.called()
    for event in (first, second, quiet(day)):
        tv.board.take(event)
    assert tv.voice.taken_back == [second.id]
    tv.voice.finish()
    tv.pass_time()
    assert tv.told == [(first.id, "spoken"), (second.id, "quiet")]


def test_what_is_being_said_is_not_repeated_where_it_is_quiet_by_then(day: Day) -> None:
    tv = Tv(day, zones=())
    call = day.called()
    tv.board.take(call)
    assert tv.board.may_repeat(call.id)
    tv.board.take(quiet(day, "lantai-2"))
    assert tv.board.may_repeat(call.id)
    tv.board.take(quiet(day, "lantai-1", minutes=15))
    assert not tv.board.may_repeat(call.id)
    day.later(15 * 60)
    assert tv.board.may_repeat(call.id)


def test_a_call_that_the_voice_has_not_begun_yet_is_taken_back(day: Day) -> None:
    tv = Tv(day)
    tv.voice.started.disconnect(tv.board.started)
    call = day.called()
    for event in (call, quiet(day)):
        tv.board.take(event)
    assert (tv.voice.taken_back, tv.told) == ([call.id], [(call.id, "quiet")])


@pytest.mark.parametrize("by", ["itself", "somebody"])
def test_calls_are_said_again_once_it_is_over(day: Day, by: str) -> None:
    tv = Tv(day)
    tv.board.take(quiet(day, minutes=15))
    if by == "somebody":
        tv.board.take(quiet(day, minutes=None))
    else:
        day.later(15 * 60)
    call = day.called()
    tv.board.take(call)
    assert (tv.voice.said, tv.sign) == ([call.id], "")


def test_another_zone_goes_on_and_the_sign_names_the_one_that_is_quiet_until_all_are(day: Day) -> None:
    tv = Tv(day, zones=())
    tv.board.take(quiet(day, "lantai-1"))
    above, below = day.called("samsat"), day.called()
    for event in (above, below):
        tv.board.take(event)
    assert (tv.voice.said, tv.sign) == ([above.id], "Lantai 1 10.12")
    tv.board.take(quiet(day, "lantai-2", 15))
    assert tv.sign == "09.57"
    day.later(15 * 60)
    assert tv.sign == "Lantai 1 10.12", "by the clock alone: nothing is told"
    day.later(15 * 60)
    assert tv.sign == ""


def test_a_tv_that_starts_meanwhile_knows_it_from_the_hub_s_answer(day: Day) -> None:
    tv = Tv(day)
    told = {"": day.at + timedelta(minutes=5)}
    call = day.called()
    answer = day.answer(call)
    tv.board.merge(Answer.model_validate(answer.model_dump() | {"quiet": told}))
    assert (tv.voice.said, tv.told, tv.sign) == ([], [(call.id, "quiet")], "09.47")


def test_an_answer_that_is_older_than_the_feed_changes_nothing(day: Day) -> None:
    tv = Tv(day)
    before = day.answer()
    tv.board.take(quiet(day))
    tv.board.merge(before)
    assert tv.sign == "10.12"


def test_who_takes_over_meanwhile_tells_of_the_calls_that_nobody_said(day: Day) -> None:
    is_voice = False
    board = Board(HALL, GROUND, now=day.now, says=lambda _zone: is_voice)
    voice, told = Speaker(board), list[tuple[int, str]]()
    board.voiced.connect(lambda event, outcome: told.append((event, outcome)))
    call = day.called()
    for event in (call, quiet(day)):
        board.take(event)
    is_voice = True
    board.gain("lantai-1")
    assert (voice.said, told) == ([], [(call.id, "quiet")])
