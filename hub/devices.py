"""The kiosks, counter apps and displays of the hall, and how they are."""

import json
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from http import HTTPStatus

from hub.once import Ask, Reply
from hub.rows import EventRow, to_moment, to_ms
from hub.store import Book, KeptDevice
from shared.hall import Hall
from shared.model import DeviceKind, Kind
from shared.trouble import Trouble
from shared.wire import SEEN_TO, Device, DeviceReport

ALIVE_SECONDS = {DeviceKind.KIOSK: 12, DeviceKind.DISPLAY: 12, DeviceKind.COUNTER: 30}
"""Before nobody's eyes a device reports every 5 s, a counter app every 10: with one report lost none falls silent."""

_FORGOTTEN_HOURS = 12
"""A device silent for so long was put away, or its hall is closed: no news for an officer."""

Name = tuple[DeviceKind, str]


@dataclass
class Seen:
    """A device's last report. `told_alive`: what the feed last said of it."""

    seen_at: int
    report: DeviceReport
    told_alive: bool
    ask: Ask | None = None
    reply: Reply | None = None


@dataclass
class Devices:
    """What is known of the hall's devices, kept in memory; only changes are written."""

    hall: Hall
    zone: tzinfo
    seen: dict[Name, Seen] = field(default_factory=dict)
    stuck: frozenset[str] = frozenset()
    """TVs that should say calls and do not: the hub finds that out, not they."""

    def recall(self, kept: list[KeptDevice]) -> None:
        """Take up what was known before the hub was last stopped."""
        for device in kept:
            report = DeviceReport(troubles=json.loads(device.troubles), facts=json.loads(device.facts))
            self.seen[DeviceKind(device.kind), device.id] = Seen(device.seen_at, report, told_alive=False)

    def name(self, kind: str, device: str) -> Name:
        """The device's name. Raises Trouble('unknown_device') for one that is not in the configuration."""
        for known in self._names():
            if known == (kind, device):
                return known
        raise Trouble("unknown_device", device=f"{kind}/{device}")

    def first(self) -> Name:
        """Any device of the hall: its first."""
        return next(iter(self._names()))

    def is_news(self, name: Name, report: DeviceReport) -> bool:
        """Whether the feed must hear of this: the device is back, its troubles differ, or a technician was at it.

        Other facts are no news: a TV's counts of calls change all day, and would fill the event log.
        """
        before = self.seen.get(name)
        if before is None or not before.told_alive or before.report.troubles != report.troubles:
            return True
        return report.facts.get(SEEN_TO) not in (None, before.report.facts.get(SEEN_TO))

    def note(self, name: Name, report: DeviceReport, clock: datetime) -> None:
        """The device was heard of, and the feed has said so."""
        self.seen[name] = Seen(to_ms(clock), report, told_alive=True)

    def heartbeat(self, ask: Ask, name: Name, report: DeviceReport, clock: datetime) -> Reply:
        """The device is as it was. The answer is kept in memory only, until its next report."""
        seen = self.seen[name]
        if seen.reply is not None and seen.ask is not None and seen.ask.key == ask.key:
            if seen.ask.fingerprint != ask.fingerprint:
                raise Trouble("key_reused")
            return seen.reply
        self.note(name, report, clock)
        reply = Reply(HTTPStatus.OK, self.device(name, clock).model_dump_json().encode())
        self.seen[name].ask, self.seen[name].reply = ask, reply
        return reply

    def write(self, book: Book, name: Name, now: int, report: DeviceReport) -> Device:
        """Write the news of a device that is there."""
        told = Device(
            kind=name[0],
            id=name[1],
            alive=True,
            seen_at=to_moment(now, self.zone),
            troubles=report.troubles,
            facts=report.facts,
        )
        book.keep_device(KeptDevice(name[0], name[1], now, json.dumps(report.troubles), json.dumps(report.facts)))
        book.tell(EventRow(0, now, Kind.DEVICE, health=told.model_dump_json()))
        return told

    def fallen_silent(self, clock: datetime) -> list[Name]:
        """Devices the feed still calls alive, that have not been heard of for too long."""
        return [name for name, seen in self.seen.items() if seen.told_alive and not _is_alive(name, seen, clock)]

    def device(self, name: Name, clock: datetime) -> Device:
        """A device as the wire speaks of it."""
        seen = self.seen.get(name)
        if seen is None:
            return Device(kind=name[0], id=name[1], alive=False)
        return Device(
            kind=name[0],
            id=name[1],
            alive=_is_alive(name, seen, clock),
            seen_at=to_moment(seen.seen_at, self.zone),
            troubles=self._troubles(name, seen),
            facts=seen.report.facts,
        )

    def _troubles(self, name: Name, seen: Seen) -> list[str]:
        is_stuck = name[0] is DeviceKind.DISPLAY and name[1] in self.stuck
        return [*seen.report.troubles, *(["voice_stuck"] if is_stuck else [])]

    def all(self, clock: datetime) -> list[Device]:
        """Every kiosk and display of the hall, and each counter app that ever reported."""
        names = [name for name in self._names() if name[0] is not DeviceKind.COUNTER or name in self.seen]
        return [self.device(name, clock) for name in names]

    def in_trouble(self, clock: datetime) -> list[Device]:
        """Kiosks and displays an officer should know of: with a trouble, or silent since lately."""
        recent = to_ms(clock) - _FORGOTTEN_HOURS * 3_600_000
        return [
            device
            for device in self.all(clock)
            if device.kind is not DeviceKind.COUNTER
            and device.seen_at is not None
            and (device.troubles or not device.alive)
            and to_ms(device.seen_at) > recent
        ]

    def _names(self) -> dict[Name, None]:
        hall = self.hall
        return dict.fromkeys(
            [(DeviceKind.KIOSK, kiosk.id) for kiosk in hall.kiosks]
            + [(DeviceKind.DISPLAY, display.id) for display in hall.displays]
            + [(DeviceKind.COUNTER, counter.id) for counter in hall.counters]
        )


def _is_alive(name: Name, seen: Seen, clock: datetime) -> bool:
    # A report of a later day came while the clock ran ahead.
    return abs(to_ms(clock) - seen.seen_at) <= ALIVE_SECONDS[name[0]] * 1000
