"""The LAN contract as OpenAPI tells it: of the verbs, which are no routes, and of all else.

Imported when somebody asks for it: FastAPI, which writes it, would cost every start of the hub 0.4 s.
"""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse, StreamingResponse

from hub.contract import EVERY_VERB, PLACE, Routes, Schema, Told, post_of, problems
from hub.verbs import VERBS, Verb
from shared.booking_wire import ImportBookings
from shared.configuration_wire import CheckText, Configure, GoBack
from shared.model import API_VERSION
from shared.wire import DeviceReport, Event, Problem, VoiceClaim

_ABOUT = """The queue of one hall: tickets, calls, the board, the event feed. Errors are problem+json (RFC 9457)
with a stable `type`; every POST wants an `Idempotency-Key`."""


def contract(routes: Routes) -> Schema:
    """The verbs and these routes, as an OpenAPI document."""
    router = APIRouter()
    for verb in VERBS:
        _add_verb(router, verb)
    for told in routes.told:
        _add(router, told)
    document = get_openapi(title="Antre", version=API_VERSION, description=_ABOUT, routes=router.routes)
    return _with_types(document, _types())


def _add_verb(router: APIRouter, verb: Verb) -> None:
    router.add_api_route(
        verb.path,
        _told_at_the_door,
        methods=["POST"],
        status_code=verb.status,
        response_model=verb.answer,
        responses=problems(*EVERY_VERB, *verb.refusals) | _nothing(verb.nothing),
        openapi_extra=post_of(verb.body, verb.path),
        description=verb.meaning,
        name=verb.path.rpartition("/")[2],
    )


def _add(router: APIRouter, told: Told) -> None:
    router.add_api_route(
        told.path,
        told.endpoint,
        methods=[told.method],
        response_model=told.answer,
        response_class=JSONResponse if told.answer else StreamingResponse,
        responses=told.responses,
        openapi_extra=told.extra,
    )


def _nothing(when: str) -> dict[int | str, dict[str, Any]]:
    return {HTTPStatus.NO_CONTENT.value: {"description": when}} if when else {}


def _told_at_the_door() -> None:
    raise AssertionError("the door answers every verb")


def _types() -> list[type[BaseModel]]:
    """The types that OpenAPI names besides those of the answers."""
    return [
        *{verb.body for verb in VERBS},
        DeviceReport,
        VoiceClaim,
        Problem,
        Event,
        Configure,
        GoBack,
        CheckText,
        ImportBookings,
    ]


def _with_types(document: Schema, models: list[type[BaseModel]]) -> Schema:
    """With these types, and those they are made of, among its components; what is there already stays."""
    _, told = models_json_schema([(model, "validation") for model in models], ref_template=PLACE + "{model}")
    types = document.setdefault("components", {}).setdefault("schemas", {})
    document["components"]["schemas"] = told["$defs"] | types
    return document
