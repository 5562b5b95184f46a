"""What came of a visit: each rule as a manager would read it."""

import pytest

from hub.results import correct
from hub.rows import Standing, to_event
from hub.views import Views
from shared.hall import Hall, Result
from shared.trouble import Trouble
from shared.wire import Correct, CounterView
from tests.hub.conftest import Day

DONE = Result(id="tuntas", name="Tuntas")
LACKING = Result(id="berkas-kurang", name="Berkas kurang")


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """Dukcapil keeps both outcomes, Pajak only one of them."""
    agencies = [one.model_copy(update={"outcomes": ["tuntas"] if one.id == "pajak" else []}) for one in hall.agencies]
    return hall.model_copy(update={"outcomes": [DONE, LACKING], "agencies": agencies})


def called(day: Day, service: str = "ktp", counter: str = "1") -> int:
    ticket = day.take(service).row.id
    day.next(counter)
    return ticket


def test_it_is_kept_with_the_ticket_and_in_the_event(day: Day) -> None:
    here = called(day)
    said = day.on("finish", "1", here, outcome="berkas-kurang")
    assert isinstance(said, Standing)
    assert (said.row.state, said.row.result) == ("finished", "berkas-kurang")
    told = to_event(day.book.events_after(0, 9)[-1], day.floor.zone)
    assert told.ticket
    assert (told.kind, told.ticket.result) == ("finished", "berkas-kurang")


def test_an_officer_need_not_say_it(day: Day) -> None:
    here, after = called(day), day.take().row.id
    day.next()
    day.on("finish", "1", after)
    rows = [day.book.ticket(one) for one in (here, after)]
    assert [row and (row.state, row.result) for row in rows] == [("finished", None)] * 2


@pytest.mark.parametrize(
    ("service", "counter", "outcome"), [("ktp", "1", "lunas"), ("npwp", "3", "berkas-kurang"), ("ktp", "1", "")]
)
def test_only_what_the_agency_has_is_taken(day: Day, service: str, counter: str, outcome: str) -> None:
    here = called(day, service, counter)
    with pytest.raises(Trouble) as refused:
        day.on("finish", counter, here, outcome=outcome)
    assert refused.value.code == "unknown_result"
    assert day.state(here) == "called"


def test_a_hall_without_outcomes_takes_none(day: Day) -> None:
    bare = Day(type(day.floor)(day.floor.hall.model_copy(update={"outcomes": []})), day.book, day.clock)
    here = called(bare)
    with pytest.raises(Trouble, match="tidak ada untuk instansi ini"):
        bare.on("finish", "1", here, outcome="tuntas")


def test_each_visit_of_a_ticket_has_its_own(day: Day) -> None:
    here = called(day)
    day.on("transfer", "1", here, counter="3", back=True)
    day.next("3")
    day.on("finish", "3", here, outcome="tuntas")
    row = day.book.ticket(here)
    assert row
    assert (row.state, row.result) == ("waiting", None)
    day.next("1")
    day.on("finish", "1", here, outcome="berkas-kurang")
    finished = [to_event(e, day.floor.zone).ticket for e in day.book.events_after(0, 99) if e.kind == "finished"]
    assert [one and one.result for one in finished] == ["tuntas", "berkas-kurang"]


def test_it_is_gone_with_a_visit_that_goes_on_after_all(day: Day) -> None:
    here = called(day)
    day.on("transfer", "1", here, agency="pajak", back=True)
    day.next("3")
    slip = day.take("npwp").row.id
    day.next("3")
    day.on("undo_next", "3", slip)
    row = day.book.ticket(here)
    assert row
    assert (row.state, row.counter, row.result) == ("called", "3", None)


# ---------------------------------------------------------------- put right


def told(day: Day) -> list[tuple[str | None, str | None, str | None, str]]:
    """Of each correction: what was, what is, where the ticket stood, its state."""
    events = [to_event(event, day.floor.zone) for event in day.book.events_after(0, 99)]
    of = [(event.corrected, event.ticket) for event in events if event.kind == "corrected"]
    return [(both.was, both.now, ticket.counter, ticket.state) for both, ticket in of if both and ticket]


def ended(day: Day, counter: str) -> list[tuple[str, str | None]]:
    view = CounterView.model_validate_json(Views(day.floor, day.book).counter(day.clock(), counter, []))
    return [(one.number, one.result) for one in view.ended]


def test_a_wrong_one_is_put_right_and_both_stay_in_the_history(day: Day) -> None:
    here = called(day)
    day.on("finish", "1", here, outcome="tuntas")
    assert ended(day, "1") == [("A-001", "tuntas")]
    corrected(day, "1", here, "berkas-kurang")
    corrected(day, "1", here, "berkas-kurang")  # the same once more is nothing new
    assert ended(day, "1") == [("A-001", "berkas-kurang")]
    corrected(day, "1", here, None)
    assert told(day) == [
        ("tuntas", "berkas-kurang", "1", "finished"),
        ("berkas-kurang", None, "1", "finished"),
    ]
    finished = [to_event(e, day.floor.zone).ticket for e in day.book.events_after(0, 99) if e.kind == "finished"]
    assert [one and one.result for one in finished] == ["tuntas"]


def test_so_is_that_of_a_visit_after_which_the_number_went_on(day: Day) -> None:
    here = called(day)
    day.on("transfer", "1", here, counter="3", back=True)
    day.next("3")
    day.on("finish", "3", here, outcome="tuntas")
    day.next("1")
    corrected(day, "3", here, None)
    row = day.book.ticket(here)
    assert row
    assert (row.state, row.counter, row.result, ended(day, "3")) == ("called", "1", None, [("A-001", None)])
    assert told(day) == [("tuntas", None, "1", "called")]


@pytest.mark.parametrize(
    ("counter", "outcome", "hours", "code"),
    [
        ("2", "tuntas", 0, "not_ended_here"),
        ("1", "lunas", 0, "unknown_result"),
        ("1", "tuntas", 24, "not_ended_here"),
        ("9", "tuntas", 0, "unknown_counter"),
    ],
)
def test_only_the_same_counter_may_the_same_day(day: Day, counter: str, outcome: str, hours: int, code: str) -> None:
    here = called(day)
    day.on("finish", "1", here, outcome="berkas-kurang")
    day.clock.pass_(hours=hours)
    with pytest.raises(Trouble) as refused:
        corrected(day, counter, here, outcome)
    assert refused.value.code == code
    assert told(day) == []


def test_whoever_is_still_there_or_did_not_come_has_none_to_put_right(day: Day) -> None:
    here = called(day)
    for _ in ("called", "no_show"):
        with pytest.raises(Trouble, match="tidak berakhir di tempat ini"):
            corrected(day, "1", here, "tuntas")
        if day.state(here) == "called":
            day.on("no_show", "1", here)


def corrected(day: Day, counter: str, ticket: int, outcome: str | None) -> None:
    correct(day.floor, day.book, day.clock(), counter, Correct(ticket=ticket, outcome=outcome))
