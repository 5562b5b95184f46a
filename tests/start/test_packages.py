import os
from pathlib import Path

import pytest

from start import packages
from start.packages import BENCH, DEMO, PROOFS, QT, SCREEN, TESTS, Want, provided
from start.progress import SetupError

LISTING = """\
installed\tlibgl1,\x20
installed\tlibglib2.0-0t64, libglib2.0-0 (= 2.80.0-6), libglib2.0-data
config-files\tstrace,\x20
installed\tpipewire-pulse,\x20
"""


class Machine:
    """A pretended Debian: its programs are scripts on the PATH that note how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"

    def has(self, program: str, script: str = "") -> None:
        file = self.folder / program
        file.write_text(f'#!/bin/sh\necho "$(basename "$0") $*" >> {self.notes}\n{script}\n')
        file.chmod(0o755)

    def calls(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path)
    machine.has("dpkg-query", f"cat <<'END'\n{LISTING}END")
    machine.has("apt-get", 'echo "Setting up libegl1:amd64 (1.6.0-1) ..."')
    for program in ("env", "sh", "cat", "basename"):
        (tmp_path / program).symlink_to(f"/usr/bin/{program}")
    monkeypatch.setenv("PATH", str(tmp_path))
    return machine


def test_what_a_package_provides_counts_as_there() -> None:
    assert provided(LISTING) >= {"libglib2.0-0t64", "libglib2.0-0", "libglib2.0-data", "libgl1"}


def test_what_was_removed_does_not_count() -> None:
    assert "strace" not in provided(LISTING)


@pytest.mark.usefixtures("debian")
def test_missing_is_what_dpkg_does_not_know() -> None:
    names = [want.debian for want in packages.missing([*QT, *TESTS])]
    assert "libegl1" in names
    assert "strace" in names
    assert not {"libgl1", "libglib2.0-0", "pulseaudio|pipewire-pulse"}.intersection(names)


def test_root_installs_in_one_go(
    debian: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    packages.install([QT[1], TESTS[0]])
    update, install = debian.calls()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libegl1 chromium")
    assert "    libegl1:amd64\n" in capsys.readouterr().err


def test_sudo_without_a_password_is_used(debian: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    debian.has("sudo", 'shift; exec "$@"')
    debian.has("true")
    packages.install([QT[1]])
    assert [call.split()[0] for call in debian.calls()] == ["sudo", "true", "sudo", "apt-get", "sudo", "apt-get"]


@pytest.mark.parametrize(("sudo", "line"), [(False, "su -c '"), (True, "sudo sh -c '")])
def test_without_rights_the_one_command_is_told(
    debian: Machine, monkeypatch: pytest.MonkeyPatch, line: str, *, sudo: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    if sudo:
        debian.has("sudo", "exit 1")
    with pytest.raises(SetupError) as trouble:
        packages.install([QT[1]])
    command = "apt-get update && apt-get install -y --no-install-recommends libegl1"
    assert f"    {line}{command}'\n" in str(trouble.value)
    assert not any(call.startswith("apt-get") for call in debian.calls())


def test_a_failed_installation_shows_its_own_words(
    debian: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    debian.has("apt-get", "echo 'E: no space left'; exit 100")
    with pytest.raises(SetupError, match="stand above"):
        packages.install([QT[1]])
    assert "E: no space left" in capsys.readouterr().err


def test_elsewhere_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    there = Want("libc6", "libc.so.6")
    absent = [Want("a", "libnothing-like-it.so.1"), Want("b", "no-such-program")]
    assert packages.missing([there, *absent]) == absent
    with pytest.raises(SetupError, match=r"libnothing-like-it\.so\.1, no-such-program"):
        packages.install(absent)


def test_a_python_without_venv_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert packages.lacks_venv()
    assert packages.venv().debian.startswith("python3.")


def test_no_package_is_wanted_twice() -> None:
    names = [want.debian for want in (*QT, *SCREEN, *DEMO, *TESTS, *BENCH, *PROOFS)]
    assert len(names) == len(set(names))
