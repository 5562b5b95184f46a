"""A short day of a hall, played through the real programs: every number followed from the press to the loudspeaker."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PIL import Image

from demo.fake_printer import FakePrinter
from demo.hall_facts import HallFacts
from demo.hearing import NullSink, Recording, calls_in
from demo.play import START_S, Actor, turn_to, wait_until
from demo.programs import Hall
from demo.tones import read_notes, write_bank
from demo.verdict import LEAST_AGENCIES, Evidence, Followed, Said, Summary, judge
from demo.witness import called_on, number_on_page, page_behind, paper_says
from shared.receipt.escpos import papers

TICKETS = 16
CALLS = 12
SHOWN_S = 60.0
"""Longest wait for a call to come to its turn on the TV: those before it are shown in full."""


class Day:
    """The hall's programs under the play's hands, and what the witnesses say meanwhile.

    `printer.jobs`, `pages` (by address), `frames` (by the number the TV's program named) and `recording` are what
    they read and heard.
    """

    def __init__(self, hall: Hall, printer: FakePrinter, shots: Path) -> None:
        self.hall, self.printer, self.shots = hall, printer, shots
        self.evidence = Evidence()
        self.pages: dict[str, str] = {}
        self.frames: dict[str, Path] = {}
        self.recording: Recording
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
        for counter in self.counters:
            name = f"counter-{counter}"
            desk = self.hall.open_app(name, "counter", "--id", counter, "--windowed", "1366x768+0+0")
            self.officers.append(desk)
        self.actors = [self.kiosk, self.tv, *self.officers]
        self.tv.wait_there("clock", patience_s=START_S)
        for officer in self.officers:
            officer.wait_there("lamp", patience_s=START_S)

    @property
    def counters(self) -> list[str]:
        """The first counter of each of the four first agencies."""
        return [agency.counters[0] for agency in self.facts.agencies[:LEAST_AGENCIES]]

    def close(self) -> None:
        """Let go of every program, and end it."""
        for actor in self.actors:
            actor.close()
        self.hall.close()

    def picture(self, actor: Actor, name: str) -> Path:
        """Photograph a window for the reader of the shots."""
        path = actor.grab(self.shots / f"{name}.png")
        self.pictures.append(path.name)
        return path

    # -------------------------------------------------------- the visitors

    def take(self, agency: str, service: str, *, shoot: bool = False) -> None:
        """One visitor's way through the kiosk, the paper in hand at the end."""
        printed = len(self.printer.jobs)
        turn_to(self.kiosk, f"agency-{agency}")
        self.kiosk.press(f"agency-{agency}")
        if not self.facts.skips_services(agency):
            turn_to(self.kiosk, f"service-{service}")
            if shoot:
                self.picture(self.kiosk, "kiosk-services")
            self.kiosk.press(f"service-{service}")
        self.kiosk.wait_there("number")
        number = self.kiosk.text("number")
        self.evidence.tickets.append(self._followed(number, self.printer.wait_for_jobs(printed + 1)[printed]))
        if shoot:
            self.picture(self.kiosk, "kiosk-done")
        self.kiosk.press("done")

    def _followed(self, number: str, job: bytes) -> Followed:
        """Read the paper, and open its QR while the hub is there."""
        name = f"ticket-{number}.png"
        papers(job)[0].picture().save(self.shots / name)
        self.pictures.append(name)
        paper, url = paper_says(job)
        self.pages[url] = page_behind(url) if url else ""
        return Followed(number, paper, number_on_page(self.pages[url]))

    # -------------------------------------------------------- officers and TV

    def call(self, turn: int) -> None:
        """An officer calls as soon as somebody waits; the call is kept as the officer sees it."""
        officer, counter = self.officers[turn % len(self.officers)], self.counters[turn % len(self.officers)]
        before = officer.text("number")
        officer.press("next")
        wait_until(lambda: officer.text("number") not in ("", before), f"{officer.name} to have called")
        self.evidence.calls.append((officer.text("number"), self.facts.number_of(counter)))

    def sees_another(self) -> bool:
        """Whether the TV lights a call that it has not lit before; it is photographed and read."""
        texts = self.tv.texts()
        lit = texts.get("called-number", "") if "lit" in texts else ""
        if not lit or lit in self.frames:
            return False
        path = self.picture(self.tv, f"tv-{lit}")
        with Image.open(path) as frame:
            self.evidence.shown.append(called_on(frame))
        self.frames[lit] = path
        return True

    def has_lit(self, calls: int) -> bool:
        """Whether the TV was seen to light so many."""
        return len(self.frames) >= calls

    # -------------------------------------------------------- the verdict

    def summary(self, started: float) -> Summary:
        """What all this comes to; the hub is still there."""
        self.evidence.printed = len(self.printer.jobs)
        self.evidence.waiting = self.facts.waiting_now(self.hall.address)
        calls = calls_in(read_notes(self.recording.samples()))
        self.evidence.heard = [(call.number, call.counter) for call in calls]
        self.evidence.sentences = [call.in_words() for call in calls]
        summary = judge(self.evidence)
        summary.pictures = self.pictures
        summary.seconds = round(time.monotonic() - started, 1)
        return summary


def heard(samples: Sequence[int]) -> list[Said]:
    """The calls that a recording holds."""
    return [(call.number, call.counter) for call in calls_in(read_notes(samples))]


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
            with sink.record() as day.recording:
                _at_work(day)
            return day.summary(started)
        finally:
            day.close()


def _at_work(day: Day) -> None:
    """Visitors come, officers call and the TV speaks at the same time, as in a hall."""
    with ThreadPoolExecutor(2) as others:
        working = [others.submit(_officers, day), others.submit(_lobby, day)]
        _visitors(day)
        for work in working:
            work.result()


def _visitors(day: Day) -> None:
    day.picture(day.kiosk, "kiosk-agencies")
    agencies = day.facts.agencies[:LEAST_AGENCIES]
    for turn in range(TICKETS):
        round_, place = divmod(turn, len(agencies))
        services = agencies[place].services
        day.take(agencies[place].id, services[round_ % len(services)], shoot=turn == 0)
    day.kiosk.press("language-en")
    day.picture(day.kiosk, "kiosk-agencies-en")
    day.kiosk.press("language-id")


def _officers(day: Day) -> None:
    """Each calls in turn, and again once the TV has lit what was called before."""
    at_once = len(day.officers)
    day.picture(day.officers[0], "counter-waiting")
    for turn in range(CALLS):
        lit = turn - turn % at_once
        wait_until(partial(day.has_lit, lit), f"the TV to light {lit} calls", patience_s=SHOWN_S)
        if turn >= at_once:
            day.officers[turn % at_once].press("serve")
        day.call(turn)
        if turn == 0:
            day.picture(day.officers[0], "counter-called")
    day.officers[0].press("serve")
    day.picture(day.officers[0], "counter-serving")


def _lobby(day: Day) -> None:
    """Someone watches the TV until all was called and it is quiet: the last speech is whole on the recording."""
    day.picture(day.tv, "tv-quiet")
    while not day.has_lit(CALLS):
        wait_until(day.sees_another, "the TV to light another call", patience_s=SHOWN_S)
    wait_until(lambda: "lit" not in day.tv.texts(), "the TV to fall quiet", patience_s=SHOWN_S)
    day.picture(day.tv, "tv-rows")
