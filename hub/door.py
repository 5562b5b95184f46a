"""The verbs' door: a POST becomes an ask, the floor's word becomes an answer.

It stands before Starlette's own layers, which cost more than taking a ticket: with the verbs behind them the
hub gave 0.3 of an empty POST's rate.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import TypeVar

from pydantic import ValidationError
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.house import House
from hub.language import best_language
from hub.once import Ask, Reply, key_of, refusal
from hub.people import Asker
from hub.rows import to_ms
from hub.verbs import VERBS, Order, Verb
from shared.trouble import Trouble
from shared.wire import Asked

JSON = b"application/json"
PROBLEM = b"application/problem+json"
BODY_LIMIT = 64 * 1024
"""No body of ours is longer; in bytes."""

log = logging.getLogger(__name__)

A = TypeVar("A", bound=Asked)


class Gone(Exception):  # noqa: N818  -- no error: who hangs up in the middle of an order has given none
    """The client hung up before its body's end; nobody is there to be answered."""


Place = tuple[str, str]


def is_of_a_verb(path: str) -> bool:
    """Whether a verb of the contract is asked at this path, by POST."""
    return _place(path) in {_place(verb.path) for verb in VERBS}


class VerbDoor:
    """The hub's outermost ASGI application: answers the verbs itself and lets everything else through to `app`."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app, self._house = app, house
        self._verbs = {_place(verb.path): verb for verb in VERBS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["method"] == "POST":
            path: str = scope["path"]
            if verb := self._verbs.get(_place(path)):
                with suppress(Gone):
                    await answer(await self._reply(verb, scope, receive), send)
                return
        if scope["type"] == "http":
            try:
                scope["asker"] = self._admit(scope)
            except Trouble as trouble:
                await answer(refusal(trouble, Headers(scope["headers"]).language), send)
                return
        await self._app(scope, receive, send)

    def _admit(self, scope: Scope) -> Asker:
        """Who asks for what is no verb."""
        now = to_ms(self._house.clock())
        return self._house.guard.admit_to(scope["method"], scope["path"], scope["headers"], now)

    async def _reply(self, verb: Verb, scope: Scope, receive: Receive) -> Reply:
        headers, house = Headers(scope["headers"]), self._house
        try:
            path: str = scope["path"]
            whose = _whose(path)
            asker = house.guard.admit(verb, scope["headers"], whose, house.clock)
            key = key_of(headers.key)
            body = parsed(await read_body(receive), verb.body)
            if asker.key is not None:
                body = house.guard.as_own(verb, asker, whose, body)
            ask = Ask(key, path, body.model_dump_json().encode(), headers.language, house.vault.salt, asker)
            return await house.settle(Order(ask, verb, whose, body))
        except Trouble as trouble:
            return refusal(trouble, headers.language)
        except Gone:
            raise
        except Exception:
            log.exception("a fault in the program, at %s", scope["path"])
            return refusal(Trouble("hub_fault"), headers.language)


def _place(path: str) -> Place:
    """What tells one verb's path from another's: `/api/counters/5/next` → `counters`, `next`."""
    parts = path.split("/")
    if parts[1:2] != ["api"]:
        return ("", "")
    match parts[2:]:
        case [one]:
            return one, ""
        case [one, other]:
            return f"{one}/{other}", ""  # of no one's, as `quiet/end`
        case [one, _, verb]:
            return one, verb
    return "", ""


def _whose(path: str) -> str:
    """The id in the middle of a verb's path."""
    return path.split("/")[3] if path.count("/") > 3 else ""  # noqa: PLR2004  -- '', api, counters, the id, a verb


class Headers:
    """The headers a verb looks at."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.key = ""
        wanted = b""
        for name, value in headers:
            if name == b"idempotency-key":
                self.key = value.decode("latin-1")
            elif name == b"accept-language":
                wanted = value
        self.language = (best_language(wanted.decode("latin-1")) if wanted else None) or "id"


def session_token(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The token in Antre-Session; '' without one."""
    return next((value.decode("latin-1") for name, value in headers if name == b"antre-session"), "")


async def read_body(receive: Receive, *, limit: int = BODY_LIMIT) -> bytes:
    """The whole body of a request. Raises Trouble('bad_request') for one of more bytes, Gone for half of one."""
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise Trouble("bad_request", what=f"> {limit} B")
    return body


def parsed(body: bytes, kind: type[A]) -> A:
    """The body as what was asked; none is an empty object. Raises Trouble('bad_request')."""
    try:
        return kind.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise Trouble("bad_request", what=_first(error)) from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def json_response(reply: Reply) -> Response:
    """A reply as a route answers it."""
    return Response(reply.body, reply.status, media_type=JSON.decode())


async def answer(reply: Reply, send: Send) -> None:
    """Send a reply."""
    headers = [(b"content-length", b"%d" % len(reply.body))]
    if reply.body:
        headers.append((b"content-type", JSON if reply.status < HTTPStatus.BAD_REQUEST else PROBLEM))
    elif reply.status == HTTPStatus.NO_CONTENT:
        headers = []  # RFC 9110, 8.6: a 204 has no length
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
