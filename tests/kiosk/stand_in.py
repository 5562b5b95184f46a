"""A hub and a printer small enough to be read at a glance, and the link and the desk to them that tests can break."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from PySide6.QtCore import QTimer

from kiosk.printer import Health
from shared.access_wire import TechnicianPin
from shared.booking_wire import CheckIn
from shared.hall import Agency, Counter, Hall, KioskSettings, Printer, Service, Zone
from shared.model import DeviceKind, Kind, Outcome, State, StepState, number_text
from shared.qt.link import HubLink, Reply
from shared.trouble import Trouble
from shared.wire import (
    Asked,
    Board,
    Call,
    Device,
    DeviceReport,
    Event,
    Nothing,
    Offer,
    Offers,
    OpenReprint,
    OpenReprints,
    PrintOutcome,
    Step,
    TakeTicket,
    Ticket,
    Waiting,
)

T = TypeVar("T", bound=BaseModel)
Answered = Ticket | Board | Offers | Device | OpenReprints | TechnicianPin | Trouble

WITA = timezone(timedelta(hours=8))
MORNING = datetime(2026, 2, 12, 9, 42, tzinfo=WITA)
TOKEN = "AbCdEfGhIjKlMnOpQrStUv"  # noqa: S105  -- guards nothing: the hub is within this process
LONGEST_AGENCY = "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana"
LONGEST_SERVICE = "Kesesuaian Kegiatan Pemanfaatan Ruang (PKKPR)"


def an_agency(prefix: str, *services: str) -> Agency:
    """An agency whose ids begin with its prefix: `k`, `k-0`, `k-1`."""
    small = prefix.lower()
    offered = [Service(id=f"{small}-{n}", name=name, minutes=7 + n) for n, name in enumerate(services)]
    name, short, english = f"Dinas {prefix}", f"Instansi {prefix}", f"Office {prefix}"
    return Agency(id=small, prefix=prefix, zone="z", services=offered, name=name, short_name=short, name_en=english)


def a_hall(agencies: list[Agency] | None = None) -> Hall:
    """Three agencies, of which S does one thing only."""
    agencies = agencies or [
        an_agency("K", "KTP elektronik", "Kartu Keluarga (KK)"),
        an_agency("M", LONGEST_SERVICE, "PBG", "Konsultasi"),
        an_agency("S", "Pajak Kendaraan"),
    ]
    return Hall(
        name="Mal Pelayanan Publik Kabupaten Paser",
        short_name="MPP Paser",
        tagline="Melayani dengan tuntas",
        timezone="Asia/Makassar",
        languages=["id", "en"],
        counter_word="loket",
        public_url="http://192.168.1.10:8080",
        zones=[Zone(id="z", name="Lantai 1")],
        agencies=agencies,
        counters=[Counter(id=str(n), number=str(n), zone="z", agencies=["k"]) for n in range(10, 14)],
        kiosks=[KioskSettings(id="kiosk-1", name="Kios Lobi", printer=Printer(road="memory"))],
        displays=[],
    )


def a_large_hall(count: int = 47) -> Hall:
    """As many agencies as the largest hall has, some with the longest names there are."""
    agencies = [an_agency(chr(65 + n % 26) + ("" if n < 26 else "2"), "Satu", LONGEST_SERVICE) for n in range(count)]
    agencies[1] = agencies[1].model_copy(update={"name": LONGEST_AGENCY, "short_name": "DP3AKB"})
    agencies[2] = agencies[2].model_copy(update={"name": LONGEST_AGENCY, "short_name": LONGEST_AGENCY})
    return a_hall(agencies)


class SmallHub:
    """Numbers, keys and places. `orders` counts what arrived, `tickets` what was really issued."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.now = MORNING
        self.tickets: dict[int, Ticket] = {}
        self.orders: list[tuple[str, UUID]] = []
        self.decided: dict[UUID, tuple[str, Asked, Answered]] = {}
        self.papers: list[tuple[int, PrintOutcome]] = []
        self.reports: list[DeviceReport] = []
        self.calls: list[Call] = []
        self.refuses: Trouble | None = None
        """What every order is answered, when it is set."""
        self.faulty = False
        """Whether giving back ends in a fault of the hub's program."""
        self.technician_check = ""
        """By what kiosks check the technicians' PIN."""
        self.closed: dict[str, Offer] = {}
        """The agencies and services of which no number is given."""
        self.changes_at: datetime | None = None
        self.booked: dict[str, str] = {}
        """The service of each code."""
        self.came: dict[str, int] = {}
        """The ticket of each code that was used."""
        self.copies: list[OpenReprint] = []
        """What officers have asked this kiosk to print once more."""

    @property
    def waiting(self) -> list[Ticket]:
        """Who waits, as they came."""
        return [ticket for ticket in self.tickets.values() if ticket.state is State.WAITING]

    def board(self) -> Board:
        """The figures of all agencies."""
        waiting = [
            Waiting(agency=agency.id, waiting=n, ahead=n, estimate_minutes=7 * n, open_counters=1, taken_today=taken)
            for agency in self.hall.agencies
            for n in [sum(ticket.agency == agency.id for ticket in self.waiting)]
            for taken in [sum(ticket.agency == agency.id for ticket in self.tickets.values())]
        ]
        return Board(now=self.now, zone=None, last_event=len(self.orders), calls=self.calls, waiting=waiting)

    def offers(self) -> Offers:
        """What is given and what is not."""
        agencies = [self.closed.get(agency.id, Offer(id=agency.id)) for agency in self.hall.agencies]
        services = [one.id for agency in self.hall.agencies for one in agency.services]
        return Offers(
            now=self.now,
            last_event=len(self.orders),
            changes_at=self.changes_at,
            agencies=agencies,
            services=[self.closed.get(service, Offer(id=service)) for service in services],
        )

    def decide(self, path: str, body: Asked, key: UUID) -> Answered:
        """Once a key; the same key gets the same answer, with another body a refusal."""
        self.orders.append((path, key))
        if self.refuses is not None:
            return self.refuses
        if key not in self.decided:
            self.decided[key] = (path, body, self._carry_out(path, body))
        known_path, known_body, answer = self.decided[key]
        return answer if (known_path, known_body) == (path, body) else Trouble("key_reused")

    def _carry_out(self, path: str, body: Asked) -> Answered:
        if isinstance(body, TakeTicket | CheckIn):
            assert path == ("/api/tickets" if isinstance(body, TakeTicket) else "/api/check-in")
            return self.issue(body) if isinstance(body, TakeTicket) else self.check_in(body)
        if isinstance(body, DeviceReport):
            self.reports.append(body)
            return Device(kind=DeviceKind.KIOSK, id=path.rpartition("/")[2], alive=True)
        _, _, _, identity, verb = path.split("/")
        ticket = self.tickets[int(identity)]
        if isinstance(body, PrintOutcome):
            assert verb == "printed"
            self.papers.append((ticket.id, body))
            self.copies = [one for one in self.copies if one.id != body.reprint]
            return self._put(ticket, paper=body.outcome)
        assert (verb, body) == ("cancel", Nothing())
        if self.faulty:
            return Trouble("hub_fault")
        if ticket.state is not State.WAITING:
            return Trouble("not_waiting")
        return self._put(ticket, state=State.CANCELLED)

    def issue(self, body: TakeTicket) -> Ticket:
        """The next number of the service's agency."""
        agency = next(a for a in self.hall.agencies if any(s.id == body.service for s in a.services))
        taken = sum(ticket.agency == agency.id for ticket in self.tickets.values())
        ahead = sum(ticket.agency == agency.id for ticket in self.waiting)
        wanted = [body.service, *body.then] if body.then else []
        return self._put(
            Ticket(
                id=len(self.tickets) + 1,
                number=number_text(agency.prefix, taken + 1),
                service=body.service,
                agency=agency.id,
                priority=body.priority,
                language=body.language,
                state=State.WAITING,
                taken_at=self.now,
                day=self.now.date(),
                kiosk=body.kiosk,
                ahead=ahead,
                estimate_minutes=7 * ahead,
                token=TOKEN,
                url=f"{self.hall.public_url}/t/{TOKEN}",
                steps=[self._step(service, first=service == body.service) for service in wanted],
            )
        )

    def check_in(self, body: CheckIn) -> Ticket | Trouble:
        """The number of a code, once; a number that was given back is none."""
        service = self.booked.get(body.code)
        if service is None:
            return Trouble("unknown_booking")
        before = self.tickets.get(self.came.get(body.code, 0))
        if before is not None and before.state is not State.CANCELLED:
            return Trouble("booking_used", number=before.number)
        taking = TakeTicket(service=service, priority=body.priority, language=body.language, kiosk=body.kiosk)
        ticket = self.issue(taking)
        self.came[body.code] = ticket.id
        return self._put(ticket, appointment=self.now, ahead=None, estimate_minutes=None)

    def _step(self, service: str, *, first: bool) -> Step:
        agency = next(a for a in self.hall.agencies if any(s.id == service for s in a.services))
        return Step(agency=agency.id, service=service, state=StepState.NOW if first else StepState.NEXT)

    def _put(self, ticket: Ticket, **changes: object) -> Ticket:
        self.tickets[ticket.id] = ticket.model_copy(update=changes)
        return self.tickets[ticket.id]


class StandInLink(HubLink):
    """A link to a SmallHub, within this process.

    `deaf`: nothing arrives at the hub. `lossy`: orders arrive, their answers never do. `loses`: of orders
    whose path ends so. `slow`: answers wait for `deliver()`. Asserts that each order asks for the right
    answer and has its key.
    """

    def __init__(self, hub: SmallHub) -> None:
        super().__init__("http://127.0.0.1:9")
        self.hub = hub
        self.deaf = self.lossy = self.slow = False
        self.loses = "nothing"
        self.boards_asked = self.offers_asked = 0
        self.listening = False
        self._out: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return self.hub.now

    def listen(self, after: int | None = None) -> None:
        assert not self.listening, "one feed is enough"
        assert after is None
        self.listening = True
        self.comes_up()

    def comes_up(self) -> None:
        """The feed is connected, answers arrive."""
        self.deaf = self.lossy = False
        self._set_up()

    def goes_away(self) -> None:
        """The hub is away: nothing arrives any more."""
        self.deaf = True
        self._set_down()

    def happens(self, kind: Kind, ticket: Ticket, *, code: str = "") -> None:
        """The feed tells an event."""
        event = Event(id=len(self.hub.orders) + 1, kind=kind, at=self.hub.now, ticket=ticket, code=code)
        self.event_came.emit(event)

    def deliver(self) -> None:
        """Let what waits arrive."""
        out, self._out = self._out, []
        for arrive in out:
            arrive()

    def get(self, path: str, answer: type[T]) -> Reply:
        if path == "/api/offers":
            assert answer is Offers
            self.offers_asked += 1
            return self._reply(self.hub.offers)
        if path.endswith("/reprints"):
            assert answer is OpenReprints
            return self._reply(lambda: OpenReprints(reprints=list(self.hub.copies)))
        if path.endswith("/technician-pin"):
            assert answer is TechnicianPin
            return self._reply(lambda: TechnicianPin(check=self.hub.technician_check))
        assert (path, answer) == ("/api/board", Board)
        self.boards_asked += 1
        return self._reply(self.hub.board)

    def post(
        self, path: str, body: Asked, answer: type[T], *, key: UUID | None = None, patience_s: float = 5.0
    ) -> Reply:
        assert answer is (Device if isinstance(body, DeviceReport) else Ticket)
        assert key is not None, "an order has its key before the first try"
        assert patience_s >= 0
        return self._reply(lambda: self.hub.decide(path, body, key), lost=path.endswith(self.loses))

    def _reply(self, ask: Callable[[], Answered], *, lost: bool = False) -> Reply:
        reply = Reply(self)
        answer = Trouble("hub_away") if self.deaf else ask()
        if self.lossy or lost:
            answer = Trouble("hub_away")
        arrive = lambda: _say(reply, answer)  # noqa: E731  -- what is kept until it may arrive
        if self.slow:
            self._out.append(arrive)
        else:
            QTimer.singleShot(0, self, arrive)
        return reply


def _say(reply: Reply, answer: Answered) -> None:
    if isinstance(answer, Trouble):
        reply.failed.emit(answer)
    else:
        reply.done.emit(answer)


class StandInPrinter:
    """A printer that does as it is told. While `goes_on` is clear it hangs in a job, while `answers` is clear in
    a question about its health; `printed` are the jobs that came out.

    Asserts that it is never used from the thread that made it: that thread shows the screen.
    """

    def __init__(self) -> None:
        self.now = Health()
        self.outcome = Outcome.PRINTED
        self.fails: Trouble | None = None
        self.printed: list[bytes] = []
        self.asked = 0
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.answers = threading.Event()
        self.answers.set()
        self._screen = threading.get_ident()

    def health(self) -> Health:
        assert threading.get_ident() != self._screen
        self.asked += 1
        assert self.answers.wait(10), "a test left the printer hanging"
        return self.now

    def print(self, job: bytes) -> Outcome:
        assert threading.get_ident() != self._screen
        assert self.goes_on.wait(10), "a test left the printer hanging"
        if self.fails is not None:
            raise self.fails
        self.printed.append(job)
        return self.outcome
