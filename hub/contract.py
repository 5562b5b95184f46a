"""What can be asked besides the verbs, collected: how it is served, and what `openapi.py` tells of it.

A type stands once in the contract, among its components, and is named where it is used.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shared.wire import Asked, Problem

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
EVERY_VERB = (400, 401, 403, 422, 503, 507)
"""The statuses any verb may answer with: no key, a key or body that does not fit, a clock or disk in trouble; and
where the hub asks who gives it: nobody, or not the right one."""

PLACE = "#/components/schemas/"

Schema = dict[str, Any]


def named(model: type[BaseModel]) -> Schema:
    """A reference to a type; `with_types` brings the type itself."""
    return {"$ref": f"{PLACE}{model.__name__}"}


def post_of(body: type[Asked], path: str) -> Schema:
    """What OpenAPI says of a POST with this body, and with the ids that stand in braces in `path`."""
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
        "description": "Made by the client before the first try; the same key gets the same answer.",
    }
    content = {JSON: {"schema": named(body)}}
    return {"parameters": [*_places(path), key], "requestBody": {"required": True, "content": content}}


def _places(path: str) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def text_in(place: str, name: str, description: str) -> Schema:
    """What OpenAPI says of a text that may stand in a `query` or a `header`."""
    schema = {"type": "string", "default": ""}
    return {"name": name, "in": place, "required": False, "description": description, "schema": schema}


def problems(*codes: int) -> dict[int | str, Schema]:
    """What OpenAPI says of refusals with these statuses."""
    return {code: {"content": {PROBLEM_JSON: {"schema": named(Problem)}}} for code in codes}


Endpoint = Callable[[Request], Awaitable[Response]]


def only(method: str, path: str, endpoint: Endpoint) -> Route:
    """A route for this method alone."""
    route = Route(path, endpoint)
    route.methods = {method}  # without HEAD, which Starlette adds to GET: that of a feed would not end
    return route


class Told(NamedTuple):
    """One thing that can be asked. `endpoint`: who answers; its name and docstring stand in OpenAPI.

    `answer`: the type, or types, of what is answered; None where `responses` say all of it. `extra`: what OpenAPI says
    of what is sent.
    """

    method: str
    path: str
    endpoint: Endpoint
    answer: object
    responses: dict[int | str, Schema]
    extra: Schema

    def served(self) -> Route:
        """It, as the server looks for it."""
        return only(self.method, self.path, self.endpoint)


class Routes:
    """What can be asked under one prefix."""

    def __init__(self, prefix: str = "") -> None:
        self.told: list[Told] = []
        self._prefix = prefix

    def get(
        self,
        path: str,
        *,
        answer: object,
        responses: dict[int | str, Schema] | None = None,
        takes: Sequence[Schema] = (),
    ) -> Callable[[Endpoint], Endpoint]:
        """The decorated function answers a GET. `takes`: what may be sent with it, beside the ids in `path`."""
        sent = [*_places(path), *takes]
        return self._add("GET", path, answer, responses or {}, {"parameters": sent} if sent else {})

    def post(
        self, path: str, body: type[Asked], *, answer: object, responses: dict[int | str, Schema]
    ) -> Callable[[Endpoint], Endpoint]:
        """The decorated function answers a POST with this body and an Idempotency-Key."""
        return self._add("POST", path, answer, responses, post_of(body, path))

    def _add(self, method: str, path: str, *told: Any) -> Callable[[Endpoint], Endpoint]:  # noqa: ANN401  -- as Told has them
        def add(endpoint: Endpoint) -> Endpoint:
            answer, responses, extra = told
            self.told.append(Told(method, self._prefix + path, endpoint, answer, responses, extra))
            return endpoint

        return add
