"""A decoded frame on the screen: right in place and colour, whichever way it is drawn."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QMediaPlayer, QtVideo, QVideoFrame
from PySide6.QtMultimedia import QVideoFrameFormat as Form

from display.film import scaling
from display.film.scaling import Scaler, tried_library, upright_size

Planes = tuple[int, int, int]
"""Y, U and V of one colour."""

pytestmark = pytest.mark.qt_log_ignore("No RHI backend")  # said once: there is no GPU here

HD_RED, HD_GREEN, HD_BLUE = (63, 102, 240), (173, 42, 26), (32, 240, 118)
RED, BLUE = (81, 90, 240), (41, 240, 110)
SD, HD = QSize(64, 48), QSize(64, 720)
WHOLE = QRect(0, 0, 64, 48)


@pytest.fixture(scope="module")
def _decoder(qapp: object) -> Iterator[None]:  # noqa: ARG001  -- Qt loads the decoder for a player
    player = QMediaPlayer()
    yield
    player.deleteLater()


@pytest.fixture(params=["FFmpeg's scaler", "Qt's own way"])
def scaler(_decoder: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Scaler:
    if request.param == "Qt's own way":
        monkeypatch.setattr(scaling, "tried_library", lambda: None)
    return Scaler()


def a_form(size: QSize) -> Form:
    return Form(size, Form.PixelFormat.Format_YUV420P)


def a_frame(form: Form, left: Planes, right: Planes) -> QVideoFrame:
    """One colour on its left half, another on its right."""
    frame, half = QVideoFrame(form), form.frameWidth() // 2
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for plane in range(3):
        wide, memory = half // (2 if plane else 1), frame.bits(plane)
        line = bytes([left[plane]]) * wide + bytes([right[plane]]) * wide
        line = line.ljust(frame.bytesPerLine(plane), b"\0")
        memory[:] = line * (len(memory) // len(line))  # type: ignore[index]
    frame.unmap()
    return frame


def painted(scaler: Scaler, frame: QVideoFrame, seen: QRect, size: QSize) -> QImage:
    onto = QImage(size, QImage.Format.Format_RGB32)
    onto.fill(QColor(1, 2, 3))
    scaler.draw(frame, seen, onto)
    return onto


def is_near(image: QImage, x: int, y: int, colour: Planes) -> bool:
    found = image.pixelColor(x, y)
    rgb = found.red(), found.green(), found.blue()
    return all(abs(a - b) <= 3 for a, b in zip(rgb, colour, strict=True))


@pytest.mark.usefixtures("_decoder")
def test_the_scaler_of_our_qt_is_the_one_that_was_tried() -> None:
    assert tried_library() is not None


@pytest.mark.parametrize(
    ("lines", "space", "extent", "planes", "rgb"),
    [
        (720, Form.ColorSpace.ColorSpace_BT709, Form.ColorRange.ColorRange_Video, HD_RED, (255, 0, 0)),
        (720, Form.ColorSpace.ColorSpace_BT709, Form.ColorRange.ColorRange_Video, HD_GREEN, (0, 255, 0)),
        (720, Form.ColorSpace.ColorSpace_BT709, Form.ColorRange.ColorRange_Video, HD_BLUE, (0, 0, 255)),
        (720, Form.ColorSpace.ColorSpace_BT709, Form.ColorRange.ColorRange_Video, (16, 128, 128), (0, 0, 0)),
        (720, Form.ColorSpace.ColorSpace_BT709, Form.ColorRange.ColorRange_Video, (235, 128, 128), (255, 255, 255)),
        (720, Form.ColorSpace.ColorSpace_BT601, Form.ColorRange.ColorRange_Video, RED, (255, 0, 0)),
        (720, Form.ColorSpace.ColorSpace_Undefined, Form.ColorRange.ColorRange_Unknown, HD_RED, (255, 0, 0)),
        (480, Form.ColorSpace.ColorSpace_Undefined, Form.ColorRange.ColorRange_Unknown, RED, (255, 0, 0)),
        (480, Form.ColorSpace.ColorSpace_BT709, Form.ColorRange.ColorRange_Video, HD_RED, (255, 0, 0)),
        (480, Form.ColorSpace.ColorSpace_BT601, Form.ColorRange.ColorRange_Full, (76, 85, 255), (254, 0, 0)),
        (480, Form.ColorSpace.ColorSpace_BT601, Form.ColorRange.ColorRange_Full, (16, 128, 128), (16, 16, 16)),
    ],
)
@pytest.mark.usefixtures("_decoder")
def test_colours_are_those_of_the_films_standard(
    lines: int, space: Form.ColorSpace, extent: Form.ColorRange, planes: Planes, rgb: Planes
) -> None:
    """ITU-R BT.709-6 and BT.601-7: primaries, black and white; unnamed ones by the number of lines."""
    form = a_form(QSize(64, lines))
    form.setColorSpace(space)
    form.setColorRange(extent)
    image = painted(Scaler(), a_frame(form, planes, planes), QRect(0, 0, 64, lines), QSize(60, lines - 20))
    assert is_near(image, 20, 15, rgb), image.pixelColor(20, 15).getRgb()


@pytest.mark.parametrize("size", [QSize(31, 23), SD, QSize(129, 97)], ids=["smaller", "as it is", "larger"])
def test_all_of_a_frame_fills_its_place(scaler: Scaler, size: QSize) -> None:
    image = painted(scaler, a_frame(a_form(SD), RED, BLUE), WHOLE, size)
    for y in (0, size.height() - 1):
        assert is_near(image, 0, y, (255, 0, 0))
        assert is_near(image, size.width() - 1, y, (0, 0, 255))


def test_what_is_cut_off_a_frame_is_not_seen(scaler: Scaler) -> None:
    image = painted(scaler, a_frame(a_form(SD), RED, BLUE), QRect(34, 10, 30, 20), QSize(60, 40))
    assert all(is_near(image, x, y, (0, 0, 255)) for x in (0, 59) for y in (0, 39))


@pytest.mark.parametrize(
    ("frame", "size"),
    [
        (SD, QSize(31, 23)),
        (QSize(24, 18), QSize(24, 18)),
        (QSize(36, 20), QSize(36, 20)),
        (SD, QSize(2, 8)),
        (QSize(4, 4), QSize(31, 23)),
    ],
    ids=["smaller", "one in one, 24 wide", "one in one, 36 wide", "a strip", "next to nothing"],
)
def test_all_of_the_picture_is_written_and_nothing_beside_it(scaler: Scaler, frame: QSize, size: QSize) -> None:
    wide, tall, beside = size.width(), size.height(), bytes(4096)
    memory = bytearray(4 * wide * tall) + beside
    onto = QImage(memory, wide, tall, 4 * wide, QImage.Format.Format_RGB32)
    assert scaler.draw(a_frame(a_form(frame), RED, RED), QRect(QPoint(), frame), onto)
    assert memory[-len(beside) :] == beside
    corners = [(x, y) for x in (0, wide - 1) for y in (0, tall - 1)]
    assert all(is_near(onto, x, y, (255, 0, 0)) for x, y in corners)
    assert all(memory[3 : -len(beside) : 4]), "each pixel is written, and opaque"


@pytest.mark.parametrize(
    ("frame", "seen"),
    [(QSize(64, 32), WHOLE), (QSize(32, 48), WHOLE), (QSize(64, 49), QRect(0, 0, 64, 49))],
    ids=["fewer lines", "fewer columns", "a line without colour"],
)
@pytest.mark.usefixtures("_decoder")
def test_what_a_frame_does_not_hold_is_not_read(frame: QSize, seen: QRect) -> None:
    library = tried_library()
    assert library is not None
    onto = QImage(QSize(40, 30), QImage.Format.Format_RGB32)
    assert not Scaler()._scale(library, a_frame(a_form(frame), RED, RED), seen, onto)


def test_what_was_filmed_with_the_camera_turned_stands_upright(scaler: Scaler) -> None:
    form = a_form(SD)
    form.setRotation(QtVideo.Rotation.Clockwise90)
    frame = a_frame(form, RED, BLUE)
    assert upright_size(frame) == QSize(48, 64)
    image = painted(scaler, frame, QRect(0, 0, 48, 64), QSize(48, 64))
    assert is_near(image, 24, 3, (255, 0, 0)), "its left is on top"
    assert is_near(image, 24, 60, (0, 0, 255))


@pytest.mark.usefixtures("_decoder")
def test_one_scaler_draws_frames_of_several_sizes() -> None:
    scaler = Scaler()
    for size in (SD, QSize(32, 32), SD):
        image = painted(scaler, a_frame(a_form(size), RED, RED), QRect(0, 0, 32, 32), QSize(20, 20))
        assert is_near(image, 10, 10, (255, 0, 0))
