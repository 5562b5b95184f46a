"""Who may: one table of everything that can be asked of a hub that other PCs can reach. Pure.

What does not stand in it is refused.
"""

from typing import NamedTuple

from hub.people import SYSTEM, Asker
from shared.model import DeviceKind, Role
from shared.trouble import Trouble


class Who(NamedTuple):
    """Who may ask: `kinds` of device, or `SYSTEM`, by their key alone, and at a counter app people from `role` on.

    An officer's right is for the counter signed in at. `is_own`: only of the device itself, or its tickets.
    """

    kinds: frozenset[str] = frozenset()
    role: Role | None = None
    is_own: bool = False
    is_everyone: bool = False


BOOKERS = Who(frozenset({SYSTEM}), Role.SUPERVISOR)
EVERYONE = Who(is_everyone=True)
DEVICES = Who(frozenset(DeviceKind))
ITSELF = Who(frozenset(DeviceKind), is_own=True)
KIOSKS = Who(frozenset({DeviceKind.KIOSK}), is_own=True)
TVS = Who(frozenset({DeviceKind.DISPLAY}))
A_TV_ITSELF = Who(frozenset({DeviceKind.DISPLAY}), is_own=True)
COUNTERS = Who(frozenset({DeviceKind.COUNTER}))
OFFICERS = Who(role=Role.OFFICER)
SUPERVISORS = Who(role=Role.SUPERVISOR)
CHECK_IN = Who(frozenset({DeviceKind.KIOSK}), Role.OFFICER, is_own=True)
ADMINISTRATORS = Who(role=Role.ADMINISTRATOR)

ACCESS: dict[str, Who] = {
    "GET /api/health": EVERYONE,  # who has no key is told that a hub is here, and no more
    "POST /api/pair": EVERYONE,
    "GET /api/hall": Who(frozenset({*DeviceKind, SYSTEM})),
    "GET /api/board": DEVICES,
    "GET /api/offers": DEVICES,
    "GET /api/events": DEVICES,
    "GET /api/counters/{counter}": DEVICES,
    "GET /openapi.json": DEVICES,
    "POST /api/devices/{kind}/{device}": ITSELF,
    "GET /api/devices/{kind}/{device}/reprints": KIOSKS,
    "POST /api/devices/{kind}/{device}/voice": A_TV_ITSELF,
    "POST /api/calls/{call}/voiced": TVS,
    "GET /api/devices/{kind}/{device}/technician-pin": KIOSKS,
    "POST /api/tickets": KIOSKS,
    "POST /api/tickets/{ticket}/printed": KIOSKS,
    "POST /api/tickets/{ticket}/cancel": KIOSKS,
    "POST /api/check-in": CHECK_IN,
    "GET /api/staff": COUNTERS,
    "POST /api/counters/{counter}/sign-in": COUNTERS,
    "POST /api/counters/{counter}/sign-out": COUNTERS,
    "POST /api/counters/{counter}/alarm": COUNTERS,  # who is in danger types no PIN first
    "POST /api/alarms/{alarm}/answer": COUNTERS,
    "POST /api/counters/{counter}/next": OFFICERS,
    "POST /api/counters/{counter}/recall": OFFICERS,
    "POST /api/counters/{counter}/serve": OFFICERS,
    "POST /api/counters/{counter}/finish": OFFICERS,
    "POST /api/counters/{counter}/correct": OFFICERS,
    "POST /api/counters/{counter}/no-show": OFFICERS,
    "POST /api/counters/{counter}/undo-next": OFFICERS,
    "POST /api/counters/{counter}/undo-no-show": OFFICERS,
    "POST /api/counters/{counter}/hold": OFFICERS,
    "POST /api/counters/{counter}/unhold": OFFICERS,
    "POST /api/counters/{counter}/transfer": OFFICERS,
    "POST /api/counters/{counter}/plan": OFFICERS,
    "POST /api/counters/{counter}/call": OFFICERS,
    "POST /api/counters/{counter}/issue": OFFICERS,
    "POST /api/counters/{counter}/reprint": OFFICERS,
    "POST /api/counters/{counter}/walk-in": OFFICERS,
    "POST /api/counters/{counter}/pause": OFFICERS,
    "POST /api/counters/{counter}/resume": OFFICERS,
    "POST /api/counters/{counter}/close": SUPERVISORS,
    "POST /api/counters/{counter}/reopen": SUPERVISORS,
    "POST /api/agencies/{agency}/close": SUPERVISORS,
    "POST /api/agencies/{agency}/reopen": SUPERVISORS,
    "POST /api/agencies/{agency}/paper-roll": SUPERVISORS,
    "POST /api/agencies/{agency}/end-paper-roll": SUPERVISORS,
    "GET /api/bookings": BOOKERS,
    "POST /api/bookings": BOOKERS,
    "POST /api/bookings/{code}/cancel": BOOKERS,
    "POST /api/bookings/import": BOOKERS,
    "POST /api/quiet": SUPERVISORS,
    "POST /api/quiet/end": SUPERVISORS,
    "GET /api/overview": SUPERVISORS,
    "GET /api/voices": SUPERVISORS,
    "GET /api/configurations": SUPERVISORS,
    "GET /api/configurations/{number}": SUPERVISORS,
    "POST /api/configuration": SUPERVISORS,
    "POST /api/configuration/undo": SUPERVISORS,
    "POST /api/configuration/check": SUPERVISORS,
    "POST /api/staff": ADMINISTRATORS,
    "POST /api/staff/{staff}/pin": ADMINISTRATORS,
    "POST /api/staff/{staff}/role": ADMINISTRATORS,
    "POST /api/staff/{staff}/disable": ADMINISTRATORS,
    "POST /api/technician-pin": ADMINISTRATORS,
    "GET /api/pairings": ADMINISTRATORS,
    "POST /api/pairings": ADMINISTRATORS,
    "POST /api/unpair": ADMINISTRATORS,
    "GET /api/systems": ADMINISTRATORS,
    "POST /api/systems": ADMINISTRATORS,
    "POST /api/systems/{system}/end": ADMINISTRATORS,
}
"""By method and path, as OpenAPI writes them."""

OFFICE = frozenset(name for name, who in ACCESS.items() if who.role is Role.ADMINISTRATOR)
"""What wants an administrator at every hub: on a PC that many may use, a list of staff is not everybody's to write."""

OFFICE_VERBS = frozenset(name.partition(" ")[2] for name in OFFICE if name.startswith("POST "))
"""The paths of its verbs."""


def check(who: Who, asker: Asker, counter: str | None) -> None:
    """Raises Trouble: not_allowed, session_ended where nobody has signed in. `counter`: whose verb it is, if one's."""
    if asker.is_house or who.is_everyone:
        return
    if asker.key is None:
        raise Trouble("device_unknown")
    if asker.key.kind in who.kinds:
        return
    if who.role is None or asker.key.kind != DeviceKind.COUNTER:
        raise Trouble("not_allowed")
    _check_role(who.role, asker, counter)


def _check_role(least: Role, asker: Asker, counter: str | None) -> None:
    if asker.staff is None or asker.session is None:
        raise Trouble("session_ended")
    role = Role(asker.staff.role)
    is_here = counter is None or counter == asker.session.counter or role is not Role.OFFICER
    if role.rank < least.rank or not is_here:
        raise Trouble("not_allowed")


def place(method: str, path: str) -> tuple[str, list[str]] | None:
    """The table's name of what is asked at `path`, and the ids in it; None for what does not stand in the table."""
    parts = path.split("/")
    for name in _BY_SHAPE.get((method, len(parts)), ()):
        pattern = name.partition(" ")[2].split("/")
        if all(want == part or (want[:1] == "{" and part) for want, part in zip(pattern, parts, strict=True)):
            return name, [part for want, part in zip(pattern, parts, strict=True) if want[:1] == "{"]
    return None


def _by_shape() -> dict[tuple[str, int], list[str]]:
    shapes: dict[tuple[str, int], list[str]] = {}
    for name in ACCESS:
        method, _, path = name.partition(" ")
        shapes.setdefault((method, path.count("/") + 1), []).append(name)
    return shapes


_BY_SHAPE = _by_shape()
