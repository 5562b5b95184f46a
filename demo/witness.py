"""The play's witnesses: what paper, QR, page, TV and loudspeaker say, each read from outside as a person would."""

import os
import re
import subprocess
import tempfile
import urllib.request
from html.parser import HTMLParser
from itertools import pairwise

from PIL import Image, ImageChops, ImageOps

from shared.receipt.escpos import papers

NUMBER = re.compile(r"\b([A-Z]{1,2}) ?[-–—] ?(\d{3,})\b")
OCR_S = 30
LINE_PX = 48
"""The height of a line that tesseract reads best; larger letters it takes for drawings."""
HALF = 128
DIGITS = "0123456789"
LETTERS_AND_DIGITS = f"ABCDEFGHIJKLMNOPQRSTUVWXYZ-{DIGITS}"
TO_LETTERS = str.maketrans("01", "OI")
TO_DIGITS = str.maketrans("OI", "01")


def _tesseract(picture: Image.Image, *options: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        picture.save(file.name)
        command = ["tesseract", file.name, "-", *options]
        # One thread: on two cores its threads mostly wait for each other.
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        read = subprocess.run(command, capture_output=True, text=True, timeout=OCR_S, check=True, env=env)  # noqa: S603  -- tesseract with our own file
    return read.stdout.strip()


def numbers_in(text: str) -> list[str]:
    """The queue numbers in a text, as `A-012`, each once, in order."""
    return list(dict.fromkeys(f"{prefix}-{digits}" for prefix, digits in NUMBER.findall(text)))


def number_on(picture: Image.Image) -> str:
    """The queue number drawn in a picture that holds nothing else, or '' when none can be read.

    A prefix is letters and the rest digits: where a form serves for both (O and 0, I and 1), the place decides.
    """
    prefix, dash, digits = _line(picture, LETTERS_AND_DIGITS).partition("-")
    found = f"{prefix.translate(TO_LETTERS)}{dash}{digits.translate(TO_DIGITS)}"
    return found if NUMBER.fullmatch(found) else ""


def counter_on(picture: Image.Image) -> str:
    """The counter's digits drawn in a picture that holds nothing else, or ''."""
    return _line(picture, DIGITS)


def _line(picture: Image.Image, signs: str) -> str:
    """One line of large type on a plain ground, brought to black on white and the height of a line."""
    grey = ImageOps.autocontrast(picture.convert("L"))
    if grey.getpixel((0, 0)) == 0:
        grey = ImageOps.invert(grey)
    inked = ImageOps.invert(grey).point(lambda value: 255 if value > HALF else 0).getbbox()
    if inked is None:
        return ""
    ink = grey.crop(inked)
    line = ink.resize((max(1, round(ink.width * LINE_PX / ink.height)), LINE_PX))
    framed = ImageOps.expand(line, LINE_PX // 2, 255)
    return _tesseract(framed, "--psm", "7", "-c", f"tessedit_char_whitelist={signs}")


AMBER = (255, 200, 87)
"""The ground of the panel that is lit while a call is announced."""
NEAR = 24
"""How far a channel may be from it where letters' edges mix."""
PANEL, TALL, CORNER = 0.5, 0.1, 0.03
"""The least of a line through the frame that is the panel's; the least height of the called number and of the
counter's tile, and the corners' roundness, of the frame's height."""


def called_on(frame: Image.Image) -> tuple[str, str]:
    """Number and counter in the lit panel of a whole lying TV, found by colour and place alone; '' for what is not."""
    picture = frame.convert("RGB")
    panel = _lit_panel(picture)
    if panel is None:
        return "", ""
    ink = panel.convert("L").point(lambda value: 255 if value < HALF else 0)
    tall = [(top, bottom) for top, bottom in _runs(_rows(ink)) if bottom - top >= TALL * frame.height]
    if len(tall) != 2:  # noqa: PLR2004  -- the number, and under it the counter's tile with what stands beside it
        return "", ""
    (top, bottom), (tile_top, tile_bottom) = tall
    left, right = _runs(_rows(ink.crop((0, tile_top, ink.width, tile_bottom)).transpose(Image.Transpose.TRANSPOSE)))[0]
    edge = round(CORNER * frame.height)
    tile = panel.crop((left + edge, tile_top + edge, right - edge, tile_bottom - edge))
    return number_on(panel.crop((0, top, panel.width, bottom))), counter_on(tile)


def _lit_panel(picture: Image.Image) -> Image.Image | None:
    """The panel without its round corners. Amber digits elsewhere do not fill half a line."""
    away = ImageChops.difference(picture, Image.new("RGB", picture.size, AMBER)).split()
    amber = ImageChops.lighter(ImageChops.lighter(away[0], away[1]), away[2]).point(lambda far: 255 * (far < NEAR))
    across = amber.resize((picture.width, 1), Image.Resampling.BOX).tobytes()
    columns = [x for x, value in enumerate(across) if value > PANEL * 255]
    if not columns:
        return None
    strip = amber.crop((columns[0], 0, columns[-1] + 1, picture.height))
    rows = [
        y for y, value in enumerate(strip.resize((1, picture.height), Image.Resampling.BOX).tobytes()) if value > HALF
    ]
    edge = round(CORNER * picture.height)
    return picture.crop((columns[0] + edge, rows[0] + edge, columns[-1] - edge, rows[-1] - edge))


def _rows(mask: Image.Image) -> list[bool]:
    """Whether each row holds anything."""
    data = mask.tobytes()
    return [any(data[at : at + mask.width]) for at in range(0, len(data), mask.width)]


def _runs(there: list[bool]) -> list[tuple[int, int]]:
    """Where something stands without a gap: from, to."""
    edges = [n for n, (before, now) in enumerate(pairwise([False, *there, False])) if before != now]
    return list(zip(edges[::2], edges[1::2], strict=True))


def paper_says(job: bytes) -> tuple[str, str]:
    """The number drawn on a printed ticket, and what its QR opens: from the printer's bytes."""
    paper = papers(job)[0]
    return number_on(max(paper.pictures, key=lambda picture: picture.width)), qr_in(paper.picture())


def qr_in(picture: Image.Image) -> str:
    """What the QR in a picture opens, or ''."""
    from pyzbar.pyzbar import ZBarSymbol, decode  # noqa: PLC0415  -- needs libzbar, which only plays need

    found = decode(picture.convert("L"), symbols=[ZBarSymbol.QRCODE])
    return found[0].data.decode() if found else ""


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._skip += tag in ("style", "script", "title")

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("style", "script", "title")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.texts.append(data)


def page_behind(url: str) -> str:
    """The page a QR opens."""
    with urllib.request.urlopen(url, timeout=10) as reply:  # noqa: S310  -- the hub's own page
        page: bytes = reply.read()
    return page.decode()


def number_on_page(page: str) -> str:
    """The number a visitor reads on the page, or ''."""
    parser = _Texts()
    parser.feed(page)
    found = numbers_in(" ".join(parser.texts))
    return found[0] if found else ""
