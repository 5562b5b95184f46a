"""The door to the LAN: the routes as an application, and the server that ends when told."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from hub.door import problem
from hub.house import House
from hub.page_routes import pages
from hub.routes import api
from shared.model import API_VERSION
from shared.trouble import Trouble

_ABOUT = """The queue of one hall: tickets, calls, the board, the event feed. Errors are problem+json (RFC 9457)
with a stable `type`; every POST wants an `Idempotency-Key`."""


def app_of(house: House) -> FastAPI:
    """The hub as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with house.running():
            yield

    # FastAPI's own documentation pages fetch scripts from the internet, which a hall does not have.
    app = FastAPI(
        title="Antre", version=API_VERSION, description=_ABOUT, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.include_router(api(house))
    app.include_router(pages(house))
    app.add_exception_handler(Trouble, _refuse)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(Exception, _fault)
    return app


async def _refuse(request: Request, error: Exception) -> Response:
    if not isinstance(error, Trouble):
        raise error
    return problem(error, request)


async def _not_here(request: Request, error: Exception) -> Response:
    answer = problem(Trouble("not_found"), request)
    if isinstance(error, HTTPException):
        answer.status_code = error.status_code
    return answer


async def _fault(request: Request, _: Exception) -> Response:
    # The server logs the bug with its trace after this answer.
    return problem(Trouble("hub_fault"), request)


class Server(uvicorn.Server):
    """uvicorn that says when it listens, and wakes the open feeds when it is told to end."""

    def __init__(self, house: House, ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app_of(house), log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1
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
