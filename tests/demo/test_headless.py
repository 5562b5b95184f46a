"""`antre demo --headless`: its exit status and what it writes, with the day itself played by a stand-in."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from demo import __main__ as program
from demo import day
from demo.play import PlayFailed
from demo.verdict import Summary
from shared.assets import CONFIG

GOOD = Summary(
    tickets_taken=12,
    tickets_printed=12,
    calls_made=10,
    calls_shown=10,
    calls_spoken=10,
    agencies=4,
    seconds=60.0,
    pictures=["tv-quiet.png"],
)


class StandIn:
    """Plays no day, and tells of one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, shots: Path) -> None:
        self.summary = GOOD
        self.failure: PlayFailed | None = None
        self.asked: tuple[Path, Path] | None = None
        self.shots = shots
        monkeypatch.setattr(day, "play", self.play)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        self.told("--headless", "--shots", str(shots))

    def told(self, *arguments: str) -> None:
        sys.argv = ["antre demo", *arguments]

    def play(self, folder: Path, site: Path, shots: Path) -> Summary:
        self.asked = (site, shots)
        shots.mkdir(parents=True, exist_ok=True)
        (folder / "hub.out").write_text("the hub's last words")
        if self.failure:
            raise self.failure
        return self.summary


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> StandIn:
    monkeypatch.setattr(sys, "argv", sys.argv)
    return StandIn(monkeypatch, tmp_path / "shots")


def test_a_good_day_ends_with_0_and_its_summary(stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main() == 0
    assert stand_in.asked == (CONFIG / "paser.toml", stand_in.shots)
    assert f"Pictures and summary.json: {stand_in.shots}" in capsys.readouterr().out
    written = json.loads((stand_in.shots / "summary.json").read_text(encoding="utf-8"))
    assert written == GOOD.as_dict()
    figures: dict[str, float] = {
        "tickets_taken": 12,
        "tickets_printed": 12,
        "calls_made": 10,
        "calls_shown": 10,
        "calls_spoken": 10,
    }
    figures |= {"mismatches": 0, "duplicates": 0, "lost": 0, "seconds": 60.0}
    assert figures.items() <= written.items()


def test_a_day_that_is_not_good_ends_with_1_and_says_what(
    stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in.summary = Summary(**{**GOOD.as_dict(), "mismatches": 1, "what": ["kiosk A-001, paper 'A-007'"]})  # type: ignore[arg-type]  # its own fields
    assert program.main() == 1
    assert "kiosk A-001, paper 'A-007'" in capsys.readouterr().out
    assert json.loads((stand_in.shots / "summary.json").read_text(encoding="utf-8"))["mismatches"] == 1


def test_a_day_that_breaks_off_ends_with_1_and_keeps_what_the_programs_said(
    stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in.failure = PlayFailed("waited 60 s in vain for the TV")
    assert program.main() == 1
    assert "waited 60 s in vain for the TV" in capsys.readouterr().err
    assert (stand_in.shots / "hub.out").read_text() == "the hub's last words"
    assert not (stand_in.shots / "summary.json").exists()


def test_without_a_screen_it_plays_headless_and_says_where_its_pictures_are(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    stand_in.told("--site", str(CONFIG / "balikpapan.toml"))
    assert program.main() == 0
    assert stand_in.asked is not None
    site, shots = stand_in.asked
    assert site == CONFIG / "balikpapan.toml"
    assert str(shots) in capsys.readouterr().out
    shutil.rmtree(shots)


def test_a_missing_program_is_named(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "tesseract" else name)
    assert program.main() == 1
    assert "tesseract" in capsys.readouterr().err
    assert stand_in.asked is None


def test_a_hall_with_errors_is_refused_with_all_of_them(
    stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hall.toml").write_text("[hall]\nnam = 'x'\n")
    stand_in.told("--headless", "--site", str(tmp_path / "hall.toml"))
    assert program.main() == 1
    assert "hall.toml:2" in capsys.readouterr().err
    assert stand_in.asked is None


def test_a_hall_too_small_for_the_day_is_refused_at_once(stand_in: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    stand_in.told("--headless", "--site", str(CONFIG / "small.toml"))
    assert program.main() == 2
    assert "needs 4 agencies whose calls one speaking TV shows; small.toml has 2." in capsys.readouterr().err
    assert stand_in.asked is None


def test_a_hall_whose_tvs_are_mute_has_no_calls_to_follow(
    stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "hall.toml"
    text = (CONFIG / "small.toml").read_text(encoding="utf-8")
    site.write_text(text.replace('id = "tv-1"', 'id = "tv-1"\nvoice = false'), encoding="utf-8")
    stand_in.told("--headless", "--site", str(site))
    assert program.main() == 2
    assert "hall.toml has 0." in capsys.readouterr().err
