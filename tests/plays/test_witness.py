"""Whether the plays' witnesses can read: numbers and counters as they are drawn, and a call off a whole TV."""

import pytest
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtWidgets import QApplication

from demo.hall_facts import HallFacts
from demo.witness import called_on, counter_on, number_on
from shared.assets import ASSETS, CONFIG
from shared.site import load
from tests.needs import program
from tests.plays.lit_tv import tv_with


@pytest.mark.parametrize(("number", "counter"), [("A-012", "1"), ("ZB-1000", "44"), ("W-808", "7"), ("K-135", "10")])
def test_the_witness_reads_the_call_off_a_whole_tv(qapp: QApplication, number: str, counter: str) -> None:
    assert qapp
    program("tesseract")
    assert called_on(tv_with(number, counter)) == (number, counter)


def test_a_tv_that_lights_nothing_calls_nobody(qapp: QApplication) -> None:
    assert qapp
    assert called_on(tv_with("A-012", "1", lit=False)) == ("", "")


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


def test_the_facts_are_those_of_the_speaking_tv() -> None:
    facts = HallFacts.in_hall(load(CONFIG / "paser.toml").hall("http://127.0.0.1:8080"))
    assert facts.display == "tv-1"
    assert {facts.hall.agency(agency.id).zone for agency in facts.agencies} == {"lantai-1"}
