"""The LAN contract as HTTP routes."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from hub.door import JSON, asked, response
from hub.house import House
from shared.trouble import Trouble
from shared.wire import (
    Answer,
    Asked,
    Board,
    Call,
    CounterView,
    Device,
    DeviceReport,
    Event,
    Hall,
    Health,
    Nothing,
    OnTicket,
    PrintOutcome,
    Problem,
    TakeTicket,
    Ticket,
)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

SSE = "text/event-stream"
NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class DirectRoute(APIRoute):
    """A documented route whose endpoint gets the request and the path's values, and answers bytes.

    FastAPI's own reading of bodies and checking of answers costs a third of the whole request.
    """

    def get_route_handler(self) -> Handler:
        """The endpoint itself."""
        endpoint = self.endpoint

        async def handler(request: Request) -> Response:
            answer: Response = await endpoint(request, **request.path_params)
            return answer

        return handler


def _post(body: type[Asked]) -> dict[str, Any]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
        "description": "Made by the client before the first try; the same key gets the same answer.",
    }
    schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"parameters": [key], "requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


def _problems(*codes: int) -> dict[int | str, dict[str, Any]]:
    said = {"model": Problem, "content": {"application/problem+json": {}}}
    return dict.fromkeys(codes, said)


def _json(answer: Answer) -> Response:
    return Response(answer.model_dump_json().encode(), media_type=JSON, headers=NO_STORE)


def _query(name: str, kind: str, meaning: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind}, "description": meaning}


def api(house: House) -> APIRouter:
    """Every route under /api."""
    router = APIRouter(prefix="/api", route_class=DirectRoute)
    _tickets(router, house)
    _counters(router, house)
    _devices(router, house)
    _reads(router, house)
    return router


def _tickets(router: APIRouter, house: House) -> None:
    floor = house.floor

    @router.post(
        "/tickets",
        status_code=HTTPStatus.CREATED,
        response_model=Ticket,
        responses=_problems(400, 404, 422, 503, 507),
        openapi_extra=_post(TakeTicket),
    )
    async def take(request: Request) -> Response:
        """Take a number. `token` and `url` (what the QR opens) stand only in this answer."""
        ask, body = await asked(request, TakeTicket)
        return await house.door.settle(ask, lambda book, now: floor.take(book, now, body), HTTPStatus.CREATED)

    @router.post(
        "/tickets/{ticket}/cancel",
        response_model=Ticket,
        responses=_problems(400, 404, 409, 422, 503, 507),
        openapi_extra=_post(Nothing),
    )
    async def cancel(request: Request, ticket: str) -> Response:
        """Give a number back while it waits, shortly after it was taken."""
        ask, _ = await asked(request, Nothing)
        return await house.door.settle(ask, lambda book, now: floor.cancel(book, now, _number(ticket)))

    @router.post(
        "/tickets/{ticket}/printed",
        response_model=Ticket,
        responses=_problems(400, 404, 422, 503, 507),
        openapi_extra=_post(PrintOutcome),
    )
    async def printed(request: Request, ticket: str) -> Response:
        """Say what became of the paper."""
        ask, body = await asked(request, PrintOutcome)
        return await house.door.settle(ask, lambda book, now: floor.printed(book, now, _number(ticket), body))


def _number(ticket: str) -> int:
    if not ticket.isdecimal():
        raise Trouble("unknown_ticket")
    return int(ticket)


def _counters(router: APIRouter, house: House) -> None:
    floor = house.floor
    refusals = _problems(400, 404, 409, 422, 503, 507)

    @router.post(
        "/counters/{counter}/next",
        response_model=Call,
        responses={204: {"description": "Nobody waits."}, **_problems(400, 404, 422, 503, 507)},
        openapi_extra=_post(Nothing),
    )
    async def next_(request: Request, counter: str) -> Response:
        """Finish who is at the counter and call who came first."""
        ask, _ = await asked(request, Nothing)
        return await house.door.settle(ask, lambda book, now: floor.next(book, now, counter))

    verbs: dict[str, tuple[Callable[..., Answer], type[Answer], str]] = {
        "recall": (floor.recall, Call, "Call the number once more."),
        "serve": (floor.serve, Ticket, "The visitor has come: service begins."),
        "finish": (floor.finish, Ticket, "Service has ended."),
        "no-show": (floor.no_show, Ticket, "Nobody came."),
        "undo-next": (floor.undo_next, Ticket, "Undo the last call while nobody has come: the visitor waits again."),
    }
    for name, (verb, answer, meaning) in verbs.items():
        router.post(
            f"/counters/{{counter}}/{name}",
            response_model=answer,
            responses=refusals,
            openapi_extra=_post(OnTicket),
            name=name,
            description=meaning,
        )(_on_ticket(house, verb))


def _on_ticket(house: House, verb: Callable[..., Answer]) -> Callable[..., Coroutine[Any, Any, Response]]:
    async def handler(request: Request, counter: str) -> Response:
        ask, body = await asked(request, OnTicket)
        return await house.door.settle(ask, lambda book, now: verb(book, now, counter, body))

    return handler


def _devices(router: APIRouter, house: House) -> None:
    @router.post(
        "/devices/{kind}/{device}",
        response_model=Device,
        responses=_problems(400, 404, 422, 503, 507),
        openapi_extra=_post(DeviceReport),
    )
    async def report(request: Request, kind: str, device: str) -> Response:
        """Report a device's health: when it changes, and every 10 s."""
        ask, body = await asked(request, DeviceReport)
        return response(await house.reported(ask, kind, device, body))


def _reads(router: APIRouter, house: House) -> None:
    @router.get("/hall", response_model=Hall)
    async def hall(_: Request) -> Response:
        """What clients need of the configuration."""
        return _json(house.hall)

    @router.get(
        "/board",
        response_model=Board,
        responses=_problems(404),
        openapi_extra={"parameters": [_query("zone", "string", "A zone of the hall; without it, all.")]},
    )
    async def board(request: Request) -> Response:
        """What a TV shows now."""
        return _json(house.views.board(house.clock(), request.query_params.get("zone") or None))

    @router.get("/counters/{counter}", response_model=CounterView, responses=_problems(404))
    async def counter_view(_: Request, counter: str) -> Response:
        """What an officer sees now."""
        now = house.clock()
        return _json(house.views.counter(now, counter, house.devices.in_trouble(now)))

    @router.get("/health", response_model=Health)
    async def health(_: Request) -> Response:
        """The hub, its database, its devices."""
        return _json(house.health())

    @router.get(
        "/events",
        response_class=StreamingResponse,
        responses={200: {"model": Event, "content": {SSE: {}}, "description": "Server-Sent Events, one Event each."}},
        openapi_extra={"parameters": [_query("after", "integer", "The last event already known.")]},
    )
    async def events(request: Request) -> Response:
        """Every event as it comes. Resume with the header Last-Event-ID or with ?after=."""
        return StreamingResponse(house.feed.listen(_after(request)), media_type=SSE, headers=NO_STORE)


def _after(request: Request) -> int | None:
    text = request.headers.get("last-event-id") or request.query_params.get("after")
    if not text:
        return None
    if not text.isdecimal():
        raise Trouble("bad_request", what=f"after: {text[:40]}")
    return int(text)
