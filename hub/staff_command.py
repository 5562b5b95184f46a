"""`antre staff`: who may sign in, told to the hub of this PC."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from hub.own_client import OwnHub
from hub.terminal import told, typed_pin
from shared.access_wire import AddStaff, SetPin, SetRole, StaffList, StaffName
from shared.arguments import Arguments
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
_NAMES = TypeAdapter[str](StaffName)


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = Arguments(
        prog="antre staff", description=msg("Siapa yang boleh masuk di loket: bertanya kepada hub di PC ini.")
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|add|pin|role|disable")
    of_all = Arguments(add_help=False)
    of_all.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help=msg("folder data hub"))
    of_all.add_argument("--language", default="id", help="id, en")
    with_pin = Arguments(add_help=False)
    with_pin.add_argument(
        "--pin-stdin",
        action="store_true",
        help=msg("baca PIN, satu baris, dari masukan standar; tidak ada yang ditanyakan"),
    )
    of_one = Arguments(add_help=False)
    of_one.add_argument("who", metavar="NAME|ID")
    verbs.add_parser("list", parents=[of_all], help=msg("semuanya"))
    add = verbs.add_parser("add", parents=[of_all, with_pin], help=msg("tambah satu; menanyakan PIN"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.OFFICER.value)
    verbs.add_parser("pin", parents=[of_all, with_pin, of_one], help=msg("PIN baru, yang juga membuka kunci"))
    role = verbs.add_parser("role", parents=[of_all, of_one], help=msg("peran lain"))
    role.add_argument("role", choices=[role.value for role in Role])
    verbs.add_parser(
        "disable",
        parents=[of_all, of_one],
        help=msg("keluarkan dari daftar: langsung keluar, dan tidak dapat masuk lagi"),
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0; or 1, with the trouble on standard error."""
    args = parser_of().parse_args(argv)
    words = Words(args.language)
    try:
        sys.stdout.write(f"{_VERBS[args.verb](OwnHub(args.data), args, words)}\n")
    except Trouble as trouble:
        sys.stderr.write(f"{told(trouble, words)}\n")
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


def _list(hub: OwnHub, _: Namespace, words: Words) -> str:
    staff = hub.get("/api/staff", StaffList).staff
    return "\n".join(_line(one, words) for one in staff) or words.say(msg("Daftar petugas masih kosong."))


def _line(one: Staff, words: Words) -> str:
    line = f"{one.id:>4}  {one.name}, {words.say(ROLES[one.role])}"
    return line if one.is_active else f"{line}  ({words.say(_OFF)})"


def _add(hub: OwnHub, args: Namespace, words: Words) -> str:
    name = _name(args.name, words)
    asked = AddStaff(name=name, role=Role(args.role), pin=typed_pin(words, from_stdin=args.pin_stdin))
    return _told(hub.post("/api/staff", asked, Staff), words)


def _set_pin(hub: OwnHub, args: Namespace, words: Words) -> str:
    path = f"/api/staff/{_who(hub, args.who)}/pin"
    return _told(hub.post(path, SetPin(pin=typed_pin(words, from_stdin=args.pin_stdin)), Staff), words)


def _set_role(hub: OwnHub, args: Namespace, words: Words) -> str:
    return _told(hub.post(f"/api/staff/{_who(hub, args.who)}/role", SetRole(role=Role(args.role)), Staff), words)


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


def _name(name: str, words: Words) -> str:
    """Raises Trouble('bad_request')."""
    try:
        return _NAMES.validate_python(name)
    except ValidationError:
        raise Trouble("bad_request", what=words.say(msg("nama terdiri atas 1 sampai 60 huruf"))) from None


if __name__ == "__main__":
    sys.exit(main())
