"""The play's witnesses: what paper, QR, page, TV and loudspeaker say, each read from outside as a person would."""

import re
import subprocess
import tempfile
import urllib.request
from html.parser import HTMLParser

from PIL import Image

NUMBER = re.compile(r"\b([A-Z]{1,2}) ?[-–—] ?(\d{3,})\b")
OCR_S = 30


def read_text(picture: Image.Image, *, block: bool = True) -> str:
    """What tesseract reads in a picture; `block`: one block of text rather than scattered words."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        picture.convert("L").save(file.name)
        command = ["tesseract", file.name, "-", "--psm", "6" if block else "11"]
        return subprocess.run(command, capture_output=True, text=True, timeout=OCR_S, check=True).stdout  # noqa: S603  -- tesseract with our own file


def numbers_in(text: str) -> list[str]:
    """The queue numbers in a text, as `A-012`, each once, in order."""
    return list(dict.fromkeys(f"{prefix}-{digits}" for prefix, digits in NUMBER.findall(text)))


def number_on(picture: Image.Image) -> str:
    """The largest thing on a ticket or a TV panel: its number, or '' when none can be read."""
    found = numbers_in(read_text(picture)) or numbers_in(read_text(picture, block=False))
    return found[0] if found else ""


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
