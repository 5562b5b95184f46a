"""The whole program's window before the real hub; and the program as a process."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from display.__main__ import Memory, Tv, build
from display.board import Pace
from display.screens.lettering import Figure
from display.screens.wall import Wall
from shared.hall import Hall
from shared.qt.link import HubLink
from shared.qt.run import Launch
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.speech import CHIME, clip_names
from shared.voice.sound import Sound, write_wav
from shared.wire import Board, Call
from shared.words import Words
from tests.real_hub import LIMIT_S, ROOT, RealHub

SERVICE, COUNTER = "kependudukan-ktp", "loket-1"
LIMIT_MS = 1000 * LIMIT_S


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """One hub for all tests of this file: each test's TV has announced what was called before."""
    hub = RealHub(tmp_path_factory.mktemp("hub"))
    hub.start()
    yield hub
    hub.kill()


@pytest.fixture
def open_tv(hub: RealHub, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Wall]]:
    """Opens the window as the program does; what it remembers is kept over openings. With `clips` it has a voice."""
    install_fonts()
    links: list[HubLink] = []
    walls: list[Wall] = []
    announced_all(hub, tmp_path)
    settings = Settings(tmp_path / "display.json")

    def open_tv(clips: Path | None = None, **settings_of_tv: object) -> Wall:
        link = HubLink(hub.address, parent=qapp)
        links.append(link)
        hall = with_displays(hub.hall(), voice=clips is not None, languages=["id"], repeat=1, **settings_of_tv)
        arguments = argparse.Namespace(clips=str(clips) if clips else None)
        wall = build(Launch(arguments, link, hall, Words("id"), settings, tmp_path, "tv-1"))
        walls.append(wall)
        tv_of(wall).board._pace = Pace(hold_ms=100)
        qtbot.addWidget(wall)
        wall.resize(1366, 768)
        wall.show()
        qtbot.waitUntil(lambda: link.up, timeout=LIMIT_MS)
        return wall

    yield open_tv
    for wall in walls:
        wall.close_media()
        if (voice := tv_of(wall).voice) is not None:
            voice.stop()
    for link in links:
        link.close()
        link.deleteLater()


def with_displays(hall: Hall, **settings: object) -> Hall:
    displays = [display.model_copy(update=settings) for display in hall.displays]
    return hall.model_copy(update={"displays": displays})


def announced_all(hub: RealHub, data: Path) -> None:
    """Have the TV of this data folder remember that it announced all that was called until now."""
    with urlopen(f"{hub.address}/api/board", timeout=LIMIT_S) as answer:  # noqa: S310  -- our own hub
        board = Board.model_validate_json(answer.read())
    Memory(Settings(data / "display.json"), "tv-1").keep(board.last_event)


def a_call(hub: RealHub) -> Call:
    hub.take(SERVICE)
    return hub.next(COUNTER)


def number(wall: Wall, name: str = "called-number") -> str:
    """What the visible figure of that name says; '' where there is none."""
    figures = [figure for figure in wall.findChildren(QWidget, name) if isinstance(figure, Figure)]
    assert figures
    return next((figure.text() for figure in figures if figure.isVisible()), "")


def tv_of(wall: Wall) -> Tv:
    tv = wall.findChild(Tv)
    assert isinstance(tv, Tv)
    return tv


def test_a_call_of_the_hub_is_large_on_the_tv(hub: RealHub, open_tv: Callable[[], Wall], qtbot: QtBot) -> None:
    wall = open_tv()
    call = a_call(hub)
    qtbot.waitUntil(lambda: number(wall) == call.ticket.number, timeout=LIMIT_MS)
    assert number(wall, "called-counter") == "1"


def test_a_wall_of_counters_shows_who_each_serves_until_the_call_is_undone(
    hub: RealHub, open_tv: Callable[..., Wall], qtbot: QtBot
) -> None:
    wall = open_tv(layout="counters")
    call = a_call(hub)
    qtbot.waitUntil(lambda: number(wall, "desk-0-number") == call.ticket.number, timeout=LIMIT_MS)
    hub.order(COUNTER, "undo-next", call.ticket.id)
    qtbot.waitUntil(lambda: number(wall, "desk-0-number") != call.ticket.number, timeout=LIMIT_MS)


def test_a_sign_that_begins_knows_who_is_at_its_counter(
    hub: RealHub, open_tv: Callable[..., Wall], qtbot: QtBot
) -> None:
    call = a_call(hub)
    wall = open_tv(layout="sign", counter=COUNTER)
    qtbot.waitUntil(lambda: number(wall) == call.ticket.number, timeout=LIMIT_MS)
    hub.order(COUNTER, "undo-next", call.ticket.id)


def test_a_media_folder_that_is_not_there_is_told_with_the_health(
    open_tv: Callable[..., Wall], tmp_path: Path, qtbot: QtBot
) -> None:
    wall = open_tv(layout="media", media=str(tmp_path / "not there"))
    qtbot.waitUntil(lambda: tv_of(wall)._troubles() == ["pictures_missing"], timeout=LIMIT_MS)


def test_an_undone_call_leaves_the_tv(hub: RealHub, open_tv: Callable[[], Wall], qtbot: QtBot) -> None:
    wall = open_tv()
    call = a_call(hub)
    qtbot.waitUntil(lambda: number(wall) == call.ticket.number, timeout=LIMIT_MS)
    hub.order(COUNTER, "undo-next", call.ticket.id)
    qtbot.waitUntil(lambda: number(wall) != call.ticket.number, timeout=LIMIT_MS)


def test_calls_made_before_the_tv_was_on_are_all_shown(hub: RealHub, open_tv: Callable[[], Wall], qtbot: QtBot) -> None:
    calls = [a_call(hub).ticket.number for _ in range(3)]
    wall = open_tv()
    places = ("row-1-number", "row-0-number", "called-number")
    qtbot.waitUntil(lambda: [number(wall, place) for place in places] == calls, timeout=LIMIT_MS)
    assert tv_of(wall).board.record.shown == 3


def test_a_call_while_the_tv_was_cut_off_is_announced_once_when_it_is_back(
    hub: RealHub, open_tv: Callable[[], Wall], qtbot: QtBot
) -> None:
    wall = open_tv()
    first = a_call(hub)
    qtbot.waitUntil(lambda: number(wall) == first.ticket.number, timeout=LIMIT_MS)
    hub.kill()
    qtbot.waitUntil(wall.header.notice.isVisible, timeout=LIMIT_MS)
    assert number(wall) == first.ticket.number
    hub.start()
    second = a_call(hub)
    qtbot.waitUntil(lambda: second.ticket.number in (number(wall), number(wall, "row-0-number")), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: tv_of(wall).board.record.last_shown == second.event, timeout=LIMIT_MS)
    assert tv_of(wall).board.record.shown == 2
    assert not wall.header.notice.isVisible()


def test_a_tv_that_starts_again_does_not_announce_again(
    hub: RealHub, open_tv: Callable[[], Wall], qtbot: QtBot
) -> None:
    wall = open_tv()
    call = a_call(hub)
    with qtbot.waitSignal(tv_of(wall).board.announced, timeout=LIMIT_MS):
        pass
    again = open_tv()
    qtbot.waitUntil(lambda: number(again) == call.ticket.number, timeout=LIMIT_MS)
    assert (tv_of(again).board.view.lit, tv_of(again).board.record.shown) == (False, 0)


def is_known_to_have_shown(tv: Tv, hub: RealHub, call: Call) -> bool:
    tv.report.tell()  # which it does not while it tells something older
    return f'"last_shown":"{call.event}"' in hub.health()


def test_the_hub_knows_what_the_tv_has_shown(hub: RealHub, open_tv: Callable[[], Wall], qtbot: QtBot) -> None:
    wall = open_tv()
    call = a_call(hub)
    qtbot.waitUntil(lambda: number(wall) == call.ticket.number, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: is_known_to_have_shown(tv_of(wall), hub, call), timeout=LIMIT_MS)
    assert '"screen":"1366×768"' in hub.health()
    assert '"zones":"-","voice":"-"' in hub.health()


def test_without_a_sound_device_a_call_is_shown_and_not_counted_as_spoken(
    hub: RealHub,
    open_tv: Callable[..., Wall],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    wall = open_tv(clips=clips_of(0.01, tmp_path / "clips"))
    tv = tv_of(wall)
    call = a_call(hub)
    with qtbot.waitSignal(tv.board.announced, timeout=LIMIT_MS):
        qtbot.waitUntil(lambda: tv.board.view.speaking, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: is_known_to_have_shown(tv, hub, call), timeout=LIMIT_MS)
    assert '"spoken":"0"' in hub.health()
    assert "no_sound" in hub.health()


def test_a_call_undone_while_it_is_said_is_said_no_further(
    hub: RealHub,
    open_tv: Callable[..., Wall],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    tv = tv_of(open_tv(clips=clips_of(5.0, tmp_path / "clips")))
    call = a_call(hub)
    qtbot.waitUntil(lambda: tv.board.view.speaking, timeout=LIMIT_MS)
    assert tv.voice is not None
    with qtbot.assertNotEmitted(tv.voice.unheard):
        hub.order(COUNTER, "undo-next", call.ticket.id)
        qtbot.waitUntil(lambda: tv.voice is not None and tv.voice._current is None, timeout=LIMIT_MS)
    assert tv.board.view.called is None or tv.board.view.called.ticket != call.ticket.id


def clips_of(seconds: float, folder: Path) -> Path:
    """A recording of each Indonesian clip, of that length."""
    for name in (CHIME, *clip_names("id", counter_word="loket")):
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_wav(path, Sound(array("h", [1] * round(8000 * seconds)), 8000))
    return folder


def test_the_clock_shows_the_hall_s_time(open_tv: Callable[[], Wall]) -> None:
    assert open_tv().header._now().utcoffset() == timedelta(hours=8)


def test_a_disk_that_refuses_to_remember_does_not_stop_the_tv(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    memory = Memory(Settings(blocked / "display.json"), "tv-1")
    memory.keep(7)
    assert memory.last == 7


@pytest.mark.parametrize("kept", ["12", "", "many"])
def test_what_was_kept_is_read_back_and_nonsense_is_nothing(tmp_path: Path, kept: str) -> None:
    settings = Settings(tmp_path / "display.json")
    settings.set("announced_tv-1", kept)
    assert Memory(settings, "tv-1").last == (12 if kept == "12" else 0)


def test_two_tvs_on_one_pc_each_keep_what_they_announced(tmp_path: Path) -> None:
    one, other = (Memory(Settings(tmp_path / "display.json"), tv) for tv in ("tv-1", "tv-2"))
    one.keep(12)
    other.keep(7)
    one.keep(13)
    kept = Settings(tmp_path / "display.json")
    assert [Memory(kept, tv).last for tv in ("tv-1", "tv-2")] == [13, 7]


def test_the_program_shows_a_call_on_a_large_tv_in_150_mb_and_ends_when_told(
    hub: RealHub, tmp_path: Path, qtbot: QtBot
) -> None:
    command = [sys.executable, "-m", "display", "--hub", hub.address, "--data", str(tmp_path / "tv"), "--id", "tv-1"]
    road = tmp_path / "drive"
    announced_all(hub, tmp_path / "tv")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen(
        [*command, "--windowed", "3840x2160", "--drive", str(road)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        qtbot.waitUntil(lambda: "clock" in texts(road), timeout=LIMIT_MS)
        call = a_call(hub)
        qtbot.waitUntil(lambda: texts(road).get("called-number") == call.ticket.number, timeout=LIMIT_MS)
        assert resident_mb(program.pid) < 150  # 128 were measured: 33 of them are the window's own picture
    finally:
        program.send_signal(signal.SIGTERM)
    assert program.wait(LIMIT_S) == 0


def resident_mb(pid: int) -> float:
    """Memory of one process, without its children."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def texts(road: Path) -> dict[str, str]:
    """What the program says by the names of its widgets; nothing while it is not there yet."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(LIMIT_S)
        try:
            line.connect(str(road))
        except OSError:
            return {}
        line.sendall(b'{"do": "read"}\n')
        with line.makefile() as answers:
            said: dict[str, str] = json.loads(answers.readline())["texts"]
            return said
