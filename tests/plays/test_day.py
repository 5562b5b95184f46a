"""One number everywhere: the day of the demo with its witnesses, and a planted wrong number that they must see."""

import operator
from array import array
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QBuffer
from pytestqt.qtbot import QtBot

from demo import day as the_day
from demo.day import Day
from demo.hall_facts import HallFacts
from demo.programs import Hall
from demo.tones import RATE, read_notes
from demo.verdict import Evidence, Followed, Summary, judge
from demo.witness import called_on, counter_on, number_on, number_on_page, paper_says
from display.board import Row, View
from display.calls import Entry
from display.screens.wall import Wall
from shared.assets import ASSETS, CONFIG
from shared.qt.theme import install_fonts
from shared.qt.voice.sound import at_rate, read_wav
from shared.receipt.commands import Command, commands
from tests.display.day import HALL, MORNING, TV
from tests.needs import program

pytestmark = [pytest.mark.timeout(400), pytest.mark.alone]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Day, Summary]:
    for needed in ("tesseract", "pulseaudio", "parec"):
        program(needed)
    folder = tmp_path_factory.mktemp("day")
    days: list[Day] = []

    class Watched(Day):
        def open(self) -> None:
            days.append(self)
            super().open()

    patch = pytest.MonkeyPatch()
    patch.setattr(the_day, "Day", Watched)
    patch.setattr(the_day, "TICKETS", 12)
    patch.setattr(the_day, "CALLS", 10)
    try:
        summary = the_day.play(folder / "run", CONFIG / "paser.toml", folder / "shots")
    finally:
        patch.undo()
    return days[0], summary


def test_paper_qr_page_tv_and_voice_say_one_number(played: tuple[Day, Summary]) -> None:
    _, summary = played
    assert summary.what == []
    assert (summary.mismatches, summary.duplicates, summary.lost) == (0, 0, 0)


def test_all_was_printed_shown_and_spoken(played: tuple[Day, Summary]) -> None:
    _, summary = played
    assert (summary.tickets_taken, summary.tickets_printed) == (12, 12)
    assert summary.calls_made == summary.calls_shown == summary.calls_spoken == 10
    assert summary.agencies == 4
    assert summary.good


def test_no_program_said_anything_unexpected(played: tuple[Day, Summary]) -> None:
    day, _ = played
    logs = [*day.hall.folder.rglob("*.log"), *day.hall.folder.glob("*.out")]
    lines = [line for log in logs for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    stray = [line for line in lines if " WARNING " in line or " ERROR " in line or " CRITICAL " in line]
    # The hub of a play listens where no phone can reach it and is open at any hour: it is right to say so.
    meant = ("terjangkau ponsel", "always open, for a try-out")
    assert [line for line in stray if not any(said in line for said in meant)] == []


def judged(day: Day, plant: Callable[[Evidence], None]) -> Summary:
    """The day once more, with what one witness says of something planted."""
    evidence = deepcopy(day.evidence)
    plant(evidence)
    summary = judge(evidence)
    assert not summary.good
    return summary


def test_what_was_kept_says_what_the_witnesses_said(played: tuple[Day, Summary]) -> None:
    day, _ = played
    assert judge(day.evidence).good
    followed, job = day.evidence.tickets[0], day.printer.jobs[0]
    number, url = paper_says(job)
    assert (number, number_on_page(day.pages[url])) == (followed.paper, followed.page)


def spliced(job: bytes, other: bytes, is_planted: Callable[[Command], bool]) -> bytes:
    """The bytes of `job` with some commands as they stand in `other`."""
    planted = iter([command.raw for command in commands(other) if is_planted(command)])
    return b"".join(next(planted) if is_planted(command) else command.raw for command in commands(job))


def is_code(command: Command) -> bool:
    return command.name == "GS ( k"


def is_number(command: Command) -> bool:
    """The number is the widest raster of a ticket."""
    return command.name == "GS v 0" and command.body[1] + 256 * command.body[2] > 20


@pytest.mark.parametrize(("is_planted", "witness"), [(is_number, "paper"), (is_code, "page")])
def test_another_number_or_qr_in_the_printer_s_bytes_is_seen(
    played: tuple[Day, Summary], is_planted: Callable[[Command], bool], witness: str
) -> None:
    day, _ = played
    ours, other = day.evidence.tickets[:2]
    job, others = day.printer.jobs[:2]
    planted = spliced(job, others, is_planted)
    assert planted != job
    number, url = paper_says(planted)
    read = Followed(ours.number, number, number_on_page(day.pages[url]))
    assert read == replace(ours, **{witness: other.number})
    summary = judged(day, lambda evidence: operator.setitem(evidence.tickets, 0, read))
    assert summary.mismatches == 1
    assert ours.number in summary.what[0]
    assert repr(other.number) in summary.what[0]


def test_another_number_on_the_page_is_seen(played: tuple[Day, Summary]) -> None:
    day, _ = played
    ours = day.evidence.tickets[0]
    page = day.pages[paper_says(day.printer.jobs[0])[1]]
    assert ours.number in page
    read = replace(ours, page=number_on_page(page.replace(ours.number, "A-077")))
    assert read.page == "A-077"
    summary = judged(day, lambda evidence: operator.setitem(evidence.tickets, 0, read))
    assert summary.what == [f"kiosk {ours.number}, paper '{ours.number}', page behind its QR 'A-077'"]


@pytest.fixture
def tv(qtbot: QtBot) -> Callable[..., Image.Image]:
    """A real lobby TV's picture with a call on it."""
    install_fonts()

    def tv(number: str, counter: str, *, lit: bool = True) -> Image.Image:
        wall = Wall(HALL, TV, now=lambda: MORNING)
        qtbot.addWidget(wall)
        wall.resize(1920, 1080)
        others = tuple(
            Row(Entry(n, n, f"K-{n:03d}", "12", "Disdukcapil", MORNING), coming=n > 8) for n in range(9, 2, -1)
        )
        wall.show_view(View(called=Entry(10, 10, number, counter, "BPJS Kesehatan", MORNING), lit=lit, rows=others))
        bits = QBuffer()
        wall.grab().save(bits, "PNG")
        return Image.open(BytesIO(bits.data().data()))

    return tv


@pytest.mark.parametrize(("number", "counter"), [("A-012", "1"), ("ZB-1000", "44"), ("W-808", "7"), ("K-135", "10")])
def test_the_witness_reads_the_call_off_a_whole_tv(tv: Callable[..., Image.Image], number: str, counter: str) -> None:
    program("tesseract")
    assert called_on(tv(number, counter)) == (number, counter)


def test_a_tv_that_lights_nothing_calls_nobody(tv: Callable[..., Image.Image]) -> None:
    assert called_on(tv("A-012", "1", lit=False)) == ("", "")


@pytest.mark.parametrize("wrong", [("A-077", "1"), ("A-001", "7")])
def test_another_number_or_counter_on_a_real_tv_is_seen(
    played: tuple[Day, Summary], tv: Callable[..., Image.Image], wrong: tuple[str, str]
) -> None:
    day, _ = played
    assert day.evidence.shown[0] == ("A-001", "1")
    summary = judged(day, lambda evidence: operator.setitem(evidence.shown, 0, called_on(tv(*wrong))))
    assert summary.what == [f"the TV showed '{wrong[0]}' to '{wrong[1]}'"]
    assert summary.calls_shown == summary.calls_made - 1


def said_otherwise(day: Day, words: dict[str, str]) -> "array[int]":
    """The recording with the first of each of these clips replaced by another."""
    samples = day.recording.samples()
    notes = read_notes(samples)
    for clip, other in words.items():
        begins = next(note.at_s for note in notes if note.clip == clip)
        piece = at_rate(read_wav(day.hall.folder / "clips" / f"{other}.wav"), RATE).samples
        place = round((begins - 0.02) * RATE)
        samples[place : place + len(piece)] = piece
    return samples


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ({"id/nol": "id/tujuh", "en/zero": "en/seven"}, ("A-701", "1")),
        ({"id/nol": "id/tujuh"}, ("", "1")),
    ],
    ids=["both languages", "one language"],
)
def test_another_number_on_the_loudspeaker_is_heard(
    played: tuple[Day, Summary], words: dict[str, str], understood: tuple[str, str]
) -> None:
    day, _ = played
    said = the_day.heard(said_otherwise(day, words))
    assert said == [understood, *day.evidence.heard[1:]]
    summary = judged(day, lambda evidence: setattr(evidence, "heard", said))
    assert summary.what == [f"the loudspeaker said {understood[0]!r} to {understood[1]!r}"]
    assert summary.calls_spoken == summary.calls_made - 1


def test_every_screen_has_its_picture(played: tuple[Day, Summary]) -> None:
    day, summary = played
    assert len(set(summary.pictures)) == len(summary.pictures)
    kinds = Counter(name.partition("-")[0] for name in summary.pictures)
    assert kinds == {"kiosk": 4, "ticket": 12, "counter": 3, "tv": 12}
    sizes = {"kiosk": (1920, 1080), "tv": (1920, 1080), "counter": (1366, 768)}
    for name in summary.pictures:
        with Image.open(day.shots / name) as picture:
            assert picture.size == sizes.get(name.partition("-")[0], picture.size)
            assert len(picture.convert("L").getcolors() or "many") > 1


def drawn(text: str, *, ink: str = "black", ground: str = "white") -> Image.Image:
    font = ImageFont.truetype(next((ASSETS / "fonts").glob("*800*.ttf")), 200)
    left, top, right, bottom = font.getbbox(text)
    picture = Image.new("RGB", (round(right - left) + 60, round(bottom - top) + 60), ground)
    ImageDraw.Draw(picture).text((30 - left, 30 - top), text, ink, font=font)
    return picture


@pytest.mark.parametrize("number", ["A-012", "K-135", "M-907", "S-468", "ZB-1000", "O-808"])
def test_the_witness_reads_numbers(number: str) -> None:
    program("tesseract")
    assert number_on(drawn(number)) == number


@pytest.mark.parametrize("counter", ["1", "5", "10", "14", "44"])
def test_the_witness_reads_counters_light_on_dark(counter: str) -> None:
    program("tesseract")
    assert counter_on(drawn(counter, ink="#FFC857", ground="#0B1B2B")) == counter


def test_the_witness_does_not_read_what_is_not_there() -> None:
    program("tesseract")
    assert number_on(Image.new("RGB", (200, 100), "white")) == ""


def test_the_facts_are_those_of_the_speaking_tv(tmp_path: Path) -> None:
    hall = Hall(tmp_path, CONFIG / "paser.toml")
    try:
        hall.open_hub()
        facts = HallFacts.of(hall.address)
        assert facts.display == "tv-1"
        assert {facts.hall.agency(agency.id).zone for agency in facts.agencies} == {"lantai-1"}
    finally:
        hall.close()
