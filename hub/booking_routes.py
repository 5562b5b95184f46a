"""The routes of bookings besides their verbs: a day's list, and a list that comes in."""

import asyncio
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from hub.booking_import import review, settle
from hub.bookings import told
from hub.contract import EVERY_VERB, JSON, PROBLEM_JSON, Routes, problems, text_in
from hub.door import Headers, parsed, read_body
from hub.guard import still_there
from hub.house import House
from hub.once import Ask, Reply, answer_once, key_of
from hub.rows import to_ms
from hub.seats import NO_STORE
from hub.store import Book
from shared.booking_wire import Bookings, ImportBookings, Imported
from shared.trouble import Trouble
from shared.words import Words

_BODY = 8 * 1024 * 1024
"""Bytes of a body that carries a list: some of its characters may be escaped."""


def add_bookings(routes: Routes, house: House) -> None:
    """Every route under /api/bookings that is no verb."""
    _list(routes, house)
    _import(routes, house)


def _list(routes: Routes, house: House) -> None:
    day = text_in("query", "day", "A date, YYYY-MM-DD; without it, today.")

    @routes.get("/bookings", answer=Bookings, responses=problems(401, 403, 422), takes=[day])
    async def bookings(request: Request) -> Response:
        """The bookings of a day, by time, and what became of each. They are kept for seven days after their own."""
        asked = _day(request.query_params.get("day", "")) or house.floor.day(to_ms(house.clock()))
        rows = [told(row, house.floor.zone) for row in house.store.read.bookings(asked)]
        return Response(Bookings(bookings=rows).model_dump_json(), media_type=JSON, headers=NO_STORE)


def _import(routes: Routes, house: House) -> None:
    @routes.post("/bookings/import", ImportBookings, answer=Imported, responses=problems(*EVERY_VERB))
    async def take_in(request: Request) -> Response:
        """Make the bookings of a list, all of them or none; those that are there already as they are stay as they are.

        CSV with `;`, `,` or tabs. Its first line names the columns: `code`, `service` (an id, or a name), `date` and
        `time`, or `at`; and if need be `then` and `priority`. 422 `bookings_wrong` tells in `now` every line that is
        wrong, at most a hundred.
        """
        headers = Headers(request.scope["headers"])
        key, words = key_of(headers.key), Words(headers.language)
        body = parsed(await read_body(request.receive, limit=_BODY), ImportBookings)
        told, asker = body.model_dump_json().encode(), request.scope["asker"]
        ask = Ask(key, request.url.path, told, headers.language, house.vault.salt, asker)
        reviewed = await asyncio.to_thread(review, body.text, house.hall, house.clock())

        def act(book: Book) -> Reply:
            if asker.is_guarded:
                still_there(book, asker)
            new, imported = settle(reviewed, book, words)
            if not body.dry_run:
                book.put_bookings(new)
            return Reply(200, imported.model_copy(update={"dry_run": body.dry_run}).model_dump_json().encode())

        reply = await house.writer.write(lambda book: answer_once(book, ask, to_ms(house.clock()), act))
        return Response(reply.body, reply.status, media_type=JSON if reply.status == 200 else PROBLEM_JSON)  # noqa: PLR2004  -- taken in, or refused


def _day(text: str) -> str:
    """The date as the book writes it; '' for none. Raises Trouble('bad_request')."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Trouble("bad_request", what=f"day: {text[:20]}") from None
