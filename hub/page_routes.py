"""Pages for browsers: the visitor's ticket with its own small feed, and what stands at the bare address."""

import logging
from collections.abc import AsyncIterator
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hub.aside import aside
from hub.board_routes import board_routes
from hub.contract import only
from hub.document import Page, about_page, document, lost_page, plain_page
from hub.house import House
from hub.language import LANGUAGES, best_language
from hub.seats import MOST_PAGES, PAGES_OF_ADDRESS, PAGES_OF_TICKET, FeedResponse, of_address
from hub.shell import headers
from hub.visitor import ticket_page
from shared.trouble import Trouble
from shared.words import Words

log = logging.getLogger(__name__)

REST_SECONDS = 1.0
"""A visitor's page is drawn at most this often, however much happens: phones may be many."""

_BEAT = b"event: beat\ndata:\n\n"


def pages(house: House) -> list[Route]:
    """The routes that answer pages."""
    own = _Pages(house)
    answering = {"/": own.about, "/t/{token}": own.ticket, "/t/{token}/events": own.changes}
    asked = [only("GET", path, endpoint) for path, endpoint in answering.items()]
    return [*asked, only("POST", "/t/{token}/cancel", own.cancel), *board_routes(house)]


class _Pages:
    """A visitor's page with what can be done there, and the bare address."""

    def __init__(self, house: House) -> None:
        self._house, self._audience = house, Audience(house)

    async def about(self, request: Request) -> Response:
        words = Words(_language(request) or "id")
        page = about_page(self._house.hall, words, contract=self._house.guard.is_open)
        return HTMLResponse(document(page, self._house.hall, words), headers=headers())

    async def ticket(self, request: Request) -> Response:
        house, token = self._house, request.path_params["token"]
        try:
            sight = house.views.sight(house.clock(), token)
        except Trouble as lost:
            return _sorry(lost, house, Words(_language(request) or "id"))
        words = Words(_language(request) or _ours(sight.ticket.language))
        page = ticket_page(sight, house.hall, words)
        here = f"/t/{token}"
        feed, leave = (f"{here}/{what}?lang={words.language}" for what in ("events", "cancel"))
        below = aside(sight, page, words, leave=leave)
        return HTMLResponse(document(page, house.hall, words, feed=feed, aside=below), headers=headers())

    async def cancel(self, request: Request) -> Response:
        token, words = request.path_params["token"], Words(_language(request) or "id")
        try:
            await self._house.withdraw(token)
        except Trouble as trouble:
            if trouble.code != "not_waiting":  # which the page itself tells
                return _sorry(trouble, self._house, words)
        return RedirectResponse(f"/t/{token}?lang={words.language}", HTTPStatus.SEE_OTHER, headers())

    async def changes(self, request: Request) -> Response:
        house, token = self._house, request.path_params["token"]
        sight = house.views.sight(house.clock(), token)
        words = Words(_language(request) or _ours(sight.ticket.language))
        bounds = of_address(request, PAGES_OF_ADDRESS, here=MOST_PAGES) | {f"ticket {token}": PAGES_OF_TICKET}
        return FeedResponse(self._audience.watch(token, words), house.page_seats, bounds)


def _sorry(trouble: Trouble, house: House, words: Words) -> Response:
    page = lost_page(words) if trouble.code == "unknown_ticket" else plain_page(*_told(trouble, words))
    return HTMLResponse(document(page, house.hall, words), trouble.kind.status, headers=headers())


def _told(trouble: Trouble, words: Words) -> tuple[str, list[str]]:
    """The sentence, and what to do."""
    return trouble.sentence(words), [trouble.step(words)]


def _language(request: Request) -> str | None:
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else best_language(request.headers.get("accept-language", ""))


def _ours(language: str) -> str:
    return language if language in LANGUAGES else "id"


class Audience:
    """The phones that have a ticket's page open."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def watch(self, token: str, words: Words) -> AsyncIterator[bytes]:
        """The ticket's page whenever it changes, else a sign of life; nothing of anybody else's ticket.

        Ends when the ticket cannot be read: the page comes again by itself.
        """
        shown: Page | None = None
        try:
            while True:
                page = self._page(token, words)
                yield _BEAT if page == shown else b"event: ticket\ndata: %s\n\n" % page.as_json()
                shown = page
                await self._house.feed.rest(REST_SECONDS)
                if not await self._house.feed.stirred():
                    return
        except Trouble as trouble:
            log.warning("a ticket's page ends: %s", trouble)

    def _page(self, token: str, words: Words) -> Page:
        sight = self._house.views.sight(self._house.clock(), token)
        return ticket_page(sight, self._house.hall, words)
