"""What a board says when it becomes a zone's voice, or is no more: each call said once, by one of two TVs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from display.board import Board, Pace
from display.calls import Entry
from shared.model import Kind, Voiced
from shared.wire import Board as Answer
from shared.wire import Event
from tests.display.day import HALL, TV, Day, Speaker, ticket_of

ONE = "lantai-1"
PATIENT = Pace(hold_ms=3_600_000, hurried_ms=3_600_000, patience_ms=3_600_000)


class Patient(Speaker):
    """It may be asked again for what was taken back from it."""

    def say(self, entry: Entry) -> None:
        if entry.event in self.taken_back:
            self.taken_back.remove(entry.event)
            self.said.remove(entry.event)
        super().say(entry)


class Side:
    """A TV of two: what it says and tells, and whether it may."""

    def __init__(self, day: Day, *, says: bool = False, late_after_s: int = 90) -> None:
        self.is_voice = says
        settings = TV.model_copy(update={"late_after_s": late_after_s})
        self.board = Board(HALL, settings, now=day.now, pace=PATIENT, says=lambda _zone: self.is_voice)
        self.voice = Patient(self.board)
        self.told: list[tuple[int, str]] = []
        self.announced: list[int] = []
        self.board.voiced.connect(lambda event, outcome: self.told.append((event, outcome)))
        self.board.announced.connect(self.announced.append)

    def turn(self, *, is_voice: bool) -> None:
        """It becomes the voice, or is no longer."""
        self.is_voice = is_voice
        (self.board.gain if is_voice else self.board.lose)(ONE)

    def take(self, *events: Event) -> None:
        for event in events:
            self.board.take(event)

    def pass_time(self) -> None:
        """What is lit without a voice has had its time."""
        while self.board.view.lit and self.board._lit and self.board._lit.event in self.board._silent:
            self.board._time_is_over()


@pytest.fixture
def day(qapp: QApplication) -> Day:  # noqa: ARG001  -- brings the loop
    return Day()


def voiced(day: Day, call: Event, outcome: Voiced = Voiced.SPOKEN) -> Event:
    """The voice before told that."""
    event = Event(id=next(day._ids), kind=Kind.VOICED, at=day.at, code=outcome.value, call=call.id)
    day.events.append(event)
    return event


def test_a_tv_that_is_not_the_voice_shows_each_call_and_says_and_tells_nothing(day: Day) -> None:
    side = Side(day)
    calls = [day.called() for _ in range(3)]
    side.take(*calls)
    side.pass_time()
    assert (side.voice.said, side.told) == ([], [])
    assert side.announced == [call.id for call in calls]


def test_who_takes_over_says_what_nobody_said_in_order_and_nothing_else(day: Day) -> None:
    side = Side(day)
    calls = [day.called() for _ in range(4)]
    side.take(*calls, voiced(day, calls[0]), voiced(day, calls[2], Voiced.NO_VOICE))
    side.pass_time()
    side.turn(is_voice=True)
    side.voice.finish()
    side.voice.finish()
    assert side.voice.said == [calls[1].id, calls[3].id]
    assert side.told == [(calls[1].id, "spoken"), (calls[3].id, "spoken")]
    assert side.announced == [call.id for call in calls], "once, though two were shown again while they were said"
    assert side.board.record.shown == 4


def test_a_call_that_is_lit_is_said_at_once_where_it_stands(day: Day) -> None:
    side = Side(day)
    call = day.called()
    side.take(call)
    side.turn(is_voice=True)
    assert (side.voice.said, side.board.view.speaking) == ([call.id], True)
    side.voice.finish()
    assert (side.announced, side.told) == ([call.id], [(call.id, "spoken")])


def test_what_is_too_old_by_then_is_told_to_be_late(day: Day) -> None:
    side = Side(day, late_after_s=90)
    old = day.called()
    side.take(old)
    day.later(1)
    call = day.called()
    side.take(call)
    side.pass_time()
    day.later(89.5)
    side.turn(is_voice=True)
    assert side.voice.said == [call.id]
    assert side.told == [(old.id, "late")]


def test_who_is_no_longer_the_voice_breaks_off_and_tells_nothing_of_it(day: Day) -> None:
    side = Side(day, says=True)
    calls = [day.called() for _ in range(3)]
    side.take(*calls)
    side.turn(is_voice=False)
    side.pass_time()
    assert side.voice.taken_back == [calls[1].id, calls[0].id]
    assert side.told == []
    assert side.announced == [call.id for call in calls]


def test_a_call_that_was_undone_before_it_was_said_is_told_so(day: Day) -> None:
    side = Side(day, says=True)
    calls = [day.called() for _ in range(2)]
    side.take(*calls, day.happens(Kind.RETURNED, ticket_of(calls[1])))
    side.voice.finish()
    assert side.told == [(calls[1].id, "undone"), (calls[0].id, "spoken")]


@pytest.mark.parametrize(
    ("end", "told"),
    [("finish", "spoken"), ("nobody heard it", "no_sound"), ("no_voice", "no_voice"), ("crowded", "crowded")],
)
def test_what_became_of_saying_a_call_is_told(day: Day, end: str, told: str) -> None:
    side = Side(day, says=True)
    call = day.called()
    side.take(call)
    if end in ("finish", "nobody heard it"):
        side.voice.finish(heard=end == "finish")
    else:
        side.voice.fail(end)
    assert side.told == [(call.id, told)]


def test_a_voice_that_never_answers_is_told_of(day: Day) -> None:
    side = Side(day, says=True)
    call = day.called()
    side.take(call)
    side.board._time_is_over()
    assert side.told == [(call.id, "no_voice")]


def test_a_tv_that_begins_does_not_say_what_was_said_before(day: Day) -> None:
    said, unsaid = day.called(), day.called()
    answer = day.answer(said, unsaid)
    known = [
        call.model_copy(update={"voiced": Voiced.SPOKEN}) if call.event == said.id else call for call in answer.calls
    ]
    side = Side(day, says=True)
    side.board.merge(answer.model_copy(update={"calls": known}))
    side.pass_time()
    assert side.voice.said == [unsaid.id]


def test_what_the_feed_told_to_be_said_is_not_said_again_though_an_older_answer_comes_after_it(day: Day) -> None:
    side = Side(day)
    call = day.called()
    older = day.answer(call)
    side.take(voiced(day, call))
    side.board.merge(older)
    side.pass_time()
    side.turn(is_voice=True)
    assert (side.voice.said, side.announced) == ([], [call.id])


def test_a_call_keeps_its_zone_while_it_is_said_though_the_one_before_tells_that_it_said_it(day: Day) -> None:
    side = Side(day, says=True)
    call = day.called()
    side.take(call, voiced(day, call))
    assert (side.voice.queue[0].event, side.board.zone_of(call.id)) == (call.id, ONE)


def test_what_the_hub_has_not_heard_of_yet_is_not_said_again(day: Day) -> None:
    call = day.called()
    board = Board(HALL, TV, now=day.now, told={call.id})
    voice = Speaker(board)
    board.merge(day.answer(call))
    assert voice.said == []


class TestInAStorm:
    def test_the_voice_goes_on_with_the_first_that_is_not_too_old(self, day: Day) -> None:
        side = Side(day, says=True, late_after_s=90)
        calls = []
        for _ in range(60):  # one each 2 s
            calls.append(day.called())
            side.take(calls[-1])
            day.later(2)
        while side.voice.queue:
            side.voice.finish()
        first_young = next(call.id for call in calls if (day.at - call.at).total_seconds() <= 90)
        assert side.voice.said == [calls[0].id, calls[1].id, *range(first_young, calls[-1].id + 1)]
        assert sorted(event for event, _ in side.told) == [call.id for call in calls]
        assert {told for event, told in side.told if event not in side.voice.said} == {"late"}
        assert side.announced == sorted(call.id for call in calls)
        assert side.board.record.shown == 60

    def test_one_that_grows_old_in_the_voice_s_own_hands_keeps_it_from_nothing(self, day: Day) -> None:
        side = Side(day, says=True, late_after_s=90)
        calls = [day.called()]
        day.later(1)
        calls.append(day.called())
        side.take(*calls)
        day.later(89.5)
        calls.append(day.called())
        side.take(calls[-1])
        side.voice.finish()
        day.later(1)
        side.voice.fail("late")
        assert (side.board.view.called, side.board.view.speaking) == (side.voice.queue[0], True)
        side.voice.finish()
        assert side.told == [(calls[0].id, "spoken"), (calls[1].id, "late"), (calls[2].id, "spoken")]


STEPS = st.lists(
    st.sampled_from(["call", "recall", "undo", "said", "switch off", "hand over", "a while", "tell"]), max_size=60
)


def test_who_takes_over_does_not_wait_until_what_was_said_has_had_its_time(day: Day) -> None:
    side = Side(day)
    calls = [day.called() for _ in range(2)]
    side.take(*calls, voiced(day, calls[0]))
    side.turn(is_voice=True)
    assert side.voice.said == [calls[1].id]


@given(STEPS)
def test_two_tvs_say_each_call_once_between_them_and_in_order(qapp: QApplication, steps: list[str]) -> None:
    """One is switched off (and on again, knowing nothing) in mid-call: only that call is said again, by the other."""
    assert qapp is not None
    pair = Pair()
    for step in steps:
        pair.do(step)
    pair.do("a while")
    while pair.voice.voice.queue:
        pair.do("said")
        pair.do("a while")
    calls = {event.id for event in pair.day.events if event.as_call() is not None}
    assert {event for event, outcome in pair.outcomes.items() if outcome == "spoken"} == set(pair.whole)
    assert len(pair.whole) == len(set(pair.whole)), "twice"
    assert set(pair.outcomes) == calls
    assert set(pair.outcomes.values()) <= {"spoken", "undone"}


class Pair:
    """Two TVs of a zone and the feed between them; what the voice tells reaches both before the other takes over."""

    def __init__(self) -> None:
        self.day = Day()
        self.sides = [Side(self.day, says=True), Side(self.day)]
        self.standing: list[Event] = []
        self.whole: list[int] = []
        self.outcomes: dict[int, str] = {}

    @property
    def voice(self) -> Side:
        return self.sides[0]

    def do(self, step: str) -> None:
        match step:
            case "call":
                self.standing.append(self.day.called())
                self.feed(self.standing[-1])
            case "recall" if self.standing:
                self.standing.append(self.day.recalled(self.standing.pop()))
                self.feed(self.standing[-1])
            case "undo" if self.standing:
                self.feed(self.day.happens(Kind.RETURNED, ticket_of(self.standing.pop())))
            case "said" if self.voice.voice.queue:
                self.whole.append(self.voice.voice.queue[0].event)
                self.voice.voice.finish()
            case "switch off":
                fresh = Side(self.day)
                fresh.board.merge(self.answer())
                self.sides = [self.sides[1], fresh]
                self.voice.turn(is_voice=True)
            case "hand over":
                self.voice.turn(is_voice=False)
                self.sides.reverse()
                self.voice.turn(is_voice=True)
            case "a while":
                for side in self.sides:
                    side.pass_time()
        self.tell()

    def feed(self, event: Event) -> None:
        for side in self.sides:
            side.take(event)
        self.tell()

    def tell(self) -> None:
        """The hub hears what the voice tells, and the feed brings it to both."""
        while any(side.told for side in self.sides):
            side = next(side for side in self.sides if side.told)
            event, outcome = side.told.pop(0)
            assert self.outcomes.setdefault(event, outcome) == outcome, "told twice"
            call = next(one for one in self.day.events if one.id == event)
            for other in self.sides:
                other.take(voiced(self.day, call, Voiced(outcome)))

    def answer(self) -> Answer:
        answer = self.day.answer(*[event for event in self.day.events if self.holds(event)])
        calls = [call.model_copy(update={"voiced": self.outcomes.get(call.event)}) for call in answer.calls]
        return answer.model_copy(update={"calls": calls})

    def holds(self, event: Event) -> bool:
        undone = {ticket_of(one).id for one in self.day.events if one.kind is Kind.RETURNED}
        return event.as_call() is not None and ticket_of(event).id not in undone
