"""From a number to the visitor's hand: printing, done, and 'Salah pilih?'."""

from PySide6.QtCore import QObject

from kiosk import steps
from kiosk.back_room import BackRoom
from kiosk.outlets import Paper
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.returning import Return
from kiosk.scene import Stage
from kiosk.visit import Visit, milliseconds, precise_timer
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import Ticket

HELD_S = 2.0
"""Longer than a tap takes; so long the last screen stays at least where a finger has come down on a button."""


class Handing(QObject):
    """Gives a visitor's number out on paper or on the screen, and takes it back."""

    def __init__(self, visit: Visit, place: Place, desk: PrintDesk, behind: BackRoom, parent: QObject) -> None:
        super().__init__(parent)
        self._visit, self._place, self._desk = visit, place, desk
        self._reports, self._returning = behind.reports, behind.returning
        self._asked_back: int | None = None
        """The ticket of this visit whose return has no answer yet."""
        self.wrong_choice = precise_timer(self, lambda: visit.show(can_give_back=False))
        """Until a wrong choice can be put right no more."""
        self._paper_wait = precise_timer(self, self._paper_silent)
        for timer in (self.wrong_choice, self._paper_wait):
            visit.entered.connect(timer.stop)
        desk.paper_came.connect(self._paper_came)
        self._returning.given_back.connect(self._given_back)
        self._returning.not_given_back.connect(self._not_given_back)
        self._returning.unsure.connect(self._unsure)

    # -------------------------------------------------------- printing, done

    def hand_out(self, ticket: Ticket) -> None:
        """It is this visitor's number."""
        if not self._place.has_printer:
            self._reports.paper(Paper(ticket.id, Outcome.PAPERLESS))
            self._done(ticket, None)
            return
        visit = self._visit
        self._desk.print_ticket(ticket, visit.scene.language)  # first: drawing the next screen takes longer
        visit.enter(Stage.PRINTING, ticket=ticket)
        self._paper_wait.start(milliseconds(visit.pace.paper_s))

    def _paper_came(self, paper: Paper) -> None:
        for one in paper.all:
            self._reports.paper(one)
        ticket = self._visit.scene.ticket
        if ticket is None or ticket.id != paper.ticket:
            return
        if self._visit.stage is Stage.PRINTING:
            self._done(ticket, paper)
        elif self._visit.stage is Stage.DONE:
            self._visit.show(paper=paper.outcome, paper_code=paper.code)

    def _paper_silent(self) -> None:
        ticket = self._visit.scene.ticket
        if ticket is not None:
            self._paper_came(Paper(ticket.id, Outcome.UNKNOWN, "printer_silent"))

    def _done(self, ticket: Ticket, paper: Paper | None) -> None:
        outcome, code = (paper.outcome, paper.code) if paper else (None, "")
        in_hand = outcome is Outcome.PRINTED or (outcome is Outcome.UNKNOWN and not code)
        pace = self._visit.pace
        stays = pace.done_s if in_hand else pace.photo_s
        self._visit.enter(Stage.DONE, stays=stays, ticket=ticket, paper=outcome, paper_code=code, can_give_back=True)
        self.wrong_choice.start(milliseconds(pace.wrong_choice_s))

    def hold(self) -> None:
        """A finger is on a button of the last screen: neither goes from under it."""
        for timer in (self.wrong_choice, self._visit.leaving):
            if timer.isActive() and timer.remainingTime() < milliseconds(HELD_S):
                timer.start(milliseconds(HELD_S))

    # -------------------------------------------------------- 'Salah pilih?'

    def give_back(self) -> None:
        """Return the ticket on the screen."""
        scene = self._visit.scene
        if scene.ticket is None or not scene.can_give_back or scene.giving_back:
            return
        self._visit.leaving.stop()
        self._visit.show(giving_back=True, trouble=None, stay=None)
        self._returning.give_back(scene.ticket)

    def choose_again(self, *, given_back: str = "") -> None:
        """The same visitor begins anew; `given_back`: the number that was returned."""
        self._visit.enter(Stage.CHOOSING, **(steps.nothing() | {"given_back": given_back}))

    def forget(self) -> None:
        """The visitor has left: what comes of a return is told to nobody."""
        self._asked_back = None

    def _unsure(self, order: Return) -> None:
        visit = self._visit
        if self._is_shown(order) and visit.scene.giving_back:
            self._asked_back = order.ticket
            self.wrong_choice.stop()
            stay = visit.stay(visit.pace.photo_s)  # time to wait for the answer, or to ask an officer
            visit.show(giving_back=False, can_give_back=False, unsure=True, stay=stay)

    def _given_back(self, order: Return) -> None:
        if self._is_shown(order):
            self.choose_again(given_back=order.number)
        elif self._is_of_this_visit(order):
            self._visit.show(given_back=order.number)

    def _not_given_back(self, order: Return, trouble: Trouble) -> None:
        visit = self._visit
        if self._is_shown(order):
            visit.show(giving_back=False, unsure=False, trouble=trouble, stay=visit.stay(visit.pace.done_s))
        elif self._is_of_this_visit(order):
            visit.show(still_valid=order.number)

    def _is_shown(self, order: Return) -> bool:
        ticket = self._visit.scene.ticket
        return self._visit.stage is Stage.DONE and ticket is not None and ticket.id == order.ticket

    def _is_of_this_visit(self, order: Return) -> bool:
        return self._visit.stage is Stage.CHOOSING and self._asked_back == order.ticket
