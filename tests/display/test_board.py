from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.board import Board, Pace, View
from shared.hall import DisplaySettings
from shared.model import Kind, State
from shared.wire import Event
from tests.display.day import HALL, TV, Day, Speaker, ticket_of
from tests.real_hub import LIMIT_S

QUICK = Pace(hold_ms=40, hurried_ms=10, patience_ms=5000)
LIMIT_MS = 1000 * LIMIT_S


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def build(day: Day, qapp: QApplication) -> Callable[..., Board]:  # noqa: ARG001  -- timers want an application
    def build(settings: DisplaySettings = TV, *, pace: Pace = QUICK, heard: int = 0) -> Board:
        return Board(HALL, settings, now=day.now, pace=pace, heard=heard)

    return build


@pytest.fixture
def board(build: Callable[..., Board]) -> Board:
    return build()


def called_number(view: View) -> str:
    return view.called.number if view.called else ""


def row_numbers(view: View) -> list[str]:
    return [row.entry.number for row in view.rows]


# ------------------------------------------------------------------ one call


def test_nothing_is_called_before_the_first_call(board: Board) -> None:
    assert board.view == View()


def test_a_call_is_large_and_lit_at_once_and_given_to_the_voice(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called("dukcapil")
    board.take(event)
    assert (called_number(board.view), board.view.lit, board.view.speaking) == ("K-001", True, True)
    assert voice.said == [event.id]


def test_a_call_is_shown_with_the_desk_s_number_and_the_agency_s_short_name(board: Board, day: Day) -> None:
    board.take(day.called("samsat"))
    called = board.view.called
    assert called is not None
    assert (called.counter, called.agency) == ("44", "Samsat")


def test_it_is_lit_but_not_speaking_until_the_voice_starts(board: Board, day: Day) -> None:
    board.take(day.called())
    assert (board.view.lit, board.view.speaking) == (True, False)


def test_a_spoken_call_goes_dark_and_stays_large(board: Board, day: Day) -> None:
    voice = Speaker(board)
    board.take(day.called())
    voice.finish()
    assert (called_number(board.view), board.view.lit, board.view.rows) == ("A-001", False, ())


def test_the_next_call_sends_the_one_before_to_the_rows(board: Board, day: Day) -> None:
    voice = Speaker(board)
    for _ in range(3):
        board.take(day.called())
        voice.finish()
    assert called_number(board.view) == "A-003"
    assert row_numbers(board.view) == ["A-002", "A-001"]


def test_a_desk_the_hall_does_not_know_is_shown_by_its_id(board: Board, day: Day) -> None:
    board.take(day.called().model_copy(update={"counter": "loket-baru"}))
    assert board.view.called is not None
    assert board.view.called.counter == "loket-baru"


# ------------------------------------------------------------------ several at once


def test_calls_that_come_together_are_spoken_one_after_the_other_in_event_order(board: Board, day: Day) -> None:
    voice = Speaker(board)
    events = [day.called(agency) for agency in ("bpjs", "dukcapil", "samsat", "bpjs")]
    for event in events:
        board.take(event)
    shown = []
    for _ in events:
        shown.append(called_number(board.view))
        voice.finish()
    assert shown == ["A-001", "K-002", "ZB-003", "A-004"]
    assert voice.said == [event.id for event in events]


def test_the_voice_has_at_most_one_call_ahead_of_the_lit_one(board: Board, day: Day) -> None:
    voice = Speaker(board)
    for _ in range(5):
        board.take(day.called())
    for _ in range(5):
        voice.finish()
    assert voice.most_at_once == 2


def test_calls_that_wait_for_their_showing_stand_in_the_rows_as_coming(board: Board, day: Day) -> None:
    voice = Speaker(board)
    board.take(day.called())
    voice.finish()
    for _ in range(3):
        board.take(day.called())
    assert [(row.entry.number, row.coming) for row in board.view.rows] == [
        ("A-004", True),
        ("A-003", True),
        ("A-001", False),
    ]


def test_a_call_told_twice_is_spoken_once(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    board.take(event)
    board.merge(day.answer(event))
    voice.finish()
    assert (voice.said, board.record.shown, board.view.lit) == ([event.id], 1, False)


def test_a_recall_speaks_again(board: Board, day: Day) -> None:
    voice = Speaker(board)
    first = day.called()
    board.take(first)
    voice.finish()
    again = day.recalled(first)
    board.take(again)
    assert voice.said == [first.id, again.id]
    assert (called_number(board.view), board.view.lit, board.view.rows) == ("A-001", True, ())


def test_a_recall_of_a_row_takes_it_from_the_rows_while_it_is_large(board: Board, day: Day) -> None:
    voice = Speaker(board)
    first, second = day.called(), day.called()
    for event in (first, second):
        board.take(event)
        voice.finish()
    board.take(day.recalled(first))
    assert (called_number(board.view), row_numbers(board.view)) == ("A-001", ["A-002"])


# ------------------------------------------------------------------ without speech


def test_a_call_without_speech_stays_lit_for_the_hold(build: Callable[..., Board], day: Day, qtbot: QtBot) -> None:
    board = build(TV.model_copy(update={"voice": False}))
    voice = Speaker(board)
    with qtbot.waitSignal(board.announced, timeout=LIMIT_MS):
        board.take(day.called())
        assert board.view.lit
    assert (board.view.lit, voice.said) == (False, [])


def test_a_call_the_voice_gives_up_stays_lit_for_the_hold(board: Board, day: Day, qtbot: QtBot) -> None:
    voice = Speaker(board)
    board.take(day.called())
    with qtbot.waitSignal(board.announced, timeout=LIMIT_MS):
        voice.fail("no_sound")
        assert (board.view.lit, board.view.speaking) == (True, False)
    assert (called_number(board.view), board.view.lit) == ("A-001", False)


def test_a_voice_that_refuses_at_once_leaves_each_call_its_showing_in_order(
    board: Board, day: Day, qtbot: QtBot
) -> None:
    board.speak.connect(lambda entry: board.unspoken(entry.event, "no_voice"))
    events = [day.called() for _ in range(3)]
    done: list[int] = []
    board.announced.connect(done.append)
    for event in events:
        board.take(event)
    qtbot.waitUntil(lambda: len(done) == 3, timeout=LIMIT_MS)
    assert done == [event.id for event in events]
    assert (board.record.shown, board.record.spoken) == (3, 0)


def test_a_silent_voice_is_given_up_after_the_patience(build: Callable[..., Board], day: Day, qtbot: QtBot) -> None:
    board = build(pace=Pace(patience_ms=20))
    with qtbot.waitSignal(board.announced, timeout=LIMIT_MS):
        board.take(day.called())
    assert not board.view.lit


def test_a_call_that_grew_old_while_it_waited_is_lit_not_spoken(board: Board, day: Day, qtbot: QtBot) -> None:
    voice = Speaker(board)
    for _ in range(3):
        board.take(day.called())
    day.later(TV.late_after_s + 1)
    voice.finish()
    voice.fail("late")  # handed over while it was young; the voice sees its age as we do
    qtbot.waitUntil(lambda: not board.view.lit, timeout=LIMIT_MS)
    assert len(voice.said) == 2
    assert (board.record.shown, board.record.spoken) == (3, 1)


def test_many_waiting_calls_shorten_the_silent_showing(build: Callable[..., Board], day: Day, qtbot: QtBot) -> None:
    pace = Pace(hold_ms=60_000, hurried_ms=10, hurry_from=2)
    board = build(TV.model_copy(update={"voice": False}), pace=pace)
    board.merge(day.answer(*[day.called() for _ in range(4)]))
    qtbot.waitUntil(lambda: called_number(board.view) == "A-003", timeout=LIMIT_MS)
    assert (board._turn.interval(), board.view.rows[0].coming) == (60_000, True)


# ------------------------------------------------------------------ away and back


def test_missed_calls_stand_in_the_rows_at_once_after_the_hub_was_away(board: Board, day: Day) -> None:
    voice = Speaker(board)
    missed = [day.called() for _ in range(3)]
    day.later(TV.late_after_s + 1)
    board.merge(day.answer(*missed))
    assert (called_number(board.view), board.view.lit) == ("A-003", False)
    assert row_numbers(board.view) == ["A-002", "A-001"]
    assert voice.said == []


def test_missed_calls_that_are_young_enough_are_still_announced(board: Board, day: Day) -> None:
    voice = Speaker(board)
    old = day.called()
    day.later(TV.late_after_s + 1)
    young = day.called()
    board.merge(day.answer(old, young))
    assert voice.said == [young.id]
    assert (called_number(board.view), board.view.lit, row_numbers(board.view)) == ("A-002", True, ["A-001"])


def test_a_missed_call_is_announced_once_when_feed_and_answer_both_tell_it(board: Board, day: Day) -> None:
    voice = Speaker(board)
    events = [day.called() for _ in range(2)]
    board.merge(day.answer(*events))
    for event in events:
        board.take(event)
    voice.finish()
    voice.finish()
    assert (voice.said, board.record.shown, board.record.spoken) == ([1, 2], 2, 2)


def test_an_event_told_late_does_not_overtake_what_the_voice_has(board: Board, day: Day) -> None:
    voice = Speaker(board)
    first, second, third = day.called(), day.called(), day.called()
    for event in (first, third, second):
        board.take(event)
    shown = []
    for _ in range(3):
        shown.append((called_number(board.view), board.view.speaking))
        voice.finish()
    assert shown == [("A-001", True), ("A-003", True), ("A-002", True)]


def test_an_older_answer_takes_nothing_back(board: Board, day: Day) -> None:
    first = day.called()
    stale = day.answer(first)
    board.take(first)
    board.take(day.called())
    board.merge(stale)
    assert [row.entry.number for row in board.view.rows] == ["A-002"]


def test_calls_announced_before_a_restart_of_the_tv_are_not_announced_again(
    build: Callable[..., Board], day: Day
) -> None:
    heard, unheard = day.called(), day.called()
    board = build(heard=heard.id)
    voice = Speaker(board)
    board.merge(day.answer(heard, unheard))
    assert (voice.said, row_numbers(board.view)) == ([unheard.id], ["A-001"])


def test_a_hub_whose_history_begins_anew_is_heard_from_its_first_call(build: Callable[..., Board], day: Day) -> None:
    board = build(heard=5000)
    voice = Speaker(board)
    board.merge(day.answer(day.called()))
    assert voice.said == [1]


def test_ids_that_come_again_after_the_hub_lost_its_history_are_new_calls(board: Board, day: Day) -> None:
    voice = Speaker(board)
    events = [day.called() for _ in range(2)]
    for event in events:
        board.take(event)
        voice.finish()
    board.merge(day.answer(*events))
    other = Day(day.at)
    again = other.called("dukcapil")
    voice.said.clear()
    board.merge(other.answer(again))
    assert (voice.said, called_number(board.view), board.view.rows) == ([1], "K-001", ())


def test_the_view_says_that_the_hub_is_away_and_keeps_the_numbers(board: Board, day: Day) -> None:
    board.take(day.called())
    board.set_away(True)
    assert (board.view.away, called_number(board.view)) == (True, "A-001")


def test_a_new_day_begins_with_an_empty_board(board: Board, day: Day) -> None:
    voice = Speaker(board)
    for _ in range(2):
        board.take(day.called())
        voice.finish()
    day.later(timedelta(hours=20).total_seconds())
    board.merge(day.answer())
    assert (board.view.called, board.view.rows) == (None, ())


def test_yesterday_s_calls_are_not_shown(board: Board, day: Day) -> None:
    old = day.called()
    day.later(timedelta(hours=20).total_seconds())
    board.merge(day.answer())
    board.take(old)
    assert board.view == View()


# ------------------------------------------------------------------ undone, ended


def returned(day: Day, event: Event) -> Event:
    return day.happens(Kind.RETURNED, ticket_of(event).model_copy(update={"state": State.WAITING}))


def ended(day: Day, event: Event, kind: Kind = Kind.FINISHED) -> Event:
    return day.happens(kind, ticket_of(event), event.counter)


def test_an_undone_call_leaves_the_screen_at_once(board: Board, day: Day) -> None:
    Speaker(board)
    event = day.called()
    board.take(event)
    board.take(returned(day, event))
    assert board.view == View(queues=board.view.queues)


def test_an_undone_call_that_waited_for_its_showing_is_never_lit(board: Board, day: Day) -> None:
    voice = Speaker(board)
    events = [day.called() for _ in range(3)]
    for event in events:
        board.take(event)
    board.take(returned(day, events[2]))
    voice.finish()
    voice.finish()
    assert voice.said == [events[0].id, events[1].id]
    assert (called_number(board.view), row_numbers(board.view)) == ("A-002", ["A-001"])


def test_an_undone_call_is_taken_back_from_the_voice_that_says_it_and_the_next_is_said(board: Board, day: Day) -> None:
    voice = Speaker(board)
    events = [day.called() for _ in range(3)]
    for event in events:
        board.take(event)
    board.take(returned(day, events[0]))
    assert voice.taken_back == [events[0].id]
    assert (called_number(board.view), board.view.speaking) == ("A-002", True)
    assert (voice.said, voice.most_at_once) == ([event.id for event in events], 2)


def test_an_undone_call_that_the_voice_has_not_begun_is_taken_back(board: Board, day: Day) -> None:
    voice = Speaker(board)
    first, second = day.called(), day.called()
    board.take(first)
    board.take(second)
    board.take(returned(day, second))
    assert voice.taken_back == [second.id]
    assert (called_number(board.view), board.view.speaking) == ("A-001", True)


def test_nothing_is_taken_back_that_the_voice_does_not_have(board: Board, day: Day) -> None:
    voice = Speaker(board)
    said, refused, lit, after, waiting = (day.called() for _ in range(5))
    board.take(said)
    voice.finish()
    board.take(refused)
    voice.fail("no_voice")
    for event in (lit, after, waiting):
        board.take(event)
    for event in (said, refused, waiting):
        board.take(returned(day, event))
    assert voice.taken_back == []


def test_a_reopened_ticket_is_not_said_again_and_nothing_is_taken_back(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    board.take(ended(day, event))
    board.take(day.happens(Kind.REOPENED, ticket_of(event), event.counter))
    assert (voice.said, voice.taken_back, board.view.speaking) == ([event.id], [], True)


def test_an_undone_call_does_not_come_back_with_a_stale_answer(board: Board, day: Day) -> None:
    event = day.called()
    stale = day.answer(event)
    board.take(event)
    board.take(returned(day, event))
    board.merge(stale)
    assert board.view.called is None


def test_a_ticket_called_again_after_it_was_undone_is_announced(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    board.take(returned(day, event))
    again = day.happens(Kind.CALLED, ticket_of(event), event.counter)
    board.take(again)
    assert (voice.said[-1], called_number(board.view)) == (again.id, "A-001")


@pytest.mark.parametrize("kind", [Kind.FINISHED, Kind.NO_SHOW])
def test_a_ticket_that_left_its_counter_goes_from_the_panel_to_the_rows(board: Board, day: Day, kind: Kind) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    voice.finish()
    board.take(ended(day, event, kind))
    assert (board.view.called, row_numbers(board.view)) == (None, ["A-001"])


def test_a_ticket_whose_end_overtook_its_call_is_not_kept_large(board: Board, day: Day) -> None:
    call = day.called()
    stale = day.answer(call)
    board.take(ended(day, call))
    day.later(TV.late_after_s + 1)
    board.merge(stale.model_copy(update={"now": day.at}))
    assert (board.view.called, row_numbers(board.view)) == (None, ["A-001"])


def test_a_ticket_called_again_after_it_ended_is_large(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    voice.finish()
    board.take(ended(day, event, Kind.NO_SHOW))
    board.take(day.recalled(event))
    voice.finish()
    assert called_number(board.view) == "A-001"


def test_a_ticket_that_left_its_counter_is_still_said_to_the_end(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    board.take(ended(day, event))
    assert (called_number(board.view), board.view.lit) == ("A-001", True)
    voice.finish()
    assert board.view.called is None


def test_a_served_ticket_stays_large_until_the_next_call(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    voice.finish()
    board.take(ended(day, event, Kind.SERVED))
    assert called_number(board.view) == "A-001"


def test_who_was_before_an_undone_call_is_large_again(board: Board, day: Day) -> None:
    voice = Speaker(board)
    before = day.called()
    board.take(before)
    voice.finish()
    board.take(ended(day, before))
    mistaken = day.called()
    board.take(mistaken)
    voice.finish()
    board.take(returned(day, mistaken))
    board.take(day.happens(Kind.REOPENED, ticket_of(before).model_copy(update={"state": State.CALLED}), before.counter))
    assert (called_number(board.view), board.view.lit, len(voice.said)) == ("A-001", False, 2)


@pytest.mark.parametrize("kind", [Kind.MOVED_ON, Kind.TRANSFERRED])
def test_who_was_sent_on_by_a_slip_is_large_again_and_not_said_again(board: Board, day: Day, kind: Kind) -> None:
    voice = Speaker(board)
    before = day.called()
    board.take(before)
    voice.finish()
    board.take(ended(day, before))
    board.take(ended(day, before, kind))
    mistaken = day.called()
    board.take(mistaken)
    voice.finish()
    board.take(returned(day, mistaken))
    assert called_number(board.view) == ""
    board.take(ended(day, before, Kind.REJOINED))
    assert (called_number(board.view), board.view.lit, len(voice.said)) == ("A-001", False, 2)
    board.merge(day.answer(before))
    assert (called_number(board.view), board.view.rows, len(voice.said)) == ("A-001", (), 2)


def test_who_was_called_to_the_next_service_by_a_slip_is_at_the_one_before(board: Board, day: Day) -> None:
    voice = Speaker(board)
    before = day.called()
    board.take(before)
    voice.finish()
    board.take(ended(day, before, Kind.MOVED_ON))
    mistaken = day.happens(Kind.CALLED, ticket_of(before), "loket-12")
    stale = day.answer(mistaken)
    board.take(mistaken)
    voice.finish()
    board.take(returned(day, mistaken))
    board.take(ended(day, before, Kind.REJOINED))
    board.merge(stale)
    assert board.view.called is not None
    assert (board.view.called.counter, board.view.rows) == ("1", ())


def test_a_tv_that_did_not_see_who_was_sent_on_learns_of_the_return_from_the_answer(board: Board, day: Day) -> None:
    before = day.called()
    ended(day, before, Kind.MOVED_ON)
    mistaken = day.happens(Kind.CALLED, ticket_of(before), "loket-12")
    board.merge(day.answer(mistaken))
    board.take(returned(day, mistaken))
    board.take(ended(day, before, Kind.REJOINED))
    board.merge(day.answer(before))
    assert board.view.called is not None
    assert board.view.called.counter == "1"


# ------------------------------------------------------------------ zones, waiting, record


def test_a_tv_of_a_zone_shows_and_says_its_zone_s_calls_only(build: Callable[..., Board], day: Day) -> None:
    board = build(TV.model_copy(update={"zones": ["lantai-2"]}))
    voice = Speaker(board)
    board.take(day.called("bpjs"))
    board.take(day.called("samsat"))
    board.merge(day.answer(*day.events))
    assert (called_number(board.view), board.view.rows, voice.said) == ("ZB-002", (), [2])


def test_who_waits_is_counted_on_from_the_hub_s_answer_by_the_events(board: Board, day: Day) -> None:
    board.merge(day.answer(waiting={"bpjs": 3, "dukcapil": 0}))
    assert [(queue.prefix, queue.waiting) for queue in board.view.queues] == [("A", 3)]
    board.take(day.happens(Kind.TAKEN, day.ticket("dukcapil")))
    board.take(day.called("bpjs"))
    assert [(queue.prefix, queue.waiting) for queue in board.view.queues] == [("A", 2), ("K", 1)]


def test_an_event_that_overtook_the_hub_s_answer_is_counted_once(board: Board, day: Day) -> None:
    counted = day.happens(Kind.TAKEN, day.ticket())
    answer = day.answer(waiting={"bpjs": 1})
    overtaking = day.happens(Kind.TAKEN, day.ticket())
    for event in (counted, overtaking):
        board.take(event)
    board.merge(answer)
    assert board.view.queues[0].waiting == 2
    board.merge(day.answer(waiting={"bpjs": 2}))
    assert board.view.queues[0].waiting == 2


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (Kind.CANCELLED, 2),
        (Kind.RETURNED, 4),
        (Kind.RECALLED, 3),
        (Kind.PRINTED, 3),
        (Kind.HELD, 3),
        (Kind.UNHELD, 4),
        (Kind.TRANSFERRED, 4),
        (Kind.REOPENED, 3),
        (Kind.REJOINED, 2),
    ],
)
def test_what_an_event_does_to_those_who_wait(board: Board, day: Day, kind: Kind, left: int) -> None:
    ticket = day.ticket()
    board.merge(day.answer(waiting={"bpjs": 3}))
    board.take(day.happens(kind, ticket, "loket-1" if kind is Kind.RECALLED else None))
    assert board.view.queues[0].waiting == left


def test_who_waits_for_one_counter_alone_is_in_no_agencys_line(board: Board, day: Day) -> None:
    board.merge(day.answer(waiting={"bpjs": 3}))
    sent = day.ticket().model_copy(update={"for_counter": "loket-12"})
    for kind in (Kind.TRANSFERRED, Kind.CALLED):
        board.take(day.happens(kind, sent, "loket-12"))
    assert board.view.queues[0].waiting == 3


@pytest.mark.parametrize("kind", [Kind.HELD, Kind.TRANSFERRED])
def test_who_left_the_counter_unfinished_leaves_the_screen_and_the_voice(board: Board, day: Day, kind: Kind) -> None:
    voice = Speaker(board)
    event = day.called()
    board.take(event)
    board.take(day.happens(kind, ticket_of(event), event.counter))
    assert (board.view.called, board.view.rows, voice.taken_back) == (None, (), [event.id])


def test_only_those_agencies_are_counted_that_the_hub_told_of(board: Board, day: Day) -> None:
    board.merge(day.answer(waiting={"samsat": 1}))
    board.take(day.happens(Kind.TAKEN, day.ticket("bpjs")))
    assert [(queue.prefix, queue.waiting) for queue in board.view.queues] == [("ZB", 1)]


def test_the_record_counts_what_was_shown_and_spoken(board: Board, day: Day) -> None:
    voice = Speaker(board)
    for _ in range(2):
        board.take(day.called())
    voice.finish()
    record = board.record
    assert (record.shown, record.spoken, record.last_shown, record.last_spoken) == (2, 1, 2, 1)


def test_what_could_not_be_heard_is_shown_and_not_counted_as_spoken(board: Board, day: Day) -> None:
    voice = Speaker(board)
    for _ in range(2):
        board.take(day.called())
    voice.finish()
    assert (called_number(board.view), board.view.lit) == ("A-002", True)
    voice.finish(heard=False)
    assert not board.view.lit
    record = board.record
    assert (record.shown, record.spoken, record.last_shown, record.last_spoken) == (2, 1, 2, 1)


def test_a_health_report_of_a_device_changes_nothing(board: Board, day: Day, qtbot: QtBot) -> None:
    event = Event(id=1, kind=Kind.DEVICE, at=day.at)
    with qtbot.assertNotEmitted(board.changed):
        board.take(event)


# ------------------------------------------------------------------ another configuration


def test_a_call_that_is_being_said_when_the_hall_changes_is_said_to_its_end_and_once(board: Board, day: Day) -> None:
    voice = Speaker(board)
    event = day.called("dukcapil")
    board.take(event)
    renamed = HALL.model_copy(
        update={"agencies": [one.model_copy(update={"short_name": "X"}) for one in HALL.agencies]}
    )
    board.take_up(renamed, TV)
    assert (called_number(board.view), board.view.lit, voice.said) == ("K-001", True, [event.id])
    voice.finish()
    following = day.called("bpjs")
    board.take(following)
    assert voice.said == [event.id, following.id]
    assert board.view.called is not None
    assert board.view.called.agency == "X"


def test_a_tv_that_is_of_another_zone_now_forgets_the_calls_of_the_old_one(board: Board, day: Day) -> None:
    voice = Speaker(board)
    board.take(day.called("dukcapil"))
    voice.finish()
    board.take_up(HALL, TV.model_copy(update={"zones": ["lantai-2"]}))
    assert board.view == View()
    board.take(day.called("bpjs"))
    assert board.view == View()
    board.take(day.called("samsat"))
    assert called_number(board.view).startswith("ZB-")
