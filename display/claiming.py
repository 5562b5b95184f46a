"""Asking the hub, again and again, to be the voice of this TV's zones; what is won and lost by that."""

import logging
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from display.holding import RENEW_S, Holding
from shared.qt.link import HubLink, Reply
from shared.wire import VoiceLease

log = logging.getLogger(__name__)

SOON_MS = 250
"""A sound device that has not told yet what it is does so within a second."""


class Saying(NamedTuple):
    """How the voice is: whether it can be heard (None: not known yet), which call it says, and of which zone."""

    sound: bool | None = None
    call: int | None = None
    zone: str = ""


class Claiming(QObject):
    """One TV's claims; one at a time.

    gained(zone)  its calls may be said from now on, also those that the voice before left
    lost(zone)    they may not any more: fall silent
    """

    gained = Signal(str)
    lost = Signal(str)

    def __init__(
        self,
        link: HubLink,
        display: str,
        holding: Holding,
        *,
        saying: Callable[[], Saying],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._holding, self._saying = link, holding, saying
        self._path = f"/api/devices/display/{display}/voice"
        self._spoken_for: list[str] = []
        self._is_asking = self._is_news = False
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self.ask)
        self._end = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._end.timeout.connect(self.look)

    @property
    def zones(self) -> list[str]:
        """The zones whose voice this TV is now."""
        return self._holding.held(monotonic())

    def may_say(self, zone: str) -> bool:
        """Whether a call of this zone may begin to be said."""
        return self._holding.may_say(zone, monotonic())

    def ask_at_once(self) -> None:
        """The sound device has come or gone: the hub should know now, not in a second."""
        self._is_news = True
        self.ask()

    def ask(self) -> None:
        """Ask, unless the question before is still on its way."""
        if self._is_asking or not self._holding.zones:
            return
        now, saying = monotonic(), self._saying()
        if saying.sound is None and not self._holding.held(now):
            self._turn.start(SOON_MS)
            return
        self._is_asking, self._is_news = True, False
        sound = saying.sound is not False
        claim = self._holding.claim(now, sound=sound, saying=saying.call, saying_zone=saying.zone)
        self.look()
        reply = self._link.post(self._path, claim, VoiceLease, patience_s=0)
        reply.done.connect(partial(self._answered, now))
        reply.failed.connect(partial(self._failed, reply))

    def look(self, _event: object = None) -> None:
        """See what has changed by the clock and by what was heard."""
        now = monotonic()
        self._holding.heard(self._link.heard)
        gained, lost = self._holding.changes(self._spoken_for, now)
        self._spoken_for = self._holding.spoken_for(now)
        if (ends := self._holding.ends_in(now)) is not None:
            self._end.start(round(ends * 1000) + 1)
        for zone in lost:
            log.info("no longer the voice of %s", zone)
            self.lost.emit(zone)
        for zone in gained:
            log.info("the voice of %s", zone)
            self.gained.emit(zone)

    def _answered(self, asked_at: float, lease: VoiceLease) -> None:
        self._holding.answered(lease, asked_at)
        self._next(lease.again_ms)

    def _failed(self, reply: Reply, _trouble: object) -> None:
        if reply.was_refused:
            self._holding.refused(monotonic())
        self._next(round(RENEW_S * 1000))

    def _next(self, after_ms: int) -> None:
        self._is_asking = False
        self._turn.start(0 if self._is_news else after_ms)
        self.look()
