"""One hub a data folder."""

import json
import os
from pathlib import Path

import pytest

from hub.lock import HOLDER_NAME, DataLock, end_holder
from shared.trouble import Trouble
from tests.hub.small_hall import MORNING


def test_the_second_is_refused_and_told_who_was_first(tmp_path: Path) -> None:
    first = DataLock(tmp_path, MORNING)
    first.tell("http://127.0.0.1:8080")
    with pytest.raises(Trouble) as refused:
        DataLock(tmp_path, MORNING)
    assert refused.value.code == "data_in_use"
    holder = str(refused.value)
    assert f"pid {os.getpid()}" in holder
    assert "http://127.0.0.1:8080" in holder
    assert "2026-02-12T08:00:00+08:00" in holder
    first.release()


def test_the_folder_is_free_once_given_up(tmp_path: Path) -> None:
    DataLock(tmp_path, MORNING).release()
    DataLock(tmp_path, MORNING).release()
    assert not (tmp_path / HOLDER_NAME).exists()


def test_who_holds_it_can_be_read_by_others(tmp_path: Path) -> None:
    lock = DataLock(tmp_path / "new", MORNING)
    holder = json.loads((tmp_path / "new" / HOLDER_NAME).read_text(encoding="utf-8"))
    assert holder == {"pid": os.getpid(), "address": None, "since": "2026-02-12T08:00:00+08:00"}
    lock.release()


@pytest.mark.parametrize("text", ["{", "{}", "[]", "1", '"pid"', "null"])
def test_a_holder_nobody_can_read_is_still_a_holder(tmp_path: Path, text: str) -> None:
    first = DataLock(tmp_path, MORNING)
    (tmp_path / HOLDER_NAME).write_text(text)
    with pytest.raises(Trouble) as refused:
        DataLock(tmp_path, MORNING)
    assert refused.value.values["holder"] == "?"
    first.release()


def test_where_no_hub_runs_there_is_none_to_end(tmp_path: Path) -> None:
    DataLock(tmp_path, MORNING).release()
    (tmp_path / HOLDER_NAME).write_text(json.dumps({"pid": os.getpid()}))  # as a hub that was killed leaves it
    for folder in (tmp_path, tmp_path / "never"):
        with pytest.raises(Trouble) as refused:
            end_holder(folder)
        assert refused.value.code == "no_hub_here"


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_a_trouble(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Trouble) as refused:
        DataLock(tmp_path / place, MORNING)
    assert refused.value.code == "data_unusable"
    assert str(tmp_path / place) in str(refused.value)
