"""What became of each call is told to the hub until the hub has heard it, and kept on this PC until then."""

import json
import logging
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from shared.model import Voiced
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import Event, TellVoiced

log = logging.getLogger(__name__)

RETRY_MS = 1000
TIDY_MS = 2000
"""What was told is struck off the disk so much later: most calls then cost one writing, not two."""


class Telling(QObject):
    """Tells one call after the other, in order. `untold`: what became of those the hub has not heard of yet."""

    def __init__(self, link: HubLink, display: str, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._display, self._settings = link, display, settings
        self._name = f"untold_{display}"
        self.untold = _read(settings.get(self._name))
        self._key = uuid4()
        self._is_telling = False
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._go_on)
        self._tidy = QTimer(self, singleShot=True, interval=TIDY_MS)
        self._tidy.timeout.connect(self._keep)
        link.caught_up.connect(self._go_on)

    def tell(self, event: int, outcome: str) -> None:
        """The call of this event was said, or was not and will not be."""
        self.untold[event] = Voiced(outcome)
        self._keep()
        self._go_on()

    def _go_on(self) -> None:
        if self._is_telling or not self.untold or not self._link.up:
            return
        self._is_telling = True
        event, outcome = next(iter(self.untold.items()))
        body = TellVoiced(outcome=outcome, display=self._display)
        reply = self._link.post(f"/api/calls/{event}/voiced", body, Event, key=self._key, patience_s=0)
        reply.done.connect(lambda _event: self._told(event))
        reply.failed.connect(lambda trouble: self._failed(event, trouble))

    def _failed(self, event: int, trouble: Trouble) -> None:
        if trouble.is_undecided:
            self._is_telling = False
            self._retry.start()
        else:
            log.info("event %d: %s", event, trouble)
            self._told(event)

    def _told(self, event: int) -> None:
        self._is_telling = False
        self.untold.pop(event, None)
        self._key = uuid4()
        if not self.untold:
            self._tidy.start()
        self._go_on()

    def _keep(self) -> None:
        self._tidy.stop()
        try:
            self._settings.set(self._name, json.dumps(self.untold))
        except OSError as error:  # costs one repetition, should this program end before the hub has heard it
            log.info("what became of a call could not be kept: %s", error)


def _read(kept: str | None) -> dict[int, Voiced]:
    try:
        return {int(event): Voiced(outcome) for event, outcome in json.loads(kept or "{}").items()}
    except (ValueError, AttributeError):
        return {}
