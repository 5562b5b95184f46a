"""`antre staff`: who may sign in, told to the hub of this PC."""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from hub.own_client import OwnHub
from shared.access_wire import AddStaff, SetPin, SetRole, StaffList
from shared.log import default_data
from shared.model import Role
from shared.trouble import Trouble
from shared.wire import Nothing, Staff
from shared.words import Words, msg

ROLES = {
    Role.OFFICER: msg("petugas"),
    Role.SUPERVISOR: msg("supervisor"),
    Role.ADMINISTRATOR: msg("administrator"),
}


_OFF = msg("sudah dikeluarkan")


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = ArgumentParser(prog="antre staff", description="Who may sign in at counters: asks the hub of this PC.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|add|pin|role|disable")
    of_all = ArgumentParser(add_help=False)
    of_all.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="the hub's data folder")
    of_all.add_argument("--language", default="id", help="id, en")
    with_pin = ArgumentParser(add_help=False)
    with_pin.add_argument("--pin-stdin", action="store_true", help="read the PIN from standard input")
    of_one = ArgumentParser(add_help=False)
    of_one.add_argument("who", metavar="NAME|ID")
    verbs.add_parser("list", parents=[of_all], help="all of them")
    add = verbs.add_parser("add", parents=[of_all, with_pin], help="one more; asks for the PIN")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", type=Role, choices=list(Role), default=Role.OFFICER)
    verbs.add_parser("pin", parents=[of_all, with_pin, of_one], help="a new PIN, which unlocks too")
    role = verbs.add_parser("role", parents=[of_all, of_one], help="another role")
    role.add_argument("role", type=Role, choices=list(Role))
    verbs.add_parser("disable", parents=[of_all, of_one], help="off the list: out at once, and never in again")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0; or 1, with the trouble on standard error."""
    args = parser_of().parse_args(argv)
    words = Words(args.language)
    try:
        sys.stdout.write(f"{_VERBS[args.verb](OwnHub(args.data), args, words)}\n")
    except Trouble as trouble:
        sys.stderr.write(f"{trouble.sentence(words)} {trouble.step(words)}\n")
        return 1
    return 0


def _list(hub: OwnHub, _: Namespace, words: Words) -> str:
    staff = hub.get("/api/staff", StaffList).staff
    return "\n".join(_line(one, words) for one in staff) or words.say(msg("Daftar petugas masih kosong."))


def _line(one: Staff, words: Words) -> str:
    line = f"{one.id:>4}  {one.name}, {words.say(ROLES[one.role])}"
    return line if one.is_active else f"{line}  ({words.say(_OFF)})"


def _add(hub: OwnHub, args: Namespace, words: Words) -> str:
    pin = _pin(args, words)
    return _told(hub.post("/api/staff", _asked(AddStaff, name=args.name, role=args.role, pin=pin), Staff), words)


def _set_pin(hub: OwnHub, args: Namespace, words: Words) -> str:
    path = f"/api/staff/{_who(hub, args.who)}/pin"
    return _told(hub.post(path, _asked(SetPin, pin=_pin(args, words)), Staff), words)


def _set_role(hub: OwnHub, args: Namespace, words: Words) -> str:
    return _told(hub.post(f"/api/staff/{_who(hub, args.who)}/role", SetRole(role=args.role), Staff), words)


def _disable(hub: OwnHub, args: Namespace, words: Words) -> str:
    return _told(hub.post(f"/api/staff/{_who(hub, args.who)}/disable", Nothing(), Staff), words)


_VERBS: dict[str, Callable[[OwnHub, Namespace, Words], str]] = {
    "list": _list,
    "add": _add,
    "pin": _set_pin,
    "role": _set_role,
    "disable": _disable,
}


def _told(staff: Staff | None, words: Words) -> str:
    return _line(staff, words) if staff else ""


def _who(hub: OwnHub, who: str) -> int:
    """Whose id this is: of a name, or itself. Raises Trouble('unknown_staff')."""
    staff = [one for one in hub.get("/api/staff", StaffList).staff if one.is_active]
    found = [one.id for one in staff if who in (str(one.id), one.name) or one.name.casefold() == who.casefold()]
    if not found:
        raise Trouble("unknown_staff")
    return found[0]


def _pin(args: Namespace, words: Words) -> str:
    """The PIN, typed twice unseen, or a line of standard input. Raises Trouble('bad_request')."""
    if args.pin_stdin:
        return sys.stdin.readline().strip()
    pin = getpass.getpass(words.say(msg("PIN baru (4–8 angka): ")))
    if pin != getpass.getpass(words.say(msg("Sekali lagi: "))):
        raise Trouble("bad_request", what=words.say(msg("kedua PIN berbeda")))
    return pin


def _asked(kind: type, **values: object) -> AddStaff | SetPin:
    try:
        asked: AddStaff | SetPin = kind(**values)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Trouble("bad_request", what=place) from None  # without the value: it may be a PIN
    return asked


if __name__ == "__main__":
    sys.exit(main())
