"""A short day of a hall, played through the real programs: every number followed from the press to the loudspeaker."""

import itertools
import time
from collections import Counter as Tally
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PIL import Image

from demo.escpos import Paper
from demo.fake_printer import FakePrinter
from demo.hall_facts import HallFacts
from demo.hearing import NullSink, calls_in
from demo.play import Actor, wait_until
from demo.programs import Hall
from demo.tones import read_notes, write_bank
from demo.witness import counter_on, number_behind, number_on, qr_in

AGENCIES = 4
TICKETS_EACH = 4
CALLS_EACH = 3
SHOWN_S = 60.0
"""Longest wait for a call to come to its turn on the TV: those before it are shown in full."""


@dataclass
class Call:
    """One call as the officer saw it, and what each witness said of it."""

    number: str
    counter: str
    shown: tuple[str, str] | None = None
    spoken: bool = False


@dataclass
class Followed:
    """One ticket as the kiosk showed it, and what paper and QR say of it."""

    number: str
    paper: str = ""
    page: str = ""


@dataclass
class Summary:
    """What `summary.json` holds."""

    tickets_taken: int = 0
    tickets_printed: int = 0
    calls_made: int = 0
    calls_shown: int = 0
    calls_spoken: int = 0
    agencies: int = 0
    mismatches: int = 0
    duplicates: int = 0
    lost: int = 0
    seconds: float = 0.0
    what: list[str] = field(default_factory=list)
    """Each mismatch, duplicate and loss in words."""
    pictures: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Enough was played, all of it printed, shown and spoken, and no two witnesses differ."""
        return (
            self.tickets_taken >= 12  # noqa: PLR2004  -- what a day must hold to count
            and self.calls_made >= 10  # noqa: PLR2004  -- as above
            and self.agencies >= AGENCIES
            and self.tickets_taken == self.tickets_printed
            and self.calls_made == self.calls_shown == self.calls_spoken
            and self.mismatches == self.duplicates == self.lost == 0
        )

    def as_dict(self) -> dict[str, object]:
        """As it is written."""
        return asdict(self)


class Day:
    """The hall's programs under the play's hands."""

    def __init__(self, hall: Hall, printer: FakePrinter, shots: Path) -> None:
        self.hall, self.printer, self.shots = hall, printer, shots
        self.tickets: list[Followed] = []
        self.calls: list[Call] = []
        self.pictures: list[str] = []
        self.facts: HallFacts
        self.kiosk: Actor
        self.tv: Actor
        self.officers: list[Actor] = []
        self.actors: list[Actor] = []

    def open(self) -> None:
        """Start hub, kiosk, TV and one officer for each of the four first agencies."""
        self.hall.open_hub()
        self.facts = HallFacts.of(self.hall.address)
        clips = self.hall.folder / "clips"
        write_bank(clips)
        size = ("--windowed", "1920x1080+0+0")
        self.kiosk = self.hall.open_app(
            "kiosk", "kiosk", "--id", self.facts.kiosk, "--printer", f"network:{self.printer.address}", *size
        )
        self.tv = self.hall.open_app("tv", "display", "--id", self.facts.display, "--clips", str(clips), *size)
        for agency in self.facts.agencies[:AGENCIES]:
            counter = agency.counters[0]
            name = f"counter-{counter}"
            desk = self.hall.open_app(name, "counter", "--id", counter, "--windowed", "1366x768+0+0")
            self.officers.append(desk)
        self.actors = [self.kiosk, self.tv, *self.officers]
        self.tv.wait_there("clock")
        for officer in self.officers:
            officer.wait_there("lamp")

    def close(self) -> None:
        """Let go of every program, and end it."""
        for actor in self.actors:
            actor.close()
        self.hall.close()

    def picture(self, actor: Actor, name: str) -> None:
        """Photograph a window for the reader of the shots."""
        self.pictures.append(actor.grab(self.shots / f"{name}.png").name)

    # -------------------------------------------------------- the visitors

    def take(self, agency: str, service: str, *, shoot: bool = False) -> Followed:
        """One visitor's way through the kiosk, the paper in hand at the end."""
        printed = len(self.printer.jobs)
        self._open_agency(agency)
        if not self.facts.skips_services(agency):
            self.kiosk.wait_there(f"service-{service}")
            if shoot:
                self.picture(self.kiosk, "kiosk-services")
            self.kiosk.press(f"service-{service}")
        self.kiosk.wait_there("number")
        ticket = Followed(self.kiosk.text("number"))
        self.tickets.append(ticket)
        wait_until(lambda: len(self.printer.jobs) > printed, f"the paper of {ticket.number}")
        self._look_at(self.printer.papers()[-1], ticket)
        if shoot:
            self.picture(self.kiosk, "kiosk-done")
        self.kiosk.press("done")
        return ticket

    def _open_agency(self, agency: str) -> None:
        """Turn the pages until the agency's tile is there, and touch it."""
        self.kiosk.wait_there("language-id")
        for _ in range(len(self.facts.hall.agencies)):
            if f"agency-{agency}" in self.kiosk.enabled():
                break
            self.kiosk.press("page-next")
        self.kiosk.press(f"agency-{agency}")

    def _look_at(self, paper: Paper, ticket: Followed) -> None:
        name = f"ticket-{ticket.number}.png"
        whole = paper.picture()
        whole.save(self.shots / name)
        self.pictures.append(name)
        ticket.paper = number_on(max(paper.pictures, key=lambda picture: picture.width))
        url = qr_in(whole)
        ticket.page = number_behind(url) if url else ""

    # -------------------------------------------------------- officers and TV

    def call(self, officer: Actor, counter: str) -> Call:
        """An officer strikes the space bar; returns the call as the officer sees it."""
        before = officer.text("number")
        officer.wait_there("next")
        officer.press("next")
        wait_until(lambda: officer.text("number") not in ("", before), f"{officer.name} to have called")
        call = Call(officer.text("number"), self.facts.number_of(counter))
        self.calls.append(call)
        return call

    def watch(self, calls: list[Call]) -> None:
        """See each of these calls on the TV, in whichever order it shows them."""
        open_calls = {call.number: call for call in calls}

        def all_shown() -> bool:
            lit = self.tv.text("called-number")
            if lit in open_calls:
                open_calls.pop(lit).shown = self._on_tv(lit)
            return not open_calls

        wait_until(all_shown, f"the TV to show {', '.join(open_calls)}", patience_s=SHOWN_S)

    def _on_tv(self, name: str) -> tuple[str, str]:
        """What a person reads in the lit panel: its pixels, photographed and read."""
        with Image.open(self.tv.grab(self.hall.folder / f"tv-{name}.png", name="called-number")) as picture:
            number = number_on(picture)
        with Image.open(self.tv.grab(self.hall.folder / f"tv-{name}-counter.png", name="called-counter")) as picture:
            return number, counter_on(picture)

    # -------------------------------------------------------- the verdict

    def summary(self, heard: list[tuple[str, str]], started: float) -> Summary:
        """Hold all witnesses against each other."""
        what = [*self._of_paper(), *self._of_tv(), *self._of_voice(heard)]
        duplicates, lost = self._duplicates(), self._lost()
        return Summary(
            tickets_taken=len(self.tickets),
            tickets_printed=len(self.printer.papers()),
            calls_made=len(self.calls),
            calls_shown=sum(call.shown is not None for call in self.calls),
            calls_spoken=sum(call.spoken for call in self.calls),
            agencies=len({call.number.partition("-")[0] for call in self.calls}),
            mismatches=len(what),
            duplicates=len(duplicates),
            lost=len(lost),
            seconds=round(time.monotonic() - started, 1),
            what=[*what, *(f"{n} twice" for n in duplicates), *(f"{n} lost" for n in lost)],
            pictures=self.pictures,
        )

    def _of_paper(self) -> list[str]:
        return [
            f"kiosk {t.number}, paper {t.paper!r}, page behind its QR {t.page!r}"
            for t in self.tickets
            if not t.number == t.paper == t.page
        ]

    def _of_tv(self) -> list[str]:
        pairs = [(call, call.shown) for call in self.calls if call.shown is not None]
        return [
            f"officer {call.number} to {call.counter}, TV {shown}"
            for call, shown in pairs
            if shown != (call.number, call.counter)
        ]

    def _of_voice(self, heard: list[tuple[str, str]]) -> list[str]:
        known = {(call.number, call.counter) for call in self.calls}
        for call in self.calls:
            call.spoken = (call.number, call.counter) in heard
        return [f"heard {number} {counter}" for number, counter in heard if (number, counter) not in known]

    def _duplicates(self) -> list[str]:
        numbers = Tally(ticket.number for ticket in self.tickets)
        called = Tally(call.number for call in self.calls)
        return [number for tally in (numbers, called) for number, times in tally.items() if times > 1]

    def _lost(self) -> list[str]:
        """Taken, but neither called nor still waiting at the hub."""
        waiting = self.facts.waiting_now(self.hall.address)
        called = {call.number for call in self.calls}
        return [ticket.number for ticket in self.tickets if ticket.number not in waiting | called]


def play(folder: Path, site: Path, shots: Path) -> Summary:
    """Play the day; pictures and all the programs' output stay in `shots` and `folder`."""
    started = time.monotonic()
    shots.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    with NullSink(folder / "sound") as sink, FakePrinter() as printer:
        hall = Hall(folder, site, env={"QT_QPA_PLATFORM": "offscreen", **sink.environment})
        day = Day(hall, printer, shots)
        try:
            day.open()
            with sink.record() as recording:
                _visitors(day)
                _officers(day)
                _quiet(day)
            heard = calls_in(read_notes(recording.samples()))
            return day.summary([(call.number, call.counter) for call in heard], started)
        finally:
            day.close()


def _visitors(day: Day) -> None:
    day.picture(day.kiosk, "kiosk-agencies")
    agencies = day.facts.agencies[:AGENCIES]
    first = True
    for turn, agency in itertools.product(range(TICKETS_EACH), agencies):
        day.take(agency.id, agency.services[turn % len(agency.services)], shoot=first)
        first = False
    day.kiosk.press("language-en")
    day.picture(day.kiosk, "kiosk-agencies-en")
    day.kiosk.press("language-id")


def _officers(day: Day) -> None:
    counters = [agency.counters[0] for agency in day.facts.agencies[:AGENCIES]]
    day.picture(day.tv, "tv-quiet")
    day.picture(day.officers[0], "counter-waiting")
    for turn in range(CALLS_EACH):
        calls = [day.call(officer, counter) for officer, counter in zip(day.officers, counters, strict=True)]
        if turn == 0:
            day.picture(day.officers[0], "counter-called")
        wait_until(lambda: bool(day.tv.text("called-number")), "the TV to light a call")
        day.picture(day.tv, f"tv-calling-{turn + 1}")
        day.watch(calls)
        for officer in day.officers:
            officer.press("serve")
    day.picture(day.officers[0], "counter-serving")


def _quiet(day: Day) -> None:
    """The last call is over: its speech is whole on the recording."""
    wait_until(lambda: "lit" not in day.tv.texts(), "the TV to fall quiet", patience_s=SHOWN_S)
    day.picture(day.tv, "tv-rows")
