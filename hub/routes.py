"""The LAN contract's routes besides the verbs."""

from time import monotonic
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from hub.booking_routes import add_bookings
from hub.configuration_routes import add_configuration
from hub.contract import EVERY_VERB, JSON, Routes, named, problems, text_in
from hub.door import Headers, json_response, parsed, read_body, session_token
from hub.house import House
from hub.once import Ask, key_of
from hub.overview import overview
from hub.people import Asker
from hub.seats import FEEDS_OF_ADDRESS, FEEDS_OF_THIS_PC, NO_STORE, SSE, FeedResponse, of_address
from shared.access_wire import PairedDevices, ShortHealth, StaffList, Systems, TechnicianPin
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import (
    Answer,
    Asked,
    Board,
    CounterView,
    Device,
    DeviceReport,
    Event,
    Health,
    Offers,
    OpenReprints,
    Overview,
    VoiceClaim,
    VoiceLease,
    Voices,
)

B = TypeVar("B", bound=Asked)


def api(house: House) -> Routes:
    """Every route under /api that is no verb."""
    routes = Routes("/api")
    _devices(routes, house)
    _now(routes, house)
    _overseen(routes, house)
    _people(routes, house)
    _events(routes, house)
    add_bookings(routes, house)
    add_configuration(routes, house)
    return routes


def _devices(routes: Routes, house: House) -> None:
    @routes.post("/devices/{kind}/{device}", DeviceReport, answer=Device, responses=problems(*EVERY_VERB, 404))
    async def report(request: Request) -> Response:
        """Report a device's health: when it changes, and every 5 s; a counter's app every 10 s.

        Idempotent by nature: sent twice, it says the same twice. Its answer is kept for its key in memory until the
        device's next report; for 24 hours, as every other verb's, only where it was news.
        """
        kind, device = request.path_params["kind"], request.path_params["device"]
        ask, body = await _asked(request, DeviceReport, house)
        house.heard(session_token(request.scope["headers"]))
        return json_response(await house.reported(ask, kind, device, body))

    @routes.post(
        "/devices/{kind}/{device}/voice", VoiceClaim, answer=VoiceLease, responses=problems(*EVERY_VERB, 403, 404)
    )
    async def voice(request: Request) -> Response:
        """Ask to be the voice of a TV's zones, each second: one TV says a zone's calls, and another takes over.

        Idempotent by nature; nothing is written. The answer is kept for its key until that TV's next claim.
        """
        kind, device = request.path_params["kind"], request.path_params["device"]
        ask, body = await _asked(request, VoiceClaim, house)
        return json_response(house.claimed(ask, kind, device, body))

    @routes.get("/devices/{kind}/{device}/reprints", answer=OpenReprints, responses=problems(401, 403, 404))
    async def reprints(request: Request) -> Response:
        """The copies that a kiosk is to print, with what only who takes a number is told otherwise."""
        _, device = house.devices.name(request.path_params["kind"], request.path_params["device"])
        return _json(house.views.reprints(house.clock(), device))

    @routes.get("/devices/{kind}/{device}/technician-pin", answer=TechnicianPin, responses=problems(401, 403, 404))
    async def technician_pin(request: Request) -> Response:
        """What a kiosk checks the technicians' PIN by, also while the hub is away: it keeps it on its own PC."""
        house.devices.name(request.path_params["kind"], request.path_params["device"])
        return _json(house.office.technician_pin())


async def _asked(request: Request, kind: type[B], house: House) -> tuple[Ask, B]:
    """What a device sent, under its key. Raises Trouble as `key_of` and `parsed`."""
    headers = Headers(request.scope["headers"])
    key = key_of(headers.key)
    body = parsed(await read_body(request.receive), kind)
    return Ask(key, request.url.path, body.model_dump_json().encode(), headers.language, house.vault.salt), body


def _now(routes: Routes, house: House) -> None:
    @routes.get("/hall", answer=Hall, responses=problems(401, 403))
    async def hall(_: Request) -> Response:
        """What clients need of the configuration."""
        return _bytes(house.hall_text)

    zone = text_in("query", "zone", "A zone of the hall; without it, all.")

    @routes.get("/board", answer=Board, responses=problems(401, 403, 404), takes=[zone])
    async def board(request: Request) -> Response:
        """What a TV shows now."""
        return _bytes(house.views.board(house.clock(), request.query_params.get("zone") or None))

    @routes.get("/offers", answer=Offers, responses=problems(401, 403))
    async def offers(_: Request) -> Response:
        """What is given now and what is not, and when that next changes."""
        return _json(house.views.offers(house.clock()))

    @routes.get("/counters/{counter}", answer=CounterView, responses=problems(401, 403, 404))
    async def counter_view(request: Request) -> Response:
        """What an officer sees now."""
        now, counter = house.clock(), request.path_params["counter"]
        return _bytes(house.views.counter(now, counter, house.devices.in_trouble(now), refused=house.refused))


def _overseen(routes: Routes, house: House) -> None:
    @routes.get("/overview", answer=Overview)
    async def whole_hall(_: Request) -> Response:
        """How the whole hall stands now, for a supervisor."""
        now = house.clock()
        voices = house.speaking.voices.told(monotonic())
        return _bytes(overview(house.floor, house.store.read, now, house.devices.all(now), voices))

    @routes.get("/voices", answer=Voices)
    async def voices(_: Request) -> Response:
        """Who says the calls of each zone, and which calls of today were not said, and why."""
        return _json(house.speaking.told(house.floor, house.store.read, house.clock()))

    @routes.get("/health", answer=Health | ShortHealth)
    async def health(request: Request) -> Response:
        """The hub, its database, its devices; to who shows no key, only that a hub is here, and whose."""
        asker: Asker = request.scope["asker"]
        told = house.health()
        return _json(short(told) if asker.is_nobody else told)


def _people(routes: Routes, house: House) -> None:
    @routes.get("/staff", answer=StaffList, responses=problems(401, 403))
    async def staff(request: Request) -> Response:
        """Who may sign in; an administrator sees those that were taken off the list too."""
        return _json(house.office.staff(request.scope["asker"]))

    @routes.get("/pairings", answer=PairedDevices, responses=problems(401, 403))
    async def pairings(_: Request) -> Response:
        """The devices that have a key. An administrator's to see at every hub, or with the hub PC's own key."""
        return _json(house.office.paired())

    @routes.get("/systems", answer=Systems, responses=problems(401, 403))
    async def systems(_: Request) -> Response:
        """The other systems that have a key. An administrator's to see, as `/api/pairings`."""
        return _json(house.office.systems())


def short(health: Health) -> ShortHealth:
    """What everybody may know of the hub's health."""
    return ShortHealth.model_validate(health.model_dump())


def _json(answer: Answer) -> Response:
    return _bytes(answer.model_dump_json().encode())


def _bytes(answer: bytes) -> Response:
    return Response(answer, media_type=JSON, headers=NO_STORE)


def _events(routes: Routes, house: House) -> None:
    after = text_in("query", "after", "The last event already known; Last-Event-ID goes before it.")
    last_event_id = text_in("header", "last-event-id", "As `after`; browsers send it by themselves.")

    @routes.get(
        "/events",
        answer=None,
        responses={200: {"content": {SSE: {"schema": named(Event)}}}, **problems(401, 403, 422, 503)},
        takes=[after, last_event_id],
    )
    async def events(request: Request) -> Response:
        """Every event as it comes, as Server-Sent Events: `id`, `event` (its kind), `data` (an Event).

        Every 5 s an event `clock` without id tells the hub's time.
        """
        known = request.headers.get("last-event-id") or request.query_params.get("after", "")
        listening = house.feed.listen(_event_id(known))
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
