"""The hub as a program: its arguments, its file and its doors, until it is told to end."""

import argparse
import logging
import socket
import sys
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from hub.begin import begin, found, note
from hub.certificate import Identity, identity
from hub.configuring import Configuring
from hub.house import House
from hub.lock import DataLock, end_holder, usable
from hub.server import Server
from hub.set_clock import accept
from hub.store import FILE_NAME, Store
from shared import __version__
from shared.addresses import is_loopback, pages_of
from shared.arguments import Arguments
from shared.assets import default_site
from shared.hall import Hall
from shared.log import default_data, hush, start_log
from shared.refusals import why
from shared.site import Site, SiteErrors
from shared.start_hub import HUSHED, IN_USE
from shared.trouble import Trouble
from shared.words import Words, msg

log = logging.getLogger("hub")

_LAST_PORT = 65535


def parser_of() -> argparse.ArgumentParser:
    """The arguments of the hub."""
    parser = Arguments(
        prog="antre hub", description=msg("Hub sebuah gedung: pemilik basis data, melayani jaringan gedung.")
    )
    parser.add_argument("--site", type=Path, default=default_site(), metavar="FILE", help=msg("konfigurasi gedung"))
    parser.add_argument(
        "--data", type=Path, default=default_data(), metavar="DIR", help=msg("tempat basis data dan log")
    )
    parser.add_argument(
        "--listen", metavar="HOST:PORT", help=msg("bawaan: menurut konfigurasi; port 0 memilih yang bebas")
    )
    parser.add_argument(
        "--pages",
        metavar="HOST:PORT",
        help=msg(
            "tempat halaman pengunjung, di hub yang dijangkau PC lain; bawaan: menurut konfigurasi, atau port 8080, "
            "atau yang bebas bila --listen memilih portnya sendiri"
        ),
    )
    parser.add_argument(
        "--accept-clock",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help=msg("tanggal hari ini: lanjutkan dari situ walau ada catatan dari jam yang terlalu cepat, lalu selesai"),
    )
    parser.add_argument("--stop", action="store_true", help=msg("hentikan hub folder data ini, lalu selesai"))
    parser.add_argument(
        "--always-open",
        action="store_true",
        help=msg("untuk uji coba: nomor diberikan setiap saat, apa pun kata konfigurasi"),
    )
    parser.add_argument(HUSHED, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"antre {__version__}")
    return parser


def main() -> int:
    """Run until told to end, or end the one that runs.

    0; or 1, with the trouble on standard error; IN_USE: another has the data folder.
    """
    args = parser_of().parse_args()
    try:
        if args.stop:
            end_holder(args.data)
            print(Words("id").say(msg("Hub sudah berhenti.")))
            return 0
        file = found(args.site)
        if isinstance(file, SiteErrors) and (args.accept_clock or not (args.data / FILE_NAME).exists()):
            raise file
        if args.accept_clock and isinstance(file, Site):
            print(_accept_clock(file, args.data, args.accept_clock))
            return 0
        _run(file, args)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return IN_USE if trouble.code == "data_in_use" else 1
    return 0


def _accept_clock(site: Site, data: Path, today: date) -> str:
    """Raises Trouble, data_in_use among them: no hub may run meanwhile."""
    now = datetime.now(ZoneInfo(site.timezone))
    lock = DataLock(data, now)
    try:
        store = Store(data / FILE_NAME)
        try:
            return accept(store, site.hall(""), now, today)
        finally:
            store.close()
    finally:
        lock.release()


def _run(file: Site | SiteErrors, args: argparse.Namespace) -> None:
    data = args.data
    lock = DataLock(data, datetime.now().astimezone())
    try:
        with usable(data):
            log_path = start_log(data, "hub")
        store = Store(data / FILE_NAME)
        try:
            site = begin(store, file, args.site)
            with ExitStack() as open_doors:
                doors = _doors(site, args, open_doors)
                lock.tell(doors.address)
                _serve(store, site, doors, args=args, log_path=log_path)
        finally:
            store.close()
    finally:
        lock.release()


def _serve(store: Store, site: Site, doors: "Doors", *, args: argparse.Namespace, log_path: Path) -> None:
    """Run the hub at its doors until it is told to end."""
    zone = ZoneInfo(site.timezone)

    def hall_of(site: Site) -> Hall:
        hall = site.hall(site.public_url or doors.pages_address)
        return hall.always_open() if args.always_open else hall

    def ready() -> None:
        _say(site, doors, log_path)
        if args.always_open:
            log.warning("always open, for a try-out: the opening times of %s do not count", site.path)
        if args.hushed:
            hush()

    number = note(store, site, datetime.now(zone))
    hall = hall_of(site).model_copy(update={"configuration": number})
    is_open = doors.identity is None
    house = House(hall, store=store, clock=lambda: datetime.now(zone), data=args.data, is_open=is_open)
    house.configuring = Configuring(house, site, hall_of)
    Server(house, ready, identity=doors.identity, pages=doors.pages).run([doors.api])


class Doors(NamedTuple):
    """Where the hub listens. On loopback alone everything is at one door; else `pages` are at their own, without TLS.

    `pages_address`: where visitors' phones find their pages, known also when that door is closed already. `identity`:
    the hub's certificate, where it has to show one.
    """

    api: socket.socket
    address: str
    pages_address: str
    identity: Identity | None = None
    pages: socket.socket | None = None


def _doors(site: Site, args: argparse.Namespace, open_doors: ExitStack) -> Doors:
    listen = args.listen or site.listen
    api = open_doors.enter_context(_listener(listen))
    if is_loopback(api.getsockname()[0]):
        return Doors(api, _address(api), _address(api))
    pages = open_doors.enter_context(_listener(pages_of(listen, args.pages or site.file.hall.pages)))
    address = _address(api, "https")
    return Doors(api, address, _address(pages), identity(args.data, urlsplit(address).hostname or ""), pages)


def _listener(listen: str) -> socket.socket:
    """A socket bound to `host:port`. Raises Trouble('cannot_listen')."""
    host, _, port = listen.rpartition(":")
    if not (host and port.isdecimal() and int(port) <= _LAST_PORT):
        raise Trouble("cannot_listen", listen=listen, why="host:port")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # on Windows this would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), int(port)))
    except OSError as error:
        listener.close()
        raise Trouble("cannot_listen", listen=listen, **why(error)) from error
    return listener


def _address(listener: socket.socket, scheme: str = "http") -> str:
    """What others put into a browser to get here."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  -- compared, not bound
        host = _lan_host()
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _lan_host() -> str:
    """This PC's address on the LAN, by the road it would take; its name where there is no road."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # sends nothing: UDP to an address kept for examples (RFC 5737)
        except OSError:
            return socket.gethostname()
        host: str = asking.getsockname()[0]
        return host


def _say(site: Site, doors: Doors, log_path: Path) -> None:
    address = doors.address
    print(address, flush=True)
    if doors.pages is not None:
        print(doors.pages_address, flush=True)
    print(f"{site.file.hall.name}; log {log_path.absolute()}", flush=True)
    log.info("listens on %s, version %s", address, __version__)
    for warning in site.warnings(address=doors.pages_address):
        log.warning("%s", warning)
