"""One number everywhere: the day of the demo with its witnesses, and a planted wrong number that they must see."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from demo import day as the_day
from demo.day import Day, Summary
from demo.hall_facts import HallFacts
from demo.programs import Hall
from demo.witness import counter_on, number_on
from shared.assets import ASSETS, CONFIG
from tests.needs import program

pytestmark = pytest.mark.timeout(400)


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
    patch.setattr(the_day, "TICKETS_EACH", 3)
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
    assert summary.calls_made == summary.calls_shown == summary.calls_spoken == 12
    assert summary.good


def test_no_program_said_anything_unexpected(played: tuple[Day, Summary]) -> None:
    day, _ = played
    logs = [*day.hall.folder.rglob("*.log"), *day.hall.folder.glob("*.out")]
    lines = [line for log in logs for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    stray = [line for line in lines if " WARNING " in line or " ERROR " in line or " CRITICAL " in line]
    # The hub of a play listens where no phone can reach it and is open at any hour: it is right to say so.
    meant = ("terjangkau ponsel", "always open, for a try-out")
    assert [line for line in stray if not any(said in line for said in meant)] == []


@pytest.mark.parametrize("witness", ["paper", "page"])
def test_a_wrong_number_on_paper_or_page_is_seen(played: tuple[Day, Summary], witness: str) -> None:
    day, _ = played
    ticket = day.tickets[0]
    day.tickets[0] = replace(ticket, **{witness: "X-999"})
    try:
        assert any("X-999" in line for line in day._of_paper())
    finally:
        day.tickets[0] = ticket


def test_a_wrong_number_or_counter_on_the_tv_is_seen(played: tuple[Day, Summary]) -> None:
    day, _ = played
    call = day.calls[0]
    day.calls[0] = replace(call, shown=(call.number, "99"))
    try:
        assert any("99" in line for line in day._of_tv())
    finally:
        day.calls[0] = call


def test_a_wrong_number_spoken_is_heard(played: tuple[Day, Summary]) -> None:
    day, _ = played
    heard = [(call.number, call.counter) for call in day.calls]
    wrong = [("X-999", "1"), *heard[1:]]
    assert day._of_voice(wrong) == ["heard X-999 1"]
    assert not day.calls[0].spoken
    assert day._of_voice(heard) == []


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
