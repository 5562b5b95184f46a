"""The bytes a printer gets, read back as paper."""

from io import BytesIO
from itertools import pairwise

import pytest
from escpos.capabilities import CAPABILITIES
from PIL import Image, ImageChops, ImageDraw
from pyzbar.pyzbar import ZBarSymbol, decode

from kiosk.dialect import JOB_BYTES, ticket_bytes
from kiosk.paper import ticket_story
from kiosk.pictures import harmless
from kiosk.story import BigNumber, Cut, Line, Logo, Place, Story
from shared.assets import CONFIG
from shared.receipt.commands import commands
from shared.receipt.escpos import Paper, papers
from shared.receipt.paint import Text
from shared.site import load
from shared.words import Words
from tests.keeping import as_kept, looks_kept
from tests.kiosk.tickets import LONGEST, LONGEST_SERVICE, URL, hall, job, journey, printer, ticket

DOTS = {58: 384, 80: 576}
LEAST_CAPITAL = {58: 88, 80: 120}
"""11 and 15 mm at 203 dpi."""
QR_DOTS = 200
"""25 mm at 203 dpi."""
PRINTERS = [
    name
    for name, profile in CAPABILITIES["profiles"].items()
    if profile["features"]["bitImageRaster"] and profile["media"].get("dpi") != 85
]
"""Every thermal printer that python-escpos describes: not its customer displays and its impact printers."""
BOTH = pytest.mark.parametrize("paper_mm", [58, 80])


def paper(data: bytes) -> Paper:
    (one,) = papers(data)
    return one


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def first_letter(number: Image.Image) -> Image.Image:
    """The first letter of a number's picture: up to the first column without ink."""
    picture = number.crop(ink(number)).convert("L")
    columns = [picture.crop((x, 0, x + 1, picture.height)).getextrema()[0] == 0 for x in range(picture.width)]
    return picture.crop((0, 0, columns.index(False), picture.height))


def letters(number: Image.Image) -> int:
    """How many letters stand side by side in a number's picture."""
    picture = number.convert("L")
    columns = [picture.crop((x, 0, x + 1, picture.height)).getextrema()[0] == 0 for x in range(picture.width)]
    return sum(here and not before for before, here in pairwise([False, *columns]))


def qr_of(picture: Image.Image) -> str:
    (found,) = decode(picture, symbols=[ZBarSymbol.QRCODE])
    return str(found.data.decode())


def widest(made: Paper) -> int:
    """The width in dots of the longest line of print."""
    return max(sum(words.width for words in band.words) for band in made.bands if isinstance(band, Text))


# ---------------------------------------------------------------- the number


@BOTH
@pytest.mark.parametrize("number", ["K-012", "I-111", "W-888", "M-1000", "ZB-1000"])
def test_capitals_of_the_number_are_never_lower_than_the_rule(paper_mm: int, number: str) -> None:
    picture = paper(job(ticket(number=number), paper_mm=paper_mm)).pictures[0]
    _, top, _, bottom = ink(first_letter(picture))
    assert bottom - top >= LEAST_CAPITAL[paper_mm]


@BOTH
@pytest.mark.parametrize("number", ["K-012", "ZB-1000"])
def test_the_number_stands_on_one_line_as_wide_as_the_paper(paper_mm: int, number: str) -> None:
    picture = paper(job(ticket(number=number), paper_mm=paper_mm)).pictures[0]
    left, _, right, _ = ink(picture)
    assert 0.9 * DOTS[paper_mm] < right - left <= DOTS[paper_mm]
    assert letters(picture) == len(number)


def test_a_number_that_would_weigh_too_much_is_condensed_and_stays_as_high() -> None:
    story: Story = (*(Line(f"line {n:03d} {'x' * 30}") for n in range(90)), BigNumber("ZB-1000"), Cut())
    picture = paper(ticket_bytes(story, printer())).pictures[0]
    _, top, _, bottom = ink(first_letter(picture))
    assert bottom - top >= LEAST_CAPITAL[80]
    assert picture.width < 0.9 * DOTS[80]


# ---------------------------------------------------------------- the code


@BOTH
@pytest.mark.parametrize("profile", ["default", "POS-5890", "simple"])
def test_the_code_on_the_paper_opens_the_tickets_page(paper_mm: int, profile: str) -> None:
    picture = paper(job(paper_mm=paper_mm, profile=profile)).picture(DOTS[paper_mm] if profile != "POS-5890" else 384)
    assert qr_of(picture) == URL


@pytest.mark.parametrize("profile", ["default", "POS-5890"])
def test_the_code_is_at_least_25_mm_wide_with_four_modules_of_white_around(profile: str) -> None:
    made = paper(job(paper_mm=58, profile=profile))
    code = made.pictures[-1]
    left, _, right, _ = ink(code)
    module = (right - left) / 33  # version 4
    assert right - left >= QR_DOTS
    assert (384 - (right - left)) / 2 >= 4 * module
    at = next(place for place, band in enumerate(made.bands) if getattr(band, "picture", None) is code)
    assert made.bands[at - 1].height >= 4 * module
    assert made.bands[at + 1].height >= 4 * module


def test_a_printer_that_can_draws_the_code_itself() -> None:
    assert paper(job()).codes == (URL,)
    assert paper(job(profile="POS-5890")).codes == ()


def test_a_long_address_still_fits_on_narrow_paper() -> None:
    url = f"https://antrean.dpmptsp.balikpapankota.go.id/t/{'x' * 22}"
    assert qr_of(paper(job(ticket(url=url), paper_mm=58)).picture(384)) == url


# ---------------------------------------------------------------- the whole


@pytest.mark.parametrize("profile", PRINTERS)
@BOTH
def test_every_known_printer_gets_a_whole_ticket_under_8_kb(paper_mm: int, profile: str) -> None:
    longest = ticket("z", number="ZB-1000", priority=True, ahead=104, estimate_minutes=180, estimate_high_minutes=240)
    data = job(longest, paper_mm=paper_mm, profile=profile, copy=True)
    assert len(data) < JOB_BYTES
    assert qr_of(paper(data).picture(DOTS[paper_mm])) == URL


@pytest.mark.parametrize("site", ["paser"])
def test_every_agency_of_a_real_hall_fits_on_narrow_paper_with_no_word_lost(site: str) -> None:
    real = load(CONFIG / f"{site}.toml").hall("http://192.168.1.10:8080")
    for agency in real.agencies:
        service = max(agency.services, key=lambda service: len(service.name))
        made = ticket(agency.id, service=service.id, number=f"{agency.prefix}-1000")
        data = ticket_bytes(ticket_story(made, real, Words("id")), printer(58))
        printed = " ".join(paper(data).lines)
        assert {
            name for name in (real.name, agency.name, agency.short_name, service.name) if name not in printed
        } == set()
        assert widest(paper(data)) <= DOTS[58]
        assert len(data) < JOB_BYTES


@BOTH
def test_the_longest_names_are_printed_whole(paper_mm: int) -> None:
    printed = " ".join(paper(job(ticket("z"), paper_mm=paper_mm)).lines)
    assert LONGEST in printed
    assert LONGEST_SERVICE in printed


def test_only_the_number_goes_as_a_picture_where_the_printer_draws_the_code() -> None:
    assert [command.name for command in commands(job())].count("GS v 0") == 1


def test_a_ticket_is_cut_once_and_fed_past_the_knife() -> None:
    made = paper(job(copy=True))
    assert made.cut
    assert made.bands[-1].height > 0


def test_a_printer_without_a_knife_gets_no_cut() -> None:
    assert not paper(job(profile="POS-5890")).cut


def test_a_printer_with_its_own_margins_gets_no_line_wider_than_its_columns() -> None:
    assert widest(paper(job(profile="TM-T88V"))) <= 42 * 12


def test_a_printer_of_which_nothing_is_known_gets_ascii() -> None:
    texts = [command.body for command in commands(job(profile="simple")) if command.name == "text"]
    assert all(text.isascii() for text in texts)


def test_every_other_printer_is_told_its_code_page() -> None:
    assert commands(job())[1].raw == b"\x1bt\x00"
    assert "± 12 menit" in " ".join(paper(job()).lines)


def test_a_profile_that_is_none_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="TM-T20IX"):
        job(profile="TM-T20IX")


def test_a_customer_display_is_no_printer() -> None:
    with pytest.raises(ValueError, match="OCD-100 is no printer"):
        job(profile="OCD-100")


# ---------------------------------------------------------------- pictures


def _logo(size: tuple[int, int]) -> bytes:
    picture = Image.new("RGBA", size)
    ImageDraw.Draw(picture).ellipse([0, 0, size[0] - 1, size[1] - 1], fill=(0, 0, 0, 255))
    file = BytesIO()
    picture.save(file, "png")
    return file.getvalue()


LOGO = _logo((200, 200))


def test_the_logo_stands_on_top_no_higher_than_12_mm_on_white() -> None:
    story = ticket_story(ticket(), hall(), Words("id"))
    logo = paper(ticket_bytes(story, printer(), _logo((300, 300)))).pictures[0]
    assert ink(logo) == (0, 0, 96, 96)
    assert logo.getpixel((0, 0)) == 255


def test_a_wide_logo_is_at_most_half_as_wide_as_the_paper() -> None:
    assert paper(ticket_bytes((Logo(), Cut()), printer(), _logo((900, 90)))).pictures[0].width == 288


def test_a_ticket_is_the_same_bytes_whosever_was_printed_before() -> None:
    logo = _logo((300, 300))
    mine, other = ((Logo(), Line(text), BigNumber(number), Cut()) for text, number in (("satu", "A-001"), ("dua", "B")))
    first = ticket_bytes(mine, printer(), logo)
    assert ticket_bytes(other, printer(), logo) != first
    assert ticket_bytes(mine, printer(), logo) == first
    assert ticket_bytes(mine, printer(), _logo((90, 90))) != first


def test_without_a_logo_nothing_stands_in_its_place() -> None:
    assert len(paper(job()).pictures) == 2


@pytest.mark.parametrize("order", [b"\x10\x04", b"\x10\x05", b"\x10\x14"])
def test_no_picture_holds_bytes_that_a_printer_obeys_at_once(order: bytes) -> None:
    dangerous = ImageChops.invert(Image.frombytes("1", (16, 2), order * 2))
    assert order not in ImageChops.invert(harmless(dangerous)).tobytes()


# ---------------------------------------------------------------- kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ticket-80mm.bin", job()),
        ("ticket-58mm.bin", job(paper_mm=58)),
        ("ticket-58mm-image-qr.bin", job(paper_mm=58, profile="POS-5890")),
        (
            "ticket-80mm-copy-priority-en.bin",
            job(ticket("z", language="en", number="ZB-1000", priority=True), copy=True),
        ),
        ("ticket-80mm-journey.bin", job(journey())),
        ("ticket-58mm-journey.bin", job(journey(), paper_mm=58)),
    ],
)
def test_the_bytes_are_those_that_were_looked_at(name: str, data: bytes) -> None:
    """After a change that is meant: KEEP=1, then look at the pictures that the demo draws of them."""
    assert as_kept(name, data)


COMMON = [
    (80, "default"),
    (80, "TM-T88V"),
    (80, "TM-T20II"),
    (80, "TM-P80"),
    (80, "simple"),
    (58, "default"),
    (58, "POS-5890"),
    (58, "ZJ-5870"),
    (58, "NT-5890K"),
]
"""The printers that halls have: Epson's with a code of their own, cheap ones that get it as a picture."""


@pytest.mark.parametrize(("paper_mm", "profile"), COMMON)
def test_a_common_printer_gets_the_bytes_that_were_looked_at_and_they_look_as_then(paper_mm: int, profile: str) -> None:
    data = ticket_bytes(ticket_story(ticket(), hall(), Words("id")), printer(paper_mm, profile), LOGO)
    assert as_kept(f"common-{paper_mm}mm-{profile}.bin", data)
    assert looks_kept(f"common-{paper_mm}mm-{profile}.png", paper(data).picture(DOTS[paper_mm]))


def test_a_picture_that_lacks_a_line_is_not_the_kept_one() -> None:
    story = [one for one in ticket_story(ticket(), hall(), Words("id")) if not isinstance(one, Place)]
    gap = [Line("Tunggu di tempat lain")]
    changed = paper(ticket_bytes((*story[:-1], *gap, Cut()), printer(58), LOGO)).picture(384)
    assert not looks_kept("common-58mm-default.png", changed)
