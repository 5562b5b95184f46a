"""Devices get their keys: a code shown at the hub, typed once at the device. See shared.pairing for the exchange.

Open codes are kept in memory, and nothing of them but what their proofs are reckoned with: after a start of the hub
a new code is asked for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from hub.claims import Claims
from hub.people import SYSTEM, hashed
from hub.rows import EventRow, to_moment
from hub.store import Book
from shared.access_wire import AddSystem, OpenPairing, Pair, Paired, Pairing, SystemKey, Unpair
from shared.model import Kind
from shared.pairing import device_proof, hub_proof, is_proof
from shared.trouble import Trouble

CODE_MINUTES = 10
TRIES = 5
_MINUTE_MS = 60_000

Name = tuple[str, str]
"""A device's kind and id."""


@dataclass
class OpenCode:
    """A code that was shown and not used yet. `until` in ms."""

    key: bytes
    until: int
    wrong: int = 0


class Codes:
    """The codes that are open, one a device."""

    def __init__(self) -> None:
        self._open: dict[Name, OpenCode] = {}

    def open(self, name: Name, key: bytes, now: int) -> OpenCode:
        """A new code for this device; the one before it is worth nothing any more."""
        self._open[name] = OpenCode(key, now + CODE_MINUTES * _MINUTE_MS)
        return self._open[name]

    def used(self, asked: Pair, now: int) -> tuple[Name, OpenCode]:
        """The code of a device that knows it, and the device it was for. Raises Trouble('pairing_refused').

        A device that tells no id knows one of the codes of its kind. The fifth wrong try ends a code.
        """
        tried = [name for name in self._open if self._is_meant(name, asked, now)]
        for name in tried:
            if is_proof(asked.proof, device_proof(self._open[name].key, name[0], asked.id, asked.nonce)):
                return name, self._open.pop(name)
        for name in tried:
            self._count_wrong(name)
        raise Trouble("pairing_refused")

    def _is_meant(self, name: Name, asked: Pair, now: int) -> bool:
        kind, device = name
        return kind == asked.kind.value and asked.id in ("", device) and now < self._open[name].until

    def _count_wrong(self, name: Name) -> None:
        self._open[name].wrong += 1
        if self._open[name].wrong >= TRIES:
            del self._open[name]

    def put_back(self, name: Name, code: OpenCode) -> None:
        """The device's key could not be written: the code is good for another try."""
        self._open.setdefault(name, code)


class Opened(NamedTuple):
    """A code that was opened for a device, until when (ms)."""

    asked: OpenPairing
    until: int


class Proved(NamedTuple):
    """A device that knew its code, which it is, and what the hub's proof is reckoned with."""

    asked: Pair
    device: str
    code_key: bytes


def tell_code(claims: Claims, book: Book, clock: datetime, opened: Opened) -> Pairing:
    """Until when the code is good. The code itself is told, and kept nowhere."""
    claims.floor.moment(book, clock)
    kind, device = opened.asked.kind, opened.asked.id
    return Pairing(kind=kind, id=device, code="", expires_at=to_moment(opened.until, claims.floor.zone))


def pair(claims: Claims, book: Book, clock: datetime, proved: Proved) -> Paired:
    """The device has a key, and whatever had one in its place has none any more. Raises Trouble('clock_behind')."""
    now, kind, device = claims.floor.moment(book, clock), proved.asked.kind.value, proved.device
    key = book.asker.minted
    _end_key(claims, book, now, (kind, device))
    book.add_device_key(kind, device, hashed(key), now)
    book.tell(EventRow(0, now, Kind.PAIRED, why=f"{kind}/{device}"))
    return Paired(id=device, key="", proof=hub_proof(proved.code_key, kind, device, proved.asked.nonce, key))


def unpair(claims: Claims, book: Book, clock: datetime, asked: Unpair) -> EventRow | None:
    """The device's key is worth nothing any more; None where it had none. Raises Trouble('clock_behind')."""
    now = claims.floor.moment(book, clock)
    if not _end_key(claims, book, now, (asked.kind.value, asked.id)):
        return None
    return book.tell(EventRow(0, now, Kind.UNPAIRED, why=f"{asked.kind.value}/{asked.id}"))


def add_system(claims: Claims, book: Book, clock: datetime, asked: AddSystem) -> SystemKey:
    """Another system has a key, and that it had before is worth nothing any more. Raises Trouble('clock_behind')."""
    now = claims.floor.moment(book, clock)
    _end_key(claims, book, now, (SYSTEM, asked.name))
    book.add_device_key(SYSTEM, asked.name, hashed(book.asker.minted), now)
    book.tell(EventRow(0, now, Kind.PAIRED, why=f"{SYSTEM}/{asked.name}"))
    return SystemKey(name=asked.name, key="")


def end_system(claims: Claims, book: Book, clock: datetime, name: str) -> EventRow | None:
    """The system's key is worth nothing any more; None where it had none. Raises Trouble('clock_behind')."""
    now = claims.floor.moment(book, clock)
    if not _end_key(claims, book, now, (SYSTEM, name)):
        return None
    return book.tell(EventRow(0, now, Kind.UNPAIRED, why=f"{SYSTEM}/{name}"))


def _end_key(claims: Claims, book: Book, now: int, name: Name) -> bool:
    """The device's key, and the sessions at it, are over; whether it had one."""
    key = next((key for key in book.device_keys() if (key.kind, key.device) == name), None)
    if key is None:
        return False
    claims.end_all(book, now, lambda row: row.key == key.id)
    book.revoke_device_key(key.id, now)
    return True
