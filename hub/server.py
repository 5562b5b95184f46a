"""The door to the LAN: the routes as an application, and the server that ends when told."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from hub.contract import with_types
from hub.door import PROBLEM, Gone, Headers, VerbDoor, is_of_a_verb
from hub.house import House
from hub.line import Line
from hub.once import refusal
from hub.page_routes import pages
from hub.routes import api, types, verbs
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
    app.include_router(pages(house))
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


class Server(uvicorn.Server):
    """uvicorn that says when it listens, and wakes the open feeds when it is told to end."""

    def __init__(self, house: House, ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            VerbDoor(app_of(house), house),
            http=Line,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._house, self._ready = house, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, _sig: int, _frame: FrameType | None) -> None:
        """End, and have the feeds end: an open one would keep the server. Asked twice, end at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._house.feed.close()
