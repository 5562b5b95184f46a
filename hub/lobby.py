"""The browsers that show a board: what each is told, and when."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic

from hub.house import House
from hub.public_board import LATE_MS, PublicBoard, told_of
from hub.rows import to_ms
from shared.hall import Hall
from shared.speech import Speech
from shared.trouble import Trouble

log = logging.getLogger(__name__)

REST_SECONDS = 1.0
"""Who waits is told at most this often, however much happens; a call is told at once."""

STILL_SAID_MS = 10_000
"""A page decides by its own clock what is too late to be said, and asks before: so much longer it is given a call."""

_MOST_MISSED = 200
"""Events looked at for who was away: a call before them is too old to be said, and stands in the board itself."""


class Lobby:
    """The browsers that show a board."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._public = PublicBoard(house.hall)
        self._drawn: dict[str | None, tuple[tuple[int, int], dict[str, object]]] = {}

    @property
    def public(self) -> PublicBoard:
        """What may be told, of the hall as it is now."""
        if self._public.hall is not self._house.hall:
            self._public = PublicBoard(self._house.hall)
            self._drawn.clear()
        return self._public

    def board(self, zone: str | None) -> dict[str, object]:
        """The board as it is now; made once a second at most for all who watch."""
        house, public, clock = self._house, self.public, self._house.clock()
        state = house.feed.last, int(clock.timestamp())
        kept, board = self._drawn.get(zone, ((-1, -1), {}))
        if kept != state:
            board = public.board(house.views.board(clock, zone))
            self._drawn[zone] = state, board
        return board

    def speech(self, event: int, language: str) -> Speech | None:
        """What is said of a call that pages may still say; None of anything else.

        Nobody is asked who they are, and each sentence costs a program's time: who asks for all calls of the day would
        leave no voice to the pages.
        """
        found = self._house.store.read.events_after(event - 1, 1)
        if not found or found[0].id != event:
            return None
        is_said = to_ms(self._house.clock()) - found[0].at <= LATE_MS + STILL_SAID_MS
        return self.public.speech(found[0], language) if is_said else None

    async def watch(self, zone: str | None, after: int | None) -> AsyncIterator[bytes]:
        """The latest calls after the event `after` (None: from now on), each call as it comes, and each other board.

        What a page knows of the hall is told after the first board, and as soon as it is another; `gone` where the
        hall has this zone no more. A sign of life in between. Ends when the board cannot be read: who watches comes
        again.
        """
        feed = self._house.feed
        cursor = feed.last if after is None else min(max(after, feed.last - _MOST_MISSED), feed.last)
        shown: dict[str, object] = {}
        known: Hall | None = None
        try:
            while True:
                if zone is not None and zone not in {one.id for one in self._house.hall.zones}:
                    yield self._said("gone", {})
                    return
                cursor, calls = self._told_since(cursor, zone)
                for call in calls:
                    yield self._said("call", call | {"quiet": self.board(zone)["quiet"]})
                if cursor < feed.last:
                    continue  # a batch larger than a page
                board = self.board(zone)
                yield self._said("board", board) if board != shown else self._said("beat", {})
                shown = board
                if known is not self._house.hall:
                    known = self._house.hall
                    yield self._said("hall", told_of(known, zone))
                if not await self._news(cursor, zone):
                    return
        except Trouble as trouble:
            log.warning("a board's page ends: %s", trouble)

    async def _news(self, cursor: int, zone: str | None) -> bool:
        """Wait for a call, or until anything else is a second old; False once the hub ends."""
        feed = self._house.feed
        if not await feed.stirred():
            return False
        end = monotonic() + REST_SECONDS
        seen, calls = self._told_since(cursor, zone)
        while not calls and (left := end - monotonic()) > 0:
            with suppress(TimeoutError):
                if not await asyncio.wait_for(feed.stirred(), left):
                    return False
            seen, calls = self._told_since(seen, zone)
        return True

    def _told_since(self, cursor: int, zone: str | None) -> tuple[int, list[dict[str, object]]]:
        """The calls after an event, and the id of the last event that was looked at."""
        rows = self._house.feed.rows_after(cursor, _MOST_MISSED)
        return (rows[-1].id if rows else cursor), self.public.calls(rows, zone)

    def _said(self, kind: str, facts: dict[str, object]) -> bytes:
        now = to_ms(self._house.clock())
        return f"event: {kind}\ndata: {json.dumps({'now': now} | facts)}\n\n".encode()
