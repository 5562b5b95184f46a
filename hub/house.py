"""The hub's parts, wired together once there is an event loop."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from hub.bookings import forget_old, forgettable
from hub.claims import Claims
from hub.closing import send_home, stranded
from hub.devices import Devices, Name
from hub.evening import settle
from hub.feed import CLOCK_SECONDS, Feed
from hub.floor import Clock, Floor
from hub.guard import Guard, still_there
from hub.learning import Learning
from hub.office import Office
from hub.once import KEEP_HOURS, Ask, Reply, answer_once
from hub.people import Asker, SessionRow, hashed
from hub.roll import end_rolls_of_yesterday
from hub.rows import EventRow, as_json, event_json, to_ms
from hub.seats import MOST_FEEDS, MOST_PAGES, Seats, open_all_files, room_for
from hub.speaking import Speaking
from hub.store import Book, Store
from hub.vault import Vault
from hub.verbs import Crew, Order, crew_of
from hub.views import Views
from hub.writer import Writer
from shared import __version__
from shared.hall import Hall
from shared.model import API_VERSION, DeviceKind, Kind
from shared.trouble import Trouble
from shared.wire import DeviceReport, Health, HubTime, VoiceClaim

if TYPE_CHECKING:
    from hub.configuring import Configuring

log = logging.getLogger(__name__)

_NOBODY = Reply(HTTPStatus.NO_CONTENT.value, b"")
_PRUNE_ROWS = 500
"""Old answers forgotten at a time: some milliseconds of the loop."""
_PRUNE_SECONDS = 1.0
"""Then the feed's clock may be due; the next tick goes on."""
_LOOK_S = 1.0
"""How often the hub looks whose hold is over."""
_SITE_LOOK_S = 2.0
"""How often the hub looks whether the hall's file has changed."""
_GARBAGE = 20_000
"""New objects before garbage is looked for: the hub makes hardly any that counting references does not catch."""
_PRUNE_TICKS = 12


class Layout(NamedTuple):
    """A hall with everything that follows from its configuration."""

    hall: Hall
    crew: Crew
    views: Views
    text: bytes
    """What GET /api/hall answers."""

    def numbered(self, configuration: int) -> "Layout":
        """The same, as the configuration of that id."""
        hall = self.hall.model_copy(update={"configuration": configuration})
        return self._replace(hall=hall, text=hall.model_dump_json().encode())


class House:
    """One running hub. `is_open`: it listens on loopback alone, and asks nobody who they are.

    Raises Trouble: storage_failed when the file cannot be opened, data_unusable.
    """

    hall: Hall
    crew: Crew
    floor: Floor
    views: Views

    def __init__(self, hall: Hall, *, store: Store, clock: Clock, data: Path, is_open: bool = True) -> None:
        self.store, self.data = store, data
        self.clock = clock
        self.started_at = clock()
        self._is_much_left = False
        self.vault = Vault(data)
        self._claims: Claims | None = None
        self.devices = Devices(hall, ZoneInfo(hall.timezone))
        self.speaking = Speaking(hall)
        self.learning = Learning(store)
        self.learning.recall()
        self._move_in(self.laid_out(hall))
        self._coming: tuple[Book, Layout] | None = None
        self.configuring: Configuring | None = None
        """None: this hall has no file."""
        self._day_ends = datetime.min.replace(tzinfo=UTC)
        """Until then no day before this one has anybody left to settle."""
        self.refused: list[str] = []
        """Why the hall's file, as it stands now, is not in force."""
        self._refusals = 0
        self.devices.recall(store.read.devices())
        self.office = Office(store.read, self.claims, self.devices, clock=clock, pepper=self.vault.pepper)
        self.guard = Guard(store.read, self.vault, self.claims, is_open=is_open)
        last, _ = store.read.last_event()
        self.feed = Feed(last, encode=self._event_text, clock=self._clock_text, history=store.read.events_after)
        files = open_all_files()
        self.feed_seats, self.page_seats = (Seats(room_for(most, files)) for most in (MOST_FEEDS, MOST_PAGES))
        self.writer: Writer
        self.closing: list[Callable[[], Awaitable[None]]] = []
        """What else is to be ended with the hub."""
        self.ailing: list[Callable[[], list[str]]] = []
        """What else may ail, by codes of shared.trouble, for the health page."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Writer and ticking clock, for as long as the server runs."""
        self.writer = Writer(self.store, self._publish)
        self.office.open(self._write, self.writer.write)
        ticking = [asyncio.create_task(loop) for loop in (self._tick(), self._watch(), self._watch_site())]
        self.views.offers(self.clock())  # loads the calendar of a hall with hours: not under the first finger
        # What is here now stays to the end: without it in the way, collecting garbage takes no noticeable time.
        with suppress(Trouble):  # the tick tries again, and tells
            await self._end_day()
            await self._send_home()
            await self._end_other_mode()
            await self._learn()
        gc.collect()
        gc.freeze()
        gc.set_threshold(_GARBAGE)
        gc.enable()  # see hub.__main__
        try:
            yield
        finally:
            for task in ticking:
                task.cancel()
            self.feed.close()
            await self.learning.close()
            await self.writer.close()
            self.office.close()
            for close in self.closing:
                await close()
            self.store.close()

    async def settle(self, order: Order) -> Reply:
        """Have this done once for its key, and answer what was said. Raises as the verb's rule; key_reused."""
        if self.clock() >= self._day_ends:
            await self._begin_day()
        if desk := self.office.desks.get(order.verb.path):
            return await desk(self._minting(order))
        return await self._write(order)

    def _minting(self, order: Order) -> Order:
        verb, ask = order.verb, order.ask
        if not verb.mints:
            return order
        mint = self.vault.mint_code if verb.mints == "code" else self.vault.mint
        return order.by(order.asker._replace(minted=mint(verb.path, ask.order)))

    async def _write(self, order: Order) -> Reply:
        ask, verb, whose, body = order
        zone = self.floor.zone

        def work(book: Book) -> Reply:
            clock, crew = self.clock(), self.crew_for(book)
            if ask.asker.is_guarded:
                still_there(book, ask.asker)

            def act(_: Book) -> Reply:
                said = verb.rule(crew, book, clock, whose, body)
                return _NOBODY if said is None else Reply(verb.status, as_json(said, zone))

            return answer_once(book, ask, to_ms(clock), act)

        reply = await self.writer.write(work)
        return reply.with_secret(verb.mints, ask.asker.minted) if verb.mints else reply

    def claims(self) -> Claims:
        """Who has which counter, by the configuration in force."""
        return self.crew.claims

    async def while_known(self, feed: AsyncIterator[bytes], asker: Asker) -> AsyncIterator[bytes]:
        """A feed, for as long as the key is good that asked for it."""
        changes = self.office.changes
        async for text in feed:
            if changes != self.office.changes:
                changes = self.office.changes
                if not self.guard.is_good(asker):
                    return
            yield text

    def heard(self, token: str) -> None:
        """An app has reported that has the session of this token, if it has one."""
        if token and (session := self.store.read.session_of(hashed(token))):
            self.crew.claims.heard(session, to_ms(self.clock()))

    # ------------------------------------------------------------ the hall changes

    def laid_out(self, hall: Hall) -> Layout:
        """All that follows from a configuration; nothing of it is in force yet. May be asked of any thread."""
        crew = crew_of(hall, to_ms(self.started_at))
        if self._claims is not None:
            crew.claims.succeed(self._claims)
        crew.floor.times.estimates = self.learning.estimates
        crew.floor.gate.look_up(to_ms(self.clock()))
        return Layout(hall, crew, Views(crew.floor, self.store.read), hall.model_dump_json().encode())

    def crew_for(self, book: Book) -> Crew:
        """Who answers verbs in this transaction: the new ones as soon as the hall has changed in it."""
        coming = self._coming
        return coming[1].crew if coming is not None and coming[0] is book else self.crew

    def expect(self, book: Book, layout: Layout) -> None:
        """The hall changes in this transaction: for its later verbs at once, for all others once it is on the disk."""
        self._coming = book, layout

    def _publish(self, events: list[EventRow]) -> None:
        if self._coming is not None and any(event.kind == Kind.CONFIGURED for event in events):
            self._move_in(self._coming[1])
            self._coming = None
        self.feed.publish(events)

    def _move_in(self, layout: Layout) -> None:
        self.hall, self.crew, self.views, self.hall_text = layout
        self.floor, self._claims = self.crew.floor, self.crew.claims
        self.devices.hall = self.hall
        self.speaking.voices.take_up(self.hall)

    async def _watch_site(self) -> None:
        while self.configuring is not None:
            await asyncio.sleep(_SITE_LOOK_S)
            await self._guarded(self.configuring.look())

    async def withdraw(self, token: str) -> None:
        """The visitor with this token gives the number up. Asked again, it is refused as one that does not wait.

        Raises Trouble: unknown_ticket, not_waiting, clock_behind, storage_failed.
        """
        await self.writer.write(lambda book: self.crew_for(book).floor.withdraw(book, self.clock(), token))

    async def reported(self, ask: Ask, kind: str, device: str, report: DeviceReport) -> Reply:
        """A device reported its health. Only what is new is written and told; the rest is kept in memory.

        Raises Trouble: unknown_device, key_reused, clock_behind, storage_failed.
        """
        name = self.devices.name(kind, device)
        if self.store.read.answer(ask.key) or self.devices.is_news(name, report):
            return await self._write_news(ask, name, report)
        return self.devices.heartbeat(ask, name, report, self.clock())

    def claimed(self, ask: Ask, kind: str, device: str, claim: VoiceClaim) -> Reply:
        """A TV asks to be the voice of its zones. Raises Trouble: unknown_device, key_reused."""
        name = self.devices.name(kind, device)
        if name[0] is not DeviceKind.DISPLAY:
            raise Trouble("unknown_device", device=f"{kind}/{device}")
        return self.speaking.claim(ask, device, claim, last_event=self.feed.last)

    async def _write_news(self, ask: Ask, name: Name, report: DeviceReport) -> Reply:
        def act(book: Book) -> Reply:
            now = self.floor.moment(book, self.clock())
            return Reply(HTTPStatus.OK, self.devices.write(book, name, now, report).model_dump_json().encode())

        reply = await self.writer.write(lambda book: answer_once(book, ask, to_ms(self.clock()), act))
        self.devices.note(name, report, self.clock())
        return reply

    def health(self) -> Health:
        """The hub, its database, its devices."""
        now = self.clock()
        devices = self.devices.all(now)
        troubles = self._troubles(now)
        return Health(
            status="trouble" if troubles or self.devices.in_trouble(now) else "ok",
            version=__version__,
            api=API_VERSION,
            now=now,
            started_at=self.started_at,
            last_event=self.feed.last,
            database="ok" if self.writer.trouble is None else str(self.writer.trouble),
            data=str(self.data.absolute()),
            hall=self.hall.name,
            is_always_open=self.hall.is_always_open,
            listeners=self.feed.listeners,
            devices=devices,
            troubles=troubles,
            configuration=self.hall.configuration,
            refused_configuration=self.refused,
            voices=self.speaking.voices.told(monotonic()),
        )

    def _troubles(self, now: datetime) -> list[str]:
        troubles = [] if self.writer.trouble is None else [self.writer.trouble.code]
        try:
            self.floor.moment(self.store.read, now)
        except Trouble as behind:
            troubles.append(behind.code)
        troubles += ["configuration_refused"] * bool(self.refused)
        return troubles + [code for codes in self.ailing for code in codes()]

    async def _tick(self) -> None:
        ticks = 0
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            ticks += 1
            await self._guarded(self._keep_house(ticks))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            await self._guarded(self._bring_back())
            await self._guarded(self._say_who_fell_silent())
            await self._guarded(self._say_whose_voice_is_stuck())

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Trouble as trouble:
            log.warning("housekeeping put off: %s", trouble)
        except Exception:
            # These loops' outermost door: without the hub's sign of life every app would take it for dead.
            log.exception("a fault in housekeeping")

    async def _bring_back(self) -> None:
        """Those whose hold is over wait again within a second of it."""
        if self.store.read.held(to_ms(self.clock())):
            await self.writer.write(self._write_back)

    def _write_back(self, book: Book) -> None:
        self.floor.bring_back(book, self.floor.moment(book, self.clock()))

    async def _keep_house(self, ticks: int) -> None:
        self.feed.tick()
        await self._end_day()
        await self._learn()
        await self._say_who_is_idle()
        if forgettable(self.floor, self.store.read, self.clock(), most=1):
            await self.writer.write(lambda book: forget_old(self.floor, book, self.clock()))
        if ticks % _PRUNE_TICKS == 0 or self._is_much_left:
            self._is_much_left = not await self._prune_for(_PRUNE_SECONDS)

    async def _prune_for(self, seconds: float) -> bool:
        """Forget old answers for about so long, others in between; whether none is left."""
        end = monotonic() + seconds
        while await self.writer.write(self._prune) == _PRUNE_ROWS:
            if monotonic() > end:
                return False
        return True

    async def _learn(self) -> None:
        """Learn how long people wait, once a day and beside all else; what is learnt by now is told from now on."""
        await self.learning.keep_up(self.hall, self.floor.day(to_ms(self.clock())), self.writer)
        self.floor.times.estimates = self.learning.estimates

    async def _begin_day(self) -> None:
        """Before the first order of a day settle the one before: a number of today may be one that is carried over."""
        now = self.clock().astimezone(self.floor.zone)
        with suppress(Trouble):  # whoever orders is told by the order itself
            await self._end_day()
            self._day_ends = datetime.combine(now.date() + timedelta(days=1), time(), self.floor.zone)

    async def _end_day(self) -> None:
        """Once the hall's day is over, settle who still waits; asked of the reader first, which costs nothing."""
        today = self.floor.day(to_ms(self.clock()))
        while self.store.read.left_waiting(today, 1):
            if await self.writer.write(self._settle) == 0:
                break
        if self.store.read.rolls_left(today):
            await self.writer.write(lambda book: end_rolls_of_yesterday(self.floor, book, self.clock()))

    def _settle(self, book: Book) -> int:
        return settle(self.floor, book, self.clock())

    async def _say_who_fell_silent(self) -> None:
        for name in self.devices.fallen_silent(self.clock()):
            await self.writer.write(partial(self._write_how_it_is, name))
            self.devices.seen[name].told_alive = False

    async def _say_whose_voice_is_stuck(self) -> None:
        news = self.speaking.look(self.floor, self.store.read, self.clock())
        self.devices.stuck = self.speaking.stuck
        for display in sorted(news):
            await self.writer.write(partial(self._write_how_it_is, (DeviceKind.DISPLAY, display)))

    def _write_how_it_is(self, name: Name, book: Book) -> None:
        clock = self.clock()
        now = self.floor.moment(book, clock)
        book.tell(EventRow(0, now, Kind.DEVICE, health=self.devices.device(name, clock).model_dump_json()))

    async def _say_who_is_idle(self) -> None:
        claims = self.crew.claims
        if not self.guard.is_open and claims.idle(self.store.read, self.clock()):
            await self.writer.write(self._end_idle)

    async def _send_home(self) -> None:
        """Nobody waits for a counter that is not in this hall."""
        if stranded(self.floor, self.store.read, self.clock()):
            await self.writer.write(lambda book: send_home(self.floor, book, self.clock()))

    async def _end_other_mode(self) -> None:
        """Who signed in without a PIN while the hub asked for none is out at one that does; and the reverse."""

        def is_other(row: SessionRow) -> bool:
            return (row.staff is None) is not self.guard.is_open

        def work(book: Book) -> None:
            self.crew.claims.end_all(book, self.floor.moment(book, self.clock()), is_other)

        if any(map(is_other, self.store.read.sessions())):
            await self.writer.write(work)

    def _end_idle(self, book: Book) -> None:
        claims, clock = self.crew.claims, self.clock()
        now = self.floor.moment(book, clock)
        for row in claims.idle(book, clock):
            claims.end(book, now, row)

    def _prune(self, book: Book) -> int:
        return book.drop_answers(to_ms(self.clock() - timedelta(hours=KEEP_HOURS)), _PRUNE_ROWS)

    def _event_text(self, row: EventRow) -> bytes:
        return b"id: %d\nevent: %s\ndata: %s\n\n" % (row.id, row.kind.encode(), event_json(row, self.floor.zone))

    def _clock_text(self) -> bytes:
        return b"event: clock\ndata: %s\n\n" % self._time.model_dump_json().encode()

    @property
    def _time(self) -> HubTime:
        return HubTime(now=self.clock(), configuration=self.hall.configuration, refusals=self._refusals)

    def refuse(self, told: list[str]) -> None:
        """Why the hall's file is not in force; empty: it is. Who listens is told at once that this has changed."""
        if told != self.refused:
            self.refused = told
            self._refusals += 1
            self.feed.tick()
