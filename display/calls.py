"""The day's calls as one lobby TV knows them. Pure: told by the hub, asked by the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from shared.hall import Hall
from shared.model import State
from shared.wire import Call

ENDED = (State.FINISHED, State.NO_SHOW)


@dataclass(frozen=True)
class Entry:
    """One call as people see and hear it. `counter` is the desk's number, in `zone`, `agency` its short name.

    `whose`: the agency's id, by which its name is said.
    """

    event: int
    ticket: int
    number: str
    counter: str
    agency: str
    called_at: datetime
    zone: str = ""
    whose: str = ""


class Leaving(NamedTuple):
    """A ticket went from `counter` to its next service, or back to who sent it, by `event`; with it its calls there."""

    event: int
    counter: str
    calls: list[Entry]


class Calls:
    """The calls of one day at the counters of this TV's zones (none given: of the whole hall).

    A call is known by its event's id, so that one told twice (by the feed and by the board's answer,
    or again after a reconnection) counts once.
    """

    def __init__(self, hall: Hall, zones: Sequence[str]) -> None:
        self._entries: dict[int, Entry] = {}
        self._at: dict[int, str] = {}
        """The counter of each entry, by its id."""
        self.take_up(hall, zones)
        self.day = date.min
        self.forget()

    def take_up(self, hall: Hall, zones: Sequence[str]) -> None:
        """The hall, and this TV's part of it, as they are from now on; the calls of other parts are forgotten."""
        self._counters = {counter.id: counter for counter in hall.counters}
        self._agencies = {agency.id: agency.short_name for agency in hall.agencies}
        self._zones = frozenset(zones)
        for event in [event for event, counter in self._at.items() if not self._is_mine(counter)]:
            self._entries.pop(event, None)
            del self._at[event]

    def forget(self) -> None:
        """Know nothing: the hub's history is another one."""
        self._entries.clear()
        self._at.clear()
        self._void: dict[int, tuple[int, int]] = {}
        """Between which two events a ticket's calls are undone."""
        self._left: dict[int, list[Leaving]] = {}
        self._ended: dict[int, int] = {}

    def begin(self, day: date) -> None:
        """Forget the days before `day`."""
        if day > self.day > date.min:
            self.forget()
        self.day = max(day, self.day)

    def learn(self, call: Call) -> Entry | None:
        """The call as an entry when it is new, of today and of this TV's zones; else None."""
        self.begin(call.ticket.day)
        ticket = call.ticket
        since, until = self._void.get(ticket.id, (0, 0))
        undone = since < call.event < until
        if undone or call.event in self._entries or ticket.day != self.day or not self._is_mine(call.counter):
            return None
        entry = self._entry(call)
        self._entries[entry.event] = entry
        self._at[entry.event] = call.counter
        if ticket.state in ENDED:
            self.end(ticket.id, call.event + 1)
        return entry

    def withdraw(self, ticket: int, event: int) -> list[Entry]:
        """The ticket's `next` was undone by `event`: its calls until then never were. Those that held till now."""
        self._void[ticket] = (0, event)
        gone = [entry for entry in self._entries.values() if entry.ticket == ticket and entry.event < event]
        for entry in gone:
            del self._entries[entry.event]
        return gone

    def leave(self, ticket: int, event: int, counter: str) -> None:
        """The visit at `counter` is over and the ticket waits elsewhere: its calls hold no more, until it rejoins."""
        gone = Leaving(event, counter, self.withdraw(ticket, event))
        self._left.setdefault(ticket, []).append(gone)

    def end(self, ticket: int, event: int) -> None:
        """The ticket left its counter by `event`: its calls until then invite nobody any more."""
        self._ended[ticket] = max(event, self._ended.get(ticket, 0))

    def reopen(self, ticket: int, event: int) -> None:
        """Its end was taken back by `event`: the ticket is at its counter again."""
        if self._ended.get(ticket, 0) < event:
            self._ended.pop(ticket, None)

    def rejoin(self, ticket: int, event: int, counter: str) -> None:
        """The ticket had left `counter`, and was brought back by `event`: its calls there hold again.

        What it was called to in between stays undone, whatever an answer says that was on its way meanwhile.
        """
        self.reopen(ticket, event)
        self._void.pop(ticket, None)
        left = self._left.get(ticket, [])
        while left:
            leaving = left.pop()
            if leaving.counter == counter:
                self._void[ticket] = (leaving.event, event)
                self._entries.update((call.event, call) for call in leaving.calls if call.event in self._at)
                return

    def knows(self, entry: Entry) -> bool:
        """Whether the call still holds: not undone, not of a day before."""
        return entry.event in self._entries

    def newest_first(self) -> list[Entry]:
        """The latest call of each ticket."""
        latest = {self._entries[event].ticket: self._entries[event] for event in sorted(self._entries)}
        return sorted(latest.values(), key=lambda entry: -entry.event)

    def standing(self) -> Entry | None:
        """The newest call, if its ticket is still at the counter: what an idle TV keeps large."""
        newest = max(self._entries, default=None)
        if newest is None or self._ended.get(self._entries[newest].ticket, 0) > newest:
            return None
        return self._entries[newest]

    def _is_mine(self, counter: str) -> bool:
        if not self._zones:
            return True
        return counter in self._counters and self._counters[counter].zone in self._zones

    def _entry(self, call: Call) -> Entry:
        # A hub restarted with another site file may name a desk this TV has not heard of: show its id.
        known = self._counters.get(call.counter)
        return Entry(
            event=call.event,
            ticket=call.ticket.id,
            number=call.ticket.number,
            counter=known.number if known else call.counter,
            agency=self._agencies.get(call.ticket.agency, call.ticket.agency),
            called_at=call.called_at,
            zone=known.zone if known else "",
            whose=call.ticket.agency,
        )
