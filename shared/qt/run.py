"""Starting an app: arguments, log, look, hub, hall, window. What differs between apps is the window they build."""

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from shared import __version__
from shared.arguments import Arguments
from shared.assets import ASSETS
from shared.heap import steady
from shared.log import default_data, start_log
from shared.qt.drive import Driver
from shared.qt.front import Awake
from shared.qt.launch import Build, Devices, Launch, place, real_size
from shared.qt.starter import Starter
from shared.qt.theme import install_fonts
from shared.qt.watched import Watched, told
from shared.screen_there import has_no_screen
from shared.sole import Sole
from shared.watch_rules import RESTART
from shared.watchdog import command
from shared.words import Words, msg

__all__ = ["Launch", "parser_of", "place", "real_size", "run"]

log = logging.getLogger(__name__)

HUB_HELP = msg("alamat hub, misalnya 192.168.1.10:8443; untuk hub yang hanya dijangkau PC-nya sendiri 127.0.0.1:8080")

NO_SCREEN = msg(
    "Di sini tidak ada layar. Jalankan di desktop PC ini, atau lewat ssh tulis dahulu: export DISPLAY=:0 (layar yang "
    "sudah masuk desktop)."
)

UNATTENDED = ("kiosk", "display")
"""What nobody sits at."""


def parser_of(name: str) -> argparse.ArgumentParser:
    """The arguments every app takes."""
    parser = Arguments(prog=f"antre {name}")
    parser.add_argument("--hub", metavar="ADDRESS", help=HUB_HELP)
    parser.add_argument("--site", type=Path, metavar="FILE", help=msg("berkas konfigurasi gedung PC ini"))
    parser.add_argument(
        "--data", type=Path, default=default_data(), metavar="DIR", help=msg("tempat pengaturan, simpanan, dan log")
    )
    parser.add_argument("--id", metavar="ID", help=msg("mesin tiket, loket, atau TV gedung yang mana PC ini"))
    parser.add_argument(
        "--pair", metavar="CODE", help=msg("pasangkan dengan hub dengan kode ini (antre pair, di PC hub)")
    )
    parser.add_argument("--language", default="id", help=msg("bahasa layar ini: id atau en"))
    parser.add_argument(
        "--windowed", metavar="WxH+X+Y", help=msg("jendela dengan ukuran dan tempat itu, bukan layar penuh")
    )
    if name in UNATTENDED:
        parser.add_argument("--watched", action="store_true", help=msg("jalankan lagi bila mati atau macet"))
    parser.add_argument("--drive", metavar="SOCKET", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"antre {__version__}")
    return parser


def run(
    name: str,
    build: Build,
    *,
    arguments: Callable[[argparse.ArgumentParser], None] | None = None,
    devices: Devices | None = None,
    dark: bool = False,
) -> int:
    """Run the app `name` until it is closed; returns its exit status.

    `devices` picks those of the hall this PC may be; which one is asked once and remembered.
    """
    steady()  # before the first large piece is freed
    parser = parser_of(name)
    if arguments is not None:
        arguments(parser)
    args = parser.parse_args()
    earlier = told()
    if earlier is None and getattr(args, "watched", False):
        return _become([sys.executable, "-P", "-m", "shared.watchdog", name, *sys.argv[1:]])
    if has_no_screen():
        print(f"antre {name}: {Words(args.language).say(NO_SCREEN)}", file=sys.stderr)
        return 1
    path = start_log(args.data, name)
    logging.getLogger().info("%s %s, log %s", name, __version__, path)
    sys.excepthook = _bug
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")  # no GPU is asked of a hall's PC
    app = QApplication([name])
    app.setDesktopFileName(f"antre-{name}")
    app.setWindowIcon(QIcon(str(ASSETS / "logos" / "antre.png")))
    install_fonts()
    watched = Watched(path.parent, name, earlier) if earlier is not None else None
    sole = Sole(args.data)
    starter = Starter(name, build, args, devices=devices, dark=dark, sole=sole)
    starter.facts = watched.facts if watched else {}
    starter.locked = watched is not None
    awake = Awake() if name in UNATTENDED and not args.windowed else None
    keep = [_quit_on_signals(app), starter, Driver(args.drive) if args.drive else None, awake]
    QTimer.singleShot(0, starter.begin)
    status = app.exec()
    starter.end()
    keep.clear()
    sole.close()
    if watched is not None:
        watched.close()
    elif status == RESTART:
        return _become(command(name, sys.argv[1:]))
    return status


def _become(line: list[str]) -> int:  # noqa: RET503  -- execv does not return
    """Be the program of that command line instead; on Windows, where that would leave the terminal, run it."""
    if sys.platform == "win32":
        return subprocess.run(line, check=False).returncode  # noqa: S603  -- our own program
    os.execv(line[0], line)  # noqa: S606  -- our own program; execv does not return


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The outermost door: what nobody expected is logged with its trace; the screen stays for the next visitor."""
    log.critical("a fault in the program", exc_info=(kind, error, trace))


def _quit_on_signals(app: QApplication) -> QSocketNotifier:
    """SIGTERM and Ctrl-C end the program in order. Python sees a signal only when Qt's loop wakes: hence the pipe."""
    ours, signals = socket.socketpair()
    signals.setblocking(False)  # noqa: FBT003  -- socket's own signature
    signal.set_wakeup_fd(signals.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.quit())
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: ours.recv(16))
    notifier.setProperty("pipe", (ours, signals))
    return notifier
