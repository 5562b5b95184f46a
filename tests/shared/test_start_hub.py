"""The hub an app starts on its own PC: once, with its last words at hand."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared import start_hub
from shared.start_hub import HUSHED, IN_USE, OwnHub
from tests.hub.running import until

Launch = Callable[[str], OwnHub]


@pytest.fixture
def launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Launch]:
    """Has a line of Python stand for the hub."""
    hubs: list[OwnHub] = []

    def launch(line: str) -> OwnHub:
        monkeypatch.setattr(start_hub, "hub_command", lambda *told: [sys.executable, "-c", line, *told])
        hubs.append(OwnHub(tmp_path / "site.toml", tmp_path / "data", "http://127.0.0.1:1"))
        hubs[-1].start()
        return hubs[-1]

    yield launch
    for hub in hubs:
        if hub._process is not None:
            hub._process.kill()
            hub._process.wait(20)


def has_ended(hub: OwnHub) -> None:
    until(lambda: hub.has_ended)


def test_it_is_told_site_and_data_and_to_be_still_once_it_listens(launch: Launch, tmp_path: Path) -> None:
    hub = launch("import sys; print(*sys.argv[1:])")
    has_ended(hub)
    assert hub.last_words() == f"--site {tmp_path / 'site.toml'} --data {tmp_path / 'data'} {HUSHED}"


def test_it_is_started_once(launch: Launch) -> None:
    hub = launch("import time; time.sleep(60)")
    process = hub._process
    hub.start()
    assert hub._process is process
    assert (hub.may_come, hub.has_ended) == (True, False)


def test_past_its_time_it_is_no_longer_waited_for(launch: Launch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_hub, "START_SECONDS", 0)
    hub = launch("import time; time.sleep(60)")
    assert (hub.may_come, hub.has_ended) == (False, False)


def test_what_only_the_last_two_printed_is_kept(launch: Launch, tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        has_ended(launch(f"print('{name}')"))
    kept = {file.name: file.read_text().strip() for file in (tmp_path / "data").iterdir()}
    assert kept == {"hub.out": "third", "hub.out.1": "second"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import sys; print('a\\nb\\n\\nc', file=sys.stderr); sys.exit(1)", "b\nc"),
        ("raise ValueError('no hall')", "ValueError: no hall"),
        ("", ""),
    ],
)
def test_its_last_words_are_what_it_printed_last(launch: Launch, line: str, said: str) -> None:
    hub = launch(line)
    has_ended(hub)
    assert not hub.may_come
    assert hub.last_words() == said


def test_one_that_gives_way_to_another_may_still_come_as_the_other(launch: Launch) -> None:
    hub = launch(f"raise SystemExit({IN_USE})")
    has_ended(hub)
    assert hub.may_come
    hub._patience_ends = 0
    assert not hub.may_come


def test_a_program_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_hub, "hub_command", lambda *_: [str(tmp_path / "antre-hub")])
    hub = OwnHub(tmp_path / "site.toml", tmp_path, "http://127.0.0.1:1")
    hub.start()
    assert (hub.may_come, hub.has_ended) == (False, True)
    assert "antre-hub" in hub.last_words()


def test_hushed_the_log_goes_on_in_its_file_alone(tmp_path: Path) -> None:
    script = (
        "import logging, pathlib, sys; from shared.log import hush, start_log\n"
        "start_log(pathlib.Path(sys.argv[1]), 'hub'); logging.warning('before'); hush(); logging.warning('after')"
    )
    root = Path(start_hub.__file__).parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    log = (tmp_path / "logs" / "hub.log").read_text()
    assert ("before" in ran.stderr, "after" in ran.stderr) == (True, False)
    assert ("before" in log, "after" in log) == (True, True)


def test_a_hub_py_in_the_current_folder_is_not_run_in_ours_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hub.py").write_text("print('not ours')")
    monkeypatch.chdir(tmp_path)
    ran = subprocess.run(start_hub.hub_command("--help"), capture_output=True, text=True, timeout=60, check=True)
    assert ": antre hub" in ran.stdout


def test_an_installed_hub_stands_beside_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "antre-kiosk"))
    assert start_hub.hub_command("--help") == [str(tmp_path / "antre-hub"), "--help"]
