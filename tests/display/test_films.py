"""Films beside the calls: seen as they are made, in turn with pictures, and never to the harm of the board."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NoReturn, cast

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoSink
from pytestqt.qtbot import QtBot

from benchmarks.film import Codec, halves, scenery, write_film
from display.board import View
from display.ducking import RAMP_MS, FilmLoudness, film_loudness, ramp
from display.film.film import Film
from display.film.frames import make_frames
from display.film.projector import Projector, _seen
from display.film.showing import Showing
from display.quiet import Silences
from display.screens.wall import Wall
from shared.hall import VolumeAt
from shared.qt.pictures import File, Found
from tests.display.day import HALL, MORNING, TV
from tests.display.test_screens import LIMIT_MS, view

ROOM = QSize(321, 240)
RED, BLUE = (230, 20, 20), (20, 20, 230)
SILENT = FilmLoudness()


def near(one: QColor, other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip((one.red(), one.green(), one.blue()), other, strict=True))


def a_film(path: Path, codec: Codec = "libx264", *, seconds: float = 0.6, rate: int = 10) -> Path:
    """Red on the left, blue on the right."""
    return write_film(path, codec, halves(192, 108, RED, BLUE), seconds=seconds, rate=rate)


def both_colours(frame: QImage) -> bool:
    return near(frame.pixelColor(3, 3), RED) and near(frame.pixelColor(frame.width() - 1, frame.height() - 1), BLUE)


def a_seen(film: Film, qtbot: QtBot) -> tuple[QImage, QRect, int, bool]:
    """Its first picture, the place of later ones, how many those were, and whether it came to its end."""
    begun: list[tuple[QImage, QRect]] = []
    count: list[bool] = []
    film.begun.connect(lambda whole, place: begun.append((whole, place)))
    film.changed.connect(lambda: count.append(film.frame is not None and both_colours(film.frame)))
    with qtbot.waitSignal(film.ended, timeout=LIMIT_MS) as ended:
        film.start(sound=False)
    assert all(count)
    return *begun[0], len(count), ended.args[0]


# ------------------------------------------------------------------ what is played


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libx264"), ("a.webm", "libvpx-vp9")])
def test_a_film_is_seen_in_its_colours_in_the_middle_of_its_room(
    tmp_path: Path, qtbot: QtBot, name: str, codec: Codec
) -> None:
    film = Film(a_film(tmp_path / name, codec), ROOM, SILENT)
    whole, place, frames, to_its_end = a_seen(film, qtbot)
    film.stop()
    assert (whole.size(), place, to_its_end) == (ROOM, QRect(0, 30, 321, 180), True)
    assert near(whole.pixelColor(60, 120), RED)
    assert near(whole.pixelColor(320, 120), BLUE)
    assert whole.pixelColor(60, 10).red() < 200, "what surrounds it is darker"
    assert frames >= 2


@pytest.mark.qt_log_ignore("No RHI backend")
@pytest.mark.parametrize(
    ("rate", "shown"), [(60, 30), (50, 25), (30, 30), (25, 25)], ids=lambda number: f"{number} a second"
)
def test_of_fifty_or_sixty_frames_a_second_each_other_one_is_shown_and_of_fewer_all(
    capsys: pytest.CaptureFixture[str], rate: int, shown: int
) -> None:
    """By the film's own time, however busy this PC is: a second of frames, each of which the TV gives back."""
    frames = make_frames(ROOM)
    order = {"show": "", "width": ROOM.width(), "height": ROOM.height(), "frames": frames.name}
    projector = Projector()
    projector.came.emit(json.dumps(order | {"from_ms": 0, "sound": False}))
    sink = cast("QVideoSink", projector.findChild(QVideoSink))
    picture = QImage(64, 36, QImage.Format.Format_RGB32)
    picture.fill(QColor(*RED))
    told: list[int] = []
    for number in range(rate):
        frame = QVideoFrame(picture)
        frame.setStartTime(round(number * 1_000_000 / rate))
        sink.setVideoFrame(frame)
        for answer in map(json.loads, capsys.readouterr().out.splitlines()):
            told.append(answer.get("frame", answer.get("begun")))
            projector.came.emit(json.dumps({"free": told[-1]}))
    assert len(told) == shown


@pytest.mark.parametrize(
    ("room", "place"), [(QSize(64, 48), QSize(64, 36)), (QSize(63, 48), QSize(63, 35))], ids=["even", "odd"]
)
@pytest.mark.qt_log_ignore("No RHI backend")
def test_a_film_whose_frames_change_their_size_still_fills_its_place(
    capsys: pytest.CaptureFixture[str], room: QSize, place: QSize
) -> None:
    frames = make_frames(room)
    projector = Projector()
    order = {
        "show": "",
        "width": room.width(),
        "height": room.height(),
        "frames": frames.name,
        "from_ms": 0,
        "sound": False,
    }
    projector.came.emit(json.dumps(order))
    sink = cast("QVideoSink", projector.findChild(QVideoSink))
    for number, size in enumerate([QSize(64, 36), QSize(32, 18), QSize(128, 72)]):
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(QColor(*(RED, BLUE, RED)[number]))
        frame = QVideoFrame(picture)
        frame.setStartTime(number * 100_000)
        sink.setVideoFrame(frame)
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        if number:
            shown = frames.image(told["frame"], place)
            assert near(shown.pixelColor(place.width() - 1, place.height() - 1), (RED, BLUE, RED)[number])
        projector.came.emit(json.dumps({"free": told.get("frame", told.get("begun"))}))


@pytest.mark.parametrize(
    ("shape", "picture", "seen"),
    [
        (QSize(1220, 686), QSize(1280, 720), QRect(0, 0, 1280, 720)),
        (QSize(1220, 686), QSize(1919, 1081), QRect(0, 0, 1918, 1078)),
        (QSize(640, 480), QSize(1280, 720), QRect(160, 0, 960, 720)),
        (QSize(480, 640), QSize(64, 64), QRect(8, 0, 48, 64)),
        (QSize(320, 180), QSize(2, 1), QRect(0, 0, 1, 1)),
        (QSize(1220, 2), QSize(1, 1), QRect(0, 0, 1, 1)),
    ],
)
def test_of_a_frame_its_middle_is_seen_in_the_shape_of_its_place(shape: QSize, picture: QSize, seen: QRect) -> None:
    assert _seen(shape, picture) == seen


def test_a_film_whose_end_is_missing_is_seen_as_far_as_it_goes(tmp_path: Path, qtbot: QtBot) -> None:
    path = write_film(tmp_path / "cut.mp4", "libx264", scenery(192, 108), seconds=3, rate=10)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 5])
    film = Film(path, ROOM, SILENT)
    with qtbot.waitSignal(film.ended, timeout=LIMIT_MS) as ended:
        film.start(sound=False)
    film.stop()
    assert ended.args == [False]


def _without_its_index(path: Path) -> None:
    path.write_bytes(a_film(path).read_bytes()[:700])


def _text(path: Path) -> None:
    path.write_text("no film")


@pytest.mark.parametrize("spoil", [_without_its_index, _text], ids=["cut off at once", "no film at all"])
def test_what_cannot_be_played_is_told(tmp_path: Path, qtbot: QtBot, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "a.mp4")
    film = Film(tmp_path / "a.mp4", ROOM, SILENT)
    with qtbot.waitSignal(film.failed, timeout=LIMIT_MS) as failed:
        film.start(sound=False)
    film.stop()
    assert failed.args[0]


# ------------------------------------------------------------------ which film, and for how long


class Reel(Film):
    """A film of paper: what becomes of it the test says."""

    def __init__(self, path: Path, from_ms: int) -> None:
        super().__init__(path, ROOM, SILENT, from_ms=from_ms)
        self.heard: list[FilmLoudness] = []
        self.is_left = False

    def start(self, *, sound: bool) -> None:
        self.sound = sound

    def turn(self, loudness: FilmLoudness) -> None:
        self.heard.append(loudness)

    def leave(self) -> None:
        self.is_left = True

    def stop(self) -> None:
        self.is_left = True


class Cinema(QObject):
    """The showing of a film that the test plays."""

    quiet = Signal()

    def __init__(self, *, longest_s: float = 60) -> None:
        super().__init__()
        self.reels: list[Reel] = []
        self.showing = Showing(self, longest_s=longest_s, sound=True, project=self._project, least_ms=0)
        self.broken: list[File] = []
        self.put_off: list[File] = []
        self.showing.broken.connect(self.broken.append)
        self.showing.put_off.connect(self.put_off.append)
        self.file = File("a.mp4", 1, 1)

    def _project(self, path: Path, _room: QSize, _loudness: FilmLoudness, from_ms: int) -> Film:
        self.reels.append(Reel(path, from_ms))
        return self.reels[-1]

    def show(self) -> Reel:
        self.showing.show(self.file, Path("a.mp4"), ROOM, SILENT)
        return self.reels[-1]


@pytest.fixture
def cinema(qtbot: QtBot) -> Cinema:  # noqa: ARG001  -- brings the loop
    return Cinema()


def test_a_film_whose_program_is_lost_goes_on_where_it_was(cinema: Cinema) -> None:
    reel = cinema.show()
    reel.at_ms = 7000
    reel.lost.emit(False)
    assert [one.at_ms for one in cinema.reels] == [7000, 7000]
    assert (reel.is_left, cinema.broken) == (True, [])


def test_a_film_that_loses_its_program_twice_is_broken(cinema: Cinema, qtbot: QtBot) -> None:
    cinema.show().lost.emit(False)
    with qtbot.waitSignal(cinema.showing.over):
        cinema.reels[-1].lost.emit(False)
    assert (len(cinema.reels), cinema.broken) == (2, [cinema.file])


@pytest.mark.parametrize("innocent", [(True, True), (True, False), (False, True)])
def test_a_film_for_which_this_pc_has_no_room_is_put_off_and_goes_on_where_it_was(
    cinema: Cinema, innocent: tuple[bool, bool]
) -> None:
    reel = cinema.show()
    reel.at_ms = 7000
    reel.lost.emit(innocent[0])
    cinema.reels[-1].lost.emit(innocent[1])
    cinema.showing.leave()
    assert (cinema.put_off, cinema.broken) == ([cinema.file], [])
    assert cinema.show().at_ms == 7000


def no_memory(_pixels: int) -> NoReturn:
    raise OSError("no memory")


def no_program(film: Film, _monkeypatch: pytest.MonkeyPatch) -> None:
    film._child._command[0] = "/nowhere/python"


def killed(film: Film, _monkeypatch: pytest.MonkeyPatch) -> None:
    film._child._command[:] = ["sh", "-c", "kill -9 $$"]


def crashes(film: Film, _monkeypatch: pytest.MonkeyPatch) -> None:
    film._child._command[:] = ["sh", "-c", "kill -11 $$"]


def hangs(film: Film, _monkeypatch: pytest.MonkeyPatch) -> None:
    film._child._command[:] = ["sleep", "60"]
    film._watch.setInterval(10)


def without_memory(_film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display.film.film.make_frames", no_memory)


@pytest.mark.parametrize(
    ("befall", "innocent"),
    [(without_memory, True), (no_program, True), (killed, True), (crashes, False), (hangs, False)],
)
def test_a_film_is_not_to_blame_for_a_pc_that_is_short_of_memory(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    befall: Callable[[Film, pytest.MonkeyPatch], None],
    innocent: bool,
) -> None:
    film = Film(Path("a.mp4"), ROOM, SILENT)
    befall(film, monkeypatch)
    with qtbot.waitSignal(film.lost, timeout=LIMIT_MS) as lost:
        film.start(sound=False)
    assert lost.args == [innocent]
    film.stop()


def test_a_film_cut_short_is_told_as_broken_and_is_over(cinema: Cinema, qtbot: QtBot) -> None:
    reel = cinema.show()
    with qtbot.waitSignal(cinema.showing.over):
        reel.ended.emit(False)
    assert cinema.broken == [cinema.file]


def test_a_film_to_its_end_begins_anew_in_its_next_turn(cinema: Cinema, qtbot: QtBot) -> None:
    reel = cinema.show()
    reel.at_ms = 9000
    with qtbot.waitSignal(cinema.showing.over):
        reel.ended.emit(True)
    assert (cinema.show().at_ms, cinema.broken) == (0, [])


@pytest.mark.usefixtures("qtbot")
def test_a_long_film_makes_room_and_goes_on_in_its_next_turn(qtbot: QtBot) -> None:
    cinema = Cinema(longest_s=0.01)
    reel = cinema.show()
    reel.at_ms = 300_000
    with qtbot.waitSignal(cinema.showing.over, timeout=LIMIT_MS):
        pass
    cinema.showing.leave()
    assert (cinema.show().at_ms, cinema.broken) == (300_000, [])


# ------------------------------------------------------------------ how loud


@pytest.mark.parametrize(
    ("shown", "percent", "loudness"),
    [
        (View(), 60, FilmLoudness(0.6, 1.0)),
        (View(lit=True), 60, FilmLoudness(0.6, 0.15)),
        (View(lit=True, speaking=True), 60, FilmLoudness(0.6, 0.15)),
        (View(silences=Silences((("lantai-1", MORNING + timedelta(minutes=1)),), 2)), 60, FilmLoudness(0.0, 1.0)),
        (View(), 0, FilmLoudness(0.0, 1.0)),
    ],
    ids=["nobody is called", "called", "called and spoken", "Tanpa suara", "no sound wanted"],
)
def test_a_film_is_ducked_under_calls_and_silent_where_nothing_is_said(
    shown: View, percent: int, loudness: FilmLoudness
) -> None:
    settings = TV.model_copy(update={"video_volume": percent})
    assert film_loudness(settings, shown, MORNING) == loudness


def test_a_film_is_as_loud_as_the_hour_allows() -> None:
    settings = TV.model_copy(update={"video_volume": 50, "volume_at": [VolumeAt(begin="12:00", percent=40)]})
    assert [film_loudness(settings, View(), MORNING.replace(hour=hour)).volume for hour in (9, 13)] == [0.5, 0.2]


@pytest.mark.parametrize(("elapsed", "level"), [(-5, 1.0), (0, 1.0), (RAMP_MS / 2, 0.6), (RAMP_MS, 0.2), (9999, 0.2)])
def test_it_becomes_quieter_by_a_ramp(elapsed: float, level: float) -> None:
    assert ramp(1.0, 0.2, elapsed) == pytest.approx(level)


# ------------------------------------------------------------------ on the TV


@pytest.fixture
def wall(tmp_path: Path, qtbot: QtBot) -> Iterator[Wall]:
    """A TV whose folder holds a picture, a film and two that are none."""
    Image.new("RGB", (320, 180), "#00FF00").save(tmp_path / "a.png")
    a_film(tmp_path / "b.mp4", seconds=60, rate=2)
    (tmp_path / "c.mp4").write_bytes(b"")
    (tmp_path / "d.webm").write_text("no film")
    settings = TV.model_copy(update={"layout": "media", "media": str(tmp_path), "video_volume": 50})
    wall = Wall(HALL, settings, now=lambda: MORNING)
    qtbot.addWidget(wall)
    wall.resize(1366, 768)
    wall.show()
    wall.show_view(View())
    yield wall
    wall.close_media()


def pid_of(wall: Wall) -> int:
    """Of the film program; 0: there is none."""
    film = wall.media._films._film if wall.media is not None else None
    return film.pid if film is not None else 0


def is_running(pid: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:  # also where it goes while this is read
        return False


def seen(wall: Wall, x: float) -> QColor:
    assert wall.media is not None
    picture = wall.media.grab().toImage()
    return picture.pixelColor(round(picture.width() * x), picture.height() // 2)


def test_pictures_and_films_take_turns_and_what_is_none_is_told(wall: Wall, tmp_path: Path, qtbot: QtBot) -> None:
    media, found = wall.media, list[Found]()
    wall.looked.connect(found.append)
    assert media is not None
    qtbot.waitUntil(lambda: media.shown == "a.png", timeout=LIMIT_MS)
    media._ask()
    qtbot.waitUntil(lambda: media.shown == "b.mp4" and media._films.frame is not None, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: near(seen(wall, 0.2), RED) and near(seen(wall, 0.8), BLUE), timeout=LIMIT_MS)
    # A call dims it; it goes on.
    wall.show_view(view())
    assert seen(wall, 0.2).red() < 90
    pid = pid_of(wall)
    assert is_running(pid)
    wall.show_view(View())
    # Whoever kills its program sees it go on in another.
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: pid_of(wall) not in (0, pid) and media._films.frame is not None, timeout=LIMIT_MS)
    # The folder is emptied: the film ends, what comes next is neither c.mp4 nor d.webm.
    pid = pid_of(wall)
    (tmp_path / "b.mp4").unlink()
    media._ask()
    qtbot.waitUntil(lambda: media.shown == "a.png", timeout=LIMIT_MS)
    assert found[-1].broken == ("c.mp4", "d.webm")
    qtbot.waitUntil(lambda: not is_running(pid), timeout=LIMIT_MS)


def test_a_tv_short_of_memory_shows_the_rest_and_tries_a_film_again_in_its_next_turn(
    wall: Wall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    media, found = wall.media, list[Found]()
    wall.looked.connect(found.append)
    assert media is not None
    qtbot.waitUntil(lambda: media.shown == "a.png", timeout=LIMIT_MS)
    with monkeypatch.context() as short:
        short.setattr("display.film.film.make_frames", no_memory)
        with qtbot.waitSignal(media._films.put_off, timeout=LIMIT_MS):
            media._ask()
        assert (media.shown, media._films.file) == ("a.png", None)
        with qtbot.waitSignal(media._films.put_off, timeout=LIMIT_MS) as other:
            media._ask()
        assert other.args[0].name == "d.webm"
    media._ask()
    qtbot.waitUntil(lambda: len(found) == 4, timeout=LIMIT_MS)
    assert media.shown == "a.png"
    media._ask()
    qtbot.waitUntil(lambda: media.shown == "b.mp4", timeout=LIMIT_MS)
    assert found[-1].broken == ("c.mp4",)


def test_a_tv_that_shows_something_else_ends_the_film(wall: Wall, qtbot: QtBot) -> None:
    media = wall.media
    assert media is not None
    qtbot.waitUntil(lambda: media.shown == "a.png", timeout=LIMIT_MS)
    media._ask()
    qtbot.waitUntil(lambda: pid_of(wall) != 0, timeout=LIMIT_MS)
    pid = pid_of(wall)
    wall.take_up(HALL, TV)
    assert (wall.media, is_running(pid)) == (None, False)
