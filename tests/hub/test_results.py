"""What came of a visit: each rule as a manager would read it."""

import pytest

from hub.rows import Standing, to_event
from shared.hall import Hall, Result
from shared.trouble import Trouble
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
