"""Who stands behind a request: a device by its key, a member of the staff by a session. Rows as the database has them.

Times in ms since 1970 UTC. Of keys and tokens only the SHA-256 is ever kept.
"""

from datetime import tzinfo
from hashlib import sha256
from typing import NamedTuple

from hub.rows import to_moment
from shared.model import Role
from shared.wire import CounterSession, Staff

SYSTEM = "system"
"""The kind of a key that no device has: another system of the LAN, which sends bookings."""


class StaffRow(NamedTuple):
    """A member of the staff. `pin`: its argon2id hash; `wrong`: PINs in a row; `locks`: how often that locked it."""

    id: int
    name: str
    role: str
    is_active: int
    pin: str
    wrong: int = 0
    locks: int = 0
    locked_until: int = 0


class DeviceKey(NamedTuple):
    """The key of a device that was paired, or of another system."""

    id: int
    kind: str
    device: str
    paired_at: int


class SessionRow(NamedTuple):
    """The app that has a counter; `key`: of its device, where devices have keys."""

    counter: str
    app: str
    host: str
    staff: int | None
    key: int | None
    since: int
    token: bytes


class Asker(NamedTuple):
    """Who gives an order. `is_guarded`: at a hub that asks who; `minted`: the secret this very order makes, if any.

    `is_house`: the hub's PC itself, by its own key.
    """

    is_guarded: bool = False
    is_house: bool = False
    key: DeviceKey | None = None
    staff: StaffRow | None = None
    session: SessionRow | None = None
    minted: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether it was asked who it is, and it did not say."""
        return self.is_guarded and not self.is_house and self.key is None


NOBODY = Asker()
"""At a hub that listens on loopback alone nobody is asked who they are."""


def hashed(secret: str) -> bytes:
    """What is kept of a key or token: both are 32 random bytes, so a plain hash tells nothing."""
    return sha256(secret.encode()).digest()


def to_staff(row: StaffRow) -> Staff:
    """A member of the staff on the wire."""
    return Staff(id=row.id, name=row.name, role=Role(row.role), is_active=row.is_active == 1)


def to_session(row: SessionRow, staff: StaffRow | None, zone: tzinfo) -> CounterSession:
    """Who has a counter, on the wire."""
    return CounterSession(staff=staff and to_staff(staff), host=row.host, since=to_moment(row.since, zone), app=row.app)
