"""Taking a ticket so that one press is one number, whatever is lost on the way."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from shared.model import CANCEL_GRACE_SECONDS
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Nothing, TakeTicket, Ticket


@dataclass(frozen=True)
class Press:
    """One touch on a service: what is asked, and the key that makes asking again harmless."""

    body: TakeTicket
    key: UUID

    def is_for(self, body: TakeTicket) -> bool:
        """Whether `body` is the same errand, be it in another language."""
        return (self.body.service, self.body.priority) == (body.service, body.priority)


class Taking(QObject):
    """Orders tickets from the hub for whoever stands at the kiosk.

    A press whose answer never came is kept. The same errand is asked again with the same key and gets the
    number that the first press took, if it took one. Another errand, or the visitor's leaving, first asks
    once more for that number and gives it back, so that none stays in the queue without an owner.

    taken(Ticket)              the press is a number
    refused(Trouble)           it is none (`hub_away`: nobody knows; the press is kept)
    given_back(Ticket)         'Salah pilih?': the number is out of the queue
    not_given_back(Trouble)    it is not
    """

    taken = Signal(object)
    refused = Signal(object)
    given_back = Signal(object)
    not_given_back = Signal(object)

    def __init__(self, link: HubLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._lost: Press | None = None
        self._owner_left = False
        self._asking = False
        self._settling = False
        self._next: Press | None = None
        self._return: tuple[int, UUID] | None = None
        link.caught_up.connect(self.settle)

    # -------------------------------------------------------- taking

    def take(self, body: TakeTicket) -> None:
        """Order the ticket `body` asks for. A press while another is on its way is none."""
        if self._asking:
            return
        self._asking = True
        if self._lost is not None and self._lost.is_for(body) and not self._owner_left:
            self._ask(self._lost)
            return
        self._next = Press(body, uuid4())
        self._clear_the_way()

    def _clear_the_way(self) -> None:
        if self._lost is None:
            self._ask_next()
        elif not self._settling:
            self._settle(self._lost)

    def _ask_next(self) -> None:
        press, self._next = self._next, None
        if press is not None:
            self._ask(press)

    def _ask(self, press: Press) -> None:
        self._lost, self._owner_left = press, False
        reply = self._link.post("/api/tickets", press.body, Ticket, key=press.key)
        reply.done.connect(self._answered)
        reply.failed.connect(self._failed)

    def _answered(self, ticket: Ticket) -> None:
        self._lost, self._asking = None, False
        self.taken.emit(ticket)

    def _failed(self, trouble: Trouble) -> None:
        if not trouble.is_undecided:
            self._lost = None
        self._asking = False
        self.refused.emit(trouble)

    # -------------------------------------------------------- a press without an answer, and nobody there

    def leave(self) -> None:
        """The visitor has gone: a press without an answer must not keep a place."""
        self._owner_left = self._lost is not None and not self._asking
        self.settle()

    def settle(self) -> None:
        """Give back the place of a visitor who has left, if there is one and the hub is there."""
        if self._lost is not None and self._owner_left and self._link.up and not self._settling:
            self._settle(self._lost)

    def _settle(self, press: Press) -> None:
        self._settling = True
        reply = self._link.post("/api/tickets", press.body, Ticket, key=press.key)
        reply.done.connect(self._found)
        reply.failed.connect(self._not_found)

    def _found(self, ticket: Ticket) -> None:
        path = f"/api/tickets/{ticket.id}/cancel"
        reply = self._link.post(path, Nothing(), Ticket, key=uuid4(), patience_s=CANCEL_GRACE_SECONDS)
        reply.done.connect(self._settled)
        reply.failed.connect(self._settled)

    def _not_found(self, trouble: Trouble) -> None:
        if not trouble.is_undecided:
            self._settled()
            return
        self._settling, self._next = False, None
        if self._asking:
            self._asking = False
            self.refused.emit(trouble)

    def _settled(self, _answer: object = None) -> None:
        self._settling, self._lost, self._owner_left = False, None, False
        self._ask_next()

    # -------------------------------------------------------- 'Salah pilih?'

    def give_back(self, ticket: Ticket) -> None:
        """Return `ticket`; asked again after a lost answer, with the same key."""
        if self._return is None or self._return[0] != ticket.id:
            self._return = (ticket.id, uuid4())
        reply = self._link.post(f"/api/tickets/{ticket.id}/cancel", Nothing(), Ticket, key=self._return[1])
        reply.done.connect(self.given_back)
        reply.failed.connect(self.not_given_back)
