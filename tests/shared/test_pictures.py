"""The pictures of a folder: which comes next, how it is fitted, and what is no picture."""

import os
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QSize, Qt
from pytestqt.qtbot import QtBot

from shared.qt.pictures import File, Folder, Found, Pictures, decoded, fit

ROOM = QSize(192, 108)


def a_picture(folder: Path, name: str, size: tuple[int, int] = (320, 180), *, turned: bool = False) -> Path:
    """A picture in red; `turned`: the camera was held upright."""
    path = folder / name
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    Image.new("RGB", size, "red").save(path, exif=exif)
    return path


@pytest.mark.parametrize(
    ("picture", "room", "size", "seen"),
    [
        ((3200, 1800), (1920, 1080), (1920, 1080), (1920, 1080)),
        ((4000, 3000), (1920, 1080), (1440, 1080), (1440, 1080)),
        ((4000, 2500), (1920, 1080), (1920, 1200), (1920, 1080)),
        ((1080, 1920), (1080, 1620), (1080, 1920), (1080, 1620)),
        ((1920, 1080), (1080, 1620), (1080, 607), (1080, 607)),
        ((100, 100), (1920, 1080), (1080, 1080), (1080, 1080)),
        ((9000, 3), (1920, 1080), (1920, 1), (1920, 1)),
    ],
    ids=["as the screen", "photo 4:3", "photo 16:10", "upright", "lying on an upright screen", "square", "a line"],
)
def test_a_picture_fills_the_screen_unless_much_of_it_were_lost(
    picture: tuple[int, int], room: tuple[int, int], size: tuple[int, int], seen: tuple[int, int]
) -> None:
    fitted = fit(QSize(*picture), QSize(*room))
    assert (fitted.size.toTuple(), fitted.seen.size().toTuple()) == (size, seen)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "JPEG"])
def test_a_picture_is_decoded_as_large_as_the_screen(tmp_path: Path, suffix: str) -> None:
    picture = decoded(a_picture(tmp_path, f"balai.{suffix}"), ROOM)
    assert picture is not None
    assert picture.size() == ROOM
    assert picture.pixelColor(90, 50).red() > 240


def test_a_photo_stands_as_its_camera_was_held(tmp_path: Path) -> None:
    picture = decoded(a_picture(tmp_path, "foto.jpg", (320, 180), turned=True), QSize(108, 192))
    assert picture is not None
    assert picture.size() == QSize(108, 192)


def test_what_a_picture_leaves_free_is_darker_than_it(tmp_path: Path) -> None:
    picture = decoded(a_picture(tmp_path, "lying.png"), QSize(108, 192))
    assert picture is not None
    assert picture.size() == QSize(108, 192)
    assert (picture.pixelColor(54, 96).red(), picture.pixelColor(54, 5).red()) == pytest.approx((255, 165), abs=3)


def test_what_is_broken_or_gigantic_is_no_picture(tmp_path: Path) -> None:
    whole = a_picture(tmp_path, "whole.png", (400, 300)).read_bytes()
    (tmp_path / "broken.jpg").write_bytes(b"no picture at all")
    (tmp_path / "half.png").write_bytes(whole[:-200])
    Image.new("1", (6000, 4000)).save(tmp_path / "gigantic.png")
    found = {name: decoded(tmp_path / name, ROOM) for name in ("broken.jpg", "gigantic.png", "away.jpg")}
    assert found == {"broken.jpg": None, "gigantic.png": None, "away.jpg": None}


def shown_in_turn(folder: Folder, times: int) -> list[str]:
    names, shown = list[str](), None
    for _ in range(times):
        found = folder.next(shown, ROOM)
        shown = found.file or shown
        names.append(found.file.name if found.file else "")
    return names


def test_pictures_come_by_name_and_begin_anew(tmp_path: Path) -> None:
    for name in ("b.jpg", "A.png", "c.webp", "notes.txt", ".hidden.jpg"):
        a_picture(tmp_path, name) if not name.endswith("txt") else (tmp_path / name).write_text("x", "utf-8")
    assert shown_in_turn(Folder(tmp_path), 4) == ["A.png", "b.jpg", "c.webp", "A.png"]


def test_broken_ones_are_told_and_left_out_until_they_are_replaced(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    a_picture(tmp_path, "a.jpg")
    broken = tmp_path / "b.jpg"
    broken.write_bytes(b"half a")
    assert shown_in_turn(folder, 2) == ["a.jpg", "a.jpg"]
    assert folder.next(File("a.jpg", 0, 0), ROOM).broken == ("b.jpg",)
    a_picture(tmp_path, "b.jpg")
    os.utime(broken, (1, 1))
    found = folder.next(File("a.jpg", 0, 0), ROOM)
    assert (found.file and found.file.name, found.broken) == ("b.jpg", ())


def test_a_new_picture_comes_and_a_removed_one_goes(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    first = a_picture(tmp_path, "a.jpg")
    shown = folder.next(None, ROOM).file
    assert folder.next(shown, ROOM) == Found(shown)
    a_picture(tmp_path, "b.jpg")
    later = folder.next(shown, ROOM).file
    assert later is not None
    assert later.name == "b.jpg"
    first.unlink()
    assert folder.next(later, ROOM) == Found(later)
    (tmp_path / "b.jpg").unlink()
    assert folder.next(later, ROOM) == Found()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert Folder(tmp_path / "tidak ada").next(None, ROOM) == Found(missing=True)


def test_the_next_picture_is_looked_for_aside_of_the_screen(tmp_path: Path, qtbot: QtBot) -> None:
    a_picture(tmp_path, "a.jpg")
    pictures = Pictures(tmp_path)
    with qtbot.waitSignal(pictures.came, timeout=10_000) as told:
        pictures.ask_next(None, ROOM)
        pictures.ask_next(None, ROOM)
    found = told.args[0] if told.args else Found()
    assert found.picture is not None
    assert pictures.close()


@pytest.mark.usefixtures("qapp")
def test_what_was_found_when_the_screen_closes_is_told_no_more(tmp_path: Path) -> None:
    a_picture(tmp_path, "a.jpg")
    pictures, found, told = Pictures(tmp_path), threading.Event(), list[Found]()
    pictures.came.connect(told.append)
    pictures._looker.found.connect(lambda _found: found.set(), Qt.ConnectionType.DirectConnection)
    pictures.ask_next(None, ROOM)
    assert found.wait(10)
    assert pictures.close()
    QCoreApplication.processEvents()
    assert told == []
