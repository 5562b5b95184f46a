"""`antre pair`: a code for a device of the hall, told by the hub of this PC; or which devices have a key."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from hub.own_client import OwnHub
from hub.terminal import told
from shared.access_wire import OpenPairing, PairedDevices, Pairing, Unpair
from shared.arguments import Arguments
from shared.hall import Hall
from shared.log import default_data
from shared.model import DeviceKind
from shared.trouble import Trouble
from shared.wire import Event
from shared.words import Words, msg

_KINDS = {
    DeviceKind.KIOSK: msg("kios"),
    DeviceKind.COUNTER: msg("aplikasi petugas"),
    DeviceKind.DISPLAY: msg("TV"),
}


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = Arguments(
        prog="antre pair",
        description=msg("Kode untuk sebuah perangkat gedung, dari hub di PC ini; tanpa perangkat: semua perangkat."),
    )
    parser.add_argument("kind", nargs="?", choices=[kind.value for kind in DeviceKind])
    parser.add_argument("id", nargs="?", help=msg("id perangkat di konfigurasi; untuk aplikasi petugas, id loketnya"))
    parser.add_argument(
        "--end", action="store_true", help=msg("akhiri kunci perangkat itu: hilang, atau tidak dipakai lagi")
    )
    parser.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help=msg("folder data hub"))
    parser.add_argument("--language", default="id", help="id, en")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0; or 1, with the trouble on standard error; 2 where it was not said which device."""
    args = parser_of().parse_args(argv)
    words = Words(args.language)
    try:
        hub = OwnHub(args.data)
        if args.id is None and (args.kind or args.end):
            sys.stderr.write(f"{_which(hub, words, args)}\n")
            return 2
        sys.stdout.write(f"{_done(hub, words, args)}\n")
    except Trouble as trouble:
        sys.stderr.write(f"{told(trouble, words)}\n")
        return 1
    return 0


def _done(hub: OwnHub, words: Words, args: Namespace) -> str:
    if args.id is None:
        return _all(hub, words)
    return (_end if args.end else _open)(hub, words, DeviceKind(args.kind), args.id)


def _which(hub: OwnHub, words: Words, args: Namespace) -> str:
    """What is missing, an example, and what there is to choose from."""
    there = [(kind, device) for kind, device in _names(hub.get("/api/hall", Hall)) if kind == (args.kind or kind)]
    if not there:
        return words.say(msg("Gedung ini tidak punya {kind}."), kind=_named(DeviceKind(args.kind), words))
    example = " ".join(["antre pair", *["--end"] * args.end, *there[0]])
    ids = ", ".join(device if args.kind else f"{kind} {device}" for kind, device in there)
    say = msg("Belum disebut perangkat yang mana. Contoh: {example}. Yang ada: {ids}.")
    return words.say(say, example=example, ids=ids)


def _open(hub: OwnHub, words: Words, kind: DeviceKind, device: str) -> str:
    pairing = hub.post("/api/pairings", OpenPairing(kind=kind, id=device), Pairing)
    if pairing is None:
        raise Trouble("hub_fault")
    until = words.clock(pairing.expires_at)
    say = msg("Ketik kode ini di {device}, sebelum pukul {until}, satu kali saja:")
    return f"{words.say(say, device=f'{_named(kind, words)} {device}', until=until)}\n\n    {pairing.code}\n"


def _end(hub: OwnHub, words: Words, kind: DeviceKind, device: str) -> str:
    ended = hub.post("/api/unpair", Unpair(kind=kind, id=device), Event)
    say = msg("Kunci {device} tidak berlaku lagi.") if ended else msg("{device} tidak punya kunci.")
    told = words.say(say, device=f"{_named(kind, words)} {device}")
    return told[:1].upper() + told[1:]


def _named(kind: DeviceKind, words: Words) -> str:
    """What people call it; at a terminal its English name is typed."""
    return words.say(_KINDS[kind])


def _all(hub: OwnHub, words: Words) -> str:
    """Every device of the hall, and since when it has a key."""
    hall = hub.get("/api/hall", Hall)
    paired = {(one.kind.value, one.id): one.paired_at for one in hub.get("/api/pairings", PairedDevices).devices}
    never = words.say(msg("belum dipasangkan"))
    since = {name: words.moment(at, hall.timezone) for name, at in paired.items()}
    return "\n".join(f"{' '.join(name):<40}{since.get(name, never)}" for name in _names(hall))


def _names(hall: Hall) -> list[tuple[str, str]]:
    """Every device of the hall: its kind, its id."""
    return [
        *(("kiosk", kiosk.id) for kiosk in hall.kiosks),
        *(("display", display.id) for display in hall.displays),
        *(("counter", counter.id) for counter in hall.counters),
    ]


if __name__ == "__main__":
    sys.exit(main())
