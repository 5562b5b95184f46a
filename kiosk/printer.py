"""A kiosk's printer: asked how it is, given jobs, and believed only when it answers. Blocking; no Qt."""

import time
from collections.abc import Callable
from itertools import count
from secrets import randbelow

from kiosk.dialect import ticket_bytes
from kiosk.one_way import FileRoad, Memory, NoPrinter, Spooler
from kiosk.printer_status import UNKNOWN, UNREACHABLE, Health
from kiosk.roads import PATIENCE_S, Line, NetworkRoad, OneWay, TwoWay
from kiosk.serial_road import SerialRoad
from kiosk.stored_logo import StoredLogo
from kiosk.talk import Known, Patience, Talk
from kiosk.usb_road import UsbRoad
from shared import hall
from shared.model import Outcome
from shared.trouble import Trouble

__all__ = ["Health", "Patience", "Printer", "ticket_bytes"]

_JOBS = 10_000
"""Jobs are named by four digits; a late answer to an earlier job must not be taken for this one's."""


def road_to(settings: hall.Printer, patience_s: float = PATIENCE_S) -> TwoWay | OneWay:
    """The road of `settings`. Raises ValueError for an address that is none."""
    if settings.road == "memory":
        return Memory()
    if settings.road == "none":
        return NoPrinter()
    return _ROADS[settings.road](settings.address, patience_s)


_ROADS: dict[str, Callable[[str, float], TwoWay | OneWay]] = {
    "network": NetworkRoad,
    "serial": SerialRoad,
    "usb": UsbRoad,
    "spooler": Spooler,
    "file": FileRoad,
}


class Printer:
    """The printer of one kiosk, for one thread. Each call may block for the road's and the printer's time-outs.

    `road`: another than that of `settings`. `clock`: seconds, as time.monotonic. `logo`: what it may keep in its own
    memory, so that jobs need not bring it along. Raises ValueError when the
    address of `settings` is none.
    """

    def __init__(
        self,
        settings: hall.Printer,
        *,
        patience: Patience | None = None,
        road: TwoWay | OneWay | None = None,
        clock: Callable[[], float] = time.monotonic,
        logo: StoredLogo | None = None,
    ) -> None:
        self._logo = logo
        self._patience, self._clock = patience or Patience(), clock
        self.road: TwoWay | OneWay = road or road_to(settings, self._patience.road)
        self._known = Known()
        self._jobs = count(randbelow(_JOBS))

    def health(self) -> Health:
        """How the printer is now: by its own answers, or by not being there, or unknown on a one-way road."""
        try:
            return self._health()
        except Trouble as trouble:
            self._known.forget()
            return Health((trouble.code,))
        except OSError:
            self._known.forget()
            return UNREACHABLE

    def _health(self) -> Health:
        if isinstance(self.road, OneWay):
            self.road.check()
            return UNKNOWN
        with self.road.line() as line:
            talk = self._talk(line)
            health = talk.health()
            if health.certain and not health.troubles:
                talk.learn()
                talk.learn_logo()
            return health

    def print(self, job: bytes) -> Outcome:
        """Print `job`: PRINTED when the printer says so, UNKNOWN when it says nothing.

        Raises Trouble when it is certain that the ticket did not come out whole, NothingSent when none of it was sent,
        Unsure when all of it was, and the printer then told of a trouble.
        """
        if isinstance(self.road, OneWay):
            return self.road.deliver(job)
        try:
            with self.road.line() as line:
                return self._talk(line).print(job, f"{next(self._jobs) % _JOBS:04d}")
        except OSError as error:
            self._known.forget()
            raise Trouble("printer_offline") from error

    def _talk(self, line: Line) -> Talk:
        return Talk(line, self._known, self._patience, clock=self._clock, logo=self._logo)
