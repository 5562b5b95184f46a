"""A decoded frame → the picture on the screen, scaled and coloured in one pass.

By FFmpeg's own scaler, which comes with Qt's decoder: 1.7 ms of processor a frame from 1280×720 to 1220×686, where
Qt's conversion of the whole frame and a painter's scaling take 5.3. What is laid out otherwise than nearly all films
are, or comes with another scaler than the one that was tried, is drawn Qt's way.
"""

import ctypes
from functools import cache
from pathlib import Path
from typing import NamedTuple

import PySide6
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

TRIED = 8
"""libswscale's major version, of FFmpeg 7. Another may want to be called otherwise, and a wrong call is a crash."""
HIGHEST_SD = 576
"""Lines up to which a film that does not name its colours has those of ITU-R BT.601; a higher one those of BT.709."""

LEAST = 16
"""Columns and lines of what it is given and gives: with few of them it divides by zero, or writes beyond the end."""

_PLACES = "Qt/lib/libswscale.so.[0-9]", "Qt/lib/libswscale.[0-9].dylib", "swscale-*.dll"
_YUV420P, _BGRA = 0, 28  # AV_PIX_FMT_… of libavutil/pixfmt.h; QImage's Format_RGB32 is BGRA in memory
_BILINEAR, _ACCURATE = 2, 1 << 18  # SWS_BILINEAR, SWS_ACCURATE_RND of libswscale/swscale.h
_ONE = 1 << 16  # contrast and saturation as they are, in 16.16
_PLANES = 3

_Space = QVideoFrameFormat.ColorSpace
_BT709, _BT601 = 1, 5  # SWS_CS_… of libswscale/swscale.h
_SPACES = {_Space.ColorSpace_BT601: _BT601, _Space.ColorSpace_BT709: _BT709, _Space.ColorSpace_BT2020: 9}

_Addresses, _Strides = ctypes.c_void_p * 4, ctypes.c_int * 4


class Recipe(NamedTuple):
    """What a context of the scaler is made for."""

    seen: QSize
    shown: QSize
    space: int
    is_full_range: bool

    @property
    def is_safe(self) -> bool:
        """Whether the scaler was found to keep within its memory so: U and V have a whole line for each two of Y."""
        seen, shown = self.seen, self.shown
        sides = seen.width(), seen.height(), shown.width(), shown.height()
        return min(sides) >= LEAST and not (seen.width() % 2 or seen.height() % 2)

    @property
    def flags(self) -> int:
        """How it scales: one in one it would write blocks of 16 pixels, also beyond the picture's end."""
        return _BILINEAR | (_ACCURATE if self.seen == self.shown else 0)


def upright_size(frame: QVideoFrame) -> QSize:
    """How large a frame is as it is to be seen; empty where it cannot be."""
    return frame.size() if _is_plain(frame) else frame.toImage().size()


class Scaler:
    """Draws the frames of one film. Made after Qt's player, which loads what FFmpeg needs."""

    def __init__(self) -> None:
        self._library = tried_library()
        self._recipe: Recipe | None = None
        self._context: int | None = None

    def draw(self, frame: QVideoFrame, seen: QRect, onto: QImage) -> bool:
        """Fill `onto`, of Format_RGB32, with what is `seen` of the upright frame; False where there is no picture."""
        if self._library is not None and _is_plain(frame) and self._scale(self._library, frame, seen, onto):
            return True
        picture = frame.toImage()
        if picture.isNull():
            return False
        with QPainter(onto) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(onto.rect(), picture, seen)
        return True

    def _scale(self, library: ctypes.CDLL, frame: QVideoFrame, seen: QRect, onto: QImage) -> bool:
        recipe = _recipe(frame, seen, onto)
        context = self._made_for(library, recipe) if recipe.is_safe else None
        if context is None or not frame.map(QVideoFrame.MapMode.ReadOnly):
            return False
        try:
            if not all(_holds(frame, plane, seen) for plane in range(_PLANES)):
                return False
            planes = [_address(frame.bits(plane)) + _offset(frame, plane, seen) for plane in range(_PLANES)]
            strides = [frame.bytesPerLine(plane) for plane in range(_PLANES)]
            lines = library.sws_scale(
                context, _Addresses(*planes), _Strides(*strides), 0, seen.height(),
                _Addresses(_address(onto.bits())), _Strides(onto.bytesPerLine()),
            )  # fmt: skip
            return bool(lines == onto.height())
        finally:
            frame.unmap()

    def _made_for(self, library: ctypes.CDLL, recipe: Recipe) -> int | None:
        if recipe != self._recipe:
            library.sws_freeContext(self._context)
            self._recipe, self._context = recipe, _context(library, recipe)
        return self._context


@cache
def tried_library() -> ctypes.CDLL | None:
    """The scaler that Qt's decoder uses, once Qt has loaded it; None where it is another than the one tried."""
    found = [path for place in _PLACES for path in Path(PySide6.__file__).parent.glob(place)]
    try:
        library = ctypes.CDLL(str(found[0]))
    except (IndexError, OSError):
        return None
    if library.swscale_version() >> 16 != TRIED:
        return None
    library.sws_getContext.restype = ctypes.c_void_p
    library.sws_getCoefficients.restype = ctypes.c_void_p
    library.sws_getContext.argtypes = [ctypes.c_int] * 7 + [ctypes.c_void_p] * 3
    library.sws_getCoefficients.argtypes = [ctypes.c_int]
    library.sws_setColorspaceDetails.argtypes = [
        ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, *[ctypes.c_int] * 4,
    ]  # fmt: skip
    library.sws_scale.argtypes = [
        ctypes.c_void_p, _Addresses, _Strides, ctypes.c_int, ctypes.c_int, _Addresses, _Strides,
    ]  # fmt: skip
    library.sws_freeContext.argtypes = [ctypes.c_void_p]
    library.sws_freeContext.restype = None
    return library


def _context(library: ctypes.CDLL, recipe: Recipe) -> int | None:
    seen, shown = recipe.seen, recipe.shown
    context: int | None = library.sws_getContext(
        seen.width(), seen.height(), _YUV420P, shown.width(), shown.height(), _BGRA, recipe.flags, None, None, None
    )
    if context is not None:
        from_, to = library.sws_getCoefficients(recipe.space), library.sws_getCoefficients(_BT601)
        library.sws_setColorspaceDetails(context, from_, recipe.is_full_range, to, 1, 0, _ONE, _ONE)
    return context


def _recipe(frame: QVideoFrame, seen: QRect, onto: QImage) -> Recipe:
    form = frame.surfaceFormat()
    unnamed = _BT601 if frame.height() <= HIGHEST_SD else _BT709
    full = form.colorRange() is QVideoFrameFormat.ColorRange.ColorRange_Full
    return Recipe(seen.size(), onto.size(), _SPACES.get(form.colorSpace(), unnamed), full)


def _is_plain(frame: QVideoFrame) -> bool:
    """Whether it has 8-bit Y, U and V planes and stands upright."""
    form = frame.surfaceFormat()
    return (
        form.pixelFormat() is QVideoFrameFormat.PixelFormat.Format_YUV420P
        and form.rotation() is QtVideo.Rotation.None_
        and not form.isMirrored()
        and form.scanLineDirection() is QVideoFrameFormat.Direction.TopToBottom
    )


def _offset(frame: QVideoFrame, plane: int, seen: QRect) -> int:
    """Where in a plane what is seen begins, in bytes: U and V have half the columns and lines."""
    half = 2 if plane else 1
    return seen.y() // half * frame.bytesPerLine(plane) + seen.x() // half


def _holds(frame: QVideoFrame, plane: int, seen: QRect) -> bool:
    """Whether all that is seen lies in that plane: a film may change its size."""
    half = 2 if plane else 1
    last = _offset(frame, plane, seen) + (seen.height() // half - 1) * frame.bytesPerLine(plane)
    is_within = QRect(QPoint(), frame.size()).contains(seen)
    return is_within and last + seen.width() // half <= frame.mappedBytes(plane)


def _address(memory: bytes | bytearray | memoryview) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(memory))
