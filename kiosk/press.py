"""A visitor's touch on a service, and where one whose answer was lost is kept. No Qt."""

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.settings import Settings
from shared.wire import TakeTicket

log = logging.getLogger(__name__)

SETTLED_WITHIN = timedelta(hours=20)
"""A press older than this is forgotten: the hub knows a key for 24 hours, and yesterday's number means nothing."""


class Press(BaseModel):
    """One touch on a service: what is asked, and the keys that make asking for it, and giving it back, harmless.

    `at`: the hub's time of the touch.
    """

    model_config = ConfigDict(frozen=True)

    body: TakeTicket
    at: datetime
    key: UUID = Field(default_factory=uuid4)
    cancel_key: UUID = Field(default_factory=uuid4)

    def is_for(self, body: TakeTicket) -> bool:
        """Whether `body` is the same errand, be it in another language."""
        return (self.body.service, self.body.priority) == (body.service, body.priority)

    def is_old(self, now: datetime) -> bool:
        """Whether asking again would mean nothing any more."""
        return now - self.at > SETTLED_WITHIN


class KeptPress:
    """The press without an answer, on this PC's disk: a kiosk that was started anew still gives its place back."""

    def __init__(self, settings: Settings, kiosk: str) -> None:
        self._settings = settings
        self._name = f"lost_press_{kiosk}"

    def read(self) -> Press | None:
        """The press that was kept, if there is one."""
        try:
            return Press.model_validate_json(self._settings.get(self._name) or "")
        except ValidationError:
            return None

    def keep(self, press: Press | None) -> None:
        """Keep `press`; None: there is none any more. A disk that refuses costs nothing but this."""
        text = press.model_dump_json() if press else ""
        if text == (self._settings.get(self._name) or ""):
            return
        try:
            self._settings.set(self._name, text)
        except OSError as error:
            log.warning("a press without an answer is kept in memory only: %s", error)
