"""The officer's orders: each is given once, whatever fingers and network do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from counter.desk import Verb
from counter.officer import Officer, Pace
from shared.model import DeviceKind, Kind, State
from shared.trouble import Trouble
from shared.wire import Device
from tests.counter.conftest import QUICK
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink
from tests.real_hub import LIMIT_S

Until = Callable[[Callable[[], object]], None]
ON_TICKET = [Verb.RECALL, Verb.SERVE, Verb.FINISH, Verb.NO_SHOW, Verb.UNDO_NEXT]


def press(officer: Officer, verb: Verb, until: Until) -> None:
    """Press when it is offered, and wait until the desk shows what came of it."""
    until(lambda: verb in officer.desk.offered)
    assert officer.press(verb)
    until(lambda: officer.desk.busy is None)


def number(officer: Officer) -> str | None:
    return officer.desk.current.number if officer.desk.current else None


def message(officer: Officer) -> str | None:
    return officer.desk.message.code if officer.desk.message else None


# ---------------------------------------------------------------- each verb


def test_next_calls_who_waits_longest(officer: Officer, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    assert number(officer) == "K-013"
    assert officer.desk.waiting_count == 3


def test_recall_calls_the_same_visitor_once_more(officer: Officer, hub: SmallHub, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    press(officer, Verb.RECALL, until)
    assert number(officer) == "K-013"
    assert hub.current is not None
    assert hub.current.calls == 2


def test_serve_begins_the_service(officer: Officer, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    press(officer, Verb.SERVE, until)
    assert officer.desk.current is not None
    assert officer.desk.current.state is State.SERVING


@pytest.mark.parametrize("verb", [Verb.FINISH, Verb.NO_SHOW])
def test_an_ended_visit_leaves_the_counter_empty(officer: Officer, verb: Verb, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    press(officer, verb, until)
    assert officer.desk.current is None


def test_an_undone_next_waits_again_at_its_place(officer: Officer, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    press(officer, Verb.UNDO_NEXT, until)
    assert officer.desk.current is None
    assert officer.desk.following is not None
    assert officer.desk.following.number == "K-013"


def test_each_order_has_a_key_of_its_own(officer: Officer, link: StandInLink, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    press(officer, Verb.RECALL, until)
    press(officer, Verb.RECALL, until)
    assert len({key for _, key in link.orders}) == 3


# ---------------------------------------------------------------- what is offered


def test_with_nobody_at_the_counter_nothing_is_offered_for_one(officer: Officer) -> None:
    assert officer.desk.offered == {Verb.NEXT, Verb.CALL, Verb.ISSUE, Verb.REPRINT, Verb.WALK_IN, Verb.PAUSE}


def test_undo_is_offered_only_while_nobody_has_come(officer: Officer, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    assert Verb.UNDO_NEXT in officer.desk.offered
    press(officer, Verb.SERVE, until)
    assert Verb.UNDO_NEXT not in officer.desk.offered


def test_next_is_not_offered_when_nobody_waits(officer: Officer, hub: SmallHub, until: Until) -> None:
    hub.waiting.clear()
    officer.refresh()
    until(lambda: officer.desk.waiting_count == 0)
    assert not officer.press(Verb.NEXT)


@pytest.mark.parametrize("verb", ON_TICKET)
def test_a_verb_that_is_not_offered_orders_nothing(officer: Officer, link: StandInLink, verb: Verb) -> None:
    assert not officer.press(verb)
    assert link.orders == []


def test_while_an_order_is_out_nothing_is_offered(officer: Officer, link: StandInLink, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    link.slow = True
    officer.press(Verb.RECALL)
    assert officer.desk.offered == set()
    assert not officer.press(Verb.FINISH)


def test_verbs_stay_off_until_the_view_after_the_order_is_here(
    officer: Officer, link: StandInLink, until: Until
) -> None:
    link.slow_views = True
    officer.press(Verb.NEXT)
    until(lambda: link.views_asked == 2)
    assert officer.desk.offered == set()
    link.deliver()
    assert number(officer) == "K-013"
    assert Verb.SERVE in officer.desk.offered


# ---------------------------------------------------------------- drumming fingers


def test_a_second_next_within_two_seconds_calls_nobody(drummer: Officer, hub: SmallHub, until: Until) -> None:
    press(drummer, Verb.NEXT, until)
    assert not drummer.press(Verb.NEXT)
    assert hub.called == ["K-013"]


def test_next_rests_for_two_seconds_and_looks_for_one() -> None:
    assert (Pace().rest, Pace().look) == (2000, 1000)


def test_each_swallowed_next_begins_the_two_seconds_anew(
    link: StandInLink, hub: SmallHub, qtbot: QtBot, until: Until
) -> None:
    officer = Officer(link, COUNTER, pace=Pace(rest=300, look=1, gather=1), parent=link)
    link.comes_up()
    press(officer, Verb.NEXT, until)
    with qtbot.assertNotEmitted(officer.changed, wait=200):
        pass
    assert not officer.press(Verb.NEXT)
    with qtbot.assertNotEmitted(officer.changed, wait=200):
        pass
    assert not officer.press(Verb.NEXT)
    assert hub.called == ["K-013"]


def test_after_the_rest_next_calls_the_following_visitor(officer: Officer, hub: SmallHub, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    press(officer, Verb.NEXT, until)
    assert hub.called == ["K-013", "K-014"]


def test_a_next_pressed_while_the_answer_is_out_is_swallowed(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.slow = True
    assert officer.press(Verb.NEXT)
    until(lambda: not officer._rest.isActive())
    assert not officer.press(Verb.NEXT)
    link.deliver()
    until(lambda: number(officer) == "K-013")
    assert hub.called == ["K-013"]


def test_a_press_made_before_a_slow_answer_was_seen_calls_nobody(
    link: StandInLink, hub: SmallHub, until: Until
) -> None:
    officer = Officer(link, COUNTER, pace=Pace(rest=1, look=60_000, gather=1), parent=link)
    link.comes_up()
    until(lambda: officer.desk.live)
    link.slow = True
    officer.press(Verb.NEXT)
    until(lambda: not officer._rest.isActive())
    link.deliver()
    until(lambda: officer.desk.busy is None)
    assert not officer.press(Verb.NEXT)
    assert hub.called == ["K-013"]


def test_other_verbs_do_not_rest(drummer: Officer, until: Until) -> None:
    press(drummer, Verb.NEXT, until)
    press(drummer, Verb.SERVE, until)
    press(drummer, Verb.FINISH, until)
    assert drummer.desk.current is None


# ---------------------------------------------------------------- lost answers


def test_a_next_whose_answer_was_lost_is_repeated_with_its_key(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    link.lossy = False
    press(officer, Verb.NEXT, until)
    assert link.orders[0] == link.orders[1]
    assert hub.called == ["K-013"]


def test_a_next_that_never_arrived_is_carried_out_when_repeated(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.deaf = True
    press(officer, Verb.NEXT, until)
    assert hub.called == []
    link.deaf = False
    press(officer, Verb.NEXT, until)
    assert hub.called == ["K-013"]


def test_a_lost_answer_is_told_until_the_press_is_repeated(officer: Officer, link: StandInLink, until: Until) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    assert message(officer) == "answer_lost"
    link.lossy = False
    press(officer, Verb.NEXT, until)
    assert message(officer) == "called_before"


def test_an_answered_repetition_frees_the_key(officer: Officer, link: StandInLink, hub: SmallHub, until: Until) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    link.lossy = False
    press(officer, Verb.NEXT, until)
    press(officer, Verb.NEXT, until)
    assert hub.called == ["K-013", "K-014"]


def test_who_goes_on_with_the_called_visitor_has_seen_the_call(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    link.lossy = False
    press(officer, Verb.SERVE, until)
    press(officer, Verb.NEXT, until)
    assert hub.called == ["K-013", "K-014"]


def test_another_order_lost_too_does_not_forget_the_first_key(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    press(officer, Verb.RECALL, until)
    press(officer, Verb.NEXT, until)
    assert link.orders[0] == link.orders[2]
    assert hub.called == ["K-013"]


def test_yesterdays_lost_order_is_not_repeated_today(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.deaf = True
    press(officer, Verb.NEXT, until)
    link.deaf = False
    hub.now += timedelta(days=1)
    press(officer, Verb.NEXT, until)
    assert link.orders[0] != link.orders[1]


def test_a_lost_order_of_minutes_ago_is_not_repeated(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    link.lossy = False
    hub.now += timedelta(seconds=299)
    officer.refresh()
    until(lambda: officer.desk.view and officer.desk.view.now == hub.now)
    assert message(officer) == "answer_lost"
    hub.now += timedelta(seconds=1)
    officer.refresh()
    until(lambda: message(officer) is None)
    assert officer.desk.kept == frozenset()
    press(officer, Verb.NEXT, until)
    assert hub.called == ["K-013", "K-014"]


def test_a_lost_order_is_still_known_when_a_hub_long_away_is_back(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    press(officer, Verb.NEXT, until)
    link.goes_away()
    link.lossy = False
    hub.now += timedelta(minutes=20)
    link.comes_up()
    until(lambda: officer.desk.live)
    press(officer, Verb.NEXT, until)
    assert message(officer) == "called_before"
    assert hub.called == ["K-013"]


def test_an_order_the_hub_could_not_store_keeps_its_key(
    officer: Officer, link: StandInLink, hub: SmallHub, monkeypatch: pytest.MonkeyPatch, until: Until
) -> None:
    monkeypatch.setattr(hub, "_next", lambda: Trouble("storage_failed", why="disk"))
    press(officer, Verb.NEXT, until)
    assert message(officer) == "storage_failed"
    press(officer, Verb.NEXT, until)
    assert link.orders[0] == link.orders[1]


# ---------------------------------------------------------------- refusals


def test_a_refusal_is_told_and_the_view_fetched_anew(officer: Officer, hub: SmallHub, until: Until) -> None:
    press(officer, Verb.NEXT, until)
    hub.current = None  # ended from elsewhere; the news has not arrived
    press(officer, Verb.FINISH, until)
    assert message(officer) == "not_at_counter"
    assert officer.desk.current is None


def test_next_that_finds_nobody_says_so(officer: Officer, hub: SmallHub, until: Until) -> None:
    hub.waiting.clear()  # another counter was quicker
    press(officer, Verb.NEXT, until)
    assert message(officer) == "nobody_waits"


def test_a_message_goes_by_itself(link: StandInLink, hub: SmallHub, until: Until) -> None:
    officer = Officer(link, COUNTER, pace=Pace(rest=1, look=1, gather=1, message=5), parent=link)
    link.comes_up()
    until(lambda: officer.desk.live)
    told: list[str | None] = []
    officer.changed.connect(lambda desk: told.append(desk.message and desk.message.code))
    hub.waiting.clear()
    officer.press(Verb.NEXT)
    until(lambda: "nobody_waits" in told and told[-1] is None)


def test_the_next_press_takes_the_message_away(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    hub.waiting.clear()
    press(officer, Verb.NEXT, until)
    hub.waiting = [hub.ticket(20)]
    officer.refresh()
    until(lambda: Verb.NEXT in officer.desk.offered)
    link.slow = True
    officer.press(Verb.NEXT)
    assert message(officer) is None


# ---------------------------------------------------------------- hub away and back


def test_while_the_hub_is_away_nothing_is_offered_and_the_desk_says_why(officer: Officer, link: StandInLink) -> None:
    link.goes_away()
    assert officer.desk.offered == set()
    assert officer.desk.away is not None
    assert officer.desk.away.code == "hub_away"
    assert not officer.press(Verb.NEXT)


def test_while_the_hub_is_away_the_last_view_stays_to_be_read(officer: Officer, link: StandInLink) -> None:
    link.goes_away()
    assert officer.desk.waiting_count == 4


def test_when_the_hub_is_back_the_desk_is_fetched_anew(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.goes_away()
    hub.waiting.pop()
    link.comes_up()
    assert not officer.desk.live
    until(lambda: officer.desk.live)
    assert officer.desk.waiting_count == 3
    assert officer.desk.away is None


def test_a_view_that_cannot_be_had_is_asked_for_again(officer: Officer, link: StandInLink, until: Until) -> None:
    link.refuse_views = Trouble("hub_fault")
    officer.refresh()
    until(lambda: not officer.desk.live)
    assert officer.desk.away is link.refuse_views
    link.refuse_views = None
    until(lambda: officer.desk.live)


def test_a_new_desk_does_not_begin_before_its_view_is_here(link: StandInLink) -> None:
    officer = Officer(link, COUNTER, parent=link)
    officer.start()
    assert officer.desk.offered == set()


def test_a_desk_taken_while_the_hub_is_there_begins_at_once(link: StandInLink, until: Until) -> None:
    link.comes_up()
    officer = Officer(link, COUNTER, parent=link)
    officer.start()
    until(lambda: officer.desk.live)


# ---------------------------------------------------------------- news


def test_a_ticket_taken_for_my_agency_appears(officer: Officer, link: StandInLink, hub: SmallHub, until: Until) -> None:
    hub.waiting.append(hub.ticket(17))
    link.event_came.emit(hub.event())
    until(lambda: officer.desk.waiting_count == 5)


def test_news_of_others_is_not_fetched(officer: Officer, link: StandInLink, hub: SmallHub, qtbot: QtBot) -> None:
    asked = link.views_asked
    link.event_came.emit(hub.event(agency="samsat", counter="3"))
    with qtbot.assertNotEmitted(officer.changed, wait=30):
        pass
    assert link.views_asked == asked


def test_a_visitor_of_another_agency_sent_to_this_counter_appears(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    event = hub.event(Kind.TRANSFERRED, agency="samsat", counter="3")
    assert event.ticket is not None
    sent = event.ticket.model_copy(update={"for_counter": COUNTER.id})
    hub.waiting.append(sent)
    link.event_came.emit(event.model_copy(update={"ticket": sent}))
    until(lambda: officer.desk.waiting_count == 5)


def test_a_visitor_of_another_agency_who_no_longer_waits_here_goes(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    sent = hub.ticket(40).model_copy(update={"agency": "samsat", "for_counter": COUNTER.id})
    hub.waiting.append(sent)
    officer.refresh()
    until(lambda: officer.desk.waiting_count == 5)
    hub.waiting.pop()
    link.event_came.emit(hub.event(Kind.TRANSFERRED, agency="samsat", counter="3"))
    until(lambda: officer.desk.waiting_count == 4)


def test_news_that_the_view_already_has_is_not_fetched(officer: Officer, link: StandInLink, hub: SmallHub) -> None:
    old = hub.event()
    stale = old.model_copy(update={"id": 1})
    link.event_came.emit(stale)
    assert not officer._gather.isActive()


def test_news_that_comes_together_is_fetched_together(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    asked = link.views_asked
    hub.waiting.append(hub.ticket(17))
    for _ in range(50):
        link.event_came.emit(hub.event())
    until(lambda: officer.desk.waiting_count == 5)
    assert link.views_asked == asked + 1


def test_news_during_a_fetch_is_fetched_after_it(officer: Officer, link: StandInLink, until: Until) -> None:
    asked = link.views_asked
    officer.refresh()
    officer.refresh()
    officer.refresh()
    until(lambda: link.views_asked == asked + 2)
    assert officer.desk.live


def test_a_kiosk_without_paper_reaches_the_desk(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    kiosk = Device(kind=DeviceKind.KIOSK, id="kiosk-1", alive=True, troubles=["paper_out"])
    link.event_came.emit(hub.device_event(kiosk))
    until(lambda: officer.desk.troubled == (kiosk,))


def test_another_counters_health_is_no_news(officer: Officer, link: StandInLink, hub: SmallHub) -> None:
    link.event_came.emit(hub.device_event(Device(kind=DeviceKind.COUNTER, id="3", alive=True)))
    assert not officer._gather.isActive()


def test_the_call_of_another_counter_for_my_agency_is_news(
    officer: Officer, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    hub.waiting.pop(0)
    link.event_came.emit(hub.event(Kind.CALLED, counter="3"))
    until(lambda: officer.desk.waiting_count == 3)


# ---------------------------------------------------------------- its own health


def test_the_app_reports_itself_as_soon_as_the_hub_is_there(officer: Officer, link: StandInLink) -> None:
    assert officer.desk.live
    path, report = link.reports[0]
    assert path == f"/api/devices/counter/{COUNTER.id}"
    assert report.troubles == []
    assert "version" in report.facts


def test_the_app_goes_on_reporting(link: StandInLink, until: Until) -> None:
    officer = Officer(link, COUNTER, pace=Pace(report=1), parent=link)
    officer.start()
    link.comes_up()
    until(lambda: len(link.reports) >= 3)
    assert Pace().report == 10_000


# ---------------------------------------------------------------- without news


def test_the_view_is_fetched_though_nothing_happens(link: StandInLink, hub: SmallHub, until: Until) -> None:
    officer = Officer(link, COUNTER, pace=replace(QUICK, steady_s=0.02), parent=link)
    officer.start()
    link.comes_up()
    until(lambda: officer.desk.live)
    hub.waiting.clear()
    until(lambda: officer.desk.waiting_count == 0)


def test_a_hub_that_is_away_is_not_asked_for_news(link: StandInLink, until: Until, qtbot: QtBot) -> None:
    officer = Officer(link, COUNTER, pace=replace(QUICK, steady_s=0.02), parent=link)
    officer.start()
    link.comes_up()
    until(lambda: officer.desk.live)
    link.goes_away()
    asked = link.views_asked
    with qtbot.waitSignals([officer._freshness.due] * 2, timeout=1000 * LIMIT_S):
        pass
    assert link.views_asked == asked


def test_yesterdays_queue_is_gone_after_the_hubs_midnight(link: StandInLink, hub: SmallHub, until: Until) -> None:
    hub.now = hub.now.replace(hour=23, minute=59, second=59, microsecond=990_000)
    officer = Officer(link, COUNTER, pace=QUICK, parent=link)
    officer.start()
    link.comes_up()
    until(lambda: officer.desk.waiting_count == 4)
    hub.waiting.clear()
    until(lambda: officer.desk.waiting_count == 0)
