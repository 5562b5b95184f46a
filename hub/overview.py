"""How the whole hall stands now, for a supervisor: agencies, counters, devices in trouble, calls for help."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from hub.alarms import open_now
from hub.floor import Floor
from hub.kept import Closed
from hub.roll import on_now
from hub.rows import TicketRow, alarm_facts, roll_facts, to_moment, to_ms
from hub.store import Reading
from shared.hall import Counter
from shared.model import DeviceKind, Post
from shared.wire import Device, ZoneVoice


def overview(
    floor: Floor, book: Reading, clock: datetime, devices: Iterable[Device], voices: Iterable[ZoneVoice] = ()
) -> bytes:
    """A wire.Overview as JSON. `devices`: all of them, with the counters' apps."""
    last, at = book.last_event()
    now = max(to_ms(clock), at)
    known = list(devices)
    facts = {
        "now": clock,
        "last_event": last,
        "agencies": _agencies(floor, book, now),
        "counters": _counters(floor, book, now, {one.id for one in known if one.alive and _is_desk(one)}),
        "devices": [one.model_dump() for one in known if _ails(one)],
        "alarms": [alarm_facts(one, floor.zone) for one in open_now(floor, book, now)],
        "voices": [one.model_dump() for one in voices],
        "quiet": {where: to_moment(until, floor.zone) for where, until in book.quiet(now).items()},
    }
    return to_json(facts)


def _is_desk(device: Device) -> bool:
    return device.kind is DeviceKind.COUNTER


def _ails(device: Device) -> bool:
    """A kiosk or display that has a trouble, or has fallen silent; not one that was never there."""
    return not _is_desk(device) and device.seen_at is not None and (bool(device.troubles) or not device.alive)


def _agencies(floor: Floor, book: Reading, now: int) -> list[dict[str, Any]]:
    day = floor.day(now)
    counts, longest, closed = book.waiting_counts(day), book.longest_waits(day), book.closed(day)
    rolls = on_now(book.rolls(day))
    hands = floor.times.all_hands(book, day, now)
    return [
        {
            "agency": agency,
            "waiting": counts.get(agency, 0),
            "longest_minutes": max(0, now - longest[agency]) // 60_000 if agency in longest else None,
            "open_counters": hands.of(floor.callers.of(agency)).opened,
            "closed": closed["agency"].get(agency),
            "roll": roll_facts(rolls[agency]) if agency in rolls else None,
        }
        for agency in floor.agencies
    ]


def _counters(floor: Floor, book: Reading, now: int, manned: set[str]) -> list[dict[str, Any]]:
    there = {row.counter: row for row in book.at_counters()}
    closed = book.closed(floor.day(now))
    return [
        _counter(floor, counter, there.get(counter.id), closed) | {"has_app": counter.id in manned}
        for counter in floor.hall.counters
    ]


def _counter(floor: Floor, counter: Counter, row: TicketRow | None, closed: Closed) -> dict[str, Any]:
    why = closed["counter"].get(counter.id) or closed["pause"].get(counter.id)
    since = row and (row.served_at or row.called_at)
    return {
        "counter": counter.id,
        "state": _post(counter.id, row, closed).value,
        "number": row.number if row else None,
        "since": to_moment(since, floor.zone) if since else None,
        "why": why or "",
    }


def _post(counter: str, row: TicketRow | None, closed: Closed) -> Post:
    if counter in closed["counter"]:
        return Post.CLOSED
    if counter in closed["pause"]:
        return Post.PAUSED
    if row is None:
        return Post.FREE
    return Post.CALLING if row.served_at is None else Post.SERVING
