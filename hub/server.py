"""The door to the LAN: the routes as an application, and the server that ends when told."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from http import HTTPStatus
from types import FrameType
from typing import Literal

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan

from hub.certificate import Identity
from hub.contract import Endpoint, Routes, only
from hub.door import JSON, PROBLEM, Gone, Headers, VerbDoor, is_of_a_verb
from hub.house import House
from hub.line import Line
from hub.once import refusal
from hub.page_routes import pages
from hub.routes import api, short
from hub.seats import NO_STORE
from shared.trouble import Trouble

_RETRY_SECONDS = "5"


def app_of(house: House) -> Starlette:
    """The hub as an ASGI application, all but the verbs."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with house.running():
            yield

    asked = api(house)
    routes = [*(told.served() for told in asked.told), only("GET", "/openapi.json", _contract_of(asked))]
    if house.guard.is_open:
        routes += pages(house)
    return _application(routes, lifespan)


def _contract_of(asked: Routes) -> Endpoint:
    one_at_a_time = asyncio.Lock()

    @cache
    def text() -> bytes:
        from hub.openapi import contract  # noqa: PLC0415  -- FastAPI costs every start 0.4 s; few ask for this

        return bytes(JSONResponse(contract(asked)).body)

    async def openapi(_: Request) -> Response:
        async with one_at_a_time:
            return Response(await asyncio.to_thread(text), media_type=JSON.decode())

    return openapi


def _application(routes: list[Route], lifespan: Lifespan[Starlette] | None = None) -> Starlette:
    handlers = {Trouble: _refuse, HTTPException: _not_here, Gone: _gone, Exception: _fault}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)
    app.router.redirect_slashes = (
        False  # one address, one thing; a redirect would repeat whatever Host the client named
    )
    return app


def pages_of(house: House) -> Starlette:
    """What stands on the port of the visitors' pages: these, and the short health."""

    async def health(_: Request) -> Response:
        return Response(short(house.health()).model_dump_json(), media_type=JSON.decode(), headers=NO_STORE)

    app = _application([*pages(house), only("GET", "/api/health", health)])
    app.add_exception_handler(HTTPException, _no_page)
    return app


async def _no_page(request: Request, _: Exception) -> Response:
    # Not which methods there are: here are pages to be read, and nothing of the contract.
    return _problem(Trouble("not_found"), request)


async def _refuse(request: Request, error: Exception) -> Response:
    if not isinstance(error, Trouble):
        raise error
    return _problem(error, request)


async def _not_here(request: Request, error: Exception) -> Response:
    allowed = _allowed(request.url.path, error)
    if not allowed:
        return _problem(Trouble("not_found"), request)
    answer = _problem(Trouble("method_not_allowed", method=request.method), request)
    answer.headers["Allow"] = ", ".join(allowed)  # RFC 9110, 15.5.6
    return answer


def _allowed(path: str, error: Exception) -> list[str]:
    """The methods that this path knows; none where there is no such path. A verb is no route, see `VerbDoor`."""
    routed = ""
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        routed = (error.headers or {}).get("Allow", "")
    return [*filter(None, routed.split(", ")), *(["POST"] if is_of_a_verb(path) else [])]


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=HTTPStatus.BAD_REQUEST)  # to nobody


async def _fault(request: Request, _: Exception) -> Response:
    # The server logs the bug with its trace after this answer.
    return _problem(Trouble("hub_fault"), request)


def _problem(trouble: Trouble, request: Request) -> Response:
    reply = refusal(trouble, Headers(request.scope["headers"]).language)
    wait = {"Retry-After": _RETRY_SECONDS} if reply.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return Response(reply.body, reply.status, media_type=PROBLEM.decode(), headers=wait)


def _config(app: ASGIApp, identity: Identity | None = None, *, lifespan: Literal["on", "off"] = "on") -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Line,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        lifespan=lifespan,
        ssl_certfile=identity and identity.certificate,
        ssl_keyfile=identity and identity.private,
        ssl_ciphers="ECDHE+AESGCM:ECDHE+CHACHA20",  # of TLS 1.2: uvicorn's own choice are the oldest
    )


class PagesServer(uvicorn.Server):
    """The server of the visitors' pages, on a port of its own beside the hub's; told to end by that."""

    def __init__(self, house: House, listener: socket.socket) -> None:
        super().__init__(_config(pages_of(house), lifespan="off"))
        self._listener = listener
        self._listens = asyncio.Event()
        self._serving: asyncio.Task[None]

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals go to the hub's own server."""
        yield

    async def begin(self) -> None:
        """Listen."""
        self._serving = asyncio.create_task(self.serve([self._listener]))
        await self._listens.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then let the hub go on."""
        try:
            await super().startup(sockets)
        finally:
            self._listens.set()

    async def finish(self) -> None:
        """Let those who asked have their answers, then end."""
        self.should_exit = True
        await self._serving


class Server(uvicorn.Server):
    """uvicorn that says when it listens, and wakes the open feeds when it is told to end.

    With an `identity` it speaks TLS; `pages`: the listener of the visitors' pages, which then have their own port.
    """

    def __init__(
        self,
        house: House,
        ready: Callable[[], None],
        *,
        identity: Identity | None = None,
        pages: socket.socket | None = None,
    ) -> None:
        super().__init__(_config(VerbDoor(app_of(house), house), identity))
        self._house, self._ready = house, ready
        self._pages = pages and PagesServer(house, pages)
        house.office.fingerprint = identity and identity.fingerprint

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._house.speaking.open()
        if self._pages and self.started:
            await self._pages.begin()
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End; the pages first, which show what is the house's."""
        if self._pages:
            await self._pages.finish()
        await super().shutdown(sockets)

    def handle_exit(self, _sig: int, _frame: FrameType | None) -> None:
        """End, and have the feeds end: an open one would keep the server. Asked twice, end at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        if self._pages:
            self._pages.force_exit, self._pages.should_exit = self.force_exit, True
        self._house.feed.close()
