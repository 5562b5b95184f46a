"""The technicians' PIN of a hall as it is kept: a salted slow hash, made by the hub, checked by each kiosk. No Qt.

A kiosk checks it by itself, for it is needed when the hub is away. So no secret of the hub's goes into it as into
officers' PINs (hub/pins.py): who steals the file of a kiosk's settings can try the ten thousand PINs of four digits in
an hour, on one core; the hundred million of eight take most of a year.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROUNDS = 4
"""Argon2id's passes over 64 MB by one thread: 0.26 s of a core here, about a second on the slowest PC of a hall."""
_KIB = 65_536


def hashed_pin(pin: str) -> str:
    """What is kept of `pin`: argon2id in its usual form, with salt and costs. Takes a quarter of a second."""
    return _hasher().hash(pin)


def is_pin(kept: str, pin: str) -> bool:
    """Whether this is the PIN of which that is kept; what cannot be read is nobody's. As slow as `hashed_pin`."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  -- as in _hasher

    try:
        return _hasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415  -- only who sets or types a PIN pays for it

    return PasswordHasher(time_cost=ROUNDS, memory_cost=_KIB, parallelism=1)
