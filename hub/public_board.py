"""The board of a zone as a page in any browser: what it shows, what it says. Nothing that a TV does not show."""

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any
from zlib import crc32

from hub.rows import EventRow, to_ms
from hub.shell import script, shell, style
from shared import labels
from shared.calling import calling_of
from shared.hall import DisplaySettings, Hall
from shared.labels import Labels
from shared.marks import mark_of
from shared.model import Kind, State
from shared.speech import LANGUAGES, Speech
from shared.waits import span

CALLS = (Kind.CALLED, Kind.RECALLED)
_OVER = (State.FINISHED, State.NO_SHOW)
_HOLD_MS, _HURRIED_MS, _HURRY_FROM = 6000, 2000, 4
"""As on the TVs: how long a call is shown without speech, and how long while so many others wait."""


def a_screen(zone: str | None) -> DisplaySettings:
    """A browser as one of the hall's TVs, said and shown as usual there."""
    return DisplaySettings(id="", name="", zones=[zone] if zone else [])


LATE_MS = a_screen(None).late_after_s * 1000
"""A page shows a call that is older, and does not say it."""


class PublicBoard:
    """The board of a hall, told to browsers as JSON."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self._calling = calling_of(hall)
        self._counters = {counter.id: counter for counter in hall.counters}
        self._agencies = {agency.id: agency for agency in hall.agencies}

    def board(self, told: bytes) -> dict[str, Any]:
        """What stands in a wire.Board as JSON, for the page: its newest calls and who waits."""
        board = json.loads(told)
        shut = frozenset(board["closed_agencies"])
        return {
            "last": board["last_event"],
            "quiet": self._quiet(board),
            "calls": [self._stands(call) for call in board["calls"]],
            "queues": [queue for one in board["waiting"] if (queue := self._queue(one, shut))],
        }

    def calls(self, events: Iterable[EventRow], zone: str | None) -> list[dict[str, Any]]:
        """Those of the events that are calls in this zone (None: anywhere), in order."""
        return [
            self._call(event.id, event.ticket.id, event.ticket.number, event.counter, event.at)
            | {"agency": self._agency(event.ticket.agency), "over": False}
            for event in events
            if event.kind in CALLS and event.ticket and event.counter and self.is_in(event.counter, zone)
        ]

    def is_in(self, counter: str, zone: str | None) -> bool:
        """Whether a counter stands in the zone."""
        return zone is None or (counter in self._counters and self._counters[counter].zone == zone)

    def speech(self, event: EventRow, language: str) -> Speech | None:
        """What is said of a call; None of what is none, and in a language that cannot be said."""
        if event.kind not in CALLS or not event.ticket or not event.counter or language not in LANGUAGES:
            return None
        ticket, number = event.ticket, self._number(event.counter)
        return self._calling.speech(ticket.number, number, agency=ticket.agency, language=language)

    def _quiet(self, board: dict[str, Any]) -> dict[str, Any] | None:
        """Until when (ms) no calls are said, and the sign that says so. `zones`: only of these, each until when."""
        says = Labels(self.hall, a_screen(None))
        if board.get("quiet_until"):
            end = datetime.fromisoformat(board["quiet_until"])
            return {"until": to_ms(end), "sign": says.main(labels.SILENT_UNTIL, time=says.clock(end)), "zones": None}
        if board.get("zone") is not None:
            return None
        told = [(zone, board["quiet"][zone.id]) for zone in self.hall.zones if zone.id in board.get("quiet", {})]
        if not told:
            return None
        end = min(datetime.fromisoformat(until) for _, until in told)
        names = ", ".join(zone.name for zone, _ in told)
        return {
            "until": to_ms(end),
            "sign": says.main(labels.SILENT_IN, time=says.clock(end), zones=names),
            "zones": {zone.id: to_ms(datetime.fromisoformat(until)) for zone, until in told},
        }

    def _stands(self, call: dict[str, Any]) -> dict[str, Any]:
        ticket, at = call["ticket"], to_ms(datetime.fromisoformat(call["called_at"]))
        told = self._call(call["event"], ticket["id"], ticket["number"], call["counter"], at)
        return told | {"over": ticket["state"] in _OVER, "agency": self._agency(ticket["agency"])}

    def _call(self, event: int, ticket: int, number: str, counter: str, at: int) -> dict[str, Any]:
        told = {"event": event, "ticket": ticket, "number": number, "counter": self._number(counter), "at": at}
        return told | {"zone": self._counters[counter].zone if counter in self._counters else ""}

    def _number(self, counter: str) -> str:
        return self._counters[counter].number if counter in self._counters else counter

    def _agency(self, agency: str) -> str:
        return self._agencies[agency].short_name if agency in self._agencies else agency

    def _queue(self, one: dict[str, Any], shut: frozenset[str]) -> dict[str, Any] | None:
        agency, waiting = self._agencies.get(one["agency"]), one["waiting"]
        closed, on_paper = one["agency"] in shut, bool(one.get("roll"))
        if agency is None or not (waiting or closed or on_paper):
            return None
        likely = one["estimate_minutes"] if waiting and not on_paper else None
        minutes = span(likely, one["estimate_high_minutes"]) if likely else ""
        mark = {"prefix": agency.prefix, "colour": mark_of(agency.prefix)}
        return mark | {
            "agency": agency.short_name,
            "waiting": waiting,
            "minutes": minutes,
            "closed": closed,
            "on_paper": on_paper,
        }


def logo_address(hall: Hall) -> str:
    """Where a page finds the hall's logo, another address for another picture; empty where there is none.

    With the page itself, and with each new line to the hub, it would be up to 400 kB.
    """
    return f"/board/logo?{crc32(hall.logo.encode()):08x}" if hall.logo else ""


def told_of(hall: Hall, zone: str | None) -> dict[str, Any]:
    """What the page must know of the hall: its words, texts and languages. Told anew when the configuration changes."""
    screen = a_screen(zone)
    says = Labels(hall, screen)
    return {
        "title": says.title,
        "hall": hall.name,
        "logo": logo_address(hall),
        "timezone": hall.timezone,
        "languages": [language for language in screen.languages if language in LANGUAGES],
        "repeat": screen.repeat,
        "late_ms": LATE_MS,
        "hold_ms": _HOLD_MS,
        "hurried_ms": _HURRIED_MS,
        "hurry_from": _HURRY_FROM,
        "texts": hall.texts,
        "words": _words(says),
    }


def document(hall: Hall, zone: str | None, board: dict[str, Any], now: int) -> str:
    """The page, already showing `board`. `now`: the hub's time in ms."""
    told = told_of(hall, zone)
    site = told | {"zone": zone or "", "now": now, "board": board}
    in_a_script = json.dumps(site, ensure_ascii=False).replace("<", "\\u003c")
    return shell("board").substitute(
        title=escape(told["title"]), css=style("board"), site=in_a_script, script=script("board")
    )


def _words(says: Labels) -> dict[str, Any]:
    return {
        "number": says.both(labels.NUMBER),
        "go_to": says.go_to("{counter}"),
        "counter": says.counter,
        "welcome": says.main(labels.WELCOME),
        "quiet": says.both(labels.QUIET),
        "waiting": says.both(labels.WAITING),
        "nobody": [word for word in says.both(labels.NOBODY_WAITS) if word],
        "closed": says.main(labels.CLOSED),
        "on_paper": says.main(labels.ON_PAPER),
        "about": says.main(labels.ABOUT, minutes="{minutes}"),
        "away": says.main(labels.RECONNECTING),
        "sound": says.both(labels.TURN_SOUND_ON),
    }
