"""One number through two services, with the real programs: one paper, called by two officers, shown and spoken twice.

About 50 s on two cores: each call is spoken whole.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from demo.day import heard
from demo.escpos import papers
from demo.fake_printer import FakePrinter
from demo.hall_facts import HallFacts
from demo.hearing import NullSink
from demo.play import Actor, wait_until
from demo.programs import Hall
from demo.tones import write_bank
from demo.witness import called_on, number_on_page, page_behind, paper_says
from kiosk.dialect import ticket_bytes
from kiosk.paper import ticket_story
from kiosk.printer import Printer as KioskPrinter
from shared.assets import CONFIG
from shared.hall import Printer
from shared.model import Outcome
from shared.wire import Ticket
from shared.words import Words
from tests.needs import program
from tests.real_hub import RealHub

pytestmark = [pytest.mark.timeout(300), pytest.mark.alone]

FIRST, SECOND = "kependudukan-ktp", "umum-surat"
SPOKEN_S = 60.0


class Lobby:
    """A hall with a TV that speaks and an officer at each of two counters."""

    def __init__(self, hall: Hall, folder: Path) -> None:
        self.hall, self.folder = hall, folder
        self.facts = HallFacts.of(hall.address)
        clips = folder / "clips"
        write_bank(clips)
        self.tv = hall.open_app(
            "tv", "display", "--id", self.facts.display, "--clips", str(clips), "--windowed", "1920x1080+0+0"
        )
        self.officers = [
            hall.open_app(counter, "counter", "--id", counter, "--windowed", "1366x768+0+0")
            for counter in ("loket-1", "loket-2")
        ]
        self.tv.wait_there("clock")

    def take(self, *services: str) -> Ticket:
        """What a kiosk asks for when a visitor chose these."""
        hub = RealHub(self.hall.folder)
        hub.address = self.hall.address
        return hub.take(*services)

    def call(self, officer: Actor, number: str) -> tuple[str, str]:
        """Space at this officer's; what the TV lights then, read off its picture. Comes back when all was spoken."""
        officer.wait_there("next")
        officer.key("Space")
        officer.wait_text("number", number)
        wait_until(lambda: "lit" in self.tv.texts(), "the TV to light the call", patience_s=SPOKEN_S)
        with Image.open(self.tv.grab(self.folder / f"{officer.name}.png")) as frame:
            shown = called_on(frame)
        wait_until(lambda: "lit" not in self.tv.texts(), "the TV to fall quiet", patience_s=SPOKEN_S)
        return shown

    def close(self) -> None:
        for actor in (self.tv, *self.officers):
            actor.close()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[NullSink]:
    for needed in ("tesseract", "pulseaudio", "parec"):
        program(needed)
    with NullSink(tmp_path / "sound") as sink:
        yield sink


@pytest.fixture
def lobby(tmp_path: Path, sink: NullSink) -> Iterator[Lobby]:
    hall = Hall(tmp_path / "hall", CONFIG / "small.toml", env={"QT_QPA_PLATFORM": "offscreen", **sink.environment})
    hall.open_hub()
    lobby = Lobby(hall, tmp_path)
    yield lobby
    lobby.close()
    hall.close()


def printed(ticket: Ticket, lobby: Lobby) -> bytes:
    """The paper of a ticket, as a kiosk's printer gets it."""
    with FakePrinter() as printer:
        settings = Printer(road="network", address=printer.address)
        story = ticket_story(ticket, lobby.facts.hall, Words("id"))
        assert KioskPrinter(settings).print(ticket_bytes(story, settings)) is Outcome.PRINTED
        return printer.wait_for_jobs(1)[0]


def test_one_paper_two_counters_two_calls(lobby: Lobby, sink: NullSink) -> None:
    ticket = lobby.take(FIRST, SECOND)
    first, second = lobby.officers
    paper = printed(ticket, lobby)
    number, url = paper_says(paper)
    assert number == ticket.number
    lines = papers(paper)[0].lines
    assert [line for line in lines if line.startswith(("1. ", "2. "))] == [
        "1. Kependudukan: KTP elektronik",
        "2. Umum: Surat Keterangan",
    ]

    with sink.record() as recording:
        assert lobby.call(first, number) == (number, "1")
        assert "lalu Umum" in first.text("journey")
        first.key("S")
        wait_until(lambda: f"{number} sekarang menunggu" in first.text("message"), "the officer to be told where to")
        page = page_behind(url)
        assert number_on_page(page) == number
        assert page.index('class="done"') < page.index('class="now"')

        assert lobby.call(second, number) == (number, "2")
        second.key("S")
        second.wait_text("number", "")
    assert "Layanan selesai." in page_behind(url)
    assert heard(recording.samples()) == [(number, "1"), (number, "2")]
