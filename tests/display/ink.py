"""What can really be seen: pixels of a grabbed window."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

Pixels = NDArray[np.int16]


def pixels_of(widget: QWidget) -> Pixels:
    """What stands in the place of `widget` in its window: height × width × RGB."""
    place = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
    image = widget.window().grab(place).toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)


def ink_of(widget: QWidget, colour: QColor) -> NDArray[np.bool_]:
    """Where `widget` shows `colour`, at least half of it."""
    target = np.array([colour.red(), colour.green(), colour.blue()], np.int16)
    inked: NDArray[np.bool_] = np.abs(pixels_of(widget) - target).max(axis=2) < 100
    return inked


def lines_of(ink: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """The lines of lettering, cut at empty rows of pixels."""
    full = np.flatnonzero(ink.any(axis=1))
    breaks = [0, *(index for index, (a, b) in enumerate(pairwise(full), start=1) if b - a > 1), len(full)]
    return [ink[full[first] : full[last - 1] + 1] for first, last in pairwise(breaks)]


def cap_height(line: NDArray[np.bool_]) -> int:
    """The height of the line's first sign, which must be flat above and below (Z, 1, 4): round ones overshoot."""
    columns = np.flatnonzero(line.any(axis=0))
    gaps = np.flatnonzero(np.diff(columns) > 1)
    last = columns[gaps[0]] if len(gaps) else columns[-1]
    rows = np.flatnonzero(line[:, columns[0] : last + 1].any(axis=1))
    return int(rows[-1] - rows[0] + 1)
