"""The routes of bookings besides their verbs: a day's list."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from hub.bookings import told
from hub.contract import JSON, Routes, problems, text_in
from hub.house import House
from hub.rows import to_ms
from hub.seats import NO_STORE
from shared.booking_wire import Bookings
from shared.trouble import Trouble


def add_bookings(routes: Routes, house: House) -> None:
    """Every route under /api/bookings that is no verb."""
    day = text_in("query", "day", "A date, YYYY-MM-DD; without it, today.")

    @routes.get("/bookings", answer=Bookings, responses=problems(401, 403, 422), takes=[day])
    async def bookings(request: Request) -> Response:
        """The bookings of a day, by time, and what became of each. They are kept for seven days after their own."""
        asked = _day(request.query_params.get("day", "")) or house.floor.day(to_ms(house.clock()))
        rows = [told(row, house.floor.zone) for row in house.store.read.bookings(asked)]
        return Response(Bookings(bookings=rows).model_dump_json(), media_type=JSON, headers=NO_STORE)


def _day(text: str) -> str:
    """The date as the book writes it; '' for none. Raises Trouble('bad_request')."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Trouble("bad_request", what=f"day: {text[:20]}") from None
