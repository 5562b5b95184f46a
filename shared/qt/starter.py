"""From an app's start to its window: find the hub, or start it, or ask for it; fetch the hall; put the window up."""

import argparse
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from shared.assets import default_site
from shared.hall import Hall
from shared.qt.ask import CONNECTING, AskDevice, AskHub, HubEnded, Notice, hub_url
from shared.qt.launch import Build, Devices, Launch, place
from shared.qt.link import HubLink, pause_ms
from shared.settings import Settings
from shared.start_hub import OwnHub
from shared.trouble import Trouble
from shared.words import Words

if TYPE_CHECKING:
    from shared.site import Site

log = logging.getLogger(__name__)

ASK_AGAIN = 4
"""After so many failures a person is asked for the address once more."""

STARTING_MS = 150
"""How often a hub that is being started is asked for."""


class Starter(QObject):
    """Finds the hub, fetches the hall, then puts the app's window on the screen."""

    def __init__(
        self, name: str, build: Build, args: argparse.Namespace, *, devices: Devices | None, dark: bool
    ) -> None:
        super().__init__()
        self._build, self._args, self._devices, self._dark = build, args, devices, dark
        self._words = Words(args.language)
        self._settings = Settings(args.data / f"{name}.json")
        self._link: HubLink | None = None
        self._own: OwnHub | None = None
        self._own_hall = ""
        self._window: QWidget | None = None
        self._failures = 0
        self._asked = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._fetch_hall)

    def begin(self) -> None:
        """Go to the hub, or ask for it."""
        self._let_go()
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
        self._let_go()
        self._window = None

    def _let_go(self) -> None:
        self._again.stop()
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
        self._link = self._own = None

    def _address(self) -> str | None:
        """The hub's address: as told, of this PC's own hub, as remembered; None: nobody knows it yet."""
        if self._args.hub:
            return hub_url(self._args.hub)
        remembered = self._settings.get("hub")
        if self._args.site is None and remembered:
            return remembered
        site = _site(self._args.site or default_site(), self._words)
        if not site.single_pc:
            return remembered
        self._own, self._own_hall = OwnHub(site.path, self._args.data, site.own_url), site.name
        return self._own.address

    def _ask(self) -> None:
        ask = AskHub(self._words, dark=self._dark)
        ask.given.connect(self._given)
        self._put(ask)

    def _given(self, address: str) -> None:
        self._let_go()
        self._asked = True
        self._connect(address)

    def _connect(self, address: str) -> None:
        self._failures = 0
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
        self._failures += 1
        if self._asked and self._failures >= ASK_AGAIN:
            self._asked = False
            self._ask()  # more likely a slip of the keys than a hub that is away
            return
        if self._own is not None and trouble.code == "hub_away":
            self._own.start()
            if self._own.may_come:
                self._again.start(STARTING_MS)
                return
        self._tell(trouble)
        self._again.start(pause_ms(self._failures))

    def _tell(self, trouble: Trouble) -> None:
        """Say why there is no hall yet; of this PC's own hub that has ended, why it did."""
        if self._own is not None and self._own.has_ended:
            self._tell_end(self._own)
        elif isinstance(self._window, Notice):
            self._window.say(f"{trouble.sentence(self._words)} {trouble.step(self._words)}")

    def _tell_end(self, own: OwnHub) -> None:
        if isinstance(self._window, HubEnded):
            return
        log.info("this PC's hub ended with %s before it listened: %s", own.status, own.last_words())
        ended = HubEnded(self._words, own.last_words(), own.out, dark=self._dark)
        ended.again.connect(self.begin)
        self._put(ended)

    def _arrived(self, hall: Hall) -> None:
        if self._own is not None and hall.name != self._own_hall:
            self._refuse(Trouble("other_hall", address=self._own.address, theirs=hall.name, ours=self._own_hall))
            return
        if self._asked and self._link is not None:
            self._settings.keep("hub", self._link.address)
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

    def _refuse(self, trouble: Trouble) -> None:
        """Say that another hall's hub answers in the place of ours, and ask again: a person may end it."""
        self._failures += 1
        sentence, step = trouble.sentence(self._words), trouble.step(self._words)
        if not (isinstance(self._window, Notice) and self._window.heading == sentence):
            self._put(Notice(sentence, step, dark=self._dark))
        self._again.start(pause_ms(self._failures))

    def _ask_device(self, hall: Hall, names: dict[str, str]) -> None:
        ask = AskDevice(self._words, list(names.items()), dark=self._dark)
        ask.chosen.connect(lambda identity: self._settings.keep("id", identity))
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


def _site(site_file: Path, words: Words) -> "Site":
    """The configuration of this PC's hall. Raises SiteErrors."""
    from shared.site import load  # noqa: PLC0415  -- an app with an address needs no site file, nor the time to load it

    return load(site_file, words)
