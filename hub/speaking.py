"""The hall's voices as a running hub knows them: it answers claims, all in memory, and finds out who says nothing."""

from datetime import datetime
from http import HTTPStatus
from time import monotonic

from hub.floor import Floor
from hub.once import Ask, Reply
from hub.rows import to_ms
from hub.store import Reading
from hub.voiced import unspoken
from hub.voices import Voices
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import VoiceClaim
from shared.wire import Voices as Told

_LOOKED_BACK_MS = 60_000
"""A call that waits to be said for longer was missed before: it tells nothing of how the voice is now."""


class Speaking:
    """Who says the calls of each zone.

    `stuck`: the TVs that hold a voice and say nothing while calls wait, as of the last `look`.
    """

    def __init__(self, hall: Hall) -> None:
        self.voices = Voices(hall)
        self.stuck: frozenset[str] = frozenset()
        self._answered: dict[str, tuple[Ask, Reply]] = {}
        self._after = 0

    def open(self) -> None:
        """The hub listens: TVs are answered from now on."""
        self.voices.begin(monotonic())

    def claim(self, ask: Ask, display: str, asked: VoiceClaim, *, last_event: int) -> Reply:
        """Answer a TV's claim; the answer to the last one of each TV is kept for its key. Raises key_reused."""
        before, reply = self._answered.get(display, (None, None))
        if before is not None and reply is not None and before.key == ask.key:
            if before.fingerprint != ask.fingerprint:
                raise Trouble("key_reused")
            return reply
        lease = self.voices.claim(display, asked, monotonic(), last_event=last_event)
        reply = Reply(HTTPStatus.OK, lease.model_dump_json().encode())
        self._answered[display] = ask, reply
        return reply

    def look(self, floor: Floor, book: Reading, clock: datetime) -> set[str]:
        """See which voices are stuck; the TVs of which that is news, either way."""
        stuck = frozenset(self.voices.stuck(self._waiting(floor, book, clock), monotonic()))
        news, self.stuck = stuck ^ self.stuck, stuck
        return set(news)

    def told(self, floor: Floor, book: Reading, clock: datetime) -> Told:
        """Who says what, and which calls of today were not said."""
        today = floor.day(to_ms(clock))
        return Told(
            now=clock,
            zones=self.voices.told(monotonic()),
            spoken=book.count_spoken(today),
            unspoken=unspoken(floor, book, clock),
        )

    def _waiting(self, floor: Floor, book: Reading, clock: datetime) -> dict[str, float]:
        """Since when, on our own clock, the oldest call of each zone waits to be said."""
        if not any(one.display for one in self.voices.told(monotonic())):
            return {}
        now, here = to_ms(clock), monotonic()
        waiting: dict[str, float] = {}
        for event, counter, at in book.untold(floor.day(now), self._after):  # newest first
            if now - at > _LOOKED_BACK_MS:
                self._after = max(self._after, event)
            elif counter in floor.counters:
                waiting[floor.counters[counter].zone] = here - (now - at) / 1000
        return waiting
