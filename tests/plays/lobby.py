"""A lobby for plays: a hall with a TV that speaks, a kiosk, and an officer's app at each of two counters."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from demo.fake_printer import FakePrinter
from demo.hall_facts import HallFacts
from demo.hearing import NullSink
from demo.play import START_S, Actor, wait_until
from demo.programs import Hall
from demo.tones import write_bank
from demo.verdict import Said
from demo.witness import called_on
from kiosk.dialect import ticket_bytes
from kiosk.paper import ticket_story
from kiosk.printer import Printer as KioskPrinter
from shared.assets import CONFIG
from shared.hall import Printer
from shared.model import Outcome
from shared.wire import Ticket
from shared.words import Words
from tests.real_hub import RealHub

SPOKEN_S = 60.0


class Lobby:
    """A hall with a TV that speaks, a kiosk and an officer at each of two counters."""

    def __init__(self, hall: Hall, folder: Path) -> None:
        self.hall, self.folder = hall, folder
        self.facts = HallFacts.of(hall.address)
        clips = folder / "clips"
        write_bank(clips)
        self.tv = hall.open_app(
            "tv", "display", "--id", self.facts.display, "--clips", str(clips), "--windowed", "1920x1080+0+0"
        )
        self.paper = folder / "paper.bin"
        printer = f"file:{self.paper}"
        self.kiosk = hall.open_app(
            "kiosk", "kiosk", "--id", self.facts.kiosk, "--printer", printer, "--windowed", "1366x768+0+0"
        )
        self.officers = [
            hall.open_app(counter, "counter", "--id", counter, "--windowed", "1366x768+0+0")
            for counter in ("loket-1", "loket-2")
        ]
        self.tv.wait_there("clock", patience_s=START_S)
        for officer in self.officers:
            officer.wait_text("lamp", "Tersambung", patience_s=START_S)

    def take(self, *services: str) -> Ticket:
        """What a kiosk asks for when a visitor chose these."""
        hub = RealHub(self.hall.folder)
        hub.address = self.hall.address
        return hub.take(*services)

    def book(self, service: str) -> str:
        """The code of an appointment that was made for now."""
        hub = RealHub(self.hall.folder)
        hub.address = self.hall.address
        return hub.book(service, datetime.now(UTC) + timedelta(seconds=30))

    def in_hand(self) -> tuple[str, bytes]:
        """The number on the kiosk's screen, and the paper it has just printed; then the next visitor may come."""
        self.kiosk.wait_text("heading-ticket", "Silakan ambil tiket Anda")
        number, paper = self.kiosk.text("number"), self.paper.read_bytes()
        self.paper.write_bytes(b"")
        self.kiosk.press("done")
        return number, paper

    def call(self, officer: Actor, number: str, *, key: str = "Space") -> Said:
        """That key at this officer's; what the TV lights then, read off its picture. Comes back when all was spoken."""
        officer.wait_there("recall" if key == "R" else "next")
        officer.key(key)
        officer.wait_text("number", number)

        def is_lit() -> bool:
            texts = self.tv.texts()
            return "lit" in texts and texts.get("called-number") == number

        wait_until(is_lit, f"the TV to light {number}", patience_s=SPOKEN_S)
        with Image.open(self.tv.grab(self.folder / f"{officer.name}.png")) as frame:
            shown = called_on(frame)
        wait_until(lambda: "lit" not in self.tv.texts(), "the TV to fall quiet", patience_s=SPOKEN_S)
        return shown

    def close(self) -> None:
        for actor in (self.tv, self.kiosk, *self.officers):
            actor.close()


@dataclass
class Seen:
    """What became of one play: its number, and its calls as the lit TV showed and the loudspeaker said them."""

    number: str = ""
    shown: list[Said] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    began_s: float = 0.0
    failure: BaseException | None = None


@contextmanager
def open_lobby(folder: Path, sink: NullSink) -> Iterator[Lobby]:
    """The hall of config/small.toml, opened and closed; what its TV says, each call once, goes to `sink`."""
    site = folder / "gedung.toml"
    small = re.sub(r"(?m)^(\[\[display\]\])$", r"\1\nrepeat = 1", (CONFIG / "small.toml").read_text("utf-8"))
    site.write_text(small + "\n[appointments]\nper_hour = 4\n", "utf-8")
    hall = Hall(folder / "hall", site, env={"QT_QPA_PLATFORM": "offscreen", **sink.environment})
    try:
        hall.open_hub()
        lobby = Lobby(hall, folder)
        try:
            yield lobby
        finally:
            lobby.close()
    finally:
        hall.close()


def printed(ticket: Ticket, lobby: Lobby) -> bytes:
    """The paper of a ticket, as a kiosk's printer gets it."""
    with FakePrinter() as printer:
        settings = Printer(road="network", address=printer.address)
        story = ticket_story(ticket, lobby.facts.hall, Words("id"))
        assert KioskPrinter(settings).print(ticket_bytes(story, settings)) is Outcome.PRINTED
        return printer.wait_for_jobs(1)[0]


def until_says(app: Actor, name: str, part: str) -> None:
    """Wait until the widget `name` says that, among other things."""
    wait_until(lambda: part in app.text(name), f"{app.name}: {name} with {part!r}")


def line(desk: Actor, wanted: str) -> None:
    """Take the line of the open sheet that says these words, by its digit."""

    def lines() -> list[int]:
        texts = desk.texts()
        return [index for index in range(9) if wanted in texts.get(f"choice-{index}-text", "")]

    wait_until(lambda: bool(lines()), f"{wanted!r} in the sheet")
    desk.key(str(lines()[0] + 1))


def choose(desk: Actor, *wanted: str) -> None:
    """Open 'Lainnya' by its key and take the lines that say these words, one sheet after the other, by their digits."""
    desk.wait_there("more")
    desk.key("L")
    for words in wanted:
        line(desk, words)


def typed(desk: Actor, words: str) -> None:
    """Type that, and Enter."""
    for letter in words:
        desk.key(letter)
    desk.key("Return")
