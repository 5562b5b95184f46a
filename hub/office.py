"""Orders that need more than the book: PINs are reckoned in a thread, codes of pairing are kept in memory."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable

from hub.claims import Claims
from hub.devices import Devices
from hub.floor import Clock
from hub.once import Reply, answer_once, refusal
from hub.pairings import Codes, Opened, Proved
from hub.people import SYSTEM, Asker, StaffRow, to_staff
from hub.pins import TRIES, Pins, after_wrong, is_locked
from hub.rows import to_moment, to_ms
from hub.staff import NewStaff
from hub.store import Book, Reading
from hub.verbs import Order
from shared.access_wire import PairedDevice, PairedDevices, StaffList, System, Systems, TechnicianPin
from shared.model import DeviceKind, Role
from shared.pairing import code_key
from shared.technician_pin import hashed_pin
from shared.trouble import Trouble

log = logging.getLogger(__name__)

Settle = Callable[[Order], Awaitable[Reply]]
Write = Callable[[Callable[[Book], Reply]], Awaitable[Reply]]


class Office:
    """The hub's own office: it knows PINs and codes, and hands every order on to the book once they are reckoned.

    `settle` writes an order, `write` other work. `fingerprint`: of the hub's certificate; None where it needs none.
    `changes` counts the devices' keys that were given or ended.
    """

    def __init__(
        self, book: Reading, claims: Callable[[], Claims], devices: Devices, *, clock: Clock, pepper: bytes
    ) -> None:
        self._book, self._claims, self._devices, self._clock = book, claims, devices, clock
        self._pins = Pins(pepper)
        self._codes = Codes()
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One PIN of an officer at a time: as many at once would be as many tries."""
        self.fingerprint: bytes | None = None
        self.changes = 0
        self._settle: Settle
        self._write: Write
        self.desks: dict[str, Settle] = {
            "/api/counters/{counter}/sign-in": self._sign_in,
            "/api/staff": self._add_staff,
            "/api/staff/{staff}/pin": self._set_pin,
            "/api/technician-pin": self._set_technician_pin,
            "/api/pairings": self._open_code,
            "/api/pair": self._pair,
            "/api/unpair": self._change_keys,
            "/api/systems": self._change_keys,
            "/api/systems/{system}/end": self._change_keys,
        }
        """Who sees to an order first, by its verb's path."""

    def open(self, settle: Settle, write: Write) -> None:
        """From now on orders can be written."""
        self._settle, self._write = settle, write

    def close(self) -> None:
        """End the thread."""
        self._pins.close()

    def _is_answered(self, order: Order) -> bool:
        """Whether this was asked before: then the same is answered, and nothing is reckoned."""
        return self._book.answer(order.ask.key) is not None

    def _now(self) -> int:
        return to_ms(self._clock())

    # ------------------------------------------------------------ PINs

    async def _sign_in(self, order: Order) -> Reply:
        """Raises Trouble besides the rule's: bad_request, unknown_staff, pin_locked."""
        if not order.asker.is_guarded:
            return await self._settle(order)
        if self._is_answered(order):  # nobody has proved anything: there is only the answer to be told again
            return await self._settle(order.by(order.asker._replace(staff=None)))
        staff = self._active(order.body.staff)
        if order.body.pin is None:
            raise Trouble("bad_request", what="pin")
        async with self._turns[staff.id]:
            return await self._enter(order, self._active(staff.id))

    def _active(self, staff: int | None) -> StaffRow:
        row = None if staff is None else self._book.staff(staff)
        if row is None or not row.is_active:
            raise Trouble("unknown_staff")
        return row

    async def _enter(self, order: Order, staff: StaffRow) -> Reply:
        if is_locked(staff, self._now()):
            raise self._locked(staff)
        if await self._pins.is_right(staff.pin, order.body.pin):
            return await self._settle(order.by(order.asker._replace(staff=staff)))
        return await self._write(lambda book: self._count_wrong(book, order, staff.id))

    def _count_wrong(self, book: Book, order: Order, staff: int) -> Reply:
        """No trouble is raised here: the rules' way to refuse would undo the count."""
        now = self._now()

        def act(book: Book) -> Reply:
            row = book.staff(staff)
            if row is None:
                raise Trouble("unknown_staff")
            row = book.keep_staff(after_wrong(row, now))
            trouble = Trouble("wrong_pin", left=TRIES - row.wrong)
            if is_locked(row, now):
                trouble = self._locked(row)
                log.warning("five wrong PINs of staff %d: locked until %s", row.id, trouble.values["until"])
            return refusal(trouble, order.ask.language)

        return answer_once(book, order.ask, now, act)

    def _locked(self, row: StaffRow) -> Trouble:
        return Trouble("pin_locked", until=to_moment(row.locked_until, self._claims().floor.zone).isoformat())

    async def _add_staff(self, order: Order) -> Reply:
        new = NewStaff(order.body, await self._pins.hash(order.body.pin))
        return await self._settle(order._replace(body=new))

    async def _set_pin(self, order: Order) -> Reply:
        return await self._settle(order._replace(body=await self._pins.hash(order.body.pin)))

    async def _set_technician_pin(self, order: Order) -> Reply:
        if self._is_answered(order):
            return await self._settle(order)
        return await self._settle(order._replace(body=await asyncio.to_thread(hashed_pin, order.body.pin)))

    # ------------------------------------------------------------ devices

    async def _open_code(self, order: Order) -> Reply:
        """Raises Trouble: no_pairing, unknown_device."""
        if self.fingerprint is None:
            raise Trouble("no_pairing")
        name = self._devices.name(order.body.kind, order.body.id)
        if self._is_answered(order):
            return await self._settle(order)
        key = await asyncio.to_thread(code_key, order.asker.minted, self.fingerprint)
        code = self._codes.open(name, key, self._now())
        return await self._settle(order._replace(body=Opened(order.body, code.until)))

    async def _pair(self, order: Order) -> Reply:
        """Raises Trouble('pairing_refused')."""
        if self._is_answered(order):
            return await self._settle(order)
        name, code = self._codes.used(order.body, self._now())
        try:
            reply = await self._settle(order._replace(body=Proved(order.body, name[1], code.key)))
        except Trouble:  # a full disk, a clock set back: the device comes again
            self._codes.put_back(name, code)
            raise
        self.changes += 1
        return reply

    async def _change_keys(self, order: Order) -> Reply:
        reply = await self._settle(order)
        self.changes += 1
        return reply

    # ------------------------------------------------------------ lists

    def staff(self, asker: Asker) -> StaffList:
        """Who may sign in; for an administrator, who might once as well."""
        sees_all = asker.is_house or (asker.staff is not None and asker.staff.role == Role.ADMINISTRATOR)
        return StaffList(staff=[to_staff(row) for row in self._book.all_staff() if row.is_active or sees_all])

    def technician_pin(self) -> TechnicianPin:
        """What kiosks check the technicians' PIN by."""
        return TechnicianPin(check=self._book.technician_pin())

    def paired(self) -> PairedDevices:
        """The devices that have a key."""
        zone = self._claims().floor.zone
        return PairedDevices(
            devices=[
                PairedDevice(kind=DeviceKind(key.kind), id=key.device, paired_at=to_moment(key.paired_at, zone))
                for key in self._book.device_keys()
                if key.kind != SYSTEM
            ]
        )

    def systems(self) -> Systems:
        """The other systems that have a key."""
        zone, keys = self._claims().floor.zone, self._book.device_keys()
        return Systems(
            systems=[
                System(name=key.device, since=to_moment(key.paired_at, zone)) for key in keys if key.kind == SYSTEM
            ]
        )
