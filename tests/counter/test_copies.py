"""'Cetak ulang': whose paper is printed again, where, and what the officer is told of it."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter.choice import Choice
from counter.copies import copies, what_became
from counter.desk import Desk
from counter.screens.call_face import CallFace
from counter.screens.next_words import NextWords
from counter.screens.sentences import Sentences
from counter.screens.sheet_terms import terms_of
from counter.screens.window import CounterWindow
from shared.hall import Hall, KioskSettings, Printer
from shared.model import Kind, Outcome
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.wire import Event, Reprint, Ticket
from shared.words import Words
from tests.counter.conftest import Until, officer_of
from tests.counter.seen import strike, text
from tests.counter.stand_in import COUNTER, SmallHub, StandInLink, a_hall
from tests.counter.test_sheet import digit, lines, take


def hall_with(*kiosks: KioskSettings) -> Hall:
    return a_hall().model_copy(update={"kiosks": list(kiosks)})


def a_kiosk(number: int, road: str = "memory") -> KioskSettings:
    printer = Printer.model_validate({"road": road})
    return KioskSettings(id=f"kiosk-{number}", name=f"Mesin {number}", printer=printer)


def sheet_of(hub: SmallHub, hall: Hall) -> Choice | None:
    desk = Desk(COUNTER, view=hub.view(), live=True)
    return copies(desk, hall, terms_of(Sentences(Words("id"), hall), hall))


def told(lines: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(line.text.partition(" ")[0], line.detail) for line in lines]


class TestLines:
    def test_who_has_no_paper_stands_before_the_rest_and_it_is_said_why(self, hub: SmallHub) -> None:
        papers = [Outcome.PRINTED, Outcome.FAILED, Outcome.PAPERLESS, Outcome.UNKNOWN, None]
        hub.waiting = [hub.ticket(n).model_copy(update={"paper": paper}) for n, paper in enumerate(papers, 13)]
        choices = sheet_of(hub, hall_with(a_kiosk(1)))
        assert choices
        assert told(choices.further) == [
            ("K-014", "tidak tercetak"),
            ("K-015", "hanya di layar"),
            ("K-016", "belum pasti tercetak"),
            ("K-017", "belum ada tiketnya"),
            ("K-013", ""),
            ("Nomor", ""),
        ]

    def test_where_one_kiosk_prints_it_is_asked_at_once(self, hub: SmallHub) -> None:
        choices = sheet_of(hub, hall_with(a_kiosk(1), a_kiosk(2, "none")))
        assert choices
        assert choices.further[0].body == Reprint(ticket=13, kiosk="kiosk-1")

    def test_where_several_print_the_one_that_gave_the_number_stands_first(self, hub: SmallHub) -> None:
        hub.waiting = [hub.ticket(13).model_copy(update={"kiosk": "kiosk-2"})]
        choices = sheet_of(hub, hall_with(a_kiosk(1), a_kiosk(2)))
        assert choices
        assert [line.text for line in choices.further[0].further] == ["Mesin 2", "Mesin 1"]
        assert choices.further[0].further[0].body == Reprint(ticket=13, kiosk="kiosk-2")

    def test_a_hall_whose_kiosks_print_nothing_offers_none(self, hub: SmallHub) -> None:
        assert sheet_of(hub, hall_with(a_kiosk(1, "none"))) is None

    @pytest.mark.parametrize(
        ("typed", "number"),
        [("12", "K-12"), (" k-012 ", "K-012"), ("A-7", "A-7"), ("", None), ("K-", None), ("zwölf", None)],
    )
    def test_a_number_is_typed_as_on_the_paper(self, hub: SmallHub, typed: str, number: str | None) -> None:
        choices = sheet_of(hub, hall_with(a_kiosk(1)))
        assert choices
        then = choices.further[-1].then
        assert then
        line = then(typed)
        assert (line and line.body) == (number and Reprint(number=number, kiosk="kiosk-1"))


def an_end(hub: SmallHub, ticket: Ticket, outcome: Outcome) -> Event:
    event = hub.event(Kind.REPRINTED)
    return event.model_copy(update={"ticket": ticket, "outcome": outcome})


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.PRINTED, "reprint_done"),
        (Outcome.UNKNOWN, "reprint_unsure"),
        (Outcome.FAILED, "reprint_failed"),
    ],
)
def test_each_end_of_a_copy_has_its_sentence(hub: SmallHub, outcome: Outcome, code: str) -> None:
    trouble = what_became(an_end(hub, hub.ticket(13), outcome))
    assert trouble
    assert (trouble.code, trouble.values) == (code, {"number": "K-013"})
    assert what_became(hub.event(Kind.PRINTED)) is None


def test_the_officer_asks_and_hears_what_became_of_it(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    strike(desk, Qt.Key.Key_L, Qt.Key.Key_C)
    digit(desk, lines(desk).index("K-015 · KTP elektronik") + 1)
    until(lambda: text(desk, "message").startswith("K-015 sedang dicetak ulang di Mesin tiket lobi."))
    assert link.hub.bodies[-1] == Reprint(ticket=15, kiosk="kiosk-1")
    link.event_came.emit(an_end(link.hub, link.hub.ticket(14), Outcome.FAILED))  # a colleague's
    assert officer_of(desk).desk.message
    link.event_came.emit(an_end(link.hub, link.hub.ticket(15), Outcome.FAILED))
    until(lambda: text(desk, "message").startswith("K-015 tidak tercetak ulang."))


def test_a_copy_that_was_told_of_before_the_order_s_answer_is_no_more_awaited(
    desk: CounterWindow, link: StandInLink, until: Until
) -> None:
    end = an_end(link.hub, link.hub.ticket(15), Outcome.PRINTED)
    link.event_came.emit(end.model_copy(update={"id": end.id + 1000}))  # the answer was lost, and asked for again
    strike(desk, Qt.Key.Key_L, Qt.Key.Key_C)
    digit(desk, lines(desk).index("K-015 · KTP elektronik") + 1)
    until(lambda: text(desk, "message").startswith("K-015 sudah dicetak ulang."))


def test_a_number_that_does_not_wait_here_is_typed(desk: CounterWindow, link: StandInLink, until: Until) -> None:
    take(desk, "Cetak ulang", "Nomor lain: ketik nomornya")
    QTest.keyClicks(desk.focusWidget(), "7")
    strike(desk, Qt.Key.Key_Return)
    until(lambda: link.hub.bodies)
    assert link.hub.bodies[-1] == Reprint(number="K-7", kiosk="kiosk-1")


@pytest.mark.parametrize(("code", "colour"), [("reprint_done", "ink"), ("reprint_failed", "late")])
def test_only_what_did_not_go_well_is_told_in_the_colour_of_trouble(qapp: QApplication, code: str, colour: str) -> None:
    assert qapp
    theme, face = Theme(QSize(1366, 768)), CallFace()
    face.say(NextWords("", calls=False), Desk(COUNTER, live=True, message=Trouble(code, number="K-015")))
    assert face.told_ink(theme) == getattr(theme, colour)
    face.deleteLater()
