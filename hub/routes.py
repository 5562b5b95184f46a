"""The LAN contract's routes besides the verbs, and the verbs' documentation."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from hub.configuration_routes import configuration
from hub.contract import EVERY_VERB, JSON, named, post_of, problems
from hub.door import Headers, json_response, parsed, read_body, session_token
from hub.house import House
from hub.once import Ask, key_of
from hub.overview import overview
from hub.people import Asker
from hub.seats import FEEDS_OF_ADDRESS, FEEDS_OF_THIS_PC, NO_STORE, SSE, FeedResponse, of_address
from hub.verbs import VERBS
from shared.access_wire import PairedDevices, ShortHealth, StaffList
from shared.configuration_wire import CheckText, Configure, GoBack
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import Answer, Board, CounterView, Device, DeviceReport, Event, Health, Offers, Overview, Problem


def verbs() -> APIRouter:
    """The verbs as OpenAPI tells of them. The door answers them before any route is looked for."""
    router = APIRouter()
    for verb in VERBS:
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
    return router


def types() -> list[type[BaseModel]]:
    """The types that OpenAPI names besides those of the answers."""
    return [*{verb.body for verb in VERBS}, DeviceReport, Problem, Event, Configure, GoBack, CheckText]


def _nothing(when: str) -> dict[int | str, dict[str, Any]]:
    return {HTTPStatus.NO_CONTENT.value: {"description": when}} if when else {}


def _told_at_the_door() -> None:
    raise AssertionError("the door answers every verb")


def api(house: House) -> APIRouter:
    """Every route under /api that is no verb."""
    router = APIRouter(prefix="/api")
    _devices(router, house)
    _now(router, house)
    _people(router, house)
    _events(router, house)
    router.include_router(configuration(house))
    return router


def _devices(router: APIRouter, house: House) -> None:
    path = "/devices/{kind}/{device}"

    @router.post(
        path,
        response_model=Device,
        responses=problems(*EVERY_VERB, 404),
        openapi_extra=post_of(DeviceReport, ""),
    )
    async def report(request: Request, kind: str, device: str) -> Response:
        """Report a device's health: when it changes, and every 5 s; a counter's app every 10 s.

        Idempotent by nature: sent twice, it says the same twice. Its answer is kept for its key in memory until the
        device's next report; for 24 hours, as every other verb's, only where it was news.
        """
        headers = Headers(request.scope["headers"])
        key = key_of(headers.key)
        body = parsed(await read_body(request.receive), DeviceReport)
        ask = Ask(key, request.url.path, body.model_dump_json().encode(), headers.language, house.vault.salt)
        house.heard(session_token(request.scope["headers"]))
        return json_response(await house.reported(ask, kind, device, body))


def _now(router: APIRouter, house: House) -> None:
    @router.get("/hall", response_model=Hall, responses=problems(401, 403))
    async def hall() -> Response:
        """What clients need of the configuration."""
        return _bytes(house.hall_text)

    @router.get("/board", response_model=Board, responses=problems(401, 403, 404))
    async def board(zone: Annotated[str, Query(description="A zone of the hall; without it, all.")] = "") -> Response:
        """What a TV shows now."""
        return _bytes(house.views.board(house.clock(), zone or None))

    @router.get("/offers", response_model=Offers, responses=problems(401, 403))
    async def offers() -> Response:
        """What is given now and what is not, and when that next changes."""
        return _json(house.views.offers(house.clock()))

    @router.get("/counters/{counter}", response_model=CounterView, responses=problems(401, 403, 404))
    async def counter_view(counter: str) -> Response:
        """What an officer sees now."""
        now = house.clock()
        return _bytes(house.views.counter(now, counter, house.devices.in_trouble(now), refused=house.refused))

    @router.get("/overview", response_model=Overview)
    async def whole_hall() -> Response:
        """How the whole hall stands now, for a supervisor."""
        now = house.clock()
        return _bytes(overview(house.floor, house.store.read, now, house.devices.all(now)))

    @router.get("/health", response_model=Health | ShortHealth)
    async def health(request: Request) -> Response:
        """The hub, its database, its devices; to who shows no key, only that a hub is here, and whose."""
        asker: Asker = request.scope["asker"]
        told = house.health()
        return _json(short(told) if asker.is_nobody else told)


def _people(router: APIRouter, house: House) -> None:
    @router.get("/staff", response_model=StaffList, responses=problems(401, 403))
    async def staff(request: Request) -> Response:
        """Who may sign in; an administrator sees those that were taken off the list too."""
        return _json(house.office.staff(request.scope["asker"]))

    @router.get("/pairings", response_model=PairedDevices, responses=problems(401, 403))
    async def pairings() -> Response:
        """The devices that have a key. An administrator's to see at every hub, or with the hub PC's own key."""
        return _json(house.office.paired())


def short(health: Health) -> ShortHealth:
    """What everybody may know of the hub's health."""
    return ShortHealth.model_validate(health.model_dump())


def _json(answer: Answer) -> Response:
    return _bytes(answer.model_dump_json().encode())


def _bytes(answer: bytes) -> Response:
    return Response(answer, media_type=JSON, headers=NO_STORE)


def _events(router: APIRouter, house: House) -> None:
    @router.get(
        "/events",
        response_class=StreamingResponse,
        responses={200: {"content": {SSE: {"schema": named(Event)}}}, **problems(401, 403, 422, 503)},
    )
    async def events(
        request: Request,
        after: Annotated[str, Query(description="The last event already known; Last-Event-ID goes before it.")] = "",
        last_event_id: Annotated[str, Header(description="As `after`; browsers send it by themselves.")] = "",
    ) -> Response:
        """Every event as it comes, as Server-Sent Events: `id`, `event` (its kind), `data` (an Event).

        Every 5 s an event `clock` without id tells the hub's time.
        """
        listening = house.feed.listen(_event_id(last_event_id or after))
        bounds = of_address(request, FEEDS_OF_ADDRESS, here=FEEDS_OF_THIS_PC)
        return FeedResponse(house.while_known(listening, request.scope["asker"]), house.feed_seats, bounds)


_LONGEST_ID = 18
"""Digits of the largest id the database can hold, less one."""


def _event_id(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST_ID:
        raise Trouble("bad_request", what=f"after: {text[:40]}")
    return int(text)
