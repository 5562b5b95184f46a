"""What people see now: a TV's board, an officer's counter, a visitor's ticket. Reads only."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from pydantic_core import to_json

from hub.alarms import seen_at
from hub.floor import Floor
from hub.people import to_session
from hub.quiet import quiet_until
from hub.reprint import OVER
from hub.results import ended_at
from hub.roll import on_now, rolls_of
from hub.rows import (
    EventRow,
    RollRow,
    Standing,
    alarm_facts,
    call_facts,
    roll_facts,
    ticket_facts,
    to_moment,
    to_ms,
    to_ticket,
    why_facts,
)
from hub.store import Reading
from hub.waiting_times import AllHands
from hub.walk_in import is_fresh
from shared.model import Origin, State
from shared.trouble import Trouble
from shared.wire import CounterSession, Device, Offer, Offers, OpenReprint, OpenReprints, Ticket

BOARD_CALLS = 30
OFFICER_WAITING = 100
OFFICER_CALLS = 20
PHONE_CALLS = 5
_EVER = 2**62


class LastCall(NamedTuple):
    """A number and the counter (id) to which it was called, as a TV shows it."""

    number: str
    counter: str


class Sight(NamedTuple):
    """A visitor's ticket as the page behind the QR shows it. `is_today`: its number still means something.

    `called_last`: when it was called for the last time, of one that was called. `calls`: the latest of its `zone`.
    """

    ticket: Ticket
    is_today: bool
    called_last: datetime | None = None
    zone: str = ""
    calls: tuple[LastCall, ...] = ()


class Part(NamedTuple):
    """A zone, or the whole hall: its counters, and the agencies that wait or are served there."""

    counters: frozenset[str]
    agencies: tuple[str, ...]


class Views:
    """The floor as seen from outside, in bytes of JSON: fifty TVs ask at once after each cut of the line."""

    def __init__(self, floor: Floor, book: Reading) -> None:
        self._floor, self._book = floor, book
        zones: list[str | None] = [None, *(zone.id for zone in floor.hall.zones)]
        self._parts = {zone: self._part(zone) for zone in zones}
        self._boards: dict[str | None, tuple[tuple[int, int], bytes]] = {}
        self._latest: dict[str, tuple[int, tuple[LastCall, ...]]] = {}

    def _part(self, zone: str | None) -> Part:
        hall = self._floor.hall
        counters = [counter for counter in hall.counters if zone in (None, counter.zone)]
        served = {agency for counter in counters for agency in counter.agencies}
        agencies = (agency.id for agency in hall.agencies if agency.zone == zone or agency.id in served)
        return Part(frozenset(counter.id for counter in counters), tuple(agencies))

    def board(self, clock: datetime, zone: str | None) -> bytes:
        """A wire.Board of this zone (None: all). Raises Trouble('unknown_zone')."""
        if zone not in self._parts:
            raise Trouble("unknown_zone", zone=zone)
        now, last = self._now(clock)
        drawn = (last, now // 1000)
        kept, board = self._boards.get(zone, (None, b""))
        if kept != drawn:
            board = to_json(self._board(zone, now, last))
            self._boards[zone] = drawn, board
        return b'{"now":%s,%s' % (to_json(clock), board[1:])

    def _board(self, zone: str | None, now: int, last: int) -> dict[str, Any]:
        part, day = self._parts[zone], self._floor.day(now)
        here = (event for event in self._book.calls(day, -1) if event.counter in part.counters)
        counts = self._book.waiting_counts(day)
        taken = self._book.last_sequences(day, (self._floor.agencies[agency].prefix for agency in part.agencies))
        hands = self._floor.times.all_hands(self._book, day, now)
        closed, quiet = self._book.closed(day), self._book.quiet(now)
        ends = quiet_until(quiet, zone)
        today = self._book.rolls(day)
        rolls = on_now(today)
        taken |= {roll.prefix: sum(self._book.taken(day, roll.prefix, None, 0)) for roll in today}
        return {
            "zone": zone,
            "last_event": last,
            "calls": self._with_voiced(self._calls(islice(here, BOARD_CALLS))),
            "waiting": [
                self._waiting_for(agency, counts, taken, hands, now) | _rolls_told(rolls, agency)
                for agency in part.agencies
            ],
            "closed_agencies": closed["agency"],
            "closed_counters": closed["counter"],
            "paused_counters": closed["pause"],
            "quiet_until": ends and to_moment(ends, self._floor.zone),
            "quiet": {where: to_moment(until, self._floor.zone) for where, until in quiet.items()},
        }

    def _calls(self, events: Iterable[EventRow]) -> list[dict[str, Any]]:
        return [call_facts(event, self._floor.zone) for event in events]

    def _with_voiced(self, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A TV that begins knows from this which calls are still to be said."""
        told = self._book.voiced(call["event"] for call in calls) if calls else {}
        return [call | {"voiced": told[call["event"]]} if call["event"] in told else call for call in calls]

    def _waiting_for(
        self, agency: str, counts: dict[str, int], taken: dict[str, int], all_hands: AllHands, now: int
    ) -> dict[str, Any]:
        hands = all_hands.of(self._floor.callers.of(agency))
        ahead = self._floor.places.of_agency(counts, agency)
        wait = self._floor.guess(agency, ahead, hands, now)
        return {
            "agency": agency,
            "waiting": counts.get(agency, 0),
            "ahead": ahead,
            "estimate_minutes": wait.likely,
            "estimate_high_minutes": wait.most,
            "open_counters": hands.opened,
            "taken_today": taken[self._floor.agencies[agency].prefix],
        }

    def counter(self, clock: datetime, counter: str, devices: list[Device], *, refused: Sequence[str] = ()) -> bytes:
        """A wire.CounterView: what the officer at this counter sees. Raises Trouble('unknown_counter').

        `refused`: why the hall's file is not in force.
        """
        desk = self._floor.desk(counter)
        now, last = self._now(clock)
        day, book = self._floor.day(now), self._book
        there = book.at_counter(counter)
        ours = set(desk.agencies)
        queue, why = self._floor.queue(book, counter, now, most=OFFICER_WAITING)
        session = self._session(counter)
        alarms = seen_at(self._floor, book, now, desk, of_all=session is not None and session.oversees)
        held = [row for row in book.held(_EVER) if row.agency in ours or row.for_counter == counter]
        view = {
            "now": clock,
            "counter": counter,
            "last_event": last,
            "current": there and self._told(self._floor.ticket(book, there, now)),
            "undoable": there is not None and (there.state == State.CALLED or is_fresh(there)),
            "waiting": [self._told(one) for one in queue],
            "waiting_count": self._floor.turns.waiting_count(book, day, counter),
            "next_why": why and why_facts(why.text),
            "held": [self._told(Standing(row)) for row in held],
            "rolls": [roll_facts(roll) for roll in rolls_of(self._floor, book, day, desk)],
            "history": self._calls(book.calls_of_counter(day, counter, OFFICER_CALLS)),
            "tally": self._tally(day, counter),
            "ended": list(ended_at(self._floor, book, day, counter)),
            "alarms": [alarm_facts(one, self._floor.zone) for one in alarms],
            "paused": self._paused(day, counter),
            "devices": devices,
            "session": session,
            "refused_configuration": _first(refused),
        }
        return to_json(view)

    def _paused(self, day: str, counter: str) -> dict[str, Any] | None:
        since = self._book.closed_since(day, "pause", counter)
        if since is None:
            return None
        return {"since": to_moment(since, self._floor.zone), "why": self._book.closed(day)["pause"][counter]}

    def _session(self, counter: str) -> CounterSession | None:
        row = self._book.session(counter)
        if row is None:
            return None
        staff = None if row.staff is None else self._book.staff(row.staff)
        return to_session(row, staff, self._floor.zone)

    def _told(self, standing: Standing) -> dict[str, Any]:
        return ticket_facts(standing, self._floor.zone)

    def reprints(self, clock: datetime, kiosk: str) -> OpenReprints:
        """The copies that this kiosk is to print: none for who is gone by now."""
        now, _ = self._now(clock)
        book, floor = self._book, self._floor
        rows = [(copy.id, book.ticket(copy.ticket)) for copy in book.reprints(floor.day(now), kiosk)]
        wanted = [(number, row) for number, row in rows if row and row.state not in OVER]
        url = f"{floor.hall.public_url}/t/"
        told = [(number, floor.ticket(book, row, now)._replace(url=url + row.token)) for number, row in wanted]
        return OpenReprints(
            reprints=[OpenReprint(id=number, ticket=to_ticket(one, floor.zone)) for number, one in told]
        )

    def offers(self, clock: datetime) -> Offers:
        """What is given now and what is not."""
        now, last = self._now(clock)
        offers = self._floor.gate.offers(self._book, now, last)
        usual = self._usual(now)
        services = [_with_usual(offer, usual[offer.id]) for offer in self._with_waits(offers.services, now)]
        agencies = [
            _with_usual(offer, sum(usual[one.id] for one in self._floor.agencies[offer.id].services))
            for offer in offers.agencies
        ]
        return offers.model_copy(update={"services": services, "agencies": agencies})

    def _usual(self, now: int) -> dict[str, int]:
        """How much each service is asked for at this hour."""
        offered = (service.id for agency in self._floor.agencies.values() for service in agency.services)
        return {service: self._floor.times.usual(service, now) for service in offered}

    def _with_waits(self, services: list[Offer], now: int) -> list[Offer]:
        floor, day = self._floor, self._floor.day(now)
        hands, counts = floor.times.all_hands(self._book, day, now), self._book.waiting_counts(day)
        ahead = {agency: floor.places.of_agency(counts, agency) for agency in floor.agencies}
        return [offer if offer.code else self._with_wait(offer, ahead, hands, now) for offer in services]

    def _with_wait(self, offer: Offer, ahead: dict[str, int], hands: AllHands, now: int) -> Offer:
        agency, service = self._floor.offered(None, offer.id)
        callers = hands.of(self._floor.callers.of(agency.id, service.id))
        wait = self._floor.times.wait(agency, service, ahead[agency.id], callers, now)
        return offer.model_copy(update={"estimate_minutes": wait.likely, "estimate_high_minutes": wait.most})

    def _tally(self, day: str, counter: str) -> dict[str, Any]:
        finished, absent, mean = self._book.tally(day, counter)
        origins = self._book.served_from(day, counter) if finished else {}
        paper, walk_ins = origins.get(Origin.PAPER_ROLL, 0), origins.get(Origin.WALK_IN, 0)
        mean_minutes = mean and round(mean / 60_000, 1)
        served = {"served": finished, "paper": paper, "walk_ins": walk_ins}
        return served | {"no_show": absent, "mean_minutes": mean_minutes}

    def sight(self, clock: datetime, token: str) -> Sight:
        """The ticket behind a QR. Raises Trouble('unknown_ticket')."""
        now, last = self._now(clock)
        row = self._book.ticket_of_token(token)
        if row is None:
            raise Trouble("unknown_ticket")
        ticket = to_ticket(self._floor.ticket(self._book, row, now), self._floor.zone)
        day, zone = self._floor.day(now), self._zone_of(ticket)
        called = None if row.last_call is None else to_moment(self._book.told_at(row.last_call), self._floor.zone)
        calls = self._last_calls(day, zone, last) if row.day == day and zone else ()
        return Sight(ticket, row.day == day, called, zone, calls)

    def _zone_of(self, ticket: Ticket) -> str:
        """The zone where its visitor is to look at the TV; empty for an agency that left the hall."""
        agency = self._floor.agencies.get(ticket.agency)
        return agency.zone if agency else ""

    def _last_calls(self, day: str, zone: str, last: int) -> tuple[LastCall, ...]:
        """Read once after each event, however many phones ask."""
        kept, calls = self._latest.get(zone, (-1, ()))
        if kept != last:
            part = self._parts[zone]
            here = (event for event in self._book.calls(day, -1) if event.counter in part.counters)
            told = ((event.ticket, event.counter) for event in islice(here, PHONE_CALLS))
            calls = tuple(LastCall(ticket.number, counter) for ticket, counter in told if ticket and counter)
            self._latest[zone] = last, calls
        return calls

    def _now(self, clock: datetime) -> tuple[int, int]:
        # A clock set back stops the verbs, not the eyes: what was true at the last event still is.
        last, at = self._book.last_event()
        return max(to_ms(clock), at), last


def _with_usual(offer: Offer, usual: int) -> Offer:
    return offer.model_copy(update={"usual": usual}) if usual else offer


def _rolls_told(rolls: dict[str, RollRow], agency: str) -> dict[str, Any]:
    """An agency's paper roll where one is on: how many wait with its numbers nobody knows."""
    roll = rolls.get(agency)
    return {"roll": roll and roll_facts(roll)}


def _first(refused: Sequence[str]) -> str:
    """The first of what stands against the file, and how many more there are."""
    return " ".join([*refused[:1], *([f"(+{len(refused) - 1})"] if len(refused) > 1 else [])])
