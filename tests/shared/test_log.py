import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from demo.play import wait_until
from demo.programs import Hall
from shared import log
from shared.assets import CONFIG
from shared.log import hush, start_log


@pytest.fixture(autouse=True)
def _root_as_it_was() -> Iterator[None]:
    """`start_log` takes over the root logger, as a program's outermost door may."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []  # or `force` would close those of pytest
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)


def files(data: Path) -> list[str]:
    return sorted(file.name for file in (data / "logs").iterdir())


def write_past_the_limit(lines: int) -> None:
    for turn in range(lines):
        logging.getLogger("antre").info("line %06d %s", turn, "x" * 200)


def says_where(path: Path) -> bool:
    return path.exists() and f"log {path}" in path.read_text(encoding="utf-8")


def test_a_log_stands_in_the_data_folder_and_says_where(tmp_path: Path) -> None:
    path = start_log(tmp_path / "new", "kiosk")
    logging.getLogger("antre").info("first")
    assert path == tmp_path / "new" / "logs" / "kiosk.log"
    assert path.read_text(encoding="utf-8").endswith(" INFO antre: first\n")


def test_a_log_past_its_limit_rotates_and_keeps_five_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LOG_BYTES", 10_000)
    path = start_log(tmp_path, "hub")
    write_past_the_limit(400)  # 100 kB into room for 50
    assert files(tmp_path) == ["hub.log", "hub.log.1", "hub.log.2", "hub.log.3", "hub.log.4"]
    assert all(file.stat().st_size <= log.LOG_BYTES for file in path.parent.iterdir())
    assert "line 000399 " in path.read_text(encoding="utf-8")
    kept = "".join(file.read_text(encoding="utf-8") for file in path.parent.iterdir())
    assert "line 000000 " not in kept
    assert "line 000250 " in kept


def test_the_limit_is_a_megabyte_as_the_docs_say(tmp_path: Path) -> None:
    start_log(tmp_path, "hub")
    write_past_the_limit(4500)  # 1.1 MB
    assert files(tmp_path) == ["hub.log", "hub.log.1"]
    assert 990_000 < (tmp_path / "logs" / "hub.log.1").stat().st_size <= 1_000_000


def test_a_program_started_again_goes_on_in_its_log(tmp_path: Path) -> None:
    for word in ("yesterday", "today"):
        start_log(tmp_path, "display")
        logging.getLogger("antre").info("%s", word)
    path = tmp_path / "logs" / "display.log"
    assert [line.rpartition(" ")[2] for line in path.read_text(encoding="utf-8").splitlines()] == ["yesterday", "today"]
    assert files(tmp_path) == ["display.log"]


@pytest.mark.allow_log("antre: paper is low")
def test_warnings_are_repeated_on_standard_error_until_hushed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = start_log(tmp_path, "kiosk")
    warn = logging.getLogger("antre").warning
    logging.getLogger("antre").info("all is well")
    warn("paper is low")
    hush()
    warn("paper is out")
    assert [line.partition("antre: ")[2] for line in capsys.readouterr().err.splitlines()] == ["paper is low"]
    assert path.read_text(encoding="utf-8").count("antre: ") == 3


def test_every_program_says_where_its_log_is(tmp_path: Path) -> None:
    hall = Hall(tmp_path, CONFIG / "small.toml", env={"QT_QPA_PLATFORM": "offscreen"})
    try:
        hub = hall.open_hub()
        wait_until(lambda: f"log {tmp_path / 'hub' / 'logs' / 'hub.log'}" in hub.said(), "the hub to say it")
        for room in ("kiosk", "counter", "display"):
            hall.open_app(room, room, "--windowed", "1280x720+0+0")
        for room in ("kiosk", "counter", "display"):
            wait_until(partial(says_where, tmp_path / room / "logs" / f"{room}.log"), f"{room} to say it")
    finally:
        hall.close()
