"""A small hall and what happens in it, as the hub would tell it; and a voice that says nothing aloud."""

from datetime import date, datetime, timedelta
from itertools import count

from PySide6.QtCore import QObject, Signal

from display.board import Board
from display.calls import Entry
from shared.hall import Agency, Counter, DisplaySettings, Hall, Service, Zone
from shared.model import Kind, Reason, State
from shared.wire import Board as Answer
from shared.wire import Call, Event, Ticket, Waiting

MORNING = datetime.fromisoformat("2026-02-12T09:42:00+08:00")

HALL = Hall(
    name="Mal Pelayanan Publik Kabupaten Paser",
    short_name="MPP Kabupaten Paser",
    timezone="Asia/Makassar",
    languages=["id", "en"],
    counter_word="loket",
    public_url="http://127.0.0.1:8080",
    texts=["Ambil tiket paling lambat pukul 14.30."],
    zones=[Zone(id="lantai-1", name="Lantai 1"), Zone(id="lantai-2", name="Lantai 2")],
    agencies=[
        Agency(
            id=agency,
            name=name,
            short_name=name,
            prefix=prefix,
            zone=zone,
            services=[Service(id=f"{agency}-layanan", name="Layanan", minutes=8)],
        )
        for agency, name, prefix, zone in (
            ("bpjs", "BPJS Kesehatan", "A", "lantai-1"),
            ("dukcapil", "Disdukcapil", "K", "lantai-1"),
            ("samsat", "Samsat", "ZB", "lantai-2"),
        )
    ],
    counters=[
        Counter(id="loket-1", number="1", zone="lantai-1", agencies=["bpjs"]),
        Counter(id="loket-12", number="12", zone="lantai-1", agencies=["dukcapil"]),
        Counter(id="loket-44", number="44", zone="lantai-2", agencies=["samsat"]),
    ],
    kiosks=[],
    displays=[],
)
TV = DisplaySettings(id="tv-1", name="TV 1")
PREFIX = {"bpjs": "A", "dukcapil": "K", "samsat": "ZB"}
DESK = {"bpjs": "loket-1", "dukcapil": "loket-12", "samsat": "loket-44"}


class Day:
    """A day in the hall: its clock, its tickets and its events, in order."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.at = now
        self._ids = count(1)
        self._numbers = count(1)
        self.events: list[Event] = []

    def now(self) -> datetime:
        return self.at

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def ticket(self, agency: str = "bpjs", *, state: State = State.WAITING) -> Ticket:
        number = next(self._numbers)
        return Ticket(
            id=number,
            number=f"{PREFIX[agency]}-{number:03d}",
            service=f"{agency}-layanan",
            agency=agency,
            priority=False,
            language="id",
            state=state,
            taken_at=self.at,
            day=date(self.at.year, self.at.month, self.at.day),
        )

    def happens(self, kind: Kind, ticket: Ticket, counter: str | None = None) -> Event:
        event = Event(
            id=next(self._ids),
            kind=kind,
            at=self.at,
            ticket=ticket,
            counter=counter,
            reason=Reason.FIRST_COME if counter else None,
        )
        self.events.append(event)
        return event

    def shut(self, agency: str | None = None, counter: str | None = None, *, kind: Kind = Kind.CLOSED) -> Event:
        """Somebody closes or opens it for the rest of the day."""
        event = Event(id=next(self._ids), kind=kind, at=self.at, agency=agency, counter=counter, words="Listrik padam")
        self.events.append(event)
        return event

    def called(self, agency: str = "bpjs") -> Event:
        """A ticket taken before is called to its agency's desk."""
        ticket = self.ticket(agency, state=State.CALLED)
        return self.happens(Kind.CALLED, ticket, DESK[agency])

    def recalled(self, event: Event) -> Event:
        return self.happens(Kind.RECALLED, ticket_of(event), event.counter)

    def answer(self, *calls: Event, waiting: dict[str, int] | None = None) -> Answer:
        """What GET /api/board says now of those calls."""
        return Answer(
            now=self.at,
            zone=None,
            last_event=self.events[-1].id if self.events else 0,
            calls=[call_of(event) for event in reversed(calls)],
            waiting=[
                Waiting(agency=agency, waiting=number, ahead=number, estimate_minutes=number, open_counters=1)
                for agency, number in (waiting or {}).items()
            ],
        )


def ticket_of(event: Event) -> Ticket:
    assert event.ticket is not None
    return event.ticket


def call_of(event: Event) -> Call:
    call = event.as_call()
    assert call is not None
    return call


class Speaker(QObject):
    """A voice for tests: says one call at a time, and finishes when told.

    Saying one twice trips it, and so does taking back what it does not have.
    """

    started = Signal(int)
    finished = Signal(int)
    unheard = Signal(int)
    unspoken = Signal(int, str)

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.said: list[int] = []
        self.taken_back: list[int] = []
        self.queue: list[Entry] = []
        self.most_at_once = 0
        board.speak.connect(self.say)
        board.take_back.connect(self.take_back)
        self.started.connect(board.started)
        self.finished.connect(board.finished)
        self.unheard.connect(board.unheard)
        self.unspoken.connect(board.unspoken)

    def say(self, entry: Entry) -> None:
        assert entry.event not in self.said, f"event {entry.event} was to be spoken twice"
        self.said.append(entry.event)
        self.queue.append(entry)
        self.most_at_once = max(self.most_at_once, len(self.queue))
        if len(self.queue) == 1:
            self.started.emit(entry.event)

    def finish(self, *, heard: bool = True) -> None:
        """End the one that is being said, begin the next."""
        entry = self.queue.pop(0)
        (self.finished if heard else self.unheard).emit(entry.event)
        self._begin()

    def take_back(self, event: int) -> None:
        """Leave out a call; when it is being said, begin the next."""
        (place,) = (index for index, entry in enumerate(self.queue) if entry.event == event)
        self.taken_back.append(event)
        del self.queue[place]
        if place == 0:
            self._begin()

    def fail(self, why: str) -> None:
        """Give up the one that is being said, begin the next."""
        entry = self.queue.pop(0)
        self.unspoken.emit(entry.event, why)
        self._begin()

    def _begin(self) -> None:
        if self.queue:
            self.started.emit(self.queue[0].event)
