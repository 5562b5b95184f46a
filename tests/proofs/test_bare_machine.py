"""Both commands of the README on a Debian 12 that holds Python and git and nothing more.

The machine is a folder: see debian.py.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needs import program, root
from tests.proofs.debian import Debian

REPOSITORY = Path(__file__).parent.parent.parent


class BareMachine(Debian):
    """A Debian in a folder, with a clone of this repository in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clone = folder / "opt/antre"

    def make(self, *include: str) -> None:
        super().make("python3", "git", *include)
        subprocess.run(["git", "clone", "--quiet", REPOSITORY, self.clone], check=True, timeout=60)

    def run(
        self, *command: str, user: str = "root", network: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the clone and show what it says; an hour is its bound."""
        if (self.folder / "etc/registry.crt").exists():
            environment["PIP_CERT"] = "/etc/registry.crt"
        inside = ["setpriv", f"--reuid={user}", "sh", "-c", 'cd /opt/antre && exec "$@"', "sh", *command]
        return super().run(*inside, network=network, **environment)


@pytest.fixture(scope="module")
def machine() -> Iterator[BareMachine]:
    root()
    program("debootstrap")
    with tempfile.TemporaryDirectory(prefix="antre-bare-", ignore_cleanup_errors=True) as folder:
        machine = BareMachine(Path(folder) / "debian")
        machine.make()
        yield machine


@pytest.fixture(scope="module")
def ready(machine: BareMachine) -> BareMachine:
    """The machine after a set-up, be it the demo's or this one."""
    assert machine.run("python3", "run.py", "setup").returncode == 0
    return machine


def test_1_without_rights_the_one_command_is_told(machine: BareMachine) -> None:
    told = machine.run("python3", "run.py", "demo", user="nobody")
    assert told.returncode == 1
    assert "su -c 'apt-get update && apt-get install" in told.stdout
    assert not (machine.clone / ".venv").exists()


def test_2_the_demo_plays_headless(machine: BareMachine) -> None:
    assert machine.run("python3", "run.py", "demo", "--headless", "--shots", "/opt/shots").returncode == 0
    summary = json.loads((machine.folder / "opt/shots/summary.json").read_text())
    assert summary["tickets_taken"] >= 12
    assert (summary["mismatches"], summary["duplicates"], summary["lost"]) == (0, 0, 0)


def test_3_the_second_run_starts_at_once_and_without_a_network(ready: BareMachine) -> None:
    started = time.monotonic()
    assert ready.run("python3", "run.py", "check", "config/small.toml", network=False).returncode == 0
    assert time.monotonic() - started < 3


def test_4_the_tests_pass(machine: BareMachine) -> None:
    assert machine.run("python3", "run.py", "test").returncode == 0


def test_5_antre_has_the_same_verbs(ready: BareMachine) -> None:
    by_run = ready.run("python3", "run.py", "--help", network=False)
    by_antre = ready.run(".venv/bin/antre", "--help", network=False)
    assert by_antre.returncode == 0
    assert by_antre.stdout == by_run.stdout
