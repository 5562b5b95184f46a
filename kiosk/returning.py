"""'Salah pilih?': giving a number back, and asking until the hub has decided."""

from datetime import datetime
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.kept import Kept
from kiosk.press import SETTLED_WITHIN
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import Nothing, Ticket


class Return(BaseModel):
    """A visitor's wish to give `number` back, and the key that makes asking for it again harmless.

    `ticket`: its id. `at`: the hub's time of the touch.
    """

    model_config = ConfigDict(frozen=True)

    ticket: int
    number: str
    at: datetime
    key: UUID = Field(default_factory=uuid4)


class Returns(BaseModel):
    """All that the hub has not decided yet, oldest first."""

    model_config = ConfigDict(frozen=True)

    undecided: list[Return]


class KeptReturns(Kept[Returns]):
    """Returns without an answer, on this PC's disk: a kiosk that was started anew still asks."""

    def __init__(self, settings: Settings, kiosk: str) -> None:
        super().__init__(settings, f"lost_returns_{kiosk}", Returns)


class Returning(QObject):
    """Gives numbers back for whoever stands at the kiosk.

    While no answer comes nobody knows whether the number is still in the queue. The same order is repeated,
    `again_s` after each failure and when the hub is back, until the hub has decided, also after the kiosk
    was started anew (`kept`).

    given_back(Return)               the number is out of the queue
    not_given_back(Return, Trouble)  it is not
    unsure(Return)                   nobody knows yet
    """

    given_back = Signal(object)
    not_given_back = Signal(object, object)
    unsure = Signal(object)

    def __init__(
        self, link: HubLink, parent: QObject | None = None, *, again_s: float, kept: KeptReturns | None = None
    ) -> None:
        super().__init__(parent)
        self._link, self._kept = link, kept
        read = kept.read() if kept else None
        self._undecided = {order.ticket: order for order in (read.undecided if read else [])}
        self._on_the_way: set[int] = set()
        self._again = QTimer(self, singleShot=True, interval=round(again_s * 1000))
        self._again.timeout.connect(self.settle)
        link.caught_up.connect(self.settle)

    def give_back(self, ticket: Ticket) -> None:
        """Return `ticket`."""
        order = Return(ticket=ticket.id, number=ticket.number, at=self._link.now())
        self._ask(self._undecided.setdefault(ticket.id, order))

    def settle(self) -> None:
        """Ask again for all that is undecided, if the hub is there."""
        if self._link.up:
            for order in list(self._undecided.values()):
                self._ask(order)

    def _ask(self, order: Return) -> None:
        if order.ticket in self._on_the_way:
            return
        if self._link.now() - order.at > SETTLED_WITHIN:
            self._forget(order)
            return
        self._on_the_way.add(order.ticket)
        reply = self._link.post(f"/api/tickets/{order.ticket}/cancel", Nothing(), Ticket, key=order.key)
        reply.done.connect(lambda _ticket: self._done(order))
        reply.failed.connect(lambda trouble: self._failed(order, trouble))

    def _done(self, order: Return) -> None:
        self._forget(order)
        self.given_back.emit(order)

    def _failed(self, order: Return, trouble: Trouble) -> None:
        # A fault of the hub's program would come again each time: then the number stays as it is.
        if not trouble.is_undecided or trouble.code == "hub_fault":
            self._forget(order)
            self.not_given_back.emit(order, trouble)
            return
        self._on_the_way.discard(order.ticket)
        self._keep()
        self._again.start()
        self.unsure.emit(order)

    def _forget(self, order: Return) -> None:
        self._on_the_way.discard(order.ticket)
        del self._undecided[order.ticket]
        self._keep()

    def _keep(self) -> None:
        if self._kept is not None:
            undecided = list(self._undecided.values())
            self._kept.keep(Returns(undecided=undecided) if undecided else None)
