from pathlib import Path

import pytest

from shared.settings import Settings


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    Settings(tmp_path / "x" / "counter.json").set("id", "loket-12")
    assert Settings(tmp_path / "x" / "counter.json").get("id") == "loket-12"


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "\x00"])
def test_a_spoilt_file_counts_as_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kiosk.json"
    path.write_text(content)
    assert Settings(path).get("id") is None


def test_nothing_but_the_file_stays_behind(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("id", "k1")
    assert [path.name for path in tmp_path.iterdir()] == ["kiosk.json"]
