"""From an app's start to its window: find the hub, or start it, or ask for it; fetch the hall; put the window up."""

import argparse
import logging
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from shared.assets import default_site
from shared.hall import Hall
from shared.model import DeviceKind
from shared.qt.ask import AskDevice, HubEnded, Notice, hub_urls, is_loopback
from shared.qt.ask_hub import AskHub
from shared.qt.connecting import Connecting
from shared.qt.front import Front
from shared.qt.kept_hall import KeptHall
from shared.qt.later import later
from shared.qt.launch import Build, Devices, Launch, place
from shared.qt.link import HubLink, pause_ms
from shared.qt.pair_app import HUB_SETTING, ID_SETTING, PairApp
from shared.qt.pairing_page import PairingPage
from shared.qt.watched import be_patient
from shared.settings import Settings
from shared.sole import Sole
from shared.start_hub import OwnHub
from shared.trouble import Trouble
from shared.watch_rules import TAKEN
from shared.words import Words, msg

if TYPE_CHECKING:
    from shared.site import Site

log = logging.getLogger(__name__)

ASK_AGAIN = 4
"""After so many failures a person is asked for the address once more."""

OFFER_S = 8.0
"""A hub that has not answered for so long may have another address now, and a person may say so."""

NOT_HERE = frozenset({"hub_away", "not_found"})
"""What an address answers where no hub's API is: nothing, or, at the port of the visitors' pages, that."""

TO_VISITORS = {
    DeviceKind.KIOSK: msg("Kios belum siap. Silakan ambil nomor di meja informasi."),
    DeviceKind.DISPLAY: msg("Layar ini belum siap. Silakan dengarkan panggilan petugas."),
}
"""What a visitor before an app without its hub is told, in each language."""

TAKEN_S = 4.0
"""How long another program of the same device may hold its place: one whose watchdog is gone ends within 3 s."""

TAKEN_MS = 250
"""How often its place is looked at."""

KEEP_MS = 1500
"""The hall is kept on the disk when its first screen has been seen."""

STARTING_MS = 150
"""How often a hub that is being started is asked for."""


class Starter(QObject):
    """Finds the hub, fetches the hall, then puts the app's window on the screen."""

    def __init__(  # noqa: PLR0913  -- what the program is and what it stands on
        self,
        name: str,
        build: Build,
        args: argparse.Namespace,
        *,
        devices: Devices | None,
        dark: bool,
        sole: Sole | None = None,
    ) -> None:
        """`sole`: the places of devices on this PC, one program each; None asks for none."""
        super().__init__()
        self._sole = sole
        self.facts: Mapping[str, str] = {}
        """Short facts of this start for the hub's health page."""
        self.locked = False
        """Whether visitors stand before it alone: then nothing at the screen closes the kiosk."""
        self._build, self._args, self._devices, self._dark = build, args, devices, dark
        self._kind = DeviceKind(name)
        self._words = Words(args.language)
        self._settings = Settings(args.data / f"{name}.json")
        self._kept_hall = KeptHall(args.data / f"{name}-hall.json") if self._kind is DeviceKind.KIOSK else None
        self._pairing = PairApp(self._kind, args, settings=self._settings, dark=dark, parent=self)
        self._pairing.paired.connect(self.begin)
        self._pairing.other_hub.connect(self._ask)
        self._link: HubLink | None = None
        self._tried: tuple[str, ...] = ()
        self._untried: list[str] = []
        self._own: OwnHub | None = None
        self._own_hall = ""
        self._is_kept = False
        """Whether the hall on the screen is the one heard last, which no hub has told in this start."""
        self._window: QWidget | None = None
        self._failures = 0
        self._begun = 0.0
        self._asked = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._try_all)

    def begin(self) -> None:
        """Go to the hub, or ask for it."""
        self._let_go()
        try:
            addresses = self._addresses()
        except Trouble as trouble:
            log.info("cannot begin: %s", trouble)
            self._put(Notice(trouble.sentence(self._words), _said_in_full(trouble, self._words), dark=self._dark))
            later(self, pause_ms(5), self.begin)
            return
        if addresses:
            self._connect(addresses)
        else:
            self._ask()

    def end(self) -> None:
        """Let go of hub and window before the application ends."""
        self._let_go()
        self._window = None

    def _let_go(self) -> None:
        self._pairing.end()
        self._let_link_go()
        self._own = None

    def _let_link_go(self) -> None:
        self._again.stop()
        be_patient(on=False)  # what was to be painted goes with it
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
        self._link = None

    def _addresses(self) -> tuple[str, ...]:
        """Where the hub may be: as told, of this PC's own hub, as remembered; empty: nobody knows it yet."""
        if self._args.hub:
            return hub_urls(self._args.hub)
        remembered = self._settings.get(HUB_SETTING)
        kept = (remembered,) if remembered else ()
        if self._args.site is None and remembered:
            return kept
        site = _site(self._args.site or default_site(), self._words)
        if not site.single_pc:
            return kept
        self._own, self._own_hall = OwnHub(site.path, self._args.data, site.own_url), site.name
        return (self._own.address,)

    @property
    def _remembered(self) -> str | None:
        """The hub's address that a person at this screen gave once; None where it stands elsewhere."""
        return None if self._args.hub or self._own is not None else self._settings.get(HUB_SETTING)

    @property
    def _may_have_moved(self) -> bool:
        """Whether the hub has been silent for long at an address that a person can change here."""
        is_late = time.monotonic() - self._begun > OFFER_S
        return is_late and self._remembered is not None and not self._asked

    def _ask(self) -> None:
        may_go_back = self._remembered is not None
        with_keypad = self._kind is not DeviceKind.COUNTER
        ask = AskHub(self._words, with_keypad=with_keypad, may_go_back=may_go_back, dark=self._dark)
        ask.given.connect(self._given)
        ask.back.connect(self._go_back)
        self._put(ask)
        self._let_go()  # what is on its way would take the page away; after the window, which may still ask on the link

    def _go_back(self) -> None:
        self._asked = False
        self.begin()

    def _given(self, written: str) -> None:
        self._let_go()
        self._asked = True
        self._connect(hub_urls(written))

    def _connect(self, addresses: tuple[str, ...]) -> None:
        self._failures, self._begun = 0, time.monotonic()
        self._tried = addresses
        if self._pairing.credentials().pin:
            # A paired hub speaks TLS: who answers for it without is somebody else, unless it is this very PC.
            secure = tuple(one for one in addresses if one.startswith("https://") or is_loopback(one))
            self._tried = secure or addresses
        must_hold = self._kind is DeviceKind.KIOSK
        connecting = Connecting(self._words, self._tried[0], must_hold=must_hold, dark=self._dark)
        connecting.to_visitors = TO_VISITORS.get(self._kind, "")
        connecting.other_hub.connect(self._ask)
        self._put(connecting)
        self._try_all()

    def _try_all(self) -> None:
        """Ask at each address, the likeliest first, until one answers."""
        self._untried = list(self._tried)
        self._try_next()

    def _try_next(self) -> None:
        address = self._untried.pop(0)
        if self._link is None or self._link.address != address:
            self._let_link_go()
            self._link = self._link_to(address)
        self._fetch_hall()

    def _link_to(self, address: str) -> HubLink:
        link = HubLink(address, language=self._args.language, credentials=self._pairing.credentials(), parent=self)
        # Queued: what is asked on the link hears its answer first; then the link and its window go.
        link.barred.connect(self._barred, Qt.ConnectionType.QueuedConnection)
        return link

    def _fetch_hall(self) -> None:
        if self._link is None:
            return
        reply = self._link.get("/api/hall", Hall)
        reply.done.connect(self._arrived)
        reply.failed.connect(self._not_yet)

    def _not_yet(self, trouble: Trouble) -> None:
        if trouble.code in NOT_HERE and self._untried:
            self._try_next()
            return
        self._failures += 1
        if trouble.code == "device_unknown":
            return  # the link tells that it is barred
        if trouble.code == "other_certificate":
            self._pair(trouble)
            self._again.start(pause_ms(self._failures))
            return
        if self._asked and self._failures >= ASK_AGAIN:
            self._asked = False
            self._ask()  # more likely a slip of the keys than a hub that is away
            return
        if self._own is not None and trouble.code == "hub_away":
            self._own.start()
            if self._own.may_come:
                self._again.start(STARTING_MS)
                return
        if trouble.code == "hub_away" and self._open_kept():
            return
        self._tell(trouble)
        self._again.start(pause_ms(self._failures))

    # -------------------------------------------------------- without the hub

    def _open_kept(self) -> bool:
        """Before visitors: open the hall as it was heard last, which waits for the hub by itself; whether there is one.

        Not while somebody tries another address. Where this PC's own hub has ended that is told at once, but not to
        visitors: where they stand alone, the technician's page tells it.
        """
        may = not self._asked and (self._own is None or (self.locked and self._own.has_ended))
        kept = self._kept_hall.read(self._tried) if self._kept_hall and may else None
        identity = self._known_as(kept[1]) if kept else None
        if kept is None or not identity or (self._own is not None and kept[1].name != self._own_hall):
            return False
        address, hall = kept
        self._is_kept = True
        self._let_link_go()
        self._link = self._link_to(address)
        self._link.expect_away()
        log.info("the hub is away: the hall opens as it was heard last")
        self._open(hall, identity)
        return True

    def _known_as(self, hall: Hall) -> str | None:
        """Which of the hall's devices this is, where nobody has to be asked."""
        identity = self._args.id or self._settings.get(ID_SETTING) or ""
        names = [device.id for device in self._devices(hall)] if self._devices else []
        return identity if identity in names else names[0] if len(names) == 1 and not self._args.id else None

    def _keep(self, hall: Hall) -> None:
        if self._kept_hall is not None and self._link is not None:
            later(self, KEEP_MS, partial(self._kept_hall.keep, self._link.address, hall))

    # -------------------------------------------------------- pairing

    def _barred(self, trouble: Trouble) -> None:
        """The hub does not know this app (any more): only a person can go on from here."""
        if trouble.code == "device_unknown":
            self._pair(None)

    def _pair(self, trouble: Trouble | None) -> None:
        if self._link is None or isinstance(self._window, PairingPage):
            return
        address = self._link.address
        page = self._pairing.page(address)
        if trouble is not None:
            page.tell(trouble)
        else:
            self._let_link_go()
        self._put(page)

    def _tell(self, trouble: Trouble) -> None:
        """Say why there is no hall yet; of this PC's own hub that has ended, why it did."""
        if self._own is not None and self._own.has_ended:
            self._tell_end(self._own)
        elif isinstance(self._window, Notice):
            if isinstance(self._window, Connecting):
                self._window.excuse()
                if self._may_have_moved:
                    self._window.offer()
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
        self._is_kept = False
        if self._asked and self._link is not None:
            self._settings.keep(HUB_SETTING, self._link.address)
        self._keep(hall)
        identity = self._args.id or self._settings.get(ID_SETTING) or ""
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
        ask.chosen.connect(lambda identity: self._settings.keep(ID_SETTING, identity))
        ask.chosen.connect(lambda identity: self._open(hall, identity))
        self._put(ask)

    def _open(self, hall: Hall, identity: str) -> None:
        if self._link is None or not self._has_place(hall, identity):
            return
        args, settings = self._args, self._settings
        launch = Launch(
            args,
            self._link,
            hall,
            self._words,
            settings,
            args.data,
            identity,
            reopen=self._reopen,
            other_hub=self._ask if self._remembered is not None else None,
            own_hub=self._own.out if self._own is not None else None,
            facts=self.facts,
        )
        be_patient(on=True)  # until it is painted, which on a slow PC may take as long as building it
        window = self._build(launch)
        window.installEventFilter(_FirstFrame(window))
        self._put(window)

    def _has_place(self, hall: Hall, identity: str) -> bool:
        """Whether this is the only program of that device here; else look again, and end when it stays so."""
        if self._sole is None or not identity or self._sole.take(f"{self._kind}-{identity}"):
            return True
        if time.monotonic() - self._begun > TAKEN_S:
            log.info("%s %s runs already on this PC", self._kind, identity)
            QApplication.exit(TAKEN)
        else:
            later(self, TAKEN_MS, lambda: self._open(hall, identity))
        return False

    def _reopen(self, hall: Hall) -> None:
        """The hall has changed: a new link and a new window take the place of those before."""
        if self._link is not None:
            address = self._link.address
            self._let_link_go()
            self._link = self._link_to(address)
            if not self._is_kept:
                self._own_hall = hall.name  # it was ours before: a hall that is renamed is no other
            self._arrived(hall)

    def _put(self, window: QWidget) -> None:
        """Show `window` in the place of the one before."""
        before, self._window = self._window, window
        if self._kind is not DeviceKind.COUNTER and not self._args.windowed:
            Front(window, locked=self._is_locked(window))
        place(window, self._args.windowed)
        if before is not None:
            before.close()
            before.deleteLater()

    def _is_locked(self, window: QWidget) -> bool:
        """Pages that ask the person who sets the kiosk up something can be closed."""
        is_for_visitors = isinstance(window, Connecting) or not isinstance(window, (Notice, PairingPage))
        return self.locked and self._kind is DeviceKind.KIOSK and is_for_visitors


def _said_in_full(trouble: Trouble, words: Words) -> str:
    """What to do; of a wrong site file every error with its line."""
    return str(trouble) if trouble.code == "site_wrong" else trouble.step(words)


class _FirstFrame(QObject):
    """Notes in the log when a window was first painted, as seconds since 1970: `antre bench` reads it.

    From then on whoever watches over this program is to hear of it each second again.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            later(watched, 0, partial(self._painted, time.time()))
        return False

    def _painted(self, at: float) -> None:
        be_patient(on=False)
        log.info("first frame at %.3f", at)
        self.deleteLater()


def _site(site_file: Path, words: Words) -> "Site":
    """The configuration of this PC's hall. Raises SiteErrors."""
    from shared.site import load  # noqa: PLC0415  -- an app with an address needs no site file, nor the time to load it

    return load(site_file, words)
