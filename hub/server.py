"""The door to the LAN: the routes as an application, and the server that ends when told."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from types import FrameType
from typing import Any, Literal

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from hub.certificate import Identity
from hub.contract import with_types
from hub.door import JSON, PROBLEM, Gone, Headers, VerbDoor, is_of_a_verb
from hub.house import House
from hub.line import Line
from hub.once import refusal
from hub.page_routes import pages
from hub.routes import api, short, types, verbs
from hub.seats import NO_STORE
from shared.model import API_VERSION
from shared.trouble import Trouble

_ABOUT = """The queue of one hall: tickets, calls, the board, the event feed. Errors are problem+json (RFC 9457)
with a stable `type`; every POST wants an `Idempotency-Key`."""

_RETRY_SECONDS = "5"


class App(FastAPI):
    """The hub's application: its OpenAPI tells of the routes, and of the verbs, which are no routes."""

    def openapi(self) -> dict[str, Any]:
        """The LAN contract."""
        if not self.openapi_schema:
            routes = [*verbs().routes, *self.routes]
            told = get_openapi(title=self.title, version=self.version, description=_ABOUT, routes=routes)
            self.openapi_schema = with_types(told, types())
        return self.openapi_schema


def app_of(house: House) -> FastAPI:
    """The hub as an ASGI application, all but the verbs."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with house.running():
            yield

    # FastAPI's own documentation pages fetch scripts from the internet, which a hall does not have.
    app = App(
        title="Antre",
        version=API_VERSION,
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # one address, one thing; a redirect would repeat whatever Host the client named
    )
    app.include_router(api(house))
    if house.guard.is_open:
        app.include_router(pages(house))
    return _with_handlers(app)


def pages_of(house: House) -> FastAPI:
    """What stands on the port of the visitors' pages: these, and the short health."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(pages(house))

    @app.get("/api/health")
    async def health() -> Response:
        return Response(short(house.health()).model_dump_json(), media_type=JSON.decode(), headers=NO_STORE)

    _with_handlers(app)
    app.add_exception_handler(HTTPException, _no_page)
    return app


async def _no_page(request: Request, _: Exception) -> Response:
    # Not which methods there are: here are pages to be read, and nothing of the contract.
    return _problem(Trouble("not_found"), request)


def _with_handlers(app: FastAPI) -> FastAPI:
    app.add_exception_handler(Trouble, _refuse)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(Gone, _gone)
    app.add_exception_handler(Exception, _fault)
    return app


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


async def _unfit(request: Request, error: Exception) -> Response:
    return _problem(Trouble("bad_request", what=str(error)), request)


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
