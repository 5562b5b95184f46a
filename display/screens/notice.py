"""A notice as a picture: drawn once, in the thread that looks for pictures, in the largest type that fits."""

import re
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from display.notices import MOST_BYTES, Notice, notice_of
from shared.qt.theme import Theme

STEPS = (84, 72, 60, 54, 48, 44)
"""Of the title, in units; the lines are `BESIDE` of it."""
BESIDE = 0.75
USUAL_ROOM, FLAT = 864, 0.7
"""A room's shorter side at 1080p, and how much of its longer one a flat room counts at least."""
EDGE, BETWEEN = 72, 20
BEFORE_NUMBER = re.compile(r"(?<=\w) (?=\d)")
NO_BREAK = "\u00a0"
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


def page_of(path: Path, room: QSize) -> QImage | None:
    """The file as a page of that size; None for one that is no text, or too long to be read."""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    notice = notice_of(text) if len(text) <= MOST_BYTES else None
    return drawn(notice, room) if notice is not None else None


def drawn(notice: Notice, room: QSize) -> QImage | None:
    """The page; None where it does not fit."""
    theme, notice = _theme(room), _whole(notice)
    for step in STEPS:
        places = _places(notice, theme, step, room)
        if places[-1].bottom() + theme.px(EDGE) <= room.height() and _fits(notice, theme, step, room):
            return _painted(notice, theme, step, places, room)
    return None


def _whole(notice: Notice) -> Notice:
    """With each number on the line of the word before it: `pukul 08.00`, `Lantai 2`."""
    title, *lines = (BEFORE_NUMBER.sub(NO_BREAK, line) for line in (notice.title, *notice.lines))
    return Notice(title, tuple(lines))


def _theme(room: QSize) -> Theme:
    """A room's own scale: as large as on the screen it is most of."""
    shorter, longer = sorted((room.width(), room.height()))
    side = round(max(shorter, FLAT * longer) * 1080 / USUAL_ROOM)
    return Theme(QSize(side, side), dark=True, long=1080)


def _width(theme: Theme, room: QSize) -> int:
    return room.width() - 2 * theme.px(EDGE)


def _fits(notice: Notice, theme: Theme, step: float, room: QSize) -> bool:
    """Whether no word is wider than the page."""
    words = [(word, step) for word in notice.title.split(" ")]
    words += [(word, step * BESIDE) for line in notice.lines for word in line.split(" ")]
    wide = _width(theme, room)
    return all(QFontMetrics(theme.font(size, 800)).horizontalAdvance(word) <= wide for word, size in words)


def _places(notice: Notice, theme: Theme, step: float, room: QSize) -> list[QRect]:
    """The title's place and each line's, below each other."""
    wide, top = _width(theme, room), theme.px(EDGE)
    places: list[QRect] = []
    for index, line in enumerate((notice.title, *notice.lines)):
        font = theme.font(step, 800) if index == 0 else theme.font(step * BESIDE, 500)
        tall = QFontMetrics(font).boundingRect(QRect(0, 0, wide, room.height() * 4), WRAPPED, line).height()
        places.append(QRect(theme.px(EDGE), top, wide, tall))
        top += tall + theme.px(BETWEEN * (2.4 if index == 0 else 1))
    return places


def _painted(notice: Notice, theme: Theme, step: float, places: list[QRect], room: QSize) -> QImage:
    page = QImage(room, QImage.Format.Format_RGB32)
    page.fill(theme.card)
    with QPainter(page) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = theme.px(12)
        first = places[0]
        painter.fillRect(QRect(0, first.top(), bar, first.height()), theme.called)
        painter.setPen(theme.ink)
        painter.setFont(theme.font(step, 800))
        painter.drawText(first, WRAPPED, notice.title)
        painter.setFont(theme.font(step * BESIDE, 500))
        for line, place in zip(notice.lines, places[1:], strict=True):
            painter.drawText(place, WRAPPED, line)
    return page
