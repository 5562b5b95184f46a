"""Eight kiosks take 500 tickets while eight officers call them; fifty listen. `prove races`: three times over."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from demo.programs import Hall
from shared.assets import CONFIG
from shared.model import Kind
from shared.wire import Call, Event, Ticket
from tests.plays.crowd import crowds
from tests.plays.history import history, how_many_wait, last_event, tickets, who_is_where
from tests.plays.notes import Heard, Note
from tests.plays.walk import desks, walk

TICKETS = 500
KIOSKS = 8
LISTENERS = 50
# Two agencies with four counters each: all kiosks want the same numbers, four officers the same visitor.
SERVICES = ("bpjs-kesehatan-pendaftaran", "bpjs-kesehatan-informasi", "disdukcapil-ktp", "disdukcapil-kk")
COUNTERS = tuple(f"loket-{n}" for n in (1, 2, 3, 4, 10, 11, 12, 13))


@dataclass
class Race:
    """What came of one run."""

    taken: list[Note] = field(default_factory=list)
    called: list[Note] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    waiting: int = 0
    there: dict[str, int | None] = field(default_factory=dict)


def run(folder: Path) -> Race:
    """Hold one race."""
    hall = Hall(folder, CONFIG / "paser.toml")
    race = Race()
    try:
        hall.open_hub()
        with crowds(hall, ["tests.plays.ears", "tests.plays.client", "tests.plays.client"]) as (ears, kiosks, counters):
            ears.add("ears", "--count", str(LISTENERS))
            for i in range(KIOSKS):
                count = TICKETS // KIOSKS + (i < TICKETS % KIOSKS)
                kiosks.add(f"kiosk-{i}", "kiosk", *SERVICES, "--count", str(count))
            for counter in COUNTERS:
                counters.add(counter, "counter", counter)
            for crowd in (ears, kiosks, counters):
                crowd.gather()
            kiosks.say("go")
            counters.say("go")
            kiosks.finish()
            counters.dismiss()
            race.waiting = how_many_wait(hall.address)
            race.there = who_is_where(hall.address, COUNTERS)
            race.events = history(hall.address)
            ears.say(f"until {last_event(hall.address)}")
            ears.dismiss()
            race.taken, race.called, race.heard = kiosks.notes, counters.notes, ears.heard
    finally:
        hall.close()
    return race


def told(folder: Path) -> Race:
    """Hold one race, and print what it was like."""
    race = run(folder)
    notes = [*race.taken, *race.called]
    seconds = max(note.at for note in notes) - min(note.asked_at for note in notes)
    print(f"\n{len(notes)} verbs in {seconds:.2f} s, {len(race.events)} events, {race.waiting} still wait")
    return race


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Race:
    return told(tmp_path_factory.mktemp("race"))


def taken(race: Race) -> list[Ticket]:
    return [Ticket.model_validate_json(note.answer) for note in race.taken]


def calls(race: Race) -> list[tuple[str, Call]]:
    """Every call with the process that got it as an answer."""
    notes = [note for note in race.called if note.path.endswith("/next") and note.status == 200]
    return [(note.client, Call.model_validate_json(note.answer)) for note in notes]


def test_all_sixteen_were_at_work_at_the_same_time(race: Race) -> None:
    work: dict[str, list[Note]] = {}
    for note in [*race.taken, *race.called]:
        work.setdefault(note.client, []).append(note)
    assert len(work) == KIOSKS + len(COUNTERS)
    latest_start = max(notes[0].asked_at for notes in work.values())
    earliest_end = min(notes[-1].at for notes in work.values())
    assert latest_start < earliest_end


def test_no_number_is_given_twice(race: Race) -> None:
    numbers = Counter((ticket.day, ticket.number) for ticket in taken(race))
    assert len(numbers) == TICKETS
    assert max(numbers.values()) == 1


def test_no_number_is_left_out(race: Race) -> None:
    by_queue = Counter((ticket.day, ticket.number.partition("-")[0]) for ticket in taken(race))
    wanted = {(day, f"{prefix}-{n:03d}") for (day, prefix), count in by_queue.items() for n in range(1, count + 1)}
    assert {(ticket.day, ticket.number) for ticket in taken(race)} == wanted


def test_no_ticket_is_called_to_two_counters(race: Race) -> None:
    """Once, and once more for each time that its call was undone."""
    called = Counter(call.ticket.id for _, call in calls(race))
    returned = Counter(ticket.id for ticket in tickets(race.events, Kind.RETURNED))
    assert returned
    assert {called[ticket] - returned[ticket] for ticket in called} <= {0, 1}
    assert len({call.event for _, call in calls(race)}) == len(calls(race))
    assert all(client == call.counter for client, call in calls(race))


def test_no_counter_holds_two_tickets_and_who_came_first_is_called_first(race: Race) -> None:
    way = walk(race.events)
    assert {Kind.RECALLED, Kind.SERVED, Kind.FINISHED, Kind.NO_SHOW, Kind.RETURNED, Kind.REOPENED} <= set(way.kinds)
    assert {counter: way.there.get(counter) for counter in COUNTERS} == race.there


def test_every_officer_sees_whom_the_answers_named_also_after_an_undone_call(race: Race) -> None:
    told = desks(race.called)
    assert {counter: desk.there for counter, desk in told.items()} == race.there
    came_back = sorted((counter, ticket) for counter, desk in told.items() for ticket in desk.reopened)
    assert sorted(walk(race.events).reopened) == came_back


def test_none_is_lost(race: Race) -> None:
    way = walk(race.events)
    assert way.state.keys() == {ticket.id for ticket in taken(race)}
    assert way.waiting == race.waiting
    assert [ticket.id for ticket in tickets(race.events, Kind.CALLED)] == [
        call.ticket.id for _, call in sorted(calls(race), key=lambda one: one[1].event)
    ]


def test_all_fifty_listeners_hear_every_event_in_order(race: Race) -> None:
    everything = list(range(1, len(race.events) + 1))
    assert [event.id for event in race.events] == everything
    assert len(race.heard) == LISTENERS
    assert all(heard.ids == everything for heard in race.heard)


def test_all_fifty_listeners_hear_the_same(race: Race) -> None:
    assert len({heard.digest for heard in race.heard}) == 1
