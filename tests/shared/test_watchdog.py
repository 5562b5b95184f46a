"""The watchdog over a small program that beats, falls or stands still as told."""

import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from demo.play import wait_until
from shared import watchdog as module
from shared.screen_there import has_no_screen, screen_is_gone
from shared.watch_rules import RESTART, TAKEN, Patience
from shared.watchdog import TOLD, Watchdog, command, watched_line
from start.verbs import behind

QUICK = Patience(start_s=10, silent_s=0.3, late_s=0.05, grace_s=0.05, leave_s=5, steady_s=60)

# `$0` is the file of its starts; what it does at each start stands in the arguments, the last for all later ones.
SMALL = f"""
file=$1; shift
n=$(wc -l < "$file"); echo "$$ ${TOLD}" >> "$file"
while [ $n -gt 0 ] && [ $# -gt 1 ]; do shift; n=$((n - 1)); done
case $1 in
    fall) echo beat; exit 3 ;;
    never) exec sleep 20 ;;
    freeze) echo beat; echo "in paint()" >&2; exec sleep 20 ;;
    beat) trap 'exit 0' TERM; while :; do echo beat; sleep 0.05; done ;;
    busy) echo beat; echo busy; sleep 1; exit 0 ;;
    hold) trap '' TERM; while :; do echo beat; sleep 0.05; done ;;
    *) echo beat; exit $1 ;;
esac
"""


@pytest.fixture
def starts(tmp_path: Path) -> Path:
    file = tmp_path / "starts"
    file.touch()
    return file


def told(starts: Path) -> list[str]:
    """What each start was told of those before, without the times."""
    lines = [line.split(" ", 1)[1] for line in starts.read_text().splitlines()]
    return [" ".join([line.split("|")[0], *line.split()[2:]]).strip() for line in lines]


def watchdog(starts: Path, *does: str, patience: Patience = QUICK, over: bool = False) -> Watchdog:
    return Watchdog(["sh", "-c", SMALL, "sh", str(starts), *does], patience=patience, is_over=lambda: over)


@pytest.mark.allow_log("started again")
@pytest.mark.parametrize(
    ("does", "seen"),
    [
        (["0"], [""]),
        (["fall", "0"], ["", "1 status 3"]),
        (["fall", "fall", "0"], ["", "1 status 3", "2 status 3"]),
        ([str(RESTART), str(RESTART), str(RESTART), str(RESTART), "0"], ["", *(f"{n} asked" for n in range(1, 5))]),
    ],
)
def test_it_is_started_until_it_is_closed(starts: Path, does: list[str], seen: list[str]) -> None:
    assert watchdog(starts, *does).run() == 0
    assert told(starts) == seen


def test_one_that_tells_of_long_work_is_waited_for_as_at_a_start(starts: Path) -> None:
    assert watchdog(starts, "busy", "0").run() == 0
    assert told(starts) == [""]


def test_a_second_one_in_the_same_place_is_not_tried_again(starts: Path) -> None:
    assert watchdog(starts, str(TAKEN)).run() == TAKEN
    assert len(told(starts)) == 1


@pytest.mark.allow_log("no beat within|started again")
def test_one_that_stands_still_is_ended_and_started_anew(
    starts: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stuck = tmp_path / "kiosk.stuck.txt"
    dog = watchdog(starts, "freeze", "0")
    dog._line = ["sh", "-c", f'exec 2>>{stuck}; eval "$0"', SMALL, *dog._line[4:]]
    dog._stuck = stuck
    begun = time.monotonic()
    assert dog.run() == 0
    assert time.monotonic() - begun < 5
    assert told(starts) == ["", "1 froze"]
    assert "where it was:\nin paint()" in caplog.text


@pytest.mark.allow_log("no beat within|started again")
def test_one_that_never_begins_gets_longer_and_is_started_anew(starts: Path) -> None:
    slow = Patience(start_s=0.6, silent_s=0.1, late_s=0.05, grace_s=0.05)
    assert watchdog(starts, "never", "0", patience=slow).run() == 0
    assert told(starts) == ["", "1 never began"]


@pytest.mark.parametrize("does", ["beat", "hold"])
def test_told_to_stop_it_takes_the_program_along(starts: Path, does: str) -> None:
    patience = Patience(silent_s=5, leave_s=0.2)
    dog = watchdog(starts, does, patience=patience)
    watching = threading.Thread(target=dog.run)
    watching.start()
    wait_until(lambda: starts.read_text() != "", "its start")
    dog.stop()
    watching.join(10)
    assert not watching.is_alive()
    with pytest.raises(ProcessLookupError):
        os.kill(int(starts.read_text().split()[0]), 0)


@pytest.mark.allow_log("started again")
def test_told_to_stop_while_it_waits_it_starts_nothing(starts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "pause_s", lambda falls: 20 if falls else 0)
    dog = watchdog(starts, "fall")
    watching = threading.Thread(target=dog.run)
    watching.start()
    wait_until(lambda: dog._restarts == 1, "its fall")
    dog.stop()
    watching.join(5)
    assert not watching.is_alive()
    assert len(told(starts)) == 1


def test_without_its_screen_it_ends(starts: Path) -> None:
    assert watchdog(starts, "fall", over=True).run() == 0
    assert told(starts) == [""]


def test_a_screen_is_gone_when_nobody_answers_at_its_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as x11:
        x11.bind(str(tmp_path / "X3"))
        x11.listen()
        assert not screen_is_gone({"DISPLAY": ":3.0"}, sockets=tmp_path)
    assert screen_is_gone({"DISPLAY": ":3"}, sockets=tmp_path)
    assert screen_is_gone({"DISPLAY": ":3", "QT_QPA_PLATFORM": "xcb"}, sockets=tmp_path)
    assert screen_is_gone({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})
    for elsewhere in ({}, {"DISPLAY": "10.0.0.5:0"}, {"DISPLAY": ":3", "QT_QPA_PLATFORM": "offscreen"}):
        assert not screen_is_gone(elsewhere, sockets=tmp_path)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there a session has a screen of its own")
def test_no_window_can_stand_without_a_screen_of_this_pc_or_another(tmp_path: Path) -> None:
    for none in ({}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}, {"DISPLAY": ":3"}):
        assert has_no_screen(none, sockets=tmp_path)
    for one in ({"QT_QPA_PLATFORM": "offscreen"}, {"QT_QPA_PLATFORM": "eglfs"}, {"DISPLAY": "10.0.0.5:0"}):
        assert not has_no_screen(one, sockets=tmp_path)


def test_the_program_is_run_as_from_a_checkout_or_an_installed_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("kiosk", ["--id", "k"]) == [sys.executable, "-P", "-m", "kiosk", "--id", "k"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/antre/antre-kiosk")
    assert command("display", ["--windowed", "1x1"]) == ["/opt/antre/antre-display", "--windowed", "1x1"]


def test_what_is_watched_is_no_further_watchdog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/antre/antre-kiosk")
    line = watched_line("kiosk", ["--watched", "--id", "k"])
    assert line == ["/opt/antre/antre-kiosk", "--id", "k"]
    assert behind("kiosk", line[1:])[0] == "kiosk"
