"""kill -9 of the hub, three times in the midst of work; `python3 run.py prove kill` does it fifty times."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from shared.model import Kind
from shared.wire import Call, OnTicket, Ticket
from tests.plays.history import tickets
from tests.plays.killing import COUNTERS, EARS, KIOSKS, Toll, kill_hub
from tests.plays.notes import Note
from tests.plays.walk import desks, walk

pytestmark = pytest.mark.timeout(400)

KILLS = 3
CLIENTS = KIOSKS + len(COUNTERS) + EARS + 2
BACK_WITHIN_S = 5.0
KINDS = {
    "recall": Kind.RECALLED,
    "serve": Kind.SERVED,
    "finish": Kind.FINISHED,
    "no-show": Kind.NO_SHOW,
    "undo-next": Kind.RETURNED,
}


@pytest.fixture(scope="module")
def toll(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Toll:
    """The play is played once; how often it kills is said by the module that asks."""
    toll = kill_hub(tmp_path_factory.mktemp("kill"), request.module.KILLS)
    figures(toll)
    return toll


def figures(toll: Toll) -> None:
    outages = [kill.returned_at - kill.at for kill in toll.kills]
    print(f"\n{len(toll.kills)} kills in {toll.seconds:.0f} s; {len(toll.verbs)} verbs, {len(toll.events)} events")
    print(f"{sum(note.tries > 1 for note in toll.verbs)} repeated, {answered_late(toll)} of them done before the kill")
    print(f"hub away for {min(outages):.2f} to {max(outages):.2f} s")
    late = [round(kill.returned_at - kill.at, 1) for kill in toll.kills if max(kill.back_s.values()) > BACK_WITHIN_S]
    print(f"somebody was late after the hub had been away for {late} s" if late else "nobody was late")
    print("slowest back:", ", ".join(f"{name} {seconds:.2f} s" for name, seconds in toll.slowest_back_s.items()))


def answered_late(toll: Toll) -> int:
    """Takings that were written before a kill and answered after it."""
    spans = [(kill.moment.timestamp(), kill.at) for kill in toll.kills]
    return sum(
        any(note.asked_at < at < note.at and ticket.taken_at.timestamp() < moment for moment, at in spans)
        for note, ticket in taken(toll)
    )


def taken(toll: Toll) -> list[tuple[Note, Ticket]]:
    return [(note, Ticket.model_validate_json(note.answer)) for note in toll.verbs if note.status == 201]


def called(toll: Toll) -> list[Call]:
    notes = [note for note in toll.verbs if note.path.endswith("/next") and note.status == 200]
    return [Call.model_validate_json(note.answer) for note in notes]


def test_the_hub_was_killed_in_the_midst_of_work(toll: Toll, request: pytest.FixtureRequest) -> None:
    assert len(toll.kills) == request.module.KILLS
    assert sum(note.tries > 1 for note in toll.verbs) >= request.module.KILLS


def test_no_acknowledged_ticket_is_missing(toll: Toll) -> None:
    known = {ticket.id: (ticket.number, ticket.service, ticket.day) for ticket in tickets(toll.events, Kind.TAKEN)}
    assert taken(toll)
    for _, ticket in taken(toll):
        assert known[ticket.id] == (ticket.number, ticket.service, ticket.day)
        assert toll.tokens[ticket.id] == ticket.token


def test_no_acknowledged_call_is_missing(toll: Toll) -> None:
    known = {event.id: event for event in toll.events if event.kind is Kind.CALLED}
    assert called(toll)
    for call in called(toll):
        event = known[call.event]
        assert event.ticket is not None
        assert (event.ticket.id, event.counter) == (call.ticket.id, call.counter)


def test_no_acknowledged_order_is_missing(toll: Toll) -> None:
    done = Counter((event.kind, event.ticket.id) for event in toll.events if event.ticket)
    acknowledged = Counter(
        (KINDS[verb], OnTicket.model_validate_json(note.body).ticket)
        for note in toll.verbs
        if (verb := note.path.rpartition("/")[2]) in KINDS
    )
    assert {kind for kind, _ in acknowledged} == set(KINDS.values())
    for (kind, ticket), times in acknowledged.items():
        ended_by_next = kind is Kind.FINISHED
        assert done[kind, ticket] >= times if ended_by_next else done[kind, ticket] == times


def test_every_event_follows_the_rules_from_the_one_before(toll: Toll) -> None:
    way = walk(toll.events)
    print(f"\n{dict(way.kinds)}")
    assert way.waiting == toll.waiting
    assert {counter: way.there.get(counter) for counter in COUNTERS} == toll.there


def test_every_officer_sees_whom_the_answers_named_also_after_an_undone_call(toll: Toll) -> None:
    told = desks(toll.verbs)
    assert {counter: desk.there for counter, desk in told.items()} == toll.there
    came_back = sorted((counter, ticket) for counter, desk in told.items() for ticket in desk.reopened)
    assert came_back
    assert sorted(walk(toll.events).reopened) == came_back


def test_no_number_is_given_twice_and_none_left_out(toll: Toll) -> None:
    by_queue: dict[tuple[date, str], list[int]] = defaultdict(list)
    for ticket in tickets(toll.events, Kind.TAKEN):
        prefix, _, sequence = ticket.number.partition("-")
        by_queue[ticket.day, prefix].append(int(sequence))
    for numbers in by_queue.values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_no_number_is_told_to_two_visitors(toll: Toll) -> None:
    keys = Counter((ticket.day, ticket.number) for _, ticket in taken(toll))
    assert max(keys.values()) == 1


def test_no_ticket_is_called_to_two_counters(toll: Toll) -> None:
    """Once, and once more for each time that its call was undone."""
    calls = Counter(ticket.id for ticket in tickets(toll.events, Kind.CALLED))
    returns = Counter(ticket.id for ticket in tickets(toll.events, Kind.RETURNED))
    assert returns
    assert {calls[ticket] - returns[ticket] for ticket in calls} <= {0, 1}
    assert {call.event for call in called(toll)} == {event.id for event in toll.events if event.kind is Kind.CALLED}


def test_none_is_lost(toll: Toll) -> None:
    known = {ticket.id for ticket in tickets(toll.events, Kind.TAKEN)}
    assert walk(toll.events).state.keys() == known
    assert len(known) == len(taken(toll))


def test_one_key_has_one_answer(toll: Toll) -> None:
    assert len({note.key for note in toll.verbs}) == len(toll.verbs)
    assert {note.key: note.answer for note in toll.verbs} == toll.kept
    for note, status, answer in toll.again:
        assert (status, answer) == (note.status, note.answer)


def test_every_client_is_back_within_five_seconds(toll: Toll) -> None:
    assert {name: s for name, s in toll.slowest_back_s.items() if s > BACK_WITHIN_S} == {}
    assert all(len(kill.back_s) == CLIENTS for kill in toll.kills)


def test_all_who_listen_hear_every_event_once_and_in_order(toll: Toll) -> None:
    ids = [event.id for event in toll.events]
    assert ids == list(range(1, len(ids) + 1))
    assert len(toll.heard) == EARS + 1
    assert [heard.client for heard in toll.heard if heard.ids != ids] == []
    assert len({heard.digest for heard in toll.heard if heard.client.startswith("ear")}) == 1


def test_the_hub_never_stumbled(toll: Toll) -> None:
    assert "Traceback" not in toll.said
    assert "ERROR" not in toll.said
