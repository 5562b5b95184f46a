"""What was done on the technician's page, told to the hub's event log: each once, in order, also after a restart."""

from enum import StrEnum
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from PySide6.QtCore import QObject

from kiosk.kept import Kept
from kiosk.reports import Reports
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.trouble import Trouble
from shared.wire import SEEN_TO, Device

MOST_KEPT = 100
"""Deeds kept while the hub is away; the oldest go first."""


class Deed(StrEnum):
    """What can be done there; who did it nobody knows."""

    OPENED = "opened"
    LOCKED = "locked"
    """Five wrong PINs in a row."""
    CLOSED = "closed"
    CLEANED = "cleaned"
    TESTED = "test_print"
    """Followed by what became of each printer's paper."""
    NEW_ROLL = "new_roll"
    VOLUME = "volume"
    RESTARTED = "restarted"
    LEFT = "left"


class Done(BaseModel):
    """One deed: what the log says of it, and the key that makes telling it again harmless."""

    model_config = ConfigDict(frozen=True)

    text: str
    key: UUID = Field(default_factory=uuid4)


class Untold(BaseModel):
    """All that the hub has not heard of, oldest first."""

    model_config = ConfigDict(frozen=True)

    deeds: list[Done]


class Deeds(QObject):
    """Tells them as reports of this kiosk, which then say how it is as well."""

    def __init__(
        self, link: HubLink, reports: Reports, kiosk: str, settings: Settings | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link, self._reports = link, reports
        self._path = f"/api/devices/kiosk/{kiosk}"
        self._kept = Kept(settings, f"technician_deeds_{kiosk}", Untold) if settings else None
        read = self._kept.read() if self._kept else None
        self._untold = read.deeds if read else []
        self._telling = False
        reports.health_told.connect(self._tell)
        link.caught_up.connect(self._tell)

    def note(self, deed: Deed, more: str = "") -> None:
        """It was done now; `more`: what came of it."""
        words = " ".join(part for part in (deed.value, more, self._link.now().isoformat(timespec="seconds")) if part)
        self._untold = [*self._untold, Done(text=words)][-MOST_KEPT:]
        self._keep()
        self._tell()

    def _tell(self) -> None:
        last = self._reports.last
        if self._telling or not self._untold or last is None:
            return
        self._telling = True
        done = self._untold[0]
        report = last.model_copy(update={"facts": last.facts | {SEEN_TO: done.text}})
        reply = self._link.post(self._path, report, Device, key=done.key)
        reply.done.connect(lambda _device: self._told(done))
        reply.failed.connect(lambda trouble: self._not_told(done, trouble))

    def _told(self, done: Done) -> None:
        self._telling = False
        self._untold = [one for one in self._untold if one != done]
        self._keep()
        self._tell()

    def _not_told(self, done: Done, trouble: Trouble) -> None:
        if not trouble.is_undecided:
            self._told(done)  # a decision: asking again would only repeat it
            return
        self._telling = False  # the next deed tells it, or the next time that the hub hears how this kiosk is

    def _keep(self) -> None:
        if self._kept is not None:
            self._kept.keep(Untold(deeds=self._untold) if self._untold else None)
