"""What OpenAPI says of the types: each stands once, among the components, and is named where it is used."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from shared.wire import Asked, Problem

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
EVERY_VERB = (400, 401, 403, 422, 503, 507)
"""The statuses any verb may answer with: no key, a key or body that does not fit, a clock or disk in trouble; and
where the hub asks who gives it: nobody, or not the right one."""

_PLACE = "#/components/schemas/"

Schema = dict[str, Any]


def named(model: type[BaseModel]) -> Schema:
    """A reference to a type; `with_types` brings the type itself."""
    return {"$ref": f"{_PLACE}{model.__name__}"}


def with_types(contract: Schema, models: list[type[BaseModel]]) -> Schema:
    """The contract with these types, and those they are made of, among its components; what is there already stays."""
    _, told = models_json_schema([(model, "validation") for model in models], ref_template=_PLACE + "{model}")
    types = contract.setdefault("components", {}).setdefault("schemas", {})
    contract["components"]["schemas"] = told["$defs"] | types
    return contract


def post_of(body: type[Asked], path: str) -> Schema:
    """What OpenAPI says of a POST with this body, and with the ids that stand in braces in `path`."""
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
        "description": "Made by the client before the first try; the same key gets the same answer.",
    }
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    content = {JSON: {"schema": named(body)}}
    return {"parameters": [*places, key], "requestBody": {"required": True, "content": content}}


def problems(*codes: int) -> dict[int | str, Schema]:
    """What OpenAPI says of refusals with these statuses."""
    return {code: {"content": {PROBLEM_JSON: {"schema": named(Problem)}}} for code in codes}
