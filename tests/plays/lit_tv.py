"""A picture of a real lobby TV."""

from io import BytesIO

from PIL import Image
from PySide6.QtCore import QBuffer

from display.board import Row, View
from display.calls import Entry
from display.screens.wall import Wall
from shared.qt.theme import install_fonts
from tests.display.day import HALL, MORNING, TV


def tv_with(number: str, counter: str, *, lit: bool = True) -> Image.Image:
    """A real lobby TV's picture with that call on it."""
    install_fonts()
    wall = Wall(HALL, TV, now=lambda: MORNING)
    wall.resize(1920, 1080)
    others = tuple(Row(Entry(n, n, f"K-{n:03d}", "12", "Disdukcapil", MORNING), coming=n > 8) for n in range(9, 2, -1))
    wall.show_view(View(called=Entry(10, 10, number, counter, "BPJS Kesehatan", MORNING), lit=lit, rows=others))
    bits = QBuffer()
    wall.grab().save(bits, "BMP")
    wall.deleteLater()
    return Image.open(BytesIO(bits.data().data()))
