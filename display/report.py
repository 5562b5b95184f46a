"""What a TV tells the hub of itself: its health at once when it changes, what it has done every 5 s."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from shared.qt.link import HubLink
from shared.wire import Device, DeviceReport

EVERY_MS = 5_000


class Report(QObject):
    """Reports to POST /api/devices/display/{id}. One report at a time; a lost one is followed by the next."""

    def __init__(  # noqa: PLR0913  -- where to, whose, and the two things asked each time
        self,
        link: HubLink,
        display: str,
        *,
        troubles: Callable[[], Sequence[str]],
        facts: Callable[[], dict[str, str]],
        every_ms: int = EVERY_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._path = f"/api/devices/display/{display}"
        self._troubles, self._facts = troubles, facts
        self._told: list[str] | None = None
        self._telling = False
        self._every = QTimer(self, interval=every_ms)
        self._every.timeout.connect(self.tell)
        self._every.start()
        link.caught_up.connect(self.tell)

    def tell_if_new(self) -> None:
        """Tell at once when the troubles are others than those told last."""
        if list(self._troubles()) != self._told:
            self.tell()

    def tell(self) -> None:
        """Tell now, unless the report before is still on its way."""
        if self._telling or not self._link.up:
            return
        self._telling = True
        troubles = list(self._troubles())
        report = DeviceReport(troubles=troubles, facts=self._facts())
        reply = self._link.post(self._path, report, Device, patience_s=0)
        reply.done.connect(lambda _device: self._arrived(troubles))
        reply.failed.connect(lambda _trouble: self._arrived(None))

    def _arrived(self, troubles: list[str] | None) -> None:
        self._telling = False
        self._told = troubles
        if troubles is not None:
            self.tell_if_new()
