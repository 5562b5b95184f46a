"""The technician's page of a kiosk without its screens: PIN → pages → closed; and the cleaning, which needs no PIN."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.deeds import Deed, Deeds
from kiosk.inspection import (
    LOUDEST,
    VOLUME_STEP,
    Facts,
    Glass,
    Leaf,
    Page,
    cleaning_leaf,
    hub_words,
    leaf_of,
    no_pin_leaf,
    pin_leaf,
)
from kiosk.kiosk import Kiosk
from kiosk.leaving import leave, restart
from kiosk.log_tail import LogLine, last_lines
from kiosk.narrator import Narrator
from kiosk.outlets import Paper
from kiosk.pin_check import PinCheck
from kiosk.place import Place
from kiosk.print_desk import PrintDesk
from kiosk.printer_status import Health
from kiosk.scene import Scene
from kiosk.technician import IDLE_S, PIN_IDLE_S, WAITS_S, Cleaning, opens_over
from shared import __version__
from shared.model import Outcome
from shared.qt.later import later
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.words import Words, msg

LONGEST_PIN = 8
SHORTEST_PIN = 4
VOLUME_SETTING = "volume"
COUNT_MS = 250
"""Often enough that the seconds never skip."""
SAMPLE = msg("Ini suara kios. Nomor antrean A, nol satu dua.")


@dataclass(frozen=True)
class Tools:
    """What the page works with besides the kiosk itself. `data`: this PC's data folder."""

    link: HubLink
    desk: PrintDesk
    narrator: Narrator
    settings: Settings
    data: Path
    restart: Callable[[], None] = restart
    leave: Callable[[], None] = leave
    other_hub: Callable[[], None] | None = None
    """Asks for another address of the hub, where that may be given at this screen."""
    own_hub: Path | None = None
    """What the hub of this very PC printed when it was started, where it runs here."""


class Technician(QObject):
    """Opens the page over a kiosk without a number in hand, and does what is chosen there.

    changed(Leaf)   what is to be seen now; None: the kiosk is the visitors' again
    closed()        as None of `changed`
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, kiosk: Kiosk, place: Place, tools: Tools, glass: Callable[[], Glass], parent: QObject) -> None:
        super().__init__(parent)
        self._kiosk, self._place, self._tools, self._glass = kiosk, place, tools, glass
        settings, identity = tools.settings, place.settings.id
        self.pin = PinCheck(tools.link, identity, settings, self)
        self.deeds = Deeds(tools.link, kiosk.reports, identity, settings, self)
        self._page: Page | None = None
        self._typed, self._said = "", ""
        self._cleaning: Cleaning | None = None
        self._lines: tuple[LogLine, ...] = ()
        self._wants_sample = False
        self.words = Words(place.greeting)
        """The language in which it was opened: what the visitor before it spoke, or the hall."""
        self._facts = Facts(
            kiosk=place.settings.name or identity,
            version=__version__,
            hub=tools.link.address,
            folder=_short(tools.data),
            own_hub=_short(tools.own_hub) if tools.own_hub else "",
            configuration=place.hall.configuration,
            printers=tuple(
                one for one in (place.settings.printer, place.settings.second_printer) if one and one.road != "none"
            ),
            volume=_percent(settings.get(VOLUME_SETTING)),
            may_move=tools.other_hub is not None,
        )
        tools.narrator.set_volume(self._facts.volume)
        self._waits, self._idle = self._timer(lambda: None), self._timer(self.close)
        self._count = QTimer(self, interval=COUNT_MS)
        self._count.timeout.connect(self._clean_on)
        self._connect()

    def _timer(self, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(action)
        return timer

    def _connect(self) -> None:
        desk = self._tools.desk
        self.pin.right.connect(self._unlock)
        self.pin.wrong.connect(self._wrong)
        desk.each_came.connect(self._healths_came)
        desk.paper_came.connect(self._paper_came)
        desk.copy_came.connect(lambda _order, paper: self._paper_came(paper))
        desk.trial_came.connect(self._trial_came)
        self._tools.narrator.known.connect(self._voice_known)
        self._tools.link.up_changed.connect(lambda _up: self._show_again())
        self._kiosk.scene_changed.connect(self._scene_changed)

    # -------------------------------------------------------- opening, closing

    @property
    def is_open(self) -> bool:
        """Whether any of it lies over the kiosk."""
        return self._page is not None

    def open(self) -> None:
        """The gesture was made: ask for the PIN, now or once the number in hand has been seen."""
        if self.is_open:
            return
        if not opens_over(self._kiosk.scene.stage):
            self._waits.start(WAITS_S * 1000)
            return
        self._waits.stop()
        self.words = Words(self._kiosk.scene.language)
        self._typed = self._said = ""
        self._kiosk.attend(on=True)
        self._turn(Page.PIN)
        if self._kiosk.scene.modes.spoken:  # who cannot see it hears that it is nothing for visitors
            leaf = self._leaf(Page.PIN)
            self._tools.narrator.say(self.words.language, f"{leaf.heading}. {leaf.sentence}")

    def _scene_changed(self, _scene: Scene) -> None:
        if self._waits.isActive():
            self.open()

    def close(self) -> None:
        """The kiosk is the visitors' again."""
        if not self.is_open:
            return
        page, self._page = self._page, None
        self._idle.stop()
        self._count.stop()
        self._hush(page)
        if page not in (Page.PIN, Page.CLEANING):
            self.deeds.note(Deed.CLOSED)
        self._kiosk.attend(on=False)
        if self._kiosk.scene.visiting:
            self._kiosk.touched()  # who stood there goes on
        self.changed.emit(None)
        self.closed.emit()

    def touched(self) -> None:
        """A finger is on the page: it stays."""
        if self._page is Page.PIN:
            self._idle.start(PIN_IDLE_S * 1000)
        elif self.is_open and self._cleaning is None:
            self._idle.start(IDLE_S * 1000)

    # -------------------------------------------------------- the PIN

    def type(self, figure: str) -> None:
        """One more figure of the PIN."""
        if self._page is Page.PIN and not self.pin.is_busy and len(self._typed) < LONGEST_PIN:
            self._typed, self._said = self._typed + figure, ""
            self._show_again()

    def erase(self) -> None:
        """The last figure is gone."""
        self._typed = self._typed[:-1]
        self._show_again()

    def enter(self) -> None:
        """All of the PIN stands there."""
        if self._page is not Page.PIN or len(self._typed) < SHORTEST_PIN or self.pin.is_busy:
            return
        if not self.pin.locked_s:
            self._said = self.words.say(msg("Sebentar…"))
            self.pin.attempt(self._typed)
        self._typed = ""
        self._show_again()

    def _wrong(self) -> None:
        self._said = self.words.say(msg("PIN salah. Sisa percobaan: {left}."), left=self.pin.lock.tries)
        if self.pin.locked_s:
            self.deeds.note(Deed.LOCKED)
        self._show_again()

    def _unlock(self) -> None:
        if self._page is not Page.PIN:
            return
        self._kiosk.home()
        self.deeds.note(Deed.OPENED)
        self._facts = replace(self._facts, trials=None, roll_begun=False)
        self._tools.desk.ask_health()
        self._turn(Page.MENU)

    def _locked_words(self) -> str:
        if not self.pin.locked_s:
            return ""
        until = datetime.fromtimestamp(time() + self.pin.locked_s, tz=self._tools.link.now().tzinfo)
        clock = self.words.clock(until + timedelta(minutes=1))  # a lock of half a minute ends within this one
        return self.words.say(msg("Terlalu banyak PIN salah. Coba lagi pukul {clock}."), clock=clock)

    # -------------------------------------------------------- pages

    def choose(self, name: str) -> None:
        """What stands on the page by that name was touched."""
        act = self._acts().get(name)
        if act is not None:
            self.touched()
            act()

    def _acts(self) -> dict[str, Callable[[], None]]:
        """What can be done on the page that is open."""
        if self._page is Page.PIN:
            return {"back": self.close, "close": self.close, "clean": self._clean}
        if self._page is None or self._page is Page.CLEANING:
            return {}
        pages = {page.value: lambda page=page: self._turn(page) for page in (*_OF_MENU, Page.PICTURE)}
        return pages | {
            "back": lambda: self._turn(Page.SCREEN if self._page is Page.PICTURE else Page.MENU),
            "close": self.close,
            "clean": self._clean,
            "try": self._try_printers,
            "new-roll": self._new_roll,
            "softer": lambda: self._set_volume(-VOLUME_STEP),
            "louder": lambda: self._set_volume(VOLUME_STEP),
            "sample": self._sample,
            "restart-now": lambda: self._end(Deed.RESTARTED, self._tools.restart),
            "leave-now": lambda: self._end(Deed.LEFT, self._tools.leave),
            "other-hub": self._other_hub,
        }

    def _turn(self, page: Page) -> None:
        if page is not Page.SOUND:
            self._hush(self._page)
        self._page = page
        self.touched()
        if page is Page.LOG:
            self._lines = last_lines(self._tools.data / "logs" / "kiosk.log")
        if page is Page.SOUND:
            self._facts = replace(self._facts, voice=self._tools.narrator.there)
            self._tools.narrator.open(self.words.language)
        self._show_again()

    def _show_again(self) -> None:
        if self._page is not None:
            self.changed.emit(self._leaf(self._page))

    def _leaf(self, page: Page) -> Leaf:
        if self._cleaning is not None:
            return cleaning_leaf(self.words, self._cleaning.left(monotonic()))
        if page is Page.PIN:
            if not self.pin.has_pin:
                return no_pin_leaf(self.words, hub_words(self._now(), self.words, is_inside=False))
            return pin_leaf(self.words, typed=len(self._typed), told=self._locked_words() or self._said)
        return leaf_of(page, self._now(), self.words, self._lines)

    def _now(self) -> Facts:
        """The facts, those that nobody tells among them."""
        roll, link = self._kiosk.roll, self._tools.link
        why = link.why.code if link.why is not None else ""
        seen = replace(self._facts, hub_up=link.up, hub_why=why, glass=self._glass())
        return replace(seen, metres=roll.metres, tickets=roll.tickets)

    def _know(self, **facts: object) -> None:
        self._facts = replace(self._facts, **facts)  # type: ignore[arg-type]  # the fields' names and types are Facts's
        self._show_again()

    # -------------------------------------------------------- cleaning

    def _clean(self) -> None:
        self._cleaning = Cleaning(monotonic())
        self._page = Page.CLEANING
        self._idle.stop()
        self._kiosk.home()
        self._count.start()
        self._show_again()

    def _clean_on(self) -> None:
        if self._cleaning is None:
            return
        if self._cleaning.left(monotonic()):
            self._show_again()
            return
        self._cleaning = None
        self.deeds.note(Deed.CLEANED)
        self.close()

    # -------------------------------------------------------- printers

    def _try_printers(self) -> None:
        if not self._facts.trying:
            self._tools.desk.try_each(self._tools.link.now())
            self._know(trying=True, trials=None, roll_begun=False)

    def _trial_came(self, papers: tuple[Paper, ...]) -> None:
        if not self._facts.trying:
            return
        for paper in papers:
            self._note_paper(paper)
        self.deeds.note(Deed.TESTED, ", ".join(f"{one.outcome.value} {one.code}".strip() for one in papers))
        self._know(trying=False, trials=papers)

    def _healths_came(self, healths: tuple[Health, ...]) -> None:
        if healths != self._facts.healths or not self._facts.healths:
            self._know(healths=healths)

    def _paper_came(self, paper: Paper) -> None:
        for one in paper.all:
            self._note_paper(one)

    def _note_paper(self, paper: Paper) -> None:
        if paper.outcome in (Outcome.PRINTED, Outcome.UNKNOWN):
            printed = {**self._facts.printed_at, paper.by: self._tools.link.now()}
            self._facts = replace(self._facts, printed_at=printed)

    def _new_roll(self) -> None:
        self._kiosk.roll.new_roll()
        self.deeds.note(Deed.NEW_ROLL)
        self._know(roll_begun=True)

    # -------------------------------------------------------- voice

    def _set_volume(self, by: int) -> None:
        volume = max(VOLUME_STEP, min(LOUDEST, self._facts.volume + by))
        self._tools.settings.keep(VOLUME_SETTING, str(volume))
        self._tools.narrator.set_volume(volume)
        self.deeds.note(Deed.VOLUME, f"{volume}%")
        self._know(volume=volume)
        self._sample()

    def _sample(self) -> None:
        narrator = self._tools.narrator
        narrator.open(self.words.language)
        self._wants_sample = not narrator.there
        if narrator.there:
            narrator.say(self.words.language, self.words.say(SAMPLE))

    def _voice_known(self, there: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        if self._page is not Page.SOUND:
            return
        wanted, self._wants_sample = self._wants_sample, False
        self._know(voice=there)
        if there and wanted:
            self._sample()

    def _hush(self, page: Page | None) -> None:
        """The page of the sound is left: its programs end. What reads a screen out goes on."""
        self._wants_sample = False
        if page is Page.SOUND:
            self._tools.narrator.close()

    # -------------------------------------------------------- the end

    def _other_hub(self) -> None:
        if self._tools.other_hub is not None:
            later(self, 0, self._tools.other_hub)  # this page goes with its window

    def _end(self, deed: Deed, act: Callable[[], None]) -> None:
        self.deeds.note(deed)
        act()


_OF_MENU = (Page.MENU, Page.PRINTERS, Page.SOUND, Page.SCREEN, Page.LOG, Page.ABOUT, Page.RESTART, Page.LEAVE)


def _short(path: Path) -> str:
    """A path as people write it."""
    return str(path).replace(str(Path.home()), "~")


def _percent(kept: str | None) -> int:
    """The volume that was kept; all of it where nothing sensible was."""
    return int(kept) if kept and kept.isdecimal() and VOLUME_STEP <= int(kept) <= LOUDEST else LOUDEST
