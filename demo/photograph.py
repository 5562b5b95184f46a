"""A window of this process as a small picture. Knows no app."""

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def photograph(widget: QWidget, size: tuple[int, int]) -> Image.Image:
    """`widget` as it is now, scaled down to `size` in pixels. It may else be left unpainted, which halves the work."""
    kept_still = not widget.updatesEnabled()
    widget.setUpdatesEnabled(True)
    seen = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    widget.setUpdatesEnabled(not kept_still)
    bits = bytes(seen.constBits())
    picture = Image.frombuffer("RGB", (seen.width(), seen.height()), bits, "raw", "BGRX", seen.bytesPerLine(), 1)
    return reduced(picture, size)


def reduced(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """`picture` scaled down to `size`: the mean of what falls together."""
    return picture.resize(size, Image.Resampling.BOX, reducing_gap=2)
