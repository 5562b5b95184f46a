"""`antre bookings`: appointments made before their day, told to the hub of this PC."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from hub.booking_cells import Services, Unread, code_in, date_in, moment_in
from hub.own_client import OwnHub
from hub.terminal import told
from shared.access_wire import AddSystem, SystemKey, Systems
from shared.arguments import Arguments
from shared.booking_wire import (
    LONGEST_LIST,
    Booking,
    Bookings,
    ImportBookings,
    Imported,
    MakeBooking,
    normal_code,
)
from shared.configuration_wire import Fault
from shared.hall import Hall
from shared.log import default_data
from shared.model import BookingState
from shared.refusals import reason
from shared.trouble import Trouble
from shared.wire import Event, Nothing
from shared.words import Words, msg

T = TypeVar("T")

_HALF_CODE = 4
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an Excel workbook begins: .xlsx, .xls."""


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = Arguments(
        prog="antre bookings", description=msg("Janji temu untuk hari lain: bertanya kepada hub di PC ini.")
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|list|new|cancel|key")
    of_all = Arguments(add_help=False)
    of_all.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help=msg("folder data hub"))
    of_all.add_argument("--language", default="id", help="id, en")
    taken = verbs.add_parser(
        "import", parents=[of_all], help=msg("berkas CSV: semuanya, atau tidak satu pun beserta kesalahannya")
    )
    taken.add_argument("file", type=Path, metavar="FILE.csv")
    taken.add_argument("--dry-run", action="store_true", help=msg("hanya sebut apa yang akan diterima"))
    listed = verbs.add_parser("list", parents=[of_all], help=msg("janji sehari, dan siapa yang sudah datang"))
    listed.add_argument("--day", default="", metavar="DATE", help=msg("2026-11-23 atau 23/11/2026; bawaan: hari ini"))
    made = verbs.add_parser("new", parents=[of_all], help=msg("satu janji; menampilkan kodenya"))
    made.add_argument("service", metavar="SERVICE", help=msg("id atau namanya"))
    made.add_argument("at", metavar="MOMENT", help=msg('"23/11/2026 08.30" atau 2026-11-23T08:30'))
    made.add_argument("--then", default="", metavar="SERVICES", help=msg('layanan berikutnya, "a;b"'))
    made.add_argument("--priority", action="store_true")
    made.add_argument("--code", default=None, help=msg("bawaan: kode yang belum dipakai"))
    keyed = verbs.add_parser(
        "key", parents=[of_all], help=msg("kunci untuk sistem lain yang mengirim janji temu; tanpa nama: semua kunci")
    )
    keyed.add_argument(
        "name", nargs="?", metavar="NAME", help=msg("nama sistem itu: huruf kecil, angka, dan tanda hubung")
    )
    keyed.add_argument("--end", action="store_true", help=msg("akhiri kunci sistem itu"))
    cancelled = verbs.add_parser("cancel", parents=[of_all], help=msg("tidak ada yang akan datang dengan kode ini"))
    cancelled.add_argument("code", metavar="CODE")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0; or 1, with the trouble on standard error."""
    args = parser_of().parse_args(argv)
    words = Words(args.language)
    try:
        sys.stdout.write(f"{_VERBS[args.verb](OwnHub(args.data, args.language), args, words)}\n")
    except Trouble as trouble:
        sys.stderr.write(f"{_told(trouble, args, words)}\n")
        return 1
    return 0


def _told(trouble: Trouble, args: Namespace, words: Words) -> str:
    if trouble.code != "bookings_wrong":
        return told(trouble, words)
    faults = _faults(trouble)
    more = len(faults) < int(str(trouble.values.get("count", 0)))
    return "\n".join([*(_line(args.file, one) for one in faults), *["…"] * more, told(trouble, words)])


def _faults(trouble: Trouble) -> list[Fault]:
    found = trouble.now.get("faults", []) if isinstance(trouble.now, dict) else []
    return [Fault.model_validate(one) for one in found]


def _line(file: Path, fault: Fault) -> str:
    return f"{file}:{fault.line}: {fault.what}. {fault.hint}"


# ---------------------------------------------------------------- the verbs


def _import(hub: OwnHub, args: Namespace, words: Words) -> str:
    asked = ImportBookings.model_construct(text=_text(args.file, words), dry_run=args.dry_run)
    done = hub.post("/api/bookings/import", asked, Imported)
    if done is None:
        raise Trouble("hub_fault")
    if done.dry_run:
        say = msg("Berkas ini benar: {new} janji temu baru, {same} sudah tercatat. Belum ada yang dicatat.")
    else:
        say = msg("{new} janji temu dicatat, {same} sudah tercatat sebelumnya.")
    return words.say(say, new=done.new, same=done.same)


def _list(hub: OwnHub, args: Namespace, words: Words) -> str:
    day = f"?day={_read(date_in, args.day, words)}" if args.day else ""
    bookings = hub.get(f"/api/bookings{day}", Bookings).bookings
    if not bookings:
        return words.say(msg("Tidak ada janji temu pada hari itu."))
    hall = hub.get("/api/hall", Hall)
    zone = ZoneInfo(hall.timezone)
    return "\n".join(_listed(one, zone, words) for one in bookings)


def _listed(one: Booking, zone: ZoneInfo, words: Words) -> str:
    services = " + ".join([one.service, *one.then]) + f" ({words.say(msg('prioritas'))})" * one.priority
    return f"{words.clock(one.at.astimezone(zone))}  {_grouped(one.code):<22}{services:<40}  {_state(one, words)}"


def _state(one: Booking, words: Words) -> str:
    if one.state is BookingState.CANCELLED:
        return words.say(msg("dibatalkan"))
    return one.number or words.say(msg("belum datang"))


def _new(hub: OwnHub, args: Namespace, words: Words) -> str:
    hall = hub.get("/api/hall", Hall)
    services = Services(hall)
    asked = MakeBooking.model_construct(
        code=None if args.code is None else _read(code_in, args.code, words),
        service=_read(services.one, args.service, words),
        then=_read(services.several, args.then, words),
        at=_read(lambda text: moment_in(text, ZoneInfo(hall.timezone)), args.at, words),
        priority=args.priority,
    )
    made = hub.post("/api/bookings", asked, Booking)
    if made is None:
        raise Trouble("hub_fault")
    say = msg("Kode {code}: {service}, {moment}.")
    return words.say(say, code=_grouped(made.code), service=made.service, moment=words.moment(made.at, hall.timezone))


def _cancel(hub: OwnHub, args: Namespace, words: Words) -> str:
    code = normal_code(args.code)
    if code is None:
        raise Trouble("unknown_booking")
    hub.post(f"/api/bookings/{quote(code)}/cancel", Nothing(), Booking)
    return words.say(msg("Janji temu {code} dibatalkan."), code=_grouped(code))


def _key(hub: OwnHub, args: Namespace, words: Words) -> str:
    if args.name is None:
        systems = hub.get("/api/systems", Systems).systems
        zone = hub.get("/api/hall", Hall).timezone
        lines = "\n".join(f"{one.name:<40}{words.moment(one.since, zone)}" for one in systems)
        return lines or words.say(msg("Belum ada sistem lain yang punya kunci."))
    asked = _system(args.name, words)
    if args.end:
        ended = hub.post(f"/api/systems/{asked.name}/end", Nothing(), Event)
        say = msg("Kunci {device} tidak berlaku lagi.") if ended else msg("{device} tidak punya kunci.")
        return words.say(say, device=asked.name)
    made = hub.post("/api/systems", asked, SystemKey)
    if made is None:
        raise Trouble("hub_fault")
    say = msg("Kunci {device}, hanya ditampilkan sekali ini; yang sebelumnya tidak berlaku lagi:")
    return f"{words.say(say, device=made.name)}\n\n    {made.key}\n"


def _system(name: str, words: Words) -> AddSystem:
    """Raises Trouble('bad_request')."""
    try:
        return AddSystem(name=name)
    except ValidationError:
        what = words.say(msg("nama sistem terdiri atas huruf kecil, angka, dan tanda hubung, paling banyak 40"))
        raise Trouble("bad_request", what=what) from None


_VERBS: dict[str, Callable[[OwnHub, Namespace, Words], str]] = {
    "import": _import,
    "list": _list,
    "new": _new,
    "cancel": _cancel,
    "key": _key,
}

# ---------------------------------------------------------------- what is typed, and the file


def _read(cell: Callable[[str], T], text: str, words: Words) -> T:
    """Raises Trouble('bad_request') for what cannot be read."""
    try:
        return cell(text.strip())
    except Unread as unread:
        raise Trouble("bad_request", what=f"{unread.what.told(words)}. {unread.hint.told(words)}".rstrip(".")) from None


def _text(file: Path, words: Words) -> str:
    """The file's text, as a spreadsheet wrote it: UTF-8, UTF-16, or Windows-1252. Raises Trouble('bad_request')."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        what = words.say(msg("{file} tidak dapat dibaca ({why})"), file=file, why=reason(error, words))
        if isinstance(error, FileNotFoundError):
            what = words.say(msg("Berkas {file} tidak ada"), file=file)
        raise Trouble("bad_request", what=what) from error
    if raw.startswith(_WORKBOOKS):
        what = msg("{file} adalah buku kerja Excel, bukan CSV; di Excel pilih Simpan Sebagai, CSV UTF-8")
        raise Trouble("bad_request", what=words.say(what, file=file))
    text = _decoded(raw)
    if len(text) > LONGEST_LIST:
        what = words.say(msg("{file} lebih panjang dari {most} huruf"), file=file, most=LONGEST_LIST)
        raise Trouble("bad_request", what=what)
    return text


def _decoded(raw: bytes) -> str:
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _grouped(code: str) -> str:
    """A code of ours as people read it: two times four."""
    return f"{code[:_HALF_CODE]}-{code[_HALF_CODE:]}" if len(code) == 2 * _HALF_CODE else code


if __name__ == "__main__":
    sys.exit(main())
