"""Changing the hall while it is open: from its file, from the counter app, back to an earlier configuration.

One change at a time. What is wrong changes nothing and says why; what is right is taken up between two verbs.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import NamedTuple

from hub.changes import Refusal, fixed
from hub.faults import as_faults, dumped, faults_of, in_the_way, line_of, logo_mark, whole
from hub.guard import still_there
from hub.house import House, Layout
from hub.once import Ask, Reply, answer_once
from hub.rows import EventRow, to_moment, to_ms
from hub.site_file import HallFile, Mark
from hub.store import Book, KeptConfiguration, Reading
from shared.configuration_wire import (
    Checked,
    Configuration,
    ConfigurationFacts,
    Configurations,
    Configure,
    Fault,
    GoBack,
)
from shared.hall import Hall
from shared.model import Kind
from shared.site import Site, SiteErrors
from shared.trouble import Trouble
from shared.words import Words, msg

log = logging.getLogger(__name__)

HallOf = Callable[[Site], Hall]
"""A site as this hub serves it: with the address it listens on."""

_LISTED = 100
_SETTLE_S = 0.25
"""An editor that writes a file in parts is given so long to end."""
_TOLD_OF_FILE = 3
"""Sentences of a wrong file that the log's one line has; the others stand in the health."""

_LATER = msg("{key} berlaku setelah hub dinyalakan ulang.")
AFTER_RESTART = ("listen", "pages", "single_pc")
"""Keys of [hall] that are looked at when a program starts."""


class Ready(NamedTuple):
    """A configuration that passes the checks, with all that follows from it."""

    site: Site
    layout: Layout


class Configuring:
    """What the hall's configuration is, and how it becomes another. `site`: the one in force."""

    def __init__(self, house: House, site: Site, hall_of: HallOf) -> None:
        self.site = site
        self._house, self._hall_of = house, hall_of
        self._file = HallFile(site.path)
        self._lock = asyncio.Lock()
        self._seen: Mark | None = None
        self._faults: list[Fault] = []
        self._coming: Ready | None = None
        """The file is right, and somebody is in its way."""

    # ------------------------------------------------------------ what there is

    def listed(self) -> Configurations:
        """The configurations this hub has had."""
        kept = self._house.store.read.configurations(_LISTED)
        return Configurations(configurations=[self._facts(one) for one in kept], refused=self._faults)

    def one(self, number: int) -> Configuration:
        """One of them, whole. Raises Trouble('unknown_configuration')."""
        kept = self._known(number)
        return Configuration(**self._facts(kept).model_dump(), text=kept.text)

    async def checked(self, text: str, words: Words) -> Checked:
        """What stands against this text, and what is odd in it."""
        ready = await asyncio.to_thread(self._checked, text, words)
        if isinstance(ready, list):
            return Checked(faults=ready, warnings=[])
        faults = as_faults(self._in_the_way(self._house.store.read, ready.layout.hall), words)
        return Checked(faults=faults, warnings=self._warnings(ready.site, words))

    # ------------------------------------------------------------ from the file

    async def look(self) -> None:
        """Take up what the file says when it has changed, or when nobody is in its way any more."""
        async with self._lock:
            mark = await asyncio.to_thread(self._mark)
            if mark == self._seen:
                await self._take(self._coming)
                return
            await asyncio.sleep(_SETTLE_S)
            if await asyncio.to_thread(self._mark) != mark:
                return  # still being written: at the next look
            await self._read_file()
            self._seen = mark  # from before the reading: what was written during it is read at the next look

    def _mark(self) -> Mark:
        site = self._coming.site if self._coming else self.site
        return self._file.mark(site.file.hall.logo, with_folder=bool(self._faults))

    async def _read_file(self) -> None:
        self._coming = None
        ready = await asyncio.to_thread(self._loaded)
        if isinstance(ready, list):
            self._refuse(ready)
        elif self._is_in_force(ready.site):
            self._refuse([])
        else:
            self._coming = ready
            await self._take(ready)

    async def _take(self, ready: Ready | None) -> None:
        if ready is None:
            return
        in_the_way = self._in_the_way(self._house.store.read, ready.layout.hall)
        if not in_the_way:
            try:
                await self._house.writer.write(lambda book: self._write(book, ready, "file"))
            except Trouble as trouble:
                if trouble.code != "configuration_refused":
                    raise
                return  # somebody came in between: at the next look
            self._adopt(ready)
        else:
            self._refuse(as_faults(in_the_way, Words("id")))

    def _refuse(self, faults: list[Fault]) -> None:
        """What the file says is not in force, and why; told once."""
        if faults and faults != self._faults:
            told = " ".join(f"{line_of(fault)}{fault.what}. {fault.hint}".strip() for fault in faults[:_TOLD_OF_FILE])
            more = f" (+{len(faults) - _TOLD_OF_FILE})" if len(faults) > _TOLD_OF_FILE else ""
            log.warning("%s is not taken up: %s%s", self._file.path, told, more)
        self._faults = faults
        self._house.refuse([whole(fault, self._file.path.name) for fault in faults])

    # ------------------------------------------------------------ from the counter app

    async def configure(self, ask: Ask, asked: Configure) -> Reply:
        """Have this text in force and in the file. Raises Trouble where the disk will not; refusals are replies."""
        return await self._change(ask, lambda: asked.text, base=asked.base, origin="app")

    async def go_back(self, ask: Ask, asked: GoBack) -> Reply:
        """Have an earlier configuration in force and in the file, whatever stands there. Raises as `configure`."""
        return await self._change(ask, lambda: self._known(asked.to).text, base=None, origin="undo")

    async def _change(self, ask: Ask, text_of: Callable[[], str], *, base: int | None, origin: str) -> Reply:
        async with self._lock:
            if self._house.store.read.answer(ask.key):
                return await self._decided(ask, _never)
            try:
                text = text_of()
                ready = await self._ready(text, base, Words(ask.language))
            except Trouble as trouble:
                return await self._decided(ask, _raising(trouble))
            return await self._hand_over(ask, ready, origin)

    async def _ready(self, text: str, base: int | None, words: Words) -> Ready:
        """Raises Trouble: configuration_moved, file_edited, configuration_wrong, configuration_refused."""
        newest = self._newest()
        if base is not None and base != newest.id and text != newest.text:
            raise Trouble("configuration_moved", now=self._facts(newest).model_dump(mode="json"))
        if base is not None and not await asyncio.to_thread(self._file.says, newest.text):
            raise Trouble("file_edited", path=self._file.path)
        ready = await asyncio.to_thread(self._checked, text, words)
        if isinstance(ready, list):
            raise Trouble("configuration_wrong", now=dumped(ready), count=len(ready))
        self._refuse_if(self._in_the_way(self._house.store.read, ready.layout.hall), words)
        return ready

    async def _hand_over(self, ask: Ask, ready: Ready, origin: str) -> Reply:
        """First the file, then the book: a hub that ends in between takes the file up when it starts."""
        before = await asyncio.to_thread(self._file.content)
        try:
            await asyncio.to_thread(self._file.write, ready.site.text.encode())
        except Trouble as trouble:
            return await self._decided(ask, _raising(trouble))
        try:
            reply = await self._decided(ask, lambda book: self._act(book, ready, origin, Words(ask.language)))
        except Trouble:
            await self._put_back(before)
            raise
        if reply.status != 200:  # noqa: PLR2004  -- taken up
            await self._put_back(before)
            return reply
        self._adopt(ready)
        return reply

    async def _put_back(self, before: bytes | None) -> None:
        if before is not None:
            await asyncio.to_thread(self._file.write, before)

    async def _decided(self, ask: Ask, act: Callable[[Book], Reply]) -> Reply:
        def work(book: Book) -> Reply:
            if ask.asker.is_guarded:
                still_there(book, ask.asker)
            return answer_once(book, ask, to_ms(self._house.clock()), act)

        return await self._house.writer.write(work)

    def _act(self, book: Book, ready: Ready, origin: str, words: Words) -> Reply:
        if self._is_in_force(ready.site):  # then only its file was to be written anew
            return Reply(200, self._facts(self._newest()).model_dump_json().encode())
        self._refuse_if(self._in_the_way(book, ready.layout.hall), words)
        kept = self._write(book, ready, origin)
        return Reply(200, self._facts(kept).model_dump_json().encode())

    # ------------------------------------------------------------ inside

    def _write(self, book: Book, ready: Ready, origin: str) -> KeptConfiguration:
        """Its row, its event, and the hall as of this verb. Raises Trouble('configuration_refused')."""
        house, number = self._house, self._newest().id + 1
        self._refuse_if(self._in_the_way(book, ready.layout.hall), Words("id"))
        now = house.crew_for(book).floor.moment(book, house.clock())
        by = book.asker.staff.name if book.asker.staff else ""
        kept = KeptConfiguration(number, now, by, origin, ready.site.text, logo_mark(ready.site))
        book.keep_configuration(kept)
        book.tell(EventRow(0, now, Kind.CONFIGURED.value, code=str(number)))
        house.expect(book, ready.layout.numbered(number))
        return kept

    def _adopt(self, ready: Ready) -> None:
        """It is on the disk: this is the configuration now."""
        later = self._later(ready.site)
        self.site, self._coming = ready.site, None
        self._refuse([])
        log.info("configuration %d is in force", self._house.hall.configuration)
        for key in later:
            log.info("%s", Words("id").say(_LATER, key=key))

    def _loaded(self) -> Ready | list[Fault]:
        try:
            return self._laid_out(self._file.load())
        except SiteErrors as errors:
            return faults_of(errors)

    def _checked(self, text: str, words: Words) -> Ready | list[Fault]:
        try:
            return self._laid_out(self._file.checked(text, words))
        except SiteErrors as errors:
            return faults_of(errors)

    def _laid_out(self, site: Site) -> Ready:
        return Ready(site, self._house.laid_out(self._hall_of(site)))

    def _in_the_way(self, book: Reading, hall: Hall) -> list[Refusal]:
        house = self._house
        today = house.floor.day(to_ms(house.clock()))
        return [*fixed(house.hall, hall), *in_the_way(book, today, house.hall, hall)]

    def _refuse_if(self, found: list[Refusal], words: Words) -> None:
        if found:
            faults = as_faults(found, words)
            raise Trouble("configuration_refused", now=dumped(faults), why="; ".join(one.what for one in faults))

    def _is_in_force(self, site: Site) -> bool:
        return (site.text, site.logo) == (self.site.text, self.site.logo)

    def _later(self, site: Site) -> list[str]:
        ours, theirs = self.site.file.hall, site.file.hall
        return [key for key in AFTER_RESTART if getattr(ours, key) != getattr(theirs, key)]

    def _warnings(self, site: Site, words: Words) -> list[str]:
        later = [words.say(_LATER, key=key) for key in self._later(site)]
        return later + site.warnings(address=self._house.hall.public_url, words=words)

    def _newest(self) -> KeptConfiguration:
        return self._house.store.read.configurations(1)[0]

    def _known(self, number: int) -> KeptConfiguration:
        kept = self._house.store.read.configuration(number)
        if kept is None:
            raise Trouble("unknown_configuration")
        return kept

    def _facts(self, kept: KeptConfiguration) -> ConfigurationFacts:
        at = to_moment(kept.at, self._house.floor.zone)
        return ConfigurationFacts.model_validate({"id": kept.id, "at": at, "by": kept.by, "origin": kept.origin})


def _raising(trouble: Trouble) -> Callable[[Book], Reply]:
    def act(_: Book) -> Reply:
        raise trouble

    return act


def _never(_: Book) -> Reply:
    raise AssertionError("its answer was kept a moment ago")
