import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared import turns
from shared.settings import Settings
from shared.turns import in_turn

ONE_BY_ONE = """
import sys
from pathlib import Path
from shared.settings import Settings
kept = Settings(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
for number in range(40):
    kept.set(f"{sys.argv[2]}-{number}", "x")
"""


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    Settings(tmp_path / "x" / "counter.json").set("id", "loket-12")
    assert Settings(tmp_path / "x" / "counter.json").get("id") == "loket-12"


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "\x00"])
def test_a_spoilt_file_counts_as_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kiosk.json"
    path.write_text(content)
    assert Settings(path).get("id") is None


def test_nothing_but_the_file_and_its_lock_stays_behind(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("id", "k1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kiosk.json", "kiosk.lock"]


def test_two_that_are_open_and_write_in_turn_erase_nothing_of_each_other(tmp_path: Path) -> None:
    one, other = (Settings(tmp_path / "kiosk.json") for _ in range(2))
    one.set("lost_press_a", "1")
    other.set("lost_press_b", "2")
    one.set("hub", "http://hub")
    other.set("lost_press_b", "3")
    fresh = Settings(tmp_path / "kiosk.json")
    assert [fresh.get(name) for name in ("lost_press_a", "lost_press_b", "hub")] == ["1", "3", "http://hub"]
    assert one.get("lost_press_b") == "2"
    assert other.get("hub") == "http://hub"


def test_two_programs_that_write_at_once_keep_everything(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    command = [sys.executable, "-c", ONE_BY_ONE, str(path)]
    with (
        subprocess.Popen([*command, "a"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as one,
        subprocess.Popen([*command, "b"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other,
    ):
        for program in (one, other):
            assert program.stdout is not None
            assert program.stdout.readline() == b"open\n"
        for program in (one, other):
            assert program.stdin is not None
            program.stdin.write(b"go\n")
            program.stdin.flush()
        assert [program.wait(30) for program in (one, other)] == [0, 0]
    kept = Settings(path)
    assert [name for who in "ab" for n in range(40) if kept.get(name := f"{who}-{n}") is None] == []


@pytest.mark.skipif(sys.platform == "win32", reason="NTFS keeps names in its own journal")
def test_the_disk_has_content_and_name_before_set_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[tuple[bool, bool]] = []
    path = tmp_path / "kiosk.json"

    def flush(file: int) -> None:
        flushed.append((Path(f"/proc/self/fd/{file}").resolve() == tmp_path, path.exists()))
        real(file)

    real = os.fsync
    monkeypatch.setattr(os, "fsync", flush)
    Settings(path).set("id", "k1")
    assert flushed == [(False, False), (True, True)]


def test_a_program_that_hangs_in_its_turn_holds_nobody_up_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 0.02)
    kept = Settings(tmp_path / "kiosk.json")
    with in_turn(tmp_path / "kiosk.lock"), pytest.raises(TimeoutError):
        kept.set("id", "k1")
    assert kept.get("id") == "k1"
    kept.set("hub", "x")
    fresh = Settings(tmp_path / "kiosk.json")
    assert (fresh.get("hub"), fresh.get("id")) == ("x", "k1"), "what was refused is written with the next"


@pytest.mark.allow_log("remembered only until this program ends")
def test_a_choice_outlives_a_disk_that_refuses_until_the_program_ends(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Settings(tmp_path / "file" / "counter.json")
    kept.keep("id", "loket-12")
    assert kept.get("id") == "loket-12"


@pytest.mark.skipif(sys.platform == "win32", reason="for another system: folders of a user are the user's there")
def test_nobody_else_may_read_what_an_app_remembers(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("key", "secret")
    assert (tmp_path / "kiosk.json").stat().st_mode & 0o777 == 0o600


def test_a_draft_left_by_a_power_cut_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "kiosk.draft").write_text("half")
    Settings(tmp_path / "kiosk.json").set("id", "k1")
    assert Settings(tmp_path / "kiosk.json").get("id") == "k1"
