"""The routes of the hall's configuration: its history, checking a text, taking it up, going back."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from hub.configuring import Configuring
from hub.contract import EVERY_VERB, JSON, PROBLEM_JSON, Routes, problems
from hub.door import Headers, parsed, read_body
from hub.house import House
from hub.once import Ask, Reply, key_of
from hub.seats import NO_STORE
from shared.configuration_wire import (
    Checked,
    CheckText,
    Configuration,
    ConfigurationFacts,
    Configurations,
    Configure,
    GoBack,
)
from shared.trouble import Trouble
from shared.wire import Answer, Asked
from shared.words import Words

A = TypeVar("A", bound=Asked)

TEXT_BODY = 2 * 1024 * 1024
"""Bytes of a body that carries a whole site file: 600,000 characters, some of them escaped."""


def add_configuration(routes: Routes, house: House) -> None:
    """Every route under /api/configuration and /api/configurations."""
    _history(routes, house)
    _changes(routes, house)


def _history(routes: Routes, house: House) -> None:
    @routes.get("/configurations", answer=Configurations, responses=problems(401, 403, 404))
    async def configurations(_: Request) -> Response:
        """The configurations this hub has had, newest first, and why the file is not in force, where it is not."""
        return _json(_of(house).listed())

    @routes.get("/configurations/{number}", answer=Configuration, responses=problems(401, 403, 404))
    async def one(request: Request) -> Response:
        """One of them with its text, comments and all."""
        return _json(_of(house).one(_id(request.path_params["number"])))


def _changes(routes: Routes, house: House) -> None:
    @routes.post("/configuration", Configure, answer=ConfigurationFacts, responses=problems(*EVERY_VERB, 404, 409))
    async def configure(request: Request) -> Response:
        """Have this text in force, and in the hub's file; 422 tells all that is wrong with it, 409 who would be lost.

        409 `configuration_moved` where `base` is not the newest any more; `now` is what is.
        """
        return await _settled(house, request, Configure, lambda ask, body: _of(house).configure(ask, body))

    @routes.post("/configuration/undo", GoBack, answer=ConfigurationFacts, responses=problems(*EVERY_VERB, 404, 409))
    async def undo(request: Request) -> Response:
        """Have an earlier configuration again. The one in force rewrites its file over whatever stands there."""
        return await _settled(house, request, GoBack, lambda ask, body: _of(house).go_back(ask, body))

    @routes.post("/configuration/check", CheckText, answer=Checked, responses=problems(*EVERY_VERB, 404))
    async def check(request: Request) -> Response:
        """What stands against this text; nothing is changed. Its answer is not kept: it is another an hour later."""
        headers = Headers(request.scope["headers"])
        key_of(headers.key)
        body = parsed(await read_body(request.receive, limit=TEXT_BODY), CheckText)
        return _json(await _of(house).checked(body.text, Words(headers.language)))


async def _settled(
    house: House, request: Request, kind: type[A], settle: Callable[[Ask, A], Awaitable[Reply]]
) -> Response:
    headers = Headers(request.scope["headers"])
    key = key_of(headers.key)
    body = parsed(await read_body(request.receive, limit=TEXT_BODY), kind)
    told, asker = body.model_dump_json().encode(), request.scope["asker"]
    ask = Ask(key, request.url.path, told, headers.language, house.vault.salt, asker)
    reply = await settle(ask, body)
    kind_of = JSON if reply.status == 200 else PROBLEM_JSON  # noqa: PLR2004  -- taken up, or refused
    return Response(reply.body, reply.status, media_type=kind_of)


def _of(house: House) -> Configuring:
    if house.configuring is None:
        raise Trouble("not_found")
    return house.configuring


_LONGEST_ID = 18


def _id(text: str) -> int:
    if not text.isdecimal() or len(text) > _LONGEST_ID:
        raise Trouble("unknown_configuration")
    return int(text)


def _json(answer: Answer) -> Response:
    return Response(answer.model_dump_json().encode(), media_type=JSON, headers=NO_STORE)
