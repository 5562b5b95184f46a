"""From HTTP to the floor and back: keys, bodies, languages; troubles as problem+json."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar
from uuid import UUID

from fastapi import Request, Response
from pydantic import ValidationError

from hub.once import Ask, Reply, answer_once, refusal
from hub.rows import to_ms
from hub.store import Book
from hub.writer import Writer
from shared.trouble import Trouble
from shared.wire import Answer, Asked

JSON = "application/json"
PROBLEM = "application/problem+json"
LANGUAGES = ("id", "en")
BODY_LIMIT = 64 * 1024
"""No body of ours is longer; in bytes."""

A = TypeVar("A", bound=Asked)
Act = Callable[[Book, datetime], Answer | None]


class Door:
    """Where requests become verbs."""

    def __init__(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self.clock = clock

    async def settle(self, ask: Ask, act: Act, status: int = HTTPStatus.OK) -> Response:
        """Have `act` done once for the key of `ask`, and answer what it says; 204 when it says None."""

        def work(book: Book) -> Reply:
            now = self.clock()
            return answer_once(book, ask, to_ms(now), lambda page: _reply(act(page, now), status))

        return response(await self._writer.write(work))


def _reply(answer: Answer | None, status: int) -> Reply:
    if answer is None:
        return Reply(HTTPStatus.NO_CONTENT, b"")
    return Reply(status, answer.model_dump_json().encode())


async def asked(request: Request, kind: type[A]) -> tuple[Ask, A]:
    """The key and the body of a request. Raises Trouble: key_missing, bad_request."""
    key = request.headers.get("idempotency-key", "").strip('"')  # the draft's structured field puts it in quotes
    try:
        uuid = UUID(key)
    except ValueError:
        raise Trouble("key_missing") from None
    body = await _body(request)
    try:
        told = kind.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise Trouble("bad_request", what=_first(error)) from None
    return Ask(uuid, request.url.path, told.model_dump_json(), language(request)), told


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_LIMIT:
            raise Trouble("bad_request", what=f"> {BODY_LIMIT} B")
    return body


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def language(request: Request) -> str:
    """The language asked for, else Indonesian."""
    return chosen_language(request) or LANGUAGES[0]


def chosen_language(request: Request) -> str | None:
    """The best of our languages in Accept-Language (RFC 9110, 12.5.4); None when it names none of them."""
    wanted = [_weighed(part) for part in request.headers.get("accept-language", "").split(",")]
    ours = [(-weight, code) for code, weight in wanted if code in LANGUAGES and weight > 0]
    return min(ours, key=lambda one: one[0])[1] if ours else None


def _weighed(part: str) -> tuple[str, float]:
    code, _, weight = part.partition(";")
    try:
        return code.strip().lower().split("-")[0], float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return "", 0


def response(reply: Reply) -> Response:
    """A reply as HTTP."""
    kind = JSON if reply.status < HTTPStatus.BAD_REQUEST else PROBLEM
    return Response(reply.body, reply.status, media_type=kind if reply.body else None)


def problem(trouble: Trouble, request: Request) -> Response:
    """A trouble as HTTP, in the language of the request."""
    return response(refusal(trouble, language(request)))
