"""`/board?zone=`: the lobby TV in any browser, with its feed of calls, its chime and its spoken calls."""

from base64 import b64decode
from http import HTTPStatus
from time import monotonic

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hub.board_voice import BoardVoice
from hub.boards_heard import BoardsHeard
from hub.contract import only
from hub.document import document as plain_document
from hub.document import plain_page
from hub.house import House
from hub.lobby import Lobby
from hub.public_board import document
from hub.rows import to_ms
from hub.seats import MOST_PAGES, PAGES_OF_ADDRESS, FeedResponse, of_address
from hub.shell import headers
from shared.hall import Hall
from shared.trouble import Trouble
from shared.words import Words, msg

_WAV = "audio/wav"
_NOT_KEPT = {"Cache-Control": "no-store"}
"""An event's id is another call's once the hub has another database: the page keeps what it plays itself.
A hall may put another chime or logo in the place of this one."""


def board_routes(house: House) -> list[Route]:
    """The page, its feed, its sounds."""
    lobby = Lobby(house)
    said = BoardVoice(house.data / "board-voice")
    house.closing.append(said.close)
    house.ailing.append(said.troubles)
    together = BoardsHeard(monotonic)
    house.ailing.append(together.troubles)
    seen, heard = _Seen(house, lobby), _Heard(house, lobby, said, together)
    answering = {
        "/board": seen.board,
        "/board/events": seen.events,
        "/board/logo": seen.logo,
        "/board/speaker": heard.speaker,
        "/board/voice/{event}/{language}": heard.voice,
        "/board/chime": heard.chime,
    }
    return [only("GET", path, endpoint) for path, endpoint in answering.items()]


class _Seen:
    """What a browser shows."""

    def __init__(self, house: House, lobby: Lobby) -> None:
        self._house, self._lobby = house, lobby

    async def board(self, request: Request) -> Response:
        hall = self._house.hall
        try:
            zone = _zone(request, hall)
        except Trouble as trouble:  # read by whoever sets up the TV: which zones there are, not a problem's JSON
            return HTMLResponse(_choice(hall, trouble), trouble.kind.status, headers=headers())
        if zone is None and "zone" not in request.query_params and len(hall.zones) > 1:
            return HTMLResponse(_choice(hall), headers=headers())
        page = document(hall, zone, self._lobby.board(zone), to_ms(self._house.clock()))
        return HTMLResponse(page, headers=headers("board"))

    async def events(self, request: Request) -> Response:
        zone, after = _zone(request, self._house.hall), request.query_params.get("after", "")
        bounds = of_address(request, PAGES_OF_ADDRESS, here=MOST_PAGES)
        feed = self._lobby.watch(zone, int(after) if _is_id(after) else None)
        return FeedResponse(feed, self._house.page_seats, bounds)

    async def logo(self, _: Request) -> Response:
        picture = b64decode(self._house.hall.logo.partition(",")[2])
        if not picture:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(picture, media_type="image/png", headers=_NOT_KEPT)


class _Heard:
    """What it lets be heard, and who else says it."""

    def __init__(self, house: House, lobby: Lobby, said: BoardVoice, together: BoardsHeard) -> None:
        self._house, self._lobby, self._said, self._together = house, lobby, said, together

    async def speaker(self, request: Request) -> Response:
        zone = request.query_params.get("zone", "")
        is_tv = self._house.speaking.voices.is_taken(zone, monotonic())
        if not is_tv and zone in {known.id for known in self._house.hall.zones}:
            self._together.asked(zone, request.query_params.get("page", ""))
        return JSONResponse({"tv": is_tv}, headers=_NOT_KEPT)

    async def voice(self, request: Request) -> Response:
        event, language = request.path_params["event"], request.path_params["language"]
        speech = self._lobby.speech(int(event), language) if _is_id(event) else None
        if speech is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        await self._said.take_up(self._house.hall.voice)
        return Response(await self._said.sentence(speech), media_type=_WAV, headers=_NOT_KEPT)

    async def chime(self, _: Request) -> Response:
        await self._said.take_up(self._house.hall.voice)
        return Response(self._said.chime().read_bytes(), media_type=_WAV, headers=_NOT_KEPT)


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
