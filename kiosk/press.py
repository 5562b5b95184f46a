"""A visitor's touch on a service or code of an appointment, and where one whose answer was lost is kept. No Qt."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from kiosk.kept import Kept
from shared.booking_wire import CheckIn
from shared.settings import Settings
from shared.wire import TakeTicket

SETTLED_WITHIN = timedelta(hours=20)
"""A press older than this is forgotten: the hub knows a key for 24 hours, and yesterday's number means nothing."""


Wish = TakeTicket | CheckIn
"""What a visitor asks for: a number of a service, or that of an appointment."""


class Press(BaseModel):
    """One touch on a service, or one code: what is asked, and the keys that make asking, and giving back, harmless.

    `at`: the hub's time of the touch.
    """

    model_config = ConfigDict(frozen=True)

    body: Wish
    at: datetime
    key: UUID = Field(default_factory=uuid4)
    cancel_key: UUID = Field(default_factory=uuid4)

    def is_for(self, body: Wish) -> bool:
        """Whether `body` is the same wish, be it in another language."""
        return self.body.model_copy(update={"language": body.language}) == body

    @property
    def path(self) -> str:
        """Whom of the hub it asks."""
        return "/api/check-in" if isinstance(self.body, CheckIn) else "/api/tickets"

    def is_old(self, now: datetime) -> bool:
        """Whether asking again would mean nothing any more."""
        return now - self.at > SETTLED_WITHIN


class KeptPress(Kept[Press]):
    """The press without an answer, on this PC's disk: a kiosk that was started anew still gives its place back."""

    def __init__(self, settings: Settings, kiosk: str) -> None:
        super().__init__(settings, f"lost_press_{kiosk}", Press)
