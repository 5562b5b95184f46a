"""Further papers: who may ask for one of which number, which kiosk prints it, and that it is told of once."""

import pytest

from hub.reprint import ask_reprint
from hub.rows import EventRow
from hub.views import Views
from shared.hall import KioskSettings, Printer
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import PrintOutcome, Reprint
from tests.hub.conftest import Day


def trouble_of(code: str) -> pytest.RaisesExc[Trouble]:
    return pytest.RaisesExc(Trouble, check=lambda trouble: trouble.code == code)


def ask(day: Day, counter: str = "1", **asked: object) -> EventRow:
    return ask_reprint(day.floor, day.book, day.clock(), counter, Reprint.model_validate(asked))


def kiosks(day: Day, **roads: str) -> None:
    """The hall has these kiosks, each with its road to a printer."""
    day.floor.hall = day.floor.hall.model_copy(
        update={
            "kiosks": [
                KioskSettings(id=name.replace("_", "-"), name=name, printer=Printer.model_validate({"road": road}))
                for name, road in roads.items()
            ]
        }
    )


def test_the_kiosk_that_gave_the_number_is_asked_for_its_copy(day: Day) -> None:
    kiosks(day, kios_1="memory", kios_2="memory")
    ticket = day.take(kiosk="kios-2").row
    event = ask(day, ticket=ticket.id)
    assert (event.kind, event.code, event.ticket) == ("reprint_asked", "kios-2", ticket)


@pytest.mark.parametrize(
    ("gave", "wanted", "prints"),
    [
        ("kios-2", "kios-1", "kios-1"),  # as the officer says
        ("kios-3", "", "kios-1"),  # that one has no printer
        ("", "", "kios-1"),  # an officer gave the number, on no paper
    ],
)
def test_another_prints_it_where_that_one_cannot_or_the_officer_says_so(
    day: Day, gave: str, wanted: str, prints: str
) -> None:
    kiosks(day, kios_1="memory", kios_2="memory", kios_3="none")
    ticket = day.take(kiosk=gave).row.id
    assert ask(day, ticket=ticket, kiosk=wanted).code == prints


def test_it_is_named_by_what_stands_on_the_paper_too(day: Day) -> None:
    ticket = day.take().row
    assert ask(day, number=" a-001 ").ticket == ticket


@pytest.mark.parametrize(
    ("counter", "asked", "code"),
    [
        ("1", {"ticket": 99}, "unknown_ticket"),
        ("1", {"number": "A-999"}, "unknown_ticket"),
        ("1", {"number": "A-x1"}, "unknown_ticket"),
        ("9", {"ticket": 1}, "unknown_counter"),
        ("3", {"ticket": 1}, "not_of_this_counter"),
        ("1", {"ticket": 1, "kiosk": "tv-1"}, "unknown_device"),
    ],
)
def test_what_cannot_be_printed_again_is_refused(day: Day, counter: str, asked: dict[str, object], code: str) -> None:
    day.take()
    with trouble_of(code):
        ask(day, counter, **asked)
    assert day.kinds() == ["taken"]


def test_a_visitor_who_was_sent_to_a_counter_is_its_own(day: Day) -> None:
    ticket = day.take().row.id
    day.next("1")
    day.on("transfer", "1", ticket, counter="3")
    assert ask(day, "3", ticket=ticket).kind == "reprint_asked"


def test_no_paper_is_printed_of_a_visit_that_is_over_or_of_yesterday(day: Day) -> None:
    ticket, other = day.take().row.id, day.take().row.id
    day.next()
    day.on("finish", "1", ticket)
    with trouble_of("not_waiting"):
        ask(day, ticket=ticket)
    day.clock.pass_(days=1)
    with trouble_of("not_waiting"):
        ask(day, ticket=other)


def test_a_hall_whose_kiosks_print_nothing_says_so(day: Day) -> None:
    kiosks(day, kios_1="none")
    ticket = day.take().row.id
    with trouble_of("no_printer"):
        ask(day, ticket=ticket)


def test_a_copy_stands_open_for_its_kiosk_with_its_qr_until_it_was_told_of(day: Day) -> None:
    ticket = day.take(kiosk="kios-1")
    event = ask(day, ticket=ticket.row.id)
    views = Views(day.floor, day.book)
    assert views.reprints(day.clock(), "kios-2").reprints == []
    (copy,) = views.reprints(day.clock(), "kios-1").reprints
    assert (copy.id, copy.ticket.number, copy.ticket.url) == (event.id, "A-001", ticket.url)
    told = PrintOutcome(outcome=Outcome.FAILED, code="paper_out", is_copy=True, reprint=event.id)
    day.floor.printed(day.book, day.clock(), ticket.row.id, told)
    assert views.reprints(day.clock(), "kios-1").reprints == []
    assert (day.kinds()[-1], day.book.told[-1].outcome, day.book.told[-1].code) == ("reprinted", "failed", "paper_out")


def test_yesterday_s_copies_are_printed_no_more(day: Day) -> None:
    ask(day, ticket=day.take(kiosk="kios-1").row.id)
    day.clock.pass_(days=1)
    assert Views(day.floor, day.book).reprints(day.clock(), "kios-1").reprints == []


@pytest.mark.parametrize("is_late", [False, True])
def test_whose_copy_came_out_has_a_paper_though_word_of_the_first_try_comes_late(day: Day, *, is_late: bool) -> None:
    ticket = day.take(kiosk="kios-1").row.id
    told = [PrintOutcome(outcome=Outcome.FAILED), PrintOutcome(outcome=Outcome.PRINTED, is_copy=True)]
    for one in reversed(told) if is_late else told:
        day.floor.printed(day.book, day.clock(), ticket, one)
    row = day.book.ticket(ticket)
    assert row
    assert row.paper == "printed"


def test_word_of_another_number_s_paper_ends_no_copy(day: Day) -> None:
    order = ask(day, ticket=day.take(kiosk="kios-1").row.id).id
    told = PrintOutcome(outcome=Outcome.PRINTED, is_copy=True, reprint=order)
    day.floor.printed(day.book, day.clock(), day.take(kiosk="kios-2").row.id, told)
    assert [one.id for one in Views(day.floor, day.book).reprints(day.clock(), "kios-1").reprints] == [order]


def test_a_kiosk_that_comes_back_prints_nothing_for_who_was_served_meanwhile(day: Day) -> None:
    ticket = day.take(kiosk="kios-1").row.id
    ask(day, ticket=ticket)
    day.next()
    day.on("finish", "1", ticket)
    assert Views(day.floor, day.book).reprints(day.clock(), "kios-1").reprints == []
