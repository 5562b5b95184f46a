"""`/board?zone=`: the lobby TV in any browser, with its feed of calls, its chime and its spoken calls."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus
from time import monotonic

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hub.board_voice import BoardVoice
from hub.contract import only
from hub.document import document as plain_document
from hub.document import plain_page
from hub.house import House
from hub.public_board import LATE_MS, PublicBoard, document, told_of
from hub.rows import to_ms
from hub.seats import MOST_PAGES, PAGES_OF_ADDRESS, FeedResponse, of_address
from hub.shell import headers
from shared.hall import Hall
from shared.speech import Speech
from shared.trouble import Trouble
from shared.words import Words, msg

log = logging.getLogger(__name__)

REST_SECONDS = 1.0
"""Who waits is told at most this often, however much happens; a call is told at once."""

STILL_SAID_MS = 10_000
"""A page decides by its own clock what is too late to be said, and asks before: so much longer it is given a call."""

_MOST_MISSED = 200
"""Events looked at for who was away: a call before them is too old to be said, and stands in the board itself."""

_WAV = "audio/wav"
_NOT_KEPT = {"Cache-Control": "no-store"}
"""An event's id is another call's once the hub has another database: the page keeps what it plays itself.
A hall may put another chime in the place of this one."""


def board_routes(house: House) -> list[Route]:
    """The page, its feed, its sounds."""
    lobby = Lobby(house)
    said = BoardVoice(house.data / "board-voice")
    house.closing.append(said.close)
    house.ailing.append(said.troubles)

    async def board(request: Request) -> Response:
        try:
            zone = _zone(request, house.hall)
        except Trouble as trouble:  # read by whoever sets up the TV: which zones there are, not a problem's JSON
            return HTMLResponse(_choice(house.hall, trouble), trouble.kind.status, headers=headers())
        if zone is None and "zone" not in request.query_params and len(house.hall.zones) > 1:
            return HTMLResponse(_choice(house.hall), headers=headers())
        now = house.clock()
        page = document(house.hall, zone, lobby.board(zone), to_ms(now))
        return HTMLResponse(page, headers=headers("board"))

    async def events(request: Request) -> Response:
        zone, after = _zone(request, house.hall), request.query_params.get("after", "")
        bounds = of_address(request, PAGES_OF_ADDRESS, here=MOST_PAGES)
        return FeedResponse(lobby.watch(zone, int(after) if _is_id(after) else None), house.page_seats, bounds)

    async def speaker(request: Request) -> Response:
        is_tv = house.speaking.voices.is_taken(request.query_params.get("zone", ""), monotonic())
        return JSONResponse({"tv": is_tv}, headers=_NOT_KEPT)

    async def voice(request: Request) -> Response:
        event, language = request.path_params["event"], request.path_params["language"]
        speech = lobby.speech(int(event), language) if _is_id(event) else None
        if speech is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        await said.take_up(house.hall.voice)
        return Response(await said.sentence(speech), media_type=_WAV, headers=_NOT_KEPT)

    async def chime(_: Request) -> Response:
        await said.take_up(house.hall.voice)
        return Response(said.chime().read_bytes(), media_type=_WAV, headers=_NOT_KEPT)

    answering = {
        "/board": board,
        "/board/events": events,
        "/board/speaker": speaker,
        "/board/voice/{event}/{language}": voice,
        "/board/chime": chime,
    }
    return [only("GET", path, endpoint) for path, endpoint in answering.items()]


def _zone(request: Request, hall: Hall) -> str | None:
    """The zone that was asked for; None: the whole hall. Raises Trouble('unknown_zone')."""
    zone = request.query_params.get("zone", "")
    if not zone:
        return hall.zones[0].id if len(hall.zones) == 1 else None
    if zone not in {known.id for known in hall.zones}:
        raise Trouble("unknown_zone", zone=zone)
    return zone


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19  # noqa: PLR2004  -- digits the database can hold


def _choice(hall: Hall, trouble: Trouble | None = None) -> str:
    words = Words("id")
    lines = [f"{trouble.sentence(words)} {trouble.step(words)}"] if trouble else []
    links = [(f"?zone={zone.id}", zone.name) for zone in hall.zones]
    whole = ("?zone=", words.say(msg("Seluruh gedung")))
    return plain_document(plain_page(words.say(msg("Papan panggilan")), lines, [*links, whole]), hall, words)


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
