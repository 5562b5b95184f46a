"""Which agencies and services give numbers now, kept fresh from the hub."""

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from shared.hall import Hall
from shared.model import Kind
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Event, Offer, Offers

GIVEN_KINDS = (Kind.TAKEN, Kind.CANCELLED)
"""The events after which a quota may be reached, or be reached no more."""

DOOR_KINDS = (Kind.CLOSED, Kind.OPENED, Kind.ROLL_BEGUN, Kind.ROLL_ENDED)
"""The events that close and open, or have numbers given on paper."""

LONGEST = timedelta(minutes=15)
"""Asked again after so long at the latest: 'besok' becomes today, and a clock may have been put right."""
SOON_MS = 300
"""Asked so long after the moment of a change, so that it has come at the hub too."""


class Doors(QObject):
    """What the hub offers: asked at the start, at each change it foretold, and as quotas fill.

    changed(Offers)    what is given is told anew
    """

    changed = Signal(object)

    def __init__(self, link: HubLink, hall: Hall, *, refresh_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._offers: dict[str, Offer] = {}
        self._told: Offers | None = None
        quotas = [
            quota for agency in hall.agencies for quota in (agency.quota, *(one.quota for one in agency.services))
        ]
        self._has_quotas = any(quota is not None for quota in quotas)
        self._change = self._timer()
        self._refresh = self._timer()
        self._refresh.setInterval(round(refresh_s * 1000))
        link.caught_up.connect(self.ask)
        link.event_came.connect(self._event_came)

    def _timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.ask)
        return timer

    @property
    def told(self) -> Offers | None:
        """What the hub told last; None before."""
        return self._told

    def trouble(self, agency_or_service: str) -> Trouble | None:
        """Why no number of it is given; None where one is, or where the hub has not told."""
        offer = self._offers.get(agency_or_service)
        return None if offer is None or self._told is None else offer.trouble(self._told.now)

    def ask(self) -> None:
        """Ask the hub what it offers now."""
        self._link.get("/api/offers", Offers).done.connect(self._came)

    def _event_came(self, event: Event) -> None:
        may_differ = event.kind in DOOR_KINDS or (self._has_quotas and event.kind in GIVEN_KINDS)
        if may_differ and not self._refresh.isActive():
            self._refresh.start()

    def _came(self, offers: Offers) -> None:
        self._told = offers
        self._offers = {offer.id: offer for offer in (*offers.services, *offers.agencies)}
        ahead = LONGEST if offers.changes_at is None else min(LONGEST, offers.changes_at - offers.now)
        self._change.start(max(0, round(ahead.total_seconds() * 1000)) + SOON_MS)
        self.changed.emit(offers)
