"""`antre technician-pin`: the PIN of the technicians at the kiosks, told to the hub of this PC."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from hub.own_client import OwnHub
from hub.terminal import told, typed_pin
from shared.access_wire import SetPin
from shared.arguments import Arguments
from shared.log import default_data
from shared.trouble import Trouble
from shared.wire import Event
from shared.words import Words, msg


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = Arguments(
        prog="antre technician-pin",
        description=msg("PIN teknisi untuk semua mesin tiket: bertanya kepada hub di PC ini."),
    )
    parser.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help=msg("folder data hub"))
    parser.add_argument("--language", default="id", help="id, en")
    parser.add_argument(
        "--pin-stdin",
        action="store_true",
        help=msg("baca PIN, satu baris, dari masukan standar; tidak ada yang ditanyakan"),
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0; or 1, with the trouble on standard error."""
    args = parser_of().parse_args(argv)
    words = Words(args.language)
    try:
        hub = OwnHub(args.data)
        hub.post("/api/technician-pin", SetPin(pin=typed_pin(words, from_stdin=args.pin_stdin)), Event)
    except Trouble as trouble:
        sys.stderr.write(f"{told(trouble, words)}\n")
        return 1
    except KeyboardInterrupt:
        return 1
    sys.stdout.write(words.say(msg("PIN teknisi berlaku mulai sekarang di semua kios yang tersambung.")) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
