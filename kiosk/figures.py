"""The figures on the agencies' tiles, kept fresh from the hub."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.queues import AgencyQueue, Queues
from shared.hall import Agency
from shared.model import Kind
from shared.qt.freshness import Freshness
from shared.qt.link import HubLink
from shared.wire import Board, Event, Offers

QUEUE_KINDS = (
    Kind.TAKEN,
    Kind.CALLED,
    Kind.FINISHED,
    Kind.NO_SHOW,
    Kind.CANCELLED,
    Kind.RETURNED,
    Kind.EXPIRED,
    Kind.CARRIED,
    Kind.UNHELD,
    Kind.TRANSFERRED,
    Kind.MOVED_ON,
    Kind.REJOINED,
)
"""The events after which a tile's figures may differ."""


class Figures(QObject):
    """Who waits where, asked of the hub after each event, but no oftener than every `refresh_s`.

    Without events it is asked every `steady_s` and after the hub's midnight: yesterday's queues are nobody's.

    changed(tuple[AgencyQueue, ...])    the agencies in the order of the tiles
    """

    changed = Signal(object)

    def __init__(
        self, link: HubLink, agencies: Sequence[Agency], *, refresh_s: float, steady_s: float, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._queues = Queues(agencies)
        self._ranked = self._held = False
        self._hour = -1
        """Of which hour the order is; -1: of none yet."""
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(round(refresh_s * 1000))
        self._refresh.timeout.connect(self._ask)
        self._freshness = Freshness(link.now, every_s=steady_s, parent=self)
        self._freshness.due.connect(self._ask)
        link.caught_up.connect(self._begin)
        link.event_came.connect(self._event_came)

    def shown(self) -> tuple[AgencyQueue, ...]:
        """The agencies in the order of the tiles."""
        return self._queues.shown()

    def people(self) -> int | None:
        """How many wait at these agencies; None until the hub has told."""
        return self._queues.people()

    def usual(self) -> dict[str, int]:
        """How much each service is used at this hour, by its id; empty while the hub has learnt nothing."""
        return self._queues.usual

    def hold(self) -> None:
        """Somebody is choosing: the tiles keep their places."""
        self._held = True

    def rank(self) -> None:
        """Nobody is choosing: order the tiles anew."""
        self._held, self._ranked = False, True
        self._queues.rank()
        self.changed.emit(self.shown())

    def hear(self, offers: Offers) -> None:
        """Take over what is used at this hour; when the hour has changed and nobody is choosing, order anew."""
        self._queues.hear(offers)
        if not self._held and offers.now.hour != self._hour:
            self._hour = offers.now.hour
            self._queues.rank()
            self.changed.emit(self.shown())

    def _event_came(self, event: Event) -> None:
        if event.kind in QUEUE_KINDS and not self._refresh.isActive():
            self._refresh.start()

    def _begin(self) -> None:
        self._freshness.start()
        self._ask()

    def _ask(self) -> None:
        if self._link.up:
            self._link.get("/api/board", Board).done.connect(self._board_came)

    def _board_came(self, board: Board) -> None:
        self._queues.read(board)
        if self._held or self._ranked:
            self.changed.emit(self.shown())
        else:
            self.rank()
