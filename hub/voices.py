"""One voice a zone: which TV says its calls, by a lease that it renews. Pure; the clock is passed in.

Times are seconds of a clock that only goes forward (`time.monotonic`), so that nobody who sets the hub's clock
silences a hall. Nothing is written: after a restart of the hub the TV that still holds a zone by its own clock
keeps it, and any other waits until that one's lease would be over.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import inf

from shared.hall import DisplaySettings, Hall
from shared.wire import VoiceClaim, VoiceLease, ZoneVoice

LEASE_S = 4.0
"""How long a TV is a zone's voice after it asked. It asks each second: three questions lost are one switched off.
Then another speaks within 5 s."""

RENEW_S = 1.0
STANDBY_S = 2.0
"""How often a TV asks that waits for its turn. One whose sound device goes says so at once, and is known to be mute
within 2 s: then too another speaks within 5."""

ALONE_S = 3.0
"""How often one that is alone in its zones does: it speaks in any case."""

LIVE_S = 4.5
"""A TV that asked within this time may be waited for: it goes before one that comes after it in the file."""

SOON_S = 0.05
"""After a lease has run out, who wants it asks again so much later."""

QUIET_S = 10.0
"""A voice that says nothing for so long, while a call waits, is stuck: the next call begins half a second after the
one before."""

LONGEST_SAYING_S = 60.0
"""A call takes at most 30 s, said three times in two languages."""


@dataclass
class Lease:
    """A zone's voice: which TV's, since when, when that TV asked last, and until when it holds."""

    display: str
    since: float
    asked: float

    @property
    def until(self) -> float:
        """When it is over, unless it is renewed."""
        return self.asked + LEASE_S


@dataclass(frozen=True)
class Standing:
    """What a TV said of itself last, and since when it says this call, or nothing."""

    seen: float
    sound: bool
    saying: int | None
    since: float


class Voices:
    """The leases of a hall. `started`: when this hub began to listen; it does not yet, unless that is given."""

    def __init__(self, hall: Hall, started: float = inf) -> None:
        self.begin(started)
        self._leases: dict[str, Lease] = {}
        self._standings: dict[str, Standing] = {}
        self.take_up(hall)

    def begin(self, now: float) -> None:
        """The hub listens now: until then it refused every TV, and who held a zone before has kept it meanwhile."""
        self._safe_from = now + LEASE_S

    def take_up(self, hall: Hall) -> None:
        """The hall as it is from now on. A TV that may speak no longer keeps its lease until that runs out."""
        zones = [zone.id for zone in hall.zones]
        self._candidates = {zone: candidates(hall.displays, zone) for zone in zones}

    def claim(self, display: str, asked: VoiceClaim, now: float, *, last_event: int = 0) -> VoiceLease:
        """A TV asks to be its zones' voice; which it is for `LEASE_S` from when it asked."""
        self._note(display, asked, now)
        for zone in asked.release:
            if (lease := self._leases.get(zone)) is not None and lease.display == display:
                del self._leases[zone]
        mine = [zone for zone, tvs in self._candidates.items() if display in tvs]
        holds = [zone for zone in mine if zone not in asked.release and self._grant(zone, display, asked, now)]
        return VoiceLease(
            holds=holds,
            wanted=[zone for zone in holds if self._is_wanted(zone, display, now)],
            lease_ms=round(LEASE_S * 1000),
            again_ms=round(1000 * self._again(display, mine, holds, now)),
            last_event=last_event,
        )

    def holder(self, zone: str, now: float) -> str | None:
        """Whose voice it is now."""
        lease = self._leases.get(zone)
        return lease.display if lease is not None and lease.until > now else None

    def is_taken(self, zone: str, now: float) -> bool:
        """Whether a TV says this zone's calls and is heard: also one that may hold it from before this hub's start."""
        display = self.holder(zone, now)
        if display is None:
            return bool(self._candidates.get(zone)) and now < self._safe_from
        return self._standings[display].sound

    def told(self, now: float) -> list[ZoneVoice]:
        """Who says the calls of each zone."""
        return [
            ZoneVoice(zone=zone, display=self.holder(zone, now), candidates=list(tvs))
            for zone, tvs in self._candidates.items()
        ]

    def stuck(self, waiting: dict[str, float], now: float) -> set[str]:
        """TVs that say nothing though they should. `waiting`: since when the oldest call of a zone waits to be said."""
        return {
            lease.display
            for zone, since in waiting.items()
            if (lease := self._leases.get(zone)) is not None
            and lease.until > now
            and self._is_stuck(self._standings[lease.display], max(since, lease.since), now)
        }

    def _is_stuck(self, tv: Standing, since: float, now: float) -> bool:
        if tv.saying is None:
            return now - max(since, tv.since) >= QUIET_S
        return now - tv.since >= LONGEST_SAYING_S

    def _note(self, display: str, asked: VoiceClaim, now: float) -> None:
        before = self._standings.get(display)
        is_same = before is not None and before.saying == asked.saying
        since = before.since if before is not None and is_same else now
        self._standings[display] = Standing(now, asked.sound, asked.saying, since)

    def _grant(self, zone: str, display: str, asked: VoiceClaim, now: float) -> bool:
        lease = self._leases.get(zone)
        if lease is not None and lease.until > now:
            if lease.display != display:
                return False
            if not asked.sound and self._best(zone, now) != display:
                del self._leases[zone]  # nobody hears it, and there is one who would be heard
                return False
            lease.asked = now
            return True
        if not self._may_begin(zone, display, asked, now):
            return False
        self._leases[zone] = Lease(display, now, now)
        return True

    def _may_begin(self, zone: str, display: str, asked: VoiceClaim, now: float) -> bool:
        if self._candidates[zone] == (display,):
            return True
        if now < self._safe_from:  # somebody may hold it of whom this hub does not know yet
            return zone in asked.holds
        return self._best(zone, now) == display

    def _is_wanted(self, zone: str, display: str, now: float) -> bool:
        """Whether one that goes before its voice has asked since that has it: one that was before may be off."""
        best = self._best(zone, now)
        return best not in (None, display) and self._standings[best or ""].seen > self._leases[zone].since

    def _best(self, zone: str, now: float) -> str | None:
        """Who goes before: of those that asked lately one that is heard, in the order of the file.

        Not one that has let the zone's lease run out, until it asks again.
        """
        lease = self._leases.get(zone)
        live = [tv for tv in self._candidates[zone] if self._is_live(tv, now) and not self._let_go(lease, tv, now)]
        heard = [tv for tv in live if self._standings[tv].sound]
        return next(iter(heard or live), None)

    def _let_go(self, lease: Lease | None, display: str, now: float) -> bool:
        """Whether this TV has let this lease run out, and was not heard of since it last asked for it."""
        is_over = lease is not None and lease.display == display and lease.until <= now
        return lease is not None and is_over and self._standings[display].seen <= lease.asked

    def _is_live(self, display: str, now: float) -> bool:
        tv = self._standings.get(display)
        return tv is not None and now - tv.seen <= LIVE_S

    def _again(self, display: str, mine: Collection[str], holds: Collection[str], now: float) -> float:
        """When to ask next: sooner than usual when a lease runs out that it wants."""
        shared = [zone for zone in mine if self._candidates[zone] != (display,)]
        usual = ALONE_S if not shared else RENEW_S if any(zone in holds for zone in shared) else STANDBY_S
        ends = [lease.until for zone in shared if zone not in holds and (lease := self._leases.get(zone)) is not None]
        ends += [
            self._standings[tv].seen + LIVE_S for zone in shared if (tv := self._best(zone, now)) and tv != display
        ]
        left = [end + SOON_S - now for end in (*ends, *([self._safe_from] if shared else [])) if end > now]
        return min([usual, *left])


def candidates(displays: Iterable[DisplaySettings], zone: str) -> tuple[str, ...]:
    """The TVs that may be a zone's voice, in the order of the file."""
    return tuple(tv.id for tv in displays if tv.voice and (not tv.zones or zone in tv.zones))
