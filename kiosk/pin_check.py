"""The technicians' PIN at one kiosk: fetched from the hub as a slow hash, kept on this PC, checked without the hub."""

import time
from collections.abc import Callable
from threading import Thread

from pydantic import BaseModel, ConfigDict
from PySide6.QtCore import QObject, Signal

from kiosk.kept import Kept
from kiosk.technician import Lock
from shared.access_wire import TechnicianPin
from shared.model import TECHNICIAN_PIN, Kind
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.technician_pin import is_pin
from shared.wire import Event


class KeptCheck(BaseModel):
    """What a PIN is checked by."""

    model_config = ConfigDict(frozen=True)

    check: str


class PinCheck(QObject):
    """Knows whether a PIN is the technicians', and how often a wrong one was typed; both outlive a restart.

    right() · wrong()   what came of the PIN that was tried last; `lock` says how things stand then
    """

    right = Signal()
    wrong = Signal()
    _checked = Signal(bool)

    def __init__(
        self,
        link: HubLink,
        kiosk: str,
        settings: Settings | None,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock`: seconds since 1970."""
        super().__init__(parent)
        self._link, self._clock = link, clock
        self._path = f"/api/devices/kiosk/{kiosk}/technician-pin"
        self._kept = Kept(settings, f"technician_{kiosk}", KeptCheck) if settings else None
        self._kept_lock = Kept(settings, f"technician_lock_{kiosk}", Lock) if settings else None
        self._check = ((self._kept and self._kept.read()) or KeptCheck(check="")).check
        self.lock = (self._kept_lock and self._kept_lock.read()) or Lock()
        self.is_busy = False
        """Whether a PIN is being looked at: one at a time."""
        self._checked.connect(self._judge)
        link.caught_up.connect(self.fetch)
        link.event_came.connect(self._event_came)

    @property
    def has_pin(self) -> bool:
        """Whether there is a PIN that opens the page."""
        return bool(self._check)

    @property
    def locked_s(self) -> float:
        """For how many seconds no PIN is looked at."""
        return self.lock.left_s(self._clock())

    def fetch(self) -> None:
        """Ask the hub for what a PIN is checked by."""
        self._link.get(self._path, TechnicianPin).done.connect(self._came)

    def _event_came(self, event: Event) -> None:
        if event.kind is Kind.STAFF and event.code == TECHNICIAN_PIN:
            self.fetch()

    def _came(self, told: TechnicianPin) -> None:
        if told.check == self._check:
            return
        self._check = told.check
        if self._kept is not None:
            self._kept.keep(KeptCheck(check=told.check) if told.check else None)
        self._keep_lock(Lock())  # a new PIN begins anew, as an officer's does

    def attempt(self, pin: str) -> None:
        """Look at `pin`, away from the screen's thread; nothing while another is looked at or the page is locked."""
        if self.is_busy or self.locked_s > 0:
            return
        self.is_busy = True
        # Counted first: who pulls the plug meanwhile has tried, too.
        self._keep_lock(self.lock.after_wrong(self._clock()))
        Thread(target=self._look, args=(self._check, pin), daemon=True).start()

    def _look(self, check: str, pin: str) -> None:
        """In a thread of its own: a quarter of a second."""
        self._checked.emit(is_pin(check, pin))

    def _judge(self, right: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        self.is_busy = False
        if right:
            self._keep_lock(Lock())
            self.right.emit()
        else:
            self.wrong.emit()

    def _keep_lock(self, lock: Lock) -> None:
        self.lock = lock
        if self._kept_lock is not None:
            self._kept_lock.keep(lock if lock != Lock() else None)
