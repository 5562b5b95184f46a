"""Who may, as types of the LAN contract: staff, their sessions at counters, and the pairing of devices.

A PIN goes to the hub and never comes back; a key or a token is told once, in the answer that makes it.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator

from shared.model import DeviceKind, Role
from shared.wire import Answer, Asked, Staff

Pin = Annotated[str, Field(pattern=r"^[0-9]{4,8}$")]
"""4 to 8 digits."""

StaffName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
DeviceId = Annotated[str, Field(min_length=1, max_length=40)]
Proof = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""32 bytes in hex, see shared.pairing."""

# ---------------------------------------------------------------- at a counter


class AtCounter(Asked):
    """An app at a counter. `app`: the UUID of this installation, made when it was first started."""

    app: str = Field(min_length=36, max_length=36)

    @field_validator("app")
    @classmethod
    def _is_uuid(cls, text: str) -> str:
        return str(UUID(text))


class SignIn(AtCounter):
    """POST /api/counters/{counter}/sign-in: this app has the counter now.

    `host`: the PC's name, for whoever finds the counter taken. `staff` and `pin` are null at a hub that listens on
    loopback alone. `take_over`: also where another app that is alive has it.
    """

    host: str = Field(min_length=1, max_length=80)
    staff: int | None = Field(default=None, ge=1, lt=2**63)
    pin: Pin | None = None
    take_over: bool = False


class SignOut(AtCounter):
    """POST /api/counters/{counter}/sign-out: this app leaves the counter; what is there stays there."""


class Session(Answer):
    """An app's right to a counter. `token` goes into the header Antre-Session of every request after it.

    `idle_minutes`: after so many without a verb it ends by itself; 0: never.
    """

    token: str
    counter: str
    since: datetime
    app: str
    host: str
    staff: Staff | None = None
    idle_minutes: int


# ---------------------------------------------------------------- staff


class StaffList(Answer):
    """GET /api/staff: who may sign in, by name. An administrator sees those that were disabled too."""

    staff: list[Staff]


class AddStaff(Asked):
    """POST /api/staff: a new officer, supervisor or administrator."""

    name: StaffName
    role: Role
    pin: Pin


class SetPin(Asked):
    """POST /api/staff/{staff}/pin: a new PIN; unlocks too. POST /api/technician-pin: the technicians' at the kiosks."""

    pin: Pin


class TechnicianPin(Answer):
    """GET /api/devices/kiosk/{device}/technician-pin: what a kiosk checks the PIN by; '' where none was set.

    `check`: argon2id in its usual form (shared.technician_pin). It is a kiosk's alone, and never in the feed.
    """

    check: str = ""


class SetRole(Asked):
    """POST /api/staff/{staff}/role."""

    role: Role


# ---------------------------------------------------------------- devices


class OpenPairing(Asked):
    """POST /api/pairings: a code for a device of the hall. A key it had before ends once the code is used."""

    kind: DeviceKind
    id: DeviceId


class Pairing(Answer):
    """The code that is typed at the device, once, before `expires_at`: `K7QF-93MD`."""

    kind: DeviceKind
    id: str
    code: str
    expires_at: datetime


class Pair(Asked):
    """POST /api/pair: a device that knows the code. `nonce`: 32 random bytes in hex; `proof`: see shared.pairing.

    `id` is empty where only the code says which device this is: a kiosk has no keyboard to type it.
    """

    kind: DeviceKind
    id: str = Field(default="", max_length=40)
    nonce: Proof
    proof: Proof


class Paired(Answer):
    """The device's key, and the hub's proof that it knew the code: trust neither key nor hub before it is checked.

    `id`: the device the code was made for; the proof is over it.
    """

    id: str = ""
    key: str
    proof: str


class Unpair(Asked):
    """POST /api/unpair: the device's key is worth nothing any more."""

    kind: DeviceKind
    id: DeviceId


class PairedDevice(Answer):
    """A device that has a key."""

    kind: DeviceKind
    id: str
    paired_at: datetime


class PairedDevices(Answer):
    """GET /api/pairings: the devices that have a key."""

    devices: list[PairedDevice]


class ShortHealth(Answer):
    """GET /api/health without a key: that a hub is here, and whose."""

    status: Literal["ok", "trouble"]
    version: str
    api: str
    now: datetime
    hall: str


# ---------------------------------------------------------------- other systems


class AddSystem(Asked):
    """POST /api/systems: another system of the LAN may send bookings. A key it had before ends."""

    name: str = Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")
    """Small letters, digits and dashes."""


class SystemKey(Answer):
    """The system's key, told this once: `Authorization: Bearer KEY`."""

    name: str
    key: str


class System(Answer):
    """Another system that has a key, and since when."""

    name: str
    since: datetime


class Systems(Answer):
    """GET /api/systems: the other systems that have a key."""

    systems: list[System]
