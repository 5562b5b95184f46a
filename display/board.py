"""The board: which call is large, which wait for their showing, which were before. One showing at a time."""

import logging
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from display.calls import Calls, Entry
from display.queues import Queue, Queues
from display.quiet import NOWHERE, Quietness, Silences
from shared import wire
from shared.hall import DisplaySettings, Hall
from shared.model import Kind, Voiced

log = logging.getLogger(__name__)

LEFT = (Kind.RETURNED, Kind.HELD, Kind.UNHELD)
"""A ticket that left its counter and is not done: its call invites nobody there any more."""

SENT_ON = (Kind.TRANSFERRED, Kind.MOVED_ON)
"""It left its counter for another; where that was a slip, it rejoins."""

FORGOTTEN = timedelta(hours=2)
"""No TV says a call that is older: `late_after_s` is an hour at most."""

ROWS = 12
"""Rows given to a screen; it shows those it has room for."""


@dataclass(frozen=True)
class Pace:
    """How long things last, in ms.

    `hold`: a call shown without speech. `hurried`: the same while `hurry_from` others wait, so that a hall
    that calls faster than ten a minute does not fall behind for ever. `patience`: a voice that says
    neither that it finished nor that it could not is given up (its longest utterance is under 30 s).
    """

    hold_ms: int = 6000
    hurried_ms: int = 2000
    hurry_from: int = 4
    patience_ms: int = 60_000


@dataclass(frozen=True)
class Row:
    """A recent call. `coming`: its showing and speech are still to come."""

    entry: Entry
    coming: bool


@dataclass(frozen=True)
class View:
    """What a TV shows now.

    `called` is the large call, None before the first and when the newest has left its counter; `lit`: it
    is being announced; `speaking`: the voice is saying it now. `rows`: the other calls, newest first. `silences`:
    in which of its zones no calls are said.
    """

    called: Entry | None = None
    lit: bool = False
    speaking: bool = False
    rows: tuple[Row, ...] = ()
    queues: tuple[Queue, ...] = ()
    away: bool = False
    silences: Silences = NOWHERE


@dataclass(frozen=True)
class Record:
    """What this TV has done since it started: how many calls it showed and spoke, and the last event of each.

    Spoken is what was played to its end on a sound device; without one a call is shown as long, and not counted.
    """

    shown: int = 0
    spoken: int = 0
    last_shown: int = 0
    last_spoken: int = 0


class Board(QObject):
    """Decides what a lobby TV shows and says.

    Each call (a recall is a call) is announced once, by its event's id, in the order of the events: large and
    lit while the voice says it, or for `Pace.hold_ms` where it is not spoken. Calls that wait for their
    turn stand in the rows meanwhile. A call older than `late_after_s` when it becomes known (the hub or the
    LAN was away) goes to the rows at once; one that grew old while it waited is lit, not spoken.

    changed(View)    something on the screen is different
    speak(Entry)     the voice shall say this after what it has; at most one ahead of the one that is lit,
                     so that the voice knows calls pile up and an undone call is seldom heard
    take_back(int)   the call of this event, which the voice has, was undone: it shall not be said, or not further
    announced(int)   the event of this id has had its showing
    voiced(int, str) what became of saying the call of this event, where its voice is this TV's: a `Voiced`

    A TV that says no calls of a zone shows them for `Pace.hold_ms`. When it becomes the zone's voice it says those of
    which nobody has told what became of them: that another began to say and did not finish is said again.
    """

    changed = Signal(object)
    speak = Signal(object)
    take_back = Signal(int)
    announced = Signal(int)
    voiced = Signal(int, str)

    def __init__(  # noqa: PLR0913  -- the hall, this TV's part of it, the clock; the rest has defaults
        self,
        hall: Hall,
        settings: DisplaySettings,
        *,
        now: Callable[[], datetime],
        pace: Pace | None = None,
        heard: int = 0,
        told: Container[int] = (),
        says: Callable[[str], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`now` is the hub's time; `heard` the last event announced before this program started.

        `told`: calls of which this TV knows what became of them; `says`: whether it may say a zone's calls now.
        """
        super().__init__(parent)
        self._settings = settings
        self._now = now
        self._zone = ZoneInfo(hall.timezone)
        self._pace = pace or Pace()
        self._calls = Calls(hall, settings.zones)
        self._queues = Queues(hall)
        self._quiet = Quietness()
        self._zones = _zones(hall, settings)
        self._told_since: dict[int, int] = {}
        """Calls of which the feed told what became of them, by which event: an older answer does not know."""
        self._heard = heard
        self._answered = 0
        self._pending: list[Entry] = []
        self._handed: set[int] = set()
        self._lit: Entry | None = None
        self._silent: set[int] = set()
        self._told = told
        self._says = says or (lambda _zone: self._settings.voice)
        self._untold: dict[int, Entry] = {}
        """Calls of which nobody has told what became of them."""
        self._again: set[int] = set()
        """Those that were announced without a voice, and are to be said now."""
        self._speaking = False
        self._away = False
        self.record = Record()
        self.view = View()
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._time_is_over)

    # -------------------------------------------------------- told by the hub

    def take_up(self, hall: Hall, settings: DisplaySettings) -> None:
        """The hall, and this TV in it, as they are from now on; what is being announced is announced to its end."""
        self._settings = settings
        self._zone = ZoneInfo(hall.timezone)
        self._calls.take_up(hall, settings.zones)
        self._queues.take_up(hall)
        self._zones = _zones(hall, settings)
        self._untold = {event: entry for event, entry in self._untold.items() if self._calls.knows(entry)}
        self._go_on()

    def take(self, event: wire.Event) -> None:
        """An event of the feed."""
        self._queues.take(event)
        if self._quiet.take(event):
            self._fall_quiet()
        call = event.as_call()
        if call is not None:
            self._learn(call, self._now())
        elif event.kind is Kind.VOICED:
            self._untold.pop(event.call or 0, None)
            self._told_since[event.call or 0] = event.id
        elif event.ticket is not None:
            self._move(event.kind, event.ticket.id, event)
        self._go_on()

    def _move(self, kind: Kind, ticket: int, event: wire.Event) -> None:
        """The ticket has left its counter, or is there again."""
        if kind in LEFT:
            self._calls.withdraw(ticket, event.id)
        elif kind in SENT_ON:
            self._calls.leave(ticket, event.id, event.counter or "")
        elif kind in (Kind.FINISHED, Kind.NO_SHOW):
            self._calls.end(ticket, event.id)
        elif kind is Kind.REOPENED:
            self._calls.reopen(ticket, event.id)
        elif kind is Kind.REJOINED:
            self._calls.rejoin(ticket, event.id, event.counter or "")

    def merge(self, answer: wire.Board) -> None:
        """The hub's answer to GET /api/board: what the feed did not tell is learnt from it."""
        if answer.last_event < max(self._answered, self._heard):
            log.info("the hub's history begins anew at event %d", answer.last_event)
            self._forget()
        self._answered = answer.last_event
        self._calls.begin(answer.now.astimezone(self._zone).date())
        self._quiet.merge(answer)
        self._fall_quiet()
        for call in sorted(answer.calls, key=lambda call: call.event):
            self._learn(call, answer.now)
        self._told_since = {call: told for call, told in self._told_since.items() if told > answer.last_event}
        self._queues.merge(answer)
        self._go_on()

    def set_away(self, away: bool) -> None:  # noqa: FBT001  -- a slot: takes what the signal brings
        """The hub is away, or back."""
        self._away = away
        self._tell()

    # -------------------------------------------------------- whose voice it is

    def gain(self, zone: str) -> None:
        """The zone's calls are this TV's to say: also those that nobody has said."""
        for entry in sorted(self._untold_of(zone), key=lambda entry: entry.event):
            if self._is_late(entry, self._now()):
                self._settle(entry.event, Voiced.LATE)
            elif self._is_quiet(entry):
                self._settle(entry.event, Voiced.QUIET)
            elif entry == self._lit:
                self._silent.discard(entry.event)
                self._turn.start(self._pace.patience_ms)
            elif entry not in self._pending:
                self._again.add(entry.event)
                self._put_in_turn(entry)
        if self._lit is not None and self._lit.event in self._silent and any(map(self._is_to_say, self._pending)):
            self._done()  # the voice before has said it
        self._go_on()

    def lose(self, zone: str) -> None:
        """They are not any more: what the voice has of them is broken off, and shown only."""
        self._withdraw([entry for entry in self._with_voice() if entry.zone == zone])
        self._go_on()

    def _with_voice(self) -> list[Entry]:
        """The calls that the voice has."""
        known = [entry for entry in (self._lit, *self._pending) if entry is not None]
        return [entry for entry in known if entry.event in self._handed - self._silent]

    def _withdraw(self, handed: list[Entry]) -> None:
        for entry in handed:
            self._handed.discard(entry.event)
            if entry == self._lit:
                self._silent.add(entry.event)
                self._speaking = False
                self._turn.start(self._hold_ms())
        for entry in reversed(handed):  # the last first: the voice would begin with it
            self.take_back.emit(entry.event)

    def _fall_quiet(self) -> None:
        """What the voice has of zones that are quiet now is shown only, but for what it is saying."""
        said = self._lit if self._speaking else None
        quiet = [entry for entry in self._with_voice() if entry != said and self._is_quiet(entry)]
        self._withdraw(quiet)
        if self._lit in quiet:
            self._settle(self._lit.event, Voiced.QUIET)

    def _is_quiet(self, entry: Entry) -> bool:
        return self._quiet.until(entry.zone, self._now()) is not None

    def may_repeat(self, event: int) -> bool:
        """Whether the call that is being said may be said once more: quiet means quiet after what is being said."""
        return self._lit is None or self._lit.event != event or not self._is_quiet(self._lit)

    def zone_of(self, event: int) -> str:
        """In which zone that call was made, of those not yet told of and the one that is lit; '' for another."""
        is_lit = self._lit is not None and self._lit.event == event
        entry = self._lit if is_lit else self._untold.get(event)
        return entry.zone if entry is not None else ""

    def _untold_of(self, zone: str) -> list[Entry]:
        return [entry for entry in self._untold.values() if entry.zone == zone]

    def _settle(self, event: int, outcome: Voiced) -> None:
        """Tell what became of saying a call, if that is this TV's to tell."""
        entry = self._untold.get(event)
        if entry is not None and (outcome is Voiced.SPOKEN or self._says(entry.zone)):
            del self._untold[event]
            self.voiced.emit(event, outcome.value)

    # -------------------------------------------------------- told by the voice

    def started(self, event: int) -> None:
        """The voice begins to say the call of `event`."""
        if self._pending and self._pending[0].event == event:
            # It passed over the one before, which had its hold only in part.
            self._close()
            self._light()
        if self._lit is not None and self._lit.event == event:
            self._speaking = True
            self._go_on()

    def finished(self, event: int) -> None:
        """The voice has said the call of `event`, and it could be heard."""
        self.record = Record(self.record.shown, self.record.spoken + 1, self.record.last_shown, event)
        log.info("spoken: event %d", event)
        self._settle(event, Voiced.SPOKEN)
        self._end_showing(event)

    def unheard(self, event: int) -> None:
        """The time it takes to say the call of `event` is over; there was nothing to hear it from."""
        log.info("not heard: event %d", event)
        self._settle(event, Voiced.NO_SOUND)
        self._end_showing(event)

    def _end_showing(self, event: int) -> None:
        if self._lit is not None and self._lit.event == event:
            self._done()

    def unspoken(self, event: int, why: str) -> None:
        """The voice will not say the call of `event`: it is shown without."""
        log.info("not spoken: event %d, %s", event, why)
        self._settle(event, Voiced(why))
        if any(entry.event == event for entry in self._pending):
            self._silent.add(event)
        elif self._lit is not None and self._lit.event == event:
            self._silent.add(event)
            self._speaking = False
            if why == Voiced.LATE and self._pending:
                self._done()  # it stood in the rows since it was called; the voice has no time to lose
                return
            self._turn.start(self._hold_ms())
            self._go_on()

    # -------------------------------------------------------- one showing after the other

    def _learn(self, call: wire.Call, now: datetime) -> None:
        entry = self._calls.learn(call)
        if entry is None:
            return
        if call.voiced is None and entry.event not in self._told and entry.event not in self._told_since:
            self._untold[entry.event] = entry
        if entry.event <= self._heard:
            return
        if self._is_late(entry, now):
            self._show_in_rows(entry)
        else:
            self._put_in_turn(entry)

    def _show_in_rows(self, entry: Entry) -> None:
        """Too old to be announced, it stands in the rows."""
        self._note_shown(entry)
        self._settle(entry.event, Voiced.LATE)
        self._announce(entry)

    def _announce(self, entry: Entry) -> None:
        if entry.event in self._again:
            self._again.discard(entry.event)
        else:
            self.announced.emit(entry.event)

    def _put_in_turn(self, entry: Entry) -> None:
        # What the voice has already keeps its place, or eye and ear would part.
        place = sum(1 for other in self._pending if other.event < entry.event or other.event in self._handed)
        self._pending.insert(place, entry)

    def _forget(self) -> None:
        self._heard = 0
        self._untold.clear()
        self._told_since.clear()
        self._calls.forget()
        self._queues.forget()
        self._quiet.forget()

    def _go_on(self) -> None:
        undone = [entry for entry in (self._lit, *self._pending) if entry is not None and not self._calls.knows(entry)]
        handed = [entry.event for entry in undone if entry.event in self._handed - self._silent]
        self._pending = [entry for entry in self._pending if entry not in undone]
        self._leave_out_undone()
        if self._lit in undone:
            self._close()
        if self._lit is None:
            self._pass_over_late()
        if self._lit is None and self._pending:
            self._light()
        self._handed.difference_update(handed)
        for event in handed:
            self.take_back.emit(event)  # once the next is lit: the voice may begin with it at once
        self._feed_voice()
        self._tell()

    def _leave_out_undone(self) -> None:
        oldest = self._now() - FORGOTTEN
        for event, entry in list(self._untold.items()):
            if not self._calls.knows(entry):
                self._settle(event, Voiced.UNDONE)
                self._untold.pop(event, None)
            elif entry.called_at < oldest:
                del self._untold[event]  # where no TV has a voice, nobody ever tells

    def _pass_over_late(self) -> None:
        """What grew old in its turn stays in the rows while another can still be heard: the voice waits for none."""
        while self._pending and self._is_late(self._pending[0], self._now()):
            first = self._pending[0]
            has_it = first.event in self._handed - self._silent
            if has_it or self._is_late(self._pending[-1], self._now()):
                return
            self._pending.pop(0)
            self._handed.discard(first.event)
            self._silent.discard(first.event)
            self._show_in_rows(first)

    def _light(self) -> None:
        entry = self._pending.pop(0)
        self._lit, self._speaking = entry, False
        self._note_shown(entry)
        if entry.event not in self._handed and not self._is_to_say(entry):
            if self._is_late(entry, self._now()):
                self._settle(entry.event, Voiced.LATE)
            elif self._is_quiet(entry):
                self._settle(entry.event, Voiced.QUIET)
            self._silent.add(entry.event)
        self._turn.start(self._hold_ms() if entry.event in self._silent else self._pace.patience_ms)

    def _feed_voice(self) -> None:
        """Give the voice what is lit and the one after it."""
        # Asked anew each time: the voice may answer while it is told.
        while (entry := self._next_to_say()) is not None:
            self._handed.add(entry.event)
            self.speak.emit(entry)

    def _next_to_say(self) -> Entry | None:
        if self._lit is None or self._lit.event in self._silent:
            return None
        now = self._now()
        ahead = next((one for one in self._pending if one.event in self._handed or not self._is_late(one, now)), None)
        to_say = (entry for entry in (self._lit, ahead) if entry is not None and entry.event not in self._handed)
        return next((entry for entry in to_say if self._is_to_say(entry)), None)

    def _is_to_say(self, entry: Entry) -> bool:
        is_ours = entry.event in self._untold and self._says(entry.zone)
        return is_ours and not self._is_late(entry, self._now()) and not self._is_quiet(entry)

    def _time_is_over(self) -> None:
        if self._lit is not None and self._lit.event not in self._silent:
            self._settle(self._lit.event, Voiced.NO_VOICE)  # it said neither that it did nor that it could not
        self._done()

    def _done(self) -> None:
        entry = self._lit
        self._close()
        if entry is not None:
            self._announce(entry)
        self._go_on()

    def _close(self) -> None:
        self._turn.stop()
        self._lit, self._speaking = None, False
        waiting = {entry.event for entry in self._pending}
        self._handed &= waiting
        self._silent &= waiting

    def _hold_ms(self) -> int:
        hurried = len(self._pending) >= self._pace.hurry_from
        return self._pace.hurried_ms if hurried else self._pace.hold_ms

    def _is_late(self, entry: Entry, now: datetime) -> bool:
        return (now - entry.called_at).total_seconds() > self._settings.late_after_s

    def _note_shown(self, entry: Entry) -> None:
        if entry.event in self._again:
            return  # it was, while another TV should have said it
        shown = self.record
        self.record = Record(shown.shown + 1, shown.spoken, entry.event, shown.last_spoken)
        log.info("shown: event %d, %s at %s", entry.event, entry.number, entry.counter)

    # -------------------------------------------------------- what the screen shows

    def _tell(self) -> None:
        view = self._view()
        if view != self.view:
            self.view = view
            self.changed.emit(view)

    def _view(self) -> View:
        called = self._lit or self._calls.standing()
        coming = {entry.ticket for entry in self._pending}
        rows = [
            Row(entry, entry.ticket in coming)
            for entry in self._calls.newest_first()
            if called is None or entry.ticket != called.ticket
        ]
        return View(
            called=called,
            lit=self._lit is not None,
            speaking=self._speaking,
            rows=tuple(rows[:ROWS]),
            queues=self._queues.now(),
            away=self._away,
            silences=self._quiet.silences(self._zones, self._now()),
        )


def _zones(hall: Hall, settings: DisplaySettings) -> dict[str, str]:
    """The zones of this TV, with their names."""
    names = {zone.id: zone.name for zone in hall.zones}
    return {zone: names.get(zone, zone) for zone in settings.zones or names}
