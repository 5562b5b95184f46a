"""The kiosk without its screens: every way a visit can go."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from pytestqt.qtbot import QtBot

from kiosk.kiosk import Kiosk
from kiosk.outlets import Outlet
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.printer import Health
from kiosk.scene import Scene, Stage
from shared.hall import Agency, Hall, Printer
from shared.model import Kind, Outcome, State
from shared.trouble import Trouble
from shared.wire import PrintOutcome, TakeTicket, Ticket
from tests.kiosk.conftest import PATIENT, Until, Visitor, words_of
from tests.kiosk.stand_in import SmallHub, StandInLink, StandInPrinter

OpenKiosk = Callable[..., Kiosk]


def agency(hall: Hall, identity: str) -> Agency:
    return hall.agency(identity)


class Watcher(QObject):
    """Remembers the stages a kiosk went through."""

    def __init__(self, kiosk: Kiosk) -> None:
        super().__init__(kiosk)
        self.stages = [kiosk.scene.stage]
        kiosk.scene_changed.connect(self._saw)

    def _saw(self, scene: Scene) -> None:
        if scene.stage is not self.stages[-1]:
            self.stages.append(scene.stage)


# ---------------------------------------------------------------- press → paper


def test_a_touch_on_a_service_is_a_printed_ticket(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, printer: StandInPrinter
) -> None:
    ticket = visitor.takes("k-1")
    assert (ticket.number, ticket.service, ticket.kiosk) == ("K-001", "k-1", "kiosk-1")
    assert printer.printed == [b"K-001 id"]
    assert kiosk.scene.paper is Outcome.PRINTED
    assert list(hub.tickets) == [1]


def test_the_stages_follow_each_other(kiosk: Kiosk, visitor: Visitor) -> None:
    watcher = Watcher(kiosk)
    visitor.takes("k-1")
    assert watcher.stages == [Stage.CHOOSING, Stage.TAKING, Stage.PRINTING, Stage.DONE]


def test_the_hub_hears_of_the_paper(visitor: Visitor, hub: SmallHub, until: Until) -> None:
    ticket = visitor.takes("k-1")
    until(lambda: hub.papers)
    assert [(number, paper.outcome, paper.code) for number, paper in hub.papers] == [(ticket.id, Outcome.PRINTED, "")]


def test_an_agency_shows_its_services(kiosk: Kiosk, hall: Hall) -> None:
    kiosk.choose_agency(agency(hall, "k"))
    assert (kiosk.scene.stage, kiosk.scene.agency) == (Stage.CHOOSING, agency(hall, "k"))


def test_one_service_in_an_agency_skips_the_step(kiosk: Kiosk, visitor: Visitor, hall: Hall) -> None:
    kiosk.choose_agency(agency(hall, "s"))
    assert visitor.sees(Stage.DONE).service == agency(hall, "s").services[0]


def test_back_leads_from_the_services_to_the_agencies(kiosk: Kiosk, hall: Hall) -> None:
    kiosk.choose_agency(agency(hall, "k"))
    kiosk.back()
    assert (kiosk.scene.stage, kiosk.scene.agency) == (Stage.CHOOSING, None)


def test_ten_presses_are_one_ticket(visitor: Visitor, hub: SmallHub) -> None:
    for _ in range(10):
        visitor.touch("k-1")
    visitor.sees(Stage.DONE)
    visitor.touch("k-0")
    assert len(hub.tickets) == 1
    assert sum(path == "/api/tickets" for path, _key in hub.orders) == 1


def test_the_language_of_the_visit_is_the_tickets_and_the_papers(
    kiosk: Kiosk, visitor: Visitor, printer: StandInPrinter
) -> None:
    kiosk.speak("en")
    assert visitor.takes("k-1").language == "en"
    assert printer.printed == [b"K-001 en"]


def test_a_language_the_hall_does_not_speak_changes_nothing(kiosk: Kiosk) -> None:
    before = kiosk.scene
    kiosk.speak("fr")
    assert kiosk.scene == before


def test_priority_is_one_flag_of_the_ticket(kiosk: Kiosk, visitor: Visitor) -> None:
    kiosk.toggle_priority()
    assert visitor.takes("k-1").priority is True


def test_priority_can_be_switched_off_again(kiosk: Kiosk, visitor: Visitor) -> None:
    kiosk.toggle_priority()
    kiosk.toggle_priority()
    assert visitor.takes("k-1").priority is False


# ---------------------------------------------------------------- the last screen


def test_done_leads_home_with_nothing_left_of_the_visit(kiosk: Kiosk, visitor: Visitor) -> None:
    before = kiosk.scene
    kiosk.speak("en")
    kiosk.toggle_priority()
    visitor.takes("k-1")
    kiosk.home()
    assert kiosk.scene == before


def test_the_last_screen_goes_by_itself(open_kiosk: OpenKiosk, until: Until) -> None:
    kiosk = open_kiosk(done_s=0.05)
    visitor = Visitor(kiosk, until)
    visitor.takes("k-1")
    until(lambda: kiosk.scene.stage is Stage.CHOOSING)
    assert not kiosk.scene.visiting


def test_the_last_screen_stays_twenty_seconds(kiosk: Kiosk, visitor: Visitor) -> None:
    visitor.takes("k-1")
    assert kiosk.scene.stay is not None
    assert kiosk.scene.stay.seconds == 20


def test_another_errand_keeps_language_and_priority(kiosk: Kiosk, visitor: Visitor) -> None:
    kiosk.speak("en")
    kiosk.toggle_priority()
    visitor.takes("k-1")
    kiosk.another()
    scene = kiosk.scene
    assert (scene.stage, scene.language, scene.priority, scene.ticket) == (Stage.CHOOSING, "en", True, None)
    assert visitor.takes("m-1").number == "M-001"


def test_another_errand_begins_only_at_the_end_of_one(kiosk: Kiosk, hall: Hall) -> None:
    kiosk.choose_agency(agency(hall, "k"))
    before = kiosk.scene
    kiosk.another()
    assert kiosk.scene == before


# ---------------------------------------------------------------- 'Salah pilih?'


def test_a_wrong_choice_is_given_back_and_said(kiosk: Kiosk, visitor: Visitor, hub: SmallHub) -> None:
    ticket = visitor.takes("k-1")
    kiosk.give_back()
    assert kiosk.scene.giving_back
    scene = visitor.sees(Stage.CHOOSING)
    assert hub.tickets[ticket.id].state is State.CANCELLED
    assert (scene.given_back, scene.ticket, scene.visiting) == (ticket.number, None, True)


def test_a_wrong_choice_pressed_twice_is_given_back_once(kiosk: Kiosk, visitor: Visitor, hub: SmallHub) -> None:
    visitor.takes("k-1")
    kiosk.give_back()
    kiosk.give_back()
    visitor.sees(Stage.CHOOSING)
    assert sum(path.endswith("/cancel") for path, _key in hub.orders) == 1


def test_after_twenty_seconds_nothing_is_given_back(open_kiosk: OpenKiosk, until: Until, hub: SmallHub) -> None:
    kiosk = open_kiosk(wrong_choice_s=0.02)
    visitor = Visitor(kiosk, until)
    ticket = visitor.takes("k-1")
    until(lambda: not kiosk.scene.can_give_back)
    kiosk.give_back()
    assert kiosk.scene.stage is Stage.DONE
    assert hub.tickets[ticket.id].state is State.WAITING


def test_what_the_hub_does_not_take_back_stays_on_the_screen(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, until: Until
) -> None:
    ticket = visitor.takes("k-1")
    hub.tickets[ticket.id] = ticket.model_copy(update={"state": State.CALLED})
    kiosk.give_back()
    until(lambda: kiosk.scene.trouble is not None)
    assert kiosk.scene.trouble is not None
    assert (kiosk.scene.trouble.code, kiosk.scene.stage) == ("not_waiting", Stage.DONE)
    assert (kiosk.scene.ticket, kiosk.scene.giving_back) == (ticket, False)


def cancels(hub: SmallHub) -> list[object]:
    return [key for path, key in hub.orders if path.endswith("/cancel")]


def is_unsure(visitor: Visitor, link: StandInLink) -> Ticket:
    """The visitor gave a number back, the hub took it, its answer was lost."""
    ticket = visitor.takes("k-1")
    link.loses = "/cancel"
    visitor.kiosk.give_back()
    visitor.until(lambda: visitor.scene.unsure)
    return ticket


def test_a_lost_answer_to_a_wrong_choice_is_never_shown_as_a_valid_number(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    ticket = is_unsure(visitor, link)
    assert hub.tickets[ticket.id].state is State.CANCELLED
    scene = kiosk.scene
    assert (scene.stage, scene.ticket, scene.trouble) == (Stage.DONE, ticket, None)
    assert (scene.giving_back, scene.can_give_back) == (False, False)
    assert scene.stay is not None
    assert scene.stay.seconds == 60


def test_it_is_asked_again_with_the_same_key_until_the_hub_has_decided_and_then_said(
    visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    is_unsure(visitor, link)
    visitor.until(lambda: len(cancels(hub)) > 2)
    assert visitor.scene.unsure
    link.loses = "nothing"
    scene = visitor.sees(Stage.CHOOSING)
    assert (scene.given_back, scene.unsure) == ("K-001", False)
    assert len(set(cancels(hub))) == 1


def test_what_the_hub_decides_against_at_last_is_said_too(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    ticket = visitor.takes("k-1")
    link.deaf = True
    kiosk.give_back()
    visitor.until(lambda: kiosk.scene.unsure)
    hub.tickets[ticket.id] = ticket.model_copy(update={"state": State.CALLED})
    link.deaf = False
    visitor.until(lambda: kiosk.scene.trouble is not None)
    assert kiosk.scene.trouble is not None
    assert (kiosk.scene.trouble.code, kiosk.scene.unsure) == ("not_waiting", False)


def test_a_visitor_who_goes_on_hears_of_it_there(kiosk: Kiosk, visitor: Visitor, link: StandInLink) -> None:
    is_unsure(visitor, link)
    kiosk.another()
    assert (kiosk.scene.stage, kiosk.scene.given_back) == (Stage.CHOOSING, "")
    link.loses = "nothing"
    visitor.until(lambda: kiosk.scene.given_back == "K-001")


def test_a_visitor_who_goes_on_hears_that_the_number_stays(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    ticket = visitor.takes("k-1")
    link.deaf = True
    kiosk.give_back()
    visitor.until(lambda: kiosk.scene.unsure)
    kiosk.another()
    hub.tickets[ticket.id] = ticket.model_copy(update={"state": State.CALLED})
    link.deaf = False
    visitor.until(lambda: kiosk.scene.still_valid == "K-001")


def test_whoever_comes_next_hears_nothing_of_it(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, link: StandInLink
) -> None:
    is_unsure(visitor, link)
    kiosk.home()
    kiosk.touched()
    before, asked = kiosk.scene, len(cancels(hub))
    link.loses = "nothing"
    visitor.until(lambda: len(cancels(hub)) > asked and not kiosk.behind.returning._undecided)
    assert kiosk.scene == before


def test_done_and_another_wait_while_a_number_is_given_back(kiosk: Kiosk, visitor: Visitor, link: StandInLink) -> None:
    visitor.takes("k-1")
    link.slow = True
    kiosk.give_back()
    kiosk.home()
    kiosk.another()
    assert (kiosk.scene.stage, kiosk.scene.giving_back) == (Stage.DONE, True)
    link.deliver()
    assert kiosk.scene.given_back == "K-001"


# ---------------------------------------------------------------- paper


def test_the_number_is_on_the_screen_before_the_paper_is_out(
    kiosk: Kiosk, visitor: Visitor, printer: StandInPrinter
) -> None:
    printer.goes_on.clear()
    visitor.touch("k-1")
    scene = visitor.sees(Stage.PRINTING)
    assert scene.ticket is not None
    assert scene.ticket.number == "K-001"
    assert not scene.can_give_back
    kiosk.home()
    assert kiosk.scene.stage is Stage.PRINTING
    printer.goes_on.set()
    visitor.sees(Stage.DONE)


def test_a_road_on_which_no_printer_answers_is_no_trouble(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, printer: StandInPrinter, until: Until
) -> None:
    printer.now = Health(certain=False)
    printer.outcome = Outcome.UNKNOWN
    visitor.takes("k-1")
    scene = kiosk.scene
    assert (scene.paper, scene.paper_code, scene.to_photograph) == (Outcome.UNKNOWN, "", True)
    until(lambda: hub.papers)
    assert hub.papers[0][1].code == ""


def test_a_kiosk_without_a_printer_shows_the_number_and_tells_that_it_was_seen(
    link: StandInLink, desk: PrintDesk, printer: StandInPrinter, until: Until
) -> None:
    hall, hub = link.hub.hall, link.hub
    paperless = hall.kiosks[0].model_copy(update={"printer": Printer(road="none")})
    kiosk = Kiosk(link, desk, Place(hall, paperless), pace=PATIENT)
    kiosk.setParent(link)
    kiosk.begin()
    ticket = Visitor(kiosk, until).takes("k-1")
    assert (kiosk.scene.paper, kiosk.scene.to_photograph) == (None, True)
    until(lambda: hub.papers)
    assert (printer.printed, hub.papers) == ([], [(ticket.id, PrintOutcome(outcome=Outcome.PAPERLESS))])


@pytest.mark.parametrize("code", ["paper_out", "cover_open", "printer_offline", "printer_error"])
def test_paper_that_fails_costs_nobody_the_number(
    code: str, visitor: Visitor, hub: SmallHub, printer: StandInPrinter
) -> None:
    printer.fails = Trouble(code)
    ticket = visitor.takes("k-1")
    assert (visitor.scene.paper, visitor.scene.paper_code) == (Outcome.FAILED, code)
    assert visitor.scene.stay is not None
    assert visitor.scene.stay.seconds == 60
    visitor.until(lambda: hub.papers)
    assert [(number, paper.outcome, paper.code) for number, paper in hub.papers] == [(ticket.id, Outcome.FAILED, code)]
    assert len(hub.tickets) == 1


def test_two_papers_of_one_number_are_both_told_and_the_second_says_copy(
    link: StandInLink, hall: Hall, printer: StandInPrinter, until: Until, qapp: QCoreApplication
) -> None:
    printer.outcome = Outcome.UNKNOWN
    second, hub = StandInPrinter(), link.hub
    desk = PrintDesk(lambda: [Outlet(printer, words_of), Outlet(second, words_of)], qapp)
    kiosk = Kiosk(link, desk, Place(hall, hall.kiosks[0]), pace=PATIENT)
    kiosk.setParent(link)
    kiosk.begin()
    visitor = Visitor(kiosk, until)
    ticket = visitor.takes("k-1")
    until(lambda: len(hub.papers) == 2)
    told = [(number, paper.outcome, paper.is_copy) for number, paper in hub.papers]
    assert told == [(ticket.id, Outcome.UNKNOWN, False), (ticket.id, Outcome.PRINTED, True)]
    assert (printer.printed, second.printed) == ([b"K-001 id"], [b"K-001 id SALINAN"])
    assert (visitor.scene.to_photograph, visitor.scene.stay and visitor.scene.stay.seconds) == (False, 20)
    assert desk.close()


def test_a_printer_known_to_be_empty_gets_no_job_that_would_come_out_later(
    kiosk: Kiosk, visitor: Visitor, printer: StandInPrinter
) -> None:
    printer.now = Health(troubles=("paper_out",))
    visitor.takes("k-1")
    assert kiosk.scene.paper is Outcome.PAPERLESS
    assert printer.printed == []


def test_a_silent_printer_is_neither_fine_nor_empty(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, printer: StandInPrinter, until: Until
) -> None:
    printer.now = Health(troubles=("printer_silent",), certain=False)
    printer.outcome = Outcome.UNKNOWN
    visitor.takes("k-1")
    assert kiosk.scene.paper is Outcome.UNKNOWN
    assert printer.printed == [b"K-001 id"]
    until(lambda: hub.papers)
    assert (hub.papers[0][1].outcome, hub.papers[0][1].code) == (Outcome.UNKNOWN, "printer_silent")


def test_a_road_that_hangs_does_not_hold_the_visitor(
    open_kiosk: OpenKiosk, hub: SmallHub, printer: StandInPrinter, until: Until
) -> None:
    kiosk = open_kiosk(paper_s=0.05)
    visitor = Visitor(kiosk, until)
    printer.goes_on.clear()
    visitor.takes("k-1")
    assert kiosk.scene.paper is Outcome.UNKNOWN
    printer.goes_on.set()
    until(lambda: kiosk.scene.paper is Outcome.PRINTED)
    until(lambda: len(hub.papers) == 2)
    assert [paper.outcome for _number, paper in hub.papers] == [Outcome.UNKNOWN, Outcome.PRINTED]


def test_paper_that_comes_late_does_not_change_the_next_visitors_screen(
    open_kiosk: OpenKiosk, printer: StandInPrinter, hub: SmallHub, until: Until
) -> None:
    kiosk = open_kiosk(paper_s=0.05)
    visitor = Visitor(kiosk, until)
    printer.goes_on.clear()
    visitor.takes("k-1")
    kiosk.home()
    before = kiosk.scene
    printer.goes_on.set()
    until(lambda: len(hub.papers) == 2)
    assert kiosk.scene == before


def test_the_screen_says_beforehand_that_there_is_no_paper_and_takes_it_back(
    open_kiosk: OpenKiosk, printer: StandInPrinter, until: Until
) -> None:
    printer.now = Health(troubles=("paper_out",))
    kiosk = open_kiosk(health_s=0.02)
    until(lambda: kiosk.scene.paperless)
    printer.now = Health()
    until(lambda: not kiosk.scene.paperless)


@pytest.fixture
def blocking(hall: Hall, link: StandInLink, desk: PrintDesk) -> Callable[[], Kiosk]:
    """Opens a kiosk that gives no numbers while its printer does not print."""
    printer = Printer(road="memory", on_failure="block", instead="Mesin tiket 2")
    settings = hall.kiosks[0].model_copy(update={"printer": printer})

    def begin() -> Kiosk:
        kiosk = Kiosk(link, desk, Place(hall, settings), pace=replace(PATIENT, health_s=0.02))
        kiosk.setParent(link)
        kiosk.begin()
        return kiosk

    return begin


def test_a_kiosk_that_gives_no_numbers_without_paper_says_where_they_are_given_and_comes_back_by_itself(
    blocking: Callable[[], Kiosk], printer: StandInPrinter, hub: SmallHub, hall: Hall, until: Until
) -> None:
    printer.now = Health(troubles=("paper_out",))
    kiosk = blocking()
    until(lambda: kiosk.scene.stage is Stage.SORRY)
    trouble = kiosk.scene.trouble
    assert trouble
    assert (trouble.code, trouble.values["where"], trouble.values["cause"]) == (
        "no_paper_here",
        "Mesin tiket 2",
        "paper_out",
    )
    assert (kiosk.scene.stay, kiosk.is_at_rest) == (None, True)
    kiosk.resume()
    kiosk.choose_agency(agency(hall, "s"))
    assert (kiosk.scene.stage, hub.tickets) == (Stage.SORRY, {})
    printer.now = Health()
    until(lambda: kiosk.scene.stage is Stage.CHOOSING)


def test_a_number_taken_before_the_paper_ended_is_shown_and_only_then_the_kiosk_stops(
    blocking: Callable[[], Kiosk], printer: StandInPrinter, until: Until
) -> None:
    kiosk = blocking()
    printer.fails = Trouble("paper_out")
    visitor = Visitor(kiosk, until)
    ticket = visitor.takes("k-1")
    printer.now = Health(troubles=("paper_out",))
    until(lambda: kiosk.scene.paperless)
    assert (kiosk.scene.stage, kiosk.scene.ticket) == (Stage.DONE, ticket)
    kiosk.home()
    assert kiosk.scene.stage is Stage.SORRY


def test_a_kiosk_that_stops_without_paper_goes_on_with_a_silent_printer(
    blocking: Callable[[], Kiosk], printer: StandInPrinter, hub: SmallHub, until: Until
) -> None:
    printer.now = Health(troubles=("printer_silent",), certain=False)
    kiosk = blocking()
    until(lambda: hub.reports and hub.reports[-1].troubles)
    assert kiosk.scene.stage is Stage.CHOOSING


def test_the_staff_hear_of_a_roll_that_nears_its_end_while_tickets_are_printed(
    open_kiosk: OpenKiosk, hub: SmallHub, printer: StandInPrinter, until: Until
) -> None:
    printer.now = Health(paper_low=True)
    kiosk = open_kiosk()
    until(lambda: hub.reports and hub.reports[-1].troubles == ["paper_low"])
    assert (hub.reports[-1].facts["paper"], kiosk.scene.paperless) == ("low", False)


def test_the_staff_hear_of_a_counted_roll_that_nears_its_end(
    link: StandInLink, hall: Hall, desk: PrintDesk, hub: SmallHub, until: Until
) -> None:
    settings = hall.kiosks[0].model_copy(update={"printer": Printer(road="memory", roll_m=1)})
    kiosk = Kiosk(link, desk, Place(hall, settings), pace=PATIENT)
    kiosk.setParent(link)
    kiosk.begin()
    until(lambda: hub.reports and hub.reports[-1].troubles == ["paper_low"])
    assert (hub.reports[-1].facts["tickets_left"], kiosk.scene.paperless) == ("7", False)


def test_a_silent_printer_is_not_called_empty_beforehand(
    open_kiosk: OpenKiosk, printer: StandInPrinter, hub: SmallHub, until: Until
) -> None:
    printer.now = Health(troubles=("printer_silent",), certain=False)
    kiosk = open_kiosk()
    until(lambda: hub.reports and hub.reports[-1].troubles)
    assert not kiosk.scene.paperless


def test_the_first_touch_asks_the_printer(kiosk: Kiosk, hall: Hall, printer: StandInPrinter, until: Until) -> None:
    until(lambda: printer.asked == 1)
    kiosk.choose_agency(agency(hall, "k"))
    until(lambda: printer.asked == 2)


def test_touches_at_the_wrong_moment_do_nothing(
    kiosk: Kiosk, visitor: Visitor, printer: StandInPrinter, hall: Hall
) -> None:
    printer.goes_on.clear()
    visitor.touch("k-1")
    before = visitor.sees(Stage.PRINTING)
    kiosk.touched()
    kiosk.choose_agency(agency(hall, "m"))
    kiosk.choose_service(agency(hall, "m"), agency(hall, "m").services[0])
    kiosk.back()
    kiosk.toggle_priority()
    kiosk.give_back()
    kiosk.another()
    kiosk.resume()
    kiosk.home()
    assert kiosk.scene == before
    printer.goes_on.set()
    visitor.sees(Stage.DONE)


# ---------------------------------------------------------------- what the hub hears


def test_the_hub_hears_of_the_printer_as_soon_as_it_changes(
    open_kiosk: OpenKiosk, hub: SmallHub, printer: StandInPrinter, until: Until
) -> None:
    kiosk = open_kiosk()
    until(lambda: hub.reports)
    assert (hub.reports[-1].troubles, hub.reports[-1].facts) == (
        [],
        {"version": "test", "printer": "fine", "paper": "enough"},
    )
    printer.now = Health(troubles=("paper_out",))
    kiosk.touched()
    until(lambda: hub.reports[-1].troubles == ["paper_out"])


def test_the_hub_hears_from_the_kiosk_again_and_again(open_kiosk: OpenKiosk, hub: SmallHub, until: Until) -> None:
    open_kiosk(health_s=0.02)
    until(lambda: len(hub.reports) >= 3)


def test_a_printer_whose_road_hangs_is_silent_until_it_answers(
    open_kiosk: OpenKiosk, hub: SmallHub, printer: StandInPrinter, until: Until
) -> None:
    printer.answers.clear()
    kiosk = open_kiosk(health_s=0.02, paper_s=0.05)
    until(lambda: hub.reports and hub.reports[-1].troubles == ["printer_silent"])
    assert not kiosk.scene.paperless
    printer.answers.set()
    until(lambda: hub.reports[-1].troubles == [])


def test_a_kiosk_greets_in_its_own_language(link: StandInLink, desk: PrintDesk, hall: Hall) -> None:
    kiosk = Kiosk(link, desk, Place(hall, hall.kiosks[0], "en"))
    assert kiosk.scene.language == "en"
    kiosk.speak("id")
    kiosk.home()
    assert kiosk.scene.language == "en"
    kiosk.deleteLater()


@pytest.mark.parametrize("language", ["", "fr"])
def test_otherwise_in_the_halls_first(hall: Hall, language: str) -> None:
    assert Place(hall, hall.kiosks[0], language).greeting == "id"


# ---------------------------------------------------------------- the hub away


def test_without_the_hub_the_screen_is_sorry_and_comes_back(kiosk: Kiosk, link: StandInLink, visitor: Visitor) -> None:
    link.goes_away()
    scene = visitor.sees(Stage.SORRY)
    assert scene.trouble is not None
    assert (scene.trouble.code, scene.stay) == ("hub_away", None)
    link.comes_up()
    assert kiosk.scene.stage is Stage.CHOOSING


def test_a_blink_of_the_connection_is_not_shown(open_kiosk: OpenKiosk, link: StandInLink) -> None:
    kiosk = open_kiosk(away_s=60)
    watcher = Watcher(kiosk)
    link.goes_away()
    link.comes_up()
    assert watcher.stages == [Stage.CHOOSING]


def test_the_visitor_comes_back_to_the_same_agency(
    kiosk: Kiosk, link: StandInLink, hall: Hall, visitor: Visitor
) -> None:
    kiosk.choose_agency(agency(hall, "k"))
    link.goes_away()
    visitor.sees(Stage.SORRY)
    link.comes_up()
    assert (kiosk.scene.stage, kiosk.scene.agency) == (Stage.CHOOSING, agency(hall, "k"))


def test_a_ticket_in_the_hand_is_not_hidden_when_the_hub_goes(
    kiosk: Kiosk, link: StandInLink, visitor: Visitor, until: Until
) -> None:
    ticket = visitor.takes("k-1")
    link.goes_away()
    assert (kiosk.scene.stage, kiosk.scene.ticket) == (Stage.DONE, ticket)
    kiosk.home()
    until(lambda: kiosk.scene.stage is Stage.SORRY)
    assert kiosk.scene.ticket is None


def test_the_paper_of_a_moment_without_hub_is_told_later(
    visitor: Visitor, link: StandInLink, hub: SmallHub, printer: StandInPrinter
) -> None:
    printer.goes_on.clear()
    visitor.touch("k-1")
    visitor.sees(Stage.PRINTING)
    link.goes_away()
    printer.goes_on.set()
    visitor.sees(Stage.DONE)
    assert hub.papers == []
    link.comes_up()
    visitor.until(lambda: hub.papers)
    assert visitor.scene.stage is Stage.DONE


def test_a_lost_answer_gets_the_same_number_when_pressed_again(
    kiosk: Kiosk, visitor: Visitor, link: StandInLink, hub: SmallHub
) -> None:
    link.lossy = True
    visitor.touch("k-1")
    visitor.sees(Stage.SORRY)
    link.lossy = False
    kiosk.resume()
    assert visitor.takes("k-1").number == "K-001"
    assert len(hub.tickets) == 1


@pytest.mark.parametrize(
    ("refusal", "keys"),
    [
        (Trouble("unknown_service", service="k-1"), 2),
        (Trouble("storage_failed", why="penuh"), 1),  # it may be on the disk all the same: asked as the same press
    ],
    ids=lambda value: value.code if isinstance(value, Trouble) else "",
)
def test_a_refusal_is_said_and_a_press_after_a_decided_one_is_new(
    kiosk: Kiosk, visitor: Visitor, hub: SmallHub, refusal: Trouble, keys: int
) -> None:
    hub.refuses = refusal
    visitor.touch("k-1")
    scene = visitor.sees(Stage.SORRY)
    assert scene.trouble is not None
    assert scene.trouble.code == refusal.code
    hub.refuses = None
    kiosk.resume()
    visitor.takes("k-1")
    assert len({key for path, key in hub.orders if path == "/api/tickets"}) == keys


def test_being_sorry_for_a_refusal_goes_by_itself(open_kiosk: OpenKiosk, hub: SmallHub, until: Until) -> None:
    kiosk = open_kiosk(sorry_s=0.05)
    visitor = Visitor(kiosk, until)
    hub.refuses = Trouble("storage_failed", why="penuh")
    visitor.touch("k-1")
    visitor.sees(Stage.SORRY)
    scene = visitor.sees(Stage.CHOOSING)
    assert scene.visiting


def test_resume_waits_for_the_hub(kiosk: Kiosk, link: StandInLink, visitor: Visitor) -> None:
    link.goes_away()
    visitor.sees(Stage.SORRY)
    kiosk.resume()
    assert kiosk.scene.stage is Stage.SORRY


# ---------------------------------------------------------------- idle


def test_thirty_idle_seconds_then_twenty_more(kiosk: Kiosk) -> None:
    kiosk.touched()
    assert (kiosk.visit.idle.interval(), kiosk.visit.idle.isActive()) == (30_000, True)
    kiosk.visit.ask_still_there()
    assert kiosk.scene.stay is not None
    assert kiosk.scene.stay.seconds == 20
    assert (kiosk.visit.leaving.interval(), kiosk.visit.leaving.isActive()) == (20_000, True)


def test_a_wrong_choice_has_twenty_seconds_be_there_paper_or_not(
    kiosk: Kiosk, visitor: Visitor, printer: StandInPrinter
) -> None:
    printer.fails = Trouble("paper_out")
    visitor.takes("k-1")
    assert (kiosk._handing.wrong_choice.interval(), kiosk._handing.wrong_choice.isActive()) == (20_000, True)
    assert kiosk.visit.leaving.interval() == 60_000


def test_the_promised_seconds_are_not_rounded(kiosk: Kiosk) -> None:
    promised = (kiosk.visit.idle, kiosk.visit.leaving, kiosk._handing.wrong_choice)
    assert {timer.timerType() for timer in promised} == {Qt.TimerType.PreciseTimer}


def test_an_untouched_kiosk_asks_nobody(kiosk: Kiosk) -> None:
    assert not kiosk.visit.idle.isActive()
    assert not kiosk.scene.visiting


def test_idle_asks_whether_somebody_is_there_and_goes_home(open_kiosk: OpenKiosk, hall: Hall, until: Until) -> None:
    kiosk = open_kiosk(idle_s=0.03, still_there_s=0.05)
    kiosk.speak("en")
    kiosk.toggle_priority()
    kiosk.choose_agency(agency(hall, "k"))
    until(lambda: kiosk.scene.still_there)
    until(lambda: not kiosk.scene.visiting)
    scene = kiosk.scene
    assert (scene.still_there, scene.agency, scene.priority, scene.language) == (False, None, False, "id")


def test_whoever_answers_stays_where_he_was(open_kiosk: OpenKiosk, hall: Hall, until: Until) -> None:
    kiosk = open_kiosk(idle_s=0.03)
    kiosk.choose_agency(agency(hall, "k"))
    until(lambda: kiosk.scene.still_there)
    kiosk.touched()
    assert (kiosk.scene.still_there, kiosk.scene.agency, kiosk.scene.stay) == (False, agency(hall, "k"), None)
    until(lambda: kiosk.scene.still_there)


def test_nobody_is_sent_home_while_a_number_is_taken(open_kiosk: OpenKiosk, link: StandInLink, until: Until) -> None:
    kiosk = open_kiosk(idle_s=0.02, still_there_s=0.02)
    visitor = Visitor(kiosk, until)
    link.slow = True
    visitor.touch("k-1")
    assert not kiosk.visit.idle.isActive()
    assert not kiosk.visit.leaving.isActive()
    kiosk.home()
    kiosk.touched()
    assert kiosk.scene.stage is Stage.TAKING
    link.deliver()
    visitor.sees(Stage.DONE)


def test_a_visit_ends_while_the_hub_is_away(open_kiosk: OpenKiosk, link: StandInLink, hall: Hall, until: Until) -> None:
    kiosk = open_kiosk(idle_s=0.02, still_there_s=0.02)
    kiosk.choose_agency(agency(hall, "k"))
    kiosk.speak("en")
    link.goes_away()
    until(lambda: kiosk.scene.stage is Stage.SORRY and not kiosk.scene.visiting)
    assert (kiosk.scene.agency, kiosk.scene.language) == (None, "id")


# ---------------------------------------------------------------- the tiles


def test_the_tiles_follow_the_hub(kiosk: Kiosk, link: StandInLink, hub: SmallHub, until: Until) -> None:
    elsewhere = hub.issue(TakeTicket(service="m-1"))
    link.happens(Kind.TAKEN, elsewhere)
    until(lambda: {queue.agency.id: queue.waiting for queue in kiosk.queues()}["m"] == 1)


def test_a_storm_of_events_is_few_questions(
    open_kiosk: OpenKiosk, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    kiosk = open_kiosk(refresh_s=0.05)
    asked = link.boards_asked
    for _ in range(100):
        link.happens(Kind.TAKEN, hub.issue(TakeTicket(service="m-1")))
    until(lambda: {queue.agency.id: queue.waiting for queue in kiosk.queues()}["m"] == 100)
    assert link.boards_asked == asked + 1


def test_the_most_used_agency_comes_first_for_the_next_visitor(
    kiosk: Kiosk, hub: SmallHub, link: StandInLink, visitor: Visitor
) -> None:
    assert [queue.agency.id for queue in kiosk.queues()] == ["k", "m", "s"]
    for _ in range(3):
        link.happens(Kind.TAKEN, hub.issue(TakeTicket(service="s-0")))
    visitor.takes("m-1")
    visitor.until(lambda: kiosk.queues()[2].waiting == 3)
    assert [queue.agency.id for queue in kiosk.queues()] == ["k", "m", "s"]
    kiosk.home()
    assert [queue.agency.id for queue in kiosk.queues()] == ["s", "m", "k"]


def test_a_kiosk_may_offer_only_some_agencies(link: StandInLink, desk: PrintDesk, hall: Hall) -> None:
    some = hall.kiosks[0].model_copy(update={"agencies": ["s", "k"]})
    kiosk = Kiosk(link, desk, Place(hall, some))
    assert [queue.agency.id for queue in kiosk.queues()] == ["k", "s"]
    kiosk.deleteLater()


# ---------------------------------------------------------------- figures without events


def test_the_figures_are_asked_for_though_nothing_happens(open_kiosk: OpenKiosk, hub: SmallHub, until: Until) -> None:
    kiosk = open_kiosk(steady_s=0.02)
    hub.issue(TakeTicket(service="k-1"))
    until(lambda: kiosk.queues()[0].waiting == 1)


def test_a_hub_that_is_away_is_not_asked_for_figures(open_kiosk: OpenKiosk, link: StandInLink, qtbot: QtBot) -> None:
    kiosk = open_kiosk(steady_s=0.02)
    link.goes_away()
    asked = link.boards_asked
    with qtbot.waitSignals([kiosk.behind.figures._freshness.due] * 2, timeout=20_000):
        pass
    assert link.boards_asked == asked


def test_yesterdays_queues_are_gone_after_the_hubs_midnight(open_kiosk: OpenKiosk, hub: SmallHub, until: Until) -> None:
    hub.now = hub.now.replace(hour=23, minute=59, second=59, microsecond=990_000)
    hub.issue(TakeTicket(service="k-1"))
    kiosk = open_kiosk()
    assert kiosk.queues()[0].waiting == 1
    hub.tickets.clear()  # a new day: no event tells it
    until(lambda: kiosk.queues()[0].waiting == 0)
