"""One ticket through several services: printed once, called at each. Each rule as a manager would read it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hub import journey
from hub.journey import Place
from hub.rows import EventRow, Queue, Standing, ticket_facts, to_event
from shared.trouble import Trouble
from shared.wire import Issue, TakeTicket, Ticket
from tests.hub.conftest import Day


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Trouble) as trouble:
        yield
    assert trouble.value.code == code


def place(service: str) -> Place:
    return ({"ktp": "dukcapil", "kk": "dukcapil", "stnk": "samsat", "npwp": "pajak"}[service], service)


def text(steps: str) -> str:
    """`ktp+ stnk! npwp` as a ticket has it: + done, - skipped, ! now, < back, else next."""
    marks = {"+": "done", "-": "skipped", "!": "now", "<": "back"}
    words = []
    for step in steps.split():
        service, state = (step[:-1], marks[step[-1]]) if step[-1] in marks else (step, "next")
        words.append(f"{'/'.join(place(service))}={state}")
    return " ".join(words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ktp! stnk npwp", "ktp+ stnk! npwp"),
        ("ktp+ stnk! npwp-", "ktp+ stnk+ npwp-"),
        ("kk! ktp< npwp", "kk+ ktp! npwp"),
    ],
)
def test_a_visit_that_ended_is_followed_by(before: str, after: str) -> None:
    assert journey.advanced(text(before)) == text(after)


@pytest.mark.parametrize(
    ("before", "to", "had_begun", "back", "after"),
    [
        # Nothing was done here yet: the other service takes this one's place
        ("ktp! npwp", "stnk", False, False, "stnk! npwp"),
        # Something was: it is done, and the other comes before what follows
        ("ktp! npwp", "stnk", True, False, "ktp+ stnk! npwp"),
        # Sent to where the journey leads anyway
        ("ktp! npwp", "npwp", True, False, "ktp+ npwp!"),
        ("ktp! npwp", "npwp", False, False, "ktp- npwp!"),
        # Sent there and back
        ("ktp! npwp", "stnk", True, True, "stnk! ktp< npwp"),
        ("stnk! ktp< npwp", "kk", False, True, "kk! stnk< ktp< npwp"),
        # To another counter of the same service
        ("ktp! npwp", "ktp", True, True, "ktp! npwp"),
    ],
)
def test_a_visitor_who_is_sent_elsewhere_loses_no_step(
    before: str, to: str, had_begun: bool, back: bool, after: str
) -> None:
    assert journey.sent(text(before), place(to), had_begun=had_begun, back=back) == text(after)


@pytest.mark.parametrize(
    ("before", "then", "after"),
    [
        ("ktp! stnk npwp", "npwp", "ktp! stnk- npwp"),
        ("ktp+ stnk! npwp", "", "ktp+ stnk! npwp-"),
        ("ktp! stnk", "npwp stnk", "ktp! npwp stnk"),
        ("kk! ktp< npwp", "", "kk! ktp< npwp-"),
        ("", "npwp", "ktp! npwp"),
        ("", "", ""),
    ],
)
def test_an_officer_says_what_follows(before: str, then: str, after: str) -> None:
    assert journey.planned(text(before), place("ktp"), [place(one) for one in then.split()]) == text(after)


def test_no_service_follows_itself() -> None:
    for places in (["ktp", "ktp"], ["ktp", "stnk", "stnk"]):
        with refused("bad_request"):
            journey.begun([place(one) for one in places])
    with refused("bad_request"):
        journey.planned(text("kk! ktp<"), place("kk"), [place("ktp")])


def steps(day: Day, ticket: int) -> str:
    row = day.book.ticket(ticket)
    assert row
    marks = {"done": "+", "skipped": "-", "now": "!", "back": "<", "next": ""}
    shown = Ticket.model_validate(ticket_facts(Standing(row), day.floor.zone)).steps
    return " ".join(f"{step.service}{marks[step.state]}" for step in shown)


def come(day: Day, *services: str) -> int:
    return day.take(services[0], then=list(services[1:])).row.id


class TestJourney:
    def test_is_called_at_each_service_under_one_number(self, day: Day) -> None:
        ticket = come(day, "ktp", "stnk", "npwp")
        for counter, shown in (("1", "ktp! stnk npwp"), ("2", "ktp+ stnk! npwp"), ("3", "ktp+ stnk+ npwp!")):
            assert steps(day, ticket) == shown
            assert day.called(counter) == "A-001"
            day.on("finish", counter, ticket)
        assert (day.state(ticket), steps(day, ticket)) == ("finished", "ktp+ stnk+ npwp+")

    def test_goes_on_also_when_the_counter_calls_its_next(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        assert day.next("1") is None
        assert day.state(ticket) == "waiting"
        assert day.called("3") == "A-001"

    def test_of_two_services_of_one_counter_is_called_there_twice(self, day: Day) -> None:
        ticket = come(day, "ktp", "kk")
        assert [day.called("1") for _ in range(3)] == ["A-001", "A-001", None]
        assert day.state(ticket) == "finished"

    def test_waits_at_each_service_since_it_was_taken(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.clock.pass_(minutes=5)
        day.take("npwp")
        day.clock.pass_(minutes=5)
        day.next("1")
        day.on("finish", "1", ticket)
        assert [day.called("3"), day.called("3")] == ["A-001", "C-001"]

    def test_is_counted_where_it_waits(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        said = day.on("finish", "1", ticket)
        assert isinstance(said, Standing)
        assert (said.row.agency, said.row.service, said.ahead, said.minutes) == ("pajak", "npwp", 0, 0)
        today = day.floor.day(day.floor.moment(day.book, day.clock()))
        assert [sum(day.book.classes(today, Queue(agency))) for agency in ("dukcapil", "pajak")] == [0, 1]

    def test_tells_that_it_moved_on_and_from_which_counter(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        day.on("finish", "1", ticket)
        event = to_event(day.book.events_after(0, 99)[-1], day.floor.zone)
        assert event.ticket
        assert (event.kind, event.counter, event.ticket.agency, event.ticket.counter) == (
            "moved_on",
            "1",
            "pajak",
            None,
        )

    def test_is_each_counters_visit(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        for counter in ("1", "3"):
            day.next(counter)
            day.on("serve", counter, ticket)
            day.clock.pass_(minutes=2)
            day.on("finish", counter, ticket)
        today = day.floor.day(day.floor.moment(day.book, day.clock()))
        assert [day.book.tally(today, counter) for counter in ("1", "3")] == [(1, 0, 120_000), (1, 0, 120_000)]

    def test_that_nobody_comes_to_waits_for_the_same_service_when_the_visitor_is_here_after_all(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        day.on("finish", "1", ticket)
        day.next("3")
        day.on("no_show", "3", ticket)
        day.on("undo_no_show", "3", ticket)
        assert (day.called("3"), steps(day, ticket)) == ("A-001", "ktp+ npwp!")

    def test_is_as_before_after_an_undone_next(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        slip = day.take("ktp").row.id
        day.next("1")
        assert (day.state(ticket), steps(day, ticket)) == ("waiting", "ktp+ npwp!")
        day.on("undo_next", "1", slip)
        assert (day.state(ticket), steps(day, ticket)) == ("called", "ktp! npwp")
        assert day.kinds()[-2:] == ["returned", "rejoined"]

    def test_is_as_before_after_the_undone_next_that_called_it_again(self, day: Day) -> None:
        ticket = come(day, "ktp", "kk")
        day.next("1")
        day.next("1")
        said = day.on("undo_next", "1", ticket)
        assert isinstance(said, Standing)
        assert (said.row.state, said.row.service, steps(day, ticket)) == ("called", "ktp", "ktp! kk")

    def test_that_has_been_elsewhere_meanwhile_does_not_come_back_by_an_undone_next(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp", "stnk")
        day.next("1")
        slip = day.take("ktp").row.id
        day.next("1")
        day.next("3")
        day.on("finish", "3", ticket)
        day.on("undo_next", "1", slip)
        assert (day.state(ticket), steps(day, ticket)) == ("waiting", "ktp+ npwp+ stnk!")

    def test_loses_no_step_by_a_transfer_there_and_back(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        day.on("transfer", "1", ticket, service="stnk", back=True)
        assert steps(day, ticket) == "stnk! ktp< npwp"
        day.next("2")
        day.on("finish", "2", ticket)
        assert (day.next("2"), steps(day, ticket)) == (None, "stnk+ ktp! npwp")
        assert day.called("1") == "A-001"
        day.on("finish", "1", ticket)
        assert day.called("3") == "A-001"

    def test_loses_no_step_by_a_transfer_to_a_counter_and_back(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        day.on("transfer", "1", ticket, counter="2", back=True)
        day.next("2")
        day.on("finish", "2", ticket)
        assert (day.called("1"), steps(day, ticket)) == ("A-001", "ktp! npwp")
        day.on("finish", "1", ticket)
        assert day.called("3") == "A-001"

    def test_skips_a_service_or_ends_as_the_officer_says(self, day: Day) -> None:
        ticket = come(day, "ktp", "stnk", "npwp")
        day.next("1")
        day.on("plan", "1", ticket, then=["npwp"])
        day.on("finish", "1", ticket)
        assert (day.called("2"), day.called("3")) == (None, "A-001")
        day.on("plan", "3", ticket, then=[])
        day.on("finish", "3", ticket)
        assert (day.state(ticket), steps(day, ticket)) == ("finished", "ktp+ stnk- npwp+")

    def test_begins_when_an_officer_adds_a_service(self, day: Day) -> None:
        ticket = day.take("ktp").row.id
        day.next("1")
        day.on("plan", "1", ticket, then=["npwp"])
        day.on("finish", "1", ticket)
        assert (day.called("3"), steps(day, ticket)) == ("A-001", "ktp+ npwp!")

    def test_said_again_as_it_is_tells_nothing(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        day.next("1")
        before = len(day.kinds())
        day.on("plan", "1", ticket, then=["npwp"])
        assert len(day.kinds()) == before

    def test_is_changed_only_where_the_visitor_is(self, day: Day) -> None:
        ticket = come(day, "ktp", "npwp")
        with refused("not_at_counter"):
            day.on("plan", "1", ticket, then=[])

    def test_is_given_at_a_counter_too(self, day: Day) -> None:
        said = day.desk.issue(day.book, day.clock(), "1", Issue(service="ktp", then=("npwp",)))
        assert steps(day, said.row.id) == "ktp! npwp"

    @pytest.mark.parametrize(
        ("then", "code"), [(["sim"], "unknown_service"), (["ktp"], "bad_request"), (["stnk", "stnk"], "bad_request")]
    )
    def test_is_of_services_there_are_none_after_itself(self, day: Day, then: list[str], code: str) -> None:
        with refused(code):
            day.take("ktp", then=then)
        assert day.kinds() == []

    def test_has_at_most_five_further_services(self) -> None:
        with pytest.raises(ValueError, match="then"):
            TakeTicket(service="ktp", then=("kk", "ktp") * 3)

    def test_is_refused_while_one_of_its_services_gives_no_numbers(
        self, day: Day, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def check(_book: object, _now: int, _day: str, service: str) -> None:
            if service == "npwp":
                raise Trouble("quota_full", opens="")

        monkeypatch.setattr(day.floor.gate, "check", check)
        with refused("quota_full"):
            day.take("ktp", then=["npwp"])
        assert day.kinds() == []

    def test_stands_in_no_event(self, day: Day) -> None:
        come(day, "ktp", "npwp")
        call = day.next("1")
        assert isinstance(call, EventRow)
        told = to_event(call, day.floor.zone)
        assert told.ticket
        assert told.ticket.steps == []


def test_a_ticket_for_one_service_has_no_steps(day: Day) -> None:
    assert steps(day, day.take("ktp").row.id) == ""
