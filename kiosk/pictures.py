"""Pictures for thermal paper: black dots on white. The number has a module of its own (kiosk.numeral)."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

_OBEYED_AT_ONCE = (b"\x10\x04", b"\x10\x05", b"\x10\x14")
"""DLE EOT, DLE ENQ, DLE DC4: a printer obeys these even in the middle of a picture's data."""


def qr_width(data: str) -> int:
    """How many modules wide the code of `data` is, without white around it."""
    version: int = _code(data).best_fit()
    return 17 + 4 * version


def qr_modules(data: str) -> Image.Image:
    """The code of `data` in modules, one dot each, without white around it."""
    code = _code(data)
    code.make()
    matrix: list[list[bool]] = code.get_matrix()
    picture = Image.new("1", (len(matrix), len(matrix)))
    picture.putdata([0 if dark else 255 for row in matrix for dark in row])
    return picture


def _code(data: str) -> Any:  # noqa: ANN401  -- qrcode ships no types
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data)
    return code


@lru_cache(maxsize=8)
def logo(data: bytes, width: int, height: int) -> Image.Image:
    """A logo in dots, at most `width` × `height`, on white."""
    with Image.open(BytesIO(data)) as opened:
        coloured = opened.convert("RGBA")
    ground = Image.new("RGBA", coloured.size, "white")
    ground.alpha_composite(coloured)
    grey = ground.convert("L")
    scale = min(width / grey.width, height / grey.height)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS).convert("1")


def harmless(picture: Image.Image) -> Image.Image:
    """`picture` with a dot left out wherever its bytes would read as an order that printers obey at once."""
    dots = ImageChops.invert(picture.convert("1")).tobytes()
    for order in _OBEYED_AT_ONCE:
        dots = dots.replace(order, b"\0" + order[1:])
    return ImageChops.invert(Image.frombytes("1", picture.size, dots))
