"""Following the hub: the board's answer when it is needed, the feed in between."""

import logging
from collections.abc import Sequence
from urllib.parse import quote

from PySide6.QtCore import QObject, QTimer, Signal

from shared import wire
from shared.qt.link import HubLink
from shared.trouble import Trouble

log = logging.getLogger(__name__)

REFRESH_MS = 60_000
"""Repairs what events alone cannot tell: a new day, an agency's hours."""
RETRY_MS = 1000


class Follow(QObject):
    """Asks GET /api/board at the start, after each reconnection, and every `refresh_ms`; one question at a time.

    The feed is followed from the first answer's `last_event`, so that no event falls between the two.

    answered(Board)  one for each zone of the TV (one for the hall where it has none)
    away(bool)       the hub does not answer, or does again
    """

    answered = Signal(object)
    away = Signal(bool)

    def __init__(
        self,
        link: HubLink,
        zones: Sequence[str],
        *,
        refresh_ms: int = REFRESH_MS,
        retry_ms: int = RETRY_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._paths = _paths(zones)
        self._left: list[str] = []
        self._asking = False
        self._again = QTimer(self, interval=refresh_ms)
        self._again.timeout.connect(self._refresh)
        self._retry = QTimer(self, interval=retry_ms, singleShot=True)
        self._retry.timeout.connect(self._start_or_refresh)
        self._listening = False
        link.caught_up.connect(self._refresh)
        link.up_changed.connect(lambda up: self.away.emit(not up))

    def begin(self) -> None:
        """Find the feed's end, then follow it."""
        reply = self._link.get(self._paths[0], wire.Board)
        reply.done.connect(self._listen)
        reply.failed.connect(self._not_now)

    def take_up(self, zones: Sequence[str]) -> None:
        """The TV is of these zones from now on, or the hall has changed: ask anew."""
        self._paths = _paths(zones)
        if self._listening:
            self._refresh()

    def _listen(self, answer: wire.Board) -> None:
        self._listening = True
        self._link.listen(after=answer.last_event)
        self._again.start()

    def _start_or_refresh(self) -> None:
        if self._listening:
            self._refresh()
        else:
            self.begin()

    def _refresh(self) -> None:
        self._left = list(self._paths)
        self._ask()

    def _ask(self) -> None:
        if self._asking or not self._left or not self._link.up:
            return
        self._asking = True
        reply = self._link.get(self._left.pop(0), wire.Board)
        reply.done.connect(self._take)
        reply.failed.connect(self._not_now)

    def _take(self, answer: wire.Board) -> None:
        self._asking = False
        self.answered.emit(answer)
        self._ask()

    def _not_now(self, trouble: Trouble) -> None:
        self._asking = False
        if not self._listening:
            self.away.emit(True)  # noqa: FBT003  -- a signal's payload has no name
        log.info("the board did not come: %s", trouble)
        self._retry.start()


def _paths(zones: Sequence[str]) -> list[str]:
    return [f"/api/board?zone={quote(zone, safe='')}" for zone in zones] or ["/api/board"]
