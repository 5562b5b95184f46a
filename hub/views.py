"""What people see now: a TV's board, an officer's counter, a visitor's ticket. Reads only."""

from datetime import datetime
from itertools import islice
from typing import NamedTuple

from hub.floor import Floor
from hub.rows import to_call, to_ms, to_ticket
from hub.store import Reading
from shared.model import State
from shared.trouble import Trouble
from shared.wire import Board, Call, CounterView, Device, Tally, Ticket, Waiting

BOARD_CALLS = 30
OFFICER_WAITING = 100
OFFICER_CALLS = 20


class Sight(NamedTuple):
    """A visitor's ticket as the page behind the QR shows it. `is_today`: its number still means something."""

    ticket: Ticket
    is_today: bool


class Views:
    """The floor as seen from outside."""

    def __init__(self, floor: Floor, book: Reading) -> None:
        self._floor, self._book = floor, book

    def board(self, clock: datetime, zone: str | None) -> Board:
        """What a TV of this zone (None: all) shows. Raises Trouble('unknown_zone')."""
        now, last = self._now(clock)
        hall = self._floor.hall
        if zone is not None and zone not in {known.id for known in hall.zones}:
            raise Trouble("unknown_zone", zone=zone)
        counters = {counter.id for counter in hall.counters if zone in (None, counter.zone)}
        served = {agency for counter in hall.counters if counter.id in counters for agency in counter.agencies}
        agencies = [agency.id for agency in hall.agencies if agency.zone == zone or agency.id in served]
        return Board(
            now=clock,
            zone=zone,
            last_event=last,
            calls=self._calls(now, counters),
            waiting=self._waiting(now, agencies),
        )

    def _calls(self, now: int, counters: set[str]) -> list[Call]:
        newest = self._book.calls(self._floor.day(now), -1)
        here = (event for event in newest if event.counter in counters)
        return [to_call(event, self._floor.zone) for event in islice(here, BOARD_CALLS)]

    def _waiting(self, now: int, agencies: list[str]) -> list[Waiting]:
        counts = self._book.waiting_counts(self._floor.day(now))
        return [self._waiting_for(agency, counts, now) for agency in agencies]

    def _waiting_for(self, agency: str, counts: dict[str, int], now: int) -> Waiting:
        opened = self._floor.open_counters(self._book, agency, now)
        return Waiting(
            agency=agency,
            waiting=counts.get(agency, 0),
            estimate_minutes=self._floor.guess(counts, agency, opened),
            open_counters=opened,
        )

    def counter(self, clock: datetime, counter: str, devices: list[Device]) -> CounterView:
        """What the officer at this counter sees. Raises Trouble('unknown_counter')."""
        desk = self._floor.desk(counter)
        now, last = self._now(clock)
        day, book = self._floor.day(now), self._book
        there = book.at_counter(counter)
        counts = book.waiting_counts(day)
        head = book.waiting(day, desk.agencies, OFFICER_WAITING)
        return CounterView(
            now=clock,
            counter=counter,
            last_event=last,
            current=there and to_ticket(self._floor.ticket(book, there, now), self._floor.zone),
            undoable=there is not None and there.state == State.CALLED,
            waiting=[to_ticket(one, self._floor.zone) for one in self._floor.queue(book, head, now)],
            waiting_count=sum(counts.get(agency, 0) for agency in desk.agencies),
            history=[to_call(event, self._floor.zone) for event in book.calls_of_counter(day, counter, OFFICER_CALLS)],
            tally=self._tally(day, counter),
            devices=devices,
        )

    def _tally(self, day: str, counter: str) -> Tally:
        finished, absent, mean = self._book.tally(day, counter)
        return Tally(served=finished, no_show=absent, mean_minutes=mean and round(mean / 60_000, 1))

    def sight(self, clock: datetime, token: str) -> Sight:
        """The ticket behind a QR. Raises Trouble('unknown_ticket')."""
        now, _ = self._now(clock)
        row = self._book.ticket_of_token(token)
        if row is None:
            raise Trouble("unknown_ticket")
        ticket = to_ticket(self._floor.ticket(self._book, row, now), self._floor.zone)
        return Sight(ticket, row.day == self._floor.day(now))

    def _now(self, clock: datetime) -> tuple[int, int]:
        # A clock set back stops the verbs, not the eyes: what was true at the last event still is.
        last, at = self._book.last_event()
        return max(to_ms(clock), at), last
