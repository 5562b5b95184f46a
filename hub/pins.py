"""PINs: hashed and checked away from the loop, and how often a wrong one may be tried."""

import asyncio
import hmac
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

from hub.people import StaffRow

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TRIES = 5
LOCK_MINUTES = 5
LONGEST_LOCK_MINUTES = 60
_MINUTE_MS = 60_000


def after_wrong(row: StaffRow, now: int) -> StaffRow:
    """An officer's row after a wrong PIN at `now` (ms): the fifth in a row locks it, each time twice as long."""
    if row.wrong + 1 < TRIES:
        return row._replace(wrong=row.wrong + 1)
    minutes = min(LOCK_MINUTES * 2**row.locks, LONGEST_LOCK_MINUTES)
    return row._replace(wrong=0, locks=row.locks + 1, locked_until=now + minutes * _MINUTE_MS)


def is_locked(row: StaffRow, now: int) -> bool:
    """Whether no PIN of this officer is looked at now."""
    return now < row.locked_until


class Pins:
    """Argon2id in a thread of its own, one at a time: each takes some 50 ms and 64 MB.

    The hub's pepper goes in first: who steals the database alone cannot try the ten thousand PINs of four digits.
    """

    def __init__(self, pepper: bytes) -> None:
        self._pepper = pepper
        self._thread = ThreadPoolExecutor(1, "pins")

    async def hash(self, pin: str) -> str:
        """What is kept of a PIN."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._hash, pin)

    async def is_right(self, kept: str, pin: str) -> bool:
        """Whether this is the PIN of which that is kept."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._is_right, kept, pin)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()

    def _hash(self, pin: str) -> str:
        return _hasher().hash(self._peppered(pin))

    def _is_right(self, kept: str, pin: str) -> bool:
        from argon2.exceptions import VerificationError  # noqa: PLC0415  -- as in _hasher

        try:
            return _hasher().verify(kept, self._peppered(pin))
        except VerificationError:
            return False

    def _peppered(self, pin: str) -> bytes:
        return hmac.new(self._pepper, pin.encode(), sha256).digest()


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415  -- a hub without PINs does not pay for it

    return PasswordHasher()
