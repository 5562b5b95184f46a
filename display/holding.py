"""Of which zones this TV says the calls now. Pure; the clock is passed in, in seconds that only go forward.

A TV that is the only one of its zone with a loudspeaker says its calls, whatever the hub answers. Where there are
others it says them for as long as the hub gave it the zone's voice, counted from when it asked: before the hub can give
it to another, this one is silent. A hub that was killed cannot give it to anybody: where nobody listens at its
address, which the PC tells at once, the voice is kept and no call is cut. Where no answer comes at all, a cable may be
pulled, and another TV may speak soon.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.hall import DisplaySettings, Hall
from shared.wire import VoiceClaim, VoiceLease

RENEW_S = 1.0


@dataclass
class _Held:
    """A zone's voice, until when. `after`: once the feed was heard up to this event; `wanted`: by one before us."""

    until: float
    after: int
    wanted: bool = False


class Holding:
    """The voices of one TV.

    `may_say` is asked before each call; `changes` tells what was won and lost since it was asked last.
    """

    def __init__(self, hall: Hall, settings: DisplaySettings) -> None:
        self._held: dict[str, _Held] = {}
        self._lease_s = 0.0
        self._mine: frozenset[str] = frozenset()
        self._heard = 0
        self.take_up(hall, settings)

    def take_up(self, hall: Hall, settings: DisplaySettings) -> None:
        """The hall, and this TV in it, as they are from now on."""
        zones = (settings.zones or [zone.id for zone in hall.zones]) if settings.voice else []
        others = [tv for tv in hall.displays if tv.voice and tv.id != settings.id]
        self.zones = tuple(zones)
        self.alone = frozenset(zone for zone in zones if not any(not tv.zones or zone in tv.zones for tv in others))
        self._is_of_all = settings.voice and not settings.zones
        self._held = {zone: held for zone, held in self._held.items() if zone in zones}

    def may_say(self, zone: str, now: float) -> bool:
        """Whether a call of this zone may begin to be said. One of a zone we never heard of is everybody's."""
        if zone in self.alone:
            return True
        if zone not in self.zones:
            return self._is_of_all and self.alone == frozenset(self.zones)
        held = self._held.get(zone)
        return held is not None and self._is_good(held, now) and not held.wanted

    def held(self, now: float) -> list[str]:
        """The zones whose voice this TV is."""
        return [zone for zone in self.zones if zone in self.alone or self._holds(zone, now)]

    def claim(self, now: float, *, sound: bool, saying: int | None, saying_zone: str = "") -> VoiceClaim:
        """What to ask the hub. A zone that one before us wants is given up once none of its calls is being said.

        `saying_zone`: whose call `saying` is.
        """
        release = [zone for zone, held in self._held.items() if held.wanted and zone != saying_zone]
        if not sound:  # while nobody hears us, somebody else may be heard
            release = [zone for zone in self.zones if zone not in self.alone]
        for zone in release:
            self._held.pop(zone, None)
        return VoiceClaim(sound=sound, holds=self.held(now), release=release, saying=saying)

    def answered(self, lease: VoiceLease, asked_at: float) -> None:
        """The hub's answer to a claim that went out at `asked_at`."""
        self._lease_s = lease.lease_ms / 1000
        until = asked_at + self._lease_s
        before, self._held = self._held, {}
        for zone in lease.holds:
            if zone in self.zones:
                kept = before.get(zone)
                after = kept.after if kept is not None and kept.until > asked_at else lease.last_event
                self._held[zone] = _Held(until, after, zone in lease.wanted)

    def refused(self, now: float) -> None:
        """Nobody listens at the hub's address: nobody is given a voice there either."""
        for held in self._held.values():
            if held.until > now:
                held.until = now + self._lease_s

    def heard(self, event: int) -> None:
        """The feed was heard up to this event."""
        self._heard = event

    def changes(self, before: Iterable[str], now: float) -> tuple[list[str], list[str]]:
        """Which zones may be spoken for now that could not be `before`, and which no longer."""
        known, may = set(before), self.spoken_for(now)
        return [zone for zone in may if zone not in known], sorted(known.difference(may))

    def spoken_for(self, now: float) -> list[str]:
        """The zones whose calls may be said, also those that are about to be given up."""
        return [zone for zone in self.zones if zone in self.alone or self._is_good_of(zone, now)]

    def ends_in(self, now: float) -> float | None:
        """In how many seconds the first voice is lost unless it is renewed; None: there is none to lose."""
        ends = [held.until - now for zone, held in self._held.items() if zone not in self.alone and held.until > now]
        return min(ends, default=None)

    def _holds(self, zone: str, now: float) -> bool:
        held = self._held.get(zone)
        return held is not None and held.until > now

    def _is_good_of(self, zone: str, now: float) -> bool:
        held = self._held.get(zone)
        return held is not None and self._is_good(held, now)

    def _is_good(self, held: _Held, now: float) -> bool:
        return held.until > now and held.after <= self._heard
