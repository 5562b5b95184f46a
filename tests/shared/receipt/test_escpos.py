"""Bytes read as paper: by hand, as python-escpos writes them, and as a printer would refuse them."""

from collections.abc import Callable

import pytest
from escpos.printer import Dummy
from PIL import Image, ImageDraw
from pyzbar.pyzbar import decode

from shared.receipt.commands import IncompleteError, UnknownBytesError, commands, split
from shared.receipt.escpos import CutThroughError, Paper, papers
from shared.receipt.paint import KNIFE, Text, TooWideError

CUT = b"\x1bd\x06\x1dV\x01"


def paper(data: bytes) -> Paper:
    (one,) = papers(data)
    return one


def black(picture: Image.Image) -> int:
    return picture.convert("L").histogram()[0]


def written(write: Callable[[Dummy], object]) -> bytes:
    device = Dummy(profile="TM-T20II")
    write(device)
    return bytes(device.output)


# ---------------------------------------------------------------- commands


def test_bytes_are_told_apart_into_commands() -> None:
    assert [command.name for command in commands(b"\x1b@Halo\n\x1dV\x00")] == ["ESC @", "text", "LF", "GS V"]


def test_commands_put_together_are_the_bytes_again() -> None:
    data = written(lambda device: (device.set(bold=True), device.text("Halo\n"), device.qr("x", native=True)))
    assert b"".join(command.raw for command in commands(data)) == data


@pytest.mark.parametrize("cut", range(1, 20))
def test_what_is_not_whole_yet_waits(cut: int) -> None:
    data = b"\x1b@\x1dv0\x00\x01\x00\x08\x00" + bytes(8) + b"\n"
    done, rest = split(data[:cut])
    assert b"".join(command.raw for command in done) + rest == data[:cut]


def test_bytes_that_end_within_a_command_are_an_error() -> None:
    with pytest.raises(IncompleteError, match="1d 76 30"):
        commands(b"Halo\n\x1dv0\x00")


@pytest.mark.parametrize("data", [b"\x1bX1", b"\x1d\x99\x00", b"\x1c.\x00", b"\x07", b"Halo\x00"])
def test_an_unknown_command_is_an_error_that_shows_it(data: bytes) -> None:
    with pytest.raises(UnknownBytesError, match=r"byte \d: [0-9a-f ]+"):
        commands(data)


def test_a_code_page_that_the_printer_lacks_is_an_error() -> None:
    with pytest.raises(UnknownBytesError, match="ESC t 99"):
        papers(b"\x1bt\x63")


# ---------------------------------------------------------------- type


def test_lines_are_the_texts_from_top_to_bottom() -> None:
    assert paper(b"Satu\n  dua  \n\n\xb3 tiga \xb3\n".replace(b"Satu", b"\x1bt\x00Satu")).lines == [
        "Satu",
        "dua",
        "tiga",
    ]


@pytest.mark.parametrize(("page", "byte", "letter"), [(0, 0xF1, "±"), (2, 0xF1, "±"), (16, 0x96, "–"), (19, 0xD5, "€")])
def test_a_byte_means_what_its_code_page_says(page: int, byte: int, letter: str) -> None:
    assert paper(b"\x1bt" + bytes((page, byte)) + b"\n").lines == [letter]


def test_type_twice_as_large_is_twice_as_large() -> None:
    small, large = paper(b"Halo\n").picture(), paper(b"\x1d!\x11Halo\n").picture()
    assert large.height - small.height == 48 - 34
    assert 3 < black(large) / black(small) < 6


@pytest.mark.parametrize("command", [b"\x1bE\x01", b"\x1b-\x01", b"\x1dB\x01", b"\x1b!\x08"])
def test_bold_underlined_and_inverse_type_have_more_ink(command: bytes) -> None:
    assert black(paper(command + b"Halo\n").picture()) > black(paper(b"Halo\n").picture())


def test_the_small_font_is_smaller() -> None:
    assert black(paper(b"\x1bM\x01Halo\n").picture()) < black(paper(b"Halo\n").picture())


@pytest.mark.parametrize(("align", "left"), [(0, 0), (1, 576 // 2 - 12), (2, 576 - 24)])
def test_lines_stand_left_in_the_middle_and_right(align: int, left: int) -> None:
    picture = paper(b"\x1dB\x01\x1ba" + bytes((align,)) + b"--\n").picture()
    box = picture.point([255] * 128 + [0] * 128).getbbox()
    assert box is not None
    assert box[0] == left


def test_waking_up_forgets_face_alignment_and_unprinted_text() -> None:
    woken = paper(b"\x1bE\x01\x1ba\x01\x1b3\x60lost\x1b@Halo\n")
    assert woken.lines == ["Halo"]
    assert woken.picture().tobytes() == paper(b"Halo\n").picture().tobytes()


def test_uprights_of_frames_meet() -> None:
    bar = paper(b"\x1bt\x00\x1b3\x18\xda\xc4\xbf\n\xb3 \xb3\n\xc0\xc4\xd9\n").picture(36)
    column = bar.crop((5, KNIFE + 13, 6, KNIFE + 24 * 3 - 13))
    assert column.getextrema() == (0, 0)


def test_a_line_wider_than_the_paper_is_an_error() -> None:
    with pytest.raises(TooWideError, match="588 dots on paper of 576"):
        paper(b"x" * 49 + b"\n").picture()


def test_spacing_is_never_less_than_the_letters() -> None:
    tight, usual = paper(b"\x1b3\x00Halo\n"), paper(b"Halo\n")
    assert [band.height for band in (*tight.bands, *usual.bands) if isinstance(band, Text)] == [24, 34]


# ---------------------------------------------------------------- dots

PATTERN = Image.new("1", (64, 48), 1)
ImageDraw.Draw(PATTERN).polygon([(3, 2), (60, 30), (20, 47)], fill=0)


@pytest.mark.parametrize("way", ["bitImageRaster", "graphics"])
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("high", [True, False])
def test_pictures_come_out_as_python_escpos_sent_them(way: str, wide: bool, high: bool) -> None:
    data = written(
        lambda device: device.image(PATTERN, impl=way, high_density_horizontal=wide, high_density_vertical=high)
    )
    scaled = PATTERN.resize((64 if wide else 128, 48 if high else 96), Image.Resampling.NEAREST)
    (picture,) = paper(data).pictures
    assert picture.convert("L").tobytes() == scaled.convert("L").tobytes()


def test_pictures_in_columns_come_out_in_bands_of_24_dots() -> None:
    data = written(lambda device: device.image(PATTERN, impl="bitImageColumn"))
    bands = paper(data).pictures
    assert [band.size for band in bands] == [(64, 24), (64, 24)]
    assert b"".join(band.convert("L").tobytes() for band in bands) == PATTERN.convert("L").tobytes()


@pytest.mark.parametrize("correction", [0, 1, 2, 3])
def test_a_code_that_the_printer_draws_can_be_read(correction: int) -> None:
    made = paper(written(lambda device: device.qr("https://antre.test/t/x", ec=correction, size=6, native=True)))
    assert made.codes == ("https://antre.test/t/x",)
    (found,) = decode(made.picture())
    assert found.data == b"https://antre.test/t/x"


def test_a_code_sent_as_a_picture_can_be_read() -> None:
    (found,) = decode(paper(written(lambda device: device.qr("https://antre.test/t/x", size=6))).picture())
    assert found.data == b"https://antre.test/t/x"


def test_a_picture_wider_than_the_paper_is_an_error() -> None:
    made = paper(b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73))
    with pytest.raises(TooWideError):
        made.picture(576)


# ---------------------------------------------------------------- paper


def test_each_cut_ends_a_ticket() -> None:
    made = papers(b"satu\n" + CUT + b"dua\n" + CUT)
    assert [(one.lines, one.cut) for one in made] == [(["satu"], True), (["dua"], True)]


def test_what_follows_the_last_cut_hangs_out() -> None:
    assert [one.cut for one in papers(b"satu\n" + CUT + b"dua\n")] == [True, False]


def test_paper_cut_before_it_is_fed_past_the_knife_is_an_error() -> None:
    with pytest.raises(CutThroughError):
        papers(b"satu\n\x1dV\x00")


def test_a_cut_that_feeds_by_itself_needs_no_feed() -> None:
    assert paper(written(lambda device: (device.text("satu\n"), device.cut(feed=False)))).cut


def test_questions_of_health_leave_no_trace_on_paper() -> None:
    asked = b"\x10\x04\x01sa\x10\x04\x04tu\n\x1d(H\x06\x00000001"
    assert paper(asked).picture().tobytes() == paper(b"satu\n").picture().tobytes()
