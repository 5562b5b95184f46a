"""The play's witnesses: what paper, QR, page, TV and loudspeaker say, each read from outside as a person would."""

import os
import re
import subprocess
import tempfile
import urllib.request
from html.parser import HTMLParser

from PIL import Image, ImageOps

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


def number_behind(url: str) -> str:
    """The number on the page a QR opens, or ''."""
    with urllib.request.urlopen(url, timeout=10) as reply:  # noqa: S310  -- the hub's own page
        parser = _Texts()
        parser.feed(reply.read().decode())
    found = numbers_in(" ".join(parser.texts))
    return found[0] if found else ""
