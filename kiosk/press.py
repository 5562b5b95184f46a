"""A visitor's touch on a service, and where one whose answer was lost is kept. No Qt."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from kiosk.kept import Kept
from shared.settings import Settings
from shared.wire import TakeTicket

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
        return self.body.model_copy(update={"language": body.language}) == body

    def is_old(self, now: datetime) -> bool:
        """Whether asking again would mean nothing any more."""
        return now - self.at > SETTLED_WITHIN


class KeptPress(Kept[Press]):
    """The press without an answer, on this PC's disk: a kiosk that was started anew still gives its place back."""

    def __init__(self, settings: Settings, kiosk: str) -> None:
        super().__init__(settings, f"lost_press_{kiosk}", Press)
