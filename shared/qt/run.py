"""Starting an app: arguments, log, look, hub, hall, window. What differs between apps is the window they build."""

import argparse
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QRect, QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from shared import __version__
from shared.assets import CONFIG
from shared.log import default_data, start_log
from shared.qt.ask import CONNECTING, AskDevice, AskHub, Notice, hub_url
from shared.qt.drive import Driver
from shared.qt.link import HubLink, pause_ms
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.start_hub import ensure_hub
from shared.trouble import Trouble
from shared.wire import DisplaySettings, Hall, KioskSettings, Screen
from shared.words import Words

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Launch:
    """What an app's window is built from. `data`: the data folder of this PC."""

    args: argparse.Namespace
    link: HubLink
    hall: Hall
    words: Words
    settings: Settings
    data: Path
    id: str
    """Which device of the hall this is; empty where the app asks for it itself."""


ASK_AGAIN = 4
"""After so many failures a person is asked for the address once more."""

Build = Callable[[Launch], QWidget]
Devices = Callable[[Hall], Sequence[KioskSettings] | Sequence[DisplaySettings]]


def parser_of(name: str) -> argparse.ArgumentParser:
    """The arguments every app takes."""
    parser = argparse.ArgumentParser(prog=f"antre {name}")
    parser.add_argument("--hub", metavar="ADDRESS", help="the hub, e.g. 192.168.1.10:8080")
    parser.add_argument("--site", type=Path, metavar="FILE", help="site file of a hall on one PC (single_pc = true)")
    parser.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="settings, caches and logs")
    parser.add_argument("--id", metavar="ID", help="which kiosk, counter or display of the hall this is")
    parser.add_argument("--language", default="id", help="language of this screen: id or en")
    parser.add_argument("--windowed", metavar="WxH+X+Y", help="a window of that size and place, not the full screen")
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
    parser = parser_of(name)
    if arguments is not None:
        arguments(parser)
    args = parser.parse_args()
    path = start_log(args.data, name)
    logging.getLogger().info("%s %s, log %s", name, __version__, path)
    sys.excepthook = _bug
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")  # no GPU is asked of a hall's PC
    app = QApplication([name])
    install_fonts()
    starter = _Starter(name, build, args, devices=devices, dark=dark)
    keep = [_quit_on_signals(app), starter, Driver(args.drive) if args.drive else None]
    QTimer.singleShot(0, starter.begin)
    status = app.exec()
    starter.end()
    keep.clear()
    return status


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


class _Starter(QObject):
    """Finds the hub, fetches the hall, then puts the app's window on the screen."""

    def __init__(
        self, name: str, build: Build, args: argparse.Namespace, *, devices: Devices | None, dark: bool
    ) -> None:
        super().__init__()
        self._build, self._args, self._devices, self._dark = build, args, devices, dark
        self._words = Words(args.language)
        self._settings = Settings(args.data / f"{name}.json")
        self._link: HubLink | None = None
        self._window: QWidget | None = None
        self._failures = 0
        self._asked = False

    def begin(self) -> None:
        """Go to the hub, or ask for it."""
        try:
            address = self._address()
        except Trouble as trouble:
            log.info("cannot begin: %s", trouble)
            self._put(Notice(trouble.sentence(self._words), _said_in_full(trouble, self._words), dark=self._dark))
            QTimer.singleShot(pause_ms(5), self, self.begin)
            return
        if address is None:
            self._ask()
        else:
            self._connect(address)

    def end(self) -> None:
        """Let go of hub and window before the application ends."""
        if self._link is not None:
            self._link.close()
        self._window = None

    def _address(self) -> str | None:
        """The hub's address: as told, of this PC's own hub, as remembered; None: nobody knows it yet."""
        if self._args.hub:
            return hub_url(self._args.hub)
        remembered = self._settings.get("hub")
        if self._args.site is None and remembered:
            return remembered
        return _own_hub(self._args.site or CONFIG / "small.toml", self._args.data) or remembered

    def _ask(self) -> None:
        ask = AskHub(self._words, dark=self._dark)
        ask.given.connect(self._given)
        self._put(ask)

    def _given(self, address: str) -> None:
        self._asked = True
        self._connect(address)

    def _connect(self, address: str) -> None:
        self._link = HubLink(address, language=self._args.language, parent=self)
        self._put(Notice(self._words.say(CONNECTING), address, dark=self._dark))
        self._fetch_hall()

    def _fetch_hall(self) -> None:
        if self._link is None:
            return
        reply = self._link.get("/api/hall", Hall)
        reply.done.connect(self._arrived)
        reply.failed.connect(self._not_yet)

    def _not_yet(self, trouble: Trouble) -> None:
        if isinstance(self._window, Notice):
            self._window.say(f"{trouble.sentence(self._words)} {trouble.step(self._words)}")
        self._failures += 1
        if self._asked and self._failures >= ASK_AGAIN:
            self._failures, self._asked = 0, False
            self._ask()  # more likely a slip of the keys than a hub that is away
            return
        QTimer.singleShot(pause_ms(self._failures), self, self._fetch_hall)

    def _arrived(self, hall: Hall) -> None:
        if self._asked and self._link is not None:
            self._settings.set("hub", self._link.address)
        identity = self._args.id or self._settings.get("id") or ""
        if self._devices is None:
            self._open(hall, identity)
            return
        names = {device.id: device.name for device in self._devices(hall)}
        if identity in names:
            self._open(hall, identity)
        elif self._args.id:
            trouble = Trouble("unknown_device", device=identity)
            self._put(Notice(trouble.sentence(self._words), ", ".join(names), dark=self._dark))
        elif len(names) == 1:
            self._open(hall, *names)
        else:
            self._ask_device(hall, names)

    def _ask_device(self, hall: Hall, names: dict[str, str]) -> None:
        ask = AskDevice(self._words, list(names.items()), dark=self._dark)
        ask.chosen.connect(lambda identity: self._settings.set("id", identity))
        ask.chosen.connect(lambda identity: self._open(hall, identity))
        self._put(ask)

    def _open(self, hall: Hall, identity: str) -> None:
        if self._link is not None:
            args, settings = self._args, self._settings
            window = self._build(Launch(args, self._link, hall, self._words, settings, args.data, identity))
            window.installEventFilter(_FirstFrame(window))
            self._put(window)

    def _put(self, window: QWidget) -> None:
        """Show `window` in the place of the one before."""
        before, self._window = self._window, window
        place(window, self._args.windowed)
        if before is not None:
            before.close()
            before.deleteLater()


def _said_in_full(trouble: Trouble, words: Words) -> str:
    """What to do; of a wrong site file every error with its line."""
    return str(trouble) if trouble.code == "site_wrong" else trouble.step(words)


class _FirstFrame(QObject):
    """Notes in the log when a window was first painted, as seconds since 1970: `antre bench` reads it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            log.info("first frame at %.3f", time.time())
            self.deleteLater()
        return False


def _own_hub(site_file: Path, data: Path) -> str | None:
    """The address of this PC's own hub, started if need be; None where the site does not stand on one PC."""
    from shared.site import load  # noqa: PLC0415  -- an app with an address needs no site file, nor the time to load it

    site = load(site_file)
    if not site.single_pc:
        return None
    ensure_hub(site_file, data, site.own_url)
    return site.own_url


def place(window: QWidget, windowed: str | None) -> None:
    """Put `window` on the whole screen, or where `WxH+X+Y` says."""
    if windowed:
        size, *corner = windowed.split("+")
        width, height = (int(part) for part in size.split("x"))
        x, y = (int(part) for part in corner) if corner else (0, 0)
        window.setGeometry(QRect(x, y, width, height))
        window.show()
        return
    # Without a window manager (Xvfb, a bare kiosk session) showFullScreen alone keeps the small size.
    window.setGeometry(QGuiApplication.primaryScreen().geometry())
    window.showFullScreen()


def real_size(screen: Screen | None, *, windowed: bool) -> tuple[float, float] | None:
    """The screen's size in mm: from the site file, else from the screen itself, else None.

    A window that is not the whole screen stands for a usual kiosk's screen (None).
    """
    if screen is not None:
        return (screen.width_mm, screen.height_mm)
    if windowed:
        return None
    told = QGuiApplication.primaryScreen().physicalSize()
    plausible = told.width() > 100 and told.height() > 60  # noqa: PLR2004  -- mm; smaller is a screen that does not know
    return (told.width(), told.height()) if plausible else None
