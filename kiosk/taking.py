"""Taking a ticket so that one press is one number, whatever is lost on the way."""

from PySide6.QtCore import QObject, Signal

from kiosk.press import KeptPress, Press, Wish
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Nothing, Ticket


class Taking(QObject):
    """Orders tickets from the hub for whoever stands at the kiosk.

    A press is noted before it is asked, and kept when its answer never came. The same errand is asked again with
    the same key and gets the number that the first press took, if it took one. Another errand, or the visitor's
    leaving, first asks once more for that number and gives it back, so that none stays in the queue without an
    owner. That is tried until the hub has decided, also after the kiosk was started anew (`kept`).

    taken(Ticket)              the press is a number
    refused(Trouble)           it is none (`hub_away`: nobody knows; the press is kept)
    """

    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, link: HubLink, parent: QObject | None = None, *, kept: KeptPress | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._kept = kept
        self._lost = kept.read() if kept else None
        self._given_up = self._lost is not None
        self._asking = False
        self._settling = False
        self._next: Press | None = None
        link.caught_up.connect(self.settle)

    # -------------------------------------------------------- taking

    def take(self, body: Wish) -> None:
        """Order the ticket `body` asks for. A press while another is on its way is none."""
        if self._asking:
            return
        self._asking = True
        now = self._link.now()
        if self._lost is not None and self._lost.is_for(body) and not self._given_up and not self._lost.is_old(now):
            self._ask(self._lost)
            return
        self._next = Press(body=body, at=now)
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
        self._lost, self._given_up = press, False
        if self._kept is not None:
            self._kept.note(press)
        reply = self._link.post(press.path, press.body, Ticket, key=press.key)
        reply.done.connect(self._answered)
        reply.failed.connect(self._failed)

    def _answered(self, ticket: Ticket) -> None:
        self._forget()
        self._asking = False
        self.taken.emit(ticket)

    def _failed(self, trouble: Trouble) -> None:
        if trouble.is_undecided:
            self._keep(self._lost)
        else:
            self._forget()
        self._asking = False
        self.refused.emit(trouble)

    def _keep(self, press: Press | None) -> None:
        if self._kept is not None and press is not None:
            self._kept.keep(press)

    def _forget(self) -> None:
        self._lost, self._given_up = None, False
        if self._kept is not None:
            self._kept.forget()

    # -------------------------------------------------------- a press without an answer, and nobody there

    def leave(self) -> None:
        """The visitor has gone: a press without an answer must not keep a place."""
        self._given_up = self._lost is not None and not self._asking
        self.settle()

    def settle(self) -> None:
        """Give back the place of a visitor who has left, if there is one and the hub is there."""
        if self._lost is not None and self._given_up and self._link.up and not self._settling:
            self._settle(self._lost)

    def _settle(self, press: Press) -> None:
        if press.is_old(self._link.now()):
            self._settled()
            return
        self._settling = True
        reply = self._link.post(press.path, press.body, Ticket, key=press.key)
        reply.done.connect(lambda ticket: self._found(press, ticket))
        reply.failed.connect(self._not_settled)

    def _found(self, press: Press, ticket: Ticket) -> None:
        self._given_up = True  # from here on the number may be gone: nobody can get it any more
        reply = self._link.post(f"/api/tickets/{ticket.id}/cancel", Nothing(), Ticket, key=press.cancel_key)
        reply.done.connect(self._settled)
        reply.failed.connect(self._not_settled)

    def _not_settled(self, trouble: Trouble) -> None:
        # A fault of the hub's program would come again each time, and nobody could take a number here any more.
        if not trouble.is_undecided or trouble.code == "hub_fault":
            self._settled()
            return
        self._settling, self._next = False, None
        if self._asking:
            self._asking = False
            self.refused.emit(trouble)

    def _settled(self, _answer: object = None) -> None:
        self._settling = False
        self._forget()
        self._ask_next()
